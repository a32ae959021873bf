"""The entry point of the data plane: from a host or an API id to the stage."""

from __future__ import annotations

import base64
import re
import time
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote
from weakref import WeakKeyDictionary

import attrs

from apigw2.testing._control.stages import DeployedApi, deployed, is_deploying
from apigw2.testing._dataplane import _domains
from apigw2.testing._dataplane._cache import Cache
from apigw2.testing._dataplane._exchange import Backends, Exchange
from apigw2.testing._dataplane._head import HOP_BY_HOP
from apigw2.testing._dataplane._routing import Router
from apigw2.testing._dataplane._serve import serve
from apigw2.testing._dataplane._throttling import Throttles
from apigw2.testing._history import ActivityEvent
from apigw2.testing._http import internal_error, json_response

if TYPE_CHECKING:
    from threading import RLock

    from apigw2.testing._accounts import Accounts
    from apigw2.testing._control import Control
    from apigw2.testing._history import Activity
    from apigw2.testing._http import Line, Request, Response
    from apigw2.testing._store import Node

_ENDPOINT: Final = re.compile(r"([a-z0-9]+)\.execute-api\.", re.IGNORECASE)

DEPLOYING: Final = (
    "an automatic deployment is in progress: advance the clock, or wait until the stage is deployed"
)
_MAX_HEAD: Final = 10_240
"""Maximum size of the request line and the headers in bytes (developer guide, "Quotas")."""

