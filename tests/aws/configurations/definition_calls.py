"""OpenAPI definitions, with the extensions of API Gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.aws.cases import Call, Members, read
from tests.aws.configurations.sample_calls import ROLE, invocation, stage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIGV4: Final = {
    "type": "apiKey",
    "name": "Authorization",
    "in": "header",
    "x-amazon-apigateway-authtype": "awsSigv4",
}
OPEN_CORS: Final = {
    "allowCredentials": False,
    "allowMethods": ["*"],
    "allowOrigins": ["*"],
    "maxAge": 0,
}
QUEUE: Final = "https://sqs.us-east-1.amazonaws.com/123456789012/queue"
STATE_MACHINE: Final = "arn:aws:states:us-east-1:123456789012:stateMachine:example"
SAM_TAGS: Final = ({"name": "httpapi:createdBy", "x-amazon-apigateway-tag-value": "SAM"},)
SAM_STAGE: Final = stage(Tags={"httpapi:createdBy": "SAM"})


def to_function(version: object = "2.0") -> Members:
    return {
        "httpMethod": "POST",
        "type": "aws_proxy",
        "uri": invocation(),
        "payloadFormatVersion": version,
    }


def to_service(subtype: str, parameters: Members) -> Members:
    return {
        "type": "aws_proxy",
        "integrationSubtype": subtype,
        "credentials": ROLE,
        "connectionType": "INTERNET",
        "payloadFormatVersion": "1.0",
        "requestParameters": parameters,
    }


def operation(
    integration: Members | None = None,
    security: list[dict[str, list[str]]] | None = None,
    **members: object,
) -> Members:
    return {
        "responses": {},
        "x-amazon-apigateway-integration": integration or to_function(),
        **({"security": security} if security else {}),
        **members,
    }


def jwt_scheme(source: str) -> Members:
    tokens = {"issuer": "https://login.example.com", "audience": ["example"]}
    authorizer = {"type": "jwt", "identitySource": source, "jwtConfiguration": tokens}
    return {"type": "oauth2", "x-amazon-apigateway-authorizer": authorizer}


def request_scheme(**members: object) -> Members:
    return {
        "type": "apiKey",
        "name": "Unused",
        "in": "header",
        "x-amazon-apigateway-authorizer": {
            "type": "request",
            "authorizerUri": invocation(),
            **members,
        },
    }


def definition(
    operations: Mapping[str, Members],
    schemes: Members | None = None,
    cors: Members | None = None,
    tags: Sequence[Members] = SAM_TAGS,
    **members: object,
) -> Members:
    paths: dict[str, Members] = {}
    for key, value in operations.items():
        method, path = key.split(" ")
        any_method = "x-amazon-apigateway-any-method"
        paths.setdefault(path, {})[any_method if method == "ANY" else method.lower()] = value
    return {
        "openapi": "3.0.1",
        "info": {"title": "example", "version": "1.0"},
        "paths": paths,
        "tags": tags,
        **({"components": {"securitySchemes": schemes}} if schemes else {}),
        **({"x-amazon-apigateway-cors": cors} if cors else {}),
        **members,
    }


def reads_routes(types: Mapping[str, str]) -> Call:
    items = [{"RouteKey": key, "AuthorizationType": each} for key, each in types.items()]
    return read("GetRoutes", Items=items)
