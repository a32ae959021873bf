"""A progress line on a terminal."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_DELAY: Final = 1.0  # seconds before the line appears
_INTERVAL: Final = 0.2  # seconds between two updates


@contextmanager
def progress(what: str) -> Generator[Callable[[int], None]]:
    """Show the number of fetched objects on stderr, if it is a terminal and fetching takes long.

    Args:
        what: Name of the fetched object, such as `API a1b2c3`.

    Yields:
        A thread-safe function that adds to the number of fetched objects.
    """
    fetched: list[int] = []
    out: TextIO | None = sys.stderr  # a program without a console has none
    if out is None or not out.isatty():
        yield fetched.append
        return
    done = threading.Event()
    watcher = threading.Thread(
        target=_show, args=(out, what, fetched, done), name="apigw2 progress", daemon=True
    )
    watcher.start()
    try:
        yield fetched.append
    finally:
        done.set()
        watcher.join()


def _show(out: TextIO, what: str, fetched: list[int], done: threading.Event) -> None:
    line = ""
    over = done.wait(_DELAY)
    while not over:
        line = f"Fetching {what}: {sum(fetched)} objects so far"
        out.write(f"\r{line}")
        out.flush()
        over = done.wait(_INTERVAL)
    if line:
        out.write(f"\r{' ' * len(line)}\r")
        out.flush()
