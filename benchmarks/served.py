"""The served local gateway against moto's server and MiniStack, with the same requests in turns.

A small client sends the same bytes to all three, one request after another over one connection,
because boto3 would take longer than the servers. moto has no data plane.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from websockets.sync.client import connect

from benchmarks.interleave import Samples, in_turns
from benchmarks.rows import Row
from tests.support.emulators.servers import running

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from websockets.sync.client import ClientConnection

    from benchmarks.rows import Settings

LOCAL: Final = "local gateway"
MOTO: Final = "moto"
MINISTACK: Final = "MiniStack"
SERVERS: Final = (MOTO, MINISTACK, LOCAL)
SIZES: Final = (10, 100, 300)  # routes of the API; 300 is an account's quota

_STAGE: Final = "prod"
# The servers read the service of a request from its signature, and do not verify it.
_SIGNED: Final = {
    "Content-Type": "application/json",
    "Authorization": "AWS4-HMAC-SHA256 "
    "Credential=testing/20260101/us-east-1/apigateway/aws4_request, "
    "SignedHeaders=host, Signature=0",
}

Task = Callable[[], None]


class Server:
    """A server, and one connection to it, which stays open if the server supports that."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def request(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] = _SIGNED
    ) -> dict[str, Any]:
        """Send a request, and return the answer's JSON; an error ends the benchmark."""
        sent = None if body is None else json.dumps(body).encode()
        self._connection.request(method, path, sent, dict(headers))
        response = self._connection.getresponse()
        text = response.read()
        if response.status >= 300:  # noqa: PLR2004  # any success
            raise RuntimeError(f"{method} {path}: {response.status} {text!r}")
        answer: dict[str, Any] = json.loads(text or b"{}")
        return answer

    def create(self, path: str, **fields: object) -> dict[str, Any]:
        """Create a resource from fields with the names on the wire."""
        return self.request("POST", path, fields)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextlib.contextmanager
def serving() -> Generator[dict[str, Server]]:
    """Start the three servers, and stop them afterwards."""
    with contextlib.ExitStack() as stack:
        ports = {LOCAL: stack.enter_context(local_gateway())}
        for name in (MOTO, MINISTACK):
            venv = os.environ.get(f"APIGW2_{name.upper()}_VENV")
            if venv is None:
                raise RuntimeError(f"APIGW2_{name.upper()}_VENV is not set; use `nox -s bench`")
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            emulator = stack.enter_context(running(name.lower(), Path(venv), scratch))
            ports[name] = emulator.port
        servers = {name: Server(ports[name]) for name in SERVERS}
        for server in servers.values():
            stack.callback(server.close)
        yield servers


