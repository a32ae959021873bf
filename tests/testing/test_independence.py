"""`apigw2.testing` shares no code with the library, and has no import cycles.

The imports are read from the source, including those inside functions and for type checkers.
"""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import apigw2.testing

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(apigw2.testing.__file__).parent
PACKAGE = "apigw2.testing"


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join([PACKAGE, *(part for part in parts if part != "__init__")])


MODULES = {module_name(path): path for path in ROOT.rglob("*.py")}


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports anywhere, and every imported name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_modules(path: Path) -> set[str]:
    """The modules of `apigw2.testing` that a file imports."""
    names = {name if name in MODULES else name.rpartition(".")[0] for name in imports(path)}
    return names & MODULES.keys() - {PACKAGE}


def test_the_local_gateway_uses_only_public_names_of_the_library() -> None:
    private = {
        f"{module}: {name}"
        for module, path in MODULES.items()
        for name in imports(path)
        if name.startswith("apigw2.") and not f"{name}.".startswith(f"{PACKAGE}.")
    }

    assert private == set()


def test_no_module_imports_itself_through_others() -> None:
    graph = {module: imported_modules(path) for module, path in MODULES.items()}

    TopologicalSorter(graph).prepare()  # raises a CycleError that names the modules


def test_no_package_imports_itself_through_others() -> None:
    def outer(module: str) -> str:
        return ".".join(module.split(".")[:3])

    graph: dict[str, set[str]] = {}
    for module, path in MODULES.items():
        found = {outer(imported) for imported in imported_modules(path)}
        graph.setdefault(outer(module), set()).update(found - {outer(module)})

    TopologicalSorter(graph).prepare()
