"""The normal form of a spec: two specs describe the same object if their normal forms are equal.

`resolved` adds the values that depend on the protocol and must be sent. `comparable` adds the
service's defaults, and converts every value to its normal form. The desired and the current state
of an object are compared field by field in that form.
"""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import attrs

from apigw2._blueprints.specs import (
    AuthorizerSpec,
    IntegrationSpec,
    RouteSpec,
    Spec,
    frozen,
    key_of,
)
from apigw2._objects.containers import holds_items, holds_map
from apigw2._objects.values import Fields, Shape, cached_per_class, field_names, is_set
from apigw2._service.arns import invocation_uri
from apigw2._service.defaults import NESTED, filled_in, normal_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from apigw2._blueprints.blueprint import Blueprint

S = TypeVar("S", bound=Spec)

Values = dict[str, Any]
"""Values of fields, by name."""

_KINDS: Final[Mapping[str, str]] = {
    "AuthorizerSpec": "authorizer",
    "Blueprint": "api",
    "IntegrationResponseSpec": "integration_response",
    "IntegrationSpec": "integration",
    "ModelSpec": "model",
    "RouteResponseSpec": "route_response",
    "RouteSpec": "route",
    "StageSpec": "stage",
}
_PARTS: Final = frozenset(
    {"authorizers", "extra", "integrations", "models", "responses", "routes", "stages"}
)
"""Fields that contain other objects."""

_CONDITIONS: Final = ("integration_type", "integration_subtype")
"""Fields that defaults of other fields depend on."""

_SOURCES: Final = (
    ("$request.", "route.request."),
    ("$context.", "context."),
    ("$stageVariables.", "stageVariables."),
)
_IMPLIED: Final[Mapping[str, str]] = {"JWT": "JWT", "REQUEST": "CUSTOM"}


def kind_of(spec: Spec) -> str:
    """The kind of object that a spec describes: `route`, `integration`, ..., `api`."""
    return _kind(type(spec))


@cached_per_class
def _kind(cls: type[Any]) -> str:
    return next(_KINDS[base.__name__] for base in cls.__mro__ if base.__name__ in _KINDS)


def own_fields(spec: Spec) -> Values:
    """The fields of a spec that are set, without those that contain other objects."""
    names = (name for name in field_names(type(spec)) if name not in _PARTS)
    return {name: value for name in names if is_set(value := getattr(spec, name))}


def is_empty(value: object) -> bool:
    """Whether the service treats a value as absent."""
    if value is None or value is False:
        return True
    return isinstance(value, (str, tuple, list, dict, frozenset)) and not value


# --- resolution -------------------------------------------------------------------------------


def resolved(spec: Spec, protocol: str) -> Values:
    """The fields of a spec, with the values that depend on the protocol.

    Args:
        spec: The spec. A route's target and authorizer stay specs.
        protocol: The API's protocol.
    """
    fields = own_fields(spec)
    if "tags" in fields:
        tags: Mapping[str, str] = fields["tags"]
        fields["tags"] = {k: v for k, v in tags.items() if not k.startswith("aws:")}
    if isinstance(spec, IntegrationSpec):
        _resolve_integration(spec, protocol, fields)
    elif isinstance(spec, AuthorizerSpec):
        _resolve_authorizer(spec, protocol, fields)
    elif isinstance(spec, RouteSpec) and spec.authorizer is not None:
        implied = _IMPLIED.get(spec.authorizer.authorizer_type)
        fields.setdefault("authorization_type", implied)
    return fields


def _resolve_integration(spec: IntegrationSpec, protocol: str, fields: Values) -> None:
    calls_function = spec.integration_type == "AWS_PROXY" and not spec.integration_subtype
    if protocol == "HTTP":
        fields.setdefault("payload_format_version", "2.0" if calls_function else "1.0")
    elif spec.integration_uri is not None:
        # A WebSocket API accepts only the invocation URI.
        fields["integration_uri"] = invocation_uri(spec.integration_uri)


