"""The local gateway over HTTP, on loopback only.

The control plane is at the root, as in the real service. A deployed API is called by the Host
header, as in `http://a1b2c3d4e5.execute-api.localhost:4567/pets`, or by the path, as in
`http://127.0.0.1:4567/_aws/execute-api/a1b2c3d4e5/pets`, which needs no name to resolve. In both,
the path may go on with the name of a stage first.
"""

from __future__ import annotations

import re
import socket
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol

import attrs
from werkzeug.serving import WSGIRequestHandler, make_server

from apigw2.testing._errors import Dropped
from apigw2.testing._http import Request, Response, json_response, lower_names

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from werkzeug.serving import BaseWSGIServer

_HOST = "127.0.0.1"
_BY_PATH = re.compile(r"/_aws/execute-api/([a-z0-9]+)(/.*)?")
_REASON = "x-apigw2-reason"
_LINES = "apigw2.lines"


class Planes(Protocol):
    """Answers the requests of both planes, as `LocalGateway` does."""

    def handle(self, request: Request) -> Response:
        """Answer a control-plane request."""
        ...

    def execute(self, api_id: str, request: Request, source_ip: str) -> Response:
        """Answer a request to an API's own address."""
        ...

    def execute_host(self, host: str, request: Request, source_ip: str) -> Response | None:
        """Answer a request to an API's own address or a custom domain name, by the Host header."""
        ...


class _QuietHandler(WSGIRequestHandler):
    """A handler that keeps the header lines as they came, and does not log to standard error."""

    def make_environ(self) -> dict[str, Any]:
        """Make the environment of a request, with its header lines."""
        return {**super().make_environ(), _LINES: tuple(self.headers.items())}

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002, ANN401
        """Write nothing."""


def make(gateway: Planes, port: int) -> BaseWSGIServer:
    """Make a server, bound to a port of the loopback interface but not yet serving."""

    def application(
        environ: dict[str, Any], start_response: Callable[..., object]
    ) -> Iterable[bytes]:
        response = _answer(gateway, environ)
        headers = [*response.lines, ("content-length", str(len(response.body)))]
        headers += [("set-cookie", cookie) for cookie in response.cookies]
        if response.reason:
            headers.append((_REASON, response.reason.encode("ascii", "replace").decode()))
        start_response(f"{response.status} -", headers)
        return [response.body]

    return make_server(_HOST, port, application, threaded=True, request_handler=_QuietHandler)


def _answer(gateway: Planes, environ: dict[str, Any]) -> Response:
    path, _, query = str(environ["RAW_URI"]).partition("?")
    length = int(environ.get("CONTENT_LENGTH") or 0)
    request = Request(
        method=environ["REQUEST_METHOD"],
        path=path,
        raw_query=query,
        headers=lower_names(environ[_LINES]),
        lines=environ[_LINES],
        body=environ["wsgi.input"].read(length),
    )
    by_path = _BY_PATH.fullmatch(path)
    try:
        if by_path:
            inner = attrs.evolve(request, path=by_path[2] or "/")
            return gateway.execute(by_path[1], inner, environ["REMOTE_ADDR"])
        by_host = gateway.execute_host(
            request.headers.get("host", ""), request, environ["REMOTE_ADDR"]
        )
        return gateway.handle(request) if by_host is None else by_host
    except LookupError as error:
        return json_response(404, {"message": "Not Found"}, reason=str(error))
    except Dropped:
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        raise ConnectionAbortedError from None  # tells werkzeug that there is no one to answer


@contextmanager
def serving(gateway: Planes, *, port: int) -> Generator[str]:
    """Serve in a thread for the time of a `with` block, and yield the URL."""
    server = make(gateway, port)
    thread = Thread(target=server.serve_forever, name="apigw2.testing", daemon=True)
    thread.start()
    try:
        yield f"http://{_HOST}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
