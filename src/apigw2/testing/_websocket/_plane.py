"""The life cycle of connections: handshake, messages, disconnect."""

from __future__ import annotations

import base64
import time
from threading import Lock
from typing import TYPE_CHECKING, Final

import attrs

from apigw2.testing._control.stages import deployed, is_deploying
from apigw2.testing._dataplane import DEPLOYING
from apigw2.testing._dataplane._throttling import Throttles
from apigw2.testing._history import ActivityEvent
from apigw2.testing._websocket import _routing
from apigw2.testing._websocket._exchange import (
    CONNECT,
    DEFAULT,
    DISCONNECT,
    Deployed,
    IntegrationError,
    OpenConnection,
    Place,
    RefusedError,
    RouteEvent,
    forbidden,
    refuse,
)
from apigw2.testing._websocket._handshake import shake_hands
from apigw2.testing._websocket._integrations import integrate

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random
    from threading import RLock

    from apigw2.testing._accounts import Accounts
    from apigw2.testing._clock import Clock
    from apigw2.testing._dataplane import Backends, Target
    from apigw2.testing._faults import Faults
    from apigw2.testing._history import Activity
    from apigw2.testing._http import Request, Response
    from apigw2.testing._websocket._exchange import Link

_MAX_CONNECTIONS: Final = 1000
"""Maximum number of socket connections, each with a thread; the service has no such limit."""

_GOING_AWAY: Final = 1001
_SWITCHING: Final = 101


