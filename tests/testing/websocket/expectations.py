"""Expectations of WebSocket APIs in the tests of other projects.

Each expectation has a function, a message and the response, and names the test. Where the local
gateway responds differently, `ours` is its response and `why` the source: the documentation of AWS
and observations of the service outweigh an emulator.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

JSON = Any

MINISTACK = "ministackorg/ministack tests/test_apigatewayv2.py"
ONE_WAY = "dherault/serverless-offline tests/integration/websocket-oneway"
TWO_WAY = "dherault/serverless-offline tests/integration/websocket-twoway"
AUTHORIZER = "dherault/serverless-offline tests/integration/websocket-authorizer"
E2E = "dherault/serverless-offline tests/manual/websocket/main/test/e2e/ws.e2e.js"
SELECTION = "dherault/serverless-offline tests/manual/websocket/RouteSelection/test/e2e/ws.e2e.js"


@attrs.frozen(kw_only=True)
class Expectation:
    """An expectation of a test of another project.

    Attributes:
        source: The test.
        result: The result of the function, or a function of the event.
        message: What the client sends.
        answer: The message that the client receives, `None` for no message, or the status of a
            rejected handshake.
        ours: The same of the local gateway, if it differs.
        why: The source that confirms the local gateway.
        two_way: Whether the routes have route responses.
        connect: Whether the API has a `$connect` route to the function.
        expression: The route selection expression.
        routes: The keys of the other routes.
        query: The query of the handshake.
    """

    source: str
    result: Callable[[JSON], JSON] | JSON
    message: str = '{"action": "x"}'
    answer: str | int | None
    ours: str | int | None = "the same"
    why: str = ""
    two_way: bool = False
    connect: bool = False
    expression: str = "$request.body.action"
    routes: tuple[str, ...] = ("$default",)
    query: dict[str, str | list[str]] = attrs.field(factory=dict[str, "str | list[str]"])


def _echo(event: JSON) -> JSON:
    return {"statusCode": 200, "body": event.get("body")}


def _status_of_query(event: JSON) -> JSON:
    status = event.get("queryStringParameters", {}).get("statusCode", 200)
    return {"statusCode": int(status), "body": event.get("body")}


def _fail(_event: JSON) -> JSON:
    raise ValueError("failed")


def _fail_on_connect(event: JSON) -> JSON:
    return _fail(event) if event["requestContext"]["eventType"] == "CONNECT" else _echo(event)


def _gate(event: JSON) -> JSON:
    if event["requestContext"]["eventType"] != "CONNECT":
        return {"statusCode": 200, "body": event["requestContext"]["eventType"]}
    tags = event.get("multiValueQueryStringParameters", {}).get("tag")
    token = event.get("queryStringParameters", {}).get("token")
    return {"statusCode": 200 if (token, tags) == ("abc", ["a", "b"]) else 401}


def _route_key(event: JSON) -> JSON:
    return {"statusCode": 200, "body": event["requestContext"]["routeKey"]}


_HELLO = json.dumps({"hello": "world"})

EXPECTATIONS = (
    Expectation(
        source=f"{MINISTACK} test_ws_connect_and_echo_via_default_route",
        result=_echo,
        message=_HELLO,
        answer=_HELLO,
        ours=None,
        why="developer guide, 'Set up route responses': without a route response nothing is sent",
    ),
    Expectation(
        source=f"{MINISTACK} test_ws_connect_route_accepts",
        result=_echo,
        message=_HELLO,
        answer=_HELLO,
        connect=True,
        ours=None,
        why="developer guide, 'Set up route responses': without a route response nothing is sent",
    ),
    Expectation(
        source=f"{MINISTACK} test_ws_connect_route_rejects",
        result={"statusCode": 401, "body": "denied"},
        answer=401,
        connect=True,
    ),
    Expectation(
        source=f"{MINISTACK} test_ws_connect_receives_query_string_parameters",
        result=_gate,
        answer=401,
        connect=True,
    ),
    Expectation(
        source=f"{MINISTACK} test_ws_connect_receives_query_string_parameters",
        result=_gate,
        answer="MESSAGE",
        connect=True,
        two_way=True,
        query={"token": "abc", "tag": ["a", "b"]},
    ),
    Expectation(source=ONE_WAY, result=_echo, message=_HELLO, answer=None),
    Expectation(source=ONE_WAY, result=_fail, message=_HELLO, answer="Internal server error"),
    Expectation(source=TWO_WAY, result=_echo, message=_HELLO, answer=_HELLO, two_way=True),
    Expectation(
        source=TWO_WAY, result=_fail, message=_HELLO, answer="Internal server error", two_way=True
    ),
    *(
        Expectation(
            source=TWO_WAY,
            result=_status_of_query,
            answer=status,
            connect=True,
            two_way=True,
            query={"statusCode": str(status)},
        )
        for status in (401, 500, 501, 502)
    ),
    Expectation(source=TWO_WAY, result=_fail_on_connect, answer=502, connect=True, two_way=True),
    Expectation(
        source=f"{E2E} should call default handler when no such action exists",
        result=_route_key,
        message='{"action": "action1"}',
        answer="$default",
        two_way=True,
        routes=("$default", "getClientInfo"),
    ),
    Expectation(
        source=f"{E2E} should call default handler when no action provided",
        result=_route_key,
        message=_HELLO,
        answer="$default",
        two_way=True,
        routes=("$default", "getClientInfo"),
    ),
    Expectation(
        source=f"{E2E} should respond when having an internal server error",
        result=_fail,
        message='{"action": "makeError"}',
        answer="Internal server error",
        routes=("makeError",),
    ),
    Expectation(
        source=f"{E2E} should respond via callback",
        result=None,
        message='{"action": "replyViaCallback"}',
        answer=None,
        routes=("replyViaCallback",),
    ),
    Expectation(
        source=SELECTION,
        result=_route_key,
        message='{"message": "1", "service": {"do": "echo"}}',
        answer="echo",
        two_way=True,
        expression="$request.body.service.do",
        routes=("$default", "echo"),
    ),
)

_ALLOW: JSON = {
    "principalId": "user123",
    "policyDocument": {
        "Version": "2012-10-17",
        "Statement": [
            {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "METHOD_ARN"}
        ],
    },
}
_DENY: JSON = json.loads(json.dumps(_ALLOW).replace("Allow", "Deny"))

AUTHORIZERS: tuple[tuple[str, JSON, int, int, str], ...] = (
    # (the test, the result of the authorizer, the expected status, our status, the source)
    ("with valid request", _ALLOW | {"context": {"example": "Example value"}}, 101, 101, ""),
    ("without valid request", _DENY, 403, 403, ""),
    ("without context", _ALLOW, 101, 101, ""),
    ("with authorizer crash", ValueError("Failed"), 500, 500, ""),
    (
        "without credentials",
        "Unauthorized",
        401,
        500,
        "developer guide, 'Lambda REQUEST authorizers': 401 is for a function that fails with it",
    ),
)

CONNECTIONS: tuple[tuple[str, str, str, int, int, str], ...] = (
    # (the test, the method, the connection, the expected status, our status, the source)
    (f"{MINISTACK} test_ws_post_to_connection_from_management_api", "POST", "open", 200, 200, ""),
    (f"{MINISTACK} test_ws_get_connection_returns_metadata", "GET", "open", 200, 200, ""),
    (f"{MINISTACK} test_ws_delete_connection_closes_socket", "DELETE", "open", 204, 204, ""),
    (
        f"{MINISTACK} test_ws_post_to_unknown_connection_returns_410",
        "POST",
        "0123456789abcdef0123456789abcdef",
        410,
        400,
        "localstack/localstack#4694: an identifier of another form is a BadRequestException",
    ),
    (f"{E2E} should be able to receive messages via REST API", "POST", "open", 200, 200, ""),
    (
        f"{E2E} should receive error code when sending to a recently closed client via REST API",
        "POST",
        "closed",
        410,
        410,
        "",
    ),
    (
        f"{E2E} should be able to close connections via REST API",
        "DELETE",
        "open",
        200,
        204,
        "the service model of apigatewaymanagementapi: DeleteConnection answers with 204",
    ),
    (
        f"{E2E} should receive error code when deleting a previously closed client via REST API",
        "DELETE",
        "closed",
        410,
        410,
        "",
    ),
)
