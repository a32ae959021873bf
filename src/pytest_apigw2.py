"""Fixtures for pytest, there as soon as apigw2 is installed.

A test asks for them by name: `apigw2_gateway` for the library over an empty local gateway,
`apigw2_local` for that local gateway itself.

Pytest imports this in every run, of whatever project: it is no part of the package, so that boto3
is imported only where a test asks for one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from apigw2 import ApiGatewayV2
    from apigw2.testing import LocalGateway


@pytest.fixture
def apigw2_local() -> LocalGateway:
    """An empty local gateway, new for each test."""
    from apigw2.testing import LocalGateway  # noqa: PLC0415 - only tests that ask for it wait for it

    return LocalGateway()


@pytest.fixture
def apigw2_gateway(apigw2_local: LocalGateway) -> ApiGatewayV2:
    """An `apigw2.ApiGatewayV2` over the local gateway of the same test."""
    return apigw2_local.gateway()
