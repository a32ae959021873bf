"""Type guards for containers, with the types of their items for type checkers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import TypeIs


def holds_dict(value: object) -> TypeIs[dict[str, Any]]:
    """Whether a value is a dict; those of JSON and of boto3 have strings as keys."""
    return isinstance(value, dict)


def holds_list(value: object) -> TypeIs[list[Any]]:
    """Whether a value is a list."""
    return isinstance(value, list)


def holds_items(value: object) -> TypeIs[Sequence[Any]]:
    """Whether a value is a list, a tuple or the like; but not a bare string."""
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def holds_map(value: object) -> TypeIs[Mapping[Any, Any]]:
    """Whether a value is a dict or the like."""
    return isinstance(value, Mapping)
