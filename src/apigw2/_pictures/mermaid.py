"""The diagram of `ApiRef.to_mermaid`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from apigw2._objects.display import printable
from apigw2._pictures.parts import (
    Picture,
    authorization,
    backend,
    fetch_route_graph,
    has_authorizer,
    target_id,
)

if TYPE_CHECKING:
    import apigw2
    from apigw2._pictures.parts import RouteGraph

# Characters that end a label, or start markup, an entity, a comment or a line break.
_SPECIAL: Final = {ord(char): f"#{ord(char)};" for char in '"#<>&`%\\'}
_DANGLING: Final = ":::dangling"


class Diagram(Picture):
    """Mermaid source, which notebooks render as a diagram."""

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        return f"```mermaid\n{self}\n```"


def diagram_of(api: apigw2.ApiRef) -> Diagram:
    """Fetch an API's routes and integrations, and draw them."""
    return draw(fetch_route_graph(api))


def draw(graph: RouteGraph) -> Diagram:
    """Draw a flowchart of the routes, their integrations and their authorization."""
    lines: list[str] = []
    edges: list[str] = []
    targets: set[str] = set()
    for route in graph.routes:
        node = _id("route", route.route_id)
        target = target_id(route)
        note = "" if target else " (no integration)"
        broken = target is None or not has_authorizer(route, graph)
        lines.append(_node(node, f"{route.route_key}{note}", dangling=broken))
        if target is not None:
            targets.add(target)
            required = authorization(route, graph)
            label = "" if required == "NONE" else f'|"{label_of(required)}"|'
            edges.append(f"{node} -->{label} {_id('integration', target)}")
    for integration_id, integration in graph.integrations.items():
        note = "" if integration_id in targets else " (unused)"
        node = _id("integration", integration_id)
        lines.append(_node(node, f"{backend(integration)}{note}", dangling=bool(note)))
    for missing in sorted(targets - graph.integrations.keys()):
        text = f"missing integration {missing}"
        lines.append(_node(_id("integration", missing), text, dangling=True))
    lines += edges
    if any(line.endswith(_DANGLING) for line in lines):
        lines.append("classDef dangling stroke:#d33,stroke-width:2px,stroke-dasharray:4")
    return Diagram("\n    ".join(["flowchart LR", *lines]))


def _node(node: str, text: str, *, dangling: bool) -> str:
    return f'{node}["{label_of(text)}"]{_DANGLING if dangling else ""}'


def _id(kind: str, resource_id: str) -> str:
    """The id of a node, stable between diagrams of the same API."""
    return f"{kind}_" + re.sub(r"[^A-Za-z0-9]", lambda char: f"_{ord(char[0]):x}_", resource_id)


def label_of(text: str) -> str:
    """Escape text for a quoted label; `$$` would start a formula."""
    return printable(text).translate(_SPECIAL).replace("$$", "#36;#36;")
