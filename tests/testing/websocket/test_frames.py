"""WebSocket connections to a served gateway."""

from __future__ import annotations

import json
import logging
import socket
import struct
import sys
from contextlib import ExitStack, contextmanager, suppress
from itertools import accumulate
from threading import Event
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from apigw2.testing._websocket._frames import Cutter
from tests.support.frames import PING, TEXT, frame
from tests.support.local_gateway import CERTIFICATE, JSON, http_api

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from tests.testing.websocket.support import Chat

KEY = "dGhlIHNhbXBsZSBub25jZQ=="


@pytest.fixture
def url(chat: Chat) -> Iterator[str]:
    with chat.local.serve() as url:
        yield url


def address(chat: Chat, url: str, rest: str = "/prod") -> str:
    return f"{url.replace('http', 'ws', 1)}/_aws/execute-api/{chat.api_id}{rest}"


@contextmanager
def raw(url: str, request: str, **headers: str) -> Generator[socket.socket]:
    """Connect a socket, and send a request."""
    given = {"Host": "127.0.0.1", **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items())
    with socket.create_connection(("127.0.0.1", urlsplit(url).port or 0), timeout=30) as sock:
        sock.sendall(f"{request} HTTP/1.1\r\n{lines}\r\n".encode())
        yield sock


def upgrade(url: str, path: str, **headers: str) -> bytes:
    """Send a handshake, and return the status line of the response."""
    given = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec_WebSocket_Key": KEY,
        "Sec_WebSocket_Version": "13",
        **headers,
    }
    with raw(url, f"GET {path}", **given) as sock, sock.makefile("rb") as answer:
        return answer.readline()


def handshake(chat: Chat) -> bytes:
    """Make the bytes of a handshake."""
    return (
        f"GET /_aws/execute-api/{chat.api_id}/prod HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\n"
        f"Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def closing(connection: ClientConnection) -> tuple[int, str]:
    """Receive until the connection closes, and return the close code and the reason."""
    with pytest.raises(ConnectionClosed) as caught:
        connection.recv(timeout=30)
    assert caught.value.rcvd is not None
    return caught.value.rcvd.code, caught.value.rcvd.reason


def test_a_message_gets_a_response(chat: Chat, url: str) -> None:
    function = chat.function(lambda event, _: {"statusCode": 200, "body": event.get("body")})
    chat.route("$connect")
    chat.route("$default", answers=True)
    chat.route("$disconnect")

    with connect(address(chat, url, "/prod?a=1"), user_agent_header="test") as connection:
        connection.send("héllo")
        assert connection.recv(timeout=30) == "héllo"

    connected = function.events[0]
    assert connected["queryStringParameters"] == {"a": "1"}
    assert connected["headers"]["User-Agent"] == "test"
    assert connected["headers"]["Host"] == f"{chat.api_id}.execute-api.us-east-1.amazonaws.com"
    assert not {"Connection", "Upgrade"} & set(connected["headers"])


@pytest.mark.parametrize(
    ("given", "told"), [((1000, "bye"), (1000, "bye")), ((1001, ""), (1001, ""))]
)
def test_disconnect_gets_the_close_code_of_the_client(
    chat: Chat, url: str, given: tuple[int, str], told: tuple[int, str]
) -> None:
    done = Event()
    function = chat.function(lambda _event, _context: done.set())
    chat.route("$disconnect")

    with connect(address(chat, url)) as connection:
        connection.close(*given)
    assert done.wait(30)

    context = function.events[0]["requestContext"]
    assert (context["disconnectStatusCode"], context["disconnectReason"]) == told


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (b"\x88\x80\0\0\0\0", (1005, "Client-side close frame status not set")),
        (b"", (1006, "")),
    ],
)
def test_disconnect_gets_a_code_even_if_the_client_sends_none(
    chat: Chat, url: str, frame: bytes, told: tuple[int, str]
) -> None:
    done = Event()
    function = chat.function(lambda _event, _context: done.set())
    chat.route("$disconnect")

    with connect(address(chat, url)) as connection:
        connection.socket.sendall(frame)
        with suppress(OSError):  # the client may already know
            connection.socket.shutdown(socket.SHUT_RDWR)
        assert done.wait(30)

    context = function.events[0]["requestContext"]
    assert (context["disconnectStatusCode"], context["disconnectReason"]) == told


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (b"binary", 1003),
        ([b"bin", b"ary"], 1003),
        ("x" * 32769, 1009),
        (["x" * 32768] * 4 + ["x"], 1009),
    ],
)
def test_a_binary_or_too_long_message_closes_the_connection(
    chat: Chat, url: str, message: JSON, code: int
) -> None:
    function = chat.function()
    chat.route("$default")
    with connect(address(chat, url)) as connection:
        with suppress(ConnectionClosed):  # the gateway may be faster than the last frame
            connection.send(message)

        assert closing(connection)[0] == code
    assert not function.events


