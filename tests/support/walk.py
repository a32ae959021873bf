"""botocore's service model and the library's classes, for tests that compare one with the other.

No resource, operation or parameter is named here, so a new one in the model is compared like all
the others. Exceptions to the rules are in `deviations`.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import re
import types
import typing
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import botocore.session
from botocore import xform_name
from botocore.model import ListShape, StructureShape

import apigw2
import apigw2.gateway
import apigw2.resources
from apigw2._objects.references import Reference, identity_of
from apigw2._objects.values import Shape as ValueType
from tests.support.deviations import TABLE, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from botocore.model import OperationModel, Shape

SERVICE: Final = botocore.session.Session().get_service_model("apigatewayv2")
OPERATIONS: Final = tuple(SERVICE.operation_names)


# --- the service model ------------------------------------------------------------------------


def snake(name: str) -> str:
    """`ApiId` as boto3's methods and our parameters spell it."""
    return xform_name(name)


def model(operation: str) -> OperationModel:
    return SERVICE.operation_model(operation)


def uri(operation: str) -> str:
    return str(model(operation).http["requestUri"])


def inputs(operation: str) -> Mapping[str, Shape]:
    """The members of the input, without the page token, which the library handles itself."""
    shape = model(operation).input_shape
    members = {} if shape is None else shape.members
    return {name: member for name, member in members.items() if name != "NextToken"}


def required(operation: str) -> frozenset[str]:
    shape = model(operation).input_shape
    return frozenset() if shape is None else frozenset(shape.required_members)


def outputs(operation: str) -> Mapping[str, Shape]:
    shape = model(operation).output_shape
    return {} if shape is None else shape.members


def wire_name(operation: str, member: str) -> str:
    """An output member's name in the JSON of the wire."""
    return str(outputs(operation)[member].serialization["name"])


def located(operation: str, location: str) -> tuple[str, ...]:
    """The input members that are sent in the `uri` (in its order) or the `querystring`."""
    found = {
        str(member.serialization["name"]): name
        for name, member in inputs(operation).items()
        if member.serialization.get("location") == location
    }
    if location != "uri":
        return tuple(found.values())
    return tuple(found[label] for label in re.findall(r"{([^}+]+)\+?}", uri(operation)))


def pages(operation: str) -> tuple[str, StructureShape] | None:
    """The name of a list operation's items, and what one is; `None` for other operations."""
    members = outputs(operation)
    if "NextToken" not in members:
        return None
    ((name, items),) = (
        (name, member) for name, member in members.items() if isinstance(member, ListShape)
    )
    assert isinstance(items.member, StructureShape)
    return name, items.member


class Resource(NamedTuple):
    """An object with an id in a URI: `Route`, `/v2/apis/{apiId}/routes/{routeId}`."""

    noun: str
    uri: str
    identity: tuple[str, ...]

    @property
    def collection(self) -> str:
        return self.uri.rpartition("/")[0]


@functools.cache
def resources(without: frozenset[str]) -> tuple[Resource, ...]:
    """Every object that a `Get` operation returns by its id, parents before their children."""
    found = [
        Resource(name.removeprefix("Get"), uri(name), tuple(map(snake, located(name, "uri"))))
        for name in OPERATIONS
        if name.startswith("Get") and uri(name).endswith("}")
    ]
    return tuple(sorted((r for r in found if r.noun not in without), key=lambda r: len(r.uri)))


def all_resources(table: Table = TABLE) -> tuple[Resource, ...]:
    return resources(frozenset(noun for kind, noun in table if kind == "no resource"))


def above(path: str, table: Table = TABLE) -> tuple[Resource, ...]:
    """The resources in a URI, outermost first; the last may be that of the whole URI."""
    return tuple(r for r in all_resources(table) if f"{path}/".startswith(f"{r.uri}/"))


def owner(operation: str, table: Table = TABLE) -> Resource | None:
    """The resource whose class has the method; `None` for the gateway."""
    return above(uri(operation), table)[-1] if above(uri(operation), table) else None


def subject(operation: str, table: Table = TABLE) -> Resource | None:
    """The resource that the operation returns, one or a list."""
    path = uri(operation)
    return next((r for r in all_resources(table) if path in (r.uri, r.collection)), None)


