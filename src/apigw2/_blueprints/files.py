"""Blueprints as documents (dicts of JSON values), and as YAML and JSON files."""

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
from apigw2._blueprints.checks import check_json, check_unique
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
from apigw2._blueprints.variables import Substituted, escape, substitute, without_marks
from apigw2._objects.containers import holds_items, holds_map
from apigw2._objects.type_hints import (
    SENDABLE,
    ConversionError,
    is_literal,
    is_mapping,
    is_object,
    is_sequence,
    union_members,
)
from apigw2._objects.values import Fields, field_names

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Container, Mapping, Sequence

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
"""The sections of a document, and the class of what each contains: by label for integrations, which
have no key, and by key for all others."""

RESPONSES: Final[Mapping[type[Spec], type[Spec]]] = {
    IntegrationSpec: IntegrationResponseSpec,
    RouteSpec: RouteResponseSpec,
}
REFERENCES: Final = ("target", "authorizer")


# --- from a blueprint -------------------------------------------------------------------------


def plain(value: Any, *, reveal: bool = True) -> Any:
    """Convert a value to JSON types; only the fields that are set.

    Args:
        value: A spec, a value type, or a field's value.
        reveal: Whether values that may be secret are included rather than masked.
    """
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
    """Convert a blueprint to a document.

    Args:
        blueprint: The blueprint.
        reveal: Whether values that may be secret are included rather than masked.
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
    references: dict[str, str] = {}
    if spec.target is not None:
        references["target"] = label_of(spec.target)
    if spec.authorizer is not None:
        references["authorizer"] = spec.authorizer.name
    return references


def _plain_spec(spec: Spec, references: Mapping[str, str], *, reveal: bool) -> Document:
    fields = {**own_fields(spec), **spec.extra}
    if not isinstance(spec, IntegrationSpec):
        del fields[field_names(type(spec))[0]]
    content: Document = {**references}
    for name, value in fields.items():
        if name not in REFERENCES:
            content[name] = plain(value if reveal else masked(name, value))
    if isinstance(spec, (IntegrationSpec, RouteSpec)) and spec.responses:
        content["responses"] = {
            key_of(each): _plain_spec(each, {}, reveal=reveal) for each in spec.responses
        }
    return content


def _new_label(spec: IntegrationSpec, taken: Container[str]) -> str:
    """Return a label for an integration, such as `pets` or `sqs-sendmessage`."""
    words = backend(spec).removeprefix("lambda ")
    words = re.sub(r"^[A-Z]+ |\w+://", "", words)
    stem = re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-").lower()[:40].rstrip("-") or "backend"
    label, number = stem, 1
    while label in taken:
        number += 1
        label = f"{stem}-{number}"
    return label


# --- to a blueprint ---------------------------------------------------------------------------


def from_document(document: object) -> Blueprint:
    """Convert a document to a blueprint.

    Raises:
        ValueError: It is not a blueprint; the message contains the place.
    """
    try:
        return _blueprint(document)
    except ConversionError as error:
        raise ValueError(str(error)) from None


def _blueprint(document: object) -> Blueprint:
    if not holds_map(document):
        raise ConversionError("a blueprint", document, "the document")
    fields = {**_section("the document", document)}
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
    own: Blueprint = _spec(Blueprint, fields.pop("name", None), fields, "")
    return attrs.evolve(
        own,
        routes=routes,
        integrations=tuple(integrations.values()),
        authorizers=tuple(authorizers.values()),
        models=_all_of(ModelSpec, "models", sections["models"]),
        stages=_all_of(StageSpec, "stages", sections["stages"]),
    )


def _section(path: str, value: object) -> Mapping[str, object]:
    """Return a mapping with strings as keys; an empty one for `None`, as YAML reads `models:`."""
    if value is None:
        return {}
    if not holds_map(value):
        raise ConversionError("a mapping", value, path)
    for key in value:
        _scalar(str, key, f"{path}, key")
    return value


def _all_of(cls: type[Any], section: str, contents: Mapping[str, object]) -> tuple[Any, ...]:
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
            section = "integrations" if name == "target" else "authorizers"
            choices = ", ".join(specs) or "there are none"
            raise ConversionError(f"a key of {section} ({choices})", label, f"{path}.{name}")
        references[name] = specs[label]
    route: RouteSpec = _spec(RouteSpec, key, fields, path)
    return attrs.evolve(route, **references)


def _spec(cls: type[Any], key: object, content: object, path: str) -> Any:
    """Convert the content of a document's section to a spec."""
    fields = {**_section(path, content)}
    responses: tuple[Any, ...] = ()
    if cls in RESPONSES:
        where = f"{path}.responses"
        responses = _all_of(RESPONSES[cls], where, _section(where, fields.pop("responses", None)))
    if key is not None:
        fields = {field_names(cls)[0]: key, **fields}
    spec = _object(cls, fields, path)
    return attrs.evolve(spec, responses=responses) if responses else spec