def test_text_that_is_not_utf_8_closes_the_connection(chat: Chat, url: str) -> None:
    chat.mock("pong")
    with connect(address(chat, url)) as connection:
        connection.send(b"\xff", text=True)

        assert closing(connection)[0] == 1007


def test_the_longest_message_is_accepted(chat: Chat, url: str) -> None:
    chat.function(lambda event, _: {"body": str(len(event["body"]))})
    chat.route("$default", answers=True)
    with connect(address(chat, url)) as connection:
        connection.send(["x" * 32768] * 4)

        assert connection.recv(timeout=30) == "131072"


def test_messages_after_a_fatal_one_are_ignored(chat: Chat, url: str) -> None:
    """Frames that arrive together with an invalid one get no response."""
    function = chat.function()
    chat.route("$default")
    with connect(address(chat, url)) as connection:
        connection.socket.sendall(b"\x82\x80\0\0\0\0" + b"\x81\x80\0\0\0\0")
        assert closing(connection)[0] == 1003
    assert not function.events


def test_messages_that_arrive_with_a_close_frame_are_answered_first(chat: Chat, url: str) -> None:
    function = chat.function(lambda event, _: {"body": event["body"]})
    chat.route("$default", answers=True)
    with connect(address(chat, url)) as connection:
        messages = b"".join(b"\x81\x81\0\0\0\0%c" % each for each in b"ab")
        connection.socket.sendall(messages + b"\x88\x82\0\0\0\0\x03\xe8" + messages)

        assert [connection.recv(timeout=30) for _ in "ab"] == ["a", "b"]
        assert closing(connection)[0] == 1000
    assert [event["body"] for event in function.events] == ["a", "b"]


def test_a_reset_connection_is_disconnected_with_1006(chat: Chat, url: str) -> None:
    done = Event()
    function = chat.function(lambda _event, _context: done.set())
    chat.route("$disconnect")
    port = urlsplit(url).port or 0
    sock = socket.create_connection(("127.0.0.1", port), timeout=30)
    sock.sendall(handshake(chat))
    assert sock.recv(12) == b"HTTP/1.1 101"

    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()

    assert done.wait(30)
    assert function.events[0]["requestContext"]["disconnectStatusCode"] == 1006


def test_a_ping_is_answered(chat: Chat, url: str) -> None:
    chat.mock("pong")
    with connect(address(chat, url)) as connection:
        assert connection.ping().wait(30)


