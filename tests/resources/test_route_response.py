"""Route responses of WebSocket APIs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2

if TYPE_CHECKING:
    from tests.support.resources import Requests


@pytest.fixture
def route(chat: apigw2.Api) -> apigw2.Route:
    return chat.create_route("send", route_response_selection_expression="$default")


def test_a_route_response_can_be_created_read_updated_and_deleted(route: apigw2.Route) -> None:
    response = route.create_route_response("$default", response_models={"application/json": "Ack"})
    assert response.route_response_key == "$default"
    assert (response.api_id, response.route_id) == (route.api_id, route.route_id)
    assert response.get() == route.get_route_response(response.route_response_id) == response
    assert list(route.get_route_responses()) == [response]

    required = apigw2.ParameterConstraints(required=True)
    changed = response.update(response_parameters={"route.response.header.x-id": required})
    assert changed.response_parameters == {"route.response.header.x-id": required}
    assert changed.response_models == {"application/json": "Ack"}
    assert response.get() == changed

    response.delete()
    assert list(route.get_route_responses()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        response.get()
    assert response.route_response_id in str(caught.value)


def test_a_reference_to_a_route_response_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    response = gw.api("a1b2c3").route("d4e5f6").route_response("s1t2u3")
    assert response.route == gw.api("a1b2c3").route("d4e5f6")
    assert response.route.api == gw.api("a1b2c3")
    assert requests.new() == []


def test_get_route_response_makes_one_request(route: apigw2.Route, requests: Requests) -> None:
    response = route.create_route_response("$default")
    requests.new()
    assert route.get_route_response(response.route_response_id) == response
    assert requests.new() == ["GetRouteResponse"]


def test_preflight_warns_about_a_route_response_in_an_http_api(api: apigw2.Api) -> None:
    route = api.create_route("GET /pets")
    with pytest.warns(apigw2.PreflightWarning, match="WEBSOCKET"):
        route.create_route_response("$default")


def test_a_missing_route_response_is_not_found(route: apigw2.Route) -> None:
    gone = route.route_response("gone")
    for method in (gone.get, gone.update, gone.delete):
        with pytest.raises(apigw2.NotFoundError, match="gone"):
            method()


def test_unset_clears_a_field_of_a_route_response(route: apigw2.Route) -> None:
    response = route.create_route_response("$default")
    changed = response.update(model_selection_expression="$request.body.kind")
    assert changed.model_selection_expression
    assert not changed.unset("model_selection_expression").model_selection_expression
