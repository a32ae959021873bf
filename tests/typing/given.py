"""What pages and docstrings take as given, with its type. Only type-checked, never run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import apigw2
    from apigw2 import testing

# Hidden blocks of pages use it: see tests/support/documents.py.
accounts: dict[str, testing.LocalGateway]

# Docstrings use the names that the documentation uses throughout.
gw: apigw2.ApiGatewayV2
local: testing.LocalGateway
connection: testing.WebSocketConnection

api: apigw2.Api
authorizer: apigw2.Authorizer
deployment: apigw2.Deployment
domain: apigw2.DomainName
integration: apigw2.Integration
link: apigw2.VpcLink
page: apigw2.ProductRestEndpointPage
portal: apigw2.Portal
product: apigw2.PortalProduct
route: apigw2.Route
stage: apigw2.Stage

login: apigw2.AuthorizerSpec
pets: apigw2.IntegrationSpec
petstore: apigw2.Blueprint
plan: apigw2.Plan

# Those of a few docstrings.
backend: apigw2.Integration
colors: apigw2.CustomColors
endpoint: apigw2.RestEndpointIdentifier
overview: apigw2.ProductPage
section: apigw2.Section
picture: bytes
url_of: Callable[[bytes], str]
table: Any  # of DynamoDB

connection_id: str
connection_ids: list[str]
document: str
listener_arn: str
stored: bytes
subnets: list[str]
