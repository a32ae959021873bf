"""Requests to servers on this machine, the only ones that the gateway sends."""

from __future__ import annotations

import http.client
import io
import ipaddress
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from apigw2.testing._dataplane import _head
from apigw2.testing._dataplane._deadlines import POLL
from apigw2.testing._http import MAX_BODY, without_secrets

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from apigw2.testing._dataplane._deadlines import Deadline
    from apigw2.testing._http import Response


def is_loopback(url: str) -> bool:
    """Whether the host of a URL is a loopback name or address, without name resolution."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Timed(io.RawIOBase):
    """Reads from a socket until a deadline, however slowly bytes arrive."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket = connected
        self._stream = connected.makefile("rb", buffering=0)  # keeps the socket open
        self._deadline = deadline

    def readable(self) -> bool:
        """True, as `io.BufferedReader` requires."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - io's own type is private
        """Read available data, or wait for some."""
        while True:
            self._socket.settimeout(min(self._deadline.left(), POLL))
            with suppress(TimeoutError):  # look at the gateway's clock again
                return self._socket.recv_into(buffer)

    def close(self) -> None:
        """Close the stream, which releases the socket."""
        self._stream.close()
        super().close()


class _TimedResponse(http.client.HTTPResponse):
    """A response that must arrive completely before a deadline."""

    def __init__(self, connected: socket.socket, deadline: Deadline, method: str) -> None:
        super().__init__(connected, method=method)
        self.fp.close()
        self.fp = io.BufferedReader(_Timed(connected, deadline))


def send(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    deadline: Deadline,
) -> Response:
    """Send a request to a URL on loopback.

    Args:
        url: The URL.
        method: The HTTP method.
        headers: The headers, under lower-case names.
        body: The body.
        deadline: The time to connect, send and receive the whole response.

    Raises:
        ValueError: The URL is not on loopback, or the response exceeds 10 MB.
        DeadlineError: The response did not arrive in time.
        OSError: The server cannot be reached.
        http.client.HTTPException: The response is not HTTP.
    """
    if not is_loopback(url):
        raise ValueError(
            f"{without_secrets(url)} is not on loopback; the local gateway calls no other host"
        )
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=deadline.left())
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def response(connected: socket.socket, debuglevel: int = 0, *, method: str) -> _TimedResponse:
        del debuglevel
        return _TimedResponse(connected, deadline, method)

    # typeshed requires a class, but http.client only calls it.
    connection.response_class = cast("Any", response)
    try:
        connection.connect()
        connection.sock.settimeout(deadline.left())
        connection.request(method, target, body or None, dict(headers or {}))
        with connection.getresponse() as answer:
            content = answer.read(MAX_BODY + 1)
            if len(content) > MAX_BODY:
                raise ValueError(f"the response of {without_secrets(url)} exceeds 10 MB")
            if answer.length:
                raise http.client.IncompleteRead(content, answer.length)
    except TimeoutError as error:
        raise deadline.error() from error
    finally:
        connection.close()
    return _head.response(answer.status, answer.getheaders(), content)
