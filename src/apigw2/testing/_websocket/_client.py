"""The client side of a connection, in process and without sockets."""

from __future__ import annotations

import base64
import json
from collections import deque
from collections.abc import Mapping, Sequence
from threading import Condition
from types import TracebackType  # noqa: TC003 - annotations are evaluated
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import attrs
from typing_extensions import Self

from apigw2.testing._arguments import check_seconds, checked
from apigw2.testing._http import Request, Response
from apigw2.testing._websocket._exchange import (
    MAX_FRAME,
    MAX_MESSAGE,
    NO_STATUS,
    UNSUPPORTED,
    OpenConnection,
    RefusedError,
)
from apigw2.testing._websocket._plane import WebSockets  # noqa: TC001 - annotations are evaluated

if TYPE_CHECKING:
    from apigw2.testing._websocket._exchange import Place

_TOO_BIG: Final = 1009


class HandshakeError(Exception):
    """A WebSocket API rejected a connection.

    Attributes:
        response: The response to the handshake; its `reason` explains a rejection by the gateway.

    Example:
        >>> try:
        ...     local.connect(query={"token": "wrong"})
        ... except HandshakeError as error:
        ...     print(error.response.status)
        403
    """

    def __init__(self, response: Response) -> None:
        super().__init__(f"The handshake was answered with {response.status}: {response.reason}")
        self.response = response

    def __reduce__(self) -> tuple[type[HandshakeError], tuple[Response]]:
        """Pickle by the response."""
        return type(self), (self.response,)


class ConnectionClosedError(Exception):
    """A WebSocket connection is closed.

    Attributes:
        code: The close code, such as 1001 if the connection was idle for 10 minutes.
        reason: The reason in the close frame.

    Example:
        >>> try:
        ...     connection.receive_json(timeout=1)
        ... except ConnectionClosedError as error:
        ...     print(error.code, error.reason)
    """

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"The connection is closed: {code} {reason}".rstrip())
        self.code = code
        self.reason = reason

    def __reduce__(self) -> tuple[type[ConnectionClosedError], tuple[int, str]]:
        """Pickle by the code and the reason."""
        return type(self), (self.code, self.reason)


@attrs.define(eq=False)
class _Inbox:
    """The messages that a connection has received."""

    received: list[str] = attrs.field(factory=list[str])
    waiting: deque[str] = attrs.field(factory=deque[str])
    closed: tuple[int, str] | None = None
    changed: Condition = attrs.field(factory=Condition)

    def deliver(self, text: str) -> None:
        """Receive a message from the gateway."""
        with self.changed:
            if self.closed is None:
                self.received.append(text)
                self.waiting.append(text)
                self.changed.notify_all()

    def hang_up(self, code: int, reason: str) -> None:
        """Receive a close frame from the gateway."""
        with self.changed:
            if self.closed is None:
                self.closed = code, reason
                self.changed.notify_all()


