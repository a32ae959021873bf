"""The data plane of HTTP APIs, which handles the requests of their clients.

`DataPlane` finds the stage for a request. `_serve.py` then processes the request in the same steps
as the service: route, throttling, authorizer, CORS preflight, request parameters, integration,
response parameters, CORS headers. Each step has its own module. `docs/explanation/data-plane.md`
lists the differences from the service.
"""

from __future__ import annotations

from apigw2.testing._dataplane._exchange import Backends, Function
from apigw2.testing._dataplane._plane import DEPLOYING, DataPlane, Target

__all__ = ["DEPLOYING", "Backends", "DataPlane", "Function", "Target"]
