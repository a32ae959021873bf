"""The local gateway."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Generator, Mapping, Sequence  # noqa: TC003 - annotations are evaluated
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable
from urllib.parse import parse_qs, urlsplit

import attrs
from botocore.client import BaseClient
from botocore.config import Config  # noqa: TC002 - the same

import apigw2
from apigw2.testing import _control
from apigw2.testing._accounts import Accounts
from apigw2.testing._arguments import check_range, checked, shown
from apigw2.testing._client import (
    CONNECTIONS,
    answer_requests,
    make_client,
    make_connections_client,
    service_of,
)
from apigw2.testing._clock import Clock, Delays
from apigw2.testing._control_plane import ControlPlane
from apigw2.testing._dataplane import Backends, DataPlane, Function, Target
from apigw2.testing._faults import Faults, RecordedRequest
from apigw2.testing._history import Activity, ActivityEvent
from apigw2.testing._http import Request, Response, Upgrade, json_response
from apigw2.testing._overview import describe, overview
from apigw2.testing._protocol import SERVICE
from apigw2.testing._signature import ACCOUNT_ID
from apigw2.testing._site import Site
from apigw2.testing._websocket import (
    HandshakeError,
    Place,
    WebSocketConnection,
    WebSockets,
    answer,
    connect,
)
from apigw2.testing._window import Window

if TYPE_CHECKING:
    from types_boto3_apigatewaymanagementapi import ApiGatewayManagementApiClient
    from types_boto3_apigatewayv2 import ApiGatewayV2Client

else:
    ApiGatewayManagementApiClient = ApiGatewayV2Client = BaseClient

_SOURCE_IP: Final = "127.0.0.1"
_REGION: Final = re.compile(r"[a-z0-9-]{1,63}")
_URL: Final = re.compile(r"(?:https?|wss?)://")


@runtime_checkable
class OfApi(Protocol):
    """An object with an API id, such as `apigw2.ApiRef`."""

    @property
    def api_id(self) -> str:
        """The id of the API."""
        ...


@runtime_checkable
class OfStage(OfApi, Protocol):
    """An object with a stage name, such as `apigw2.StageRef`."""

    @property
    def stage_name(self) -> str:
        """The name of the stage."""
        ...


class LocalGateway:
    """An Amazon API Gateway V2 in memory.

    It supports every operation of the service model of the installed botocore. Use it in process,
    through clients without sockets:

        local = LocalGateway()
        gateway = local.gateway()           # an apigw2.ApiGatewayV2
        client = local.client()             # or a plain boto3 client

    or over HTTP, with any AWS client in any language: `with local.serve() as url: ...`, or from the
    command line `python -m apigw2.testing`.

    It is thread-safe, stores nothing on disk, and sends no request to another machine.

    Args:
        region_name: Region in ARNs and host names.
        account_id: Account id in ARNs, 12 digits.
        clock: The clock; by default one that advances with each request.
        quotas: Quotas that differ from those of a new account, for example `{"routes": 1000}`.
            `LocalGateway.quotas` has all names.
        page_size: Default number of items in one response of a list operation.
        rate_limits: Whether to throttle requests as AWS does: 10 per second with bursts of 40, and
            less for some operations, by the clock.
        delays: Durations of asynchronous changes, such as automatic deployments, in seconds of the
            clock.
        seed: Seed of the generated identifiers: the same requests get the same ones.

    Attributes:
        account_id: The account.
        clock: The clock.
        faults: The faults to inject.
        quotas: Maximum number of each kind of resource.
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

    @checked
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
            raise ValueError(f"quotas: unknown: {', '.join(sorted(unknown))}")
        if not ACCOUNT_ID.fullmatch(account_id):
            raise ValueError(
                f"account_id: {shown(account_id)} is not an account id of twelve digits"
            )
        if not _REGION.fullmatch(region_name):
            raise ValueError(f"region_name: {shown(region_name)} is not the name of a region")
        check_range("page_size", page_size, 1, sys.maxsize)
        self.region_name = region_name
        self.account_id = account_id
        self.clock: Clock = clock or Clock()
        self.faults: Faults = Faults()
        self.quotas: Mapping[str, int] = {**_control.QUOTAS, **(quotas or {})}
        self._random = random.Random(seed)  # noqa: S311 - identifiers, no secrets
        self._lock = RLock()
        self._activity = Activity()
        self._urls: list[str] = []  # URLs of the running servers
        self._accounts = Accounts(
            clock=self.clock,
            random=self._random,
            faults=self.faults,
            quotas=self.quotas,
            page_size=page_size,
            rate_limits=rate_limits,
            delays=delays or Delays(),
        )
        self._control_plane = self._new_control_plane()
        self._data_plane = self._new_data_plane()
        self._websockets = self._new_websockets()

    def _new_control_plane(self) -> ControlPlane:
        return ControlPlane(
            accounts=self._accounts,
            lock=self._lock,
            default=(self.account_id, self.region_name),
            clock=self.clock,
            faults=self.faults,
            random=self._random,
            activity=self._activity,
        )

    def _new_data_plane(self) -> DataPlane:
        return DataPlane(
            accounts=self._accounts,
            lock=self._lock,
            activity=self._activity,
            backends=Backends(clock=self.clock),
        )

    def _new_websockets(self) -> WebSockets:
        return WebSockets(
            accounts=self._accounts,
            lock=self._lock,
            backends=self._data_plane.backends,
            clock=self.clock,
            random=self._random,
            activity=self._activity,
            faults=self.faults,
        )

    @property
    def requests(self) -> list[RecordedRequest]:
        """The newest control-plane requests, in the order of their responses.

        Up to 10,000 requests are kept, and at most 64 MiB. The body of a request that is rejected
        for its size (413) is not kept.
        """
        return self._control_plane.requests()

    def reset(self) -> None:
        """Remove resources, backends, recorded requests and pending faults, but keep the clock.

        Closes WebSocket connections without calling `$disconnect`.
        """
        with self._lock:
            self._accounts.clear()
            self._control_plane = self._new_control_plane()
            self._data_plane = self._new_data_plane()
            connections, self._websockets = self._websockets, self._new_websockets()
            self.faults.clear()
        connections.close_all()

    @checked
    def client(
        self,
        *,
        region_name: str | None = None,
        account_id: str | None = None,
        config: Config | None = None,
        endpoint_url: str | None = None,
    ) -> ApiGatewayV2Client:
        """Create a boto3 client whose requests this gateway handles without sockets.

        The client needs no credentials and reads no configuration files.

        Args:
            region_name: Region, by default the gateway's. Each region has its own resources.
            account_id: Account id, by default the gateway's. Each account has its own resources.
            config: botocore configuration, for example for retries or timeouts.
            endpoint_url: Base URL of the requests.
        """
        client = make_client(
            region_name or self.region_name, endpoint_url, config, access_key=account_id
        )
        self.attach(client)
        return client

    @checked
    def connections_client(
        self,
        api: str | OfApi | None = None,
        *,
        stage: str | OfStage | None = None,
        config: Config | None = None,
        endpoint_url: str | None = None,
    ) -> ApiGatewayManagementApiClient:
        """Create a boto3 client for `@connections` whose requests this gateway handles.

        The client sends to the open connections of a WebSocket stage, describes and closes them.

        Args:
            api: The API or its id; by default that of the stage, or the only WebSocket API.
            stage: The stage or its name; by default the only stage of the API.
            config: botocore configuration, for example for retries or timeouts.
            endpoint_url: Base URL of the requests instead of that of the stage, such as
                `https://chat.example.com/v1` for a custom domain name.

        Raises:
            LookupError: The API or stage does not exist, or is ambiguous.
        """
        if endpoint_url is None:
            endpoint_url = self._websockets.place(_id_of(api, stage), _name_of(stage)).endpoint_url
        client = make_connections_client(self.region_name, endpoint_url, config)
        self.attach(client)
        return client

    @checked
    def attach(
        self, client: BaseClient | ApiGatewayV2Client | ApiGatewayManagementApiClient
    ) -> None:
        """Let this gateway handle all requests of an existing client.

        Args:
            client: A client for `apigatewayv2`, whose region selects the resources, as does its
                access key id if that is a 12-digit account id; or a client for
                `apigatewaymanagementapi`, whose endpoint URL selects the stage.
        """
        is_management = service_of(client) == CONNECTIONS
        answer_requests(client, self._answer_management if is_management else self.handle)
        if not is_management:
            # apigw2 emits this event when it creates a client for `@connections`.
            client.meta.events.register(
                f"connections-client-created.{SERVICE}", self._attach_another
            )

    def _attach_another(self, *, client: ApiGatewayManagementApiClient, **_: object) -> None:
        self.attach(client)

    def _answer_management(self, request: Request, *, timeout: float | None = None) -> Response:
        """Answer a request to `@connections` in process."""
        reason = f"there is no API at {request.headers['host']}{request.path}"
        forbidden = json_response(403, {"message": "Forbidden"}, reason=reason)
        return self.site().call(request, _SOURCE_IP, timeout=timeout) or forbidden

    @checked
    def gateway(
        self, *, region_name: str | None = None, account_id: str | None = None
    ) -> apigw2.ApiGatewayV2:
        """Create an `apigw2.ApiGatewayV2` with a new client, which sleeps by the gateway's clock.

        Args:
            region_name: As for `client()`.
            account_id: As for `client()`.
        """
        client = self.client(region_name=region_name, account_id=account_id)
        retries = apigw2.Retries(sleep=self.clock.advance)
        return apigw2.ApiGatewayV2(client=client, retries=retries)

    def handle(self, request: Request, *, timeout: float | None = None) -> Response:
        """Answer a control-plane request.

        The signature selects the account and the region; by default they are the gateway's.

        Args:
            request: The request.
            timeout: Seconds that the caller waits for the response.

        Raises:
            Dropped: A fault drops the connection.
            TimeoutError: A fault delays the response beyond the timeout.
        """
        return self._control_plane.handle(request, timeout)

    @checked
    def add_function(self, function: str, handler: Function) -> None:
        """Register a Python callable as a Lambda function.

        AWS_PROXY integrations and REQUEST authorizers call it with the event and a context, as
        Lambda calls a handler. The event and the result are converted to JSON and back. An
        exception results in a 500.

        Each call runs in a separate thread, and has the time of the integration
        (`timeout_in_millis`) or the 10 seconds of an authorizer, by the gateway's clock or by real
        time, whichever is earlier. A function that calls `local.clock.advance(30)` takes 30
        seconds. An HTTP API answers a time-out with a 503, a WebSocket API with an error.

        Args:
            function: Name or ARN of the function, with or without an alias; or the subtype of a
                service integration, such as `SQS-SendMessage`, whose event is the evaluated request
                parameters.
            handler: Function that takes the event and the context, and returns the result.
        """
        self._data_plane.backends.functions[function] = handler

    @checked
    def add_api_key(self, key: str, *, key_id: str = "") -> None:
        """Add an API key that WebSocket routes with `api_key_required` accept.

        API keys are managed by the API for REST APIs, so no operation here creates one.

        Args:
            key: The key that clients send.
            key_id: Id of the key in events; by default the key itself.
        """
        self._data_plane.backends.api_keys[key] = key_id or key

    @checked
    def add_key_set(self, issuer: str, key_set: Mapping[str, Any]) -> None:
        """Register the public keys of a token issuer.

        Without them, JWT authorizers fetch the keys from the issuer, if it is on loopback.

        Args:
            issuer: The issuer, as in the authorizer's `JwtConfiguration`.
            key_set: A JSON Web Key Set: a mapping with the keys under `keys`, each with a `kid`.
        """
        self._data_plane.backends.key_sets[issuer] = key_set

    @checked
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
        """Send a request to a deployed HTTP API, as a client does.

        The stage serves its deployment, not the current state of the API. HTTP_PROXY integrations
        can call only loopback addresses. See `add_function()` for AWS_PROXY integrations, and
        `add_key_set()` for JWT authorizers.

        Args:
            method: The HTTP method.
            path: Path within the stage, percent-encoded if necessary, with an optional query; or a
                URL whose host selects an API or custom domain name.
            api: The API or its id; by default that of the stage, or the only API.
            stage: The stage or its name; by default `$default`.
            domain_name: Custom domain name, whose API mappings select the API and the stage.
            headers: Request headers. A header with several values is sent as several lines.
            body: Request body.

        Returns:
            The response of the API, including errors; `reason` explains a response of the gateway
            itself.

        Raises:
            LookupError: The API or domain name does not exist, or there are several APIs and none
                is given.
            ValueError: A URL or a domain name was combined with an API or a stage.

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
                raise ValueError(
                    "A URL or a domain name selects the API and the stage; omit api= and stage="
                )
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

    def execute(
        self, api_id: str, request: Request, source_ip: str, *, timeout: float | None = None
    ) -> Response:
        """Answer a request to an API's default endpoint; its path may start with a stage name.

        Args:
            api_id: The API.
            request: The request.
            source_ip: The client's address.
            timeout: As for `handle()`; only faults of `@connections` delay a response.

        Raises:
            LookupError: The API does not exist.
        """
        return self._execute(self._data_plane.locate_api(api_id, request), source_ip, timeout)

    def execute_host(
        self, host: str, request: Request, source_ip: str, *, timeout: float | None = None
    ) -> Response | None:
        """Answer a request to an API's default endpoint or to a custom domain name.

        Args:
            host: The request's Host header.
            request: The request; its path may start with the name of a stage or with the path of an
                API mapping.
            source_ip: The client's address.
            timeout: As for `execute()`.

        Returns:
            The response, or `None` if the host is neither of them.

        Raises:
            LookupError: The host names an API that does not exist.
        """
        found = self._data_plane.locate_host(host, request)
        if isinstance(found, Target):
            return self._execute(found, source_ip, timeout)
        return None if found is None else self.note(request, found)

    def note(self, request: Request, response: Response) -> Response:
        """Record a request that reaches no API and no operation, and return its response."""
        self._activity.add(
            ActivityEvent(
                plane="none",
                at=self.clock.now(),
                method=request.method,
                path=request.path,
                status=response.status,
                seconds=0.0,
                reason=response.reason,
            )
        )
        return response

    def _execute(self, target: Target, source_ip: str, timeout: float | None = None) -> Response:
        if target.protocol == "WEBSOCKET":
            return answer(self._websockets, target, timeout)
        return self._data_plane.execute(
            target.api_id, target.stage_name, target.request, source_ip, target.domain
        )

    def upgrade(self, api_id: str, upgrade: Upgrade, source_ip: str) -> Response | None:
        """Answer an upgrade request to an API's default endpoint.

        Returns:
            `None` after a conversation over the socket, otherwise the HTTP response. An HTTP API
            ignores that another protocol is wanted.

        Raises:
            LookupError: The API does not exist.
        """
        return self._upgrade(
            self._data_plane.locate_api(api_id, upgrade.request), upgrade, source_ip
        )

    def upgrade_host(self, host: str, upgrade: Upgrade, source_ip: str) -> Response | None:
        """Answer an upgrade request to a default endpoint or a custom domain name.

        Raises:
            LookupError: The host is neither of them.
        """
        found = self._data_plane.locate_host(host, upgrade.request)
        if found is None:
            raise LookupError(f"There is no domain name {host}")
        if isinstance(found, Target):
            return self._upgrade(found, upgrade, source_ip)
        return self.note(upgrade.request, found)

    def _upgrade(self, target: Target, upgrade: Upgrade, source_ip: str) -> Response | None:
        if target.protocol != "WEBSOCKET":
            return self._execute(target, source_ip)
        from apigw2.testing._websocket import _frames  # noqa: PLC0415 - needs websockets, an extra

        return _frames.converse(self._websockets, target, upgrade, source_ip)

    @checked
    def connect(
        self,
        api: str | OfApi | None = None,
        *,
        stage: str | OfStage | None = None,
        headers: Mapping[str, str | Sequence[str]] | None = None,
        query: Mapping[str, str | Sequence[str]] | None = None,
        subprotocols: Sequence[str] = (),
    ) -> WebSocketConnection:
        """Connect to a deployed WebSocket API as a client, without sockets.

        Args:
            api: The API or its id; by default that of the stage, or the only WebSocket API. Or the
                URL of a stage or of a custom domain name, such as `wss://chat.example.com/v1`.
            stage: The stage or its name; by default the only stage of the API.
            headers: Headers of the handshake.
            query: Decoded query parameters of the handshake; a sequence is a repeated parameter.
            subprotocols: Subprotocols that the client offers.

        Raises:
            HandshakeError: The API rejected the connection.
            LookupError: The API, stage or domain name does not exist, or is ambiguous.
            ValueError: A URL was combined with a stage.

        Example:
            >>> with local.connect(query={"name": "ada"}) as ada:
            ...     ada.send({"action": "ping"})
            ...     ada.receive()
            '{"answer": "pong"}'
        """
        if isinstance(api, str) and _URL.match(api):
            if stage is not None:
                raise ValueError("A URL selects the API and the stage; omit stage=")
            place, query = self._place_at(api), {**_query_of(api), **(query or {})}
        else:
            place = self._websockets.place(_id_of(api, stage), _name_of(stage))
        return connect(
            self._websockets,
            place,
            headers=headers or {},
            query=query or {},
            subprotocols=subprotocols,
        )

    def _place_at(self, url: str) -> Place:
        """The stage at a URL."""
        host, request = urlsplit(url).netloc, Request.to_url("GET", url, {}, b"")
        found = self._data_plane.locate_host(host, request)
        if found is None:
            raise LookupError(f"There is no domain name {host}")
        if isinstance(found, Response):
            raise HandshakeError(self.note(request, found))
        if found.protocol != "WEBSOCKET":
            raise HandshakeError(self._execute(found, _SOURCE_IP))
        place = self._websockets.place_of_handshake(found)
        if isinstance(place, Response):
            raise HandshakeError(place)
        return place

    @checked
    @contextmanager
    def serve(self, *, port: int = 0) -> Generator[str]:
        """Serve over HTTP on loopback, in a thread, during a `with` block.

        Needs the extra `apigw2[testing]`. The control plane accepts the hosts 127.0.0.1, localhost,
        [::1] and names below .localhost, and no other web page than its own. Request bodies are
        limited to 10 MiB, and the time to receive a request to 30 seconds.

        Args:
            port: TCP port; 0 selects a free one.

        Yields:
            The URL, for clients to use as `endpoint_url`.

        Raises:
            OSError: The port is in use.
            ModuleNotFoundError: The extra is not installed.
        """
        from apigw2.testing._server import serving  # noqa: PLC0415 - needs h11, an extra

        check_range("port", port, 0, 65535)
        with serving(self.site(), port=port) as url:
            self._urls.append(url)
            try:
                yield url
            finally:
                self._urls.remove(url)
                self._websockets.close_all(served_only=True)

    def site(self) -> Site:
        """Both planes under their URLs, and the window, as `serve()` serves them."""
        return Site(self, Window(self._state, self._activity))

    def _state(self) -> dict[str, object]:
        """The content of the window."""
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
        """The content of the gateway, and how to call it."""
        with self._lock:
            apis = overview(self._accounts)
        served = f", served at {', '.join(self._urls)}" if self._urls else ""
        head = f"<LocalGateway {self.region_name} {self.account_id}{served}"
        count = "1 API" if len(apis) == 1 else f"{len(apis) or 'no'} APIs"
        return "\n    ".join([f"{head}: {count}", *describe(apis)]) + ">"


def _id_of(api: str | OfApi | None, stage: str | OfStage | None) -> str | None:
    """The id of an API that is given directly or through its stage."""
    if api is None:
        return None if stage is None or isinstance(stage, str) else stage.api_id
    return api if isinstance(api, str) else api.api_id


def _query_of(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query, keep_blank_values=True)


def _name_of(stage: str | OfStage | None) -> str | None:
    return stage if stage is None or isinstance(stage, str) else stage.stage_name
