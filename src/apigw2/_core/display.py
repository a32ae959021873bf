"""How objects look in IPython and in notebooks; nothing here makes a request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from apigw2._core.shape import Reference, Shape, field_names, identity_of, shown_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager

# JupyterLab sets the text of cells to the right, and takes what is between two `$` for a formula.
_STYLE: Final = """\
<style>
table.apigw2 th, table.apigw2 td { text-align: left !important; vertical-align: top }
table.apigw2 th { white-space: nowrap }
table.apigw2 td { max-width: 40em; overflow-wrap: break-word }
table.apigw2 table { margin: 0 }
</style>
"""
_CLASS: Final = "apigw2 tex2jax_ignore mathjax_ignore"
_MOST_ROWS: Final = 100  # of a table of several objects: a browser chokes on ten thousand


class Printer(Protocol):
    """What IPython gives to `_repr_pretty_`, as far as it is used here."""

    def text(self, obj: str) -> None: ...
    def breakable(self, sep: str = " ") -> None: ...
    def pretty(self, obj: object) -> None: ...
    def group(self, indent: int = 0, open: str = "", close: str = "") -> Any: ...  # noqa: A002
    def indent(self, indent: int) -> AbstractContextManager[None]: ...


def pretty(obj: object, printer: Printer, *, cycle: bool) -> None:
    """Print `Route(route_id='a1', ...)` for IPython: on one line, or one field a line."""
    name = type(obj).__name__
    if cycle:  # a caller's own list in `extra` may hold anything
        printer.text(f"{name}(...)")
        return
    with printer.group(0, f"{name}(", ")"):
        with printer.indent(4):
            for number, (field, value) in enumerate(shown_fields(obj)):
                if number:
                    printer.text(",")
                printer.breakable(" " if number else "")
                printer.text(f"{field}=")
                printer.pretty(value)
        printer.breakable("")


def table_of(obj: object) -> str:
    """An HTML table of an object: a row for each field that is set."""
    title = escape(type(obj).__name__)
    return _STYLE + _table(_rows(shown_fields(obj)), f'<th colspan="2">{title}</th>')


def table_of_all(items: Sequence[Reference]) -> str:
    """An HTML table of objects of one class: a row for each, a column for what any of them has.

    What is above them, such as the API of routes, is the same for all, and left out.
    """
    kind = type(items[0])
    rows = [dict(shown_fields(item)) for item in items]
    above = identity_of(kind)[:-1]
    names = [name for name in field_names(kind) if name not in above]
    columns = [name for name in names if any(name in row for row in rows)]
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = [
        "".join(f"<td>{_cell(row[name]) if name in row else ''}</td>" for name in columns)
        for row in rows[:_MOST_ROWS]
    ]
    count = f"<p>{len(rows)} x {escape(kind.__name__)}"
    if len(rows) > _MOST_ROWS:
        count += f", of which the first {_MOST_ROWS} are shown"
    return f"{_STYLE}{_table(body, head)}{count}</p>"


def _table(rows: Iterable[str], head: str = "") -> str:
    thead = f"<thead><tr>{head}</tr></thead>" if head else ""
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table class="{_CLASS}">{thead}<tbody>{body}</tbody></table>'


def _rows(items: Iterable[tuple[object, object]]) -> list[str]:
    return [f"<th>{escape(str(name))}</th><td>{_cell(value)}</td>" for name, value in items]


def _cell(value: object) -> str:
    if isinstance(value, (Shape, Reference)):
        return _table(_rows(shown_fields(value)))
    if isinstance(value, Mapping) and value:
        return _table(_rows(cast("Mapping[object, object]", value).items()))
    if isinstance(value, (tuple, list)) and value:
        return "<br>".join(map(_cell, cast("Sequence[object]", value)))
    if isinstance(value, datetime):
        return f'<span style="white-space: nowrap">{value.isoformat(" ", "seconds")}</span>'
    if isinstance(value, str) and value:
        return escape(value)
    return escape(f"{value!r}")  # of a string, list or map only if it is empty
