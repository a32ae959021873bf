"""Configurations of samples of AWS and of awslabs/aws-solutions-constructs.

Descriptions, names, log formats and templates are shortened.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from tests.aws.cases import Ref, call
from tests.aws.configurations.sample_calls import (
    ACCOUNT,
    AUTHORIZER,
    LOG_GROUP,
    PATTERNS,
    ROLE,
    as_sent,
    http,
    invocation,
    lambda_proxy,
    proxy,
    route,
    socket,
    stage,
    websocket,
)

if TYPE_CHECKING:
    from tests.aws.cases import Case

CONSTRUCTS: Final = "awslabs/aws-solutions-constructs, aws-apigatewayv2websocket-sqs"
TEMPLATE: Final = '{"id": "$context.connectionId", "body": "$util.escapeJavaScript($input.body)"}'
LOG_LINE: Final = (
    "$context.identity.sourceIp [$context.requestTime] $context.status $context.requestId"
)

CASES: Final[tuple[Case, ...]] = (
    as_sent(
        "api",
        f"{PATTERNS} apigw-http-api-lambda-rust/template.yml",
        "quick-pattern-apigw-http-api-lambda-rust",
        http(
            Description="An example",
            CorsConfiguration={
                "AllowOrigins": ["*"],
                "AllowMethods": ["GET", "HEAD", "OPTIONS", "POST"],
            },
            Target=invocation(),
        ),
    ),
    as_sent(
        "api",
        f"{PATTERNS} apigw-mutualtls-lambda/template.yaml",
        "quick-pattern-apigw-mutualtls-lambda",
        call(
            "CreateDomainName",
            DomainName="api.example.com",
            DomainNameConfigurations=[
                {
                    "EndpointType": "REGIONAL",
                    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1",
                }
            ],
            MutualTlsAuthentication={"TruststoreUri": "s3://testbucket/teststore.pem"},
        ),
        http(
            Description="An example",
            CorsConfiguration={
                "AllowOrigins": ["*"],
                "AllowMethods": ["GET", "HEAD", "OPTIONS", "POST"],
            },
            DisableExecuteApiEndpoint=True,
            Target=invocation(),
        ),
        call("CreateApiMapping", ApiId=Ref("{ApiId}"), Stage="$default"),
    ),
    as_sent(
        "integration",
        f"{PATTERNS} apigw-websocket-ack-connect-route/template.yml",
        "pattern-apigw-websocket-ack-connect-route",
        websocket(Description="An example"),
        socket(Description="An example"),
        route("$connect", AuthorizationType="NONE", OperationName="OnConnectRoute"),
        socket(Description="An example"),
        route("$disconnect", AuthorizationType="NONE", OperationName="OnDisconnectRoute"),
        call("CreateDeployment"),
        call(
            "CreateStage",
            StageName="prod",
            Description="An example",
            DeploymentId=Ref("{DeploymentId}"),
        ),
    ),
    as_sent(
        "integration_response",
        f"{PATTERNS} apigw-websocket-api-connection-dynamodb/template.yaml",
        "pattern-apigw-websocket-api-connection-dynamodb",
        websocket(),
        socket(),
        call("CreateIntegrationResponse", IntegrationResponseKey="$default"),
        route("$default", AuthorizationType="NONE", OperationName="DefaultRoute"),
        call("CreateRouteResponse", RouteResponseKey="$default"),
        call(
            "CreateIntegration",
            IntegrationType="AWS",
            IntegrationMethod="POST",
            IntegrationUri="arn:aws:apigateway:us-east-1:dynamodb:action/PutItem",
            CredentialsArn=ROLE,
            TemplateSelectionExpression="\\$default",
            RequestTemplates={"$default": TEMPLATE},
        ),
        call(
            "CreateIntegrationResponse",
            IntegrationResponseKey="/200/",
            TemplateSelectionExpression="\\$default",
        ),
        route("$connect", AuthorizationType="NONE", OperationName="ConnectRoute"),
        call("CreateRouteResponse", RouteResponseKey="$default"),
        call(
            "CreateIntegration",
            IntegrationType="AWS",
            IntegrationMethod="POST",
            IntegrationUri="arn:aws:apigateway:us-east-1:dynamodb:action/DeleteItem",
            CredentialsArn=ROLE,
            TemplateSelectionExpression="\\$default",
            RequestTemplates={"$default": TEMPLATE},
        ),
        call(
            "CreateIntegrationResponse",
            IntegrationResponseKey="/200/",
            TemplateSelectionExpression="\\$default",
        ),
        route("$disconnect", AuthorizationType="NONE", OperationName="DisconnectRoute"),
        call("CreateRouteResponse", RouteResponseKey="$default"),
        call("CreateDeployment"),
        call("CreateStage", StageName="api", DeploymentId=Ref("{DeploymentId}")),
    ),
    as_sent(
        "route",
        f"{PATTERNS} apigw-websocket-api-lambda-authorizer/template.yaml",
        "pattern-apigw-websocket-api-lambda-authorizer",
        websocket(RouteSelectionExpression="$request.body.message"),
        call(
            "CreateAuthorizer",
            Name="LambdaAuthorizer",
            AuthorizerType="REQUEST",
            AuthorizerUri=invocation(),
            IdentitySource=["route.request.querystring.ID_Token"],
        ),
        socket(),
        route(
            "$connect",
            AuthorizationType="CUSTOM",
            AuthorizerId=AUTHORIZER,
            OperationName="ConnectRoute",
        ),
        socket(),
        route("$disconnect", AuthorizationType="NONE", OperationName="ConnectRoute"),
        socket(),
        route("sendmessage", AuthorizationType="NONE", OperationName="ConnectRoute"),
        call("CreateDeployment"),
        call("CreateStage", DeploymentId=Ref("{DeploymentId}"), StageName="Prod"),
    ),
    as_sent(
        "model",
        f"{PATTERNS} apigw-websocket-api-sns/template.yaml",
        "pattern-apigw-websocket-api-sns",
        websocket(),
        call(
            "CreateModel",
            ContentType="application/json",
            Description="An example",
            Name="orderModel",
            Schema=json.dumps(
                {
                    "$schema": "http://json-schema.org/draft-04/schema#",
                    "title": "orderInputModel",
                    "type": "object",
                    "properties": {
                        "Name": {"type": "string"},
                        "SirName": {"type": "string"},
                        "Number": {"type": "string"},
                    },
                    "required": ["Name", "SirName", "Number"],
                }
            ),
        ),
        call(
            "CreateIntegration",
            IntegrationType="MOCK",
            RequestTemplates={"200": '{"statusCode":200}'},
            TemplateSelectionExpression="200",
            PassthroughBehavior="WHEN_NO_MATCH",
        ),
        call(
            "CreateIntegrationResponse",
            IntegrationResponseKey="/200/",
            TemplateSelectionExpression="\\$default",
            ResponseTemplates={"200": '{"statusCode":, "message":"order initiated"}'},
        ),
        route(
            "$connect",
            AuthorizationType="NONE",
            RouteResponseSelectionExpression="$default",
            OperationName="ConnectRoute",
        ),
        call("CreateRouteResponse", RouteResponseKey="$default"),
        call(
            "CreateIntegration",
            IntegrationType="MOCK",
            RequestTemplates={"200": '{"statusCode":200}'},
            TemplateSelectionExpression="200",
            PassthroughBehavior="WHEN_NO_MATCH",
        ),
        call(
            "CreateIntegrationResponse",
            IntegrationResponseKey="/200/",
            TemplateSelectionExpression="\\$default",
        ),
        route("$disconnect", OperationName="DisconnectRoute"),
        call(
            "CreateIntegration",
            IntegrationType="AWS",
            IntegrationUri="arn:aws:apigateway:us-east-1:sns:action/Publish",
            CredentialsArn=ROLE,
            IntegrationMethod="POST",
            ContentHandlingStrategy="CONVERT_TO_TEXT",
            RequestParameters={
                "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"
            },
            RequestTemplates={"$default": "Action=SendMessage&MessageBody=$input.json('$')"},
            TemplateSelectionExpression="request.body.action",
        ),
        call("CreateIntegrationResponse", IntegrationResponseKey="$default"),
        route(
            "sendOrder",
            AuthorizationType="NONE",
            ModelSelectionExpression="$request.body.action",
            RequestModels={"sendOrder": "orderModel"},
        ),
        call("CreateRouteResponse", RouteResponseKey="$default"),
        call("CreateDeployment"),
        call("CreateStage", StageName="production", DeploymentId=Ref("{DeploymentId}")),
    ),
    as_sent(
        "integration",
        f"{PATTERNS} apigw-websocket-api-sqs-lambda-java/template.yaml",
        "pattern-apigw-websocket-api-sqs-lambda-java",
        websocket(Description="An example"),
        call(
            "CreateIntegration",
            IntegrationType="AWS",
            ConnectionType="INTERNET",
            CredentialsArn=ROLE,
            IntegrationMethod="POST",
            IntegrationUri="arn:aws:apigateway:us-east-1:sqs:path/123456789012/queue",
            PassthroughBehavior="NEVER",
            RequestParameters={
                "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"
            },
            RequestTemplates={"$default": "Action=SendMessage&MessageBody=$input.json('$')"},
            TemplateSelectionExpression="\\$default",
        ),
        route("$default"),
        stage("production"),
    ),
    as_sent(
        "integration",
        f"{PATTERNS} apigw-websocket-mapping-template-authorizer/template.yaml",
        "pattern-apigw-websocket-mapping-template-authorizer",
        websocket(),
        call(
            "CreateAuthorizer",
            AuthorizerType="REQUEST",
            AuthorizerUri=invocation(),
            Name="lambda-authorizer-request",
            IdentitySource=["route.request.header.token"],
        ),
        socket(),
        route("$connect", AuthorizationType="CUSTOM", AuthorizerId=AUTHORIZER),
        socket(),
        route("$disconnect"),
        call(
            "CreateIntegration",
            Description="An example",
            IntegrationType="AWS",
            IntegrationUri=invocation(),
            RequestTemplates={"application/json": TEMPLATE},
        ),
        route("sendmessage"),
        call("CreateDeployment"),
        call("CreateStage", StageName="stage", DeploymentId=Ref("{DeploymentId}")),
    ),
    as_sent(
        "integration",
        f"{CONSTRUCTS} integ.wssqs-con-discon-default-custom-route.js.snapshot",
        "constructs-wssqs-con-discon-default-custom-route",
        websocket(),
        socket(),
        route("$connect", AuthorizationType="AWS_IAM"),
        socket(),
        route("$disconnect", AuthorizationType="NONE"),
        call(
            "CreateIntegration",
            CredentialsArn=ROLE,
            IntegrationMethod="POST",
            IntegrationType="AWS",
            IntegrationUri="arn:aws:apigateway:us-east-1:sqs:path/123456789012/queue",
            PassthroughBehavior="NEVER",
            RequestParameters={
                "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"
            },
            RequestTemplates={"$default": "Action=SendMessage&MessageBody=$input.json('$')"},
            TemplateSelectionExpression="\\$default",
        ),
        route("$default", AuthorizationType="NONE"),
        call(
            "CreateIntegration",
            CredentialsArn=ROLE,
            IntegrationMethod="POST",
            IntegrationType="AWS",
            IntegrationUri="arn:aws:apigateway:us-east-1:sqs:path/123456789012/queue",
            PassthroughBehavior="NEVER",
            RequestParameters={
                "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"
            },
            RequestTemplates={"customName": "Action=SendMessage&MessageBody=$input.json('$')"},
            TemplateSelectionExpression="customName",
        ),
        route("customName", AuthorizationType="NONE"),
        stage(
            "prod",
            AccessLogSettings={"DestinationArn": LOG_GROUP, "Format": LOG_LINE},
            DefaultRouteSettings={
                "DataTraceEnabled": False,
                "DetailedMetricsEnabled": True,
                "LoggingLevel": "ERROR",
            },
        ),
    ),
    as_sent(
        "integration",
        f"{CONSTRUCTS} integ.wssqs-custom-route.js.snapshot",
        "constructs-wssqs-custom-route",
        websocket(),
        call("CreateIntegration", IntegrationType="MOCK", IntegrationUri=""),
        route("$connect", AuthorizationType="AWS_IAM"),
        socket(),
        route("$disconnect", AuthorizationType="NONE"),
        call(
            "CreateIntegration",
            CredentialsArn=ROLE,
            IntegrationMethod="POST",
            IntegrationType="AWS",
            IntegrationUri="arn:aws:apigateway:us-east-1:sqs:path/123456789012/queue",
            PassthroughBehavior="NEVER",
            RequestParameters={
                "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"
            },
            RequestTemplates={"custom-action": "Action=SendMessage&MessageBody=$input.json('$')"},
            TemplateSelectionExpression="custom-action",
        ),
        route("custom-action", AuthorizationType="NONE"),
        stage(
            "prod",
            AccessLogSettings={"DestinationArn": LOG_GROUP, "Format": LOG_LINE},
            DefaultRouteSettings={
                "DataTraceEnabled": False,
                "DetailedMetricsEnabled": True,
                "LoggingLevel": "ERROR",
            },
        ),
    ),
    as_sent(
        "authorizer",
        f"{PATTERNS} apigw-http-api-waf-cloudfront-terraform",
        "patterns-tf-waf",
        http(
            Description="An example",
            Tags={"Name": "x"},
            CorsConfiguration={"AllowOrigins": ["*"], "AllowMethods": ["*"], "AllowHeaders": ["*"]},
            DisableExecuteApiEndpoint=True,
        ),
        call(
            "CreateAuthorizer",
            AuthorizerType="REQUEST",
            AuthorizerUri=invocation(),
            IdentitySource=["$request.header.x-origin-verify"],
            Name="a",
            AuthorizerPayloadFormatVersion="2.0",
            AuthorizerResultTtlInSeconds=0,
        ),
        lambda_proxy(
            Description="An example",
            IntegrationMethod="POST",
            IntegrationUri=invocation(),
            PassthroughBehavior="WHEN_NO_MATCH",
        ),
        route("ANY /", AuthorizationType="CUSTOM", AuthorizerId=AUTHORIZER),
        stage(
            "dev",
            DefaultRouteSettings={"ThrottlingBurstLimit": 100, "ThrottlingRateLimit": 50},
            Tags={"Name": "x"},
        ),
    ),
    as_sent(
        "integration",
        "aws-samples/step-functions-workflows-collection call-microservice-apigw/template.yml",
        "workflow-call-microservice-apigw",
        call(
            "CreateVpcLink",
            SecurityGroupIds=["sg-87f95ad9"],
            Name="VPCLink HTTP",
            SubnetIds=["subnet-50433228", "subnet-f3596d8a"],
        ),
        http(Description="An example"),
        proxy(
            IntegrationUri=f"arn:aws:elasticloadbalancing:{ACCOUNT}:listener/app/lb/0a1b2c3d/4e5f6071",
            IntegrationMethod="GET",
            ConnectionType="VPC_LINK",
            ConnectionId=Ref("{VpcLinkId}"),
            PassthroughBehavior="WHEN_NO_MATCH",
        ),
        route("GET /", AuthorizationType="AWS_IAM"),
        stage(),
    ),
)
