"""The decorator that turns a method's signature into a call of the service."""

from __future__ import annotations

import functools
import inspect
import typing
from typing import TYPE_CHECKING, Any, Final, TypeVar

from apigw2._core.annotations import Unfit, is_object, plain_class, shown
from apigw2._core.failures import add_note
from apigw2._core.listing import Listing
from apigw2._core.names import boto_name
from apigw2._core.preflight import learn, report, violations
from apigw2._core.shape import Reference, connection_of, field_names, identity_of
from apigw2.errors import BadRequestError, PreflightError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from apigw2._core.decoding import Reply
    from apigw2._core.reading import Part
    from apigw2._core.shape import Owner

F = TypeVar("F", bound="Callable[..., object]")
R = TypeVar("R", bound=Reference)
Prepare = typing.Callable[["dict[str, Any]"], None]

# Its name is ours, and so is its type: MaxResults is a string everywhere but in one operation.
_PAGE_SIZE: Final = "page_size"
_INTEGER_PAGE_SIZE: Final = ("ListRoutingRules",)


def operation(
    name: str,
    *,
    result: str | None = None,
    path: tuple[str, ...] = (),
    prepare: Prepare | None = None,
) -> Callable[[F], F]:
    """Make a method, of which only signature and docstring are written, call an operation.

    The parameters are the operation's input members in snake_case, less those that the object
    itself knows. The return annotation says what is made of the response: a snapshot, a
    `Listing` of snapshots, a value, or nothing.

    Args:
        name: AWS's name of the operation, such as `CreateRoute`.
        result: The one member of the response that is returned, where it is not the whole.
        path: Parameters that become part of the URL's path, and so may not be empty.
        prepare: Changes the arguments, by Python's names, before they are converted.
    """

    def decorate(function: F) -> F:
        plan = Operation(name, function, result, path, prepare)

        @functools.wraps(function)
        def method(self: Owner, *args: object, **kwargs: object) -> object:
            function(self, *args, **kwargs)  # its body is empty: Python checks the arguments
            return plan.call(self, args, kwargs)

        method.operation = plan  # type: ignore[attr-defined]  # for the tests that walk the model
        return typing.cast("F", method)

    return decorate


def check_id(name: str, value: object) -> str:
    """Refuse what would make another URL than the one that is meant.

    An empty id turns `GET /v2/apis/{id}` into the list of all APIs, and `..` is resolved on the
    way: `DELETE /v2/apis/a1/stages/..` deletes the API.

    Raises:
        TypeError: It is no string.
        PreflightError: It is empty, `.` or `..`.
    """
    if not isinstance(value, str):
        msg = f"{name}: expected a string, not {shown(value)}"
        raise TypeError(msg)
    if value in ("", ".", ".."):
        msg = f"{name} must not be {value!r}: the request would go to another resource"
        raise PreflightError(msg)
    return value


def refer(owner: Owner, kind: type[R], **own: str) -> R:
    """A reference from the object that one has: with its ids as far as they go, and its client.

    Raises:
        TypeError: The id is no string.
        PreflightError: The id is empty, or is another URL.
    """
    for name, value in own.items():
        check_id(name, value)
    for name in identity_of(kind):
        if name not in own:
            own[name] = getattr(owner, name)
    return kind(connection=connection_of(owner), **own)


def describe(owner: Owner) -> str:
    """The object that a call is about, for error messages; nothing where it is the gateway."""
    ids = ", ".join(f"{name}={getattr(owner, name)!r}" for name in identity_of(type(owner)))
    return f"{type(owner).__name__}({ids})" if ids else ""


