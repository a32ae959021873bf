"""APIs that the integration test of go-to-k/cdkd deploys, updates and reads on AWS."""

from __future__ import annotations

from typing import Final

from tests.aws.cases import NOTHING, PRESENT, Case, Kind, Members, Ref, Step, call, read, step

SOURCE: Final = "go-to-k/cdkd tests/integration/apigatewayv2-update-removal"
STACK: Final = "CdkdApiGatewayV2UpdateRemovalExample"
FUNCTION: Final = f"arn:aws:lambda:us-east-1:123456789012:function:{STACK}-authfn"
INVOKE_ARN: Final = (
    f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"
)
ROLE: Final = f"arn:aws:iam::123456789012:role/{STACK}-events"
LOGS: Final = f"arn:aws:logs:us-east-1:123456789012:log-group:/aws/apigatewayv2/{STACK}-ws"
HEADER: Final = "route.request.header.X-Cdkd"


def _case(kind: Kind, name: str, *steps: Step) -> Case:
    return Case(kind=kind, source=SOURCE, name=f"cdkd-{name}", steps=steps)


HTTP_API: Final = call("CreateApi", Name=f"{STACK}-api", ProtocolType="HTTP")
WEBSOCKET_API: Final = call(
    "CreateApi",
    Name=f"{STACK}-ws",
    ProtocolType="WEBSOCKET",
    RouteSelectionExpression="$request.body.action",
)
PROXY: Final[Members] = {
    "IntegrationMethod": "GET",
    "IntegrationType": "HTTP_PROXY",
    "IntegrationUri": "https://example.com",
    "PayloadFormatVersion": "1.0",
}
EVENTS: Final[Members] = {
    "CredentialsArn": ROLE,
    "IntegrationSubtype": "EventBridge-PutEvents",
    "IntegrationType": "AWS_PROXY",
    "PayloadFormatVersion": "1.0",
}


def _event(kind: str) -> dict[str, str]:
    return {"Source": "cdkd.integ", "DetailType": kind, "Detail": "$request.body"}


def _settings(burst: int, rate: int, **more: object) -> Members:
    return {"ThrottlingBurstLimit": burst, "ThrottlingRateLimit": rate, **more}


