"""Integrations of published modules, tools and guides.

The source has the deployed configuration. The expected responses follow from defaults that other
sources assert.
"""

from __future__ import annotations

from typing import Final

from tests.aws.cases import NOTHING, Case, Members, Ref, call, read
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
    jwt,
    lambda_proxy,
    proxy,
    route,
    service,
    socket,
    stage,
    websocket,
)

CASES: Final[tuple[Case, ...]] = (
    deployed(
        "integration",
        f"{MODULE}/complete-http/main.tf",
        "module-complete-http",
        http(
            ApiKeySelectionExpression="$request.header.x-api-key",
            CorsConfiguration={
                "AllowHeaders": ["content-type", "x-amz-date", "authorization", "x-api-key"],
                "AllowMethods": ["*"],
                "AllowOrigins": ["*"],
            },
            RouteSelectionExpression="$request.method $request.path",
        ),
        jwt(
            JwtConfiguration={
                "Audience": ["d6a38afd-45d6-4874-d1aa-3c5c558aqcc2"],
                "Issuer": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc",
            }
        ),
        lambda_proxy(TimeoutInMillis=12000),
        route("ANY /"),
        route(
            "GET /some-route",
            AuthorizationType="JWT",
            AuthorizerId=AUTHORIZER,
            AuthorizationScopes=["user.id", "user.email"],
        ),
        service(
            "StepFunctions-StartExecution",
            {
                "Input": '{"key1":"value1","key2":"value2"}',
                "StateMachineArn": f"arn:aws:states:{ACCOUNT}:stateMachine:ex",
            },
            TimeoutInMillis=12000,
        ),
        route("POST /start-step-function"),
        lambda_proxy(
            ConnectionType="INTERNET",
            PayloadFormatVersion="1.0",
            ResponseParameters={
                "500": {
                    "append:header.header1": "$context.requestId",
                    "overwrite:statuscode": "403",
                },
                "404": {"append:header.error": "$stageVariables.environmentId"},
            },
            TlsConfig={"ServerNameToVerify": "example.com"},
        ),
        route("$default"),
        stage(
            AccessLogSettings={"DestinationArn": LOG_GROUP, "Format": LOG_FORMAT},
            DefaultRouteSettings={
                "DetailedMetricsEnabled": True,
                "ThrottlingBurstLimit": 100,
                "ThrottlingRateLimit": 100.0,
            },
            RouteSettings={
                "GET /some-route": {"ThrottlingBurstLimit": 40, "ThrottlingRateLimit": 80.0}
            },
        ),
        read(
            "GetIntegration",
            ResponseParameters={
                "404": {"append:header.error": "$stageVariables.environmentId"},
                "500": {
                    "append:header.header1": "$context.requestId",
                    "overwrite:statuscode": "403",
                },
            },
            TlsConfig=NOTHING,
        ),
    ),
    deployed(
        "integration",
        "aws/aws-cdk aws-apigatewayv2-integrations/test/websocket/mock.test.ts",
        "cdk-websocket-mock",
        websocket(),
        call(
            "CreateIntegration",
            IntegrationType="MOCK",
            IntegrationUri="",
            RequestTemplates={"application/json": '{ "statusCode": 200 }'},
            TemplateSelectionExpression="\\$default",
        ),
        route("$default", AuthorizationType="NONE", RouteResponseSelectionExpression="$default"),
        call("CreateRouteResponse", RouteResponseKey="$default"),
        call("CreateIntegrationResponse", IntegrationResponseKey="/2\\d{2}/"),
        read(
            "GetIntegration",
            IntegrationUri=NOTHING,
            RequestTemplates={"application/json": '{ "statusCode": 200 }'},
            TemplateSelectionExpression="\\$default",
        ),
    ),
    deployed(
        "integration",
        "aws/aws-cdk packages/aws-cdk-lib/aws-apigatewayv2-integrations/lib/websocket/aws.ts",
        "cdk-websocket-dynamodb",
        websocket(),
        call(
            "CreateIntegration",
            CredentialsArn=ROLE,
            IntegrationMethod="POST",
            IntegrationType="AWS",
            IntegrationUri="arn:aws:apigateway:us-east-1:dynamodb:action/PutItem",
            PassthroughBehavior="NEVER",
            RequestParameters={
                "integration.request.header.Content-Type": "'application/x-amz-json-1.0'"
            },
            RequestTemplates={
                "application/json": '{"TableName": "t", "Item": {"id": {"S": '
                '"$context.requestId"}}}'
            },
            TemplateSelectionExpression="\\$default",
            TimeoutInMillis=29000,
        ),
        route("$connect"),
        read(
            "GetIntegration",
            CredentialsArn=ROLE,
            IntegrationMethod="POST",
            PassthroughBehavior="NEVER",
            RequestParameters={
                "integration.request.header.Content-Type": "'application/x-amz-json-1.0'"
            },
        ),
    ),
    deployed(
        "integration",
        f"{GUIDE}, WebSocket integration requests",
        "guide-websocket-http",
        websocket(),
        call(
            "CreateIntegration",
            ConnectionType="VPC_LINK",
            ConnectionId="abc123",
            IntegrationMethod="POST",
            IntegrationType="HTTP",
            IntegrationUri="http://nlb-0a1b2c3d.elb.us-east-1.amazonaws.com/connect",
            RequestParameters={
                "integration.request.header.connectionId": "context.connectionId",
                "integration.request.header.domainName": "context.domainName",
                "integration.request.querystring.stage": "stageVariables.name",
                "integration.request.header.user": "route.request.body.user.name",
                "integration.request.header.fixed": "'static'",
            },
            RequestTemplates={"\\$default": "$input.body"},
            TemplateSelectionExpression="\\$default",
        ),
        route("join"),
        call(
            "CreateIntegrationResponse",
            IntegrationResponseKey="$default",
            ResponseTemplates={"200": "$input.json('$')"},
            TemplateSelectionExpression="${integration.response.statuscode}",
        ),
        read(
            "GetIntegration",
            ConnectionId="abc123",
            ConnectionType="VPC_LINK",
            IntegrationMethod="POST",
            TimeoutInMillis=29000,
        ),
    ),
    deployed(
        "integration",
        "aws/chalice chalice/awsclient.py, create_websocket_integration",
        "chalice-websocket",
        websocket(Name="Websocket API"),
        socket(
            ConnectionType="INTERNET",
            ContentHandlingStrategy="CONVERT_TO_TEXT",
            Description="connect",
            IntegrationMethod="POST",
        ),
        route("$connect", RouteResponseSelectionExpression="$default"),
        call("CreateDeployment"),
        call("CreateStage", StageName="api", DeploymentId=Ref("{DeploymentId}")),
        read(
            "GetIntegration",
            ContentHandlingStrategy="CONVERT_TO_TEXT",
            Description="connect",
            IntegrationMethod="POST",
        ),
    ),
    deployed(
        "integration",
        f"{GUIDE}, Set up a WebSocket API integration request",
        "websocket-http-proxy",
        websocket(RouteSelectionExpression="${request.body.type}/${request.body.action}"),
        proxy(IntegrationMethod="GET", IntegrationUri="http://44.202.124.228:8080/ws"),
        route("chat/send"),
        read("GetIntegration", IntegrationMethod="GET", PayloadFormatVersion="1.0"),
    ),
    *(
        deployed(
            "integration",
            f"{GUIDE}, Integration subtype reference",
            f"guide-{subtype}",
            http(),
            service(subtype, parameters),
            route("POST /call"),
            read("GetIntegration", IntegrationSubtype=subtype, RequestParameters=parameters),
        )
        for subtype, parameters in (
            (
                "SQS-SendMessage",
                {
                    "QueueUrl": "$request.header.queueUrl",
                    "MessageBody": "$request.body.message",
                    "MessageGroupId": "$request.header.authorization",
                    "MessageDeduplicationId": "$context.requestId",
                    "DelaySeconds": "5",
                    "Region": "us-west-2",
                },
            ),
            (
                "SQS-ReceiveMessage",
                {"QueueUrl": "https://sqs.us-east-1.amazonaws.com/1/q", "MaxNumberOfMessages": "3"},
            ),
            (
                "SQS-DeleteMessage",
                {"QueueUrl": "$request.body.q", "ReceiptHandle": "$request.querystring.receipt"},
            ),
            ("SQS-PurgeQueue", {"QueueUrl": "https://sqs.us-east-1.amazonaws.com/1/q"}),
            (
                "EventBridge-PutEvents",
                {
                    "Detail": "$request.body",
                    "DetailType": "type",
                    "Source": "com.example",
                    "EventBusName": "bus",
                    "Resources": '["arn:aws:x"]',
                    "Time": "$context.requestTime",
                },
            ),
            (
                "Kinesis-PutRecord",
                {
                    "StreamName": "s",
                    "Data": "$request.body.data",
                    "PartitionKey": "$context.requestId",
                },
            ),
            (
                "StepFunctions-StartSyncExecution",
                {"StateMachineArn": "$request.body.arn", "Input": "$request.body", "Name": "n"},
            ),
            (
                "StepFunctions-StopExecution",
                {"ExecutionArn": "$request.querystring.arn", "Cause": "c", "Error": "e"},
            ),
            (
                "AppConfig-GetConfiguration",
                {
                    "Application": "a",
                    "Environment": "e",
                    "Configuration": "c",
                    "ClientId": "$context.requestId",
                    "ClientConfigurationVersion": "1",
                },
            ),
        )
    ),
    *(
        deployed(
            "integration",
            f"{GUIDE}, Transform API requests and responses",
            f"guide-parameters-{number}",
            http(),
            proxy(**members),
            route("GET /pets/{petId}"),
            read("GetIntegration", **members),
        )
        for number, members in enumerate[Members](
            (
                {
                    "RequestParameters": {
                        "append:header.header1": "$context.requestId",
                        "overwrite:path": "/pets/$request.path.petId",
                        "overwrite:querystring.a": "$request.querystring.b",
                    }
                },
                {"RequestParameters": {"append:header.header1": "$request.header.header2"}},
                {"RequestParameters": {"overwrite:path": "$request.path"}},
                {"RequestParameters": {"overwrite:header.host": "example.com"}},
                {"RequestParameters": {"overwrite:header.x": "${context.requestId} and more"}},
                {"RequestParameters": {"append:header.x-user": "$context.authorizer.claims.sub"}},
                {"RequestParameters": {"append:querystring.k": "$request.body.a[0].b"}},
                {"RequestParameters": {"remove:querystring.paramA": "''"}},
                {
                    "RequestParameters": {
                        "append:header.user-agent": "x",
                        "overwrite:header.cookie": "y",
                    }
                },
                {"ResponseParameters": {"200": {"overwrite:header.cache-control": "no-store"}}},
                {"ResponseParameters": {"200": {"remove:header.server": "''"}}},
                {"ResponseParameters": {"404": {"overwrite:statuscode": "200"}}},
                {"ResponseParameters": {"500": {"append:header.x": "$response.header.y"}}},
                {"ResponseParameters": {"500": {"append:header.x": "$response.body.message"}}},
            )
        )
    ),
    *(
        deployed(
            "integration",
            f"{GUIDE}, Lambda functions by stage variable, alias and version",
            f"guide-function-{number}",
            http(),
            lambda_proxy(IntegrationUri=uri),
            route("ANY /{proxy+}"),
            read("GetIntegration", IntegrationUri=uri, IntegrationMethod="POST"),
        )
        for number, uri in enumerate(
            (
                f"{FUNCTION}:live",
                f"{FUNCTION}:7",
                f"arn:aws:lambda:{ACCOUNT}:function:${{stageVariables.fn}}",
                invocation(f"{FUNCTION}:${{stageVariables.alias}}"),
                invocation(f"arn:aws:lambda:{ACCOUNT}:function:${{stageVariables.fn}}"),
                invocation(version="2021-11-15").replace(
                    "/invocations", "/response-streaming-invocations"
                ),
                "arn:aws-cn:lambda:cn-north-1:123456789012:function:handler",
                "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:handler",
            )
        )
    ),
    *(
        deployed(
            "integration",
            f"{GUIDE}, HTTP proxy integrations",
            f"guide-url-{number}",
            http(),
            proxy(IntegrationUri=uri),
            route("ANY /v1/{proxy+}"),
            read("GetIntegration", IntegrationUri=uri),
        )
        for number, uri in enumerate(
            (
                "https://example.com/{proxy}",
                "https://${stageVariables.host}/v1/{proxy}",
                "http://${stageVariables.host}",
                "http://ec2-1-2-3-4.compute-1.amazonaws.com:8080/{proxy}?a=b",
            )
        )
    ),
)
