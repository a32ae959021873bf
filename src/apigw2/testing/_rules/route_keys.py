"""What the route key of an HTTP API may be, and which keys cannot be in one API."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from apigw2.testing._errors import bad_request

if TYPE_CHECKING:
    from collections.abc import Iterable

_METHODS: Final = ("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
_PART: Final = re.compile(r"[^\s?#{}\x00-\x1f\x7f]*|\{[^\s?#/{}+]+\+?\}")
"""A part of a path: text without a query or a fragment, or a variable that has a name.

`/events/{id}.json`, both in one part, is refused (serverless/serverless#10423).
"""

_VARIABLE: Final = re.compile(r"\{([^{}]+)\}")


@lru_cache(maxsize=4096)
def _shape(route_key: str) -> tuple[str, tuple[str, ...]]:
    """Of a route key, what is left without the names of the variables, and those names."""
    names = tuple(_VARIABLE.findall(route_key))
    return _VARIABLE.sub(lambda found: "{+}" if found[1].endswith("+") else "{}", route_key), names


def check(route_key: str) -> None:
    """Refuse what cannot be a route key of an HTTP API.

    Raises:
        ApiError: It is not `$default` and not a method and a path, or a greedy variable is not
            last.
    """
    if route_key == "$default":
        return
    method, _, path = route_key.partition(" ")
    if method not in _METHODS or not path.startswith("/"):
        raise bad_request(
            f"The provided route key is not formatted properly for HTTP protocol: {route_key}"
        )
    segments = path.split("/")
    if not all(map(_PART.fullmatch, segments)):
        raise bad_request("One or more path parts appear to be invalid")
    if any("+}" in segment for segment in segments[:-1]):
        raise bad_request(f"A greedy path variable must be at the end of the path: {route_key}")
    names = _shape(route_key)[1]
    if len(set(names)) < len(names):
        raise bad_request(f"A path variable is named twice in the route key: {route_key}")


def conflicting(route_key: str, taken: Iterable[str]) -> str | None:
    """Find a route key that differs from another in the names of variables only.

    Seen for keys of one method (plutomi/plutomi#271); nobody reported it across methods.
    """
    shape, names = _shape(route_key)
    if not names:
        return None
    for other in taken:
        other_shape, other_names = _shape(other)
        if shape == other_shape and names != other_names:
            return other
    return None