CASES: Final[tuple[Case, ...]] = (
    _case(
        "api",
        "Api",
        step(
            call(
                "CreateApi",
                CorsConfiguration={
                    "AllowMethods": ["GET"],
                    "AllowOrigins": ["https://example.com"],
                },
                Description="before removal",
                DisableExecuteApiEndpoint=True,
                IpAddressType="dualstack",
                Name=f"{STACK}-api",
                ProtocolType="HTTP",
            ),
            read(
                "GetApi",
                CorsConfiguration={"AllowOrigins": ["https://example.com"]},
                Description="before removal",
                DisableExecuteApiEndpoint=True,
                IpAddressType="dualstack",
            ),
        ),
        step(
            call(
                "UpdateApi",
                Description="",
                DisableExecuteApiEndpoint=False,
                IpAddressType="ipv4",
            ),
            call("DeleteCorsConfiguration"),
            read(
                "GetApi",
                CorsConfiguration=NOTHING,
                Description=NOTHING,
                DisableExecuteApiEndpoint=False,
                IpAddressType="ipv4",
            ),
        ),
    ),
    _case(
        "integration",
        "Integration",
        step(
            HTTP_API,
            call(
                "CreateIntegration",
                Description="before removal",
                RequestParameters={"append:header.x-cdkd": "y"},
                ResponseParameters={
                    "404": {"append:header.x-cdkd-resp": "before", "overwrite:statuscode": "404"}
                },
                **PROXY,
            ),
            read(
                "GetIntegration",
                Description="before removal",
                RequestParameters={"append:header.x-cdkd": "y"},
                ResponseParameters={
                    "404": {"append:header.x-cdkd-resp": "before", "overwrite:statuscode": "404"}
                },
            ),
        ),
        step(
            call(
                "UpdateIntegration",
                Description="",
                RequestParameters={"append:header.x-cdkd": ""},
                ResponseParameters={
                    "404": {"append:header.x-cdkd-resp": "updated", "overwrite:statuscode": "403"}
                },
            ),
            read(
                "GetIntegration",
                Description=NOTHING,
                RequestParameters={},
                ResponseParameters={
                    "404": {"append:header.x-cdkd-resp": "updated", "overwrite:statuscode": "403"}
                },
            ),
        ),
    ),
    _case(
        "integration",
        "EventsIntegration",
        step(
            HTTP_API,
            call("CreateIntegration", RequestParameters=_event("before"), **EVENTS),
            read(
                "GetIntegration",
                IntegrationMethod=NOTHING,
                RequestParameters=_event("before"),
                **EVENTS,
            ),
        ),
        step(
            call(
                "UpdateIntegration",
                IntegrationSubtype="EventBridge-PutEvents",
                RequestParameters=_event("updated"),
            ),
            read("GetIntegration", RequestParameters=_event("updated"), **EVENTS),
        ),
    ),
    # The service silently drops the TLS configuration of a public integration.
    _case(
        "integration",
        "FlatIntegration",
        step(
            HTTP_API,
            call(
                "CreateIntegration",
                ResponseParameters={
                    "404": {
                        "append:header.x-cdkd-flat": "flat-before",
                        "overwrite:statuscode": "200",
                    }
                },
                TlsConfig={"ServerNameToVerify": "backend.example.com"},
                **PROXY,
            ),
            read(
                "GetIntegration",
                ResponseParameters={
                    "404": {
                        "append:header.x-cdkd-flat": "flat-before",
                        "overwrite:statuscode": "200",
                    }
                },
                TlsConfig=NOTHING,
            ),
        ),
        step(
            call(
                "UpdateIntegration",
                ResponseParameters={
                    "404": {
                        "append:header.x-cdkd-flat": "flat-updated",
                        "overwrite:statuscode": "204",
                    }
                },
            ),
            read(
                "GetIntegration",
                ResponseParameters={
                    "404": {
                        "append:header.x-cdkd-flat": "flat-updated",
                        "overwrite:statuscode": "204",
                    }
                },
                TlsConfig=NOTHING,
            ),
        ),
    ),
    _case(
        "authorizer",
        "Authorizer",
        step(
            HTTP_API,
            call(
                "CreateAuthorizer",
                AuthorizerPayloadFormatVersion="1.0",
                AuthorizerResultTtlInSeconds=300,
                AuthorizerType="REQUEST",
                AuthorizerUri=INVOKE_ARN,
                IdentitySource=["$request.header.Authorization"],
                Name=f"{STACK}-auth",
            ),
            read("GetAuthorizer", AuthorizerResultTtlInSeconds=300),
        ),
        step(
            call("UpdateAuthorizer", AuthorizerResultTtlInSeconds=0),
            read("GetAuthorizer", AuthorizerResultTtlInSeconds=0),
        ),
    ),
    _case(
        "route",
        "Route",
        step(
            HTTP_API,
            call("CreateIntegration", **PROXY),
            call(
                "CreateAuthorizer",
                AuthorizerPayloadFormatVersion="1.0",
                AuthorizerType="REQUEST",
                AuthorizerUri=INVOKE_ARN,
                IdentitySource=["$request.header.Authorization"],
                Name=f"{STACK}-auth",
            ),
            call(
                "CreateRoute",
                AuthorizationType="CUSTOM",
                AuthorizerId=Ref("{AuthorizerId}"),
                OperationName="probeOp",
                RouteKey="GET /probe",
                Target=Ref("integrations/{IntegrationId}"),
            ),
            read("GetRoute", AuthorizationType="CUSTOM", OperationName="probeOp"),
        ),
        step(
            call("UpdateRoute", OperationName=""),
            read("GetRoute", AuthorizerId=Ref("{AuthorizerId}"), OperationName=NOTHING),
        ),
    ),
    _case(
        "integration",
        "WsMockIntegration",
        step(
            WEBSOCKET_API,
            call(
                "CreateIntegration",
                ContentHandlingStrategy="CONVERT_TO_TEXT",
                IntegrationType="MOCK",
                PassthroughBehavior="WHEN_NO_MATCH",
                RequestTemplates={"$default": '{"statusCode":200}'},
                TemplateSelectionExpression="\\$default",
            ),
            read("GetIntegration", RequestTemplates={"$default": '{"statusCode":200}'}),
        ),
        step(
            call(
                "UpdateIntegration",
                ContentHandlingStrategy="CONVERT_TO_BINARY",
                PassthroughBehavior="NEVER",
                RequestTemplates={"$default": '{"statusCode":202}'},
            ),
            read(
                "GetIntegration",
                ContentHandlingStrategy="CONVERT_TO_BINARY",
                PassthroughBehavior="NEVER",
                RequestTemplates={"$default": '{"statusCode":202}'},
                TemplateSelectionExpression="\\$default",
            ),
        ),
    ),
    _case(
        "route",
        "WsConnectRoute",
        step(
            WEBSOCKET_API,
            call(
                "CreateRoute",
                ApiKeyRequired=True,
                RequestParameters={HEADER: {"Required": True}},
                RouteKey="$connect",
            ),
            read("GetRoute", ApiKeyRequired=True, RequestParameters={HEADER: {"Required": True}}),
        ),
        step(
            call(
                "UpdateRoute",
                ApiKeyRequired=False,
                RequestParameters={HEADER: {"Required": False}},
            ),
            read("GetRoute", ApiKeyRequired=False, RequestParameters={HEADER: {"Required": False}}),
        ),
        step(
            call("DeleteRouteRequestParameter", RequestParameterKey=HEADER),
            read("GetRoute", RequestParameters={}),
        ),
    ),
    _case(
        "route",
        "WsDefaultRoute",
        step(
            WEBSOCKET_API,
            call(
                "CreateRoute",
                ModelSelectionExpression="$request.body.action",
                RouteKey="$default",
                RouteResponseSelectionExpression="$default",
            ),
            read("GetRoute", ModelSelectionExpression="$request.body.action"),
        ),
        step(
            call("UpdateRoute", ModelSelectionExpression="$request.body.updatedAction"),
            read(
                "GetRoute",
                ModelSelectionExpression="$request.body.updatedAction",
                RouteResponseSelectionExpression="$default",
            ),
        ),
    ),
    _case(
        "stage",
        "WsStage",
        step(
            WEBSOCKET_API,
            call(
                "CreateStage",
                AccessLogSettings={
                    "DestinationArn": LOGS,
                    "Format": "$context.requestId $context.status",
                },
                RouteSettings={
                    "$default": _settings(10, 5, DetailedMetricsEnabled=True),
                    "$connect": _settings(4, 2),
                },
                StageName="ws",
            ),
            read("GetStage", AccessLogSettings={"Format": "$context.requestId $context.status"}),
        ),
        step(
            call(
                "UpdateStage",
                AccessLogSettings={
                    "DestinationArn": LOGS,
                    "Format": "$context.requestId $context.status $context.routeKey",
                },
                RouteSettings={
                    "$default": _settings(20, 15, DetailedMetricsEnabled=True),
                    "$connect": _settings(4, 2),
                },
            ),
            read(
                "GetStage",
                AccessLogSettings={
                    "Format": "$context.requestId $context.status $context.routeKey"
                },
                RouteSettings={
                    "$default": _settings(20, 15, DetailedMetricsEnabled=True),
                    "$connect": _settings(4, 2),
                },
            ),
        ),
        step(
            call("DeleteAccessLogSettings"),
            call("DeleteRouteSettings", RouteKey="$connect"),
            read(
                "GetStage",
                AccessLogSettings=NOTHING,
                RouteSettings={"$default": _settings(20, 15, DetailedMetricsEnabled=True)},
            ),
        ),
    ),
    _case(
        "stage",
        "Stage",
        step(
            HTTP_API,
            call("CreateIntegration", **PROXY),
            call("CreateRoute", RouteKey="GET /probe", Target=Ref("integrations/{IntegrationId}")),
            call(
                "CreateStage",
                AutoDeploy=True,
                StageName="$default",
                StageVariables={"foo": "bar"},
            ),
            read("GetStage", DeploymentId=PRESENT, StageVariables={"foo": "bar"}),
        ),
        step(
            call("UpdateStage", StageVariables={"foo": ""}),
            read("GetStage", AutoDeploy=True, StageVariables={}),
        ),
    ),
)
