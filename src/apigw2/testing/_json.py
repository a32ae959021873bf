"""JSON from outside: parsed within limits, and read without trusting its types."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn, TypeGuard

MAX_DEPTH: Final = 128
"""Maximum nesting depth of a document; deeper ones would exhaust Python's stack."""


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse_constant)


def parse(text: str | bytes) -> Any:  # noqa: ANN401 - any JSON
    r"""Parse a JSON document that can be written as JSON again.

    Raises:
        ValueError: The document is not JSON in UTF-8, is nested deeper than `MAX_DEPTH`, or has a
            lone surrogate (an escape such as `\ud800` without its partner), which no response can
            contain.
    """
    if isinstance(text, bytes):
        text = text.decode()
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise ValueError("the document is nested too deeply") from None
    # Both checks walk the document, which is skipped for nearly every document.
    if text.count("[") + text.count("{") > MAX_DEPTH:
        check_depth(value)
    if "\\u" in text:
        json.dumps(value, ensure_ascii=False).encode()
    return value


def check_depth(value: object) -> None:
    """Reject a value that is nested deeper than `MAX_DEPTH`.

    Raises:
        ValueError: The value is nested too deeply.
    """
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [
            child
            for each in level
            if is_object(each) or is_list(each)
            for child in (each.values() if is_object(each) else each)
        ]
        if not level:
            return
    raise ValueError("the document is nested too deeply")


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
    """The value if it is a list, otherwise a list with the value."""
    return value if is_list(value) else [value]
