"""The chart of the performance page, from the table that `nox -s bench` writes there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from docs.pictures.svg import Drawing

PAGE: Final = Path(__file__).parents[1] / "performance.md"
ROWS: Final = (
    "1,000 APIs",
    "1,000 stages",
    "1,000 integrations",
    "1,000 routes",
    "100 routes",
    "get a route",
    "create a route",
)
_SCALE: Final = 330  # pixels for a ratio of 1
_LEFT: Final = 150


def performance() -> Drawing:
    """Time of each contestant as a ratio to raw boto3, with half the distance of the quartiles."""
    ratios = _ratios(PAGE.read_text(encoding="utf-8"))
    d = Drawing("performance", "CPU time relative to boto3's dicts", 720, 60 + 44 * len(ROWS))
    d.bar(_LEFT, 10, 12, 12)
    d.text(_LEFT + 18, 21, "apigw2", "small")
    d.bar(_LEFT + 90, 10, 12, 12, "bar other")
    d.text(_LEFT + 108, 21, "boto3, then cattrs", "small")
    d.text(_LEFT + _SCALE, 21, "boto3's dicts = 1", "small", "middle")
    d.line((_LEFT + _SCALE, 28), (_LEFT + _SCALE, d.height - 12), tip=False)
    for number, name in enumerate(ROWS):
        top = 36 + 44 * number
        d.text(_LEFT - 10, top + 20, name, "", "end")
        for offset, style, who in ((0, "bar", "apigw2"), (17, "bar other", "boto3, cattrs")):
            ratio, spread = ratios[name, who]
            width = ratio * _SCALE
            d.bar(_LEFT, top + offset, width, 14, style)
            low, high = (_LEFT + (ratio + side * spread) * _SCALE for side in (-1, 1))
            d.line((low, top + offset + 7), (high, top + offset + 7), tip=False)
            d.text(high + 8, top + offset + 12, f"{ratio:.2f}", "small")
    return d


def _ratios(page: str) -> dict[tuple[str, str], tuple[float, float]]:
    """The ratios and spreads of the first table, by row and column."""
    lines = page.partition("### Against raw boto3")[2].splitlines()
    heading, _, *rows = (
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line
    )
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for name, *cells in rows:
        for column, cell in zip(heading[1:], cells, strict=False):
            figure = re.fullmatch(r"([\d.]+)\s±([\d.]+)", cell)
            if figure:
                found.setdefault((name, column), (float(figure[1]), float(figure[2])))
    return found
