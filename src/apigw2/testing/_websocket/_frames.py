"""WebSocket connections over a socket, in the thread that serves the upgrade request."""

from __future__ import annotations

import contextlib
import selectors
import socket
import time
from threading import Lock
from typing import TYPE_CHECKING, Final

from apigw2.testing._extras import extra
from apigw2.testing._http import Response
from apigw2.testing._websocket._exchange import (
    MAX_FRAME,
    MAX_MESSAGE,
    NO_STATUS,
    UNSUPPORTED,
    RefusedError,
)

with extra("Serving WebSocket APIs"):
    from websockets.frames import Frame, Opcode
    from websockets.http11 import Request as Handshake
    from websockets.protocol import State
    from websockets.server import ServerProtocol

if TYPE_CHECKING:
    from collections.abc import Generator

    from apigw2.testing._dataplane import Target
    from apigw2.testing._http import Upgrade
    from apigw2.testing._websocket._exchange import OpenConnection
    from apigw2.testing._websocket._plane import WebSockets

_MAX_HEAD: Final = 10
"""Bytes of a frame that are enough to know its length."""

_POLL: Final = 0.25
"""Seconds between checks of the gateway's clock, which a test may advance."""

_SEND_PATIENCE: Final = 10.0  # seconds that a client may leave sent data unread
_CLOSE_PATIENCE: Final = 2.0  # seconds for a client to close as well
_READ: Final = 65536
_SWITCHING: Final = 101
_INVALID: Final = 1007
_INTERNAL: Final = 1011
_REASON: Final = 120  # maximum bytes of the reason in a close frame
_ABNORMAL: Final = 1006


def converse(
    plane: WebSockets, target: Target, upgrade: Upgrade, source_ip: str
) -> Response | None:
    """Answer a handshake, and serve the connection until it is closed.

    Args:
        plane: The data plane.
        target: The stage.
        upgrade: The handshake, and the socket.
        source_ip: The client's address.

    Returns:
        `None` after the conversation, or an HTTP response if there is no conversation.
    """
    request = upgrade.request
    place = plane.place_of_handshake(target)
    if isinstance(place, Response):
        return place
    protocol = ServerProtocol(max_size=(MAX_MESSAGE, MAX_FRAME))
    lines = "".join(f"{name}: {value}\r\n" for name, value in request.lines)
    # h11 has already parsed the request; websockets parses it again.
    protocol.receive_data(f"{request.method} / HTTP/1.1\r\n{lines}\r\n".encode("latin-1"))
    handshakes = [each for each in protocol.events_received() if isinstance(each, Handshake)]
    if not handshakes:
        malformed = Response(status=400, reason="the handshake is malformed")
        return plane.refuse(target, malformed)
    answer = protocol.accept(handshakes[0])
    if answer.status_code != _SWITCHING:
        reason = (answer.body or b"").decode(errors="replace")
        return plane.refuse(target, Response(status=answer.status_code, reason=reason))
    try:
        connection = plane.open(place, request, source_ip)
    except RefusedError as refused:
        return refused.response
    connection.is_served = True
    if connection.subprotocol is not None:
        answer.headers["Sec-WebSocket-Protocol"] = connection.subprotocol
    protocol.send_response(answer)
    _Driver(plane, connection, protocol, upgrade.connection).run(upgrade.received)
    return None


