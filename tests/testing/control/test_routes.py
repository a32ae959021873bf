"""Routes and route responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.local_gateway import (
    http_api,
    jwt_authorizer,
    lambda_authorizer,
    refused,
    route,
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
def test_an_invalid_route_key_is_rejected(client: Client, key: str) -> None:
    api_id = http_api(client)

    with refused("BadRequest"):
        route(client, api_id, key)


@pytest.mark.parametrize(
    "key",
    ["GET /", "GET /pets/", "ANY /{a}/{b+}", "GET /a.b-c_d~e", "GET /%20", "GET /~a", "GET /a//b"],
)
def test_a_valid_route_key_is_accepted(client: Client, key: str) -> None:
    assert route(client, http_api(client), key)


def test_a_websocket_api_accepts_any_route_key(client: Client) -> None:
    assert route(client, websocket_api(client), "send message")


def test_a_route_key_is_unique(client: Client) -> None:
    api_id = http_api(client)
    first = route(client, api_id, "GET /pets")
    second = route(client, api_id, "GET /cats")

    with refused("Conflict", "Route with key GET /pets already exists for this API"):
        route(client, api_id, "GET /pets")
    with refused("Conflict", "already exists"):
        client.update_route(ApiId=api_id, RouteId=second, RouteKey="GET /pets")
    client.update_route(ApiId=api_id, RouteId=first, RouteKey="GET /pets")


def test_keys_of_one_method_that_differ_only_in_variable_names_conflict(
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


def test_an_unknown_target_is_rejected(client: Client) -> None:
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
def test_routes_of_http_apis_drop_websocket_members(
    client: Client, members: dict[str, object]
) -> None:
    def shown(api_id: str, key: str) -> dict[str, object]:
        names = {"ApiId": api_id, "RouteId": route(client, api_id, key, **members)}
        answer: dict[str, object] = client.get_route(**names)
        return answer

    (name, value), *_ = members.items()
    assert not shown(http_api(client), "GET /pets").get(name)
    assert shown(websocket_api(client), "$connect")[name] == value


def test_only_the_connect_route_has_request_parameters(client: Client) -> None:
    api_id = websocket_api(client)
    parameters = {"route.request.header.a": {"Required": True}}

    connect = route(client, api_id, "$connect", RequestParameters=parameters)
    with refused("BadRequest", "only supported for the $connect route"):
        route(client, api_id, "send", RequestParameters=parameters)
    client.update_route(ApiId=api_id, RouteId=connect, OperationName="hello")


def test_authorization_needs_an_authorizer_of_its_type(client: Client) -> None:
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


def test_a_route_has_at_most_ten_scopes(client: Client) -> None:
    api_id = http_api(client)

    with refused("Conflict", "Maximum number of scopes"):
        route(client, api_id, "GET /", AuthorizationScopes=[f"s{n}" for n in range(11)])


def test_a_scope_can_be_longer_than_in_the_service_model(client: Client) -> None:
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


def test_the_keys_of_route_and_integration_responses_are_unique(
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