class TestRefusals:
    """A rejected handshake is an ordinary HTTP response."""

    @pytest.mark.parametrize("status", [301, 401, 501])
    def test_the_handshake_waits_for_the_result_of_connect(
        self, chat: Chat, url: str, status: int
    ) -> None:
        chat.function({"statusCode": status, "body": "no"})
        chat.route("$connect")

        with pytest.raises(InvalidStatus) as caught, connect(address(chat, url), proxy=None):
            pass

        assert caught.value.response.status_code == status
        assert caught.value.response.body == b"no"

    @pytest.mark.parametrize(
        ("rest", "headers", "status"),
        [
            ("/prod", {}, b"101"),
            ("/prod/", {}, b"101"),
            ("/prod/more", {}, b"403"),
            ("/nothing", {}, b"403"),
            ("", {}, b"403"),
            ("/prod", {"Sec_WebSocket_Key": "short"}, b"400"),
            ("/prod", {"Sec_WebSocket_Version": "12"}, b"400"),
            ("/prod", {"Connection": "close"}, b"426"),
        ],
    )
    def test_only_a_valid_handshake_to_a_stage_is_accepted(
        self, *, chat: Chat, url: str, rest: str, headers: dict[str, str], status: bytes,
        caplog: pytest.LogCaptureFixture,
    ) -> None:  # fmt: skip
        chat.mock("pong")
        caplog.set_level(logging.INFO, "apigw2.testing.access")

        line = upgrade(url, f"/_aws/execute-api/{chat.api_id}{rest}", **headers)

        assert line.split()[1] == status
        logged = [each.split()[1:5:3] for each in caplog.messages if " GET " in each]
        assert logged == [["websocket", status.decode()]]

    def test_a_post_is_not_upgraded(self, chat: Chat, url: str) -> None:
        chat.mock("pong")
        headers = {"Connection": "Upgrade", "Upgrade": "websocket", "Content-Length": "0"}
        path = f"/_aws/execute-api/{chat.api_id}/prod"
        with raw(url, f"POST {path}", **headers) as sock, sock.makefile("rb") as answer:
            assert answer.readline().split()[1] in {b"400", b"405"}

    def test_a_handshake_with_a_body_is_rejected(self, chat: Chat, url: str) -> None:
        chat.mock("pong")
        path = f"/_aws/execute-api/{chat.api_id}/prod"
        headers = {"Upgrade": "websocket", "Content_Length": "1"}
        with raw(url, f"GET {path}", **headers) as sock, sock.makefile("rb") as answer:
            sock.sendall(b"x")

            assert answer.readline().split()[1] == b"400"

    def test_a_handshake_to_an_unknown_api_is_not_found(self, url: str) -> None:
        assert upgrade(url, "/_aws/execute-api/nothing/prod").split()[1] == b"404"

    def test_an_http_api_ignores_the_upgrade_header(self, chat: Chat, url: str) -> None:
        api_id = http_api(chat.client)

        assert upgrade(url, f"/_aws/execute-api/{api_id}/x").split()[1] == b"404"

    def test_the_control_plane_ignores_the_upgrade_header(self, url: str) -> None:
        assert upgrade(url, "/v2/apis").split()[1] == b"200"

    def test_a_foreign_host_is_rejected(self, url: str) -> None:
        assert upgrade(url, "/prod", Host="evil.example.com").split()[1] == b"403"

    def test_a_plain_get_gets_426(self, chat: Chat, url: str) -> None:
        chat.mock("pong")
        path = f"/_aws/execute-api/{chat.api_id}/prod"
        with raw(url, f"GET {path}", Connection="close") as sock, sock.makefile("rb") as answer:
            text = answer.read()

        assert text.startswith(b"HTTP/1.1 426 ")
        assert b"upgrade: websocket" in text.lower()


class TestSubprotocols:
    """The subprotocol is echoed only if `$connect` returns it."""

    @pytest.mark.parametrize("chosen", ["b", None])
    def test_the_function_selects_the_subprotocol(
        self, chat: Chat, url: str, chosen: str | None
    ) -> None:
        headers = {"Sec-WebSocket-Protocol": chosen} if chosen else {}
        chat.function({"statusCode": 200, "headers": headers})
        chat.route("$connect")

        subprotocols: Any = ["a", "b"]
        with connect(address(chat, url), subprotocols=subprotocols) as connection:
            assert connection.subprotocol == chosen


