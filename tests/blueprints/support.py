"""Local gateways for blueprints, with a record of their requests."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from botocore.config import Config
from hypothesis import settings

import apigw2
from apigw2.testing import LocalGateway
from tests.support import figures

if TYPE_CHECKING:
    from collections.abc import Callable

    from apigw2.testing import FaultKind

# The run whose figures are in the documentation has more examples.
SCALE: Final = 10 if os.environ.get(figures.FILE) else 1
_READS: Final = ("Get", "List")


def examples(number: int) -> Callable[..., Any]:
    """Run a test with a number of generated examples, the same in every run."""
    return settings(settings.get_profile("blueprints"), max_examples=number * SCALE)


class World:
    """A local gateway and a gateway to it that sends each request once."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # those of the gateway
        self.local = LocalGateway(**options)
        self.gateway, self._client = self.connect()
        self.sent = 0
        self._fault: tuple[int, FaultKind] | None = None
        self._client.meta.events.register("before-call.apigatewayv2", self._before)

    def connect(self, **place: str) -> tuple[apigw2.ApiGatewayV2, Any]:
        client: Any = self.local.client(config=Config(retries={"total_max_attempts": 1}), **place)
        retries = apigw2.Retries(sleep=self.local.clock.advance, deadline=0)
        return apigw2.ApiGatewayV2(client=client, retries=retries), client

    def fail_at(self, position: int, kind: FaultKind) -> None:
        """Let the request at a position fail, counted from now."""
        self.sent = 0
        self._fault = (position, kind)

    def calm(self) -> None:
        """Let no further request fail."""
        self._fault = None
        self.local.faults.clear()

    def _before(self, model: Any, **_: object) -> None:  # noqa: ANN401  # botocore's model
        if self._fault is not None and self._fault[0] == self.sent:
            self.local.faults.add(model.name, self._fault[1])
            self._fault = None
        self.sent += 1

    @property
    def api(self) -> apigw2.Api:
        """The only API."""
        (api,) = self.gateway.get_apis()
        return api

    def apply(self, blueprint: apigw2.Blueprint, **options: Any) -> apigw2.Api:  # noqa: ANN401  # any option
        return self.gateway.plan(blueprint, **options).apply()

    def mark(self) -> int:
        """The number of requests so far."""
        return len(self.local.requests)

    def writes(self, since: int = 0) -> list[str]:
        """The operations that write, in order."""
        return [
            request.operation
            for request in self.local.requests[since:]
            if not request.operation.startswith(_READS)
        ]

    def refused(self, since: int = 0) -> list[tuple[str, int]]:
        """The requests that the local gateway rejected."""
        return [
            (request.operation, request.status)
            for request in self.local.requests[since:]
            if request.status >= 400
        ]

    def doubled(self, blueprint: apigw2.Blueprint) -> dict[str, int]:
        """The numbers of objects that a blueprint does not contain."""
        api = self.api
        found = Counter(
            routes=len(api.get_routes().all()) - len(blueprint.routes),
            integrations=len(api.get_integrations().all()) - len(blueprint.all_integrations()),
            authorizers=len(api.get_authorizers().all()) - len(blueprint.all_authorizers()),
            stages=len(api.get_stages().all()) - len(blueprint.stages),
        )
        return {name: number for name, number in found.items() if number}
