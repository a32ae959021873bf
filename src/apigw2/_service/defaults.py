"""Values that the service fills in where a request leaves them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMON_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "api_key_selection_expression": ("$request.header.x-api-key",),
    "route_selection_expression": (
        "${request.method} ${request.path}",
        "$request.method $request.path",
    ),
}
"""Texts that nearly every API has in a field, by the field's name."""
