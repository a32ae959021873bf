"""Draw every picture into this folder."""

from __future__ import annotations

from pathlib import Path

from docs.pictures.chart import performance
from docs.pictures.diagrams import DIAGRAMS
from docs.pictures.screens import SCREENS

FOLDER = Path(__file__).parent

for draw in (*DIAGRAMS, *SCREENS, performance):
    drawing = draw()
    (FOLDER / f"{drawing.name}.svg").write_text(drawing.svg(), encoding="utf-8")
