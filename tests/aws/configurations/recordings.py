"""Recordings of resources by go-to-k/cdk-real-drift, made with Cloud Control.

Cloud Control omits some members of the responses of the service, so only the members in a recording
are expected.
"""

from __future__ import annotations

from typing import Final

from tests.aws.cases import Call, Case, Kind, Members, Ref, Step, call, read, step

FILES: Final = "go-to-k/cdk-real-drift tests/corpus"


def _recorded(kind: Kind, file: str, *steps: Step) -> Case:
    return Case(kind=kind, source=f"{FILES}/{file}.json", name=file, steps=steps)


def _http_api(name: str = "Api", **members: object) -> Call:
    sent: Members = {"ProtocolType": "HTTP", **members}
    return call("CreateApi", Name=name, **sent)


WEBSOCKET_API: Final = call(
    "CreateApi",
    Name="cdkrd-hunt-ws-0713",
    ProtocolType="WEBSOCKET",
    RouteSelectionExpression="$request.body.action",
    Tags={"cdkrd:ephemeral": "1"},
)
PROXY: Final[Members] = {
    "IntegrationMethod": "GET",
    "IntegrationType": "HTTP_PROXY",
    "IntegrationUri": "https://example.com",
    "PayloadFormatVersion": "1.0",
}
FUNCTION: Final = "arn:aws:lambda:us-east-1:111111111111:function:ping"
LAMBDA: Final[Members] = {
    "IntegrationType": "AWS_PROXY",
    "IntegrationUri": FUNCTION,
    "PayloadFormatVersion": "2.0",
}
MOCK: Final = call(
    "CreateIntegration",
    IntegrationType="MOCK",
    RequestTemplates={"200": '{"statusCode":200}'},
    TemplateSelectionExpression="200",
)
DEFAULT_ROUTE: Final = call(
    "CreateRoute",
    RouteKey="$default",
    RouteResponseSelectionExpression="$default",
    Target=Ref("integrations/{IntegrationId}"),
)
HTTP_READ: Final[Members] = {
    "DisableExecuteApiEndpoint": False,
    "IpAddressType": "ipv4",
    "ProtocolType": "HTTP",
    "RouteSelectionExpression": "$request.method $request.path",
}
ROUTE_READ: Final[Members] = {
    "ApiKeyRequired": False,
    "AuthorizationType": "NONE",
    "Target": Ref("integrations/{IntegrationId}"),
}
JWT: Final[Members] = {
    "AuthorizerType": "JWT",
    "IdentitySource": ["$request.header.Authorization"],
    "JwtConfiguration": {"Audience": ["cdkrd-audience"], "Issuer": "https://accounts.google.com"},
    "Name": "cdkrd-jwt-auth",
}
CORS: Final[Members] = {
    "AllowHeaders": ["Content-Type", "Authorization"],
    "AllowMethods": ["GET", "POST"],
    "AllowOrigins": ["https://example.com"],
    "MaxAge": 86400,
}
UNORDERED: Final[Members] = {
    "AllowMethods": ["POST", "GET"],
    "AllowOrigins": ["https://z.example.org", "https://a.example.org", "https://m.example.org"],
}
LINK: Final[Members] = {
    "Name": "cdkrd-hunt-vpclink",
    "SecurityGroupIds": ["sg-09fc7234dffd50693", "sg-0b47c3521ea43939e"],
    "SubnetIds": ["subnet-0e480d6adfbcab461", "subnet-02a3be4d32aed38c6"],
}
SCHEMA: Final = (
    '{"$schema":"http://json-schema.org/draft-04/schema#","title":"HuntModel","type":"object"}'
)

