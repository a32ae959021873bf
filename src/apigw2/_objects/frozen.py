"""Read-only dicts and lists, so that nothing inside a snapshot or value can change.

They are subclasses of `dict` and `list`, so they compare equal to plain ones, and `json.dumps` and
boto3 accept them. `types.MappingProxyType` has neither property, and does not pickle.
"""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from apigw2._objects.containers import holds_dict, holds_list, holds_map

K = TypeVar("K")
V = TypeVar("V")


def _read_only(self: object, *_: object, **__: object) -> NoReturn:
    msg = f"this {type(self).__bases__[0].__name__} is read-only: snapshots and values never change"
    raise TypeError(msg)


class FrozenDict(dict[K, V]):
    """A dict that cannot be changed. Hashable if its values are."""

    __slots__ = ()

    clear = pop = popitem = setdefault = update = _read_only  # pyright: ignore[reportAssignmentType]  # unlike dict's
    __setitem__ = __delitem__ = __ior__ = _read_only  # pyright: ignore[reportAssignmentType]  # unlike the base's

    def __hash__(self) -> int:  # type: ignore[override]  # dict has none
        return hash(frozenset(self.items()))

    def __copy__(self) -> FrozenDict[K, V]:
        return self

    def __reduce__(self) -> tuple[object, ...] | str:
        return (FrozenDict, (dict(self),))


class FrozenList(list[V]):
    """A list that cannot be changed, for lists inside `extra`."""

    __slots__ = ()

    append = clear = extend = insert = pop = remove = reverse = sort = _read_only  # pyright: ignore[reportAssignmentType]  # unlike list's
    __setitem__ = __delitem__ = __iadd__ = __imul__ = _read_only  # pyright: ignore[reportAssignmentType]  # unlike the base's

    def __hash__(self) -> int:  # type: ignore[override]  # list has none
        return hash(tuple(self))

    def __copy__(self) -> FrozenList[V]:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return (FrozenList, (list(self),))


def freeze(value: Any) -> Any:
    """Return a read-only copy of a mapping, with the containers inside; any other value as it is.

    Lists are frozen only inside mappings: the fields of objects hold tuples.
    """
    if holds_map(value) and not isinstance(value, FrozenDict):
        return FrozenDict({key: _freeze_item(item) for key, item in value.items()})
    return value


def _freeze_item(value: Any) -> Any:
    if holds_list(value) and not isinstance(value, FrozenList):
        return FrozenList[Any](map(_freeze_item, value))
    return freeze(value)


def thaw(value: Any) -> Any:
    """Return plain, changeable copies of read-only containers; any other value as it is."""
    if holds_dict(value):
        return {key: thaw(item) for key, item in value.items()}
    if holds_list(value):
        return [thaw(item) for item in value]
    return value
