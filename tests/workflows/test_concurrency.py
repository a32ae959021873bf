"""Several calls at once: in order, typed, within the quota, and the first failure ends them."""

from __future__ import annotations

import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from typing_extensions import ParamSpec

import apigw2
from tests.faults.server import Answer
from tests.support.local import API, ROUTE, Local, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


class Later(Executor):
    """An executor as a cluster's might be: what is submitted is begun in a thread of its own."""

    def __init__(self) -> None:
        self.submitted = 0
        self.closed = False

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        self.submitted += 1
        future: Future[R] = Future()

        def run() -> None:
            try:
                future.set_result(fn(*args, **kwargs))
            except ValueError as error:
                future.set_exception(error)

        threading.Thread(target=run).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  # the base's
        del wait, cancel_futures
        self.closed = True


def test_listings_and_gets_in_order(local: Local) -> None:
    api = local.gateway.api("a1")
    local.server.prepare([Answer({"items": [ROUTE]})])
    (routes,) = apigw2.gather(api.get_routes())
    assert [route.route_key for route in routes] == ["GET /pets"]
    local.server.prepare(then=Answer(API))
    first, second, third = apigw2.gather(api.get, local.gateway.api("a1").get, lambda: 7)
    assert (first.name, second.name, third) == ("petstore", "petstore", 7)
    assert apigw2.gather() == ()


def test_many_of_one_kind_keep_their_order() -> None:
    assert apigw2.gather(*(lambda i=i: i for i in range(30)), rate=None) == tuple(range(30))


def test_calls_run_at_the_same_time() -> None:
    meeting = threading.Barrier(4, timeout=10)
    assert sorted(apigw2.gather(*[meeting.wait] * 4)) == [0, 1, 2, 3]


def test_the_first_failure_is_raised_and_the_rest_not_begun(local: Local) -> None:
    go_on = threading.Event()
    begun: list[int] = []

    def wait_long() -> None:
        begun.append(1)
        go_on.wait(10)

    api = local.gateway.api("a1")
    local.server.prepare(then=refusal("NotFoundException", "There is none", 404))
    with pytest.raises(apigw2.NotFoundError, match="There is none"):
        apigw2.gather(api.get_routes(), *[wait_long] * 30)
    go_on.set()
    assert len(begun) < 30


def test_an_executor_of_ones_own_is_left_open() -> None:
    executor = Later()
    assert apigw2.gather(lambda: "a", lambda: 2, executor=executor) == ("a", 2)
    assert executor.submitted == 2
    assert not executor.closed
    with ThreadPoolExecutor(2) as threads:
        assert apigw2.gather(lambda: 1, executor=threads) == (1,)
        assert threads.submit(lambda: 2).result() == 2


def failing() -> None:
    raise ValueError("no")


def test_an_early_failure_stops_the_submission(monkeypatch: pytest.MonkeyPatch) -> None:
    executor = Later()
    never: list[Callable[[], Any]] = [lambda: None] * 100
    monkeypatch.setattr("apigw2._workflows.concurrency.time", FakeTime())
    with pytest.raises(ValueError, match="no"):
        apigw2.gather(failing, *never, executor=executor)
    assert executor.submitted == 40, "the burst, after which the failure was seen"


class FakeTime:
    """Time that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.parametrize(
    ("calls", "rate", "seconds"), [(40, 10, 0), (43, 10, 0.3), (45, 2, 2.5), (90, None, 0)]
)
def test_calls_are_begun_within_the_quota(
    calls: int, rate: float | None, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeTime()
    monkeypatch.setattr("apigw2._workflows.concurrency.time", clock)
    assert apigw2.gather(*[lambda: 1] * calls, rate=rate) == (1,) * calls
    assert clock.now == pytest.approx(seconds)


def test_a_later_call_may_fail_first() -> None:
    go_on = threading.Event()
    with ThreadPoolExecutor(2) as threads:
        try:
            with pytest.raises(ValueError, match="no"):
                apigw2.gather(lambda: go_on.wait(10), failing, executor=threads)
        finally:
            go_on.set()
