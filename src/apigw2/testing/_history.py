"""The recorded requests of a local gateway."""

from __future__ import annotations

import logging
from collections import deque
from threading import Condition
from typing import TYPE_CHECKING, Any, Final, Literal

import attrs

from apigw2.testing._json import is_list, is_object

if TYPE_CHECKING:
    from datetime import datetime

    from apigw2.testing._faults import RecordedRequest

MAX_REQUESTS: Final = 10_000
"""Maximum number of recorded control-plane requests."""

MAX_BYTES: Final = 64 * 2**20
"""Maximum total size of paths, headers and bodies of the recorded requests, in bytes."""

MAX_EVENTS: Final = 500
"""Maximum number of recorded events."""

_access_log: Final = logging.getLogger("apigw2.testing.access")


class Requests:
    """The newest control-plane requests. Not locked: the gateway's own lock guards it."""

    def __init__(self) -> None:
        self._kept: deque[tuple[RecordedRequest, int]] = deque()
        self._bytes = 0

    def add(self, request: RecordedRequest) -> None:
        """Record a request, and drop the oldest ones if there are too many."""
        size = len(request.path) + len(request.body)
        size += sum(len(name) + len(value) for name, value in request.headers.items())
        self._kept.append((request, size))
        self._bytes += size
        while len(self._kept) > MAX_REQUESTS or self._bytes > MAX_BYTES:
            self._bytes -= self._kept.popleft()[1]

    def all(self) -> list[RecordedRequest]:
        """The requests, oldest first."""
        return [request for request, _ in self._kept]


def copied(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Copy a JSON value; much cheaper than `copy.deepcopy`."""
    if is_object(value):
        return {key: copied(item) for key, item in value.items()}
    if is_list(value):
        return [copied(item) for item in value]
    return value


@attrs.frozen(kw_only=True)
class ActivityEvent:
    """One request to either plane, as in an access log.

    It has no headers, query or body, and so no credentials.

    Attributes:
        plane: The plane that handled the request, or `none`, for example for a wrong URL.
        at: Time by the gateway's clock.
        method: The HTTP method.
        path: Path on the wire.
        status: The HTTP status; 0 if the connection was dropped.
        seconds: Real time until the response, in seconds.
        action: Operation on the control plane, route key on the data plane.
        api_id: The API; empty if there is none.
        stage: The stage on the data plane.
        reason: Why the gateway itself rejected the request.
        number: Sequence number within the gateway, from 1; 0 before the event is recorded.
    """

    plane: Literal["control", "data", "websocket", "none"]
    at: datetime
    method: str
    path: str
    status: int
    seconds: float
    action: str = ""
    api_id: str = ""
    stage: str = ""
    reason: str = ""
    number: int = 0

    def __str__(self) -> str:
        """The line of an access log."""
        plane = "-" if self.plane == "none" else self.plane
        call = f"{plane} {self.method} {self.path} {self.status or 'dropped'}"
        notes = (self.action, self.api_id, self.stage, self.reason)
        line = f"{self.at:%Y-%m-%dT%H:%M:%SZ} {call} {self.seconds * 1000:.1f} ms"
        return " ".join(f"{line} {' | '.join(filter(None, notes))}".split())


class Activity:
    """The newest events, and notification of new ones."""

    def __init__(self) -> None:
        self._events: deque[ActivityEvent] = deque(maxlen=MAX_EVENTS)
        self._last = 0
        self._changed = Condition()

    def add(self, event: ActivityEvent) -> None:
        """Number and record an event, log it, and notify waiting threads."""
        with self._changed:
            self._last += 1
            self._events.append(attrs.evolve(event, number=self._last))
            self._changed.notify_all()
        _access_log.info("%s", event)

    def after(self, number: int, timeout: float = 0) -> list[ActivityEvent]:
        """The recorded events with a higher number, oldest first.

        Args:
            number: The number of an event; 0 for all events.
            timeout: Seconds to wait for an event if there is none.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._last > number, timeout)
            return [event for event in self._events if event.number > number]
