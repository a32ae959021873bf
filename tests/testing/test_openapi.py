"""OpenAPI: import, reimport, export, and that export and import are inverse."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from apigw2.testing import LocalGateway
from tests.support.local_gateway import (
    JSON,
    LAMBDA,
    http_api,
    jwt_authorizer,
    lambda_authorizer,
    lambda_integration,
    refused,
    route,
    url_integration,
    websocket_api,
)

if TYPE_CHECKING:
    from tests.support.local_gateway import Client

DOCUMENTS = sorted(Path(__file__).with_name("openapi").glob("*.[jy]*"))
INTEGRATION = {
    "type": "aws_proxy",
    "httpMethod": "POST",
    "uri": LAMBDA,
    "payloadFormatVersion": "2.0",
}


SOURCE = {"identitySource": "$request.header.Authorization"}


def document(paths: dict[str, Any], **members: JSON) -> dict[str, Any]:
    """Make a document with these paths."""
    return {
        "openapi": "3.0.1",
        "info": {"title": "pets", "version": "1"},
        "paths": paths,
        **members,
    }


def get(**members: JSON) -> dict[str, Any]:
    """Make a path item with one operation."""
    return {"get": {"x-amazon-apigateway-integration": INTEGRATION, **members}}


def bring_in(client: Client, given: dict[str, Any], **params: JSON) -> dict[str, Any]:
    answer: dict[str, Any] = client.import_api(Body=json.dumps(given), **params)
    return answer


def configuration(client: Client, api_id: str) -> dict[str, Any]:
    """An API's whole configuration without identifiers and dates, in no particular order."""

    def items(operation: str, id_member: str) -> dict[str, dict[str, Any]]:
        answer = getattr(client, operation)(ApiId=api_id)["Items"]
        return {
            item[id_member]: {k: v for k, v in item.items() if k not in ignored} for item in answer
        }

    ignored = {
        "ApiEndpoint", "ApiId", "AuthorizerId", "CreatedDate", "IntegrationId", "RouteId",
        "ResponseMetadata",
    }  # fmt: skip
    authorizers = items("get_authorizers", "AuthorizerId")
    integrations = items("get_integrations", "IntegrationId")
    ignored.discard("AuthorizerId")
    routes = items("get_routes", "RouteId")
    users: dict[str, list[str]] = {integration_id: [] for integration_id in integrations}
    for each in routes.values():
        target = each.pop("Target", "").removeprefix("integrations/")
        if target:
            users[target].append(each["RouteKey"])
        each["Authorizer"] = authorizers.get(each.pop("AuthorizerId", ""))
    return {
        "api": {k: v for k, v in client.get_api(ApiId=api_id).items() if k not in ignored},
        "authorizers": sorted(authorizers.values(), key=lambda each: str(each["Name"])),
        "integrations": sorted(
            ((sorted(users[key]), value) for key, value in integrations.items()), key=str
        ),
        "routes": sorted(routes.values(), key=lambda each: str(each["RouteKey"])),
    }


def export(client: Client, api_id: str, output_type: str = "JSON", **params: JSON) -> str:
    answer = client.export_api(
        ApiId=api_id, Specification="OAS30", OutputType=output_type, **params
    )
    text: str = answer["body"].read().decode()
    return text


@pytest.mark.parametrize("output_type", ["JSON", "YAML"])
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_real_documents_import_export_and_import_again_equal(
    client: Client, path: Path, output_type: str
) -> None:
    first = client.import_api(Body=path.read_text())["ApiId"]
    second = client.import_api(Body=export(client, first, output_type))

    assert configuration(client, second["ApiId"]) == configuration(client, first)
    assert "Warnings" not in second
    assert client.get_routes(ApiId=first)["Items"]


def test_an_api_with_everything_exports_and_imports_equal(client: Client) -> None:
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


def test_a_stage_exports_what_is_deployed_to_it(client: Client) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /old")
    for name in ("test", "empty"):
        client.create_stage(ApiId=api_id, StageName=name)
    client.create_deployment(ApiId=api_id, StageName="test")
    route(client, api_id, "GET /new")

    assert set(json.loads(export(client, api_id, StageName="test"))["paths"]) == {"/old"}
    assert set(json.loads(export(client, api_id))["paths"]) == {"/old", "/new"}
    with refused("BadRequest", "no deployment"):
        export(client, api_id, StageName="empty")
    with refused("NotFound", "Invalid stage identifier"):
        export(client, api_id, StageName="nothing")