def test_no_extension_is_negotiated(chat: Chat, url: str) -> None:
    function = chat.function()
    chat.route("$connect")
    with connect(address(chat, url)) as connection:
        assert not connection.protocol.extensions
    assert "Sec-WebSocket-Extensions" in function.events[0]["headers"]


def test_the_host_header_selects_the_api(chat: Chat, url: str) -> None:
    chat.mock("pong")
    host = f"{chat.api_id}.execute-api.localhost:{urlsplit(url).port}"

    assert upgrade(url, "/prod", Host=host).split()[1] == b"101"


@pytest.mark.parametrize(("path", "status"), [("/v1", b"101"), ("/v1/x", b"403"), ("/v2", b"403")])
def test_the_host_header_selects_a_custom_domain_name(
    chat: Chat, url: str, path: str, status: bytes
) -> None:
    function = chat.function()
    chat.route("$connect")
    chat.client.create_domain_name(
        DomainName="chat.example.com",
        DomainNameConfigurations=[{"CertificateArn": CERTIFICATE}],
    )
    chat.client.create_api_mapping(
        DomainName="chat.example.com", ApiId=chat.api_id, Stage="prod", ApiMappingKey="v1"
    )
    chat.client.update_api(ApiId=chat.api_id, DisableExecuteApiEndpoint=True)

    assert upgrade(url, path, Host="chat.example.com").split()[1] == status

    hosts = [event["requestContext"]["domainName"] for event in function.events]
    assert hosts == (["chat.example.com"] if status == b"101" else [])


def test_a_frame_can_arrive_with_the_handshake(chat: Chat, url: str) -> None:
    chat.mock("pong")
    port = urlsplit(url).port or 0
    with socket.create_connection(("127.0.0.1", port), timeout=30) as sock:
        sock.sendall(handshake(chat) + b"\x81\x81\0\0\0\0x")
        with sock.makefile("rb") as answer:
            while answer.readline() != b"\r\n":
                pass
            assert answer.read(6) == b"\x81\x04pong"


class TestWithoutAnExtra:
    """A missing optional library is reported with the command that installs it."""

    @pytest.fixture(autouse=True)
    def not_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "airspeed", None)

    def test_the_close_frame_says_what_to_install(self, chat: Chat, url: str) -> None:
        chat.mock("$context.connectionId")
        with connect(address(chat, url)) as connection:
            connection.send("x")

            code, reason = closing(connection)
        assert code == 1011
        assert "pip install 'apigw2[testing]'" in reason

    def test_a_missing_extra_in_process_is_an_exception(self, chat: Chat) -> None:
        chat.mock("$context.connectionId")
        with chat.local.connect() as connection, pytest.raises(ModuleNotFoundError, match="pip"):
            connection.send("x")


