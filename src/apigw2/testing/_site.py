"""The URLs of a served gateway.

The control plane is at the root, as in the real service. A deployed API is selected by the Host
header, as in `http://a1b2c3d4e5.execute-api.localhost:4567/pets`, or by the path, as in
`http://127.0.0.1:4567/_aws/execute-api/a1b2c3d4e5/pets`, which needs no name resolution. In both,
the path may start with the name of a stage.

Web pages in the developer's browser must not have access. A page cannot choose the Host header, so
a page whose name was made to resolve to 127.0.0.1 (DNS rebinding) is rejected by its host. It
cannot choose the Origin header either, so a page that sends a form to the control plane (CSRF) is
rejected by its origin.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final, Protocol

import attrs

from apigw2.testing._http import Request, Response, Stream, Upgrade, json_response
from apigw2.testing._window import PATH, Window

_BY_HOST: Final = re.compile(r"([a-z0-9]+)\.execute-api\.", re.IGNORECASE)
_BY_PATH: Final = re.compile(r"/_aws/execute-api/([a-z0-9]+)(/.*)?")
_HOST: Final = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]]*?)\.?(?::[0-9]*)?", re.IGNORECASE)
_HAS_PORT: Final = re.compile(r":\d+$", re.ASCII)
_SCHEMES: Final = ("http", "https")


class Planes(Protocol):
    """Answers the requests of both planes; `LocalGateway` is one."""

    def handle(self, request: Request) -> Response:
        """Answer a control-plane request."""
        ...

    def execute(
        self, api_id: str, request: Request, source_ip: str, *, timeout: float | None = None
    ) -> Response:
        """Answer a request to an API's default endpoint."""
        ...

    def execute_host(
        self, host: str, request: Request, source_ip: str, *, timeout: float | None = None
    ) -> Response | None:
        """Answer a request to a default endpoint or a custom domain name, by the Host header."""
        ...

    def note(self, request: Request, response: Response) -> Response:
        """Record a request that reaches neither plane, and return its response."""
        ...

    def upgrade(self, api_id: str, upgrade: Upgrade, source_ip: str) -> Response | None:
        """Answer an upgrade request to an API.

        The path of the request may start with the name of a stage, as for `execute()`.

        Returns:
            `None` after a conversation over the socket, otherwise the HTTP response.
        """
        ...

    def upgrade_host(self, host: str, upgrade: Upgrade, source_ip: str) -> Response | None:
        """Answer an upgrade request to a default endpoint or a custom domain name.

        Raises:
            LookupError: The host is neither of them.
        """
        ...


class Site:
    """Both planes of a local gateway and the window, for a server."""

    def __init__(self, planes: Planes, window: Window) -> None:
        self._planes = planes
        self._window = window

    def answer(self, request: Request, source_ip: str) -> Response | Stream:
        """Answer a request.

        Raises:
            Dropped: The connection must be closed without a response.
        """
        called = self.call(request, source_ip)
        return called or self._check_origin(request) or self._answer_at_root(request)

    def call(
        self, request: Request, source_ip: str, *, timeout: float | None = None
    ) -> Response | None:
        """Answer a request to a deployed API; return `None` if the URL is not that of an API.

        Args:
            request: The request.
            source_ip: The client's address.
            timeout: Seconds that an in-process client waits for the response.

        Raises:
            Dropped: A fault drops the connection.
            TimeoutError: A fault delays the response beyond the timeout.
        """
        host = request.headers.get("host", "")
        called = _called(request)
        try:
            if called is not None:
                return self._planes.execute(*called, source_ip, timeout=timeout)
            if not _is_loopback(host):
                return self._planes.execute_host(host, request, source_ip, timeout=timeout)
        except LookupError as error:
            return self._not_found(request, str(error))
        return None

    def upgrade(self, upgrade: Upgrade, source_ip: str) -> Response | Stream | None:
        """Answer an upgrade request; return `None` after a conversation over the socket."""
        request = upgrade.request
        host = request.headers.get("host", "")
        called = _called(request)
        try:
            if called is not None:
                api_id, inner = called
                return self._planes.upgrade(api_id, attrs.evolve(upgrade, request=inner), source_ip)
            if not _is_loopback(host):
                return self._planes.upgrade_host(host, upgrade, source_ip)
        except LookupError as error:
            if called is None:
                return self._check_origin(request)
            return self._not_found(request, str(error))
        return self.answer(request, source_ip)

    def _answer_at_root(self, request: Request) -> Response | Stream:
        if request.path.startswith(PATH):
            return self._window.answer(request)
        if not request.path.startswith("/v2/"):
            return self._not_found(request, f"There is nothing at {request.path}")
        return self._planes.handle(request)

    def _check_origin(self, request: Request) -> Response | None:
        """Reject a request of another web page."""
        rejection = _rejection(request)
        if rejection is None:
            return None
        reason, why = rejection
        message = {"message": f"{reason}: {why}"}
        headers = {"x-amzn-errortype": "ForbiddenException"}
        return self._planes.note(request, json_response(403, message, headers, reason=reason))

    def _not_found(self, request: Request, problem: str) -> Response:
        response = json_response(
            404,
            {"message": f"{problem}. {how_to_call(request.headers.get('host', ''))}"},
            {"x-amzn-errortype": "NotFoundException"},
            reason=problem,
        )
        return self._planes.note(request, response)


def _called(request: Request) -> tuple[str, Request] | None:
    """The id of the API that a request calls, and the request as the API receives it."""
    host = request.headers.get("host", "")
    if by_host := _BY_HOST.match(host):
        return by_host[1].lower(), request
    by_path = _BY_PATH.fullmatch(request.path)
    if by_path and _is_loopback(host):
        return by_path[1], attrs.evolve(request, path=by_path[2] or "/")
    return None


def _is_loopback(host: str) -> bool:
    """Whether a Host header names this machine, without name resolution."""
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    name = found[1].lower().strip("[]")
    if name in {"", "localhost"} or name.endswith(".localhost"):
        return True  # HTTP/1.0 has no Host header; browsers always send one
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _rejection(request: Request) -> tuple[str, str] | None:
    """What is wrong with the host or the origin of a request, and why; `None` if nothing is."""
    host = request.headers.get("host", "")
    origin = request.headers.get("origin")
    if not _is_loopback(host):
        why = (
            "to prevent DNS rebinding, the local gateway accepts only 127.0.0.1, localhost, [::1] "
            "and names below .localhost"
        )
        return f"Host {host!r} is not allowed", why
    if origin is not None and origin.lower() not in {f"{s}://{host.lower()}" for s in _SCHEMES}:
        return (
            f"Origin {origin!r} is not allowed",
            "only the gateway's own page may use the control plane",
        )
    return None


def how_to_call(host: str) -> str:
    """Describe how to call an API.

    Args:
        host: Name and port of the server, as in a Host header.
    """
    port = host.rpartition(":")[2] if _HAS_PORT.search(host) else ""
    suffix = f":{port}" if port else ""
    return (
        f"A deployed API is called at http://API_ID.execute-api.localhost{suffix}/PATH or "
        f"http://127.0.0.1{suffix}/_aws/execute-api/API_ID/PATH, with the stage as the first "
        "segment of the path unless it is $default; the control plane is below /v2/"
    )
