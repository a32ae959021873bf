"""Plans as text, HTML, trees, dicts and diagrams, with values that may be secret masked."""

from __future__ import annotations

import json
import os
import sys
from html import escape
from typing import TYPE_CHECKING, Any, Final

from apigw2._blueprints.changes import SIGNS, backend, label, text_of
from apigw2._blueprints.files import plain, to_document
from apigw2._blueprints.normalize import normal
from apigw2._blueprints.secrets import masked_text
from apigw2._objects.display import CLASS, html_text, printable
from apigw2._pictures.mermaid import Diagram, label_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apigw2._blueprints.blueprint import Blueprint
    from apigw2._blueprints.changes import Change
    from apigw2._blueprints.plan import Plan

_DETAILS: Final = 32
"""Column of a line's details, unless the key is longer."""

_COUNTS: Final = 60
"""Column of the title's counts."""

_ANSI: Final[Mapping[str, str]] = {
    "+": "32",
    "~": "33",
    "±": "35",
    "-": "31",
    ">": "36",
    "!": "1;31",
}
_CSS: Final[Mapping[str, str]] = {
    "+": "#1a7f37",
    "~": "#9a6700",
    "±": "#8250df",
    "-": "#cf222e",
    ">": "#0969da",
    "!": "#cf222e",
}


def wants_colors() -> bool:
    """Whether standard output is a terminal that supports colours."""
    out = sys.stdout  # `None` in a program without a console
    is_terminal = out is not None and out.isatty()
    return is_terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _title(plan: Plan) -> str:
    where = " ".join(filter(None, (plan.protocol_type, plan.api_id)))
    return f"{printable(plan.name)} ({where})"


def _counts(plan: Plan) -> list[tuple[str, int]]:
    counts = plan.counts()
    shown = [
        (SIGNS[a], counts[a]) for a in ("create", "update", "replace", "delete") if a in counts
    ]
    blocked = len(plan.blocked)
    return [*shown, ("!", blocked)] if blocked else shown


def _head(change: Change) -> str:
    if change.action == "deploy":
        return f"deploy {printable(change.key)}, and wait"
    return f"{change.kind} {printable(change.key)}".rstrip()


def _details(change: Change) -> list[str]:
    lines: list[str] = []
    for field in change.fields:
        before, after = (text_of(value) for value in field.shown)
        same = " (changed)" if before == after else ""
        lines.append(printable(f"{field.name}: {before} → {after}{same}"))
    reason = "" if change.action == "deploy" else printable(masked_text(change.reason))
    if change.blocked:
        lines.append(f"not supported: {printable(change.blocked)}")
    if not lines:
        return [reason] if reason else []
    if reason:
        lines[-1] += f" ({reason})"
    return lines


def _tail(plan: Plan) -> list[str]:
    lines = [f"note: {note}" for note in plan.notes]
    if plan.kept:
        names = ", ".join(f"{kind} {printable(key)}" for kind, key in plan.kept[:5])
        more = f" and {len(plan.kept) - 5} more" if len(plan.kept) > 5 else ""  # noqa: PLR2004  # as many as are listed
        lines.append(f"not in the blueprint, stays: {names}{more}")
    return lines


def _without_counts(plan: Plan) -> str:
    """The end of a title without numbers: deployments are not counted."""
    return "deployment only" if plan else "no changes"


def plan_text(plan: Plan, *, colors: bool) -> str:
    """The plan as text."""

    def paint(sign: str, text: str) -> str:
        return f"\033[{_ANSI[sign]}m{text}\033[0m" if colors else text

    title = _title(plan)
    counts = " ".join(paint(sign, f"{sign}{number}") for sign, number in _counts(plan))
    lines = [f"{title.ljust(_COUNTS - 1)} {counts or _without_counts(plan)}".rstrip()]
    if not plan and not plan.notes and not plan.kept:
        return f"{title}: no changes"
    for change in plan.changes:
        details = _details(change)
        head = f"  {change.sign} {_head(change)}"
        first = details[0] if details else ""
        # The arrow is left of the column, so that the text after it is in the column.
        column = _DETAILS - 2 if first.startswith("→ ") else _DETAILS
        text = f"{head.ljust(column - 1)} {first}" if first else head
        lines.append(paint(change.sign, text[:3]) + text[3:])
        lines += [" " * _DETAILS + more for more in details[1:]]
    return "\n".join([*lines, *(f"  {line}" for line in _tail(plan))])


