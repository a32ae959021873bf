"""The time that a local gateway lives in."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from threading import Lock

import attrs


@attrs.frozen(kw_only=True)
class Delays:
    """How long the service takes for what it does by itself, in seconds of the gateway's clock.

    On AWS these are seconds to minutes, and differ from one time to the next. Here they are fixed
    and short: with the default clock, whose step is 0.1 seconds, a few polls see each state.

    Attributes:
        auto_deploy: From a change of an API until a stage with automatic deployment serves it.
            Until then the stage serves, and shows, the deployment that it had. Changes that come
            meanwhile are in the same deployment.
        authorizer_release: From the time when no route uses an authorizer any more until the
            authorizer can be deleted. On AWS up to 30 minutes were seen
            (hashicorp/terraform-provider-aws#37732).
        transition: From the start of a change of state, such as `PENDING` to `AVAILABLE`, to its
            end.

    Example:
        >>> local = LocalGateway(delays=Delays(auto_deploy=30, authorizer_release=5))
    """

    auto_deploy: float = 0.5
    authorizer_release: float = 0.0
    transition: float = 0.25


class Clock:
    """A clock that stands still until something moves it.

    A local gateway reads every date that it shows, every change of state that it makes and the
    validity of every JSON Web Token from its clock, never from the machine. By default the clock
    starts at the machine's present time and moves on by `step` with each control-plane request, so
    a loop that polls for a state comes to an end without waiting, and every run sees the same
    sequence of states.

    Args:
        start: The time it starts at, with a time zone; the present if left out.
        step: How many seconds each control-plane request takes. With `0`, only `advance()` moves
            the clock.
        running: Whether it also moves on with the machine's own time, as `python -m apigw2.testing`
            wants it.

    Example:
        >>> clock = Clock(datetime(2026, 1, 1, tzinfo=timezone.utc), step=0)
        >>> clock.advance(60)
        >>> clock.now().isoformat()
        '2026-01-01T00:01:00+00:00'
    """

    def __init__(
        self, start: datetime | None = None, *, step: float = 0.1, running: bool = False
    ) -> None:
        self._start = start or datetime.now(timezone.utc)
        self._step = timedelta(seconds=step)
        self._offset = timedelta()
        self._origin = time.monotonic() if running else None
        self._lock = Lock()

    def now(self) -> datetime:
        """The present time of the gateway."""
        with self._lock:
            now = self._start + self._offset
        if self._origin is not None:
            now += timedelta(seconds=time.monotonic() - self._origin)
        return now

    def advance(self, duration: float | timedelta) -> None:
        """Move the clock on.

        It can stand in for `time.sleep` where a waiter takes a function to sleep with.

        Args:
            duration: Seconds, or a `timedelta`; not negative.

        Raises:
            ValueError: The duration is negative.
        """
        if not isinstance(duration, timedelta):
            duration = timedelta(seconds=duration)
        if duration < timedelta():
            raise ValueError(f"a clock cannot go back by {duration}")
        with self._lock:
            self._offset += duration

    def tick(self) -> None:
        """Move the clock on by its step, as every control-plane request does."""
        self.advance(self._step)
