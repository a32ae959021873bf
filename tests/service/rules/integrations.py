"""Calls that break the rules in `_service/rules/integrations.py`, and calls that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import apigw2
from apigw2._service.rules.integrations import SUBTYPES
from tests.service.rules.case import Case, each, only
from tests.support.caller import BODY, INVOCATION, LAMBDA, ROLE, URI, Caller

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTENER: Final = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/a/b/c"
LOAD_BALANCER: Final = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/a/b"
CLOUD_MAP: Final = "arn:aws:servicediscovery:eu-central-1:123456789012:service/srv-a1"

CASES: Final[Mapping[str, Case]] = {
    "ContentHandlingStrategy is supported for WEBSOCKET APIs only": only(
        Caller.http_integration, Caller.ws_integration, content_handling_strategy="CONVERT_TO_TEXT"
    ),
    "PassthroughBehavior is supported for WEBSOCKET APIs only": only(
        Caller.http_integration, Caller.ws_integration, passthrough_behavior="NEVER"
    ),
    "RequestTemplates is supported for WEBSOCKET APIs only": only(
        Caller.http_integration, Caller.ws_integration, request_templates={"application/json": "{}"}
    ),
    "TemplateSelectionExpression is supported for WEBSOCKET APIs only": only(
        Caller.http_integration, Caller.ws_integration, template_selection_expression=BODY
    ),
    "IntegrationSubtype is supported for HTTP APIs only": only(
        Caller.ws_integration, Caller.http_integration, integration_subtype="SQS-SendMessage"
    ),
    "ResponseParameters is supported for HTTP APIs only": only(
        Caller.ws_integration,
        Caller.http_integration,
        response_parameters={"200": {"remove:header.a": ""}},
    ),
    "TlsConfig is supported for HTTP APIs only": only(
        Caller.ws_integration,
        Caller.http_integration,
        tls_config=apigw2.TlsConfig(server_name_to_verify="pets.internal"),
    ),
    "IntegrationType of an HTTP API is AWS_PROXY or HTTP_PROXY": Case(
        [
            *each(Caller.http_integration, integration_type=["AWS", "HTTP", "MOCK"]),
        ],
        [
            *each(Caller.http_integration, integration_type=["AWS_PROXY", "HTTP_PROXY"]),
            lambda c: c.ws_integration(integration_type="MOCK"),
        ],
    ),
    "TimeoutInMillis of a WEBSOCKET API is at most 29,000": Case(
        [lambda c: c.ws_integration(timeout_in_millis=29_001)],
        [
            lambda c: c.ws_integration(timeout_in_millis=29_000),
            lambda c: c.http_integration(timeout_in_millis=30_000),
        ],
    ),
    "PayloadFormatVersion is required for an HTTP API": Case(
        [lambda c: c.http.create_integration("HTTP_PROXY", integration_uri=URI)],
        [
            lambda c: c.http_integration(integration_uri=URI),
            lambda c: c.ws_integration(),
            lambda c: c.unseen.create_integration("HTTP_PROXY"),
        ],
    ),
    "PayloadFormatVersion 2.0 is supported for Lambda functions only": Case(
        [
            lambda c: c.http_integration(payload_format_version="2.0"),
            lambda c: c.http_integration(
                integration_type="AWS_PROXY",
                integration_subtype="SQS-SendMessage",
                payload_format_version="2.0",
            ),
            lambda c: c.integration(integration_type="HTTP_PROXY").update(
                payload_format_version="2.0"
            ),
        ],
        [
            lambda c: c.http_integration(
                integration_type="AWS_PROXY", payload_format_version="2.0"
            ),
            lambda c: c.integration().update(payload_format_version="2.0"),
            lambda c: c.integration(integration_type="AWS_PROXY").update(
                payload_format_version="2.0"
            ),
        ],
    ),
    "PayloadFormatVersion of a WEBSOCKET API is 1.0": Case(
        [lambda c: c.ws_integration(payload_format_version="2.0")],
        [
            lambda c: c.ws_integration(payload_format_version="1.0"),
            lambda c: c.http_integration(
                integration_type="AWS_PROXY", payload_format_version="2.0"
            ),
        ],
    ),
    "IntegrationMethod is required for HTTP_PROXY": Case(
        [lambda c: c.http_integration(integration_method=None)],
        [
            lambda c: c.http_integration(),
            lambda c: c.http_integration(integration_type="AWS_PROXY", integration_method=None),
            lambda c: c.integration(integration_type="HTTP_PROXY").update(integration_uri=URI),
        ],
    ),
    "ConnectionId is required for ConnectionType VPC_LINK": Case(
        [lambda c: c.http_integration(connection_type="VPC_LINK")],
        [
            lambda c: c.http_integration(connection_type="VPC_LINK", connection_id="v1"),
            lambda c: c.http_integration(connection_type="INTERNET"),
            lambda c: c.integration().update(connection_type="VPC_LINK"),
        ],
    ),
    "IntegrationUri of a private integration is the ARN of a listener or Cloud Map service": Case(
        [
            lambda c: c.http_integration(connection_type="VPC_LINK", integration_uri=URI),
            lambda c: c.unseen.create_integration(
                "HTTP_PROXY", connection_type="VPC_LINK", integration_uri=LOAD_BALANCER
            ),
            lambda c: c.integration(connection_type="VPC_LINK").update(
                integration_uri=LOAD_BALANCER
            ),
        ],
        [
            lambda c: c.http_integration(connection_type="VPC_LINK", integration_uri=LISTENER),
            lambda c: c.http_integration(connection_type="VPC_LINK", integration_uri=CLOUD_MAP),
            lambda c: c.http_integration(connection_type="INTERNET", integration_uri=URI),
            lambda c: c.http_integration(connection_type="VPC_LINK"),
            lambda c: c.ws_integration(connection_type="VPC_LINK", integration_uri=URI),
            lambda c: c.unseen.create_integration(
                "HTTP_PROXY", connection_type="VPC_LINK", integration_uri=URI
            ),
        ],
    ),
    "IntegrationUri of a WEBSOCKET API is the function's invocation URI, not its ARN": Case(
        [lambda c: c.ws_integration(integration_type="AWS_PROXY", integration_uri=LAMBDA)],
        [
            lambda c: c.ws_integration(integration_type="AWS_PROXY", integration_uri=INVOCATION),
            lambda c: c.ws_integration(integration_uri=URI),
            lambda c: c.http_integration(integration_type="AWS_PROXY", integration_uri=LAMBDA),
        ],
    ),
    f"IntegrationSubtype is not one of {', '.join(SUBTYPES)}": Case(
        [lambda c: c.http_integration(integration_subtype="SNS-Publish")],
        [
            *each(Caller.http_integration, integration_subtype=SUBTYPES),
            lambda c: c.integration().update(integration_subtype=""),
        ],
    ),
    "CredentialsArn is required with an IntegrationSubtype": Case(
        [lambda c: c.http_integration(integration_subtype="SQS-PurgeQueue")],
        [
            lambda c: c.http_integration(
                integration_subtype="SQS-PurgeQueue", credentials_arn=ROLE
            ),
            lambda c: c.http_integration(),
            lambda c: c.integration().update(integration_subtype="SQS-PurgeQueue"),
        ],
    ),
    "RequestParameters lack what the IntegrationSubtype requires": Case(
        [
            *each(Caller.http_integration, integration_subtype=SUBTYPES),
            lambda c: c.http_integration(
                integration_subtype="SQS-SendMessage", request_parameters={"QueueUrl": URI}
            ),
        ],
        [
            lambda c: c.http_integration(
                integration_subtype="SQS-SendMessage",
                request_parameters={"QueueUrl": URI, "MessageBody": "$request.body"},
            ),
            lambda c: c.http_integration(request_parameters={"overwrite:path": "/"}),
            lambda c: c.http_integration(integration_subtype="SNS-Publish"),
            lambda c: c.integration().update(integration_subtype="SQS-SendMessage"),
        ],
    ),
    "the integration that a quick create made cannot be deleted": Case(
        [lambda c: c.integration(api_gateway_managed=True).delete()],
        [
            lambda c: c.integration().delete(),
            lambda c: c.integration(api_gateway_managed=True).update(description="changed"),
        ],
    ),
}
