"""Integrations and integration responses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apigw2._core.rules import SUBTYPES
from apigw2.testing._control import _rules
from apigw2.testing._control._resource import Resource
from apigw2.testing._errors import bad_request, conflict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apigw2.testing._control._resource import Call
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node

_WEBSOCKET_ONLY = (
    "ContentHandlingStrategy",
    "PassthroughBehavior",
    "RequestTemplates",
    "TemplateSelectionExpression",
)
_HTTP_ONLY = ("IntegrationSubtype", "ResponseParameters", "TlsConfig")
_HTTP_TYPES = ("AWS_PROXY", "HTTP_PROXY")
_HTTP_TIMEOUT, _WEBSOCKET_TIMEOUT = 30000, 29000

_REQUEST_KEY = re.compile(
    r"(append|overwrite|remove):(header\.(?P<header>.+)|querystring\..+)|overwrite:path"
)
_RESPONSE_KEY = re.compile(r"(append|overwrite|remove):header\.(?P<header>.+)|overwrite:statuscode")
_RESERVED_HEADER = re.compile(
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
    if record["IntegrationSubtype"] not in SUBTYPES:
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


def _prepare(call: Call, record: Record) -> None:
    complete(record, call.api.record["ProtocolType"])


def _check(call: Call, node: Node | None, record: Record) -> None:
    del node
    protocol = call.api.record["ProtocolType"]
    _rules.only_for(call, call.params, "WEBSOCKET", _WEBSOCKET_ONLY)
    _rules.only_for(call, call.params, "HTTP", _HTTP_ONLY)
    if record.get("TlsConfig") == {}:
        del record["TlsConfig"]
    wrong = problem(record, protocol)
    if wrong:
        raise bad_request(wrong)
    if record["ConnectionType"] == "VPC_LINK" and protocol == "HTTP":
        link_id = record.get("ConnectionId", "")
        if call.control.root.get("vpclinks", link_id, call.control.now()) is None:
            raise bad_request(f"Invalid VPC link identifier specified: {link_id}")


def _before_delete(call: Call, integration: Node) -> None:
    if integration.record.get("ApiGatewayManaged"):
        raise bad_request("An integration made by quick create cannot be deleted")
    target = f"integrations/{integration.id}"
    users = [
        route.id
        for route in call.api.all("routes", call.control.now())
        if route.record.get("Target") == target
    ]
    if users:
        # The words are those in milliHQ/terraform-aws-next-js#247.
        raise conflict(
            "Cannot delete Integration because it is referenced by the following Routes "
            f"with Ids: [{', '.join(users)}]"
        )


INTEGRATION = Resource(
    collection="integrations",
    noun="Integration",
    id_member="IntegrationId",
    id_length=7,
    deploys=True,
    keyed_maps=frozenset({"RequestParameters", "RequestTemplates", "ResponseParameters"}),
    required=frozenset({"IntegrationType"}),
    prepare=_prepare,
    check=_check,
    before_delete=_before_delete,
)


def _check_response(call: Call, node: Node | None, record: Record) -> None:
    key = record["IntegrationResponseKey"]
    for other in call.lineage[1].all("integrationresponses", call.control.now()):
        if other is not node and other.record["IntegrationResponseKey"] == key:
            raise conflict(
                f"IntegrationResponse with key {key} already exists for this Integration"
            )


INTEGRATION_RESPONSE = Resource(
    collection="integrationresponses",
    noun="IntegrationResponse",
    id_member="IntegrationResponseId",
    keyed_maps=frozenset({"ResponseParameters", "ResponseTemplates"}),
    required=frozenset({"IntegrationResponseKey"}),
    check=_check_response,
)
