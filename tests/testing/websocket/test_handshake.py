"""Handshakes: functions, authorizers, API keys and subprotocols of `$connect`."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from apigw2.testing import Delays, HandshakeError, LocalGateway
from tests.support.local_gateway import JSON, http_api, websocket_api
from tests.testing.websocket.support import FUNCTION, Recorder, make_chat

if TYPE_CHECKING:
    from apigw2.testing import Response
    from tests.testing.websocket.support import Chat

SIGNATURE = (
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE12345/20260101/us-east-1/execute-api/aws4_request, "
    "SignedHeaders=host, Signature=00"
)


def refused(chat: Chat, **connect: JSON) -> Response:
    with pytest.raises(HandshakeError) as caught:
        chat.local.connect(**connect)
    return caught.value.response


def outcome(chat: Chat, result: JSON) -> int:
    """Connect with the given result of the `$connect` function, and return the status."""
    chat.function(result)
    try:
        with chat.local.connect():
            return 101
    except HandshakeError as error:
        return error.response.status


@pytest.mark.parametrize(
    ("result", "status"),
    [
        ({"statusCode": 200}, 101),
        ({"statusCode": 201}, 101),
        ({"statusCode": 301}, 301),
        ({"statusCode": 401}, 401),
        ({"statusCode": 501}, 501),
        (ValueError("no"), 502),
        ({}, 502),
        ("ok", 502),
        ({"statusCode": True}, 502),
        ({"statusCode": 99}, 502),
        ({"statusCode": 200, "body": 1}, 502),
        ({"statusCode": 200, "headers": {"Sec-WebSocket-Protocol": "a\r\nX: 1"}}, 502),
    ],
)
def test_the_result_of_connect_decides(chat: Chat, result: JSON, status: int) -> None:
    chat.route("$connect")

    assert outcome(chat, result) == status


def test_a_connect_route_is_optional(chat: Chat) -> None:
    chat.mock("pong")

    assert chat.answer("x") == "pong"


def test_a_connect_route_needs_no_integration(chat: Chat) -> None:
    chat.client.create_route(ApiId=chat.api_id, RouteKey="$connect")

    with chat.local.connect() as connection:
        assert not connection.closed


def test_a_rejection_has_the_body_of_the_function_and_a_reason(chat: Chat) -> None:
    chat.function({"statusCode": 401, "body": "who are you?"})
    chat.route("$connect")

    response = refused(chat)

    assert (response.status, response.text) == (401, "who are you?")
    assert "$connect" in response.reason


def test_disconnect_is_not_called_for_a_rejected_connection(chat: Chat) -> None:
    function = chat.function({"statusCode": 401})
    chat.route("$connect")
    chat.route("$disconnect")

    refused(chat)

    assert function.kinds == ["CONNECT"]


def test_an_error_of_the_gateway_names_connection_and_request(chat: Chat) -> None:
    chat.route("$connect", chat.integration(uri="unknown"))

    response = refused(chat)

    assert response.status == 500
    assert response.json()["message"] == "Internal server error"
    assert len(response.json()["connectionId"]) == len(response.json()["requestId"]) == 16
    assert "no function is registered for unknown" in response.reason


def test_a_handshake_error_can_be_pickled(chat: Chat) -> None:
    chat.function({"statusCode": 401})
    chat.route("$connect")
    with pytest.raises(HandshakeError) as caught:
        chat.local.connect()

    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - the test pickled it

    assert (str(copy), copy.response) == (str(caught.value), caught.value.response)


def test_a_stage_without_a_deployment_rejects_connections(chat: Chat) -> None:
    chat.client.create_stage(ApiId=chat.api_id, StageName="empty")

    assert [refused(chat, stage=name).status for name in ("empty", "nothing")] == [403, 403]


def test_the_reason_mentions_a_deployment_in_progress() -> None:
    local = LocalGateway(delays=Delays(auto_deploy=60))
    chat = make_chat(local, local.client())
    chat.mock("pong")

    assert "deploy" in refused(chat).reason
    local.clock.advance(60)
    assert chat.answer("x") == "pong"


def test_a_disabled_default_endpoint_rejects_connections(chat: Chat) -> None:
    chat.mock("pong")
    chat.client.update_api(ApiId=chat.api_id, DisableExecuteApiEndpoint=True)

    assert refused(chat).status == 404


def test_a_limit_of_zero_rejects_connections(chat: Chat) -> None:
    chat.route("$connect")
    chat.client.update_stage(
        ApiId=chat.api_id, StageName="prod", DefaultRouteSettings={"ThrottlingRateLimit": 0}
    )

    assert refused(chat).status == 429


class TestWhichStage:
    """`connect` finds the API and the stage where there is only one."""

    def test_one_of_several_stages_must_be_given(self, chat: Chat) -> None:
        chat.client.create_stage(ApiId=chat.api_id, StageName="test")

        with pytest.raises(LookupError, match="has 2 stages: pass stage="):
            chat.local.connect()

    def test_one_of_several_apis_must_be_given(self, chat: Chat) -> None:
        websocket_api(chat.client)

        with pytest.raises(LookupError, match="There are 2 WebSocket APIs: pass api="):
            chat.local.connect()

    def test_http_apis_are_not_candidates(self, chat: Chat) -> None:
        http_api(chat.client)
        chat.mock("pong")

        assert chat.answer("x") == "pong"

    def test_an_http_api_rejects_connections(self, chat: Chat) -> None:
        assert refused(chat, api=http_api(chat.client), stage="prod").status == 403

    def test_an_unknown_api_is_an_error(self, chat: Chat) -> None:
        with pytest.raises(LookupError, match="There is no API nothing"):
            chat.local.connect("nothing")

    def test_objects_of_the_library_select_api_and_stage(self, chat: Chat) -> None:
        websocket_api(chat.client)
        chat.mock("pong")
        api = chat.local.gateway().get_api(chat.api_id)

        stages: list[JSON] = [
            {"api": api},
            {"stage": api.stage("prod")},
            {"api": api, "stage": "prod"},
        ]

        assert {chat.answer("x", **each) for each in stages} == {"pong"}


class TestSubprotocols:
    """The response has a subprotocol only if the result of `$connect` selects one."""

    @pytest.mark.parametrize(
        ("result", "chosen"),
        [
            ({}, None),
            ({"headers": {"Sec-WebSocket-Protocol": "b"}}, "b"),
            ({"headers": {"sec-websocket-protocol": "b"}}, "b"),
            ({"multiValueHeaders": {"Sec-WebSocket-Protocol": ["a", "b"]}}, "b"),
            ({"multiValueHeaders": {"Sec-WebSocket-Protocol": []}}, None),
        ],
    )
    def test_the_header_of_the_function_selects_the_subprotocol(
        self, chat: Chat, result: JSON, chosen: str | None
    ) -> None:
        function = chat.function({"statusCode": 200, **result})
        chat.route("$connect")

        with chat.local.connect(subprotocols=["a", "b"]) as connection:
            assert connection.subprotocol == chosen

        assert function.events[0]["headers"]["Sec-WebSocket-Protocol"] == "a, b"


def policy(effect: str = "Allow", resource: str = "*", **members: JSON) -> JSON:
    return {
        "principalId": "ada",
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [{"Effect": effect, "Action": "execute-api:Invoke", "Resource": resource}],
        },
        **members,
    }


def guarded(chat: Chat, *sources: str, **members: JSON) -> Recorder:
    """Add an authorizer to `$connect`, and return its function."""
    made = chat.client.create_authorizer(
        ApiId=chat.api_id,
        Name="guard",
        AuthorizerType="REQUEST",
        AuthorizerUri=f"{FUNCTION}guard",
        IdentitySource=list(sources),
    )
    chat.route("$connect", AuthorizationType="CUSTOM", AuthorizerId=made["AuthorizerId"], **members)
    return chat.function(policy(), name="guard")


class TestAuthorizers:
    """A Lambda authorizer runs once, and its context is in all later events."""

    def test_the_context_of_an_authorizer_is_text_in_all_events(self, chat: Chat) -> None:
        guard = guarded(chat)
        guard.result = policy(context={"name": "Ada", "age": 36, "admin": True, "none": None})
        function = chat.function()
        chat.route("$default")
        chat.route("$disconnect")

        with chat.local.connect() as connection:
            connection.send("x")

        contexts = [event["requestContext"]["authorizer"] for event in function.events]
        assert function.kinds == ["CONNECT", "MESSAGE", "DISCONNECT"]
        latency = contexts[0].pop("integrationLatency")
        assert isinstance(latency, int)
        assert contexts[0] == {
            "name": "Ada",
            "age": "36",
            "admin": "true",
            "none": "",
            "principalId": "ada",
        }
        assert contexts[1] == contexts[2] == contexts[0] | {"integrationLatency": latency}
        assert len(guard.events) == 1

    def test_the_event_of_an_authorizer_is_that_of_the_developer_guide(self, chat: Chat) -> None:
        guard = guarded(chat)
        chat.function()
        with chat.local.connect(query={"token": "x"}):
            pass

        event = guard.events[0]
        assert list(event) == [
            "type",
            "methodArn",
            "headers",
            "multiValueHeaders",
            "queryStringParameters",
            "multiValueQueryStringParameters",
            "stageVariables",
            "requestContext",
        ]
        assert event["type"] == "REQUEST"
        assert event["stageVariables"] == {}
        assert event["methodArn"] == (
            f"arn:aws:execute-api:us-east-1:123456789012:{chat.api_id}/prod/$connect"
        )
        assert event["requestContext"]["eventType"] == "CONNECT"

    @pytest.mark.parametrize(
        ("result", "status"),
        [
            (policy("Deny"), 403),
            (policy(resource="arn:aws:execute-api:us-east-1:123456789012:other/*"), 403),
            (Exception("Unauthorized"), 401),
            (ValueError("no"), 500),
            ("Unauthorized", 500),
            ({"principalId": "ada"}, 500),
            (policy(context={"name": "x" * 8192}), 500),
        ],
    )
    def test_the_result_of_an_authorizer_decides(
        self, chat: Chat, result: JSON, status: int
    ) -> None:
        guard = guarded(chat)
        guard.result = result
        function = chat.function()

        assert refused(chat).status == status
        assert not function.events

    def test_a_policy_can_name_the_route(self, chat: Chat) -> None:
        guard = guarded(chat)

        def allow(event: JSON, _context: JSON) -> JSON:
            return policy(resource=event["methodArn"])

        guard.result = allow
        chat.function()

        with chat.local.connect() as connection:
            assert not connection.closed

    @pytest.mark.parametrize(
        ("source", "connect"),
        [
            ("route.request.header.X-Token", {"headers": {"x-token": "1"}}),
            ("route.request.querystring.token", {"query": {"token": "1"}}),
            ("context.identity.userAgent", {"headers": {"User-Agent": "curl"}}),
        ],
    )
    def test_an_authorizer_is_not_called_without_an_identity_source(
        self, chat: Chat, source: str, connect: JSON
    ) -> None:
        guard = guarded(chat, source)
        chat.function()

        response = refused(chat)
        assert (response.status, response.json()["message"]) == (401, "Unauthorized")
        assert not guard.events
        with chat.local.connect(**connect) as connection:
            assert not connection.closed


class TestApiKeys:
    """A `$connect` route can require an API key."""

    def test_a_registered_key_is_in_events(self, chat: Chat) -> None:
        chat.local.add_api_key("secret", key_id="key1")
        function = chat.function()
        chat.route("$connect", ApiKeyRequired=True)
        chat.route("$default")

        with chat.local.connect(headers={"x-api-key": "secret"}) as connection:
            connection.send("x")

        identity = {"apiKey": "secret", "apiKeyId": "key1", "sourceIp": "127.0.0.1"}
        found = [list(event["requestContext"]["identity"].items()) for event in function.events]
        assert found == [list(identity.items())] * 2

    @pytest.mark.parametrize("headers", [{}, {"x-api-key": "wrong"}])
    def test_an_unknown_key_is_rejected(self, chat: Chat, headers: JSON) -> None:
        chat.local.add_api_key("secret")
        chat.route("$connect", ApiKeyRequired=True)

        response = refused(chat, headers=headers)

        assert (response.status, response.json()["message"]) == (403, "Forbidden")
        assert "wrong" not in response.reason

    @pytest.mark.parametrize("place", ["top", "context"])
    def test_the_key_can_come_from_the_authorizer(self, chat: Chat, place: str) -> None:
        chat.client.update_api(
            ApiId=chat.api_id,
            ApiKeySelectionExpression="$context.authorizer.usageIdentifierKey",
        )
        chat.local.add_api_key("secret")
        guard = guarded(chat, ApiKeyRequired=True)
        key = {"usageIdentifierKey": "secret"}
        guard.result = policy(**key) if place == "top" else policy(context=key)
        function = chat.function()

        with chat.local.connect():
            pass

        assert function.events[0]["requestContext"]["identity"]["apiKey"] == "secret"
        guard.result = policy()
        assert refused(chat, headers={"x-api-key": "secret"}).status == 403


class TestIam:
    """AWS_IAM authorization requires a signature, which the local gateway does not verify."""

    @pytest.mark.parametrize(
        "connect",
        [
            {"headers": {"Authorization": SIGNATURE}},
            {
                "query": {
                    "X-Amz-Signature": "00",
                    "X-Amz-Credential": "AKID/20260101/us-east-1/execute-api/aws4_request",
                }
            },
        ],
    )
    def test_only_a_signed_handshake_is_accepted(self, chat: Chat, connect: JSON) -> None:
        chat.function()
        chat.route("$connect", AuthorizationType="AWS_IAM")

        assert refused(chat).status == 403
        assert refused(chat, headers={"Authorization": "Bearer x"}).status == 403
        with chat.local.connect(**connect) as connection:
            assert not connection.closed


def test_a_missing_required_parameter_is_named(chat: Chat) -> None:
    chat.function()
    chat.route(
        "$connect",
        RequestParameters={
            "route.request.querystring.token": {"Required": True},
            "route.request.header.x-other": {"Required": False},
        },
    )

    response = refused(chat)

    assert response.status == 400
    assert response.json()["message"] == "Missing required request parameters: [token]"
    with chat.local.connect(query={"token": "1"}) as connection:
        assert not connection.closed


def test_a_gateway_has_at_most_a_thousand_connections(chat: Chat) -> None:
    chat.mock("pong")
    connections = [chat.local.connect() for _ in range(1000)]

    assert refused(chat).status == 429
    connections.pop().close()
    assert chat.answer("x") == "pong"
