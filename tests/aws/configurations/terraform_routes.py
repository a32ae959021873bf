"""Terraform tests of routes, route responses and deployments."""

from __future__ import annotations

from typing import Final

from tests.aws.cases import NOTHING, Call, Case, Members, Ref, call, named, of, read, step
from tests.aws.configurations.terraform import (
    INVOKE_ARN,
    NAME,
    cases_of,
    http_api,
    integration,
    route,
    websocket_api,
)
from tests.aws.configurations.terraform_apis import MODEL, SCHEMA

_route = cases_of("route", "route_test.go")
_response = cases_of("route_response", "route_response_test.go")
_deployment = cases_of("deployment", "deployment_test.go")

BASIC: Final[Members] = {
    "ApiKeyRequired": False,
    "AuthorizationScopes": NOTHING,
    "AuthorizationType": "NONE",
    "AuthorizerId": NOTHING,
    "ModelSelectionExpression": NOTHING,
    "OperationName": NOTHING,
    "RequestModels": {},
    "RequestParameters": {},
    "RouteResponseSelectionExpression": NOTHING,
    "Target": NOTHING,
}
SIMPLE: Final[Members] = {
    "ApiKeyRequired": True,
    "OperationName": "GET",
    "RouteResponseSelectionExpression": "$default",
}
TARGET: Final = Ref("integrations/{IntegrationId}")
AUTHORIZER: Final = call(
    "CreateAuthorizer",
    AuthorizerType="REQUEST",
    AuthorizerUri=INVOKE_ARN,
    IdentitySource=[],
    Name=NAME,
)
ISSUER: Final = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_a1B2c3D4e"
JWT_AUTHORIZER: Final = call(
    "CreateAuthorizer",
    AuthorizerType="JWT",
    IdentitySource=["$request.header.Authorization"],
    JwtConfiguration={"Audience": ["test"], "Issuer": ISSUER},
    Name=NAME,
)
AUTHORIZATION: Final = "route.request.header.authorization"
QUERY: Final = "route.request.querystring.authToken"
CREATED_MODEL: Final = call(
    "CreateModel", ContentType="application/json", Name=MODEL, Schema=SCHEMA
)
MODELED: Final[Members] = {
    "ModelSelectionExpression": "action",
    "RequestModels": {"test": MODEL},
}


def _reads(key: str, **changed: object) -> Call:
    return read("GetRoute", RouteKey=key, **{**BASIC, **changed})


