"""A traceback ends in the line of the call."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import TYPE_CHECKING, Any

import pytest

import apigw2
from tests.support.local import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.support.local import Local


def wrong_type(local: Local) -> None:
    number: Any = 5
    local.gateway.api("a1").create_route(number)


def wrong_name(local: Local) -> None:
    api: Any = local.gateway.api("a1")
    api.create_route("GET /pets", targt="integrations/i1")


def wrong_value(local: Local) -> None:
    local.gateway.api("a1").create_route("x" * 2000)


def missing(local: Local) -> None:
    local.server.prepare([MISSING])
    local.gateway.api("a1").get()


def missing_listing(local: Local) -> None:
    local.server.prepare([MISSING])
    local.gateway.api("a1").get_routes().all()


def missing_delete(local: Local) -> None:
    local.server.prepare([MISSING])
    local.gateway.api("a1").delete()


# CPython 3.10 cannot raise an error again without adding a frame.
OLD = sys.version_info < (3, 11)
USUAL = 2 if OLD else 0
EXPECTED: Mapping[object, int] = {missing_listing: 4 if OLD else 2}
CALLS = [wrong_type, wrong_name, wrong_value, missing, missing_listing, missing_delete]


def error_of(call: Callable[[Local], None], local: Local) -> Exception:
    with pytest.raises((TypeError, apigw2.Apigw2Error)) as caught:
        call(local)
    return caught.value


@pytest.mark.parametrize("call", CALLS)
def test_a_traceback_ends_in_the_callers_line(call: Callable[[Local], None], local: Local) -> None:
    error = error_of(call, local)
    frames = list(traceback.walk_tb(error.__traceback__))
    names = [frame.f_code.co_name for frame, _ in frames]
    below = frames[names.index(call.__name__) + 1 :]
    # The frames of a listing's generators cannot be dropped; IPython and pytest hide them.
    assert all(frame.f_locals.get("__tracebackhide__") for frame, _ in below)
    assert len(below) == EXPECTED.get(call, USUAL)
    text = "".join(traceback.format_exception(error))
    assert "botocore/client.py" not in text


def test_an_error_has_botocores_error_as_its_cause(local: Local) -> None:
    error = error_of(missing, local)
    assert type(error.__cause__).__name__ == "NotFoundException"
    assert error.__cause__ is not None
    assert error.__cause__.__traceback__ is None


def test_debug_logging_keeps_the_frames_of_the_library(
    local: Local, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "apigw2"):
        error = error_of(missing, local)
    text = "".join(traceback.format_exception(error))
    assert "botocore/client.py" in text
    assert "_wire/connection.py" in text
