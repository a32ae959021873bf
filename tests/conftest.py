"""A server on loopback for each process, gateways to it, and the emulators."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

import pytest

from apigw2._objects.references import connection_of
from tests.support.local import Local
from tests.support.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

    import apigw2

pytest_plugins = ["tests.support.emulators.fixtures"]


@pytest.fixture(scope="session")
def one_server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def server(one_server: Server) -> Server:
    one_server.prepare()
    return one_server


@pytest.fixture(scope="session")
def one_local(one_server: Server) -> Local:
    return Local(one_server)


@pytest.fixture
def local(one_local: Local, server: Server) -> Local:
    """Gateways to the server, with no memory of earlier tests."""
    assert server is one_local.server
    one_local.pauses.clear()
    for gateway in (one_local.gateway, one_local.warning, one_local.off):
        # Forget the APIs of other tests, because rules depend on their protocols.
        attrgetter("_known_apis")(connection_of(gateway).checks).clear()
    return one_local


@pytest.fixture
def gw(local: Local) -> apigw2.ApiGatewayV2:
    return local.gateway
