"""Waiting for a state. botocore has no waiters for this service."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from apigw2._wire.retries import logger
from apigw2.errors import FailedStateError, WaitTimeoutError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

S = TypeVar("S")


def wait(
    fetch: Callable[[], tuple[S, str | None, str | None]],
    *,
    until: str,
    failed: Collection[str],
    timeout: float,
    poll: float,
    on_poll: Callable[[S], object] | None,
    sleep: Callable[[float], None],
) -> S:
    """Fetch snapshots until one has a state.

    Args:
        fetch: Fetches a snapshot, and returns it with its state and the service's message.
        until: The state to wait for.
        failed: States that the resource does not leave by itself. Any other state, also one that
            this version of the library does not know, keeps waiting.
        timeout: Seconds to wait at most, by the monotonic clock.
        poll: Seconds between two requests.
        on_poll: Called with each snapshot.
        sleep: Function used to sleep, given seconds.

    Raises:
        FailedStateError: The resource is in a failed state.
        WaitTimeoutError: Timed out.
    """
    start = time.monotonic()
    slept = 0.0  # counts too, because an injected sleep may take no time
    while True:
        snapshot, state, message = fetch()
        if on_poll is not None:
            on_poll(snapshot)
        if state == until:
            return snapshot
        status = f"{snapshot!r} is {state}" + (f": {message}" if message else "")
        if state in failed:
            msg = f"waited for {until}, but {status}"
            raise FailedStateError(msg, snapshot)
        left = timeout - max(time.monotonic() - start, slept)
        if left <= 0:
            msg = f"waited {timeout:g} s for {until}, but {status}"
            raise WaitTimeoutError(msg, snapshot)
        pause = min(poll, left)
        logger.info("waiting for %s: state is %s; next request in %.1f s", until, state, pause)
        sleep(pause)
        slept += pause
