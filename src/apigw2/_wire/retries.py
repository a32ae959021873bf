"""Which failures are retried, how often, and which never are.

There are three layers. On the clients that the library creates, botocore retries throttled requests
and transient faults. `_stop_retries` prevents it from retrying a create that may have succeeded,
and a quota on the number of objects that is used up. `Connection.call` retries what botocore does
not: concurrent modification (409), and throttling that outlasts botocore's retries of an operation
with a request quota of its own.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import attrs
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ProxyConnectionError,
)

from apigw2 import errors
from apigw2._arguments import MAX_SECONDS, check_type, describe_value, is_function, shown
from apigw2._service.conflicts import is_quota_exceeded
from apigw2._service.quotas import INTERVALS
from apigw2._wire.error_mapping import add_note

if TYPE_CHECKING:
    from botocore.client import BaseClient
    from botocore.model import OperationModel

logger = logging.getLogger("apigw2")

_FIRST_PAUSE: Final = 0.5  # seconds, doubled each time, after a concurrent modification
_LONGEST_PAUSE: Final = 8.0

# Errors before anything was sent. TLS may fail while the response is read, so it is not here.
_NEVER_SENT: Final = (ConnectTimeoutError, EndpointConnectionError, ProxyConnectionError)

# Codes with which the service rejects a request before it does anything, as botocore knows them.
_THROTTLING_CODES: Final = frozenset(
    {
        "EC2ThrottledException",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
# Other codes that botocore retries. The request may have taken effect, as it may after a 5xx.
_DOUBTFUL_CODES: Final = frozenset(
    {
        "PriorRequestNotComplete",
        "RequestTimeout",
        "RequestTimeoutException",
        "TransactionInProgressException",
    }
)


@attrs.frozen(kw_only=True)
class Retries:
    """Retry policy for throttling, conflicts and transient faults.

    A create that may have succeeded is never retried: it fails immediately after a timeout, a lost
    connection or a server error. The logger `apigw2` reports each retry.

    Attributes:
        attempts: Maximum number of times that botocore sends one request while the account is over
            its 10 requests a second, or the service has a transient fault. A client that was passed
            in keeps its own settings, and so does a `config` that has `retries`.
        deadline: Seconds for which one call is retried during a concurrent modification, or while
            the operation's own quota (1 call in 3 to 30 seconds for deployments, domain names, VPC
            links and portals) is used up. A finite number; 0 disables these retries.
        sleep: Function used to sleep, given seconds. The waiters (`wait_until_...`) use it too.

    Example:
        >>> apigw2.ApiGatewayV2(retries=apigw2.Retries(attempts=3, deadline=10))
    """

    attempts: int = 10
    deadline: float = 120.0
    sleep: Callable[[float], None] = time.sleep

    def __attrs_post_init__(self) -> None:
        attempts, deadline, sleep = map(_untyped, (self.attempts, self.deadline, self.sleep))
        if isinstance(attempts, bool) or not isinstance(attempts, int) or attempts < 1:
            msg = f"Retries: attempts must be an integer of at least 1, not {shown(attempts)}"
            raise ValueError(msg)
        is_number = isinstance(deadline, (int, float)) and not isinstance(deadline, bool)
        if not is_number or not 0 <= deadline <= MAX_SECONDS:  # which nan is not either
            given = shown(deadline)
            msg = f"Retries: deadline must be a finite number of seconds, 0 or more, not {given}"
            raise ValueError(msg)
        if not is_function(sleep):
            msg = f"Retries: sleep must be a function, not {describe_value(sleep)}"
            raise TypeError(msg)

    def configure(self, config: Config | None) -> Config:
        """Settings for a client that the library creates; the caller's take precedence."""
        if config is not None:
            check_type("config", config, Config, "a botocore Config")
        ours = Config(retries={"mode": "standard", "total_max_attempts": self.attempts})
        return ours if config is None else ours.merge(config)

    def pause(
        self, operation: str, error: errors.ServiceError, attempt: int, spent: float
    ) -> float | None:
        """Return the seconds to sleep before the next attempt; `None` to give up.

        Args:
            operation: AWS's name of the operation.
            error: How the last attempt failed.
            attempt: Number of attempts so far.
            spent: Seconds since the first attempt started.
        """
        if isinstance(error, errors.ConcurrentModificationError):
            longest = min(_FIRST_PAUSE * 2 ** (attempt - 1), _LONGEST_PAUSE)
            seconds = random.uniform(longest / 2, longest)  # noqa: S311  # jitter
        elif isinstance(error, errors.TooManyRequestsError) and operation in INTERVALS:
            seconds = INTERVALS[operation] * random.uniform(1, 1.2)  # noqa: S311  # jitter
        else:
            return None
        return seconds if spent + seconds <= self.deadline else None


def _untyped(value: Any) -> Any:
    """Return a value as `Any`, because callers may ignore its annotation."""
    return value


def is_create(operation: str) -> bool:
    """Whether calling an operation twice creates two resources."""
    return operation.startswith("Create") or operation == "ImportApi"


def install_retry_guard(client: BaseClient) -> None:
    """Never retry a create that may have succeeded, or a used-up quota; log other retries."""
    client.meta.events.register_first("needs-retry.apigatewayv2", _stop_retries)


def _stop_retries(
    *,
    response: tuple[Any, dict[str, Any]] | None,
    operation: OperationModel,
    attempts: int,
    caught_exception: Exception | None,
    **_: object,
) -> None:
    """Handle botocore's `needs-retry` event before botocore's own handler does.

    A handler cannot answer "no". It can only end the call, so it raises the error with which the
    call would end without retries.
    """
    if caught_exception is not None:
        outcome = type(caught_exception).__name__
        if is_create(operation.name) and not isinstance(caught_exception, _NEVER_SENT):
            add_note(caught_exception, _doubt(operation.name))
            raise caught_exception
    else:
        assert response is not None  # noqa: S101  # botocore passes one of the two
        status, parsed = response[0].status_code, response[1]
        error = parsed.get("Error")
        if error is None:
            return  # the call has succeeded
        code = str(error.get("Code", ""))
        outcome = f"{status} {code}"
        if is_quota_exceeded(str(error.get("Message", ""))):
            raise ClientError(parsed, operation.name)  # type: ignore[arg-type]  # a dict
        throttled = status == HTTPStatus.TOO_MANY_REQUESTS or (
            code in _THROTTLING_CODES and status < HTTPStatus.INTERNAL_SERVER_ERROR
        )
        if not throttled:
            if not _is_doubtful(status, code):
                return
            if is_create(operation.name):
                doubtful = ClientError(parsed, operation.name)  # type: ignore[arg-type]  # a dict
                add_note(doubtful, _doubt(operation.name))
                raise doubtful
    logger.info(
        "%s: attempt %d failed with %s; botocore may retry it", operation.name, attempts, outcome
    )


def _is_doubtful(status: int, code: str) -> bool:
    """Whether an error response leaves open if the request took effect."""
    return (
        status >= HTTPStatus.INTERNAL_SERVER_ERROR
        or status == HTTPStatus.REQUEST_TIMEOUT
        or code in _DOUBTFUL_CODES
    )


def _doubt(operation: str) -> str:
    return f"{operation} is not retried: the service may have carried it out"