def _resolve_authorizer(spec: AuthorizerSpec, protocol: str, fields: Values) -> None:
    http, websocket = 0, 1
    wanted, other = (http, websocket) if protocol == "HTTP" else (websocket, http)
    sources = spec.identity_source
    if not sources and spec.authorizer_type == "JWT":
        sources = ("$request.header.Authorization",)
    fields["identity_source"] = tuple(
        next(
            (
                pair[wanted] + source.removeprefix(pair[other])
                for pair in _SOURCES
                if source.startswith(pair[other])
            ),
            source,
        )
        for source in sources
    )
    if spec.authorizer_uri is not None:
        fields["authorizer_uri"] = invocation_uri(spec.authorizer_uri)
    if spec.authorizer_type == "REQUEST" and protocol == "HTTP":
        fields.setdefault("authorizer_payload_format_version", "2.0")


def defaults_of(spec: Spec, protocol: str) -> Values:
    """The service's defaults for an object, also of fields that the spec sets."""
    fields = own_fields(spec)
    conditions: Values = {name: fields[name] for name in _CONDITIONS if name in fields}
    filled = filled_in(kind_of(spec), protocol, conditions)
    return {name: value for name, value in filled.items() if name not in conditions}


def sent(spec: Spec, protocol: str) -> Values:
    """The fields of a create request: none that are empty or the service's defaults."""
    fields = resolved(spec, protocol)
    fields.pop("target", None)
    fields.pop("authorizer", None)
    defaults = defaults_of(spec, protocol)
    required = {"identity_source"} if isinstance(spec, AuthorizerSpec) else set[str]()
    return {
        name: value
        for name, value in fields.items()
        if name in required or not (is_empty(value) or defaults.get(name) == value)
    }


# --- comparison -------------------------------------------------------------------------------


def comparable(spec: Spec, protocol: str) -> Values:
    """The fields of a spec in normal form, with the service's defaults, without empty ones.

    Args:
        spec: The spec.
        protocol: The API's protocol.

    Returns:
        Hashable values. A target is in normal form, an authorizer is its name, and responses are
        normal forms by key.
    """
    # The cache needs a hash, and a blueprint's hash is computed from this.
    compute = _comparable.__wrapped__ if kind_of(spec) == "api" else _comparable
    return {**compute(spec, protocol)}


@functools.lru_cache(maxsize=4096)
def _comparable(spec: Spec, protocol: str) -> Values:
    kind = kind_of(spec)
    fields = resolved(spec, protocol)
    target, authorizer = fields.pop("target", None), fields.pop("authorizer", None)
    filled = {**filled_in(kind, protocol, fields)}
    if kind == "stage":
        filled.setdefault("default_route_settings", {})
    values = {name: _normal_value(kind, protocol, name, v) for name, v in filled.items()}
    if target is not None:
        values["target"] = normal(target, protocol)
    if authorizer is not None:
        values["authorizer"] = authorizer.name
    if isinstance(spec, (IntegrationSpec, RouteSpec)):
        responses: Iterable[Spec] = spec.responses
        values["responses"] = frozenset(
            (key_of(each), normal(each, protocol)) for each in responses
        )
    return {name: value for name, value in values.items() if not is_empty(value)}


def _normal_value(kind: str, protocol: str, name: str, value: Any) -> object:
    nested = NESTED.get((kind, name))
    if nested is not None and holds_map(value):
        if name == "route_settings":
            return frozenset((k, _normal_nested(nested, protocol, v)) for k, v in value.items())
        return _normal_nested(nested, protocol, value)
    if nested is not None:
        return _normal_nested(nested, protocol, value)
    if isinstance(value, Fields):
        return _normal_nested(name, protocol, value)
    if name == "schema":
        return _normal_json(value)
    if kind == "integration" and holds_map(value):
        value = {_header_key(key): item for key, item in value.items() if not is_empty(item)}
    return frozen(normal_form(kind, name, value))


def _normal_nested(kind: str, protocol: str, value: Any) -> object:
    return (kind, frozenset(members(kind, protocol, value).items()))


def members(kind: str, protocol: str, value: Any) -> Values:
    """The members of a value type in normal form, with the service's defaults.

    Args:
        kind: The kind of the value: the field's name, or that in `NESTED`.
        protocol: The API's protocol.
        value: The value.
    """
    fields = value if holds_map(value) else _set_fields(value)
    filled = filled_in(kind, protocol, fields)
    return {name: frozen(normal_form(kind, name, item)) for name, item in filled.items()}


