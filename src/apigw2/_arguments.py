"""Checks of arguments and their messages, below every layer."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Iterable
from typing import Final

_LONGEST_VALUE: Final = 80  # of a value in a message, in characters

MAX_SECONDS: Final = threading.TIMEOUT_MAX
"""The longest time that Python can wait for: 292 years on most platforms."""


def _short_repr(value: object) -> str | None:
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001  # any error of its `__repr__`; deep nesting, a huge integer
        return None
    return f"{text[:_LONGEST_VALUE]}..." if len(text) > _LONGEST_VALUE else text


def shown(value: object) -> str:
    """A shortened repr, also of an object whose own repr fails."""
    return _short_repr(value) or f"<{type(value).__name__}>"


def describe_value(value: object) -> str:
    """Describe a value for an error message: its type and a shortened repr."""
    is_coroutine = inspect.iscoroutinefunction(value)
    kind = "coroutine function" if is_coroutine else type(value).__name__
    text = _short_repr(value)
    return kind if text is None else text if value is None else f"{kind} {text}"


def is_function(value: object) -> bool:
    """Whether a value can be called, and nothing has to await its result."""
    return callable(value) and not inspect.iscoroutinefunction(value)


def check_type(name: str, value: object, kind: type | tuple[type, ...], expected: str) -> None:
    """Reject an argument of a function that is not an operation, before anything is sent.

    Args:
        name: The parameter's name, for the message.
        value: The argument.
        kind: The type that it has to have; `True` and `False` are not numbers.
        expected: The type in words.

    Raises:
        TypeError: The argument has another type.
    """
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        msg = f"{name}: expected {expected}, not {describe_value(value)}"
        raise TypeError(msg)


def check_iterable(name: str, value: object) -> None:
    """Reject what cannot be iterated, and a string, whose characters would be the objects.

    Raises:
        TypeError: The argument is one of these.
    """
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        msg = f"{name}: expected an iterable of objects, not {describe_value(value)}"
        raise TypeError(msg)


def check_seconds(name: str, value: object) -> None:
    """Reject what is not a time to wait for.

    Raises:
        TypeError: The argument is not a number.
        ValueError: It is negative, NaN, infinite, or longer than Python can wait.
    """
    check_type(name, value, (int, float), "a number of seconds")
    assert isinstance(value, (int, float))  # noqa: S101  # for type checkers
    if not 0 <= value <= MAX_SECONDS:  # false for NaN
        msg = f"{name} must be a number of seconds from 0 to {MAX_SECONDS:.0f}, not {shown(value)}"
        raise ValueError(msg)
