"""Boxes, arrows and words as SVG, in colours that follow the theme of the page."""

from __future__ import annotations

from html import escape
from typing import Final

import attrs

# Inside a page the theme's colours apply; a file by itself follows the system's setting.
STYLE: Final = """\
.pic text { fill: var(--color-foreground-primary, #1b1f24); font: 13px system-ui, sans-serif }
.pic .small { fill: var(--color-foreground-secondary, #57606a); font-size: 11.5px }
.pic .mono { font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  white-space: pre }
.pic .strong { font-weight: 600 }
.pic rect { fill: var(--color-background-secondary, #f6f8fa);
  stroke: var(--color-foreground-border, #8c959f) }
.pic rect.key { stroke: var(--color-brand-primary, #2757dd); stroke-width: 2 }
.pic rect.screen { stroke: none }
.pic rect.popup { fill: var(--color-background-primary, #fff) }
.pic rect.area { fill: none; stroke-dasharray: 5 4 }
.pic path { fill: none; stroke: var(--color-foreground-muted, #6e7781); stroke-width: 1.4 }
.pic path.tip { fill: var(--color-foreground-muted, #6e7781); stroke: none }
.pic .bar { fill: var(--color-brand-primary, #2757dd); stroke: none }
.pic .bar.other { fill: var(--color-foreground-muted, #8c959f) }
@media (prefers-color-scheme: dark) {
  svg.pic:root text { fill: #e6edf3 }
  svg.pic:root .small { fill: #9da7b3 }
  svg.pic:root rect { fill: #22272e; stroke: #768390 }
  svg.pic:root rect.key { stroke: #6c8eff }
  svg.pic:root rect.screen, svg.pic:root .bar { stroke: none }
  svg.pic:root rect.popup { fill: #2d333b }
  svg.pic:root rect.area { fill: none }
  svg.pic:root .bar { fill: #6c8eff }
  svg.pic:root .bar.other { fill: #768390 }
}
"""
_LINE: Final = 17  # between two lines of a box


@attrs.frozen
class Box:
    """A box with lines of text; the first is its title."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2


@attrs.define
class Drawing:
    """A picture that is drawn from back to front.

    Args:
        name: The file's name without its ending, which also keeps ids apart on a page.
        title: What the picture shows, for those who cannot see it.
        width: Its width in pixels.
        height: Its height in pixels.
    """

    name: str
    title: str
    width: int
    height: int
    _parts: list[str] = attrs.field(factory=list[str])

    def box(self, x: float, y: float, width: float, *lines: str, kind: str = "") -> Box:
        """Draw a box as high as its lines need."""
        height = 14 + _LINE * len(lines)
        made = Box(x, y, width, height)
        self._rect(made, kind)
        for number, line in enumerate(lines):
            style = "strong" if number == 0 else "small"
            self.text(x + width / 2, y + 20 + _LINE * number, line, style, "middle")
        return made

    def area(self, x: float, y: float, width: float, height: float, title: str) -> None:
        """Draw a dashed frame around boxes."""
        self._rect(Box(x, y, width, height), "area")
        self.text(x + 10, y + 18, title, "small")

    def text(self, x: float, y: float, words: str, style: str = "", anchor: str = "start") -> None:
        """Write a line."""
        self._parts.append(
            f'<text x="{x:g}" y="{y:g}" class="{style}" text-anchor="{anchor}">'
            f"{escape(words)}</text>"
        )

    def bar(self, x: float, y: float, width: float, height: float, style: str = "bar") -> None:
        """Draw a bar of a chart."""
        self._parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" class="{style}"/>'
        )

    def line(self, *points: tuple[float, float], tip: bool = True) -> None:
        """Draw a line through points, with a tip at its end."""
        end = f' marker-end="url(#tip-{self.name})"' if tip else ""
        way = "M" + " ".join(f"{x:g} {y:g}" for x, y in points)
        self._parts.append(f'<path d="{way}"{end}/>')

    def arrow(self, start: Box, end: Box, label: str = "") -> None:
        """Draw an arrow from the edge of one box to the edge of another, with words beside it."""
        (x1, y1), (x2, y2) = start.middle, end.middle
        if abs(x2 - x1) >= abs(y2 - y1):
            side = 1 if x2 > x1 else -1
            x1, x2 = x1 + side * start.width / 2, x2 - side * end.width / 2
            self.text((x1 + x2) / 2, y1 - 6, label, "small", "middle")
            self.line((x1, y1), (x2, y1))
        else:
            side = 1 if y2 > y1 else -1
            y1, y2 = y1 + side * start.height / 2, y2 - side * end.height / 2
            self.line((x1, y1), (x1, y2))

    def svg(self) -> str:
        """The file."""
        parts = "\n".join(self._parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="pic" role="img" width="{self.width}" '
            f'height="{self.height}" viewBox="0 0 {self.width} {self.height}">\n'
            f"<title>{escape(self.title)}</title>\n<style>{STYLE}</style>\n"
            f'<marker id="tip-{self.name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" '
            f'markerHeight="8" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker>\n'
            f"{parts}\n</svg>\n"
        )

    def _rect(self, box: Box, kind: str) -> None:
        self._parts.append(
            f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" '
            f'rx="6" class="{kind}"/>'
        )
