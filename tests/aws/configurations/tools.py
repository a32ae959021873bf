"""Configurations that deployment tools create in their documentation, examples and tests.

Names and templates are shortened.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from tests.aws.cases import Ref, call, named
from tests.aws.configurations.sample_calls import (
    AUTHORIZER,
    LOG_FORMAT,
    LOG_GROUP,
    ROLE,
    as_sent,
    http,
    invocation,
    jwt,
    lambda_proxy,
    proxy,
    route,
    service,
    socket,
    stage,
    websocket,
)

if TYPE_CHECKING:
    from tests.aws.cases import Case

SAM_CLI: Final = "aws/aws-sam-cli tests/integration/testdata/start_api"
CROSSPLANE: Final = "crossplane-contrib/provider-upjet-aws examples/apigatewayv2"
ACK: Final = "aws-controllers-k8s/apigatewayv2-controller"

CASES: Final[tuple[Case, ...]] = (
    as_sent(
        "authorizer",
        "serverless/serverless docs/events/http-api.md, packaged",
        "serverless-http-authorizers",
        http(),
        named(
            "HttpApiAuthorizerCustom",
            call(
                "CreateAuthorizer",
                Name="custom",
                IdentitySource=[],
                AuthorizerType="REQUEST",
                AuthorizerPayloadFormatVersion="2.0",
                AuthorizerUri=invocation(),
            ),
        ),
        named(
            "HttpApiAuthorizerReq",
            call(
                "CreateAuthorizer",
                Name="req",
                IdentitySource=["$request.header.Auth", "$request.header.Authorization"],
                AuthorizerType="REQUEST",
                EnableSimpleResponses=True,
                AuthorizerResultTtlInSeconds=300,
                AuthorizerPayloadFormatVersion="2.0",
                AuthorizerUri=invocation(),
            ),
        ),
        jwt(
            Name="someJwt",
            JwtConfiguration={
                "Audience": ["xxxx", "yyyy"],
                "Issuer": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_xxxxx",
            },
        ),
        lambda_proxy(TimeoutInMillis=30000),
        route(
            "GET /a",
            AuthorizationType="JWT",
            AuthorizerId=AUTHORIZER,
            AuthorizationScopes=["user.id", "user.email"],
        ),
        route(
            "POST /b",
            AuthorizationType="CUSTOM",
            AuthorizerId=Ref("{AuthorizerId}", "HttpApiAuthorizerReq"),
        ),
        route(
            "ANY /c",
            AuthorizationType="CUSTOM",
            AuthorizerId=Ref("{AuthorizerId}", "HttpApiAuthorizerCustom"),
        ),
        route("ANY /d", AuthorizationType="AWS_IAM"),
        stage(DefaultRouteSettings={"DetailedMetricsEnabled": False}),
    ),
    as_sent(
        "stage",
        "serverless/serverless docs/events/http-api.md, packaged",
        "serverless-http-cors-object",
        http(
            Tags={"Stage": "dev", "team": "x"},
            CorsConfiguration={
                "AllowCredentials": True,
                "AllowHeaders": ["Content-Type", "Authorization"],
                "AllowMethods": ["GET"],
                "AllowOrigins": ["https://url1.com", "https://url2.com"],
                "ExposeHeaders": ["Special-Response-Header"],
                "MaxAge": 6000,
            },
        ),
        lambda_proxy(TimeoutInMillis=30000),
        route("HEAD /x"),
        route("ANY /any"),
        stage(
            DefaultRouteSettings={"DetailedMetricsEnabled": False},
            Tags={"Stage": "dev", "team": "x"},
        ),
    ),
    as_sent(
        "integration",
        "serverless/serverless docs/events/http-api.md, packaged",
        "serverless-http-cors-true",
        http(
            DisableExecuteApiEndpoint=True,
            CorsConfiguration={
                "AllowHeaders": [
                    "Content-Type",
                    "X-Amz-Date",
                    "Authorization",
                    "X-Api-Key",
                    "X-Amz-Security-Token",
                    "X-Amz-User-Agent",
                    "X-Amzn-Trace-Id",
                ],
                "AllowMethods": ["OPTIONS", "GET", "PATCH"],
                "AllowOrigins": ["*"],
            },
        ),
        lambda_proxy(PayloadFormatVersion="1.0", TimeoutInMillis=30000),
        route("GET /"),
        route("PATCH /a/{b}/c"),
        stage(DefaultRouteSettings={"DetailedMetricsEnabled": True}),
    ),
    as_sent(
        "route",
        "serverless/serverless docs/events/http-api.md, packaged",
        "serverless-http-logs",
        http(),
        lambda_proxy(TimeoutInMillis=30000),
        route("DELETE /t"),
        lambda_proxy(TimeoutInMillis=30000),
        route("OPTIONS /x"),
        stage(
            DefaultRouteSettings={"DetailedMetricsEnabled": False},
            AccessLogSettings={"DestinationArn": LOG_GROUP, "Format": LOG_FORMAT},
        ),
    ),
    as_sent(
        "route",
        "serverless/serverless docs/events/http-api.md, packaged",
        "serverless-http-simple",
        http(),
        lambda_proxy(TimeoutInMillis=30000),
        route("PUT /some/path"),
        route("GET /users/{userId}"),
        lambda_proxy(TimeoutInMillis=30000),
        route("$default"),
        lambda_proxy(TimeoutInMillis=30000),
        route("ANY /other/{proxy+}"),
        stage(DefaultRouteSettings={"DetailedMetricsEnabled": False}),
    ),
    as_sent(
        "stage",
        "serverless/serverless docs/events/websocket.md, packaged",
        "serverless-ws-logs-format",
        websocket(Description="An example", Tags={"a": "b"}),
        socket(),
        route("$default", AuthorizationType="NONE"),
        call("CreateDeployment", Description="An example"),
        call(
            "CreateStage",
            StageName="dev",
            Description="An example",
            DefaultRouteSettings={"DataTraceEnabled": True, "LoggingLevel": "OFF"},
            AccessLogSettings={
                "DestinationArn": LOG_GROUP,
                "Format": "$context.identity.sourceIp $context.requestId",
            },
            DeploymentId=Ref("{DeploymentId}"),
        ),
    ),
    as_sent(
        "api",
        "serverless/serverless docs/events/websocket.md, packaged",
        "serverless-ws-simple",
        websocket(RouteSelectionExpression="$request.body.route", Description="An example"),
        socket(),
        route("$connect", AuthorizationType="NONE"),
        route("$disconnect", AuthorizationType="NONE"),
        route("$default", AuthorizationType="NONE"),
        socket(),
        route("hello", AuthorizationType="NONE", RouteResponseSelectionExpression="$default"),
        call("CreateRouteResponse", RouteResponseKey="$default"),
        call("CreateDeployment", Description="An example"),
        call(
            "CreateStage",
            StageName="dev",
            Description="An example",
            DeploymentId=Ref("{DeploymentId}"),
        ),
    ),
    as_sent(
        "stage",
        "sst/sst platform/src/components/aws/apigateway-websocket.ts",
        "sst-websocket",
        websocket(),
        stage(AccessLogSettings={"DestinationArn": LOG_GROUP, "Format": LOG_FORMAT}),
        socket(),
        route("$connect", AuthorizationType="AWS_IAM"),
        socket(),
        route("sendmessage", AuthorizationType="NONE"),
        call(
            "CreateDomainName",
            DomainName="ws.example.com",
            DomainNameConfigurations=[
                {
                    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1",
                    "EndpointType": "REGIONAL",
                    "SecurityPolicy": "TLS_1_2",
                }
            ],
        ),
        call("CreateApiMapping", ApiId=Ref("{ApiId}"), ApiMappingKey="v1", Stage="$default"),
    ),
    as_sent(
        "integration",
        "sst/sst platform/src/components/aws/apigatewayv2.ts",
        "sst-http",
        http(
            CorsConfiguration={"AllowOrigins": ["*"], "AllowHeaders": ["*"], "AllowMethods": ["*"]}
        ),
        stage(AccessLogSettings={"DestinationArn": LOG_GROUP, "Format": LOG_FORMAT}),
        lambda_proxy(),
        jwt(
            Name="default",
            JwtConfiguration={
                "Audience": ["user@example.com"],
                "Issuer": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Rq4d8zILG",
            },
        ),
        route("GET /bar", AuthorizationType="JWT", AuthorizerId=AUTHORIZER),
        route("GET /foo", AuthorizationType="AWS_IAM"),
        route("$default", AuthorizationType="NONE"),
        proxy(IntegrationUri="https://example.com"),
        route("ANY /url/{proxy+}"),
        call(
            "CreateAuthorizer",
            Name="lam",
            AuthorizerType="REQUEST",
            AuthorizerUri=invocation(),
            AuthorizerResultTtlInSeconds=0,
            AuthorizerPayloadFormatVersion="2.0",
            EnableSimpleResponses=True,
            IdentitySource=["$request.header.Authorization"],
        ),
    ),
    as_sent(
        "integration",
        "pulumi/examples aws-py-apigatewayv2-eventbridge",
        "pulumi-eventbridge",
        http(),
        stage("dev"),
        service(
            "EventBridge-PutEvents",
            {
                "EventBusName": "bus",
                "Source": "my-event-source",
                "DetailType": "my-detail-type",
                "Detail": "$request.body",
            },
        ),
        route("POST /uploads"),
    ),
    as_sent(
        "integration",
        "pulumi/examples aws-ts-apigatewayv2-http-api",
        "pulumi-http",
        http(),
        lambda_proxy(IntegrationMethod="POST", PassthroughBehavior="WHEN_NO_MATCH"),
        route("$default"),
        stage(
            "dev",
            RouteSettings={
                "$default": {"ThrottlingBurstLimit": 5000, "ThrottlingRateLimit": 10000}
            },
        ),
    ),
    as_sent(
        "integration",
        "pulumi/examples aws-py-apigateway-lambda-serverless",
        "pulumi-serverless",
        http(),
        lambda_proxy(
            ConnectionType="INTERNET",
            Description="An example",
            IntegrationMethod="POST",
            PayloadFormatVersion="1.0",
            PassthroughBehavior="WHEN_NO_MATCH",
            TimeoutInMillis=30000,
        ),
        route("ANY /{proxy+}"),
        stage(
            "dev",
            RouteSettings={
                "ANY /{proxy+}": {"ThrottlingBurstLimit": 1, "ThrottlingRateLimit": 0.5}
            },
        ),
    ),
    as_sent(
        "api",
        "pulumi/examples aws-ts-apigatewayv2-http-api-quickcreate",
        "quick-pulumi-quick",
        http(RouteKey="GET /", Target=invocation()),
    ),
    as_sent(
        "integration",
        f"{ACK} test/e2e/resources",
        "ack-e2e",
        http(),
        proxy(IntegrationMethod="GET", IntegrationUri="https://httpbin.org/get"),
        call(
            "CreateAuthorizer",
            AuthorizerType="REQUEST",
            IdentitySource=["$request.header.Authorization"],
            Name="a",
            AuthorizerUri=invocation(),
            AuthorizerPayloadFormatVersion="2.0",
            EnableSimpleResponses=True,
        ),
        route("GET /httpbin", AuthorizationType="CUSTOM", AuthorizerId=AUTHORIZER),
        stage("test", Description="An example"),
    ),
    as_sent(
        "authorizer",
        f"{SAM_CLI}/terraform/v2-lambda-authorizer/main.tf",
        "sam-cli-tf-authorizers",
        http(),
        lambda_proxy(IntegrationUri=invocation(), IntegrationMethod="POST"),
        call(
            "CreateAuthorizer",
            AuthorizerType="REQUEST",
            AuthorizerUri=invocation(),
            AuthorizerCredentialsArn=ROLE,
            AuthorizerPayloadFormatVersion="2.0",
            IdentitySource=["$request.header.myheader"],
            Name="header",
        ),
        route(
            "GET /header",
            OperationName="header_operation",
            AuthorizationType="CUSTOM",
            AuthorizerId=AUTHORIZER,
        ),
        call(
            "CreateAuthorizer",
            AuthorizerType="REQUEST",
            AuthorizerUri=invocation(),
            AuthorizerCredentialsArn=ROLE,
            AuthorizerPayloadFormatVersion="2.0",
            IdentitySource=["$request.header.myheader", "$request.querystring.mystring"],
            Name="request",
        ),
        route(
            "GET /request",
            OperationName="request_operation",
            AuthorizationType="CUSTOM",
            AuthorizerId=AUTHORIZER,
        ),
        call("CreateDeployment"),
        call("CreateStage", StageName="example-stage", DeploymentId=Ref("{DeploymentId}")),
    ),
    as_sent(
        "integration_response",
        f"{CROSSPLANE}/api-websocket.yaml",
        "crossplane-ws",
        websocket(),
        call(
            "CreateModel",
            ContentType="application/json",
            Name="example",
            Schema=json.dumps(
                {
                    "$schema": "http://json-schema.org/draft-04/schema#",
                    "title": "ExampleModel",
                    "type": "object",
                    "properties": {"id": {"type": "string"}},
                }
            ),
        ),
        call(
            "CreateIntegration",
            IntegrationMethod="POST",
            IntegrationType="HTTP",
            IntegrationUri="https://api.example.com",
        ),
        call("CreateIntegrationResponse", IntegrationResponseKey="/400/"),
        route("POST /login"),
        call("CreateRouteResponse", RouteResponseKey="$default"),
    ),
    as_sent(
        "integration",
        f"{CROSSPLANE}/api-http.yaml",
        "crossplane-http",
        http(),
        proxy(IntegrationMethod="POST", IntegrationUri="https://api.example.com"),
        route("POST /login"),
        call("CreateDeployment", Description="An example"),
        jwt(
            JwtConfiguration={"Audience": ["example"], "Issuer": "https://accounts.google.com/"},
            Name="example-authorizer",
        ),
        call("CreateStage", StageName="example-stage"),
    ),
    as_sent(
        "route",
        f"{SAM_CLI}/cdk/template-http-api.yaml",
        "sam-cli-template-http-api",
        http(Description="An example"),
        lambda_proxy(),
        route("GET /get-info", AuthorizationType="NONE"),
        route("ANY /anyandall", AuthorizationType="NONE"),
        route("GET /proxypath/{proxy+}", AuthorizationType="NONE"),
        stage(),
    ),
    as_sent(
        "integration",
        f"{SAM_CLI}/cfn-http-api-and-rest-api-gateways.yaml",
        "sam-cli-cfn-http-api-and-rest-api-gateways",
        http(
            CorsConfiguration={
                "AllowCredentials": True,
                "AllowHeaders": ["x-apigateway-header"],
                "AllowMethods": ["GET"],
                "AllowOrigins": ["https://example.com"],
                "MaxAge": 600,
            }
        ),
        lambda_proxy(
            PayloadFormatVersion="1.0", IntegrationMethod="POST", IntegrationUri=invocation()
        ),
        route("GET /http-api"),
        lambda_proxy(
            PayloadFormatVersion="1.0", IntegrationMethod="POST", IntegrationUri=invocation()
        ),
        route("GET /http-api-with-operation-name", OperationName="MyOperationName"),
        stage(Tags={"httpapi:createdBy": "SAM"}),
    ),
    as_sent(
        "authorizer",
        f"{SAM_CLI}/lambda_authorizers/cfn-apigw-v2.yaml",
        "sam-cli-cfn-apigw-v2",
        http(),
        named(
            "RequestAuthorizerV2",
            call(
                "CreateAuthorizer",
                AuthorizerPayloadFormatVersion="2.0",
                EnableSimpleResponses=False,
                AuthorizerType="REQUEST",
                AuthorizerUri=invocation(),
                IdentitySource=["$request.header.header", "$request.querystring.query"],
                Name="RequestAuthorizerV2",
            ),
        ),
        named(
            "RequestAuthorizerV2Simple",
            call(
                "CreateAuthorizer",
                AuthorizerPayloadFormatVersion="2.0",
                EnableSimpleResponses=True,
                AuthorizerType="REQUEST",
                AuthorizerUri=invocation(),
                IdentitySource=["$request.header.header", "$request.querystring.query"],
                Name="RequestAuthorizerV2Simple",
            ),
        ),
        call(
            "CreateAuthorizer",
            AuthorizerPayloadFormatVersion="1.0",
            EnableSimpleResponses=False,
            AuthorizerType="REQUEST",
            AuthorizerUri=invocation(),
            IdentitySource=["$request.header.header", "$request.querystring.query"],
            Name="RequestAuthorizerV1",
        ),
        lambda_proxy(IntegrationMethod="POST", IntegrationUri=invocation()),
        route(
            "GET /requestauthorizerv2",
            AuthorizationType="CUSTOM",
            AuthorizerId=Ref("{AuthorizerId}", "RequestAuthorizerV2"),
        ),
        route(
            "GET /requestauthorizerv2simple",
            AuthorizationType="CUSTOM",
            AuthorizerId=Ref("{AuthorizerId}", "RequestAuthorizerV2Simple"),
        ),
        route("GET /requestauthorizerv1", AuthorizationType="CUSTOM", AuthorizerId=AUTHORIZER),
        call("CreateDeployment"),
        call("CreateStage", StageName="prod", DeploymentId=Ref("{DeploymentId}")),
    ),
)
