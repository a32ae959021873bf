"""Checks of arguments by the annotations of their parameters.

The library has its own, which convert arguments for boto3; this package shares no code with it.
"""

from __future__ import annotations

import functools
import inspect
import re
import threading
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeGuard, TypeVar, Union, cast

F = TypeVar("F", bound=Callable[..., Any])

Hint = Any
"""An annotation."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST = 80  # of a value in a message, in characters
_WORDS = {str: "a string", float: "a number", int: "an integer", bool: "True or False"}


def checked(function: F) -> F:
    """Reject arguments that do not fit the annotations of a function before it runs."""

    @functools.cache  # at the first call, because annotations may name what is defined later
    def signature_and_hints() -> tuple[inspect.Signature, dict[str, Any]]:
        return inspect.signature(function), typing.get_type_hints(function)

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - those of the function
        signature, hints = signature_and_hints()
        try:
            given = signature.bind(*args, **kwargs).arguments
        except TypeError:
            return function(*args, **kwargs)  # raises Python's own error, which is clearer
        for name in hints.keys() & given.keys():
            check(name, given[name], hints[name])
        return function(*args, **kwargs)

    return cast("F", wrapper)


def check(name: str, value: object, hint: Hint) -> None:
    """Reject a value that does not fit an annotation.

    Raises:
        TypeError: The value has another type.
        ValueError: It is a string that cannot be encoded.
    """
    if not _fits(value, hint):
        if isinstance(value, str) and str in _members(hint):
            raise ValueError(f"{name}: expected no lone surrogates, not {shown(value)}")
        raise TypeError(f"{name}: expected {_expected(hint)}, not {shown(value)}")


def check_range(name: str, value: float, least: float, most: float) -> None:
    """Reject a number that is out of bounds, or NaN.

    Raises:
        ValueError: It is one of these.
    """
    if not least <= value <= most:
        raise ValueError(f"{name}: expected a number from {least} to {most}, not {shown(value)}")


def check_seconds(name: str, value: float) -> None:
    """Reject what is not a duration that a thread can wait for.

    Raises:
        ValueError: The number is negative, NaN, infinite, or too large.
    """
    check_range(name, value, 0, threading.TIMEOUT_MAX)


def shown(value: object) -> str:
    """The type and a shortened repr, also of an object whose own repr fails.

    Of a mapping, it has the types of the values only: headers may contain credentials.
    """
    try:
        text = _types(value) if _is_mapping(value) else repr(value)
    except Exception:  # noqa: BLE001 - of the caller's class
        text = "without a repr"
    return f"{type(value).__name__} {text[:_LONGEST]}{'...' if len(text) > _LONGEST else ''}"


def _is_mapping(value: object) -> TypeGuard[Mapping[object, object]]:
    return isinstance(value, Mapping)


def _types(mapping: Mapping[object, object]) -> str:
    items = [f"{key!r}: {type(value).__name__}" for key, value in mapping.items()]
    return f"{{{', '.join(items)}}}"


def _members(hint: Hint) -> tuple[Any, ...]:
    origin: Any = typing.get_origin(hint)
    return typing.get_args(hint) if origin in (Union, types.UnionType) else (hint,)


def _expected(hint: Hint) -> str:
    members = [each for each in _members(hint) if each is not types.NoneType]
    return " or ".join(_WORDS.get(each) or _name(each) for each in members)


def _name(hint: Hint) -> str:
    is_class = isinstance(hint, type) and typing.get_origin(hint) is None
    return str(hint.__name__) if is_class else inspect.formatannotation(hint)


def _fits(value: Any, hint: Hint) -> bool:  # noqa: ANN401 - what a caller gives
    members, inner = _members(hint), typing.get_args(hint)
    origin: Any = typing.get_origin(hint)
    if len(members) > 1:
        fits = any(_fits(value, member) for member in members)
    elif origin is Literal:  # which value it may be is for the function to say
        fits = isinstance(value, str)
    elif origin is Callable:
        fits = callable(value)
    elif origin is not None and issubclass(origin, Mapping):
        fits = isinstance(value, origin) and all(
            _fits(key, inner[0]) and _fits(each, inner[1])
            for key, each in cast("Mapping[object, object]", value).items()
        )
    elif origin is not None:
        is_text = isinstance(value, (str, bytes))
        fits = isinstance(value, origin) and not is_text and all(_fits(v, inner[0]) for v in value)
    elif hint is str:
        fits = isinstance(value, str) and not _SURROGATE.search(value)
    elif hint in (int, float):
        fits = isinstance(value, (int, hint)) and not isinstance(value, bool)
    else:
        fits = hint is Any or isinstance(value, hint)
    return fits