class Operation:
    """One operation of the service as a method: from arguments to result."""

    def __init__(
        self,
        name: str,
        function: Callable[..., object],
        result: str | None,
        path: tuple[str, ...],
        prepare: Prepare | None,
    ) -> None:
        self.name = name
        self.function = function
        self.result = result
        self.path = path
        self._prepare = prepare

    @functools.cached_property
    def _hints(self) -> dict[str, Any]:
        # Not before the first call: the classes that it names import each other, and are lazy.
        return typing.get_type_hints(self.function)

    @functools.cached_property
    def _returns(self) -> Any:
        return self._hints["return"]

    @functools.cached_property
    def _listed(self) -> Any:
        """The class of a listing's objects; `None` for what returns no listing."""
        is_listing = typing.get_origin(self._returns) is Listing
        return typing.get_args(self._returns)[0] if is_listing else None

    @functools.cached_property
    def _parameters(self) -> Mapping[str, inspect.Parameter]:
        _, *parameters = inspect.signature(self.function).parameters.values()
        return {parameter.name: parameter for parameter in parameters}

    @functools.cached_property
    def _required(self) -> tuple[str, ...]:
        missing = inspect.Parameter.empty
        return tuple(name for name, p in self._parameters.items() if p.default is missing)

    @functools.cached_property
    def _writers(self) -> dict[str, tuple[str, type | None, Callable[[Any], Any]]]:
        """How each parameter is sent: its name, the class that is sent as it is, and a hook."""
        # Not before the first call: cattrs would be a third of the time that importing us takes.
        from apigw2._core.writing import writer  # noqa: PLC0415

        def told(name: str) -> tuple[str, type | None, Callable[[Any], Any]]:
            write = writer(self._hints[name])
            if name == _PAGE_SIZE:
                kind = int if self.name in _INTEGER_PAGE_SIZE else str
                return "MaxResults", None, lambda value: kind(write(value))
            if name in self.path:
                return boto_name(name), None, lambda value: check_id(name, write(value))
            return boto_name(name), plain_class(self._hints[name]), write

        return {name: told(name) for name in self._parameters}

    def call(self, owner: Owner, args: tuple[object, ...], kwargs: Mapping[str, object]) -> object:
        """Make the call that the arguments describe, for the object whose method it is."""
        request = self._request(owner, args, kwargs)
        if self._listed is not None:
            fetch = functools.partial(self._fetch_page, owner, request)
            return Listing(self.name, describe(owner), fetch)
        reply = self._send(owner, request)
        if self._returns is type(None):
            return None
        made = self._result.read(reply, owner)
        if self._tells_protocols:
            learn((made,))
        return made

    def _request(
        self, owner: Owner, args: tuple[object, ...], kwargs: Mapping[str, object]
    ) -> dict[str, Any]:
        arguments = (
            {**dict(zip(self._parameters, args, strict=False)), **kwargs} if args else kwargs
        )
        given = {name: value for name, value in arguments.items() if value is not None}
        for name in self._required:
            if name not in given:
                msg = f"{self.function.__qualname__}(): {name}: required, so it may not be None"
                raise TypeError(msg)
        if self._prepare is not None:
            self._prepare(given)
        request: dict[str, Any] = {}
        for name in identity_of(type(owner)):
            request[boto_name(name)] = check_id(name, getattr(owner, name))
        writers = self._writers
        for name, value in given.items():
            sent_as, plain, write = writers[name]
            try:
                request[sent_as] = value if value.__class__ is plain else write(value)
            except Unfit as unfit:
                where = unfit.below(f"{self.function.__qualname__}(): {name}")
                raise TypeError(str(where)) from None
        return request

    def _send(self, owner: Owner, request: dict[str, Any]) -> Reply:
        connection = connection_of(owner)
        mode = connection.preflight
        broken = violations(connection, self.name, owner, request) if mode != "off" else ()
        if broken:
            report(mode, self.name, broken)
        try:
            return connection.call(self.name, request, functools.partial(describe, owner))
        except BadRequestError as error:
            for violation in violations(connection, self.name, owner, request):
                add_note(error, f"preflight: {violation}")
            raise

    def _fetch_page(
        self, owner: Owner, request: dict[str, Any], token: str | None
    ) -> tuple[tuple[Any, ...], str | None]:
        reply = self._send(owner, request if token is None else {**request, "NextToken": token})
        following = self._next_token.read(reply, owner)
        items = self._items.read(reply, owner)
        if self._tells_protocols:
            learn(items)
        return items, following

    def _part(self, annotation: Any, member: str | None) -> Part:
        from apigw2._core.reading import Part  # noqa: PLC0415  # as above

        return Part(self.name, annotation, member)

    @functools.cached_property
    def _result(self) -> Part:
        return self._part(self._returns, self.result)

    @functools.cached_property
    def _items(self) -> Part:
        kind: Any = self._listed
        return self._part(tuple[kind, ...], self.result or "Items")

    @functools.cached_property
    def _next_token(self) -> Part:
        return self._part(str | None, "NextToken")

    @functools.cached_property
    def _tells_protocols(self) -> bool:
        """Whether APIs are returned, or listed: they say what the rules of others depend on."""
        kind = self._listed or self._returns
        return is_object(kind) and "protocol_type" in field_names(kind)
