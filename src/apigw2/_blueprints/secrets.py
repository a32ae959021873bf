"""Masking of values that may be secret: credentials in URLs, stage variables, static parameters.

No text, HTML or repr shows them. An expression, such as `$request.header.x`, is not a secret and
stays readable.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from apigw2._objects.containers import holds_items, holds_map

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MASK: Final = "***"

_PRIVATE_MAPS: Final = frozenset({"stage_variables"})
_PARAMETER_MAPS: Final = frozenset({"request_parameters", "response_parameters"})
_USER: Final = re.compile(r"(?<=://)[^/?#@\s]*@")
_QUERY: Final = re.compile(r"(?<=\?)[^#\s\"'<>]+")
_EXPRESSION: Final = re.compile(r"\$\{?[A-Za-z][\w.\-\[\]]*\}?|")
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://[^\s\"'<>]+")


def masked_text(text: str) -> str:
    """Return a text with the user, password and query of its URLs masked."""

    def hide(found: re.Match[str]) -> str:
        return _QUERY.sub(MASK, _USER.sub(f"{MASK}@", found[0]))

    return _URL.sub(hide, text)


def masked(field: str, value: Any) -> Any:  # of any field
    """Return the value of a field as texts may show it.

    Args:
        field: The field's name, or a path that starts with it, such as `stage_variables.color`.
        value: Its value.
    """
    name, _, _ = field.partition(".")
    return _masked(name, value)


def _masked(name: str, value: Any) -> Any:
    if isinstance(value, str):
        if name in _PRIVATE_MAPS or (
            name in _PARAMETER_MAPS and _EXPRESSION.fullmatch(value) is None
        ):
            return MASK
        return masked_text(value)
    if holds_map(value):
        return {key: _masked(name, item) for key, item in value.items()}
    if holds_items(value):
        return tuple(_masked(name, item) for item in value)
    return value


def masked_fields(fields: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield the names and values of fields as texts may show them."""
    for name, value in fields:
        yield name, masked(name, value)
