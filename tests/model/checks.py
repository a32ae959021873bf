"""Comparisons of the library with the service model.

Each yields a message for each difference: what to add or change, and in which file. They take the
table of deviations, so that a test can leave out an entry to see whether it is needed.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

import attrs
from botocore import __version__ as botocore_version
from botocore.model import ListShape, MapShape, StringShape, StructureShape

import apigw2
from apigw2._objects.names import boto_name, wire_name
from apigw2._objects.references import Reference, identity_of
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, ABSENT_TUPLE, field_names
from tests.support import walk
from tests.support.deviations import TABLE, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.model import Shape

SCALARS: Mapping[str, type] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "float": float,
    "double": float,
    "timestamp": datetime,
    "blob": str,  # ExportApi: a document
}


def agree(misfits: Iterator[str]) -> None:
    """Fail if there is a difference, and list them all."""
    found = sorted(set(misfits))
    assert not found, "\n".join(["differs from the service model:", *found])


# --- operations -------------------------------------------------------------------------------


def misplaced(operation: str, table: Table = TABLE) -> Iterator[str]:
    """Where the naming rule puts an operation, if it is not exactly there."""
    cls, name = walk.class_name(operation, table), walk.method_name(operation, table)
    wanted = f'@operation("{operation}") on method {cls}.{name}'
    found = [method for method in walk.methods() if method.operation == operation]
    if not found:
        yield f"{walk.file_of(cls)}: add {wanted}"
    if len(found) > 1:
        yield f"keep one of {', '.join(map(str, found))}: all are {operation}"
    for method in found:
        if (method.owner.__name__, method.name) != (cls, name):
            yield f"{method}: move to {walk.file_of(cls)}, as {wanted}"


def reference_misfits(resource: walk.Resource, table: Table = TABLE) -> Iterator[str]:
    """Methods of a parent that return its children by id, and a child's property for its parent."""
    *above, _ = walk.above(resource.uri, table)
    parent = f"{above[-1].noun}Ref" if above else "ApiGatewayV2"
    name, own = walk.snake(resource.noun), resource.identity[-1]
    for function, result in (name, f"{resource.noun}Ref"), (f"get_{name}", resource.noun):
        where = f"{walk.file_of(parent)}: {parent}.{function}"
        method = getattr(getattr(apigw2, parent), function, None)
        if method is None:
            yield f"{where}: add it; it takes {own} and returns apigw2.{result}"
        elif [*inspect.signature(method).parameters][:2] != ["self", own]:
            yield f"{where}: its first parameter must be {own}"
        elif typing.get_type_hints(method)["return"] is not getattr(apigw2, result, None):
            yield f"{where}: must return apigw2.{result}"
    if above:
        back = table.get(("parent", resource.noun), walk.snake(above[-1].noun))
        found = getattr(getattr(apigw2, f"{resource.noun}Ref", None), back, None)
        if not isinstance(found, property):
            yield f"{walk.file_of(resource.noun)}: {resource.noun}Ref: add property {back}"


# --- types ------------------------------------------------------------------------------------


def misfits(
    annotation: object, shape: Shape, at: str, table: Table = TABLE, *, sent: bool
) -> Iterator[str]:
    """The differences between an annotation and a shape.

    Args:
        annotation: The annotation of a parameter or field, or a part of it; without `| None`.
        shape: Its shape in the service model.
        at: Its place, for messages.
        table: The deviations.
        sent: Whether it is a parameter, which takes a `Sequence` rather than a `tuple`.
    """
    arguments = typing.get_args(annotation)
    if isinstance(shape, ListShape):
        origin, written = (Sequence, "Sequence[...]") if sent else (tuple, "tuple[..., ...]")
        if typing.get_origin(annotation) is origin:
            yield from misfits(arguments[0], shape.member, f"{at}[]", table, sent=sent)
        else:
            yield f"{at}: must be {written} for the list {shape.name}, not {annotation}"
    elif isinstance(shape, MapShape):
        if typing.get_origin(annotation) is Mapping and arguments[0] is str:
            yield from misfits(arguments[1], shape.value, f"{at}[]", table, sent=sent)
        else:
            yield f"{at}: must be Mapping[str, ...] for the map {shape.name}, not {annotation}"
    elif isinstance(shape, StructureShape):
        name = walk.shape_class(shape, table)
        if not inspect.isclass(annotation) or annotation.__name__ != name:
            yield f"{at}: must be class {name} for the structure {shape.name}, not {annotation}"
        else:
            yield from structure_misfits(annotation, shape, table)
    elif isinstance(shape, StringShape) and shape.enum:
        yield from _enum_misfits(annotation, shape, at, table)
    elif annotation is not SCALARS[shape.type_name]:
        scalar = SCALARS[shape.type_name].__name__
        yield f"{at}: must be {scalar} for the {shape.type_name} {shape.name}, not {annotation}"


