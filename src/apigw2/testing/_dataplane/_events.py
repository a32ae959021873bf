"""The events for Lambda functions.

Their shapes are those in the developer guide, "Create AWS Lambda proxy integrations for HTTP APIs"
and "Control access to HTTP APIs with AWS Lambda authorizers", and those of the captures that
`tests/testing/dataplane/captures.py` describes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from apigw2.testing._dataplane._exchange import decode_path

if TYPE_CHECKING:
    from apigw2.testing._dataplane._exchange import Exchange

_IDENTITY: Final = (
    "accessKey",
    "accountId",
    "caller",
    "cognitoAmr",
    "cognitoAuthenticationProvider",
    "cognitoAuthenticationType",
    "cognitoIdentityId",
    "cognitoIdentityPoolId",
    "principalOrgId",
    "sourceIp",
    "user",
    "userAgent",
    "userArn",
)

# In format 1.0, the service renames some headers; all others stay as they were sent.
_TITLE_CASE: Final = re.compile(
    r"content-length|content-type|cookie|host|user-agent|x-amzn-trace-id|x-forwarded-.+",
    re.IGNORECASE,
)
_LOWER_CASE: Final = re.compile(
    r"accept(-.+)?|authorization|cache-control|origin|referer", re.IGNORECASE
)


def _context_2(exchange: Exchange) -> dict[str, Any]:
    context = exchange.context()
    event: dict[str, Any] = {
        name: context[name] for name in ("accountId", "apiId", "domainName", "domainPrefix")
    }
    if exchange.authorizer is not None:
        event["authorizer"] = exchange.authorizer[0]
    return event | {
        "http": {
            "method": context["httpMethod"],
            "path": context["path"],
            "protocol": context["protocol"],
            "sourceIp": context["identity.sourceIp"],
            "userAgent": context["identity.userAgent"],
        },
        "requestId": context["requestId"],
        "routeKey": context["routeKey"],
        "stage": context["stage"],
        "time": context["requestTime"],
        "timeEpoch": int(context["requestTimeEpoch"]),
    }


def _request_2(exchange: Exchange) -> dict[str, Any]:
    """The common part of the events for functions and for authorizers."""
    request = exchange.request
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": exchange.route["RouteKey"],
        "rawPath": exchange.full_path,
        "rawQueryString": request.raw_query,
    }
    cookies = request.headers.get("cookie")
    if cookies:
        event["cookies"] = [cookie.strip() for cookie in cookies.split(";")]
    event["headers"] = {k: v for k, v in sorted(request.headers.items()) if k != "cookie"}
    if exchange.query:
        event["queryStringParameters"] = {k: ",".join(v) for k, v in exchange.query.items()}
    event["requestContext"] = _context_2(exchange)
    if exchange.path_parameters:
        event["pathParameters"] = exchange.path_parameters
    if exchange.stage_variables:
        event["stageVariables"] = dict(exchange.stage_variables)
    return event


def _name_1(name: str) -> str:
    """The name of a header in format 1.0, as three public captures of 2021 to 2024 have it."""
    if _TITLE_CASE.fullmatch(name):
        return name.title()
    return name.lower() if _LOWER_CASE.fullmatch(name) else name


def _headers_1(exchange: Exchange) -> dict[str, list[str]]:
    """The headers in format 1.0, with one value per line; commas do not split a line."""
    names: dict[str, str] = {}
    headers: dict[str, list[str]] = {}
    for name, value in exchange.request.lines:
        headers.setdefault(names.setdefault(name.lower(), _name_1(name)), []).append(value)
    return dict(sorted(headers.items()))


def _context_1(exchange: Exchange) -> dict[str, Any]:
    context = exchange.context()
    event: dict[str, Any] = {"accountId": context["accountId"], "apiId": context["apiId"]}
    if exchange.authorizer is not None and exchange.authorizer[1] is not None:
        event["authorizer"] = exchange.authorizer[1]
    return event | {
        "domainName": context["domainName"],
        "domainPrefix": context["domainPrefix"],
        "extendedRequestId": context["extendedRequestId"],
        "httpMethod": context["httpMethod"],
        "identity": {name: context.get(f"identity.{name}") for name in _IDENTITY},
        "path": decode_path(exchange.sent_path),
        "protocol": context["protocol"],
        "requestId": context["requestId"],
        "requestTime": context["requestTime"],
        "requestTimeEpoch": int(context["requestTimeEpoch"]),
        "resourceId": exchange.route["RouteKey"],
        "resourcePath": _resource(exchange),
        "stage": context["stage"],
    }


def _resource(exchange: Exchange) -> str:
    return exchange.route["RouteKey"].partition(" ")[2] or "$default"


def _request_1(exchange: Exchange) -> dict[str, Any]:
    headers, query = _headers_1(exchange), exchange.query
    return {
        "version": "1.0",
        "resource": _resource(exchange),
        "path": exchange.sent_path,
        "httpMethod": exchange.request.method,
        "headers": {name: values[-1] for name, values in headers.items()},
        "multiValueHeaders": headers,
        "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "requestContext": _context_1(exchange),
        "pathParameters": exchange.path_parameters or None,
        "stageVariables": dict(exchange.stage_variables) or None,
    }


def for_function(exchange: Exchange, version: str) -> dict[str, Any]:
    """The event for the function behind a route."""
    body, is_base64 = exchange.text_body() if exchange.request.body else (None, False)
    if version == "1.0":
        return _request_1(exchange) | {"body": body, "isBase64Encoded": is_base64}
    event = _request_2(exchange)
    if body is not None:
        event["body"] = body
    return event | {"isBase64Encoded": is_base64}


def for_authorizer(exchange: Exchange, version: str, identity: list[str]) -> dict[str, Any]:
    """The event for a Lambda authorizer.

    Args:
        exchange: The request.
        version: The payload format.
        identity: The values of the identity sources.
    """
    event: dict[str, Any] = {"type": "REQUEST"}
    if version == "1.0":
        joined = ",".join(identity)
        event |= {
            "methodArn": exchange.route_arn(),
            "identitySource": joined,
            "authorizationToken": joined,
        }
        return event | _request_1(exchange)
    event |= {"routeArn": exchange.route_arn(), "identitySource": identity or None}
    return event | _request_2(exchange)
