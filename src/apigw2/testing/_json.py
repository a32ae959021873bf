"""JSON values whose type nobody has promised."""

from __future__ import annotations

import json
from typing import Any, NoReturn, TypeGuard


def parse(text: str | bytes) -> Any:  # noqa: ANN401 - any JSON
    """Parse JSON that a client or a program of the user wrote.

    Raises:
        ValueError: It is not JSON (`NaN` is not), or is nested too deeply for this interpreter.
    """
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("JSON is nested too deeply") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether the value is an object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Whether the value is a list."""
    return isinstance(value, list)


def as_object(value: object) -> dict[str, Any]:
    """The value if it is an object, or an empty one."""
    return value if is_object(value) else {}


def as_list(value: object) -> list[Any]:
    """The value if it is a list, or a list of it alone."""
    return value if is_list(value) else [value]
