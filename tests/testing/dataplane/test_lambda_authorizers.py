"""Lambda authorizers are asked, and their answers obeyed and cached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.testing.dataplane.support import ask
from tests.testing.support import JSON, lambda_authorizer, lambda_integration, route

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.testing.support import Client


def asking(
    local: LocalGateway, client: Client, api_id: str, answer: JSON, **members: JSON
) -> list[Any]:
    """Guard `GET /pets/{id}` by a function that gives an answer; the events that it gets."""
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


def test_a_simple_answer(local: LocalGateway, client: Client, api_id: str) -> None:
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
def test_answers_of_an_authorizer(
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


def test_an_authorizer_in_format_1(local: LocalGateway, client: Client, api_id: str) -> None:
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


def test_an_identity_source_that_is_missing(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    events = asking(local, client, api_id, {"isAuthorized": True}, **SIMPLE)

    answer = ask(local, "/pets/7", None)

    assert (answer.status, answer.json()) == (401, {"message": "Unauthorized"})
    assert "www-authenticate" not in answer.headers
    assert events == []


def test_an_authorizer_that_nobody_gave(local: LocalGateway, client: Client, api_id: str) -> None:
    route(
        client, api_id, "GET /", AuthorizationType="CUSTOM",
        AuthorizerId=lambda_authorizer(client, api_id),
    )  # fmt: skip

    assert ask(local, "/", "me").status == 500


def test_answers_are_cached(local: LocalGateway, client: Client, api_id: str) -> None:
    events = asking(
        local, client, api_id, {"isAuthorized": True}, AuthorizerResultTtlInSeconds=60, **SIMPLE
    )

    def asked(who: str) -> int:
        assert ask(local, "/pets/7", who).status == 200
        return len(events)

    assert [asked("me"), asked("me"), asked("you"), asked("me")] == [1, 1, 2, 2]
    local.clock.advance(61)
    assert asked("me") == 3
    client.reset_authorizers_cache(ApiId=api_id, StageName="$default")
    assert asked("me") == 4


def test_answers_are_not_cached_without_an_identity(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    events = asking(
        local, client, api_id, {"isAuthorized": True}, AuthorizerResultTtlInSeconds=60,
        IdentitySource=[], **SIMPLE,
    )  # fmt: skip

    for _ in range(2):
        assert ask(local, "/pets/7", None).status == 200

    assert len(events) == 2
    assert events[0]["identitySource"] is None
