"""Requests to servers on this machine: the only ones that the gateway makes."""

from __future__ import annotations

import http.client
import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from apigw2.testing._http import Response, lower_names

if TYPE_CHECKING:
    from collections.abc import Mapping

HOP_BY_HOP = frozenset(
    {
        "connection", "content-length", "host", "keep-alive", "proxy-authenticate",
        "proxy-authorization", "te", "trailers", "transfer-encoding", "upgrade",
    }
)  # fmt: skip
"""The headers that are between two neighbours, and not passed on."""


def is_loopback(url: str) -> bool:
    """Whether a URL is on this machine by the name of its host alone; no name is looked up."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def send(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    timeout: float,
) -> Response:
    """Send a request to a URL on loopback.

    Args:
        url: The URL.
        method: The HTTP method.
        headers: The headers, under lower-case names.
        body: The body.
        timeout: Seconds.

    Raises:
        ValueError: The URL is not on loopback.
        OSError: There is no answer in time.
        http.client.HTTPException: The answer is not HTTP.
    """
    if not is_loopback(url):
        raise ValueError(f"{url} is not on loopback: nothing else is called")
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=timeout)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, target, body or None, dict(headers or {}))
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    fields = [
        (name, value) for name, value in answer.getheaders() if name.lower() not in HOP_BY_HOP
    ]
    return Response(
        status=answer.status,
        headers=lower_names(each for each in fields if each[0].lower() != "set-cookie"),
        body=content,
        cookies=tuple(value for name, value in fields if name.lower() == "set-cookie"),
    )
