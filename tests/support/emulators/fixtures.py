"""MiniStack and moto over HTTP. Each pytest-xdist worker starts its own, when a test needs it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.emulators.servers import Emulator, running
from tests.support.emulators.venvs import emulator_venv

if TYPE_CHECKING:
    from collections.abc import Iterator


def venv_of(name: str, config: pytest.Config) -> Path:
    """The emulator's environment: the one that nox made, or one in pytest's cache."""
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
