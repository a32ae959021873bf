"""The decorator that turns a method's signature into a call of the service."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from botocore import xform_name

from apigw2._arguments import check_type
from apigw2._calls.tracebacks import drop_frames
from apigw2._objects.listing import Listing
from apigw2._objects.names import boto_name
from apigw2._objects.references import (
    Reference,
    check_id,
    connection_of,
    describe,
    identity_of,
    own_id,
)
from apigw2._objects.type_hints import ConversionError, Hook, is_object
from apigw2._objects.values import field_names
from apigw2._service.siblings import REQUIRED_SIBLINGS
from apigw2._wire.connection import DETACHED
from apigw2.errors import (
    Apigw2Error,
    BadRequestError,
    NotFoundError,
    PreflightError,
    ResponseShapeError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apigw2._objects.references import Owner
    from apigw2._objects.structure import ResultReader
    from apigw2._wire.response_capture import CapturedResponse

F = TypeVar("F", bound=Callable[..., object])
Prepare = Callable[["dict[str, Any]"], None]
Request = dict[str, Any]
"""The parameters of a call in boto3's form."""

_PAGE_SIZE: Final = "page_size"  # `MaxResults`, which is a string in all operations but one
_INTEGER_PAGE_SIZE: Final = ("ListRoutingRules",)


def operation(
    name: str,
    *,
    result: str | None = None,
    path: tuple[str, ...] = (),
    prepare: Prepare | None = None,
) -> Callable[[F], F]:
    """Let a method call an operation of the service. The method consists of a signature and docs.

    Its parameters are the operation's input members in snake_case, except for the ids that the
    object has. Its return annotation is the type of the result: a snapshot, a `Listing` of
    snapshots, a value, or `None`. A method that returns a `bool` deletes the object; its parameter
    `missing_ok` belongs to the library and is not sent.

    Args:
        name: AWS's name of the operation, such as `CreateRoute`.
        result: The member of the response to return; `None` for the whole response.
        path: Parameters that become part of the URL's path, and so must not be empty.
        prepare: Changes the arguments, by Python's names, before they are converted.
    """

    def decorate(function: F) -> F:
        call = Operation(name, function, result, path, prepare)

        @functools.wraps(function)
        def method(self: Owner, *args: object, **kwargs: object) -> object:
            __tracebackhide__ = True  # CPython 3.10 keeps this frame
            try:
                function(self, *args, **kwargs)  # the body is empty: Python checks the arguments
                missing_ok = kwargs.pop("missing_ok", False)
                if missing_ok is not False:
                    check_type("missing_ok", missing_ok, bool, "True or False")
                request = call.convert(self, args, kwargs)
            except (TypeError, PreflightError) as error:
                drop_frames(error)
                raise
            try:
                return call.listing(self, request) if call.item else call.run(self, request)
            except Apigw2Error as error:
                if missing_ok and isinstance(error, NotFoundError):
                    return False
                drop_frames(error)
                raise

        method.operation = call  # type: ignore[attr-defined]  # for `unset`, and for tests
        return typing.cast("F", method)

    return decorate


