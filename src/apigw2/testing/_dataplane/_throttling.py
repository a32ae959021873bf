"""Throttling of routes.

Every route has its own token bucket, with the limits of its settings or, without settings, those of
the stage's default route settings (developer guide, "Throttle requests to your HTTP APIs"). Buckets
refill by the gateway's clock, which a test can advance. The limits of the account, thousands of
requests per second, are not applied.
"""

from __future__ import annotations

import math
from threading import Lock
from typing import TYPE_CHECKING

from apigw2.testing._rates import Bucket

if TYPE_CHECKING:
    from datetime import datetime

    from apigw2.testing._protocol import Record


class Throttles:
    """The token buckets of a stage."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._buckets: dict[str, Bucket] = {}

    def take(self, stage: Record, route_key: str, now: datetime) -> bool:
        """Count a request, and return whether the limits of the route allow it."""
        settings = stage["RouteSettings"].get(route_key) or stage["DefaultRouteSettings"]
        rate = float(settings.get("ThrottlingRateLimit", math.inf))
        size = float(settings.get("ThrottlingBurstLimit", max(rate, 1.0)))
        if rate == 0 or size == 0:
            # A limit of zero blocks all traffic (hashicorp/terraform-provider-aws#14742).
            return False
        if rate == math.inf:
            return True
        with self._lock:
            bucket = self._buckets.get(route_key)
            if bucket is None or (bucket.rate, bucket.size) != (rate, size):
                bucket = self._buckets[route_key] = Bucket(rate, size, size, now)
            return bucket.take(now)