def method_name(operation: str, table: Table = TABLE) -> str:
    """The operation's name in boto3, without the owner's noun."""
    resource = owner(operation, table)
    own = operation.removesuffix(resource.noun) if resource else operation
    return table.get(("method", operation), snake(own))


def class_name(operation: str, table: Table = TABLE) -> str:
    resource = owner(operation, table)
    return f"{resource.noun}Ref" if resource else "ApiGatewayV2"


def shape_class(shape: Shape, table: Table = TABLE) -> str:
    """The name of the class for a structure: the service's own, unless Python reserves it."""
    return table.get(("class", shape.name), shape.name)


# --- the library ------------------------------------------------------------------------------


@functools.cache
def modules() -> tuple[object, ...]:
    found = pkgutil.iter_modules(apigw2.resources.__path__, "apigw2.resources.")
    names = [module.name for module in found if "._" not in module.name]
    return (apigw2.gateway, *map(importlib.import_module, names))


@functools.cache
def classes() -> tuple[type, ...]:
    """Every public class that a module of the gateway or of a resource defines."""
    return tuple(
        value
        for module in modules()
        for name, value in vars(module).items()
        if inspect.isclass(value)
        and value.__module__ == typing.cast("Any", module).__name__
        and not name.startswith("_")
    )


def file_of(name: str) -> str:
    """The file that defines a class, or that should define it."""
    home = {cls.__name__: cls.__module__ for cls in classes()}
    noun = name.removesuffix("Ref").removesuffix("Summary")
    default = f"apigw2.resources.{snake(noun)}"
    return f"src/{home.get(name, home.get(noun, default)).replace('.', '/')}.py"


class Method(NamedTuple):
    """A method that calls an operation."""

    operation: str
    owner: type
    name: str
    function: Callable[..., object]
    result: str | None
    path: tuple[str, ...]

    def __str__(self) -> str:
        return f"{file_of(self.owner.__name__)}: {self.owner.__name__}.{self.name}"

    @property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        _, *parameters = inspect.signature(self.function).parameters.values()
        return {parameter.name: parameter for parameter in parameters}

    @property
    def hints(self) -> Mapping[str, Any]:
        return typing.get_type_hints(self.function)

    def members(self) -> Mapping[str, str]:
        """The parameters' names and boto3's names of the same."""
        known = identity_of(self.owner)
        own = [name for name in inputs(self.operation) if snake(name) not in known]
        return {"page_size" if name == "MaxResults" else snake(name): name for name in own}


@functools.cache
def methods() -> tuple[Method, ...]:
    """Every method of the library that calls an operation, with the class that defines it.

    A `delete` that does more than the operation, which is then in `_delete`, counts as the method.
    """
    found: list[Method] = []
    for cls in classes():
        for name, function in vars(cls).items():
            plan = getattr(function, "operation", None)
            if plan is not None:
                public = name.lstrip("_") if name.lstrip("_") in vars(cls) else name
                written = plan.function if public == name else vars(cls)[public]
                found.append(Method(plan.name, cls, public, written, plan.result, plan.path))
    return tuple(found)


def method(operation: str) -> Method:
    return next(method for method in methods() if method.operation == operation)


# The operations that can be called. A new operation in the model fails only the tests that compare
# names, whose message says what to add.
IMPLEMENTED: Final = tuple(
    name for name in OPERATIONS if any(method.operation == name for method in methods())
)
RESOURCES: Final = tuple(r for r in all_resources() if hasattr(apigw2, f"{r.noun}Ref"))


def plain(annotation: object) -> tuple[Any, ...]:
    """The members of a union without `None`; another annotation by itself."""
    union = typing.get_origin(annotation) in (typing.Union, types.UnionType)
    members = typing.get_args(annotation) if union else (annotation,)
    return tuple(member for member in members if member is not types.NoneType)


def value_class(annotation: object) -> type[Any] | None:
    """The class of the nested structure in an annotation, such as `RouteSettings`."""
    return next((m for m in plain(annotation) if inspect.isclass(m) and m in classes()), None)


def listed(annotation: object) -> type[Any] | None:
    """The class of a listing's items."""
    if typing.get_origin(annotation) is not apigw2.Listing:
        return None
    (item,) = typing.get_args(annotation)
    return typing.cast("type[Any]", item)


def value_types() -> tuple[type, ...]:
    """The base classes of all classes whose fields are the service's."""
    return (Reference, ValueType)
