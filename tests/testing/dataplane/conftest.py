"""An API whose function returns its event, and a loopback server that echoes requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.local_gateway import http_api
from tests.testing.backend import echo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client


@pytest.fixture(scope="module")
def backend() -> Iterator[str]:
    with echo() as url:
        yield url


@pytest.fixture
def api_id(local: LocalGateway, client: Client) -> str:
    api_id = http_api(client)
    client.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)
    local.add_function("pets", lambda event, _: event)
    return api_id
