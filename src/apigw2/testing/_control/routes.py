"""Routes and route responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apigw2.testing._control._resource import Resource
from apigw2.testing._control.authorizers import note_release
from apigw2.testing._control.stages import deploy_automatically
from apigw2.testing._errors import bad_request, conflict, not_found
from apigw2.testing._rules import route_keys

if TYPE_CHECKING:
    from apigw2.testing._control._resource import Call
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node

_WEBSOCKET_ONLY: Final = (
    "ApiKeyRequired",
    "ModelSelectionExpression",
    "RequestModels",
    "RequestParameters",
    "RouteResponseSelectionExpression",
)
_AUTHORIZER_TYPES: Final = {"CUSTOM": "REQUEST", "JWT": "JWT"}


def check_key(call: Call, node: Node | None, key: str) -> None:
    """Reject a key that exists, or that differs from another only in the name of a variable."""
    others = [
        other.record["RouteKey"]
        for other in call.api.all("routes", call.control.now())
        if other is not node
    ]
    if key in others:
        # The message is that in anomalyco/sst#5031.
        raise conflict(f"Route with key {key} already exists for this API")
    if not call.is_http:
        return
    route_keys.check(key)
    for other in others:
        if route_keys.shape(other) == route_keys.shape(key):
            # The message is that in plutomi/plutomi#271.
            raise conflict(
                f'The provided route key "{key}" has a conflicting variable on the same '
                f'hierarchical level as "{other}"'
            )


def _check_authorization(call: Call, record: Record) -> None:
    kind = record["AuthorizationType"]
    if kind == "JWT" and not call.is_http:
        raise bad_request("JWT authorization is supported only for HTTP APIs")
    call.control.limit("scopes", len(record.get("AuthorizationScopes", ())), "scope")
    expected = _AUTHORIZER_TYPES.get(kind)
    if expected is None:
        if call.params.get("AuthorizerId"):
            # UpdateRoute with only the id is rejected (hashicorp/terraform-provider-aws#35821).
            raise bad_request(
                "An authorizer ID is set, but the authorization type is not CUSTOM or JWT"
            )
        return
    authorizer = call.api.get("authorizers", record.get("AuthorizerId", ""), call.control.now())
    if authorizer is None or authorizer.record["AuthorizerType"] != expected:
        # The message is that in hashicorp/terraform-provider-aws#17497 and anomalyco/sst#4591.
        needs = (
            "JWT requires a valid JWT authorizer."
            if kind == "JWT"
            else "CUSTOM or COGNITO_USER_POOLS requires a valid authorizer."
        )
        raise bad_request(
            f"Invalid authorizer ID specified. Setting the authorization type to {needs}"
        )


def _check(call: Call, node: Node | None, record: Record) -> None:
    call.drop_foreign("WEBSOCKET", record, _WEBSOCKET_ONLY)
    record.setdefault("ApiKeyRequired", False)
    if record["RouteKey"] != "$connect" and call.params.get("RequestParameters"):
        # go-to-k/cdkd, `tests/integration/apigatewayv2-update-removal/README.md`
        raise bad_request(
            "Request parameters are only supported for the $connect route in WEBSOCKET APIs"
        )
    if node is None or record["RouteKey"] != node.record["RouteKey"]:
        if node is not None and node.record.get("ApiGatewayManaged"):
            raise bad_request("The route key of a route made by quick create cannot be modified")
        check_key(call, node, record["RouteKey"])
    _check_authorization(call, record)
    target = call.params.get("Target")
    if target:
        collection, _, integration_id = target.partition("/")
        now = call.control.now()
        if collection != "integrations" or not call.api.get("integrations", integration_id, now):
            raise bad_request(f"Invalid Integration identifier specified: {target}")
    if node is not None and node.record.get("AuthorizerId") != record.get("AuthorizerId"):
        note_release(call, node.record)


def _prepare(_: Call, record: Record) -> None:
    record.setdefault("AuthorizationType", "NONE")


def _before_delete(call: Call, route: Node) -> None:
    note_release(call, route.record)


def delete_request_parameter(call: Call) -> Record:
    """DeleteRouteRequestParameter."""
    parameters = call.node.record.get("RequestParameters", {})
    key = call.params["RequestParameterKey"]
    if key not in parameters:
        raise not_found(f"Unable to find request parameter {key}")
    call.node.update(RequestParameters={k: v for k, v in parameters.items() if k != key})
    deploy_automatically(call.control, call.api)
    return {}


ROUTE: Final = Resource(
    collection="routes",
    noun="Route",
    id_member="RouteId",
    id_length=7,
    deploys=True,
    keyed_maps=frozenset({"RequestModels", "RequestParameters"}),
    required=frozenset({"RouteKey"}),
    prepare=_prepare,
    check=_check,
    before_delete=_before_delete,
)


def _check_response(call: Call, node: Node | None, record: Record) -> None:
    key = record["RouteResponseKey"]
    for other in call.lineage[1].all("routeresponses", call.control.now()):
        if other is not node and other.record["RouteResponseKey"] == key:
            raise conflict(f"RouteResponse with key {key} already exists for this Route")


ROUTE_RESPONSE: Final = Resource(
    collection="routeresponses",
    noun="RouteResponse",
    id_member="RouteResponseId",
    deploys=True,
    keyed_maps=frozenset({"ResponseModels", "ResponseParameters"}),
    required=frozenset({"RouteResponseKey"}),
    check=_check_response,
)
