"""The rows of the tables, and their measurements."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import attrs

from benchmarks.bodies import KINDS
from benchmarks.contestants import MODULES, OURS, RAW, Contestant, contestant, module_name
from benchmarks.contestants import new_session as session
from benchmarks.interleave import LEAST_ROUNDS, Samples, in_turns, interleaved
from benchmarks.probe import MEMORY_ITEMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from benchmarks.contestants import typed

IN_THREADS: Final = "boto3, four threads"
_COUNTS: Final = (1, 25, 100, 1_000)
_GROWTH: Final = (1, 10, 100, 1_000, 10_000)
_PARALLEL_ITEMS: Final = 25

Metric = Literal["cpu", "wall", "size"]


@attrs.frozen
class Row:
    """One line of the table.

    Attributes:
        name: Its heading, which is also the name of its gate.
        samples: The measurements by contestant.
        metric: The quantity that is compared: CPU time, wall-clock time, or bytes.
        per: The number of items in a measured value.
    """

    name: str
    samples: Mapping[str, Samples]
    metric: Metric = "cpu"
    per: int = 1


@attrs.frozen
class Settings:
    """The length of a run."""

    seconds: float  # for a row
    starts: int  # of processes, for a row
    turns: int  # of each served gateway, for a row
    requests: int  # in a turn
    server: tuple[str, str]  # its URLs, near and distant

    @classmethod
    def quick(cls, server: tuple[str, str]) -> Settings:
        """About two minutes in total."""
        return cls(0.8, LEAST_ROUNDS, LEAST_ROUNDS, 40, server)

    @classmethod
    def full(cls, server: tuple[str, str]) -> Settings:
        """About five minutes in total."""
        return cls(5.0, 31, 15, 200, server)


def everybody(endpoint: str) -> dict[str, Contestant]:
    """All contestants, after a check that they fetch the same."""
    made = {name: contestant(name, session(), endpoint) for name in MODULES}
    expected = made[RAW].keys(made[RAW].fetch("routes", 25))
    for name, calls in made.items():
        fetched = calls.keys(calls.fetch("routes", 25))
        if fetched != expected:
            raise AssertionError(f"{name} fetched {fetched}, not {expected}")
    return made


def _fetches(
    contestants: Mapping[str, Contestant], kind: str, count: int
) -> dict[str, Callable[[], object]]:
    return {
        name: functools.partial(calls.fetch, kind, count) for name, calls in contestants.items()
    }


def _counted(count: int, kind: str) -> str:
    noun = "APIs" if kind == "apis" else kind
    return f"1 {noun[:-1]}" if count == 1 else f"{count:,} {noun}"


def lists(settings: Settings) -> Iterator[Row]:
    """Lists of one page, of each kind."""
    contestants = everybody(settings.server[0])
    for kind in KINDS:
        for count in _COUNTS:
            tasks = _fetches(contestants, kind, count)
            yield Row(_counted(count, kind), interleaved(tasks, settings.seconds), per=count)


def single_calls(settings: Settings) -> Iterator[Row]:
    """Calls that return one route. Their ratios are near 1, so they are measured longer."""
    contestants = everybody(settings.server[0])
    get = {name: calls.get for name, calls in contestants.items()}
    yield Row("get a route", interleaved(get, settings.seconds * 2))
    create = {name: calls.create for name, calls in contestants.items()}
    yield Row("create a route", interleaved(create, settings.seconds * 2))


def growth(settings: Settings) -> Iterator[Row]:
    """The time per item, from one item to many."""
    contestants = everybody(settings.server[0])
    two = {name: contestants[name] for name in (RAW, OURS)}
    for kind in ("routes", "apis"):
        for count in _GROWTH:
            tasks = _fetches(two, kind, count)
            yield Row(_counted(count, kind), interleaved(tasks, settings.seconds / 2), per=count)


def parallel(settings: Settings) -> Iterator[Row]:
    """Four lists from a server with a latency of 50 ms."""
    contestants = everybody(settings.server[1])
    raw = contestants[RAW]
    ours = cast("typed.Calls", contestants[OURS])  # only this library fetches several lists at once
    kinds = tuple(KINDS)

    def fetch(kind: str) -> Sequence[Any]:
        items: Sequence[Any] = raw.fetch(kind, _PARALLEL_ITEMS)
        return items

    def in_threads() -> list[Sequence[Any]]:
        with ThreadPoolExecutor(len(kinds)) as pool:
            return list(pool.map(fetch, kinds))

    tasks = {
        RAW: lambda: [fetch(kind) for kind in kinds],
        IN_THREADS: in_threads,
        OURS: lambda: ours.fetch_at_once(kinds, _PARALLEL_ITEMS),
    }
    yield Row("four lists, 50 ms away", interleaved(tasks, settings.seconds), "wall")


def _probe(*arguments: str) -> tuple[list[float], float]:
    """The numbers that a fresh process prints, and the seconds until it prints them."""
    command = [sys.executable, "-m", "benchmarks.probe", *arguments]
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # it is a pipe
        printed = process.stdout.readline()
        end = time.perf_counter()
    if process.returncode:
        raise RuntimeError(f"{command} failed")
    return [float(number) for number in printed.split()], end - begin


def cold_start(settings: Settings) -> Iterator[Row]:
    """From starting an interpreter to the first 25 routes.

    Python's garbage collector runs a full collection after about 70,000 new objects, and the
    process of raw boto3 ends a few hundred objects before that. Any program that does more pays for
    a collection of everything that boto3 has created, so one row leaves full collections out.
    """
    measures = {
        name: functools.partial(_probe, "cold-start", name, settings.server[0]) for name in MODULES
    }
    in_turns(measures, 1)  # writes the bytecode
    measured = in_turns(measures, settings.starts)
    yield Row(
        "cold start",
        {
            name: Samples(
                [cpu - full for (cpu, full), _ in printed], [w - full for (_, full), w in printed]
            )
            for name, printed in measured.items()
        },
    )
    yield Row(
        "the same, with full collections",
        {
            name: Samples([cpu for (cpu, _), _ in printed], [wall for _, wall in printed])
            for name, printed in measured.items()
        },
    )


def sending(settings: Settings) -> Iterator[Row]:
    """From starting an interpreter to the first message to a WebSocket connection."""
    measures = {
        name: functools.partial(_probe, "send", name, settings.server[0]) for name in (RAW, OURS)
    }
    in_turns(measures, 1)  # writes the bytecode
    measured = in_turns(measures, settings.starts)
    samples = {
        name: Samples(
            [cpu - full for (cpu, full), _ in printed], [w - full for (_, full), w in printed]
        )
        for name, printed in measured.items()
    }
    yield Row("Lambda function that only sends", samples)


def import_time(settings: Settings) -> Iterator[Row]:
    """CPU seconds of an import in a fresh process that has already imported boto3."""
    names = {name: module_name(name) for name in MODULES if name != RAW} | {
        RAW: "boto3",
        OURS: "apigw2",
    }

    def measure(module: str) -> float:
        first = "" if module == "boto3" else "import benchmarks.contestants; "
        program = (
            f"{first}import time; begin = time.process_time(); "
            f"import {module}; print(time.process_time() - begin)"
        )
        command = [sys.executable, "-c", program]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    measures = {name: functools.partial(measure, names[name]) for name in MODULES}
    in_turns(measures, 1)  # writes the bytecode
    measured = in_turns(measures, settings.starts)
    yield Row("import", {name: Samples(cpu=values) for name, values in measured.items()})


def memory(settings: Settings) -> Iterator[Row]:
    """Bytes that each of 10,000 items takes."""
    # Neither the order nor the load of the machine changes the size of an object.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for heading, kind in (("memory of a route", "routes"), ("memory of an API", "apis")):
            probes = [
                pool.submit(_probe, "memory", name, settings.server[0], kind) for name in MODULES
            ]
            samples = {
                name: Samples(size=probe.result()[0])
                for name, probe in zip(MODULES, probes, strict=True)
            }
            yield Row(heading, samples, "size", per=MEMORY_ITEMS)