def plan_html(plan: Plan) -> str:
    """The plan as an HTML table."""
    counts = " ".join(
        f'<b style="color: {_CSS[sign]}">{sign}{number}</b>' for sign, number in _counts(plan)
    )
    rows = [
        '<tr style="vertical-align: top">'
        f'<td style="color: {_CSS[change.sign]}"><b>{change.sign}</b></td>'
        f'<td style="text-align: left">{escape(_head(change))}</td>'
        f'<td style="text-align: left">{"<br>".join(map(escape, _details(change)))}</td></tr>'
        for change in plan.changes
    ]
    tail = "".join(f"<p><i>{escape(line)}</i></p>" for line in _tail(plan))
    caption = f"<b>{escape(_title(plan))}</b> {counts or _without_counts(plan)}"
    table = f"<table><tbody>{''.join(rows)}</tbody></table>" if rows else ""
    return f'<div class="{CLASS}"><p>{caption}</p>{table}{tail}</div>'


def blueprint_html(blueprint: Blueprint) -> str:
    """The content of a blueprint's file, with masked values, as HTML."""
    text = json.dumps(to_document(blueprint, reveal=False), indent=2, ensure_ascii=False)
    return html_text(escape(text))


def plan_tree(plan: Plan) -> Any:  # rich is an extra
    """The plan as a tree for rich."""
    from rich.text import Text  # noqa: PLC0415  # an extra
    from rich.tree import Tree  # noqa: PLC0415  # an extra

    counts = " ".join(f"{sign}{number}" for sign, number in _counts(plan))
    tree = Tree(Text(f"{_title(plan)} {counts or _without_counts(plan)}", style="bold"))
    for change in plan.changes:
        head = Text(f"{change.sign} {_head(change)}", style=_CSS[change.sign])
        branch = tree.add(head)
        for line in _details(change):
            branch.add(Text(line))
    for line in _tail(plan):
        tree.add(Text(line, style="italic"))
    return tree


def plan_dict(plan: Plan, *, reveal: bool) -> dict[str, object]:
    """The plan in JSON types."""

    def fields(change: Change) -> Iterator[dict[str, object]]:
        for field in change.fields:
            before, after = (field.before, field.after) if reveal else field.shown
            made: dict[str, object] = {"name": field.name}
            made |= {"before": plain(before, reveal=reveal), "after": plain(after, reveal=reveal)}
            yield made

    return {
        "name": plan.name,
        "protocol_type": plan.protocol_type,
        "api_id": plan.api_id,
        "counts": plan.counts(),
        "changes": [
            {
                "action": change.action,
                "kind": change.kind,
                "key": change.key,
                "fields": [*fields(change)],
                "reason": masked_text(change.reason),
                "blocked": change.blocked,
            }
            for change in plan.changes
        ],
        "kept": [{"kind": kind, "key": key} for kind, key in plan.kept],
        "notes": [*plan.notes],
    }


def plan_mermaid(plan: Plan) -> Diagram:
    """The API after the plan is applied, and what the plan deletes, as a flowchart."""
    marks = {(change.kind, change.key): change.action for change in plan.changes}
    protocol = plan.protocol_type
    lines: list[str] = []
    edges: list[str] = []
    backends = {
        normal(spec, protocol): (f"integration_{number}", spec)
        for number, spec in enumerate(plan.after.all_integrations())
    }
    for number, route in enumerate(plan.after.routes):
        node = f"route_{number}"
        lines.append(_node(node, route.route_key, marks.get(("route", route.route_key))))
        if route.target is not None:
            who = "" if route.authorizer is None else f'|"{label_of(label(route.authorizer))}"|'
            edges.append(f"{node} -->{who} {backends[normal(route.target, protocol)][0]}")
    for node, spec in backends.values():
        lines.append(_node(node, backend(spec), marks.get(("integration", backend(spec)))))
    gone = [change for change in plan.changes if change.action == "delete"]
    lines += [
        _node(f"gone_{number}", f"{change.kind} {change.key}", "delete")
        for number, change in enumerate(gone)
    ]
    classes = [
        f"classDef {action} stroke:{_CSS[sign]},stroke-width:2px" for action, sign in SIGNS.items()
    ]
    used = [line for line in classes if any(f":::{line.split()[1]}" in each for each in lines)]
    return Diagram("\n    ".join(["flowchart LR", *lines, *edges, *used]))


def _node(node: str, text: str, action: str | None) -> str:
    sign = "" if action is None else f"{SIGNS[action]} "
    mark = "" if action is None else f":::{action}"
    return f'{node}["{label_of(sign + text)}"]{mark}'
