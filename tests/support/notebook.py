"""What IPython and Jupyter show for an object."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator


class Printer:
    """IPython's printer for text that does not fit on a line: it breaks wherever it can."""

    def __init__(self) -> None:
        self.out = ""
        self.stack = [1]
        self._indent = 0

    def text(self, obj: str) -> None:
        self.out += obj

    def breakable(self, sep: str = " ") -> None:
        assert sep.strip() == ""
        self.out = self.out.rstrip(" ") + "\n" + " " * self._indent

    def pretty(self, obj: object) -> None:
        if hasattr(obj, "_repr_pretty_"):
            pretty(obj, self)
        else:
            self.text(repr(obj))

    @contextmanager
    def group(self, indent: int = 0, open: str = "", close: str = "") -> Generator[None]:  # noqa: A002  # as IPython names them
        assert indent == 0
        self.out += open
        yield
        self.out += close

    @contextmanager
    def indent(self, indent: int) -> Generator[None]:
        self._indent += indent
        yield
        self._indent -= indent


def pretty(obj: object, printer: Printer, *, cycle: bool = False) -> str:
    """What IPython would print."""
    shown: Any = obj
    shown._repr_pretty_(printer, cycle)  # as IPython does
    return printer.out


def html(obj: object) -> str:
    """What a notebook would show, without how cells are laid out."""
    shown: Any = obj
    text = shown._repr_html_()  # as Jupyter does
    assert isinstance(text, str)
    return re.sub(r'( colspan="1"| style="[^"]*")+(?=>)', "", text)
