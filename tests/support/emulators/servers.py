"""The emulators and an HTTP backend, each a separate server on a free loopback port."""

from __future__ import annotations

import functools
import http.client
import json
import os
import socket
import subprocess
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, NamedTuple

import boto3
from botocore.config import Config

import apigw2
from tests.support.emulators.venvs import script
from tests.support.loopback import serving

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from types_boto3_apigatewayv2 import ApiGatewayV2Client

START_TIMEOUT = 60.0
REGION = "us-east-1"


class Emulator(NamedTuple):
    """A running emulator."""

    name: str
    port: int

    @property
    def endpoint_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self) -> ApiGatewayV2Client:
        """A plain boto3 client with made-up credentials."""
        session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test")
        client: ApiGatewayV2Client = session.client(
            "apigatewayv2",
            region_name=REGION,
            endpoint_url=self.endpoint_url,
            config=Config(retries={"total_max_attempts": 1}),  # no retries: a failure must show
        )
        return client

    def gateway(self) -> apigw2.ApiGatewayV2:
        """The gateway that the tests share, because a client is slow to create."""
        return _gateway(self)

    def request(
        self,
        method: str,
        path: str,
        *,
        api: apigw2.ApiRef,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Call a deployed API. The emulator selects the API by the Host header."""
        host = f"{api.api_id}.execute-api.localhost:{self.port}"
        return request(self.port, method, path, {**(headers or {}), "Host": host})


@functools.cache
def _gateway(emulator: Emulator) -> apigw2.ApiGatewayV2:
    return apigw2.ApiGatewayV2(client=emulator.client())


class Reply(NamedTuple):
    """The answer to an HTTP request."""

    status: int
    headers: Mapping[str, str]
    body: str


def request(port: int, method: str, path: str, headers: Mapping[str, str]) -> Reply:
    """Send one HTTP request to a loopback port."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, headers=dict(headers))
        response = connection.getresponse()
        lowered = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, lowered, response.read().decode())
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(name: str, venv: Path, scratch: Path) -> Generator[Emulator]:
    """Run an emulator from its environment in a separate process; terminate it at the end."""
    emulator = Emulator(name, free_port())
    # The emulator must not see the shell's AWS settings.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
    environment["TMPDIR"] = str(scratch)
    if name == "ministack":
        command = [str(script(venv, "ministack"))]
        ready = "/_ministack/health"
        environment |= {
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(emulator.port),
            "IOT_MTLS_ENABLED": "0",  # it would listen on a fixed port
        }
    else:
        command = [str(script(venv, "moto_server")), "-H", "127.0.0.1", "-p", str(emulator.port)]
        ready = "/moto-api/data.json"
        environment["TZ"] = "EST5"  # shows that moto labels local time as UTC
    log = scratch / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=scratch,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_ready(process, emulator, ready, log)
        yield emulator
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(
    process: subprocess.Popen[bytes], emulator: Emulator, path: str, log: Path
) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if request(emulator.port, "GET", path, {}).status == http.client.OK:
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{emulator.name} did not start:\n{log.read_text(errors='replace')}")


class _Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        seen = {
            "method": self.command,
            "path": self.path,
            "body": self.rfile.read(length).decode(),
        }
        body = json.dumps(seen).encode()
        self.send_response(http.client.OK)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_DELETE = _answer  # noqa: N815  # the names that http.server looks for

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Keep the test output quiet."""


def echo_backend() -> AbstractContextManager[str]:
    """Run a backend that answers every request with its content; yields its URL."""
    return serving(_Echo)
