"""`@connections` requests to MiniStack reach a WebSocket client."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

import apigw2

if TYPE_CHECKING:
    from tests.support.emulators.servers import Emulator

UNKNOWN = "AAAAAAAAAAAAAAA="
FUNCTION = """
def handler(event, context):
    return {"statusCode": 200, "body": event["requestContext"]["connectionId"]}
"""


def function_arn(ministack: Emulator) -> str:
    """Create a Lambda function that returns the id of the connection, and return its ARN."""
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("index.py", FUNCTION)
    session: Any = boto3.Session("testing", "testing", region_name="us-east-1")
    made = session.client("lambda", endpoint_url=ministack.endpoint_url).create_function(
        FunctionName="whoami",
        Runtime="python3.12",
        Handler="index.handler",
        Role="arn:aws:iam::000000000000:role/whoami",
        Code={"ZipFile": code.getvalue()},
    )
    return str(made["FunctionArn"])


def test_messages_reach_a_connection(ministack: Emulator) -> None:
    gw = ministack.gateway()
    api = gw.create_api(
        "chat", protocol_type="WEBSOCKET", route_selection_expression="$request.body.action"
    )
    uri = apigw2.lambda_uri(function_arn(ministack))
    backend = api.create_integration("AWS_PROXY", integration_uri=uri, integration_method="POST")
    api.create_route(
        "$default", target=backend, route_response_selection_expression="$default"
    ).create_route_response("$default")
    api.create_stage("prod").deploy()
    path = f"/_aws/execute-api/{api.api_id}/prod"
    connections = gw.connections(f"{ministack.endpoint_url}{path}")
    with connect(f"{ministack.endpoint_url.replace('http', 'ws')}{path}", proxy=None) as socket:
        socket.send("{}")
        connection_id = str(socket.recv(timeout=30))
        connections.send(connection_id, {"text": "hello"})
        assert socket.recv(timeout=10) == '{"text": "hello"}'
        assert connections.broadcast([connection_id, UNKNOWN], "all") == (UNKNOWN,)
        assert socket.recv(timeout=10) == "all"
        assert connections.disconnect(connection_id) is True
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=10)
    with pytest.raises(apigw2.ConnectionGoneError):
        connections.get(UNKNOWN)
    assert api.delete(missing_ok=True) is True
