"""APIs that the integration tests of serverless-application-model deploy and read with boto3."""

from __future__ import annotations

import json
from typing import Final

from tests.aws.cases import NOTHING, PRESENT, Call, Case, Kind, Members, Ref, call, read, step

FILES: Final = "aws/serverless-application-model integration/combination"
FUNCTION: Final = "arn:aws:lambda:us-east-1:123456789012:function:MyFunction"
INVOKE_ARN: Final = (
    f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"
)


def _deployed(kind: Kind, test: str, template: str, *calls: Call) -> Case:
    return Case(
        kind=kind,
        source=f"{FILES}/{test}.py",
        name=f"sam-{template}",
        steps=(step(*calls),),
    )


def _websocket(**members: object) -> Call:
    sent: Members = {"RouteSelectionExpression": "$request.body.action", **members}
    return call("CreateApi", **{"Name": "MyApi", "ProtocolType": "WEBSOCKET", **sent})


LAMBDA: Final = call("CreateIntegration", IntegrationType="AWS_PROXY", IntegrationUri=INVOKE_ARN)
TARGET: Final = Ref("integrations/{IntegrationId}")


def _route(key: str, **members: object) -> Call:
    sent: Members = {"Target": TARGET, **members}
    return call("CreateRoute", RouteKey=key, **sent)


STAGE: Final = call("CreateStage", AutoDeploy=True, StageName="default")
CORS: Final[Members] = {
    "AllowHeaders": ["x-apigateway-header"],
    "AllowMethods": ["GET"],
    "AllowOrigins": ["https://foo.com"],
    "ExposeHeaders": ["x-amzn-header"],
}
DEFINITION: Final = json.dumps(
    {
        "openapi": "3.0.1",
        "info": {"version": "1.0", "title": "sam"},
        "paths": {
            "/path": {
                "get": {
                    "x-amazon-apigateway-integration": {
                        "httpMethod": "POST",
                        "type": "aws_proxy",
                        "uri": INVOKE_ARN,
                        "payloadFormatVersion": "1.0",
                        "timeoutInMillis": 15000,
                    },
                    "responses": {},
                }
            }
        },
        "tags": [{"name": "httpapi:createdBy", "x-amazon-apigateway-tag-value": "SAM"}],
        "x-amazon-apigateway-cors": {
            "allowHeaders": ["x-apigateway-header"],
            "allowMethods": ["GET"],
            "allowOrigins": ["https://foo.com"],
            "exposeHeaders": ["x-amzn-header"],
        },
    }
)
REQUIRED: Final = {"route.request.querystring.p1": {"Required": True}}

