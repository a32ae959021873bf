"""Terraform tests of integrations and integration responses."""

from __future__ import annotations

from typing import Final

from tests.aws.cases import NOTHING, Call, Case, Members, Ref, call, read, step
from tests.aws.configurations.terraform import (
    INVOKE_ARN,
    REGION,
    ROLE,
    cases_of,
    http_api,
    http_proxy,
    integration,
    vpc_link,
    websocket_api,
)

_integration = cases_of("integration", "integration_test.go")
_response = cases_of("integration_response", "integration_response_test.go")

LISTENER: Final = (
    f"arn:aws:elasticloadbalancing:{REGION}:123456789012:listener/net/tf-acc-test/0a1b2c3d/4e5f6071"
)
QUEUES: Final = tuple(
    f"https://sqs.{REGION}.amazonaws.com/123456789012/tf-acc-test-{number}" for number in (0, 1)
)

COMMON: Final[Members] = {
    "ConnectionId": NOTHING,
    "ConnectionType": "INTERNET",
    "ContentHandlingStrategy": NOTHING,
    "CredentialsArn": NOTHING,
    "Description": NOTHING,
    "IntegrationMethod": NOTHING,
    "IntegrationSubtype": NOTHING,
    "PayloadFormatVersion": "1.0",
    "RequestParameters": {},
    "RequestTemplates": {},
    "ResponseParameters": {},
    "TemplateSelectionExpression": NOTHING,
    "TlsConfig": NOTHING,
}
HTTP: Final[Members] = {
    **COMMON,
    "IntegrationResponseSelectionExpression": NOTHING,
    "PassthroughBehavior": NOTHING,
    "TimeoutInMillis": 30000,
}
WEBSOCKET: Final[Members] = {
    **COMMON,
    "IntegrationResponseSelectionExpression": "${integration.response.statuscode}",
    "PassthroughBehavior": "WHEN_NO_MATCH",
    "TimeoutInMillis": 29000,
}


def _reads(protocol: Members, **changed: object) -> Call:
    return read("GetIntegration", **{**protocol, **changed})


MAPPED_500: Final = {
    "append:header.header1": "$context.requestId",
    "overwrite:statuscode": "403",
}
MAPPED_404: Final = {"append:header.error": "$stageVariables.environmentId"}
TYPE_HTTP: Final[Members] = {
    "ContentHandlingStrategy": "CONVERT_TO_TEXT",
    "Description": "Test HTTP",
    "IntegrationMethod": "GET",
    "IntegrationUri": "http://www.example.com",
    "PassthroughBehavior": "WHEN_NO_MATCH",
    "RequestParameters": {"integration.request.querystring.stage": "'value1'"},
    "RequestTemplates": {"application/json": ""},
    "TemplateSelectionExpression": "$request.body.name",
    "TimeoutInMillis": 28999,
}
TYPE_HTTP_UPDATED: Final[Members] = {
    "ContentHandlingStrategy": "CONVERT_TO_BINARY",
    "Description": "Test HTTP updated",
    "IntegrationMethod": "POST",
    "IntegrationUri": "http://www.example.org",
    "PassthroughBehavior": "WHEN_NO_TEMPLATES",
    "RequestParameters": {
        "integration.request.header.x-userid": "'value2'",
        "integration.request.path.op": "'value3'",
    },
    "RequestTemplates": {
        "application/json": "#set($number=42)",
        "application/xml": "#set($percent=$number/100)",
    },
    "TemplateSelectionExpression": "$request.body.id",
    "TimeoutInMillis": 51,
}


def _sent_to(queue: str) -> dict[str, str]:
    return {
        "QueueUrl": queue,
        "MessageGroupId": "$request.body.authentication_key",
        "MessageBody": "$request.body",
    }


