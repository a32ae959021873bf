"""A WebSocket API for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.testing.websocket.support import make_chat

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client
    from tests.testing.websocket.support import Chat


@pytest.fixture
def chat(local: LocalGateway, client: Client) -> Chat:
    return make_chat(local, client)
