"""Conversion of OpenAPI documents to APIs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apigw2.testing import LocalGateway
from tests.support.local_gateway import (
    refused,
)
from tests.testing.openapi.support import (
    INTEGRATION,
    configuration,
    document,
    export,
    get,
    import_document,
)

if TYPE_CHECKING:
    from tests.support.local_gateway import Client


SOURCE = {"identitySource": "$request.header.Authorization"}


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
def test_an_import_with_warnings_can_be_rejected(
    client: Client, given: dict[str, Any], warning: str
) -> None:
    answer = import_document(client, given)

    assert warning in answer["Warnings"][0]
    with refused("BadRequest", warning):
        import_document(client, given, FailOnWarnings=True)
    assert len(client.get_apis()["Items"]) == 1


CORS = "x-amazon-apigateway-cors"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (document({}, info={"title": "t" * 129}), "less than or equal to 128"),
        (document({}, **{CORS: {"allowOrigins": "*"}}), "Member must be a list"),
        (
            document({}, **{CORS: {"allowOrigins": ["*"], "allowCredentials": True}}),
            "allow-credentials is not supported",
        ),
        (
            document({"/": get(security=[{"a": []}, {"b": []}])}),
            "more than one security requirement",
        ),
        (document({"/": get(security=[{"a": [], "b": []}])}), "more than one security requirement"),
    ],
    ids=["title", "cors", "credentials", "or", "and"],
)
def test_a_document_with_errors_imports_nothing(
    client: Client, given: dict[str, Any], problem: str
) -> None:
    with refused("BadRequest", problem):
        import_document(client, given)
    assert client.get_apis()["Items"] == []


def test_a_route_is_not_imported_without_the_authorizer_that_it_requires(client: Client) -> None:
    schemes = {"tokens": {"x-amazon-apigateway-authorizer": {"type": "jwt", **SOURCE}}}
    given = document(
        {"/open": get(), "/pets": get(security=[{"tokens": []}])},
        components={"securitySchemes": schemes},
    )

    answer = import_document(client, given)

    # The wording is that of aws/aws-sam-cli#2410.
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


def test_a_broken_reference_is_a_warning_even_where_it_is_not_used(client: Client) -> None:
    """terraform-provider-aws, TestAccAPIGatewayV2API_OpenAPI_failOnWarnings."""
    schema = {"$ref": "#/components/schemas/ModelThatDoesNotExist"}
    responses = {"200": {"content": {"application/json": {"schema": schema}}}}
    given = document({"/a": get(responses=responses), "/b": get(responses=responses)})

    with refused(
        "BadRequest",
        "Warnings found during import:\n\tParse issue: attribute "
        "#/components/schemas/ModelThatDoesNotExist is missing",
    ):
        import_document(client, given, FailOnWarnings=True)
    assert len(import_document(client, given)["Warnings"]) == 1


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
def test_a_document_that_expands_to_too_many_resources_is_rejected(
    client: Client, given: dict[str, Any]
) -> None:
    with refused("BadRequest", "too many routes, integrations or authorizers"):
        import_document(client, given)


def test_a_long_chain_of_references_is_not_followed(client: Client) -> None:
    chain = {f"r{n}": {"$ref": f"#/components/x/r{n + 1}"} for n in range(1000)}
    given = document(
        {f"/p{n}": {"$ref": "#/components/x/r0"} for n in range(100)},
        components={"x": {**chain, "r1000": get()}},
    )

    answer = import_document(client, given)

    assert len(answer["Warnings"]) == 100
    assert "refers to too many others" in answer["Warnings"][0]


def test_a_long_list_of_security_requirements_is_rejected(client: Client) -> None:
    with refused("BadRequest", "more than one security requirement"):
        import_document(client, document({"/": get()}, security=[{}] * 101))


def test_routes_of_an_invalid_shared_integration_have_no_target(client: Client) -> None:
    name = "x-amazon-apigateway-integrations"
    reference = {"$ref": f"#/components/{name}/mock"}
    answer = import_document(
        client,
        document(
            {"/": get(**{"x-amazon-apigateway-integration": reference})},
            components={name: {"mock": {"type": "mock"}}},
        ),
    )

    assert "Unable to create the integration mock" in answer["Warnings"][0]
    (the_route,) = client.get_routes(ApiId=answer["ApiId"])["Items"]
    assert "Target" not in the_route


def test_unsupported_parts_of_a_document_are_reported_as_information(client: Client) -> None:
    integration = {**INTEGRATION, "passthroughBehavior": "never", "timeoutInMillis": 100}
    answer = import_document(
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

    api_id = import_document(client, given, Basepath=base_path)["ApiId"]

    assert [each["RouteKey"] for each in client.get_routes(ApiId=api_id)["Items"]] == keys


def test_references_security_variables_and_extensions_are_imported(client: Client) -> None:
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

    api_id = import_document(client, given)["ApiId"]

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


# Keys and values that have a meaning in documents.
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
def test_any_document_is_imported_or_rejected(
    members: dict[str, Any], paths: dict[str, Any]
) -> None:
    document = members | {"openapi": "3.0.1", "info": {"title": "t"}, "paths": paths}

    try:
        api_id = FUZZED.import_api(Body=json.dumps(document), Basepath="prepend")["ApiId"]
    except FUZZED.exceptions.BadRequestException:
        return
    again = FUZZED.import_api(Body=export(FUZZED, api_id))["ApiId"]
    assert configuration(FUZZED, again) == configuration(FUZZED, api_id)
