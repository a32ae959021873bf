"""What annotations mean at run time: for responses (`reading`) and parameters (`writing`) alike."""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any, Final, Literal, Union, cast

from botocore.utils import parse_timestamp

from apigw2._core.shape import Reference, Shape

# It checks a value and makes its form; what cattrs passes besides the value it ignores.
Check = Callable[..., Any]

_LONGEST_VALUE: Final = 80  # of an unexpected value in a message, in characters
_READS_Z: Final = sys.version_info >= (3, 11)  # whether fromisoformat knows `Z`


class Unfit(Exception):  # noqa: N818  # never seen by a user: it becomes one of his errors
    """A value that does not fit its annotation, with the path to it."""

    def __init__(self, expected: str, value: object, path: str = "") -> None:
        super().__init__(expected, value, path)
        self.expected, self.value, self.path = expected, value, path

    def below(self, name: str) -> Unfit:
        """The same, seen from the object that holds it in `name`."""
        separator = "." if self.path and not self.path.startswith("[") else ""
        return Unfit(self.expected, self.value, f"{name}{separator}{self.path}")

    def __str__(self) -> str:
        return f"{self.path}: expected {self.expected}, not {shown(self.value)}"


def shown(value: object) -> str:
    """A value in an error message, with its type, cut to a bearable length."""
    text = repr(value)
    if len(text) > _LONGEST_VALUE:
        text = f"{text[:_LONGEST_VALUE]}..."
    return text if value is None else f"{type(value).__name__} {text}"


def union_members(annotation: object) -> tuple[Any, ...]:
    """The members of a union other than `None`; `()` for what is no union."""
    if typing.get_origin(annotation) in (Union, types.UnionType):
        return tuple(a for a in typing.get_args(annotation) if a is not types.NoneType)
    return ()


def is_union(annotation: object) -> bool:
    """`str | None`, `AuthorizerRef | str | None`."""
    return bool(union_members(annotation))


def is_literal(annotation: object) -> bool:
    """An enumeration of the service. It is closed for type checkers only: strings pass."""
    return typing.get_origin(annotation) is Literal


def is_sequence(annotation: object) -> bool:
    """`tuple[str, ...]`, `Sequence[str]`."""
    return typing.get_origin(annotation) in (tuple, Sequence)


def is_mapping(annotation: object) -> bool:
    """`Mapping[str, str]`; keys are strings always."""
    return typing.get_origin(annotation) is Mapping


def is_object(annotation: object) -> bool:
    """A value type, a reference or a snapshot."""
    return isinstance(annotation, type) and issubclass(annotation, (Shape, Reference))


def plain_class(annotation: Any) -> type | None:
    """The class whose objects are the same on the wire, in boto3's dicts and in ours, if any."""
    for kind in (annotation, *union_members(annotation)):
        if kind in (str, bool, int):
            return cast("type", kind)
        if is_literal(kind):
            return str
    return None


def _exactly(expected: str, kind: type) -> Check:
    def check(value: Any, _: object = None) -> Any:
        if value.__class__ is kind:
            return value
        # A subclass will do as well (a str enum), but `True` is no number.
        if isinstance(value, kind) and not isinstance(value, bool):
            return value
        raise Unfit(expected, value)

    return check


def _number(value: Any, _: object = None) -> float:
    """The service writes a whole number of a double as `50`."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    raise Unfit("a number", value)


def _moment(value: Any, _: object = None) -> datetime:
    """A timestamp of the wire or of boto3, always aware, always in UTC."""
    try:
        moment = _parsed(value)
        if moment.tzinfo is timezone.utc:
            return moment
        if moment.tzinfo is None:
            return moment.replace(tzinfo=timezone.utc)
        return moment.astimezone(timezone.utc)
    except (ValueError, OverflowError, RuntimeError):  # the last is botocore's, of a far future
        raise Unfit("a timestamp", value) from None


def _parsed(value: Any) -> datetime:
    if value.__class__ is str:
        try:
            return datetime.fromisoformat(value if _READS_Z else value.replace("Z", "+00:00"))
        except ValueError:
            pass
    elif isinstance(value, datetime):
        return value
    elif isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Unfit("a timestamp", value)
    return parse_timestamp(cast("Any", value))  # epoch and RFC 822, as botocore reads them


string: Final = _exactly("a string", str)

# How a scalar is checked, and made what its annotation says. The same in both directions.
SCALARS: Final[Mapping[type, Check]] = {
    str: string,
    bool: _exactly("True or False", bool),
    int: _exactly("an integer", int),
    float: _number,
    datetime: _moment,
}
