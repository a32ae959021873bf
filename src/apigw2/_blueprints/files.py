"""Blueprints as documents: dicts of JSON's types, and YAML and JSON files of them."""

from __future__ import annotations

import difflib
import json
import re
import types
import typing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from apigw2._blueprints.blueprint import Blueprint
from apigw2._blueprints.changes import backend
from apigw2._blueprints.normalize import normal, own_fields
from apigw2._blueprints.secrets import masked
from apigw2._blueprints.specs import (
    AuthorizerSpec,
    IntegrationResponseSpec,
    IntegrationSpec,
    ModelSpec,
    RouteResponseSpec,
    RouteSpec,
    Spec,
    StageSpec,
    key_of,
)
from apigw2._objects.containers import holds_items, holds_map
from apigw2._objects.type_hints import (
    SCALARS,
    ConversionError,
    is_literal,
    is_mapping,
    is_object,
    is_sequence,
    union_members,
)
from apigw2._objects.values import Fields, field_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Document = dict[str, Any]

VERSION: Final = 1
VERSION_KEY: Final = "apigw2"

PARTS: Final[Mapping[str, type[Spec]]] = {
    "integrations": IntegrationSpec,
    "authorizers": AuthorizerSpec,
    "models": ModelSpec,
    "routes": RouteSpec,
    "stages": StageSpec,
}
"""The sections of a document, and what is in each, by key; integrations have labels."""

RESPONSES: Final[Mapping[type[Spec], type[Spec]]] = {
    IntegrationSpec: IntegrationResponseSpec,
    RouteSpec: RouteResponseSpec,
}
REFERENCES: Final = ("target", "authorizer")

# The service's own variables have a dot: `${request.path}`, `${stageVariables.color}`.
_VARIABLE: Final = re.compile(r"\$(?P<escape>\$?)\{(?P<name>[A-Za-z_]\w*)\}")


# --- from a blueprint -------------------------------------------------------------------------


def plain(value: Any, *, reveal: bool = True) -> Any:
    """A value in JSON's types, with the fields that are set."""
    if isinstance(value, Spec):
        return _plain_spec(value, {}, reveal=reveal)
    if isinstance(value, Fields):
        fields = {name: plain(item) for name, item in value.__rich_repr__() if name != "extra"}
        return {**fields, **getattr(value, "extra", {})}
    if holds_map(value):
        return {key: plain(item) for key, item in value.items()}
    if holds_items(value):
        return [plain(item) for item in value]
    return value


def to_document(blueprint: Blueprint, *, reveal: bool) -> Document:
    """A blueprint as a document.

    Args:
        blueprint: The blueprint.
        reveal: Whether values that may be secret are shown rather than masked.
    """
    protocol = blueprint.protocol_type
    labels: dict[object, str] = {}
    for spec in blueprint.all_integrations():
        labels[normal(spec, protocol)] = _new_label(spec, labels.values())

    def label_of(spec: Spec) -> str:
        return labels[normal(spec, protocol)]

    document: Document = {VERSION_KEY: VERSION, "name": blueprint.name}
    document |= _plain_spec(blueprint, {}, reveal=reveal)
    sections: dict[str, Mapping[str, Spec]] = {
        "integrations": {label_of(spec): spec for spec in blueprint.all_integrations()},
        "authorizers": {spec.name: spec for spec in blueprint.all_authorizers()},
        "models": {spec.name: spec for spec in blueprint.models},
        "routes": {spec.route_key: spec for spec in blueprint.routes},
        "stages": {spec.stage_name: spec for spec in blueprint.stages},
    }
    for name, section in sections.items():
        if section:
            document[name] = {
                key: _plain_spec(spec, _references(spec, label_of), reveal=reveal)
                for key, spec in section.items()
            }
    return document


def _references(spec: Spec, label_of: Callable[[Spec], str]) -> dict[str, str]:
    if not isinstance(spec, RouteSpec):
        return {}
    named: dict[str, str] = {}
    if spec.target is not None:
        named["target"] = label_of(spec.target)
    if spec.authorizer is not None:
        named["authorizer"] = spec.authorizer.name
    return named


def _plain_spec(spec: Spec, references: Mapping[str, str], *, reveal: bool = True) -> Document:
    fields = own_fields(spec)
    if not isinstance(spec, IntegrationSpec):
        del fields[field_names(type(spec))[0]]
    made: Document = {**references}
    for name, value in fields.items():
        if name not in REFERENCES:
            made[name] = plain(value if reveal else masked(name, value))
    if isinstance(spec, (IntegrationSpec, RouteSpec)) and spec.responses:
        made["responses"] = {
            key_of(each): _plain_spec(each, {}, reveal=reveal) for each in spec.responses
        }
    return {**made, **{name: plain(value) for name, value in spec.extra.items()}}


