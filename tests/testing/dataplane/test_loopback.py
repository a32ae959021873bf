"""Requests to backends, on loopback only and within limits."""

from __future__ import annotations

import contextlib
import socket
import time
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.support.local_gateway import route, url_integration
from tests.testing.dataplane.support import deployed, proxied

if TYPE_CHECKING:
    from collections.abc import Generator

    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client


def test_only_loopback_is_called(local: LocalGateway, client: Client) -> None:
    api_id = deployed(client)
    for number, uri in enumerate(("http://example.com/", "https://10.0.0.1/", "http://")):
        target = url_integration(client, api_id, uri)
        route(client, api_id, f"GET /{number}", Target=f"integrations/{target}")

    for number in range(3):
        answer = local.invoke("GET", f"/{number}")
        assert answer.status == 500
        assert "not on loopback" in answer.reason


def test_a_missing_backend_makes_the_service_unavailable(
    local: LocalGateway, client: Client
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        proxied(client, "GET /", f"https://localhost:{unused.getsockname()[1]}/")

        answer = local.invoke("GET", "/")

    assert (answer.status, answer.json()) == (503, {"message": "Service Unavailable"})


def test_a_silent_backend_times_out(local: LocalGateway, client: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        proxied(client, "GET /", url, TimeoutInMillis=50)

        answer = local.invoke("GET", "/")

    assert answer.status == 503
    assert "timed out" in answer.reason


@contextmanager
def answering(*pieces: bytes, pause: float = 0, read: bool = True) -> Generator[str]:
    """Serve a backend that sends chunks with pauses, and then closes the connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection, contextlib.suppress(OSError):  # the gateway may have closed it
                if read:
                    connection.recv(65536)
                for piece in pieces:
                    connection.sendall(piece)
                    time.sleep(pause)

        thread = Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        thread.join()


HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n"


@pytest.mark.parametrize(
    "pieces",
    [
        [HEAD, *[b"x"] * 100],
        [bytes([byte]) for byte in HEAD.ljust(100, b"x")],
        [b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", *[b"1\r\nx\r\n"] * 100],
        [b"HTTP/1.1 200 OK\r\n\r\n", *[b"x"] * 100],
    ],
    ids=["body", "head", "chunked", "until-closed"],
)
def test_a_backend_that_sends_slowly_times_out(
    local: LocalGateway, client: Client, pieces: list[bytes]
) -> None:
    """Each chunk arrives within the time limit of 0.2 seconds, but all of them take 2 seconds."""
    with answering(*pieces, pause=0.02) as url:
        proxied(client, "GET /", url, TimeoutInMillis=200)

        answer = local.invoke("GET", "/")

    assert (answer.status, answer.json()) == (503, {"message": "Service Unavailable"})
    assert "timed out" in answer.reason


def test_a_truncated_response_makes_the_service_unavailable(
    local: LocalGateway, client: Client
) -> None:
    with answering(HEAD, b"short") as url:
        proxied(client, "GET /", url)

        answer = local.invoke("GET", "/")

    assert answer.status == 503
    assert "IncompleteRead" in answer.reason


def test_a_response_that_is_not_http_makes_the_service_unavailable(
    local: LocalGateway, client: Client
) -> None:
    with answering(b"nonsense\r\n\r\n") as url:
        proxied(client, "GET /", url)

        assert local.invoke("GET", "/").status == 503


def test_a_response_of_more_than_10_mb_is_rejected(local: LocalGateway, client: Client) -> None:
    endless = b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 2**20] * 64
    with answering(*endless) as url:
        proxied(client, "GET /", url)

        answer = local.invoke("GET", "/")

    assert answer.status == 500
    assert answer.reason.endswith("exceeds 10 MB")


def test_repeated_headers_of_a_backend_stay_separate_lines(
    local: LocalGateway, client: Client
) -> None:
    head = b"HTTP/1.1 200 OK\r\nA: 1\r\nA: 2\r\nSet-Cookie: b=1\r\nConnection: close\r\n\r\n"
    with answering(head) as url:
        proxied(client, "GET /", url)

        answer = local.invoke("GET", "/")

    assert answer.lines[:2] == [("a", "1"), ("a", "2")]
    assert answer.headers["a"] == "1,2"
    assert answer.cookies == ("b=1",)
    assert "connection" not in answer.headers
