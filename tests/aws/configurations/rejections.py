"""Calls that AWS rejects, with the message and the source."""

from __future__ import annotations

import json
from typing import Final

from tests.aws.cases import Call, Case, Kind, Preflight, Ref, call, rejected, step

FUNCTION: Final = "arn:aws:lambda:us-east-1:123456789012:function:pets"
LOGS: Final = "arn:aws:logs:us-east-1:123456789012:log-group:pets"
ROLE: Final = "arn:aws:iam::123456789012:role/pets"
CERTIFICATE: Final = "arn:aws:acm:us-east-1:123456789012:certificate/1"
DOMAIN: Final = "api.example.com"

HTTP: Final = call("CreateApi", Name="pets", ProtocolType="HTTP")
WEBSOCKET: Final = call(
    "CreateApi",
    Name="chat",
    ProtocolType="WEBSOCKET",
    RouteSelectionExpression="$request.body.action",
)
PROXY: Final = call(
    "CreateIntegration",
    IntegrationMethod="GET",
    IntegrationType="HTTP_PROXY",
    IntegrationUri="https://example.com",
    PayloadFormatVersion="1.0",
)
MOCK: Final = call("CreateIntegration", IntegrationType="MOCK")
SQS: Final = call(
    "CreateIntegration",
    CredentialsArn=ROLE,
    IntegrationSubtype="SQS-SendMessage",
    IntegrationType="AWS_PROXY",
    PayloadFormatVersion="1.0",
    RequestParameters={
        "MessageBody": "$request.body",
        "QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/pets",
    },
)
ROUTE: Final = call("CreateRoute", RouteKey="GET /pets", Target=Ref("integrations/{IntegrationId}"))
CHAT_ROUTE: Final = call(
    "CreateRoute", RouteKey="$default", Target=Ref("integrations/{IntegrationId}")
)
STAGE: Final = call("CreateStage", StageName="prod")
DOMAIN_NAME: Final = call(
    "CreateDomainName",
    DomainName=DOMAIN,
    DomainNameConfigurations=[{"CertificateArn": CERTIFICATE}],
)
MAPPING: Final = call("CreateApiMapping", ApiId=Ref("{ApiId}"), Stage="prod")
LINK: Final = call("CreateVpcLink", Name="pets", SubnetIds=["subnet-1", "subnet-2"])


WITHOUT_ISSUER: Final = json.dumps(
    {
        "openapi": "3.0.1",
        "info": {"title": "authtest", "version": "1.0"},
        "paths": {
            "/authtest": {
                "post": {
                    "security": [{"CognitoAuthorizer": []}],
                    "x-amazon-apigateway-integration": {
                        "httpMethod": "POST",
                        "payloadFormatVersion": "2.0",
                        "type": "aws_proxy",
                        "uri": FUNCTION,
                    },
                }
            }
        },
        "components": {
            "securitySchemes": {
                "CognitoAuthorizer": {
                    "type": "oauth2",
                    "x-amazon-apigateway-authorizer": {
                        "identitySource": "$request.header.Authorization",
                        "jwtConfiguration": {"audience": ["client"]},
                        "type": "jwt",
                    },
                }
            }
        },
    }
)


def _authorizer(name: str) -> Call:
    return call(
        "CreateAuthorizer",
        AuthorizerType="JWT",
        IdentitySource=["$request.header.Authorization"],
        JwtConfiguration={"Audience": ["pets"], "Issuer": "https://accounts.google.com"},
        Name=name,
    )


def _bad(
    kind: Kind,
    name: str,
    source: str,
    *calls: Call,
    message: str,
    code: str = "BadRequest",
    preflight: Preflight = "any",
) -> Case:
    """Make a case whose last call is rejected."""
    *before, last = calls
    refused = rejected(code, message, last, preflight=preflight)
    return Case(kind=kind, source=source, name=name, steps=(step(*before, refused),))


