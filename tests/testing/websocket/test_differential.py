"""Comparison with the tests of other projects; each difference has a source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from apigw2.testing import HandshakeError
from tests.testing.websocket.expectations import (
    AUTHORIZERS,
    CONNECTIONS,
    EXPECTATIONS,
    Expectation,
)
from tests.testing.websocket.support import FUNCTION, SIGNED, make_chat

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import JSON, Client
    from tests.testing.websocket.support import Chat

DEVIATIONS = Path(__file__).parents[3] / "docs" / "how-to" / "test-websockets.md"


@pytest.mark.parametrize("expected", EXPECTATIONS)
def test_a_conversation_has_the_expected_response(
    local: LocalGateway, client: Client, expected: Expectation
) -> None:
    chat = make_chat(local, client, RouteSelectionExpression=expected.expression)

    def function(event: JSON, _context: JSON) -> JSON:
        return expected.result(event) if callable(expected.result) else expected.result

    local.add_function("chat", function)
    for key in (*expected.routes, *(["$connect"] if expected.connect else [])):
        chat.route(key, answers=expected.two_way)
    given: str | int | None
    try:
        with local.connect(query=expected.query) as connection:
            connection.send(expected.message)
            given = connection.messages[0] if connection.messages else None
    except HandshakeError as error:
        given = error.response.status
    if expected.answer == "Internal server error":
        given = json.loads(str(given))["message"]

    assert given == (expected.answer if expected.ours == "the same" else expected.ours)


def test_a_mock_needs_a_request_template(chat: Chat) -> None:
    """MiniStack's `test_ws_mock_integration_returns_template_body` has no route response either."""
    mock = chat.integration("MOCK")
    chat.respond(mock, ResponseTemplates={"$default": '{"from":"mock"}'})
    chat.route("$default", mock)

    assert json.loads(chat.answer('{"action": "x"}'))["message"] == "Internal server error"


@pytest.mark.parametrize(("test", "result", "theirs", "ours", "why"), AUTHORIZERS)
def test_the_response_of_an_authorizer_has_the_expected_status(
    *, chat: Chat, test: str, result: JSON, theirs: int, ours: int, why: str
) -> None:
    def guard(event: JSON, _context: JSON) -> JSON:
        if isinstance(result, Exception):
            raise result
        return json.loads(json.dumps(result).replace("METHOD_ARN", event["methodArn"]))

    chat.local.add_function("guard", guard)
    chat.function()
    made = chat.client.create_authorizer(
        ApiId=chat.api_id,
        Name="guard",
        AuthorizerType="REQUEST",
        AuthorizerUri=f"{FUNCTION}guard",
        IdentitySource=[],
    )
    chat.route("$connect", AuthorizationType="CUSTOM", AuthorizerId=made["AuthorizerId"])
    try:
        chat.local.connect(query={"credential": "x"}).close()
        status = 101
    except HandshakeError as error:
        status = error.response.status

    assert status == ours, test
    assert (theirs == ours) is (why == "")


@pytest.mark.parametrize(("test", "method", "which", "theirs", "ours", "why"), CONNECTIONS)
def test_the_management_api_has_the_expected_status(
    *, chat: Chat, test: str, method: str, which: str, theirs: int, ours: int, why: str
) -> None:
    chat.mock("pong")
    connection = chat.local.connect()
    if which == "closed":
        connection.close()
    connection_id = connection.connection_id if which in {"open", "closed"} else which
    url = f"https://{chat.api_id}.execute-api.us-east-1.amazonaws.com/prod/@connections/"

    answer = chat.local.invoke(method, url + quote(connection_id), headers=SIGNED, body=b"Hello")

    assert answer.status == ours, test
    assert (theirs == ours) is (why == "")


def test_the_guide_names_each_source_of_a_difference() -> None:
    text = DEVIATIONS.read_text(encoding="utf-8")
    sources = [each.source for each in EXPECTATIONS if each.why]
    sources += [test for test, *_, why in CONNECTIONS if why]

    names = {source.split(" ", 2)[2] for source in sources}
    assert not {name for name in names if name not in text}
    assert all(test in text for test, *_, why in AUTHORIZERS if why)
