"""Requests and responses, which all parts of the local gateway share."""

from __future__ import annotations

import json
import re
import socket  # noqa: TC003 - annotations are evaluated
from collections.abc import Iterable, Iterator, Mapping, Sequence  # noqa: TC003 - annotations are evaluated
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlsplit

import attrs

MAX_BODY: Final = 10 * 2**20
"""Maximum bytes of a request body (developer guide, "Quotas for HTTP APIs": payload size)."""

_UNPRINTABLE: Final = re.compile(r"[^ -~]")
_PRINTABLE: Final = "".join(map(chr, range(0x21, 0x7F)))

Line = tuple[str, str]
"""A header line: its name as it was sent, and its value."""


def lower_names(lines: Iterable[Line]) -> dict[str, str]:
    """Headers under lower-case names; the values of a repeated header are joined by commas.

    API Gateway joins them like this in events of format 2.0
    (asottile-archive/api-gateway-v2-to-wsgi, `testing/data/headers.json`).
    """
    lowered: dict[str, str] = {}
    for name, value in lines:
        key = name.lower()
        lowered[key] = f"{lowered[key]},{value}" if key in lowered else value
    return lowered


def _lines(request: Request) -> tuple[Line, ...]:
    return tuple(request.headers.items())


def without_secrets(url: str) -> str:
    """A URL without user, password, query and fragment, each of which may contain a secret."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "(malformed URL)"
    netloc = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=netloc, query="", fragment="").geturl()


@attrs.frozen(kw_only=True)
class Request:
    """An HTTP request, through a socket or in process.

    Example:
        >>> request = Request.to_url("GET", "/v2/apis?maxResults=5", {}, b"")
        >>> request.path, request.query
        ('/v2/apis', {'maxResults': ['5']})
    """

    method: str
    path: str
    """The path as it is on the wire, still percent-encoded, without the query."""
    raw_query: str = ""
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """Under lower-case names, the values of a repeated header joined by commas."""
    body: bytes = b""
    lines: tuple[Line, ...] = attrs.field(
        default=attrs.Factory(_lines, takes_self=True), repr=False
    )
    """The header lines as sent; by default those of `headers`."""

    @classmethod
    def to_url(
        cls,
        method: str,
        url: str,
        headers: Mapping[str, str | Sequence[str]],
        body: bytes,
    ) -> Request:
        """Make a request from a URL, or from a path with a query.

        Non-ASCII characters are percent-encoded. A header with several values becomes several
        lines.
        """
        url = quote(url, safe=_PRINTABLE, errors="replace")
        # A path may start with two slashes, which start a host in a URL.
        parts = urlsplit(f"//{url}" if url.startswith("/") else url)
        lines = tuple(
            (name, value)
            for name, values in headers.items()
            for value in ([values] if isinstance(values, str) else values)
        )
        return cls(
            method=method.upper(),
            path=parts.path,
            raw_query=parts.query,
            headers=lower_names(lines),
            lines=lines,
            body=body,
        )

    def with_lines(self, lines: Iterable[Line]) -> Request:
        """The same request with other headers."""
        lines = tuple(lines)
        return attrs.evolve(self, headers=lower_names(lines), lines=lines)

    @property
    def query(self) -> dict[str, list[str]]:
        """The decoded query parameters, each with all its values, in order."""
        values: dict[str, list[str]] = {}
        for name, value in parse_qsl(self.raw_query, keep_blank_values=True):
            values.setdefault(name, []).append(value)
        return values


@attrs.frozen(kw_only=True)
class Response:
    """A response of a deployed API or of the control plane.

    Attributes:
        status: The HTTP status code.
        headers: Under lower-case names, without the cookies; the values of a repeated header are
            joined by commas.
        body: Body, decoded if an integration sent it as base64.
        cookies: One entry for each `set-cookie` header.
        reason: Reason for a response of the gateway itself, which the real service writes only to
            its access log.
        repeated: Values of headers that are sent as several lines.

    Example:
        >>> response = local.invoke("GET", "/pets/7")
        >>> response.status, response.json()
        (200, {'id': '7'})
    """

    status: int
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    body: bytes = b""
    cookies: tuple[str, ...] = ()
    reason: str = ""
    repeated: Mapping[str, tuple[str, ...]] = attrs.field(
        factory=dict[str, tuple[str, ...]], repr=False
    )

    @property
    def lines(self) -> list[Line]:
        """The header lines as they are sent, without the cookies."""
        lines: list[Line] = []
        for name, value in self.headers.items():
            values = self.repeated.get(name, ())
            # A header that was changed in the meantime is a single line again.
            lines += [(name, each) for each in (values if ",".join(values) == value else (value,))]
        return lines

    @property
    def text(self) -> str:
        """The body as UTF-8 text."""
        return self.body.decode()

    def json(self) -> Any:  # noqa: ANN401 - whatever the integration sent
        """Parse the body as JSON.

        Raises:
            ValueError: The body is not JSON.
        """
        return json.loads(self.body)


def json_response(
    status: int,
    document: object,
    headers: Mapping[str, str] | None = None,
    *,
    reason: str = "",
) -> Response:
    """Build a response with a JSON body, written as compactly as the service does."""
    return Response(
        status=status,
        headers={"content-type": "application/json", **(headers or {})},
        body=json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode(),
        reason=reason,
    )


def internal_error(error: Exception) -> Response:
    """The response to a request that made the local gateway fail."""
    message = str(error) if isinstance(error, ImportError) else "Internal Server Error"
    return json_response(
        500,
        {"message": message},
        {"x-amzn-errortype": "InternalServerException"},
        reason=f"{type(error).__name__}: {error}",
    )


def too_large() -> Response:
    """The response to a request with a body of more than `MAX_BODY` bytes."""
    return json_response(413, {"message": "Request Entity Too Large"})


@attrs.frozen(kw_only=True)
class Stream:
    """A response whose body is sent in chunks.

    Attributes:
        status: The HTTP status code.
        headers: Under lower-case names.
        chunks: Chunks of the body; nothing is sent while the iterator waits.
    """

    status: int = 200
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


@attrs.frozen(kw_only=True)
class Upgrade:
    """A request to upgrade the connection to WebSocket.

    Attributes:
        request: The request.
        received: Data that has arrived after the head of the request.
        connection: The socket. It is in blocking mode, and closed when `Site.upgrade()` returns
            `None`.
    """

    request: Request
    received: bytes
    connection: socket.socket


def header_fields(response: Response | Stream) -> list[tuple[bytes, bytes]]:
    """The header lines of a response as bytes; h11 rejects invalid headers."""
    if isinstance(response, Stream):
        lines = list(response.headers.items())
    else:
        lines = [*response.lines, *(("set-cookie", cookie) for cookie in response.cookies)]
        if response.reason:
            # A reason may contain the message of an exception, which can have several lines.
            reason = " ".join(response.reason.split())
            lines.append(("x-apigw2-reason", _UNPRINTABLE.sub("?", reason)))
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in lines]
