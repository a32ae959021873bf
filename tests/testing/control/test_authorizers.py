"""Authorizers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from apigw2.testing import Delays, LocalGateway
from tests.support.local_gateway import (
    http_api,
    jwt_authorizer,
    refused,
    route,
    websocket_api,
)

if TYPE_CHECKING:
    from tests.support.local_gateway import Client


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"IdentitySource": ["route.request.header.A"]}, "Invalid identity source"),
        ({"IdentitySource": []}, "needs one identity source"),
        ({"IdentitySource": ["$context.stage"]}, "needs one identity source"),
        ({"JwtConfiguration": {"Audience": ["a"], "Issuer": "issuer"}}, "must be a full URL"),
        ({"JwtConfiguration": {"Issuer": "https://i.example.com"}}, "at least 1 item"),
        ({"EnableSimpleResponses": False}, "not supported for JWT authorizers"),
    ],
)
def test_an_invalid_jwt_authorizer_is_rejected(
    client: Client, members: dict[str, Any], problem: str
) -> None:
    with refused("BadRequest", problem):
        jwt_authorizer(client, http_api(client), **members)


def test_a_jwt_authorizer_accepts_and_drops_empty_strings(client: Client) -> None:
    api_id = http_api(client)
    made = jwt_authorizer(client, api_id, AuthorizerCredentialsArn="")
    names = {"ApiId": api_id, "AuthorizerId": made}
    empty = {"AuthorizerCredentialsArn": "", "AuthorizerUri": ""}

    assert "AuthorizerCredentialsArn" not in client.get_authorizer(**names)
    assert not empty.keys() & client.update_authorizer(**names, **empty).keys()


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"JwtConfiguration": {}}, "only for JWT authorizers"),
        ({"AuthorizerUri": None}, "AuthorizerUri is required"),
        ({"AuthorizerPayloadFormatVersion": None}, "FormatVersion is a required parameter"),
        (
            {"AuthorizerPayloadFormatVersion": "1.0", "EnableSimpleResponses": True},
            "EnableSimpleResponses needs",
        ),
        ({"AuthorizerResultTtlInSeconds": 3601}, "less than or equal to 3600"),
        ({"AuthorizerResultTtlInSeconds": 1}, "needs at least one identity source"),
    ],
)
def test_an_invalid_lambda_authorizer_is_rejected(
    client: Client, members: dict[str, Any], problem: str
) -> None:
    given: dict[str, Any] = {
        "Name": "a",
        "AuthorizerType": "REQUEST",
        "AuthorizerUri": "arn:aws:lambda:us-east-1:123456789012:function:f",
        "AuthorizerPayloadFormatVersion": "2.0",
        "IdentitySource": [],
        **members,
    }

    with refused("BadRequest", problem):
        client.create_authorizer(
            ApiId=http_api(client), **{k: v for k, v in given.items() if v is not None}
        )


def test_websocket_apis_accept_only_request_authorizers(client: Client) -> None:
    api_id = websocket_api(client)
    uri = "arn:aws:lambda:us-east-1:123456789012:function:f"
    given = {"ApiId": api_id, "AuthorizerType": "REQUEST", "AuthorizerUri": uri}

    client.create_authorizer(Name="a", IdentitySource=["route.request.header.A"], **given)
    with refused("BadRequest", "EnableSimpleResponses needs"):
        client.create_authorizer(Name="b", IdentitySource=[], EnableSimpleResponses=True, **given)
    with refused("BadRequest", "only for HTTP APIs"):
        client.create_authorizer(
            ApiId=api_id, Name="c", AuthorizerType="JWT", IdentitySource=[], JwtConfiguration={}
        )


def test_the_name_of_an_authorizer_is_unique(client: Client) -> None:
    api_id = http_api(client)
    authorizer = jwt_authorizer(client, api_id)

    with refused("BadRequest", "Authorizer name must be unique. Authorizer tokens already exists"):
        jwt_authorizer(client, api_id)
    client.update_authorizer(ApiId=api_id, AuthorizerId=authorizer, Name="tokens")


def test_an_authorizer_has_at_most_fifty_audiences(client: Client) -> None:
    configuration = {"Audience": [str(n) for n in range(51)], "Issuer": "https://i.example.com"}

    with refused("Conflict", "Maximum number of audiences"):
        jwt_authorizer(client, http_api(client), JwtConfiguration=configuration)


def test_an_authorizer_in_use_is_not_deleted(client: Client) -> None:
    api_id = http_api(client)
    authorizer = jwt_authorizer(client, api_id)
    names = {"ApiId": api_id, "AuthorizerId": authorizer}
    route(client, api_id, "GET /other")
    route_id = route(client, api_id, "GET /pets", AuthorizationType="JWT", AuthorizerId=authorizer)

    with refused("Conflict", "Cannot delete authorizer 'tokens', is referenced in route: GET /p"):
        client.delete_authorizer(**names)
    client.update_route(ApiId=api_id, RouteId=route_id, AuthorizationType="NONE", AuthorizerId="")
    client.delete_authorizer(**names)


def test_an_authorizer_stays_in_use_for_a_while_after_its_last_route() -> None:
    local = LocalGateway(delays=Delays(authorizer_release=60))
    client: Client = local.client()
    api_id = http_api(client)
    names = {"ApiId": api_id, "AuthorizerId": jwt_authorizer(client, api_id)}
    given = {"AuthorizationType": "JWT", "AuthorizerId": names["AuthorizerId"]}
    deleted = route(client, api_id, "GET /pets", **given)
    freed = route(client, api_id, "GET /cats", **given)

    client.update_route(ApiId=api_id, RouteId=freed, AuthorizationType="NONE", AuthorizerId="")
    client.delete_route(ApiId=api_id, RouteId=deleted)
    with refused("Conflict", "Cannot delete authorizer 'tokens', is referenced in route: GET /p"):
        client.delete_authorizer(**names)
    local.clock.advance(60)
    client.delete_authorizer(**names)
