"""pytest fixtures, available as soon as apigw2 is installed.

`apigw2_local` is an empty local gateway. `apigw2_gateway` is an `ApiGatewayV2` that uses it.

pytest imports this module in every run of every project. It is not part of the package, so boto3 is
imported only if a test uses one of the fixtures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from apigw2 import ApiGatewayV2
    from apigw2.testing import LocalGateway


@pytest.fixture
def apigw2_local() -> LocalGateway:
    """A new, empty local gateway for each test."""
    from apigw2.testing import LocalGateway  # noqa: PLC0415 - slow; imported only if a test uses it

    return LocalGateway()


@pytest.fixture
def apigw2_gateway(apigw2_local: LocalGateway) -> ApiGatewayV2:
    """An `apigw2.ApiGatewayV2` that uses the `apigw2_local` of the test."""
    return apigw2_local.gateway()
