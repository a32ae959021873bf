"""Validation of messages against models.

Models are JSON Schema of draft 4 (developer guide, "Request validation for WebSocket APIs in API
Gateway").
"""

from __future__ import annotations

import importlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from apigw2.testing._extras import extra
from apigw2.testing._json import parse
from apigw2.testing._websocket._expressions import choose, evaluate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apigw2.testing._websocket._exchange import RouteEvent


def problem(event: RouteEvent) -> str | None:
    """Return the problem of a message that does not match the model of its route, or `None`.

    A route validates if it has a model selection expression, whatever its integration. If that
    selects no model and there is none for `$default`, no message is valid.

    Raises:
        ModuleNotFoundError: The extra `apigw2[testing]` is not installed.
    """
    expression = event.route.get("ModelSelectionExpression")
    if not expression:
        return None
    models: Mapping[str, str] = event.route.get("RequestModels", {})
    key = choose(models, evaluate(expression, event))
    schemas = event.deployed.snapshot.models
    if key is None or models[key] not in schemas:
        return f"{event.route['RouteKey']} has no model for this message"
    try:
        document = parse(event.body or "")
    except ValueError:
        return "the message is not JSON"
    validator = _validator(models[key], tuple(sorted(schemas.items())))
    try:
        return next((error.message for error in validator.iter_errors(document)), None)
    except Exception as error:  # noqa: BLE001 - a schema can be wrong in any way
        return f"the model {models[key]} is not a valid schema: {type(error).__name__}: {error}"


@lru_cache(maxsize=256)
def _validator(name: str, schemas: tuple[tuple[str, str], ...]) -> Any:  # noqa: ANN401 - an extra's
    """A validator for a model, which may refer to other models of the API.

    References end with the name of a model, as in
    `https://apigateway.amazonaws.com/restapis/.../models/Pet`. Nothing is fetched.
    """
    with extra("Validating messages against a model"):
        jsonschema: Any = importlib.import_module("jsonschema")
        referencing: Any = importlib.import_module("referencing")  # comes with jsonschema
    known = dict(schemas)

    def retrieve(uri: str) -> object:
        schema = json.loads(known[uri.rpartition("/")[2]])
        return referencing.jsonschema.DRAFT4.create_resource(schema)

    registry = referencing.Registry(retrieve=retrieve)
    return jsonschema.Draft4Validator(json.loads(known[name]), registry=registry)
