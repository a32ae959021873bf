"""Comparison of a response with the assertions of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from botocore.model import ListShape, MapShape, Shape, StructureShape

from tests.aws.cases import NOTHING, PRESENT, AnyCase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def differences(expected: object, actual: Any, shape: Shape, at: str) -> Iterator[str]:  # noqa: ANN401 - of any shape
    """Find the differences from an expected value.

    Only the expected members of a structure are compared, but all keys of a map. The order of a
    list of strings is ignored, as by Terraform and CloudFormation.
    """
    if isinstance(expected, dict):
        members = cast("dict[str, object]", expected)
        yield from _of_mapping(members, actual or {}, shape, at)
    elif isinstance(expected, list):
        items = cast("list[object]", expected)
        yield from _of_list(items, actual or (), shape, at)
    elif not _same(expected, actual):
        yield f"{at} is {actual!r} here, and {expected!r} on AWS"


def _same(expected: object, actual: Any) -> bool:  # noqa: ANN401 - of any shape
    if expected is NOTHING:
        return not actual
    if expected is PRESENT:
        return actual is not None
    if isinstance(expected, AnyCase):
        given = sorted(value.lower() for value in actual or ())
        return given == sorted(value.lower() for value in expected.values)
    return bool(actual == expected)


def _of_mapping(
    expected: Mapping[str, Any], actual: Mapping[str, Any], shape: Shape, at: str
) -> Iterator[str]:
    if isinstance(shape, MapShape):
        if expected.keys() != actual.keys():
            yield f"{at} has the keys {sorted(actual)} here, and {sorted(expected)} on AWS"
        for name in expected.keys() & actual.keys():
            yield from differences(expected[name], actual[name], shape.value, f"{at}[{name}]")
        return
    assert isinstance(shape, StructureShape)
    for name, value in expected.items():
        yield from differences(value, actual.get(name), shape.members[name], f"{at}.{name}")


def _of_list(
    expected: Sequence[Any], actual: Sequence[Any], shape: Shape, at: str
) -> Iterator[str]:
    assert isinstance(shape, ListShape)
    if not isinstance(shape.member, StructureShape):
        if sorted(actual) != sorted(expected):
            yield f"{at} is {actual!r} here, and {expected!r} on AWS"
        return
    if len(actual) != len(expected):
        yield f"{at} has {len(actual)} items here, and {len(expected)} on AWS"
    for place, (one, other) in enumerate(zip(expected, actual, strict=False)):
        yield from differences(one, other, shape.member, f"{at}[{place}]")


def values(expected: object) -> int:
    """The number of compared values."""
    if isinstance(expected, dict):
        return sum(map(values, cast("dict[str, object]", expected).values()))
    if isinstance(expected, list):
        return sum(map(values, cast("list[object]", expected)))
    return 1
