"""Successful responses with an unusable body, with both decoders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

import apigw2
from tests.support import walk
from tests.support.calls import call
from tests.support.server import Answer
from tests.support.strategies import sample_parameters
from tests.support.wire import Service

if TYPE_CHECKING:
    from collections.abc import Callable

    Note = Callable[[str, object], None]

BODIES: Final = (
    b"<html><body>Sign in first.</body></html>",
    b'{"items": [{"routeId"',
    b'{"items": [}',
    b"[]",
    b'[{"apiId": "a1"}]',
    b"null",
    b"true",
    b"200",
    b'"text"',
    b'{"name": "\xff\xfe"}',
    b"\x1f\x8b\x08\x00",
    b"[" * 100_000,
    b'{"a": ' * 100_000,
    b"{} trailing text",
)


@pytest.fixture(scope="module")
def services() -> dict[bool, Service]:
    """A service whose responses the library decodes, and one whose responses botocore decodes."""
    made = {fast: Service() for fast in (True, False)}
    made[False].gateway = apigw2.ApiGatewayV2(
        client=made[False].client,
        retries=apigw2.Retries(deadline=0),
        preflight="off",
        fast_decoding=False,
    )
    return made


@pytest.mark.parametrize("operation", walk.OPERATIONS)
def test_an_answer_that_is_not_an_object_is_an_error(
    operation: str, services: dict[bool, Service], record_property: Note
) -> None:
    for service in services.values():
        for body in BODIES:
            service.answer(Answer(body))
            with pytest.raises(apigw2.ResponseShapeError):
                call(service, operation, sample_parameters(operation))
            record_property("answers that cannot be used, read in both ways, each an error", 1)
