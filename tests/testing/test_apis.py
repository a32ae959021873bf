"""APIs: creation, quick create, CORS, deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apigw2.testing import LocalGateway
from tests.testing.support import CERTIFICATE, LAMBDA, http_api, refused, route, websocket_api

if TYPE_CHECKING:
    from tests.testing.support import Client


def test_an_http_api_has_the_defaults_of_the_service(client: Client) -> None:
    api = client.create_api(Name="pets", ProtocolType="HTTP")

    assert api["ApiEndpoint"] == f"https://{api['ApiId']}.execute-api.us-east-1.amazonaws.com"
    assert api["ApiKeySelectionExpression"] == "$request.header.x-api-key"
    assert api["DisableExecuteApiEndpoint"] is False
    assert api["IpAddressType"] == "ipv4"
    assert api["RouteSelectionExpression"] == "$request.method $request.path"
    assert api["Tags"] == {}


def test_a_websocket_api(client: Client) -> None:
    api = client.get_api(ApiId=websocket_api(client))

    assert api["ApiEndpoint"].startswith("wss://")
    assert api["RouteSelectionExpression"] == "$request.body.action"
    with refused("BadRequest", "RouteSelectionExpression is required"):
        client.create_api(Name="chat", ProtocolType="WEBSOCKET")


@pytest.mark.parametrize(
    "members",
    [
        {"CorsConfiguration": {}},
        {"Target": LAMBDA},
        {"RouteKey": "$connect", "Target": LAMBDA},
        {"CredentialsArn": "arn:aws:iam::123456789012:role/r", "Target": LAMBDA},
    ],
    ids=lambda members: next(iter(members)),
)
def test_what_only_http_apis_have(client: Client, members: dict[str, object]) -> None:
    with refused("BadRequest", "supported only for HTTP APIs"):
        client.create_api(
            Name="chat", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.a",
            **members,
        )  # fmt: skip


def test_what_only_websocket_apis_have(client: Client) -> None:
    with refused("BadRequest", "supported only for WEBSOCKET APIs"):
        http_api(client, DisableSchemaValidation=True)
    assert http_api(client, DisableSchemaValidation=False)


def test_the_route_selection_of_an_http_api_is_fixed(client: Client) -> None:
    assert http_api(client, RouteSelectionExpression="${request.method} ${request.path}")
    with refused("BadRequest", "routeSelectionExpression"):
        http_api(client, RouteSelectionExpression="$request.body.action")


def test_credentials_cannot_be_allowed_to_everyone(client: Client) -> None:
    with refused("BadRequest", "allowCredentials"):
        http_api(client, CorsConfiguration={"AllowCredentials": True, "AllowOrigins": ["*"]})


def test_an_empty_cors_configuration_is_one(client: Client) -> None:
    api_id = http_api(client, CorsConfiguration={})

    assert client.get_api(ApiId=api_id)["CorsConfiguration"] == {}
    client.delete_cors_configuration(ApiId=api_id)
    assert "CorsConfiguration" not in client.get_api(ApiId=api_id)


def test_quick_create_of_a_function(client: Client) -> None:
    role = "arn:aws:iam::123456789012:role/r"
    api_id = http_api(client, Target=LAMBDA, CredentialsArn=role)

    (integration,) = client.get_integrations(ApiId=api_id)["Items"]
    (the_route,) = client.get_routes(ApiId=api_id)["Items"]
    (stage,) = client.get_stages(ApiId=api_id)["Items"]

    assert integration["ApiGatewayManaged"] is True
    assert integration["IntegrationType"] == "AWS_PROXY"
    assert integration["IntegrationUri"] == LAMBDA
    assert integration["PayloadFormatVersion"] == "2.0"
    assert integration["CredentialsArn"] == role
    assert the_route["ApiGatewayManaged"] is True
    assert the_route["RouteKey"] == "$default"
    assert the_route["Target"] == f"integrations/{integration['IntegrationId']}"
    assert stage["ApiGatewayManaged"] is True
    assert stage["AutoDeploy"] is True
    assert stage["StageName"] == "$default"
    assert stage["DeploymentId"]


def test_quick_create_of_a_url(client: Client) -> None:
    api_id = http_api(client, Target="https://pets.example.com", RouteKey="GET /pets")

    (integration,) = client.get_integrations(ApiId=api_id)["Items"]
    (the_route,) = client.get_routes(ApiId=api_id)["Items"]

    assert integration["IntegrationType"] == "HTTP_PROXY"
    assert integration["IntegrationMethod"] == "ANY"
    assert the_route["RouteKey"] == "GET /pets"


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"Target": "pets.example.com"}, "neither a function's ARN nor a URL"),
        ({"RouteKey": "GET /pets"}, "needs a target"),
        ({"CredentialsArn": "arn:aws:iam::123456789012:role/r"}, "needs a target"),
        ({"Target": LAMBDA, "RouteKey": "pets"}, "not formatted properly"),
    ],
    ids=["target", "key-alone", "credentials-alone", "key"],
)
def test_quick_create_of_something_wrong_makes_nothing(
    client: Client, members: dict[str, str], problem: str
) -> None:
    with refused("BadRequest", problem):
        http_api(client, **members)
    assert client.get_apis()["Items"] == []


def test_what_quick_create_made_is_protected(client: Client) -> None:
    api_id = http_api(client, Target=LAMBDA)
    (integration,) = client.get_integrations(ApiId=api_id)["Items"]
    (the_route,) = client.get_routes(ApiId=api_id)["Items"]

    with refused("BadRequest", "cannot be deleted"):
        client.delete_integration(ApiId=api_id, IntegrationId=integration["IntegrationId"])
    with refused("BadRequest", "managed by API Gateway"):
        client.update_stage(ApiId=api_id, StageName="$default", Description="mine")
    with refused("BadRequest", "cannot be modified"):
        client.update_route(ApiId=api_id, RouteId=the_route["RouteId"], RouteKey="GET /pets")
    client.update_integration(
        ApiId=api_id, IntegrationId=integration["IntegrationId"], TimeoutInMillis=100
    )
    client.update_route(ApiId=api_id, RouteId=the_route["RouteId"], OperationName="all")


def test_update_api_changes_what_quick_create_made(client: Client) -> None:
    api_id = http_api(client, Target=LAMBDA)

    client.update_api(ApiId=api_id, Target="https://pets.example.com", RouteKey="GET /pets")
    client.update_api(ApiId=api_id, CredentialsArn="arn:aws:iam::123456789012:role/r")

    (integration,) = client.get_integrations(ApiId=api_id)["Items"]
    (the_route,) = client.get_routes(ApiId=api_id)["Items"]
    assert integration["IntegrationType"] == "HTTP_PROXY"
    assert integration["IntegrationUri"] == "https://pets.example.com"
    assert integration["CredentialsArn"] == "arn:aws:iam::123456789012:role/r"
    assert the_route["RouteKey"] == "GET /pets"


def test_update_api_has_nothing_to_change_without_quick_create(client: Client) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /pets")

    with refused("BadRequest", "not made by quick create"):
        client.update_api(ApiId=api_id, RouteKey="GET /cats")


def test_an_api_with_mappings_is_not_deleted(client: Client) -> None:
    api_id = http_api(client, Target=LAMBDA)
    other = http_api(client, Target=LAMBDA)
    configuration = {"CertificateArn": CERTIFICATE}
    client.create_domain_name(DomainName="a.example.com", DomainNameConfigurations=[configuration])
    client.create_api_mapping(DomainName="a.example.com", ApiId=api_id, Stage="$default")

    client.delete_api(ApiId=other)
    with refused("BadRequest", "Please remove all API mappings"):
        client.delete_api(ApiId=api_id)


def test_deleting_an_api_deletes_all_beneath_it(client: Client) -> None:
    api_id = http_api(client, Target=LAMBDA)

    client.delete_api(ApiId=api_id)

    with refused("NotFound", "Invalid API identifier"):
        client.get_routes(ApiId=api_id)


def test_quotas_can_be_raised_and_lowered() -> None:
    client: Client = LocalGateway(quotas={"routes": 2}).client()
    api_id = http_api(client)
    route(client, api_id, "GET /1")
    route(client, api_id, "GET /2")

    with pytest.raises(client.exceptions.ConflictException) as caught:
        route(client, api_id, "GET /3")

    assert "Maximum number of Routes" in str(caught.value)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
    with pytest.raises(ValueError, match="colors"):
        LocalGateway(quotas={"colors": 1})


def test_the_quota_of_routes_is_300(client: Client) -> None:
    api_id = http_api(client)
    for number in range(300):
        route(client, api_id, f"GET /{number}")

    with refused("Conflict", "Maximum number of Routes"):
        route(client, api_id, "GET /300")
