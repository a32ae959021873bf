"""The clock of a local gateway."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from threading import Lock

import attrs

from apigw2.testing._arguments import check, check_range, checked

_LONGEST = timedelta.max.total_seconds() // 2  # of a date, in seconds


@attrs.frozen(kw_only=True)
class Delays:
    """Durations of asynchronous changes, in seconds of the gateway's clock.

    On AWS they take seconds to minutes and vary. Here they are fixed and short: with the default
    clock, whose step is 0.1 seconds, a few polls see each state.

    Attributes:
        auto_deploy: From a change of an API until a stage with automatic deployment serves it.
            Until then the stage serves, and returns, its old deployment. Changes in the meantime
            are part of the same deployment.
        authorizer_release: From the time when no route uses an authorizer any more until the
            authorizer can be deleted. Up to 30 minutes were observed on AWS
            (hashicorp/terraform-provider-aws#37732).
        transition: From the start of a change of state, such as `PENDING` to `AVAILABLE`, to its
            end.

    Example:
        >>> local = LocalGateway(delays=Delays(auto_deploy=30, authorizer_release=5))
    """

    auto_deploy: float = 0.5
    authorizer_release: float = 0.0
    transition: float = 0.25

    def __attrs_post_init__(self) -> None:
        for name in ("auto_deploy", "authorizer_release", "transition"):
            check(name, getattr(self, name), float)
            check_range(name, getattr(self, name), 0, _LONGEST)


def _duration(name: str, seconds: float) -> timedelta:
    check_range(name, seconds, -_LONGEST, _LONGEST)
    return timedelta(seconds=seconds)


class Clock:
    """A clock that advances only on demand.

    A local gateway uses its clock, and never the machine's, for dates, state changes and the
    validity of JSON Web Tokens. By default, the clock starts at the machine's current time and
    advances by `step` with each control-plane request. So a loop that polls for a state ends
    without waiting, and every run sees the same sequence of states.

    Args:
        start: Start time with a time zone; by default the current time. Converted to UTC.
        step: Seconds by which each control-plane request advances the clock. With `0`, only
            `advance()` does.
        running: Whether the clock also advances with real time, as in `python -m apigw2.testing`.

    Raises:
        ValueError: `start` has no time zone.

    Example:
        >>> clock = Clock(datetime(2026, 1, 1, tzinfo=timezone.utc), step=0)
        >>> clock.advance(60)
        >>> clock.now().isoformat()
        '2026-01-01T00:01:00+00:00'
    """

    @checked
    def __init__(
        self, start: datetime | None = None, *, step: float = 0.1, running: bool = False
    ) -> None:
        if start is not None and start.utcoffset() is None:
            raise ValueError(f"start: the start of a clock needs a time zone: {start}")
        self._start = (start or datetime.now(timezone.utc)).astimezone(timezone.utc)
        self._step = _duration("step", step)
        self._offset = timedelta()
        self._origin = time.monotonic() if running else None
        self._lock = Lock()

    def now(self) -> datetime:
        """The current time of the gateway, in UTC."""
        with self._lock:
            now = self._start + self._offset
        if self._origin is not None:
            now += timedelta(seconds=time.monotonic() - self._origin)
        return now

    @checked
    def advance(self, duration: float | timedelta) -> None:
        """Advance the clock.

        It can replace `time.sleep` as the `sleep` argument of a waiter.

        Args:
            duration: Seconds, or a `timedelta`; not negative.

        Raises:
            ValueError: `duration` is negative, NaN, or goes beyond the year 9999.
        """
        if not isinstance(duration, timedelta):
            duration = _duration("duration", duration)
        if duration < timedelta():
            raise ValueError(f"duration: a clock cannot go back by {duration}")
        with self._lock:
            try:
                _ = self._start + self._offset + duration
            except OverflowError:
                raise ValueError(f"duration: no date is {duration} after {self._start}") from None
            self._offset += duration

    def tick(self) -> None:
        """Advance the clock by its step, as every control-plane request does."""
        self.advance(self._step)


def log_time(time: datetime) -> str:
    """A time in the Common Log Format, such as `01/Jan/2026:00:00:00 +0000`.

    `strftime("%b")` would write the month in the language of the process's locale.
    """
    _, day, month, year, time_of_day, zone = format_datetime(time).split()
    return f"{day}/{month}/{year}:{time_of_day} {zone}"
