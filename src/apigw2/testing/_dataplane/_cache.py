"""The answers of Lambda authorizers that a stage remembers."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datetime import datetime

_LIMIT: Final = 1_000


class Cache:
    """Answers by authorizer and identity, each until its time; the oldest go first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: OrderedDict[tuple[str, ...], tuple[datetime, Any]] = OrderedDict()

    def get(self, key: tuple[str, ...], now: datetime) -> tuple[Any] | None:
        """The answer in a tuple, if it is remembered: an answer may be `None`."""
        with self._lock:
            found = self._answers.get(key)
        return (found[1],) if found is not None and now < found[0] else None

    def put(self, key: tuple[str, ...], until: datetime, answer: Any) -> None:  # noqa: ANN401 - any JSON
        """Remember an answer."""
        with self._lock:
            self._answers[key] = until, answer
            self._answers.move_to_end(key)
            if len(self._answers) > _LIMIT:
                self._answers.popitem(last=False)