CASES: Final[tuple[Case, ...]] = (
    _recorded(
        "api",
        "AWS__ApiGatewayV2__Api.ApiF70053CD",
        step(_http_api(), read("GetApi", Name="Api", **HTTP_READ)),
    ),
    _recorded(
        "api",
        "AWS__ApiGatewayV2__Api.ApiF70053CD_http_rich",
        step(
            _http_api(
                "cdkrd-httpapi-rich", CorsConfiguration=CORS, Description="cdkrd http api rich"
            ),
            read(
                "GetApi",
                CorsConfiguration={
                    **CORS,
                    "AllowHeaders": ["content-type", "authorization"],
                    "ExposeHeaders": [],
                },
                Description="cdkrd http api rich",
                **HTTP_READ,
            ),
        ),
    ),
    _recorded(
        "api",
        "AWS__ApiGatewayV2__Api.HuntHttpApi",
        step(
            _http_api(
                "cdkrd-hunt-reorder-httpapi",
                CorsConfiguration=UNORDERED,
                Tags={"cdkrd:ephemeral": "1"},
            ),
            read(
                "GetApi",
                CorsConfiguration={**UNORDERED, "AllowHeaders": [], "ExposeHeaders": []},
                Tags={"cdkrd:ephemeral": "1"},
                **HTTP_READ,
            ),
        ),
    ),
    _recorded(
        "api",
        "AWS__ApiGatewayV2__Api.WsApi",
        step(
            WEBSOCKET_API,
            read(
                "GetApi",
                ApiKeySelectionExpression="$request.header.x-api-key",
                DisableExecuteApiEndpoint=False,
                IpAddressType="ipv4",
                Name="cdkrd-hunt-ws-0713",
                ProtocolType="WEBSOCKET",
                RouteSelectionExpression="$request.body.action",
            ),
        ),
    ),
    _recorded(
        "api_mapping",
        "AWS__ApiGatewayV2__ApiMapping.HuntApiMapping",
        step(
            _http_api(),
            call("CreateStage", StageName="$default"),
            call(
                "CreateDomainName",
                DomainName="hunt0722-v2.cdkrd-hunt.example.com",
                DomainNameConfigurations=[
                    {"CertificateArn": "arn:aws:acm:us-east-1:111111111111:certificate/1"}
                ],
            ),
            call("CreateApiMapping", ApiId=Ref("{ApiId}"), Stage="$default"),
            read("GetApiMapping", ApiId=Ref("{ApiId}"), ApiMappingKey="", Stage="$default"),
        ),
    ),
    _recorded(
        "authorizer",
        "AWS__ApiGatewayV2__Authorizer.Authorizer",
        step(_http_api(), call("CreateAuthorizer", **JWT), read("GetAuthorizer", **JWT)),
    ),
    _recorded(
        "integration",
        "AWS__ApiGatewayV2__Integration.ApiANYpingPingA3011524",
        step(
            _http_api(),
            call("CreateIntegration", **LAMBDA),
            read(
                "GetIntegration",
                ConnectionType="INTERNET",
                IntegrationMethod="POST",
                TimeoutInMillis=30000,
                **LAMBDA,
            ),
        ),
    ),
    _recorded(
        "integration",
        "AWS__ApiGatewayV2__Integration.ApiGETitemsItemsProxy62C95830",
        step(
            _http_api(),
            call("CreateIntegration", **PROXY),
            read("GetIntegration", ConnectionType="INTERNET", TimeoutInMillis=30000, **PROXY),
        ),
    ),
    _recorded(
        "integration",
        "AWS__ApiGatewayV2__Integration.WsInteg",
        step(
            WEBSOCKET_API,
            MOCK,
            read(
                "GetIntegration",
                ConnectionType="INTERNET",
                IntegrationType="MOCK",
                PassthroughBehavior="WHEN_NO_MATCH",
                PayloadFormatVersion="1.0",
                RequestTemplates={"200": '{"statusCode":200}'},
                TemplateSelectionExpression="200",
                TimeoutInMillis=29000,
            ),
        ),
    ),
    _recorded(
        "integration_response",
        "AWS__ApiGatewayV2__IntegrationResponse.WsIntegResp",
        step(
            WEBSOCKET_API,
            MOCK,
            call("CreateIntegrationResponse", IntegrationResponseKey="$default"),
            read(
                "GetIntegrationResponse",
                IntegrationResponseKey="$default",
                ResponseParameters={},
                ResponseTemplates={},
            ),
        ),
    ),
    _recorded(
        "model",
        "AWS__ApiGatewayV2__Model.HuntWsModel",
        step(
            WEBSOCKET_API,
            call("CreateModel", ContentType="application/json", Name="HuntModel", Schema=SCHEMA),
            read("GetModel", ContentType="application/json", Name="HuntModel", Schema=SCHEMA),
        ),
    ),
    _recorded(
        "route",
        "AWS__ApiGatewayV2__Route.ApiANYpingF0D17186",
        step(
            _http_api(),
            call("CreateIntegration", **LAMBDA),
            call(
                "CreateRoute",
                AuthorizationType="NONE",
                RouteKey="ANY /ping",
                Target=Ref("integrations/{IntegrationId}"),
            ),
            read("GetRoute", RouteKey="ANY /ping", **ROUTE_READ),
        ),
    ),
    _recorded(
        "route",
        "AWS__ApiGatewayV2__Route.ApiGETitems28A279F0",
        step(
            _http_api(),
            call("CreateIntegration", **PROXY),
            call(
                "CreateRoute",
                AuthorizationType="NONE",
                RouteKey="GET /items",
                Target=Ref("integrations/{IntegrationId}"),
            ),
            read("GetRoute", RouteKey="GET /items", **ROUTE_READ),
        ),
    ),
    _recorded(
        "route",
        "AWS__ApiGatewayV2__Route.WsRoute",
        step(
            WEBSOCKET_API,
            MOCK,
            DEFAULT_ROUTE,
            read(
                "GetRoute",
                RouteKey="$default",
                RouteResponseSelectionExpression="$default",
                **ROUTE_READ,
            ),
        ),
    ),
    _recorded(
        "route_response",
        "AWS__ApiGatewayV2__RouteResponse.WsRouteResp",
        step(
            WEBSOCKET_API,
            MOCK,
            DEFAULT_ROUTE,
            call("CreateRouteResponse", RouteResponseKey="$default"),
            read(
                "GetRouteResponse",
                ResponseModels={},
                ResponseParameters={},
                RouteResponseKey="$default",
            ),
        ),
    ),
    _recorded(
        "stage",
        "AWS__ApiGatewayV2__Stage.ApiDefaultStage189A7074",
        step(
            _http_api(),
            call("CreateIntegration", **PROXY),
            call("CreateRoute", RouteKey="GET /items", Target=Ref("integrations/{IntegrationId}")),
            call("CreateStage", AutoDeploy=True, StageName="$default"),
            read(
                "GetStage",
                AutoDeploy=True,
                DefaultRouteSettings={"DetailedMetricsEnabled": False},
                RouteSettings={},
                StageName="$default",
                StageVariables={},
            ),
        ),
    ),
    _recorded(
        "stage",
        "AWS__ApiGatewayV2__Stage.Live",
        step(
            _http_api(),
            call("CreateIntegration", **LAMBDA),
            call("CreateRoute", RouteKey="ANY /ping", Target=Ref("integrations/{IntegrationId}")),
            call(
                "CreateStage",
                AutoDeploy=True,
                DefaultRouteSettings={"ThrottlingBurstLimit": 10, "ThrottlingRateLimit": 5},
                StageName="live",
            ),
            read(
                "GetStage",
                AutoDeploy=True,
                DefaultRouteSettings={
                    "DetailedMetricsEnabled": False,
                    "ThrottlingBurstLimit": 10,
                    "ThrottlingRateLimit": 5,
                },
                RouteSettings={},
                StageVariables={},
            ),
        ),
    ),
    _recorded(
        "stage",
        "AWS__ApiGatewayV2__Stage.WsStage",
        step(
            WEBSOCKET_API,
            call("CreateStage", StageName="hunt", Tags={"cdkrd:ephemeral": "1"}),
            read(
                "GetStage",
                DefaultRouteSettings={
                    "DataTraceEnabled": False,
                    "DetailedMetricsEnabled": False,
                    "LoggingLevel": "OFF",
                },
                RouteSettings={},
                StageVariables={},
                Tags={"cdkrd:ephemeral": "1"},
            ),
        ),
    ),
    _recorded(
        "vpc_link",
        "AWS__ApiGatewayV2__VpcLink.Link1234EF21",
        step(call("CreateVpcLink", **LINK), read("GetVpcLink", **LINK)),
    ),
)
