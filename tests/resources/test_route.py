"""Routes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2

if TYPE_CHECKING:
    from tests.support.resources import Requests

TOKEN = "route.request.querystring.token"  # noqa: S105  # the key of a parameter


@pytest.fixture
def authorizer(api: apigw2.Api) -> apigw2.Authorizer:
    return api.create_authorizer(
        "login",
        authorizer_type="JWT",
        identity_source=["$request.header.Authorization"],
        jwt_configuration=apigw2.JWTConfiguration(issuer="https://id.example", audience=["pets"]),
    )


def test_a_route_can_be_created_read_updated_and_deleted(
    api: apigw2.Api, integration: apigw2.Integration
) -> None:
    route = api.create_route("GET /pets", target=integration)
    assert route.route_key == "GET /pets"
    assert route.target == f"integrations/{integration.integration_id}"
    assert route.get() == api.get_route(route.route_id) == route
    assert list(api.get_routes()) == [route]

    changed = route.update(route_key="GET /animals")
    assert (changed.route_key, changed.target) == ("GET /animals", route.target)
    assert route.route_key == "GET /pets", "a snapshot does not change"
    assert route.get() == changed

    route.delete()
    assert list(api.get_routes()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        route.get()
    assert route.route_id in str(caught.value)


def test_a_reference_to_a_route_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    route = gw.api("a1b2c3").route("d4e5f6")
    assert route.api == gw.api("a1b2c3")
    assert route.route_response("s1t2u3").route == route
    assert requests.new() == []


def test_get_route_makes_one_request(route: apigw2.Route, requests: Requests) -> None:
    requests.new()
    assert route.api.get_route(route.route_id) == route
    assert requests.new() == ["GetRoute"]


def test_a_route_takes_the_type_of_its_authorizer(
    route: apigw2.Route, authorizer: apigw2.Authorizer, requests: Requests
) -> None:
    guarded = route.update(authorizer_id=authorizer, authorization_scopes=["pets:read"])
    assert guarded.authorization_type == "JWT"
    assert guarded.authorizer_id == authorizer.authorizer_id
    assert guarded.authorization_scopes == ("pets:read",)
    requests.new()
    public = guarded.unset("authorization_type", "authorizer_id", "authorization_scopes")
    assert requests.new() == ["UpdateRoute"]
    assert (public.authorization_type, public.authorizer_id) == ("NONE", None)
    assert public.authorization_scopes == ()


def test_request_parameters_of_a_websocket_route_can_be_set_and_deleted(
    chat: apigw2.Api, requests: Requests
) -> None:
    required = apigw2.ParameterConstraints(required=True)
    header = "route.request.header.x-tenant"
    route = chat.create_route("$connect", request_parameters={TOKEN: required, header: required})
    route.delete_route_request_parameter(TOKEN)
    assert route.get().request_parameters == {header: required}
    requests.new()
    assert not route.unset("request_parameters").request_parameters
    deleting = "DeleteRouteRequestParameter"
    assert requests.new() == [deleting, deleting, "GetRoute"], (
        "one delete for each parameter of the snapshot"
    )


def test_a_second_route_with_the_same_key_is_refused(api: apigw2.Api, route: apigw2.Route) -> None:
    with pytest.raises(apigw2.AlreadyExistsError, match="GET /pets"):
        api.create_route(route.route_key)


def test_a_missing_route_is_not_found(api: apigw2.Api) -> None:
    gone = api.route("gone")
    for method in (gone.get, gone.update, gone.delete):
        with pytest.raises(apigw2.NotFoundError, match="gone"):
            method()
    with pytest.raises(apigw2.NotFoundError, match="gone"):
        gone.delete_route_request_parameter(TOKEN)
