"""What petstore.py needs without an AWS account: an emulator, and a backend that issues tokens.

None of this is about apigw2. Both servers listen on the loopback interface, on free ports.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

if TYPE_CHECKING:
    from collections.abc import Generator

START_TIMEOUT = 60.0
KEY_ID = "petstore"
PETS = [{"id": 1, "name": "Rex"}, {"id": 2, "name": "Tom"}]


@contextmanager
def local_gateway() -> Generator[str]:
    """Run `python -m apigw2.testing` as a process of its own; yields its URL."""
    command = [sys.executable, "-m", "apigw2.testing", "--port", "0"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        try:
            url = process.stdout.readline().decode().strip()
            if not url:
                raise RuntimeError("the local gateway did not start; what it said is above")
            yield url
        finally:
            process.terminate()


@contextmanager
def ministack(venv: Path) -> Generator[str]:
    """Run MiniStack from its own environment as a process of its own; yields its URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = venv / ("Scripts/ministack.exe" if sys.platform == "win32" else "bin/ministack")
    with tempfile.TemporaryDirectory() as scratch:
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("AWS_")},
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(port),
            "IOT_MTLS_ENABLED": "0",  # it would listen on a fixed port
            "TMPDIR": scratch,
        }
        log = Path(scratch) / "ministack.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [str(program)],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait_until_ready(process, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/_ministack/health")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise RuntimeError(f"MiniStack did not start:\n{log.read_text(errors='replace')}")


class Backend:
    """The pet store itself, and the issuer of the tokens that its API asks for."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def token(self, audience: str, scope: str) -> str:
        """A signed token, valid for a minute."""
        claims = {
            "iss": self.url,
            "aud": audience,
            "scope": scope,
            "sub": "demo",
            "exp": int(time.time()) + 60,
        }
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": KEY_ID})

    def document(self, path: str) -> dict[str, Any] | None:
        """What an OpenID Connect issuer publishes: where its keys are, and its keys."""
        if path == "/.well-known/openid-configuration":
            return {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}
        if path == "/keys":
            key: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(self._key.public_key()))
            return {"keys": [{**key, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}
        return None


@contextmanager
def backend() -> Generator[Backend]:
    """Run the backend in a thread."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({"pets": PETS, "you asked for": self.path})

        def do_POST(self) -> None:
            posted = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._answer({"created": json.loads(posted), "you posted to": self.path})

        def _answer(self, answer: dict[str, Any]) -> None:
            body = json.dumps(store.document(self.path) or answer).encode()
            self.send_response(http.client.OK)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Keep the transcript readable."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    store = Backend(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
