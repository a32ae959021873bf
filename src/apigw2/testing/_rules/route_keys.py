"""Validation of the route keys of HTTP APIs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from apigw2.testing._errors import bad_request

_METHODS: Final = ("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
# A variable is a whole part of the path (serverless/serverless#10423), and its name has these
# characters (the console's check of a part, in aws/aws-lambda-dotnet#1911). Other checks of the
# console were not observed on the service.
_PART: Final = re.compile(r"\{[\w.:-]+\+?\}|[^\s?#{}\x00-\x1f\x7f]*", re.ASCII)

_VARIABLE: Final = re.compile(r"\{([^{}]+)\}")


@lru_cache(maxsize=4096)
def shape(route_key: str) -> str:
    """A route key without the names of its variables.

    The service rejects two keys of the same shape. This was observed for keys of the same method
    (plutomi/plutomi#271), but not for keys of different methods.
    """
    return _VARIABLE.sub(lambda found: "{+}" if found[1].endswith("+") else "{}", route_key)


def check(route_key: str) -> None:
    """Reject an invalid route key of an HTTP API.

    Raises:
        ApiError: The key is neither `$default` nor a method and a path, or a greedy variable is not
            last.
    """
    if route_key == "$default":
        return
    method, _, path = route_key.partition(" ")
    if method not in _METHODS or not path.startswith("/"):
        raise bad_request(
            f"The provided route key is not formatted properly for HTTP protocol: {route_key}"
        )
    parts = path.split("/")
    if not all(map(_PART.fullmatch, parts)):
        raise bad_request(f"One or more path parts appear to be invalid: {route_key}")
    if any("+}" in part for part in parts[:-1]):
        raise bad_request(f"A greedy path variable must be at the end of the path: {route_key}")
    names = _VARIABLE.findall(path)
    if len(set(names)) < len(names):
        raise bad_request(f"A path variable is named twice in the route key: {route_key}")
