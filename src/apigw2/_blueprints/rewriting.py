"""Replaces ARNs and ids, for copies in other accounts and regions."""

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

# An ARN with a region or an account. An ARN with neither, as of a bucket, is the same everywhere.
_ARN: Final = re.compile(r"arn:[\w-]+:[\w-]+:(?:[\w-]+:\d*|:\d+):[^\s\"'<>]+")
_IDS: Final = frozenset({"client_certificate_id", "connection_id"})
"""Fields with ids that are valid only in one account and region."""


def rewritten(blueprint: Blueprint, rewrite: Mapping[str, str]) -> Blueprint:
    """Return a blueprint with replaced strings.

    Args:
        blueprint: The blueprint.
        rewrite: New strings by old ones; the longest match is replaced. They may be parts of
            values, such as an ARN in an invocation URI, or the common prefix of several ARNs.

    Raises:
        PlanError: An ARN or id of an account or region is not replaced. `{old: old}` keeps it.
        ValueError: An old string is empty.
    """
    if "" in rewrite:
        msg = "rewrite: an empty string cannot be replaced"
        raise ValueError(msg)
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
        msg = f"rewrite does not cover: {', '.join(sorted(foreign))}"
        raise PlanError(msg)
    return made


def note_other_regions(blueprint: Blueprint, region: str) -> list[str]:
    """A remark on ARNs of other regions, which are often left from a copy.

    Args:
        blueprint: The blueprint of an API that does not exist yet.
        region: The region in which it will be created.
    """
    found: set[str] = set()

    def collect(_: str, text: str) -> str:
        arns = (arn for arn in _ARN.findall(text) if arn.split(":")[3] not in ("", region))
        found.update(map(masked_text, arns))
        return text

    _mapped("", blueprint, collect)
    names = ", ".join(sorted(found))
    return [f"not in {region}, the API's region: {names}; rewrite= replaces ARNs"] if found else []


def _mapped(name: str, value: Any, replace: Callable[[str, str], str]) -> Any:
    """Return a value with every string in it replaced."""
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
