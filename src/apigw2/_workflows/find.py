"""Finding one object of a listing by its natural key."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from apigw2._arguments import check_type
from apigw2.errors import MultipleMatchesError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import apigw2

T = TypeVar("T", bound="apigw2.Snapshot")


def find(objects: Iterable[T], field: str, value: str) -> T | None:
    """Return the object with a value in a field, or `None`.

    Compares all objects, because the names of APIs, VPC links and others need not be unique.

    Args:
        objects: The objects, such as a listing.
        field: The field. An absent value is the same as `""`.
        value: The value.

    Raises:
        TypeError: The value is not a string.
        MultipleMatchesError: Two or more objects have the value.
    """
    check_type(field, value, str, "a string")
    matches = tuple(each for each in objects if (getattr(each, field) or "") == value)
    if len(matches) > 1:
        msg = f"{len(matches)} objects have {field}={value!r}"
        raise MultipleMatchesError(msg, matches)
    return matches[0] if matches else None
