"""Which route a request goes to."""

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
class Node:
    """A place in the tree of paths.

    Attributes:
        texts: The next segments that are text.
        variables: The next segment that is a variable, at most one.
        exact: The routes whose path ends here, by method.
        greedy: The routes whose path ends in a greedy variable here, by method.
    """

    texts: dict[str, Node] = attrs.field(factory=dict[str, "Node"])
    variables: list[Node] = attrs.field(factory=list["Node"])
    exact: dict[str, _Target] = attrs.field(factory=dict[str, _Target])
    greedy: dict[str, _Target] = attrs.field(factory=dict[str, _Target])

    def variable(self) -> Node:
        """The next segment that is a variable, made if there is none."""
        if not self.variables:
            self.variables.append(Node())
        return self.variables[0]

    def branches(self, segment: str) -> Iterator[tuple[Node, bool]]:
        """Where a segment leads, text first, and whether it is the value of a variable."""
        if segment in self.texts:
            yield self.texts[segment], False
        if segment:
            yield from ((node, True) for node in self.variables)


class Router:
    """The routes of a deployment as a tree of path segments.

    The time that a request takes depends on the segments of its path, not on the number of routes.

    Args:
        routes: The records of the routes.
    """

    def __init__(self, routes: Iterable[Record]) -> None:
        self._root = Node()
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
                node = node.texts.setdefault(segment, Node())
            elif variable[2]:
                node.greedy[method] = target
                return
            else:
                node = node.variable()
        node.exact[method] = target

    def select(self, method: str, path: str) -> tuple[Record, dict[str, str]] | None:
        """Select the route with the most specific match.

        The order is that of the developer guide, "Routing API requests": a full match, a match with
        a greedy variable, the `$default` route. Segment by segment, text comes before a variable.
        On the same path, a route's own method comes before ANY (ministackorg/ministack#1256,
        floci-io/floci#2367).

        A greedy variable matches an empty rest as well: `/handler/` goes to `/handler/{proxy+}`, as
        a public capture of 2022 shows.

        Args:
            method: The request's method.
            path: Its path within the stage, still percent-encoded; an empty one is the root.

        Returns:
            The route's record and the decoded path parameters, or `None` if no route matches.
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
        segments: The same, decoded.
    """

    method: str
    raw: Sequence[str]
    segments: Sequence[str]

    def exact(
        self, node: Node, at: int, values: tuple[str, ...]
    ) -> tuple[_Target, tuple[str, ...]] | None:
        """The most specific route whose path is matched from one end to the other."""
        if at == len(self.segments):
            return self._target(node.exact, values)
        for branch, is_value in node.branches(self.segments[at]):
            more = (*values, self.segments[at]) if is_value else values
            found = self.exact(branch, at + 1, more)
            if found is not None:
                return found
        return None

    def greedy(
        self, node: Node, at: int, values: tuple[str, ...]
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