def _enum_misfits(annotation: object, shape: StringShape, at: str, table: Table) -> Iterator[str]:
    if typing.get_origin(annotation) is not Literal:
        yield f"{at}: must be Literal{shape.enum} for {shape.name}, not {annotation}"
        return
    values = set(typing.get_args(annotation))
    missing = set(shape.enum) - values
    newer = {value for value in values if is_newer(f"{shape.name}.{value}", table)}
    if missing:
        yield f"{at}: add {sorted(missing)} to the Literal of {shape.name}"
    if surplus := values - set(shape.enum) - newer:
        yield f"{at}: remove {sorted(surplus)} from the Literal: {shape.name} has {shape.enum}"
    if not shape.name.startswith("__") and getattr(apigw2, shape.name, None) != annotation:
        yield f"{at}: the Literal must be the public alias apigw2.{shape.name}"


def is_newer(what: str, table: Table = TABLE) -> bool:
    """Whether the installed botocore is too old to have something."""
    return ("newer", what) in table and version(botocore_version) < version(table["newer", what])


def version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def structure_misfits(cls: type[Any], shape: StructureShape, table: Table = TABLE) -> Iterator[str]:
    """The differences between a nested type and its shape: fields, defaults, and nested types."""
    where = f"{walk.file_of(cls.__name__)}: class {cls.__name__}"
    yield from _field_misfits(
        cls, shape.members, frozenset(shape.required_members), where, table=table
    )


def _field_misfits(
    cls: type[Any],
    members: Mapping[str, Shape],
    required: frozenset[str],
    where: str,
    *,
    table: Table,
    own: tuple[str, ...] = (),
) -> Iterator[str]:
    hints, fields = typing.get_type_hints(cls), attrs.fields_dict(cls)
    expected = {walk.snake(name): name for name in members}
    actual = set(field_names(cls)) - {"extra"} - set(own)
    for name in sorted(actual - expected.keys()):
        yield f"{where}: remove field {name}, which the service does not have"
    if "extra" not in fields:
        yield f"{where}: add field extra, for what this version does not know"
    for name, member in expected.items():
        at, shape = f"{where}: field {name}", members[member]
        if name not in fields:
            yield f"{where}: add field {name} for {member} ({shape.name})"
            continue
        collection = isinstance(shape, (ListShape, MapShape))
        absent = {"list": ABSENT_TUPLE, "map": ABSENT_MAP}.get(shape.type_name)
        if collection and issubclass(cls, Snapshot):
            required -= {member}  # an absent collection reads as empty
        default = fields[name].default
        optional = type(None) in typing.get_args(hints[name])
        if member in required and default is not attrs.NOTHING:
            yield f"{at}: the service always sends it: it must have no default"
        if member not in required and default is not absent:
            yield f"{at}: the service may leave it out: its default must be {absent!r}"
        if optional != (member not in required and not collection):
            yield f"{at}: must {'not ' if optional else ''}be `| None`, not {hints[name]}"
        (annotation,) = (*walk.plain(hints[name]), None)[:1]
        yield from misfits(annotation, shape, at, table, sent=False)


# --- parameters and results -------------------------------------------------------------------


# The natural key of a new object is positional, and so are the arguments of the two operations
# on tags. A sole required parameter needs no row, because it cannot be mixed up with another.
POSITIONAL: Final = {
    ("CreateApi", "name"),
    ("CreateAuthorizer", "name"),
    ("CreateModel", "name"),
    ("CreateVpcLink", "name"),
    ("TagResource", "tags"),
    ("UntagResource", "resource_arn"),
    ("UntagResource", "tag_keys"),
}


