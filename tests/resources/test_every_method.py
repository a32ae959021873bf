"""Each resource has its test module, and each of its methods is used in one."""

from __future__ import annotations

import ast
import functools
import inspect
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

import apigw2.resources
from apigw2._objects.references import Reference
from tests.support import walk

HERE: Final = Path(__file__).parent
MODULES: Final = sorted(
    {cls.__module__.rpartition(".")[2] for cls in walk.classes() if issubclass(cls, Reference)}
)
METHODS: Final = sorted(
    (cls.__module__.rpartition(".")[2], cls.__name__, name)
    for cls in walk.classes()
    if issubclass(cls, Reference)
    for name, member in vars(cls).items()
    if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, property))
)
HOMES: Final = Counter(name for _, _, name in METHODS)


@functools.cache
def used(path: Path) -> frozenset[str]:
    """The attributes that a test module looks up, such as `create_route` in `api.create_route()`.

    Of whose class they are is not known, so `get`, `update` and others that several classes have
    count in the resource's own test module only, and in the one about what resources share.
    """
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return frozenset(node.attr for node in nodes if isinstance(node, ast.Attribute))


def test_the_walk_finds_the_resources() -> None:
    files = {path.stem for path in Path(apigw2.resources.__path__[0]).glob("[!_]*.py")}
    assert files - set(MODULES) == {"portal_settings"}, "which has values only, of portals"
    assert ("route", "RouteRef", "update") in METHODS
    assert ("route", "Route", "unset") in METHODS


@pytest.mark.parametrize("module", MODULES)
def test_every_resource_has_its_test_module(module: str) -> None:
    path = HERE / f"test_{module}.py"
    assert path.exists(), f"add tests/resources/{path.name}, in the manner of test_route.py"


@pytest.mark.parametrize(
    ("module", "cls", "name"), METHODS, ids=[f"{cls}.{name}" for _, cls, name in METHODS]
)
def test_every_method_is_used_in_a_test(module: str, cls: str, name: str) -> None:
    own = HERE / f"test_{module}.py"
    packages = (HERE, HERE.parent / "workflows", HERE.parent / "blueprints")
    everywhere = [path for package in packages for path in package.glob("test_*.py")]
    places = [own, HERE / "test_tasks.py"] if HOMES[name] > 1 else everywhere
    assert any(name in used(place) for place in places), (
        f"{cls}.{name} is used in no test: add one to tests/resources/{own.name}"
    )
