"""The token bucket that limits the rate of `gather` and `gather_map`."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

import apigw2
from apigw2._objects.references import connection_of
from apigw2._wire.pacing import TokenBucket, paced
from tests.support.local import API, Local
from tests.support.server import Answer

if TYPE_CHECKING:
    from collections.abc import Callable


class Time:
    """A clock that sleeping advances, as the real one, or that stands still."""

    def __init__(self, *, stands: bool = False) -> None:
        self.now = 100.0
        self.slept: list[float] = []
        self._stands = stands

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if not self._stands:
            self.now += seconds

    def bucket(self) -> TokenBucket:
        return TokenBucket(self.sleep, self.clock)


@pytest.fixture(params=[False, True], ids=["a real sleep", "an injected sleep"])
def time(request: pytest.FixtureRequest) -> Time:
    return Time(stands=request.param)


@pytest.mark.parametrize(
    ("requests", "rate", "seconds"), [(40, 10, 0), (43, 10, 0.3), (45, 2, 2.5), (90, None, 0)]
)
def test_requests_are_sent_at_the_rate_after_a_burst(
    requests: int, rate: float | None, seconds: float, time: Time
) -> None:
    bucket = time.bucket()
    with paced(rate):
        for _ in range(requests):
            bucket.acquire()
    assert sum(time.slept) == pytest.approx(seconds)


def test_tokens_are_refilled_up_to_the_burst_while_nothing_is_sent() -> None:
    time = Time()
    bucket = time.bucket()
    with paced(10):
        for _ in range(40):
            bucket.acquire()
        time.now += 2  # 20 tokens
        for _ in range(20):
            bucket.acquire()
        assert not time.slept
        time.now += 3600  # never more than the burst
        for _ in range(41):
            bucket.acquire()
    assert time.slept == [pytest.approx(0.1)]


def test_a_clock_that_goes_backwards_refills_no_tokens() -> None:
    time = Time()
    bucket = time.bucket()
    with paced(10):
        for _ in range(40):
            bucket.acquire()
        time.now -= 50
        bucket.acquire()
    assert time.slept == [pytest.approx(0.1)]


def test_calls_outside_of_gather_take_no_tokens(time: Time) -> None:
    bucket = time.bucket()
    for _ in range(100):
        bucket.acquire()
    with paced(1), paced(None):
        for _ in range(100):
            bucket.acquire()
    assert not time.slept


def test_threads_share_one_bucket() -> None:
    slept: list[float] = []
    bucket = TokenBucket(slept.append, lambda: 0.0)
    meeting = threading.Barrier(4, timeout=10)

    def take(_: int) -> None:
        meeting.wait()
        with paced(10):
            for _ in range(25):
                bucket.acquire()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(take, range(4)))
    assert len(slept) >= 54  # of the 60 above the burst; one thread's sleep may end another's wait
    assert max(slept) <= 6


def standing_still(gateway: apigw2.ApiGatewayV2, patch: pytest.MonkeyPatch) -> list[float]:
    pauses: list[float] = []
    patch.setattr(connection_of(gateway), "bucket", TokenBucket(pauses.append, lambda: 0.0))
    return pauses


@pytest.fixture
def pauses(local: Local, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses of the gateway, whose clock stands still."""
    return standing_still(local.gateway, monkeypatch)


@pytest.mark.parametrize("gathers", [1, 4])
def test_the_gathers_of_a_gateway_share_its_quota(
    gathers: int, local: Local, pauses: list[float]
) -> None:
    local.server.prepare(then=Answer(API))
    api = local.gateway.api("a1")
    with ThreadPoolExecutor(1) as one_at_a_time:
        for _ in range(gathers):
            apigw2.gather(*[api.get] * (60 // gathers), executor=one_at_a_time)
    assert len(local.server.lines) == 60
    assert pauses == pytest.approx([0.1] * 20)


def test_each_page_of_a_listing_takes_a_token(local: Local, pauses: list[float]) -> None:
    tokens = [f"t{n}" for n in range(44)]
    pages = [Answer({"items": [API], "nextToken": token}) for token in tokens]
    local.server.prepare([*pages, Answer({"items": [API]})])
    (apis,) = apigw2.gather(local.gateway.get_apis())
    assert len(apis) == 45
    assert pauses == pytest.approx([0.1] * 5)


def test_the_pages_of_a_listing_to_map_take_tokens_too(local: Local, pauses: list[float]) -> None:
    pages = [Answer({"items": [], "nextToken": f"t{n}"}) for n in range(40)]
    local.server.prepare([*pages, Answer({"items": [API]})])
    assert apigw2.gather_map(str, local.gateway.get_apis())
    assert pauses == pytest.approx([0.1])


def test_each_gateway_has_its_own_quota(
    local: Local, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    local.server.prepare(then=Answer(API))
    other = apigw2.ApiGatewayV2(client=local.gateway.client)
    pauses_of_other = standing_still(other, monkeypatch)
    calls: list[Callable[[], apigw2.Api]] = [gw.api("a1").get for gw in (local.gateway, other)]
    apigw2.gather(*calls * 40)
    assert (pauses, pauses_of_other) == ([], [])
