"""Checks of values against the service model: lengths, ranges, patterns and enumerations.

The model of a shape is read once, when the check for it is made.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from botocore.model import ListShape, MapShape, StructureShape

from apigw2._objects.containers import holds_dict, holds_list
from apigw2._service.bounds import Bounds, bounds
from apigw2.errors import Violation

if TYPE_CHECKING:
    from botocore.model import Shape as ModelShape

# Takes a value in boto3's form and its path in boto3's names.
Constraint = Callable[[Any, str], Sequence[Violation]]


def constraint(shape: ModelShape, place: str = "", *, clears: bool = False) -> Constraint | None:
    """Return the check of a shape's values; `None` if every value is allowed.

    Args:
        shape: The shape.
        place: Where it is used, as in `_service.bounds.CORRECTIONS`.
        clears: Whether `""` is allowed where the model has a minimum length, because it clears a
            field (docs/reliability.md has the table).
    """
    if isinstance(shape, StructureShape):
        return _of_members(shape, clears=clears)
    if isinstance(shape, ListShape):
        inner = constraint(shape.member, f"{shape.name}.member", clears=clears)
        return None if inner is None else _of_items(inner)
    if isinstance(shape, MapShape):
        inner = constraint(shape.value, f"{shape.name}.value", clears=clears)
        return None if inner is None else _of_values(inner)
    return _of_scalar(shape, place, clears=clears)


def _of_members(shape: StructureShape, *, clears: bool) -> Constraint:
    @functools.cache  # when it is first needed, because a structure may contain itself
    def constraints() -> dict[str, Constraint]:
        members: Mapping[str, ModelShape] = shape.members
        found = {
            name: constraint(member, f"{shape.name}.{name}", clears=clears)
            for name, member in members.items()
        }
        return {name: check for name, check in found.items() if check is not None}

    def check(value: Any, path: str) -> list[Violation]:
        if not holds_dict(value):
            return []  # botocore reports it
        known = constraints()
        prefix = f"{path}." if path else ""
        return [
            violation
            for name, item in value.items()
            if name in known
            for violation in known[name](item, f"{prefix}{name}")
        ]

    return check


def _of_items(inner: Constraint) -> Constraint:
    def check(value: Any, path: str) -> list[Violation]:
        if not holds_list(value):
            return []
        return [
            violation
            for index, item in enumerate(value)
            for violation in inner(item, f"{path}[{index}]")
        ]

    return check


def _of_values(inner: Constraint) -> Constraint:
    def check(value: Any, path: str) -> list[Violation]:
        if not holds_dict(value):
            return []
        return [
            violation
            for key, item in value.items()
            for violation in inner(item, f"{path}[{key!r}]")
        ]

    return check


def _of_scalar(shape: ModelShape, place: str, *, clears: bool) -> Constraint | None:
    limits = bounds(shape, place)
    pattern, enum = shape.metadata.get("pattern"), shape.metadata.get("enum")
    if pattern is None and enum is None and limits == Bounds():
        return None

    def check(value: Any, path: str) -> Sequence[Violation]:
        if not isinstance(value, (str, int, float)) or (clears and value == ""):
            return ()
        size, unit = _size(value, in_bytes=limits.in_bytes)
        found: list[tuple[str, bool]] = []
        if size < limits.minimum:
            found.append((f"{size}{unit} is below the minimum of {limits.minimum}", True))
        if size > limits.maximum:
            found.append((f"{size}{unit} exceeds the maximum of {limits.maximum}", True))
        if pattern is not None and not re.search(pattern, str(value)):
            found.append((f"{value!r} does not match {pattern}", True))
        if enum is not None and value not in enum:
            # The service learns new values before the model does, so this cannot block.
            found.append((f"{value!r} is not one of {', '.join(enum)}", False))
        if not found:
            return ()  # nearly always
        return [
            Violation(f"{path}: {text}", "service model", blocks=blocks) for text, blocks in found
        ]

    return check


def _size(value: str | float, *, in_bytes: bool) -> tuple[float, str]:
    """The size of a scalar, and its unit for messages."""
    if not isinstance(value, str):
        return value, ""
    if in_bytes:
        return len(value.encode()), " bytes"
    return len(value), " characters"
