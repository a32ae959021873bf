"""The two values that cross every boundary of the local gateway: a request and a response."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping  # noqa: TC003 - annotations are evaluated
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import attrs


def lower_names(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers under lower-case names; the values of a repeated header are joined by commas.

    That is how API Gateway hands headers to an integration, too.
    """
    lowered: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        lowered[key] = f"{lowered[key]},{value}" if key in lowered else value
    return lowered


@attrs.frozen(kw_only=True)
class Request:
    """An HTTP request as it arrives, whether through a socket or without one.

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
    """Under lower-case names."""
    body: bytes = b""

    @classmethod
    def to_url(cls, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Request:
        """Make a request out of a URL."""
        parts = urlsplit(url)
        return cls(
            method=method.upper(),
            path=parts.path,
            raw_query=parts.query,
            headers=lower_names(headers.items()),
            body=body,
        )

    @property
    def query(self) -> dict[str, list[str]]:
        """The decoded query parameters, each with all its values, in order."""
        values: dict[str, list[str]] = {}
        for name, value in parse_qsl(self.raw_query, keep_blank_values=True):
            values.setdefault(name, []).append(value)
        return values


@attrs.frozen(kw_only=True)
class Response:
    """What a deployed API (or the control plane) answered.

    Attributes:
        status: The HTTP status code.
        headers: Under lower-case names, without the cookies.
        body: The body's bytes, decoded if an integration sent it as base64.
        cookies: One entry for each `set-cookie` header.
        reason: Why the gateway itself answered so, where it did; the real service says that in its
            access log only.

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
