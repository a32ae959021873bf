"""How one thing is changed into another: what an update sends, and what it cannot do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from apigw2._blueprints.changes import FieldChange
from apigw2._blueprints.normalize import comparable, is_empty, kind_of, resolved
from apigw2._objects.containers import holds_map
from apigw2._objects.names import boto_name
from apigw2._objects.values import is_set
from apigw2._service import clearing
from apigw2._service.clearing import Clearing, Delete, Never, Send
from apigw2._service.defaults import filled_in
from apigw2.resources.stage import RouteSettings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apigw2._blueprints.specs import Spec

_TABLES: Final[Mapping[str, Clearing]] = {
    "api": clearing.API,
    "authorizer": clearing.AUTHORIZER,
    "integration": clearing.INTEGRATION,
    "integration_response": clearing.INTEGRATION_RESPONSE,
    "model": clearing.MODEL,
    "route": clearing.ROUTE,
    "route_response": clearing.ROUTE_RESPONSE,
    "stage": clearing.STAGE,
}

# Terraform replaces an integration to change these; other fields of the old type would stay.
_FIXED: Final[Mapping[str, tuple[str, ...]]] = {
    "api": ("protocol_type",),
    "authorizer": ("authorizer_type",),
    "integration": ("integration_type", "integration_subtype"),
}
_UNPROVEN: Final = frozenset({("integration", "content_handling_strategy")})
"""Fields that nobody has seen cleared: `""` is no value of the enumeration."""

_APART: Final = frozenset({"responses", "tags", "target", "authorizer"})
"""Fields that take other calls than an update of their value."""


@attrs.define
class Update:
    """What changes a thing.

    Attributes:
        fields: What changes, for texts.
        sends: Parameters of the update, by Python's names.
        clears: Parameters that clear, in boto3's form.
        before: Methods to call before the update, each with its arguments.
        impossible: Fields that no update can change so, with the reason.
    """

    fields: list[FieldChange] = attrs.field(factory=list[FieldChange])
    sends: dict[str, Any] = attrs.field(factory=dict[str, Any])
    clears: dict[str, Any] = attrs.field(factory=dict[str, Any])
    before: list[tuple[str, tuple[str, ...]]] = attrs.field(
        factory=list[tuple[str, tuple[str, ...]]]
    )
    impossible: dict[str, str] = attrs.field(factory=dict[str, str])


def update_of(current: Spec, wanted: Spec, protocol: str) -> Update:
    """Work out how a thing becomes another one of its kind.

    Args:
        current: What it is.
        wanted: What it should be.
        protocol: The API's protocol.
    """
    kind, update = kind_of(wanted), Update()
    before, after = comparable(current, protocol), comparable(wanted, protocol)
    target = resolved(wanted, protocol)
    defaults = filled_in(kind, protocol, {k: v for k, v in target.items() if k not in _APART})
    for name in sorted({*before, *after}):
        if before.get(name) == after.get(name):
            continue
        update.fields += _shown(name, current, wanted, before, after)
        if name in _FIXED.get(kind, ()):
            update.impossible[name] = "it cannot be changed"
        elif name in _APART:
            continue
        elif name == "route_settings" and kind == "stage":
            _change_route_settings(update, current, wanted, protocol)
        elif name == "default_route_settings":
            _change_default_settings(update, current, wanted, protocol)
        elif name in target and (name not in _EMPTY_MEANS_OFF or is_set(target[name])):
            _set_or_clear(update, kind, name, getattr(current, name), target[name])
        elif isinstance(defaults.get(name), (str, int)):  # False is a value here
            update.sends[name] = defaults[name]
        else:
            _clear(update, kind, name, getattr(current, name))
    return update


_EMPTY_MEANS_OFF: Final = frozenset({"cors_configuration", "tls_config"})


def _set_or_clear(update: Update, kind: str, name: str, old: Any, new: Any) -> None:
    if is_empty(new) and new is not False:
        _clear(update, kind, name, old)
        return
    update.sends[name] = new
    if holds_map(new) and holds_map(old) and (gone := sorted(old.keys() - new.keys())):
        way = _TABLES.get(kind, {}).get(name)
        if isinstance(way, Delete):
            update.before += [(way.method, (key,)) for key in gone]
        elif isinstance(way, Send):
            update.clears[boto_name(name)] = dict.fromkeys(gone, way.value)
        else:
            update.impossible[name] = f"{', '.join(gone)} cannot be removed"


def _clear(update: Update, kind: str, name: str, old: Any) -> None:
    way = None if (kind, name) in _UNPROVEN else _TABLES.get(kind, {}).get(name)
    if isinstance(way, Delete):
        keys = [(key,) for key in old] if way.each_key else [()]
        update.before += [(way.method, key) for key in keys]
    elif isinstance(way, Send):
        update.clears[boto_name(name)] = (
            dict.fromkeys(old, way.value) if way.each_key else way.value
        )
    else:
        update.impossible[name] = way.instead if isinstance(way, Never) else "it cannot be cleared"


def _settings(value: RouteSettings | None, protocol: str) -> dict[str, Any]:
    fields = own_settings(value)
    return {**filled_in("route_settings", protocol, fields)}


def own_settings(value: RouteSettings | None) -> dict[str, Any]:
    """The members of route settings that are set."""
    return {} if value is None else {k: v for k, v in value.__rich_repr__() if k != "extra"}


def _lost(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return sorted(old.keys() - new.keys())


def _change_default_settings(update: Update, current: Any, wanted: Any, protocol: str) -> None:
    old = _settings(current.default_route_settings, protocol)
    new = _settings(wanted.default_route_settings, protocol)
    if lost := _lost(old, new):
        # Not 0, which blocks all requests.
        names = ", ".join(lost)
        update.impossible["default_route_settings"] = (
            f"{names} cannot be unset, only a new stage is without; set the limits you want"
        )
    update.sends["default_route_settings"] = RouteSettings(**new)


def _change_route_settings(update: Update, current: Any, wanted: Any, protocol: str) -> None:
    changed: dict[str, RouteSettings] = {}
    for key, value in wanted.route_settings.items():
        new = _settings(value, protocol)
        if key not in current.route_settings:
            changed[key] = RouteSettings(**new)
            continue
        old = _settings(current.route_settings[key], protocol)
        if old != new:
            changed[key] = RouteSettings(**new)
        if _lost(old, new):
            # There is no way to unset one member: all are removed, and the others set again.
            update.before.append(("delete_route_settings", (key,)))
    gone = sorted(current.route_settings.keys() - wanted.route_settings.keys())
    update.before += [("delete_route_settings", (key,)) for key in gone]
    if changed:
        update.sends["route_settings"] = changed


def _shown(
    name: str,
    current: Any,
    wanted: Any,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> Iterator[FieldChange]:
    """The changes of a field as texts show them: of a map, each key by itself."""
    old, new = getattr(current, name), getattr(wanted, name)
    if name == "tags" or (holds_map(old) and holds_map(new)):
        for key in sorted({*old, *new}):
            if old.get(key) != new.get(key):
                yield FieldChange(f"{name}.{key}", old.get(key), new.get(key))
        return
    if not is_set(old) or (is_empty(old) and is_set(after.get(name))):
        old = _plain(before.get(name))
    if not is_set(new) or is_empty(new):
        new = _plain(after.get(name))
    yield FieldChange(name, old, new)


def _plain(value: object) -> object:
    """A default as texts show it: scalars only."""
    return value if isinstance(value, (str, int, float)) else None
