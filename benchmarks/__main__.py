"""Run the benchmarks: `nox -s bench`, or `nox -s bench -- --quick`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from benchmarks import blueprints, report, rows, served
from benchmarks.server import running


def isolate() -> None:
    """Remove the caller's AWS settings and proxies from this process and those that it starts."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(prog="nox -s bench --", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds: about two minutes")
    parser.add_argument("--no-write", action="store_true", help="do not update the documentation")
    parser.add_argument("--output", type=Path, help="path of pyperf's JSON file")
    arguments = parser.parse_args()
    if sys.dont_write_bytecode:
        parser.error("PYTHONDONTWRITEBYTECODE is set: imports would be timed without bytecode")
    isolate()
    begin = time.monotonic()
    found = report.Report()
    with running() as server:
        settings = (rows.Settings.quick if arguments.quick else rows.Settings.full)(server)
        for section, kept in (
            (rows.lists, found.table),
            (rows.single_calls, found.table),
            (rows.cold_start, found.table),
            (rows.sending, found.table),
            (rows.memory, found.table),
            (rows.parallel, found.table),
            (rows.import_time, found.imports),
            (rows.growth, found.growth),
            (blueprints.reading, found.blueprints),
            (blueprints.planning, found.blueprints),
            (served.rows, found.served),
        ):
            for row in section(settings):
                kept.append(row)
                print(f"{time.monotonic() - begin:5.0f} s  {row.name}", file=sys.stderr, flush=True)
    found.applying = blueprints.applying()
    text = found.markdown("quick" if arguments.quick else "full")
    print(text)
    if arguments.output is not None:
        arguments.output.unlink(missing_ok=True)
        report.suite(found.rows()).dump(str(arguments.output))
    if not arguments.no_write:
        report.write(text)
    print(f"\n{time.monotonic() - begin:.0f} s in all", file=sys.stderr)


if __name__ == "__main__":
    main()
