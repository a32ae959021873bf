"""How fields are cleared.

The service merges what an update sends into what it has, so leaving a field out keeps it, and
there is no null. What clears a field differs from field to field; each resource has its table.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import attrs

from apigw2._core.shape import is_set
from apigw2.errors import NotFoundError, PreflightError

S = TypeVar("S")


@attrs.frozen(eq=False, repr=False)
class Send:
    """An update with a value that means "none".

    Attributes:
        value: The value.
        siblings: Fields that the service wants beside it; they are sent as they are.
    """

    value: object
    siblings: Sequence[str] = ()


@attrs.frozen(eq=False, repr=False)
class SendEachKey:
    """An update with a value that means "none" for each key of a map; an empty map does nothing.

    Attributes:
        value: The value.
        siblings: Fields that the service wants beside it; they are sent as they are.
    """

    value: object
    siblings: Sequence[str] = ()


@attrs.frozen(eq=False, repr=False)
class Delete:
    """An operation of its own.

    Attributes:
        method: The name of the method that makes it.
        each_key: Whether it is made for each key of a map, and given the key.
    """

    method: str
    each_key: bool = False


@attrs.frozen(eq=False, repr=False)
class Never:
    """The service has no way.

    Attributes:
        instead: What may help.
    """

    instead: str


Clearing = Mapping[str, Send | SendEachKey | Delete | Never]


def unset(
    snapshot: S,
    names: Sequence[str],
    table: Clearing,
    *,
    update: Callable[..., S],
    get: Callable[[], S],
) -> S:
    """Clear fields, in as few requests as possible, and return the new state.

    All that updates can clear goes into one update, which comes last: it tells the new state. Of
    what is not set, or has the value that clears it, nothing is sent.

    Args:
        snapshot: The resource as it is.
        names: The fields.
        table: How each field is cleared.
        update: The resource's update.
        get: Fetches the resource, where no update tells the new state.

    Raises:
        PreflightError: The service cannot clear one of them.
        TypeError: There is no such field, or it cannot be unset.
    """
    ways: dict[str, Send | SendEachKey | Delete] = {}
    for name in names:
        way = table.get(name)
        if way is None:
            msg = f"{type(snapshot).__name__}.unset(): no field to unset: {name!r}; one of " + (
                ", ".join(known for known, how in table.items() if not isinstance(how, Never))
            )
            raise TypeError(msg)
        if isinstance(way, Never):
            msg = f"{type(snapshot).__name__}.{name} cannot be cleared: {way.instead}"
            raise PreflightError(msg)
        ways[name] = way
    sent: dict[str, Any] = {}
    siblings: dict[str, Any] = {}
    called = False
    for name, way in ways.items():
        value = getattr(snapshot, name)
        if not is_set(value):
            continue
        if isinstance(way, Delete):
            called |= _delete(getattr(snapshot, way.method), way, value)
        else:
            empty = way.value if isinstance(way, Send) else dict.fromkeys(value, way.value)
            if value != empty:
                sent[name] = empty
                siblings |= {sibling: getattr(snapshot, sibling) for sibling in way.siblings}
    if sent:
        return update(**{**siblings, **sent})
    return get() if called else snapshot


def _delete(method: Callable[..., None], way: Delete, value: Any) -> bool:
    """Make the operation, for each key of a map; the result says whether there was any."""
    calls: list[tuple[object, ...]] = [(key,) for key in value] if way.each_key else [()]
    for arguments in calls:
        # Somebody else may have cleared it; were the resource gone, the next call would say so.
        with contextlib.suppress(NotFoundError):
            method(*arguments)
    return bool(calls)
