"""The data plane of HTTP APIs: what answers the requests of an API's own clients.

`serve` takes a request through the same stations as the service does: route, CORS preflight,
authorizer, request parameters, integration, response parameters, CORS headers. Each station has a
module of its own.

Deviations: AWS_IAM takes any Signature Version 4 header for valid, private integrations have
    nothing behind them, a function's time-out is not enforced, nothing is throttled except routes
    whose limit is zero, and WebSocket APIs have no data plane.
"""

from __future__ import annotations

from apigw2.testing._dataplane._exchange import Backends, Exchange, Function
from apigw2.testing._dataplane._serve import serve

__all__ = ["Backends", "Exchange", "Function", "serve"]
