"""The HTTP server: requests, limits, responses and timeouts."""

from __future__ import annotations

import errno
import json
import signal
import socket
import struct
from _thread import interrupt_main
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

import attrs
import pytest

from apigw2.testing import LocalGateway, Request, Response
from apigw2.testing._errors import Dropped
from apigw2.testing._history import Activity
from apigw2.testing._http import MAX_BODY, Stream, Upgrade, json_response
from apigw2.testing._server import Server
from apigw2.testing._site import Site
from apigw2.testing._window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator


HOST = b"Host: localhost\r\n"


@attrs.define
class Answers:
    """A site that handles every request with one function, and records the requests."""

    function: Callable[[Request], Response | Stream]
    requests: list[Request] = attrs.field(factory=list[Request])
    upgrades: list[Upgrade] = attrs.field(factory=list[Upgrade])

    def answer(self, request: Request, source_ip: str) -> Response | Stream:
        assert source_ip == "127.0.0.1"
        self.requests.append(request)
        return self.function(request)

    def upgrade(self, upgrade: Upgrade, source_ip: str) -> Response | Stream | None:
        assert source_ip == "127.0.0.1"
        self.upgrades.append(upgrade)
        if upgrade.request.path == "/refused":
            return Response(status=403)
        upgrade.connection.sendall(b"hello " + upgrade.received)
        return None


def echo(request: Request) -> Response:
    return Response(status=200, headers={"x-path": request.path}, body=request.body)


@contextmanager
def running(
    site: Answers | Site, *, read_timeout: float = 30, idle_timeout: float = 30
) -> Generator[Server]:
    server = Server(site, read_timeout=read_timeout, idle_timeout=idle_timeout)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join()


@pytest.fixture
def site() -> Answers:
    return Answers(echo)


@pytest.fixture
def server(site: Answers) -> Iterator[Server]:
    with running(site) as server:
        yield server


def connect(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=20)


def read_all(connection: socket.socket) -> bytes:
    """Read until the peer closes the connection."""
    received = bytearray()
    while data := connection.recv(65536):
        received += data
    return bytes(received)


def talk(server: Server, *parts: bytes) -> bytes:
    """Send bytes, shut down the sending side, and return the response."""
    with connect(server) as connection:
        for part in parts:
            connection.sendall(part)
        connection.shutdown(socket.SHUT_WR)
        return read_all(connection)


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_one_connection_carries_many_requests(server: Server, site: Answers) -> None:
    answer = talk(server, b"".join(b"GET /%d HTTP/1.1\r\n%b\r\n" % (n, HOST) for n in range(3)))

    assert [request.path for request in site.requests] == ["/0", "/1", "/2"]
    assert answer.count(b"HTTP/1.1 200 OK\r\n") == 3


def test_a_request_keeps_its_header_lines_path_and_query_unchanged(
    server: Server, site: Answers
) -> None:
    talk(server, b"GET /a%2Fb?c=%20 HTTP/1.1\r\n" + HOST + b"X-Pet: \xe9\r\nx-pet: b\r\n\r\n")

    (request,) = site.requests
    assert (request.method, request.path, request.raw_query) == ("GET", "/a%2Fb", "c=%20")
    assert request.lines == (("Host", "localhost"), ("X-Pet", "é"), ("x-pet", "b"))
    assert request.headers["x-pet"] == "é,b"


@pytest.mark.parametrize(
    ("target", "host", "path"),
    [
        ("http://abc.execute-api.localhost/p?q=1", "abc.execute-api.localhost", "/p"),
        ("HTTP://localhost", "localhost", "/"),
        ("*", "localhost", "*"),
        ("ftp://elsewhere/p", "localhost", "ftp://elsewhere/p"),
    ],
)
def test_the_host_of_an_absolute_target_replaces_the_host_header(
    server: Server, site: Answers, target: str, host: str, path: str
) -> None:
    talk(server, f"GET {target} HTTP/1.1\r\n".encode() + HOST + b"\r\n")

    assert (site.requests[0].headers["host"], site.requests[0].path) == (host, path)


