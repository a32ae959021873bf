"""Models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.support.local_gateway import (
    refused,
    route,
    websocket_api,
)

if TYPE_CHECKING:
    from tests.support.local_gateway import Client


def test_a_template_is_generated_from_the_schema_of_a_model(client: Client) -> None:
    api_id = websocket_api(client)
    schema = {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "age": {"type": "integer"},
            "tame": {"type": "boolean"},
            "toys": {"type": "array", "items": {"type": "string"}},
            "any": True,
        },
    }
    model = client.create_model(ApiId=api_id, Name="Pet", Schema=json.dumps(schema))
    empty = client.create_model(ApiId=api_id, Name="Empty", Schema="")

    template = client.get_model_template(ApiId=api_id, ModelId=model["ModelId"])["Value"]

    assert model["ContentType"] == "application/json"
    assert json.loads(template.partition("\n")[2]) == {
        "name": "foo",
        "age": 42,
        "tame": True,
        "toys": ["foo"],
        "any": {},
    }
    assert client.get_model_template(ApiId=api_id, ModelId=empty["ModelId"])["Value"]


def test_a_model_needs_a_new_name_and_a_json_schema(client: Client) -> None:
    api_id = websocket_api(client)
    client.create_model(ApiId=api_id, Name="Pet", Schema="{}")

    with refused("Conflict", "already exists"):
        client.create_model(ApiId=api_id, Name="Pet", Schema="{}")
    with refused("BadRequest", "should be JSON"):
        client.create_model(ApiId=api_id, Name="Cat", Schema="{")


def test_a_model_in_use_is_not_deleted(client: Client) -> None:
    api_id = websocket_api(client)
    model_id = client.create_model(ApiId=api_id, Name="Pet", Schema="{}")["ModelId"]
    route_id = route(client, api_id, "send", RequestModels={"pet": "Pet"})
    names = {"ApiId": api_id, "ModelId": model_id}

    with refused("Conflict", "referenced in route: send"):
        client.delete_model(**names)
    client.delete_route(ApiId=api_id, RouteId=route_id)
    client.delete_model(**names)
