"""Fixtures: each emulator, an API on it, and a backend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.emulators.servers import Emulator, echo_backend

if TYPE_CHECKING:
    from collections.abc import Iterator

    import apigw2

EMULATORS = ("ministack", "moto")


@pytest.fixture(params=EMULATORS)
def emulator(request: pytest.FixtureRequest) -> Emulator:
    """Each emulator."""
    server = request.getfixturevalue(request.param)
    assert isinstance(server, Emulator)
    return server


@pytest.fixture
def gw(emulator: Emulator) -> apigw2.ApiGatewayV2:
    return emulator.gateway()


@pytest.fixture
def api(gw: apigw2.ApiGatewayV2) -> Iterator[apigw2.Api]:
    """An HTTP API that is deleted after the test."""
    api = gw.create_api("pets", protocol_type="HTTP")
    yield api
    api.delete()


@pytest.fixture(scope="session")
def backend() -> Iterator[str]:
    with echo_backend() as url:
        yield url
