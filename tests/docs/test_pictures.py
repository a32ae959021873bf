"""The pictures of the documentation show the library as it is, and are all on a page."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Final

from tests.support.documents import ROOT, documents

if TYPE_CHECKING:
    from pathlib import Path

PICTURES: Final = ROOT / "docs" / "pictures"


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.svg")}


def test_drawing_the_pictures_again_changes_none(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "docs.pictures", str(tmp_path)], cwd=ROOT, check=True)  # noqa: S603 - the project's own module

    drawn, kept = contents(tmp_path), contents(PICTURES)
    assert "tree.svg" in drawn
    changed = {name for name in drawn.keys() | kept.keys() if drawn.get(name) != kept.get(name)}
    assert not changed, "run `python -m docs.pictures`, and look at these pictures"


def test_every_picture_is_on_a_page() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in documents())
    assert {name for name in contents(PICTURES) if f"pictures/{name})" not in pages} == set()
