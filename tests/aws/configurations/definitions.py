"""OpenAPI definitions that samples and tests of tools import.

Titles and descriptions are shortened. The expected routes, integrations and authorizers follow from
the definition.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from tests.aws.cases import call, read
from tests.aws.configurations.definition_calls import (
    OPEN_CORS,
    QUEUE,
    SAM_STAGE,
    STATE_MACHINE,
    definition,
    jwt_scheme,
    operation,
    reads_routes,
    request_scheme,
    to_service,
)
from tests.aws.configurations.sample_calls import (
    LOG_FORMAT,
    LOG_GROUP,
    PATTERNS,
    as_sent,
    imported,
    invocation,
    route,
    service,
    stage,
)

if TYPE_CHECKING:
    from tests.aws.cases import Case

SAM_CLI: Final = "aws/aws-sam-cli tests/integration/testdata/start_api"
ACK: Final = "aws-controllers-k8s/apigatewayv2-controller"
SESSIONS: Final = "aws-samples/sessions-with-aws-sam"
ACK_DEFINITION: Final = definition(
    {
        "GET /": operation(
            {
                "uri": "http://example.com",
                "httpMethod": "GET",
                "type": "HTTP_PROXY",
                "payloadFormatVersion": "1.0",
            }
        )
    },
    tags=[],
)

CASES: Final[tuple[Case, ...]] = (
    as_sent(
        "stage",
        f"{PATTERNS} api-sqs-lambda-python/template.yml",
        "pattern-api-sqs-lambda-python",
        imported(
            definition(
                {
                    "POST /submit": operation(
                        to_service(
                            "SQS-SendMessage", {"MessageBody": "$request.body", "QueueUrl": QUEUE}
                        )
                    )
                },
                cors=OPEN_CORS,
            )
        ),
        reads_routes({"POST /submit": "NONE"}),
        read("GetIntegrations", Items=[{"IntegrationSubtype": "SQS-SendMessage"}]),
        stage(
            AccessLogSettings={"DestinationArn": LOG_GROUP, "Format": LOG_FORMAT},
            Tags={"httpapi:createdBy": "SAM"},
        ),
    ),
    as_sent(
        "stage",
        f"{PATTERNS} apigw-http-api-eventbridge-java/template.yaml",
        "pattern-apigw-http-api-eventbridge-java",
        imported(
            definition(
                {
                    "POST /": operation(
                        to_service(
                            "EventBridge-PutEvents",
                            {
                                "Detail": "$request.body.Detail",
                                "DetailType": "MyDetailType",
                                "Source": "WebApp",
                            },
                        )
                    )
                },
                info={"title": "example"},
            )
        ),
        reads_routes({"POST /": "NONE"}),
        read("GetIntegrations", Items=[{"IntegrationSubtype": "EventBridge-PutEvents"}]),
        SAM_STAGE,
    ),
    as_sent(
        "api",
        f"{PATTERNS} apigw-http-api-fifo-sqs-lambda-sns-sam/template.yaml",
        "pattern-apigw-http-api-fifo-sqs-lambda-sns-sam",
        imported(
            definition(
                {
                    "POST /": operation(
                        to_service(
                            "SQS-SendMessage",
                            {
                                "MessageBody": "$request.body",
                                "MessageGroupId": "$request.body.messagegroup",
                                "QueueUrl": QUEUE,
                            },
                        )
                    )
                },
                info={"title": "example"},
                cors=OPEN_CORS,
            )
        ),
        reads_routes({"POST /": "NONE"}),
        read("GetIntegrations", Items=[{"IntegrationSubtype": "SQS-SendMessage"}]),
        stage("prod", Tags={"httpapi:createdBy": "SAM"}),
    ),
    as_sent(
        "api",
        f"{PATTERNS} apigw-http-api-lambda-python/template.yaml",
        "pattern-apigw-http-api-lambda-python",
        imported(definition({"ANY $default": operation(isDefaultRoute=True)})),
        reads_routes({"$default": "NONE"}),
        SAM_STAGE,
    ),
    as_sent(
        "api",
        f"{PATTERNS} apigw-sfn/template.yaml",
        "pattern-apigw-sfn",
        imported(
            definition(
                {
                    "POST /": operation(
                        to_service(
                            "StepFunctions-StartSyncExecution",
                            {"Input": "$request.body", "StateMachineArn": STATE_MACHINE},
                        )
                    )
                },
                cors=OPEN_CORS,
            )
        ),
        reads_routes({"POST /": "NONE"}),
        read("GetIntegrations", Items=[{"IntegrationSubtype": "StepFunctions-StartSyncExecution"}]),
        SAM_STAGE,
    ),
    as_sent(
        "api",
        f"{PATTERNS} apigw-sqs-lambda-ddb/template.yaml",
        "pattern-apigw-sqs-lambda-ddb",
        imported(
            definition(
                {
                    "POST /submit": operation(
                        to_service(
                            "SQS-SendMessage", {"MessageBody": "$request.body", "QueueUrl": QUEUE}
                        ),
                        security=[{"AuthorizerFunction": []}],
                    )
                },
                schemes={
                    "AuthorizerFunction": request_scheme(
                        authorizerPayloadFormatVersion=2, enableSimpleResponses=True
                    )
                },
                cors=OPEN_CORS,
            )
        ),
        reads_routes({"POST /submit": "CUSTOM"}),
        read("GetIntegrations", Items=[{"IntegrationSubtype": "SQS-SendMessage"}]),
        read("GetAuthorizers", Items=[{"AuthorizerType": "REQUEST", "Name": "AuthorizerFunction"}]),
        stage(
            AccessLogSettings={"DestinationArn": LOG_GROUP, "Format": LOG_FORMAT},
            Tags={"httpapi:createdBy": "SAM"},
        ),
    ),
    as_sent(
        "api",
        f"{PATTERNS} cloudfront-failover-apigw-http-api-lambda-rust/api.yml",
        "pattern-cloudfront-failover-apigw-http-api-lambda-rust",
        imported(
            definition(
                {
                    "GET /api": operation(),
                    "GET /api/{proxy+}": operation(
                        parameters=[{"required": True, "name": "proxy+", "in": "path"}]
                    ),
                },
                tags=[
                    {"name": "name", "x-amazon-apigateway-tag-value": "stack"},
                    {"name": "httpapi:createdBy", "x-amazon-apigateway-tag-value": "SAM"},
                ],
                cors={"allowOrigins": ["*"], "allowMethods": ["GET", "HEAD", "OPTIONS", "POST"]},
            )
        ),
        reads_routes({"GET /api": "NONE", "GET /api/{proxy+}": "NONE"}),
        stage(
            AccessLogSettings={"DestinationArn": LOG_GROUP, "Format": LOG_FORMAT},
            Tags={"name": "stack", "httpapi:createdBy": "SAM"},
        ),
    ),
    as_sent(
        "integration",
        f"{PATTERNS} custom-http-headers-to-sqs-message-attributes-using-http-api-gateway",
        "pattern-headers-to-message-attributes",
        imported(
            definition(
                {},
                tags=[
                    {"name": "Name", "x-amazon-apigateway-tag-value": "ApiGatewayName"},
                    {"name": "httpapi:createdBy", "x-amazon-apigateway-tag-value": "SAM"},
                ],
                servers=[
                    {
                        "x-amazon-apigateway-endpoint-configuration": {
                            "disableExecuteApiEndpoint": False
                        }
                    }
                ],
            )
        ),
        service(
            "SQS-SendMessage",
            {
                "QueueUrl": QUEUE,
                "MessageBody": "$request.body.MessageBody",
                "MessageAttributes": json.dumps(
                    {
                        "First": {
                            "DataType": "String",
                            "StringValue": "${request.header.header1}",
                        },
                        "Second": {"DataType": "String", "StringValue": "fixed"},
                    }
                ),
            },
        ),
        route("ANY /sqs"),
        stage(
            AccessLogSettings={"DestinationArn": LOG_GROUP, "Format": LOG_FORMAT},
            DefaultRouteSettings={"ThrottlingBurstLimit": 100, "ThrottlingRateLimit": 50},
            Tags={"Name": "ApiGatewayName", "httpapi:createdBy": "SAM"},
        ),
    ),
    as_sent(
        "api",
        f"{PATTERNS} sam-webapp-cognito/template.yaml",
        "pattern-sam-webapp-cognito",
        imported(
            definition(
                {"POST /api": operation(security=[{"OAuth2Authorizer": []}])},
                schemes={"OAuth2Authorizer": jwt_scheme("$request.header.Authorization")},
                cors={
                    "allowOrigins": ["*"],
                    "allowHeaders": ["*"],
                    "allowMethods": ["GET", "HEAD", "OPTIONS"],
                },
            ),
            FailOnWarnings=True,
        ),
        reads_routes({"POST /api": "JWT"}),
        read(
            "GetAuthorizers",
            Items=[
                {
                    "AuthorizerType": "JWT",
                    "Name": "OAuth2Authorizer",
                    "IdentitySource": ["$request.header.Authorization"],
                }
            ],
        ),
        SAM_STAGE,
    ),
    as_sent(
        "api",
        "awsdocs/aws-doc-sdk-examples dotnetv3/cross-service/PhotoAssetManager",
        "sdk-example-photo-asset-manager",
        imported(definition({"GET /labels": operation(), "PUT /upload": operation()})),
        reads_routes({"GET /labels": "NONE", "PUT /upload": "NONE"}),
        SAM_STAGE,
    ),
    as_sent(
        "api",
        f"{ACK} test/e2e/resources/import_api.yaml",
        "ack-import",
        imported(ACK_DEFINITION),
        reads_routes({"GET /": "NONE"}),
        call(
            "ReimportApi",
            Body=json.dumps({**ACK_DEFINITION, "info": {"title": "updated", "version": "v1"}}),
        ),
        reads_routes({"GET /": "NONE"}),
        read("GetApi", Name="updated", Version="v1"),
    ),
    as_sent(
        "api",
        f"{PATTERNS} apigw-http-eventbridge-terraform/main.tf",
        "patterns-tf-eventbridge",
        imported(
            definition(
                {
                    "POST /": operation(
                        to_service(
                            "EventBridge-PutEvents",
                            {
                                "Detail": "$request.body.Detail",
                                "DetailType": "MyDetailType",
                                "Source": "demo.apigw",
                            },
                        )
                    )
                },
                info={"title": "example"},
                tags=[],
            )
        ),
        reads_routes({"POST /": "NONE"}),
        read("GetIntegrations", Items=[{"IntegrationSubtype": "EventBridge-PutEvents"}]),
        stage(),
    ),
    as_sent(
        "api",
        f"{SAM_CLI}/terraform/terraform-v2-openapi/main.tf",
        "sam-cli-tf-body",
        imported(
            definition(
                {
                    "GET /hello": operation(
                        {
                            "httpMethod": "GET",
                            "payloadFormatVersion": "2.0",
                            "type": "AWS_PROXY",
                            "uri": invocation(),
                        }
                    )
                },
                tags=[],
            )
        ),
        reads_routes({"GET /hello": "NONE"}),
    ),
    as_sent(
        "api",
        f"{SAM_CLI}/cfn-http-api-with-swagger-body.yaml",
        "sam-cli-cfn-http-api-with-swagger-body",
        imported(
            definition(
                {
                    "GET /echoeventbody": operation(
                        operationId="postOperationIdShouldNotBeInHttpApi"
                    )
                },
                cors={
                    "allowCredentials": True,
                    "allowHeaders": ["x-apigateway-header"],
                    "allowMethods": ["GET"],
                    "allowOrigins": ["https://example.com"],
                    "maxAge": 600,
                },
            )
        ),
        reads_routes({"GET /echoeventbody": "NONE"}),
        SAM_STAGE,
    ),
    as_sent(
        "api",
        f"{SAM_CLI}/lambda_authorizers/swagger-http.yaml",
        "sam-cli-swagger-http",
        imported(
            definition(
                {
                    "GET /requestauthorizer": operation(security=[{"RegularAuth": []}]),
                    "GET /requestauthorizersimple": operation(security=[{"SimpleAuth": []}]),
                },
                schemes={
                    "RegularAuth": request_scheme(
                        authorizerPayloadFormatVersion="2.0",
                        identitySource="$request.header.header, $request.querystring.query",
                    ),
                    "SimpleAuth": request_scheme(
                        authorizerPayloadFormatVersion="2.0",
                        enableSimpleResponses=True,
                        identitySource="$request.header.header, $request.querystring.query",
                    ),
                },
                info={"title": "example"},
                tags=[],
            )
        ),
        reads_routes(
            {"GET /requestauthorizer": "CUSTOM", "GET /requestauthorizersimple": "CUSTOM"}
        ),
        read(
            "GetAuthorizers",
            Items=[
                {
                    "AuthorizerType": "REQUEST",
                    "Name": "RegularAuth",
                    "IdentitySource": ["$request.header.header", "$request.querystring.query"],
                },
                {
                    "AuthorizerType": "REQUEST",
                    "Name": "SimpleAuth",
                    "IdentitySource": ["$request.header.header", "$request.querystring.query"],
                },
            ],
        ),
    ),
    as_sent(
        "api",
        f"{SAM_CLI}/template-cors.yaml",
        "sam-cli-template-cors",
        imported(
            definition(
                {"POST /test": operation()},
                cors={
                    "allowOrigins": ["https://abc", "http://xyz:3000"],
                    "allowHeaders": ["Accept", "My-Custom-Header"],
                    "allowMethods": ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"],
                    "exposeHeaders": ["Content-Encoding", "Another-Custom-Header"],
                    "maxAge": 3600,
                    "allowCredentials": True,
                },
            )
        ),
        reads_routes({"POST /test": "NONE"}),
        stage("foo", Tags={"httpapi:createdBy": "SAM"}),
    ),
    as_sent(
        "api",
        f"{SESSIONS} http-api-direct-integration/template.yaml",
        "session-http-api-direct-integration",
        imported(
            definition(
                {
                    "POST /sqs": operation(
                        to_service(
                            "SQS-SendMessage",
                            {"MessageBody": "$request.body.MessageBody", "QueueUrl": QUEUE},
                        )
                    ),
                    "POST /eb": operation(
                        to_service(
                            "EventBridge-PutEvents",
                            {
                                "Detail": "$request.body.Detail",
                                "DetailType": "MyDetailType",
                                "Source": "WebApp",
                            },
                        )
                    ),
                    "POST /kinesis": operation(
                        to_service(
                            "Kinesis-PutRecord",
                            {
                                "StreamName": "MyStream",
                                "Data": "$request.body.Data",
                                "PartitionKey": "MyPartition",
                            },
                        )
                    ),
                },
                info={"title": "example"},
            )
        ),
        reads_routes({"POST /sqs": "NONE", "POST /eb": "NONE", "POST /kinesis": "NONE"}),
        read(
            "GetIntegrations",
            Items=[
                {"IntegrationSubtype": "SQS-SendMessage"},
                {"IntegrationSubtype": "EventBridge-PutEvents"},
                {"IntegrationSubtype": "Kinesis-PutRecord"},
            ],
        ),
        SAM_STAGE,
    ),
    as_sent(
        "api",
        f"{SESSIONS} http-api-logging/template.yaml",
        "session-http-api-logging",
        imported(
            definition(
                {"GET /": operation()},
                cors={"allowOrigins": ["http://localhost:8080"], "allowMethods": ["GET"]},
            )
        ),
        reads_routes({"GET /": "NONE"}),
        stage(
            AccessLogSettings={"DestinationArn": LOG_GROUP, "Format": LOG_FORMAT},
            Tags={"httpapi:createdBy": "SAM"},
        ),
    ),
    as_sent(
        "api",
        f"{SESSIONS} http-api/template.yaml",
        "session-http-api",
        imported(
            definition(
                {
                    "GET /simple": operation(security=[{"GeneralAuth": ["email"]}]),
                    "GET /both": operation(
                        security=[{"GeneralAuth": ["Admins-Audience", "SU-Audience"]}]
                    ),
                    "GET /su": operation(security=[{"GeneralAuth": ["SU-Audience"]}]),
                    "GET /admin": operation(security=[{"GeneralAuth": ["Admins-Audience"]}]),
                    "GET /": operation(),
                },
                schemes={"GeneralAuth": jwt_scheme("$request.header.Authorization")},
                cors={"allowOrigins": ["http://localhost:8080"], "allowMethods": ["GET"]},
            )
        ),
        reads_routes(
            {
                "GET /simple": "JWT",
                "GET /both": "JWT",
                "GET /su": "JWT",
                "GET /admin": "JWT",
                "GET /": "NONE",
            }
        ),
        read(
            "GetAuthorizers",
            Items=[
                {
                    "AuthorizerType": "JWT",
                    "Name": "GeneralAuth",
                    "IdentitySource": ["$request.header.Authorization"],
                }
            ],
        ),
        SAM_STAGE,
    ),
    as_sent(
        "api",
        f"{SESSIONS} sam-or-cdk/sam/template.yaml",
        "session-step-functions",
        imported(
            definition(
                {
                    "POST /": operation(
                        to_service(
                            "StepFunctions-StartSyncExecution",
                            {"Input": "$request.body", "StateMachineArn": STATE_MACHINE},
                        )
                    ),
                    "GET /{id}": operation(
                        parameters=[{"required": True, "name": "id", "in": "path"}]
                    ),
                },
                info={"title": "example"},
            )
        ),
        reads_routes({"POST /": "NONE", "GET /{id}": "NONE"}),
        read(
            "GetIntegrations",
            Items=[
                {"IntegrationSubtype": "StepFunctions-StartSyncExecution"},
                {"PayloadFormatVersion": "2.0"},
            ],
        ),
        SAM_STAGE,
    ),
    as_sent(
        "api",
        f"{SESSIONS} starter-templates/web-app/template.yaml",
        "session-web-app",
        imported(
            definition(
                {
                    "POST /": operation(),
                    "GET /": operation(),
                    "GET /{id}": operation(
                        parameters=[{"required": True, "name": "id", "in": "path"}]
                    ),
                }
            )
        ),
        reads_routes({"POST /": "NONE", "GET /": "NONE", "GET /{id}": "NONE"}),
        SAM_STAGE,
    ),
)
