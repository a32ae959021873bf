"""A successful response to every operation, as the service sends it."""

from __future__ import annotations

import functools
from datetime import datetime
from typing import Any, Final

from botocore.model import ListShape, MapShape, Shape, StructureShape

from tests.support import walk
from tests.support.server import Answer
from tests.support.strategies import sample, with_own_id

LISTS: Final = tuple(name for name in walk.OPERATIONS if walk.pages(name))


def wire_form(shape: Shape, value: Any) -> Any:  # noqa: ANN401  # of any shape
    """A value in boto3's form as the JSON on the wire."""
    if isinstance(shape, StructureShape):
        members = {name: shape.members[name] for name in value}
        return {
            str(member.serialization["name"]): wire_form(member, value[name])
            for name, member in members.items()
        }
    if isinstance(shape, ListShape):
        return [wire_form(shape.member, item) for item in value]
    if isinstance(shape, MapShape):
        return {key: wire_form(shape.value, item) for key, item in value.items()}
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value


@functools.cache
def good(operation: str) -> Answer:
    """The response to an operation that succeeded."""
    output = walk.model(operation).output_shape
    if output is None:
        return Answer(status=204)
    if "payload" in output.serialization:
        return Answer(b"openapi: 3.0.1")
    body = wire_form(output, sample(output))
    body.pop("nextToken", None)
    return Answer(with_own_id(operation, body))


def page(operation: str, items: int, token: object = None) -> Answer:
    """One page of a list."""
    body = good_body(operation)
    (name,) = (name for name, value in body.items() if isinstance(value, list))
    body[name] = body[name] * items
    return Answer(body if token is None else {**body, "nextToken": token})


def good_body(operation: str) -> dict[str, Any]:
    """The JSON of a successful response."""
    body: Any = good(operation).body
    assert isinstance(body, dict)
    return {**body}


def wrong(value: object) -> object:
    """A value of another type."""
    return {"type": "wrong"} if isinstance(value, (str, list)) else ["wrong type"]
