"""The events that Lambda functions get.

Their shapes are those in the developer guide: "Create AWS Lambda proxy integrations for HTTP APIs"
and "Control access to HTTP APIs with AWS Lambda authorizers".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apigw2.testing._dataplane._exchange import Exchange

_IDENTITY = (
    "accessKey",
    "accountId",
    "caller",
    "cognitoAuthenticationProvider",
    "cognitoAuthenticationType",
    "cognitoIdentityId",
    "cognitoIdentityPoolId",
    "principalOrgId",
    "user",
    "userArn",
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
    """What the events for functions and for authorizers have in common."""
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
    event["headers"] = {k: v for k, v in request.headers.items() if k != "cookie"}
    if request.query:
        event["queryStringParameters"] = {k: ",".join(v) for k, v in request.query.items()}
    event["requestContext"] = _context_2(exchange)
    if exchange.path_parameters:
        event["pathParameters"] = exchange.path_parameters
    if exchange.stage_variables:
        event["stageVariables"] = dict(exchange.stage_variables)
    return event


def _request_1(exchange: Exchange) -> dict[str, Any]:
    request, context = exchange.request, exchange.context()
    resource = exchange.route["RouteKey"].partition(" ")[2] or "$default"
    identity: dict[str, Any] = dict.fromkeys(_IDENTITY)
    identity["sourceIp"] = context["identity.sourceIp"]
    identity["userAgent"] = context["identity.userAgent"]
    request_context: dict[str, Any] = {
        "accountId": context["accountId"],
        "apiId": context["apiId"],
        "domainName": context["domainName"],
        "domainPrefix": context["domainPrefix"],
        "extendedRequestId": context["extendedRequestId"],
        "httpMethod": context["httpMethod"],
        "identity": identity,
        "path": context["path"],
        "protocol": context["protocol"],
        "requestId": context["requestId"],
        "requestTime": context["requestTime"],
        "requestTimeEpoch": int(context["requestTimeEpoch"]),
        "resourceId": exchange.route["RouteKey"],
        "resourcePath": resource,
        "stage": context["stage"],
    }
    if exchange.authorizer is not None:
        request_context["authorizer"] = exchange.authorizer[1]
    return {
        "version": "1.0",
        "resource": resource,
        "path": context["path"],
        "httpMethod": context["httpMethod"],
        "headers": dict(request.headers),
        "multiValueHeaders": {k: v.split(",") for k, v in request.headers.items()},
        "queryStringParameters": {k: v[-1] for k, v in request.query.items()} or None,
        "multiValueQueryStringParameters": request.query or None,
        "requestContext": request_context,
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
