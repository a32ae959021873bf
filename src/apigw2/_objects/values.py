"""Value types: data inside a resource, and what references and snapshots share with them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import attrs

from apigw2._objects.frozen import FrozenDict, freeze

if TYPE_CHECKING:
    from typing_extensions import Self

    from apigw2._objects.display import Printer

T = TypeVar("T")


class _AbsentTuple(tuple[Any, ...]):
    """The empty tuple for a list that the response does not contain."""

    __slots__ = ()

    def __reduce__(self) -> str:
        return "ABSENT_TUPLE"


class _AbsentMap(FrozenDict[Any, Any]):
    """The empty dict for a map that the response does not contain."""

    __slots__ = ()

    def __deepcopy__(self, _: object) -> _AbsentMap:
        return self

    def __reduce__(self) -> str:
        return "ABSENT_MAP"


# An absent collection reads as empty. It differs by identity from one that is present and empty,
# so that `to_dict()` returns what the service sent, and `[]` is sent where the caller gives it.
ABSENT_TUPLE: Final[tuple[Any, ...]] = _AbsentTuple()
ABSENT_MAP: Final[Mapping[Any, Any]] = _AbsentMap()


def is_set(value: object) -> bool:
    """Whether a field has a value. `False`, `0`, `""` and an empty list are values."""
    return value is not None and value is not ABSENT_TUPLE and value is not ABSENT_MAP


def as_tuple(values: Sequence[T]) -> tuple[T, ...]:
    """Convert a list, so that `Cors(allow_origins=["*"])` works.

    Anything else is returned unchanged: the call that receives it accepts other sequences too,
    rejects a bare string, and can name the parameter.
    """
    return tuple(values) if isinstance(values, list) else cast("tuple[T, ...]", values)


def as_strings(values: Sequence[str]) -> tuple[str, ...]:
    """`as_tuple` for strings; mypy does not solve a `TypeVar` in a converter's parameter."""
    return as_tuple(values)


def cached_per_class(compute: Callable[[type[Any]], T]) -> Callable[[type[Any]], T]:
    """`functools.cache`, whose stubs do not accept a class as hashable."""
    return cast("Callable[[type[Any]], T]", functools.cache(compute))


@cached_per_class
def field_names(cls: type[Any]) -> tuple[str, ...]:
    """The names of a class's public fields in source order, `extra` last."""
    names = [field.name for field in attrs.fields(cls) if not field.name.startswith("_")]
    return tuple(sorted(names, key=lambda name: name == "extra"))


@cached_per_class
def _defaults(cls: type[Any]) -> dict[str, Any]:
    fields = attrs.fields(cls)
    return {field.name: field.default for field in fields if field.default is not attrs.NOTHING}


class Fields:
    """Base class of value types and references.

    Equality, hash and repr are defined here once. attrs' generated methods would double the time to
    import a class, and show fields that are not set.

    Objects never change, mappings inside them included, so a copy is the object itself.
    """

    __slots__ = ()

    def __attrs_post_init__(self) -> None:
        """Replace the mappings that the caller gave by read-only copies."""
        for name in field_names(type(self)):
            value = getattr(self, name)
            if isinstance(value, Mapping):
                try:
                    object.__setattr__(self, name, freeze(value))
                except RecursionError:
                    msg = f"{type(self).__name__}(): {name}: nested too deeply, or contains itself"
                    raise ValueError(msg) from None

    if not TYPE_CHECKING:  # type checkers would accept every misspelled name

        def __getattr__(self, name: str) -> Any:
            """Return the default of a field that a pickle of an older version lacks."""
            try:
                return _defaults(type(self))[name]
            except KeyError:
                msg = f"{type(self).__name__!r} object has no attribute {name!r}"
                raise AttributeError(msg) from None

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: object) -> Self:
        return self

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in field_names(type(self)))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"{type(self).__name__}({shown})"

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        """The names and values of the fields that are set, for rich and every other display."""
        for name in field_names(type(self)):
            value = getattr(self, name)
            if is_set(value):
                yield name, value

    def _repr_pretty_(self, p: Printer, cycle: bool) -> None:  # noqa: FBT001  # IPython's protocol
        from apigw2._objects.display import pretty  # noqa: PLC0415  # programs never need it

        pretty(self, p, cycle=cycle)

    __hash__: Any  # each subclass defines its own


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Shape(Fields):
    """A value type: data inside a resource, without an identity or operations.

    Attributes:
        extra: Fields that this version of the library does not know.

    Example:
        >>> isinstance(apigw2.Cors(allow_origins=["*"]), apigw2.Shape)
        True
    """

    extra: Mapping[str, object] = ABSENT_MAP

    def __hash__(self) -> int:
        names = field_names(type(self))
        return hash(tuple(getattr(self, name) for name in names if name != "extra"))
