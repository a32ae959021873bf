"""Captured events of WebSocket APIs, described by their keys and types.

Each description has the keys of a public capture in their order, without the values of somebody's
account.
"""

from __future__ import annotations

TITLE = ("Host", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "X-Amzn-Trace-Id")
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto")
CONTEXT = {
    "CONNECT": (
        "routeKey", "eventType", "extendedRequestId", "requestTime", "messageDirection", "stage",
        "connectedAt", "requestTimeEpoch", "identity", "requestId", "domainName", "connectionId",
        "apiId",
    ),
    "MESSAGE": (
        "routeKey", "messageId", "eventType", "extendedRequestId", "requestTime",
        "messageDirection", "stage", "connectedAt", "requestTimeEpoch", "identity", "requestId",
        "domainName", "connectionId", "apiId",
    ),
    "DISCONNECT": (
        "routeKey", "disconnectStatusCode", "eventType", "extendedRequestId", "requestTime",
        "messageDirection", "disconnectReason", "stage", "connectedAt", "requestTimeEpoch",
        "identity", "requestId", "domainName", "connectionId", "apiId",
    ),
}  # fmt: skip
"""The same in every capture: aws/aws-lambda-go `apigw-websocket-request-{send-message,disconnect}
.json`, awslabs/aws-lambda-rust-runtime `example-apigw-websocket-request-*.json`, and three READMEs
of 2022 to 2025 that print all three kinds."""

TYPES = {
    "connectedAt": int,
    "requestTimeEpoch": int,
    "disconnectStatusCode": int,
    "identity": dict,
    "authorizer": dict,
}
"""The types of the members of a request context that are not strings."""

EVENT = {
    "CONNECT": ("headers", "multiValueHeaders", "requestContext", "isBase64Encoded"),
    "MESSAGE": ("requestContext", "body", "isBase64Encoded"),
    "DISCONNECT": ("headers", "multiValueHeaders", "requestContext", "isBase64Encoded"),
}

CONNECT_HEADERS = (
    # (the headers that the client sends, the names that the function receives)
    # a README of 2023: wscat, which sends no User-Agent
    (
        {"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"},
        ("Host", "Sec-WebSocket-Extensions", *TITLE[1:], *FORWARDED),
    ),
    # awslabs/aws-lambda-rust-runtime, example-apigw-websocket-request-without-method.json
    ({"x-api-key": "secret"}, (*TITLE, "x-api-key", *FORWARDED)),
    # a test of 2025: Chrome
    (
        {
            "accept-encoding": "gzip",
            "accept-language": "en",
            "cache-control": "no-cache",
            "connection": "Upgrade",
            "origin": "http://localhost:3000",
            "pragma": "no-cache",
            "sec-websocket-extensions": "permessage-deflate",
            "upgrade": "websocket",
            "user-agent": "Mozilla/5.0",
        },
        (
            "Accept-Encoding", "Accept-Language", "Cache-Control", "Host", "Origin", "Pragma",
            "Sec-WebSocket-Extensions", *TITLE[1:3], "User-Agent", TITLE[3], *FORWARDED,
        ),
    ),
)  # fmt: skip

DISCONNECT_HEADERS = {"x-api-key": "", "X-Forwarded-For": "", "x-restapi": ""}
"""In addition to Host."""
