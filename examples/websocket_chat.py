"""The configuration of a WebSocket API for a chat: routes, a model, route responses, a stage.

    python examples/websocket_chat.py

On an account the Lambda function must exist, and API Gateway be allowed to invoke it:

    python examples/websocket_chat.py --aws \
        --function-arn arn:aws:lambda:eu-central-1:123456789012:function:chat
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from where import connect, parser

import apigw2
from apigw2.testing import LocalGateway

if TYPE_CHECKING:
    from collections.abc import Sequence

MESSAGE = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "type": "object",
    "properties": {"action": {"type": "string"}, "text": {"type": "string", "maxLength": 500}},
    "required": ["action", "text"],
}


def invocation_uri(function_arn: str) -> str:
    """Make the URI that a WebSocket API invokes a function by."""
    region = function_arn.split(":")[3]
    prefix = f"arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions"
    return f"{prefix}/{function_arn}/invocations"


def create(gw: apigw2.ApiGatewayV2, function_arn: str) -> apigw2.Api:
    """Create the API: the key of a route is the field `action` of a message."""
    api = gw.create_api(
        "chat", protocol_type="WEBSOCKET", route_selection_expression="$request.body.action"
    )
    backend = api.create_integration(
        "AWS_PROXY", integration_method="POST", integration_uri=invocation_uri(function_arn)
    )
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


def deploy(api: apigw2.Api) -> apigw2.Stage:
    """Make it callable as `wss://.../prod`, with limits."""
    deployment = api.create_deployment(description="first").wait_until_deployed()
    return api.create_stage(
        "prod",
        deployment_id=deployment,
        default_route_settings=apigw2.RouteSettings(
            throttling_rate_limit=50, throttling_burst_limit=100
        ),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example."""
    options = parser(__doc__)
    options.add_argument(
        "--function-arn", default="arn:aws:lambda:us-east-1:123456789012:function:chat"
    )
    given = options.parse_args(arguments)
    api = create(connect(given, LocalGateway()), given.function_arn)
    stage = deploy(api)
    for route in api.get_routes():
        answers = "answers" if list(route.get_route_responses()) else "silent"
        print(f"{route.route_key}: {answers}")
    print(f"Connect to {api.api_endpoint}/{stage.stage_name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
