"""The decorator that turns a method's signature into a call of the service."""

from __future__ import annotations

import functools
import inspect
import typing
from typing import TYPE_CHECKING, Any, Final, TypeVar

from botocore import xform_name
from botocore.response import StreamingBody

from apigw2._core.annotations import Unfit, is_object, shown
from apigw2._core.listing import Listing
from apigw2._core.names import boto_name, lower_first
from apigw2._core.preflight import check, explain, learn
from apigw2._core.shape import Reference, connection_of, field_names, identity_of
from apigw2.errors import BadRequestError, PreflightError, ResponseShapeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from apigw2._core.decoding import Reply
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
    known = {name: own[name] if name in own else getattr(owner, name) for name in identity_of(kind)}
    for name, value in own.items():
        check_id(name, value)
    return kind(connection=connection_of(owner), **known)


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
    def _hooks(self) -> dict[str, Callable[[Any], Any]]:
        # Not before the first call: cattrs would be a third of the time that importing us takes.
        from apigw2._core.writing import writer  # noqa: PLC0415

        return {name: writer(self._hints[name]) for name in self._parameters}

    def call(self, owner: Owner, args: tuple[object, ...], kwargs: Mapping[str, object]) -> object:
        """Make the call that the arguments describe, for the object whose method it is."""
        request = self._request(
            owner, {**dict(zip(self._parameters, args, strict=False)), **kwargs}
        )
        if self._listed is not None:
            fetch = functools.partial(self._fetch_page, owner, request)
            return Listing(self.name, describe(owner), fetch)
        reply = self._send(owner, request)
        if self._returns is type(None):
            return None
        return self._made(owner, reply, self.result, self._returns)

    def _request(self, owner: Owner, arguments: dict[str, Any]) -> dict[str, Any]:
        given = {name: value for name, value in arguments.items() if value is not None}
        for name in self._required:
            if name not in given:
                msg = f"{self.function.__qualname__}(): {name}: required, so it may not be None"
                raise TypeError(msg)
        if self._prepare is not None:
            self._prepare(given)
        request: dict[str, Any] = {
            boto_name(name): check_id(name, getattr(owner, name))
            for name in identity_of(type(owner))
        }
        for name, value in given.items():
            try:
                sent = self._hooks[name](value)
            except Unfit as unfit:
                where = unfit.below(f"{self.function.__qualname__}(): {name}")
                raise TypeError(str(where)) from None
            if name in self.path:
                check_id(name, sent)
            if name == _PAGE_SIZE:
                request["MaxResults"] = sent if self.name in _INTEGER_PAGE_SIZE else str(sent)
            else:
                request[boto_name(name)] = sent
        return request

    def _send(self, owner: Owner, request: dict[str, Any]) -> Reply:
        connection = connection_of(owner)
        client = connection.client
        check(self.name, owner, request, connection.preflight, client)
        try:
            return connection.call(self.name, request, functools.partial(describe, owner))
        except BadRequestError as error:
            explain(error, self.name, owner, request, client)
            raise

    def _member(self, reply: Reply, name: str) -> Any:
        value = reply.body.get(lower_first(name) if reply.wire else name)
        if not isinstance(value, StreamingBody):
            return value
        document = value.read()
        try:
            return document.decode() or None  # none: it was cut off in its head
        except UnicodeDecodeError:
            where = xform_name(name)
            raise ResponseShapeError(self.name, where, "text in UTF-8", document) from None

    @functools.cached_property
    def _resource(self) -> type[Reference] | None:
        """The class of what is returned, or listed, where it is a resource."""
        kind = self._listed or self._returns
        return kind if is_object(kind) and issubclass(kind, Reference) else None

    @functools.cached_property
    def _parents(self) -> tuple[str, ...]:
        return () if self._resource is None else identity_of(self._resource)[:-1]

    @functools.cached_property
    def _tells_protocols(self) -> bool:
        return self._resource is not None and "protocol_type" in field_names(self._resource)

    def _made(self, owner: Owner, reply: Reply, member: str | None, annotation: Any) -> Any:
        """What the annotation says, of the response or one member."""
        from apigw2._core.reading import read  # noqa: PLC0415  # as above

        made = read(
            reply.body if member is None else self._member(reply, member),
            annotation,
            wire=reply.wire,
            operation=self.name,
            at="" if member is None else xform_name(member),
            context={
                "connection": connection_of(owner),
                **{name: getattr(owner, name) for name in self._parents},
            },
        )
        if self._tells_protocols:
            learn(made if self._listed else (made,))
        return made

    def _fetch_page(
        self, owner: Owner, request: dict[str, Any], token: str | None
    ) -> tuple[tuple[Any, ...], str | None]:
        from apigw2._core.reading import read  # noqa: PLC0415  # as above

        reply = self._send(owner, request if token is None else {**request, "NextToken": token})
        following = read(
            self._member(reply, "NextToken"),
            str | None,
            wire=reply.wire,
            operation=self.name,
            at="next_token",
        )
        kind: Any = self._listed
        return self._made(owner, reply, self.result or "Items", tuple[kind, ...]), following
