"""Clearing fields, as the tables of `_service/clearing.py` say."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, TypeVar

from apigw2._arguments import check_type, shown
from apigw2._objects.names import boto_name
from apigw2._objects.references import identity_of
from apigw2._objects.values import is_set
from apigw2._service.clearing import Clearing, Delete, Never
from apigw2.errors import NotFoundError, PreflightError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from apigw2._objects.snapshots import Snapshot
    from apigw2._service.clearing import Send

    S = TypeVar("S", bound=Snapshot)


def unset(snapshot: S, names: Sequence[str], table: Clearing) -> S:
    """Clear fields in as few requests as possible, and return the new state.

    One update clears all fields that updates can clear. It comes last, because it returns the new
    state. Nothing is sent for a field that is not set, or already has the value that clears it.

    Args:
        snapshot: The resource.
        names: Names of the fields to clear.
        table: How each field is cleared.

    Raises:
        PreflightError: The service cannot clear one of the fields.
        TypeError: A field does not exist, or cannot be cleared.
    """
    resource: Any = snapshot
    for name in names:
        check_type(f"{type(snapshot).__name__}.unset()", name, str, "the name of a field")
    ways = {name: _way(snapshot, name, table) for name in names}
    current = snapshot.to_dict()
    update: dict[str, Any] = {}
    deleted = False
    for name, way in ways.items():
        value = getattr(snapshot, name)
        if not is_set(value):
            continue
        if isinstance(way, Delete):
            deleted |= _delete(getattr(resource, way.method), way, value)
        else:
            cleared = dict.fromkeys(value, way.value) if way.each_key else way.value
            member = boto_name(name)
            if current[member] != cleared:
                update[member] = cleared
    if update:
        ids = {boto_name(name): getattr(resource, name) for name in identity_of(type(snapshot))}
        updated: S = resource.update.operation.run(resource, {**ids, **update})
        return updated
    return resource.get() if deleted else snapshot


def _way(snapshot: Snapshot, name: str, table: Clearing) -> Send | Delete:
    way = table.get(name)
    cls = type(snapshot).__name__
    if way is None:
        fields = ", ".join(known for known, how in table.items() if not isinstance(how, Never))
        msg = f"{cls}.unset(): no field to unset: {shown(name)}; use one of {fields}"
        raise TypeError(msg)
    if isinstance(way, Never):
        msg = f"{cls}.{name} cannot be cleared: {way.instead}"
        raise PreflightError(msg)
    return way


def _delete(method: Callable[..., None], way: Delete, value: Any) -> bool:
    """Call the Delete operation, for each key of a map; return whether there was a call."""
    calls: list[tuple[object, ...]] = [(key,) for key in value] if way.each_key else [()]
    for arguments in calls:
        # Already cleared. If the resource no longer exists, the next call reports it.
        with contextlib.suppress(NotFoundError):
            method(*arguments)
    return bool(calls)
