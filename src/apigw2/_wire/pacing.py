"""The pace of requests: one token bucket for each gateway, shared by all concurrent calls.

A single call is sent immediately; botocore retries it if the account exceeds its quota. `gather`,
`gather_map` and the steps of a plan run inside `paced`, in which each request, including each page
of a listing, first takes a token.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

from apigw2._service.quotas import BURST

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_rate: Final[ContextVar[float | None]] = ContextVar("apigw2_rate", default=None)


@contextmanager
def paced(rate: float | None) -> Generator[None]:
    """Let the requests that this thread makes in the `with` block take tokens.

    Args:
        rate: Requests per second after the burst; `None` for no limit.
    """
    token = _rate.set(rate)
    try:
        yield
    finally:
        _rate.reset(token)


class TokenBucket:
    """Allows a burst of 40 requests, and then a number per second. Thread-safe.

    Args:
        sleep: Function used to sleep, given seconds. It may return early, as in tests: the bucket
            counts the requested time.
        clock: Function that returns the time in seconds.
    """

    def __init__(
        self, sleep: Callable[[float], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._sleep = sleep
        self._clock = clock
        self._tokens = float(BURST)
        self._ahead = 0.0  # seconds that were slept and that the clock does not show
        self._last = clock()
        self._lock = threading.Lock()

    def acquire(self) -> None:
        """Take a token, and sleep until it is due; return immediately outside of `paced`."""
        rate = _rate.get()
        if rate is None:
            return
        with self._lock:
            now = self._clock() + self._ahead
            self._tokens = min(self._tokens + max(now - self._last, 0) * rate, BURST) - 1
            self._last = now
            due = now - min(self._tokens, 0) / rate
        if due > now:
            self._sleep(due - now)
            with self._lock:
                self._ahead = max(self._ahead, due - self._clock())