class Operation:
    """One operation of the service, from arguments to result: convert, check, send, read."""

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

    def convert(
        self, owner: Owner, args: tuple[object, ...], kwargs: Mapping[str, object]
    ) -> Request:
        """Convert the arguments of a method to boto3's parameters.

        Args:
            owner: The object whose method was called.
            args: Its positional arguments.
            kwargs: Its keyword arguments. `None` means "not given".

        Raises:
            TypeError: An argument has the wrong type, or a required one is `None`.
            PreflightError: An id would address another resource.
        """
        arguments = {**dict(zip(self._parameters, args, strict=False)), **kwargs}
        arguments = {name: value for name, value in arguments.items() if value is not None}
        for name in self._required:
            if name not in arguments:
                msg = f"{self.function.__qualname__}(): {name} is required and must not be None"
                raise TypeError(msg)
        if self._prepare is not None:
            self._prepare(arguments)
        request = {
            boto_name(name): check_id(name, getattr(owner, name))
            for name in identity_of(type(owner))
        }
        for name, value in arguments.items():
            member, hook = self._hooks[name]
            try:
                request[member] = hook(value)
            except ConversionError as error:
                located = error.below(f"{self.function.__qualname__}(): {name}")
                raise TypeError(str(located)) from None
        return request

    def listing(self, owner: Owner, request: Request) -> Listing[Any]:
        """Return the listing that sends the request, page by page, when it is iterated.

        The request is checked now, not with each page: this is the line that a warning points to,
        also if a thread iterates the listing.
        """
        if connection_of(owner) is not DETACHED:  # iteration raises DetachedError
            self._check(owner, request)
        resource = functools.partial(describe, owner)
        return Listing(self.name, resource, functools.partial(self._fetch_page, owner, request))

    def run(self, owner: Owner, request: Request) -> Any:
        """Check a request, send it, and read the response.

        Args:
            owner: The object whose method was called.
            request: boto3's parameters; with the owner's ids.

        Raises:
            PreflightError: The request breaks a blocking rule.
            ServiceError: The service rejected it.
            ResponseShapeError: The response cannot be read.
        """
        _add_siblings(self.name, owner, request)
        self._check(owner, request)
        response = self._send(owner, request)
        return self._read(owner, response)

    def _check(self, owner: Owner, request: Request) -> None:
        connection_of(owner).checks.check(self.name, owner, request)

    def _send(self, owner: Owner, request: Request) -> CapturedResponse:
        connection = connection_of(owner)
        try:
            return connection.call(self.name, request, functools.partial(describe, owner))
        except BadRequestError as error:
            connection.checks.explain(error, owner, request)
            raise

    def _read(self, owner: Owner, response: CapturedResponse) -> Any:
        if self._returns is type(None):
            return None
        if self._returns is bool:
            return True  # a delete, of something that existed
        result = self._result.read(response, owner)
        if self.function.__name__ == "get":
            self._check_identity(owner, result, response)
        if self._returns_api:
            connection_of(owner).checks.remember(result)
        return result

    def _check_identity(self, owner: Owner, result: Reference, response: CapturedResponse) -> None:
        """Reject the state of a resource other than the requested one."""
        identity = identity_of(type(result))
        asked, got = getattr(owner, identity[-1]), own_id(result)
        if got.casefold() != asked.casefold():  # the service writes domain names in lower case
            expected = f"{asked!r}, as requested"
            value = response.redact(got)
            raise ResponseShapeError(self.name, identity[-1], expected, value)

    def _fetch_page(
        self, owner: Owner, request: Request, token: str | None
    ) -> tuple[tuple[Any, ...], str | None]:
        __tracebackhide__ = True  # CPython 3.10 keeps this frame
        page_request = request if token is None else {**request, "NextToken": token}
        try:
            response = self._send(owner, page_request)
            next_token = self._next_token.read(response, owner)
            items = self._items.read(response, owner)
        except Apigw2Error as error:
            drop_frames(error)
            raise
        if self._returns_api:
            for item in items:
                connection_of(owner).checks.remember(item)
        return items, next_token

    # The contents of the signature. They are evaluated with the first call, because the classes in
    # annotations load lazily and refer to each other.

    @functools.cached_property
    def _hints(self) -> dict[str, Any]:
        return typing.get_type_hints(self.function)

    @functools.cached_property
    def _returns(self) -> Any:
        return self._hints["return"]

    @functools.cached_property
    def item(self) -> Any:
        """The class of a listing's objects; `None` for a method that returns no listing."""
        is_listing = typing.get_origin(self._returns) is Listing
        return typing.get_args(self._returns)[0] if is_listing else None

    @functools.cached_property
    def _returns_api(self) -> bool:
        kind = self.item or self._returns
        return is_object(kind) and "protocol_type" in field_names(kind)

    @functools.cached_property
    def _parameters(self) -> Mapping[str, inspect.Parameter]:
        _, *parameters = inspect.signature(self.function).parameters.values()
        return {parameter.name: parameter for parameter in parameters}

    @functools.cached_property
    def _required(self) -> tuple[str, ...]:
        missing = inspect.Parameter.empty
        return tuple(name for name, p in self._parameters.items() if p.default is missing)

    @functools.cached_property
    def _hooks(self) -> dict[str, tuple[str, Hook]]:
        """The member that each parameter is sent as, and the hook that converts its value."""
        # Imported here because cattrs would be a third of the time that importing apigw2 takes.
        from apigw2._objects.unstructure import unstructure_hook  # noqa: PLC0415  # slow to import

        def member_of(name: str) -> tuple[str, Hook]:
            hook = unstructure_hook(self._hints[name])
            member = "MaxResults" if name == _PAGE_SIZE else boto_name(name)
            then: Hook | None = None
            if name == _PAGE_SIZE:
                then = int if self.name in _INTEGER_PAGE_SIZE else str
            elif name in self.path:
                then = functools.partial(check_id, name)
            return member, hook if then is None else _chain(hook, then)

        return {name: member_of(name) for name in self._parameters}

    @functools.cached_property
    def _result(self) -> ResultReader:
        return self._reader(self._returns, self.result)

    @functools.cached_property
    def _items(self) -> ResultReader:
        kind: Any = self.item
        return self._reader(tuple[kind, ...], self.result or "Items")

    @functools.cached_property
    def _next_token(self) -> ResultReader:
        return self._reader(str | None, "NextToken")

    def _reader(self, annotation: Any, member: str | None) -> ResultReader:
        from apigw2._objects.structure import ResultReader  # noqa: PLC0415  # as above

        return ResultReader(self.name, annotation, member)


def _chain(first: Hook, then: Hook) -> Hook:
    def hook(value: Any) -> Any:
        return then(first(value))

    return hook


def _add_siblings(operation: str, owner: Owner, request: Request) -> None:
    """Add the members that the service requires beside others, from what a snapshot has."""
    for sibling in REQUIRED_SIBLINGS.get(operation, ()):
        value = getattr(owner, xform_name(sibling.member), None)
        needed = sibling.beside is None or bool(request.get(sibling.beside))
        if (
            needed
            and value
            and (sibling.values is None or value in sibling.values)
            and not sibling.unless & request.keys()
        ):
            request.setdefault(sibling.member, value)
