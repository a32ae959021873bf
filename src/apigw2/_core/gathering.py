"""Several calls at once."""

from __future__ import annotations

import time
from concurrent.futures import FIRST_EXCEPTION, Executor, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any, Final, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
E = TypeVar("E")
F = TypeVar("F")

_BURST: Final = 40  # control-plane requests that an account may make at once
_THREADS: Final = 8  # fewer than the 10 connections that a boto3 client keeps


@overload
def gather(
    a: Callable[[], A], /, *, executor: Executor | None = None, rate: float | None = 10
) -> tuple[A]: ...
@overload
def gather(
    a: Callable[[], A],
    b: Callable[[], B],
    /,
    *,
    executor: Executor | None = None,
    rate: float | None = 10,
) -> tuple[A, B]: ...
@overload
def gather(
    a: Callable[[], A],
    b: Callable[[], B],
    c: Callable[[], C],
    /,
    *,
    executor: Executor | None = None,
    rate: float | None = 10,
) -> tuple[A, B, C]: ...
@overload
def gather(
    a: Callable[[], A],
    b: Callable[[], B],
    c: Callable[[], C],
    d: Callable[[], D],
    /,
    *,
    executor: Executor | None = None,
    rate: float | None = 10,
) -> tuple[A, B, C, D]: ...
@overload
def gather(
    a: Callable[[], A],
    b: Callable[[], B],
    c: Callable[[], C],
    d: Callable[[], D],
    e: Callable[[], E],
    /,
    *,
    executor: Executor | None = None,
    rate: float | None = 10,
) -> tuple[A, B, C, D, E]: ...
@overload
def gather(
    *calls: Callable[[], F], executor: Executor | None = None, rate: float | None = 10
) -> tuple[F, ...]: ...
def gather(
    *calls: Callable[[], Any], executor: Executor | None = None, rate: float | None = 10
) -> tuple[Any, ...]:
    """Make several independent calls at once, and return their results in order.

    A listing is such a call: it results in all its objects. So is a `get` that is not called yet.

    Args:
        calls: Listings, and functions without arguments.
        executor: What runs them: any `concurrent.futures.Executor`, such as a cluster's for
            fleets of accounts. Left out: eight threads of its own.
        rate: How many calls are begun each second, after a burst of 40: an account's quota for
            the control plane. `None` for no limit. A listing of many pages makes more requests
            than this counts; those that are throttled are repeated.

    Returns:
        The results; of a listing, a tuple of its objects.

    Raises:
        Exception: What the first call that failed raised. Calls that have not begun are cancelled.

    Example:
        >>> routes, stages = apigw2.gather(api.get_routes(), api.get_stages())
        >>> every = apigw2.gather(*(api.get_routes() for api in gw.get_apis()))
    """
    if executor is not None:
        return _gather(calls, executor, rate)
    threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="apigw2")
    try:
        results = _gather(calls, threads, rate)
    except BaseException:
        threads.shutdown(wait=False)  # the first failure is told at once
        raise
    threads.shutdown()
    return results


def _gather(
    calls: Sequence[Callable[[], Any]], executor: Executor, rate: float | None
) -> tuple[Any, ...]:
    futures: list[Future[Any]] = []
    begin = time.monotonic()
    try:
        for count, call in enumerate(calls):
            if rate is not None and count >= _BURST:
                due = begin + (count - _BURST + 1) / rate
                _raise_first(futures, due)
                time.sleep(max(due - time.monotonic(), 0))
            futures.append(executor.submit(call))
        _raise_first(futures)
        return tuple(future.result() for future in futures)
    finally:
        for future in futures:
            future.cancel()  # does nothing to those that have ended


def _raise_first(futures: Sequence[Future[Any]], due: float | None = None) -> None:
    """Wait for all of them, until a moment, or until one fails, and raise what it raised."""
    timeout = None if due is None else max(due - time.monotonic(), 0)
    done = wait(futures, timeout, FIRST_EXCEPTION).done
    for future in futures:
        if future in done:
            future.result()
