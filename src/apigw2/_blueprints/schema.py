"""The JSON schema of blueprint files, made from the fields of the specs."""

from __future__ import annotations

import inspect
import re
import typing
from typing import Any, Final

import attrs

from apigw2._blueprints.blueprint import Blueprint
from apigw2._blueprints.files import PARTS, REFERENCES, RESPONSES, VERSION, VERSION_KEY
from apigw2._blueprints.specs import IntegrationSpec, RouteSpec
from apigw2._blueprints.variables import NAME
from apigw2._objects.type_hints import (
    is_literal,
    is_mapping,
    is_object,
    is_sequence,
    union_members,
)
from apigw2._objects.values import field_names

_SCALARS: Final = {str: "string", bool: "boolean", int: "integer", float: "number"}
_VARIABLE: Final = {"type": "string", "pattern": rf"^\$\{{{NAME}\}}$"}
"""A number or a flag may be a variable."""


def schema() -> dict[str, Any]:
    """The schema of a whole file."""
    made = _object(Blueprint, without=set())
    made["properties"] = {
        VERSION_KEY: {"const": VERSION, "description": "The version of this format."},
        **made["properties"],
        **{name: _section(name, cls) for name, cls in PARTS.items()},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "apigw2 blueprint",
        **made,
    }


def _section(name: str, cls: type[Any]) -> dict[str, Any]:
    without = set[str]() if cls is IntegrationSpec else {field_names(cls)[0]}
    content = _object(cls, without=without)
    if cls is RouteSpec:
        for reference in REFERENCES:
            content["properties"][reference] = {
                "type": "string",
                "description": f"A key of {reference.replace('target', 'integration')}s.",
            }
    if cls in RESPONSES:
        response = RESPONSES[cls]
        content["properties"]["responses"] = {
            "type": "object",
            "description": "Responses by key.",
            "additionalProperties": _object(response, without={field_names(response)[0]}),
        }
    return {
        "type": "object",
        "description": f"The API's {name}, by key.",
        "additionalProperties": {"anyOf": [content, {"type": "null"}]}
        if not content.get("required")
        else content,
    }


def _object(cls: type[Any], *, without: set[str]) -> dict[str, Any]:
    hints, described = typing.get_type_hints(cls), _descriptions(cls)
    skipped = {"extra", "responses", *PARTS, *REFERENCES, *without}
    fields = [field for field in attrs.fields(cls) if field.name not in skipped]
    made: dict[str, Any] = {
        "type": "object",
        "properties": {
            field.name: {**_value(hints[field.name]), **described.get(field.name, {})}
            for field in fields
        },
        # Fields of the service that this version of the library does not know.
        "patternProperties": {"^[A-Z]": {}},
        "additionalProperties": False,
    }
    required = [field.name for field in fields if field.default is attrs.NOTHING]
    return {**made, "required": required} if required else made


def _value(annotation: Any) -> dict[str, Any]:  # an annotation
    kind = next(iter(union_members(annotation)), annotation)
    if is_object(kind):
        return _object(kind, without=set())
    if is_mapping(kind):
        return {"type": "object", "additionalProperties": _value(typing.get_args(kind)[1])}
    if is_sequence(kind):
        return {"type": "array", "items": _value(typing.get_args(kind)[0])}
    if is_literal(kind):
        # The service may accept newer values.
        return {"anyOf": [{"enum": [*typing.get_args(kind)]}, {"type": "string"}]}
    scalar = {"type": _SCALARS[kind]}
    return scalar if kind is str else {"anyOf": [scalar, _VARIABLE]}


def _descriptions(cls: type[Any]) -> dict[str, dict[str, str]]:
    """The description of each attribute in the class's docstring."""
    doc = inspect.getdoc(cls) or ""
    _, _, attributes = doc.partition("Attributes:\n")
    block = re.split(r"\n\n|\n(?=\S)", attributes)[0]
    found = re.findall(r"^    (\w+): ((?:.+\n?)(?:^ {8}.+\n?)*)", block, re.MULTILINE)
    return {name: {"description": re.sub(r"\s+", " ", text).strip()} for name, text in found}
