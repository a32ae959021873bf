"""What is tried again, how often, and what never is.

There are three layers. botocore repeats throttled requests and passing faults, on the clients
that we make; `_never_twice` keeps it from repeating a create that may have taken effect. What
outlasts botocore's patience is waited for here: another change that is under way (409, which
botocore never repeats) and operations with a quota of their own.
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
from apigw2._core.failures import add_note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.client import BaseClient
    from botocore.model import OperationModel

logger = logging.getLogger("apigw2")

# Seconds between two calls of the operations that have a quota of their own (AWS's page of quotas
# for configuring and running HTTP and WebSocket APIs); all others share 10 a second.
_INTERVALS: Final[Mapping[str, float]] = {
    "CreateDeployment": 5,
    "CreateDomainName": 30,
    "UpdateDomainName": 30,
    "DeleteDomainName": 30,
    "CreateVpcLink": 15,
    "DeleteVpcLink": 30,
    "CreatePortal": 3,
    "UpdatePortal": 30,
    "PublishPortal": 30,
}
_FIRST_PAUSE: Final = 0.5  # seconds, doubled each time, after a concurrent modification
_LONGEST_PAUSE: Final = 8.0

# After these nothing was sent. TLS may fail while the answer is read, so its errors are not here.
_NEVER_SENT: Final = (ConnectTimeoutError, EndpointConnectionError, ProxyConnectionError)

# After these the service may have done what was asked.
_DOUBTFUL: Final = (
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)


@attrs.frozen(kw_only=True)
class Retries:
    """How patient a gateway is.

    Nothing is repeated that could make two objects: a create that timed out, was cut off or met a
    server error fails at once. What is waited for is said by the logger `apigw2`.

    Attributes:
        attempts: How often botocore sends one request at most, when the account is over its 10
            requests a second or the service has a passing fault. A client that was passed in
            keeps its own settings, and so does a `config` that has `retries`.
        deadline: For how many seconds one call is repeated while another change of the same API
            is under way, or while the operation's own quota (1 call in 3 to 30 seconds for
            deployments, domain names, VPC links and portals) is used up. 0 means not at all.
        sleep: What waits, given seconds; the waiters (`wait_until_...`) wait with it too.

    Example:
        >>> apigw2.ApiGatewayV2(retries=apigw2.Retries(attempts=3, deadline=10))
    """

    attempts: int = 10
    deadline: float = 120.0
    sleep: Callable[[float], None] = time.sleep

    def configure(self, config: Config | None) -> Config:
        """Settings for a client that we make; the caller's own take precedence."""
        ours = Config(retries={"mode": "standard", "total_max_attempts": self.attempts})
        return ours if config is None else ours.merge(config)

    def pause(
        self, operation: str, error: errors.ServiceError, attempt: int, spent: float
    ) -> float | None:
        """For how long to wait before the call is made again; `None` where it is not.

        Args:
            operation: AWS's name of the operation.
            error: How the call ended.
            attempt: How often it has been made.
            spent: Seconds since it was first made.
        """
        if isinstance(error, errors.ConcurrentModificationError):
            longest = min(_FIRST_PAUSE * 2 ** (attempt - 1), _LONGEST_PAUSE)
            seconds = random.uniform(longest / 2, longest)  # noqa: S311  # jitter
        elif isinstance(error, errors.TooManyRequestsError) and operation in _INTERVALS:
            seconds = _INTERVALS[operation] * random.uniform(1, 1.2)  # noqa: S311  # jitter
        else:
            return None
        return seconds if spent + seconds <= self.deadline else None


def is_create(operation: str) -> bool:
    """Whether an operation, made twice, makes two."""
    return operation.startswith("Create") or operation == "ImportApi"


def guard(client: BaseClient) -> None:
    """Let a client that we made repeat no create that may have taken effect, and say the rest."""
    client.meta.events.register_first("needs-retry.apigatewayv2", _never_twice)


def _never_twice(
    *,
    response: tuple[Any, dict[str, Any]] | None,
    operation: OperationModel,
    attempts: int,
    caught_exception: Exception | None,
    **_: object,
) -> None:
    """Answer botocore's question whether a request needs another try, before botocore does.

    There is no way to say no to it, but to end the call: by the error with which it would end
    without further tries.
    """
    if caught_exception is not None:
        how = type(caught_exception).__name__
        if is_create(operation.name) and not isinstance(caught_exception, _NEVER_SENT):
            add_note(caught_exception, _doubt(operation.name))
            raise caught_exception
    else:
        assert response is not None  # noqa: S101  # botocore has either
        status, parsed = response[0].status_code, response[1]
        how = f"{status} {parsed.get('Error', {}).get('Code', '')}"
        if status in _DOUBTFUL and is_create(operation.name):
            error = ClientError(parsed, operation.name)  # type: ignore[arg-type]
            add_note(error, _doubt(operation.name))
            raise error
        if status != HTTPStatus.TOO_MANY_REQUESTS and status not in _DOUBTFUL:
            return
    logger.info(
        "%s: attempt %d ended with %s; botocore may repeat it", operation.name, attempts, how
    )


def _doubt(operation: str) -> str:
    return f"{operation} is not repeated: the service may have carried it out all the same"
