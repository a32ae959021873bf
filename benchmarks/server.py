"""A stand-in for the service in a separate process, with canned responses.

It has two ports. One answers at once, the other after 50 ms, like a distant region. A list has as
many items as the request's `maxResults`, all in one page.
"""

from __future__ import annotations

import contextlib
import functools
import json
import re
import socketserver
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Final

from benchmarks import bodies

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

LATENCY: Final = 0.050  # seconds

# The headers that the service sends: parsing them is part of a call.
_HEADERS: Final = (
    "HTTP/1.1 {status}\r\n"
    "Date: Mon, 06 Oct 2025 08:00:00 GMT\r\n"
    "Content-Type: application/json\r\n"
    "Content-Length: {length}\r\n"
    "Connection: keep-alive\r\n"
    "x-amzn-RequestId: 0f3a2b1c-5d4e-4f60-8a7b-9c8d7e6f5a4b\r\n"
    "x-amz-apigw-id: SAMPLEAPIGWID=\r\n"
    "\r\n"
)
_LIST: Final = re.compile(r"/v2(?:/apis/\w+)?/(\w+)\?maxResults=(\d+)$")


@functools.cache
def answer(method: str, target: str) -> bytes:
    """The whole response to a request line."""
    listed = _LIST.match(target)
    if listed:
        body = bodies.page(listed[1], int(listed[2]))
    else:
        body = json.dumps(bodies.route(1)).encode()
    status = "201 Created" if method == "POST" else "200 OK"
    return _HEADERS.format(status=status, length=len(body)).encode() + body


class _Handler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    latency = 0.0

    def handle(self) -> None:
        """Answer the requests of one connection until it is closed."""
        while line := self.rfile.readline():
            method, target, _ = line.decode().split(" ")
            length = 0
            while (header := self.rfile.readline()) not in (b"\r\n", b""):
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            self.rfile.read(length)
            if self.latency:
                time.sleep(self.latency)
            self.wfile.write(answer(method, target))


class _DistantHandler(_Handler):
    latency = LATENCY


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


@contextlib.contextmanager
def running() -> Generator[tuple[str, str]]:
    """Start the server, and stop it afterwards.

    Yields:
        The addresses of the port that answers at once and of the one that waits.
    """
    command = [sys.executable, "-m", "benchmarks.server"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        near, distant = process.stdout.readline().split()
        try:
            yield f"http://127.0.0.1:{near}", f"http://127.0.0.1:{distant}"
        finally:
            process.terminate()


def main() -> None:
    """Serve until standard input is closed, at the latest when the parent exits."""
    handlers: tuple[Callable[..., _Handler], ...] = (_Handler, _DistantHandler)
    servers = [_Server(("127.0.0.1", 0), handler) for handler in handlers]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(" ".join(str(server.server_address[1]) for server in servers) + "\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
