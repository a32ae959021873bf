"""Concurrent calls within the account's quota."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    Generic,
    Literal,
    Protocol,
    TypeVar,
    Union,
    cast,
    overload,
)

from apigw2._arguments import check_iterable, check_type, describe_value, is_function, shown
from apigw2._objects.listing import Listing
from apigw2._service.quotas import REQUESTS_PER_SECOND
from apigw2._wire.pacing import paced

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

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

_SLOWEST: Final = 1e-6  # requests per second; Python cannot wait for slower ones
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
    """Make independent calls concurrently, and return their results in order.

    All calls of one gateway share its quota of 10 requests a second after a burst of 40, across all
    concurrent gathers. Each page of a listing counts as a request.

    Args:
        calls: Listings, and functions without arguments, such as `api.route("d4e5f6").get`.
        executor: Any `concurrent.futures.Executor`, such as a cluster's for fleets of accounts;
            eight threads by default. For an executor of other processes the functions must be
            picklable and make their own gateway, and each process counts its own requests.
        rate: Requests per second after the burst, for an account with another quota. `None`
            disables the limit; throttled requests are retried in any case.

    Returns:
        The results; for a listing, a tuple of its objects.

    Raises:
        Exception: The exception of the first call that failed. Calls that have not started are
            cancelled.
        TypeError: One of the calls is neither a function nor a listing; nothing is sent.
        ValueError: `rate` is not a positive number.

    Example:
        >>> routes, stages = apigw2.gather(api.get_routes(), api.get_stages())
        >>> routes_of_apis = apigw2.gather(*(api.get_routes() for api in gw.get_apis()))
    """
    _check_rate(rate)
    tasks = [_Task(_function(call), rate) for call in calls]
    with _executor(executor) as pool:
        return _results(_submit(pool, tasks))


@overload
def gather_map(
    function: Callable[[A], Listing[B]],
    items: Iterable[A],
    *,
    errors: Literal["raise"] = "raise",
    executor: Executor | None = None,
    rate: float | None = REQUESTS_PER_SECOND,
) -> tuple[tuple[B, ...], ...]: ...
@overload
def gather_map(
    function: Callable[[A], Listing[B]],
    items: Iterable[A],
    *,
    errors: Literal["return"],
    executor: Executor | None = None,
    rate: float | None = REQUESTS_PER_SECOND,
) -> tuple[tuple[B, ...] | Exception, ...]: ...
@overload
def gather_map(
    function: Callable[[A], B],
    items: Iterable[A],
    *,
    errors: Literal["raise"] = "raise",
    executor: Executor | None = None,
    rate: float | None = REQUESTS_PER_SECOND,
) -> tuple[B, ...]: ...
@overload
def gather_map(
    function: Callable[[A], B],
    items: Iterable[A],
    *,
    errors: Literal["return"],
    executor: Executor | None = None,
    rate: float | None = REQUESTS_PER_SECOND,
) -> tuple[B | Exception, ...]: ...
def gather_map(
    function: Callable[[A], Any],
    items: Iterable[A],
    *,
    errors: Literal["raise", "return"] = "raise",
    executor: Executor | None = None,
    rate: float | None = REQUESTS_PER_SECOND,
) -> tuple[Any, ...]:
    """Call a function with each object concurrently, and return the results in order.

    The quota is shared as in `gather`.

    Args:
        function: Called with one object. If it returns a listing, the listing is fetched.
        items: The objects, such as `gw.get_apis()` or the accounts of a fleet.
        errors: `raise` raises the first exception and cancels the calls that have not started.
            `return` returns an exception in place of each failed result.
        executor: As for `gather`.
        rate: As for `gather`.

    Returns:
        The results, in the order of `items`.

    Raises:
        Exception: With `errors="raise"`, the exception of the first call that failed.
        TypeError: `function` is not callable; nothing is sent.
        ValueError: `errors` or `rate` is invalid.

    Example:
        >>> apis = gw.get_apis().all()
        >>> for api, routes in zip(apis, apigw2.gather_map(apigw2.ApiRef.get_routes, apis)):
        ...     print(api.name, len(routes))
    """
    _check_rate(rate)
    check_type("errors", errors, str, "'raise' or 'return'")
    if errors not in ("raise", "return"):
        msg = f"errors: expected 'raise' or 'return', not {shown(errors)}"
        raise ValueError(msg)
    call = _Fetch(_callable("function", function))
    check_iterable("items", items)
    with paced(rate):  # the items themselves may be a listing
        tasks = [_Task(_Bound(call, item), rate) for item in items]
    with _executor(executor) as pool:
        futures = _submit(pool, tasks)
        return _results(futures) if errors == "raise" else _outcomes(futures)


# What is submitted consists of classes, not closures, because another process must unpickle it.


class _Task(Generic[A]):
    """A call whose requests are paced."""

    __slots__ = ("call", "rate")

    def __init__(self, call: Callable[[], A], rate: float | None) -> None:
        self.call = call
        self.rate = rate

    def __call__(self) -> A:
        with paced(self.rate):
            return self.call()


class _Bound(Generic[A, B]):
    """A function and its argument."""

    __slots__ = ("argument", "function")

    def __init__(self, function: Callable[[A], B], argument: A) -> None:
        self.function = function
        self.argument = argument

    def __call__(self) -> B:
        return self.function(self.argument)


class _Fetch(Generic[A]):
    """A function whose result is fetched if it is a listing."""

    __slots__ = ("function",)

    def __init__(self, function: Callable[[A], Any]) -> None:
        self.function = function

    def __call__(self, argument: A) -> Any:
        return _fetched(self.function(argument))


def _fetched(result: Any) -> Any:
    return cast("Any", result.all()) if isinstance(result, Listing) else result


def _check_rate(rate: object) -> None:
    if rate is None:
        return
    check_type("rate", rate, (int, float), "a number or None")
    assert isinstance(rate, (int, float))  # noqa: S101  # for type checkers
    if not _SLOWEST <= rate <= sys.float_info.max:
        msg = (
            f"rate: {shown(rate)} requests per second is not a positive number from "
            f"{_SLOWEST:f}; None means no limit"
        )
        raise ValueError(msg)


def _function(call: Gatherable[Any]) -> Callable[[], Any]:
    return call.all if isinstance(call, Listing) else _callable("calls", call)


def _callable(name: str, function: Any) -> Callable[..., Any]:
    if not is_function(function):
        msg = f"{name}: expected a function or a listing, not {describe_value(function)}"
        raise TypeError(msg)
    checked: Callable[..., Any] = function
    return checked


@contextmanager
def _executor(given: Executor | None) -> Generator[Executor]:
    """The caller's executor, which stays open, or threads that end with the calls."""
    if given is not None:
        if isinstance(given, type) or not callable(getattr(given, "submit", None)):
            msg = f"executor: expected an Executor, not {describe_value(given)}"
            raise TypeError(msg)
        yield given
        return
    threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="apigw2")
    try:
        yield threads
    except BaseException:
        threads.shutdown(wait=False)  # the first failure is raised immediately
        raise
    threads.shutdown()


def _submit(executor: Executor, tasks: Sequence[Callable[[], A]]) -> list[Future[A]]:
    futures: list[Future[A]] = []
    try:
        futures.extend(executor.submit(task) for task in tasks)
    except BaseException:
        _cancel(futures)
        raise
    return futures


def _results(futures: Sequence[Future[A]]) -> tuple[A, ...]:
    """Return the results, or raise the exception of the first call that fails."""
    try:
        done = wait(futures, return_when=FIRST_EXCEPTION).done
        for future in futures:
            if future in done:
                future.result()
        return tuple(future.result() for future in futures)
    finally:
        _cancel(futures)


def _outcomes(futures: Sequence[Future[A]]) -> tuple[A | Exception, ...]:
    """The result or the exception of each call."""
    try:
        return tuple(map(_outcome, futures))
    finally:
        _cancel(futures)


def _outcome(future: Future[A]) -> A | Exception:
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001  # any, and the caller gets it
        return error


def _cancel(futures: Sequence[Future[Any]]) -> None:
    for future in futures:
        future.cancel()  # has no effect on calls that have ended
