"""Integrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2

if TYPE_CHECKING:
    from tests.support.resources import Requests


def test_an_integration_can_be_created_read_updated_and_deleted(api: apigw2.Api) -> None:
    integration = api.create_integration(
        "HTTP_PROXY",
        integration_method="ANY",
        integration_uri="https://pets.example.com",
        payload_format_version="1.0",
    )
    assert integration.integration_uri == "https://pets.example.com"
    assert integration.timeout_in_millis == 30_000
    assert integration.get() == api.get_integration(integration.integration_id) == integration
    assert list(api.get_integrations()) == [integration]

    changed = integration.update(timeout_in_millis=5_000)
    assert (changed.timeout_in_millis, changed.integration_method) == (5_000, "ANY")
    assert integration.get() == changed

    integration.delete()
    assert list(api.get_integrations()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        integration.get()
    assert integration.integration_id in str(caught.value)


def test_a_reference_to_an_integration_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    integration = gw.api("a1b2c3").integration("g7h8i9")
    assert integration.api == gw.api("a1b2c3")
    assert integration.integration_response("v4w5x6").integration == integration
    assert requests.new() == []


def test_get_integration_makes_one_request(
    integration: apigw2.Integration, requests: Requests
) -> None:
    requests.new()
    assert integration.api.get_integration(integration.integration_id) == integration
    assert requests.new() == ["GetIntegration"]


def test_an_integration_of_a_route_is_deleted_only_with_cascade(
    integration: apigw2.Integration, route: apigw2.Route
) -> None:
    other = integration.api.create_route("GET /health")
    assert integration.referenced_by() == (route,)
    with pytest.raises(apigw2.ResourceInUseError, match=route.route_id):
        integration.delete()
    integration.delete(cascade=True)
    assert list(integration.api.get_integrations()) == []
    assert list(integration.api.get_routes()) == [other]


def test_unset_clears_fields_of_an_integration(
    gw: apigw2.ApiGatewayV2, api: apigw2.Api, requests: Requests
) -> None:
    tls = apigw2.TlsConfig(server_name_to_verify="pets.internal")
    integration = api.create_integration(
        "HTTP_PROXY",
        connection_id=gw.create_vpc_link("private", subnet_ids=["subnet-1"]),
        connection_type="VPC_LINK",
        description="Pets",
        integration_method="ANY",
        integration_uri="arn:aws:servicediscovery:us-east-1:123456789012:service/srv-1",
        payload_format_version="1.0",
        request_parameters={"overwrite:path": "/v2"},
        response_parameters={"500": {"overwrite:statuscode": "502"}},
        tls_config=tls,
    )
    assert integration.tls_config == tls
    requests.new()
    cleared = integration.unset(
        "description", "request_parameters", "response_parameters", "tls_config"
    )
    assert requests.new() == ["UpdateIntegration"]
    assert (cleared.description, cleared.tls_config) == (None, None)
    assert not cleared.request_parameters
    assert not cleared.response_parameters


def test_a_private_integration_takes_a_vpc_link(gw: apigw2.ApiGatewayV2, api: apigw2.Api) -> None:
    link = gw.create_vpc_link("private", subnet_ids=["subnet-1"])
    integration = api.create_integration(
        "HTTP_PROXY",
        connection_id=link,
        connection_type="VPC_LINK",
        integration_method="ANY",
        integration_uri="arn:aws:servicediscovery:us-east-1:123456789012:service/srv-1",
        payload_format_version="1.0",
    )
    assert (integration.connection_type, integration.connection_id) == (
        "VPC_LINK",
        link.vpc_link_id,
    )


def test_a_missing_integration_is_not_found(api: apigw2.Api) -> None:
    gone = api.integration("gone")
    for method in (gone.get, gone.update, gone.delete):
        with pytest.raises(apigw2.NotFoundError, match="gone"):
            method()
    assert gone.referenced_by() == ()
