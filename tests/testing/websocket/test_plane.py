"""The life cycle of connections: timeouts, disconnect, reset."""

from __future__ import annotations

import re
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from apigw2.testing import ConnectionClosedError, HandshakeError

if TYPE_CHECKING:
    from tests.support.local_gateway import JSON
    from tests.testing.websocket.support import Chat


class TestTimeouts:
    """Connections time out by the gateway's clock."""

    def test_an_idle_connection_ends_after_ten_minutes(self, chat: Chat) -> None:
        function = chat.function()
        chat.route("$disconnect")
        connection = chat.local.connect()

        chat.local.clock.advance(599)
        assert not connection.closed
        chat.local.clock.advance(1)

        assert connection.close_code == 1001
        context = function.events[0]["requestContext"]
        assert (context["disconnectStatusCode"], context["disconnectReason"]) == (1001, "")

    def test_messages_in_both_directions_keep_a_connection_open(self, chat: Chat) -> None:
        chat.mock("pong")
        with chat.local.connect() as connection:
            chat.local.clock.advance(599)
            connection.send("x")
            chat.local.clock.advance(599)
            chat.local.connections_client().post_to_connection(
                ConnectionId=connection.connection_id, Data=b"x"
            )
            chat.local.clock.advance(599)
            assert not connection.closed

    def test_a_connection_ends_after_two_hours_at_the_latest(self, chat: Chat) -> None:
        chat.mock("pong")
        connection = chat.local.connect()
        for _ in range(12):
            connection.send("x")
            chat.local.clock.advance(599)
        connection.send("x")
        chat.local.clock.advance(12)

        with pytest.raises(ConnectionClosedError, match="1001"):
            connection.send("x")

    def test_a_call_to_a_closed_connection_fails(self, chat: Chat) -> None:
        chat.mock("pong")
        first, second = chat.local.connect(), chat.local.connect()
        chat.local.clock.advance(600)

        assert first.messages == ()
        with pytest.raises(ConnectionClosedError, match="1001"):
            second.receive(timeout=0)
        assert first.closed


def test_a_reset_closes_connections_without_calling_disconnect(chat: Chat) -> None:
    function = chat.function()
    chat.route("$disconnect")
    connection = chat.local.connect()

    chat.local.reset()

    assert connection.close_code == 1001
    assert not function.events


def test_a_connection_outlives_a_deployment(chat: Chat) -> None:
    chat.mock("old", key="say")
    with chat.local.connect() as connection:
        chat.mock("new")
        connection.send({"action": "say"})
        connection.send("x")

        assert connection.messages == ("old", "new")


def test_a_failing_disconnect_function_is_only_a_reason(chat: Chat) -> None:
    chat.function(ValueError("broken"))
    chat.route("$disconnect")
    connection = chat.local.connect()

    connection.close()

    assert "raised ValueError: broken" in connection.reasons[0]


def test_a_bug_in_the_gateway_does_not_stop_a_connection_from_closing(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("apigw2.testing._websocket._plane.integrate", fail)
    chat.route("$disconnect")
    connection = chat.local.connect()

    connection.close()

    assert connection.closed
    assert connection.reasons == ("ZeroDivisionError: a bug",)


def test_disconnect_needs_no_integration(chat: Chat) -> None:
    chat.client.create_route(ApiId=chat.api_id, RouteKey="$disconnect")
    connection = chat.local.connect()

    connection.close()

    assert not connection.reasons


def test_a_function_can_use_the_gateway_while_it_runs(chat: Chat) -> None:
    """No lock is held, so a function can deploy, post and disconnect, even in other threads."""

    def work(event: JSON, _context: JSON) -> JSON:
        connection_id = event["requestContext"]["connectionId"]
        client = chat.local.connections_client(chat.api_id)

        def post() -> None:
            chat.local.client().get_apis()
            client.post_to_connection(ConnectionId=connection_id, Data=b"working")
            client.delete_connection(ConnectionId=connection_id)

        thread = Thread(target=post)
        thread.start()
        thread.join(timeout=30)
        return {"statusCode": 200, "body": "too late"}

    chat.function(work)
    chat.route("$default", answers=True)
    connection = chat.local.connect()

    connection.send("x")

    assert connection.messages == ("working",)
    assert connection.close_code == 1000


def test_a_connection_closes_after_its_stage_is_deleted(chat: Chat) -> None:
    chat.mock("pong")
    with chat.local.connect() as connection:
        chat.client.delete_stage(ApiId=chat.api_id, StageName="prod")
        connection.send("x")
        assert connection.close_code == 1001


def test_each_event_is_logged(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "apigw2.testing.access")
    chat.mock("pong", key="ping")
    chat.route("$connect")
    function = chat.function()
    with chat.local.connect() as connection:
        connection.send({"action": "ping"})
        connection.send("x")
        chat.local.connections_client().delete_connection(ConnectionId=connection.connection_id)
    function.result = {"statusCode": 401}
    with pytest.raises(HandshakeError):
        chat.local.connect()

    lines = [re.sub(r"^\S+ | [\d.]+ ms", "", line) for line in caplog.messages]
    where = f"{chat.api_id} | prod"
    reason = "the integration of $connect answered with 401"
    assert [line for line in lines if line.startswith("websocket")] == [
        f"websocket GET /prod 101 $connect | {where}",
        f"websocket MESSAGE /prod 200 ping | {where}",
        f"websocket MESSAGE /prod 403 {where} | no route matches 'x'",
        f"websocket DISCONNECT /prod 200 $disconnect | {where}",
        f"websocket DELETE /prod 204 @connections | {where}",
        f"websocket GET /prod 401 $connect | {where} | {reason}",
    ]