def _object(cls: type[Any], fields: Mapping[str, object], path: str) -> Any:
    hints = typing.get_type_hints(cls)
    known = {name for name in field_names(cls) if name not in ("extra", *PARTS, *REFERENCES)}
    prefix = f"{path}." if path else ""
    arguments: dict[str, Any] = {}
    extra: dict[str, object] = {}
    for name, value in fields.items():
        place = f"{prefix}{name}"
        if name in known:
            if value is not None:
                arguments[name] = read_value(hints[name], value, place)
        elif name[:1].isupper():
            extra[name] = _unknown(value, place)
        else:
            close = difflib.get_close_matches(name, known, 1)
            hint = f"; did you mean {close[0]}?" if close else ""
            msg = f"{place}: there is no such field{hint}"
            raise ValueError(msg)
    missing = [
        field.name
        for field in attrs.fields(cls)
        if field.default is attrs.NOTHING and field.name not in arguments
    ]
    if missing:
        msg = f"{path or 'the document'}: {', '.join(missing)} is missing"
        raise ValueError(msg)
    return cls(**arguments, **({"extra": extra} if extra else {}))


def _unknown(value: object, path: str) -> object:
    """Check a field that the service may have and this version of the library does not know."""
    try:
        check_json(value)
    except ConversionError as error:
        raise error.below(path) from None
    return without_marks(value)


def read_value(annotation: Any, value: object, path: str) -> Any:
    """Convert a value of a document to the type of a field.

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
    return _scalar(str if is_literal(kind) else kind, value, path)


def _scalar(kind: type, value: object, path: str) -> Any:
    if isinstance(value, Substituted):
        value = value.as_scalar(kind)
    try:
        return SENDABLE[kind](value)
    except ConversionError as error:
        # YAML reads an unquoted `1.0`, `yes` or `2026-01-31` as a number, a flag or a date.
        is_scalar = not (value is None or isinstance(value, str) or holds_items(value))
        quoted = " (quote it)" if kind is str and is_scalar and not holds_map(value) else ""
        raise ConversionError(f"{error.expected}{quoted}", value, path) from None


# --- files ------------------------------------------------------------------------------------


def load(path: str | os.PathLike[str], variables: Mapping[str, str]) -> Blueprint:
    """Read a file.

    Raises:
        ValueError: The file is not a blueprint, or a variable has no value.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")  # editors on Windows write the mark
        return from_document(substitute(_parse(text, yaml=_is_yaml(path)), variables))
    except ValueError as error:
        msg = f"{path}: {error}"
        raise ValueError(msg) from None
    except RecursionError:
        msg = f"{path}: nested too deeply"
        raise ValueError(msg) from None


def _parse(text: str, *, yaml: bool) -> object:
    if not yaml:
        return json.loads(text, object_pairs_hook=_unique)
    library: Any = _yaml()
    try:
        loader = library.SafeLoader(text)  # rejects control characters
        try:
            node = loader.get_single_node()
            _reject_repeated_keys(library, node, set())
            return None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except library.YAMLError as error:
        raise ValueError(str(error)) from None


def _unique(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    check_unique("two members of an object", [key for key, _ in pairs])
    return dict(pairs)


def _reject_repeated_keys(yaml: Any, node: Any, seen: set[int]) -> None:
    """Reject a YAML mapping in which a key occurs twice, of which PyYAML would keep the last."""
    if id(node) in seen:  # an alias
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _reject_repeated_keys(yaml, item, seen)
    elif isinstance(node, yaml.MappingNode):
        keys: set[tuple[str, str]] = set()
        for key, item in node.value:
            _reject_repeated_keys(yaml, item, seen)
            if isinstance(key, yaml.ScalarNode) and not key.tag.endswith(":merge"):
                if (key.tag, key.value) in keys:
                    problem = f"found the key {key.value!r} twice"
                    raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
                keys.add((key.tag, key.value))


def dump(blueprint: Blueprint, path: str | os.PathLike[str]) -> None:
    """Write a file."""
    text = text_of(blueprint, yaml=_is_yaml(path))
    try:
        Path(path).write_text(text, encoding="utf-8")
    except ValueError as error:  # the path has a null character, or a lone surrogate
        msg = f"{path}: {error}"
        raise ValueError(msg) from None


def text_of(blueprint: Blueprint, *, yaml: bool) -> str:
    """The content of a file."""
    document = escape(to_document(blueprint, reveal=True))
    if yaml:
        text: str = _yaml().safe_dump(document, sort_keys=False, allow_unicode=True)
        return text
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _is_yaml(path: str | os.PathLike[str]) -> bool:
    return Path(path).suffix.lower() in (".yaml", ".yml")


def _yaml() -> types.ModuleType:
    try:
        import yaml  # noqa: PLC0415  # an extra
    except ModuleNotFoundError as error:
        msg = "YAML needs PyYAML: pip install 'apigw2[yaml]'"
        raise ModuleNotFoundError(msg, name="yaml") from error
    return yaml
