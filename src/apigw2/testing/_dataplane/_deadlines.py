"""Time limits of functions and backends.

A call ends at its limit by the gateway's clock or by real time, whichever is earlier. So a test
that advances the clock, even inside a function, needs no real time for a time-out, and a function
that never returns does not block the request.
"""

from __future__ import annotations

import concurrent.futures
import contextvars
import sys
import time
from contextlib import closing, contextmanager
from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from apigw2.testing._clock import Clock

T = TypeVar("T")

POLL: Final = 0.05
"""Maximum number of seconds between two looks at the gateway's clock, which a test may advance."""


class DeadlineError(TimeoutError):
    """A function or a backend did not finish in time."""


class Deadline:
    """The end of a call.

    Args:
        clock: The gateway's clock.
        milliseconds: The time limit.
    """

    def __init__(self, clock: Clock, milliseconds: int) -> None:
        limit = timedelta(milliseconds=milliseconds)
        self._milliseconds = milliseconds
        self._clock = clock
        self._at = clock.now() + limit
        self._end = time.monotonic() + limit.total_seconds()

    @property
    def remaining(self) -> timedelta:
        """The remaining time by the gateway's clock, which is negative after the deadline."""
        return self._at - self._clock.now()

    def left(self) -> float:
        """The remaining seconds.

        Raises:
            DeadlineError: The deadline has passed.
        """
        left = min(self.remaining.total_seconds(), self._end - time.monotonic())
        if left <= 0:
            raise self.error()
        return left

    def error(self) -> DeadlineError:
        """Create the error that says that the deadline has passed."""
        return DeadlineError(f"timed out after {self._milliseconds} ms")


def run(work: Callable[[], T], deadline: Deadline) -> T:
    """Run a function in a thread, and return its result or raise its exception.

    After the deadline, the function keeps running, because Python cannot stop it.

    Raises:
        DeadlineError: The function did not return in time.
    """
    future: concurrent.futures.Future[T] = concurrent.futures.Future()

    def settle() -> None:
        try:
            with _event_loop():
                result = work()
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            future.set_exception(error)
        else:
            future.set_result(result)

    context = contextvars.copy_context()
    # A function that never returns must not block the end of the process.
    Thread(target=context.run, args=(settle,), name="apigw2.testing.function", daemon=True).start()
    while not future.done():
        concurrent.futures.wait([future], timeout=min(deadline.left(), POLL))
    deadline.left()  # the function may have advanced the clock
    return future.result()


@contextmanager
def _event_loop() -> Generator[None]:
    """Set an event loop for the thread.

    The Lambda runtime calls handlers in the main thread, so some of them, such as those of Mangum,
    use `asyncio.get_event_loop()`, which raises an error in a thread without a loop.
    """
    asyncio = sys.modules.get("asyncio")
    if asyncio is None:
        yield
        return
    with closing(asyncio.new_event_loop()) as loop:
        asyncio.set_event_loop(loop)  # only for this thread, which ends with the function
        yield