def _new_label(spec: IntegrationSpec, taken: Sequence[str] | Any) -> str:
    """A label for an integration, such as `pets` or `sqs-sendmessage`."""
    words = backend(spec).removeprefix("lambda ")
    words = re.sub(r"^\w+ |\w+://", "", words)
    stem = re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-").lower()[:40].rstrip("-") or "backend"
    label, number = stem, 1
    while label in taken:
        number += 1
        label = f"{stem}-{number}"
    return label


# --- to a blueprint ---------------------------------------------------------------------------


def from_document(document: object) -> Blueprint:
    """A blueprint of a document.

    Raises:
        ValueError: It is not a blueprint; the message says where.
    """
    try:
        return _blueprint(document)
    except ConversionError as error:
        raise ValueError(str(error)) from None


def _blueprint(document: object) -> Blueprint:
    if not holds_map(document):
        raise ConversionError("a blueprint", document, "the document")
    fields = {**document}
    if (version := fields.pop(VERSION_KEY, VERSION)) != VERSION:
        raise ConversionError(f"version {VERSION}", version, VERSION_KEY)
    sections = {name: _section(name, fields.pop(name, {})) for name in PARTS}
    integrations = {
        label: _spec(IntegrationSpec, None, content, f"integrations[{label!r}]")
        for label, content in sections["integrations"].items()
    }
    authorizers = {
        name: _spec(AuthorizerSpec, name, content, f"authorizers[{name!r}]")
        for name, content in sections["authorizers"].items()
    }
    known: dict[str, Mapping[str, Spec]] = {"target": integrations, "authorizer": authorizers}
    routes = [_route(key, content, known) for key, content in sections["routes"].items()]
    made: Blueprint = _spec(Blueprint, fields.pop("name", None), fields, "")
    return attrs.evolve(
        made,
        routes=routes,
        integrations=tuple(integrations.values()),
        authorizers=tuple(authorizers.values()),
        models=_every(ModelSpec, "models", sections["models"]),
        stages=_every(StageSpec, "stages", sections["stages"]),
    )


def _section(name: str, value: object) -> Mapping[str, object]:
    if value is None:
        return {}
    if not holds_map(value) or not all(isinstance(key, str) for key in value):
        raise ConversionError("a mapping with texts as keys", value, name)
    return value


def _every(cls: type[Any], section: str, contents: Mapping[str, object]) -> tuple[Any, ...]:
    return tuple(_spec(cls, key, each, f"{section}[{key!r}]") for key, each in contents.items())


def _route(key: str, content: object, known: Mapping[str, Mapping[str, Spec]]) -> RouteSpec:
    path = f"routes[{key!r}]"
    fields = {**_section(path, content)}
    references: dict[str, Any] = {}
    for name, specs in known.items():
        label = fields.pop(name, None)
        if label is None:
            continue
        if not isinstance(label, str) or label not in specs:
            choices = ", ".join(specs) or "there are none"
            raise ConversionError(f"a key in {name}s ({choices})", label, f"{path}.{name}")
        references[name] = specs[label]
    made: RouteSpec = _spec(RouteSpec, key, fields, path)
    return attrs.evolve(made, **references)


def _spec(cls: type[Any], key: str | None, content: object, path: str) -> Any:
    """A spec of a part of a document."""
    fields = {**_section(path, content)}
    responses = _section(f"{path}.responses", fields.pop("responses", None))
    if cls in RESPONSES:
        cls_of_responses = RESPONSES[cls]
        made_responses = _every(cls_of_responses, f"{path}.responses", responses)
    else:
        made_responses = ()
    first = field_names(cls)[0]
    if key is not None:
        fields = {first: key, **fields}
    made = _object(cls, fields, path)
    return attrs.evolve(made, responses=made_responses) if made_responses else made


