"""Terraform tests of authorizers."""

from __future__ import annotations

from typing import Final

from tests.aws.cases import NOTHING, Call, Case, Members, call, read, step
from tests.aws.configurations.terraform import (
    INVOKE_ARN,
    NAME,
    ROLE,
    cases_of,
    http_api,
    websocket_api,
)
from tests.aws.configurations.terraform_routes import AUTHORIZER, ISSUER, JWT_AUTHORIZER

_authorizer = cases_of("authorizer", "authorizer_test.go")

REQUEST: Final[Members] = {
    "AuthorizerCredentialsArn": NOTHING,
    "AuthorizerPayloadFormatVersion": NOTHING,
    "AuthorizerResultTtlInSeconds": NOTHING,
    "AuthorizerType": "REQUEST",
    "AuthorizerUri": INVOKE_ARN,
    "EnableSimpleResponses": NOTHING,
    "IdentitySource": NOTHING,
    "JwtConfiguration": NOTHING,
    "Name": NAME,
}
JWT: Final[Members] = {
    **REQUEST,
    "AuthorizerType": "JWT",
    "AuthorizerUri": NOTHING,
    "IdentitySource": ["$request.header.Authorization"],
}
AUTH: Final = "route.request.header.Auth"
QUERY: Final = "route.request.querystring.Name"
SIMPLE: Final[Members] = {
    "AuthorizerPayloadFormatVersion": "2.0",
    "EnableSimpleResponses": True,
}
CACHED: Final[Members] = {
    "AuthorizerPayloadFormatVersion": "1.0",
    "IdentitySource": ["$request.querystring.User", "$context.routeKey"],
}


def _create(**members: object) -> Call:
    """The provider always sends the identity sources, and for HTTP APIs with sources a TTL."""
    sent: Members = {"IdentitySource": [], **members}
    return call(
        "CreateAuthorizer", AuthorizerType="REQUEST", AuthorizerUri=INVOKE_ARN, Name=NAME, **sent
    )


def _reads(kind: Members, **changed: object) -> Call:
    return read("GetAuthorizer", **{**kind, **changed})


CASES: Final[tuple[Case, ...]] = (
    _authorizer(
        "basic",
        step(websocket_api(), AUTHORIZER, _reads(REQUEST)),
        # Changing the protocol replaces the API.
        step(http_api(), _create(**SIMPLE), _reads(REQUEST, **SIMPLE)),
    ),
    _authorizer(
        "disappears",
        step(
            websocket_api(),
            AUTHORIZER,
            call("DeleteAuthorizer"),
            read("GetAuthorizers", Items=[]),
        ),
    ),
    _authorizer(
        "credentials",
        step(
            websocket_api(),
            _create(AuthorizerCredentialsArn=ROLE, IdentitySource=[AUTH]),
            _reads(REQUEST, AuthorizerCredentialsArn=ROLE, IdentitySource=[AUTH]),
        ),
        step(
            call("UpdateAuthorizer", IdentitySource=[AUTH, QUERY], Name=f"{NAME}-updated"),
            _reads(
                REQUEST,
                AuthorizerCredentialsArn=ROLE,
                IdentitySource=[AUTH, QUERY],
                Name=f"{NAME}-updated",
            ),
        ),
        step(
            call("UpdateAuthorizer", AuthorizerCredentialsArn="", IdentitySource=[], Name=NAME),
            _reads(REQUEST),
        ),
    ),
    _authorizer(
        "jwt",
        step(
            http_api(),
            JWT_AUTHORIZER,
            _reads(JWT, JwtConfiguration={"Audience": ["test"], "Issuer": ISSUER}),
        ),
        step(
            call(
                "UpdateAuthorizer",
                JwtConfiguration={"Audience": ["test", "testing"], "Issuer": ISSUER},
            ),
            _reads(JWT, JwtConfiguration={"Audience": ["test", "testing"], "Issuer": ISSUER}),
        ),
    ),
    _authorizer(
        "HTTPAPILambdaRequestAuthorizer_initialMissingCacheTTL",
        step(
            http_api(),
            _create(
                AuthorizerResultTtlInSeconds=300,
                IdentitySource=["$request.header.Auth"],
                **SIMPLE,
            ),
            _reads(
                REQUEST,
                AuthorizerResultTtlInSeconds=300,
                IdentitySource=["$request.header.Auth"],
                **SIMPLE,
            ),
        ),
        step(
            call(
                "UpdateAuthorizer",
                AuthorizerResultTtlInSeconds=3600,
                EnableSimpleResponses=False,
                **CACHED,
            ),
            _reads(REQUEST, AuthorizerResultTtlInSeconds=3600, **CACHED),
        ),
        step(
            call("UpdateAuthorizer", AuthorizerResultTtlInSeconds=0),
            _reads(REQUEST, **CACHED),
        ),
    ),
    _authorizer(
        "HTTPAPILambdaRequestAuthorizer_initialZeroCacheTTL",
        step(
            http_api(),
            _create(AuthorizerResultTtlInSeconds=0, **CACHED),
            _reads(REQUEST, **CACHED),
        ),
        step(
            call("UpdateAuthorizer", AuthorizerResultTtlInSeconds=600),
            _reads(REQUEST, AuthorizerResultTtlInSeconds=600, **CACHED),
        ),
    ),
)
