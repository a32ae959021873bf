"""Objects to boto3's parameters and dicts."""

from __future__ import annotations

import functools
import typing
from typing import Any

import cattrs

from apigw2._objects.containers import holds_items, holds_map
from apigw2._objects.frozen import thaw
from apigw2._objects.names import boto_name
from apigw2._objects.references import Reference, identity_of, own_id
from apigw2._objects.type_hints import (
    SENDABLE,
    ConversionError,
    Hook,
    is_literal,
    is_mapping,
    is_object,
    is_sequence,
    is_union,
    sendable_string,
    union_members,
)
from apigw2._objects.values import field_names, is_set


def unstructure_hook(annotation: Any) -> Hook:
    """Return the function that checks a value against an annotation and converts it for boto3.

    It raises `ConversionError`, with the path to the value. References become ids, value types
    dicts, sequences lists. Only fields that are `None` or absent are omitted.
    """
    return _converter().get_unstructure_hook(annotation)


@functools.cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter()
    for kind, hook in SENDABLE.items():
        converter.register_unstructure_hook(kind, hook)
    for predicate, factory in (
        (is_literal, _literal),
        (is_union, _union),
        (is_sequence, _sequence),
        (is_mapping, _mapping),
        (is_object, _object),
    ):
        converter.register_unstructure_hook_factory(predicate, factory)
    return converter


def _within(path: str, hook: Hook, value: Any) -> Any:
    try:
        return hook(value)
    except ConversionError as error:
        raise error.below(path) from None


def _literal(_: Any) -> Hook:
    return sendable_string  # the caller may know newer values


def _union(annotation: Any) -> Hook:
    """An optional value, or an id for which an object is accepted."""
    members = union_members(annotation)
    references = tuple(m for m in members if is_object(m) and issubclass(m, Reference))
    (plain,) = (unstructure_hook(member) for member in members if member not in references)
    if not references:
        return plain
    expected = " or ".join(cls.__name__.removesuffix("Ref") for cls in references)

    def unstructure(value: Any) -> Any:
        if not isinstance(value, Reference):
            return plain(value)
        if not isinstance(value, references):
            raise ConversionError(f"{expected} or an id", value)
        return own_id(value)

    return unstructure


def _sequence(annotation: Any) -> Hook:
    hook = unstructure_hook(typing.get_args(annotation)[0])

    def unstructure(value: Any) -> list[Any]:
        if not holds_items(value):
            raise ConversionError("a list or tuple", value)
        return [_within(f"[{i}]", hook, item) for i, item in enumerate(value)]

    return unstructure


def _mapping(annotation: Any) -> Hook:
    hook = unstructure_hook(typing.get_args(annotation)[1])

    def unstructure(value: Any) -> dict[str, Any]:
        if not holds_map(value):
            raise ConversionError("a mapping", value)
        return {
            _within("key", sendable_string, key): _within(f"[{key!r}]", hook, item)
            for key, item in value.items()
        }

    return unstructure


def _object(cls: Any) -> Hook:
    hints = typing.get_type_hints(cls)
    parents = identity_of(cls)[:-1]  # the service omits them from a resource
    fields = [
        (name, boto_name(name), unstructure_hook(hints[name]))
        for name in field_names(cls)
        if name != "extra" and name not in parents
    ]

    def unstructure(value: Any) -> dict[str, Any]:
        if not isinstance(value, cls):
            raise ConversionError(f"apigw2.{cls.__name__}", value)
        if not holds_map(value.extra):
            raise ConversionError("a mapping", value.extra, "extra")
        known = {
            key: _within(name, hook, item)
            for name, key, hook in fields
            if is_set(item := getattr(value, name))
        }
        return {**known, **thaw(value.extra)}

    return unstructure