def parameter_misfits(operation: str, table: Table = TABLE) -> Iterator[str]:
    """The differences between a method's parameters and the operation's input."""
    method = walk.method(operation)
    members, parameters = method.members(), method.parameters
    required = walk.required(operation)
    for name in members.keys() - parameters.keys():
        yield f"{method}: add parameter {name} for {members[name]}"
    more = more_parameters(method, table)
    for name in parameters.keys() - members.keys() - more:
        yield f"{method}: remove parameter {name}, which {operation} does not have"
    for name in sorted(more - parameters.keys()):
        yield f"{method}: add parameter {name}, which only the library has"
    needed = [name for name, member in members.items() if member in required]
    for name in members.keys() & parameters.keys():
        at, parameter = f"{method}: parameter {name}", parameters[name]
        default = inspect.Parameter.empty if name in needed else None
        if parameter.default is not default:
            yield f"{at}: must have {'no default' if name in needed else 'the default None'}"
        sole = [name] == needed and not operation.startswith("Update")
        positional = sole or (operation, name) in POSITIONAL
        kind = parameter.POSITIONAL_OR_KEYWORD if positional else parameter.KEYWORD_ONLY
        if parameter.kind is not kind:
            yield f"{at}: must be {kind.description}"
        yield from _annotation_misfits(method, name, members[name], at, table)
    path = tuple(name for name in map(walk.snake, walk.located(operation, "uri")))
    own = tuple(name for name in path if name in members)
    if method.path != own:
        yield f"{method}: @operation needs path={own}, not {method.path}"


def more_parameters(method: walk.Method, table: Table = TABLE) -> set[str]:
    """The parameters of a method that the operation does not have."""
    return {
        name
        for key in (method.operation, method.name)
        for name in table.get(("more", key), "").split()
    }


def _annotation_misfits(
    method: walk.Method, name: str, member: str, at: str, table: Table
) -> Iterator[str]:
    hint, shape = method.hints[name], walk.inputs(method.operation)[member]
    optional = type(None) in typing.get_args(hint)
    if optional != (member not in walk.required(method.operation)):
        yield f"{at}: must {'not ' if optional else ''}be `| None`, not {hint}"
    if member == "MaxResults":
        if walk.plain(hint) != (int,):
            yield f"{at}: must be int, not {hint}"
        return
    members = walk.plain(hint)
    references = {m.__name__ for m in members if inspect.isclass(m) and issubclass(m, Reference)}
    (annotation,) = [m for m in members if getattr(m, "__name__", "") not in references]
    yield from misfits(annotation, shape, at, table, sent=True)
    accepted = _accepted(method, name, table)
    if references != accepted:
        yield f"{at}: must accept the objects {sorted(accepted)}, not {sorted(references)}"


def _accepted(method: walk.Method, name: str, table: Table) -> set[str]:
    """The classes of objects that a parameter accepts in place of an id."""
    special = ("object", f"{method.operation}.{method.members()[name]}")
    if special in table:
        return {*table[special].split()}
    subject = walk.subject(method.operation, table)
    found = [r for r in walk.all_resources(table) if r.identity[-1] == name]
    # CreateStage's StageName is the name of the new stage, which has no object yet.
    return {f"{resource.noun}Ref" for resource in found if resource != subject}


def result_misfits(operation: str, table: Table = TABLE) -> Iterator[str]:
    """The differences between a method's result and the operation's output."""
    method = walk.method(operation)
    returns = method.hints["return"]
    pages, subject = walk.pages(operation), walk.subject(operation, table)
    outputs = walk.outputs(operation)
    result = None
    # A delete returns whether the object existed.
    expected: object = bool if "missing_ok" in more_parameters(method, table) else type(None)
    if pages:
        result = None if pages[0] == "Items" else pages[0]
        item = getattr(apigw2, walk.shape_class(pages[1], table), None)
        expected = None if item is None else apigw2.Listing[item]  # type: ignore[valid-type]  # known at run time only
    elif subject and outputs:
        expected = getattr(apigw2, subject.noun, None)
    elif outputs:
        (result,) = (m for m in outputs if walk.snake(m) not in identity_of(method.owner))
        (expected,) = walk.plain(returns)
        yield from misfits(expected, outputs[result], f"{method}: result", table, sent=False)
        returns = expected
    if expected is None or returns != expected:
        yield f"{method}: must return {expected}, not {returns}"
    if method.result != result:
        yield f"{method}: @operation needs result={result!r}, not {method.result!r}"


# --- snapshots --------------------------------------------------------------------------------


def snapshot_shapes(table: Table = TABLE) -> Mapping[str, Mapping[str, StructureShape]]:
    """The shapes of each snapshot by its name: outputs, and items of lists."""
    found: dict[str, dict[str, StructureShape]] = {}
    for operation in walk.OPERATIONS:
        pages, subject = walk.pages(operation), walk.subject(operation, table)
        output = walk.model(operation).output_shape
        if pages:
            found.setdefault(walk.shape_class(pages[1], table), {})[pages[1].name] = pages[1]
        elif subject and output is not None and output.members:
            found.setdefault(subject.noun, {})[output.name] = output
    return found


