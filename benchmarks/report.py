"""The result as Markdown, for the terminal and for docs/performance.md alike."""

from __future__ import annotations

import statistics
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import attrs
import pyperf  # type: ignore[import-untyped]  # it has no types

from benchmarks.contestants import MODULES, OURS, RAW
from benchmarks.gates import GATES
from benchmarks.interleave import Samples, Summary, ratio, summary
from benchmarks.rows import IN_THREADS, Row
from benchmarks.served import LOCAL, MINISTACK, MOTO, SERVERS, SIZES
from docs.pictures import chart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.rows import Metric

PAGE: Final = Path(__file__).parents[1] / "docs" / "performance.md"
CHART: Final = PAGE.parent / "pictures" / "performance.svg"
BEGIN: Final = "<!-- written by `nox -s bench`: begin -->"
END: Final = "<!-- written by `nox -s bench`: end -->"
_PEERS: Final = tuple(name for name in MODULES if name not in (RAW, OURS))


@attrs.define
class Report:
    """What a run found."""

    table: list[Row] = attrs.field(factory=list[Row])
    imports: list[Row] = attrs.field(factory=list[Row])
    growth: list[Row] = attrs.field(factory=list[Row])
    blueprints: list[Row] = attrs.field(factory=list[Row])
    applying: float = 0.0  # by the clock, as a multiple of what the quota allows
    served: list[Row] = attrs.field(factory=list[Row])
    missed: list[str] = attrs.field(factory=list[str])
    met: int = 0

    def rows(self) -> list[Row]:
        """What was measured; growth has the names of other rows, and is left out."""
        return [*self.table, *self.imports, *self.blueprints, *self.served]

    def markdown(self, how: str) -> str:
        """All of it.

        Args:
            how: How it was measured, in a word.
        """
        self.missed, self.met = [], 0
        parts = [
            *self._main(),
            *self._imports(),
            *self._growth(),
            *self._blueprints(),
            *self._served(),
            *self._wall(),
            *self._machine(how),
        ]
        return "\n".join([*self._verdict(), "", *parts])

    def _gate(self, name: str, value: Summary) -> tuple[str, str]:
        gate = GATES.get(name)
        if gate is None:
            return "", ""
        if value.median <= gate:
            self.met += 1
            return f"{gate:g}", "yes"
        self.missed.append(f"{name} ({value} instead of {gate:g})")
        return f"{gate:g}", "**no**"

    def _verdict(self) -> list[str]:
        total = self.met + len(self.missed)
        if not self.missed:
            return [f"The library keeps all {total} limits that the project sets."]
        kept = f"The library keeps {self.met} of the {total} limits that the project sets."
        return [f"{kept} Exceeded: {'; '.join(self.missed)}."]

    def _main(self) -> list[str]:
        heading = ["", RAW, *_PEERS, OURS, "limit", "met"]
        lines: list[list[str]] = []
        for row in self.table:
            raw, compared = _values(row.samples[RAW], row.metric), _ratios(row, row.metric)
            lines.append(
                [
                    row.name,
                    _absolute(summary(raw).median, row.metric),
                    *(str(compared.get(name, "")) for name in _PEERS),
                    str(compared[OURS]),
                    *self._gate(row.name, compared[OURS]),
                ]
            )
        return [
            "### Against raw boto3",
            "",
            "The column `boto3` has absolute figures; the others are ratios to it. All are CPU",
            "time, except for the four lists, which are wall-clock time. `limit` is the maximum",
            "for `apigw2`.",
            "",
            *_table(heading, lines),
            *self._in_threads(),
        ]

    def _in_threads(self) -> list[str]:
        found = [row for row in self.table if IN_THREADS in row.samples]
        threads = [ratio(row.samples[IN_THREADS].wall, row.samples[RAW].wall) for row in found]
        return [
            f"Raw boto3 in four threads takes {each} of the time that it takes in one thread.\n"
            for each in threads
        ]

    def _imports(self) -> list[str]:
        lines: list[list[str]] = []
        for row in self.imports:
            taken = {
                name: summary([value * 1000 for value in samples.cpu])
                for name, samples in row.samples.items()
            }
            lines.append(
                [
                    "ms",
                    _short(taken[RAW]),
                    *(_short(taken[name]) if name in taken else "" for name in _PEERS),
                    _short(taken[OURS]),
                    *self._gate(row.name, taken[OURS]),
                ]
            )
        return [
            "### Import",
            "",
            "CPU time of `import boto3`, and of each other import after it.",
            "",
            *_table(["", RAW, *_PEERS, OURS, "limit", "met"], lines),
        ]

    def _growth(self) -> list[str]:
        lines: list[list[str]] = []
        each: dict[str, float] = {}
        for row in self.growth:
            raw, ours = (row.samples[name].cpu for name in (RAW, OURS))
            each[row.name] = summary(ours).median / row.per
            lines.append(
                [
                    row.name,
                    f"{summary(raw).median / row.per * 1e6:.2f}",
                    f"{each[row.name] * 1e6:.2f}",
                    str(ratio(ours, raw)),
                ]
            )
        verdicts: list[list[str]] = []
        for kind in ("routes", "APIs"):
            grown = each[f"10,000 {kind}"] / each[f"1,000 {kind}"]
            gate, met = self._gate(f"growth of {kind}", Summary(grown, 0.0))
            verdicts.append([f"growth of {kind}", f"{grown:.2f}", gate, met])
        return [
            "### Growth",
            "",
            "CPU time for each item in microseconds, with all items in one page.",
            "",
            *_table(["", RAW, OURS, "ratio"], lines),
            "Time for each of 10,000 items, divided by the time for each of 1,000, with `apigw2`:",
            "",
            *_table(["", "ratio", "limit", "met"], verdicts),
        ]

    def _blueprints(self) -> list[str]:
        lines: list[list[str]] = []
        each: dict[str, float] = {}
        for row in self.blueprints:
            ours = row.samples[OURS].cpu
            each[row.name] = summary(ours).median / row.per
            figures = [_absolute(summary(ours).median, "cpu"), f"{each[row.name] * 1e6:.0f} µs"]
            if RAW in row.samples:
                raw = row.samples[RAW].cpu
                lines.append([row.name, _absolute(summary(raw).median, "cpu"), *figures])
            else:
                lines.append([row.name, "", *figures])
        of_planning = [time for name, time in each.items() if name.startswith("plan")]
        verdicts: list[list[str]] = []
        for name, figure in (
            ("growth of planning", of_planning[-1] / of_planning[-2]),
            ("apply 300 routes", self.applying),
        ):
            gate, met = self._gate(name, Summary(figure, 0.0))
            verdicts.append([name, f"{figure:.2f}", gate, met])
        return [
            "### Blueprints",
            "",
            "CPU time for an HTTP API with ten backends; boto3 fetches the same lists as dicts.",
            "",
            *_table(["", RAW, OURS, "a route"], lines),
            "Planning time for each of 300 routes, divided by that for each of 100; and the time",
            "to apply 300 routes, by the clock of a local gateway with an account's request quota,",
            "divided by the minimum that the quota allows:",
            "",
            *_table(["", "ratio", "limit", "met"], verdicts),
        ]

    def _served(self) -> list[str]:
        lines: list[list[str]] = []
        times: dict[str, Sequence[float]] = {}
        for row in self.served:
            ours = times[row.name] = row.samples[LOCAL].wall
            other = next(name for name in (MOTO, MINISTACK) if name in row.samples)
            compared = ratio(ours, row.samples[other].wall)
            lines.append(
                [
                    row.name,
                    *(_rate(row.samples[name]) if name in row.samples else "" for name in SERVERS),
                    f"{compared} {other}",
                    *self._gate(row.name, compared),
                ]
            )
        verdicts: list[list[str]] = []
        for plane in ("HTTP data plane", "WebSocket messages"):
            small, large = (times[f"{plane}, {size} routes"] for size in (SIZES[0], SIZES[-1]))
            grown = ratio(large, small)
            verdicts.append([plane, str(grown), *self._gate(f"growth of {plane}", grown)])
        return [
            "### Served local gateway",
            "",
            "Requests per second (or messages with their answers) and the 99th percentile of their",
            "latency, one after another over one connection. `time` is the time for one request at",
            "the local gateway, divided by that at moto's server or MiniStack.",
            "",
            *_table(["", *SERVERS, "time", "limit", "met"], lines),
            "Time for a request to an API with 300 routes, divided by that with 10, local gateway:",
            "",
            *_table(["", "ratio", "limit", "met"], verdicts),
        ]

    def _wall(self) -> list[str]:
        lines: list[list[str]] = []
        for row in self.table:
            if row.metric == "cpu":
                raw, compared = row.samples[RAW].wall, _ratios(row, "wall")
                lines.append(
                    [
                        row.name,
                        _absolute(summary(raw).median, "wall"),
                        *(str(compared.get(name, "")) for name in (*_PEERS, OURS)),
                    ]
                )
        return [
            "### Wall-clock time",
            "",
            "The same measurements by the wall clock, which includes the local server and other",
            "processes on the machine.",
            "",
            *_table(["", RAW, *_PEERS, OURS], lines),
        ]

    def _machine(self, how: str) -> list[str]:
        facts = machine()
        rounds = [len(_values(row.samples[RAW], row.metric)) for row in self.table]
        rounds = [number for number in rounds if number > 1]
        versions = ", ".join(
            f"{name} {version(name)}" for name in ("boto3", "attrs", "cattrs", "pydantic", "pyperf")
        )
        load = facts.get("load_avg_1min", "unknown")
        system = str(facts.get("platform", "")).split("-")[0]
        return [
            "### Measured with",
            "",
            f"- a {how} run, {min(rounds)} to {max(rounds)} rounds a row; load average {load}",
            f"- {facts.get('cpu_model_name', 'unknown')}, {facts.get('cpu_count')} cores, {system}",
            f"- Python {str(facts['python_version']).split(' ')[0]}, {versions}",
        ]


