"""Helpers for the tests of the data plane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.local_gateway import http_api, lambda_integration, route, url_integration

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway, Response
    from tests.support.local_gateway import JSON, Client


def deployed(client: Client, keys: dict[str, dict[str, Any]] | None = None, **members: JSON) -> str:
    """Create an API with a route and a Lambda integration for each key, and return its id."""
    api_id = http_api(client, **members)
    client.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)
    for key, integration in (keys or {}).items():
        target = lambda_integration(client, api_id, **integration)
        route(client, api_id, key, Target=f"integrations/{target}")
    return api_id


def proxied(client: Client, key: str, uri: str, **members: JSON) -> str:
    """Create an API with one route to a URL, and return its id."""
    api_id = deployed(client)
    target = url_integration(client, api_id, uri, **members)
    route(client, api_id, key, Target=f"integrations/{target}")
    return api_id


def ask(local: LocalGateway, path: str, authorization: str | None) -> Response:
    """Send a GET request, with an Authorization header unless it is `None`."""
    headers = {} if authorization is None else {"Authorization": authorization}
    return local.invoke("GET", path, headers=headers)


def nested(depth: int) -> JSON:
    """Make a list that contains `depth` nested lists."""
    value: JSON = []
    for _ in range(depth):
        value = [value]
    return value
