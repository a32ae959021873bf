"""APIs, routes, authorizers and stages of published modules, tools and guides.

The source has the deployed configuration. The expected responses follow from defaults that other
sources assert.
"""

from __future__ import annotations

from typing import Final

from tests.aws.cases import NOTHING, Case, Members, call, read
from tests.aws.configurations.sample_calls import (
    ACCOUNT,
    AUTHORIZER,
    FUNCTION,
    GUIDE,
    LOG_FORMAT,
    LOG_GROUP,
    MODULE,
    ROLE,
    deployed,
    http,
    invocation,
    proxy,
    route,
    socket,
    stage,
    websocket,
)

CASES: Final[tuple[Case, ...]] = (
    deployed(
        "stage",
        f"{MODULE}/websocket/main.tf",
        "module-websocket",
        websocket(),
        socket(),
        route("$connect", OperationName="ConnectRoute"),
        route("$disconnect", OperationName="DisconnectRoute"),
        route("sendmessage", OperationName="SendRoute"),
        stage(
            "prod",
            AccessLogSettings={"DestinationArn": LOG_GROUP, "Format": LOG_FORMAT},
            DefaultRouteSettings={
                "DataTraceEnabled": True,
                "DetailedMetricsEnabled": True,
                "LoggingLevel": "INFO",
                "ThrottlingBurstLimit": 100,
                "ThrottlingRateLimit": 100.0,
            },
        ),
        read(
            "GetStage",
            DefaultRouteSettings={
                "DataTraceEnabled": True,
                "DetailedMetricsEnabled": True,
                "LoggingLevel": "INFO",
                "ThrottlingBurstLimit": 100,
                "ThrottlingRateLimit": 100.0,
            },
        ),
    ),
    *(
        deployed(
            "route",
            f"{GUIDE}, Create routes for HTTP APIs",
            f"guide-route-{number}",
            http(),
            proxy(),
            route(key),
            read("GetRoute", RouteKey=key, AuthorizationType="NONE", ApiKeyRequired=False),
        )
        for number, key in enumerate(
            (
                "GET /",
                "ANY /",
                "HEAD /a",
                "GET /pets/{petID}/toys/{toyId}",
                "GET /users/{user_id}/",
                "POST /v1/things:batch",
                "GET /.well-known/openid-configuration",
                "GET /a/b.json",
                "GET /@scope/{pkg}",
                "GET /~user/*",
                "PATCH /a-b_c/{d-e}",
                "GET /$metadata",
                "GET /a%20b",
                "ANY /api/{any+}",
                "GET /pets,dogs",
            )
        )
    ),
    *(
        deployed(
            "route",
            f"{GUIDE}, Create a route for a WebSocket API",
            f"guide-websocket-route-{number}",
            websocket(),
            socket(),
            route(key),
            read("GetRoute", RouteKey=key),
        )
        for number, key in enumerate(
            (
                "$connect",
                "$disconnect",
                "$default",
                "join room",
                "a/b",
                "GET /x",
                "send-message",
                "Ünï",
                "1",
            )
        )
    ),
    *(
        deployed(
            "authorizer",
            source,
            f"authorizer-{name}",
            http(),
            call("CreateAuthorizer", **members),
            read("GetAuthorizer", **expected),
        )
        for source, name, members, expected in (
            (
                "serverless/serverless docs/events/http-api.md",
                "serverless-request",
                {
                    "AuthorizerPayloadFormatVersion": "2.0",
                    "AuthorizerResultTtlInSeconds": 300,
                    "AuthorizerType": "REQUEST",
                    "AuthorizerUri": invocation(),
                    "EnableSimpleResponses": True,
                    "IdentitySource": ["$request.header.auth", "$request.querystring.token"],
                    "Name": "custom",
                },
                {
                    "AuthorizerResultTtlInSeconds": 300,
                    "EnableSimpleResponses": True,
                    "IdentitySource": ["$request.header.auth", "$request.querystring.token"],
                },
            ),
            (
                "serverless/serverless lib/plugins/aws/package/compile/events/http-api.js",
                "serverless-no-cache",
                {
                    "AuthorizerPayloadFormatVersion": "2.0",
                    "AuthorizerResultTtlInSeconds": 0,
                    "AuthorizerType": "REQUEST",
                    "AuthorizerUri": invocation(),
                    "EnableSimpleResponses": False,
                    "IdentitySource": list[str](),
                    "Name": "custom",
                },
                {"AuthorizerResultTtlInSeconds": 0, "IdentitySource": NOTHING},
            ),
            (
                "aws/aws-cdk aws-apigatewayv2-authorizers/lib/http/lambda.ts",
                "cdk-lambda",
                {
                    "AuthorizerPayloadFormatVersion": "1.0",
                    "AuthorizerResultTtlInSeconds": 300,
                    "AuthorizerType": "REQUEST",
                    "AuthorizerUri": invocation(f"{FUNCTION}:live"),
                    "IdentitySource": ["$request.header.Authorization"],
                    "Name": "BooksAuthorizer",
                },
                {"AuthorizerPayloadFormatVersion": "1.0"},
            ),
            (
                f"{GUIDE}, Work with Lambda authorizers",
                "guide-context",
                {
                    "AuthorizerCredentialsArn": ROLE,
                    "AuthorizerPayloadFormatVersion": "2.0",
                    "AuthorizerResultTtlInSeconds": 3600,
                    "AuthorizerType": "REQUEST",
                    "AuthorizerUri": invocation(),
                    "IdentitySource": ["$context.routeKey", "$stageVariables.key"],
                    "Name": "custom",
                },
                {"AuthorizerCredentialsArn": ROLE},
            ),
            (
                "anomalyco/sst, ApiGatewayV2 jwt authorizer",
                "sst-auth0",
                {
                    "AuthorizerType": "JWT",
                    "IdentitySource": ["$request.header.Authorization"],
                    "JwtConfiguration": {
                        "Audience": ["https://api.example.com/"],
                        "Issuer": "https://example.eu.auth0.com/",
                    },
                    "Name": "auth0",
                },
                {
                    "JwtConfiguration": {
                        "Audience": ["https://api.example.com/"],
                        "Issuer": "https://example.eu.auth0.com/",
                    }
                },
            ),
            (
                "terraform-aws-modules examples/complete-http, azure",
                "query",
                {
                    "AuthorizerType": "JWT",
                    "IdentitySource": ["$request.querystring.token"],
                    "JwtConfiguration": {
                        "Audience": ["a", "b"],
                        "Issuer": "https://sts.windows.net/aaee026e-8f37-410e-8869-72d9154873e4/",
                    },
                    "Name": "azure",
                },
                {"IdentitySource": ["$request.querystring.token"]},
            ),
        )
    ),
    deployed(
        "authorizer",
        "serverless/serverless docs/events/websocket.md",
        "serverless-websocket-authorizer",
        websocket(),
        call(
            "CreateAuthorizer",
            AuthorizerType="REQUEST",
            AuthorizerUri=invocation(),
            IdentitySource=["route.request.header.Auth", "route.request.querystring.Auth"],
            Name="auth",
        ),
        socket(),
        route("$connect", AuthorizationType="CUSTOM", AuthorizerId=AUTHORIZER, ApiKeyRequired=True),
        route("$default", RouteResponseSelectionExpression="$default"),
        call("CreateRouteResponse", RouteResponseKey="$default"),
        read("GetRoute", RouteResponseSelectionExpression="$default"),
    ),
    deployed(
        "stage",
        "serverless/serverless lib/plugins/aws/package/compile/events/http-api.js",
        "serverless-http-stage",
        http(
            CorsConfiguration={
                "AllowHeaders": ["Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key"],
                "AllowMethods": ["GET", "OPTIONS"],
                "AllowOrigins": ["*"],
            },
            DisableExecuteApiEndpoint=True,
        ),
        stage(
            AccessLogSettings={
                "DestinationArn": LOG_GROUP,
                "Format": '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp"}',
            },
            DefaultRouteSettings={"DetailedMetricsEnabled": False},
        ),
        read("GetStage", AutoDeploy=True, DefaultRouteSettings={"DetailedMetricsEnabled": False}),
    ),
    *(
        deployed(
            "stage",
            source,
            f"log-format-{number}",
            http(),
            stage("prod", AccessLogSettings={"DestinationArn": destination, "Format": layout}),
            read("GetStage", AccessLogSettings={"DestinationArn": destination, "Format": layout}),
        )
        for number, (source, destination, layout) in enumerate(
            (
                (
                    f"{GUIDE}, Configure logging for HTTP APIs: CLF",
                    LOG_GROUP,
                    (
                        "$context.identity.sourceIp - - [$context.requestTime] "
                        '"$context.httpMethod '
                        '$context.routeKey $context.protocol" $context.status '
                        "$context.responseLength $context.requestId"
                    ),
                ),
                (
                    f"{GUIDE}, Configure logging for HTTP APIs: XML",
                    LOG_GROUP,
                    '<request id="$context.requestId"><ip>$context.domainName</ip></request>',
                ),
                (
                    "terraform-provider-aws docs, destination",
                    LOG_GROUP,
                    "$context.extendedRequestId",
                ),
                (
                    f"{GUIDE}, Configure logging: Firehose",
                    f"arn:aws:firehose:{ACCOUNT}:deliverystream/amazon-apigateway-logs",
                    "$context.requestId",
                ),
            )
        )
    ),
    *(
        deployed(
            "stage",
            f"{GUIDE}, Stage variables",
            f"stage-{number}",
            http(),
            call("CreateStage", **members),
            read("GetStage", **members),
        )
        for number, members in enumerate[Members](
            (
                {"StageName": "v1", "StageVariables": {"url": "https://a.example.com/x?y=1&z=2"}},
                {"StageName": "a-b_C9", "StageVariables": {"fn": "my-function", "list": "a,b"}},
                {"StageName": "prod", "Description": "x" * 1024, "Tags": {"a": ""}},
                {"StageName": "dev", "StageVariables": {"UPPER_case1": "x"}},
            )
        )
    ),
    *(
        deployed(
            "api",
            source,
            f"cors-{number}",
            http(CorsConfiguration=cors),
            read("GetApi", CorsConfiguration=expected),
        )
        for number, (source, cors, expected) in enumerate[tuple[str, Members, Members]](
            (
                (
                    "anomalyco/sst platform/src/components/aws/apigatewayv2.ts",
                    {
                        "AllowCredentials": False,
                        "AllowHeaders": ["*"],
                        "AllowMethods": ["*"],
                        "AllowOrigins": ["*"],
                        "ExposeHeaders": [],
                        "MaxAge": 86400,
                    },
                    {"AllowMethods": ["*"], "ExposeHeaders": [], "MaxAge": 86400},
                ),
                (
                    f"{GUIDE}, Configure CORS for HTTP APIs",
                    {
                        "AllowCredentials": True,
                        "AllowHeaders": ["*"],
                        "AllowMethods": ["*"],
                        "AllowOrigins": ["https://*", "http://localhost:3000"],
                        "MaxAge": -1,
                    },
                    {"AllowOrigins": ["https://*", "http://localhost:3000"], "MaxAge": -1},
                ),
                (
                    f"{GUIDE}, Configure CORS for HTTP APIs: browser extensions",
                    {"AllowOrigins": ["chrome-extension://abcdef", "capacitor://localhost"]},
                    {"AllowOrigins": ["chrome-extension://abcdef", "capacitor://localhost"]},
                ),
            )
        )
    ),
    *(
        deployed(
            "api",
            f"{GUIDE}, Quick create",
            f"quick-create-{number}",
            http(**members),
            read("GetRoutes", Items=[{"RouteKey": key, "ApiGatewayManaged": True}]),
        )
        for number, (members, key) in enumerate[tuple[Members, str]](
            (
                ({"Target": FUNCTION}, "$default"),
                ({"Target": invocation()}, "$default"),
                ({"Target": "https://example.com", "RouteKey": "ANY /{proxy+}"}, "ANY /{proxy+}"),
                ({"Target": FUNCTION, "CredentialsArn": ROLE, "RouteKey": "GET /a"}, "GET /a"),
                (
                    {
                        "Target": f"arn:aws:lambda:{ACCOUNT}:function:f:prod",
                        "CorsConfiguration": {"AllowOrigins": ["*"]},
                        "Tags": {"a": "b"},
                        "Version": "1",
                    },
                    "$default",
                ),
            )
        )
    ),
)
