"""Good answers to every operation, as the service writes them."""

from __future__ import annotations

import functools
from datetime import datetime
from typing import Any, Final

from botocore.model import ListShape, MapShape, Shape, StructureShape

from tests.support import walk
from tests.support.server import Answer
from tests.support.strategies import sample, with_own_id

LISTS: Final = tuple(name for name in walk.OPERATIONS if walk.pages(name))


def spoken(shape: Shape, value: Any) -> Any:  # noqa: ANN401  # of any shape
    """boto3's form of a value as the JSON of the wire."""
    if isinstance(shape, StructureShape):
        members = {name: shape.members[name] for name in value}
        return {
            str(member.serialization["name"]): spoken(member, value[name])
            for name, member in members.items()
        }
    if isinstance(shape, ListShape):
        return [spoken(shape.member, item) for item in value]
    if isinstance(shape, MapShape):
        return {key: spoken(shape.value, item) for key, item in value.items()}
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value


@functools.cache
def good(operation: str) -> Answer:
    """What the service says to an operation that it carried out."""
    output = walk.model(operation).output_shape
    if output is None:
        return Answer(status=204)
    if "payload" in output.serialization:
        return Answer(b"openapi: 3.0.1")
    said = spoken(output, sample(output))
    said.pop("nextToken", None)
    return Answer(with_own_id(operation, said))


def page(operation: str, items: int, token: object = None) -> Answer:
    """One page of a list."""
    said = {**good_body(operation)}
    (name,) = (name for name, value in said.items() if isinstance(value, list))
    said[name] = said[name] * items
    return Answer(said if token is None else {**said, "nextToken": token})


def good_body(operation: str) -> dict[str, Any]:
    """The JSON of a good answer."""
    body: Any = good(operation).body
    assert isinstance(body, dict)
    return {**body}


def wrong(value: object) -> object:
    """Something of another type."""
    return {"type": "wrong"} if isinstance(value, (str, list)) else ["wrong type"]
