"""Helpers to make, import and export OpenAPI documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.support.local_gateway import (
    JSON,
    LAMBDA,
)

if TYPE_CHECKING:
    from tests.support.local_gateway import Client


INTEGRATION = {
    "type": "aws_proxy",
    "httpMethod": "POST",
    "uri": LAMBDA,
    "payloadFormatVersion": "2.0",
}


def document(paths: dict[str, Any], **members: JSON) -> dict[str, Any]:
    """Make a document with these paths."""
    return {
        "openapi": "3.0.1",
        "info": {"title": "pets", "version": "1"},
        "paths": paths,
        **members,
    }


def get(**members: JSON) -> dict[str, Any]:
    """Make a path item with one operation."""
    return {"get": {"x-amazon-apigateway-integration": INTEGRATION, **members}}


def import_document(client: Client, given: dict[str, Any], **params: JSON) -> dict[str, Any]:
    answer: dict[str, Any] = client.import_api(Body=json.dumps(given), **params)
    return answer


def configuration(client: Client, api_id: str) -> dict[str, Any]:
    """The configuration of an API without identifiers and dates, sorted."""

    def items(operation: str, id_member: str) -> dict[str, dict[str, Any]]:
        answer = getattr(client, operation)(ApiId=api_id)["Items"]
        return {
            item[id_member]: {k: v for k, v in item.items() if k not in ignored} for item in answer
        }

    ignored = {
        "ApiEndpoint", "ApiId", "AuthorizerId", "CreatedDate", "IntegrationId", "RouteId",
        "ResponseMetadata",
    }  # fmt: skip
    authorizers = items("get_authorizers", "AuthorizerId")
    integrations = items("get_integrations", "IntegrationId")
    ignored.discard("AuthorizerId")
    routes = items("get_routes", "RouteId")
    users: dict[str, list[str]] = {integration_id: [] for integration_id in integrations}
    for each in routes.values():
        target = each.pop("Target", "").removeprefix("integrations/")
        if target:
            users[target].append(each["RouteKey"])
        each["Authorizer"] = authorizers.get(each.pop("AuthorizerId", ""))
    return {
        "api": {k: v for k, v in client.get_api(ApiId=api_id).items() if k not in ignored},
        "authorizers": sorted(authorizers.values(), key=lambda each: str(each["Name"])),
        "integrations": sorted(
            ((sorted(users[key]), value) for key, value in integrations.items()), key=str
        ),
        "routes": sorted(routes.values(), key=lambda each: str(each["RouteKey"])),
    }


def export(client: Client, api_id: str, output_type: str = "JSON", **params: JSON) -> str:
    answer = client.export_api(
        ApiId=api_id, Specification="OAS30", OutputType=output_type, **params
    )
    text: str = answer["body"].read().decode()
    return text
