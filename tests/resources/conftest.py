"""A local gateway for each test, and the parents of most resources."""

from __future__ import annotations

import pytest

import apigw2
from apigw2.testing import LocalGateway
from tests.support.resources import CERTIFICATE, LAMBDA, Requests


@pytest.fixture
def local() -> LocalGateway:
    return LocalGateway()


@pytest.fixture
def gw(local: LocalGateway) -> apigw2.ApiGatewayV2:
    return local.gateway()


@pytest.fixture
def requests(local: LocalGateway) -> Requests:
    return Requests(local)


@pytest.fixture
def api(gw: apigw2.ApiGatewayV2) -> apigw2.Api:
    """An empty HTTP API."""
    return gw.create_api("petstore", protocol_type="HTTP")


@pytest.fixture
def integration(api: apigw2.Api) -> apigw2.Integration:
    """An integration of the HTTP API with a Lambda function."""
    return api.create_integration("AWS_PROXY", integration_uri=LAMBDA, payload_format_version="2.0")


@pytest.fixture
def route(api: apigw2.Api, integration: apigw2.Integration) -> apigw2.Route:
    """A route of the HTTP API, which can then be deployed."""
    return api.create_route("GET /pets", target=integration)


@pytest.fixture
def chat(gw: apigw2.ApiGatewayV2) -> apigw2.Api:
    """An empty WebSocket API."""
    return gw.create_api(
        "chat",
        protocol_type="WEBSOCKET",
        route_selection_expression="$request.body.action",
    )


@pytest.fixture
def domain(gw: apigw2.ApiGatewayV2) -> apigw2.DomainName:
    """A custom domain name that can have API mappings and routing rules."""
    configuration = apigw2.DomainNameConfiguration(certificate_arn=CERTIFICATE)
    return gw.create_domain_name(
        "api.example.com",
        domain_name_configurations=[configuration],
        routing_mode="ROUTING_RULE_THEN_API_MAPPING",
    )


@pytest.fixture
def product(gw: apigw2.ApiGatewayV2) -> apigw2.PortalProduct:
    """A portal product without pages."""
    return gw.create_portal_product("Pet adoption", description="Find a pet")
