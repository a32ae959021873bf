"""A plan carried out: level by level, several calls at once, within the account's quota."""

from __future__ import annotations

import contextlib
import copy
import sys
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from apigw2._blueprints.calls import Context, each_level
from apigw2._blueprints.changes import Progress
from apigw2._objects.references import connection_of
from apigw2._service.quotas import REQUESTS_PER_SECOND
from apigw2._wire.pacing import paced
from apigw2.errors import ApplyError, TooManyRequestsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from apigw2._blueprints.calls import Step
    from apigw2._blueprints.changes import Change

_PAUSES: Final = (0.5, 1, 2, 4, 8)
"""Seconds to wait for the account's quota, after botocore has given up."""

_WIDTH: Final = 24  # of the bar, in characters


class _Work:
    """The steps of a plan, and what became of them. Its methods are for many threads."""

    def __init__(
        self,
        changes: Sequence[Change],
        steps: Sequence[Step],
        on_progress: Callable[[Progress], object],
    ) -> None:
        self._changes = changes
        self._waiting = [0] * len(changes)
        for step in steps:
            self._waiting[step.change] += 1
        self._failed: dict[int, Exception] = {}
        self._done = 0
        self._on_progress = on_progress
        self._lock = threading.Lock()

    def run(self, step: Step, context: Context) -> None:
        """Make the calls of a step."""
        try:
            with paced(REQUESTS_PER_SECOND):
                _patiently(step, context)
        except Exception as error:  # noqa: BLE001  # each is reported in the end
            with self._lock:
                self._failed.setdefault(step.change, error)
            return
        with self._lock:
            self._waiting[step.change] -= 1
            if self._waiting[step.change] == 0:
                self._done += 1
                self._on_progress(
                    Progress(self._changes[step.change], self._done, len(self._changes))
                )

    @property
    def has_failed(self) -> bool:
        """Whether a step has failed."""
        return bool(self._failed)

    def error(self, context: Context) -> ApplyError:
        """What is done, failed and left; its cause is the first error."""
        numbered = list(enumerate(self._changes))
        left = [c for n, c in numbered if self._waiting[n] and n not in self._failed]
        done = [c for n, c in numbered if not self._waiting[n] and n not in self._failed]
        error = ApplyError(done, [self._changes[n] for n in self._failed], left)
        error.context = context
        error.__cause__ = next(iter(self._failed.values()))
        return error


def carry_out(
    context: Context,
    name: str,
    changes: Sequence[Change],
    steps: Sequence[Step],
    *,
    on_progress: Callable[[Progress], object] | None,
    concurrency: int,
) -> None:
    """Make the calls of a plan.

    Args:
        context: What is known; learns the ids of what is created.
        name: The API's name, for the bar.
        changes: The changes.
        steps: The calls.
        on_progress: Called after each change.
        concurrency: Calls at once.

    Raises:
        ApplyError: A call failed. Those under way have ended, later levels have not started.
    """
    crew = _Crew(concurrency)
    context.gateway = crew.watched(context.gateway)
    if context.api is not None:
        context.api = context.gateway.attach(context.api)
    bar = _Bar(name)

    def report(progress: Progress) -> None:
        bar.show(progress)
        if on_progress is not None:
            on_progress(progress)

    work = _Work(changes, steps, report)
    with ThreadPoolExecutor(concurrency, thread_name_prefix="apigw2 apply") as threads:
        for level in each_level(tuple(steps)):
            crew.run(threads, [(work, step, context) for step in level])
            if work.has_failed:
                break
    bar.clear()
    if work.has_failed:
        raise work.error(context)


def _patiently(step: Step, context: Context) -> None:
    """Make the calls of a step, also while others use up the account's quota."""
    sleep = connection_of(context.gateway).sleep
    for pause in _PAUSES:
        with contextlib.suppress(TooManyRequestsError):  # nothing was done
            step.call.run(context)
            return
        sleep(pause)
    step.call.run(context)


class _Crew:
    """The threads that work on a level; fewer after each conflict with another change."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._free = threading.Condition()
        self._working = 0

    def watched(self, gateway: Any) -> Any:  # the gateway
        """A gateway whose conflicts make the crew smaller."""
        made = copy.copy(gateway)
        made._connection = connection_of(gateway).watched(self.shrink)  # noqa: SLF001  # our own
        return made

    def shrink(self) -> None:
        """Work with one thread less, but with one at least."""
        with self._free:
            self.size = max(1, self.size - 1)

    def run(self, threads: ThreadPoolExecutor, todo: Sequence[tuple[_Work, Step, Context]]) -> None:
        """Run steps until all have ended, or one has failed."""
        waiting = deque(todo)
        futures: list[Future[None]] = []
        while waiting:
            with self._free:
                self._free.wait_for(lambda: self._working < self.size)
                self._working += 1
            work, step, context = waiting.popleft()
            if work.has_failed:
                self._end()
                break
            futures.append(threads.submit(self._one, work, step, context))
        for future in futures:
            future.result()

    def _one(self, work: _Work, step: Step, context: Context) -> None:
        try:
            work.run(step, context)
        finally:
            self._end()

    def _end(self) -> None:
        with self._free:
            self._working -= 1
            self._free.notify()


class _Bar:
    """A bar on a terminal."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._line = ""

    def show(self, progress: Progress) -> None:
        """Draw it anew."""
        out = sys.stderr  # a program without a console has none
        if out is None or not out.isatty():
            return
        full = _WIDTH * progress.done // progress.total
        bar = "█" * full + "░" * (_WIDTH - full)
        line = f"{self._name} {bar} {progress.done}/{progress.total} {progress.change}"
        line = "".join(char if char.isprintable() else "?" for char in line)
        out.write(f"\r{line[:100].ljust(len(self._line))}")
        out.flush()
        self._line = line[:100]

    def clear(self) -> None:
        """Leave nothing of it."""
        if self._line:
            sys.stderr.write(f"\r{' ' * len(self._line)}\r")
            sys.stderr.flush()
