"""How an existing object is updated to its desired state, and what an update cannot do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from apigw2._blueprints.changes import FieldChange
from apigw2._blueprints.normalize import (
    comparable,
    defaults_of,
    is_empty,
    kind_of,
    members,
    resolved,
)
from apigw2._objects.containers import holds_map
from apigw2._objects.names import boto_name
from apigw2._objects.values import Shape, is_set
from apigw2._service import clearing
from apigw2._service.clearing import Clearing, Delete, Never, Send
from apigw2._service.defaults import NESTED, filled_in
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

# An integration of another type is replaced, as in Terraform: fields of the old type would stay.
_FIXED: Final[Mapping[str, tuple[str, ...]]] = {
    "api": ("protocol_type",),
    "authorizer": ("authorizer_type",),
    "integration": ("integration_type", "integration_subtype"),
}

_OTHER_CALLS: Final = frozenset({"responses", "tags", "target", "authorizer"})
"""Fields that are changed by other calls, or by ids that are known only later."""

_EMPTY_MEANS_OFF: Final = frozenset({"cors_configuration", "tls_config"})


@attrs.define
class Difference:
    """The difference between an object and its desired state, and the update that removes it.

    Attributes:
        fields: The changed fields, for texts.
        parameters: Arguments of the update, by Python's names.
        clears: Members of the request that clear a field, in boto3's form.
        before: Methods to call before the update, each with its arguments.
        impossible: Fields that no update can change in this way, with the reason.
    """

    fields: list[FieldChange] = attrs.field(factory=list[FieldChange])
    parameters: dict[str, Any] = attrs.field(factory=dict[str, Any])
    clears: dict[str, Any] = attrs.field(factory=dict[str, Any])
    before: list[tuple[str, tuple[str, ...]]] = attrs.field(
        factory=list[tuple[str, tuple[str, ...]]]
    )
    impossible: dict[str, str] = attrs.field(factory=dict[str, str])

    @property
    def own_fields(self) -> list[FieldChange]:
        """The changed fields of the object itself; responses are listed one by one elsewhere."""
        return [field for field in self.fields if field.name != "responses"]

    @property
    def blocked(self) -> str:
        """What cannot be updated, and why."""
        return "; ".join(f"{name}: {why}" for name, why in self.impossible.items())


def difference(current: Spec, wanted: Spec, protocol: str) -> Difference:
    """Compare an object with its desired state.

    Args:
        current: Its current state.
        wanted: Its desired state.
        protocol: The API's protocol.
    """
    kind, found = kind_of(wanted), Difference()
    before, after = comparable(current, protocol), comparable(wanted, protocol)
    target = resolved(wanted, protocol)
    own = {name: value for name, value in target.items() if name not in _OTHER_CALLS}
    defaults = filled_in(kind, protocol, own)
    for name in sorted({*before, *after}):
        if before.get(name) == after.get(name):
            continue
        found.fields += _shown(
            name,
            (current, {**defaults_of(current, protocol), **before}),
            (wanted, {**defaults_of(wanted, protocol), **after}),
            protocol,
        )
        if name in _FIXED.get(kind, ()):
            found.impossible[name] = "it cannot be changed"
        elif name in _OTHER_CALLS:
            continue
        elif name == "route_settings":
            _change_route_settings(found, current, wanted, protocol)
        elif name == "default_route_settings":
            _change_default_settings(found, current, wanted, protocol)
        elif name in target and (name not in _EMPTY_MEANS_OFF or is_set(target[name])):
            _set_or_clear(found, kind, name, getattr(current, name), target[name])
        elif isinstance(defaults.get(name), (str, int)):  # including False
            found.parameters[name] = defaults[name]
        else:
            _clear(found, kind, name, getattr(current, name))
    return found


def _set_or_clear(found: Difference, kind: str, name: str, old: Any, new: Any) -> None:
    if is_empty(new) and new is not False:
        _clear(found, kind, name, old)
        return
    found.parameters[name] = new
    if holds_map(new) and holds_map(old) and (removed := sorted(old.keys() - new.keys())):
        way = _TABLES.get(kind, {}).get(name)
        if isinstance(way, Delete):
            found.before += [(way.method, (key,)) for key in removed]
        elif isinstance(way, Send):
            found.clears[boto_name(name)] = dict.fromkeys(removed, way.value)
        else:
            found.impossible[name] = f"{', '.join(removed)} cannot be removed"


def _clear(found: Difference, kind: str, name: str, old: Any) -> None:
    way = _TABLES.get(kind, {}).get(name)
    if isinstance(way, Delete):
        keys = [(key,) for key in old] if way.each_key else [()]
        found.before += [(way.method, key) for key in keys]
    elif isinstance(way, Send):
        found.clears[boto_name(name)] = dict.fromkeys(old, way.value) if way.each_key else way.value
    else:
        found.impossible[name] = way.instead if isinstance(way, Never) else "it cannot be cleared"


def _settings(value: RouteSettings | None, protocol: str) -> dict[str, Any]:
    """The members of route settings that are set, with the service's defaults."""
    own = {} if value is None else {k: v for k, v in value.__rich_repr__() if k != "extra"}
    return {**filled_in("route_settings", protocol, own)}


