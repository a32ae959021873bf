"""The tree of `ApiRef.tree`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import apigw2
from apigw2._objects.display import html_text, printable
from apigw2._pictures.parts import (
    Picture,
    authorization,
    backend,
    fetch_all,
    has_authorizer,
    target_id,
)

try:
    from rich.console import Console
    from rich.text import Text
    from rich.tree import Tree
except ModuleNotFoundError as error:
    msg = "api.tree() needs rich, which comes with an extra: pip install 'apigw2[rich]'"
    raise ModuleNotFoundError(msg, name=error.name) from error

if TYPE_CHECKING:
    from typing_extensions import Self

    from apigw2._pictures.parts import Publication, RouteGraph

_NEWEST: Final = 5  # maximum number of deployments to show that no stage serves
_WIDEST: Final = 10_000  # columns, so that rich does not wrap lines
# Colors that are legible on white and on black.
_BROKEN: Final = "bold #d33c3c"
_UNUSED: Final = "#b8860b"
_ASIDE: Final = "dim"
_HTML: Final = html_text("{code}")


class PrintedTree(Picture):
    """A tree as text, which rich and notebooks show in color."""

    _tree: Tree

    def __new__(cls, tree: Tree) -> Self:
        """Print the tree."""
        out = io.StringIO()
        _console(out).print(tree)
        printed = super().__new__(cls, out.getvalue().rstrip("\n"))
        printed._tree = tree
        return printed

    def __rich__(self) -> Tree:
        return self._tree

    def _repr_html_(self) -> str:
        console = _console(io.StringIO())
        console.print(self._tree)
        return console.export_html(inline_styles=True, code_format=_HTML)


def _console(out: io.StringIO) -> Console:
    """A console that never acts as a terminal, even in a notebook or with FORCE_COLOR set."""
    return Console(
        file=out,
        record=True,
        width=_WIDEST,
        color_system=None,
        force_jupyter=False,
        highlight=False,
    )


def tree_of(api: apigw2.ApiRef) -> PrintedTree:
    """Fetch the parts of an API and draw them as a tree."""
    title = f"API {api.api_id}"
    if isinstance(api, apigw2.Api):
        title = f"{api.name} ({api.protocol_type} API {api.api_id})"
    return draw(title, *fetch_all(api))


def draw(title: str, graph: RouteGraph, publication: Publication) -> PrintedTree:
    """Draw the parts of an API as a tree."""
    tree = Tree(_text((title, "bold")))
    _draw_stages(tree, publication)
    _draw_deployments(tree, publication)
    _draw_routes(tree, graph)
    _draw_integrations(tree, graph)
    _draw_authorizers(tree, graph)
    return PrintedTree(tree)


def _draw_stages(tree: Tree, publication: Publication) -> None:
    branch = _branch(tree, "Stages", len(publication.stages))
    for stage in publication.stages:
        parts = [(stage.stage_name, ""), ("(auto-deploy)" if stage.auto_deploy else "", _ASIDE)]
        deployment_id = stage.deployment_id
        exists = deployment_id in publication.deployments
        shown = f"deployment {deployment_id}" if exists else None
        branch.add(_text(*parts, _arrow("deployment", deployment_id, shown)))


def _draw_deployments(tree: Tree, publication: Publication) -> None:
    """Draw the deployments that stages serve, and the newest others; there may be thousands."""
    branch = _branch(tree, "Deployments", len(publication.deployments))
    omitted = 0
    idle = 0
    for deployment_id, deployment in publication.deployments.items():
        stages = [s.stage_name for s in publication.stages if s.deployment_id == deployment_id]
        idle += not stages
        if not stages and idle > _NEWEST:
            omitted += 1
            continue
        failed = deployment.deployment_status == "FAILED"
        date = deployment.created_date
        parts = [
            (deployment_id, ""),
            (deployment.deployment_status or "", _BROKEN if failed else ""),
            (deployment.deployment_status_message or "", _BROKEN if failed else _ASIDE),
            (date.strftime("%Y-%m-%d %H:%M UTC") if date else "", _ASIDE),
            (f"served by {', '.join(stages)}" if stages else "", ""),
            (deployment.description or "", _ASIDE),
        ]
        branch.add(_text(*parts))
    if omitted:
        branch.add(_text((f"and {omitted} older deployments that no stage serves", _ASIDE)))


def _draw_routes(tree: Tree, graph: RouteGraph) -> None:
    branch = _branch(tree, "Routes", len(graph.routes))
    for route in graph.routes:
        target = target_id(route)
        required = authorization(route, graph)
        parts = [
            (route.route_key, ""),
            (f"[{required}]", "" if has_authorizer(route, graph) else _BROKEN),
        ]
        integration = None if target is None else graph.integrations.get(target)
        shown = None if integration is None else backend(integration)
        branch.add(_text(*parts, _arrow("integration", target, shown)))


def _draw_integrations(tree: Tree, graph: RouteGraph) -> None:
    branch = _branch(tree, "Integrations", len(graph.integrations))
    used = {target_id(route) for route in graph.routes}
    for integration_id, integration in graph.integrations.items():
        parts = [(integration_id, ""), (backend(integration), "")]
        branch.add(_text(*parts, _unused(integration_id, used)))


def _draw_authorizers(tree: Tree, graph: RouteGraph) -> None:
    branch = _branch(tree, "Authorizers", len(graph.authorizers))
    used = {route.authorizer_id for route in graph.routes}
    for authorizer_id, authorizer in graph.authorizers.items():
        parts = [(authorizer_id, ""), (authorizer.authorizer_type or "", ""), (authorizer.name, "")]
        branch.add(_text(*parts, _unused(authorizer_id, used)))


def _arrow(kind: str, target: str | None, shown: str | None) -> tuple[str, str]:
    """Describe the target of a part: none, a missing one, or the text `shown`."""
    if target is None:
        return f"has no {kind}", _BROKEN
    if shown is None:
        return f"→ missing {kind} {target}", _BROKEN
    return f"→ {shown}", ""


def _unused(resource_id: str, used: set[str | None]) -> tuple[str, str]:
    return ("" if resource_id in used else "(unused)", _UNUSED)


def _branch(tree: Tree, kind: str, count: int) -> Tree:
    return tree.add(_text((kind, "bold"), (f"({count})", _ASIDE)))


def _text(*parts: tuple[str, str]) -> Text:
    """Words with their styles, without those that are empty; rich reads no markup in a `Text`."""
    words = [(printable(word), style) for word, style in parts if word]
    return Text(" ").join(Text(word, style) for word, style in words)
