"""Validation of tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apigw2.testing._errors import bad_request

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_KEY: Final = 128


def check(keys: Iterable[str]) -> None:
    """Reject invalid tag keys (AWS General Reference, "Tag naming limits").

    Raises:
        ApiError: A key is empty, longer than 128 characters or reserved.
    """
    for key in keys:
        if not 1 <= len(key) <= _LONGEST_KEY:
            raise bad_request(f"A tag key has 1 to {_LONGEST_KEY} characters: {key!r}")
        if key.lower().startswith("aws:"):
            # go-to-k/cdkd#1134: tags with this prefix cannot be written.
            raise bad_request(f"Tag keys that start with aws: are reserved: {key}")
