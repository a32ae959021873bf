"""Hypothesis strategies and plain samples for the shapes of the service model."""

from __future__ import annotations

import re
import string
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from botocore.model import ListShape, MapShape, StringShape, StructureShape
from botocore.utils import parse_timestamp
from hypothesis import strategies as st

from apigw2._objects.names import upper_first, wire_name
from apigw2._objects.references import identity_of
from tests.support import walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.model import Shape

Strategy: TypeAlias = st.SearchStrategy[Any]
Choice: TypeAlias = Literal["minimal", "full", "random"]

# What URLs, query strings and JSON treat specially.
AWKWARD: Final = (
    "$default",
    "GET /pets/{id}",
    "ANY /{proxy+}",
    "a b",
    "a/b",
    "/a//b/",
    "100%",
    "%2F%20",
    "a+b&c=d?e#f;g",
    "...",
    '"\\\n\t',
    "größe",
    "日本語",
    "🙂",
    "~-_.!*'()",
    "[](){}<>|^`,:@",
    " ",
    "None",
    "0",
)
_TEXT: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_UNKNOWN_ENUM: Final = ("BRAND_NEW", "Später", "")
_TOKENS: Final = st.sampled_from(AWKWARD) | _TEXT


def bounds(shape: Shape, otherwise: tuple[int, int]) -> tuple[int, int]:
    return shape.metadata.get("min", otherwise[0]), shape.metadata.get("max", otherwise[1])


def fitting(text: str, shape: Shape) -> str:
    """Text, padded or cut to the bounds of a shape."""
    least, most = bounds(shape, (0, len(text)))
    filled = text + (text or "x") * (least // len(text or "x") + 1) if len(text) < least else text
    return filled[: max(least, min(len(filled), most))]


def strings(shape: StringShape) -> Strategy:
    if shape.enum:
        return st.sampled_from(shape.enum)
    pattern = shape.metadata.get("pattern")
    if pattern:
        least, most = bounds(shape, (1, 30))
        allowed = [c for c in string.printable if re.fullmatch(pattern, c * max(least, 1))]
        assert allowed, f"strategies.py: teach strings() the pattern {pattern!r} of {shape.name}"
        return st.text(st.sampled_from(allowed), min_size=least, max_size=most)
    return _TOKENS.map(lambda text: fitting(text, shape))


def in_path(shape: Shape) -> Strategy:
    """Strings that a URL's path may have."""
    assert isinstance(shape, StringShape)
    return strings(shape).filter(lambda text: text not in ("", ".", ".."))


def numbers(shape: Shape) -> Strategy:
    if shape.type_name in ("double", "float"):
        return st.floats(allow_nan=False, allow_infinity=False) | st.integers(-5, 5)
    return st.integers(*bounds(shape, (-(2**31), 2**31 - 1)))


moments: Final = st.datetimes(
    datetime(1970, 1, 2),  # noqa: DTZ001  # Hypothesis takes naive bounds
    datetime(2099, 1, 1),  # noqa: DTZ001  # and adds the zone
    timezones=st.just(timezone.utc),
)


def values(shape: Shape, choice: Choice) -> Strategy:
    """boto3's parameters for a shape: lists, dicts and scalars."""
    least, most = bounds(shape, (0, 2))
    if isinstance(shape, StructureShape):
        drawn = structures(shape.members, frozenset(shape.required_members), choice)
    elif isinstance(shape, ListShape):
        drawn = st.lists(values(shape.member, choice), min_size=least, max_size=most)
    elif isinstance(shape, MapShape):
        drawn = st.dictionaries(_TOKENS, values(shape.value, choice), max_size=2)
    elif isinstance(shape, StringShape):
        drawn = strings(shape)
    else:
        others = {"boolean": st.booleans(), "timestamp": moments}
        drawn = others[shape.type_name] if shape.type_name in others else numbers(shape)
    return drawn


def _merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {**one, **other}


def structures(members: Mapping[str, Shape], required: frozenset[str], choice: Choice) -> Strategy:
    drawn = {name: values(member, choice) for name, member in members.items()}
    always = {name: s for name, s in drawn.items() if name in required or choice == "full"}
    return st.fixed_dictionaries(
        always,
        optional={n: s for n, s in drawn.items() if choice == "random" and n not in always},
    )


def parameters(operation: str, choice: Choice) -> Strategy:
    """boto3's parameters for an operation."""
    special: dict[str, Strategy] = {
        name: in_path(walk.inputs(operation)[name]) for name in walk.located(operation, "uri")
    }
    if "MaxResults" in walk.inputs(operation):
        limit = st.integers(1, 100)
        number = walk.inputs(operation)["MaxResults"].type_name == "integer"
        special["MaxResults"] = limit if number else limit.map(str)
    members = {n: m for n, m in walk.inputs(operation).items() if n not in special}
    required, chosen = (
        walk.required(operation),
        structures(members, walk.required(operation), choice),
    )
    always = {n: s for n, s in special.items() if n in required or choice == "full"}
    optional = {n: s for n, s in special.items() if choice == "random" and n not in always}
    return st.builds(_merged, st.fixed_dictionaries(always, optional=optional), chosen)


# --- plain samples ----------------------------------------------------------------------------


def sample(shape: Shape, *, falsy: bool = False) -> Any:  # noqa: ANN401  # of any shape
    """One valid value with every member of its structures; a falsy one on request, if possible."""
    if isinstance(shape, StructureShape):
        required = shape.required_members if falsy else shape.members
        return {name: sample(shape.members[name], falsy=falsy) for name in required}
    if isinstance(shape, ListShape):
        return [] if falsy and not shape.metadata.get("min") else [sample(shape.member)]
    if isinstance(shape, MapShape):
        return {} if falsy else {"key": sample(shape.value)}
    if isinstance(shape, StringShape):
        return shape.enum[0] if shape.enum else fitting("" if falsy else "text", shape)
    least, most = bounds(shape, (0, 7))
    number = max(least, 0) if falsy else most
    moment = datetime(2024, 2, 29, 12, tzinfo=timezone.utc)
    return {"boolean": not falsy, "timestamp": moment}.get(shape.type_name, number)


def sample_parameters(operation: str, *, falsy: bool = False, every: bool = True) -> dict[str, Any]:
    """boto3's parameters for an operation: all, or only the required ones."""
    path, required = walk.located(operation, "uri"), walk.required(operation)
    found = {
        name: sample(member, falsy=falsy and name not in path)
        for name, member in walk.inputs(operation).items()
        if every or name in required
    }
    # Ids differ, so that a mix-up shows. A page size is not falsy.
    found.update(
        {n: f"{walk.snake(n)}1" for n in path if not getattr(_shape(operation, n), "enum", None)}
    )
    if "MaxResults" in found:
        found["MaxResults"] = 7 if _shape(operation, "MaxResults").type_name == "integer" else "7"
    return found


def with_own_id(operation: str, body: dict[str, Any]) -> dict[str, Any]:
    """Give the response to a `get` the id of `sample_parameters`; return others unchanged."""
    if walk.method(operation).name != "get":
        return body
    own = identity_of(walk.method(operation).hints["return"])[-1]
    return {**body, wire_name(own): f"{own}1"}


def _shape(operation: str, member: str) -> Shape:
    return walk.inputs(operation)[member]


# --- the wire ---------------------------------------------------------------------------------

_JSON: Final[Strategy] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | _TOKENS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_TOKENS, inner, max_size=2),
    max_leaves=3,
)
_UNKNOWN: Final[Strategy] = st.dictionaries(
    st.sampled_from(("newField", "später", "x-y", "UPPER")), _JSON, max_size=2
)


