"""Faults on demand, and the record of all requests."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping  # noqa: TC003  # annotations are evaluated
from datetime import datetime  # noqa: TC003  # the same
from threading import Lock
from typing import Literal, get_args

import attrs

from apigw2.testing._errors import CONCURRENT_MODIFICATION, ApiError, conflict
from apigw2.testing._protocol import Record  # noqa: TC001  # the same

FaultKind = Literal[
    "throttle",
    "concurrent_modification",
    "in_use",
    "already_exists",
    "server_error",
    "drop",
    "malformed",
]
"""What can go wrong on demand.

- `throttle`: 429 `TooManyRequestsException`; boto3 retries it by itself.
- `concurrent_modification`, `in_use`, `already_exists`: the three meanings of 409
  `ConflictException`.
- `server_error`: 500 `InternalServerException`; boto3 retries it by itself.
- `drop`: the connection ends without an answer, after the operation was carried out.
- `malformed`: 200, with a body that is not JSON.
"""


@attrs.frozen(kw_only=True)
class Fault:
    """A fault that waits for its operation.

    Attributes:
        kind: What goes wrong; `None` if the answer is only late.
        latency: How many seconds to wait before anything else.
    """

    kind: FaultKind | None
    latency: float


@attrs.frozen(kw_only=True)
class RecordedRequest:
    """A control-plane request that the gateway got.

    Attributes:
        operation: Such as `CreateRoute`; empty if the request was for none.
        params: The parameters as boto3 takes them, checked; empty if they were wrong.
        method: The HTTP method.
        path: The path on the wire.
        headers: The headers, under lower-case names.
        body: The body's bytes.
        status: The status that it was answered with; 0 if the connection was dropped.
        at: When, by the gateway's clock.

    Example:
        >>> api = gateway.create_api("pets", protocol_type="HTTP").get()
        >>> [request.operation for request in local.requests]
        ['CreateApi', 'GetApi']
    """

    operation: str
    params: Record
    method: str
    path: str
    headers: Mapping[str, str] = attrs.field(repr=False)  # they have a signature in them
    body: bytes
    status: int
    at: datetime


class Faults:
    """The faults that wait for their operations.

    Example:
        >>> local.faults.add("CreateRoute", "throttle", times=2)
        >>> local.faults.fail_transition("CreateVpcLink", "no such subnet")
    """

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Fault]] = defaultdict(deque)
        self._failing: dict[str, deque[str]] = defaultdict(deque)
        self._lock = Lock()

    def add(
        self,
        operation: str,
        kind: FaultKind | None = None,
        *,
        times: int = 1,
        latency: float = 0.0,
    ) -> None:
        """Let the next requests for an operation go wrong.

        Faults for the same operation happen in the order in which they were added; those for one
        operation come before those for any.

        Args:
            operation: Such as `CreateRoute`, or `*` for any.
            kind: What goes wrong. Left out, the answer is right, but late.
            times: How many requests.
            latency: How many real seconds the answer takes. In process, a client whose read timeout
                is shorter gets the same error after the same time as over HTTP.

        Raises:
            ValueError: The kind is not one of those that there are, or nothing would go wrong.
        """
        if kind is not None and kind not in get_args(FaultKind):
            raise ValueError(f"{kind!r} is not one of {', '.join(get_args(FaultKind))}")
        if kind is None and not latency:
            raise ValueError("A fault needs a kind, a latency, or both")
        with self._lock:
            self._waiting[operation].extend([Fault(kind=kind, latency=latency)] * times)

    def fail_transition(self, operation: str, message: str, *, times: int = 1) -> None:
        """Let what the next requests set going end in failure.

        CreateVpcLink then ends in `FAILED`, CreateDeployment in `FAILED`, PublishPortal in
        `PUBLISH_FAILED`, and so on, where otherwise it would end in `AVAILABLE`, `DEPLOYED`,
        `PUBLISHED`.

        Args:
            operation: The operation that sets it going.
            message: What the resource's status message will say.
            times: How many requests.
        """
        with self._lock:
            self._failing[operation].extend([message] * times)

    def clear(self) -> None:
        """Forget the faults that still wait."""
        with self._lock:
            self._waiting.clear()
            self._failing.clear()

    def take(self, operation: str) -> Fault | None:
        """The fault that a request for the operation gets, taken off those that wait."""
        with self._lock:
            for name in (operation, "*"):
                if self._waiting.get(name):
                    return self._waiting[name].popleft()
        return None

    def take_failed_transition(self, operation: str) -> str | None:
        """The message with which what the operation set going is to fail, if it is."""
        with self._lock:
            return self._failing[operation].popleft() if self._failing.get(operation) else None


def error_of(kind: FaultKind) -> ApiError | None:
    """The error that a fault answers with, if it answers with one."""
    if kind == "throttle":
        return ApiError("TooManyRequestsException", "Too Many Requests")
    if kind == "concurrent_modification":
        return conflict(CONCURRENT_MODIFICATION)
    if kind == "in_use":
        return conflict(
            "Cannot delete Integration because it is referenced by the following Routes "
            "with Ids: [abc1234]"
        )
    if kind == "already_exists":
        return conflict("Route with key GET / already exists for this API")
    if kind == "server_error":
        return ApiError("InternalServerException", "Internal server error", status=500)
    return None