SQS: Final[Members] = {
    "CredentialsArn": ROLE,
    "Description": "Test SQS send",
    "IntegrationSubtype": "SQS-SendMessage",
}
PRIVATE: Final[Members] = {
    "ConnectionId": Ref("{VpcLinkId}"),
    "ConnectionType": "VPC_LINK",
    "Description": "Test private integration",
    "IntegrationMethod": "GET",
    "IntegrationUri": LISTENER,
    "TimeoutInMillis": 29001,
    "TlsConfig": {"ServerNameToVerify": "www.example.com"},
}
PRIVATE_UPDATED: Final[Members] = {
    "Description": "Test private integration updated",
    "IntegrationMethod": "POST",
    "TlsConfig": {"ServerNameToVerify": "www.example.org"},
}
# WebSocket APIs use VPC links of API Gateway V1.
PRIVATE_WEBSOCKET: Final[Members] = {
    "ConnectionId": "0a1b2c",
    "ConnectionType": "VPC_LINK",
    "ContentHandlingStrategy": "CONVERT_TO_TEXT",
    "Description": "Test VPC Link",
    "IntegrationMethod": "PUT",
    "IntegrationUri": "http://www.example.net",
    "PassthroughBehavior": "NEVER",
    "TimeoutInMillis": 12345,
}

_INTEGRATIONS: Final = (
    _integration(
        "basicWebSocket",
        step(
            websocket_api(),
            integration("MOCK"),
            _reads(WEBSOCKET, IntegrationType="MOCK", IntegrationUri=NOTHING),
        ),
    ),
    _integration(
        "basicHTTP",
        step(
            http_api(),
            http_proxy(),
            _reads(
                HTTP,
                IntegrationMethod="GET",
                IntegrationType="HTTP_PROXY",
                IntegrationUri="https://example.com",
            ),
        ),
    ),
    _integration(
        "disappears",
        step(
            websocket_api(),
            integration("MOCK"),
            call("DeleteIntegration"),
            read("GetIntegrations", Items=[]),
        ),
    ),
    _integration(
        "dataMappingHTTP",
        step(
            http_api(),
            http_proxy(
                IntegrationMethod="ANY",
                IntegrationUri="http://www.example.com",
                RequestParameters={
                    "append:header.header1": "$context.requestId",
                    "remove:querystring.qs1": "''",
                },
                ResponseParameters={"500": MAPPED_500, "404": MAPPED_404},
            ),
            _reads(
                HTTP,
                IntegrationMethod="ANY",
                IntegrationUri="http://www.example.com",
                RequestParameters={
                    "append:header.header1": "$context.requestId",
                    "remove:querystring.qs1": "''",
                },
                ResponseParameters={"500": MAPPED_500, "404": MAPPED_404},
            ),
        ),
        step(
            call(
                "UpdateIntegration",
                IntegrationType="HTTP_PROXY",
                RequestParameters={
                    "append:header.header1": "$context.accountId",
                    "overwrite:header.header2": "$stageVariables.environmentId",
                    "remove:querystring.qs1": "",
                },
                ResponseParameters={"500": MAPPED_500, "404": {}},
            ),
            _reads(
                HTTP,
                IntegrationMethod="ANY",
                RequestParameters={
                    "append:header.header1": "$context.accountId",
                    "overwrite:header.header2": "$stageVariables.environmentId",
                },
                ResponseParameters={"500": MAPPED_500},
            ),
        ),
    ),
    _integration(
        "integrationTypeHTTP",
        step(
            websocket_api(),
            integration("HTTP", **TYPE_HTTP),
            _reads(WEBSOCKET, IntegrationType="HTTP", **TYPE_HTTP),
        ),
        step(
            call(
                "UpdateIntegration",
                IntegrationType="HTTP",
                **{
                    **TYPE_HTTP_UPDATED,
                    "RequestParameters": {
                        "integration.request.querystring.stage": "",
                        "integration.request.header.x-userid": "'value2'",
                        "integration.request.path.op": "'value3'",
                    },
                },
            ),
            _reads(WEBSOCKET, IntegrationType="HTTP", **TYPE_HTTP_UPDATED),
        ),
    ),
    _integration(
        "lambdaWebSocket",
        step(
            websocket_api(),
            integration(
                "AWS",
                ContentHandlingStrategy="CONVERT_TO_TEXT",
                Description="Test Lambda",
                IntegrationUri=INVOKE_ARN,
            ),
            _reads(
                WEBSOCKET,
                ContentHandlingStrategy="CONVERT_TO_TEXT",
                Description="Test Lambda",
                IntegrationMethod="POST",
                IntegrationResponseSelectionExpression=(
                    "${integration.response.body.errorMessage}"
                ),
                IntegrationType="AWS",
                IntegrationUri=INVOKE_ARN,
            ),
        ),
    ),
    _integration(
        "lambdaHTTP",
        step(
            http_api(),
            integration(
                "AWS_PROXY",
                Description="Test Lambda",
                IntegrationUri=INVOKE_ARN,
                PayloadFormatVersion="2.0",
            ),
            _reads(
                HTTP,
                Description="Test Lambda",
                IntegrationMethod="POST",
                IntegrationType="AWS_PROXY",
                IntegrationUri=INVOKE_ARN,
                PayloadFormatVersion="2.0",
            ),
        ),
    ),
    _integration(
        "vpcLinkWebSocket",
        step(
            websocket_api(),
            integration("HTTP_PROXY", **PRIVATE_WEBSOCKET),
            _reads(WEBSOCKET, **PRIVATE_WEBSOCKET, IntegrationResponseSelectionExpression=NOTHING),
        ),
    ),
    _integration(
        "vpcLinkHTTP",
        step(
            http_api(),
            vpc_link(),
            integration("HTTP_PROXY", **PRIVATE),
            _reads(HTTP, **PRIVATE),
        ),
        step(
            call("UpdateIntegration", IntegrationType="HTTP_PROXY", **PRIVATE_UPDATED),
            _reads(HTTP, **{**PRIVATE, **PRIVATE_UPDATED}),
        ),
    ),
    _integration(
        "serviceIntegration",
        step(
            http_api(),
            integration("AWS_PROXY", RequestParameters=_sent_to(QUEUES[0]), **SQS),
            _reads(HTTP, IntegrationUri=NOTHING, RequestParameters=_sent_to(QUEUES[0]), **SQS),
        ),
        step(
            call(
                "UpdateIntegration",
                IntegrationType="AWS_PROXY",
                IntegrationSubtype="SQS-SendMessage",
                RequestParameters=_sent_to(QUEUES[1]),
            ),
            _reads(HTTP, IntegrationUri=NOTHING, RequestParameters=_sent_to(QUEUES[1]), **SQS),
        ),
    ),
)

