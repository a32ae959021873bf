"""Lambda authorizers."""

from __future__ import annotations

import fnmatch
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from apigw2.testing._dataplane import _events, _functions
from apigw2.testing._dataplane._exchange import internal_error, refusal
from apigw2.testing._dataplane._tokens import text
from apigw2.testing._json import as_list, as_object

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apigw2.testing._dataplane._exchange import Exchange
    from apigw2.testing._protocol import Record


def ask(exchange: Exchange, authorizer: Record, identity: list[str]) -> None:
    """Get the response of a Lambda authorizer, or its cached response.

    The cache holds the whole response; a policy is evaluated for each request (developer guide,
    "Control access to HTTP APIs with AWS Lambda authorizers").

    Raises:
        Refusal: The authorizer denied the request, or its response is malformed.
    """
    key = (authorizer["AuthorizerId"], *identity)
    cached = exchange.cache.get(key, exchange.now)
    result = _answer(exchange, authorizer, identity) if cached is None else cached
    allowed = _allows(exchange, authorizer, result)
    # Only now, because a malformed answer is not cached (ministackorg/ministack#1370).
    ttl = authorizer.get("AuthorizerResultTtlInSeconds", 0)
    if cached is None and ttl and identity:
        exchange.cache.put(key, exchange.now + timedelta(seconds=ttl), result)
    if not allowed:
        raise refusal(403, "Forbidden", "the authorizer does not allow the request")
    context = as_object(result.get("context"))
    principal = {name: result[name] for name in ("principalId",) if name in result}
    # Format 1.0 starts with null claims and scopes (a public capture of 2024).
    shown = {"claims": None, "scopes": None, **principal, **context}
    exchange.authorizer = {"lambda": context}, shown
    exchange.variables |= {
        f"authorizer.{name}": text(value) for name, value in (principal | context).items()
    }


def _answer(exchange: Exchange, authorizer: Record, identity: list[str]) -> Record:
    """Call the function of an authorizer."""
    version = authorizer["AuthorizerPayloadFormatVersion"]
    event = _events.for_authorizer(exchange, version, identity)
    return as_object(_functions.call_authorizer(exchange, authorizer["AuthorizerUri"], event))


def _allows(exchange: Exchange, authorizer: Record, result: Record) -> bool:
    """Whether an authorizer's answer allows the request.

    Raises:
        Refusal: The answer is malformed.
    """
    if not authorizer.get("EnableSimpleResponses"):
        return policy_allows(as_object(result.get("policyDocument")), exchange.route_arn())
    allowed = result.get("isAuthorized")
    if not isinstance(allowed, bool):
        raise internal_error("the authorizer's answer has no boolean isAuthorized")
    return allowed


def policy_allows(policy: Mapping[str, Any], arn: str) -> bool:
    """Whether an IAM policy allows a request: a statement must allow, and none may deny it."""
    if "Statement" not in policy:
        raise internal_error("the authorizer's answer has no policy")
    effects = {
        str(each.get("Effect"))
        for each in map(as_object, as_list(policy["Statement"]))
        if _matches(each.get("Action"), "execute-api:Invoke")
        and _matches(each.get("Resource"), arn)
    }
    return "Allow" in effects and "Deny" not in effects


def _matches(patterns: object, text: str) -> bool:
    return any(
        fnmatch.fnmatchcase(text, str(pattern).replace("[", "[[]")) for pattern in as_list(patterns)
    )
