"""Display of objects in IPython and notebooks. Nothing here makes a request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

# JupyterLab aligns the text of cells to the right. It strips <style> from the output of a notebook
# that it does not trust, which is every notebook of somebody else, so each cell has its style.
_LEFT: Final = "text-align: left; vertical-align: top"
# JupyterLab renders text between two `$` as a formula, but not in these classes.
CLASS: Final = "apigw2 tex2jax_ignore mathjax_ignore"
# JupyterLab gives a <pre> of HTML output the proportional font and the wide lines of prose, which
# tear the lines of a tree apart. The variable is the font of its code cells.
_PRE: Final = (
    "font-family: var(--jp-code-font-family, ui-monospace, monospace); line-height: 1.25; "
    "overflow-x: auto; white-space: pre"
)


class Displayed(Protocol):
    """An object that is displayed by its fields, such as `values.Fields`."""

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]: ...


class Printer(Protocol):
    """The part of IPython's printer that `_repr_pretty_` uses here."""

    stack: list[int]  # what is being printed, outermost first

    def text(self, obj: str) -> None: ...
    def breakable(self, sep: str = " ") -> None: ...
    def pretty(self, obj: object) -> None: ...
    def group(self, indent: int = 0, open: str = "", close: str = "") -> Any: ...  # noqa: A002  # as IPython names them
    def indent(self, indent: int) -> AbstractContextManager[None]: ...


def pretty(obj: Displayed, printer: Printer, *, cycle: bool) -> None:
    """Print `Route(route_id='a1', ...)` for IPython, on one line or with one line per field."""
    name = type(obj).__name__
    if cycle:  # the caller's `extra` may contain itself
        printer.text(f"{name}(...)")
        return
    with printer.group(0, f"{name}(", ")"):
        with printer.indent(4):
            for number, (field, value) in enumerate(obj.__rich_repr__()):
                if number:
                    printer.text(",")
                printer.breakable(" " if number else "")
                printer.text(f"{field}=")
                printer.pretty(value)
        printer.breakable("")


def table_of(obj: Any) -> str:
    """An HTML table of an object: a row for each field that is set."""
    title = escape(type(obj).__name__)
    return html_table(_rows(obj.__rich_repr__()), th(title, columns=2))


def html_table(rows: Iterable[str], head: str = "") -> str:
    """A table of rows whose cells are HTML already."""
    thead = f"<thead><tr>{head}</tr></thead>" if head else ""
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table class="{CLASS}">{thead}<tbody>{body}</tbody></table>'


def th(html: str, *, columns: int = 1) -> str:
    """The name of a row, or of one or more columns."""
    return f'<th colspan="{columns}" style="{_LEFT}; white-space: nowrap">{html}</th>'


def td(html: str) -> str:
    """A value."""
    return f'<td style="{_LEFT}; max-width: 40em; overflow-wrap: break-word">{html}</td>'


def html_text(code: str) -> str:
    """Preformatted text in a fixed-width font, from HTML."""
    return f'<pre class="{CLASS}" style="{_PRE}">{code}</pre>'


def _rows(items: Iterable[tuple[object, object]]) -> list[str]:
    return [th(escape(str(name))) + td(cell(value)) for name, value in items]


def cell(value: object) -> str:
    """A value as HTML: nested objects and maps are tables, lists have lines."""
    if hasattr(value, "__rich_repr__"):
        return html_table(_rows(cast("Displayed", value).__rich_repr__()))
    if isinstance(value, Mapping) and value:
        return html_table(_rows(cast("Mapping[object, object]", value).items()))
    if isinstance(value, (tuple, list)) and value:
        return "<br>".join(map(cell, cast("Sequence[object]", value)))
    if isinstance(value, datetime):
        return f'<span style="white-space: nowrap">{value.isoformat(" ", "seconds")}</span>'
    if isinstance(value, str) and value:
        return escape(value)
    return escape(f"{value!r}")  # of a string, list or map only if it is empty


def printable(text: str) -> str:
    """Text of the service in which characters that could control a terminal are escaped."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