def test_a_chunked_body_arrives_whole(server: Server, site: Answers) -> None:
    head = b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"

    answer = talk(server, head, b"3\r\nabc\r\n", b"2;x=y\r\nde\r\n0\r\n\r\n")

    assert site.requests[0].body == b"abcde"
    assert answer.endswith(b"\r\n\r\nabcde")


def test_a_client_that_expects_100_continue_gets_it(server: Server) -> None:
    head = b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\n"
    with connect(server) as connection:
        connection.sendall(head)
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"ab")
        connection.shutdown(socket.SHUT_WR)
        assert read_all(connection).endswith(b"ab")


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"GET /\r\n\r\n", 400),
        (b"GET /\xc3\xa9 HTTP/1.1\r\n" + HOST + b"\r\n", 400),
        (b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n", 400),
        (b"GET / HTTP/1.1\r\n" + HOST + b"a b: c\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n" + HOST + b"a: b\0c\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: abc\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 1e3\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999999\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nab", 400),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip\r\n\r\n", 501),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"GET / HTTP/1.1\r\n" + HOST + b"a: " + b"b" * 200_000 + b"\r\n\r\n", 431),
    ],
    ids=lambda value: str(value)[-40:],
)
def test_a_malformed_request_is_rejected_without_calling_the_site(
    server: Server, site: Answers, head: bytes, status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = talk(server, head)

    assert status_of(answer) == status
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["message"]
    assert b"connection: close" in answer.lower()
    assert site.requests == []
    assert capfd.readouterr() == ("", "")


def test_a_body_has_at_most_ten_mebibytes(server: Server, site: Answers) -> None:
    def post(size: int) -> bytes:
        head = b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % size
        return talk(server, head, bytes(size))

    assert status_of(post(MAX_BODY)) == 200
    assert status_of(post(MAX_BODY + 1)) == 413
    assert len(site.requests) == 1


def test_a_chunked_body_has_the_same_limit(server: Server, site: Answers) -> None:
    head = b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
    chunk = b"100000\r\n" + bytes(0x100000) + b"\r\n"

    assert status_of(talk(server, head, *[chunk] * 11)) == 413
    assert site.requests == []


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_a_response_has_the_length_of_its_body(server: Server, method: str) -> None:
    answer = talk(
        server, method.encode() + b" / HTTP/1.1\r\n" + HOST + b"Content-Length: 2\r\n\r\nab"
    )

    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-length: 2" in head
    assert body == (b"" if method == "HEAD" else b"ab")


def test_a_rejected_head_request_gets_no_body(server: Server) -> None:
    head = b"HEAD / HTTP/1.1\r\n" + HOST

    answer = talk(server, head + b"Content-Length: 5\r\n\r\nab")
    second = talk(server, head + b"\r\n" + b"nonsense\r\n\r\n")

    assert status_of(answer) == 400
    assert answer.endswith(b"\r\n\r\n")
    assert second.endswith(b"}")


def test_a_head_request_gets_only_the_head_of_a_stream(site: Answers, server: Server) -> None:
    site.function = lambda _: Stream(headers={}, chunks=iter([b"one"]))

    answer = talk(server, b"HEAD / HTTP/1.1\r\n" + HOST + b"\r\n")

    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"one" not in answer


def test_a_connect_request_is_rejected(site: Answers, server: Server) -> None:
    answer = talk(server, b"CONNECT elsewhere:443 HTTP/1.1\r\n" + HOST + b"\r\n")

    assert status_of(answer) == 405
    assert site.requests == []


def test_a_204_response_has_no_body_and_no_length(site: Answers, server: Server) -> None:
    site.function = lambda _: Response(status=204, body=b"lost")

    answer = talk(server, b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")

    assert answer.startswith(b"HTTP/1.1 204 No Content\r\n")
    assert answer.endswith(b"\r\n\r\n")
    assert b"content-length" not in answer


def test_cookies_and_reasons_are_headers(site: Answers, server: Server) -> None:
    response = Response(status=299, cookies=("a=1", "b=2"), reason="first\r\nx: y\nzweite ß")
    site.function = lambda _: response

    head = talk(server, b"GET / HTTP/1.1\r\n" + HOST + b"\r\n").partition(b"\r\n\r\n")[0]

    assert head.split(b"\r\n")[:4] == [
        b"HTTP/1.1 299 ",
        b"set-cookie: a=1",
        b"set-cookie: b=2",
        b"x-apigw2-reason: first x: y zweite ?",
    ]


@pytest.mark.parametrize(
    "response",
    [
        Response(status=200, headers={"x": "a\r\nb: c"}),
        Response(status=200, headers={"x\r\ny": "a"}),
        Response(status=200, cookies=("a\nb",)),
        Response(status=200, headers={"x": "日本"}),
        Response(status=2000),
        Response(status=100),
    ],
    ids=["value", "name", "cookie", "not Latin-1", "no status", "informational"],
)
def test_a_response_with_a_malformed_head_is_a_500(
    site: Answers, server: Server, response: Response
) -> None:
    site.function = lambda _: response

    answer = talk(server, b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")

    assert status_of(answer) == 500
    assert answer.endswith(b'{"message":"Internal Server Error"}')


def test_a_site_that_fails_is_a_500_without_a_traceback(
    site: Answers, server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(request: Request) -> Response:
        raise ZeroDivisionError(request.path)

    site.function = fail
    answer = talk(server, b"GET /a HTTP/1.1\r\n" + HOST + b"\r\n")

    assert status_of(answer) == 500
    assert b"x-apigw2-reason: ZeroDivisionError: /a" in answer
    assert capfd.readouterr() == ("", "")


def test_a_site_can_drop_the_connection(site: Answers, server: Server) -> None:
    def drop(_: Request) -> Response:
        raise Dropped

    site.function = drop

    assert talk(server, b"GET / HTTP/1.1\r\n" + HOST + b"\r\n") == b""


def test_a_stream_is_sent_chunk_by_chunk(site: Answers, server: Server) -> None:
    proceed = Event()

    def pieces() -> Generator[bytes]:
        yield b"one"
        proceed.wait(20)
        yield b"two"

    site.function = lambda _: Stream(headers={"content-type": "text/plain"}, chunks=pieces())
    with connect(server) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        received = b""
        while b"one" not in received:
            received += connection.recv(1000)
        assert b"two" not in received
        proceed.set()
        connection.shutdown(socket.SHUT_WR)
        assert read_all(connection).endswith(b"3\r\ntwo\r\n0\r\n\r\n")


def test_an_upgrade_gets_the_socket_and_the_data_after_the_head(
    site: Answers, server: Server
) -> None:
    head = b"GET /chat HTTP/1.1\r\n" + HOST + b"Connection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n"

    assert talk(server, head + b"frames") == b"hello frames"
    assert site.upgrades[0].request.path == "/chat"
    assert site.requests == []


def test_a_rejected_upgrade_gets_an_http_response(server: Server) -> None:
    head = (
        b"GET /refused HTTP/1.1\r\n" + HOST + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    )

    answer = talk(server, head, b"GET /a HTTP/1.1\r\n" + HOST + b"\r\n")

    assert status_of(answer) == 403
    assert b"x-path: /a" in answer


@pytest.mark.parametrize(
    "sent", [b"GET / HT", b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 99999\r\n\r\na"]
)
def test_a_request_that_arrives_slowly_times_out(site: Answers, sent: bytes) -> None:
    with running(site, read_timeout=0.3) as server, connect(server) as connection:
        connection.sendall(sent)
        answer = b""
        connection.settimeout(0.02)
        while not answer:
            with suppress(TimeoutError):
                answer = connection.recv(1000)
            connection.sendall(b"" if answer else b"a")  # long before the read timeout

    assert status_of(answer) == 408
    assert site.requests == []


def test_an_incomplete_request_past_its_deadline_times_out(site: Answers) -> None:
    with running(site, read_timeout=0) as server:
        assert status_of(talk(server, b"GET / HT")) == 408
    assert site.requests == []


def test_a_client_that_resets_its_connection_does_not_disturb_others(
    site: Answers, server: Server
) -> None:
    asked, gone = Event(), Event()

    def answer_late(request: Request) -> Response:
        asked.set()
        assert gone.wait(20)
        return echo(request)

    site.function = answer_late
    with connect(server) as connection:
        connection.sendall(b"GET /first HTTP/1.1\r\n" + HOST + b"\r\n")
        assert asked.wait(20)
        # With a linger time of zero, closing sends RST.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    gone.set()

    assert status_of(talk(server, b"GET /second HTTP/1.1\r\n" + HOST + b"\r\n")) == 200


def test_an_idle_connection_ends(site: Answers) -> None:
    with running(site, idle_timeout=0.05) as server, connect(server) as connection:
        assert read_all(connection) == b""


def test_a_rejected_client_that_stays_connected_is_disconnected(site: Answers) -> None:
    with running(site, read_timeout=0.2) as server, connect(server) as connection:
        connection.sendall(b"nonsense\r\n\r\n")
        assert status_of(read_all(connection)) == 400  # although this side is still open


def send_forever(connection: socket.socket) -> None:
    while True:
        connection.sendall(bytes(1000))


def test_a_rejected_client_that_keeps_sending_is_disconnected(site: Answers) -> None:
    with running(site, read_timeout=0.2) as server, connect(server) as connection:
        connection.sendall(b"nonsense\r\n\r\n")
        assert status_of(connection.recv(1000)) == 400
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            send_forever(connection)


def test_a_stream_to_an_http_1_0_client_ends_with_the_connection(
    site: Answers, server: Server
) -> None:
    site.function = lambda _: Stream(headers={}, chunks=iter([b"one", b"two"]))

    assert talk(server, b"GET / HTTP/1.0\r\n\r\n").endswith(b"\r\n\r\nonetwo")


def test_close_ends_open_connections(site: Answers) -> None:
    with running(site) as server:
        connection = connect(server)
        connection.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        assert status_of(connection.recv(1000)) == 200
    with connection:
        assert read_all(connection) == b""


def test_connections_above_the_limit_end_at_once(
    site: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apigw2.testing._server.MAX_CONNECTIONS", 1)
    with running(site) as server, connect(server) as first:
        first.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        assert status_of(first.recv(1000)) == 200
        with connect(server) as second:
            assert second.recv(1) == b""


def test_an_interrupt_that_does_not_end_accept_stops_the_server() -> None:
    """As a signal that arrives just before `accept()`: Python handles it when that returns."""

    def interrupt(request: Request) -> Response:
        interrupt_main()
        return echo(request)

    served = Server(Answers(interrupt))

    def call() -> None:
        with connect(served) as client:
            client.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
            read_all(client)

    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    caller = Thread(target=call)
    caller.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            served.serve_forever()
    finally:
        signal.signal(signal.SIGINT, previous)
        served.close()
        caller.join()


def test_a_port_in_use_is_an_error(server: Server) -> None:
    with (
        pytest.raises(OSError, match=str(errno.EADDRINUSE)),
        LocalGateway().serve(port=server.port),
    ):
        pytest.fail("it serves on a port that is in use")


def test_both_planes_read_chunked_bodies() -> None:
    local = LocalGateway()
    local.add_function("pets", lambda event, _context: event["body"])
    body = {
        "name": "pets",
        "protocolType": "HTTP",
        "target": "arn:aws:lambda:us-east-1:123456789012:function:pets",
    }
    with running(Site(local, Window(dict, Activity()))) as server:

        def post(path: str, content: bytes) -> bytes:
            head = b"POST %b HTTP/1.1\r\n%bContent-Type: text/plain\r\n" % (path.encode(), HOST)
            chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(content), content)
            return talk(server, head + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)

        created = post("/v2/apis", json.dumps(body).encode())
        local.clock.advance(1)
        api_id = json.loads(created.partition(b"\r\n\r\n")[2])["apiId"]
        called = post(f"/_aws/execute-api/{api_id}/any", b"meow")

    assert status_of(created) == 201
    assert called.endswith(b"\r\n\r\nmeow")


def test_a_json_response_is_sent_as_utf_8(site: Answers, server: Server) -> None:
    site.function = lambda _: json_response(200, {"a": "ü"})

    answer = talk(server, b"GET / HTTP/1.0\r\n\r\n")

    assert answer.endswith('{"a":"ü"}'.encode())
