"""A local gateway and a boto3 client of it for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apigw2.testing import Delays, LocalGateway

if TYPE_CHECKING:
    from tests.support.local_gateway import Client


@pytest.fixture
def local() -> LocalGateway:
    """A gateway whose stages serve changes at once; `test_stages.py` tests the delay."""
    return LocalGateway(delays=Delays(auto_deploy=0))


@pytest.fixture
def client(local: LocalGateway) -> Client:
    return local.client()
