"""Route selection for messages, and the responses to clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apigw2.testing._websocket import _models
from apigw2.testing._websocket._exchange import CONNECT, DEFAULT, DISCONNECT, IntegrationError
from apigw2.testing._websocket._expressions import evaluate, is_json
from apigw2.testing._websocket._integrations import integrate

if TYPE_CHECKING:
    from datetime import datetime

    from apigw2.testing._protocol import Record
    from apigw2.testing._websocket._exchange import Deployed, RouteEvent

# The frames are those that clients receive from the service: aws-samples/simple-websockets-chat-app
# #24, and for models the developer guide, "Request validation for WebSocket APIs in API Gateway".
_ERROR: Final = '{{"message": "{}", "connectionId":"{}", "requestId":"{}"}}'
_BAD_REQUEST: Final = 400
_BAD_BODY: Final = '{{"message" : "Bad request body", "connectionId": "{}", "messageId": "{}"}}'


def error_frame(error: IntegrationError, event: RouteEvent) -> str:
    """The error frame for a message that the gateway itself answers."""
    if error.status == _BAD_REQUEST:
        return _BAD_BODY.format(event.connection.id, event.message_id)
    return _ERROR.format(error.message, event.connection.id, event.request_id)


def select(event: RouteEvent) -> Record:
    """Select the route for a message.

    A message that is not JSON, or has no matching route, goes to `$default`. No message reaches
    `$connect` or `$disconnect`.

    Raises:
        IntegrationError: No route matches the message.
    """
    deployed, key = event.deployed, DEFAULT
    if is_json(event.body or ""):
        key = evaluate(deployed.snapshot.api["RouteSelectionExpression"], event)
    found = None if key in (CONNECT, DISCONNECT) else deployed.route(key)
    route = found or deployed.route(DEFAULT)
    if route is None:
        reason = f"no route matches {(event.body or '')[:100]!r}"
        raise IntegrationError(reason, message="Forbidden", status=403)
    return route


def throttled(deployed: Deployed, route: Record, now: datetime) -> str | None:
    """Count a request to a route, and return the reason if it exceeds the limits of the route."""
    if deployed.throttles.take(deployed.stage, route["RouteKey"], now):
        return None
    return f"{route['RouteKey']} has reached its throttling limits"


def answer(event: RouteEvent) -> str | None:
    """Run the route of a message.

    Returns:
        The message for the client, or `None`.

    Raises:
        IntegrationError: The client gets an error.
    """
    limited = throttled(event.deployed, event.route, event.now)
    if limited:
        raise IntegrationError(limited, message="Too Many Requests", status=429)
    problem = _models.problem(event)
    if problem:
        raise IntegrationError(problem, message="Bad request body", status=_BAD_REQUEST)
    integration = event.deployed.integration(event.route)
    if integration is None:
        raise IntegrationError(f"{event.route['RouteKey']} has no integration")
    outcome = integrate(event, integration)
    return outcome.body if event.answers else None
