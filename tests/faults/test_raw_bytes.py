"""Damaged requests and concurrent clients of a served gateway."""

from __future__ import annotations

import json
import os
import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel

from tests.faults.served import Target, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECONDS: Final = float(os.environ.get("APIGW2_FUZZ_SECONDS", "0"))
"""Duration in seconds; 0 for a fixed number of connections."""

CONNECTIONS: Final = 600
CLIENTS: Final = 64
GROWTH: Final = 150_000  # maximum growth of the memory in kilobytes

_STATUS: Final = re.compile(rb"^HTTP/1\.1 (\d{3}) ", re.MULTILINE)
_BITS: Final = (
    b"\r\n", b"\r\n\r\n", b"\0", b"\xff", b" ", b":", b"%", b"%00", b"%2e%2e/", b"//", b"?", b"#",
    b"{", b"[" * 3000, b'{"a":' * 3000, b'"', b"\\ud800", b"NaN", b"1e999", b"-1", b"0",
    b"9" * 30, b"Content-Length: 1e3\r\n", b"Transfer-Encoding: chunked\r\n",
    b"Upgrade: websocket\r\n", b"Expect: 100-continue\r\n", b"Connection: close\r\n", b"A" * 5000,
    b"HTTP/1.1", b"HTTP/9.9",
)  # fmt: skip


_TEXTS: Final = ("GET /pets/{id}", "$default", "https://a.example.com", '{"openapi": "3.0.1"}')


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Target]:
    with served(tmp_path) as target:
        yield target


class Fuzzer:
    """Generates requests, which depend only on the seed."""

    def __init__(self, seed: int, api_id: str) -> None:
        self.random = random.Random(seed)  # noqa: S311 - no secrets
        self._api_id = api_id
        description = Loader().load_service_model("apigatewayv2", "service-2")
        model = ServiceModel(description, "apigatewayv2")
        self._operations: list[Any] = [model.operation_model(n) for n in model.operation_names]

    def connection(self) -> bytes:
        """The bytes of a connection: a few requests, most of them damaged."""
        requests = [self._request() for _ in range(self.random.randint(1, 4))]
        return b"".join(self._damaged(r) if self.random.random() < 0.6 else r for r in requests)

    def _request(self) -> bytes:
        method, path, body = self.random.choice((self._control, self._data))()
        host = self.random.choice(
            ("localhost", f"{self._api_id}.execute-api.localhost", "evil.example")
        )
        head = [f"{method} {path} HTTP/1.1", f"Host: {host}"]
        if self.random.random() < 0.2:
            head += ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"]
        if self.random.random() < 0.3:
            head.append("Transfer-Encoding: chunked")
            body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
        else:
            head.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*head, "", ""]).encode() + body

    def _control(self) -> tuple[str, str, bytes]:
        operation = self.random.choice(self._operations)
        place = self.random.choice((self._api_id, "x", "%00", "%F0%9F%92%A9", "a%2Fb", ""))
        path = re.sub(r"\{[^}]*\}", place, operation.http["requestUri"])
        document: dict[str, object] = {}
        query: list[str] = []
        for name, shape in operation.input_shape.members.items():
            wire = shape.serialization.get("name", name)
            if self.random.random() < 0.5:
                continue
            if shape.serialization.get("location") == "querystring":
                query.append(f"{wire}={self.random.choice(('1', '-1', 'true', '%ZZ', '{', '%00'))}")
            else:
                document[wire] = self._value(shape, 3)
        path += "?" + "&".join(query) if query else ""
        return operation.http["method"], path, json.dumps(document).encode()

    def _data(self) -> tuple[str, str, bytes]:
        method = self.random.choice(("GET", "POST", "HEAD", "OPTIONS", "PUT", "A"))
        path = self.random.choice(
            ("/", "/pets/1", "/%2e%2e/x", "//x", f"/_aws/execute-api/{self._api_id}/pets/1")
        )
        return method, path, self.random.randbytes(self.random.randint(0, 50))

    def _value(self, shape: Any, depth: int) -> object:  # noqa: ANN401 - botocore's shapes
        """Make a value of a shape, or occasionally another one."""
        odd: tuple[object, ...] = (
            None,
            True,
            -1,
            2**70,
            1.5,
            "",
            "a",
            "\ud800",
            "${a}",
            "a" * 3000,
            [],
            {},
            [None],
            {"a": []},
        )
        if depth == 0 or self.random.random() < 0.3:
            return self.random.choice(odd)
        if shape.type_name == "structure":
            return {
                member.serialization.get("name", name): self._value(member, depth - 1)
                for name, member in shape.members.items()
                if self.random.random() < 0.7
            }
        if shape.type_name == "list":
            return [self._value(shape.member, depth - 1) for _ in range(self.random.randint(0, 3))]
        if shape.type_name == "map":
            return {self.random.choice("ab"): self._value(shape.value, depth - 1)}
        simple = {
            "boolean": [True, False],
            "string": [*getattr(shape, "enum", ()), *_TEXTS],
            "timestamp": ["2026-01-01T00:00:00Z", "yesterday"],
        }
        return self.random.choice(simple.get(shape.type_name, [-1, 0, 1, 29, 50, 300]))

    def _damaged(self, request: bytes) -> bytes:
        """Insert, delete, replace or cut off a few bytes of a request."""
        damaged = bytearray(request)
        for _ in range(self.random.randint(1, 3)):
            at = self.random.randrange(len(damaged) + 1)
            kind = self.random.randrange(4)
            if kind == 0:
                damaged[at:at] = self.random.choice(_BITS)
            elif kind == 1:
                del damaged[at : at + self.random.randint(1, 30)]
            elif kind == 2:
                damaged[at : at + 1] = self.random.randbytes(1)
            else:
                del damaged[at:]
        return bytes(damaged)


