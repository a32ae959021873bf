"""Connections, and their events."""

from __future__ import annotations

import json
from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

import attrs

from apigw2.testing._http import Response, json_response

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from apigw2.testing._control.stages import DeployedApi
    from apigw2.testing._dataplane import Backends, Target
    from apigw2.testing._dataplane._throttling import Throttles
    from apigw2.testing._http import Request
    from apigw2.testing._protocol import Record

CONNECT: Final = "$connect"
DISCONNECT: Final = "$disconnect"
DEFAULT: Final = "$default"

IDLE: Final = timedelta(minutes=10)
LIFETIME: Final = timedelta(hours=2)
MAX_MESSAGE: Final = 128 * 1024
MAX_FRAME: Final = 32 * 1024
"""Developer guide, "Quotas for configuring and running a WebSocket API"."""

UNSUPPORTED: Final = 1003
"""The close code for a binary message."""

NO_STATUS: Final = (1005, "Client-side close frame status not set")
"""Code and reason in `$disconnect` for a close frame that has none."""

_REASONS: Final = 100  # kept per connection


@attrs.frozen(kw_only=True)
class Place:
    """The stage that a client calls, and the host.

    Attributes:
        api_id: The API.
        stage_name: The stage.
        domain_name: The host.
        is_custom: Whether the host is a custom domain name.
    """

    api_id: str
    stage_name: str
    domain_name: str
    is_custom: bool = False

    @property
    def endpoint_url(self) -> str:
        """The URL of `@connections` at the default endpoint."""
        return f"https://{self.domain_name}/{self.stage_name}"


@attrs.frozen(kw_only=True)
class Deployed:
    """The current deployment of a stage of a WebSocket API.

    Attributes:
        snapshot: The deployed configuration.
        stage: The stage's record.
        backends: The backends of the API.
        throttles: The stage's token buckets.
        account_id: The owner of the API.
        region_name: The region.
    """

    snapshot: DeployedApi
    stage: Record
    backends: Backends
    throttles: Throttles
    account_id: str
    region_name: str

    def route(self, key: str) -> Record | None:
        """The route with a key."""
        return next((each for each in self.snapshot.routes if each["RouteKey"] == key), None)

    def integration(self, route: Record) -> Record | None:
        """The integration of a route."""
        return self.snapshot.integrations.get(route.get("Target", "").removeprefix("integrations/"))

    @property
    def stage_variables(self) -> Mapping[str, str]:
        """The stage variables."""
        variables: Mapping[str, str] = self.stage["StageVariables"]
        return variables


class Link(Protocol):
    """The link to a client: a socket, or an in-process inbox."""

    def deliver(self, text: str) -> None:
        """Send a message; a client that has disconnected is not an error."""
        ...

    def hang_up(self, code: int, reason: str) -> None:
        """Close the connection as the gateway."""
        ...


@attrs.define(kw_only=True, eq=False)
class OpenConnection:
    """An open connection of a client.

    Attributes:
        id: The connection's identifier.
        place: The stage and the host that the client called.
        connected_at: Time of the handshake.
        last_active_at: Time of the last message in either direction.
        source_ip: The client's address.
        user_agent: User agent of the client.
        api_key: The API key and its identifier, if the route required one.
        authorizer: Authorizer context for integrations.
        subprotocol: The subprotocol that `$connect` chose.
        reasons: The reasons of responses of the gateway itself.
        link: The link to the client, after the handshake.
        is_served: Whether the link is a socket.
    """

    id: str
    place: Place
    connected_at: datetime
    last_active_at: datetime
    source_ip: str
    user_agent: str | None
    api_key: tuple[str, str] | None = None
    authorizer: Record | None = None
    subprotocol: str | None = None
    reasons: deque[str] = attrs.field(factory=lambda: deque[str](maxlen=_REASONS))
    link: Link | None = None
    is_served: bool = False

    @property
    def expires_at(self) -> datetime:
        """The time at which the gateway closes the connection without further messages."""
        return min(self.last_active_at + IDLE, self.connected_at + LIFETIME)


@attrs.frozen(kw_only=True)
class RouteEvent:
    """A connect, message or disconnect event of a connection.

    Attributes:
        kind: `CONNECT`, `MESSAGE` or `DISCONNECT`.
        connection: The connection.
        deployed: The current deployment of the stage.
        route: The route's record.
        now: The time.
        request_id: The identifier of the request.
        request: The handshake; only for `CONNECT`.
        body: The message; only for `MESSAGE`.
        message_id: The message's identifier; only for `MESSAGE`.
        closing: The close code and reason; only for `DISCONNECT`.
    """

    kind: str
    connection: OpenConnection
    deployed: Deployed
    route: Record
    now: datetime
    request_id: str
    request: Request | None = None
    body: str | None = None
    message_id: str = ""
    closing: tuple[int, str] | None = None

    @property
    def answers(self) -> bool:
        """Whether the route sends the integration's response to the client.

        This needs a route response selection expression and a route response, for both of which
        `$default` is the only key (developer guide, "Set up route responses for WebSocket APIs in
        API Gateway").
        """
        responses = self.deployed.snapshot.route_responses.get(self.route["RouteId"], ())
        chosen = self.route.get("RouteResponseSelectionExpression", "").replace("\\$", "$")
        return chosen == DEFAULT and any(
            each["RouteResponseKey"].replace("\\$", "$") == DEFAULT for each in responses
        )


@attrs.frozen(kw_only=True)
class Outcome:
    """The outcome of an integration.

    Attributes:
        status: Status of the response.
        body: Body of the response, if it has one.
        headers: Headers of the response, under lower-case names.
    """

    status: int
    body: str | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])


class RefusedError(Exception):
    """The gateway rejects a connection.

    Attributes:
        response: The response to the handshake.
    """

    def __init__(self, response: Response) -> None:
        super().__init__(response.reason)
        self.response = response


class IntegrationError(Exception):
    """An integration failed.

    Attributes:
        message: The error message for the client.
        status: Status of the response to the handshake, for `$connect`. The error frame of a
            message has no status.
    """

    def __init__(
        self, reason: str, *, message: str = "Internal server error", status: int = 502
    ) -> None:
        super().__init__(reason)
        self.message = message
        self.status = status


def refuse(status: int, message: str, reason: str, **ids: str) -> RefusedError:
    """Create a rejection of a handshake with a message in the service's format."""
    return RefusedError(json_response(status, {"message": message, **ids}, reason=reason))


def forbidden(target: Target) -> Response:
    """Answer a request without a stage, for example to `/@connections` (aws/aws-sdk-php#1955)."""
    reason = f"{target.request.path} is not the path of a stage of WebSocket API {target.api_id}"
    return json_response(403, {"message": "Forbidden"}, reason=reason)


def text_of(value: Any) -> str:  # noqa: ANN401 - any JSON
    """A JSON value as text, for selection expressions and parameter mappings."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
