"""Converting the definition of an HTTP API to an OpenAPI document."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from apigw2.testing._extras import extra
from apigw2.testing._openapi._definition import (
    AUTHORIZER_FIELDS,
    CORS_FIELDS,
    EXTENSION,
    INTEGRATION_FIELDS,
    Definition,
    RouteDefinition,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from apigw2.testing._protocol import Record

GENERATED_VERSION: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dUTC")
"""The version of an exported document if the API has none, because OpenAPI requires one."""

_IAM_SCHEME: Final = "sigv4"
_PATH_VARIABLE: Final = re.compile(r"\{([^{}]+)\}")


def dump(document: dict[str, Any], output_type: str) -> bytes:
    """Write a document as `JSON` or `YAML`."""
    if output_type == "JSON":
        return json.dumps(document, indent=2).encode()
    with extra("OpenAPI in YAML"):
        import yaml  # noqa: PLC0415 - slow to import

    return yaml.safe_dump(document, sort_keys=False).encode()


def write(
    definition: Definition, *, endpoint: str, created: datetime, extensions: bool
) -> dict[str, Any]:
    """Build a document.

    Args:
        definition: The API.
        endpoint: The URL of the API.
        created: Creation time of the API, used as version if it has none.
        extensions: Whether to write the extensions of API Gateway.
    """
    api = definition.api
    info: Record = {
        "title": api["Name"],
        "version": api.get("Version", created.strftime("%Y-%m-%d %H:%M:%SUTC")),
    }
    if "Description" in api:
        info["description"] = api["Description"]
    document: dict[str, Any] = {
        "openapi": "3.0.1",
        "info": info,
        "servers": [_server(api, endpoint, extensions=extensions)],
    }
    if api["Tags"]:
        document["tags"] = [
            {"name": name, **({f"{EXTENSION}tag-value": value} if extensions else {})}
            for name, value in api["Tags"].items()
        ]
    shared = _shared_integrations(definition)
    document["paths"] = _paths(definition, shared, extensions=extensions)
    components: Record = {}
    schemes = _security_schemes(definition, extensions=extensions)
    if schemes:
        components["securitySchemes"] = schemes
    if extensions and shared:
        components[f"{EXTENSION}integrations"] = {
            name: _integration(definition.integrations[index]) for index, name in shared.items()
        }
    if components:
        document["components"] = components
    if extensions:
        if "CorsConfiguration" in api:
            document[f"{EXTENSION}cors"] = _pick(api["CorsConfiguration"], CORS_FIELDS)
        document[f"{EXTENSION}importexport-version"] = "1.0"
    return document


def _pick(record: Record, fields: Iterable[tuple[str, str]]) -> Record:
    return {key: record[member] for key, member in fields if member in record}


def _server(api: Record, endpoint: str, *, extensions: bool) -> Record:
    server: Record = {
        "url": f"{endpoint}/{{basePath}}",
        "variables": {"basePath": {"default": ""}},
    }
    configuration: Record = {}
    if api["DisableExecuteApiEndpoint"]:
        configuration["disableExecuteApiEndpoint"] = True
    if api["IpAddressType"] != "ipv4":
        configuration["ipAddressType"] = api["IpAddressType"]
    if extensions and configuration:
        server[f"{EXTENSION}endpoint-configuration"] = configuration
    return server


def _shared_integrations(definition: Definition) -> dict[int, str]:
    """The integrations in the components: those not used by exactly one route."""
    uses = Counter(route.integration for route in definition.routes)
    indices = [index for index in range(len(definition.integrations)) if uses[index] != 1]
    return {index: f"integration{number}" for number, index in enumerate(indices, 1)}


def _integration(record: Record) -> Record:
    integration = _pick(record, INTEGRATION_FIELDS)
    integration["type"] = integration["type"].lower()
    if "TlsConfig" in record:
        integration["tlsConfig"] = {
            "serverNameToVerify": record["TlsConfig"].get("ServerNameToVerify", "")
        }
    return integration


def _paths(definition: Definition, shared: dict[int, str], *, extensions: bool) -> Record:
    paths: Record = {}
    for route in definition.routes:
        key = route.record["RouteKey"]
        is_default = key == "$default"
        method, _, path = ("ANY", "", "/$default") if is_default else key.partition(" ")
        if method == "ANY" and not extensions:
            continue  # not supported by OpenAPI
        operation = _operation(route)
        if extensions:
            if is_default:
                operation["isDefaultRoute"] = True
            if route.integration is not None:
                operation[f"{EXTENSION}integration"] = (
                    {"$ref": f"#/components/{EXTENSION}integrations/{shared[route.integration]}"}
                    if route.integration in shared
                    else _integration(definition.integrations[route.integration])
                )
        item = paths.setdefault(path, {})
        item[f"{EXTENSION}any-method" if method == "ANY" else method.lower()] = operation
        names = _PATH_VARIABLE.findall(path)
        if names:
            item["parameters"] = [
                {
                    "name": name,  # includes the `+` of a greedy variable, as on the service
                    "in": "path",
                    "description": f"Generated path parameter for {name}",
                    "required": True,
                    "schema": {"type": "string"},
                }
                for name in names
            ]
    return paths


def _operation(route: RouteDefinition) -> Record:
    record = route.record
    operation: Record = {}
    if "OperationName" in record:
        operation["operationId"] = record["OperationName"]
    operation["responses"] = {
        "default": {"description": f"Default response for {record['RouteKey']}"}
    }
    if route.authorizer is not None:
        operation["security"] = [{route.authorizer: record.get("AuthorizationScopes", [])}]
    elif record["AuthorizationType"] == "AWS_IAM":
        operation["security"] = [{_IAM_SCHEME: []}]
    return operation


def _security_schemes(definition: Definition, *, extensions: bool) -> Record:
    schemes = {
        name: _security_scheme(record, extensions=extensions)
        for name, record in definition.authorizers.items()
    }
    if any(route.record["AuthorizationType"] == "AWS_IAM" for route in definition.routes):
        schemes[_IAM_SCHEME] = {"type": "apiKey", "name": "Authorization", "in": "header"}
        if extensions:
            schemes[_IAM_SCHEME][f"{EXTENSION}authtype"] = "awsSigv4"
    return schemes


def _security_scheme(record: Record, *, extensions: bool) -> Record:
    kind = record["AuthorizerType"]
    scheme: Record = (
        {"type": "oauth2", "flows": {}}
        if kind == "JWT"
        else {"type": "apiKey", "name": "Unused", "in": "header"}
    )
    if not extensions:
        return scheme
    authorizer = {"type": kind.lower(), **_pick(record, AUTHORIZER_FIELDS)}
    if record.get("IdentitySource"):
        authorizer["identitySource"] = ",".join(record["IdentitySource"])
    if "JwtConfiguration" in record:
        configuration = record["JwtConfiguration"]
        authorizer["jwtConfiguration"] = {
            "audience": configuration["Audience"],
            "issuer": configuration["Issuer"],
        }
    scheme[f"{EXTENSION}authorizer"] = authorizer
    return scheme
