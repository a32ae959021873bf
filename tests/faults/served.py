"""A served gateway in a separate process, whose standard error and memory can be checked."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

PATIENCE: Final = 20.0
"""Seconds after which a connection counts as hanging."""


@attrs.frozen
class Target:
    """The server under attack.

    Attributes:
        process: The process.
        port: Its port on loopback.
        errors: The file with its standard error.
    """

    process: subprocess.Popen[str]
    port: int
    errors: Path

    def memory(self) -> int:
        """The resident memory of the process, in kilobytes."""
        command = ["ps", "-o", "rss=", "-p", str(self.process.pid)]
        return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)  # noqa: S603 - fixed arguments

    def connect(self) -> socket.socket:
        """Open a connection that raises `TimeoutError` if the server hangs."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def request(self, method: str, path: str, document: object = None) -> Any:  # noqa: ANN401 - JSON
        """Send a request that must succeed, and return its response."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, json.dumps(document) if document is not None else None)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        assert response.status < 300, content
        return json.loads(content) if content else None

    def talk(self, sent: bytes) -> bytes:
        """Send bytes, and receive until the server closes the connection.

        Raises:
            TimeoutError: The server did not close the connection.
        """
        with self.connect() as connection:
            # The server may close the connection before it has read everything.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(sent)
                connection.shutdown(socket.SHUT_WR)
            return received(connection)


def received(connection: socket.socket) -> bytes:
    """Receive until the server closes the connection."""
    content = bytearray()
    with contextlib.suppress(ConnectionResetError):
        while data := connection.recv(65536):
            content += data
    return bytes(content)


@contextmanager
def served(directory: Path, *arguments: str) -> Generator[Target]:
    """Run `python -m apigw2.testing` in a directory; it must not write to standard error."""
    errors = directory / "stderr"
    command = [sys.executable, "-m", "apigw2.testing", *arguments]
    with (
        errors.open("w") as stream,
        subprocess.Popen(  # noqa: S603 - the interpreter itself
            command, stdout=subprocess.PIPE, stderr=stream, text=True, cwd=directory
        ) as process,
    ):
        assert process.stdout is not None
        port = int(process.stdout.readline().strip().rpartition(":")[2])
        try:
            yield Target(process, port, errors)
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
    assert process.returncode == 0
    assert errors.read_text() == ""
