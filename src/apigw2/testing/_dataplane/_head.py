"""Validation of the status and headers of responses.

Functions, backends and parameter mappings write headers. Every response to a client of an API
passes through `checked`, which decides what is sent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from apigw2.testing._http import Response, lower_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from apigw2.testing._http import Line

HOP_BY_HOP: Final = frozenset(
    {
        "connection", "content-length", "keep-alive", "proxy-authenticate", "proxy-authorization",
        "proxy-connection", "te", "trailer", "trailers", "transfer-encoding", "upgrade",
    }
)  # fmt: skip
"""Hop-by-hop headers, which are not forwarded in either direction."""

STATUSES: Final = range(200, 600)
"""The valid statuses of a response, without informational ones."""

_NAME: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def response(
    status: int, lines: Iterable[Line], body: bytes, cookies: Iterable[str] = ()
) -> Response:
    """Create the response of an integration from header lines."""
    values: dict[str, list[str]] = {}
    all_cookies = list(cookies)
    for name, value in lines:
        if name.lower() == "set-cookie":
            all_cookies.append(value)
        else:
            values.setdefault(name.lower(), []).append(value)
    return Response(
        status=status,
        headers={name: ",".join(each) for name, each in values.items()},
        repeated={name: tuple(each) for name, each in values.items() if len(each) > 1},
        body=body,
        cookies=tuple(all_cookies),
    )


def checked(given: Response) -> Response:
    """Return the response with a valid head.

    Hop-by-hop headers are removed. A value outside Latin-1 is sent as UTF-8, and represented here
    as Latin-1, as clients read it.

    Raises:
        ValueError: The status, the name of a header or a character in a value is not allowed. The
            message does not contain the value, which may be a secret.
    """
    if given.status not in STATUSES:
        raise ValueError(f"{given.status} is not the status of a response")
    headers: Mapping[str, str] = {
        name: value_of(name, value)
        for name, value in given.headers.items()
        if name not in HOP_BY_HOP
    }
    return attrs.evolve(
        given,
        headers=headers,
        repeated={
            name: tuple(value_of(name, value) for value in values)
            for name, values in given.repeated.items()
        },
        cookies=tuple(value_of("set-cookie", cookie) for cookie in given.cookies),
    )


def for_backend(lines: Iterable[Line]) -> dict[str, str]:
    """The headers to forward to a backend.

    Raises:
        ValueError: A name, or a character in a value, is not allowed.
    """
    return {
        name: value_of(name, value)
        for name, value in lower_names(lines).items()
        if name not in HOP_BY_HOP and name != "host"
    }


def value_of(name: str, value: str) -> str:
    """The value of a header on the wire, decoded as Latin-1.

    Raises:
        ValueError: The name or a character in the value is not allowed.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not the name of a header")
    if _CONTROL.search(value):
        raise ValueError(f"the header {name} has a control character in its value")
    value = value.strip(" \t")
    try:
        value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode(errors="replace").decode("latin-1")
    return value
