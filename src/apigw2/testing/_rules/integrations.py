"""Validation and defaults of integrations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apigw2.testing._protocol import Record

_SUBTYPES: Final[Mapping[str, frozenset[str]]] = {
    "AppConfig-GetConfiguration": frozenset(
        {"Application", "ClientId", "Configuration", "Environment"}
    ),
    "EventBridge-PutEvents": frozenset({"Detail", "DetailType", "Source"}),
    "Kinesis-PutRecord": frozenset({"Data", "PartitionKey", "StreamName"}),
    "SQS-DeleteMessage": frozenset({"QueueUrl", "ReceiptHandle"}),
    "SQS-PurgeQueue": frozenset({"QueueUrl"}),
    "SQS-ReceiveMessage": frozenset({"QueueUrl"}),
    "SQS-SendMessage": frozenset({"MessageBody", "QueueUrl"}),
    "StepFunctions-StartExecution": frozenset({"StateMachineArn"}),
    "StepFunctions-StartSyncExecution": frozenset({"StateMachineArn"}),
    "StepFunctions-StopExecution": frozenset({"ExecutionArn"}),
}
"""Required parameters by subtype (developer guide, "Integration subtype reference")."""

_WEBSOCKET_ONLY: Final = (
    "ContentHandlingStrategy",
    "PassthroughBehavior",
    "RequestTemplates",
    "TemplateSelectionExpression",
)
_HTTP_ONLY: Final = ("IntegrationSubtype", "ResponseParameters", "TlsConfig")
_HTTP_TYPES: Final = ("AWS_PROXY", "HTTP_PROXY")
_HTTP_TIMEOUT: Final = 30000
_WEBSOCKET_TIMEOUT: Final = 29000

_FUNCTION_URI: Final = re.compile(r"arn:[\w-]+:(apigateway:[\w-]*:)?lambda:")
"""The ARN of a function, or of its invocation (`...:lambda:path/2015-03-31/functions/...`)."""

_REQUEST_KEY: Final = re.compile(
    r"(append|overwrite|remove):(header\.(?P<header>.+)|querystring\..+)|overwrite:path"
)
_RESPONSE_KEY: Final = re.compile(
    r"(append|overwrite|remove):header\.(?P<header>.+)|overwrite:statuscode"
)
_RESERVED_HEADER: Final = re.compile(
    r"access-control-.*|apigw-.*|authorization|connection|content-(encoding|length|location)"
    r"|forwarded|keep-alive|origin|proxy-(authenticate|authorization)|te|trailers"
    r"|transfer-encoding|upgrade|via|x-amzn?-.*|x-forwarded-(for|host|proto)",
    re.IGNORECASE,
)


def complete(record: Record, protocol: str) -> None:
    """Apply the service's defaults, and drop the members that it drops.

    The values are those read back in terraform-provider-aws, `integration_test.go`, and recorded in
    go-to-k/cdk-real-drift, `tests/corpus`, unless a comment says otherwise.
    """
    # Dropped silently, as observed in go-to-k/cdkd#1602 for TlsConfig on a public integration.
    for name in _WEBSOCKET_ONLY if protocol == "HTTP" else _HTTP_ONLY:
        record.pop(name, None)
    if record.get("IntegrationUri") == "":
        del record["IntegrationUri"]
    record.setdefault("ConnectionType", "INTERNET")
    if record["ConnectionType"] == "INTERNET" or record.get("TlsConfig") == {}:
        record.pop("TlsConfig", None)
    kind = record["IntegrationType"]
    is_function = _FUNCTION_URI.match(record.get("IntegrationUri", "")) is not None
    if kind == "AWS_PROXY" and "IntegrationSubtype" not in record:
        record.setdefault("IntegrationMethod", "POST")
    if protocol == "HTTP":
        record.setdefault("TimeoutInMillis", _HTTP_TIMEOUT)
        return
    if kind == "AWS" and is_function:
        record.setdefault("IntegrationMethod", "POST")
    record.setdefault("TimeoutInMillis", _WEBSOCKET_TIMEOUT)
    record.setdefault("PassthroughBehavior", "WHEN_NO_MATCH")
    record.setdefault("PayloadFormatVersion", "1.0")
    record.pop("IntegrationResponseSelectionExpression", None)
    if kind == "AWS_PROXY" or is_function:
        record["IntegrationResponseSelectionExpression"] = (
            "${integration.response.body.errorMessage}"
        )
    elif kind != "HTTP_PROXY":
        record["IntegrationResponseSelectionExpression"] = "${integration.response.statuscode}"


def problem(record: Record, protocol: str) -> str | None:
    """Return the problem of an integration, or `None`.

    An import reports it as a warning, any other operation as an error.
    """
    problems = _http_problems(record) if protocol == "HTTP" else _websocket_problems(record)
    return next(problems, None)


def _websocket_problems(record: Record) -> Iterator[str]:
    if record["TimeoutInMillis"] > _WEBSOCKET_TIMEOUT:
        yield f"Timeout should be between 50 ms and {_WEBSOCKET_TIMEOUT} ms"
    if record["PayloadFormatVersion"] != "1.0":
        # hashicorp/terraform-provider-aws#25280
        yield "PayloadFormatVersion should be 1.0 for WEBSOCKET APIs"
    if record["IntegrationType"] != "MOCK":
        if not record.get("IntegrationUri"):
            yield "IntegrationUri is required"
    elif "IntegrationUri" in record:
        # The message is that in go-to-k/cdkd, `apigatewayv2-provider.ts`.
        yield "Integration URI is not supported for MOCK integrations"


def _http_problems(record: Record) -> Iterator[str]:
    kind, subtype = record["IntegrationType"], record.get("IntegrationSubtype")
    if kind not in _HTTP_TYPES:
        # The message is that in aws/aws-cli#6363.
        yield (
            "Currently, an API with a protocol type of HTTP may only be associated with proxy "
            "integrations (AWS_PROXY, HTTP_PROXY)"
        )
    version = record.get("PayloadFormatVersion")
    if version is None:
        yield "PayloadFormatVersion is a required parameter for integration"
    if version not in (("1.0", "2.0") if kind == "AWS_PROXY" and not subtype else ("1.0",)):
        yield f"PayloadFormatVersion {version} is not supported for this integration"
    if subtype:
        yield from _service_problems(record)
        return
    yield from _mapping_problems(record)
    uri = record.get("IntegrationUri", "")
    if not uri:
        yield "IntegrationUri is required"
    if kind == "HTTP_PROXY" and not record.get("IntegrationMethod"):
        yield "IntegrationMethod is required for an HTTP_PROXY integration"
    if kind == "AWS_PROXY" and not uri.startswith(("arn:", "${stageVariables.")):
        yield "Invalid integration URI specified"
    is_public = kind == "HTTP_PROXY" and record["ConnectionType"] == "INTERNET"
    if is_public and not uri.startswith(("http://", "https://")):
        yield f"HttpIntegration endpoint URL should be a valid http or https URL: {uri}"


def _service_problems(record: Record) -> Iterator[str]:
    subtype = record["IntegrationSubtype"]
    if subtype not in _SUBTYPES:
        yield f"IntegrationSubtype {subtype} is not supported"
    if not record.get("CredentialsArn"):
        yield "CredentialsArn is required for a service integration"
    missing = _SUBTYPES[subtype] - record.get("RequestParameters", {}).keys()
    if missing:
        yield f"Missing required parameters for {subtype}: {', '.join(sorted(missing))}"


def _mapping_problems(record: Record) -> Iterator[str]:
    """The problem of a parameter mapping (developer guide, "Transform API requests"), or `None`."""
    for pattern, parameters in (
        (_REQUEST_KEY, record.get("RequestParameters", {})),
        *((_RESPONSE_KEY, each) for each in record.get("ResponseParameters", {}).values()),
    ):
        for key in parameters:
            found = pattern.fullmatch(key)
            if found is None:
                yield f"Invalid mapping expression specified: {key}"
            elif found["header"] and _RESERVED_HEADER.fullmatch(found["header"]):
                yield f"Operations on header {found['header']} are restricted"
