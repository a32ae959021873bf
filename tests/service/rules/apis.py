"""Calls that break the rules in `_service/rules/apis.py`, and calls that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import apigw2
from tests.service.rules.case import Case, only
from tests.support.caller import BODY, LAMBDA, ROLE, Caller

if TYPE_CHECKING:
    from collections.abc import Mapping

EXPRESSION: Final = "${request.method} ${request.path}"


def cors(**fields: Any) -> apigw2.Cors:  # noqa: ANN401  # any field
    return apigw2.Cors(allow_credentials=True, **fields)


CASES: Final[Mapping[str, Case]] = {
    "CorsConfiguration is supported for HTTP APIs only": only(
        Caller.new_ws, Caller.new_http, cors_configuration=apigw2.Cors(max_age=5)
    ),
    "Target is supported for HTTP APIs only": only(Caller.new_ws, Caller.new_http, target=LAMBDA),
    "RouteKey is supported for HTTP APIs only": only(
        Caller.new_ws, Caller.new_http, route_key="GET /"
    ),
    "CredentialsArn is supported for HTTP APIs only": only(
        Caller.new_ws, Caller.new_http, credentials_arn=ROLE
    ),
    "DisableSchemaValidation is supported for WEBSOCKET APIs only": Case(
        [lambda c: c.new_http(disable_schema_validation=True)],
        [
            lambda c: c.new_ws(disable_schema_validation=True),
            lambda c: c.new_http(disable_schema_validation=False),
        ],
    ),
    "the operation is supported for HTTP APIs only": Case(
        [
            lambda c: c.ws.reimport("{}"),
            lambda c: c.ws.export(output_type="JSON", specification="OAS30"),
            lambda c: c.ws.delete_cors_configuration(),
            lambda c: c.seen("WEBSOCKET").stage("prod").reset_authorizers_cache(),
        ],
        [
            lambda c: c.http.reimport("{}"),
            lambda c: c.http.export(output_type="JSON", specification="OAS30"),
            lambda c: c.unseen.delete_cors_configuration(),
            lambda c: c.seen("HTTP").stage("prod").reset_authorizers_cache(),
        ],
    ),
    "the operation is supported for WEBSOCKET APIs only": Case(
        [
            lambda c: c.http.create_model("Pet", schema="{}"),
            lambda c: c.seen("HTTP").route("r1").create_route_response("$default"),
            lambda c: c.seen("HTTP").integration("i1").create_integration_response("$default"),
        ],
        [
            lambda c: c.ws.create_model("Pet", schema="{}"),
            lambda c: c.unseen.create_model("Pet", schema="{}"),
            lambda c: c.seen("WEBSOCKET").route("r1").create_route_response("$default"),
        ],
    ),
    "RouteSelectionExpression of an HTTP API must be ${request.method} ${request.path}": Case(
        [
            lambda c: c.new_http(route_selection_expression=BODY),
            lambda c: c.http.update(route_selection_expression=BODY),
        ],
        [
            lambda c: c.new_http(route_selection_expression=EXPRESSION),
            lambda c: c.new_http(),
            lambda c: c.ws.update(route_selection_expression=BODY),
        ],
    ),
    "RouteSelectionExpression is required for a WEBSOCKET API": Case(
        [lambda c: c.gw.create_api("x", protocol_type="WEBSOCKET")],
        [lambda c: c.new_ws(), lambda c: c.new_http(), lambda c: c.ws.update(name="y")],
    ),
    "CorsConfiguration: AllowCredentials cannot be combined with * in AllowOrigins": Case(
        [
            lambda c: c.new_http(cors_configuration=cors(allow_origins=["*"])),
            lambda c: c.unseen.update(cors_configuration=cors(allow_origins=["http://a", "*"])),
        ],
        [
            lambda c: c.new_http(cors_configuration=cors(allow_origins=["https://a.example"])),
            lambda c: c.new_http(cors_configuration=cors(allow_headers=["a", "*"])),
            lambda c: c.http.update(cors_configuration=cors(allow_methods=["*"])),
            lambda c: c.unseen.update(cors_configuration=cors(expose_headers=["*"])),
            lambda c: c.new_http(cors_configuration=apigw2.Cors(allow_origins=["*"])),
        ],
    ),
    "CorsConfiguration: AllowMethods takes * for every method, not ANY": Case(
        [lambda c: c.unseen.update(cors_configuration=apigw2.Cors(allow_methods=["ANY"]))],
        [
            lambda c: c.new_http(cors_configuration=apigw2.Cors(allow_methods=["*"])),
            lambda c: c.new_http(cors_configuration=apigw2.Cors(allow_methods=["GET", "put"])),
        ],
    ),
}
