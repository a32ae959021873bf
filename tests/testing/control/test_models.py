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


def test_a_template_is_made_from_the_schema_of_a_model(client: Client) -> None:
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
    names = {"ApiId": api_id, "ModelId": model["ModelId"]}

    assert model["ContentType"] == "application/json"
    template = client.get_model_template(**names)["Value"]
    assert json.loads(template.partition("\n")[2]) == {
        "name": "foo",
        "age": 42,
        "tame": True,
        "toys": ["foo"],
        "any": {},
    }
    assert client.get_model_template(ApiId=api_id, ModelId=empty["ModelId"])["Value"]
    with refused("Conflict", "already exists"):
        client.create_model(ApiId=api_id, Name="Pet", Schema="{}")
    with refused("BadRequest", "should be JSON"):
        client.create_model(ApiId=api_id, Name="Cat", Schema="{")
    route_id = route(client, api_id, "send", RequestModels={"pet": "Pet"})
    client.delete_model(ApiId=api_id, ModelId=empty["ModelId"])
    with refused("Conflict", "referenced in route: send"):
        client.delete_model(**names)
    client.delete_route(ApiId=api_id, RouteId=route_id)
    client.delete_model(**names)
