"""Rules about authorizers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from apigw2._service.arns import invocation_uri, is_function_arn
from apigw2._service.rules.rule import GUIDE, HTTP, MODEL, WEBSOCKET, Rule, at_most, only

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from apigw2._service.rules.rule import PendingCall

_AUTHORIZER = ("CreateAuthorizer", "UpdateAuthorizer")


def _jwt(call: PendingCall) -> bool:
    return bool(call.value("AuthorizerType") == "JWT")


def _jwt_configuration(call: PendingCall) -> Mapping[str, Any]:
    configuration: Mapping[str, Any] = call.request.get("JwtConfiguration", {})
    return configuration


def _given_for_jwt(name: str) -> Callable[[PendingCall], bool]:
    """A member that JWT authorizers do not have is given to one; `""` only clears it."""
    return lambda call: _jwt(call) and call.request.get(name, "") != ""


def _request_without_payload_version(call: PendingCall) -> bool:
    """If the protocol is not known, the form of the identity sources shows it."""
    sources: Sequence[str] = call.request.get("IdentitySource", ())
    is_http = call.protocol == HTTP or (
        call.protocol is None and any(source.startswith("$") for source in sources)
    )
    return (
        is_http
        and call.value("AuthorizerType") == "REQUEST"
        and not call.request.get("AuthorizerPayloadFormatVersion")
    )


def _bad_identity_source(call: PendingCall) -> bool:
    prefixes = {
        HTTP: ("$",),
        WEBSOCKET: ("route.request.", "context.", "stageVariables."),
    }.get(call.protocol or "", ("",))
    return any(not source.startswith(prefixes) for source in call.request.get("IdentitySource", ()))


def _simple_responses_with_version_1(call: PendingCall) -> bool:
    return (
        bool(call.request.get("EnableSimpleResponses"))
        and call.value("AuthorizerPayloadFormatVersion") == "1.0"
    )


def _cache_without_identity_source(call: PendingCall) -> bool:
    sources = call.value("IdentitySource")
    ttl = call.request.get("AuthorizerResultTtlInSeconds", 0)
    return ttl > 0 and sources is not None and not sources


RULES: Final[Sequence[Rule]] = (
    *only(HTTP, _AUTHORIZER, "AuthorizerPayloadFormatVersion", "EnableSimpleResponses"),
    Rule(
        _AUTHORIZER,
        "AuthorizerType JWT is supported for HTTP APIs only",
        MODEL,
        _jwt,
        protocol=WEBSOCKET,
    ),
    Rule(
        ("CreateAuthorizer",),
        "JwtConfiguration with an Issuer is required for AuthorizerType JWT",
        MODEL,
        lambda call: _jwt(call) and not _jwt_configuration(call).get("Issuer"),
    ),
    Rule(
        _AUTHORIZER,
        "JwtConfiguration: Issuer must be a full URL, with https://",
        "anomalyco/guide#726",
        lambda call: not _jwt_configuration(call).get("Issuer", "https://").startswith("https://"),
    ),
    Rule(
        ("CreateAuthorizer",),
        "AuthorizerPayloadFormatVersion is required for AuthorizerType REQUEST of an HTTP API",
        "terraform-provider-aws#15181",
        _request_without_payload_version,
        rejection=("AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer"),
    ),
    *(
        Rule(
            _AUTHORIZER,
            f"{name} is supported for AuthorizerType REQUEST only",
            MODEL,
            _given_for_jwt(name),
        )
        for name in ("AuthorizerCredentialsArn", "AuthorizerUri", "EnableSimpleResponses")
    ),
    Rule(
        _AUTHORIZER,
        "AuthorizerUri is the function's invocation URI, not its ARN",
        MODEL,
        lambda call: is_function_arn(call.request.get("AuthorizerUri")),
        advice=lambda call: f"write '{invocation_uri(call.request['AuthorizerUri'])}'",
    ),
    Rule(
        _AUTHORIZER,
        "EnableSimpleResponses needs AuthorizerPayloadFormatVersion 2.0",
        MODEL,
        _simple_responses_with_version_1,
    ),
    Rule(
        _AUTHORIZER,
        "IdentitySource starts with $ in an HTTP API, and with route.request. in a WEBSOCKET API",
        MODEL,
        _bad_identity_source,
    ),
    Rule(
        _AUTHORIZER,
        "AuthorizerResultTtlInSeconds above 0 needs an IdentitySource, which is the cache's key",
        GUIDE,
        _cache_without_identity_source,
    ),
    at_most(
        _AUTHORIZER,
        "JwtConfiguration.Audience",
        50,
        lambda call: _jwt_configuration(call).get("Audience", ()),
    ),
)
