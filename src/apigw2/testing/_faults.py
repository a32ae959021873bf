"""Injected faults, and the record of all requests."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Mapping  # noqa: TC003 - annotations are evaluated
from datetime import datetime  # noqa: TC003 - the same
from threading import Lock
from typing import Final, Literal, get_args

import attrs

from apigw2.testing._arguments import check_range, check_seconds, checked, shown
from apigw2.testing._errors import CONCURRENT_MODIFICATION, ApiError, conflict
from apigw2.testing._http import Response  # noqa: TC001 - the same
from apigw2.testing._protocol import Record  # noqa: TC001 - the same

_MOST_FAULTS = 1_000_000  # that can be pending for an operation

FaultKind = Literal[
    "throttle",
    "concurrent_modification",
    "in_use",
    "already_exists",
    "server_error",
    "drop",
    "malformed",
]
"""The kinds of injected faults.

- `throttle`: 429 `TooManyRequestsException`, for `@connections` 429 `LimitExceededException`;
  boto3 retries both.
- `concurrent_modification`, `in_use`, `already_exists`: the three meanings of 409
  `ConflictException`; not for `@connections`.
- `server_error`: 500 `InternalServerException`; boto3 retries it.
- `drop`: the operation is carried out, and the connection is closed without a response.
- `malformed`: 200, with a body that is not JSON.
"""


OF_CONNECTIONS: Final = {
    "DELETE": "DeleteConnection",
    "GET": "GetConnection",
    "POST": "PostToConnection",
}
"""The operations of `@connections`, by their methods."""

_CONFLICTS: Final = ("concurrent_modification", "in_use", "already_exists")


@attrs.frozen(kw_only=True)
class Fault:
    """A fault that is pending for an operation.

    Attributes:
        kind: Kind of the fault; `None` if the response is only delayed, or there is no fault.
        latency: Seconds by which the response is late.
    """

    kind: FaultKind | None = None
    latency: float = 0.0

    @property
    def drops(self) -> bool:
        """Whether the connection is closed without a response."""
        return self.kind == "drop"

    def damaged(self, response: Response) -> Response:
        """Return the response as the client gets it."""
        if self.kind != "malformed":
            return response
        return attrs.evolve(response, status=200, body=b'{"items": [')

    def wait(self, timeout: float | None) -> None:
        """Delay the response.

        Args:
            timeout: Seconds that the client waits for the response.

        Raises:
            TimeoutError: The client does not wait long enough.
        """
        if timeout is not None and self.latency > timeout:
            time.sleep(timeout)
            raise TimeoutError
        if self.latency:
            time.sleep(self.latency)


@attrs.frozen(kw_only=True)
class RecordedRequest:
    """A control-plane request to the gateway.

    Attributes:
        operation: Operation, such as `CreateRoute`; empty if the request matched none.
        params: Validated parameters as boto3 takes them; empty if they were invalid.
        method: The HTTP method.
        path: Path on the wire.
        headers: The headers, under lower-case names.
        body: The body's bytes.
        status: HTTP status of the response; 0 if the connection was dropped.
        at: Time by the gateway's clock.

    Example:
        >>> api = gw.create_api("pets", protocol_type="HTTP").get()
        >>> [request.operation for request in local.requests]
        ['CreateApi', 'GetApi']
    """

    operation: str
    params: Record
    method: str
    path: str
    headers: Mapping[str, str] = attrs.field(repr=False)  # they contain a signature
    body: bytes
    status: int
    at: datetime


class Faults:
    """The pending faults of a local gateway.

    Example:
        >>> local.faults.add("CreateRoute", "throttle", times=2)
        >>> local.faults.add("PostToConnection", "throttle")
        >>> local.faults.fail_transition("CreateVpcLink", "no such subnet")
    """

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Fault]] = defaultdict(deque)
        self._failing: dict[str, deque[str]] = defaultdict(deque)
        self._lock = Lock()

    @checked
    def add(
        self,
        operation: str,
        kind: FaultKind | None = None,
        *,
        times: int = 1,
        latency: float = 0.0,
    ) -> None:
        """Let the next requests for an operation fail or be delayed.

        Faults for the same operation happen in the order in which they were added; those for one
        operation come before those for any.

        Args:
            operation: Operation, such as `CreateRoute`, or `*` for any of the control plane; or
                `PostToConnection`, `GetConnection` or `DeleteConnection`.
            kind: Kind of the fault. If omitted, the response is correct but delayed.
            times: Number of requests.
            latency: Delay of the response in real seconds. In process, a client with a shorter read
                timeout gets the same error after the same time as over HTTP.

        Raises:
            ValueError: The kind is unknown or not one of the operation's, or neither `kind` nor
                `latency` is given.
        """
        check_range("times", times, 0, _MOST_FAULTS)
        check_seconds("latency", latency)
        if kind is not None and kind not in get_args(FaultKind):
            raise ValueError(f"kind: {shown(kind)} is not one of {', '.join(get_args(FaultKind))}")
        if kind in _CONFLICTS and operation in OF_CONNECTIONS.values():
            raise ValueError(f"{operation} has no fault {kind!r}, because it cannot conflict")
        if kind is None and not latency:
            raise ValueError("A fault needs a kind, a latency, or both")
        with self._lock:
            self._waiting[operation].extend([Fault(kind=kind, latency=latency)] * times)

    @checked
    def fail_transition(self, operation: str, message: str, *, times: int = 1) -> None:
        """Let the asynchronous changes of the next requests fail.

        For example, CreateVpcLink and CreateDeployment end in `FAILED` instead of `AVAILABLE` and
        `DEPLOYED`, and PublishPortal in `PUBLISH_FAILED` instead of `PUBLISHED`.

        Args:
            operation: The operation that starts the change.
            message: The status message of the resource.
            times: Number of requests.
        """
        check_range("times", times, 0, _MOST_FAULTS)
        with self._lock:
            self._failing[operation].extend([message] * times)

    def clear(self) -> None:
        """Remove all pending faults."""
        with self._lock:
            self._waiting.clear()
            self._failing.clear()

    def take(self, operation: str) -> Fault:
        """Take the pending fault for a request; it may have no effect."""
        names = (operation,) if operation in OF_CONNECTIONS.values() else (operation, "*")
        with self._lock:
            for name in names:
                if self._waiting.get(name):
                    return self._waiting[name].popleft()
        return Fault()

    def take_failed_transition(self, operation: str) -> str | None:
        """The failure message for the operation's asynchronous change, or `None` if it succeeds."""
        with self._lock:
            return self._failing[operation].popleft() if self._failing.get(operation) else None


def error_of(kind: FaultKind | None) -> ApiError | None:
    """The error response of a fault, or `None` if it has none."""
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
