"""Route selection."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from apigw2.testing._protocol import Record

_VARIABLE: Final = re.compile(r"\{([^{}+]+)(\+?)\}")


@attrs.frozen
class _Target:
    """A route, and the names of the variables in its path."""

    route: Record
    names: tuple[str, ...]


@attrs.frozen
class PathNode:
    """A node of the path tree.

    Attributes:
        texts: Children for literal segments.
        variables: The child for a variable, at most one.
        exact: Routes whose path ends here, by method.
        greedy: Routes whose path ends here with a greedy variable, by method.
    """

    texts: dict[str, PathNode] = attrs.field(factory=dict[str, "PathNode"])
    variables: list[PathNode] = attrs.field(factory=list["PathNode"])
    exact: dict[str, _Target] = attrs.field(factory=dict[str, _Target])
    greedy: dict[str, _Target] = attrs.field(factory=dict[str, _Target])

    def variable(self) -> PathNode:
        """The child for a variable, created if there is none."""
        if not self.variables:
            self.variables.append(PathNode())
        return self.variables[0]

    def branches(self, segment: str) -> Iterator[tuple[PathNode, bool]]:
        """The children for a segment, literal first, each with whether it is a variable."""
        if segment in self.texts:
            yield self.texts[segment], False
        if segment:
            yield from ((node, True) for node in self.variables)


class Router:
    """The routes of a deployment as a tree of path segments.

    The time per request depends on the segments of its path, not on the number of routes.

    Args:
        routes: The records of the routes.
    """

    def __init__(self, routes: Iterable[Record]) -> None:
        self._root = PathNode()
        self._default: Record | None = None
        for route in routes:
            self._add(route)

    def _add(self, route: Record) -> None:
        key = route["RouteKey"]
        if key == "$default":
            self._default = route
            return
        method, _, template = key.partition(" ")
        target = _Target(route, tuple(name for name, _ in _VARIABLE.findall(template)))
        node = self._root
        for segment in template.split("/")[1:]:
            variable = _VARIABLE.fullmatch(segment)
            if variable is None:
                node = node.texts.setdefault(segment, PathNode())
            elif variable[2]:
                node.greedy[method] = target
                return
            else:
                node = node.variable()
        node.exact[method] = target

    def select(self, method: str, path: str) -> tuple[Record, dict[str, str]] | None:
        """Select the route with the most specific match.

        The order is that of the developer guide, "Routing API requests": a full match, a match with
        a greedy variable, the `$default` route. Literal segments take precedence over variables. On
        the same path, a specific method takes precedence over ANY (ministackorg/ministack#1256,
        floci-io/floci#2367).

        A greedy variable also matches an empty rest: `/handler/` goes to `/handler/{proxy+}`, as a
        public capture of 2022 shows.

        Args:
            method: The request's method.
            path: Percent-encoded path within the stage; empty for the root.

        Returns:
            The record of the route and the decoded path parameters, or `None` if no route matches.
        """
        raw = (path or "/").split("/")[1:]
        search = _Search(method, raw, [unquote(segment) for segment in raw])
        found = search.exact(self._root, 0, ()) or search.greedy(self._root, 0, ())
        if found is None:
            return None if self._default is None else (self._default, {})
        target, values = found
        return target.route, dict(sorted(zip(target.names, values, strict=True)))


@attrs.frozen
class _Search:
    """The search for the route of one request.

    Attributes:
        method: The request's method.
        raw: The segments of its path.
        segments: The decoded segments.
    """

    method: str
    raw: Sequence[str]
    segments: Sequence[str]

    def exact(
        self, node: PathNode, at: int, values: tuple[str, ...]
    ) -> tuple[_Target, tuple[str, ...]] | None:
        """The most specific route that matches the whole path."""
        if at == len(self.segments):
            return self._target(node.exact, values)
        for branch, is_value in node.branches(self.segments[at]):
            more = (*values, self.segments[at]) if is_value else values
            found = self.exact(branch, at + 1, more)
            if found is not None:
                return found
        return None

    def greedy(
        self, node: PathNode, at: int, values: tuple[str, ...]
    ) -> tuple[_Target, tuple[str, ...]] | None:
        """The most specific route with a greedy variable for the rest of the path."""
        if at == len(self.segments):
            return None
        for branch, is_value in node.branches(self.segments[at]):
            more = (*values, self.segments[at]) if is_value else values
            found = self.greedy(branch, at + 1, more)
            if found is not None:
                return found
        return self._target(node.greedy, (*values, unquote("/".join(self.raw[at:]))))

    def _target(
        self, targets: Mapping[str, _Target], values: tuple[str, ...]
    ) -> tuple[_Target, tuple[str, ...]] | None:
        target = targets.get(self.method) or targets.get("ANY")
        return None if target is None else (target, values)
