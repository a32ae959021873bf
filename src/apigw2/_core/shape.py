"""What every typed object is made of: value types, references and snapshots."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NoReturn, Protocol, TypeVar, cast

import attrs

from apigw2._core.connection import DETACHED, Connection

if TYPE_CHECKING:
    from apigw2._core.display import Printer

T = TypeVar("T")


class _AbsentTuple(tuple[Any, ...]):
    """The empty tuple that stands for "the response had no such list"."""

    __slots__ = ()

    def __reduce__(self) -> str:
        return "ABSENT_TUPLE"


class _AbsentMap(dict[Any, Any]):
    """The empty, unchangeable dict that stands for "the response had no such map"."""

    __slots__ = ()

    def __reduce__(self) -> str:
        return "ABSENT_MAP"

    def __setitem__(self, key: Any, value: Any) -> NoReturn:
        msg = "this map is read-only"
        raise TypeError(msg)


# An absent collection reads as empty. It is told from one that is there and empty by identity,
# so that `to_dict()` is what the service sent, and so that `[]` is sent when it is given.
ABSENT_TUPLE: Final[tuple[Any, ...]] = _AbsentTuple()
ABSENT_MAP: Final[Mapping[Any, Any]] = _AbsentMap()


def is_set(value: object) -> bool:
    """Whether a field has a value: `False`, `0`, `""` and an empty list of one's own are values."""
    return value is not None and value is not ABSENT_TUPLE and value is not ABSENT_MAP


def as_tuple(values: Sequence[T]) -> tuple[T, ...]:
    """Let `Cors(allow_origins=["*"])` be written with a list.

    What is no list stays as it is: the call that it is given to takes other sequences as well,
    refuses a bare string, and can say where it was.
    """
    return tuple(values) if isinstance(values, list) else cast("tuple[T, ...]", values)


def as_strings(values: Sequence[str]) -> tuple[str, ...]:
    """`as_tuple` for strings: mypy takes a converter's parameter as it is, with its `T`."""
    return as_tuple(values)


def _per_class(compute: Callable[[type[Any]], T]) -> Callable[[type[Any]], T]:
    """`functools.cache`, whose own typing does not take a class as hashable."""
    return cast("Callable[[type[Any]], T]", functools.cache(compute))


@_per_class
def field_names(cls: type[Any]) -> tuple[str, ...]:
    """The names of a class's public fields, in the order of its source, `extra` last."""
    names = [field.name for field in attrs.fields(cls) if not field.name.startswith("_")]
    return tuple(sorted(names, key=lambda name: name == "extra"))


@_per_class
def identity_of(cls: type[Any]) -> tuple[str, ...]:
    """The names of the fields that name a resource, outermost first: `("api_id", "route_id")`.

    They are the fields of its reference class. The gateway itself needs none.
    """
    for base in cls.__mro__:
        if Reference in base.__bases__:
            return field_names(base)
    return ()


def shown_fields(obj: object) -> Iterator[tuple[str, Any]]:
    """The names and values of the fields that are set: all that an object shows of itself."""
    for name in field_names(type(obj)):
        value = getattr(obj, name)
        if is_set(value):
            yield name, value


class _Fields:
    """Equality, hash and repr of both families below: attrs' own, but by what is set.

    Written once here rather than generated for each class: it halves the time that importing a
    class takes, repr leaves out what is not set, and a map among the fields does not make an
    object unhashable.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in field_names(type(self)))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in shown_fields(self))
        return f"{type(self).__name__}({shown})"

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        return shown_fields(self)

    def _repr_pretty_(self, p: Printer, cycle: bool) -> None:  # noqa: FBT001  # IPython's protocol
        from apigw2._core.display import pretty  # noqa: PLC0415  # programs never need it

        pretty(self, p, cycle=cycle)

    __hash__: Any  # each family has its own


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Shape(_Fields):
    """A value type: data inside a resource, without an identity or a verb of its own."""

    extra: Mapping[str, object] = ABSENT_MAP

    def __hash__(self) -> int:
        names = field_names(type(self))
        return hash(tuple(getattr(self, name) for name in names if name != "extra"))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Reference(_Fields):
    """The identity of a resource and the connection that its verbs use."""

    # Not part of its value, also for tools that read attrs' fields, such as pytest and rich.
    _connection: Connection = attrs.field(
        default=DETACHED, alias="connection", eq=False, repr=False
    )

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in identity_of(type(self))))


class Owner(Protocol):
    """What has verbs: the gateway, references and snapshots."""

    @property
    def _connection(self) -> Connection: ...


def connection_of(owner: Owner) -> Connection:
    """The connection of an object, which is private to users but not to the core."""
    return owner._connection  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def own_id(reference: Reference) -> str:
    """The id or name of the resource itself: `route_id` of a route."""
    name: str = getattr(reference, identity_of(type(reference))[-1])
    return name


def as_id(value: Reference | str, kind: type[Reference]) -> str:
    """Let an object be given where its id is kept. What is neither stays, as in `as_tuple`.

    Attrs infers the type of a parameter from its converter, so each field has a one-line function
    of its own that says which objects it takes.
    """
    return own_id(value) if isinstance(value, kind) else cast("str", value)
