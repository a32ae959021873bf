"""Waiters. botocore has none for this service."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Generic, TypeVar

import attrs

from apigw2._arguments import check_seconds
from apigw2._objects.snapshots import Snapshot
from apigw2._wire.retries import logger
from apigw2.errors import FailedStateError, WaitTimeoutError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

S = TypeVar("S", bound=Snapshot | None)


@attrs.frozen(eq=False, repr=False)
class Observation(Generic[S]):
    """The state of a resource at one moment.

    Attributes:
        snapshot: The snapshot; `None` if the resource does not exist.
        state: Its state; `None` if it has none yet.
        message: The service's message about the state, or why there is none.
        subject: What is in this state, for messages: `it` for the resource itself.
    """

    snapshot: S
    state: str | None
    message: str | None = None
    subject: str = "it"

    def describe(self) -> str:
        """The state and the message, for an error."""
        if self.state is None:
            return self.message or f"{self.subject} has no state yet"
        state = f"{self.subject} is {self.state}"
        return f"{state}: {self.message}" if self.message else state


def check_waiting(timeout: object, poll: object) -> None:
    """Reject times with which a waiter would fail late, or never end.

    Raises:
        TypeError: `timeout` or `poll` is not a number.
        ValueError: `timeout` or `poll` is not a finite number of seconds from 0.
    """
    check_seconds("timeout", timeout)
    check_seconds("poll", poll)


def wait(
    fetch: Callable[[], Observation[S]],
    *,
    what: str,
    goal: str,
    until: str,
    failed: Collection[str],
    timeout: float,
    poll: float,
    on_poll: Callable[[S], object] | None,
    sleep: Callable[[float], None],
) -> S:
    """Fetch snapshots of a resource until it has a state, and return the last one.

    Args:
        fetch: Fetches a snapshot.
        what: The resource in plain words, such as `stage 'prod'`.
        goal: The state in plain words, such as `deployed`.
        until: The state to wait for.
        failed: States that the resource does not leave by itself. In any other state the waiter
            keeps waiting, also in one that this version of the library does not know.
        timeout: Maximum number of seconds to wait, by the monotonic clock; a finite number.
        poll: Seconds between requests.
        on_poll: Called with each snapshot.
        sleep: Function used to sleep, given seconds.

    Raises:
        FailedStateError: The resource is in a failed state.
        WaitTimeoutError: Timed out.
    """
    check_waiting(timeout, poll)
    start = time.monotonic()
    slept = 0.0  # counted as well, because an injected sleep may take no time
    while True:
        observation = fetch()
        if on_poll is not None:
            on_poll(observation.snapshot)
        if observation.state == until:
            return observation.snapshot
        if observation.state in failed:
            msg = f"{what} is not {goal}: {observation.describe()}"
            raise FailedStateError(msg, observation.snapshot)
        left = timeout - max(time.monotonic() - start, slept)
        if left <= 0:
            msg = f"{what} not {goal} after {timeout:g} s: {observation.describe()}"
            raise WaitTimeoutError(msg, observation.snapshot)
        pause = min(poll, left)
        logger.info(
            "waiting until %s is %s: %s; next request in %.1f s",
            what,
            goal,
            observation.describe(),
            pause,
        )
        sleep(pause)
        slept += pause
