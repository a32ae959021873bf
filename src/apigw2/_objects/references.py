"""References: the identity of a resource, with the connection that its methods use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import attrs

from apigw2._arguments import describe_value
from apigw2._objects.type_hints import is_encodable
from apigw2._objects.values import Fields, cached_per_class, field_names
from apigw2._wire.connection import (
    DETACHED,  # pyright: ignore[reportUnusedImport]  # used where type checkers do not look
    Connection,
)
from apigw2.errors import NotFoundError, PreflightError

R = TypeVar("R", bound="Reference")
S_co = TypeVar("S_co", covariant=True)


class Fetchable(Protocol[S_co]):
    """A reference whose state can be fetched: every reference, each with its own snapshot."""

    def get(self) -> S_co: ...


class _Connected(Fields):
    """An object with a connection.

    The connection is not one of attrs' fields, because it is not part of the object's value:
    `attrs.asdict`, pickles, rich and pytest leave it out.
    """

    __slots__ = ("_connection",)

    _connection: Connection

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Return `DETACHED` for an object that was unpickled or made by hand."""
            return DETACHED if name == "_connection" else super().__getattr__(name)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Reference(_Connected):
    """The identity of a resource, and the connection that its methods use.

    One that was unpickled or made by hand (also by `attrs.evolve`) has no connection:
    `gateway.attach(obj)` returns one that can make requests.

    Example:
        >>> route = gw.api("a1b2c3").route("d4e5f6")
        >>> isinstance(route, apigw2.Reference), route.exists()
        (True, False)
    """

    def get_or_none(self: Fetchable[S_co]) -> S_co | None:
        """Fetch the state, or return `None` if the resource does not exist.

        Returns:
            What `get()` returns, or `None`.
        """
        try:
            return self.get()
        except NotFoundError:
            return None

    def exists(self: Fetchable[object]) -> bool:
        """Whether the resource exists; makes one request, as `get()` does."""
        try:
            self.get()
        except NotFoundError:
            return False
        return True

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in identity_of(type(self))))


class Owner(Protocol):
    """An object whose methods call operations: the gateway, a reference or a snapshot."""

    @property
    def _connection(self) -> Connection: ...


def connection_of(owner: Owner) -> Connection:
    """The connection of an object, which is private to users but not to the library.

    Raises:
        TypeError: A method was called on something else, as in `ApiRef.get("a1b2c3")`.
    """
    try:
        return owner._connection  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # our own
    except AttributeError:
        msg = f"self: expected a gateway, reference or snapshot, not {describe_value(owner)}"
        raise TypeError(msg) from None


@cached_per_class
def identity_of(cls: type[Any]) -> tuple[str, ...]:
    """The names of the fields that identify a resource, outermost first: `("api_id", "route_id")`.

    They are the fields of its reference class. The gateway has none.
    """
    for base in cls.__mro__:
        if Reference in base.__bases__:
            return field_names(base)
    return ()


def connect(obj: R, connection: Connection) -> R:
    """Return the same object with another connection."""
    connected: R = object.__new__(type(obj))
    for name in field_names(type(obj)):
        object.__setattr__(connected, name, getattr(obj, name))
    object.__setattr__(connected, "_connection", connection)
    return connected


def own_id(reference: Reference) -> str:
    """The id or name of the resource itself: `route_id` of a route."""
    name: str = getattr(reference, identity_of(type(reference))[-1])
    return name


def as_id(value: Reference | str, kind: type[Reference]) -> str:
    """Return the id of a reference of this kind; any other value unchanged, as `as_tuple` does.

    attrs infers the type of a constructor's parameter from its converter, so each field that
    accepts objects has a one-line converter that names their class.
    """
    return own_id(value) if isinstance(value, kind) else cast("str", value)


def check_id(name: str, value: object) -> str:
    """Return an id or name, after rejecting values that would address another resource.

    An empty id turns `GET /v2/apis/{id}` into the list of all APIs. Clients and proxies resolve
    `..`, so `DELETE /v2/apis/a1/stages/..` would delete the API.

    Args:
        name: The parameter's name, for the message.
        value: The id.

    Raises:
        TypeError: The value is not a string.
        PreflightError: The value is empty, `.` or `..`, or has a lone surrogate.
    """
    if not isinstance(value, str):
        msg = f"{name}: expected a string, not {describe_value(value)}"
        raise TypeError(msg)
    if not is_encodable(value):
        msg = f"{name} must not have lone surrogates: {value!r}"
        raise PreflightError(msg)
    if value in ("", ".", ".."):
        msg = f"{name} must not be {value!r}: the request would go to another resource"
        raise PreflightError(msg)
    return value


def refer(owner: Owner, kind: type[R], **own: str) -> R:
    """Make a reference that shares an object's connection, and its ids where the kind has them.

    Args:
        owner: The object.
        kind: The class of the reference.
        own: The ids that the object does not have.

    Raises:
        TypeError: An id is not a string.
        PreflightError: An id is empty, or would address another resource.
    """
    for name, value in own.items():
        check_id(name, value)
    for name in identity_of(kind):
        if name not in own:
            own[name] = getattr(owner, name)
    made = kind(**own)
    object.__setattr__(made, "_connection", connection_of(owner))
    return made


def describe(owner: Owner) -> str:
    """Describe an object by its class and ids, for messages; `""` for the gateway."""
    ids = ", ".join(f"{name}={getattr(owner, name)!r}" for name in identity_of(type(owner)))
    return f"{type(owner).__name__}({ids})" if ids else ""
