"""Messages about wrong arguments."""

from __future__ import annotations

import asyncio

import pytest

from apigw2._arguments import (
    MAX_SECONDS,
    check_iterable,
    check_seconds,
    check_type,
    describe_value,
    is_function,
    shown,
)
from tests.support.nonsense import Hostile


def test_a_value_is_described_by_its_type_and_a_short_repr() -> None:
    assert describe_value(5) == "int 5"
    assert describe_value(None) == "None"
    assert describe_value("x" * 100) == f"str '{'x' * 79}..."


@pytest.mark.parametrize("value", [Hostile(), [Hostile()]], ids=["object", "list"])
def test_a_value_without_a_repr_is_described_by_its_type(value: object) -> None:
    kind = type(value).__name__
    assert (shown(value), describe_value(value)) == (f"<{kind}>", kind)


def test_a_coroutine_function_is_no_function() -> None:
    assert is_function(print)
    assert not is_function(asyncio.sleep)
    assert not is_function(5)
    assert describe_value(asyncio.sleep).startswith("coroutine function <function sleep")


def test_a_bool_is_no_number() -> None:
    with pytest.raises(TypeError, match="keep: expected an integer, not bool True"):
        check_type("keep", True, int, "an integer")  # noqa: FBT003  # the value under test
    check_type("cascade", True, bool, "True or False")  # noqa: FBT003  # the value under test
    check_type("keep", 5, int, "an integer")


def test_a_string_is_no_iterable_of_objects() -> None:
    for value in ("ids", b"ids", 5, None):
        with pytest.raises(TypeError, match="ids: expected an iterable of objects, not"):
            check_iterable("ids", value)
    check_iterable("ids", iter(["a"]))


@pytest.mark.parametrize(
    "seconds",
    [-1, float("nan"), float("inf"), 10**400, MAX_SECONDS * 2],
    ids=["negative", "NaN", "infinite", "huge", "too long"],
)
def test_seconds_are_finite_and_short_enough_for_python_to_wait(seconds: float) -> None:
    with pytest.raises(ValueError, match="timeout must be a number of seconds from 0 to"):
        check_seconds("timeout", seconds)
    check_seconds("timeout", 0)
    check_seconds("timeout", MAX_SECONDS)


def test_seconds_are_a_number() -> None:
    with pytest.raises(TypeError, match="poll: expected a number of seconds, not str '1'"):
        check_seconds("poll", "1")
