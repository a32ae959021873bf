"""Which route a request goes to."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apigw2.testing._protocol import Record

_TEXT, _PLAIN, _GREEDY = range(3)  # kinds of segments, the most specific first
_VARIABLE = re.compile(r"\{([^{}+]+)(\+?)\}")


@lru_cache(maxsize=4096)
def _pattern(path: str) -> tuple[re.Pattern[str], tuple[int, ...]]:
    """How a route's path matches, and how specific it is; less is more specific.

    Segment by segment, text comes before a variable, and a greedy variable comes last.
    """
    pieces: list[str] = []
    rank: list[int] = []
    for segment in path.split("/")[1:]:
        variable = _VARIABLE.fullmatch(segment)
        if variable is None:
            pieces.append(re.escape(segment))
            rank.append(_TEXT)
        elif variable[2]:
            pieces.append("(.+)")
            rank.append(_GREEDY)
        else:
            pieces.append("([^/]+)")
            rank.append(_PLAIN)
    return re.compile("/" + "/".join(pieces)), tuple(rank)


def select(
    routes: Iterable[Record], method: str, path: str
) -> tuple[Record, dict[str, str]] | None:
    """Select the route with the most specific match.

    The order is that of the developer guide, "Routing API requests": a full match, a match with a
    greedy variable, the `$default` route; and a route's own method before ANY.

    Args:
        routes: The records of the routes.
        method: The request's method.
        path: Its path within the stage, still percent-encoded.

    Returns:
        The route's record and the decoded path parameters, or `None` if no route matches.
    """
    best: tuple[tuple[bool, tuple[int, ...], bool], Record, dict[str, str]] | None = None
    default: Record | None = None
    for route in routes:
        key = route["RouteKey"]
        if key == "$default":
            default = route
            continue
        wanted, _, template = key.partition(" ")
        if wanted not in (method, "ANY"):
            continue
        pattern, rank = _pattern(template)
        found = pattern.fullmatch(path)
        if found is None:
            continue
        order = (_GREEDY in rank, rank, wanted == "ANY")
        if best is None or order < best[0]:
            names = [name for name, _ in _VARIABLE.findall(template)]
            values = map(unquote, found.groups())
            best = order, route, dict(zip(names, values, strict=True))
    if best is not None:
        return best[1], best[2]
    return (default, {}) if default is not None else None
