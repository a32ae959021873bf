"""An HTTP/1.1 server on loopback, with a thread for each connection.

It implements HTTP only; `_site.py` dispatches requests. h11, a state machine without I/O, parses
requests and frames responses, so that time and size limits are each enforced in one place here.
"""

from __future__ import annotations

import logging
import socket
import time
from contextlib import contextmanager, suppress
from http import HTTPStatus
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Final, Protocol

import attrs

from apigw2.testing._errors import Dropped
from apigw2.testing._extras import extra
from apigw2.testing._http import (
    MAX_BODY,
    Request,
    Response,
    Stream,
    Upgrade,
    header_fields,
    internal_error,
    json_response,
    lower_names,
    too_large,
)

with extra("Serving the local gateway over HTTP"):
    import h11

if TYPE_CHECKING:
    from collections.abc import Generator

HOST: Final = "127.0.0.1"
MAX_CONNECTIONS: Final = 1_000
"""Maximum number of open connections; further ones are closed immediately."""

_WAKE_UP: Final = 0.5
"""Seconds after which a wait for a connection is interrupted. Python handles a signal that arrives
just before `accept()` only when it returns."""

_MAX_HEAD: Final = 64 * 1024
_CHUNK: Final = 64 * 1024
_NO_BODY: Final = frozenset({204, 304})
_REASONS: Final = {status.value: status.phrase.encode() for status in HTTPStatus}

_logger = logging.getLogger(__name__)


class Handler(Protocol):
    """Handles the requests of a server."""

    def answer(self, request: Request, source_ip: str) -> Response | Stream:
        """Answer a request.

        Raises:
            Dropped: The connection must be closed without a response.
        """
        ...

    def upgrade(self, upgrade: Upgrade, source_ip: str) -> Response | Stream | None:
        """Answer an upgrade request.

        Returns:
            `None` after a conversation over the socket, otherwise the HTTP response.
        """
        ...


class _TooLargeError(Exception):
    """The body of a request exceeds `MAX_BODY`."""


class Server:
    """A server that is bound to a loopback port, but does not serve yet.

    Args:
        site: Handles the requests.
        port: TCP port; 0 selects a free one.
        read_timeout: Maximum number of seconds to receive a request, and to send a response.
        idle_timeout: Maximum number of seconds that a connection is open without a request.

    Attributes:
        port: The TCP port.

    Raises:
        OSError: The port is in use.
    """

    def __init__(
        self,
        site: Handler,
        port: int = 0,
        *,
        read_timeout: float = 30.0,
        idle_timeout: float = 120.0,
    ) -> None:
        self.site = site
        self.read_timeout = read_timeout
        self.idle_timeout = idle_timeout
        self._listener = socket.create_server((HOST, port), backlog=128)
        self._listener.settimeout(_WAKE_UP)
        self.port: int = self._listener.getsockname()[1]
        self._closed = Event()
        self._open: dict[socket.socket, Thread] = {}
        self._lock = Lock()

    @property
    def url(self) -> str:
        """The URL for clients to use as `endpoint_url`."""
        return f"http://{HOST}:{self.port}"

    def serve_forever(self) -> None:
        """Accept connections until `close()` is called."""
        while not self._closed.is_set():
            try:
                connection, (source_ip, _) = self._listener.accept()
            except TimeoutError:
                continue
            except OSError:  # closed, or out of file descriptors
                time.sleep(0 if self._closed.is_set() else 0.05)
                continue
            thread = Thread(
                target=self._converse,
                args=(connection, source_ip),
                name="apigw2.testing",
                daemon=True,
            )
            with self._lock:
                accepted = not self._closed.is_set() and len(self._open) < MAX_CONNECTIONS
                if accepted:
                    self._open[connection] = thread
                    thread.start()
            if not accepted:
                connection.close()

    def close(self) -> None:
        """Stop accepting connections, and close those that are open."""
        with self._lock:
            self._closed.set()
            still_open = dict(self._open)
        _shut_down(self._listener)  # wakes up accept(); on Linux, close() alone does not
        self._listener.close()
        for connection in still_open:
            _shut_down(connection)
        for thread in still_open.values():
            # A function that never returns must not block the end of the process.
            thread.join(timeout=5)

    def _converse(self, connection: socket.socket, source_ip: str) -> None:
        try:
            # Without this, a response waits for the acknowledgement of the previous one.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _Conversation(self, connection, source_ip).run()
        except OSError:  # the peer has closed the connection, or is too slow
            pass
        finally:
            connection.close()
            with self._lock:
                self._open.pop(connection, None)


