"""What an integration may be, and what the service fills in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apigw2.testing._protocol import Record

_SUBTYPES: Final = frozenset(
    {
        "AppConfig-GetConfiguration",
        "EventBridge-PutEvents",
        "Kinesis-PutRecord",
        "SQS-DeleteMessage",
        "SQS-PurgeQueue",
        "SQS-ReceiveMessage",
        "SQS-SendMessage",
        "StepFunctions-StartExecution",
        "StepFunctions-StartSyncExecution",
        "StepFunctions-StopExecution",
    }
)
"""Developer guide, "Integration subtype reference"."""

_HTTP_TYPES: Final = ("AWS_PROXY", "HTTP_PROXY")
_HTTP_TIMEOUT: Final = 30000
_WEBSOCKET_TIMEOUT: Final = 29000

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
    """Fill in what the service adds to every new integration."""
    record.setdefault("ConnectionType", "INTERNET")
    if protocol == "HTTP":
        record.setdefault("TimeoutInMillis", _HTTP_TIMEOUT)
        if record["IntegrationType"] == "AWS_PROXY" and "IntegrationSubtype" not in record:
            record.setdefault("IntegrationMethod", "POST")
    else:
        record.setdefault("TimeoutInMillis", _WEBSOCKET_TIMEOUT)
        record.setdefault("PassthroughBehavior", "WHEN_NO_MATCH")
        record["IntegrationResponseSelectionExpression"] = (
            "${integration.response.body.errorMessage}"
            if record["IntegrationType"] == "AWS_PROXY"
            else "${integration.response.statuscode}"
        )


def problem(record: Record, protocol: str) -> str | None:
    """Say what is wrong with an integration, if anything is.

    Import turns the answer into a warning, everything else into an error.
    """
    problems = _http_problems(record) if protocol == "HTTP" else _websocket_problems(record)
    return next(problems, None)


def _websocket_problems(record: Record) -> Iterator[str]:
    if record["TimeoutInMillis"] > _WEBSOCKET_TIMEOUT:
        yield f"Timeout should be between 50 ms and {_WEBSOCKET_TIMEOUT} ms"
    if record["IntegrationType"] != "MOCK" and not record.get("IntegrationUri"):
        yield "IntegrationUri is required"


def _http_problems(record: Record) -> Iterator[str]:
    kind, subtype = record["IntegrationType"], record.get("IntegrationSubtype")
    if kind not in _HTTP_TYPES:
        yield f"HTTP APIs support only AWS_PROXY and HTTP_PROXY integrations, not {kind}"
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
    is_public = kind == "HTTP_PROXY" and record["ConnectionType"] == "INTERNET"
    if is_public and not uri.startswith(("http://", "https://")):
        yield f"HttpIntegration endpoint URL should be a valid http or https URL: {uri}"


def _service_problems(record: Record) -> Iterator[str]:
    if record["IntegrationSubtype"] not in _SUBTYPES:
        yield f"IntegrationSubtype {record['IntegrationSubtype']} is not supported"
    if not record.get("CredentialsArn"):
        yield "CredentialsArn is required for a service integration"


def _mapping_problems(record: Record) -> Iterator[str]:
    """What is wrong with the parameter mapping (developer guide, "Transform API requests")."""
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
