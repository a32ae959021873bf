"""Models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from apigw2.testing._control._resource import Resource
from apigw2.testing._errors import bad_request, conflict
from apigw2.testing._json import as_object, parse

if TYPE_CHECKING:
    from apigw2.testing._control._resource import Call
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node


def _prepare(_: Call, record: Record) -> None:
    record.setdefault("ContentType", "application/json")


def _check(call: Call, node: Node | None, record: Record) -> None:
    try:
        parse(record["Schema"] or "{}")
    except ValueError:
        raise bad_request("Invalid model schema specified. Schema should be JSON") from None
    for other in call.api.all("models", call.control.now()):
        if other is not node and other.record["Name"] == record["Name"]:
            raise conflict("Model name already exists for this API")


def _before_delete(call: Call, model: Node) -> None:
    name = model.record["Name"]
    for route in call.api.all("routes", call.control.now()):
        if name in route.record.get("RequestModels", {}).values():
            raise conflict(
                f"Cannot delete model '{name}', is referenced in route: {route.record['RouteKey']}"
            )


def get_template(call: Call) -> Record:
    """GetModelTemplate: returns a mapping template that copies every property of the model."""
    schema = parse(call.node.record["Schema"] or "{}")
    value = f"#set($inputRoot = $input.path('$'))\n{json.dumps(_sample(schema), indent=2)}"
    return {"Value": value}


def _sample(schema: object) -> Any:  # noqa: ANN401 - any JSON
    node = as_object(schema)
    kind = node.get("type", "object")
    if kind == "object":
        return {name: _sample(each) for name, each in as_object(node.get("properties")).items()}
    if kind == "array":
        return [_sample(node.get("items"))]
    return {"string": "foo", "boolean": True}.get(str(kind), 42)


MODEL: Final = Resource(
    collection="models",
    noun="Model",
    id_member="ModelId",
    deploys=True,
    sticky=frozenset({"Schema"}),
    prepare=_prepare,
    check=_check,
    before_delete=_before_delete,
)
