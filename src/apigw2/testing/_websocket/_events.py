"""The events of WebSocket APIs for Lambda functions.

The keys and their order are those of events recorded on the service: for all three kinds in
aws/aws-lambda-go (`events/testdata/apigw-websocket-request-*.json`) and
awslabs/aws-lambda-rust-runtime (`example-apigw-websocket-request-*.json`, one with an API key).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from apigw2.testing._clock import log_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from apigw2.testing._http import Line
    from apigw2.testing._websocket._exchange import RouteEvent

_TITLE_CASE: Final = {
    name.lower(): name
    for name in (
        "Accept-Encoding",
        "Accept-Language",
        "Cache-Control",
        "Cookie",
        "Host",
        "Origin",
        "Pragma",
        "Sec-WebSocket-Extensions",
        "Sec-WebSocket-Key",
        "Sec-WebSocket-Protocol",
        "Sec-WebSocket-Version",
        "User-Agent",
        "X-Amzn-Trace-Id",
        "X-Forwarded-For",
        "X-Forwarded-Port",
        "X-Forwarded-Proto",
    )
}
"""The service's spelling of known header names; others stay as they were sent."""

_DROPPED: Final = frozenset({"connection", "content-length", "upgrade"})


def _milliseconds(time: datetime) -> int:
    return round(time.timestamp() * 1000)


def context(event: RouteEvent) -> dict[str, Any]:
    """The request context of an event, which is `$context` in templates."""
    connection = event.connection
    found: dict[str, Any] = {"routeKey": event.route["RouteKey"]}
    if connection.authorizer is not None:
        found["authorizer"] = dict(connection.authorizer)
    if event.closing is not None:
        found["disconnectStatusCode"] = event.closing[0]
    if event.message_id:
        found["messageId"] = event.message_id
    found |= {
        "eventType": event.kind,
        "extendedRequestId": event.request_id,
        "requestTime": log_time(event.now),
        "messageDirection": "IN",
    }
    if event.closing is not None:
        found["disconnectReason"] = event.closing[1]
    identity: dict[str, str] = {}
    if connection.api_key is not None:
        identity["apiKey"], identity["apiKeyId"] = connection.api_key
    if connection.user_agent is not None:
        identity["userAgent"] = connection.user_agent
    identity["sourceIp"] = connection.source_ip
    return found | {
        "stage": connection.place.stage_name,
        "connectedAt": _milliseconds(connection.connected_at),
        "requestTimeEpoch": _milliseconds(event.now),
        "identity": identity,
        "requestId": event.request_id,
        "domainName": connection.place.domain_name,
        "connectionId": connection.id,
        "apiId": connection.place.api_id,
    }


def _headers(lines: Iterable[Line]) -> dict[str, Any]:
    """Both forms of the headers, sorted by name; the single-value form has the last value."""
    several: dict[str, list[str]] = {}
    for name, value in sorted(lines, key=lambda line: line[0].lower()):
        if name.lower() not in _DROPPED:
            several.setdefault(_TITLE_CASE.get(name.lower(), name), []).append(value)
    return {
        "headers": {name: values[-1] for name, values in several.items()},
        "multiValueHeaders": several,
    }


def _handshake(event: RouteEvent) -> dict[str, Any]:
    """The common part of the events for `$connect` and its authorizer."""
    found: dict[str, Any] = {}
    if event.request is not None:
        found = _headers(event.request.lines)
        query = event.request.query
        if query:
            found["queryStringParameters"] = {name: values[-1] for name, values in query.items()}
            found["multiValueQueryStringParameters"] = query
    return found


def for_function(event: RouteEvent) -> dict[str, Any]:
    """The event for the function behind a route."""
    found = _handshake(event)
    if event.kind == "DISCONNECT":
        host = event.connection.place.domain_name
        found = _headers(
            [("Host", host), ("x-api-key", ""), ("X-Forwarded-For", ""), ("x-restapi", "")]
        )
    if event.deployed.stage_variables:
        found["stageVariables"] = dict(event.deployed.stage_variables)
    found["requestContext"] = context(event)
    if event.body is not None:
        found["body"] = event.body
    return found | {"isBase64Encoded": False}


def for_authorizer(event: RouteEvent, arn: str) -> dict[str, Any]:
    """The event for a Lambda authorizer.

    Its form is that of the developer guide, "Control access to WebSocket APIs with AWS Lambda
    REQUEST authorizers".
    """
    return {
        "type": "REQUEST",
        "methodArn": arn,
        **_handshake(event),
        "stageVariables": dict(event.deployed.stage_variables),
        "requestContext": context(event),
    }
