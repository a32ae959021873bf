"""A chat over a WebSocket API: two clients, a broadcast, and one who leaves.

    python websocket_chat.py

It runs on a local gateway, to which the clients connect over sockets. With `--aws` it creates the
API in an account and prints its URL. The Lambda function must exist, and API Gateway must be
allowed to invoke it:

    python websocket_chat.py --aws \
        --function-arn arn:aws:lambda:eu-central-1:123456789012:function:chat
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from websockets.sync import client as websocket

import apigw2
from apigw2 import integrations
from apigw2.testing import LocalGateway

if TYPE_CHECKING:
    from collections.abc import Sequence

MESSAGE = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "type": "object",
    "properties": {"action": {"type": "string"}, "text": {"type": "string", "maxLength": 500}},
    "required": ["action", "text"],
}


def create(gw: apigw2.ApiGatewayV2, function_arn: str) -> apigw2.Api:
    """Create the API: the key of a route is the field `action` of a message."""
    api = gw.create_api(
        "chat", protocol_type="WEBSOCKET", route_selection_expression="$request.body.action"
    )
    backend = api.create(integrations.lambda_function(function_arn))
    for key in ("$connect", "$disconnect", "$default"):
        api.create_route(key, target=backend)

    # Two-way: what the function returns goes back on the same connection.
    model = api.create_model("message", content_type="application/json", schema=json.dumps(MESSAGE))
    send = api.create_route(
        "send",
        target=backend,
        model_selection_expression="$default",
        request_models={"$default": model.name},
        route_response_selection_expression="$default",
    )
    send.create_route_response("$default")

    # Answered by API Gateway itself, without a function.
    mock = api.create_integration("MOCK", request_templates={"$default": '{"statusCode": 200}'})
    mock.create_integration_response(
        "$default", response_templates={"$default": '{"answer": "pong"}'}
    )
    ping = api.create_route("ping", target=mock, route_response_selection_expression="$default")
    ping.create_route_response("$default")
    return api


class Room:
    """The chat's function: who is there, and what they are told.

    A Lambda function would keep the members in a table, for example of DynamoDB.

    Attributes:
        names: Everybody who has ever been there, by connection id.
    """

    def __init__(self, connections: apigw2.Connections) -> None:
        self.names: dict[str, str] = {}
        self._connections = connections
        self._members: dict[str, str] = {}

    def __call__(self, event: Any, _context: object) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        """Handle an event of the API."""
        kind = event["requestContext"]["eventType"]
        connection_id = event["requestContext"]["connectionId"]
        if kind == "CONNECT":
            name = event.get("queryStringParameters", {}).get("name")
            if not name:
                return {"statusCode": 401}
            self.names[connection_id] = self._members[connection_id] = name
        elif kind == "DISCONNECT":
            name = self._members.pop(connection_id, "somebody")
            self._broadcast(f"{name} has left")
        else:
            text = json.loads(event["body"])["text"]
            self._broadcast(f"{self._members[connection_id]}: {text}")
        return {"statusCode": 200, "body": f"told {len(self._members)}"}

    def _broadcast(self, text: str) -> None:
        # A member may leave without a word, and $disconnect may never come.
        for gone in self._connections.broadcast(self._members, text):
            self._members.pop(gone, None)


def chat(local: LocalGateway, api: apigw2.Api) -> None:
    """Let two clients talk over sockets."""
    connections = api.stage("prod").connections
    room = Room(connections)
    local.add_function("chat", room)
    with local.serve() as url:
        address = f"{url.replace('http', 'ws')}/_aws/execute-api/{api.api_id}/prod"
        with websocket.connect(f"{address}?name=ada") as ada:
            with websocket.connect(f"{address}?name=bob") as bob:
                bob.send(json.dumps({"action": "ping"}))
                print(f"bob gets {bob.recv(decode=True)}")
                bob.send(json.dumps({"action": "send", "text": "hello, ada"}))
                print(f"ada gets {ada.recv(decode=True)}")
                print(f"bob gets {bob.recv(decode=True)}, and {bob.recv(decode=True)}")
                bob.send(json.dumps({"action": "send"}))
                print(f"bob gets {json.loads(bob.recv(decode=True))['message']}")
            print(f"ada gets {ada.recv(decode=True)}")
            gone = connections.broadcast(room.names, "is anybody there?")
            print(f"ada gets {ada.recv(decode=True)}")
            print(f"{' and '.join(room.names[each] for each in gone)} is gone")


def deploy(api: apigw2.Api) -> apigw2.Stage:
    """Make it callable as `wss://.../prod`, with limits."""
    limits = apigw2.RouteSettings(throttling_rate_limit=50, throttling_burst_limit=100)
    stage = api.create_stage("prod", default_route_settings=limits)
    return stage.deploy(description="first")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--aws", action="store_true", help="use the account of boto3's session")
    options.add_argument(
        "--function-arn", default="arn:aws:lambda:us-east-1:123456789012:function:chat"
    )
    given = options.parse_args(arguments)
    local = LocalGateway()
    api = create(apigw2.ApiGatewayV2() if given.aws else local.gateway(), given.function_arn)
    stage = deploy(api)
    for route in api.get_routes():
        answers = "answers" if list(route.get_route_responses()) else "silent"
        print(f"{route.route_key}: {answers}")
    print(f"Connect to {stage.url}")
    if not given.aws:
        chat(local, api)
    return 0


if __name__ == "__main__":
    sys.exit(main())
