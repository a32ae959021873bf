"""Calls that break the rules in `_service/rules/routes.py`, and calls that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import apigw2
from tests.service.rules.case import Case, each, only
from tests.support.caller import BODY, Caller

if TYPE_CHECKING:
    from collections.abc import Mapping

TOKEN: Final = {"route.request.querystring.token": apigw2.ParameterConstraints(required=True)}

CASES: Final[Mapping[str, Case]] = {
    "ApiKeyRequired is supported for WEBSOCKET APIs only": Case(
        [lambda c: c.http_route(api_key_required=True)],
        [
            lambda c: c.ws_route(api_key_required=True),
            lambda c: c.http_route(api_key_required=False),
            lambda c: c.route().update(api_key_required=True),
        ],
    ),
    "ModelSelectionExpression is supported for WEBSOCKET APIs only": only(
        Caller.http_route, Caller.ws_route, model_selection_expression=BODY
    ),
    "RequestModels is supported for WEBSOCKET APIs only": only(
        Caller.http_route, Caller.ws_route, request_models={"application/json": "Pet"}
    ),
    "RequestParameters is supported for WEBSOCKET APIs only": only(
        Caller.http_route,
        Caller.ws_route,
        request_parameters={
            "route.request.querystring.a": apigw2.ParameterConstraints(required=True)
        },
    ),
    "RouteResponseSelectionExpression is supported for WEBSOCKET APIs only": only(
        Caller.http_route, Caller.ws_route, route_response_selection_expression="$default"
    ),
    "AuthorizationType JWT is supported for HTTP APIs only": Case(
        [lambda c: c.ws_route(authorization_type="JWT", authorizer_id="z1")],
        [lambda c: c.http_route(authorization_type="JWT", authorizer_id="z1")],
    ),
    "RouteKey of an HTTP API is a method and a path, such as GET /pets, or $default": Case(
        [
            *each(
                Caller.http_route,
                route_key=["/pets", "GET pets", "$connect", "FETCH /pets", "GET /pets and more"],
            ),
        ],
        [
            *each(
                Caller.http_route,
                route_key=["$default", "ANY /{proxy+}", "GET /", "POST /pets/{id}/v1.0"],
            ),
            lambda c: c.ws_route(route_key="sendMessage"),
            lambda c: c.unseen.create_route("sendMessage"),
        ],
    ),
    "RouteKey: a variable must be a whole part of the path, such as {id} or {proxy+}": Case(
        [
            *each(
                Caller.http_route,
                route_key=[
                    "GET /events/{eventId}.json",
                    "GET /{proxy+}.json",
                    "GET /{}",
                    "GET /{a}{b}",
                ],
            ),
        ],
        [
            *each(Caller.http_route, route_key=["GET /{id}/{other-id}/{proxy+}", "$default"]),
            lambda c: c.ws_route(route_key="{a}.json"),
        ],
    ),
    "RouteKey: a greedy variable, such as {proxy+}, must be the last part of the path": Case(
        [lambda c: c.http_route(route_key="GET /{proxy+}/pets")],
        [
            *each(Caller.http_route, route_key=["GET /pets/{proxy+}", "GET /{id}/pets"]),
            lambda c: c.ws_route(route_key="{a+}/b"),
        ],
    ),
    "RequestParameters are supported for the route $connect only": Case(
        [
            lambda c: c.ws_route(route_key="$default", request_parameters=TOKEN),
            lambda c: c.unseen.create_route("sendMessage", request_parameters=TOKEN),
            lambda c: (
                c.within("WEBSOCKET").route(key="$disconnect").update(request_parameters=TOKEN)
            ),
        ],
        [
            lambda c: c.ws_route(route_key="$connect", request_parameters=TOKEN),
            lambda c: c.unseen.create_route("$default", request_parameters=TOKEN),
            lambda c: c.unseen.create_route("GET /pets", request_parameters=TOKEN),
            lambda c: c.unseen.route("r1").update(request_parameters=TOKEN),
            lambda c: c.ws_route(route_key="sendMessage", request_parameters={}),
        ],
    ),
    "AuthorizationType CUSTOM has an effect on the route $connect of a WEBSOCKET API only": Case(
        [
            lambda c: c.ws_route(
                route_key="$default", authorization_type="CUSTOM", authorizer_id="z1"
            ),
            lambda c: c.within("WEBSOCKET").route().update(authorization_type="CUSTOM"),
        ],
        [
            lambda c: c.ws_route(authorization_type="CUSTOM", authorizer_id="z1"),
            lambda c: c.http_route(authorization_type="CUSTOM", authorizer_id="z1"),
            lambda c: c.ws_route(route_key="$default"),
            lambda c: c.seen("WEBSOCKET").route("r1").update(authorization_type="CUSTOM"),
        ],
    ),
    "AuthorizationType CUSTOM and JWT need an AuthorizerId": Case(
        [
            lambda c: c.http_route(authorization_type="JWT"),
            lambda c: c.unseen.create_route("GET /", authorization_type="CUSTOM"),
            lambda c: c.route().update(authorizer_id="", authorization_type="JWT"),
        ],
        [
            lambda c: c.http_route(authorizer_id="z1", authorization_type="CUSTOM"),
            lambda c: c.http_route(authorizer_id=c.authorizer(authorizer_type="JWT")),
            lambda c: c.http_route(authorization_type="AWS_IAM"),
            lambda c: c.http_route(),
            lambda c: c.route().update(authorization_type="JWT"),
            lambda c: c.route().update(authorizer_id="", authorization_type="NONE"),
        ],
    ),
    "AuthorizerId has an effect with AuthorizationType CUSTOM or JWT only": Case(
        [
            lambda c: c.http_route(authorizer_id="z1"),
            lambda c: c.http_route(authorizer_id="z1", authorization_type="NONE"),
            lambda c: c.unseen.route("r1").update(authorizer_id="z1"),
            lambda c: c.route(authorization_type="NONE").update(authorizer_id="z1"),
        ],
        [
            lambda c: c.http_route(authorizer_id="z1", authorization_type="CUSTOM"),
            lambda c: c.route(authorization_type="JWT").update(authorizer_id="z1"),
            lambda c: c.route().update(authorizer_id="", authorization_type="NONE"),
        ],
    ),
    "AuthorizerId cannot be cleared alone: clear AuthorizationType as well": Case(
        [lambda c: c.route(authorization_type="JWT").update(authorizer_id="")],
        [
            lambda c: c.route(authorization_type="JWT").update(
                authorizer_id="", authorization_type="NONE"
            ),
            lambda c: c.route(authorization_type="NONE").update(authorizer_id=""),
            lambda c: c.unseen.route("r1").update(authorizer_id=""),
        ],
    ),
    "RouteKey of a route that a quick create made cannot be changed": Case(
        [lambda c: c.route(api_gateway_managed=True).update(route_key="GET /cats")],
        [
            lambda c: c.route(api_gateway_managed=True).update(operation_name="cats"),
            lambda c: c.route(api_gateway_managed=True).update(route_key="GET /pets"),
            lambda c: c.route().update(route_key="GET /cats"),
            lambda c: c.unseen.route("r1").update(route_key="GET /cats"),
        ],
    ),
    "Target names an integration by integrations/ and its id": Case(
        [
            lambda c: c.http_route(target="a1b2c3d"),
            lambda c: c.unseen.route("r1").update(target="a1b2c3d"),
        ],
        [
            lambda c: c.http_route(target="integrations/a1b2c3d"),
            lambda c: c.http_route(target=c.integration()),
            lambda c: c.route().update(target=""),
        ],
    ),
    "AuthorizationScopes: more than 10, the default quota": Case(
        [lambda c: c.route().update(authorization_scopes=[str(n) for n in range(11)])],
        [lambda c: c.route().update(authorization_scopes=[str(n) for n in range(10)])],
    ),
}
