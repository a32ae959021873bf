"""APIs: creation, quick create, CORS, deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.local_gateway import CERTIFICATE, LAMBDA, http_api, refused, route, websocket_api

if TYPE_CHECKING:
    from tests.support.local_gateway import Client


def test_an_http_api_has_the_defaults_of_the_service(client: Client) -> None:
    api = client.create_api(Name="pets", ProtocolType="HTTP")

    assert api["ApiEndpoint"] == f"https://{api['ApiId']}.execute-api.us-east-1.amazonaws.com"
    assert api["ApiKeySelectionExpression"] == "$request.header.x-api-key"
    assert api["DisableExecuteApiEndpoint"] is False
    assert api["IpAddressType"] == "ipv4"
    assert api["RouteSelectionExpression"] == "$request.method $request.path"
    assert api["Tags"] == {}


def test_a_websocket_api_needs_a_route_selection_expression(client: Client) -> None:
    api = client.get_api(ApiId=websocket_api(client))

    assert api["ApiEndpoint"].startswith("wss://")
    assert api["RouteSelectionExpression"] == "$request.body.action"
    with refused("BadRequest", "RouteSelectionExpression is required"):
        client.create_api(Name="chat", ProtocolType="WEBSOCKET")


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"CorsConfiguration": {}}, "CORS configuration is only supported for HTTP APIs"),
        ({"Target": LAMBDA}, "Quick create is supported only for HTTP APIs"),
        ({"RouteKey": "$connect", "Target": LAMBDA}, "Quick create is supported only"),
    ],
    ids=["cors", "target", "key"],
)
def test_websocket_apis_have_neither_cors_nor_quick_create(
    client: Client, members: dict[str, object], problem: str
) -> None:
    with refused("BadRequest", problem):
        client.create_api(
            Name="chat", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.a",
            **members,
        )  # fmt: skip
    with refused("BadRequest", problem):
        client.update_api(ApiId=websocket_api(client), **members)


@pytest.mark.parametrize("value", [True, False])
def test_disable_schema_validation_is_accepted_and_not_returned(
    client: Client, *, value: bool
) -> None:
    api = client.create_api(
        Name="chat", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.a",
        DisableSchemaValidation=value,
    )  # fmt: skip

    assert "DisableSchemaValidation" not in api
    updated = client.update_api(ApiId=api["ApiId"], DisableSchemaValidation=value)
    assert "DisableSchemaValidation" not in updated


def test_the_route_selection_of_an_http_api_is_fixed(client: Client) -> None:
    assert http_api(client, RouteSelectionExpression="${request.method} ${request.path}")
    with refused("BadRequest", "routeSelectionExpression"):
        http_api(client, RouteSelectionExpression="$request.body.action")


@pytest.mark.parametrize(
    ("cors", "problem"),
    [
        (
            {"AllowCredentials": True, "AllowOrigins": ["*"]},
            "allow-credentials is not supported if 'allow-origin' is *",
        ),
        ({"AllowMethods": ["any"]}, "Method ANY is not supported"),
    ],
    ids=["credentials-for-all", "any-method"],
)
def test_an_invalid_cors_configuration_is_rejected(
    client: Client, cors: dict[str, Any], problem: str
) -> None:
    with refused("BadRequest", problem):
        http_api(client, CorsConfiguration=cors)
    with refused("BadRequest", problem):
        client.update_api(ApiId=http_api(client), CorsConfiguration=cors)


def test_credentials_are_allowed_with_any_method_and_header(client: Client) -> None:
    cors = {"AllowCredentials": True, "AllowHeaders": ["*"], "AllowMethods": ["*"]}

    assert http_api(client, CorsConfiguration={**cors, "AllowOrigins": ["https://example.com"]})


def test_a_cors_configuration_is_stored_normalized_and_with_every_list(client: Client) -> None:
    given = {"AllowHeaders": ["Content-Type"], "AllowMethods": ["GET", "put"], "MaxAge": 5}

    api = client.get_api(ApiId=http_api(client, CorsConfiguration=given))

    assert api["CorsConfiguration"] == {
        "AllowHeaders": ["content-type"],
        "AllowMethods": ["GET", "PUT"],
        "AllowOrigins": [],
        "ExposeHeaders": [],
        "MaxAge": 5,
    }


def test_an_empty_cors_configuration_exists_until_it_is_deleted(client: Client) -> None:
    api_id = http_api(client, CorsConfiguration={})

    assert client.get_api(ApiId=api_id)["CorsConfiguration"]["AllowOrigins"] == []
    client.delete_cors_configuration(ApiId=api_id)
    assert "CorsConfiguration" not in client.get_api(ApiId=api_id)


def test_quick_create_with_a_function_creates_integration_route_and_stage(client: Client) -> None:
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


def test_quick_create_with_a_url_creates_an_http_proxy_integration(client: Client) -> None:
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
def test_an_invalid_quick_create_creates_nothing(
    client: Client, members: dict[str, str], problem: str
) -> None:
    with refused("BadRequest", problem):
        http_api(client, **members)
    assert client.get_apis()["Items"] == []


def test_the_resources_of_quick_create_are_protected(client: Client) -> None:
    api_id = http_api(client, Target=LAMBDA)
    (integration,) = client.get_integrations(ApiId=api_id)["Items"]
    (the_route,) = client.get_routes(ApiId=api_id)["Items"]

    with refused("BadRequest", "cannot be deleted"):
        client.delete_integration(ApiId=api_id, IntegrationId=integration["IntegrationId"])
    with refused("BadRequest", "cannot be modified"):
        client.update_route(ApiId=api_id, RouteId=the_route["RouteId"], RouteKey="GET /pets")
    client.update_integration(
        ApiId=api_id, IntegrationId=integration["IntegrationId"], TimeoutInMillis=100
    )
    client.update_route(ApiId=api_id, RouteId=the_route["RouteId"], OperationName="all")
    # As with AWS::ApiGatewayV2::ApiGatewayManagedOverrides in CloudFormation.
    stage = client.update_stage(
        ApiId=api_id, StageName="$default", Description="mine",
        DefaultRouteSettings={"ThrottlingBurstLimit": 5},
    )  # fmt: skip
    assert stage["Description"] == "mine"


def test_update_api_changes_the_resources_of_quick_create(client: Client) -> None:
    api_id = http_api(client, Target=LAMBDA)

    client.update_api(ApiId=api_id, Target="https://pets.example.com", RouteKey="GET /pets")
    client.update_api(ApiId=api_id, CredentialsArn="arn:aws:iam::123456789012:role/r")

    (integration,) = client.get_integrations(ApiId=api_id)["Items"]
    (the_route,) = client.get_routes(ApiId=api_id)["Items"]
    assert integration["IntegrationType"] == "HTTP_PROXY"
    assert integration["IntegrationUri"] == "https://pets.example.com"
    assert integration["CredentialsArn"] == "arn:aws:iam::123456789012:role/r"
    assert the_route["RouteKey"] == "GET /pets"


def test_update_api_rejects_a_target_or_key_without_quick_create(client: Client) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /pets")

    for members in (
        {"RouteKey": "GET /cats"},
        {"Target": LAMBDA},
        {"CredentialsArn": "arn:aws:iam::123456789012:role/r"},
    ):
        with refused("BadRequest", "not made by quick create"):
            client.update_api(ApiId=api_id, Name="cats", **members)
    assert client.get_api(ApiId=api_id)["Name"] == "pets"


def test_update_api_rejects_a_route_key_that_conflicts(client: Client) -> None:
    api_id = http_api(client, Target=LAMBDA)
    route(client, api_id, "GET /pets/{id}")

    with refused("Conflict", "already exists"):
        client.update_api(ApiId=api_id, RouteKey="GET /pets/{id}")
    with refused("Conflict", "conflicting variable"):
        client.update_api(ApiId=api_id, RouteKey="GET /pets/{name}")


def test_an_api_with_mappings_is_not_deleted(client: Client) -> None:
    api_id = http_api(client, Target=LAMBDA)
    other = http_api(client, Target=LAMBDA)
    configuration = {"CertificateArn": CERTIFICATE}
    client.create_domain_name(DomainName="a.example.com", DomainNameConfigurations=[configuration])
    client.create_api_mapping(DomainName="a.example.com", ApiId=api_id, Stage="$default")

    client.delete_api(ApiId=other)
    with refused("BadRequest", "Please remove all API mappings"):
        client.delete_api(ApiId=api_id)


def test_deleting_an_api_deletes_its_routes(client: Client) -> None:
    api_id = http_api(client, Target=LAMBDA)

    client.delete_api(ApiId=api_id)

    with refused("NotFound", "Invalid API identifier"):
        client.get_routes(ApiId=api_id)
