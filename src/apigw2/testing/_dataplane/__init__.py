"""The data plane of HTTP APIs: what answers the requests of an API's own clients.

`DataPlane` finds the stage that a request is for. `_serve.py` then takes the request through the
same stations as the service does: route, throttling, authorizer, CORS preflight, request
parameters, integration, response parameters, CORS headers. Each station has a module of its own.

What differs from the service is listed in `docs/explanation/data-plane.md`.
"""

from __future__ import annotations

from apigw2.testing._dataplane._exchange import Backends, Function
from apigw2.testing._dataplane._plane import DEPLOYING, DataPlane, Target

__all__ = ["DEPLOYING", "Backends", "DataPlane", "Function", "Target"]
