"""Makes the calls of a plan: level by level, several at the same time, within the quota."""

from __future__ import annotations

import contextlib
import copy
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from apigw2._blueprints.calls import Context, by_level
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
"""Seconds to wait after a throttled call that botocore no longer retries."""

_WIDTH: Final = 24  # of the progress bar, in characters


class _Results:
    """The results of a plan's steps. Safe to share between threads."""

    def __init__(
        self,
        changes: Sequence[Change],
        steps: Sequence[Step],
        on_progress: Callable[[Progress], object],
    ) -> None:
        self._changes = changes
        self._remaining = [0] * len(changes)
        for step in steps:
            self._remaining[step.change] += 1
        self._failed: dict[int, Exception] = {}
        self._done = 0
        self._on_progress = on_progress
        self._lock = threading.Lock()

    def run(self, step: Step, context: Context) -> None:
        """Make the call of a step, and store the result."""
        try:
            with paced(REQUESTS_PER_SECOND):
                _run_despite_throttling(step, context)
        except Exception as error:  # noqa: BLE001  # `error` reports it
            with self._lock:
                self._failed.setdefault(step.change, error)
            return
        with self._lock:
            self._remaining[step.change] -= 1
            if self._remaining[step.change] == 0:
                self._done += 1
                self._on_progress(
                    Progress(self._changes[step.change], self._done, len(self._changes))
                )

    @property
    def has_failed(self) -> bool:
        """Whether a step has failed."""
        return bool(self._failed)

    def error(self, context: Context) -> ApplyError:
        """The error that reports all changes; its cause is the first failure."""
        numbered = list(enumerate(self._changes))
        left = [c for n, c in numbered if self._remaining[n] and n not in self._failed]
        done = [c for n, c in numbered if not self._remaining[n] and n not in self._failed]
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
        context: What is known. The ids of created objects are added to it.
        name: The API's name, for the progress bar.
        changes: The changes.
        steps: The calls.
        on_progress: Function that is called after each change.
        concurrency: Maximum number of calls at the same time.

    Raises:
        ApplyError: A call failed. Calls under way were completed; later levels were not started.
    """
    workers = _Workers(concurrency)
    context.gateway = workers.watched(context.gateway)
    if context.api is not None:
        context.api = context.gateway.attach(context.api)
    bar = _ProgressBar(name)

    def report(progress: Progress) -> None:
        bar.show(progress)
        if on_progress is not None:
            on_progress(progress)

    results = _Results(changes, steps, report)
    try:
        with ThreadPoolExecutor(concurrency, thread_name_prefix="apigw2 apply") as threads:
            for level in by_level(tuple(steps)):
                workers.run(threads, level, results, context)
                if results.has_failed:
                    break
    finally:
        bar.clear()
    if results.has_failed:
        raise results.error(context)


def _run_despite_throttling(step: Step, context: Context) -> None:
    """Make the call of a step, and repeat it while others use up the account's quota."""
    sleep = connection_of(context.gateway).sleep
    for pause in _PAUSES:
        with contextlib.suppress(TooManyRequestsError):  # the call had no effect
            step.call.run(context)
            return
        sleep(pause)
    step.call.run(context)


class _Workers:
    """Limits the calls at the same time; to fewer after each conflict with another change."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._changed = threading.Condition()
        self._running = 0

    def watched(self, gateway: Any) -> Any:  # the gateway
        """A copy of a gateway whose conflicts lower the limit."""
        made = copy.copy(gateway)
        made._connection = connection_of(gateway).watched(self._lower)  # noqa: SLF001  # our own
        return made

    def _lower(self) -> None:
        with self._changed:
            self._limit = max(1, self._limit - 1)

    def run(
        self,
        threads: ThreadPoolExecutor,
        steps: Sequence[Step],
        results: _Results,
        context: Context,
    ) -> None:
        """Run the steps of a level until all have ended, or one has failed."""
        futures: list[Future[None]] = []
        for step in steps:
            with self._changed:
                self._changed.wait_for(lambda: self._running < self._limit)
                if results.has_failed:
                    break
                self._running += 1
            futures.append(threads.submit(self._run, results, step, context))
        for future in futures:
            future.result()

    def _run(self, results: _Results, step: Step, context: Context) -> None:
        try:
            results.run(step, context)
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify()


class _ProgressBar:
    """A progress bar on a terminal."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._line = ""

    def show(self, progress: Progress) -> None:
        """Draw the bar."""
        out = sys.stderr  # `None` in a program without a console
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
        """Erase the bar."""
        if self._line:
            sys.stderr.write(f"\r{' ' * len(self._line)}\r")
            sys.stderr.flush()
