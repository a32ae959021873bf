"""MiniStack and moto over HTTP. Each pytest-xdist worker starts its own, when a test needs it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.emulators.servers import Emulator, echo_backend, running
from tests.emulators.venvs import emulator_venv

if TYPE_CHECKING:
    from collections.abc import Iterator

    import apigw2

EMULATORS = ("ministack", "moto")


def venv_of(name: str, config: pytest.Config) -> Path:
    """The emulator's environment: the one that nox made, or else one in pytest's cache."""
    given = os.environ.get(f"APIGW2_{name.upper()}_VENV")
    if given:
        return Path(given)
    return emulator_venv(name, config.cache.mkdir("emulators"))


@pytest.fixture(scope="session")
def ministack(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Emulator]:
    venv = venv_of("ministack", pytestconfig)
    with running("ministack", venv, tmp_path_factory.mktemp("ministack")) as emulator:
        yield emulator


@pytest.fixture(scope="session")
def moto(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Emulator]:
    venv = venv_of("moto", pytestconfig)
    with running("moto", venv, tmp_path_factory.mktemp("moto")) as emulator:
        yield emulator


@pytest.fixture(params=EMULATORS)
def emulator(request: pytest.FixtureRequest) -> Emulator:
    """Each of the emulators in turn."""
    server = request.getfixturevalue(request.param)
    assert isinstance(server, Emulator)
    return server


@pytest.fixture
def gw(emulator: Emulator) -> apigw2.ApiGatewayV2:
    return emulator.gateway()


@pytest.fixture
def api(gw: apigw2.ApiGatewayV2) -> Iterator[apigw2.Api]:
    """An HTTP API that is gone after the test."""
    api = gw.create_api("pets", protocol_type="HTTP")
    yield api
    api.delete()


@pytest.fixture(scope="session")
def backend() -> Iterator[str]:
    with echo_backend() as url:
        yield url