class WebSocketConnection:
    """An in-process connection to a WebSocket API, from `LocalGateway.connect()`.

    `send()` returns after the integration of the route has run, so the response is already
    available. The end of a `with` block closes the connection.

    Example:
        >>> with local.connect(query={"name": "ada"}) as ada:
        ...     ada.send({"action": "ping"})
        ...     ada.receive()
        '{"answer": "pong"}'
    """

    def __init__(self, plane: WebSockets, connection: OpenConnection, inbox: _Inbox) -> None:
        self._plane = plane
        self._connection = connection
        self._inbox = inbox

    @property
    def connection_id(self) -> str:
        """The connection id, as in `@connections`."""
        return self._connection.id

    @property
    def subprotocol(self) -> str | None:
        """The subprotocol that `$connect` selected, or `None`."""
        return self._connection.subprotocol

    @property
    def messages(self) -> tuple[str, ...]:
        """All messages received so far, whether or not `receive()` has returned them."""
        self._plane.expire(self._connection)
        with self._inbox.changed:
            return tuple(self._inbox.received)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons of the newest 100 responses of the gateway itself, oldest first.

        The real service writes them to its log.
        """
        return tuple(self._connection.reasons)

    @property
    def closed(self) -> bool:
        """Whether the connection is closed, from either side."""
        return self._closing() is not None

    @property
    def close_code(self) -> int | None:
        """The close code, or `None` while the connection is open."""
        closing = self._closing()
        return None if closing is None else closing[0]

    @property
    def close_reason(self) -> str | None:
        """The close reason, or `None` while the connection is open."""
        closing = self._closing()
        return None if closing is None else closing[1]

    def _closing(self) -> tuple[int, str] | None:
        if self._inbox.closed is None:
            self._plane.expire(self._connection)
        return self._inbox.closed

    @checked
    def send(self, message: str | bytes | Mapping[str, object] | Sequence[str]) -> None:
        """Send a message, and return after its route has run.

        As over a socket, a binary message (1003), a message of more than 128 KB or a frame of more
        than 32 KB (1009) closes the connection.

        Args:
            message: A text in one frame; a mapping, sent as JSON; a sequence of texts, the frames
                of one message; or bytes, which the service rejects.

        Raises:
            ConnectionClosedError: The connection is already closed.
        """
        closing = self._closing()
        if closing is not None:
            raise ConnectionClosedError(*closing)
        if isinstance(message, bytes):
            self._plane.close(self._connection, UNSUPPORTED, "")
            return
        if isinstance(message, Mapping):
            message = json.dumps(message)
        frames = [message] if isinstance(message, str) else list(message)
        sizes = [len(frame.encode()) for frame in frames]
        if sum(sizes) > MAX_MESSAGE or max(sizes, default=0) > MAX_FRAME:
            self._plane.close(self._connection, _TOO_BIG, "")
            return
        self._plane.receive(self._connection, "".join(frames))

    @checked
    def receive(self, *, timeout: float = 1.0) -> str:
        """Return the oldest unread message, or wait for one from another thread.

        Args:
            timeout: Real seconds to wait.

        Raises:
            ConnectionClosedError: The connection is closed, and all messages were read.
            TimeoutError: No message arrived in time.
        """
        check_seconds("timeout", timeout)
        self._plane.expire(self._connection)
        inbox = self._inbox
        with inbox.changed:
            inbox.changed.wait_for(lambda: inbox.waiting or inbox.closed, timeout)
            if inbox.waiting:
                return inbox.waiting.popleft()
            if inbox.closed is not None:
                raise ConnectionClosedError(*inbox.closed)
        raise TimeoutError(f"No message arrived within {timeout} s{self._hint()}")

    @checked
    def receive_json(self, *, timeout: float = 1.0) -> Any:  # noqa: ANN401 - any JSON
        """Receive a message as `receive()` does, and parse it as JSON.

        Raises:
            ConnectionClosedError: The connection is closed, and all messages were read.
            TimeoutError: No message arrived in time.
            ValueError: The message is not JSON.
        """
        return json.loads(self.receive(timeout=timeout))

    def _hint(self) -> str:
        return f"; the gateway's last reason: {self.reasons[-1]}" if self.reasons else ""

    @checked
    def close(self, code: int | None = None, reason: str = "") -> None:
        """Close the connection as the client, and return after `$disconnect` has run.

        Has no effect if the connection is already closed.

        Args:
            code: Close code, such as 1000. By default, the close frame has none, and `$disconnect`
                gets 1005.
            reason: Close reason, up to 123 bytes.
        """
        if code is None:
            code, reason = NO_STATUS
        if self._closing() is None:
            self._inbox.hang_up(code, reason)
            self._plane.ended(self._connection, code, reason)

    def __enter__(self) -> Self:
        """Use the connection in a `with` block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the connection, if it is open."""
        self.close()

    def __repr__(self) -> str:
        """Show the connection id and the state."""
        closing = self._inbox.closed
        state = "open" if closing is None else f"closed, {closing[0]}"
        return f"<WebSocketConnection {self.connection_id} {state}>"


def connect(
    plane: WebSockets,
    place: Place,
    *,
    headers: Mapping[str, str | Sequence[str]],
    query: Mapping[str, str | Sequence[str]],
    subprotocols: Sequence[str],
) -> WebSocketConnection:
    """Connect to a stage as an in-process client.

    Raises:
        HandshakeError: The API rejected the connection.
    """
    given: dict[str, str | Sequence[str]] = {
        "Sec-WebSocket-Key": base64.b64encode(bytes(16)).decode(),
        "Sec-WebSocket-Version": "13",
    }
    if subprotocols:
        given["Sec-WebSocket-Protocol"] = ", ".join(subprotocols)
    path = f"/{place.stage_name}"
    target = f"{path}?{urlencode(query, doseq=True)}" if query else path
    request = Request.to_url("GET", target, {**given, **headers}, b"")
    try:
        connection = plane.open(place, request, "127.0.0.1")
    except RefusedError as refused:
        raise HandshakeError(refused.response) from None
    inbox = _Inbox()
    plane.activate(connection, inbox)
    return WebSocketConnection(plane, connection, inbox)
