"""Rules about APIs, and about operations that one protocol has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apigw2._service.defaults import COMMON_VALUES
from apigw2._service.rules.rule import GUIDE, HTTP, MODEL, WEBSOCKET, Rule, always, only

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apigw2._service.rules.rule import PendingCall

_API = ("CreateApi", "UpdateApi")

_SELECTION: Final = COMMON_VALUES["route_selection_expression"]


def _cors_list(call: PendingCall, name: str) -> Sequence[str]:
    values: Sequence[str] = call.request.get("CorsConfiguration", {}).get(name) or ()
    return values


def _credentials_with_any_origin(call: PendingCall) -> bool:
    cors = call.request.get("CorsConfiguration", {})
    return bool(cors.get("AllowCredentials")) and "*" in _cors_list(call, "AllowOrigins")


RULES: Final[Sequence[Rule]] = (
    *only(HTTP, _API, "CorsConfiguration", "Target", "RouteKey", "CredentialsArn"),
    *only(WEBSOCKET, _API, "DisableSchemaValidation"),
    Rule(
        ("ReimportApi", "ExportApi", "DeleteCorsConfiguration", "ResetAuthorizersCache"),
        "the operation is supported for HTTP APIs only",
        MODEL,
        always,
        protocol=WEBSOCKET,
    ),
    Rule(
        ("CreateModel", "CreateRouteResponse", "CreateIntegrationResponse"),
        "the operation is supported for WEBSOCKET APIs only",
        GUIDE,
        always,
        protocol=HTTP,
    ),
    Rule(
        _API,
        "RouteSelectionExpression of an HTTP API must be ${request.method} ${request.path}",
        MODEL,
        lambda call: call.request.get("RouteSelectionExpression", _SELECTION[0]) not in _SELECTION,
        protocol=HTTP,
    ),
    Rule(
        ("CreateApi",),
        "RouteSelectionExpression is required for a WEBSOCKET API",
        MODEL,
        lambda call: "RouteSelectionExpression" not in call.request,
        protocol=WEBSOCKET,
    ),
    Rule(
        _API,
        "CorsConfiguration: AllowCredentials cannot be combined with * in AllowOrigins",
        "aws-cdk#9076",
        _credentials_with_any_origin,
        rejection="allow-credentials is not supported if 'allow-origin' is *",
    ),
    Rule(
        _API,
        "CorsConfiguration: AllowMethods takes * for every method, not ANY",
        "aws-cdk#10230",
        lambda call: "ANY" in _cors_list(call, "AllowMethods"),
        rejection="Method ANY is not supported",
    ),
)
