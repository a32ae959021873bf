"""The handshake: the `$connect` route with its authorizer and API key."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from apigw2.testing._dataplane import _head
from apigw2.testing._dataplane._exchange import Refusal
from apigw2.testing._dataplane._functions import AUTHORIZER_TIMEOUT
from apigw2.testing._dataplane._lambda_authorizers import policy_allows
from apigw2.testing._http import Response
from apigw2.testing._json import as_object
from apigw2.testing._signature import is_signed
from apigw2.testing._websocket import _events
from apigw2.testing._websocket._exchange import (
    CONNECT,
    IntegrationError,
    RefusedError,
    refuse,
    text_of,
)
from apigw2.testing._websocket._expressions import mapped
from apigw2.testing._websocket._integrations import integrate, run_function

if TYPE_CHECKING:
    from apigw2.testing._protocol import Record
    from apigw2.testing._websocket._exchange import Outcome, RouteEvent

_SUBPROTOCOL: Final = "sec-websocket-protocol"
_SUCCESS: Final = range(200, 300)
_CONTEXT_LIMIT: Final = 8 * 1024  # bytes (developer guide, quotas of WebSocket APIs)


def shake_hands(event: RouteEvent) -> None:
    """Authorize a connection, and store the data for its later events.

    Raises:
        RefusedError: The connection is rejected.
    """
    route, usage_key = event.route, ""
    if route["AuthorizationType"] == "AWS_IAM":
        _require_signature(event)
    elif route["AuthorizationType"] == "CUSTOM":
        authorizer = event.deployed.snapshot.authorizers[route["AuthorizerId"]]
        usage_key = _ask_authorizer(event, authorizer)
    if route["ApiKeyRequired"]:
        _require_key(event, usage_key)
    _require_parameters(event)
    integration = event.deployed.integration(route)
    if integration is None:  # optional: developer guide, "Manage connected users and client apps"
        return
    try:
        outcome = integrate(event, integration)
        if outcome.status in _SUCCESS:
            event.connection.subprotocol = _subprotocol(outcome)
            return
        response = _head.checked(
            Response(
                status=outcome.status,
                body=(outcome.body or "").encode(),
                reason=f"the integration of {CONNECT} answered with {outcome.status}",
            )
        )
    except IntegrationError as error:
        raise _refused(event, error.status, error.message, str(error)) from error
    except ValueError as error:
        raise _refused(event, 502, "Internal server error", str(error)) from error
    raise RefusedError(response)


def _subprotocol(outcome: Outcome) -> str | None:
    """The subprotocol for the client: only one that `$connect` returns.

    Raises:
        ValueError: The subprotocol is not a valid header value.
    """
    given = outcome.headers.get(_SUBPROTOCOL)
    return None if given is None else _head.value_of(_SUBPROTOCOL, given)


def _refused(event: RouteEvent, status: int, message: str, reason: str) -> RefusedError:
    return refuse(
        status,
        message,
        reason,
        connectionId=event.connection.id,
        requestId=event.request_id,
    )


def _require_signature(event: RouteEvent) -> None:
    assert event.request is not None  # noqa: S101 - CONNECT has one
    if not is_signed(event.request):
        reason = "the request is not signed with Signature Version 4 for the service execute-api"
        raise _refused(event, 403, "Forbidden", reason)


def _ask_authorizer(event: RouteEvent, authorizer: Record) -> str:
    """Call the Lambda authorizer, once per connection.

    Returns the API key that it may supply.

    The responses are those of the developer guide, "Control access to WebSocket APIs with AWS
    Lambda REQUEST authorizers": 401 without an identity source, or if the function fails with the
    message `Unauthorized`; 403 if its policy does not allow the connection; 500 otherwise.
    """
    for source in authorizer.get("IdentitySource", ()):
        if not mapped(source, event):
            raise _refused(event, 401, "Unauthorized", f"the request has no {source}")
    deployed, connection = event.deployed, event.connection
    arn = (
        f"arn:aws:execute-api:{deployed.region_name}:{deployed.account_id}:"
        f"{connection.place.api_id}/{connection.place.stage_name}/{CONNECT}"
    )
    started = time.perf_counter()
    try:
        answer = run_function(
            event,
            authorizer["AuthorizerUri"],
            _events.for_authorizer(event, arn),
            AUTHORIZER_TIMEOUT,
        )
        result = as_object(answer)
        allowed = policy_allows(as_object(result.get("policyDocument")), arn)
    except IntegrationError as error:
        if str(error.__cause__) == "Unauthorized":
            raise _refused(event, 401, "Unauthorized", str(error)) from error
        raise _refused(event, 500, "Internal server error", str(error)) from error
    except Refusal as error:
        raise _refused(event, 500, "Internal server error", str(error)) from error
    if not allowed:
        raise _refused(event, 403, "Forbidden", "the authorizer's policy does not allow it")
    context = {name: text_of(value) for name, value in as_object(result.get("context")).items()}
    if sum(len(name) + len(value) for name, value in context.items()) > _CONTEXT_LIMIT:
        raise _refused(event, 500, "Internal server error", "the authorizer's context is too long")
    connection.authorizer = {
        **context,
        "principalId": text_of(result.get("principalId")),
        "integrationLatency": round((time.perf_counter() - started) * 1000),
    }
    return text_of(result.get("usageIdentifierKey")) or context.get("usageIdentifierKey", "")


def _require_key(event: RouteEvent, usage_key: str) -> None:
    """Require an API key from the source that the API's selection expression names.

    The developer guide, "WebSocket selection expressions", lists two sources.
    """
    request, connection = event.request, event.connection
    assert request is not None  # noqa: S101 - CONNECT has one
    key = request.headers.get("x-api-key", "")
    if "usageIdentifierKey" in event.deployed.snapshot.api["ApiKeySelectionExpression"]:
        key = usage_key
    key_id = event.deployed.backends.api_keys.get(key)
    if key_id is None:
        raise _refused(
            event, 403, "Forbidden", "the request has no registered API key; use add_api_key()"
        )
    connection.api_key = key, key_id


def _require_parameters(event: RouteEvent) -> None:
    """Require the parameters that the route declares as required."""
    parameters: Record = event.route.get("RequestParameters", {})
    missing = [
        name.removeprefix("route.request.").partition(".")[2]
        for name, constraints in parameters.items()
        if as_object(constraints).get("Required") and mapped(name, event) is None
    ]
    if missing:
        names = ", ".join(missing)
        raise _refused(
            event,
            400,
            f"Missing required request parameters: [{names}]",
            f"the request has no {names}",
        )
