"""Waiting for a state. botocore has no waiter for this service."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from apigw2._core.retrying import logger
from apigw2.errors import FailedStateError, WaitTimeoutError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

S = TypeVar("S")


def wait(
    look: Callable[[], tuple[S, str | None, str | None]],
    *,
    until: str,
    failed: Collection[str],
    timeout: float,
    poll: float,
    on_poll: Callable[[S], object] | None,
    sleep: Callable[[float], None],
) -> S:
    """Look again and again until a state is there.

    Args:
        look: Takes a snapshot, and says its state and the service's message about it.
        until: The state to wait for.
        failed: States from which it will not come by itself. All others, those among them that
            this version of the library does not know, keep waiting.
        timeout: For how many seconds, by the monotonic clock.
        poll: Seconds between two looks.
        on_poll: Is given each snapshot.
        sleep: What waits, given seconds.

    Raises:
        FailedStateError: A failed state was there.
        WaitTimeoutError: The time was over.
    """
    begin = time.monotonic()
    slept = 0.0  # counts as well: an injected sleep need not take its time
    while True:
        snapshot, state, message = look()
        if on_poll is not None:
            on_poll(snapshot)
        if state == until:
            return snapshot
        what = f"{snapshot!r} is {state}" + (f": {message}" if message else "")
        if state in failed:
            msg = f"waited for {until}, but {what}"
            raise FailedStateError(msg, snapshot)
        left = timeout - max(time.monotonic() - begin, slept)
        if left <= 0:
            msg = f"waited {timeout:g} s for {until}, but {what}"
            raise WaitTimeoutError(msg, snapshot)
        pause = min(poll, left)
        logger.info("waiting for %s: it is %s; next look in %.1f s", until, state, pause)
        sleep(pause)
        slept += pause