_APIS: Final = (
    _bad(
        "api",
        "credentials-for-every-origin",
        "aws/aws-cdk#9076",
        call(
            "CreateApi",
            CorsConfiguration={
                "AllowCredentials": True,
                "AllowHeaders": ["Authorization"],
                "AllowMethods": ["GET", "HEAD", "OPTIONS", "POST"],
                "AllowOrigins": ["*"],
                "MaxAge": 864000 // 10,
            },
            Name="pets",
            ProtocolType="HTTP",
        ),
        message="allow-credentials is not supported if 'allow-origin' is *",
        preflight="blocks",
    ),
    _bad(
        "api",
        "method-any-in-cors",
        "aws/aws-cdk#10230",
        call(
            "CreateApi",
            CorsConfiguration={"AllowMethods": ["ANY"], "AllowOrigins": ["https://example.com"]},
            Name="pets",
            ProtocolType="HTTP",
        ),
        message="Method ANY is not supported",
        preflight="blocks",
    ),
    _bad(
        "api",
        "import-of-an-authorizer-without-issuer",
        "aws/aws-sam-cli#2410",
        call("ImportApi", Body=WITHOUT_ISSUER, FailOnWarnings=True),
        message=(
            "Warnings found during import: Unable to create Authorizer 'CognitoAuthorizer': "
            "Invalid issuer: Issuer can not be empty for JWT Authorizer.. Ignoring. Unable to put "
            "method 'POST' on resource at path '/authtest': Invalid authorizer definition. "
            "Setting the authorization type to JWT requires a valid authorizer. Ignoring."
        ),
    ),
    _bad(
        "api",
        "delete-with-mappings",
        "gruntwork-io/cloud-nuke#370",
        DOMAIN_NAME,
        HTTP,
        STAGE,
        MAPPING,
        call("DeleteApi"),
        message="Please remove all API mappings for the API from your custom domain names",
    ),
)

_INTEGRATIONS: Final = (
    _bad(
        "integration",
        "lambda-custom-on-http",
        "aws/aws-cli#6363",
        HTTP,
        call(
            "CreateIntegration",
            IntegrationType="AWS",
            IntegrationUri=FUNCTION,
            PayloadFormatVersion="1.0",
        ),
        message=(
            "Currently, an API with a protocol type of HTTP may only be associated with proxy "
            "integrations (AWS_PROXY, HTTP_PROXY)"
        ),
    ),
    _bad(
        "integration",
        "service-update-without-subtype",
        "go-to-k/cdkd src/provisioning/providers/apigatewayv2-provider.ts",
        HTTP,
        SQS,
        call(
            "UpdateIntegration",
            RequestParameters={
                "MessageBody": "$request.body",
                "QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/cats",
            },
        ),
        message="Invalid integration URI specified",
    ),
    _bad(
        "integration",
        "response-parameter-without-header",
        "hashicorp/terraform-provider-aws#17997",
        HTTP,
        call(
            "CreateIntegration",
            IntegrationMethod="GET",
            IntegrationType="HTTP_PROXY",
            IntegrationUri="https://example.com",
            PayloadFormatVersion="1.0",
            ResponseParameters={"200": {"append:overwrite.static": "staticValueForResponse"}},
        ),
        message="Invalid mapping expression specified",
    ),
    _bad(
        "integration",
        "delete-with-routes",
        "milliHQ/terraform-aws-next-js#247",
        HTTP,
        PROXY,
        ROUTE,
        call("DeleteIntegration"),
        code="Conflict",
        message="Cannot delete Integration because it is referenced by the following Routes",
    ),
)