class WebSockets:
    """The data plane of a gateway's WebSocket APIs.

    The gateway's lock is never held while a function or a backend runs.

    Args:
        accounts: The resources of each account and region.
        lock: The lock that guards them.
        backends: The backends of the APIs.
        clock: The gateway's clock.
        random: Source of identifiers, guarded by the same lock.
        activity: The log that each event is recorded in.
        faults: The pending faults of `@connections`.
    """

    def __init__(
        self,
        *,
        accounts: Accounts,
        lock: RLock,
        backends: Backends,
        clock: Clock,
        random: Random,
        activity: Activity,
        faults: Faults,
    ) -> None:
        self.faults = faults
        self._accounts = accounts
        self._lock = lock
        self._backends = backends
        self._clock = clock
        self._random = random
        self._activity = activity
        self._connections: dict[str, OpenConnection] = {}
        self._connections_lock = Lock()

    def _random_bytes(self, length: int) -> bytes:
        with self._lock:
            return self._random.randbytes(length)

    def _new_id(self) -> str:
        """Generate an identifier: 16 characters of base64url that end with `=`."""
        return base64.urlsafe_b64encode(self._random_bytes(11)).decode()

    def place(self, api_id: str | None, stage_name: str | None) -> Place:
        """The stage that a test refers to.

        Args:
            api_id: The API; by default the only WebSocket API.
            stage_name: The stage; by default the only one of the API.

        Raises:
            LookupError: There is none, or more than one.
        """
        with self._lock:
            if api_id is None:
                apis = [
                    (control, api)
                    for control, api in self._accounts.apis()
                    if api.record["ProtocolType"] == "WEBSOCKET"
                ]
                if len(apis) != 1:
                    raise LookupError(
                        f"There are {len(apis)} WebSocket APIs: pass api= to name one"
                    )
                control, api = apis[0]
            else:
                control, api = self._accounts.find_api(api_id)
            if stage_name is None:
                stages = api.all("stages", control.now())
                if len(stages) != 1:
                    raise LookupError(f"{api.id} has {len(stages)} stages: pass stage= to name one")
                stage_name = stages[0].id
            region_name = control.account.region_name
        return Place(
            api_id=api.id, stage_name=stage_name, domain_name=_endpoint(api.id, region_name)
        )

    def place_of(self, target: Target) -> Place | None:
        """The target stage of a request; `None` if its path names none."""
        with self._lock:
            control, api = self._accounts.find_api(target.api_id)
            if target.stage_name == DEFAULT and not api.get("stages", DEFAULT, control.now()):
                return None
        domain_name = _endpoint(target.api_id, control.account.region_name)
        if target.domain is not None:
            domain_name = target.domain.name
        return Place(
            api_id=target.api_id,
            stage_name=target.stage_name,
            domain_name=domain_name,
            is_custom=target.domain is not None,
        )

    def place_of_handshake(self, target: Target) -> Place | Response:
        """The target stage of a handshake, or the response to it if its path is that of none."""
        place = self.place_of(target)
        if place is None or target.request.path.strip("/"):
            return self.refuse(target, forbidden(target))
        return place

    def look_up(self, place: Place) -> Deployed | None:
        """The current deployment of a stage of a WebSocket API, or `None`."""
        with self._lock:
            try:
                control, api = self._accounts.find_api(place.api_id)
            except LookupError:
                return None
            stage = api.get("stages", place.stage_name, control.now())
            snapshot = deployed(control, api, stage) if stage else None
            if stage is None or snapshot is None or api.record["ProtocolType"] != "WEBSOCKET":
                return None
            return Deployed(
                snapshot=snapshot,
                stage=stage.record,
                backends=self._backends,
                throttles=stage.hidden.setdefault("throttles", Throttles()),
                account_id=control.account.account_id,
                region_name=control.account.region_name,
            )

    def _why_nothing(self, place: Place) -> str:
        """The reason why a stage serves nothing."""
        with self._lock:
            _, api = self._accounts.find_api(place.api_id)
            hint = f" ({DEPLOYING})" if is_deploying(api) else ""
        return f"nothing is deployed to {place.stage_name}{hint}"

    def open(self, place: Place, request: Request, source_ip: str) -> OpenConnection:
        """Answer a handshake.

        The connection cannot be found before `activate()`.

        Raises:
            RefusedError: The connection is rejected.
        """
        start = time.perf_counter()
        try:
            connection = self._open(place, request, source_ip)
        except RefusedError as error:
            refused = error.response
            self.note(
                "GET", place, CONNECT, status=refused.status, start=start, reason=refused.reason
            )
            raise
        self.note("GET", place, CONNECT, status=_SWITCHING, start=start)
        return connection

    def note(
        self,
        method: str,
        place: Place,
        action: str,
        *,
        status: int,
        start: float,
        reason: str = "",
    ) -> None:
        """Record an event in the activity log.

        Args:
            method: The HTTP method, or the kind of the event.
            place: The stage.
            action: The route key, or `@connections`.
            status: HTTP status, or the equivalent for a message.
            start: Start time by `time.perf_counter()`.
            reason: Reason for a response of the gateway itself.
        """
        self._activity.add(
            ActivityEvent(
                plane="websocket",
                at=self._clock.now(),
                method=method,
                path=f"/{place.stage_name}",
                status=status,
                seconds=time.perf_counter() - start,
                action=action,
                api_id=place.api_id,
                stage=place.stage_name,
                reason=reason,
            )
        )

    def refuse(self, target: Target, response: Response) -> Response:
        """Record a request that is no valid handshake, and return its response."""
        self._activity.add(
            ActivityEvent(
                plane="websocket",
                at=self._clock.now(),
                method=target.request.method,
                path=target.request.path,
                status=response.status,
                seconds=0.0,
                api_id=target.api_id,
                stage=target.stage_name,
                reason=response.reason,
            )
        )
        return response

    def _open(self, place: Place, request: Request, source_ip: str) -> OpenConnection:
        now = self._clock.now()
        deployed = self.look_up(place)
        if deployed is None:
            raise refuse(403, "Forbidden", self._why_nothing(place))
        if not place.is_custom and deployed.snapshot.api["DisableExecuteApiEndpoint"]:
            raise refuse(404, "Not Found", "the API's default endpoint is disabled")
        with self._connections_lock:
            if len(self._connections) >= _MAX_CONNECTIONS:
                reason = f"there are {_MAX_CONNECTIONS} connections"
                raise refuse(429, "Too Many Requests", reason)
        connection = OpenConnection(
            id=self._new_id(),
            place=place,
            connected_at=now,
            last_active_at=now,
            source_ip=source_ip,
            user_agent=request.headers.get("user-agent"),
        )
        route = deployed.route(CONNECT)
        if route is not None:
            limited = _routing.throttled(deployed, route, now)
            if limited:
                raise refuse(429, "Too Many Requests", limited)
            shake_hands(
                RouteEvent(
                    kind="CONNECT",
                    connection=connection,
                    deployed=deployed,
                    route=route,
                    now=now,
                    request_id=self._new_id(),
                    request=self._completed(place, request, source_ip),
                )
            )
        return connection

    def _completed(self, place: Place, request: Request, source_ip: str) -> Request:
        """Add the headers that the service's front end adds to a handshake."""
        trace = f"Root=1-{int(self._clock.now().timestamp()):08x}-{self._random_bytes(12).hex()}"
        added = {
            "host": ("Host", place.domain_name),
            "x-amzn-trace-id": ("X-Amzn-Trace-Id", trace),
            "x-forwarded-for": ("X-Forwarded-For", source_ip),
            "x-forwarded-port": ("X-Forwarded-Port", "443"),
            "x-forwarded-proto": ("X-Forwarded-Proto", "https"),
        }
        kept = [line for line in request.lines if line[0].lower() not in added]
        return request.with_lines([*kept, *added.values()])

    def activate(self, connection: OpenConnection, link: Link) -> None:
        """Register a connection, so that it can be found and closed."""
        connection.link = link
        with self._connections_lock:
            self._connections[connection.id] = connection

    def receive(self, connection: OpenConnection, text: str) -> None:
        """Receive a message from the client, and run its route."""
        start = time.perf_counter()
        now = self.touch(connection)
        deployed = self.look_up(connection.place)
        if deployed is None:  # the stage was deleted
            self.close(connection, _GOING_AWAY, "")
            return
        event = RouteEvent(
            kind="MESSAGE",
            connection=connection,
            deployed=deployed,
            route={"RouteKey": ""},
            now=now,
            request_id=self._new_id(),
            body=text,
            message_id=self._new_id(),
        )
        status, reason = 200, ""
        try:
            event = attrs.evolve(event, route=_routing.select(event))
            answer = _routing.answer(event)
        except IntegrationError as error:
            status, reason = error.status, str(error)
            answer = _routing.error_frame(error, event)
        except ImportError:
            raise  # an extra is missing; the exception says how to install it
        except Exception as error:  # noqa: BLE001 - the service, too, answers whatever happens
            status, reason = 500, f"{type(error).__name__}: {error}"
            answer = _routing.error_frame(IntegrationError(reason), event)
        if reason:
            connection.reasons.append(reason)
        if answer:
            self.deliver(connection, answer)
        key = event.route["RouteKey"]
        self.note("MESSAGE", connection.place, key, status=status, start=start, reason=reason)

    def touch(self, connection: OpenConnection) -> datetime:
        """Record activity on a connection, and return the time."""
        now = connection.last_active_at = self._clock.now()
        return now

    def deliver(self, connection: OpenConnection, text: str) -> None:
        """Send a message to the client."""
        self.touch(connection)
        assert connection.link is not None  # noqa: S101 - only active connections get messages
        connection.link.deliver(text)

    def find(self, place: Place, connection_id: str) -> OpenConnection | None:
        """Find an open connection of a stage."""
        with self._connections_lock:
            connection = self._connections.get(connection_id)
        if connection is None:
            return None
        its = connection.place
        if (its.api_id, its.stage_name) != (place.api_id, place.stage_name):
            return None
        return None if self.expire(connection) else connection

    def expire(self, connection: OpenConnection) -> bool:
        """Close a connection that is idle or too old, and return whether it was closed."""
        if self._clock.now() < connection.expires_at:
            return False
        self.close(connection, _GOING_AWAY, "")
        return True

    def close(self, connection: OpenConnection, code: int, reason: str) -> None:
        """Close a connection as the gateway."""
        assert connection.link is not None  # noqa: S101 - only active connections are closed
        connection.link.hang_up(code, reason)
        self.ended(connection, code, reason)

    def ended(self, connection: OpenConnection, code: int, reason: str) -> None:
        """Remove a closed connection, and call `$disconnect` once, on a best-effort basis."""
        with self._connections_lock:
            if self._connections.pop(connection.id, None) is None:
                return
        start = time.perf_counter()
        problem = self._call_disconnect(connection, (code, reason))
        if problem:
            connection.reasons.append(problem)
        self.note(
            "DISCONNECT", connection.place, DISCONNECT, status=200, start=start, reason=problem
        )

    def _call_disconnect(self, connection: OpenConnection, closing: tuple[int, str]) -> str:
        """Call the integration of `$disconnect`, and return the reason of a failure."""
        deployed = self.look_up(connection.place)
        route = None if deployed is None else deployed.route(DISCONNECT)
        integration = None if deployed is None or route is None else deployed.integration(route)
        if deployed is None or route is None or integration is None:
            return ""
        event = RouteEvent(
            kind="DISCONNECT",
            connection=connection,
            deployed=deployed,
            route=route,
            now=self._clock.now(),
            request_id=self._new_id(),
            closing=closing,
        )
        try:
            integrate(event, integration)
        except IntegrationError as error:
            return str(error)
        except Exception as error:  # noqa: BLE001 - nothing may stop a connection from closing
            return f"{type(error).__name__}: {error}"
        return ""

    def connections(self) -> list[OpenConnection]:
        """The open connections."""
        with self._connections_lock:
            return list(self._connections.values())

    def close_all(self, *, served_only: bool = False) -> None:
        """Close all connections, or only those over sockets."""
        for connection in self.connections():
            if connection.is_served or not served_only:
                self.close(connection, _GOING_AWAY, "")


def _endpoint(api_id: str, region_name: str) -> str:
    return f"{api_id}.execute-api.{region_name}.amazonaws.com"
