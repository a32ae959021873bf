"""Validation of authorizers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apigw2.testing._protocol import Record

_LAMBDA_ONLY: Final = (
    "AuthorizerCredentialsArn",
    "AuthorizerPayloadFormatVersion",
    "AuthorizerUri",
    "EnableSimpleResponses",
)
_SOURCES: Final = {
    "HTTP": ("$request.header.", "$request.querystring.", "$context.", "$stageVariables."),
    "WEBSOCKET": (
        "route.request.header.",
        "route.request.querystring.",
        "context.",
        "stageVariables.",
    ),
}


def problem(record: Record, protocol: str) -> str | None:
    """Return the problem of an authorizer, or `None`.

    An import reports it as a warning, any other operation as an error.
    """
    return next(_problems(record, protocol), None)


def _problems(record: Record, protocol: str) -> Iterator[str]:
    for source in record.get("IdentitySource", ()):
        if not source.startswith(_SOURCES[protocol]):
            yield f"Invalid identity source for {protocol} APIs: {source}"
    if record["AuthorizerType"] == "JWT":
        yield from _jwt_problems(record, protocol)
        return
    if "JwtConfiguration" in record:
        yield "JwtConfiguration is supported only for JWT authorizers"
    if not record.get("AuthorizerUri"):
        yield "AuthorizerUri is required for REQUEST authorizers"
    version = record.get("AuthorizerPayloadFormatVersion")
    if protocol == "HTTP" and version not in ("1.0", "2.0"):
        # Required: hashicorp/terraform-provider-aws#15181.
        yield "AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer"
    if record.get("AuthorizerResultTtlInSeconds") and not record.get("IdentitySource"):
        # Developer guide, "Create a Lambda authorizer": caching needs an identity source.
        yield "AuthorizerResultTtlInSeconds needs at least one identity source"
    if record.get("EnableSimpleResponses") and (protocol, version) != ("HTTP", "2.0"):
        yield "EnableSimpleResponses needs an HTTP API and AuthorizerPayloadFormatVersion 2.0"


def _jwt_problems(record: Record, protocol: str) -> Iterator[str]:
    if protocol != "HTTP":
        yield "JWT authorizers are supported only for HTTP APIs"
    for name in _LAMBDA_ONLY:
        # Even `false` is rejected (go-to-k/cdkd#1160); "" clears a member.
        if record.get(name, "") != "":
            yield f"{name} is not supported for JWT authorizers"
    sources = record.get("IdentitySource", ())
    if len(sources) != 1 or not sources[0].startswith("$request."):
        yield "A JWT authorizer needs one identity source, a header or a query parameter"
    configuration = record.get("JwtConfiguration", {})
    url = str(configuration.get("Issuer", ""))
    if not url:
        # The message is that in aws/aws-sam-cli#2410.
        yield "Invalid issuer: Issuer can not be empty for JWT Authorizer."
    elif urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        yield f"Invalid issuer: {url}. Issuer must be a full URL"
    if not configuration.get("Audience"):
        yield "Audience list must have at least 1 item"
