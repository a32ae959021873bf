"""The cache of Lambda authorizer responses of a stage."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from apigw2.testing._protocol import Record

_LIMIT: Final = 1_000


class Cache:
    """Responses by authorizer and identity, with expiry; the oldest are evicted first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: OrderedDict[tuple[str, ...], tuple[datetime, Record]] = OrderedDict()

    def get(self, key: tuple[str, ...], now: datetime) -> Record | None:
        """The cached response, or `None`."""
        with self._lock:
            found = self._answers.get(key)
        return found[1] if found is not None and now < found[0] else None

    def put(self, key: tuple[str, ...], until: datetime, answer: Record) -> None:
        """Store a response."""
        with self._lock:
            self._answers[key] = until, answer
            self._answers.move_to_end(key)
            if len(self._answers) > _LIMIT:
                self._answers.popitem(last=False)
