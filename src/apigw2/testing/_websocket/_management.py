"""Requests other than handshakes, mainly `@connections`."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from apigw2.testing._errors import Dropped
from apigw2.testing._faults import OF_CONNECTIONS, Fault
from apigw2.testing._http import Response, json_response
from apigw2.testing._signature import is_signed
from apigw2.testing._websocket._exchange import MAX_MESSAGE, forbidden

if TYPE_CHECKING:
    from datetime import datetime

    from apigw2.testing._dataplane import Target
    from apigw2.testing._http import Request
    from apigw2.testing._websocket._exchange import OpenConnection, Place
    from apigw2.testing._websocket._plane import WebSockets

_PATH: Final = re.compile(r"/(?:@|%40)connections/([^/]+)/?")
_ID: Final = re.compile(r"[A-Za-z0-9_-]{15}=")
_UPGRADE: Final = {"upgrade": "websocket"}
_NORMAL: Final = 1000
_ERROR_TYPE: Final = "x-amzn-errortype"


def _error(status: int, kind: str, message: str, reason: str = "") -> Response:
    return json_response(
        status, {"message": message}, {_ERROR_TYPE: kind}, reason=reason or message
    )


def _unauthenticated(reason: str) -> Response:
    message = "Missing Authentication Token"
    return _error(403, "MissingAuthenticationTokenException", message, reason)


def answer(plane: WebSockets, target: Target, timeout: float | None) -> Response:
    """Answer a request to a WebSocket API that is not a handshake.

    Args:
        plane: The data plane.
        target: The stage, and the request.
        timeout: Seconds that the client waits for the response.

    Raises:
        Dropped: A fault drops the connection.
        TimeoutError: A fault delays the response beyond the timeout.
    """
    place, path = plane.place_of(target), target.request.path
    if place is None:
        return plane.refuse(target, forbidden(target))
    found = _PATH.fullmatch(path)
    if found is None:
        # The status was observed in dherault/serverless-offline's tests against the service.
        reason = "this is a WebSocket API"
        response = json_response(426, {"message": "Upgrade Required"}, _UPGRADE, reason=reason)
        return plane.refuse(target, response)
    start, connection_id = time.perf_counter(), unquote(found[1])
    method = target.request.method
    operation = OF_CONNECTIONS.get(method)
    fault = Fault() if operation is None else plane.faults.take(operation)
    response = fault.damaged(
        _failed(fault)
        or _check_caller(plane, place, target.request)
        or _check_message(connection_id, target.request)
        or _carry_out(plane, place, connection_id, target.request)
    )
    fault.wait(timeout)
    status, reason = 0 if fault.drops else response.status, response.reason
    plane.note(method, place, "@connections", status=status, start=start, reason=reason)
    if fault.drops:
        raise Dropped
    return response


def _failed(fault: Fault) -> Response | None:
    """The error response of a fault."""
    if fault.kind == "throttle":
        return _error(429, "LimitExceededException", "Too Many Requests")
    if fault.kind == "server_error":
        return _error(500, "InternalServerException", "Internal server error")
    return None


def _check_caller(plane: WebSockets, place: Place, request: Request) -> Response | None:
    """Reject a request that the stage does not accept."""
    if not is_signed(request):
        return _unauthenticated("@connections requires requests signed with Signature Version 4")
    deployed = plane.look_up(place)
    if deployed is None:
        reason = f"nothing is deployed to {place.stage_name}"
        return _error(403, "ForbiddenException", "Forbidden", reason)
    if not place.is_custom and deployed.snapshot.api["DisableExecuteApiEndpoint"]:
        reason = "the API's default endpoint is disabled"
        return _error(404, "NotFoundException", "Not Found", reason)
    return None


def _check_message(connection_id: str, request: Request) -> Response | None:
    """Reject a request that is invalid for any connection."""
    if request.method not in OF_CONNECTIONS:
        return _unauthenticated(f"@connections does not support {request.method}")
    if not _ID.fullmatch(connection_id):
        # Observed in localstack/localstack#4694.
        return _error(400, "BadRequestException", f"Invalid connectionId: {connection_id}")
    if request.method == "POST" and len(request.body) > MAX_MESSAGE:
        message = f"The message is longer than {MAX_MESSAGE} bytes"
        return _error(413, "PayloadTooLargeException", message)
    return None


def _carry_out(plane: WebSockets, place: Place, connection_id: str, request: Request) -> Response:
    """PostToConnection, GetConnection and DeleteConnection."""
    connection = plane.find(place, connection_id)
    if connection is None:
        # The body is empty: beyondcode/laravel-echo-api-gateway#9, aws/aws-sdk-java#2200.
        return Response(
            status=410,
            headers={_ERROR_TYPE: "GoneException"},
            reason=f"there is no open connection {connection_id}",
        )
    if request.method == "POST":
        plane.deliver(connection, request.body.decode(errors="replace"))
        return Response(status=200)
    if request.method == "DELETE":
        plane.close(connection, _NORMAL, "")
        return Response(status=204)
    return json_response(200, _description(connection))


def _description(connection: OpenConnection) -> dict[str, object]:
    return {
        "connectedAt": _date(connection.connected_at),
        "identity": {
            "sourceIp": connection.source_ip,
            "userAgent": connection.user_agent or "",
        },
        "lastActiveAt": _date(connection.last_active_at),
    }


def _date(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03}Z"
