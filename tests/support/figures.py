"""Figures that tests record: printed at the end of a run, and written to the documentation."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

FILE: Final = "APIGW2_FIGURES"
"""The environment variable with the path of the page that the figures are written to."""


def count(reporter: pytest.TerminalReporter) -> Counter[str]:
    """Sum the properties that passed tests have recorded, over all processes."""
    totals: Counter[str] = Counter()
    for report in reporter.getreports("passed"):
        for name, value in report.user_properties:
            if isinstance(value, int):
                totals[name] += value
    return totals


def show(
    reporter: pytest.TerminalReporter,
    title: str,
    header: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int]]],
) -> None:
    """Print a table, and write it between the marks of its title if a page is named."""
    cells = [(name, *(f"{figure:,}" for figure in figures)) for name, figures in rows]
    widths = [max(map(len, column)) for column in zip(header, *cells, strict=True)]
    reporter.section(title)
    for name, *figures in (header, *cells):
        line = [name.ljust(widths[0])]
        line += [figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=True)]
        reporter.write_line("  ".join(line).rstrip())
    if file := os.environ.get(FILE):
        alignment = ["---", *("--:" for _ in header[1:])]
        table = "\n".join(f"| {' | '.join(row)} |" for row in (header, alignment, *cells))
        _keep(Path(file), title, table)


def _keep(file: Path, title: str, table: str) -> None:
    text, marks = re.subn(
        rf"(<!-- figures: {title} -->\n).*?(\n<!-- end of figures: {title} -->)",
        rf"\g<1>{table}\g<2>",
        file.read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    assert marks == 1, f"{file} has no marks for the figures of {title}"
    file.write_text(text, encoding="utf-8")
