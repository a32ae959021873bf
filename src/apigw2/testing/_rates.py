"""Optional throttling of control-plane requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from apigw2.testing._errors import ApiError

if TYPE_CHECKING:
    from datetime import datetime

_ACCOUNT: Final = ""

# Requests per second, and bursts (developer guide, "Quotas for API management").
_LIMITS: Final = {
    _ACCOUNT: (10, 40),
    "CreateDeployment": (1 / 5, 1),
    "CreateDomainName": (1 / 30, 1),
    "CreatePortal": (1 / 3, 1),
    "CreateVpcLink": (1 / 15, 1),
    "DeleteDomainName": (1 / 30, 1),
    "DeleteVpcLink": (1 / 30, 1),
    "PublishPortal": (1 / 30, 1),
    "UpdateDomainName": (1 / 30, 1),
    "UpdatePortal": (1 / 30, 1),
}


@attrs.define
class Bucket:
    """A token bucket: one token per request, refilled over time."""

    rate: float
    size: float
    tokens: float
    at: datetime

    def fill(self, now: datetime) -> None:
        """Add the tokens since the last update."""
        # A thread may have read the clock earlier than one that came here first.
        elapsed = max((now - self.at).total_seconds(), 0)
        self.tokens = min(self.size, self.tokens + elapsed * self.rate)
        self.at = max(now, self.at)

    def take(self, now: datetime) -> bool:
        """Take a token if there is one."""
        self.fill(now)
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Rates:
    """The limits of an account, for all requests and for some operations."""

    def __init__(self, now: datetime) -> None:
        self._buckets = {
            name: Bucket(rate, size, size, now) for name, (rate, size) in _LIMITS.items()
        }

    def take(self, operation: str, now: datetime) -> None:
        """Count a request.

        Raises:
            ApiError: The request exceeds a limit, and is not counted.
        """
        buckets = [self._buckets[name] for name in (_ACCOUNT, operation) if name in self._buckets]
        for bucket in buckets:
            bucket.fill(now)
        if any(bucket.tokens < 1 for bucket in buckets):
            raise ApiError("TooManyRequestsException", "Too Many Requests")
        for bucket in buckets:
            bucket.tokens -= 1
