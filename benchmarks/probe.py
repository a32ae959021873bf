"""Measurements of a fresh process: `python -m benchmarks.probe WHAT CONTESTANT ENDPOINT`."""

from __future__ import annotations

import gc
import sys
import time
import tracemalloc
from typing import TYPE_CHECKING, Final

from benchmarks.contestants import OURS, contestant, new_session

if TYPE_CHECKING:
    from collections.abc import Mapping

COLD_START_ITEMS: Final = 25
MEMORY_ITEMS: Final = 10_000


class FullCollections:
    """Measures the seconds that Python's garbage collector spends on full collections."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._begin = 0.0
        gc.callbacks.append(self._watch)

    def _watch(self, phase: str, info: Mapping[str, int]) -> None:
        if info["generation"] == 2:  # noqa: PLR2004  # the oldest, which includes the others
            if phase == "start":
                self._begin = time.process_time()
            else:
                self.seconds += time.process_time() - self._begin


def cold_start(name: str, endpoint: str) -> None:
    """Fetch a list, and print the CPU seconds that this process has used so far.

    The second number is the part of them that full collections took.
    """
    collections = FullCollections()
    contestant(name, new_session(), endpoint).fetch("routes", COLD_START_ITEMS)
    sys.stdout.write(f"{time.process_time()} {collections.seconds}\n")


def send(name: str, endpoint: str) -> None:
    """Send to a WebSocket connection, like a Lambda function that does nothing else.

    Prints CPU seconds like `cold_start`.
    """
    collections = FullCollections()
    url, session = f"{endpoint}/prod", new_session()
    if name == OURS:
        from apigw2.connections import Connections  # noqa: PLC0415  # the import is measured

        Connections(url, session=session).send("c1", "hello")
    else:
        client = session.client("apigatewaymanagementapi", endpoint_url=url)
        client.post_to_connection(ConnectionId="c1", Data=b"hello")
    sys.stdout.write(f"{time.process_time()} {collections.seconds}\n")


def memory(name: str, endpoint: str, kind: str) -> None:
    """Fetch many items, and print the bytes that each of them takes."""
    calls = contestant(name, new_session(), endpoint)
    calls.fetch(kind, 1)  # classes, functions and connections do not count
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
    elif what == "send":
        send(*arguments)
    else:
        memory(*arguments)