def test_an_export_that_cannot_be(client: Client) -> None:
    api_id = http_api(client)

    with refused("BadRequest", "enum value set: ['JSON', 'YAML']"):
        export(client, api_id, "XML")
    with refused("BadRequest", "export version"):
        export(client, api_id, ExportVersion="2.0")
    with refused("BadRequest", "enum value set: ['OAS30']"):
        client.export_api(ApiId=api_id, Specification="OAS31", OutputType="JSON")
    with refused("BadRequest", "only for HTTP APIs"):
        export(client, websocket_api(client))


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "only OpenAPI 3.0"),
        ("[]", "only OpenAPI 3.0"),
        ("{:}:", "neither JSON nor YAML"),
        ("? [a]\n: b", "neither JSON nor YAML"),
        ('{"swagger": "2.0.0", "info": {"title": "t"}, "paths": {}}', "only OpenAPI 3.0"),
        ('{"openapi": "3.1.0", "info": {"title": "t"}, "paths": {}}', "only OpenAPI 3.0"),
        ('{"openapi": "3.0.1", "info": {}, "paths": {}}', "info.title"),
        ('{"openapi": "3.0.1", "info": {"title": "t"}}', "paths is missing"),
        (json.dumps(document({}, info={"title": "t" * 129})), "less than or equal to 128"),
        (
            json.dumps(document({}, **{"x-amazon-apigateway-cors": {"allowOrigins": "*"}})),
            "Member must be a list",
        ),
        (
            json.dumps(
                document(
                    {},
                    **{
                        "x-amazon-apigateway-cors": {
                            "allowOrigins": ["*"],
                            "allowCredentials": True,
                        }
                    },
                )
            ),
            "allow-credentials is not supported",
        ),
        (
            json.dumps(document({"/": get(security=[{"a": []}, {"b": []}])})),
            "more than one security requirement",
        ),
        (
            json.dumps(document({"/": get(security=[{"a": [], "b": []}])})),
            "more than one security requirement",
        ),
    ],
    ids=[
        "empty", "list", "nonsense", "list-for-key", "swagger", "3.1", "title", "paths", "long",
        "cors", "credentials", "or", "and",
    ],
)  # fmt: skip
def test_a_document_with_errors_imports_nothing(client: Client, body: str, problem: str) -> None:
    with refused("BadRequest", problem):
        client.import_api(Body=body)
    assert client.get_apis()["Items"] == []


@pytest.mark.parametrize(
    ("given", "warning"),
    [
        (
            document({"/": get(**{"x-amazon-apigateway-integration": {"type": "AWS"}})}),
            "may only be associated with proxy integrations",
        ),
        (
            document({"/": get(**{"x-amazon-apigateway-integration": {**INTEGRATION, "uri": 5}})}),
            "Member must be a string",
        ),
        (
            document(
                {
                    "/": get(
                        **{"x-amazon-apigateway-integration": {"$ref": "#/components/nothing"}}
                    )
                }
            ),
            "Parse issue: attribute #/components/nothing is missing",
        ),
        (document({"/": {"trace": {}}}), "TRACE"),
        (document({"pets": get()}), "Unable to create the route GET pets"),
        (document({"/{proxy+}/a": get()}), "greedy"),
        (document({"/{a}": get(), "/{b}": get()}), "conflicting variable"),
        (
            document(
                {
                    name: {"x-amazon-apigateway-any-method": {"isDefaultRoute": True}}
                    for name in ("/$default", "$default")
                }
            ),
            "it already exists",
        ),
        (document({"/": get(operationId="x" * 65)}), "too long"),
        (document({"/": get(security=[{"nobody": []}])}), "it has no authorizer"),
        (
            document(
                {},
                components={
                    "securitySchemes": {
                        "a": {"x-amazon-apigateway-authorizer": {"type": "token"}}
                    }
                },
            ),
            "Unable to create Authorizer 'a': ",
        ),
        (
            document(
                {},
                components={
                    "securitySchemes": {"a": {"x-amazon-apigateway-authorizer": {"type": "jwt"}}}
                },
            ),
            "needs one identity source",
        ),
        (
            document(
                {"/": {"$ref": "#/components/x"}}, components={"x": {"$ref": "#/components/x"}}
            ),
            "Unable to resolve #/components/x: it refers to too many others",
        ),
    ],
    ids=[
        "type", "uri", "reference", "trace", "key", "greedy", "conflict", "duplicate",
        "operation-id", "scheme", "authorizer-type", "authorizer", "circle",
    ],
)  # fmt: skip
def test_a_warning_can_fail_an_import(client: Client, given: dict[str, Any], warning: str) -> None:
    answer = bring_in(client, given)

    assert warning in answer["Warnings"][0]
    with refused("BadRequest", warning):
        bring_in(client, given, FailOnWarnings=True)
    assert len(client.get_apis()["Items"]) == 1


