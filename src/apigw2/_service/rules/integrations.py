"""Rules about integrations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from apigw2._service.arns import invocation_uri, is_function_arn
from apigw2._service.rules.rule import (
    GUIDE,
    HTTP,
    MODEL,
    WEBSOCKET,
    PendingCall,
    Rule,
    is_managed,
    not_given,
    only,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_INTEGRATION = ("CreateIntegration", "UpdateIntegration")
_LONGEST_WEBSOCKET_CALL: Final = 29_000  # milliseconds

SUBTYPES: Final[Mapping[str, frozenset[str]]] = {
    "AppConfig-GetConfiguration": frozenset(
        {"Application", "Environment", "Configuration", "ClientId"}
    ),
    "EventBridge-PutEvents": frozenset({"Detail", "DetailType", "Source"}),
    "Kinesis-PutRecord": frozenset({"StreamName", "Data", "PartitionKey"}),
    "SQS-DeleteMessage": frozenset({"QueueUrl", "ReceiptHandle"}),
    "SQS-PurgeQueue": frozenset({"QueueUrl"}),
    "SQS-ReceiveMessage": frozenset({"QueueUrl"}),
    "SQS-SendMessage": frozenset({"QueueUrl", "MessageBody"}),
    "StepFunctions-StartExecution": frozenset({"StateMachineArn"}),
    "StepFunctions-StartSyncExecution": frozenset({"StateMachineArn"}),
    "StepFunctions-StopExecution": frozenset({"ExecutionArn"}),
}
"""The actions of AWS services that an HTTP API can call, with the parameters that each requires.

Developer guide, "Integration subtype reference".
"""

_PRIVATE: Final = re.compile(
    r"arn:[^:]+:(elasticloadbalancing:[^:]*:[^:]*:listener/|servicediscovery:[^:]*:[^:]*:service/)"
)
_LOAD_BALANCER: Final = re.compile(r"arn:[^:]+:elasticloadbalancing:[^:]*:[^:]*:loadbalancer/")


def _bad_private_uri(call: PendingCall) -> bool:
    """The ARN of a load balancer is wrong for both protocols; a WEBSOCKET API takes a URL."""
    uri = call.request.get("IntegrationUri")
    if not uri or call.value("ConnectionType") != "VPC_LINK":
        return False
    if call.protocol == HTTP:
        return _PRIVATE.match(uri) is None
    return _LOAD_BALANCER.match(uri) is not None


def _version_2_without_lambda(call: PendingCall) -> bool:
    kind = call.value("IntegrationType")
    is_lambda = kind == "AWS_PROXY" and not call.value("IntegrationSubtype")
    return call.request.get("PayloadFormatVersion") == "2.0" and bool(kind) and not is_lambda


def _service_without_role(call: PendingCall) -> bool:
    return (
        call.is_create
        and bool(call.request.get("IntegrationSubtype"))
        and not call.request.get("CredentialsArn")
    )


def _missing_parameters(call: PendingCall) -> list[str]:
    required = SUBTYPES.get(call.request.get("IntegrationSubtype", ""), frozenset())
    return sorted(required - set(call.request.get("RequestParameters", ())))


RULES: Final[Sequence[Rule]] = (
    *only(
        WEBSOCKET,
        _INTEGRATION,
        "ContentHandlingStrategy",
        "PassthroughBehavior",
        "RequestTemplates",
        "TemplateSelectionExpression",
    ),
    *only(HTTP, _INTEGRATION, "IntegrationSubtype", "ResponseParameters", "TlsConfig"),
    Rule(
        _INTEGRATION,
        "IntegrationType of an HTTP API is AWS_PROXY or HTTP_PROXY",
        "aws-cli#6363",
        lambda call: call.request.get("IntegrationType") in ("AWS", "HTTP", "MOCK"),
        protocol=HTTP,
        rejection=(
            "Currently, an API with a protocol type of HTTP may only be associated with proxy "
            "integrations (AWS_PROXY, HTTP_PROXY)"
        ),
        advice=not_given("IntegrationType"),
    ),
    Rule(
        _INTEGRATION,
        "TimeoutInMillis of a WEBSOCKET API is at most 29,000",
        MODEL,
        lambda call: call.request.get("TimeoutInMillis", 0) > _LONGEST_WEBSOCKET_CALL,
        protocol=WEBSOCKET,
    ),
    Rule(
        ("CreateIntegration",),
        "PayloadFormatVersion is required for an HTTP API",
        MODEL,
        lambda call: "PayloadFormatVersion" not in call.request,
        protocol=HTTP,
    ),
    Rule(
        _INTEGRATION,
        "PayloadFormatVersion 2.0 is supported for Lambda functions only",
        MODEL,
        _version_2_without_lambda,
    ),
    Rule(
        _INTEGRATION,
        "PayloadFormatVersion of a WEBSOCKET API is 1.0",
        "terraform-provider-aws#25280",
        lambda call: call.request.get("PayloadFormatVersion", "1.0") != "1.0",
        protocol=WEBSOCKET,
    ),
    Rule(
        ("CreateIntegration",),
        "IntegrationMethod is required for HTTP_PROXY",
        GUIDE,
        lambda call: (
            call.request.get("IntegrationType") == "HTTP_PROXY"
            and not call.request.get("IntegrationMethod")
        ),
    ),
    Rule(
        ("CreateIntegration",),
        "ConnectionId is required for ConnectionType VPC_LINK",
        MODEL,
        lambda call: (
            call.request.get("ConnectionType") == "VPC_LINK"
            and not call.request.get("ConnectionId")
        ),
    ),
    Rule(
        _INTEGRATION,
        "IntegrationUri of a private integration is the ARN of a listener or Cloud Map service",
        "sst#5510",
        _bad_private_uri,
        rejection=(
            "For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid "
            "Cloud Map service ARN"
        ),
    ),
    Rule(
        # The service accepts it, and the console cannot show the integration.
        _INTEGRATION,
        "IntegrationUri of a WEBSOCKET API is the function's invocation URI, not its ARN",
        "aws-cdk#13679",
        lambda call: is_function_arn(call.request.get("IntegrationUri")),
        protocol=WEBSOCKET,
        advice=lambda call: f"write '{invocation_uri(call.request['IntegrationUri'])}'",
    ),
    Rule(
        _INTEGRATION,
        f"IntegrationSubtype is not one of {', '.join(SUBTYPES)}",
        GUIDE,
        lambda call: call.request.get("IntegrationSubtype", "") not in {"", *SUBTYPES},
        advice=not_given("IntegrationSubtype"),
    ),
    Rule(
        ("CreateIntegration",),
        "CredentialsArn is required with an IntegrationSubtype",
        GUIDE,
        _service_without_role,
    ),
    Rule(
        ("CreateIntegration",),
        "RequestParameters lack what the IntegrationSubtype requires",
        GUIDE,
        lambda call: bool(_missing_parameters(call)),
        advice=lambda call: ", ".join(_missing_parameters(call)),
    ),
    Rule(
        ("DeleteIntegration",),
        "the integration that a quick create made cannot be deleted",
        MODEL,
        is_managed,
    ),
)
