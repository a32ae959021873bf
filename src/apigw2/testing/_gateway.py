"""The local gateway: one object that has it all."""

from __future__ import annotations

import random
import re
import time
import uuid
from collections.abc import Generator, Mapping, Sequence  # noqa: TC003 - annotations are evaluated
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import attrs
from botocore.client import BaseClient
from botocore.config import Config  # noqa: TC002 - the same

import apigw2
from apigw2.testing import _control
from apigw2.testing._accounts import Accounts
from apigw2.testing._client import (
    CONNECTIONS,
    answer_requests,
    make_client,
    make_connections_client,
    service_of,
)
from apigw2.testing._clock import Clock, Delays
from apigw2.testing._dataplane import DataPlane, Function, Target
from apigw2.testing._errors import ApiError, Dropped
from apigw2.testing._faults import Fault, Faults, RecordedRequest, error_of
from apigw2.testing._history import Activity, Requests, copied
from apigw2.testing._http import (
    MAX_BODY,
    Request,
    Response,
    Upgrade,
    internal_error,
    json_response,
    too_large,
)
from apigw2.testing._overview import describe, overview
from apigw2.testing._protocol import SERVICE, load_protocol
from apigw2.testing._signature import ACCOUNT_ID, signed_for
from apigw2.testing._site import Site
from apigw2.testing._websocket import WebSocketConnection, WebSockets, answer, connect
from apigw2.testing._window import Window

if TYPE_CHECKING:
    from types_boto3_apigatewaymanagementapi import ApiGatewayManagementApiClient
    from types_boto3_apigatewayv2 import ApiGatewayV2Client

else:
    ApiGatewayManagementApiClient = ApiGatewayV2Client = BaseClient

_SOURCE_IP = "127.0.0.1"
_URL = re.compile(r"https?://")


class OfApi(Protocol):
    """What says which API it belongs to, such as `apigw2.ApiRef`."""

    @property
    def api_id(self) -> str:
        """The API's identifier."""
        ...


class OfStage(OfApi, Protocol):
    """What says which stage it is, such as `apigw2.StageRef`."""

    @property
    def stage_name(self) -> str:
        """The stage's name."""
        ...


@attrs.define
class _Call:
    """What is known of a control-plane request so far."""

    operation: str = ""
    params: dict[str, Any] = attrs.field(factory=dict[str, Any])
    fault: Fault | None = None


