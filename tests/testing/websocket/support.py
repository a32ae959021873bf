"""Helpers for the tests of the WebSocket data plane."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from tests.support.local_gateway import JSON, route

if TYPE_CHECKING:
    from collections.abc import Callable

    from apigw2.testing import LocalGateway, WebSocketConnection
    from tests.support.local_gateway import Client

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:"
SIGNED = {
    "authorization": "AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/execute-api/"
    "aws4_request, SignedHeaders=host, Signature=00"
}
"""Headers of a request to `@connections`, whose signature the local gateway does not check."""


@attrs.define
class Recorder:
    """A function that records its events, and returns a result or raises an error."""

    result: JSON = attrs.field(factory=lambda: {"statusCode": 200})
    events: list[JSON] = attrs.field(factory=list[JSON])

    def __call__(self, event: JSON, context: JSON) -> JSON:
        self.events.append(event)
        if isinstance(self.result, Exception):
            raise self.result
        return self.result(event, context) if callable(self.result) else self.result

    @property
    def kinds(self) -> list[str]:
        """The types of the events so far."""
        return [event["requestContext"]["eventType"] for event in self.events]


@attrs.define
class Chat:
    """A WebSocket API with a stage `prod` that has AutoDeploy."""

    local: LocalGateway
    client: Client
    api_id: str

    def integration(self, kind: str = "AWS_PROXY", uri: str = "chat", **members: JSON) -> str:
        """Create an integration, and return its id."""
        given: JSON = {"IntegrationType": kind, **members}
        if kind != "MOCK":
            given["IntegrationUri"] = uri if ":" in uri else f"{FUNCTION}{uri}"
        if kind.startswith("HTTP"):
            given.setdefault("IntegrationMethod", "POST")
        made = self.client.create_integration(ApiId=self.api_id, **given)
        integration_id: str = made["IntegrationId"]
        return integration_id

    def route(
        self, key: str, integration_id: str = "", *, answers: bool = False, **members: JSON
    ) -> str:
        """Create a route, by default to the function `chat`, and return its id."""
        target = integration_id or self.integration()
        if answers:
            members = {"RouteResponseSelectionExpression": "$default", **members}
        route_id = route(self.client, self.api_id, key, Target=f"integrations/{target}", **members)
        if answers:
            self.client.create_route_response(
                ApiId=self.api_id, RouteId=route_id, RouteResponseKey="$default"
            )
        return route_id

    def respond(self, integration_id: str, key: str = "$default", **members: JSON) -> None:
        """Create an integration response."""
        self.client.create_integration_response(
            ApiId=self.api_id,
            IntegrationId=integration_id,
            IntegrationResponseKey=key,
            **members,
        )

    def mock(self, template: str, *, answers: bool = True, key: str = "$default") -> None:
        """Create a route to a MOCK integration whose response is a template."""
        mock = self.integration("MOCK", RequestTemplates={"$default": '{"statusCode": 200}'})
        self.respond(mock, ResponseTemplates={"$default": template})
        self.route(key, mock, answers=answers)

    def function(
        self, result: Callable[[JSON, JSON], JSON] | JSON = None, name: str = "chat"
    ) -> Recorder:
        """Register a function for the API, and return its recorder."""
        recorder = Recorder({"statusCode": 200} if result is None else result)
        self.local.add_function(name, recorder)
        return recorder

    def answer(self, message: JSON, **connect: JSON) -> str:
        """Connect, send a message, and return the response."""
        with self.local.connect(**connect) as connection:
            connection.send(message)
            return connection.receive(timeout=0)

    def silence(self, message: JSON) -> bool:
        """Connect, send a message, and return whether there is no response."""
        connection: WebSocketConnection
        with self.local.connect() as connection:
            connection.send(message)
            return not connection.messages


def make_chat(local: LocalGateway, client: Client, **members: JSON) -> Chat:
    """Create a WebSocket API with a stage."""
    given = {"RouteSelectionExpression": "$request.body.action", **members}
    made = client.create_api(Name="chat", ProtocolType="WEBSOCKET", **given)
    api_id: str = made["ApiId"]
    client.create_stage(ApiId=api_id, StageName="prod", AutoDeploy=True)
    return Chat(local, client, api_id)
