"""The data plane of WebSocket APIs.

`WebSockets` holds the open connections of a gateway. Clients connect through a socket
(`_frames.py`) or in process (`_client.py`), and backends send through `@connections`
(`_management.py`). An event passes the handshake (`_handshake.py`) or a route (`_routing.py`), a
model (`_models.py`), and an integration (`_integrations.py`) with its templates (`_templates.py`).
Selection expressions and parameter mappings are in `_expressions.py`, what functions get in
`_events.py`.

The guide "Test a WebSocket API" lists undocumented behavior of the service, and the choices made
here.
"""

from __future__ import annotations

from apigw2.testing._websocket._client import (
    ConnectionClosedError,
    HandshakeError,
    WebSocketConnection,
    connect,
)
from apigw2.testing._websocket._exchange import Place
from apigw2.testing._websocket._management import answer
from apigw2.testing._websocket._plane import WebSockets

__all__ = [
    "ConnectionClosedError",
    "HandshakeError",
    "Place",
    "WebSocketConnection",
    "WebSockets",
    "answer",
    "connect",
]
