"""Routes, route responses, integrations, integration responses, authorizers, models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from apigw2.testing import Delays, LocalGateway
from tests.support.local_gateway import (
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


def test_a_route_has_the_defaults_of_the_service(client: Client) -> None:
    api_id = http_api(client)

    the_route = client.create_route(ApiId=api_id, RouteKey="GET /pets")

    assert the_route["ApiKeyRequired"] is False
    assert the_route["AuthorizationType"] == "NONE"
    assert "ApiGatewayManaged" not in the_route


@pytest.mark.parametrize(
    "key",
    [
        "pets", "GET pets", "FETCH /pets", "get /pets", "GET /{proxy+}/pets", "GET /{a}/{a}", "GET",
        "GET /{}", "GET /{+}", "GET /{a", "GET /a}", "GET /{{a}}", "GET /a?b=1", "GET /a#b",
        "GET /a b", "GET /a\n", "GET /p-{id}", "GET /{id}.json", "GET /{a/b}", "GET /{é}",
    ],
)  # fmt: skip
def test_a_route_key_that_the_service_refuses(client: Client, key: str) -> None:
    api_id = http_api(client)

    with refused("BadRequest"):
        route(client, api_id, key)


@pytest.mark.parametrize(
    "key",
    ["GET /", "GET /pets/", "ANY /{a}/{b+}", "GET /a.b-c_d~e", "GET /%20", "GET /~a", "GET /a//b"],
)
def test_a_route_key_that_the_service_takes(client: Client, key: str) -> None:
    assert route(client, http_api(client), key)


def test_any_route_key_goes_with_a_websocket_api(client: Client) -> None:
    assert route(client, websocket_api(client), "send message")


def test_a_route_key_is_taken_once(client: Client) -> None:
    api_id = http_api(client)
    first = route(client, api_id, "GET /pets")
    second = route(client, api_id, "GET /cats")

    with refused("Conflict", "Route with key GET /pets already exists for this API"):
        route(client, api_id, "GET /pets")
    with refused("Conflict", "already exists"):
        client.update_route(ApiId=api_id, RouteId=second, RouteKey="GET /pets")
    client.update_route(ApiId=api_id, RouteId=first, RouteKey="GET /pets")


def test_keys_of_one_method_differ_in_more_than_the_names_of_variables(
    client: Client,
) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /pets/{id}")
    route(client, api_id, "GET /pets/{proxy+}")
    route(client, api_id, "GET /pets/{id}/toys")
    route(client, api_id, "GET /cats")

    with refused("Conflict", 'conflicting variable on the same hierarchical level as "GET /pets'):
        route(client, api_id, "GET /pets/{name}")
    route(client, api_id, "PUT /pets/{name}")


def test_a_target_that_is_not_there(client: Client) -> None:
    api_id = http_api(client)

    for target in ("integrations/nothing", "nothing", "functions/a"):
        with refused("BadRequest", "Invalid Integration identifier"):
            route(client, api_id, "GET /pets", Target=target)


@pytest.mark.parametrize(
    "members",
    [
        {"ApiKeyRequired": True},
        {"ModelSelectionExpression": "$request.body.kind"},
        {"RequestModels": {"a": "b"}},
        {"RouteResponseSelectionExpression": "$default"},
    ],
    ids=lambda members: next(iter(members)),
)
def test_routes_of_http_apis_drop_what_only_websocket_apis_have(
    client: Client, members: dict[str, object]
) -> None:
    def shown(api_id: str, key: str) -> dict[str, object]:
        names = {"ApiId": api_id, "RouteId": route(client, api_id, key, **members)}
        answer: dict[str, object] = client.get_route(**names)
        return answer

    (name, value), *_ = members.items()
    assert not shown(http_api(client), "GET /pets").get(name)
    assert shown(websocket_api(client), "$connect")[name] == value


def test_request_parameters_are_for_the_connect_route(client: Client) -> None:
    api_id = websocket_api(client)
    parameters = {"route.request.header.a": {"Required": True}}

    connect = route(client, api_id, "$connect", RequestParameters=parameters)
    with refused("BadRequest", "only supported for the $connect route"):
        route(client, api_id, "send", RequestParameters=parameters)
    client.update_route(ApiId=api_id, RouteId=connect, OperationName="hello")


def test_authorization_needs_an_authorizer_of_its_kind(client: Client) -> None:
    api_id = http_api(client)
    tokens, asker = jwt_authorizer(client, api_id), lambda_authorizer(client, api_id)

    assert route(client, api_id, "GET /1", AuthorizationType="JWT", AuthorizerId=tokens)
    assert route(client, api_id, "GET /2", AuthorizationType="CUSTOM", AuthorizerId=asker)
    assert route(client, api_id, "GET /3", AuthorizationType="AWS_IAM")
    for kind, authorizer in (("JWT", asker), ("CUSTOM", tokens), ("JWT", "nothing")):
        with refused("BadRequest", f"Setting the authorization type to {kind}"):
            route(client, api_id, "GET /4", AuthorizationType=kind, AuthorizerId=authorizer)
    with refused("BadRequest", "Invalid authorizer ID specified"):
        route(client, api_id, "GET /4", AuthorizationType="JWT")
    with refused("BadRequest", "the authorization type is not CUSTOM or JWT"):
        route(client, api_id, "GET /4", AuthorizerId=tokens)
    with refused("BadRequest", "JWT authorization is supported only for HTTP APIs"):
        route(client, websocket_api(client), "$connect", AuthorizationType="JWT")


def test_a_route_has_ten_scopes_at_most(client: Client) -> None:
    api_id = http_api(client)

    with refused("Conflict", "Maximum number of scopes"):
        route(client, api_id, "GET /", AuthorizationScopes=[f"s{n}" for n in range(11)])


def test_a_scope_may_be_longer_than_the_model_says(client: Client) -> None:
    scope = f"https://{'pets.' * 20}example.com/read"
    api_id = http_api(client)
    authorizer_id = jwt_authorizer(client, api_id)

    created = client.create_route(
        ApiId=api_id,
        RouteKey="GET /pets",
        AuthorizationType="JWT",
        AuthorizerId=authorizer_id,
        AuthorizationScopes=[scope],
    )

    assert created["AuthorizationScopes"] == [scope]
    with refused("BadRequest", "length greater than or equal to 1"):
        route(client, api_id, "GET /dogs", AuthorizationScopes=[""])


def test_a_request_parameter_is_deleted_by_its_key(client: Client) -> None:
    api_id = websocket_api(client)
    parameters = {f"route.request.header.{name}": {"Required": True} for name in "ab"}
    route_id = route(client, api_id, "$connect", RequestParameters=parameters)
    names = {"ApiId": api_id, "RouteId": route_id}

    client.delete_route_request_parameter(**names, RequestParameterKey="route.request.header.a")

    assert set(client.get_route(**names)["RequestParameters"]) == {"route.request.header.b"}
    with refused("NotFound"):
        client.delete_route_request_parameter(**names, RequestParameterKey="route.request.header.a")


def test_route_responses_and_integration_responses_have_a_key_of_their_own(
    client: Client,
) -> None:
    api_id = websocket_api(client)
    of_route = {"ApiId": api_id, "RouteId": route(client, api_id, "$default")}
    made = client.create_integration(ApiId=api_id, IntegrationType="MOCK")
    of_integration = {"ApiId": api_id, "IntegrationId": made["IntegrationId"]}
    first = client.create_route_response(**of_route, RouteResponseKey="$default")
    client.create_integration_response(**of_integration, IntegrationResponseKey="$default")

    with refused("Conflict", "already exists for this Route"):
        client.create_route_response(**of_route, RouteResponseKey="$default")
    with refused("Conflict", "already exists for this Integration"):
        client.create_integration_response(**of_integration, IntegrationResponseKey="$default")
    client.update_route_response(
        **of_route, RouteResponseId=first["RouteResponseId"], RouteResponseKey="$default"
    )


def test_an_http_integration_has_the_defaults_of_the_service(client: Client) -> None:
    api_id = http_api(client)

    function = client.get_integration(
        ApiId=api_id, IntegrationId=lambda_integration(client, api_id)
    )

    assert function["ConnectionType"] == "INTERNET"
    assert function["IntegrationMethod"] == "POST"
    assert function["TimeoutInMillis"] == 30000
    assert "IntegrationResponseSelectionExpression" not in function


INVOCATION = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{LAMBDA}/invocations"
BY_STATUS = "${integration.response.statuscode}"
BY_MESSAGE = "${integration.response.body.errorMessage}"


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


def test_the_selection_of_integration_responses_follows_the_type(client: Client) -> None:
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
def test_a_public_http_integration_drops_what_it_has_no_use_for(
    client: Client, members: dict[str, Any]
) -> None:
    api_id = http_api(client)
    names = {"ApiId": api_id, "IntegrationId": lambda_integration(client, api_id, **members)}

    assert not members.keys() & client.get_integration(**names).keys()
    assert not members.keys() & client.update_integration(**names, **members).keys()


SQS = {
    "IntegrationSubtype": "SQS-SendMessage",
    "CredentialsArn": "arn:aws:iam::123456789012:role/r",
    "PayloadFormatVersion": "1.0",
    "IntegrationUri": None,
    "RequestParameters": {"QueueUrl": "https://q.example.com", "MessageBody": "$request.body"},
}


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
def test_an_integration_that_cannot_work(
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


def test_integrations_that_do_work(client: Client) -> None:
    api_id = http_api(client)
    link = client.create_vpc_link(Name="v", SubnetIds=["subnet-1"])["VpcLinkId"]
    listener = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/a/b/c"

    service = {k: v for k, v in SQS.items() if v is not None}
    client.create_integration(ApiId=api_id, IntegrationType="AWS_PROXY", **service)
    url_integration(
        client, api_id, listener, ConnectionType="VPC_LINK", ConnectionId=link,
        TlsConfig={"ServerNameToVerify": "pets.example.com"},
    )  # fmt: skip
    url_integration(
        client, api_id, "http://${stageVariables.host}/",
        RequestParameters={"overwrite:path": "/", "append:querystring.a": "b"},
        ResponseParameters={"404": {"overwrite:statuscode": "200", "remove:header.a": "''"}},
    )  # fmt: skip


def test_a_websocket_integration_that_cannot_work(client: Client) -> None:
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


def test_a_websocket_api_has_vpc_links_of_the_first_version(client: Client) -> None:
    made = client.create_integration(
        ApiId=websocket_api(client), IntegrationType="HTTP_PROXY",
        IntegrationUri="http://example.com/", ConnectionType="VPC_LINK", ConnectionId="abc123",
    )  # fmt: skip

    assert made["ConnectionId"] == "abc123"


def test_a_service_integration_is_updated_with_its_subtype_only(client: Client) -> None:
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


def test_an_integration_that_routes_use_is_not_deleted(client: Client) -> None:
    api_id = http_api(client)
    integration = lambda_integration(client, api_id)
    names = {"ApiId": api_id, "IntegrationId": integration}
    route_id = route(client, api_id, "GET /", Target=f"integrations/{integration}")

    with refused("Conflict", f"referenced by the following Routes with Ids: [{route_id}]"):
        client.delete_integration(**names)
    client.delete_route(ApiId=api_id, RouteId=route_id)
    client.delete_integration(**names)


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
def test_a_jwt_authorizer_that_cannot_work(
    client: Client, members: dict[str, Any], problem: str
) -> None:
    with refused("BadRequest", problem):
        jwt_authorizer(client, http_api(client), **members)


def test_an_empty_string_is_no_member_of_a_jwt_authorizer(client: Client) -> None:
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
def test_a_lambda_authorizer_that_cannot_work(
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


def test_websocket_apis_take_request_authorizers_only(client: Client) -> None:
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


def test_an_authorizers_name_is_taken_once(client: Client) -> None:
    api_id = http_api(client)
    authorizer = jwt_authorizer(client, api_id)

    with refused("BadRequest", "Authorizer name must be unique. Authorizer tokens already exists"):
        jwt_authorizer(client, api_id)
    client.update_authorizer(ApiId=api_id, AuthorizerId=authorizer, Name="tokens")


def test_an_authorizer_has_fifty_audiences_at_most(client: Client) -> None:
    configuration = {"Audience": [str(n) for n in range(51)], "Issuer": "https://i.example.com"}

    with refused("Conflict", "Maximum number of audiences"):
        jwt_authorizer(client, http_api(client), JwtConfiguration=configuration)


def test_an_authorizer_that_a_route_uses_is_not_deleted(client: Client) -> None:
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


def test_a_template_is_made_from_the_schema_of_a_model(client: Client) -> None:
    api_id = websocket_api(client)
    schema = {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "age": {"type": "integer"},
            "tame": {"type": "boolean"},
            "toys": {"type": "array", "items": {"type": "string"}},
            "any": True,
        },
    }
    model = client.create_model(ApiId=api_id, Name="Pet", Schema=json.dumps(schema))
    empty = client.create_model(ApiId=api_id, Name="Empty", Schema="")
    names = {"ApiId": api_id, "ModelId": model["ModelId"]}

    assert model["ContentType"] == "application/json"
    template = client.get_model_template(**names)["Value"]
    assert json.loads(template.partition("\n")[2]) == {
        "name": "foo",
        "age": 42,
        "tame": True,
        "toys": ["foo"],
        "any": {},
    }
    assert client.get_model_template(ApiId=api_id, ModelId=empty["ModelId"])["Value"]
    with refused("Conflict", "already exists"):
        client.create_model(ApiId=api_id, Name="Pet", Schema="{}")
    with refused("BadRequest", "should be JSON"):
        client.create_model(ApiId=api_id, Name="Cat", Schema="{")
    route_id = route(client, api_id, "send", RequestModels={"pet": "Pet"})
    client.delete_model(ApiId=api_id, ModelId=empty["ModelId"])
    with refused("Conflict", "referenced in route: send"):
        client.delete_model(**names)
    client.delete_route(ApiId=api_id, RouteId=route_id)
    client.delete_model(**names)
