"""Each layer imports only the layers before it, and no modules import each other in a cycle."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import apigw2

if TYPE_CHECKING:
    from collections.abc import Sequence

PACKAGE: Final = Path(apigw2.__file__).parent
DESIGN: Final = Path(__file__).parents[2] / "docs" / "design.md"
LAYERS: Final = ("_service", "_wire", "_objects", "_calls", "_workflows")
MODULES: Final = sorted(path for layer in LAYERS for path in (PACKAGE / layer).rglob("*.py"))


def name_of(path: Path) -> str:
    parts = ("apigw2", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts).removesuffix(".__init__")


def imports(path: Path) -> set[str]:
    """The modules of the library that a module imports, anywhere and for any reason."""
    return imported_by(list(ast.walk(ast.parse(path.read_text(encoding="utf-8")))))


def loaded_imports(path: Path) -> set[str]:
    """The modules of the library that a module imports when it is loaded."""
    return imported_by(ast.parse(path.read_text(encoding="utf-8")).body)


def imported_by(nodes: Sequence[ast.AST]) -> set[str]:
    """The modules of the library that statements import."""
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            found = [f"{node.module}.{alias.name}" for alias in node.names]
            names |= {name if name in NAMES else node.module for name in found}
    return {name for name in names if name in NAMES}


NAMES: Final = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def layer_of(module: str) -> int:
    """The position of a module's layer; `_arguments` and `errors` come before all."""
    part = f"{module}.".split(".")[1]
    below = ("_arguments", "errors")
    return LAYERS.index(part) if part in LAYERS else -1 if part in below else len(LAYERS)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_layer_imports_only_the_layers_before_it(path: Path) -> None:
    own = layer_of(name_of(path))
    # The package itself has the public names; importing it imports no layer.
    later = {name for name in imports(path) - {"apigw2"} if layer_of(name) > own}
    assert not later


def on_a_cycle(graph: dict[str, set[str]]) -> set[str]:
    """The modules that are on a cycle of imports, or import one that is."""
    left = dict(graph)
    while leaves := [name for name, imported in left.items() if not imported & left.keys()]:
        for name in leaves:
            del left[name]
    return set(left)


def test_no_imports_of_the_layers_form_a_cycle() -> None:
    names = set(map(name_of, MODULES))
    # A package names itself when it imports its own modules.
    graph = {name_of(path): imports(path) & names - {name_of(path)} for path in MODULES}
    assert not on_a_cycle(graph)


def test_no_imports_form_a_cycle_when_modules_are_loaded() -> None:
    """In the whole package. Imports for type checkers and those in functions do not count."""
    graph = {name: loaded_imports(path) - {name, "apigw2"} for name, path in NAMES.items()}
    assert not on_a_cycle(graph)


def test_value_types_import_no_network_code() -> None:
    seen, todo = set[str](), {"apigw2._objects.values"}
    while todo:
        seen.add(name := todo.pop())
        todo |= imports(NAMES[name]) - seen
    assert not [name for name in seen if "_wire" in name]


def test_the_design_lists_every_module_of_every_layer() -> None:
    design = DESIGN.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)/` \| .* \| (.*) \|$", design, re.MULTILINE)
    listed = {layer: sorted(re.findall(r"`(\w+)/?`", modules)) for layer, modules in rows}
    assert listed == {
        layer: sorted(
            {path.stem for path in (PACKAGE / layer).iterdir()} - {"__init__", "__pycache__"}
        )
        for layer in LAYERS
    }