@contextlib.contextmanager
def local_gateway() -> Generator[int]:
    """Serve a local gateway from a separate process; yields its port."""
    command = [sys.executable, "-m", "apigw2.testing"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # it is a pipe
        try:
            yield int(process.stdout.readline().rpartition(":")[2])
        finally:
            process.terminate()


def control_plane(server: Server, routes: int) -> Iterator[Task]:
    """Create, get, update and delete one route of an API with this number of routes."""
    api = server.create("/v2/apis", name="petstore", protocolType="HTTP")["apiId"]
    path = f"/v2/apis/{api}/routes"
    for number in range(routes - 1):
        server.create(path, routeKey=f"GET /v{number}/pets")
    made: dict[str, Any] = {}

    def create() -> None:
        made.update(server.create(path, routeKey="GET /pets", operationName="pets"))

    def get() -> None:
        server.request("GET", f"{path}/{made['routeId']}")

    def update() -> None:
        server.request("PATCH", f"{path}/{made['routeId']}", {"routeKey": "GET /animals"})

    def delete() -> None:
        server.request("DELETE", f"{path}/{made['routeId']}")

    yield from (create, get, update, delete)


def http_data_plane(backend: str, server: Server, routes: int) -> Iterator[Task]:
    """Call each route of a deployed API, which forwards requests to a backend."""
    api = server.create("/v2/apis", name="petstore", protocolType="HTTP")["apiId"]
    path = f"/v2/apis/{api}"
    integration = server.create(
        f"{path}/integrations",
        integrationType="HTTP_PROXY",
        integrationMethod="GET",
        integrationUri=f"{backend}/pets",
        payloadFormatVersion="1.0",
    )
    target = f"integrations/{integration['integrationId']}"
    for number in range(routes):
        server.create(f"{path}/routes", routeKey=f"GET /v{number}/pets/{{id}}", target=target)
    deployment = server.create(f"{path}/deployments")["deploymentId"]
    server.create(f"{path}/stages", stageName=_STAGE, deploymentId=deployment)
    host = {"Host": f"{api}.execute-api.localhost:{server.port}"}

    def call(number: int) -> None:
        server.request("GET", f"/{_STAGE}/v{number}/pets/7", headers=host)

    yield from (functools.partial(call, number) for number in range(routes))


def websocket(stack: contextlib.ExitStack, server: Server, routes: int) -> Iterator[Task]:
    """Send a message to each route of a WebSocket API, and wait for its answer."""
    api = server.create(
        "/v2/apis",
        name="chat",
        protocolType="WEBSOCKET",
        routeSelectionExpression="$request.body.action",
    )["apiId"]
    path = f"/v2/apis/{api}"
    integration = server.create(
        f"{path}/integrations",
        integrationType="MOCK",
        requestTemplates={"$default": '{"statusCode": 200}'},
        templateSelectionExpression="$default",
    )["integrationId"]
    server.create(
        f"{path}/integrations/{integration}/integrationresponses",
        integrationResponseKey="$default",
        responseTemplates={"$default": '{"heard": true}'},
        templateSelectionExpression="$default",
    )
    for number in range(routes):
        route = server.create(
            f"{path}/routes",
            routeKey=f"say{number}",
            target=f"integrations/{integration}",
            routeResponseSelectionExpression="$default",
        )["routeId"]
        server.create(f"{path}/routes/{route}/routeresponses", routeResponseKey="$default")
    deployment = server.create(f"{path}/deployments")["deploymentId"]
    server.create(f"{path}/stages", stageName=_STAGE, deploymentId=deployment)
    url = f"ws://127.0.0.1:{server.port}/_aws/execute-api/{api}/{_STAGE}"
    socket: ClientConnection = stack.enter_context(connect(url, proxy=None, compression=None))

    def say(number: int) -> None:
        socket.send(f'{{"action": "say{number}", "text": "hello"}}')
        answer = socket.recv(timeout=30)
        assert answer == '{"heard": true}', answer

    yield from (functools.partial(say, number) for number in range(routes))


def _timed(tasks: list[Task], least: int) -> list[float]:
    """The seconds of each request, for at least this many requests and all tasks equally often."""
    taken: list[float] = []
    while len(taken) < least:
        for task in tasks:
            begin = time.perf_counter()
            task()
            taken.append(time.perf_counter() - begin)
    return taken


def rows(settings: Settings) -> Iterator[Row]:
    """Both planes and WebSocket messages, with a growing number of routes."""
    with serving() as servers, contextlib.ExitStack() as stack:
        http = functools.partial(http_data_plane, settings.server[0])
        sockets = functools.partial(websocket, stack)
        with_data_plane = {name: servers[name] for name in (MINISTACK, LOCAL)}
        for heading, make, among in (
            ("control plane", control_plane, servers),
            ("HTTP data plane", http, with_data_plane),
            ("WebSocket messages", sockets, with_data_plane),
        ):
            # All sizes take turns too, because growth is a ratio between them.
            measures = {
                (size, name): functools.partial(_timed, list(make(server, size)), settings.requests)
                for size in SIZES
                for name, server in among.items()
            }
            in_turns(measures, 1)
            measured = in_turns(measures, settings.turns)
            for size in SIZES:
                samples = {
                    name: Samples(
                        wall=[sum(taken) / len(taken) for taken in measured[size, name]],
                        latencies=[each for taken in measured[size, name] for each in taken],
                    )
                    for name in among
                }
                yield Row(f"{heading}, {size} routes", samples, "wall")