def _unset(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return sorted(old.keys() - new.keys())


def _change_default_settings(found: Difference, current: Any, wanted: Any, protocol: str) -> None:
    old = _settings(current.default_route_settings, protocol)
    new = _settings(wanted.default_route_settings, protocol)
    if unset := _unset(old, new):
        # A limit of 0 would not unset it, but block all requests.
        found.impossible["default_route_settings"] = (
            f"{', '.join(unset)} cannot be unset; set the limits you want, or make a new stage"
        )
    found.parameters["default_route_settings"] = RouteSettings(**new)


def _change_route_settings(found: Difference, current: Any, wanted: Any, protocol: str) -> None:
    changed: dict[str, RouteSettings] = {}
    for key, value in wanted.route_settings.items():
        new = _settings(value, protocol)
        if key not in current.route_settings:
            changed[key] = RouteSettings(**new)
            continue
        old = _settings(current.route_settings[key], protocol)
        if old != new:
            changed[key] = RouteSettings(**new)
        if _unset(old, new):
            # A single member cannot be unset: delete the route's settings, and set the others.
            found.before.append(("delete_route_settings", (key,)))
    removed = sorted(current.route_settings.keys() - wanted.route_settings.keys())
    found.before += [("delete_route_settings", (key,)) for key in removed]
    if changed:
        found.parameters["route_settings"] = changed


def _shown(
    name: str,
    current: tuple[Any, Mapping[str, Any]],
    wanted: tuple[Any, Mapping[str, Any]],
    protocol: str,
) -> Iterator[FieldChange]:
    """Yield the changes of a field as texts show them: maps and value types member by member.

    Args:
        name: The field.
        current: The current spec, and its comparable fields with defaults.
        wanted: The same of the wanted spec.
        protocol: The API's protocol.
    """
    (before, defaults_before), (after, defaults_after) = current, wanted
    old, new = getattr(before, name), getattr(after, name)
    kind = NESTED.get((kind_of(after), name), name)
    if holds_map(old) and holds_map(new):
        for key in sorted({*old, *new}):
            yield from _shown_value(f"{name}.{key}", old.get(key), new.get(key), kind, protocol)
        return
    if isinstance(old, Shape) and isinstance(new, Shape):
        yield from _shown_value(name, old, new, kind, protocol)
        return
    if not is_set(old) or (is_empty(old) and is_set(defaults_after.get(name))):
        old = _plain(defaults_before.get(name))
    if not is_set(new) or is_empty(new):
        new = _plain(defaults_after.get(name))
    yield FieldChange(name, old, new)


def _shown_value(
    name: str, old: object, new: object, kind: str, protocol: str
) -> Iterator[FieldChange]:
    if isinstance(old, Shape) and isinstance(new, Shape):
        before, after = members(kind, protocol, old), members(kind, protocol, new)
        for member in sorted({*before, *after}):
            if before.get(member) != after.get(member):
                values = (getattr(old, member), getattr(new, member))
                shown = (value if is_set(value) else None for value in values)
                yield FieldChange(f"{name}.{member}", *shown)
    elif old != new:
        yield FieldChange(name, old, new)


def _plain(value: object) -> object:
    """A default as texts show it: only scalars."""
    return value if isinstance(value, (str, int, float)) else None
