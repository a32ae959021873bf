"""Mapping templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.local_gateway import JSON
    from tests.testing.websocket.support import Chat

BODY = {"name": "Ada", "tags": ["a", "b"], "inner": {"n": 1, "yes": True, "none": None}}


def rendered(chat: Chat, template: str, message: JSON = None) -> JSON:
    """Render a request template, and return the event of its function."""
    function = chat.function()
    integration = chat.integration("AWS", RequestTemplates={"$default": template})
    chat.route("$default", integration)
    with chat.local.connect(headers={"X-Tag": "t"}, query={"q": "1"}) as connection:
        connection.send(BODY if message is None else message)
        assert not connection.reasons
    return function.events[0]


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ("$input.json('$.name')", "Ada"),
        ("$input.json('$')", BODY),
        ("$input.body", BODY),
        ("\"$input.path('$.name')\"", "Ada"),
        ("$input.path('$.inner.yes')", True),
        ("$input.json('$.nothing')", None),
        ("$input.json('$.tags[-1]')", "b"),
        ("$input.json('$..n')", [1]),
        ("$input.json(\"$['inner']['n']\")", 1),
        ("#set($b = $input.path('$'))[$b.tags.size(), \"$b.tags[1]\", $b.inner.n]", [2, "b", 1]),
        (
            "[#foreach($t in $input.path('$.tags'))\"$t\"#if($foreach.hasNext),#end#end]",
            ["a", "b"],
        ),
        ("#if($input.path('$.name') == 'Ada')1#else 2#end", 1),
        ('"$!nothing$input.path("$.nothing")"', ""),
        ('"$util.base64Encode("héllo")"', "aMOpbGxv"),
        ('"$util.base64Decode("aMOpbGxv")"', "héllo"),
        ('"$util.urlEncode("a b&c")"', "a+b%26c"),
        ('"$util.urlDecode("a+b%26c")"', "a b&c"),
        ("$util.parseJson('{\"a\": 1}').a", 1),
        ('"$util.escapeJavaScript(\'a/"é\')"', 'a/"é'),
        ('"$stageVariables.colour$stageVariables.nothing"', "red"),
        ('["$context.eventType", "$context.routeKey"]', ["MESSAGE", "$default"]),
        ('"$context.identity.sourceIp"', "127.0.0.1"),
        ('"$context.authorizer.nothing"', ""),
        ("{}", {}),
    ],
)
def test_a_template_can_use_the_request_and_the_stage(
    chat: Chat, template: str, made: JSON
) -> None:
    chat.client.update_stage(ApiId=chat.api_id, StageName="prod", StageVariables={"colour": "red"})

    assert rendered(chat, template) == made


def test_a_message_that_is_not_json_has_no_parts(chat: Chat) -> None:
    template = "[$input.json('$.a'), \"$input.body\", \"$input.params('q')\"]"

    assert rendered(chat, template, "hello") == [None, "hello", ""]


def test_the_context_has_the_ids_of_connection_message_and_request(chat: Chat) -> None:
    chat.mock('["$context.connectionId", "$context.messageId", "$context.requestId"]')
    with chat.local.connect() as connection:
        connection.send("x")
        ids = connection.receive_json()

    assert ids[0] == connection.connection_id
    assert len(set(ids)) == 3


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ("\"$input.params('X-Tag')$input.params('q')$input.params('nothing')\"", "t1"),
        ('"$input.params().header.get("X-Tag")"', "t"),
        ('"$input.params().querystring.q"', "1"),
    ],
)
def test_a_template_of_connect_has_the_parameters_of_the_handshake(
    chat: Chat, template: str, made: str
) -> None:
    function = chat.function()
    chat.route("$connect", chat.integration("AWS", RequestTemplates={"$default": template}))

    chat.local.connect(headers={"X-Tag": "t"}, query={"q": "1"}).close()

    assert function.events == [made]


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("#if($context)", "the template failed"),
        ("$input.json()", "the template failed"),
        ("$util.parseJson('no json')", "the template failed"),
        ("$util.__class__", "two underscores"),
        ("$util.urlEncode.__globals__.get('json')", "two underscores"),
    ],
)
def test_an_invalid_template_is_an_error_with_a_reason(
    chat: Chat, template: str, reason: str
) -> None:
    chat.mock(template)
    with chat.local.connect() as connection:
        connection.send("x")

        assert connection.receive_json()["message"] == "Internal server error"
        assert reason in connection.reasons[0]