_ROUTES: Final = (
    _bad(
        "route",
        "same-key",
        "anomalyco/sst#5031",
        HTTP,
        call("CreateRoute", RouteKey="ANY /{proxy+}"),
        call("CreateRoute", RouteKey="ANY /{proxy+}"),
        code="Conflict",
        message="Route with key ANY /{proxy+} already exists for this API",
    ),
    _bad(
        "route",
        "other-variable-in-the-same-place",
        "plutomi/plutomi#271",
        HTTP,
        call("CreateRoute", RouteKey="GET /orgs/{orgId}/stages/{stage_id}/questions"),
        call("CreateRoute", RouteKey="GET /orgs/{orgId}/stages/{stageId}/questions"),
        code="Conflict",
        message=(
            'The provided route key "GET /orgs/{orgId}/stages/{stageId}/questions" has a '
            "conflicting variable on the same hierarchical level as "
            '"GET /orgs/{orgId}/stages/{stage_id}/questions"'
        ),
    ),
    _bad(
        "route",
        "jwt-without-its-authorizer",
        "anomalyco/sst#4591",
        HTTP,
        _authorizer("tokens"),
        call("CreateApi", Name="cats", ProtocolType="HTTP"),
        call(
            "CreateRoute",
            AuthorizationType="JWT",
            AuthorizerId=Ref("{AuthorizerId}"),
            RouteKey="GET /cats",
        ),
        message=(
            "Invalid authorizer ID specified. Setting the authorization type to JWT requires a "
            "valid JWT authorizer"
        ),
    ),
    _bad(
        "route",
        "custom-with-a-jwt-authorizer",
        "hashicorp/terraform-provider-aws#17497",
        HTTP,
        _authorizer("auth0-authorizer"),
        call(
            "CreateRoute",
            AuthorizationType="CUSTOM",
            AuthorizerId=Ref("{AuthorizerId}"),
            RouteKey="GET /pets",
        ),
        message=(
            "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or "
            "COGNITO_USER_POOLS requires a valid authorizer"
        ),
    ),
    _bad(
        "route",
        "text-after-a-variable",
        "serverless/serverless#10423",
        HTTP,
        call(
            "CreateRoute",
            RouteKey="DELETE /{exchangeUrlKey}/calendars/{calendarId}/events/{eventId}.json",
        ),
        message="One or more path parts appear to be invalid",
    ),
    # The AWS console checks a path segment with `^(\{[\w.:-]+\+?\}|[a-zA-Z0-9.:_-]+)$`.
    _bad(
        "route",
        "variable-without-name",
        "aws/aws-lambda-dotnet#1911, serverless/serverless#10423",
        HTTP,
        call("CreateRoute", RouteKey="GET /{}"),
        message="One or more path parts appear to be invalid",
    ),
    _bad(
        "route",
        "query-in-the-path",
        "aws/aws-lambda-dotnet#1911, serverless/serverless#10423",
        HTTP,
        call("CreateRoute", RouteKey="GET /pets?kind=cat"),
        message="One or more path parts appear to be invalid",
    ),
    _bad(
        "route",
        "request-parameters-beyond-connect",
        "go-to-k/cdkd tests/integration/apigatewayv2-update-removal",
        WEBSOCKET,
        call(
            "CreateRoute",
            RequestParameters={"route.request.header.X-Cdkd": {"Required": True}},
            RouteKey="$default",
        ),
        message=("Request parameters are only supported for the $connect route in WEBSOCKET APIs"),
        preflight="blocks",
    ),
)

_AUTHORIZERS: Final = (
    _bad(
        "authorizer",
        "request-without-payload-format",
        "hashicorp/terraform-provider-aws#15181",
        HTTP,
        call(
            "CreateAuthorizer",
            AuthorizerType="REQUEST",
            AuthorizerUri=f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations",
            IdentitySource=["$request.header.Auth"],
            Name="example-authorizer",
        ),
        message="AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer",
        preflight="blocks",
    ),
    _bad(
        "authorizer",
        "same-name",
        "aws/aws-cdk#20170",
        HTTP,
        _authorizer("auth2b"),
        _authorizer("auth2b"),
        code="",
        message="Authorizer name must be unique. Authorizer auth2b already exists in this RestApi",
    ),
    _bad(
        "authorizer",
        "eleventh",
        "anomalyco/ion#513",
        HTTP,
        *(_authorizer(f"tokens{number}") for number in range(11)),
        code="Conflict",
        message="Maximum number of Authorizers for this API has been reached",
    ),
)