_GIVEN: Final = frozenset(
    {"content-length", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"}
)
"""The headers that the gateway sets, overwriting those of the client."""


@attrs.frozen(kw_only=True)
class Target:
    """The target stage of a request.

    Attributes:
        protocol: The API's protocol, `HTTP` or `WEBSOCKET`.
        api_id: The API.
        stage_name: Stage; `$default` if the path names none.
        request: The request, with the path within the stage.
        domain: The custom domain name of the request, if it has one.
    """

    protocol: str
    api_id: str
    stage_name: str
    request: Request
    domain: _domains.Domain | None = None


@attrs.define(kw_only=True)
class DataPlane:
    """Handles the requests of clients of HTTP APIs in all accounts.

    The lock is held while a request is assigned to a stage, never while a function or a backend
    runs.

    Attributes:
        accounts: The resources of each account and region.
        lock: The lock that guards them.
        activity: The log of requests.
        backends: The backends of the APIs.
    """

    accounts: Accounts
    lock: RLock
    activity: Activity
    backends: Backends
    _routers: WeakKeyDictionary[DeployedApi, Router] = attrs.field(
        factory=WeakKeyDictionary[DeployedApi, Router], init=False
    )

    def execute(
        self,
        api_id: str,
        stage_name: str,
        request: Request,
        source_ip: str,
        domain: _domains.Domain | None = None,
    ) -> Response:
        """Answer a request to a stage.

        Args:
            api_id: The API.
            stage_name: The stage.
            request: The request, with the path within the stage.
            source_ip: The client's address.
            domain: The custom domain name of the request, if it has one.

        Raises:
            LookupError: The API does not exist.
        """
        with self.lock:
            control, api = self.accounts.find_api(api_id)
        start = time.perf_counter()
        route_key = ""
        try:
            stage = self._find_stage(control, api, stage_name)
            if stage is None:
                reason = f"{api_id} has nothing deployed to a stage {stage_name} of an HTTP API"
                response = json_response(404, {"message": "Not Found"}, reason=reason)
            elif _head_size(request) > _MAX_HEAD:
                message = {"message": "Request Header Fields Too Large"}
                response = json_response(431, message, reason="the head exceeds 10,240 bytes")
            else:
                exchange, router = self._exchange(control, stage, request, source_ip, domain)
                response = serve(exchange, router)
                route_key = exchange.route.get("RouteKey", "")
        except ImportError:
            raise  # an extra is missing; the exception says how to install it
        except Exception as error:  # noqa: BLE001 - the service, too, answers whatever happens
            response = internal_error(error)
        if response.reason and is_deploying(api):
            response = attrs.evolve(response, reason=f"{response.reason} ({DEPLOYING})")
        self.activity.add(
            ActivityEvent(
                plane="data",
                at=control.now(),
                method=request.method,
                path=request.path,
                status=response.status,
                seconds=time.perf_counter() - start,
                action=route_key,
                api_id=api_id,
                stage=stage_name,
                reason=response.reason,
            )
        )
        return response

    def _find_stage(
        self, control: Control, api: Node, stage_name: str
    ) -> tuple[Node, DeployedApi] | None:
        """The stage of an HTTP API, and its deployment."""
        with self.lock:
            stage = api.get("stages", stage_name, control.now())
            snapshot = deployed(control, api, stage) if stage else None
        if stage is None or snapshot is None or api.record["ProtocolType"] != "HTTP":
            return None
        return stage, snapshot

    def _exchange(
        self,
        control: Control,
        served: tuple[Node, DeployedApi],
        request: Request,
        source_ip: str,
        domain: _domains.Domain | None,
    ) -> tuple[Exchange, Router]:
        stage, snapshot = served
        with self.lock:
            now = control.now()
            router = self._routers.get(snapshot)
            if router is None:
                router = self._routers[snapshot] = Router(snapshot.routes)
            random = control.random
            request_id = base64.urlsafe_b64encode(random.randbytes(11)).decode()
            trace_id = f"Root=1-{int(now.timestamp()):08x}-{random.getrandbits(96):024x}"
            exchange = Exchange(
                request=request,
                snapshot=snapshot,
                stage=stage.record,
                cache=stage.hidden.setdefault("authorizer_cache", Cache()),
                throttles=stage.hidden.setdefault("throttles", Throttles()),
                backends=self.backends,
                account_id=control.account.account_id,
                region_name=control.account.region_name,
                now=now,
                request_id=request_id,
                source_ip=source_ip,
                domain=domain,
            )
        exchange.request = request.with_lines(
            _lines(request, exchange.domain_name, source_ip, trace_id)
        )
        return exchange, router

    def locate_api(self, api_id: str, request: Request) -> Target:
        """Find the target stage of a request to the default endpoint of an API.

        Args:
            api_id: The API.
            request: The request; its path may start with the name of a stage.

        Raises:
            LookupError: The API does not exist.
        """
        first, _, rest = request.path.removeprefix("/").partition("/")
        with self.lock:
            control, api = self.accounts.find_api(api_id)
            named = api.get("stages", unquote(first), control.now())
        return Target(
            protocol=api.record["ProtocolType"],
            api_id=api_id,
            stage_name="$default" if named is None else named.id,
            request=request if named is None else attrs.evolve(request, path=f"/{rest}"),
        )

    def locate_host(self, host: str, request: Request) -> Target | Response | None:
        """Find the target stage of a request to a default endpoint or a custom domain name.

        Args:
            host: The request's Host header.
            request: The request; its path may start with the name of a stage or with the path of an
                API mapping.

        Returns:
            The stage; a response if no API mapping of the domain name matches; or `None` if the
            host is neither of them.

        Raises:
            LookupError: The host names an API that does not exist.
        """
        endpoint = _ENDPOINT.match(host)
        if endpoint is not None:
            return self.locate_api(endpoint[1].lower(), request)
        with self.lock:
            found = self._find_domain(host)
            if found is None:
                return None
            control, domain = found
            selected = _domains.select(_domains.mappings(control, domain), request.path)
            if selected is None:
                reason = f"{domain.id} has no API mapping for {request.path}"
                return json_response(403, {"message": "Forbidden"}, reason=reason)
            mapping, rest = selected
            _, api = self.accounts.find_api(mapping["ApiId"])
        return Target(
            protocol=api.record["ProtocolType"],
            api_id=api.id,
            stage_name=mapping["Stage"],
            request=attrs.evolve(request, path=rest),
            domain=_domains.Domain(name=_domains.host_name(host), key=mapping["ApiMappingKey"]),
        )

    def _find_domain(self, host: str) -> tuple[Control, Node] | None:
        for control in self.accounts.all():
            domain = _domains.find(control, host)
            if domain is not None:
                return control, domain
        return None


def _head_size(request: Request) -> int:
    line = len(request.method) + len(request.path) + len(request.raw_query)
    return line + sum(len(name) + len(value) for name, value in request.lines)


def _lines(request: Request, host: str, source_ip: str, trace_id: str) -> list[Line]:
    """The header lines of a request as the service forwards them."""
    lines = [
        (name, value)
        for name, value in request.lines
        if name.lower() not in _GIVEN and name.lower() not in HOP_BY_HOP
    ]
    # The client may have used proxies that added this header.
    forwarded = [*request.headers.get("x-forwarded-for", "").split(","), source_ip]
    given = {
        "content-length": str(len(request.body)),
        "x-forwarded-for": ", ".join(filter(None, map(str.strip, forwarded))),
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
    }
    if "host" not in request.headers:
        given["host"] = host
    if "x-amzn-trace-id" not in request.headers:
        given["x-amzn-trace-id"] = trace_id
    return [*lines, *given.items()]
