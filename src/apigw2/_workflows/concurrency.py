"""Several calls at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Executor, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar, Union, cast, overload

from apigw2._objects.listing import Listing
from apigw2._service.quotas import BURST, REQUESTS_PER_SECOND

if TYPE_CHECKING:
    from collections.abc import Sequence

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
E = TypeVar("E")
F = TypeVar("F")

T_co = TypeVar("T_co", covariant=True)


class _Fetchable(Protocol[T_co]):
    """A `Listing`, for type checkers: its result is what `all()` returns."""

    def all(self) -> T_co: ...


Gatherable = Union[Callable[[], A], _Fetchable[A]]  # noqa: UP007  # `|` needs CPython 3.11 here
"""A function without arguments, or a `Listing`."""

_THREADS: Final = 8  # fewer than the 10 connections that a boto3 client keeps


@overload
def gather(
    a: Gatherable[A],
    /,
    *,
    executor: Executor | None = None,
    rate: float | None = REQUESTS_PER_SECOND,
) -> tuple[A]: ...
@overload
def gather(
    a: Gatherable[A],
    b: Gatherable[B],
    /,
    *,
    executor: Executor | None = None,
    rate: float | None = REQUESTS_PER_SECOND,
) -> tuple[A, B]: ...
@overload
def gather(
    a: Gatherable[A],
    b: Gatherable[B],
    c: Gatherable[C],
    /,
    *,
    executor: Executor | None = None,
    rate: float | None = REQUESTS_PER_SECOND,
) -> tuple[A, B, C]: ...
@overload
def gather(
    a: Gatherable[A],
    b: Gatherable[B],
    c: Gatherable[C],
    d: Gatherable[D],
    /,
    *,
    executor: Executor | None = None,
    rate: float | None = REQUESTS_PER_SECOND,
) -> tuple[A, B, C, D]: ...
@overload
def gather(
    a: Gatherable[A],
    b: Gatherable[B],
    c: Gatherable[C],
    d: Gatherable[D],
    e: Gatherable[E],
    /,
    *,
    executor: Executor | None = None,
    rate: float | None = REQUESTS_PER_SECOND,
) -> tuple[A, B, C, D, E]: ...
@overload
def gather(
    *calls: Gatherable[F],
    executor: Executor | None = None,
    rate: float | None = REQUESTS_PER_SECOND,
) -> tuple[F, ...]: ...
def gather(
    *calls: Gatherable[Any],
    executor: Executor | None = None,
    rate: float | None = REQUESTS_PER_SECOND,
) -> tuple[Any, ...]:
    """Make several independent calls at once, and return their results in order.

    Args:
        calls: Listings, and functions without arguments, such as `api.route("d4e5f6").get`.
        executor: Any `concurrent.futures.Executor`, such as a cluster's for fleets of accounts;
            eight threads by default.
        rate: Calls started per second after a burst of 40: an account's quota for the control
            plane. `None` for no limit. A listing of many pages makes more requests than this
            counts; throttled requests are retried.

    Returns:
        The results; for a listing, a tuple of its objects.

    Raises:
        Exception: The exception of the first call that failed. Calls that have not started are
            cancelled.

    Example:
        >>> routes, stages = apigw2.gather(api.get_routes(), api.get_stages())
        >>> routes_of_apis = apigw2.gather(*(api.get_routes() for api in gw.get_apis()))
    """
    if executor is not None:
        return _gather(calls, executor, rate)
    threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="apigw2")
    try:
        results = _gather(calls, threads, rate)
    except BaseException:
        threads.shutdown(wait=False)  # the first failure is raised at once
        raise
    threads.shutdown()
    return results


def _gather(
    calls: Sequence[Gatherable[Any]], executor: Executor, rate: float | None
) -> tuple[Any, ...]:
    futures: list[Future[Any]] = []
    start = time.monotonic()
    try:
        for count, call in enumerate(calls):
            if rate is not None and count >= BURST:
                due = start + (count - BURST + 1) / rate
                _raise_first(futures, due)
                time.sleep(max(due - time.monotonic(), 0))
            futures.append(executor.submit(_function(call)))
        _raise_first(futures)
        return tuple(future.result() for future in futures)
    finally:
        for future in futures:
            future.cancel()  # has no effect on calls that have ended


def _function(call: Gatherable[Any]) -> Callable[[], Any]:
    return call.all if isinstance(call, Listing) else cast("Callable[[], Any]", call)


def _raise_first(futures: Sequence[Future[Any]], due: float | None = None) -> None:
    """Wait until all end, one fails, or `due`; raise the exception of the first that failed."""
    timeout = None if due is None else max(due - time.monotonic(), 0)
    done = wait(futures, timeout, FIRST_EXCEPTION).done
    for future in futures:
        if future in done:
            future.result()
