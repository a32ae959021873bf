"""What the tests of the WebSocket data plane share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from tests.support.local_gateway import JSON, route

if TYPE_CHECKING:
    from collections.abc import Callable

    from apigw2.testing import LocalGateway, WebSocketConnection
    from tests.support.local_gateway import Client

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:"


@attrs.define
class Recorder:
    """A function that keeps its events, and gives a result or raises an error."""

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
    """A WebSocket API with a stage `prod` that deploys by itself."""

    local: LocalGateway
    client: Client
    api_id: str

    def integration(self, kind: str = "AWS_PROXY", uri: str = "chat", **members: JSON) -> str:
        """Make an integration, and give its id."""
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
        """Make a route, to the function `chat` unless an integration is given; give its id."""
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
        """Make an integration response."""
        self.client.create_integration_response(
            ApiId=self.api_id,
            IntegrationId=integration_id,
            IntegrationResponseKey=key,
            **members,
        )

    def mock(self, template: str, *, answers: bool = True, key: str = "$default") -> None:
        """Make a route that a MOCK integration answers with a template."""
        mock = self.integration("MOCK", RequestTemplates={"$default": '{"statusCode": 200}'})
        self.respond(mock, ResponseTemplates={"$default": template})
        self.route(key, mock, answers=answers)

    def function(
        self, result: Callable[[JSON, JSON], JSON] | JSON = None, name: str = "chat"
    ) -> Recorder:
        """Put a function behind the API."""
        recorder = Recorder({"statusCode": 200} if result is None else result)
        self.local.add_function(name, recorder)
        return recorder

    def answer(self, message: JSON, **connect: JSON) -> str:
        """Connect, send a message and give the answer."""
        with self.local.connect(**connect) as connection:
            connection.send(message)
            return connection.receive(timeout=0)

    def silence(self, message: JSON) -> bool:
        """Connect, send a message and say whether there is no answer."""
        connection: WebSocketConnection
        with self.local.connect() as connection:
            connection.send(message)
            return not connection.messages


def make_chat(local: LocalGateway, client: Client, **members: JSON) -> Chat:
    """Make a WebSocket API with a stage."""
    given = {"RouteSelectionExpression": "$request.body.action", **members}
    made = client.create_api(Name="chat", ProtocolType="WEBSOCKET", **given)
    api_id: str = made["ApiId"]
    client.create_stage(ApiId=api_id, StageName="prod", AutoDeploy=True)
    return Chat(local, client, api_id)
