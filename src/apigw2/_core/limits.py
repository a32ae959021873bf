"""What the service model allows of a value: lengths, ranges, patterns and enumerations.

All that the model says of a shape is read once, when its `Limit` is made.
"""

from __future__ import annotations

import functools
import math
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from botocore.model import ListShape, MapShape, StructureShape

from apigw2._core.containers import holds_items, holds_map
from apigw2.errors import Violation

if TYPE_CHECKING:
    from botocore.model import Shape

# botocore knows no limit of most strings and of some integers: AWS keeps them in the names of
# shapes, such as `StringWithLengthBetween1And64` and `IntegerWithLengthBetweenMinus1And86400`.
_BOUNDS_IN_NAME: Final = r"Between(Minus)?(\d+)And(\d+)(K?)"

# A value in boto3's form, its path in boto3's names, and whether `""` may stand where the model
# has a minimum length: updates use it to clear a field (docs/reliability.md has the table).
Find = Callable[[Any, str, bool], Sequence[Violation]]


class Limit(NamedTuple):
    """What a value of one shape may be.

    Nearly all values are strings that are right. They are told by the last two, so that `find`,
    which would say what is wrong, is not called for them.

    Attributes:
        find: Finds what a value breaks.
        lengths: A string with one of these lengths is right.
        texts: These strings are right.
    """

    find: Find
    lengths: range = range(0)
    texts: AbstractSet[str] = frozenset()


def limit(shape: Shape) -> Limit | None:
    """What a value of a shape may be; `None` where it may be anything."""
    if isinstance(shape, StructureShape):
        return Limit(_of_members(shape.members))
    if isinstance(shape, ListShape):
        inner = limit(shape.member)
        return None if inner is None else Limit(_of_items(inner))
    if isinstance(shape, MapShape):
        inner = limit(shape.value)
        return None if inner is None else Limit(_of_values(inner))
    return _of_scalar(shape)


def _of_members(members: Mapping[str, Shape]) -> Find:
    @functools.cache  # and not at once: a structure may contain itself
    def limits() -> dict[str, Limit]:
        found = {name: limit(member) for name, member in members.items()}
        return {name: inner for name, inner in found.items() if inner is not None}

    def find(value: Any, path: str, clears: bool) -> list[Violation]:  # noqa: FBT001
        broken: list[Violation] = []
        if value.__class__ is not dict and not holds_map(value):
            return broken
        known = limits()
        for name, item in value.items():
            inner = known.get(name)
            if inner is None or (
                item.__class__ is str and (len(item) in inner.lengths or item in inner.texts)
            ):
                continue
            broken += inner.find(item, f"{path}.{name}" if path else name, clears)
        return broken

    return find


def _of_items(inner: Limit) -> Find:
    def find(value: Any, path: str, clears: bool) -> list[Violation]:  # noqa: FBT001
        broken: list[Violation] = []
        if value.__class__ is not list and not holds_items(value):
            return broken
        for index, item in enumerate(value):
            if not (item.__class__ is str and len(item) in inner.lengths):
                broken += inner.find(item, f"{path}[{index}]", clears)
        return broken

    return find


def _of_values(inner: Limit) -> Find:
    def find(value: Any, path: str, clears: bool) -> list[Violation]:  # noqa: FBT001
        broken: list[Violation] = []
        if value.__class__ is not dict and not holds_map(value):
            return broken
        for key, item in value.items():
            broken += inner.find(item, f"{path}[{key!r}]", clears)
        return broken

    return find


def _of_scalar(shape: Shape) -> Limit | None:
    least, most = bounds(shape)
    pattern, enum = shape.metadata.get("pattern"), shape.metadata.get("enum")

    def find(value: Any, path: str, clears: bool) -> Sequence[Violation]:  # noqa: FBT001
        if not isinstance(value, (str, int, float)) or (clears and value == ""):
            return ()  # of what is something else, botocore will tell
        size, unit = (len(value), " characters") if isinstance(value, str) else (value, "")
        said: list[tuple[str, bool]] = []
        if size < least:
            said.append((f"{size}{unit}, and the least is {least}", True))
        if size > most:
            said.append((f"{size}{unit}, and the most is {most}", True))
        if pattern is not None and not re.search(pattern, str(value)):
            said.append((f"{value!r} does not match {pattern}", True))
        if enum is not None and value not in enum:
            # The service learns new values before the model does, so this cannot block.
            said.append((f"{value!r} is none of {', '.join(enum)}", False))
        return [
            Violation(f"{path}: {text}", "service model", blocks=blocks) for text, blocks in said
        ]

    if pattern is not None:
        return Limit(find)
    if enum is not None:
        return Limit(find, texts=frozenset(enum))
    if (least, most) == (-math.inf, math.inf):
        return None
    return Limit(find, lengths=range(int(max(least, 0)), int(min(most, sys.maxsize)) + 1))


def bounds(shape: Shape) -> tuple[float, float]:
    """The least and the most, of a number or of a text's length; the narrower of what is said."""
    least, most = shape.metadata.get("min", -math.inf), shape.metadata.get("max", math.inf)
    hidden = re.search(_BOUNDS_IN_NAME, shape.name)
    if hidden is None:
        return least, most
    minus, low, high, kilo = hidden.groups()
    return (
        max(least, int(low) * (-1 if minus else 1)),
        min(most, int(high) * (1024 if kilo else 1)),
    )
