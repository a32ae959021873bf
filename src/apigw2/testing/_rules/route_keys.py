"""What the route key of an HTTP API may be, and which keys cannot be in one API."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from apigw2.testing._errors import bad_request

_METHODS: Final = ("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
# A variable is a whole part of the path (serverless/serverless#10423), and has a name of these
# characters (the console's check of a part, in aws/aws-lambda-dotnet#1911). What else the console
# refuses in a part without a variable, nobody saw the service refuse.
_PART: Final = re.compile(r"\{[\w.:-]+\+?\}|[^\s?#{}\x00-\x1f\x7f]*", re.ASCII)

_VARIABLE: Final = re.compile(r"\{([^{}]+)\}")


@lru_cache(maxsize=4096)
def shape(route_key: str) -> str:
    """A route key without the names of its variables.

    The service refuses two keys of one shape. That was seen for keys of one method
    (plutomi/plutomi#271), and not for keys of different methods.
    """
    return _VARIABLE.sub(lambda found: "{+}" if found[1].endswith("+") else "{}", route_key)


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
    parts = path.split("/")
    if not all(map(_PART.fullmatch, parts)):
        raise bad_request(f"One or more path parts appear to be invalid: {route_key}")
    if any("+}" in part for part in parts[:-1]):
        raise bad_request(f"A greedy path variable must be at the end of the path: {route_key}")
    names = _VARIABLE.findall(path)
    if len(set(names)) < len(names):
        raise bad_request(f"A path variable is named twice in the route key: {route_key}")
