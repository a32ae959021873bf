"""Helpers for tests of `apigw2.testing`: they create resources with plain boto3."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

JSON = Any
"""A value that JSON can have."""

Client = Any
"""A boto3 client. Its stubs would refuse the wrong parameters and values that tests send."""

LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:pets"
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1"

ONCE = Config(retries={"total_max_attempts": 1})
"""botocore configuration without retries."""


def plain_client(**options: str) -> Client:
    """Create a boto3 client that no gateway is attached to."""
    session: JSON = boto3.Session("a", "b", region_name="eu-west-1")
    return session.client("apigatewayv2", **options)


@contextmanager
def refused(code: str, message: str = "") -> Generator[None]:
    """Expect the service's error `code` (without `Exception`), with `message` in its message."""
    with pytest.raises(ClientError) as caught:
        yield
    response: JSON = caught.value.response
    error = response["Error"]
    assert error["Code"] == f"{code}Exception"
    assert message in error["Message"]


def always(result: JSON) -> Callable[[JSON, JSON], JSON]:
    """Make a function that always returns the same result."""
    return lambda _event, _context: result


def http_api(client: Client, **members: JSON) -> str:
    """Create an HTTP API and return its id."""
    api_id: str = client.create_api(Name="pets", ProtocolType="HTTP", **members)["ApiId"]
    return api_id


def websocket_api(client: Client) -> str:
    """Create a WebSocket API and return its id."""
    api = client.create_api(
        Name="chat", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action"
    )
    api_id: str = api["ApiId"]
    return api_id


def lambda_integration(client: Client, api_id: str, **members: JSON) -> str:
    """Create a Lambda proxy integration and return its id."""
    given = {
        "IntegrationType": "AWS_PROXY",
        "IntegrationUri": LAMBDA,
        "PayloadFormatVersion": "2.0",
        **members,
    }
    integration_id: str = client.create_integration(ApiId=api_id, **given)["IntegrationId"]
    return integration_id


def url_integration(client: Client, api_id: str, uri: str, **members: JSON) -> str:
    """Create an HTTP proxy integration and return its id."""
    given = {
        "IntegrationType": "HTTP_PROXY",
        "IntegrationMethod": "ANY",
        "IntegrationUri": uri,
        "PayloadFormatVersion": "1.0",
        **members,
    }
    integration_id: str = client.create_integration(ApiId=api_id, **given)["IntegrationId"]
    return integration_id


def route(client: Client, api_id: str, key: str, **members: JSON) -> str:
    """Create a route and return its id."""
    route_id: str = client.create_route(ApiId=api_id, RouteKey=key, **members)["RouteId"]
    return route_id


def jwt_authorizer(client: Client, api_id: str, **members: JSON) -> str:
    """Create a JWT authorizer and return its id."""
    given = {
        "Name": "tokens",
        "AuthorizerType": "JWT",
        "IdentitySource": ["$request.header.Authorization"],
        "JwtConfiguration": {"Audience": ["pets"], "Issuer": "https://issuer.example.com"},
        **members,
    }
    authorizer_id: str = client.create_authorizer(ApiId=api_id, **given)["AuthorizerId"]
    return authorizer_id


def lambda_authorizer(client: Client, api_id: str, **members: JSON) -> str:
    """Create a Lambda authorizer and return its id."""
    given = {
        "Name": "asker",
        "AuthorizerType": "REQUEST",
        "AuthorizerPayloadFormatVersion": "2.0",
        "AuthorizerUri": "arn:aws:lambda:us-east-1:123456789012:function:asker",
        "IdentitySource": ["$request.header.Authorization"],
        **members,
    }
    authorizer_id: str = client.create_authorizer(ApiId=api_id, **given)["AuthorizerId"]
    return authorizer_id
