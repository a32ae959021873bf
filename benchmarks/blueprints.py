"""Read, plan and apply blueprints: requests, CPU time, and time of a local gateway's clock."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import apigw2
from apigw2.testing import Clock, LocalGateway
from benchmarks.contestants import OURS, RAW, new_session
from benchmarks.interleave import interleaved
from benchmarks.rows import Row
from benchmarks.served import SIZES, local_gateway

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.rows import Settings

_RATE, _BURST = 10, 40  # requests that an account may make: per second, and at once
_LISTS: Final = ("get_routes", "get_integrations", "get_authorizers", "get_stages")


def blueprint(routes: int, version: str = "1") -> apigw2.Blueprint:
    """An HTTP API with a number of routes to ten backends."""
    backends = [apigw2.integrations.url(f"https://{n}.example.com") for n in range(10)]
    return apigw2.Blueprint(
        "petstore",
        protocol_type="HTTP",
        routes=[
            apigw2.RouteSpec(f"GET /{n}", target=backends[n % 10], operation_name=f"v{version}")
            for n in range(routes)
        ],
        stages=[apigw2.StageSpec("prod")],
    )


def _read_with_boto3(client: Any, api_id: str) -> None:
    """Fetch the contents of a blueprint as dicts."""
    client.get_api(ApiId=api_id)
    for name in _LISTS:
        token: dict[str, str] = {}
        while True:
            page = getattr(client, name)(ApiId=api_id, **token)
            if "NextToken" not in page:
                break
            token = {"NextToken": page["NextToken"]}


def reading(settings: Settings) -> Iterator[Row]:
    """Read a blueprint from a gateway in another process, and the same lists with raw boto3."""
    with local_gateway() as port:
        session, url = new_session(), f"http://127.0.0.1:{port}"
        client: Any = session.client("apigatewayv2", endpoint_url=url)
        # The rate of requests is not limited here, so pacing must not sleep.
        retries = apigw2.Retries(sleep=lambda _: None)
        gateway = apigw2.ApiGatewayV2(session=session, endpoint_url=url, retries=retries)
        for size in SIZES:
            api = gateway.plan(blueprint(size)).apply()
            requests = 0

            def count(**_: object) -> None:
                nonlocal requests
                requests += 1

            events = gateway.client.meta.events
            events.register("before-send.apigatewayv2", count, unique_id="benchmark")
            read = api.blueprint()
            events.unregister("before-send.apigatewayv2", unique_id="benchmark")
            assert len(read.routes) == size
            tasks: dict[str, Callable[[], object]] = {
                RAW: functools.partial(_read_with_boto3, client, api.api_id),
                OURS: api.blueprint,
            }
            name = f"read {size} routes, {requests} requests"
            yield Row(name, interleaved(tasks, settings.seconds), per=size)
            api.delete()


def planning(settings: Settings) -> Iterator[Row]:
    """Plan the change between two blueprints in which every route differs."""
    for size in SIZES:
        task = functools.partial(apigw2.diff, blueprint(size), blueprint(size, "2"))
        samples = interleaved({OURS: task}, settings.seconds / 2)
        yield Row(f"plan {size} routes against {size}", samples, per=size)


def applying() -> float:
    """Apply 300 routes within an account's quota.

    Returns:
        The time of the gateway's clock, as a multiple of the minimum that the quota allows for
        the requests that write.
    """
    clock = Clock(step=0, running=True)
    local = LocalGateway(clock=clock, rate_limits=True)
    start = clock.now()
    local.gateway().plan(blueprint(SIZES[-1])).apply()
    took = (clock.now() - start).total_seconds()
    writes = sum(not each.operation.startswith(("Get", "List")) for each in local.requests)
    return took * _RATE / (writes - _BURST)