def wires(shape: Shape, always: frozenset[str] = frozenset(), *, unknown: bool = True) -> Strategy:
    """JSON as the service might send it for an output shape, with fields that are still unknown.

    Args:
        shape: The shape.
        always: Members that are always present, besides those that the shape requires.
        unknown: Whether to add fields that are not in the model.
    """
    if isinstance(shape, StructureShape):
        always |= frozenset(shape.required_members)
        names = {str(m.serialization["name"]): (n, m) for n, m in shape.members.items()}
        drawn = {wire: wires(member, unknown=unknown) for wire, (_, member) in names.items()}
        known = st.fixed_dictionaries(
            {w: s for w, s in drawn.items() if names[w][0] in always},
            # null means absent: emulators send it.
            optional={w: s | st.none() for w, s in drawn.items() if names[w][0] not in always},
        )
        return st.builds(_merged, _UNKNOWN, known) if unknown else known
    if isinstance(shape, ListShape):
        return st.lists(wires(shape.member, unknown=unknown), max_size=2)
    if isinstance(shape, MapShape):
        return st.dictionaries(_TOKENS, wires(shape.value, unknown=unknown), max_size=2)
    if isinstance(shape, StringShape) and shape.enum:
        return st.sampled_from((*shape.enum, *_UNKNOWN_ENUM))
    if shape.type_name == "timestamp":
        return moments.map(lambda m: m.isoformat().replace("+00:00", "Z")) | st.sampled_from(
            ("2024-02-29T23:59:59Z", "2024-02-29T12:00:00.5Z", "2024-02-29T12:00:00+02:00")
        )
    return values(shape, "random")


def wire_sample(shape: Shape) -> Any:  # noqa: ANN401  # of any shape
    """JSON for a shape with all its members; always the same."""
    if isinstance(shape, StructureShape):
        return {str(m.serialization["name"]): wire_sample(m) for m in shape.members.values()}
    if isinstance(shape, ListShape):
        return [wire_sample(shape.member)]
    if isinstance(shape, MapShape):
        return {"key": wire_sample(shape.value)}
    return "2024-02-29T12:00:00Z" if shape.type_name == "timestamp" else sample(shape)


def as_boto3(shape: Shape, wire: Any, *, unknown: bool = True) -> Any:  # noqa: ANN401  # of any shape
    """boto3's form of JSON for a shape, with or without the fields that it does not know."""
    if isinstance(shape, StructureShape):
        names = {str(m.serialization["name"]): (n, m) for n, m in shape.members.items()}
        return {
            names[key][0] if key in names else upper_first(key): (
                as_boto3(names[key][1], value, unknown=unknown) if key in names else value
            )
            for key, value in wire.items()
            if (value is not None if key in names else unknown)
        }
    if isinstance(shape, ListShape):
        return [as_boto3(shape.member, item, unknown=unknown) for item in wire]
    if isinstance(shape, MapShape):
        return {key: as_boto3(shape.value, item, unknown=unknown) for key, item in wire.items()}
    return parse_timestamp(wire) if shape.type_name == "timestamp" else wire
