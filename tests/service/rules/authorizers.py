"""Calls that break the rules in `_service/rules/authorizers.py`, and calls that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import apigw2
from tests.service.rules.case import Case, numbered, only
from tests.support.caller import INVOCATION, LAMBDA, ROLE, Caller

if TYPE_CHECKING:
    from collections.abc import Mapping


def audience(count: int) -> apigw2.JWTConfiguration:
    return apigw2.JWTConfiguration(issuer="https://login", audience=[*numbered(count)])


CASES: Final[Mapping[str, Case]] = {
    "AuthorizerPayloadFormatVersion is supported for HTTP APIs only": only(
        Caller.ws_authorizer, Caller.http_authorizer, authorizer_payload_format_version="2.0"
    ),
    "EnableSimpleResponses is supported for HTTP APIs only": only(
        Caller.ws_authorizer, Caller.http_authorizer, enable_simple_responses=True
    ),
    "AuthorizerType JWT is supported for HTTP APIs only": Case(
        [lambda c: c.ws_authorizer(authorizer_type="JWT")],
        [lambda c: c.jwt(), lambda c: c.ws_authorizer()],
    ),
    "JwtConfiguration with an Issuer is required for AuthorizerType JWT": Case(
        [
            lambda c: c.jwt(jwt_configuration=None),
            lambda c: c.jwt(jwt_configuration=apigw2.JWTConfiguration(audience=["a"])),
        ],
        [lambda c: c.jwt(), lambda c: c.http_authorizer()],
    ),
    "JwtConfiguration: Issuer must be a full URL, with https://": Case(
        [
            lambda c: c.jwt(jwt_configuration=apigw2.JWTConfiguration(issuer="login.example.com")),
            lambda c: c.authorizer().update(
                jwt_configuration=apigw2.JWTConfiguration(issuer="http://login.example.com")
            ),
        ],
        [
            lambda c: c.jwt(),
            lambda c: c.authorizer().update(
                jwt_configuration=apigw2.JWTConfiguration(audience=["a"])
            ),
        ],
    ),
    "AuthorizerPayloadFormatVersion is required for AuthorizerType REQUEST of an HTTP API": Case(
        [
            lambda c: c.http_authorizer(authorizer_payload_format_version=None),
            lambda c: c.unseen.create_authorizer(
                "auth", authorizer_type="REQUEST", identity_source=["$request.header.Auth"]
            ),
        ],
        [
            lambda c: c.http_authorizer(),
            lambda c: c.jwt(),
            lambda c: c.ws_authorizer(),
            lambda c: c.unseen.create_authorizer(
                "auth", authorizer_type="REQUEST", identity_source=["route.request.header.Auth"]
            ),
        ],
    ),
    "AuthorizerCredentialsArn is supported for AuthorizerType REQUEST only": Case(
        [lambda c: c.jwt(authorizer_credentials_arn=ROLE)],
        [
            lambda c: c.http_authorizer(authorizer_credentials_arn=ROLE),
            lambda c: c.authorizer(authorizer_type="JWT").update(authorizer_credentials_arn=""),
        ],
    ),
    "AuthorizerUri is supported for AuthorizerType REQUEST only": Case(
        [
            lambda c: c.jwt(authorizer_uri=INVOCATION),
            lambda c: c.authorizer(authorizer_type="JWT").update(authorizer_uri=INVOCATION),
        ],
        [
            lambda c: c.http_authorizer(authorizer_uri=INVOCATION),
            lambda c: c.unseen.authorizer("z1").update(authorizer_uri=INVOCATION),
            lambda c: c.authorizer(authorizer_type="JWT").update(authorizer_uri=""),
        ],
    ),
    "AuthorizerUri is the function's invocation URI, not its ARN": Case(
        [
            lambda c: c.http_authorizer(authorizer_uri=LAMBDA),
            lambda c: c.unseen.authorizer("z1").update(authorizer_uri=LAMBDA),
        ],
        [lambda c: c.http_authorizer(authorizer_uri=INVOCATION), lambda c: c.jwt()],
    ),
    "EnableSimpleResponses is supported for AuthorizerType REQUEST only": Case(
        [
            lambda c: c.jwt(enable_simple_responses=True),
            lambda c: c.jwt(enable_simple_responses=False),
        ],
        [lambda c: c.http_authorizer(enable_simple_responses=True), lambda c: c.jwt()],
    ),
    "EnableSimpleResponses needs AuthorizerPayloadFormatVersion 2.0": Case(
        [
            lambda c: c.http_authorizer(
                enable_simple_responses=True, authorizer_payload_format_version="1.0"
            ),
            lambda c: c.authorizer(authorizer_payload_format_version="1.0").update(
                enable_simple_responses=True
            ),
        ],
        [
            lambda c: c.http_authorizer(enable_simple_responses=True),
            lambda c: c.http_authorizer(
                enable_simple_responses=False, authorizer_payload_format_version="1.0"
            ),
            lambda c: c.authorizer(authorizer_payload_format_version="1.0").update(
                enable_simple_responses=True, authorizer_payload_format_version="2.0"
            ),
        ],
    ),
    "IdentitySource starts with $ in an HTTP API, and with route.request. in a WEBSOCKET API": Case(
        [
            lambda c: c.http_authorizer(identity_source=["route.request.header.Auth"]),
            lambda c: c.http_authorizer(identity_source=["$request.header.a", "header"]),
            lambda c: c.ws_authorizer(identity_source=["$request.header.Auth"]),
        ],
        [
            lambda c: c.http_authorizer(identity_source=["$request.header.a", "$context.path"]),
            lambda c: c.ws_authorizer(
                identity_source=["route.request.header.a", "context.stage", "stageVariables.b"]
            ),
            lambda c: c.authorizer().update(identity_source=["header"]),
        ],
    ),
    "AuthorizerResultTtlInSeconds above 0 needs an IdentitySource, which is the cache's key": Case(
        [
            lambda c: c.http_authorizer(identity_source=[], authorizer_result_ttl_in_seconds=300),
            lambda c: c.authorizer(identity_source=()).update(authorizer_result_ttl_in_seconds=1),
        ],
        [
            lambda c: c.http_authorizer(authorizer_result_ttl_in_seconds=300),
            lambda c: c.http_authorizer(identity_source=[], authorizer_result_ttl_in_seconds=0),
            lambda c: c.unseen.authorizer("z1").update(authorizer_result_ttl_in_seconds=300),
        ],
    ),
    "JwtConfiguration.Audience: more than 50, the default quota": Case(
        [lambda c: c.jwt(jwt_configuration=audience(51))],
        [lambda c: c.jwt(jwt_configuration=audience(50)), lambda c: c.http_authorizer()],
    ),
}
