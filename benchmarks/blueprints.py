"""Reading, planning and applying blueprints: requests, CPU time, and time by a gateway's clock."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import apigw2
from apigw2.testing import Clock, LocalGateway

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES: Final = (10, 100, 300)
ROUNDS: Final = 3
RATE, BURST = 10, 40  # requests that an account may make: per second, and at once


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


def _cpu(work: Callable[[], object]) -> float:
    """The least CPU time of a few rounds, in milliseconds."""
    times: list[float] = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times) * 1000


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Yield what was done, the requests, the CPU time, and the time by the clock."""
    for size in SIZES:
        local = LocalGateway()
        api = local.gateway().plan(blueprint(size)).apply()
        before = len(local.requests)
        api.blueprint()
        requests = len(local.requests) - before
        yield f"read {size} routes", str(requests), f"{_cpu(api.blueprint):.0f} ms", ""
    for size in SIZES:
        a, b = blueprint(size), blueprint(size, "2")
        cpu = _cpu(lambda a=a, b=b: apigw2.diff(a, b))  # type: ignore[misc]  # bound now
        yield f"plan {size} routes against {size}", "0", f"{cpu:.0f} ms", ""
    clock = Clock(step=0, running=True)
    local = LocalGateway(clock=clock, rate_limits=True)
    begin, start = time.process_time(), clock.now()
    local.gateway().plan(blueprint(SIZES[-1])).apply()
    cpu, took = time.process_time() - begin, (clock.now() - start).total_seconds()
    writes = sum(not each.operation.startswith(("Get", "List")) for each in local.requests)
    bound = (writes - BURST) / RATE
    yield (
        f"apply {SIZES[-1]} routes",
        str(len(local.requests)),
        f"{cpu * 1000:.0f} ms",
        f"{took:.1f} s, {took / bound:.2f} of what the quota demands",
    )
