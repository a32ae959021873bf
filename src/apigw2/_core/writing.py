"""Objects to boto3's parameters and dicts."""

from __future__ import annotations

import functools
import typing
from typing import Any

import cattrs

from apigw2._core.annotations import (
    SCALARS,
    Unfit,
    is_literal,
    is_mapping,
    is_object,
    is_sequence,
    is_union,
    plain_class,
    string,
    union_members,
)
from apigw2._core.containers import holds_items, holds_map
from apigw2._core.names import boto_name
from apigw2._core.shape import Reference, field_names, identity_of, is_set, own_id

if typing.TYPE_CHECKING:
    from apigw2._core.annotations import Check


def writer(annotation: Any) -> Check:
    """The function that checks a value against its annotation and makes boto3's form of it.

    It raises `Unfit`, with the path to the value. References become ids, value types and
    sequences boto3's dicts and lists; what is `None` or absent inside them is left out, and
    nothing else is.
    """
    return _converter().get_unstructure_hook(annotation)


@functools.cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter()
    for kind, check in SCALARS.items():
        converter.register_unstructure_hook(kind, check)
    for predicate, factory in (
        (is_literal, _literal),
        (is_union, _union),
        (is_sequence, _sequence),
        (is_mapping, _mapping),
        (is_object, _object),
    ):
        converter.register_unstructure_hook_factory(predicate, factory)
    return converter


def _within(path: str, check: Check, value: Any) -> Any:
    try:
        return check(value)
    except Unfit as unfit:
        raise unfit.below(path) from None


def _literal(_: Any) -> Check:
    return string  # a newer value than ours is the caller's right


def _union(annotation: Any) -> Check:
    """An optional value, or an id in whose place the object is accepted too."""
    members = union_members(annotation)
    references = tuple(m for m in members if is_object(m) and issubclass(m, Reference))
    (plain,) = (writer(member) for member in members if member not in references)
    if not references:
        return plain
    expected = " or ".join(cls.__name__.removesuffix("Ref") for cls in references)

    def unstructure(value: Any) -> Any:
        if not isinstance(value, Reference):
            return plain(value)
        if not isinstance(value, references):
            raise Unfit(f"{expected} or an id", value)
        return own_id(value)

    return unstructure


def _sequence(annotation: Any) -> Check:
    member = typing.get_args(annotation)[0]
    check, kind = writer(member), plain_class(member)

    def unstructure(value: Any) -> list[Any]:
        if value.__class__ in (list, tuple) and set(map(type, value)) == {kind}:
            return list(value)
        if not holds_items(value):
            raise Unfit("a list or tuple", value)
        return [_within(f"[{i}]", check, item) for i, item in enumerate(value)]

    return unstructure


def _mapping(annotation: Any) -> Check:
    check = writer(typing.get_args(annotation)[1])

    def unstructure(value: Any) -> dict[str, Any]:
        if not holds_map(value):
            raise Unfit("a mapping", value)
        return {
            _within("key", string, key): _within(f"[{key!r}]", check, item)
            for key, item in value.items()
        }

    return unstructure


def _object(cls: Any) -> Check:
    hints = typing.get_type_hints(cls)
    parents = identity_of(cls)[:-1]  # the service leaves them out of a resource
    fields = [
        (name, boto_name(name), writer(hints[name]))
        for name in field_names(cls)
        if name != "extra" and name not in parents
    ]

    def unstructure(value: Any) -> dict[str, Any]:
        if not isinstance(value, cls):
            raise Unfit(f"apigw2.{cls.__name__}", value)
        sent = {
            key: _within(name, check, item)
            for name, key, check in fields
            if is_set(item := getattr(value, name))
        }
        return {**sent, **value.extra}

    return unstructure
