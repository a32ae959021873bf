"""Lambda authorizers: events, results and caching."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.local_gateway import JSON, lambda_authorizer, lambda_integration, route
from tests.testing.dataplane.support import ask, nested

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client


def asking(
    local: LocalGateway, client: Client, api_id: str, answer: JSON, **members: JSON
) -> list[Any]:
    """Add an authorizer with the given result to `GET /pets/{id}`, and return its events."""
    events: list[Any] = []

    def authorize(event: JSON, _: object) -> JSON:
        events.append(event)
        return answer

    local.add_function("asker", authorize)
    route(
        client, api_id, "GET /pets/{id}", AuthorizationType="CUSTOM",
        AuthorizerId=lambda_authorizer(client, api_id, **members),
        Target=f"integrations/{lambda_integration(client, api_id)}",
    )  # fmt: skip
    return events


def policy(effect: str, resource: str = "*") -> dict[str, Any]:
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": resource}
    return {
        "principalId": "me",
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
    }


SIMPLE = {"EnableSimpleResponses": True}


def test_a_simple_response_allows_the_request_and_adds_context(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    answer = {"isAuthorized": True, "context": {"color": "red"}}
    events = asking(local, client, api_id, answer, **SIMPLE)

    event = ask(local, "/pets/7", "me").json()

    assert event["requestContext"]["authorizer"] == {"lambda": {"color": "red"}}
    (asked,) = events
    assert asked["version"] == "2.0"
    assert asked["type"] == "REQUEST"
    assert asked["routeKey"] == "GET /pets/{id}"
    assert asked["identitySource"] == ["me"]
    assert asked["pathParameters"] == {"id": "7"}
    assert asked["routeArn"] == (
        f"arn:aws:execute-api:us-east-1:123456789012:{api_id}/$default/GET/pets/7"
    )


@pytest.mark.parametrize(
    ("answer", "members", "status"),
    [
        ({"isAuthorized": False}, SIMPLE, 403),
        ({"isAuthorized": "yes"}, SIMPLE, 500),
        ("yes", SIMPLE, 500),
        ({}, {}, 500),
        (policy("Allow"), {}, 200),
        (policy("Deny"), {}, 403),
        (policy("Allow", "arn:aws:execute-api:*:*:*/$default/GET/pets/*"), {}, 200),
        (policy("Allow", "arn:aws:execute-api:*:*:*/$default/GET/[pets]/*"), {}, 403),
        ({"policyDocument": {"Statement": {"Effect": "Allow"}}}, {}, 403),
        (
            {
                "policyDocument": {
                    "Statement": [
                        {"Effect": "Allow", "Action": ["*"], "Resource": ["*"]},
                        {"Effect": "Deny", "Action": "execute-api:*", "Resource": ["*/cats/*"]},
                    ]
                }
            },
            {},
            200,
        ),
    ],
    ids=[
        "no", "text", "no-object", "no-policy", "allow", "deny", "pattern", "brackets",
        "no-action", "two",
    ],
)  # fmt: skip
def test_the_response_of_an_authorizer_decides(
    *,
    local: LocalGateway,
    client: Client,
    api_id: str,
    answer: JSON,
    members: dict[str, Any],
    status: int,
) -> None:
    asking(local, client, api_id, answer, **members)

    assert ask(local, "/pets/7", "me").status == status


def test_an_authorizer_in_format_1_gets_the_identity_sources_joined(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    answer = policy("Allow") | {"context": {"color": "red", "n": 1}}
    events = asking(
        local, client, api_id, answer, AuthorizerPayloadFormatVersion="1.0",
        IdentitySource=["$request.header.Authorization", "$context.stage"],
    )  # fmt: skip

    assert ask(local, "/pets/7", "me").status == 200
    (asked,) = events
    assert asked["version"] == "1.0"
    assert asked["identitySource"] == asked["authorizationToken"] == "me,$default"
    assert asked["methodArn"].endswith("/$default/GET/pets/7")
    assert asked["resource"] == "/pets/{id}"


def test_a_request_without_an_identity_source_is_unauthorized(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    events = asking(local, client, api_id, {"isAuthorized": True}, **SIMPLE)

    answer = ask(local, "/pets/7", None)

    assert (answer.status, answer.json()) == (401, {"message": "Unauthorized"})
    assert "www-authenticate" not in answer.headers
    assert events == []


def test_an_authorizer_without_a_function_is_an_internal_server_error(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    route(
        client, api_id, "GET /", AuthorizationType="CUSTOM",
        AuthorizerId=lambda_authorizer(client, api_id),
    )  # fmt: skip

    assert ask(local, "/", "me").status == 500


def test_responses_are_cached_by_identity_until_they_expire(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    events = asking(
        local, client, api_id, {"isAuthorized": True}, AuthorizerResultTtlInSeconds=60, **SIMPLE
    )

    def asked(who: str) -> int:
        assert ask(local, "/pets/7", who).status == 200
        return len(events)

    assert [asked("me"), asked("me"), asked("you"), asked("me")] == [1, 1, 2, 2]
    local.clock.advance(40)
    assert asked("me") == 2
    local.clock.advance(21)  # a request does not extend the lifetime of the response
    assert asked("me") == 3
    client.reset_authorizers_cache(ApiId=api_id, StageName="$default")
    assert asked("me") == 4


def test_responses_are_not_cached_without_an_identity_source(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    events = asking(local, client, api_id, {"isAuthorized": True}, IdentitySource=[], **SIMPLE)

    for _ in range(2):
        assert ask(local, "/pets/7", None).status == 200

    assert len(events) == 2
    assert events[0]["identitySource"] is None


def test_a_full_cache_evicts_the_oldest_response(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    events = asking(
        local, client, api_id, {"isAuthorized": True}, AuthorizerResultTtlInSeconds=3_600, **SIMPLE
    )
    for number in range(1_001):
        assert ask(local, "/pets/7", f"user {number}").status == 200

    assert ask(local, "/pets/7", "user 1").status == 200
    assert len(events) == 1_001
    assert ask(local, "/pets/7", "user 0").status == 200
    assert len(events) == 1_002


def test_a_renewed_response_is_not_the_oldest(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    events = asking(
        local, client, api_id, {"isAuthorized": True}, AuthorizerResultTtlInSeconds=60, **SIMPLE
    )
    for number in range(1_000):
        ask(local, "/pets/7", f"user {number}")
    local.clock.advance(61)
    for name in ("user 0", "somebody"):
        ask(local, "/pets/7", name)

    assert len(events) == 1_002
    assert ask(local, "/pets/7", "user 0").status == 200
    assert len(events) == 1_002


def test_a_cached_policy_is_evaluated_for_each_request(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    events = asking(
        local, client, api_id, policy("Allow", "*/GET/pets/7"), AuthorizerResultTtlInSeconds=60
    )

    assert [ask(local, f"/pets/{number}", "me").status for number in (7, 8)] == [200, 403]
    assert len(events) == 1


def test_the_route_key_as_identity_source_makes_the_cache_per_route(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    """Developer guide, "Control access to HTTP APIs with AWS Lambda authorizers"."""
    events = asking(
        local, client, api_id, {"isAuthorized": True}, AuthorizerResultTtlInSeconds=60,
        IdentitySource=["$request.header.Authorization", "$context.routeKey"], **SIMPLE,
    )  # fmt: skip
    (authorizer,) = client.get_authorizers(ApiId=api_id)["Items"]
    route(
        client, api_id, "GET /cats", AuthorizationType="CUSTOM",
        AuthorizerId=authorizer["AuthorizerId"],
        Target=f"integrations/{lambda_integration(client, api_id)}",
    )  # fmt: skip
    local.clock.advance(1)

    assert [ask(local, path, "me").status for path in ("/pets/7", "/pets/8", "/cats")] == [200] * 3
    assert [event["routeKey"] for event in events] == ["GET /pets/{id}", "GET /cats"]


def test_the_context_of_an_authorizer_is_in_events_in_format_1(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    """In a public capture (8835160202), claims and scopes are null."""
    asking(local, client, api_id, policy("Allow") | {"context": {"color": "red", "n": 1}})
    (integration,) = client.get_integrations(ApiId=api_id)["Items"]
    client.update_integration(
        ApiId=api_id, IntegrationId=integration["IntegrationId"], PayloadFormatVersion="1.0",
        RequestParameters={"append:header.n": "$context.authorizer.n"},
    )  # fmt: skip
    local.add_function("pets", lambda event, _: {"statusCode": 200, "body": json.dumps(event)})
    local.clock.advance(1)

    event = ask(local, "/pets/7", "me").json()

    assert event["requestContext"]["authorizer"] == {
        "claims": None, "scopes": None, "principalId": "me", "color": "red", "n": 1,
    }  # fmt: skip
    assert event["headers"]["n"] == "1"


def test_a_deeply_nested_context_gets_a_response(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    context: dict[str, Any] = {}
    asking(local, client, api_id, {"isAuthorized": True, "context": context}, **SIMPLE)

    def status(depth: int) -> int:
        context["a"] = nested(depth)
        return ask(local, "/pets/7", "me").status

    assert {status(depth) for depth in range(20, 1_000, 20)} == {200, 500}


@pytest.mark.parametrize(
    ("version", "members"),
    [
        (
            "2.0",
            {
                "version", "type", "routeArn", "identitySource", "routeKey", "rawPath",
                "rawQueryString", "cookies", "headers", "queryStringParameters", "requestContext",
                "pathParameters", "stageVariables",
            },
        ),
        (
            "1.0",
            {
                "version", "type", "methodArn", "identitySource", "authorizationToken", "resource",
                "path", "httpMethod", "headers", "queryStringParameters", "pathParameters",
                "stageVariables", "requestContext", "multiValueHeaders",
                "multiValueQueryStringParameters",
            },
        ),
    ],
)  # fmt: skip
def test_the_event_of_an_authorizer_has_every_member(
    local: LocalGateway, client: Client, api_id: str, version: str, members: set[str]
) -> None:
    """Those of aws/aws-lambda-go, `apigw-v2-custom-authorizer-v{1,2}-request.json`."""
    events = asking(local, client, api_id, policy("Allow"), AuthorizerPayloadFormatVersion=version)
    client.update_stage(ApiId=api_id, StageName="$default", StageVariables={"a": "b"})
    local.clock.advance(1)

    headers = {"authorization": "me", "cookie": "a=b"}
    assert local.invoke("GET", "/pets/7?c=d", headers=headers).status == 200

    assert events[0].keys() == members
    assert "authorizer" not in events[0]["requestContext"]