def _set_fields(value: Fields) -> Values:
    names = (name for name in field_names(type(value)) if name != "extra")
    return {name: item for name in names if is_set(item := getattr(value, name))}


def _header_key(key: str) -> str:
    """The key of a parameter mapping, with its header name in lower case."""
    action, separator, name = key.partition("header.")
    return action + separator + name.lower() if separator else key


def _normal_json(text: str) -> str:
    try:
        return json.dumps(json.loads(text), sort_keys=True)
    except ValueError:
        return text


def normal(spec: Spec, protocol: str) -> object:
    """The normal form of a spec: hashable, and equal for specs of the same object."""
    return frozenset(comparable(spec, protocol).items())


def same(one: Spec, other: Spec, protocol: str) -> bool:
    """Whether two specs describe the same object in an API of a protocol."""
    return comparable(one, protocol) == comparable(other, protocol)


def normal_blueprint(blueprint: Blueprint) -> object:
    """The normal form of a blueprint: hashable, and equal for blueprints of the same API."""
    protocol = blueprint.protocol_type

    def every(parts: Iterable[Spec]) -> frozenset[object]:
        return frozenset(normal(part, protocol) for part in parts)

    return (
        normal(blueprint, protocol),
        every(blueprint.routes),
        every(blueprint.all_authorizers()),
        every(blueprint.all_integrations()),
        every(blueprint.models),
        every(blueprint.stages),
    )


# --- fields that are not managed --------------------------------------------------------------


def merged(current: S, wanted: S) -> S:
    """The current spec with the fields that the wanted one sets; maps are merged by key."""
    changes = {
        name: _merged_value(name, getattr(current, name), value)
        for name in field_names(type(wanted))
        if name != "extra" and is_set(value := getattr(wanted, name))
    }
    if isinstance(wanted, RouteSpec):
        if wanted.authorizer is not None:
            changes.setdefault("authorization_type", None)
        elif wanted.authorization_type in ("NONE", "AWS_IAM"):
            changes["authorizer"] = None
            changes.setdefault("authorization_scopes", ())
    made: S = attrs.evolve(cast("Any", current), **changes)
    return made


def _merged_value(name: str, current: Any, wanted: Any) -> object:
    if holds_map(wanted):
        return {**current, **wanted}
    if name == "responses" and holds_items(wanted):
        known = {key_of(each): each for each in cast("tuple[Spec, ...]", current)}
        given = cast("tuple[Spec, ...]", wanted)
        known |= {
            key_of(each): merged(known[key_of(each)], each) if key_of(each) in known else each
            for each in given
        }
        return tuple(known.values())
    return wanted


# --- specs of existing objects ----------------------------------------------------------------


def without_defaults(spec: S, protocol: str) -> S:
    """Return an equal spec that omits the service's defaults, also inside its value types."""
    changes: Values = {}
    own = own_fields(spec)
    for field in attrs.fields(type(spec)):
        name, default = field.name, field.default
        if default is attrs.NOTHING or name not in own or name in ("target", "authorizer"):
            continue
        if same(attrs.evolve(spec, **{**changes, name: default}), spec, protocol):
            changes[name] = default
            continue
        kind = NESTED.get((kind_of(spec), name), name)
        if isinstance(own[name], Shape):
            changes[name] = _without_default_members(kind, protocol, own[name])
        elif name == "route_settings":
            changes[name] = {
                key: _without_default_members(kind, protocol, value)
                for key, value in own[name].items()
            }
    return attrs.evolve(spec, **changes)


def _without_default_members(kind: str, protocol: str, value: Any) -> Any:  # any value type
    wanted = members(kind, protocol, value)
    cls: type[Any] = value.__class__
    for field in attrs.fields(cls):
        if field.default is attrs.NOTHING or field.name == "extra":
            continue
        bare = attrs.evolve(value, **{field.name: field.default})
        if members(kind, protocol, bare) == wanted:
            value = bare
    return value
