"""Clients of a served WebSocket API that break the protocol, flood it or do not read."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import random
import socket
import struct
import time
from contextlib import ExitStack, contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

import pytest

import apigw2
from tests.faults.served import PATIENCE, Target, received, served
from tests.support.frames import CLOSE, TEXT, Talker, code_of, frame, read_frames

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

SECONDS: Final = float(os.environ.get("APIGW2_FUZZ_SECONDS", "0"))
"""Duration in seconds; 0 for a fixed number of conversations."""

SEED: Final = int(os.environ.get("APIGW2_FUZZ_SEED", "1"))
ROUNDS: Final = 8
"""Minimum number of conversations with each ending."""

GROWTH: Final = 100_000  # maximum growth of the memory in kilobytes

HANDLERS: Final = """
import collections, json

counts = collections.Counter()

def chat(event, context):
    counts[event["requestContext"]["eventType"]] += 1
    text = event.get("body")
    return {"statusCode": 200, "body": json.dumps(counts) if text == "count" else text}
"""


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Target]:
    """An API that echoes messages, and answers `count` with the number of events by type."""
    (tmp_path / "handlers.py").write_text(HANDLERS)
    function = apigw2.integrations.lambda_function(
        "arn:aws:lambda:us-east-1:123456789012:function:chat"
    )
    apigw2.Blueprint(
        "chat",
        protocol_type="WEBSOCKET",
        route_selection_expression="$request.body.action",
        routes=[
            apigw2.RouteSpec("$connect", target=function),
            apigw2.RouteSpec(
                "$default",
                target=function,
                route_response_selection_expression="$default",
                responses=[apigw2.RouteResponseSpec("$default")],
            ),
            apigw2.RouteSpec("$disconnect", target=function),
        ],
        stages=[apigw2.StageSpec("prod")],
    ).dump(tmp_path / "chat.json")
    arguments = ("--blueprint", "chat.json", "--function", "chat=handlers:chat")
    with served(tmp_path, *arguments) as target:
        yield target
        assert 500 not in statuses(target)


def statuses(target: Target) -> set[int]:
    """Read the statuses of the newest requests from the stream of the window."""
    with target.connect() as connection, connection.makefile("rb") as lines:
        connection.sendall(b"GET /_apigw2/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        data: list[Any] = []
        for line in lines:
            if line.startswith(b"data: {"):
                data.append(json.loads(line.removeprefix(b"data: ")))
            elif line.startswith(b":"):  # all recent requests were sent
                break
    return {event["status"] for event in data if "status" in event}


@contextmanager
def connected(target: Target) -> Generator[socket.socket]:
    """Open a WebSocket connection."""
    (api,) = target.request("GET", "/v2/apis")["items"]
    with target.connect() as connection:
        connection.sendall(
            f"GET /_aws/execute-api/{api['apiId']}/prod HTTP/1.1\r\nHost: localhost\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += connection.recv(1)
        assert head.startswith(b"HTTP/1.1 101 ")
        yield connection


def pieces(content: bytes, source: random.Random) -> Iterator[bytes]:
    """Split the content into one to four pieces, as a network can deliver it."""
    cuts = sorted(source.choices(range(len(content) + 1), k=source.randint(0, 3)))
    for start, end in itertools.pairwise([0, *cuts, len(content)]):
        yield content[start:end]


def converse(target: Target, parts: Iterator[bytes]) -> bytes:
    """Send data after a handshake, and receive until the server closes the connection."""
    with connected(target) as connection:
        # The server may close the connection before it has read everything.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for part in parts:
                connection.sendall(part)
            connection.shutdown(socket.SHUT_WR)
        return received(connection)


def answer(connection: socket.socket, text: bytes) -> bytes:
    """Send a message, and return the response."""
    connection.sendall(frame(TEXT, text))
    head = connection.recv(2, socket.MSG_WAITALL)
    assert head[0] == 0x80 | TEXT
    return connection.recv(head[1], socket.MSG_WAITALL)


def all_have_ended(target: Target) -> None:
    """Wait until `$disconnect` was called for every earlier connection."""
    end = time.monotonic() + PATIENCE
    with connected(target) as connection:
        while True:
            counts = json.loads(answer(connection, b"count"))
            if counts["CONNECT"] == counts.get("DISCONNECT", 0) + 1:
                return
            assert time.monotonic() < end, counts
            time.sleep(0.05)


def test_every_conversation_ends_with_the_right_close_code(
    target: Target, record_property: Callable[[str, object], None]
) -> None:
    talker = Talker(SEED)
    before, end = target.memory(), time.monotonic() + SECONDS
    tried = 0
    while tried < ROUNDS * len(talker.endings) or time.monotonic() < end:
        for ending in talker.endings:
            made = talker.conversation(ending)
            got = converse(target, pieces(made.sent, talker.random))
            made.check(got)
            tried += 1

    all_have_ended(target)
    assert target.memory() - before < GROWTH
    record_property("WebSocket conversations that broke the protocol, each ended rightly", tried)


def test_random_bytes_end_a_connection(target: Target) -> None:
    source = random.Random(SEED)  # noqa: S311 - no secrets
    for _ in range(ROUNDS * 10):
        got = converse(target, pieces(source.randbytes(source.randint(1, 2000)), source))
        closing = [code_of(payload) for opcode, payload in read_frames(got) if opcode == CLOSE]
        assert set(closing) <= {1002, 1003, 1005, 1007, 1009}
        assert len(closing) <= 1

    all_have_ended(target)


def test_a_flood_is_answered_in_order(target: Target) -> None:
    texts = [str(number).encode() for number in range(3000)]
    sent = b"".join(frame(TEXT, text) for text in texts) + frame(CLOSE)
    got = list(read_frames(converse(target, iter([sent]))))

    assert got == [*((TEXT, text) for text in texts), (CLOSE, b"")]


def test_a_client_that_does_not_read_delays_no_other(target: Target) -> None:
    with ExitStack() as stack:
        slow = stack.enter_context(connected(target))
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

        def flood() -> None:
            with contextlib.suppress(OSError):
                for _ in range(1000):
                    slow.sendall(frame(TEXT, b"x" * 32768))

        flooding = Thread(target=flood)
        flooding.start()
        other = stack.enter_context(connected(target))
        other.settimeout(5)
        assert [answer(other, text) for text in (b"one", b"two")] == [b"one", b"two"]
        slow.shutdown(socket.SHUT_RDWR)
        flooding.join()

    all_have_ended(target)


def test_a_reset_ends_a_connection(target: Target) -> None:
    for sent in (b"", frame(TEXT, b"x")[:3], frame(TEXT, b"x")):
        with connected(target) as connection:
            connection.sendall(sent)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    all_have_ended(target)
