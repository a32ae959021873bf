"""Checks of arguments by annotations."""

from __future__ import annotations

import inspect
import sys
import traceback
from collections.abc import Callable, Sequence  # noqa: TC003  # annotations are evaluated
from typing import Any

import pytest

import apigw2
from apigw2._calls.arguments import checked


@checked
def describe(
    name: str,
    *tags: str,
    target: apigw2.ApiRef | str | None = None,
    seconds: float = 1.0,
    ids: Sequence[str] = (),
    sleep: Callable[[float], None] | None = None,
    session: object = None,
) -> tuple[object, ...]:
    """Describe something."""
    return (name, *tags, target, seconds, ids, sleep, session)


class Session:
    """A double."""


def test_arguments_reach_the_function_unchanged() -> None:
    api, session = apigw2.ApiRef(api_id="a1"), Session()
    given = describe("a", "b", "c", target=api, seconds=2, ids=["x"], sleep=print, session=session)
    assert given == ("a", "b", "c", api, 2, ["x"], print, session)
    assert describe("a") == ("a", None, 1.0, (), None, None)
    assert describe("a", target=None, sleep=None) == describe("a")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": 5}, "describe(): name: expected a string, not int 5"),
        ({"name": None}, "describe(): name: expected a string, not None"),
        ({"target": 5}, "describe(): target: expected a string, not int 5"),
        ({"seconds": "1"}, "describe(): seconds: expected a number, not str '1'"),
        ({"seconds": None}, "describe(): seconds: expected a number, not None"),
        ({"ids": "text"}, "describe(): ids: expected a list or tuple, not str 'text'"),
        ({"ids": [5]}, "describe(): ids[0]: expected a string, not int 5"),
        ({"sleep": 5}, "describe(): sleep: expected a function, not int 5"),
    ],
)
def test_an_argument_that_does_not_fit_is_named(arguments: dict[str, Any], message: str) -> None:
    loose: Any = describe
    with pytest.raises(TypeError) as caught:
        loose(**{"name": "a", **arguments})
    assert str(caught.value) == message


def test_each_of_several_positional_arguments_is_checked() -> None:
    bad: Any = 5
    with pytest.raises(TypeError, match="tags: expected a string, not int 5"):
        describe("a", "b", bad)


def test_an_object_of_another_kind_is_no_id() -> None:
    other: Any = apigw2.VpcLinkRef(vpc_link_id="v1")
    with pytest.raises(TypeError, match="target: expected Api or an id, not VpcLinkRef"):
        describe("a", target=other)


def test_missing_and_unknown_arguments_are_python_s_own_errors() -> None:
    loose: Any = describe
    with pytest.raises(TypeError, match="describe\\(\\) missing 1 required positional argument"):
        loose()
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        loose("a", colour=1)


def test_the_signature_and_the_docstring_stay_visible() -> None:
    assert "seconds: 'float' = 1.0" in str(inspect.signature(describe))
    assert describe.__doc__ == "Describe something."


def test_the_traceback_ends_where_the_wrong_argument_is() -> None:
    bad: Any = 5
    with pytest.raises(TypeError) as caught:
        apigw2.integrations.url(bad)
    # CPython 3.10 cannot raise an error again without adding a frame.
    frames = 1 if sys.version_info >= (3, 11) else 3
    assert len(traceback.extract_tb(caught.value.__traceback__)) == frames
