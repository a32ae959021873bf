"""Integration responses of WebSocket APIs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2
from tests.support.resources import LAMBDA

if TYPE_CHECKING:
    from tests.support.resources import Requests


@pytest.fixture
def integration(chat: apigw2.Api) -> apigw2.Integration:
    return chat.create_integration("MOCK")


def test_an_integration_response_can_be_created_read_updated_and_deleted(
    integration: apigw2.Integration,
) -> None:
    response = integration.create_integration_response(
        "/200/", response_templates={"application/json": '{"ok": true}'}
    )
    assert response.integration_response_key == "/200/"
    assert (response.api_id, response.integration_id) == (
        integration.api_id,
        integration.integration_id,
    )
    assert response.get() == response
    assert list(integration.get_integration_responses()) == [response]

    changed = response.update(integration_response_key="$default")
    assert changed.integration_response_key == "$default"
    assert changed.response_templates == {"application/json": '{"ok": true}'}
    assert response.get() == changed

    response.delete()
    assert list(integration.get_integration_responses()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        response.get()
    assert response.integration_response_id in str(caught.value)


def test_a_reference_to_an_integration_response_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    response = gw.api("a1b2c3").integration("g7h8i9").integration_response("v4w5x6")
    assert response.integration == gw.api("a1b2c3").integration("g7h8i9")
    assert response.integration.api == gw.api("a1b2c3")
    assert requests.new() == []


def test_get_integration_response_makes_one_request(
    integration: apigw2.Integration, requests: Requests
) -> None:
    response = integration.create_integration_response("$default")
    requests.new()
    assert integration.get_integration_response(response.integration_response_id) == response
    assert requests.new() == ["GetIntegrationResponse"]


def test_a_second_integration_response_with_the_same_key_is_refused(
    integration: apigw2.Integration,
) -> None:
    integration.create_integration_response("$default")
    with pytest.raises(apigw2.ConflictError):
        integration.create_integration_response("$default")


def test_preflight_warns_about_an_integration_response_in_an_http_api(api: apigw2.Api) -> None:
    integration = api.create_integration(
        "AWS_PROXY", integration_uri=LAMBDA, payload_format_version="2.0"
    )
    with pytest.warns(apigw2.PreflightWarning, match="WEBSOCKET"):
        integration.create_integration_response("$default")


def test_a_missing_integration_response_is_not_found(integration: apigw2.Integration) -> None:
    gone = integration.integration_response("gone")
    for method in (gone.get, gone.update, gone.delete):
        with pytest.raises(apigw2.NotFoundError, match="gone"):
            method()


def test_unset_clears_a_field_of_an_integration_response(integration: apigw2.Integration) -> None:
    response = integration.create_integration_response("$default")
    changed = response.update(template_selection_expression="200")
    assert changed.template_selection_expression == "200"
    assert not changed.unset("template_selection_expression").template_selection_expression
