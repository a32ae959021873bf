"""A gateway that counts its requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.support.calls import call
from tests.support.strategies import sample_parameters
from tests.support.wire import Service

if TYPE_CHECKING:
    import apigw2
    from tests.support.server import Request, Server

ATTEMPTS: Final = 4
DEADLINE: Final = 100.0


class Faulty(Service):
    """A gateway that calls any operation and counts the requests."""

    def __init__(self, gateway: apigw2.ApiGatewayV2, server: Server) -> None:
        self.gateway = gateway
        self.client: Any = gateway.client
        self.server = server
        self.sent = 0
        self.client.meta.events.register("before-send.apigatewayv2", self._count)

    def call(self, operation: str, *, every: bool = False) -> object:
        """Call an operation with its required parameters, or with all of them."""
        self.sent = 0
        return call(self, operation, sample_parameters(operation, every=every))

    def received(self) -> list[Request]:
        """The requests that the server has read."""
        return self.server.settled(self.sent)

    def _count(self, **_: object) -> None:
        self.sent += 1
