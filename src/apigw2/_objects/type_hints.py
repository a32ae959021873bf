"""What annotations mean at run time, for `structure` and `unstructure` alike."""

from __future__ import annotations

import math
import sys
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any, Final, Literal, Union, cast

from botocore.utils import parse_timestamp

from apigw2._arguments import describe_value
from apigw2._objects.values import Fields

# Checks and converts a value; ignores the further arguments that cattrs passes.
Hook = Callable[..., Any]

_READS_Z: Final = sys.version_info >= (3, 11)  # whether fromisoformat accepts `Z`


class ConversionError(Exception):
    """A value that does not fit its annotation, with the path to it.

    Users never see it: it becomes a `TypeError` or a `ResponseShapeError`.
    """

    def __init__(self, expected: str, value: object, path: str = "") -> None:
        super().__init__(expected, value, path)
        self.expected, self.value, self.path = expected, value, path

    def below(self, name: str) -> ConversionError:
        """The same error, seen from the object that holds the value in `name`."""
        separator = "." if self.path and not self.path.startswith("[") else ""
        return ConversionError(self.expected, self.value, f"{name}{separator}{self.path}")

    def __str__(self) -> str:
        return f"{self.path}: expected {self.expected}, not {describe_value(self.value)}"


def union_members(annotation: object) -> tuple[Any, ...]:
    """The members of a union other than `None`; `()` for an annotation that is not a union."""
    if typing.get_origin(annotation) in (Union, types.UnionType):
        return tuple(a for a in typing.get_args(annotation) if a is not types.NoneType)
    return ()


def is_union(annotation: object) -> bool:
    """`str | None`, `AuthorizerRef | str | None`."""
    return bool(union_members(annotation))


def is_literal(annotation: object) -> bool:
    """An enumeration of the service: closed for type checkers, open at run time."""
    return typing.get_origin(annotation) is Literal


def is_sequence(annotation: object) -> bool:
    """`tuple[str, ...]`, `Sequence[str]`."""
    return typing.get_origin(annotation) in (tuple, Sequence)


def is_mapping(annotation: object) -> bool:
    """`Mapping[str, str]`; keys are always strings."""
    return typing.get_origin(annotation) is Mapping


def is_object(annotation: object) -> bool:
    """A value type, a reference or a snapshot."""
    return isinstance(annotation, type) and issubclass(annotation, Fields)


def passthrough_class(annotation: Any) -> type | None:
    """The class whose objects are the same on the wire, in boto3's dicts and here; or `None`."""
    for kind in (annotation, *union_members(annotation)):
        if kind in (str, bool, int):
            return cast("type", kind)
        if is_literal(kind):
            return str
    return None


def _exactly(expected: str, kind: type) -> Hook:
    def check(value: Any, _: object = None) -> Any:
        if value.__class__ is kind:
            return value
        # A subclass, such as a str enum, is accepted; but `True` is not a number.
        if isinstance(value, kind) and not isinstance(value, bool):
            return value
        raise ConversionError(expected, value)

    return check


def _number(value: Any, _: object = None) -> float:
    """The service writes the double 50.0 as `50`."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ConversionError("a number", value)
    try:
        return float(value)
    except OverflowError:  # an integer of more than 308 digits
        raise ConversionError("a number", value) from None


def _timestamp(value: Any, _: object = None) -> datetime:
    """Convert a timestamp of the wire or of boto3 to an aware datetime in UTC."""
    try:
        parsed = _parse_timestamp(value)
        if parsed.tzinfo is timezone.utc:
            return parsed
        if parsed.tzinfo is None:
            return parsed.replace(tzinfo=timezone.utc)
        return parsed.astimezone(timezone.utc)
    except (ValueError, OverflowError, RuntimeError):  # the last is botocore's, for the far future
        raise ConversionError("a timestamp", value) from None


def _parse_timestamp(value: Any) -> datetime:
    if value.__class__ is str:
        try:
            return datetime.fromisoformat(value if _READS_Z else value.replace("Z", "+00:00"))
        except ValueError:
            pass
    elif isinstance(value, datetime):
        return value
    elif isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ConversionError("a timestamp", value)
    return parse_timestamp(cast("Any", value))  # epoch and RFC 822, as in botocore


string: Final = _exactly("a string", str)


def is_encodable(text: str) -> bool:
    """Whether a text can be sent: a lone surrogate (U+D800 to U+DFFF) has no UTF-8 form."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def sendable_string(value: Any, _: object = None) -> str:
    """Check a string of a request."""
    text: str = string(value)
    if not text.isascii() and not is_encodable(text):
        raise ConversionError("a string without lone surrogates", value)
    return text


def _sendable_integer(value: Any, _: object = None) -> int:
    number: int = SCALARS[int](value)
    if not -(2**63) <= number < 2**63:
        raise ConversionError("an integer of at most 64 bits", value)
    return number


def _sendable_number(value: Any, _: object = None) -> float:
    number = _number(value)
    if not math.isfinite(number):  # JSON has no such number
        raise ConversionError("a finite number", value)
    return number


# How a scalar is checked and converted, in both directions.
SCALARS: Final[Mapping[type, Hook]] = {
    str: string,
    bool: _exactly("True or False", bool),
    int: _exactly("an integer", int),
    float: _number,
    datetime: _timestamp,
}

# The same for requests, which cannot carry every string and number of Python.
SENDABLE: Final[Mapping[type, Hook]] = {
    **SCALARS,
    str: sendable_string,
    int: _sendable_integer,
    float: _sendable_number,
}