def machine() -> dict[str, Any]:
    """Facts about the machine, as pyperf finds them, without its name."""
    run = pyperf.Run([1.0], metadata={"name": "machine"})
    facts = cast("dict[str, Any]", run.get_metadata())
    private = ("hostname", "python_executable")
    return {key: value for key, value in facts.items() if key not in private}


def suite(rows: Iterable[Row]) -> Any:
    """All measurements, for pyperf's own commands."""
    facts: dict[str, Any] = machine()
    about = {key: facts[key] for key in ("cpu_model_name", "python_version") if key in facts}
    benchmarks: list[pyperf.Benchmark] = []
    for row in rows:
        for name, samples in row.samples.items():
            for metric, unit in (("cpu", "second"), ("wall", "second"), ("size", "byte")):
                values = _values(samples, metric)
                if values:
                    metadata = about | {
                        "name": f"{row.name}: {name} ({metric})",
                        "unit": unit,
                        "loops": samples.loops,
                    }
                    run = pyperf.Run(list(values), metadata=metadata, collect_metadata=False)
                    benchmarks.append(pyperf.Benchmark([run]))
    return pyperf.BenchmarkSuite(benchmarks)


def write(text: str) -> None:
    """Put the result between the page's markers, and draw its chart."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
    CHART.write_text(chart.performance().svg(), encoding="utf-8")


def _values(samples: Samples, metric: str) -> Sequence[float]:
    values: Sequence[float] = getattr(samples, metric)
    return values


def _ratios(row: Row, metric: Metric) -> dict[str, Summary]:
    """The ratios of a row to raw boto3, by contestant."""
    raw = _values(row.samples[RAW], metric)
    return {name: ratio(_values(samples, metric), raw) for name, samples in row.samples.items()}


def _absolute(value: float, metric: Metric) -> str:
    return f"{value:.0f} B" if metric == "size" else f"{value * 1000:.2f} ms"


def _rate(samples: Samples) -> str:
    """Requests a second, and the 99th percentile of their time."""
    percentile = statistics.quantiles(samples.latencies, n=100)[-1]
    return f"{1 / summary(samples.wall).median:,.0f}/s, {percentile * 1000:.1f} ms"


def _short(figure: Summary) -> str:
    return f"{figure.median:.1f} ±{figure.spread:.1f}"


def _table(heading: Sequence[str], lines: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(line[i]) for line in (heading, *lines)) for i in range(len(heading))]

    def shown(cells: Iterable[str]) -> str:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        return f"| {' | '.join(padded)} |"

    rule = f"|{'|'.join('-' * (width + 2) for width in widths)}|"
    # A figure and its unit or spread stay on one line.
    figures = (
        [name, *(cell.replace(" ", "\N{NO-BREAK SPACE}") for cell in cells)]
        for name, *cells in lines
    )
    return [shown(heading), rule, *map(shown, figures), ""]
