"""Connections in the same process: sending, receiving, closing."""

from __future__ import annotations

import pickle
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from apigw2.testing import ConnectionClosedError, HandshakeError
from tests.support.local_gateway import CERTIFICATE, http_api

if TYPE_CHECKING:
    from tests.support.local_gateway import JSON
    from tests.testing.websocket.support import Chat


def test_the_response_is_available_when_send_returns(chat: Chat) -> None:
    chat.function(lambda event, _: {"statusCode": 200, "body": event["body"].upper()})
    chat.route("$default", answers=True)

    with chat.local.connect() as connection:
        connection.send("hello")
        connection.send({"a": "b"})

        assert connection.messages == ("HELLO", '{"A": "B"}')
        assert connection.receive(timeout=0) == "HELLO"
        assert connection.receive_json(timeout=0) == {"A": "B"}
        assert connection.messages == ("HELLO", '{"A": "B"}')


def test_frames_are_joined_to_one_message(chat: Chat) -> None:
    function = chat.function()
    chat.route("$default")

    with chat.local.connect() as connection:
        connection.send(["he", "llo"])

    assert function.events[0]["body"] == "hello"


def test_a_timeout_shows_the_last_reason_of_the_gateway(chat: Chat) -> None:
    chat.function(ValueError("broken"))
    chat.route("$default")

    with chat.local.connect() as connection:
        with pytest.raises(TimeoutError, match=r"No message arrived within 0 s$"):
            connection.receive(timeout=0)
        connection.send("x")
        connection.receive(timeout=0)
        with pytest.raises(TimeoutError, match="raised ValueError: broken"):
            connection.receive(timeout=0)


def test_receive_waits_for_a_message_from_another_thread(chat: Chat) -> None:
    chat.mock("pong")
    with chat.local.connect() as connection:
        post = chat.local.connections_client().post_to_connection
        sender = Thread(
            target=post, kwargs={"ConnectionId": connection.connection_id, "Data": b"news"}
        )
        sender.start()

        assert connection.receive(timeout=10) == "news"
        sender.join()


def test_a_closed_connection_only_returns_unread_messages(chat: Chat) -> None:
    chat.mock("pong")
    connection = chat.local.connect()
    connection.send("x")
    assert (connection.close_code, connection.close_reason) == (None, None)

    connection.close(1000, "bye")

    assert (connection.closed, connection.close_code, connection.close_reason) == (
        True,
        1000,
        "bye",
    )
    with pytest.raises(ConnectionClosedError, match="The connection is closed: 1000 bye"):
        connection.send("y")
    assert connection.receive() == "pong"
    with pytest.raises(ConnectionClosedError) as caught:
        connection.receive()
    assert (caught.value.code, caught.value.reason) == (1000, "bye")
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - the test pickled it
    assert (str(copy), copy.code) == (str(caught.value), 1000)


def test_the_repr_of_a_connection_shows_its_state(chat: Chat) -> None:
    chat.mock("pong")
    connection = chat.local.connect()
    identifier = connection.connection_id

    assert repr(connection) == f"<WebSocketConnection {identifier} open>"
    connection.close()
    assert repr(connection) == f"<WebSocketConnection {identifier} closed, 1005>"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (b"binary", 1003),
        ("x" * 32769, 1009),
        ("é" * 16385, 1009),
        (["x" * 32768] * 5, 1009),
    ],
)
def test_a_binary_or_too_long_message_closes_the_connection(
    chat: Chat, message: JSON, code: int
) -> None:
    function = chat.function()
    chat.route("$default")
    chat.route("$disconnect")

    with chat.local.connect() as connection:
        connection.send(message)
        assert connection.close_code == code

    assert function.kinds == ["DISCONNECT"]
    assert function.events[0]["requestContext"]["disconnectStatusCode"] == code


@pytest.mark.parametrize("message", ["x" * 32768, ["x" * 32768] * 4, []])
def test_the_longest_messages_are_accepted(chat: Chat, message: JSON) -> None:
    function = chat.function()
    chat.route("$default")

    with chat.local.connect() as connection:
        connection.send(message)

    assert function.events[0]["body"] == "".join(message)


def test_a_connection_is_closed_once(chat: Chat) -> None:
    chat.mock("pong")
    connection = chat.local.connect()
    connection.close(1000)
    chat.local.clock.advance(600)

    assert connection.messages == ()
    assert connection.close_code == 1000


class TestUrls:
    """A URL selects the API and the stage, as it does over a socket."""

    @pytest.fixture
    def domain(self, chat: Chat) -> str:
        """A custom domain name with one API mapping."""
        name = "chat.example.com"
        chat.client.create_domain_name(
            DomainName=name, DomainNameConfigurations=[{"CertificateArn": CERTIFICATE}]
        )
        chat.client.create_api_mapping(
            DomainName=name, ApiId=chat.api_id, Stage="prod", ApiMappingKey="v1/chat"
        )
        return name

    def test_a_custom_domain_name_is_in_the_events(self, chat: Chat, domain: str) -> None:
        chat.client.update_api(ApiId=chat.api_id, DisableExecuteApiEndpoint=True)
        function = chat.function()
        for key in ("$connect", "$default"):
            chat.route(key)

        url = f"wss://{domain}/v1/chat?a=1&b="
        with chat.local.connect(url, query={"a": "2"}) as connection:
            connection.send("x")

        contexts = [event["requestContext"] for event in function.events]
        assert [each["domainName"] for each in contexts] == [domain] * 2
        assert [each["stage"] for each in contexts] == ["prod"] * 2
        assert function.events[0]["queryStringParameters"] == {"a": "2", "b": ""}

    def test_the_url_of_a_stage_is_that_of_the_default_endpoint(self, chat: Chat) -> None:
        function = chat.function()
        chat.route("$connect")
        stage = chat.local.gateway().api(chat.api_id).get_stage("prod")
        assert stage.url is not None
        chat.local.connect(stage.url).close()

        host = f"{chat.api_id}.execute-api.us-east-1.amazonaws.com"
        assert function.events[0]["requestContext"]["domainName"] == host

    @pytest.mark.parametrize(
        ("url", "status"),
        [
            ("wss://chat.example.com/v2", 403),
            ("wss://chat.example.com/v1/chat/more", 403),
            ("wss://API.execute-api.us-east-1.amazonaws.com/nothing", 403),
            ("wss://HTTP.execute-api.us-east-1.amazonaws.com/prod", 404),
        ],
    )
    def test_a_path_without_a_stage_is_rejected(
        self, chat: Chat, domain: str, url: str, status: int
    ) -> None:
        del domain
        url = url.replace("API", chat.api_id).replace("HTTP", http_api(chat.client))

        with pytest.raises(HandshakeError) as caught:
            chat.local.connect(url)

        assert caught.value.response.status == status

    def test_an_unknown_host_is_not_found(self, chat: Chat) -> None:
        with pytest.raises(LookupError, match="There is no domain name other"):
            chat.local.connect("wss://other.example.com/v1")

    def test_a_url_and_a_stage_are_not_combined(self, chat: Chat) -> None:
        with pytest.raises(ValueError, match="omit stage="):
            chat.local.connect("wss://chat.example.com/v1", stage="prod")