CASES: Final[tuple[Case, ...]] = (
    _deployed(
        "api",
        "test_websocket_api_basic",
        "websocket_api_basic",
        _websocket(),
        LAMBDA,
        _route("$default"),
        STAGE,
        read("GetStages", Items=[{"StageName": "default"}]),
        read("GetRoutes", Items=[{"RouteKey": "$default"}]),
        read("GetIntegrations", Items=[{"IntegrationUri": INVOKE_ARN}]),
    ),
    _deployed(
        "api",
        "test_websocket_api_basic",
        "websocket_api_basic_config",
        _websocket(
            ApiKeySelectionExpression="$request.header.x-api-key",
            Description="Toy API",
            DisableExecuteApiEndpoint=False,
            DisableSchemaValidation=False,
            Name="MyApiName",
            Tags={"t1": "v1", "t2": "v2"},
        ),
        read(
            "GetApi",
            ApiKeySelectionExpression="$request.header.x-api-key",
            Description="Toy API",
            DisableExecuteApiEndpoint=False,
            Name="MyApiName",
            ProtocolType="WEBSOCKET",
            RouteSelectionExpression="$request.body.action",
            Tags={"t1": "v1", "t2": "v2"},
        ),
    ),
    _deployed(
        "api",
        "test_websocket_api_with_disable_schema_validation",
        "websocket_api_with_disable_schema_validation",
        _websocket(DisableSchemaValidation=True),
        LAMBDA,
        _route("$connect"),
        STAGE,
        read("GetApi", ProtocolType="WEBSOCKET"),
    ),
    _deployed(
        "api",
        "test_websocket_api_with_ip_address_type",
        "websocket_api_with_ip_address_type",
        _websocket(IpAddressType="dualstack"),
        LAMBDA,
        _route("$connect"),
        STAGE,
        read("GetApi", IpAddressType="dualstack"),
    ),
    _deployed(
        "stage",
        "test_websocket_api_stage_config",
        "websocket_api_stage_config",
        _websocket(Tags={"t1": "val1", "t2": "val2"}),
        LAMBDA,
        _route("$default"),
        call(
            "CreateStage",
            AutoDeploy=True,
            StageName="Prod",
            StageVariables={"var1": "val1", "var2": "val2"},
            Tags={"t1": "val1", "t2": "val2"},
        ),
        read(
            "GetStage",
            StageName="Prod",
            StageVariables={"var1": "val1", "var2": "val2"},
            Tags={"t1": "val1", "t2": "val2"},
        ),
    ),
    _deployed(
        "stage",
        "test_websocket_api_route_settings",
        "websocket_api_route_settings",
        _websocket(),
        LAMBDA,
        _route("$default"),
        LAMBDA,
        _route("sendMessage"),
        call(
            "CreateStage",
            AutoDeploy=True,
            RouteSettings={"sendMessage": {"ThrottlingBurstLimit": 200}},
            StageName="default",
        ),
        read("GetStage", RouteSettings={"sendMessage": {"ThrottlingBurstLimit": 200}}),
    ),
    _deployed(
        "route",
        "test_websocket_api_route_config",
        "websocket_api_route_config",
        _websocket(),
        call(
            "CreateIntegration",
            IntegrationType="AWS_PROXY",
            IntegrationUri=INVOKE_ARN,
            TimeoutInMillis=15000,
        ),
        _route(
            "$connect",
            ApiKeyRequired=False,
            ModelSelectionExpression="$request.body.modelType",
            OperationName="connect",
            RequestParameters=REQUIRED,
            RouteResponseSelectionExpression="$default",
        ),
        STAGE,
        read(
            "GetRoutes",
            Items=[
                {
                    "ApiKeyRequired": False,
                    "ModelSelectionExpression": "$request.body.modelType",
                    "OperationName": "connect",
                    "RequestParameters": REQUIRED,
                    "RouteKey": "$connect",
                    "RouteResponseSelectionExpression": "$default",
                }
            ],
        ),
        read("GetIntegrations", Items=[{"TimeoutInMillis": 15000}]),
    ),
    _deployed(
        "route",
        "test_websocket_api_with_auth",
        "websocket_api_with_iam_auth",
        _websocket(),
        LAMBDA,
        _route("$connect", AuthorizationType="AWS_IAM"),
        STAGE,
        read("GetRoutes", Items=[{"AuthorizationType": "AWS_IAM"}]),
    ),
    _deployed(
        "route",
        "test_websocket_api_with_auth",
        "websocket_api_with_none_auth",
        _websocket(),
        LAMBDA,
        _route("$connect", AuthorizationType="NONE"),
        STAGE,
        read("GetRoutes", Items=[{"AuthorizationType": "NONE"}]),
    ),
    _deployed(
        "authorizer",
        "test_websocket_api_with_auth",
        "websocket_api_with_lambda_auth",
        _websocket(),
        LAMBDA,
        call(
            "CreateAuthorizer",
            AuthorizerType="REQUEST",
            AuthorizerUri=INVOKE_ARN,
            IdentitySource=[],
            Name="MyApiAuthorizer",
        ),
        _route("$connect", AuthorizationType="CUSTOM", AuthorizerId=Ref("{AuthorizerId}")),
        STAGE,
        read(
            "GetRoutes",
            Items=[{"AuthorizationType": "CUSTOM", "AuthorizerId": Ref("{AuthorizerId}")}],
        ),
        read("GetAuthorizers", Items=[{"AuthorizerType": "REQUEST", "AuthorizerUri": INVOKE_ARN}]),
    ),
    _deployed(
        "api",
        "test_http_api_with_cors",
        "http_api_with_cors",
        call("ImportApi", Body=DEFINITION, FailOnWarnings=False),
        call("CreateStage", AutoDeploy=True, StageName="$default"),
        read(
            "GetApi",
            CorsConfiguration={**CORS, "AllowCredentials": NOTHING, "MaxAge": NOTHING},
            Tags={"httpapi:createdBy": "SAM"},
        ),
        read(
            "GetIntegrations",
            Items=[{"PayloadFormatVersion": "1.0", "TimeoutInMillis": 15000}],
        ),
    ),
    _deployed(
        "api",
        "test_http_api_with_disable_execute_api_endpoint",
        "http_api_with_disable_execute_api_endpoint_true",
        call("ImportApi", Body=DEFINITION),
        call("UpdateApi", DisableExecuteApiEndpoint=True),
        call("CreateStage", AutoDeploy=True, StageName="Prod"),
        read("GetApi", DisableExecuteApiEndpoint=True),
        read("GetStage", DeploymentId=PRESENT),
    ),
)
