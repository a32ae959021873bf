"""Conversion of APIs to OpenAPI documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.local_gateway import (
    http_api,
    jwt_authorizer,
    lambda_authorizer,
    lambda_integration,
    route,
    url_integration,
)
from tests.testing.openapi.support import configuration, export

if TYPE_CHECKING:
    from tests.support.local_gateway import Client


DOCUMENTS = sorted(Path(__file__).with_name("documents").glob("*.[jy]*"))


@pytest.mark.parametrize("output_type", ["JSON", "YAML"])
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_real_document_survives_import_export_and_import(
    client: Client, path: Path, output_type: str
) -> None:
    first = client.import_api(Body=path.read_text())["ApiId"]
    second = client.import_api(Body=export(client, first, output_type))

    assert configuration(client, second["ApiId"]) == configuration(client, first)
    assert "Warnings" not in second
    assert client.get_routes(ApiId=first)["Items"]


def test_an_api_with_every_feature_survives_export_and_import(client: Client) -> None:
    api_id = http_api(
        client,
        CorsConfiguration={
            "AllowCredentials": True,
            "AllowHeaders": ["a"],
            "AllowMethods": ["GET"],
            "AllowOrigins": ["https://example.com"],
            "ExposeHeaders": ["b"],
            "MaxAge": 60,
        },
        Description="All of it",
        DisableExecuteApiEndpoint=True,
        IpAddressType="dualstack",
        Tags={"color": "red", "empty": "-"},
        Version="7",
    )
    tokens = jwt_authorizer(client, api_id)
    asker = lambda_authorizer(
        client, api_id, AuthorizerCredentialsArn="arn:aws:iam::123456789012:role/r",
        AuthorizerResultTtlInSeconds=60, EnableSimpleResponses=True,
        IdentitySource=["$request.header.A", "$context.routeKey"],
    )  # fmt: skip
    lambda_authorizer(client, api_id, Name="unused", IdentitySource=[])
    shared = f"integrations/{lambda_integration(client, api_id, Description='shared')}"
    url = url_integration(
        client, api_id, "https://pets.example.com/{id}", TimeoutInMillis=500,
        RequestParameters={"append:header.a": "$request.path.id"},
        ResponseParameters={"404": {"overwrite:statuscode": "200"}},
        TlsConfig={"ServerNameToVerify": "pets.example.com"},
    )  # fmt: skip
    url_integration(client, api_id, "https://unused.example.com")
    route(client, api_id, "$default", Target=shared)
    route(client, api_id, "ANY /pets", Target=shared, AuthorizationType="AWS_IAM")
    route(
        client, api_id, "GET /pets/{id}", Target=f"integrations/{url}", OperationName="getPet",
        AuthorizationType="JWT", AuthorizerId=tokens, AuthorizationScopes=["a", "b"],
    )  # fmt: skip
    route(client, api_id, "PUT /pets/{proxy+}", AuthorizationType="CUSTOM", AuthorizerId=asker)

    again = client.import_api(Body=export(client, api_id))

    assert configuration(client, again["ApiId"]) == configuration(client, api_id)
    assert "Warnings" not in again
    written = json.loads(export(client, api_id))
    assert written["x-amazon-apigateway-importexport-version"] == "1.0"
    (parameter,) = written["paths"]["/pets/{proxy+}"]["parameters"]
    assert (parameter["name"], parameter["in"]) == ("proxy+", "path")


def test_tls_settings_of_a_private_integration_are_exported_and_imported(client: Client) -> None:
    api_id = http_api(client)
    link = client.create_vpc_link(Name="link", SubnetIds=["subnet-0a1b2c3d"])["VpcLinkId"]
    listener = (
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/pets/"
        "50dc6c495c0c9188/f2f7dc8efc522ab2"
    )
    integration = url_integration(
        client, api_id, listener, ConnectionType="VPC_LINK", ConnectionId=link,
        TlsConfig={"ServerNameToVerify": "pets.example.com"},
    )  # fmt: skip
    route(client, api_id, "GET /pets", Target=f"integrations/{integration}")

    document = export(client, api_id)

    written = json.loads(document)["paths"]["/pets"]["get"]["x-amazon-apigateway-integration"]
    assert written["tlsConfig"] == {"serverNameToVerify": "pets.example.com"}
    again = client.import_api(Body=document)
    assert configuration(client, again["ApiId"]) == configuration(client, api_id)
    (imported,) = client.get_integrations(ApiId=again["ApiId"])["Items"]
    assert imported["TlsConfig"] == {"ServerNameToVerify": "pets.example.com"}


def test_an_export_without_extensions_is_plain_openapi(client: Client) -> None:
    api_id = http_api(
        client, CorsConfiguration={}, DisableExecuteApiEndpoint=True, Tags={"color": "red"}
    )
    authorizer = jwt_authorizer(client, api_id)
    target = f"integrations/{lambda_integration(client, api_id)}"
    route(client, api_id, "$default", Target=target)
    route(client, api_id, "GET /iam", AuthorizationType="AWS_IAM", Target=target)
    route(client, api_id, "GET /jwt", AuthorizationType="JWT", AuthorizerId=authorizer)

    text = export(client, api_id, IncludeExtensions=False)

    assert "x-amazon" not in text
    assert set(json.loads(text)["paths"]) == {"/iam", "/jwt"}
