"""ARNs replaced, for copies in other accounts and regions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from apigw2._blueprints.secrets import masked_text
from apigw2._objects.containers import holds_items, holds_map
from apigw2._objects.values import Fields, field_names
from apigw2.errors import PlanError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from apigw2._blueprints.blueprint import Blueprint

# An ARN of a region or an account; what has neither, such as a bucket, is the same everywhere.
_ARN: Final = re.compile(r"arn:[\w-]+:[\w-]+:(?:[\w-]+:\d*|:\d+):[^\s\"'<>]+")
_IDS: Final = frozenset({"client_certificate_id", "connection_id"})
"""Fields whose ids mean something in one account and region only."""


def rewritten(blueprint: Blueprint, rewrite: Mapping[str, str]) -> Blueprint:
    """A blueprint in which texts are replaced.

    Args:
        blueprint: The blueprint.
        rewrite: New texts by old ones; longer ones first. They need not be whole values: an ARN
            in an invocation URI is found, and so is a common beginning of several ARNs.

    Raises:
        PlanError: ARNs and ids of an account or region stay as they are. `{old: old}` keeps one.
    """
    keys = sorted(rewrite, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, keys))) if keys else None
    foreign: set[str] = set()

    def replace(name: str, text: str) -> str:
        if name in _IDS and text not in rewrite:
            foreign.add(f"{name} {text}")
        for found in _ARN.findall(text):
            if pattern is None or pattern.search(found) is None:
                foreign.add(masked_text(found))
        return text if pattern is None else pattern.sub(lambda old: rewrite[old[0]], text)

    made: Blueprint = _mapped("", blueprint, replace)
    if foreign:
        msg = f"rewrite has nothing for: {', '.join(sorted(foreign))}"
        raise PlanError(msg)
    return made


def _mapped(name: str, value: Any, replace: Callable[[str, str], str]) -> Any:
    """A value with every text in it replaced."""
    if isinstance(value, str):
        return replace(name, value)
    if isinstance(value, Fields):
        changes = {
            field: new
            for field in field_names(type(value))
            if field != "extra"
            and (new := _mapped(field, old := getattr(value, field), replace)) is not old
        }
        fields: Any = value
        return attrs.evolve(fields, **changes) if changes else value
    if holds_map(value) and value:
        return {key: _mapped(name, item, replace) for key, item in value.items()}
    if holds_items(value) and value:
        return tuple(_mapped(name, item, replace) for item in value)
    return value
