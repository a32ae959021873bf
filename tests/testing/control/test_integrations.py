"""Integrations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.local_gateway import (
    LAMBDA,
    http_api,
    lambda_integration,
    refused,
    route,
    url_integration,
    websocket_api,
)

if TYPE_CHECKING:
    from tests.support.local_gateway import Client


INVOCATION = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{LAMBDA}/invocations"


BY_STATUS = "${integration.response.statuscode}"


BY_MESSAGE = "${integration.response.body.errorMessage}"


SQS = {
    "IntegrationSubtype": "SQS-SendMessage",
    "CredentialsArn": "arn:aws:iam::123456789012:role/r",
    "PayloadFormatVersion": "1.0",
    "IntegrationUri": None,
    "RequestParameters": {"QueueUrl": "https://q.example.com", "MessageBody": "$request.body"},
}


def test_an_http_integration_has_the_defaults_of_the_service(client: Client) -> None:
    api_id = http_api(client)

    function = client.get_integration(
        ApiId=api_id, IntegrationId=lambda_integration(client, api_id)
    )

    assert function["ConnectionType"] == "INTERNET"
    assert function["IntegrationMethod"] == "POST"
    assert function["TimeoutInMillis"] == 30000
    assert "IntegrationResponseSelectionExpression" not in function


@pytest.mark.parametrize(
    ("kind", "uri", "method", "selection"),
    [
        ("MOCK", None, None, BY_STATUS),
        ("HTTP", "http://example.com/", None, BY_STATUS),
        ("HTTP_PROXY", "http://example.com/", None, None),
        ("AWS", INVOCATION, "POST", BY_MESSAGE),
        ("AWS", "arn:aws:apigateway:us-east-1:sqs:action/SendMessage", None, BY_STATUS),
        ("AWS_PROXY", INVOCATION, "POST", BY_MESSAGE),
        ("AWS_PROXY", LAMBDA, "POST", BY_MESSAGE),
    ],
    ids=["mock", "http", "http-proxy", "lambda", "service", "lambda-proxy", "function-arn"],
)
def test_a_websocket_integration_has_the_defaults_of_the_service(
    client: Client, kind: str, uri: str | None, method: str | None, selection: str | None
) -> None:
    given = {} if uri is None else {"IntegrationUri": uri}

    made = client.create_integration(ApiId=websocket_api(client), IntegrationType=kind, **given)

    assert made["ConnectionType"] == "INTERNET"
    assert made["PassthroughBehavior"] == "WHEN_NO_MATCH"
    assert made["PayloadFormatVersion"] == "1.0"
    assert made["TimeoutInMillis"] == 29000
    assert made.get("IntegrationMethod") == method
    assert made.get("IntegrationResponseSelectionExpression") == selection


def test_the_response_selection_expression_follows_the_integration_type(client: Client) -> None:
    api_id = websocket_api(client)
    made = client.create_integration(ApiId=api_id, IntegrationType="MOCK")

    changed = client.update_integration(
        ApiId=api_id, IntegrationId=made["IntegrationId"], IntegrationType="HTTP_PROXY",
        IntegrationUri="http://example.com/",
    )  # fmt: skip

    assert "IntegrationResponseSelectionExpression" not in changed


@pytest.mark.parametrize(
    "members",
    [
        {"ContentHandlingStrategy": "CONVERT_TO_TEXT"},
        {"PassthroughBehavior": "WHEN_NO_MATCH"},
        {"RequestTemplates": {"application/json": "{}"}},
        {"TemplateSelectionExpression": "$request.body.a"},
        {"TlsConfig": {"ServerNameToVerify": "a.example.com"}},
    ],
    ids=lambda members: next(iter(members)),
)
def test_a_public_http_integration_drops_unsupported_members(
    client: Client, members: dict[str, Any]
) -> None:
    api_id = http_api(client)
    names = {"ApiId": api_id, "IntegrationId": lambda_integration(client, api_id, **members)}

    assert not members.keys() & client.get_integration(**names).keys()
    assert not members.keys() & client.update_integration(**names, **members).keys()


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"IntegrationType": "FOO"}, "enum value set"),
        ({"IntegrationType": "MOCK"}, "may only be associated with proxy integrations"),
        ({"PayloadFormatVersion": None}, "PayloadFormatVersion is a required parameter"),
        ({"PayloadFormatVersion": "3.0"}, "3.0 is not supported"),
        ({"IntegrationType": "HTTP_PROXY"}, "2.0 is not supported"),
        ({"IntegrationUri": None}, "IntegrationUri is required"),
        (
            {"IntegrationType": "HTTP_PROXY", "PayloadFormatVersion": "1.0"},
            "IntegrationMethod is required",
        ),
        (
            {
                "IntegrationType": "HTTP_PROXY",
                "PayloadFormatVersion": "1.0",
                "IntegrationMethod": "GET",
            },
            "valid http or https URL",
        ),
        ({"IntegrationUri": "http://example.com/"}, "Invalid integration URI specified"),
        ({**SQS, "IntegrationSubtype": "SQS-Shout"}, "SQS-Shout is not supported"),
        ({**SQS, "CredentialsArn": None}, "CredentialsArn is required"),
        (
            {**SQS, "RequestParameters": {"QueueUrl": "https://q.example.com"}},
            "Missing required parameters for SQS-SendMessage: MessageBody",
        ),
        ({**SQS, "PayloadFormatVersion": "2.0"}, "2.0 is not supported"),
        ({"RequestParameters": {"change:header.a": "b"}}, "Invalid mapping expression"),
        ({"RequestParameters": {"append:header.X-Amz-Date": "b"}}, "X-Amz-Date are restricted"),
        ({"ResponseParameters": {"200": {"append:path": "b"}}}, "Invalid mapping expression"),
        (
            {"ConnectionType": "VPC_LINK", "ConnectionId": "nothing"},
            "Invalid VPC link identifier",
        ),
    ],
)
def test_an_invalid_http_integration_is_rejected(
    client: Client, members: dict[str, Any], problem: str
) -> None:
    given = {
        "IntegrationType": "AWS_PROXY",
        "IntegrationUri": "arn:aws:lambda:us-east-1:123456789012:function:pets",
        "PayloadFormatVersion": "2.0",
    } | members

    with refused("BadRequest", problem):
        client.create_integration(
            ApiId=http_api(client), **{k: v for k, v in given.items() if v is not None}
        )


def test_valid_http_integrations_are_accepted(client: Client) -> None:
    api_id = http_api(client)
    link = client.create_vpc_link(Name="v", SubnetIds=["subnet-1"])["VpcLinkId"]
    listener = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/a/b/c"

    service = {k: v for k, v in SQS.items() if v is not None}
    client.create_integration(ApiId=api_id, IntegrationType="AWS_PROXY", **service)
    url_integration(
        client, api_id, listener, ConnectionType="VPC_LINK", ConnectionId=link,
        TlsConfig={"ServerNameToVerify": "pets.example.com"},
    )  # fmt: skip
    mapping: dict[str, Any] = {
        "RequestParameters": {"overwrite:path": "/", "append:querystring.a": "b"},
        "ResponseParameters": {"404": {"overwrite:statuscode": "200", "remove:header.a": "''"}},
    }
    url_integration(client, api_id, "http://${stageVariables.host}/", **mapping)

    queue, private, mapped = client.get_integrations(ApiId=api_id)["Items"]
    assert {name: queue[name] for name in service} == service
    assert (private["IntegrationUri"], private["ConnectionId"]) == (listener, link)
    assert private["TlsConfig"] == {"ServerNameToVerify": "pets.example.com"}
    assert {name: mapped[name] for name in mapping} == mapping


def test_an_invalid_websocket_integration_is_rejected(client: Client) -> None:
    api_id = websocket_api(client)

    with refused("BadRequest", "29000"):
        lambda_integration(client, api_id, PayloadFormatVersion="1.0", TimeoutInMillis=30000)
    with refused("BadRequest", "IntegrationUri is required"):
        client.create_integration(ApiId=api_id, IntegrationType="HTTP")
    with refused("BadRequest", "PayloadFormatVersion should be 1.0"):
        lambda_integration(client, api_id)
    with refused("BadRequest", "Integration URI is not supported for MOCK"):
        client.create_integration(ApiId=api_id, IntegrationType="MOCK", IntegrationUri=LAMBDA)
    with refused("BadRequest", "Invalid VPC link identifier"):
        client.create_integration(
            ApiId=api_id, IntegrationType="HTTP_PROXY", IntegrationUri="http://example.com/",
            ConnectionType="VPC_LINK",
        )  # fmt: skip


def test_a_websocket_integration_can_use_a_vpc_link_of_version_1(client: Client) -> None:
    made = client.create_integration(
        ApiId=websocket_api(client), IntegrationType="HTTP_PROXY",
        IntegrationUri="http://example.com/", ConnectionType="VPC_LINK", ConnectionId="abc123",
    )  # fmt: skip

    assert made["ConnectionId"] == "abc123"


def test_an_update_of_a_service_integration_needs_its_subtype(client: Client) -> None:
    api_id = http_api(client)
    service = {name: value for name, value in SQS.items() if value is not None}
    made = client.create_integration(ApiId=api_id, IntegrationType="AWS_PROXY", **service)
    names = {"ApiId": api_id, "IntegrationId": made["IntegrationId"]}

    with refused("BadRequest", "Invalid integration URI specified"):
        client.update_integration(**names, Description="mine")
    changed = client.update_integration(
        **names, Description="mine", IntegrationSubtype="SQS-SendMessage"
    )
    assert changed["Description"] == "mine"
    function = client.update_integration(**names, IntegrationUri=LAMBDA, RequestParameters={
        "MessageBody": "", "QueueUrl": "",
    })  # fmt: skip
    assert "IntegrationSubtype" not in function


def test_an_integration_in_use_is_not_deleted(client: Client) -> None:
    api_id = http_api(client)
    integration = lambda_integration(client, api_id)
    names = {"ApiId": api_id, "IntegrationId": integration}
    route_id = route(client, api_id, "GET /", Target=f"integrations/{integration}")

    with refused("Conflict", f"referenced by the following Routes with Ids: [{route_id}]"):
        client.delete_integration(**names)
    client.delete_route(ApiId=api_id, RouteId=route_id)
    client.delete_integration(**names)
