"""Calls with arguments that break no rule of the service, for tests that break one on purpose."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs
import pytest

import apigw2
from apigw2._objects.references import connection_of
from tests.support.local import notes_of, refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.local import Local

URI: Final = "https://pets.example.com"
LAMBDA: Final = "arn:aws:lambda:eu-central-1:123456789012:function:pets"
INVOCATION: Final = (
    f"arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/{LAMBDA}/invocations"
)
ROLE: Final = "arn:aws:iam::123456789012:role/call"
BODY: Final = "$request.body.action"


@attrs.frozen
class Caller:
    """The objects of a gateway, and its create calls with the required arguments filled in.

    Attributes:
        gw: The gateway.
        api_id: The API that the objects belong to. The gateway has not seen it.
    """

    gw: apigw2.ApiGatewayV2
    api_id: str = "unseen"

    def within(self, protocol: apigw2.ProtocolType) -> Caller:
        """The same with another API, whose protocol the gateway has seen."""
        caller = attrs.evolve(self, api_id=protocol.lower())
        connection_of(self.gw).checks.remember(caller._api(protocol))  # noqa: SLF001  # its own
        return caller

    def seen(self, protocol: apigw2.ProtocolType) -> apigw2.ApiRef:
        """A reference to an API whose protocol the gateway has seen."""
        return self.gw.api(self.within(protocol).api_id)

    @property
    def unseen(self) -> apigw2.ApiRef:
        """A reference to an API that the gateway has not seen."""
        return self.gw.api(self.api_id)

    @property
    def http(self) -> apigw2.Api:
        return self._api("HTTP")

    @property
    def ws(self) -> apigw2.Api:
        return self._api("WEBSOCKET")

    @property
    def domain(self) -> apigw2.DomainNameRef:
        return self.gw.domain_name("api.example.com")

    def route(self, *, key: str = "GET /pets", **fields: Any) -> apigw2.Route:  # noqa: ANN401  # any field
        return self.gw.attach(
            apigw2.Route(api_id=self.api_id, route_id="r1", route_key=key, **fields)
        )

    def integration(self, **fields: Any) -> apigw2.Integration:  # noqa: ANN401  # any field
        return self.gw.attach(apigw2.Integration(api_id=self.api_id, integration_id="i1", **fields))

    def authorizer(self, **fields: Any) -> apigw2.Authorizer:  # noqa: ANN401  # any field
        return self.gw.attach(
            apigw2.Authorizer(api_id=self.api_id, authorizer_id="z1", name="auth", **fields)
        )

    def stage(self, **fields: Any) -> apigw2.Stage:  # noqa: ANN401  # any field
        return self.gw.attach(apigw2.Stage(api_id=self.api_id, stage_name="prod", **fields))

    def new_http(self, **arguments: Any) -> object:  # noqa: ANN401  # any parameter
        return self.gw.create_api("x", protocol_type="HTTP", **arguments)

    def new_ws(self, **arguments: Any) -> object:  # noqa: ANN401  # any parameter
        required: Any = {"route_selection_expression": BODY}
        return self.gw.create_api("x", protocol_type="WEBSOCKET", **{**required, **arguments})

    def http_route(self, **arguments: Any) -> object:  # noqa: ANN401  # any parameter
        required: Any = {"route_key": "GET /pets"}
        return self.http.create_route(**{**required, **arguments})

    def ws_route(self, **arguments: Any) -> object:  # noqa: ANN401  # any parameter
        required: Any = {"route_key": "$connect"}
        return self.ws.create_route(**{**required, **arguments})

    def http_integration(self, **arguments: Any) -> object:  # noqa: ANN401  # any parameter
        required: Any = {
            "integration_type": "HTTP_PROXY",
            "integration_method": "GET",
            "payload_format_version": "1.0",
        }
        return self.http.create_integration(**{**required, **arguments})

    def ws_integration(self, **arguments: Any) -> object:  # noqa: ANN401  # any parameter
        required: Any = {"integration_type": "HTTP"}
        return self.ws.create_integration(**{**required, **arguments})

    def http_authorizer(self, **arguments: Any) -> object:  # noqa: ANN401  # any parameter
        required: Any = {
            "name": "auth",
            "authorizer_type": "REQUEST",
            "identity_source": ["$request.header.Authorization"],
            "authorizer_payload_format_version": "2.0",
        }
        return self.http.create_authorizer(**{**required, **arguments})

    def jwt(self, **arguments: Any) -> object:  # noqa: ANN401  # any parameter
        required: Any = {
            "name": "auth",
            "authorizer_type": "JWT",
            "identity_source": ["$request.header.Authorization"],
            "jwt_configuration": apigw2.JWTConfiguration(issuer="https://login", audience=["a"]),
        }
        return self.http.create_authorizer(**{**required, **arguments})

    def ws_authorizer(self, **arguments: Any) -> object:  # noqa: ANN401  # any parameter
        required: Any = {
            "name": "auth",
            "authorizer_type": "REQUEST",
            "identity_source": ["route.request.header.Authorization"],
        }
        return self.ws.create_authorizer(**{**required, **arguments})

    def routing_rule(self, *conditions: apigw2.RoutingRuleCondition) -> object:
        return self.domain.create_routing_rule(actions=[], conditions=conditions, priority=1)

    def _api(self, protocol: apigw2.ProtocolType) -> apigw2.Api:
        return self.gw.attach(
            apigw2.Api(
                api_id=self.api_id,
                name="x",
                protocol_type=protocol,
                route_selection_expression=BODY,
            )
        )


Call: TypeAlias = Callable[[Caller], object]


def log_format(text: str) -> apigw2.AccessLogSettings:
    return apigw2.AccessLogSettings(format=text)


def domain_configurations(**fields: Any) -> Sequence[apigw2.DomainNameConfiguration]:  # noqa: ANN401  # any field
    """Two configurations of a domain name, the second with these fields."""
    return [apigw2.DomainNameConfiguration(), apigw2.DomainNameConfiguration(**fields)]


def notes_of_rejection(local: Local, gw: apigw2.ApiGatewayV2, call: Call) -> list[str]:
    """The notes that preflight adds to the error when the service rejects a call."""
    local.server.prepare([refusal("BadRequestException", "No.", 400)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", apigw2.PreflightWarning)
        with pytest.raises(apigw2.BadRequestError) as caught:
            call(Caller(gw))
    assert len(local.server.requests) == 1
    return notes_of(caught.value)


def warnings_of(local: Local, gw: apigw2.ApiGatewayV2, call: Call) -> list[str]:
    """Preflight's warnings about a call that is sent."""
    local.server.prepare([refusal("NotFoundException", "No.", 404)])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with pytest.raises(apigw2.NotFoundError):
            call(Caller(gw))
    assert len(local.server.requests) == 1
    assert all(each.category is apigw2.PreflightWarning for each in caught)
    return [str(each.message) for each in caught]