_ROUTES: Final = (
    _route("basic", step(websocket_api(), route("$default"), _reads("$default"))),
    _route(
        "disappears",
        step(websocket_api(), route("$default"), call("DeleteRoute"), read("GetRoutes", Items=[])),
    ),
    _route(
        "authorizer",
        step(
            websocket_api(),
            AUTHORIZER,
            route("$connect", AuthorizationType="CUSTOM", AuthorizerId=Ref("{AuthorizerId}")),
            _reads("$connect", AuthorizationType="CUSTOM", AuthorizerId=Ref("{AuthorizerId}")),
        ),
        step(
            call("UpdateRoute", AuthorizationType="AWS_IAM", AuthorizerId=""),
            _reads("$connect", AuthorizationType="AWS_IAM"),
        ),
    ),
    _route(
        "jwtAuthorization",
        step(
            http_api(),
            JWT_AUTHORIZER,
            route(
                "GET /test",
                AuthorizationScopes=["user.id", "user.email"],
                AuthorizationType="JWT",
                AuthorizerId=Ref("{AuthorizerId}"),
            ),
            _reads(
                "GET /test",
                AuthorizationScopes=["user.id", "user.email"],
                AuthorizationType="JWT",
                AuthorizerId=Ref("{AuthorizerId}"),
            ),
        ),
        step(
            call("UpdateRoute", AuthorizationScopes=["user.email"]),
            _reads(
                "GET /test",
                AuthorizationScopes=["user.email"],
                AuthorizationType="JWT",
                AuthorizerId=Ref("{AuthorizerId}"),
            ),
        ),
    ),
    _route(
        "model",
        step(
            websocket_api(),
            CREATED_MODEL,
            route("$default", **MODELED),
            _reads("$default", **MODELED),
        ),
    ),
    _route(
        "requestParameters",
        step(
            websocket_api(),
            route("$connect", RequestParameters={AUTHORIZATION: {"Required": True}}),
            _reads("$connect", RequestParameters={AUTHORIZATION: {"Required": True}}),
        ),
        step(
            call("DeleteRouteRequestParameter", RequestParameterKey=AUTHORIZATION),
            call(
                "UpdateRoute",
                RequestParameters={
                    AUTHORIZATION: {"Required": False},
                    QUERY: {"Required": True},
                },
            ),
            _reads(
                "$connect",
                RequestParameters={
                    AUTHORIZATION: {"Required": False},
                    QUERY: {"Required": True},
                },
            ),
        ),
        step(
            call("DeleteRouteRequestParameter", RequestParameterKey=AUTHORIZATION),
            call("DeleteRouteRequestParameter", RequestParameterKey=QUERY),
            _reads("$connect"),
        ),
    ),
    _route(
        "simpleAttributes",
        step(websocket_api(), route("$default", **SIMPLE), _reads("$default", **SIMPLE)),
        step(
            call(
                "UpdateRoute",
                ApiKeyRequired=False,
                OperationName="",
                RouteResponseSelectionExpression="",
            ),
            _reads("$default"),
        ),
        step(call("UpdateRoute", **SIMPLE), _reads("$default", **SIMPLE)),
    ),
    _route(
        "target",
        step(
            websocket_api(),
            integration("MOCK"),
            route("$default", Target=TARGET),
            _reads("$default", Target=TARGET),
        ),
    ),
    _route(
        "updateRouteKey",
        step(http_api(), route("GET /path"), _reads("GET /path")),
        step(call("UpdateRoute", RouteKey="POST /new/path"), _reads("POST /new/path")),
    ),
)

_RESPONSES: Final = (
    _response(
        "basic",
        step(
            websocket_api(),
            route("$default"),
            call("CreateRouteResponse", RouteResponseKey="$default"),
            read(
                "GetRouteResponse",
                ModelSelectionExpression=NOTHING,
                ResponseModels={},
                RouteResponseKey="$default",
            ),
        ),
    ),
    _response(
        "disappears",
        step(
            websocket_api(),
            route("$default"),
            call("CreateRouteResponse", RouteResponseKey="$default"),
            call("DeleteRouteResponse"),
            read("GetRouteResponses", Items=[]),
        ),
    ),
    _response(
        "model",
        step(
            websocket_api(),
            CREATED_MODEL,
            route("$default", **MODELED),
            call(
                "CreateRouteResponse",
                ModelSelectionExpression="action",
                ResponseModels={"test": MODEL},
                RouteResponseKey="$default",
            ),
            read(
                "GetRouteResponse",
                ModelSelectionExpression="action",
                ResponseModels={"test": MODEL},
                RouteResponseKey="$default",
            ),
        ),
    ),
)

TARGETED: Final = (websocket_api(), integration("MOCK"), route("$default", Target=TARGET))

_DEPLOYMENTS: Final = (
    _deployment(
        "basic",
        step(
            *TARGETED,
            call("CreateDeployment", Description="Test description"),
            read("GetDeployment", AutoDeployed=False, Description="Test description"),
        ),
        step(
            call("UpdateDeployment", Description="Test description updated"),
            read("GetDeployment", AutoDeployed=False, Description="Test description updated"),
        ),
    ),
    _deployment(
        "disappears",
        step(
            *TARGETED,
            call("CreateDeployment", Description="Test description"),
            call("DeleteDeployment"),
            read("GetDeployments", Items=[]),
        ),
    ),
    _deployment(
        "triggers",
        step(*TARGETED, named("first", call("CreateDeployment"))),
        step(
            call("UpdateRoute", ApiKeyRequired=True),
            call("CreateDeployment"),
            of("first", call("DeleteDeployment")),
            read("GetDeployments", Items=[{"AutoDeployed": False}]),
        ),
    ),
)

CASES: Final[tuple[Case, ...]] = (*_ROUTES, *_RESPONSES, *_DEPLOYMENTS)
