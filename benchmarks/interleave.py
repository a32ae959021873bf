"""Measure contestants in turns.

pyperf's own `Runner` times one benchmark after the other, each in worker processes of its own, so
that minutes lie between two numbers of which a ratio is made; on a machine that does other things
as well, the ratio is then mostly of those. Here the contestants of a row take turns, in an order
that is shuffled for each round, and a ratio is made of two measurements of the same round. pyperf
keeps the values and the facts about the machine, so `python -m pyperf stats`, `hist` and
`compare_to` read the file that a run leaves.
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

LEAST_ROUNDS: Final = 5  # fewer have no quartiles worth the name
_MOST_ROUNDS: Final = 200
# Of a measurement. Many short rounds give a better median than a few long ones: what else the
# machine does then spoils single rounds, and not all of them a little.
_LEAST_SECONDS: Final = 0.005


@attrs.frozen
class Samples:
    """What was measured of one contestant: a value for each round, in seconds or bytes."""

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
    """Summarise measurements in a way that a few disturbed ones do not change."""
    if len(values) == 1:
        return Summary(values[0], 0.0)
    low, median, high = statistics.quantiles(values, n=4, method="inclusive")
    return Summary(median, (high - low) / 2)


def ratio(values: Sequence[float], base: Sequence[float]) -> Summary:
    """Compare two contestants, round by round."""
    return summary([value / raw for value, raw in zip(values, base, strict=True)])


def in_turns(measures: Mapping[K, Callable[[], T]], rounds: int) -> dict[K, list[T]]:
    """Make each measurement once a round, in another order each time."""
    order = list(measures)
    randomly = random.Random(0)  # noqa: S311  # an order, no secret
    measured: dict[K, list[T]] = {name: [] for name in order}
    for _ in range(rounds):
        randomly.shuffle(order)
        for name in order:
            measured[name].append(measures[name]())
    return measured


def timed(task: Callable[[], object], loops: int) -> tuple[float, float]:
    """Time a task: seconds of the CPU and of the clock on the wall for one loop.

    The CPU's are those of all threads of this process, and not those of the server.
    """
    gc.collect()  # nobody pays for what the one before him left
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
        task()  # makes classes and functions, opens connections
    gc.collect()
    gc.freeze()  # a program's modules are no part of what a response costs
    once = [timed(task, 1)[1] for task in tasks.values()]
    loops = max(1, round(_LEAST_SECONDS / min(once)))
    rounds = min(max(round(seconds / (sum(once) * loops)), LEAST_ROUNDS), _MOST_ROUNDS)
    measures = {name: functools.partial(timed, task, loops) for name, task in tasks.items()}
    return {
        name: Samples([cpu for cpu, _ in values], [wall for _, wall in values], loops=loops)
        for name, values in in_turns(measures, rounds).items()
    }