def test_a_route_is_not_imported_without_the_authorizer_that_it_requires(client: Client) -> None:
    schemes = {"tokens": {"x-amazon-apigateway-authorizer": {"type": "jwt", **SOURCE}}}
    given = document(
        {"/open": get(), "/pets": get(security=[{"tokens": []}])},
        components={"securitySchemes": schemes},
    )

    answer = bring_in(client, given)

    # The words are those in aws/aws-sam-cli#2410.
    assert answer["Warnings"] == [
        (
            "Unable to create Authorizer 'tokens': Invalid issuer: Issuer can not be empty for JWT "
            "Authorizer.. Ignoring."
        ),
        (
            "Unable to put method 'GET' on resource at path '/pets': Invalid authorizer "
            "definition. Setting the authorization type to JWT requires a valid authorizer. "
            "Ignoring."
        ),
    ]
    (the_route,) = client.get_routes(ApiId=answer["ApiId"])["Items"]
    assert the_route["RouteKey"] == "GET /open"


def test_a_reference_to_nothing_is_a_warning_even_where_it_has_no_use(client: Client) -> None:
    """terraform-provider-aws, TestAccAPIGatewayV2API_OpenAPI_failOnWarnings."""
    schema = {"$ref": "#/components/schemas/ModelThatDoesNotExist"}
    responses = {"200": {"content": {"application/json": {"schema": schema}}}}
    given = document({"/a": get(responses=responses), "/b": get(responses=responses)})

    with refused(
        "BadRequest",
        "Warnings found during import:\n\tParse issue: attribute "
        "#/components/schemas/ModelThatDoesNotExist is missing",
    ):
        bring_in(client, given, FailOnWarnings=True)
    assert len(bring_in(client, given)["Warnings"]) == 1


YAML = "openapi: 3.0.1\ninfo: {title: t}\npaths: {}\n"


def bomb(levels: int, *, merged: bool = False) -> str:
    """A YAML document of some lines that stands for 9 to the power of `levels` items."""
    lines = ["a0: &a0 {x: 1}" if merged else "a0: &a0 [x]"]
    for level in range(1, levels + 1):
        items = ", ".join([f"*a{level - 1}"] * 9)
        value = f"{{<<: [{items}]}}" if merged else f"[{items}]"
        lines.append(f"a{level}: &a{level} {value}")
    return YAML + "\n".join(lines)


@pytest.mark.parametrize(
    "body",
    [
        bomb(9),
        bomb(9, merged=True),
        YAML + "a: &a " + "x" * 9000 + "\nb: [" + ", ".join(["*a"] * 9000) + "]",
        YAML + "a: &a [*a]",
        YAML + "a: " + "1:" * 200_000 + "1",
        YAML + "a: " + "9" * 5000,
        YAML + "a: " + "[" * 3000,
        YAML + "a: " + "[" * 200 + "]" * 200,
        YAML + "a: .inf",
        YAML + 'a: "\\ud800"',
        YAML + "a: " + "x" * 1_000_000,
        json.dumps(document({}))[:-1] + ', "a": ' + "[" * 3000 + "]" * 3000 + "}",
        json.dumps(document({}))[:-1] + ', "a": "\\ud800"}',
        YAML + "a: " + "[" * 900_000,
        YAML + "a: [" + ("[" * 120 + "]" * 120 + ",") * 3000 + "]",
    ],
    ids=[
        "aliases", "merges", "long-alias", "itself", "base-60", "digits", "unfinished", "deep-yaml",
        "infinite", "surrogate-yaml", "long", "deep-json", "surrogate-json", "deeper-yaml",
        "many-brackets",
    ],
)  # fmt: skip
def test_a_document_that_would_exhaust_the_gateway_is_refused(client: Client, body: str) -> None:
    with refused("BadRequest", "Invalid OpenAPI input"):
        client.import_api(Body=body)
    assert client.get_apis()["Items"] == []


