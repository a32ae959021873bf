"""A whole Amazon API Gateway V2 on your desk, to test against.

With pytest, the fixtures `apigw2_gateway` and `apigw2_local` are there as soon as apigw2 is
installed. Without pytest, make a gateway by hand:

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

In process it needs what apigw2 itself needs. `LocalGateway.serve()`, JWT authorizers and OpenAPI in
YAML need the extra `apigw2[testing]`.

Where to look in this package, which nothing else of apigw2 depends on:

- `_gateway.py`: `LocalGateway`, which holds the rest together.
- `_protocol.py`: requests and responses, as botocore's service model describes them.
- `_store.py`, `_control/`: the resources, and what the operations do to them. What is known to
  differ from the service is listed in `_control/__init__.py`.
- `_rules/`: what members of resources may be, and what the service fills in.
- `_openapi/`: import and export.
- `_dataplane/`: what deployed HTTP APIs answer, and in what that differs from the service.
- `_websocket/`: the same for WebSocket APIs.
- `_faults.py`, `_rates.py`: what can go wrong.
- `_client.py`, `_server.py`, `__main__.py`, and `pytest_apigw2.py` beside apigw2: the ways in.
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
