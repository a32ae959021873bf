"""Response bodies for every operation, and results in boto3's form."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

from apigw2._objects.names import boto_name
from apigw2._objects.references import identity_of
from apigw2._objects.snapshots import Snapshot
from tests.model import checks
from tests.support import walk
from tests.support.strategies import wires, with_own_id

if TYPE_CHECKING:
    from botocore.model import StructureShape

# Operations whose response is empty, a stream, or an object.
NOTHING = [name for name in checks.AGREEING if not walk.outputs(name)]
STREAMS = [
    n for n in checks.AGREEING if any(s.type_name == "blob" for s in walk.outputs(n).values())
]
OBJECTS = [name for name in checks.AGREEING if name not in (*NOTHING, *STREAMS)]


def always(operation: str) -> frozenset[str]:
    """Members that a response must have: the snapshot's fields without a default."""
    hint = walk.method(operation).hints["return"]
    cls = walk.listed(hint) or hint
    if not attrs.has(cls):
        return frozenset(walk.outputs(operation))
    own = set(identity_of(cls)[:-1]) | {"_connection"}
    return frozenset(
        boto_name(field.name)
        for field in attrs.fields(cls)
        if field.default is attrs.NOTHING and field.name not in own
    )


def output(operation: str) -> StructureShape:
    shape = walk.model(operation).output_shape
    assert shape is not None
    return shape


def responses(operation: str, *, unknown: bool = True) -> st.SearchStrategy[Any]:
    """JSON bodies. A list has one page."""
    pages = walk.pages(operation)
    if pages is None:
        bodies = wires(output(operation), always(operation), unknown=unknown)
        return bodies.map(functools.partial(with_own_id, operation))
    items = st.lists(wires(pages[1], always(operation), unknown=unknown), max_size=3)
    return st.fixed_dictionaries({walk.wire_name(operation, pages[0]): items})


def dicts(operation: str, result: Any) -> object:  # noqa: ANN401  # of any operation
    """A result in boto3's form."""
    if walk.pages(operation):
        return [item.to_dict() for item in result]
    return result.to_dict() if isinstance(result, Snapshot) else result
