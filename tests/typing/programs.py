"""The Python programs of the documentation, of docstrings and of examples/, for type checkers.

Each page becomes one module, because its blocks share a namespace. A line of the module is the same
line of the page: the lines between the blocks are empty. A guide with hidden blocks becomes a
second module without them, which has to be a complete program. A block that is written to a file
becomes a module with that name, which the other blocks of its page can import. The examples of a
docstring become a module in the same way.
"""

from __future__ import annotations

import ast
import dis
import doctest
import re
import shutil
from inspect import get_annotations
from types import CodeType
from typing import TYPE_CHECKING, Final

from sybil import Sybil
from sybil.parsers.markdown import CodeBlockParser

from apigw2 import testing
from tests.support.documents import FILE, ROOT, documents, is_complete
from tests.typing import given as given_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sybil import Example

_SOURCE: Final = ROOT / "src"
# What `documents.Page` gives to pages that are no complete programs.
_GATEWAY: Final = "import apigw2; gw = apigw2.ApiGatewayV2()"
_GIVEN: Final = get_annotations(given_names).keys()
_IMPORTS: Final = {
    **{
        name: f"import {name}"
        for name in ("apigw2", "boto3", "json", "os", "pickle", "sys", "warnings")
    },
    **{name: f"from apigw2.testing import {name}" for name in testing.__all__},
    **{name: f"from datetime import {name}" for name in ("datetime", "timezone")},
    "Any": "from typing import Any",
    "Path": "from pathlib import Path",
}
# A docstring shows values, and that one class is derived from another.
_SHOWS: Final = "# pyright: reportUnusedExpression=false, reportUnnecessaryIsInstance=false"


def write(directory: Path) -> dict[str, str]:
    """Write a module for each program, and return the document of each module by its file name."""
    sources: dict[str, str] = {}
    for document, found in _documents():
        for module, source in found.items():
            assert module not in sources, f"{document} and {sources[module]} both have {module}"
            sources[module] = document
            (directory / module).write_text(source, encoding="utf-8")
    shutil.copy(str(given_names.__file__), directory)
    return sources


def _documents() -> Iterator[tuple[str, dict[str, str]]]:
    for path in documents():
        document = path.relative_to(ROOT).as_posix()
        yield document, modules(path, document)
    for path in _SOURCE.rglob("*.py"):
        yield path.relative_to(ROOT).as_posix(), dict(_docstrings(path))
    for path in (ROOT / "examples").glob("*.py"):
        yield path.relative_to(ROOT).as_posix(), {path.name: path.read_text(encoding="utf-8")}


def modules(path: Path, document: str) -> dict[str, str]:
    """The source of each module of a page, by its file name."""
    found: dict[str, str] = {}
    every: dict[int, str] = {}
    shown: dict[int, str] = {}
    for example in blocks(path):
        first = example.line + example.parsed.line_offset
        lines = dict(enumerate(str(example.parsed).splitlines(), first))
        if named := FILE.match(example.parsed):
            found[named[1]] = _module(lines)
            continue
        every |= lines
        if example.document.text.startswith("```", example.start):
            shown |= lines
    name = re.sub(r"\W", "_", document.removesuffix(".md"))
    if every:
        assert 0 not in every, "a page starts with its title"
        given = [] if is_complete(path) else [_GATEWAY]
        given += ["from given import accounts"] if "accounts[" in _module(every) else []
        found[f"{name}.py"] = _module({0: "; ".join(given), **every})
    if is_complete(path) and 0 < len(shown) < len(every):
        # A reader who copies the blocks does not have what hidden blocks make.
        found[f"{name}_as_shown.py"] = _module(shown)
    return found


def blocks(path: Path) -> Iterator[Example]:
    """The Python blocks of a page, also those that are not run."""
    return Sybil([CodeBlockParser("python", lambda _: None)]).parse(path).examples()


def _docstrings(path: Path) -> Iterator[tuple[str, str]]:
    """A module for each docstring of a source file that has examples."""
    prefix = "_".join(path.relative_to(_SOURCE).with_suffix("").parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            continue
        docstring = ast.get_docstring(node, clean=False) or ""
        examples = doctest.DocTestParser().get_examples(docstring)
        if not examples:
            continue
        first = node.body[0].lineno - 1
        names = _read("".join(example.source for example in examples))
        imports = [_IMPORTS[name] for name in sorted(names & _IMPORTS.keys())]
        imports += [f"from given import {name}" for name in sorted(names & _GIVEN)]
        lines = {0: "; ".join(imports), 1: _SHOWS}
        for example in examples:
            lines.update(enumerate(example.source.splitlines(), first + example.lineno))
        yield f"{prefix}_{first + examples[0].lineno + 1}.py", _module(lines)


def _module(lines: Mapping[int, str]) -> str:
    """The source with these lines, each at its number."""
    return "\n".join(lines.get(number, "") for number in range(max(lines) + 1)) + "\n"


def _read(source: str) -> set[str]:
    """The names that a program reads before it assigns to them."""
    codes = [compile(source, "<docstring>", "exec", dont_inherit=True)]
    read: set[str] = set()
    assigned: set[str] = set()
    for code in codes:  # its functions follow it
        for instruction in dis.get_instructions(code):
            if instruction.opname == "STORE_NAME":
                assigned.add(instruction.argval)
            elif instruction.opname in {"LOAD_NAME", "LOAD_GLOBAL"}:
                read |= {instruction.argval} - assigned
        codes += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return read


def at_documents(report: str, sources: Mapping[str, str]) -> str:
    """Replace the modules in the output of a type checker by the documents that they come from."""
    placed = re.sub(
        r"^\s*(?:\S*/)?([\w.]+\.py)(?=:\d+:)",
        lambda found: sources.get(found[1], found[0]),
        report,
        flags=re.MULTILINE,
    )
    return "\n".join(dict.fromkeys(placed.splitlines()))  # a guide can be in two modules