class _Driver:
    """Moves messages between a socket and the data plane."""

    def __init__(
        self,
        plane: WebSockets,
        connection: OpenConnection,
        protocol: ServerProtocol,
        sock: socket.socket,
    ) -> None:
        self._plane = plane
        self._connection = connection
        self._protocol = protocol
        self._socket = sock
        self._lock = Lock()  # guards the protocol and writes to the socket
        self._cutter = Cutter()
        self._parts: list[bytes] = []

    def deliver(self, text: str) -> None:
        """Send a message."""
        with self._lock:
            if self._protocol.state is State.OPEN:
                self._protocol.send_text(text.encode())
                self._flush()

    def hang_up(self, code: int, reason: str) -> None:
        """Send a close frame, and wait for the client's in `_serve()`."""
        with self._lock:
            if self._protocol.state is State.OPEN:
                self._protocol.send_close(code, reason)
                self._flush()

    def run(self, received: bytes) -> None:
        """Serve the connection until it is closed.

        Args:
            received: Data that arrived together with the handshake.
        """
        self._socket.settimeout(_SEND_PATIENCE)
        try:
            with self._lock:
                # Messages must reach the client as soon as it has the response.
                self._plane.activate(self._connection, self)
                self._flush()
            if received:
                self._take(received)
            self._serve()
        finally:
            self._plane.ended(self._connection, *self._ending())
            _shut_down(self._socket)

    def _serve(self) -> None:
        deadline: float | None = None
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            while self._protocol.state is not State.CLOSED:
                readable = selector.select(_POLL)
                self._plane.expire(self._connection)  # however much the client sends
                if readable:
                    self._take(self._read())
                # Read until the client closes as well: closing a socket with unread data resets the
                # connection, and the client may miss the close frame.
                if self._protocol.state is State.CLOSING:
                    deadline = deadline or time.monotonic() + _CLOSE_PATIENCE
                    if time.monotonic() > deadline:
                        return

    def _read(self) -> bytes:
        try:
            return self._socket.recv(_READ)
        except OSError:
            return b""

    def _take(self, data: bytes) -> None:
        """Process data from the client; empty data means the end."""
        if not data:
            with self._lock:
                self._protocol.receive_eof()
                self._flush()
        # The protocol answers a close frame as soon as it gets it. So a message that arrived
        # together with it must be answered before.
        for piece in self._cutter.cut(data):
            self._take_piece(piece)

    def _take_piece(self, piece: bytes) -> None:
        """Process data that ends no later than a frame."""
        with self._lock:
            self._protocol.receive_data(piece)
            frames = [each for each in self._protocol.events_received() if isinstance(each, Frame)]
            self._flush()
        if frames:
            self._plane.touch(self._connection)
        for frame in frames:
            self._take_frame(frame)

    def _take_frame(self, frame: Frame) -> None:
        """Process a frame; the protocol itself answers pings and close frames."""
        if self._protocol.state is not State.OPEN:
            return
        if frame.opcode is Opcode.BINARY:
            self._fail(UNSUPPORTED)
        elif frame.opcode in (Opcode.TEXT, Opcode.CONT):
            self._parts.append(bytes(frame.data))
            if frame.fin:
                message, self._parts = b"".join(self._parts), []
                try:
                    text = message.decode()
                except UnicodeDecodeError:
                    self._fail(_INVALID)
                else:
                    self._receive(text)

    def _receive(self, text: str) -> None:
        try:
            self._plane.receive(self._connection, text)
        except ImportError as error:  # an extra is missing; nothing else reports it
            self._fail(_INTERNAL, str(error)[:_REASON])

    def _fail(self, code: int, reason: str = "") -> None:
        with self._lock:
            self._protocol.fail(code, reason)
            self._flush()

    def _flush(self) -> None:
        """Write the pending data of the protocol; drop a client that does not read it."""
        try:
            for data in self._protocol.data_to_send():
                if data:
                    self._socket.sendall(data)
                else:
                    self._socket.shutdown(socket.SHUT_WR)
        except OSError:
            _shut_down(self._socket)

    def _ending(self) -> tuple[int, str]:
        """The close code and reason for `$disconnect`."""
        close = self._protocol.close_rcvd or self._protocol.close_sent
        if close is None:
            return _ABNORMAL, ""
        if close.code == NO_STATUS[0]:
            return NO_STATUS
        return int(close.code), close.reason


class Cutter:
    """Cuts the data that a client sends into pieces that end no later than its frames."""

    def __init__(self) -> None:
        self._head = b""  # of a frame whose length is not known yet
        self._rest = 0  # bytes until the end of the current frame

    def cut(self, data: bytes) -> Generator[bytes]:
        """Yield the next pieces, which together are the data."""
        start = 0
        while start < len(data):
            if not self._rest:
                known = self._head + data[start : start + _MAX_HEAD]
                length = _frame_length(known)
                if length is None:
                    self._head = known
                    yield data[start:]
                    return
                self._rest = length - len(self._head)
                self._head = b""
            piece = data[start : start + self._rest]
            self._rest -= len(piece)
            start += len(piece)
            yield piece


def _frame_length(data: bytes) -> int | None:
    """The length of the frame that data begins with, if it has the whole length field."""
    if len(data) < 2:  # noqa: PLR2004 - RFC 6455, section 5.2, as all numbers here
        return None
    length = data[1] & 0x7F
    extended = {126: 2, 127: 8}.get(length, 0)
    if len(data) < 2 + extended:
        return None
    if extended:
        length = int.from_bytes(data[2 : 2 + extended], "big")
    return 2 + extended + (4 if data[1] & 0x80 else 0) + length


def _shut_down(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the client has already disconnected
        sock.shutdown(socket.SHUT_RDWR)