def _shut_down(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


class _Conversation:
    """The requests and responses of one connection."""

    def __init__(self, server: Server, connection: socket.socket, source_ip: str) -> None:
        self._server = server
        self._socket = connection
        self._source_ip = source_ip
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=_MAX_HEAD)
        self._deadline = 0.0
        self._method = b""  # of the current request

    def run(self) -> None:
        """Answer requests until one side closes the connection.

        Raises:
            OSError: The peer has closed the connection, or is too slow.
        """
        while self._answer_next() and self._http.our_state is h11.DONE:
            self._http.start_next_cycle()

    def _answer_next(self) -> bool:
        try:
            head = self._read_head()
            if head is None:
                return False
            request = _request(head, self._read_body(head))
        except h11.RemoteProtocolError as error:
            self._refuse(json_response(error.error_status_hint, {"message": str(error)}))
            return False
        except _TooLargeError:
            self._refuse(too_large())
            return False
        except TimeoutError:
            self._refuse(json_response(408, {"message": "Request Timeout"}))
            return False
        try:
            answer = self._ask_site(request)
            if answer is not None:
                self._write(answer)
        except Dropped:
            _shut_down(self._socket)
            return False
        return answer is not None

    def _ask_site(self, request: Request) -> Response | Stream | None:
        site = self._server.site
        if request.method == "CONNECT":  # a request to a proxy
            return json_response(405, {"message": "Method Not Allowed"}, {"allow": "GET"})
        try:
            if request.headers.get("upgrade", "").lower() != "websocket":
                return site.answer(request, self._source_ip)
            self._socket.settimeout(None)
            received = self._http.trailing_data[0]
            upgrade = Upgrade(request=request, received=received, connection=self._socket)
            return site.upgrade(upgrade, self._source_ip)
        except (Dropped, OSError):
            raise
        except Exception as error:
            _logger.debug("%s %s failed", request.method, request.path, exc_info=True)
            return internal_error(error)

    def _read_head(self) -> h11.Request | None:
        """Read the line and the headers of the next request; `None` if there is none."""
        self._method = b""
        if not self._http.trailing_data[0]:
            self._socket.settimeout(self._server.idle_timeout)
            try:
                self._http.receive_data(self._socket.recv(_CHUNK))
            except TimeoutError:
                return None
        self._deadline = time.monotonic() + self._server.read_timeout
        event = self._next_event()
        if not isinstance(event, h11.Request):
            return None
        self._method = event.method
        return event

    def _read_body(self, head: h11.Request) -> bytes:
        if any(n == b"content-length" and int(value) > MAX_BODY for n, value in head.headers):
            raise _TooLargeError
        if self._http.they_are_waiting_for_100_continue:
            proceed = h11.InformationalResponse(status_code=100, headers=[], reason=b"Continue")
            self._send(self._http.send(proceed))
        body = bytearray()
        while isinstance(event := self._next_event(), h11.Data):
            body += event.data
            if len(body) > MAX_BODY:
                raise _TooLargeError
        return bytes(body)

    def _next_event(self) -> type[h11.NEED_DATA | h11.PAUSED] | h11.Event:
        """The next event of the request, within the deadline of the whole request."""
        while (event := self._http.next_event()) is h11.NEED_DATA:
            remaining = self._deadline - time.monotonic()
            if remaining <= 0:
                raise TimeoutError
            self._socket.settimeout(remaining)
            self._http.receive_data(self._socket.recv(_CHUNK))
        return event

    def _write(self, answer: Response | Stream) -> None:
        try:
            head = _head(answer)
        except (UnicodeEncodeError, h11.LocalProtocolError) as error:
            answer = internal_error(error)
            head = _head(answer)
        parts = [self._http.send(head)]
        has_body = self._method != b"HEAD" and answer.status not in _NO_BODY
        if isinstance(answer, Stream) and has_body:
            self._send(b"".join(filter(None, parts)))
            parts.clear()
            for chunk in answer.chunks:
                self._send(self._http.send(h11.Data(data=chunk)))
        elif isinstance(answer, Response) and has_body:
            parts.append(self._http.send(h11.Data(data=answer.body)))
        parts.append(self._http.send(h11.EndOfMessage()))
        self._send(b"".join(filter(None, parts)))

    def _send(self, data: bytes | None) -> None:
        if data:
            self._socket.settimeout(self._server.read_timeout)
            self._socket.sendall(data)

    def _refuse(self, response: Response) -> None:
        """Answer a request that was not read completely, and close the connection."""
        closing = attrs.evolve(response, headers={**response.headers, "connection": "close"})
        self._write(closing)
        # Otherwise a connection reset could discard the response of a peer that still sends.
        self._socket.shutdown(socket.SHUT_WR)
        deadline = time.monotonic() + min(self._server.read_timeout, 5)
        while (remaining := deadline - time.monotonic()) > 0:
            self._socket.settimeout(remaining)
            if not self._socket.recv(_CHUNK):
                break


def _head(answer: Response | Stream) -> h11.Response:
    fields = header_fields(answer)
    if isinstance(answer, Response) and answer.status not in _NO_BODY:
        fields.append((b"content-length", b"%d" % len(answer.body)))
    reason = _REASONS.get(answer.status, b"")
    return h11.Response(status_code=answer.status, headers=fields, reason=reason)


def _request(head: h11.Request, body: bytes) -> Request:
    raw = head.headers.raw_items()
    lines = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in raw)
    headers = lower_names(lines)
    target = head.target.decode("ascii")
    if not target.startswith("/"):
        # The absolute form, http://host/path, takes precedence over Host (RFC 9112, section 3.2.2).
        scheme, separator, rest = target.partition("://")
        if separator and scheme.lower() in {"http", "https"}:
            host, slash, target = rest.partition("/")
            target = slash + target
            headers["host"] = host
    path, _, query = target.partition("?")
    return Request(
        method=head.method.decode("ascii"),
        path=path or "/",
        raw_query=query,
        headers=headers,
        lines=lines,
        body=body,
    )


@contextmanager
def serving(site: Handler, *, port: int) -> Generator[str]:
    """Serve in a thread during a `with` block, and yield the URL."""
    server = Server(site, port)
    thread = Thread(target=server.serve_forever, name="apigw2.testing", daemon=True)
    thread.start()
    try:
        yield server.url
    finally:
        server.close()
        thread.join()