@pytest.mark.parametrize(
    "given",
    [
        document({f"/p{n}": {"$ref": "#/x"} for n in range(20_000)}, x=get(operationId="a" * 65)),
        document(
            {},
            components={
                "securitySchemes": {
                    f"s{n}": {"x-amazon-apigateway-authorizer": {"$ref": "#/x"}}
                    for n in range(20_000)
                }
            },
            x={"type": "jwt"},
        ),
        document(
            {},
            components={
                "x-amazon-apigateway-integrations": {
                    f"i{n}": {"$ref": "#/x"} for n in range(20_000)
                }
            },
            x=INTEGRATION,
        ),
    ],
    ids=["routes", "authorizers", "integrations"],
)
def test_a_document_that_stands_for_many_things_is_refused(
    client: Client, given: dict[str, Any]
) -> None:
    with refused("BadRequest", "too many routes, integrations or authorizers"):
        bring_in(client, given)


def test_a_long_chain_of_references_is_not_followed(client: Client) -> None:
    chain = {f"r{n}": {"$ref": f"#/components/x/r{n + 1}"} for n in range(1000)}
    given = document(
        {f"/p{n}": {"$ref": "#/components/x/r0"} for n in range(100)},
        components={"x": {**chain, "r1000": get()}},
    )

    answer = bring_in(client, given)

    assert len(answer["Warnings"]) == 100
    assert "refers to too many others" in answer["Warnings"][0]


def test_a_long_list_of_security_requirements_is_refused(client: Client) -> None:
    with refused("BadRequest", "more than one security requirement"):
        bring_in(client, document({"/": get()}, security=[{}] * 101))


def test_yaml_with_aliases_and_merges_is_imported(client: Client) -> None:
    body = """
openapi: 3.0.1
info: {title: t}
x-proxy: &proxy {type: http_proxy, httpMethod: ANY, payloadFormatVersion: "1.0"}
paths:
  /a: &item
    get: {x-amazon-apigateway-integration: {<<: *proxy, uri: "http://example.com/"}}
  /b: *item
"""

    api_id = client.import_api(Body=body)["ApiId"]

    assert len(client.get_integrations(ApiId=api_id)["Items"]) == 2


def test_tags_of_a_document_follow_the_rules_of_tags(client: Client) -> None:
    def tagged(*names: str) -> dict[str, Any]:
        return document({}, tags=[{"name": name} for name in names])

    with refused("BadRequest", "reserved"):
        bring_in(client, tagged("aws:a"))
    with refused("Conflict", "Maximum number of tags"):
        bring_in(client, tagged(*(f"t{number}" for number in range(51))))
    assert bring_in(client, tagged("a"))["Tags"] == {"a": ""}


def test_a_shared_integration_that_cannot_be_leaves_its_routes_without(client: Client) -> None:
    name = "x-amazon-apigateway-integrations"
    reference = {"$ref": f"#/components/{name}/mock"}
    answer = bring_in(
        client,
        document(
            {"/": get(**{"x-amazon-apigateway-integration": reference})},
            components={name: {"mock": {"type": "mock"}}},
        ),
    )

    assert "Unable to create the integration mock" in answer["Warnings"][0]
    (the_route,) = client.get_routes(ApiId=answer["ApiId"])["Items"]
    assert "Target" not in the_route


def test_what_http_apis_do_not_have_is_noted(client: Client) -> None:
    integration = {**INTEGRATION, "passthroughBehavior": "never", "timeoutInMillis": 100}
    answer = bring_in(
        client,
        document(
            {"/": get(requestBody={}, **{"x-amazon-apigateway-integration": integration})},
            components={"schemas": {}},
            **{"x-amazon-apigateway-api-key-source": "HEADER"},
        ),
        FailOnWarnings=True,
    )

    assert answer["ImportInfo"] == [
        "Ignoring x-amazon-apigateway-api-key-source in the document",
        "Ignoring schemas in components",
        "Ignoring requestBody in GET /",
        "Ignoring passthroughBehavior in the integration of GET /",
    ]
    assert "ImportInfo" not in client.get_api(ApiId=answer["ApiId"])


