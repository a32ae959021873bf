"""Measure contestants in turns.

pyperf's `Runner` times one benchmark after the other, each in separate worker processes. Minutes
pass between the two numbers of a ratio, and on a busy machine the ratio then mostly shows what else
the machine did. Here the contestants of a row take turns, in an order that is shuffled for each
round, and each ratio is of two measurements of the same round. The values and facts about the
machine are stored with pyperf, so `python -m pyperf stats`, `hist` and `compare_to` can read them.
"""

from __future__ import annotations

import functools
import gc
import random
import statistics
import time
from typing import TYPE_CHECKING, Final, TypeVar

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

T = TypeVar("T")
K = TypeVar("K")

LEAST_ROUNDS: Final = 5  # fewer give no meaningful quartiles
_MOST_ROUNDS: Final = 200
# For one measurement. Many short rounds give a better median than a few long ones, because other
# load on the machine then disturbs single rounds instead of all.
_LEAST_SECONDS: Final = 0.005


@attrs.frozen
class Samples:
    """The measurements of one contestant: a value for each round, in seconds or bytes."""

    cpu: Sequence[float] = ()
    wall: Sequence[float] = ()
    size: Sequence[float] = ()
    latencies: Sequence[float] = ()  # of single requests, in seconds
    loops: int = 1


@attrs.frozen
class Summary:
    """A median, and half the distance between the quartiles as its spread."""

    median: float
    spread: float

    def __str__(self) -> str:
        """As in the table."""
        return f"{self.median:.2f} ±{self.spread:.2f}"


def summary(values: Sequence[float]) -> Summary:
    """Summarise measurements so that a few outliers do not matter."""
    if len(values) == 1:
        return Summary(values[0], 0.0)
    low, median, high = statistics.quantiles(values, n=4, method="inclusive")
    return Summary(median, (high - low) / 2)


def ratio(values: Sequence[float], base: Sequence[float]) -> Summary:
    """Compare two contestants, round by round."""
    return summary([value / raw for value, raw in zip(values, base, strict=True)])


def in_turns(measures: Mapping[K, Callable[[], T]], rounds: int) -> dict[K, list[T]]:
    """Take each measurement once per round, in a random order."""
    order = list(measures)
    randomly = random.Random(0)  # noqa: S311  # not for cryptography
    measured: dict[K, list[T]] = {name: [] for name in order}
    for _ in range(rounds):
        randomly.shuffle(order)
        for name in order:
            measured[name].append(measures[name]())
    return measured


def timed(task: Callable[[], object], loops: int) -> tuple[float, float]:
    """Time a task: CPU seconds and wall-clock seconds for one loop.

    The CPU seconds are those of all threads of this process, without the server's.
    """
    gc.collect()  # no contestant pays for the garbage of the one before
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(loops):
        task()
    return (time.process_time() - cpu) / loops, (time.perf_counter() - wall) / loops


def interleaved(tasks: Mapping[str, Callable[[], object]], seconds: float) -> dict[str, Samples]:
    """Time tasks in turns.

    Args:
        tasks: What to run, by contestant.
        seconds: About how long to measure; `LEAST_ROUNDS` are always made.
    """
    for task in tasks.values():
        task()  # generates classes and functions, opens connections
    gc.collect()
    gc.freeze()  # a program's modules are not part of the cost of a response
    once = [timed(task, 1)[1] for task in tasks.values()]
    loops = max(1, round(_LEAST_SECONDS / min(once)))
    rounds = min(max(round(seconds / (sum(once) * loops)), LEAST_ROUNDS), _MOST_ROUNDS)
    measures = {name: functools.partial(timed, task, loops) for name, task in tasks.items()}
    return {
        name: Samples([cpu for cpu, _ in values], [wall for _, wall in values], loops=loops)
        for name, values in in_turns(measures, rounds).items()
    }
