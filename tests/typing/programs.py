"""The Python programs of README.md, docs/ and examples/, as modules for type checkers.

Each page becomes one module, because its blocks share a namespace. A line of the module is the same
line of the page: the lines between the blocks are empty. A block that is written to a file becomes
a module with that name, which the other blocks of its page can import.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final

from sybil import Sybil
from sybil.parsers.markdown import CodeBlockParser

from tests.support.documents import FILE, ROOT, documents, is_complete

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sybil import Example

# What `documents.Page` gives to the pages, as source for their first line, which is their title.
_GATEWAY: Final = "import apigw2; gw = apigw2.ApiGatewayV2()"
_ACCOUNTS: Final = "from given import accounts"
_GIVEN: Final = """\
from apigw2.testing import LocalGateway

accounts: dict[str, LocalGateway] = {}
"""


def write(directory: Path) -> dict[str, str]:
    """Write a module for each program, and return the document of each module by its file name."""
    sources: dict[str, str] = {}
    (directory / "given.py").write_text(_GIVEN, encoding="utf-8")
    for path in documents():
        document = path.relative_to(ROOT).as_posix()
        for module, source in modules(path, document).items():
            assert module not in sources, f"{document} and {sources[module]} both have {module}"
            sources[module] = document
            (directory / module).write_text(source, encoding="utf-8")
    for path in (ROOT / "examples").glob("*.py"):
        assert path.name not in sources, f"examples/ and {sources[path.name]} have {path.name}"
        sources[path.name] = path.relative_to(ROOT).as_posix()
        shutil.copy(path, directory)
    return sources


def modules(path: Path, document: str) -> dict[str, str]:
    """The source of each module of a document, by its file name."""
    page = [""] * len(path.read_text(encoding="utf-8").splitlines())
    found: dict[str, str] = {}
    for example in blocks(path):
        lines = str(example.parsed).splitlines()
        first = example.line + example.parsed.line_offset
        if named := FILE.match(example.parsed):
            found[named[1]] = "\n".join([""] * first + lines) + "\n"
        else:
            page[first : first + len(lines)] = lines
    if any(page):
        assert not page[0], "a page starts with its title"
        page[0] = "; ".join(_given(path, "\n".join(page)))
        found[re.sub(r"\W", "_", document.removesuffix(".md")) + ".py"] = "\n".join(page) + "\n"
    return found


def blocks(path: Path) -> Iterator[Example]:
    """The Python blocks of a document, also those that are not run."""
    return Sybil([CodeBlockParser("python", lambda _: None)]).parse(path).examples()


def _given(path: Path, source: str) -> Iterator[str]:
    if not is_complete(path):
        yield _GATEWAY
    if "accounts[" in source:
        yield _ACCOUNTS


def at_documents(report: str, sources: Mapping[str, str]) -> str:
    """Replace the modules in the output of a type checker by the documents that they come from."""
    return re.sub(
        r"^\s*(?:\S*/)?([\w.]+\.py)(?=:\d+:)",
        lambda found: sources.get(found[1], found[0]),
        report,
        flags=re.MULTILINE,
    )
