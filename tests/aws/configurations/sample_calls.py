"""Calls that configurations of modules, tools and guides share.

The source has the deployed configuration. The expected responses follow from defaults that other
sources assert.
"""

from __future__ import annotations

import json
from typing import Final

from tests.aws.cases import Call, Case, Kind, Members, Ref, answered, call, step

ACCOUNT: Final = "us-east-1:123456789012"
FUNCTION: Final = f"arn:aws:lambda:{ACCOUNT}:function:handler"
ROLE: Final = "arn:aws:iam::123456789012:role/invoke"
TARGET: Final = Ref("integrations/{IntegrationId}")
AUTHORIZER: Final = Ref("{AuthorizerId}")
LOG_GROUP: Final = f"arn:aws:logs:{ACCOUNT}:log-group:/aws/vendedlogs/api"

MODULE: Final = "terraform-aws-modules/terraform-aws-apigateway-v2 examples"
PATTERNS: Final = "aws-samples/serverless-patterns"
GUIDE: Final = "API Gateway developer guide"


def invocation(function: str = FUNCTION, version: str = "2015-03-31") -> str:
    return f"arn:aws:apigateway:us-east-1:lambda:path/{version}/functions/{function}/invocations"


def deployed(kind: Kind, source: str, name: str, *calls: Call) -> Case:
    return Case(kind=kind, source=source, name=f"sample-{name}", steps=(step(*calls),))


def as_sent(kind: Kind, source: str, name: str, *calls: Call) -> Case:
    """A configuration whose resources have the members that were sent."""
    return Case(kind=kind, source=source, name=name, steps=(step(*map(_as_sent, calls)),))


def _as_sent(call: Call) -> Call:
    """Expect the members of a create operation in its response."""
    if not call.operation.startswith("Create"):
        return call
    omitted: set[str] = set()
    if call.operation == "CreateApi":
        omitted = {"CredentialsArn", "RouteKey", "Target"}
    elif str(call.parameters.get("IntegrationType")).endswith("_PROXY"):
        omitted = {"PassthroughBehavior"}  # ignored in HTTP APIs
    omitted |= {name for name, value in call.parameters.items() if value == ""}
    sent = {name: value for name, value in call.parameters.items() if name not in omitted}
    cors: Members = sent.get("CorsConfiguration", {})
    if cors:
        sent["CorsConfiguration"] = cors | {
            name: [header.lower() for header in cors[name]]
            for name in ("AllowHeaders", "ExposeHeaders")
            if name in cors
        }
    return answered(call, **sent)


def imported(definition: Members, **members: object) -> Call:
    return call("ImportApi", Body=json.dumps(definition), **members)


def http(**members: object) -> Call:
    sent: Members = {"Name": "http", **members}
    return call("CreateApi", ProtocolType="HTTP", **sent)


def websocket(**members: object) -> Call:
    sent: Members = {"Name": "ws", "RouteSelectionExpression": "$request.body.action", **members}
    return call("CreateApi", ProtocolType="WEBSOCKET", **sent)


def lambda_proxy(**members: object) -> Call:
    sent: Members = {
        "IntegrationType": "AWS_PROXY",
        "IntegrationUri": FUNCTION,
        "PayloadFormatVersion": "2.0",
        **members,
    }
    return call("CreateIntegration", **sent)


def socket(**members: object) -> Call:
    sent: Members = {"IntegrationType": "AWS_PROXY", "IntegrationUri": invocation(), **members}
    return call("CreateIntegration", **sent)


def proxy(**members: object) -> Call:
    sent: Members = {
        "IntegrationMethod": "ANY",
        "IntegrationType": "HTTP_PROXY",
        "IntegrationUri": "https://httpbin.org",
        "PayloadFormatVersion": "1.0",
        **members,
    }
    return call("CreateIntegration", **sent)


def service(subtype: str, parameters: Members, **members: object) -> Call:
    return call(
        "CreateIntegration",
        IntegrationType="AWS_PROXY",
        IntegrationSubtype=subtype,
        CredentialsArn=ROLE,
        PayloadFormatVersion="1.0",
        RequestParameters=parameters,
        **members,
    )


def route(key: str, **members: object) -> Call:
    sent: Members = {"Target": TARGET, **members}
    return call("CreateRoute", RouteKey=key, **sent)


def jwt(**members: object) -> Call:
    sent: Members = {
        "AuthorizerType": "JWT",
        "IdentitySource": ["$request.header.Authorization"],
        "JwtConfiguration": {"Audience": ["client"], "Issuer": "https://login.example.com"},
        "Name": "jwt",
        **members,
    }
    return call("CreateAuthorizer", **sent)


def stage(name: str = "$default", **members: object) -> Call:
    sent: Members = {"AutoDeploy": True, **members}
    return call("CreateStage", StageName=name, **sent)


LOG_FORMAT: Final = json.dumps(
    {
        "context": {
            "domainName": "$context.domainName",
            "integrationErrorMessage": "$context.integrationErrorMessage",
            "requestId": "$context.requestId",
            "error": {"message": "$context.error.message"},
            "identity": {"sourceIP": "$context.identity.sourceIp"},
        }
    }
)