class LocalGateway:
    """A whole Amazon API Gateway V2 in memory.

    Every operation of the service model that the installed botocore brings works on it. Use it in
    process, through clients that it answers without sockets:

        local = LocalGateway()
        gateway = local.gateway()           # an apigw2.ApiGatewayV2
        client = local.client()             # or a plain boto3 client

    or over HTTP, with any AWS client in any language: `with local.serve() as url: ...`, or from the
    command line `python -m apigw2.testing`.

    One object may be used from many threads. Nothing is kept on disk, and no request leaves the
    machine.

    Args:
        region_name: The region in ARNs and host names.
        account_id: The account in ARNs, twelve digits.
        clock: The time it lives in; one that moves with each request if left out.
        quotas: Other quotas than those of a new account, for example `{"routes": 1000}`. The names
            are those in `LocalGateway.quotas`.
        page_size: How many items a list operation answers with if the request does not say.
        rate_limits: Whether requests are throttled as those of an account are: 10 per second and 40
            at once, and less for some operations. Time is that of the clock.
        delays: How long the service takes for what it does by itself, such as automatic
            deployments, in seconds of the clock.
        seed: With the same seed, the same requests get the same identifiers.

    Attributes:
        account_id: The account.
        clock: The time it lives in.
        faults: What is to go wrong.
        quotas: How many there may be of each kind.
        region_name: The region.

    Example:
        >>> local = LocalGateway()
        >>> local.add_function("pets", lambda event, context: event["pathParameters"])
        >>> function = "arn:aws:lambda:us-east-1:123456789012:function:pets"
        >>> local.gateway().create_api(
        ...     name="pets", protocol_type="HTTP", route_key="GET /pets/{id}", target=function
        ... )
        >>> local.clock.advance(1)  # the deployment of quick create takes a while, as on AWS
        >>> local.invoke("GET", "/pets/7").json()
        {'id': '7'}
    """

    def __init__(
        self,
        *,
        region_name: str = "us-east-1",
        account_id: str = "123456789012",
        clock: Clock | None = None,
        quotas: Mapping[str, int] | None = None,
        page_size: int = 100,
        rate_limits: bool = False,
        delays: Delays | None = None,
        seed: int | None = None,
    ) -> None:
        unknown = set(quotas or ()) - set(_control.QUOTAS)
        if unknown:
            raise ValueError(f"No such quotas: {sorted(unknown)}")
        if not ACCOUNT_ID.fullmatch(account_id):
            raise ValueError(f"{account_id!r} is not an account id of twelve digits")
        self.region_name = region_name
        self.account_id = account_id
        self.clock: Clock = clock or Clock()
        self.faults: Faults = Faults()
        self.quotas: Mapping[str, int] = {**_control.QUOTAS, **(quotas or {})}
        self._protocol = load_protocol()
        self._random = random.Random(seed)  # noqa: S311 - identifiers, no secrets
        self._lock = RLock()
        self._requests = Requests()
        self._activity = Activity()
        self._urls: list[str] = []  # of the servers that run
        self._accounts = Accounts(
            clock=self.clock,
            random=self._random,
            faults=self.faults,
            quotas=self.quotas,
            page_size=page_size,
            rate_limits=rate_limits,
            delays=delays or Delays(),
        )
        self._data_plane = self._new_data_plane()
        self._websockets = self._new_websockets()

    def _new_data_plane(self) -> DataPlane:
        return DataPlane(accounts=self._accounts, lock=self._lock, activity=self._activity)

    def _new_websockets(self) -> WebSockets:
        return WebSockets(
            accounts=self._accounts,
            lock=self._lock,
            backends=self._data_plane.backends,
            clock=self.clock,
            random=self._random,
            activity=self._activity,
        )

    @property
    def requests(self) -> list[RecordedRequest]:
        """The newest control-plane requests, in the order in which they were answered.

        Up to 10,000 requests are kept, and fewer if they have more than 64 MiB together. Of a
        request that is refused for its size (413) the body is not kept.
        """
        with self._lock:
            return self._requests.all()

    def reset(self) -> None:
        """Forget resources, backends, recorded requests and waiting faults; the clock goes on.

        WebSocket connections are closed, without a call of `$disconnect`.
        """
        with self._lock:
            self._accounts.clear()
            self._data_plane = self._new_data_plane()
            connections, self._websockets = self._websockets, self._new_websockets()
            self._requests = Requests()
            self.faults.clear()
        connections.close_all()

    def client(
        self,
        *,
        region_name: str | None = None,
        account_id: str | None = None,
        config: Config | None = None,
        endpoint_url: str | None = None,
    ) -> ApiGatewayV2Client:
        """Make a boto3 client whose requests this gateway answers, without sockets.

        It needs no credentials and reads no configuration files.

        Args:
            region_name: Another region than that of the gateway. Each region has resources of its
                own.
            account_id: Another account than that of the gateway, which has resources of its own,
                too.
            config: Such as other retries or timeouts than boto3's own.
            endpoint_url: What the requests' URLs begin with.
        """
        client = make_client(
            region_name or self.region_name, endpoint_url, config, access_key=account_id
        )
        self.attach(client)
        return client

    def connections_client(
        self,
        api: str | OfApi | None = None,
        *,
        stage: str | OfStage | None = None,
        config: Config | None = None,
        endpoint_url: str | None = None,
    ) -> ApiGatewayManagementApiClient:
        """Make a boto3 client for `@connections`, whose requests this gateway answers.

        It posts to the open connections of a WebSocket API's stage, describes and closes them.

        Args:
            api: The API or its id. Left out, it is that of the stage, or else the only WebSocket
                API that there is.
            stage: The stage or its name; the API's only one if left out.
            config: Such as other retries or timeouts than boto3's own.
            endpoint_url: What the requests' URLs begin with, such as
                `https://chat.example.com/v1` for a custom domain name, in place of the stage's own
                address.

        Raises:
            LookupError: There is no such API or stage, or more than one.
        """
        if endpoint_url is None:
            endpoint_url = self._websockets.place(_id_of(api, stage), _name_of(stage)).endpoint_url
        client = make_connections_client(self.region_name, endpoint_url, config)
        self.attach(client)
        return client

    def attach(
        self, client: BaseClient | ApiGatewayV2Client | ApiGatewayManagementApiClient
    ) -> None:
        """Let this gateway answer all requests of an existing client.

        Args:
            client: A client for `apigatewayv2`, whose region decides which resources it sees, and
                so does its access key id, if that is an account id of twelve digits; or one for
                `apigatewaymanagementapi`, whose endpoint URL says which stage it is for.
        """
        is_management = service_of(client) == CONNECTIONS
        answer_requests(client, self._answer_management if is_management else self.handle)
        if not is_management:
            # apigw2 makes clients for `@connections` after it, and tells its event handlers.
            client.meta.events.register(
                f"connections-client-created.{SERVICE}", self._attach_another
            )

    def _attach_another(self, *, client: ApiGatewayManagementApiClient, **_: object) -> None:
        self.attach(client)

    def _answer_management(self, request: Request, *, timeout: float | None = None) -> Response:
        """Answer a request to `@connections` in process."""
        del timeout
        reason = f"there is no API at {request.headers['host']}{request.path}"
        forbidden = json_response(403, {"message": "Forbidden"}, reason=reason)
        return self.site().call(request, _SOURCE_IP) or forbidden

    def gateway(
        self, *, region_name: str | None = None, account_id: str | None = None
    ) -> apigw2.ApiGatewayV2:
        """Make an `apigw2.ApiGatewayV2` over a new client, which waits by the gateway's clock.

        Args:
            region_name: As for `client()`.
            account_id: As for `client()`.
        """
        client = self.client(region_name=region_name, account_id=account_id)
        retries = apigw2.Retries(sleep=self.clock.advance)
        return apigw2.ApiGatewayV2(client=client, retries=retries)

    def handle(self, request: Request, *, timeout: float | None = None) -> Response:
        """Answer a control-plane request.

        It takes place in the account and the region that it was signed for, or else in those of the
        gateway.

        Args:
            request: The request.
            timeout: How many seconds the caller waits for the answer.

        Raises:
            Dropped: A fault drops the connection.
            TimeoutError: A fault makes the answer later than the caller waits.
        """
        begin = time.perf_counter()
        call = _Call()
        response = self._answer(request, call)
        fault = call.fault or Fault(kind=None, latency=0)
        if fault.kind == "malformed":
            response = Response(status=200, headers=response.headers, body=b'{"items": [')
        status = 0 if fault.kind == "drop" else response.status
        with self._lock:
            request_id = str(uuid.UUID(int=self._random.getrandbits(128), version=4))
            self._requests.add(
                RecordedRequest(
                    operation=call.operation,
                    params=copied(call.params),
                    method=request.method,
                    path=request.path,
                    headers=request.headers,
                    body=b"" if len(request.body) > MAX_BODY else request.body,
                    status=status,
                    at=self.clock.now(),
                )
            )
        if fault.latency:
            _wait(fault.latency, timeout)
        self._activity.add(
            plane="control",
            at=self.clock.now(),
            method=request.method,
            path=request.path,
            status=status,
            seconds=time.perf_counter() - begin,
            action=call.operation,
            api_id=str(call.params.get("ApiId", "")),
        )
        if fault.kind == "drop":
            raise Dropped
        return attrs.evolve(response, headers={**response.headers, "x-amzn-requestid": request_id})

    def _answer(self, request: Request, call: _Call) -> Response:
        try:
            return self._carry_out(request, call)
        except ApiError as error:
            return self._protocol.write_error(error)
        except ImportError:
            raise  # an extra is missing, and the exception says how to install it
        except Exception as error:  # noqa: BLE001 - the service, too, answers whatever happens
            return internal_error(error)

    def _carry_out(self, request: Request, call: _Call) -> Response:
        operation, path_parameters = self._protocol.match(request)
        call.operation = operation.name
        call.fault = self.faults.take(operation.name)
        scope = signed_for(request, (self.account_id, self.region_name))
        with self._lock:
            self.clock.tick()
            self._accounts.limit_rate(scope, operation.name)
            if len(request.body) > MAX_BODY:
                return too_large()
            call.params = operation.read(path_parameters, request)
            refusal = error_of(call.fault.kind) if call.fault and call.fault.kind else None
            if refusal:
                raise refusal
            control = self._accounts.control(scope)
            return operation.write(_control.handle(control, operation, call.params))

    def add_function(self, function: str, handler: Function) -> None:
        """Put a Python callable in the place of a Lambda function.

        AWS_PROXY integrations and REQUEST authorizers call it with the event and a context, as
        Lambda calls a handler; event and result pass through JSON. What it raises is answered with
        a 500.

        Args:
            function: The function's name or ARN, with or without an alias; or, for a service
                integration, its subtype, such as `SQS-SendMessage`: then the event is the request
                parameters with their values.
            handler: Takes the event and the context, and gives the result.
        """
        self._data_plane.backends.functions[function] = handler

    def add_api_key(self, key: str, *, key_id: str = "") -> None:
        """Add an API key that WebSocket routes with `api_key_required` accept.

        API keys belong to another service, API Gateway's REST APIs, so no operation makes one here.

        Args:
            key: What clients send.
            key_id: Its identifier in events; the key itself if left out.
        """
        self._data_plane.backends.api_keys[key] = key_id or key

    def add_key_set(self, issuer: str, key_set: Mapping[str, Any]) -> None:
        """Give the public keys of a token issuer.

        Without them, JWT authorizers ask the issuer for its keys, if it is on loopback.

        Args:
            issuer: The issuer, as in the authorizer's `JwtConfiguration`.
            key_set: A JSON Web Key Set: a mapping with the keys under `keys`, each with a `kid`.
        """
        self._data_plane.backends.key_sets[issuer] = key_set

    def invoke(
        self,
        method: str,
        path: str,
        *,
        api: str | OfApi | None = None,
        stage: str | OfStage | None = None,
        domain_name: str | None = None,
        headers: Mapping[str, str | Sequence[str]] | None = None,
        body: bytes | str = b"",
    ) -> Response:
        """Send a request to a deployed HTTP API, as its clients do.

        What is served is what was deployed to the stage, not what the API is now. HTTP_PROXY
        integrations are passed on to loopback addresses only; for AWS_PROXY integrations see
        `add_function()`, for JWT authorizers `add_key_set()`.

        Args:
            method: The HTTP method.
            path: The path within the stage, percent-encoded where it has to be, perhaps with a
                query; or a URL, whose host says which API or custom domain name it is for.
            api: The API or its id. Left out, it is that of the stage, or else the only one that
                there is.
            stage: The stage or its name, `$default` if left out.
            domain_name: A custom domain name, whose API mappings say which API and stage the
                request is for.
            headers: The request's headers. One with several values is sent as several lines.
            body: The request's body.

        Returns:
            What the API answers, errors of every kind included; `reason` says why, if the gateway
            itself answered.

        Raises:
            LookupError: There is no such API or domain name, or there are several APIs and none is
                given.
            ValueError: A URL or a domain name was given with an API or a stage.

        Example:
            >>> local.invoke("GET", "/pets/7?color=red", stage="test").status
            200
            >>> local.invoke("GET", "/v1/pets/7", domain_name="api.example.com").status
            200
        """
        request = Request.to_url(
            method, path, headers or {}, body.encode() if isinstance(body, str) else body
        )
        host = urlsplit(path).netloc if _URL.match(path) else domain_name
        if host is not None:
            if api is not None or stage is not None:
                raise ValueError("A URL or a domain name says itself which API and stage it is for")
            response = self.execute_host(host, request, _SOURCE_IP)
            if response is None:
                raise LookupError(f"There is no domain name {host}")
            return response
        return self._data_plane.execute(
            _id_of(api, stage) or self._only_api(),
            _name_of(stage) or "$default",
            request,
            _SOURCE_IP,
        )

    def _only_api(self) -> str:
        with self._lock:
            ids = [node.id for _, node in self._accounts.apis()]
        if len(ids) != 1:
            raise LookupError(f"There are {len(ids)} APIs: pass api= to name one")
        return ids[0]

    def execute(self, api_id: str, request: Request, source_ip: str) -> Response:
        """Answer a request to an API's own address: its path may begin with the name of a stage.

        Raises:
            LookupError: There is no such API.
        """
        return self._execute(self._data_plane.locate_api(api_id, request), source_ip)

    def execute_host(self, host: str, request: Request, source_ip: str) -> Response | None:
        """Answer a request to an API's default endpoint or to a custom domain name.

        Args:
            host: The request's Host header.
            request: The request; its path may begin with the name of a stage, or with the path of
                an API mapping.
            source_ip: The client's address.

        Returns:
            The answer, or `None` if the host is neither.

        Raises:
            LookupError: The host names an API that is not there.
        """
        found = self._data_plane.locate_host(host, request)
        return self._execute(found, source_ip) if isinstance(found, Target) else found

    def _execute(self, target: Target, source_ip: str) -> Response:
        if target.protocol == "WEBSOCKET":
            return answer(self._websockets, target)
        return self._data_plane.execute(
            target.api_id, target.stage_name, target.request, source_ip, target.domain
        )

    def upgrade(self, api_id: str, upgrade: Upgrade, source_ip: str) -> Response | None:
        """Answer a request to speak WebSocket to an API's own address.

        Returns:
            `None` after a conversation over the socket, or else the answer of HTTP. An HTTP API
            ignores that another protocol is wanted.

        Raises:
            LookupError: There is no such API.
        """
        return self._upgrade(
            self._data_plane.locate_api(api_id, upgrade.request), upgrade, source_ip
        )

    def upgrade_host(self, host: str, upgrade: Upgrade, source_ip: str) -> Response | None:
        """Answer a request to speak WebSocket to a default endpoint or a custom domain name.

        Raises:
            LookupError: The host is neither.
        """
        found = self._data_plane.locate_host(host, upgrade.request)
        if found is None:
            raise LookupError(f"There is no domain name {host}")
        return self._upgrade(found, upgrade, source_ip) if isinstance(found, Target) else found

    def _upgrade(self, target: Target, upgrade: Upgrade, source_ip: str) -> Response | None:
        if target.protocol != "WEBSOCKET":
            return self._execute(target, source_ip)
        from apigw2.testing._websocket import _frames  # noqa: PLC0415 - needs websockets, an extra

        return _frames.converse(self._websockets, target, upgrade, source_ip)

    def connect(
        self,
        api: str | OfApi | None = None,
        *,
        stage: str | OfStage | None = None,
        headers: Mapping[str, str | Sequence[str]] | None = None,
        query: Mapping[str, str | Sequence[str]] | None = None,
        subprotocols: Sequence[str] = (),
    ) -> WebSocketConnection:
        """Connect to a deployed WebSocket API, as its clients do, without sockets.

        Args:
            api: The API or its id. Left out, it is that of the stage, or else the only WebSocket
                API that there is.
            stage: The stage or its name; the API's only one if left out.
            headers: The handshake's headers.
            query: The handshake's query parameters, decoded; a sequence is a repeated parameter.
            subprotocols: What the client offers as subprotocols.

        Raises:
            HandshakeError: The API refused the connection.
            LookupError: There is no such API or stage, or more than one.

        Example:
            >>> with local.connect(query={"name": "ada"}) as ada:
            ...     ada.send({"action": "ping"})
            ...     ada.receive()
            '{"answer": "pong"}'
        """
        place = self._websockets.place(_id_of(api, stage), _name_of(stage))
        return connect(
            self._websockets,
            place,
            headers=headers or {},
            query=query or {},
            subprotocols=subprotocols,
        )

    @contextmanager
    def serve(self, *, port: int = 0) -> Generator[str]:
        """Serve over HTTP on loopback, in a thread, for the time of a `with` block.

        Needs the extra `apigw2[testing]`. The control plane answers to the hosts 127.0.0.1,
        localhost, [::1] and names below .localhost, and to no web page but its own. Request bodies
        have at most 10 MiB. A request has 30 seconds from its first byte to its last.

        Args:
            port: The TCP port; 0 takes a free one.

        Yields:
            The URL, to be given to clients as their `endpoint_url`.

        Raises:
            OSError: The port is in use.
            ModuleNotFoundError: The extra is not installed.
        """
        from apigw2.testing._server import serving  # noqa: PLC0415 - needs h11, an extra

        with serving(self.site(), port=port) as url:
            self._urls.append(url)
            try:
                yield url
            finally:
                self._urls.remove(url)
                self._websockets.close_all(served_only=True)

    def site(self) -> Site:
        """What `serve()` serves: both planes under their URLs, and the window."""
        return Site(self, Window(self._state, self._activity))

    def _state(self) -> dict[str, object]:
        """What the window shows."""
        with self._lock:
            apis = overview(self._accounts)
        return {
            "region_name": self.region_name,
            "account_id": self.account_id,
            "apis": [attrs.asdict(api) for api in apis],
            "connections": [
                {
                    "id": connection.id,
                    "api_id": connection.place.api_id,
                    "stage": connection.place.stage_name,
                    "connected_at": connection.connected_at,
                }
                for connection in self._websockets.connections()
            ],
        }

    def __repr__(self) -> str:
        """What is in the gateway, and how to call it."""
        with self._lock:
            apis = overview(self._accounts)
        served = f", served at {', '.join(self._urls)}" if self._urls else ""
        head = f"<LocalGateway {self.region_name} {self.account_id}{served}"
        return "\n    ".join([f"{head}: {len(apis) or 'no'} APIs", *describe(apis)]) + ">"


def _id_of(api: str | OfApi | None, stage: str | OfStage | None) -> str | None:
    """The identifier of an API that is given itself, or with its stage."""
    if api is None:
        return None if stage is None or isinstance(stage, str) else stage.api_id
    return api if isinstance(api, str) else api.api_id


def _name_of(stage: str | OfStage | None) -> str | None:
    return stage if stage is None or isinstance(stage, str) else stage.stage_name


def _wait(latency: float, timeout: float | None) -> None:
    if timeout is not None and latency > timeout:
        time.sleep(timeout)
        raise TimeoutError
    time.sleep(latency)
