"""JWT authorizers."""

from __future__ import annotations

import http.client
import json
import math
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from apigw2.testing._dataplane import _loopback
from apigw2.testing._dataplane._deadlines import Deadline
from apigw2.testing._dataplane._exchange import Refusal, refusal
from apigw2.testing._extras import extra
from apigw2.testing._json import as_list, as_object, is_list, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apigw2.testing._dataplane._exchange import Exchange
    from apigw2.testing._protocol import Record

_PATIENCE: Final = 1_500
"""Timeout of requests to an issuer in milliseconds (developer guide, "Quotas for HTTP APIs")."""

_RSA: Final = ("RS256", "RS384", "RS512")
"""The algorithms that the service supports."""


def check(exchange: Exchange, authorizer: Record, value: str) -> None:
    """Validate a JSON Web Token in the steps of the developer guide, "Authorizing API requests".

    Raises:
        Refusal: The token is not valid, or has none of the route's scopes.
    """
    token = value.removeprefix("Bearer ").strip()
    configuration = authorizer["JwtConfiguration"]
    claims = _decode(exchange, token, configuration["Issuer"])
    if claims.get("iss") != configuration["Issuer"]:
        raise _invalid("invalid issuer")
    # The claim client_id is used only without aud.
    audiences = as_list(claims.get("aud", claims.get("client_id")))
    if not any(audience in configuration["Audience"] for audience in audiences):
        raise _invalid("the token does not have a valid audience")
    now = exchange.now.timestamp()
    if not _is_time(claims.get("exp")) or claims["exp"] <= now:
        raise _invalid("the token has expired")
    for name in ("nbf", "iat"):
        if name in claims and not (_is_time(claims[name]) and claims[name] <= now):
            raise _invalid("the token is not valid yet")
    scopes = _scopes(claims)
    wanted = exchange.route.get("AuthorizationScopes", [])
    if wanted and not set(wanted) & set(scopes):
        challenge = f'Bearer scope="{" ".join(wanted)}" error="insufficient_scope"'
        raise refusal(
            403, "Forbidden", "the token has none of the scopes", {"www-authenticate": challenge}
        )
    # Null claims are omitted (floci-io/floci#2011, observed on the service).
    texts = {name: text(claim) for name, claim in claims.items() if claim is not None}
    shown = {"claims": texts, "scopes": scopes if wanted else None}
    exchange.authorizer = {"jwt": shown}, shown
    for name, claim in texts.items():
        exchange.variables[f"authorizer.claims.{name}"] = claim
        exchange.variables[f"authorizer.jwt.claims.{name}"] = claim


def text(value: object) -> str:
    """A claim as the integration gets it; lists are in brackets, without commas.

    Observed on the service in floci-io/floci#2011.
    """
    if is_list(value):
        return f"[{' '.join(map(text, value))}]"
    return value if isinstance(value, str) else json.dumps(value)


def _invalid(description: str) -> Refusal:
    # The format of the header is that in the developer guide, "Troubleshooting issues with HTTP API
    # JWT authorizers".
    challenge = f'Bearer scope="" error="invalid_token" error_description="{description}"'
    return refusal(401, "Unauthorized", description, {"www-authenticate": challenge})


def _is_time(value: object) -> TypeGuard[float]:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _decode(exchange: Exchange, token: str, issuer: str) -> dict[str, Any]:
    """Verify the signature, and return the claims."""
    with extra("A JWT authorizer"):
        import jwt  # noqa: PLC0415 - slow to import

    try:
        header = as_object(jwt.get_unverified_header(token))
    except (jwt.InvalidTokenError, RecursionError, ValueError):
        raise _invalid("the token is malformed") from None
    if header.get("alg") not in _RSA:
        raise _invalid("signing method is invalid")
    key_set = exchange.backends.key_sets.get(issuer)
    keys = _keys(key_set) if key_set is not None else _published_keys(exchange, issuer)
    keys = [key for key in keys if key.get("kid") == header.get("kid")]
    if not keys:
        raise _invalid("no key of the issuer has the token's kid")
    try:
        # Only the signature: claims are checked with the gateway's clock, not the machine's.
        key = jwt.PyJWK(keys[0], algorithm=header["alg"]).key
        payload = jwt.PyJWS().decode(token, key, algorithms=list(_RSA))
    except (jwt.PyJWTError, ValueError):
        raise _invalid("the token's signature is invalid") from None
    try:
        return as_object(parse(payload))
    except ValueError:
        raise _invalid("the token is malformed") from None


def _keys(key_set: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [as_object(key) for key in as_list(key_set.get("keys"))]


def _published_keys(exchange: Exchange, issuer: str) -> list[dict[str, Any]]:
    """The keys of an issuer on this machine, found by OpenID Connect Discovery."""

    def document(url: str) -> dict[str, Any]:
        deadline = Deadline(exchange.backends.clock, _PATIENCE)
        return as_object(parse(_loopback.send(url, deadline=deadline).body))

    try:
        configuration = document(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        return _keys(document(str(configuration["jwks_uri"])))
    except (KeyError, OSError, ValueError, http.client.HTTPException) as error:
        raise _invalid(
            f"no key set is registered for the issuer {issuer} ({error}); use add_key_set()"
        ) from error


def _scopes(claims: Mapping[str, Any]) -> list[str]:
    """The scopes of a token, from `scp` or else from `scope` (floci-io/floci#2011)."""
    found = claims["scp"] if claims.get("scp") is not None else claims.get("scope")
    if isinstance(found, str):
        return found.split()
    return [scope for scope in as_list(found) if isinstance(scope, str)]
