"""The names of other projects' documentation that these pages link to.

Each `docs/inventories/*.txt` is a Sphinx inventory in plain text: the address of the documentation,
then one line for each name, `name domain:role path`. `$` at the end of a path stands for the name.
Sphinx reads the compressed form, which is written beside the built pages, so that a build needs no
network and downloads no list of ten thousand names to use thirty.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Final

DOCS: Final = Path(__file__).parents[1]
BUILT: Final = DOCS / "_build" / "inventories"
_HEAD: Final = """\
# Sphinx inventory version 2
# Project: {project}
# Version:
# The remainder of this file is compressed using zlib.
"""


def mapping() -> dict[str, tuple[str, str]]:
    """Write the inventories, and return them for `intersphinx_mapping`."""
    BUILT.mkdir(parents=True, exist_ok=True)
    found: dict[str, tuple[str, str]] = {}
    for source in sorted((DOCS / "inventories").glob("*.txt")):
        address, *lines = source.read_text(encoding="utf-8").splitlines()
        entries = "".join(_entry(*line.split()) for line in lines)
        inventory = BUILT / f"{source.stem}.inv"
        head = _HEAD.format(project=source.stem).encode()
        inventory.write_bytes(head + zlib.compress(entries.encode()))
        found[source.stem] = (address, str(inventory))
    return found


def names() -> set[str]:
    """Every name that a page can link to."""
    sources = [path.read_text(encoding="utf-8") for path in (DOCS / "inventories").glob("*.txt")]
    return {line.split()[0] for source in sources for line in source.splitlines()[1:]}


def _entry(name: str, role: str, path: str) -> str:
    return f"{name} {role} 1 {path} -\n"
