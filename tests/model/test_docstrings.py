"""Every public class has an example in its docstring."""

from __future__ import annotations

import doctest
import inspect
import types
from typing import TYPE_CHECKING, Final

import pytest

import apigw2
import apigw2.testing

if TYPE_CHECKING:
    from collections.abc import Iterator

CLASSES: Final = {
    f"{package.__name__}.{name}": getattr(package, name)
    for package in (apigw2, apigw2.testing)
    for name in package.__all__
    if inspect.isclass(getattr(package, name))
}
each_class: Final = pytest.mark.parametrize("cls", CLASSES.values(), ids=CLASSES)


def examples(cls: type) -> Iterator[doctest.Example]:
    """The examples in the docstrings of a class and of its methods and properties."""
    members: tuple[object, ...] = (cls, *vars(cls).values())
    for member in members:
        if isinstance(member, (type, types.FunctionType, property)):
            docstring = inspect.cleandoc(member.__doc__ or "")
            yield from doctest.DocTestParser().get_examples(docstring, cls.__name__)


def test_public_classes_of_every_kind_are_checked() -> None:
    assert {"apigw2.Route", "apigw2.Cors", "apigw2.NotFoundError"} <= CLASSES.keys()
    assert "apigw2.testing.LocalGateway" in CLASSES


@each_class
def test_every_public_class_has_an_example(cls: type) -> None:
    docstring = inspect.cleandoc(cls.__doc__ or "")
    _, _, section = docstring.partition("\nExample:\n")
    assert section.startswith("    >>> "), f"{cls.__name__}: add an Example section"


@each_class
def test_the_examples_of_every_public_class_compile(cls: type) -> None:
    for example in examples(cls):
        compile(example.source, f"<{cls.__name__}: {example.source}>", "single")