_STAGES: Final = (
    _bad(
        "stage",
        "logging-level-of-http",
        "hashicorp/terraform-provider-aws#14010, #13801, #12893",
        HTTP,
        call("CreateStage", DefaultRouteSettings={"LoggingLevel": "OFF"}, StageName="prod"),
        message="Execution logs are not supported on protocolType HTTP",
        preflight="blocks",
    ),
    _bad(
        "stage",
        "logging-level-of-an-http-route",
        "hashicorp/terraform-provider-aws#12893, TestAccAWSAPIGatewayV2Stage_RouteSettingsHttp",
        HTTP,
        call(
            "CreateStage",
            RouteSettings={"$default": {"LoggingLevel": "INFO"}},
            StageName="prod",
        ),
        message="Execution logs are not supported on protocolType HTTP",
        preflight="blocks",
    ),
    _bad(
        "stage",
        "settings-of-a-missing-route",
        "cloudposse/terraform-aws-apigateway-v2 PR#80",
        HTTP,
        call(
            "CreateStage",
            RouteSettings={"GET /pets": {"ThrottlingBurstLimit": 1}},
            StageName="prod",
        ),
        code="NotFound",
        message="Unable to find Route by key GET /pets",
    ),
    _bad(
        "stage",
        "access-log-format-of-two-lines",
        "serverless/serverless#7162",
        HTTP,
        call(
            "CreateStage",
            AccessLogSettings={
                "DestinationArn": LOGS,
                "Format": "$context.requestId\n$context.status",
            },
            StageName="prod",
        ),
        message="new line character is allowed only at end of the format",
        preflight="blocks",
    ),
)

_DEPLOYMENTS: Final = (
    _bad(
        "deployment",
        "without-routes",
        "mach-composer/mach-composer-cli#42",
        HTTP,
        call("CreateDeployment"),
        message="Unable to deploy API because no routes exist in this API",
    ),
    _bad(
        "deployment",
        "delete-while-active",
        "hashicorp/terraform-provider-aws#19805",
        WEBSOCKET,
        MOCK,
        CHAT_ROUTE,
        call("CreateDeployment"),
        call("CreateStage", DeploymentId=Ref("{DeploymentId}"), StageName="prod"),
        call("DeleteDeployment"),
        message="Active stages pointing to this deployment must be moved or deleted",
    ),
)

_DOMAINS: Final = (
    _bad(
        "domain_name",
        "same-name",
        "aws-cloudformation/cloudformation-coverage-roadmap#1151",
        DOMAIN_NAME,
        DOMAIN_NAME,
        code="Conflict",
        message="The domain name you provided already exists",
    ),
    _bad(
        "domain_name",
        "tls-1-0",
        "hashicorp/terraform-provider-aws#37869, aws/chalice#1255",
        call(
            "CreateDomainName",
            DomainName=DOMAIN,
            DomainNameConfigurations=[
                {
                    "CertificateArn": CERTIFICATE,
                    "EndpointType": "REGIONAL",
                    "SecurityPolicy": "TLS_1_0",
                }
            ],
        ),
        message="TLS_1_0 is not supported for APIGatewayV2 domainName",
        preflight="blocks",
    ),
    _bad(
        "domain_name",
        "certificate-of-another-region",
        "aws/aws-cdk#9548",
        call(
            "CreateDomainName",
            DomainName=DOMAIN,
            DomainNameConfigurations=[
                {"CertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/1"}
            ],
        ),
        message="The certificate provided must be owned by the account creating the domain",
    ),
    _bad(
        "api_mapping",
        "same-key",
        "aws/aws-cdk#22660",
        DOMAIN_NAME,
        HTTP,
        STAGE,
        MAPPING,
        MAPPING,
        code="Conflict",
        message="ApiMapping key already exists for this domain name",
    ),
)

_LINKS: Final = (
    _bad(
        "vpc_link",
        "eleventh",
        "hashicorp/terraform-provider-aws PR#40500",
        *(LINK for _ in range(11)),
        message="There are too many Vpc Links defined",
    ),
)

CASES: Final[tuple[Case, ...]] = (
    *_APIS,
    *_INTEGRATIONS,
    *_ROUTES,
    *_AUTHORIZERS,
    *_STAGES,
    *_DEPLOYMENTS,
    *_DOMAINS,
    *_LINKS,
)
