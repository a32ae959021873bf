"""No public callable fails from the inside, whatever it is given."""

from __future__ import annotations

import contextlib
import linecache
import threading
import traceback
import warnings
from typing import TYPE_CHECKING, Any, Final

import pytest
from botocore.exceptions import BotoCoreError

import apigw2
from tests.support import nonsense

if TYPE_CHECKING:
    import inspect
    from collections.abc import Iterator

    from tests.support.nonsense import Callee, World

CALLEES: Final = nonsense.callees()
_HANGS: Final = 60  # seconds for all values of a parameter, which take a fraction of one


@pytest.fixture(scope="module")
def world() -> World:
    return nonsense.World()


def call(world: World, callee: Callee, given: dict[str, Any]) -> None:
    """Call with keywords where possible; listings are fetched, and context managers entered."""
    positional: list[Any] = []
    for parameter in callee.parameters():
        several = any(p.kind is p.VAR_POSITIONAL for p in callee.parameters())
        if parameter.name in given and (
            parameter.kind is parameter.POSITIONAL_ONLY
            or (several and parameter.kind is not parameter.KEYWORD_ONLY)
        ):
            positional.append(given.pop(parameter.name))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", apigw2.PreflightWarning)
        result = world.method(callee)(*positional, **given)
        if isinstance(result, apigw2.Listing):
            result.all()
        elif isinstance(result, contextlib.AbstractContextManager):
            with result:
                pass


def is_deliberate(error: Exception) -> bool:
    """Whether an error was raised by a `raise` of the library."""
    *_, last = traceback.extract_tb(error.__traceback__)
    line = linecache.getline(last.filename, last.lineno or 0)
    return "/apigw2/" in last.filename and line.strip().startswith("raise")


def names(text: str, parameter: str) -> bool:
    """Whether a message names a parameter, in Python's spelling or in boto3's."""
    boto = "".join(part.capitalize() for part in parameter.split("_"))
    return parameter.rstrip("s") in text or boto.rstrip("s") in text


def complaint(error: Exception, callee: Callee, parameter: str) -> str | None:
    """What is wrong with an error; `None` if a caller can see what to change."""
    if isinstance(error, apigw2.Apigw2Error) or type(error).__name__ in (
        callee.function.__doc__ or ""
    ):
        return None
    if isinstance(error, (TypeError, ValueError, BotoCoreError)) and (
        is_deliberate(error) or names(str(error), parameter)
    ):
        return None
    return f"{type(error).__name__}: {error} at {traceback.extract_tb(error.__traceback__)[-1]}"


def tried(world: World, callee: Callee, parameter: inspect.Parameter) -> Iterator[str]:
    for label, make in nonsense.NONSENSE.items():
        if label == "a class" and "Callable" in str(parameter.annotation):
            continue  # which is callable, and fails as a function of the caller's may
        given = {**world.valid(callee), parameter.name: make()}
        sent = len(world.local.requests)
        try:
            call(world, callee, given)
        except Exception as error:  # noqa: BLE001  # any
            found = complaint(error, callee, parameter.name)
            if found:
                yield f"{label}: {found}"
            elif world.local.requests[sent:] and not isinstance(error, apigw2.Apigw2Error):
                yield f"{label}: sent a request, then {error!r}"
        for request in world.local.requests[sent:]:
            if request.status >= 500:
                yield f"{label}: {request}"


def collect(
    world: World, callee: Callee, parameter: inspect.Parameter, complaints: list[str]
) -> None:
    complaints += tried(world, callee, parameter)


@pytest.mark.parametrize("callee", CALLEES, ids=lambda callee: callee.name)
def test_nonsense_is_refused_by_name_before_a_request(world: World, callee: Callee) -> None:
    for parameter in callee.parameters():
        complaints: list[str] = []
        thread = threading.Thread(
            target=collect, args=(world, callee, parameter, complaints), daemon=True
        )
        thread.start()
        thread.join(_HANGS)
        assert not thread.is_alive(), f"{callee.name}({parameter.name}) hangs"
        assert not complaints, f"{callee.name}({parameter.name}):\n" + "\n".join(complaints)


@pytest.mark.parametrize("callee", CALLEES, ids=lambda callee: callee.name)
def test_valid_arguments_are_accepted(world: World, callee: Callee) -> None:
    """Otherwise the error of a valid argument would hide that of a wrong one."""
    documented = callee.function.__doc__ or ""
    try:
        call(world, callee, world.valid(callee))
    except apigw2.Apigw2Error:
        pass  # the state of a resource, or the fault of a write
    except Exception as error:
        if type(error).__name__ not in documented:
            raise


def test_every_public_callable_is_tried() -> None:
    assert len(CALLEES) > 250
