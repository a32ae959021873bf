"""A local Amazon API Gateway V2 for tests.

With pytest, use the fixtures `apigw2_gateway` and `apigw2_local`, which are available as soon as
apigw2 is installed. Without pytest, create a gateway:

    class PetsTest(unittest.TestCase):
        def setUp(self):
            self.local = LocalGateway()
            self.gateway = self.local.gateway()

        def test_pets(self):
            self.local.add_function("pets", lambda event, context: event["pathParameters"])
            function = "arn:aws:lambda:us-east-1:123456789012:function:pets"
            self.gateway.create_api(
                "pets", protocol_type="HTTP", route_key="GET /pets/{id}", target=function
            )
            self.local.clock.advance(1)  # stages serve a change some time later, as on AWS
            self.assertEqual(self.local.invoke("GET", "/pets/7").json(), {"id": "7"})

In process, it needs no more packages than apigw2 itself. `LocalGateway.serve()`, JWT authorizers
and OpenAPI in YAML need the extra `apigw2[testing]`.

The modules of this package, on which nothing else in apigw2 depends:

- `_gateway.py`: `LocalGateway`, the entry point.
- `_protocol.py`: requests and responses, as botocore's service model describes them.
- `_control_plane.py`: the control plane, with faults, throttling and recorded requests.
- `_store.py`, `_control/`: the resources and the operations on them. `_control/__init__.py` lists
  the known differences from the service.
- `_rules/`: validation of the members of resources, and the service's defaults.
- `_openapi/`: import and export.
- `_dataplane/`: the data plane of HTTP APIs.
- `_websocket/`: the data plane of WebSocket APIs.
- `_faults.py`, `_rates.py`: injected faults, and throttling.
- `_client.py`, `_server.py`, `__main__.py`, and `pytest_apigw2.py` beside apigw2: clients, server,
  command line and fixtures.
"""

from __future__ import annotations

from apigw2.testing._clock import Clock, Delays
from apigw2.testing._faults import FaultKind, Faults, RecordedRequest
from apigw2.testing._gateway import LocalGateway
from apigw2.testing._http import Request, Response
from apigw2.testing._websocket import (
    ConnectionClosedError,
    HandshakeError,
    WebSocketConnection,
)

__all__ = [
    "Clock",
    "ConnectionClosedError",
    "Delays",
    "FaultKind",
    "Faults",
    "HandshakeError",
    "LocalGateway",
    "RecordedRequest",
    "Request",
    "Response",
    "WebSocketConnection",
]
