"""`gather` and `gather_map`: results in order, errors, executors and processes."""

from __future__ import annotations

import multiprocessing
import pickle
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import pytest
from typing_extensions import ParamSpec

import apigw2
from tests.support.local import API, ROUTE, Local, refusal
from tests.support.server import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")
SPAWN: Final = multiprocessing.get_context("spawn")  # a fork copies the threads of other tests


class Later(Executor):
    """An executor like a cluster's: each call starts at once, in a separate thread."""

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


def test_gather_returns_listings_and_objects_in_order(local: Local) -> None:
    api = local.gateway.api("a1")
    local.server.prepare([Answer({"items": [ROUTE]})])
    (routes,) = apigw2.gather(api.get_routes())
    assert [route.route_key for route in routes] == ["GET /pets"]
    local.server.prepare(then=Answer(API))
    first, second, third = apigw2.gather(api.get, local.gateway.api("a1").get, lambda: 7)
    assert (first.name, second.name, third) == ("petstore", "petstore", 7)
    assert apigw2.gather() == ()


def test_gather_returns_many_results_in_order() -> None:
    assert apigw2.gather(*(lambda i=i: i for i in range(30)), rate=None) == tuple(range(30))


def test_gather_runs_calls_at_the_same_time() -> None:
    meeting = threading.Barrier(4, timeout=10)
    assert sorted(apigw2.gather(*[meeting.wait] * 4)) == [0, 1, 2, 3]


def test_gather_raises_the_first_error_and_starts_no_further_calls(local: Local) -> None:
    go_on = threading.Event()
    started: list[int] = []

    def wait_long() -> None:
        started.append(1)
        go_on.wait(10)

    api = local.gateway.api("a1")
    local.server.prepare(then=refusal("NotFoundException", "There is none", 404))
    with pytest.raises(apigw2.NotFoundError, match="There is none"):
        apigw2.gather(api.get_routes(), *[wait_long] * 30)
    go_on.set()
    assert len(started) < 30


def test_gather_does_not_shut_down_the_callers_executor() -> None:
    executor = Later()
    assert apigw2.gather(lambda: "a", lambda: 2, executor=executor) == ("a", 2)
    assert executor.submitted == 2
    assert not executor.closed
    with ThreadPoolExecutor(2) as threads:
        assert apigw2.gather(lambda: 1, executor=threads) == (1,)
        assert threads.submit(lambda: 2).result() == 2


def failing() -> None:
    raise ValueError("no")


def test_gather_raises_the_error_of_a_later_call_that_fails_first() -> None:
    go_on = threading.Event()
    with ThreadPoolExecutor(2) as threads:
        try:
            with pytest.raises(ValueError, match="no"):
                apigw2.gather(lambda: go_on.wait(10), failing, executor=threads)
        finally:
            go_on.set()


def test_an_argument_that_cannot_be_called_is_refused_before_any_request(local: Local) -> None:
    api = local.gateway.api("a1")
    fetched: Any = ("a tuple",)
    with pytest.raises(TypeError, match="expected a function or a listing, not tuple"):
        apigw2.gather(api.get, fetched)
    with pytest.raises(TypeError, match="expected a function or a listing, not None"):
        apigw2.gather_map(cast("Any", None), [api])
    assert not local.server.requests


@pytest.mark.parametrize(
    ("rate", "error", "message"),
    [
        (0, ValueError, "rate: 0 requests per second is not a positive number"),
        (-1.5, ValueError, "rate: -1.5 requests"),
        (float("nan"), ValueError, "rate: nan requests"),
        ("10", TypeError, "rate: expected a number or None, not str '10'"),
        (True, TypeError, "rate: expected a number or None, not bool True"),
    ],
)
def test_the_rate_of_gather_is_checked(
    rate: Any,  # noqa: ANN401  # of any type
    error: type[Exception],
    message: str,
) -> None:
    with pytest.raises(error, match=message):
        apigw2.gather(rate=rate)
    with pytest.raises(error, match=message):
        apigw2.gather_map(str, [], rate=rate)


# --- gather_map


def test_gather_map_calls_a_function_with_each_object(local: Local) -> None:
    assert apigw2.gather_map(str, range(30)) == tuple(map(str, range(30)))
    local.server.prepare(then=Answer({"items": [ROUTE]}))
    apis = [local.gateway.api(f"a{n}") for n in range(3)]
    found = apigw2.gather_map(apigw2.ApiRef.get_routes, apis)
    assert [[route.api_id for route in routes] for routes in found] == [["a0"], ["a1"], ["a2"]]


def test_gather_map_accepts_a_listing_of_objects(local: Local) -> None:
    local.server.prepare([Answer({"items": [API]})], then=Answer({"items": []}))
    assert apigw2.gather_map(apigw2.Api.get_stages, local.gateway.get_apis()) == ((),)
    assert local.server.lines == ["GET /v2/apis", "GET /v2/apis/a1/stages"]


def reciprocal(number: int) -> float:
    return 1 / number


def test_gather_map_returns_errors_in_place_on_request() -> None:
    first, failed, last = apigw2.gather_map(reciprocal, (1, 0, 4), errors="return")
    assert (first, last) == (1, 0.25)
    assert isinstance(failed, ZeroDivisionError)
    with pytest.raises(ZeroDivisionError):
        apigw2.gather_map(reciprocal, (1, 0, 4))
    with pytest.raises(ValueError, match="errors: expected 'raise' or 'return', not 'ignore'"):
        apigw2.gather_map(reciprocal, (), errors=cast("Any", "ignore"))


# --- other processes


def test_a_listing_cannot_be_sent_to_another_process(local: Local) -> None:
    routes = local.gateway.api("a1").get_routes()
    with pytest.raises(
        TypeError, match=r"GetRoutes.* cannot be pickled or sent to another process"
    ):
        pickle.dumps(routes)
    with ProcessPoolExecutor(1, mp_context=SPAWN) as processes:
        with pytest.raises(TypeError, match="it holds the client of its gateway"):
            apigw2.gather(routes, executor=processes)
        assert apigw2.gather_map(reciprocal, [1, 2], executor=processes) == (1, 0.5)


class Broken(Later):
    """An executor that accepts only one call."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        del fn, args, kwargs
        if self.submitted:
            raise RuntimeError("no more")
        self.submitted += 1
        self.future: Future[Any] = Future()
        return self.future


def test_gather_cancels_its_calls_if_the_executor_fails() -> None:
    executor = Broken()
    with pytest.raises(RuntimeError, match="no more"):
        apigw2.gather(failing, failing, executor=executor)
    assert executor.future.cancelled()
