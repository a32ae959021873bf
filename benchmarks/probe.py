"""What is measured of a fresh process: `python -m benchmarks.probe WHAT CONTESTANT ENDPOINT`."""

from __future__ import annotations

import gc
import sys
import time
import tracemalloc
from typing import Final

from benchmarks.contestants import contestant, new_session

COLD_START_ITEMS: Final = 25
MEMORY_ITEMS: Final = 10_000


def cold_start(name: str, endpoint: str) -> None:
    """Fetch something, and say how many seconds of the CPU this process has used until then."""
    contestant(name, new_session(), endpoint).fetch("routes", COLD_START_ITEMS)
    sys.stdout.write(f"{time.process_time()}\n")


def memory(name: str, endpoint: str, kind: str) -> None:
    """Fetch many, and say how many bytes each of them keeps."""
    calls = contestant(name, new_session(), endpoint)
    calls.fetch(kind, 1)  # classes, functions and connections are no part of an item
    gc.collect()
    tracemalloc.start()
    items = calls.fetch(kind, MEMORY_ITEMS)
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    sys.stdout.write(f"{size / len(items)}\n")


if __name__ == "__main__":
    _, what, *arguments = sys.argv
    if what == "cold-start":
        cold_start(*arguments)
    else:
        memory(*arguments)
