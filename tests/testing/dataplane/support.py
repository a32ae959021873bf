"""What the tests of the data plane share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.local_gateway import http_api, lambda_integration, route, url_integration

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway, Response
    from tests.support.local_gateway import JSON, Client


def deployed(client: Client, keys: dict[str, dict[str, Any]] | None = None, **members: JSON) -> str:
    """Make an API whose routes have functions of the names that they are given."""
    api_id = http_api(client, **members)
    client.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)
    for key, integration in (keys or {}).items():
        target = lambda_integration(client, api_id, **integration)
        route(client, api_id, key, Target=f"integrations/{target}")
    return api_id


def proxied(client: Client, key: str, uri: str, **members: JSON) -> str:
    """Make an API with one route to a URL."""
    api_id = deployed(client)
    target = url_integration(client, api_id, uri, **members)
    route(client, api_id, key, Target=f"integrations/{target}")
    return api_id


def ask(local: LocalGateway, path: str, authorization: str | None) -> Response:
    """Send a GET request, perhaps with an authorization."""
    headers = {} if authorization is None else {"Authorization": authorization}
    return local.invoke("GET", path, headers=headers)


def nested(depth: int) -> JSON:
    """A list in a list, and so on."""
    value: JSON = []
    for _ in range(depth):
        value = [value]
    return value