@pytest.mark.parametrize(
    ("servers", "base_path", "keys"),
    [
        ([{"url": "https://example.com/a/b"}], "ignore", ["GET /", "GET /pets", "$default"]),
        (
            [{"url": "https://example.com/a/b"}],
            "prepend",
            ["GET /a/b", "GET /a/b/pets", "$default"],
        ),
        ([{"url": "https://example.com/a/b"}], "split", ["GET /b", "GET /b/pets", "$default"]),
        (
            [{"url": "https://example.com/x", "variables": {"basePath": {"default": "v1"}}}],
            "prepend",
            ["GET /v1", "GET /v1/pets", "$default"],
        ),
        ([{"url": "https://example.com"}], "prepend", ["GET /", "GET /pets", "$default"]),
        ([], "prepend", ["GET /", "GET /pets", "$default"]),
    ],
    ids=["ignore", "prepend", "split", "variable", "no-path", "no-server"],
)
def test_the_base_path_is_ignored_prepended_or_split(
    client: Client, servers: list[Any], base_path: str, keys: list[str]
) -> None:
    default = {"x-amazon-apigateway-any-method": {"isDefaultRoute": True}}
    given = document({"/": get(), "/pets": get(), "/$default": default}, servers=servers)

    api_id = bring_in(client, given, Basepath=base_path)["ApiId"]

    assert [each["RouteKey"] for each in client.get_routes(ApiId=api_id)["Items"]] == keys


def test_a_base_path_that_is_none(client: Client) -> None:
    with refused("BadRequest", "basepath"):
        bring_in(client, document({}), Basepath="drop")


def test_details_of_a_document_are_imported(client: Client) -> None:
    given = document(
        {
            "/a": {"$ref": "#/components/items/a~1b"},
            "/b": get(security=[{"tokens": ["read"]}]),
            "/c": get(security=[]),
            "/d": 5,
        },
        security=[{"iam": []}],
        components={
            "items": {"a/b": get(operationId="a")},
            "securitySchemes": {
                "iam": {"x-amazon-apigateway-authtype": "awsSigv4"},
                "asker": {
                    "x-amazon-apigateway-authorizer": {
                        "type": "request",
                        "authorizerUri": "arn:${AWS::Partition}:lambda:${AWS::Region}:"
                        "${AWS::AccountId}:function:f${AWS::Other}",
                        "authorizerPayloadFormatVersion": 2,
                        "authorizerResultTtlInSeconds": "60",
                        "identitySource": ["$request.header.A"],
                    }
                },
                "tokens": {
                    "x-amazon-apigateway-authorizer": {
                        "type": "jwt",
                        "identitySource": "$request.header.Authorization",
                        "jwtConfiguration": {"issuer": "https://i.example.com", "audience": ["a"]},
                    }
                },
            },
        },
        servers=[
            {"x-amazon-apigateway-endpoint-configuration": {"disableExecuteApiEndpoint": True}}
        ],
        tags=[{"name": "a", "x-amazon-apigateway-tag-value": "1"}, {}, "b"],
    )

    api_id = bring_in(client, given)["ApiId"]

    api = client.get_api(ApiId=api_id)
    assert api["Tags"] == {"a": "1"}
    assert api["DisableExecuteApiEndpoint"] is True
    asker, tokens = client.get_authorizers(ApiId=api_id)["Items"]
    assert asker["AuthorizerUri"] == "arn:aws:lambda:us-east-1:123456789012:function:f${AWS::Other}"
    assert asker["AuthorizerPayloadFormatVersion"] == "2.0"
    assert asker["AuthorizerResultTtlInSeconds"] == 60
    assert asker["IdentitySource"] == ["$request.header.A"]
    a, b, c = client.get_routes(ApiId=api_id)["Items"]
    assert (a["AuthorizationType"], a["OperationName"]) == ("AWS_IAM", "a")
    assert (b["AuthorizationType"], b["AuthorizerId"]) == ("JWT", tokens["AuthorizerId"])
    assert b["AuthorizationScopes"] == ["read"]
    assert c["AuthorizationType"] == "NONE"


def test_numbers_in_yaml_are_read_as_texts(client: Client) -> None:
    given = document(
        {
            "/": get(
                **{"x-amazon-apigateway-integration": {**INTEGRATION, "payloadFormatVersion": 1.0}}
            )
        },
        info={"title": 7, "version": 1.5},
    )
    integration: JSON = given["paths"]["/"]["get"]["x-amazon-apigateway-integration"]
    integration["responseParameters"] = {200: {"append:header.a": "b"}}

    given["info"]["description"] = date(2026, 1, 1)

    api_id = client.import_api(Body=yaml.safe_dump(given))["ApiId"]

    api = client.get_api(ApiId=api_id)
    assert (api["Name"], api["Version"], api["Description"]) == ("7", "1.5", "2026-01-01")
    (made,) = client.get_integrations(ApiId=api_id)["Items"]
    assert made["PayloadFormatVersion"] == "1.0"
    assert made["ResponseParameters"] == {"200": {"append:header.a": "b"}}


