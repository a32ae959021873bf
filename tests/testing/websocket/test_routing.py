"""Route selection, route responses and error frames."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.testing.websocket.support import make_chat

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import JSON, Client
    from tests.testing.websocket.support import Chat


ID = "[A-Za-z0-9_-]{15}="


def frame(message: str) -> str:
    """Make a pattern of an error frame of the service."""
    return f'{{"message": "{message}", "connectionId":"{ID}", "requestId":"{ID}"}}'


@pytest.mark.parametrize(
    ("expression", "message", "key"),
    [
        ("$request.body.action", {"action": "join"}, "join"),
        ("${request.body.action}", {"action": "join"}, "join"),
        ("$request.body.a.b", {"a": {"b": "join"}}, "join"),
        ("$request.body.a[1]", {"a": ["no", "join"]}, "join"),
        ("$request.body.a[0].b", {"a": [{"b": "join"}]}, "join"),
        ("${request.body.a}/${request.body.b}", {"a": "jo", "b": "in"}, "jo/in"),
        ("$request.body.a/$request.body.b", {"a": "jo", "b": "in"}, "jo/in"),
        ("${request.body.a}/${request.body.b}", {"a": "jo"}, "jo/"),
        ("${request.body.version}-beta", {"version": "1"}, "1-beta"),
        ("$request.body.action", {"action": 7}, "7"),
        ("$request.body.action", {"action": True}, "true"),
        ("$request.body.action", {"action": "$request.body.b", "b": "join"}, "$request.body.b"),
        ("join", {}, "join"),
        ("\\$default", {}, "$default"),
        ("$request.body.action", {}, "$default"),
        ("$request.body.action", {"action": None}, "$default"),
        ("$request.body.action", {"action": "other"}, "$default"),
        ("$request.body.action", "not json", "$default"),
        ("$request.body.action", '{"action": NaN}', "$default"),
        ("$request.body.action", '"join"', "$default"),
        ("join", "not json", "$default"),
        ("$request.body.action", {"action": "$connect"}, "$default"),
        ("$request.body.action", {"action": "$disconnect"}, "$default"),
        ("$request.body.action", {"action": "$default"}, "$default"),
    ],
)
def test_the_route_is_selected_by_the_expression(
    *, local: LocalGateway, client: Client, expression: str, message: JSON, key: str
) -> None:
    chat = make_chat(local, client, RouteSelectionExpression=expression)
    function = chat.function()
    for each in dict.fromkeys(["$connect", "$disconnect", "$default", key]):
        chat.route(each)

    with local.connect() as connection:
        connection.send(message)

    assert function.events[1]["requestContext"]["routeKey"] == key


def test_a_message_without_a_matching_route_is_forbidden(chat: Chat) -> None:
    chat.mock("pong", key="ping")

    with chat.local.connect() as connection:
        connection.send({"action": "x"})
        answer = connection.receive()

        assert re.fullmatch(frame("Forbidden"), answer)
        assert json.loads(answer)["connectionId"] == connection.connection_id
        assert connection.reasons == ('no route matches \'{"action": "x"}\'',)
        connection.send({"action": "ping"})
        assert connection.receive() == "pong"


def test_a_failing_function_leaves_the_connection_open(chat: Chat) -> None:
    function = chat.function(ValueError("broken"))
    chat.route("$default", answers=True)

    with chat.local.connect() as connection:
        connection.send("x")
        assert re.fullmatch(frame("Internal server error"), connection.receive())
        function.result = {"statusCode": 200, "body": "fine"}
        connection.send("x")
        assert connection.receive() == "fine"


def test_a_one_way_route_sends_errors_too(chat: Chat) -> None:
    chat.function(ValueError("broken"))
    chat.route("$default")

    assert re.fullmatch(frame("Internal server error"), chat.answer("x"))


@pytest.mark.parametrize("status", [200, 301, 401, 501])
def test_the_status_of_a_function_does_not_affect_messages(chat: Chat, status: int) -> None:
    chat.function({"statusCode": status, "body": "hello"})
    chat.route("$default", answers=True)

    assert chat.answer("x") == "hello"


@pytest.mark.parametrize("result", [None, {}, "text", {"statusCode": 200}, {"body": ""}])
def test_a_result_without_a_body_sends_nothing(chat: Chat, result: JSON) -> None:
    chat.function(lambda _event, _context: result)
    chat.route("$default", answers=True)

    assert chat.silence("x")


class TestTwoWayRoutes:
    """A route responds only with a route response and its selection expression."""

    @pytest.mark.parametrize(
        ("expression", "responses", "answers"),
        [
            ("$default", ["$default"], True),
            ("\\$default", ["$default"], True),
            ("$default", [], False),
            ("$default", ["other"], False),
            (None, ["$default"], False),
            ("other", ["$default"], False),
        ],
    )
    def test_a_response_needs_both_the_expression_and_the_route_response(
        self, chat: Chat, expression: str | None, responses: list[str], *, answers: bool
    ) -> None:
        chat.function({"statusCode": 200, "body": "hello"})
        given: JSON = {"RouteResponseSelectionExpression": expression} if expression else {}
        route_id = chat.route("$default", **given)
        for key in responses:
            chat.client.create_route_response(
                ApiId=chat.api_id, RouteId=route_id, RouteResponseKey=key
            )

        assert chat.silence("x") is not answers


def test_a_route_without_an_integration_is_an_error(chat: Chat) -> None:
    chat.client.create_route(ApiId=chat.api_id, RouteKey="$default")

    assert re.fullmatch(frame("Internal server error"), chat.answer("x"))


def test_a_bug_in_the_gateway_is_an_error_frame(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_event: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("apigw2.testing._websocket._routing.answer", fail)
    chat.mock("pong")
    with chat.local.connect() as connection:
        connection.send("x")

        assert re.fullmatch(frame("Internal server error"), connection.receive())
        assert connection.reasons == ("ZeroDivisionError: inside",)


def test_a_message_above_the_limit_is_throttled(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "apigw2.testing.access")
    chat.mock("pong")
    chat.client.update_stage(
        ApiId=chat.api_id,
        StageName="prod",
        DefaultRouteSettings={"ThrottlingRateLimit": 1, "ThrottlingBurstLimit": 2},
    )

    with chat.local.connect() as connection:
        for _ in range(3):
            connection.send("x")
        chat.local.clock.advance(1)
        connection.send("x")

        assert connection.messages[:2] == ("pong", "pong")
        assert re.fullmatch(frame("Too Many Requests"), connection.messages[2])
        assert connection.messages[3] == "pong"
    assert [" MESSAGE /prod 429 " in line for line in caplog.messages].count(True) == 1