def _object(cls: type[Any], fields: Mapping[str, object], path: str) -> Any:
    hints = typing.get_type_hints(cls)
    known = {name for name in field_names(cls) if name not in ("extra", *PARTS, *REFERENCES)}
    prefix = f"{path}." if path else ""
    arguments: dict[str, Any] = {}
    extra: dict[str, object] = {}
    for name, value in fields.items():
        if name in known:
            if value is not None:
                arguments[name] = read_value(hints[name], value, f"{prefix}{name}")
        elif name[:1].isupper():
            extra[name] = value  # what the service has and this version does not know
        else:
            close = difflib.get_close_matches(name, known, 1)
            hint = f"; did you mean {close[0]}?" if close else ""
            msg = f"{prefix}{name}: there is no such field{hint}"
            raise ValueError(msg)
    missing = [
        field.name
        for field in attrs.fields(cls)
        if field.default is attrs.NOTHING and field.name not in arguments
    ]
    if missing:
        msg = f"{path or 'the document'}: {', '.join(missing)} is missing"
        raise ValueError(msg)
    made = cls(**arguments)
    return attrs.evolve(made, extra=extra) if extra else made


def read_value(annotation: Any, value: object, path: str) -> Any:
    """A value of a document as a field has it.

    Raises:
        ConversionError: It does not fit the field's annotation.
    """
    kind = next(iter(union_members(annotation)), annotation)
    if is_object(kind):
        return _object(kind, _section(path, value), path)
    if is_mapping(kind):
        inner = typing.get_args(kind)[1]
        items = _section(path, value)
        return {key: read_value(inner, item, f"{path}[{key!r}]") for key, item in items.items()}
    if is_sequence(kind):
        if not holds_items(value):
            raise ConversionError("a list", value, path)
        inner = typing.get_args(kind)[0]
        return tuple(read_value(inner, item, f"{path}[{n}]") for n, item in enumerate(value))
    scalar = str if is_literal(kind) else kind
    try:
        return SCALARS[scalar](value)
    except ConversionError as error:
        quoted = " (quote it)" if scalar is str and isinstance(value, (int, float)) else ""
        raise ConversionError(f"{error.expected}{quoted}", value, path) from None


# --- variables --------------------------------------------------------------------------------


def substituted(value: Any, variables: Mapping[str, str]) -> Any:
    """A document with the values of its variables.

    Raises:
        ValueError: A variable has no value.
    """

    def replace(found: re.Match[str]) -> str:
        if found["escape"]:
            return found[0][1:]
        if found["name"] not in variables:
            msg = (
                f"variable {found['name']} has no value; pass it, "
                f"or write $${{{found['name']}}} for the text ${{{found['name']}}}"
            )
            raise ValueError(msg)
        return variables[found["name"]]

    return _texts(value, lambda text: _VARIABLE.sub(replace, text))


def escaped(value: Any) -> Any:
    """A document whose texts have no variables."""
    pattern = re.compile(r"\$\{(?=[A-Za-z_]\w*\})")
    return _texts(value, lambda text: pattern.sub("$${", text))


def _texts(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if holds_map(value):
        return {
            _texts(key, change) if isinstance(key, str) else key: _texts(item, change)
            for key, item in value.items()
        }
    if holds_items(value):
        return [_texts(item, change) for item in value]
    return value


# --- files ------------------------------------------------------------------------------------


def load(path: str | Path, variables: Mapping[str, str]) -> Blueprint:
    """Read a file."""
    text = Path(path).read_text(encoding="utf-8")
    try:
        document = _yaml().safe_load(text) if _is_yaml(path) else json.loads(text)
        return from_document(substituted(document, variables))
    except ValueError as error:
        msg = f"{path}: {error}"
        raise ValueError(msg) from None
    except Exception as error:
        if type(error).__module__.startswith("yaml."):
            msg = f"{path}: {error}"
            raise ValueError(msg) from None
        raise


def dump(blueprint: Blueprint, path: str | Path) -> None:
    """Write a file."""
    Path(path).write_text(text_of(blueprint, yaml=_is_yaml(path)), encoding="utf-8")


def text_of(blueprint: Blueprint, *, yaml: bool) -> str:
    """The text of a file."""
    document = escaped(to_document(blueprint, reveal=True))
    if yaml:
        text: str = _yaml().safe_dump(document, sort_keys=False, allow_unicode=True)
        return text
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _is_yaml(path: str | Path) -> bool:
    return Path(path).suffix in (".yaml", ".yml")


def _yaml() -> types.ModuleType:
    try:
        import yaml  # noqa: PLC0415  # an extra
    except ModuleNotFoundError as error:
        msg = "YAML needs PyYAML: pip install 'apigw2[yaml]'"
        raise ModuleNotFoundError(msg, name="yaml") from error
    return yaml
