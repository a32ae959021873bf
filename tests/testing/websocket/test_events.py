"""Events of functions equal the captures of the service."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from apigw2.testing import Clock, Delays, LocalGateway
from tests.testing.websocket import captures
from tests.testing.websocket.support import Chat, make_chat

if TYPE_CHECKING:
    from collections.abc import Mapping

ID = re.compile(r"[A-Za-z0-9_-]{15}=")
CLF = re.compile(r"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000")


def events(chat: Chat, **connect: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401 - any argument of `connect`
    """The events of one connection, by their types."""
    function = chat.function()
    for key in ("$connect", "$default", "$disconnect"):
        chat.route(key)
    with chat.local.connect(**connect) as connection:
        connection.send('{"a": 1}')
    return {event["requestContext"]["eventType"]: event for event in function.events}


@pytest.mark.parametrize("kind", ["CONNECT", "MESSAGE", "DISCONNECT"])
def test_an_event_has_the_keys_and_types_of_the_recordings(chat: Chat, kind: str) -> None:
    event = events(chat)[kind]

    assert tuple(event) == captures.EVENT[kind]
    context = event["requestContext"]
    assert tuple(context) == captures.CONTEXT[kind]
    assert {name: type(value) for name, value in context.items()} == {
        name: captures.TYPES.get(name, str) for name in context
    }
    assert event["isBase64Encoded"] is False
    assert context["messageDirection"] == "IN"
    assert context["eventType"] == kind
    assert context["apiId"] == chat.api_id
    assert context["stage"] == "prod"
    assert context["domainName"] == f"{chat.api_id}.execute-api.us-east-1.amazonaws.com"
    assert context["requestId"] == context["extendedRequestId"]
    assert CLF.fullmatch(context["requestTime"])


def test_identifiers_are_sixteen_characters_that_end_in_an_equals_sign(chat: Chat) -> None:
    found = events(chat)
    contexts = [event["requestContext"] for event in found.values()]

    names = [found["MESSAGE"]["requestContext"]["messageId"]]
    names += [context[name] for context in contexts for name in ("requestId", "connectionId")]

    assert all(ID.fullmatch(name) for name in names)
    assert len({context["connectionId"] for context in contexts}) == 1
    assert len({context["requestId"] for context in contexts}) == len(contexts)


@pytest.mark.parametrize(("sent", "names"), captures.CONNECT_HEADERS)
def test_a_connect_event_has_the_headers_of_the_recordings(
    chat: Chat, sent: Mapping[str, str], names: tuple[str, ...]
) -> None:
    event = events(chat, headers=sent)["CONNECT"]

    assert tuple(event["headers"]) == names
    assert event["multiValueHeaders"] == {k: [v] for k, v in event["headers"].items()}


def test_the_gateway_overwrites_its_own_headers(chat: Chat) -> None:
    sent = {"x-forwarded-for": "10.0.0.1", "X-FORWARDED-PROTO": "http"}

    headers = events(chat, headers=sent)["CONNECT"]["multiValueHeaders"]

    forwarded = {name: value for name, value in headers.items() if "forwarded" in name.lower()}
    assert forwarded == {
        "X-Forwarded-For": ["127.0.0.1"],
        "X-Forwarded-Port": ["443"],
        "X-Forwarded-Proto": ["https"],
    }


def test_the_identity_without_a_user_agent_has_only_the_address(chat: Chat) -> None:
    found = events(chat)

    assert {tuple(each["requestContext"]["identity"].items()) for each in found.values()} == {
        (("sourceIp", "127.0.0.1"),)
    }


def test_the_user_agent_is_in_the_identity_of_all_events(chat: Chat) -> None:
    found = events(chat, headers={"User-Agent": "curl"})

    assert {tuple(each["requestContext"]["identity"].items()) for each in found.values()} == {
        (("userAgent", "curl"), ("sourceIp", "127.0.0.1"))
    }


def test_a_connect_event_has_the_query_if_there_is_one(chat: Chat) -> None:
    event = events(chat, query={"a": ["1", "2"], "b": "x y"})["CONNECT"]

    assert event["queryStringParameters"] == {"a": "2", "b": "x y"}
    assert event["multiValueQueryStringParameters"] == {"a": ["1", "2"], "b": ["x y"]}
    assert list(event) == [
        "headers",
        "multiValueHeaders",
        "queryStringParameters",
        "multiValueQueryStringParameters",
        "requestContext",
        "isBase64Encoded",
    ]


def test_a_repeated_header_has_all_values_in_one_form_and_the_last_in_the_other(
    chat: Chat,
) -> None:
    event = events(chat, headers={"X-Tag": ["a", "b"]})["CONNECT"]

    assert event["headers"]["X-Tag"] == "b"
    assert event["multiValueHeaders"]["X-Tag"] == ["a", "b"]


def test_a_disconnect_event_has_the_headers_of_the_recordings(chat: Chat) -> None:
    event = events(chat)["DISCONNECT"]

    host = {"Host": event["requestContext"]["domainName"]}
    assert event["headers"] == host | captures.DISCONNECT_HEADERS
    assert list(event["headers"]) == ["Host", *captures.DISCONNECT_HEADERS]
    assert event["multiValueHeaders"] == {k: [v] for k, v in event["headers"].items()}


@pytest.mark.parametrize(
    ("closing", "told"),
    [
        ((), (1005, "Client-side close frame status not set")),
        ((1001,), (1001, "")),
        ((1000, "bye"), (1000, "bye")),
    ],
)
def test_a_disconnect_event_has_the_code_and_the_reason(
    chat: Chat, closing: tuple[Any, ...], told: tuple[int, str]
) -> None:
    function = chat.function()
    chat.route("$disconnect")
    connection = chat.local.connect()

    connection.close(*closing)
    connection.close()  # once is enough

    contexts = [event["requestContext"] for event in function.events]
    assert [(c["disconnectStatusCode"], c["disconnectReason"]) for c in contexts] == [told]


def test_times_are_those_of_the_gateways_clock(chat: Chat) -> None:
    function = chat.function()
    for key in ("$connect", "$default"):
        chat.route(key)
    with chat.local.connect() as connection:
        chat.local.clock.advance(60)
        connection.send("x")

    connected, message = (event["requestContext"] for event in function.events)
    assert message["connectedAt"] == connected["connectedAt"]
    assert message["requestTimeEpoch"] - connected["requestTimeEpoch"] == 60_000


def test_times_are_in_utc_whatever_the_time_zone_of_the_clock() -> None:
    start = datetime(2026, 3, 1, 4, 5, 6, tzinfo=timezone(timedelta(hours=5)))
    local = LocalGateway(clock=Clock(start, step=0), delays=Delays(auto_deploy=0))

    context = events(make_chat(local, local.client()))["MESSAGE"]["requestContext"]

    assert context["requestTime"] == "28/Feb/2026:23:05:06 +0000"
    assert context["requestTimeEpoch"] == 1772319906000


def test_stage_variables_are_in_an_event_if_there_are_any(chat: Chat) -> None:
    chat.client.update_stage(ApiId=chat.api_id, StageName="prod", StageVariables={"table": "chats"})

    found = events(chat)

    assert {event["stageVariables"]["table"] for event in found.values()} == {"chats"}


def test_a_function_gets_the_message_unchanged(chat: Chat) -> None:
    assert events(chat)["MESSAGE"]["body"] == '{"a": 1}'