def reference_of(snapshot: str, table: Table = TABLE) -> walk.Resource:
    """The resource of a snapshot. A summary has the same one as the whole."""
    for operation in walk.OPERATIONS:
        _, item = walk.pages(operation) or ("", None)
        resource = walk.subject(operation, table)
        if item and resource and walk.shape_class(item, table) == snapshot:
            return resource
    return next(r for r in walk.all_resources(table) if r.noun == snapshot)


def required_members(snapshot: str, table: Table = TABLE) -> frozenset[str]:
    """The members that the service sends in every response with the resource.

    Outputs do not name them. The resource's own shape does, or for portals and their parts the
    shapes beside the outputs: `GetPortalResponseContent` for `GetPortalResponse`.
    """
    outputs = snapshot_shapes(table)[snapshot]
    names = [snapshot, *outputs, *(f"{output}Content" for output in outputs)]
    shapes = [SERVICE_SHAPES[name] for name in names if name in SERVICE_SHAPES]
    required = [frozenset(shape.required_members) for shape in shapes if shape.required_members]
    always, *others = required or [frozenset[str]()]
    return always.intersection(*others)


SERVICE_SHAPES: Mapping[str, StructureShape] = {
    name: shape
    for name in walk.SERVICE.shape_names
    if isinstance(shape := walk.SERVICE.shape_for(name), StructureShape)
}


def snapshot_misfits(snapshot: str, table: Table = TABLE) -> Iterator[str]:
    """The differences between a snapshot's fields and identity and the service's shapes."""
    resource = reference_of(snapshot, table)
    cls, reference = getattr(apigw2, snapshot, None), getattr(apigw2, f"{resource.noun}Ref", None)
    where = f"{walk.file_of(snapshot)}: class {snapshot}"
    if reference is None or identity_of(reference) != resource.identity:
        home = walk.file_of(resource.noun)
        yield f"{home}: class {resource.noun}Ref: must have the fields {resource.identity}"
    elif cls is None or not issubclass(cls, reference) or not issubclass(cls, Snapshot):
        yield f"{where}: must exist, and be a {resource.noun}Ref and a Snapshot"
    else:
        *parents, own = resource.identity
        members = {
            name: member
            for shape in snapshot_shapes(table)[snapshot].values()
            for name, member in shape.members.items()
            if walk.snake(name) not in parents
        }
        always = {name for name in members if walk.snake(name) == own}
        required = required_members(snapshot, table) | always
        if not always:
            yield f"{where}: the service does not send its {own}"
        yield from _field_misfits(cls, members, required, where, table=table, own=tuple(parents))


# --- names ------------------------------------------------------------------------------------


def name_misfits() -> Iterator[str]:
    """Names that are not converted to Python and back exactly."""
    file = "src/apigw2/_objects/names.py"
    for name, shape in SERVICE_SHAPES.items():
        for member, value in shape.members.items():
            if "payload" in shape.serialization:
                continue  # the body itself, which has no name
            python, wire = walk.snake(member), value.serialization.get("name")
            if boto_name(python) != member:
                yield f"{file}: boto_name({python!r}) must be {member!r}, of {name}"
            if "location" not in value.serialization and wire_name(python) != wire:
                yield f"{file}: wire_name({python!r}) must be {wire!r}, of {name}"


# --- operations without differences -----------------------------------------------------------


def operation_misfits(operation: str) -> Iterator[str]:
    """Every difference in an operation's parameters, its result, and the class of its result."""
    yield from parameter_misfits(operation)
    yield from result_misfits(operation)
    pages, subject = walk.pages(operation), walk.subject(operation)
    if pages:
        yield from snapshot_misfits(walk.shape_class(pages[1]))
    elif subject and walk.outputs(operation):
        yield from snapshot_misfits(subject.noun)


def agrees(operation: str) -> bool:
    """Whether an operation has no difference."""
    try:
        return next(operation_misfits(operation), None) is None
    except AttributeError:  # an annotation names a class that apigw2 does not export
        return False


# Tests that make calls leave other operations out: those fail in `test_shapes.py` with a message
# that says what to add, which hundreds of failed calls would hide.
AGREEING = tuple(name for name in walk.IMPLEMENTED if agrees(name))
LISTS = tuple(name for name in AGREEING if walk.pages(name))
