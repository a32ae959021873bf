"""Values of the wrong type at every place of a shape, and the path that the error must name."""

from __future__ import annotations

import typing
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from botocore.model import ListShape, MapShape, StructureShape

from tests.support import walk
from tests.support.calls import typed, without_references
from tests.support.strategies import sample, wire_sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from botocore.model import Shape

_ARGUMENTS: Final[Mapping[str, tuple[object, ...]]] = {
    "string": (5, True, b"text", ["text"]),
    "boolean": (1, "true"),
    "integer": ("1", 1.5, True),
    "long": ("1", 1.5, True),
    "double": ("1", True),
    "timestamp": ("yesterday", True, ["2024"]),
    "list": ("text", 5, {"a": "b"}),
    "map": (["a"], "text", 5),
    "structure": ({}, "text", 5),
}
_WIRE: Final[Mapping[str, tuple[object, ...]]] = {
    "string": (5, True, ["text"], {}),
    "boolean": (1, "true"),
    "integer": ("1", 1.5, True),
    "long": ("1", 1.5, True),
    "double": ("1", True),
    "timestamp": ("yesterday", True, ["2024"]),
    "list": ("text", {"a": "b"}),
    "map": (["a"], "text"),
    "structure": (["a"], "text", 5),
}


class Wrong(NamedTuple):
    """A value with one mistake in it.

    Attributes:
        path: The place of the mistake, in Python's names: `route_settings['key'].logging_level`.
        bad: The wrong part of the value.
        make: Makes the whole value, and may raise an error.
    """

    path: str
    bad: object
    make: Callable[[], Any]


def _itself(bad: object) -> object:
    return bad


def _in_list(make: Callable[[], object]) -> object:
    return [make()]


def _in_dict(good: Mapping[str, object], key: str, make: Callable[[], object]) -> object:
    return {**good, key: make()}


def _in_object(
    cls: type[Any], good: Mapping[str, object], field: str, make: Callable[[], object]
) -> object:
    return cls(**{**good, field: make()})


def wrong_arguments(shape: Shape, annotation: object, path: str) -> Iterator[Wrong]:
    """Arguments with one mistake each, at every place of a shape."""
    for bad in _ARGUMENTS[shape.type_name]:
        yield Wrong(path, bad, partial(_itself, bad))
    plain = without_references(annotation)
    if isinstance(shape, StructureShape):
        hints = typing.get_type_hints(plain)
        good = {
            walk.snake(n): typed(m, sample(m), hints[walk.snake(n)])
            for n, m in shape.members.items()
        }
        for name, member in shape.members.items():
            field = walk.snake(name)
            for wrong in wrong_arguments(member, hints[field], f"{path}.{field}"):
                yield wrong._replace(make=partial(_in_object, plain, good, field, wrong.make))
    elif isinstance(shape, ListShape):
        for wrong in wrong_arguments(shape.member, typing.get_args(plain)[0], f"{path}[0]"):
            yield wrong._replace(make=partial(_in_list, wrong.make))
    elif isinstance(shape, MapShape):
        for wrong in wrong_arguments(shape.value, typing.get_args(plain)[1], f"{path}['key']"):
            yield wrong._replace(make=partial(_in_dict, {}, "key", wrong.make))


def wrong_wires(shape: Shape, path: str) -> Iterator[Wrong]:
    """JSON with one mistake each, at every place of a shape."""
    for bad in _WIRE[shape.type_name]:
        yield Wrong(path, bad, partial(_itself, bad))
    if isinstance(shape, StructureShape):
        for name, member in shape.members.items():
            key = str(member.serialization["name"])
            inner = f"{path}.{walk.snake(name)}" if path else walk.snake(name)
            for wrong in wrong_wires(member, inner):
                yield wrong._replace(make=partial(_in_dict, wire_sample(shape), key, wrong.make))
    elif isinstance(shape, ListShape):
        for wrong in wrong_wires(shape.member, f"{path}[0]"):
            yield wrong._replace(make=partial(_in_list, wrong.make))
    elif isinstance(shape, MapShape):
        for wrong in wrong_wires(shape.value, f"{path}['key']"):
            yield wrong._replace(make=partial(_in_dict, {}, "key", wrong.make))