def test_damaged_requests_do_not_break_a_served_gateway(
    target: Target, record_property: Callable[[str, object], None]
) -> None:
    api = target.request("POST", "/v2/apis", {"name": "n", "protocolType": "HTTP"})
    target.request("POST", f"/v2/apis/{api['apiId']}/routes", {"routeKey": "GET /pets/{id}"})
    stage = {"stageName": "$default", "autoDeploy": True}
    target.request("POST", f"/v2/apis/{api['apiId']}/stages", stage)
    seed = int(os.environ.get("APIGW2_FUZZ_SEED", "1"))
    fuzzer = Fuzzer(seed, api["apiId"])
    before = target.memory()
    end = time.monotonic() + SECONDS
    sent = answered = 0
    while sent < CONNECTIONS or time.monotonic() < end:
        content = fuzzer.connection()
        answer = target.talk(content)
        statuses = {int(status) for status in _STATUS.findall(answer)}
        assert not answer or statuses, (content, answer)
        assert 500 not in statuses, (content, answer)
        sent += 1
        answered += len(_STATUS.findall(answer))

    assert answered > sent / 4
    assert target.memory() - before < GROWTH
    assert target.errors.read_text() == ""
    record_property("connections with damaged requests, none answered with a 500", sent)


def test_concurrent_clients_lose_no_update(
    target: Target, record_property: Callable[[str, object], None]
) -> None:
    api_id = target.request("POST", "/v2/apis", {"name": "n", "protocolType": "HTTP"})["apiId"]
    routes = f"/v2/apis/{api_id}/routes"

    def work(number: int) -> int:
        made = [
            target.request("POST", routes, {"routeKey": f"GET /{number}/{n}"}) for n in range(4)
        ]
        target.request("DELETE", f"{routes}/{made[0]['routeId']}")
        return len(made) - 1

    with ThreadPoolExecutor(CLIENTS) as pool:
        kept = sum(pool.map(work, range(CLIENTS)))

    there: list[object] = []
    token = ""
    while True:
        page = target.request("GET", f"{routes}?maxResults=100{token}")
        there += page["items"]
        if "nextToken" not in page:
            break
        token = f"&nextToken={page['nextToken']}"
    assert len(there) == kept == CLIENTS * 3
    record_property("clients at once, whose updates were all kept", CLIENTS)
