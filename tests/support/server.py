"""An HTTP server on loopback with real sockets, that can also answer badly or not at all."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
from collections import deque
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import attrs

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Mapping

REQUEST_ID: Final = "5c1d3a9e-0000-4000-8000-7a4f0f6b2c11"
How = Literal[
    "whole", "reset unread", "no answer", "cut status", "cut head", "cut body", "silent", "no HTTP"
]


@attrs.frozen
class Answer:
    """The answer to a request.

    Attributes:
        body: The body; a value that is neither bytes nor `None` is sent as JSON.
        status: The status code.
        headers: Headers to add to the usual ones, or to replace them.
        how: `reset unread` ends the connection before the request is read, `no answer` after it;
            `cut status`, `cut head` and `cut body` send all up to the middle of the status line,
            the headers or the body; `silent` waits until the client gives up; `no HTTP` sends the
            body as it is.
    """

    body: object = None
    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})
    how: How = "whole"

    @property
    def content(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return b"" if self.body is None else json.dumps(self.body).encode()

    @property
    def head(self) -> bytes:
        headers = {
            "Content-Type": "application/json",
            "Content-Length": str(len(self.content)),
            "Connection": "close",
            "x-amzn-RequestId": REQUEST_ID,
            **self.headers,
        }
        lines = [f"HTTP/1.1 {self.status} Whatever", *(f"{k}: {v}" for k, v in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode()


class Request(NamedTuple):
    """A request that arrived. Header names are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def line(self) -> str:
        return f"{self.method} {self.target}"

    @property
    def json(self) -> object:
        return json.loads(self.body) if self.body else None


class Server:
    """Answers requests from a script or with a function, and records them.

    Args:
        tls: The context for TLS; without it, the server speaks plain HTTP.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self._lock = threading.Condition()
        self._threads: set[threading.Thread] = set()
        self._sockets: set[socket.socket] = set()
        self.prepare()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self._acceptor = threading.Thread(target=self._accept)
        self._acceptor.start()

    @property
    def url(self) -> str:
        scheme = "http" if self._tls is None else "https"
        return f"{scheme}://127.0.0.1:{self._listener.getsockname()[1]}"

    def prepare(
        self,
        first: Iterable[Answer] = (),
        then: Answer | Callable[[Request], Answer] = Answer(status=599),  # frozen
    ) -> None:
        """Forget earlier requests and answers; give the answers of `first` in turn, then `then`."""
        with self._lock:
            self._script = deque(first)
            self._then = then
            self.requests: list[Request] = []
            self.connections = 0

    @property
    def lines(self) -> list[str]:
        """The first words of each request: `GET /v2/apis`."""
        return [request.line for request in self.requests]

    def settled(self, requests: int) -> list[Request]:
        """Wait for this many requests, because a client may give up before they are read."""
        with self._lock:
            self._lock.wait_for(lambda: len(self.requests) >= requests, timeout=10)
            return [*self.requests]

    def close(self) -> None:
        """Close the listener and every connection."""
        with self._lock:
            for each in (self._listener, *self._sockets):
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
        self._acceptor.join()
        self._listener.close()
        for thread in [*self._threads]:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # closed
                return
            thread = threading.Thread(target=self._serve, args=(connection,))
            with self._lock:
                self.connections += 1
                self._sockets.add(connection)
                self._threads.add(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        # A client that hangs up is what the tests are about.
        with contextlib.suppress(OSError):
            self._converse(connection)
        connection.close()
        with self._lock:
            self._sockets.discard(connection)
            self._threads.discard(threading.current_thread())

    def _converse(self, connection: socket.socket) -> None:
        with self._lock:
            unread = bool(self._script) and self._script[0].how == "reset unread"
            if unread:
                self._script.popleft()
        if unread or (isinstance(self._then, Answer) and self._then.how == "reset unread"):
            connection.recv(1, socket.MSG_PEEK)  # wait until the client starts to send
            # With a linger time of 0, close() resets the connection.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        spoken = connection
        if self._tls is not None:
            spoken = self._tls.wrap_socket(connection, server_side=True)
        request = _read(spoken)
        if request is None:
            return
        with self._lock:
            self.requests.append(request)
            self._lock.notify_all()
            answer = self._script.popleft() if self._script else self._then
        if not isinstance(answer, Answer):
            answer = answer(request)
        if answer.how == "silent":
            spoken.recv(1)  # until the client hangs up
        elif answer.how == "no HTTP":
            socket.socket.sendall(spoken, answer.content)  # under TLS, past TLS
        else:
            spoken.sendall(_sent(answer))
        spoken.close()


def _sent(answer: Answer) -> bytes:
    """The bytes of an answer that are sent."""
    ends: dict[How, int] = {
        "no answer": 0,
        "cut status": len("HTTP/1."),
        "cut head": len(answer.head) // 2,
        "cut body": len(answer.head) + len(answer.content) // 2,
    }
    return (answer.head + answer.content)[: ends.get(answer.how)]


def _read(connection: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    (method, target, _), *lines = (line.split(" ", 2) for line in head.decode().split("\r\n"))
    headers = {
        name.lower(): value for name, _, value in (" ".join(line).partition(": ") for line in lines)
    }
    length = int(headers.get("content-length", 0))
    while len(body) < length:
        more = connection.recv(65536)
        if not more:
            return None
        body += more
    return Request(method, target, headers, body)
