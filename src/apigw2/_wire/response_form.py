"""Checks of the form of a successful response.

botocore parses a body that is not JSON, such as a proxy's page, as a response without any field:
the result would be an empty list, or a successful delete. It parses an object as a list of its
keys. So the form of a response is checked before botocore parses it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from botocore import xform_name
from botocore.model import ListShape, MapShape, StructureShape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from botocore.model import OperationModel
    from botocore.model import Shape as ModelShape

Misfit = tuple[str, str, object]
"""The field of a response, the expected value in words, and the value."""

_EXPECTED: Final[Mapping[str, tuple[str, tuple[type, ...]]]] = {
    "structure": ("an object", (dict,)),
    "map": ("an object", (dict,)),
    "list": ("a list", (list,)),
    "string": ("a string", (str,)),
    "boolean": ("True or False", (bool,)),
    "integer": ("an integer", (int,)),
    "double": ("a number", (int, float)),
}
_NUMBERS: Final = ("integer", "double")


def misfit_of_body(operation_model: OperationModel, body: Any) -> Misfit | None:
    """Return what is wrong with the form of a response as a whole; `None` if nothing is."""
    output = operation_model.output_shape
    members: Mapping[str, ModelShape] = {} if output is None else output.members
    if not isinstance(body, dict):
        # An operation without output answers with an empty body, or with an object.
        return ("", "a JSON object", body) if members or body != "" else None
    if body and "NextToken" in members and not _has_list(members, cast("dict[str, Any]", body)):
        # The service sends an empty list where there is nothing. Another object, such as
        # {"message": "Unauthorized"}, is not a list.
        return "", "a list of objects", cast("object", body)
    return None


def _has_list(members: Mapping[str, ModelShape], body: Mapping[str, Any]) -> bool:
    """Whether a response has one of the members that are lists, such as `items`."""
    for name, shape in members.items():
        if isinstance(shape, ListShape) and _wire_name(name, shape) in body:
            return True
    return False


def _wire_name(member: str, shape: ModelShape) -> str:
    name: str = shape.serialization.get("name", member)
    return name


def first_misfit(shape: ModelShape, value: Any, path: str = "") -> Misfit | None:
    """Return the first value of another type than the model's, for a body that botocore parses.

    botocore passes some of them on as they are. For the JSON of the wire, `structure` reports the
    same in the same words.
    """
    if value is None:
        return None
    expected, kinds = _EXPECTED.get(shape.type_name, ("", (object,)))
    if not isinstance(value, kinds) or (isinstance(value, bool) and shape.type_name in _NUMBERS):
        return path, expected, value
    parts = _parts(shape, value, path)
    found = (first_misfit(member, item, below) for below, member, item in parts)
    return next((misfit for misfit in found if misfit is not None), None)


def _parts(shape: ModelShape, value: Any, path: str) -> Iterator[tuple[str, ModelShape, Any]]:
    """The parts of a structure, list or map: their paths, shapes and values."""
    if isinstance(shape, StructureShape):
        prefix = f"{path}." if path else ""
        for name, member in shape.members.items():
            yield f"{prefix}{xform_name(name)}", member, value.get(_wire_name(name, member))
    elif isinstance(shape, ListShape):
        for index, item in enumerate(value):
            yield f"{path}[{index}]", shape.member, item
    elif isinstance(shape, MapShape):
        for key, item in value.items():
            yield f"{path}[{key!r}]", shape.value, item
