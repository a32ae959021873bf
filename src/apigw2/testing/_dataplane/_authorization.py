"""Who may: JWT authorizers, Lambda authorizers, and IAM as far as it goes without accounts."""

from __future__ import annotations

import fnmatch
import http.client
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from apigw2.testing._dataplane import _events, _functions, _loopback
from apigw2.testing._dataplane._exchange import Refusal, refusal
from apigw2.testing._json import as_list, as_object, is_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apigw2.testing._dataplane._exchange import Exchange
    from apigw2.testing._protocol import Record

_PATIENCE = 5.0  # seconds that an issuer on this machine has to answer
_RSA = ("RS256", "RS384", "RS512")  # the only algorithms that the service takes


def authorize(exchange: Exchange) -> None:
    """Let a request pass, and note who it is from.

    Raises:
        Refusal: It may not pass: 401 if nobody knows who it is from, 403 if they may not, 500 if
            the authorizer failed.
    """
    kind = exchange.route["AuthorizationType"]
    if kind == "AWS_IAM":
        _require_signature(exchange)
    elif kind != "NONE":
        authorizer = exchange.snapshot.authorizers[exchange.route["AuthorizerId"]]
        if kind == "JWT":
            _check_token(exchange, authorizer)
        else:
            _ask_function(exchange, authorizer)


def _require_signature(exchange: Exchange) -> None:
    if not exchange.request.headers.get("authorization", "").startswith("AWS4-HMAC-SHA256 "):
        raise refusal(403, "Forbidden", "the request is not signed")


def _identity(exchange: Exchange, authorizer: Record) -> list[str]:
    """The values of the identity sources, all of which the request must have."""
    values: list[str] = []
    for source in authorizer["IdentitySource"]:
        value = exchange.evaluate(source)
        if not value:
            headers = (
                {"www-authenticate": "Bearer"} if authorizer["AuthorizerType"] == "JWT" else None
            )
            raise refusal(401, "Unauthorized", f"the request has no {source}", headers)
        values.append(value)
    return values


def _invalid(description: str) -> Refusal:
    # This form of the header is that in the developer guide, "Troubleshooting issues with HTTP API
    # JWT authorizers".
    challenge = f'Bearer scope="" error="invalid_token" error_description="{description}"'
    return refusal(401, "Unauthorized", description, {"www-authenticate": challenge})


def _check_token(exchange: Exchange, authorizer: Record) -> None:
    """Check a JSON Web Token in the steps of the developer guide, "Authorizing API requests"."""
    token = _identity(exchange, authorizer)[0].removeprefix("Bearer ").strip()
    configuration = authorizer["JwtConfiguration"]
    claims = _decode(exchange, token, configuration["Issuer"])
    if claims.get("iss") != configuration["Issuer"]:
        raise _invalid("invalid issuer")
    # The claim client_id counts only where there is no aud.
    audiences = as_list(claims.get("aud", claims.get("client_id")))
    if not set(audiences) & set(configuration["Audience"]):
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
    texts = {name: _text(value) for name, value in claims.items()}
    shown = {"claims": texts, "scopes": scopes if wanted else None}
    exchange.authorizer = {"jwt": shown}, shown
    exchange.variables |= {f"authorizer.claims.{name}": text for name, text in texts.items()}


def _is_time(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _decode(exchange: Exchange, token: str, issuer: str) -> dict[str, Any]:
    """Check the signature, and give the claims."""
    import jwt  # noqa: PLC0415 - an extra

    try:
        header = jwt.get_unverified_header(token)
    except jwt.InvalidTokenError:
        raise _invalid("the token is malformed") from None
    if header.get("alg") not in _RSA:
        raise _invalid("signing method is invalid")
    key_set = exchange.backends.key_sets.get(issuer) or _published_keys(issuer)
    keys = [key for key in map(as_object, key_set["keys"]) if key.get("kid") == header.get("kid")]
    if not keys:
        raise _invalid("no key of the issuer has the token's kid")
    try:
        # The signature only: the claims are checked against the gateway's clock, not the machine's.
        key = jwt.PyJWK(keys[0], algorithm=header["alg"]).key
        payload = jwt.PyJWS().decode(token, key, algorithms=list(_RSA))
        return as_object(json.loads(payload))
    except (jwt.PyJWTError, ValueError):
        raise _invalid("the token's signature is invalid") from None


def _published_keys(issuer: str) -> Mapping[str, Any]:
    """The keys that an issuer on this machine publishes, found as OpenID Connect Discovery says."""
    try:
        place = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
        configuration = as_object(_loopback.send(place, timeout=_PATIENCE).json())
        key_set = as_object(
            _loopback.send(str(configuration["jwks_uri"]), timeout=_PATIENCE).json()
        )
        return {"keys": as_list(key_set["keys"])}
    except (KeyError, OSError, ValueError, http.client.HTTPException) as error:
        raise _invalid(f"no key set was given for the issuer {issuer} ({error})") from error


def _scopes(claims: Mapping[str, Any]) -> list[str]:
    found = claims.get("scope", claims.get("scp", ""))
    return found.split() if isinstance(found, str) else [str(scope) for scope in found]


def _text(value: object) -> str:
    """A claim as the integration gets it; lists come in brackets, without commas."""
    if is_list(value):
        return f"[{' '.join(map(str, value))}]"
    return value if isinstance(value, str) else json.dumps(value)


def _ask_function(exchange: Exchange, authorizer: Record) -> None:
    """Ask a Lambda authorizer, or the cache of its answers."""
    identity = _identity(exchange, authorizer)
    ttl = authorizer.get("AuthorizerResultTtlInSeconds", 0)
    key = (authorizer["AuthorizerId"], *identity)
    until, answer = exchange.cache.get(key, (exchange.now, None))
    if until <= exchange.now:
        version = authorizer["AuthorizerPayloadFormatVersion"]
        event = _events.for_authorizer(exchange, version, identity)
        answer = _functions.call(exchange, authorizer["AuthorizerUri"], event)
        if ttl and identity:
            exchange.cache[key] = exchange.now + timedelta(seconds=ttl), answer
    said = as_object(answer)
    if authorizer.get("EnableSimpleResponses"):
        allowed = said.get("isAuthorized")
        if not isinstance(allowed, bool):
            raise refusal(500, "Internal Server Error", "the authorizer did not say isAuthorized")
    else:
        allowed = policy_allows(as_object(said.get("policyDocument")), exchange.route_arn())
    if not allowed:
        raise refusal(403, "Forbidden", "the authorizer said no")
    context = as_object(said.get("context"))
    principal = {name: said[name] for name in ("principalId",) if name in said}
    exchange.authorizer = {"lambda": context}, {**principal, **context}
    exchange.variables |= {
        f"authorizer.{name}": _text(value) for name, value in (principal | context).items()
    }


def policy_allows(policy: Mapping[str, Any], arn: str) -> bool:
    """Whether an IAM policy allows a request: some statement must, and none may deny."""
    if "Statement" not in policy:
        raise refusal(500, "Internal Server Error", "the authorizer's answer has no policy")
    effects = {
        each.get("Effect")
        for each in map(as_object, as_list(policy["Statement"]))
        if _matches(each.get("Action"), "execute-api:Invoke")
        and _matches(each.get("Resource"), arn)
    }
    return "Allow" in effects and "Deny" not in effects


def _matches(patterns: object, text: str) -> bool:
    return any(
        fnmatch.fnmatchcase(text, str(pattern).replace("[", "[[]")) for pattern in as_list(patterns)
    )
