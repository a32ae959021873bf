"""A local gateway for each test, and a plain boto3 client of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apigw2.testing import Delays, LocalGateway
from tests.emulators.conftest import ministack, moto

if TYPE_CHECKING:
    from tests.testing.support import Client

__all__ = ["client", "local", "ministack", "moto"]  # the last two: the emulators, as fixtures


@pytest.fixture
def local() -> LocalGateway:
    """A gateway whose stages serve a change at once: `test_stages.py` tests the delay."""
    return LocalGateway(delays=Delays(auto_deploy=0))


@pytest.fixture
def client(local: LocalGateway) -> Client:
    return local.client()
