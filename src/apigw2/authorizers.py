"""Specs of authorizers, for each kind.

Values that depend on the protocol are filled in when the authorizer is created or planned, so one
spec works for HTTP and WebSocket APIs.
"""

from __future__ import annotations

from collections.abc import Sequence

from apigw2._blueprints.specs import AuthorizerSpec
from apigw2._calls.arguments import checked
from apigw2._objects.values import ABSENT_TUPLE
from apigw2._service.arns import invocation_uri
from apigw2.resources.authorizer import JWTConfiguration

__all__ = ["cognito", "jwt", "lambda_function"]


@checked
def jwt(
    name: str,
    *,
    issuer: str,
    audience: Sequence[str],
    identity_source: str = "$request.header.Authorization",
) -> AuthorizerSpec:
    """An authorizer for the JSON Web Tokens of an OpenID Connect provider. HTTP APIs only.

    Args:
        name: The authorizer's name, which is unique within an API.
        issuer: Issuer of the tokens (`iss`), a full URL.
        audience: Accepted audiences (`aud`), up to 50.
        identity_source: Source of the token.

    Raises:
        TypeError: An argument has the wrong type.

    Example:
        >>> apigw2.authorizers.jwt("login", issuer="https://login.example.com", audience=["pets"])
    """
    return AuthorizerSpec(
        name,
        authorizer_type="JWT",
        identity_source=(identity_source,),
        jwt_configuration=JWTConfiguration(issuer=issuer, audience=tuple(audience)),
    )


@checked
def cognito(
    name: str,
    *,
    user_pool_id: str,
    client_ids: Sequence[str],
    identity_source: str = "$request.header.Authorization",
) -> AuthorizerSpec:
    """An authorizer for the tokens of an Amazon Cognito user pool. HTTP APIs only.

    Args:
        name: The authorizer's name, which is unique within an API.
        user_pool_id: Id of the pool, such as `eu-central-1_Ab12`. It starts with the region.
        client_ids: Ids of the app clients whose tokens are accepted.
        identity_source: Source of the token.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: The id of the pool does not start with a region.

    Example:
        >>> apigw2.authorizers.cognito(
        ...     "customers", user_pool_id="eu-central-1_Ab12", client_ids=["3n4b5urk1ft4"])
    """
    region, separator, _ = user_pool_id.partition("_")
    if not separator:
        msg = f"user_pool_id: expected a region, `_` and an id, not {user_pool_id!r}"
        raise ValueError(msg)
    suffix = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    issuer = f"https://cognito-idp.{region}.{suffix}/{user_pool_id}"
    return jwt(name, issuer=issuer, audience=client_ids, identity_source=identity_source)


@checked
def lambda_function(
    name: str,
    function_arn: str,
    *,
    identity_source: Sequence[str] = ABSENT_TUPLE,
    payload_format_version: str | None = None,
    result_ttl_in_seconds: int | None = None,
    simple_responses: bool | None = None,
    credentials_arn: str | None = None,
) -> AuthorizerSpec:
    """An authorizer that calls a Lambda function (`REQUEST`).

    Args:
        name: The authorizer's name, which is unique within an API.
        function_arn: The function's ARN.
        identity_source: Sources of the credentials, in the form of either protocol:
            `$request.header.Auth` or `route.request.header.Auth`. A request that lacks one is
            rejected without a call of the function.
        payload_format_version: `1.0` or `2.0` (the default). HTTP APIs only.
        result_ttl_in_seconds: Seconds for which a result is cached, 0 (the service's default) to
            3,600. HTTP APIs only; needs an identity source.
        simple_responses: Whether the function returns a boolean instead of a policy. HTTP APIs
            with payload format `2.0` only.
        credentials_arn: IAM role with which the function is invoked. By default, its resource
            policy must allow the invocation.

    Raises:
        TypeError: An argument has the wrong type.

    Example:
        >>> function = "arn:aws:lambda:eu-central-1:123456789012:function:authorize"
        >>> apigw2.authorizers.lambda_function(
        ...     "sessions", function, identity_source=["$request.header.Cookie"])
    """
    return AuthorizerSpec(
        name,
        authorizer_type="REQUEST",
        authorizer_uri=invocation_uri(function_arn),
        identity_source=tuple(identity_source) or ABSENT_TUPLE,
        authorizer_payload_format_version=payload_format_version,
        authorizer_result_ttl_in_seconds=result_ttl_in_seconds,
        enable_simple_responses=simple_responses,
        authorizer_credentials_arn=credentials_arn,
    )
