"""Public names can be imported from where the documentation says, and are documented."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import typing
from importlib.metadata import version
from typing import Any, Literal

import attrs
import pytest

import apigw2
import apigw2.errors
import apigw2.types
from apigw2._objects.values import field_names
from tests.support import walk

PUBLIC = [getattr(apigw2, name) for name in apigw2.__all__]
CLASSES = [value for value in PUBLIC if inspect.isclass(value)]
METHODS = [
    (cls, name, member)
    for cls in CLASSES
    for name, member in inspect.getmembers(cls)
    if not name.startswith("_")
    and (inspect.isfunction(member) or isinstance(member, property))
    and (member.fget if isinstance(member, property) else member).__module__.startswith("apigw2")
]
every_method = pytest.mark.parametrize(
    ("cls", "name", "member"), METHODS, ids=[f"{c.__name__}.{n}" for c, n, _ in METHODS]
)


def types_of_resources() -> set[str]:
    """The classes and enumerations of the resources' modules."""
    aliases = {
        name
        for module in walk.modules()
        for name, value in vars(module).items()
        if typing.get_origin(value) is Literal and not name.startswith("_")
    }
    own = {cls.__name__ for cls in walk.classes() if cls is not apigw2.ApiGatewayV2}
    return own | aliases - {"PreflightMode"}  # defined by the gateway's module


def test_the_package_exports_every_public_name() -> None:
    assert sorted(apigw2.__all__) == apigw2.__all__
    assert len(set(apigw2.__all__)) == len(apigw2.__all__)
    everything = types_of_resources() | {*apigw2.errors.__all__, "ApiGatewayV2", "Listing"}
    missing = sorted(everything - set(apigw2.__all__))
    assert not missing, f"src/apigw2/__init__.py: add {missing} to __all__, imports and modules"
    assert not [value for value in PUBLIC if inspect.ismodule(value)]


def test_the_module_types_exports_every_type() -> None:
    assert sorted(apigw2.types.__all__) == apigw2.types.__all__
    missing = sorted(types_of_resources() - set(apigw2.types.__all__))
    assert not missing, f"src/apigw2/types.py: add {missing} to the imports and __all__"
    assert set(apigw2.types.__all__) == types_of_resources()
    for name in apigw2.types.__all__:
        assert getattr(apigw2.types, name) is getattr(apigw2, name)


def test_the_module_errors_exports_every_error() -> None:
    assert sorted(apigw2.errors.__all__) == apigw2.errors.__all__
    own = {
        name
        for name, value in vars(apigw2.errors).items()
        if inspect.isclass(value) and value.__module__ == "apigw2.errors"
    }
    assert set(apigw2.errors.__all__) == own, "src/apigw2/errors.py: __all__"


def test_every_module_lists_its_public_names() -> None:
    for module in walk.modules():
        every: Any = module
        assert sorted(every.__all__) == every.__all__, every.__name__
        assert set(every.__all__) <= set(apigw2.__all__), every.__name__


def run(code: str) -> str:
    process = subprocess.run(  # noqa: S603  # this Python
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return process.stdout


def test_dir_shows_names_that_are_not_loaded_yet() -> None:
    missing = run("import apigw2; print(set(apigw2.__all__) - set(dir(apigw2)))")
    assert missing.strip() == "set()"


def test_importing_the_package_does_not_load_resources() -> None:
    loaded = run("import apigw2, sys; print(*sys.modules)").split()
    assert "apigw2.gateway" in loaded
    assert not [name for name in loaded if name.startswith("apigw2.resources.p")]


@pytest.mark.parametrize("home", sorted({cls.__module__ for cls in CLASSES}))
def test_every_module_can_be_imported_first(home: str) -> None:
    # The resources' modules refer to each other, so every order of imports must work.
    names = [cls.__name__ for cls in CLASSES if cls.__module__ == home]
    assert run(f"from apigw2 import {', '.join(names)}; print({names[0]}.__name__)")
    assert not run(f"import {home}")


def test_the_version_is_that_of_the_installed_package() -> None:
    assert apigw2.__version__ == version("apigw2")
    assert "__version__" in dir(apigw2)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="NoSuchThing"):
        getattr(apigw2, "NoSuchThing")  # noqa: B009  # type checkers refuse the attribute


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_public_class_is_documented_and_typed(cls: type[Any]) -> None:
    assert cls.__doc__
    hints = typing.get_type_hints(cls)
    if attrs.has(cls):
        assert {field.name for field in attrs.fields(cls)} <= hints.keys()
    if not attrs.has(cls) and "__init__" in vars(
        cls
    ):  # that of attrs has no globals to resolve names in
        assert typing.get_type_hints(vars(cls)["__init__"])
    documented = section(cls.__doc__, "Attributes")
    if attrs.has(cls) and documented is not None:
        own = field_names(cls) if issubclass(cls, walk.value_types()) else documented
        assert set(documented) == set(own), f"{walk.file_of(cls.__name__)}: {cls.__name__}"


@every_method
def test_a_public_method_is_documented_and_typed(cls: type[Any], name: str, member: Any) -> None:  # noqa: ANN401  # a function or property
    where = f"{walk.file_of(cls.__name__)}: {cls.__name__}.{name}"
    function: Any = member.fget if isinstance(member, property) else member
    assert inspect.getdoc(member), f"{where}: has no docstring"
    hints = typing.get_type_hints(function)
    _, *parameters = inspect.signature(function).parameters.values()
    hints.pop(
        "self", None
    )  # the base class annotates it to type the snapshot that a method returns
    assert hints.keys() == {*(p.name for p in parameters), "return"}, f"{where}: annotate all"
    kinds = {p.kind for p in parameters}
    assert inspect.Parameter.VAR_KEYWORD not in kinds, f"{where}: name its parameters"
    documented = section(inspect.getdoc(member) or "", "Args")
    if documented is None:
        assert not (name.startswith("create_") and parameters), f"{where}: has no Args section"
    else:
        assert set(documented) == {p.name for p in parameters}, f"{where}: Args"


def section(docstring: str, title: str) -> list[str] | None:
    """The names that a section of a docstring describes."""
    lines = inspect.cleandoc(docstring).split("\n")
    if f"{title}:" not in lines:
        return None
    names: list[str] = []
    for line in lines[lines.index(f"{title}:") + 1 :]:
        if line and not line.startswith(" "):
            break
        if found := re.match(r"    \*?(\w+): ", line):
            names.append(found[1])
    return names