class TestClosing:
    """The gateway closes connections on time-outs, on request and when it stops."""

    def test_an_idle_connection_ends(self, chat: Chat, url: str) -> None:
        chat.mock("pong")
        with connect(address(chat, url)) as connection:
            chat.local.clock.advance(600)

            assert closing(connection) == (1001, "")

    def test_a_busy_connection_ends_after_two_hours(self, chat: Chat, url: str) -> None:
        chat.mock("pong")
        with connect(address(chat, url)) as connection:
            for _ in range(12):
                chat.local.clock.advance(599)
                assert connection.ping().wait(30)
            chat.local.clock.advance(12)
            connection.socket.sendall(b"\x81\x81\0\0\0\0x")

            assert closing(connection) == (1001, "")

    def test_a_deleted_connection_ends(self, chat: Chat, url: str) -> None:
        chat.mock('"$context.connectionId"')
        with connect(address(chat, url)) as connection:
            connection.send("x")
            connection_id = json.loads(connection.recv(timeout=30))
            client = chat.local.connections_client()
            client.post_to_connection(ConnectionId=connection_id, Data=b"bye")
            client.delete_connection(ConnectionId=connection_id)

            assert connection.recv(timeout=30) == "bye"
            assert closing(connection) == (1000, "")

    def test_no_response_is_sent_after_a_function_deletes_its_connection(
        self, chat: Chat, url: str
    ) -> None:
        client = chat.local.connections_client()

        def work(event: JSON, _context: JSON) -> JSON:
            client.delete_connection(ConnectionId=event["requestContext"]["connectionId"])
            return {"statusCode": 200, "body": "too late"}

        chat.function(work)
        chat.route("$default", answers=True)
        with connect(address(chat, url)) as connection:
            connection.send("x")

            assert closing(connection) == (1000, "")

    def test_only_served_connections_close_with_the_server(self, chat: Chat) -> None:
        function = chat.function()
        chat.route("$disconnect")
        with chat.local.connect() as other, ExitStack() as clients:
            with chat.local.serve() as url:
                served = clients.enter_context(connect(address(chat, url)))
            assert closing(served) == (1001, "")
            assert not other.closed
            assert function.kinds == ["DISCONNECT"]

    def test_a_client_that_does_not_close_is_disconnected(
        self, chat: Chat, url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("apigw2.testing._websocket._frames._CLOSE_PATIENCE", 0.0)
        chat.mock("pong")
        headers = {"Connection": "Upgrade", "Upgrade": "websocket"}
        more = {"Sec_WebSocket_Key": KEY, "Sec_WebSocket_Version": "13"}
        path = f"/_aws/execute-api/{chat.api_id}/prod"
        with raw(url, f"GET {path}", **headers, **more) as sock, sock.makefile("rb") as answer:
            while answer.readline() != b"\r\n":
                pass
            chat.local.clock.advance(600)

            assert answer.read() == b"\x88\x02\x03\xe9"

    def test_a_client_that_does_not_read_is_disconnected(
        self, chat: Chat, url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("apigw2.testing._websocket._frames._SEND_PATIENCE", 0.2)
        done = Event()
        chat.function(lambda _event, _context: done.set(), name="gone")
        chat.route("$disconnect", chat.integration(uri="gone"))
        chat.mock('"$context.connectionId"')
        with connect(address(chat, url)) as connection:
            connection.send("x")
            connection_id = json.loads(connection.recv(timeout=30))
            client = chat.local.connections_client()

            def post_until_it_is_gone() -> None:
                for _ in range(1000):
                    client.post_to_connection(ConnectionId=connection_id, Data=b"x" * 131072)

            with pytest.raises(client.exceptions.GoneException):
                post_until_it_is_gone()
            assert done.wait(30)


def test_two_clients_talk_at_the_same_time(chat: Chat, url: str) -> None:
    entered, go = Event(), Event()

    def work(event: JSON, _context: JSON) -> JSON:
        if event["body"] == "slow":
            entered.set()
            assert go.wait(30)
        return {"statusCode": 200, "body": event["body"]}

    chat.function(work)
    chat.route("$default", answers=True)
    with connect(address(chat, url)) as slow, connect(address(chat, url)) as fast:
        slow.send("slow")
        assert entered.wait(30)
        fast.send("fast")
        assert fast.recv(timeout=30) == "fast"
        go.set()
        assert slow.recv(timeout=30) == "slow"


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536])
@pytest.mark.parametrize("step", [1, 3, 13, 100_000])
def test_received_data_is_cut_at_the_ends_of_frames(size: int, step: int) -> None:
    """However a network delivers it."""
    frames = [frame(TEXT, b"x" * size), frame(PING, b"ping"), frame(TEXT, b"y", key=b"")]
    data = b"".join(frames)
    cutter = Cutter()
    pieces = [
        piece
        for start in range(0, len(data), step)
        for piece in cutter.cut(data[start : start + step])
    ]

    assert b"".join(pieces) == data
    ends = set(accumulate(map(len, frames)))
    assert ends <= set(accumulate(map(len, pieces)))
    assert len(pieces) <= -(-len(data) // step) + len(frames)