def test_reimport_replaces_what_the_document_can_say(client: Client) -> None:
    api_id = http_api(client, Description="old", Tags={"a": "1"}, CorsConfiguration={})
    jwt_authorizer(client, api_id)
    route(client, api_id, "GET /old", Target=f"integrations/{lambda_integration(client, api_id)}")
    client.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)
    before = client.get_stage(ApiId=api_id, StageName="$default")["DeploymentId"]
    given = document({"/new": get()}, info={"title": "new", "version": "2"})

    answer = client.reimport_api(ApiId=api_id, Body=json.dumps(given))

    assert answer["ApiId"] == api_id
    api = client.get_api(ApiId=api_id)
    assert (api["Name"], api["Version"]) == ("new", "2")
    # terraform-provider-aws, TestAccAPIGatewayV2API_OpenAPI_withTags
    assert api["Tags"] == {"a": "1"}
    assert not {"Description", "CorsConfiguration"} & set(api)
    assert client.get_authorizers(ApiId=api_id)["Items"] == []
    assert [each["RouteKey"] for each in client.get_routes(ApiId=api_id)["Items"]] == ["GET /new"]
    assert len(client.get_integrations(ApiId=api_id)["Items"]) == 1
    assert client.get_stage(ApiId=api_id, StageName="$default")["DeploymentId"] != before


def test_a_reimport_that_fails_changes_nothing(client: Client) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /old")
    before = configuration(client, api_id)
    warned = json.dumps(document({"pets": get()}))
    many = json.dumps(document({f"/{number}": get() for number in range(301)}))

    with refused("BadRequest", "Unable to create the route"):
        client.reimport_api(ApiId=api_id, Body=warned, FailOnWarnings=True)
    with refused("BadRequest", "OpenAPI 3.0"):
        client.reimport_api(ApiId=api_id, Body="garbage")
    with refused("Conflict", "Maximum number of Routes"):
        client.reimport_api(ApiId=api_id, Body=many)
    assert configuration(client, api_id) == before
    with refused("BadRequest", "only for HTTP APIs"):
        client.reimport_api(ApiId=websocket_api(client), Body=warned)


def test_an_imported_api_serves_requests(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", lambda event, _: event["pathParameters"])
    api_id = bring_in(client, document({"/pets/{id}": get()}))["ApiId"]
    client.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)

    assert local.invoke("GET", "/pets/7").json() == {"id": "7"}


# Words that mean something somewhere in a document.
WORDS = (
    "$ref a authorizerUri audience basePath components default get httpMethod identitySource "
    "isDefaultRoute issuer jwtConfiguration name operationId paths payloadFormatVersion "
    "requestParameters responseParameters security securitySchemes servers tags tlsConfig "
    "timeoutInMillis type uri url variables /a /{a}"
)
EXTENSIONS = "any-method authorizer authtype cors integration integrations endpoint-configuration"
NAMES = st.sampled_from(
    [*WORDS.split(), *(f"x-amazon-apigateway-{name}" for name in EXTENSIONS.split())]
)
MEANINGS = (
    "jwt request aws_proxy http_proxy 1.0 http://a/ $request.header.A a #/components/a #/paths "
    "awsSigv4"
)
TEXTS = st.sampled_from(MEANINGS.split())
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.just("") | TEXTS
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=25,
)
FUZZED: Client = LocalGateway(seed=0).client()


@settings(derandomize=True, database=None, deadline=None, max_examples=200)
@given(members=st.dictionaries(NAMES, VALUES), paths=st.dictionaries(NAMES, VALUES))
def test_whatever_a_document_says_it_is_imported_or_refused(
    members: dict[str, Any], paths: dict[str, Any]
) -> None:
    document = members | {"openapi": "3.0.1", "info": {"title": "t"}, "paths": paths}

    try:
        api_id = FUZZED.import_api(Body=json.dumps(document), Basepath="prepend")["ApiId"]
    except FUZZED.exceptions.BadRequestException:
        return
    again = FUZZED.import_api(Body=export(FUZZED, api_id))["ApiId"]
    assert configuration(FUZZED, again) == configuration(FUZZED, api_id)
