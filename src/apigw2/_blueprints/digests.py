"""Digests of what a deployment freezes; a plan's deployment has one in its description."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Final, cast

from apigw2._blueprints.normalize import comparable, normal
from apigw2._objects.containers import holds_items

if TYPE_CHECKING:
    from apigw2._blueprints.blueprint import Blueprint

_FROZEN: Final = (
    "api_key_selection_expression",
    "cors_configuration",
    "disable_execute_api_endpoint",
    "route_selection_expression",
)
"""Fields of the API itself that a deployment freezes."""

_DIGEST: Final = re.compile(r"apigw2 blueprint ([0-9a-f]{16})\b")


def digest_of(blueprint: Blueprint) -> str:
    """The digest of what a deployment freezes: an API's routes and what they use."""
    protocol = blueprint.protocol_type
    own = comparable(blueprint, protocol)
    content = (
        frozenset((name, own[name]) for name in _FROZEN if name in own),
        frozenset(normal(route, protocol) for route in blueprint.routes),
        frozenset(
            normal(route.authorizer, protocol)
            for route in blueprint.routes
            if route.authorizer is not None
        ),
        frozenset(normal(model, protocol) for model in blueprint.models),
    )
    text = json.dumps(_ordered(content), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _ordered(value: Any) -> Any:  # of any shape
    if isinstance(value, frozenset):
        items: Any = list(cast("frozenset[object]", value))
        return sorted((_ordered(item) for item in items), key=json.dumps)
    if holds_items(value):
        return [_ordered(item) for item in value]
    return value if value is None or isinstance(value, (str, int, float)) else repr(value)


def description_of(digest: str) -> str:
    """The description of a plan's deployment."""
    return f"apigw2 blueprint {digest}"


def digest_in(description: str | None) -> str | None:
    """The digest in a deployment's description."""
    found = _DIGEST.search(description or "")
    return None if found is None else found[1]
