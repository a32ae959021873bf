"""Draw every picture into this folder, or into another: `python -m docs.pictures FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from docs.pictures.chart import performance
from docs.pictures.diagrams import DIAGRAMS
from docs.pictures.screens import SCREENS

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent

for draw in (*DIAGRAMS, *SCREENS, performance):
    drawing = draw()
    (folder / f"{drawing.name}.svg").write_text(drawing.svg(), encoding="utf-8")