_MOCK: Final = (websocket_api(), integration("MOCK"))
RESPONSE: Final[Members] = {
    "ContentHandlingStrategy": "CONVERT_TO_TEXT",
    "IntegrationResponseKey": "$default",
    "ResponseTemplates": {"application/json": ""},
    "TemplateSelectionExpression": "$request.body.name",
}
RESPONSE_UPDATED: Final[Members] = {
    "ContentHandlingStrategy": "CONVERT_TO_BINARY",
    "IntegrationResponseKey": "/404/",
    "ResponseTemplates": {
        "application/json": "#set($number=42)",
        "application/xml": "#set($percent=$number/100)",
    },
    "TemplateSelectionExpression": "$request.body.id",
}

_RESPONSES: Final = (
    _response(
        "basic",
        step(
            *_MOCK,
            call("CreateIntegrationResponse", IntegrationResponseKey="/200/"),
            read(
                "GetIntegrationResponse",
                ContentHandlingStrategy=NOTHING,
                IntegrationResponseKey="/200/",
                ResponseTemplates={},
                TemplateSelectionExpression=NOTHING,
            ),
        ),
    ),
    _response(
        "disappears",
        step(
            *_MOCK,
            call("CreateIntegrationResponse", IntegrationResponseKey="/200/"),
            call("DeleteIntegrationResponse"),
            read("GetIntegrationResponses", Items=[]),
        ),
    ),
    _response(
        "allAttributes",
        step(
            *_MOCK,
            call("CreateIntegrationResponse", **RESPONSE),
            read("GetIntegrationResponse", **RESPONSE),
        ),
        step(
            call("UpdateIntegrationResponse", **RESPONSE_UPDATED),
            read("GetIntegrationResponse", **RESPONSE_UPDATED),
        ),
    ),
)

CASES: Final[tuple[Case, ...]] = (*_INTEGRATIONS, *_RESPONSES)
