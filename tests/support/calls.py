"""Calls of the library for boto3's parameters."""

from __future__ import annotations

import inspect
import typing
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard

from botocore import xform_name
from botocore.model import ListShape, MapShape, StructureShape

import apigw2
from apigw2._objects.references import Reference
from tests.support import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from botocore.model import Shape

    from tests.support.wire import Service


class References(Protocol):
    """An object that makes references, such as a `Service`."""

    def reference(
        self, resource: walk.Resource | None, ids: Mapping[str, str] | None = None
    ) -> object:
        """A reference to a resource with these ids."""
        ...


def typed(shape: Shape, value: Any, annotation: object) -> Any:  # noqa: ANN401  # of any shape
    """Convert boto3's dicts to the classes of an annotation; return other values unchanged."""
    plain = without_references(annotation)
    if isinstance(shape, StructureShape):
        hints = typing.get_type_hints(plain)
        names = {name: walk.snake(name) for name in value}
        return plain(
            **{names[n]: typed(shape.members[n], v, hints[names[n]]) for n, v in value.items()}
        )
    if isinstance(shape, ListShape):
        member = typing.get_args(plain)[0]
        return tuple(typed(shape.member, item, member) for item in value)
    if isinstance(shape, MapShape):
        member = typing.get_args(plain)[1]
        return {key: typed(shape.value, item, member) for key, item in value.items()}
    return value


def without_references(annotation: object) -> Any:  # noqa: ANN401  # a form of `typing`
    """The member of a union that is neither `None` nor a reference."""
    members = walk.plain(annotation)
    (found,) = (m for m in members if not (inspect.isclass(m) and issubclass(m, Reference)))
    return found


def arguments(operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The library's keywords for boto3's parameters."""
    method, shapes = walk.method(operation), walk.inputs(operation)
    return {
        name: int(parameters[member])
        if name == "page_size"
        else typed(shapes[member], parameters[member], method.hints[name])
        for name, member in method.members().items()
        if member in parameters
    }


def bound(
    service: References, operation: str, parameters: Mapping[str, Any]
) -> Callable[..., object]:
    """The method for an operation, bound to the reference whose ids are in the parameters."""
    method, resource = walk.method(operation), walk.owner(operation)
    ids = {walk.snake(name): value for name, value in parameters.items()}
    found: Callable[..., object] = getattr(service.reference(resource, ids), method.name)
    return found


def is_listing(made: object) -> TypeGuard[apigw2.Listing[Any]]:
    """Whether a result is a listing; the caller knows the type of its items."""
    return isinstance(made, apigw2.Listing)


def call(service: References, operation: str, parameters: Mapping[str, Any]) -> object:
    """Call the library with boto3's parameters; a list is fetched."""
    made = bound(service, operation, parameters)(**arguments(operation, parameters))
    return tuple(made) if is_listing(made) else made


def raw(service: Service, operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Call boto3 with the same parameters."""
    made: dict[str, Any] = getattr(service.client, xform_name(operation))(**parameters)
    made.pop("ResponseMetadata")
    return made
