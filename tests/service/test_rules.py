"""Every rule of the table has calls that break it and calls that do not."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest
from botocore.exceptions import ParamValidationError
from botocore.loaders import Loader
from botocore.model import ServiceModel

import apigw2
from apigw2._objects.references import connection_of
from apigw2._service.bounds import CORRECTIONS
from apigw2._service.rules import RULES
from apigw2._service.rules.integrations import SUBTYPES
from tests.support.answers import good
from tests.support.local import API, ROUTE, Local, client, notes_of, refusal
from tests.support.server import Answer

if TYPE_CHECKING:
    from apigw2._service.rules.rule import Rule

_URI: Final = "https://pets.example.com"
_LAMBDA: Final = "arn:aws:lambda:eu-central-1:123456789012:function:pets"
_LISTENER: Final = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/a/b/c"
_LOAD_BALANCER: Final = (
    "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/a/b"
)
_CLOUD_MAP: Final = "arn:aws:servicediscovery:eu-central-1:123456789012:service/srv-a1"
_INVOCATION: Final = (
    f"arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/{_LAMBDA}/invocations"
)
_TOKEN: Final = {"route.request.querystring.token": apigw2.ParameterConstraints(required=True)}
_EXPRESSION: Final = "${request.method} ${request.path}"
_BODY: Final = "$request.body.action"
_MANAGED: Final = {"api_gateway_managed": True}


@attrs.frozen
class With:
    """What calls are made with: the objects of a gateway."""

    gw: apigw2.ApiGatewayV2

    def api(self, protocol: apigw2.ProtocolType) -> apigw2.Api:
        made = apigw2.Api(
            api_id="a1", name="x", protocol_type=protocol, route_selection_expression=_BODY
        )
        return self.gw.attach(made)

    @property
    def http(self) -> apigw2.Api:
        return self.api("HTTP")

    @property
    def ws(self) -> apigw2.Api:
        return self.api("WEBSOCKET")

    @property
    def unknown(self) -> apigw2.ApiRef:
        """A reference to an API that the gateway has not seen."""
        self._protocols.pop("a1", None)
        return self.gw.api("a1")

    @property
    def _protocols(self) -> dict[str, str]:
        protocols: dict[str, str] = attrgetter("_protocols")(connection_of(self.gw).checks)
        return protocols

    def within(self, protocol: apigw2.ProtocolType) -> With:
        """The same, after the gateway has seen the protocol of the API."""
        self._protocols["a1"] = protocol
        return self

    def seen(self, protocol: apigw2.ProtocolType) -> apigw2.ApiRef:
        """A reference to an API that the gateway has seen."""
        return self.within(protocol).gw.api("a1")

    def route(self, *, key: str = "GET /pets", **fields: Any) -> apigw2.Route:  # noqa: ANN401  # any field
        made = apigw2.Route(api_id="a1", route_id="r1", route_key=key, **fields)
        return self.gw.attach(made)

    def integration(self, **fields: Any) -> apigw2.Integration:  # noqa: ANN401
        return self.gw.attach(apigw2.Integration(api_id="a1", integration_id="i1", **fields))

    def authorizer(self, **fields: Any) -> apigw2.Authorizer:  # noqa: ANN401
        made = apigw2.Authorizer(api_id="a1", authorizer_id="z1", name="auth", **fields)
        return self.gw.attach(made)

    def stage(self, **fields: Any) -> apigw2.Stage:  # noqa: ANN401
        return self.gw.attach(apigw2.Stage(api_id="a1", stage_name="prod", **fields))

    @property
    def domain(self) -> apigw2.DomainNameRef:
        return self.gw.domain_name("api.example.com")

    def routing_rule(self, *conditions: apigw2.RoutingRuleCondition) -> object:
        return self.domain.create_routing_rule(actions=[], conditions=conditions, priority=1)

    # The least that the rules accept, with what a case adds.

    def new_http(self, **given: Any) -> object:  # noqa: ANN401
        return self.gw.create_api("x", protocol_type="HTTP", **given)

    def new_ws(self, **given: Any) -> object:  # noqa: ANN401
        least: Any = {"route_selection_expression": _BODY}
        return self.gw.create_api("x", protocol_type="WEBSOCKET", **{**least, **given})

    def http_route(self, **given: Any) -> object:  # noqa: ANN401
        least: Any = {"route_key": "GET /pets"}
        return self.http.create_route(**{**least, **given})

    def ws_route(self, **given: Any) -> object:  # noqa: ANN401
        least: Any = {"route_key": "$connect"}
        return self.ws.create_route(**{**least, **given})

    def http_integration(self, **given: Any) -> object:  # noqa: ANN401
        least: Any = {
            "integration_type": "HTTP_PROXY",
            "integration_method": "GET",
            "payload_format_version": "1.0",
        }
        return self.http.create_integration(**{**least, **given})

    def ws_integration(self, **given: Any) -> object:  # noqa: ANN401
        least: Any = {"integration_type": "HTTP"}
        return self.ws.create_integration(**{**least, **given})

    def http_authorizer(self, **given: Any) -> object:  # noqa: ANN401
        least: Any = {
            "name": "auth",
            "authorizer_type": "REQUEST",
            "identity_source": ["$request.header.Authorization"],
            "authorizer_payload_format_version": "2.0",
        }
        return self.http.create_authorizer(**{**least, **given})

    def jwt(self, **given: Any) -> object:  # noqa: ANN401
        least: Any = {
            "name": "auth",
            "authorizer_type": "JWT",
            "identity_source": ["$request.header.Authorization"],
            "jwt_configuration": apigw2.JWTConfiguration(issuer="https://login", audience=["a"]),
        }
        return self.http.create_authorizer(**{**least, **given})

    def ws_authorizer(self, **given: Any) -> object:  # noqa: ANN401
        least: Any = {
            "name": "auth",
            "authorizer_type": "REQUEST",
            "identity_source": ["route.request.header.Authorization"],
        }
        return self.ws.create_authorizer(**{**least, **given})


Call = Callable[[With], object]


@attrs.frozen
class Case:
    """Calls that break a rule, and calls that do not."""

    breaks: Sequence[Call]
    fits: Sequence[Call]


def _domain(**fields: Any) -> Sequence[apigw2.DomainNameConfiguration]:  # noqa: ANN401
    return [apigw2.DomainNameConfiguration(), apigw2.DomainNameConfiguration(**fields)]


def _log(text: str) -> apigw2.AccessLogSettings:
    return apigw2.AccessLogSettings(format=text)


def _variables(count: int) -> dict[str, str]:
    return {f"k{number}": "v" for number in range(count)}


def _audience(count: int) -> apigw2.JWTConfiguration:
    return apigw2.JWTConfiguration(issuer="https://login", audience=[*_variables(count)])


def _paths(*paths: str) -> apigw2.RoutingRuleCondition:
    return apigw2.RoutingRuleCondition(
        match_base_paths=apigw2.RoutingRuleMatchBasePaths(any_of=[*paths])
    )


def _header(name: str, glob: str) -> apigw2.RoutingRuleCondition:
    value = apigw2.RoutingRuleMatchHeaderValue(header=name, value_glob=glob)
    return apigw2.RoutingRuleCondition(match_headers=apigw2.RoutingRuleMatchHeaders(any_of=[value]))


def _cors(**fields: Any) -> apigw2.Cors:  # noqa: ANN401
    return apigw2.Cors(allow_credentials=True, **fields)


def _foreign(create: str, other: str, name: str, value: Any) -> Case:  # noqa: ANN401
    """A parameter that only the other protocol has."""
    given = {name: value}
    return Case(
        [lambda w: getattr(w, create)(**given)],
        [lambda w: getattr(w, create)(), lambda w: getattr(w, other)(**given)],
    )


def _settings(**fields: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"default_route_settings": apigw2.RouteSettings(**fields)}


CASES: Final[dict[str, Case]] = {
    "CorsConfiguration is supported for HTTP APIs only": _foreign(
        "new_ws", "new_http", "cors_configuration", apigw2.Cors(max_age=5)
    ),
    "Target is supported for HTTP APIs only": _foreign("new_ws", "new_http", "target", _LAMBDA),
    "RouteKey is supported for HTTP APIs only": _foreign(
        "new_ws", "new_http", "route_key", "GET /"
    ),
    "CredentialsArn is supported for HTTP APIs only": _foreign(
        "new_ws", "new_http", "credentials_arn", "arn:aws:iam::123456789012:role/call"
    ),
    "DisableSchemaValidation is supported for WEBSOCKET APIs only": Case(
        [lambda w: w.new_http(disable_schema_validation=True)],
        [
            lambda w: w.new_ws(disable_schema_validation=True),
            lambda w: w.new_http(disable_schema_validation=False),
        ],
    ),
    "ApiKeyRequired is supported for WEBSOCKET APIs only": Case(
        [lambda w: w.http_route(api_key_required=True)],
        [
            lambda w: w.ws_route(api_key_required=True),
            lambda w: w.http_route(api_key_required=False),
            lambda w: w.route().update(api_key_required=True),
        ],
    ),
    "ModelSelectionExpression is supported for WEBSOCKET APIs only": _foreign(
        "http_route", "ws_route", "model_selection_expression", _BODY
    ),
    "RequestModels is supported for WEBSOCKET APIs only": _foreign(
        "http_route", "ws_route", "request_models", {"application/json": "Pet"}
    ),
    "RequestParameters is supported for WEBSOCKET APIs only": _foreign(
        "http_route",
        "ws_route",
        "request_parameters",
        {"route.request.querystring.a": apigw2.ParameterConstraints(required=True)},
    ),
    "RouteResponseSelectionExpression is supported for WEBSOCKET APIs only": _foreign(
        "http_route", "ws_route", "route_response_selection_expression", "$default"
    ),
    "ContentHandlingStrategy is supported for WEBSOCKET APIs only": _foreign(
        "http_integration", "ws_integration", "content_handling_strategy", "CONVERT_TO_TEXT"
    ),
    "PassthroughBehavior is supported for WEBSOCKET APIs only": _foreign(
        "http_integration", "ws_integration", "passthrough_behavior", "NEVER"
    ),
    "RequestTemplates is supported for WEBSOCKET APIs only": _foreign(
        "http_integration", "ws_integration", "request_templates", {"application/json": "{}"}
    ),
    "TemplateSelectionExpression is supported for WEBSOCKET APIs only": _foreign(
        "http_integration", "ws_integration", "template_selection_expression", _BODY
    ),
    "IntegrationSubtype is supported for HTTP APIs only": _foreign(
        "ws_integration", "http_integration", "integration_subtype", "SQS-SendMessage"
    ),
    "ResponseParameters is supported for HTTP APIs only": _foreign(
        "ws_integration",
        "http_integration",
        "response_parameters",
        {"200": {"remove:header.a": ""}},
    ),
    "TlsConfig is supported for HTTP APIs only": _foreign(
        "ws_integration",
        "http_integration",
        "tls_config",
        apigw2.TlsConfig(server_name_to_verify="pets.internal"),
    ),
    "ClientCertificateId is supported for WEBSOCKET APIs only": Case(
        [lambda w: w.http.create_stage("prod", client_certificate_id="c1")],
        [
            lambda w: w.ws.create_stage("prod", client_certificate_id="c1"),
            lambda w: w.stage().update(client_certificate_id="c1"),
        ],
    ),
    "AuthorizerPayloadFormatVersion is supported for HTTP APIs only": _foreign(
        "ws_authorizer", "http_authorizer", "authorizer_payload_format_version", "2.0"
    ),
    "EnableSimpleResponses is supported for HTTP APIs only": _foreign(
        "ws_authorizer", "http_authorizer", "enable_simple_responses", value=True
    ),
    "the operation is supported for HTTP APIs only": Case(
        [
            lambda w: w.ws.reimport("{}"),
            lambda w: w.ws.export(output_type="JSON", specification="OAS30"),
            lambda w: w.ws.delete_cors_configuration(),
            lambda w: w.seen("WEBSOCKET").stage("prod").reset_authorizers_cache(),
        ],
        [
            lambda w: w.http.reimport("{}"),
            lambda w: w.http.export(output_type="JSON", specification="OAS30"),
            lambda w: w.unknown.delete_cors_configuration(),
            lambda w: w.seen("HTTP").stage("prod").reset_authorizers_cache(),
        ],
    ),
    "the operation is supported for WEBSOCKET APIs only": Case(
        [
            lambda w: w.http.create_model("Pet", schema="{}"),
            lambda w: w.seen("HTTP").route("r1").create_route_response("$default"),
            lambda w: w.seen("HTTP").integration("i1").create_integration_response("$default"),
        ],
        [
            lambda w: w.ws.create_model("Pet", schema="{}"),
            lambda w: w.unknown.create_model("Pet", schema="{}"),
            lambda w: w.seen("WEBSOCKET").route("r1").create_route_response("$default"),
        ],
    ),
    "RouteSelectionExpression of an HTTP API must be ${request.method} ${request.path}": Case(
        [
            lambda w: w.new_http(route_selection_expression=_BODY),
            lambda w: w.http.update(route_selection_expression=_BODY),
        ],
        [
            lambda w: w.new_http(route_selection_expression=_EXPRESSION),
            lambda w: w.new_http(),
            lambda w: w.ws.update(route_selection_expression=_BODY),
        ],
    ),
    "RouteSelectionExpression is required for a WEBSOCKET API": Case(
        [lambda w: w.gw.create_api("x", protocol_type="WEBSOCKET")],
        [lambda w: w.new_ws(), lambda w: w.new_http(), lambda w: w.ws.update(name="y")],
    ),
    "CorsConfiguration: AllowCredentials cannot be combined with * in AllowOrigins": Case(
        [
            lambda w: w.new_http(cors_configuration=_cors(allow_origins=["*"])),
            lambda w: w.unknown.update(cors_configuration=_cors(allow_origins=["http://a", "*"])),
        ],
        [
            lambda w: w.new_http(cors_configuration=_cors(allow_origins=["https://a.example"])),
            lambda w: w.new_http(cors_configuration=_cors(allow_headers=["a", "*"])),
            lambda w: w.http.update(cors_configuration=_cors(allow_methods=["*"])),
            lambda w: w.unknown.update(cors_configuration=_cors(expose_headers=["*"])),
            lambda w: w.new_http(cors_configuration=apigw2.Cors(allow_origins=["*"])),
        ],
    ),
    "CorsConfiguration: AllowMethods takes * for every method, not ANY": Case(
        [lambda w: w.unknown.update(cors_configuration=apigw2.Cors(allow_methods=["ANY"]))],
        [
            lambda w: w.new_http(cors_configuration=apigw2.Cors(allow_methods=["*"])),
            lambda w: w.new_http(cors_configuration=apigw2.Cors(allow_methods=["GET", "put"])),
        ],
    ),
    "AuthorizationType JWT is supported for HTTP APIs only": Case(
        [lambda w: w.ws_route(authorization_type="JWT", authorizer_id="z1")],
        [lambda w: w.http_route(authorization_type="JWT", authorizer_id="z1")],
    ),
    "RouteKey of an HTTP API is a method and a path, such as GET /pets, or $default": Case(
        [
            lambda w: w.http_route(route_key="/pets"),
            lambda w: w.http_route(route_key="GET pets"),
            lambda w: w.http_route(route_key="$connect"),
            lambda w: w.http_route(route_key="FETCH /pets"),
            lambda w: w.http_route(route_key="GET /pets and more"),
        ],
        [
            *(
                (lambda w, key=key: w.http_route(route_key=key))
                for key in ("$default", "ANY /{proxy+}", "GET /", "POST /pets/{id}/v1.0")
            ),
            lambda w: w.ws_route(route_key="sendMessage"),
            lambda w: w.unknown.create_route("sendMessage"),
        ],
    ),
    "RouteKey: a variable must be a whole part of the path, such as {id} or {proxy+}": Case(
        [
            lambda w: w.http_route(route_key="GET /events/{eventId}.json"),
            lambda w: w.http_route(route_key="GET /{proxy+}.json"),
            lambda w: w.http_route(route_key="GET /{}"),
            lambda w: w.http_route(route_key="GET /{a}{b}"),
        ],
        [
            lambda w: w.http_route(route_key="GET /{id}/{other-id}/{proxy+}"),
            lambda w: w.http_route(route_key="$default"),
            lambda w: w.ws_route(route_key="{a}.json"),
        ],
    ),
    "RouteKey: a greedy variable, such as {proxy+}, must be the last part of the path": Case(
        [lambda w: w.http_route(route_key="GET /{proxy+}/pets")],
        [
            lambda w: w.http_route(route_key="GET /pets/{proxy+}"),
            lambda w: w.http_route(route_key="GET /{id}/pets"),
            lambda w: w.ws_route(route_key="{a+}/b"),
        ],
    ),
    "RequestParameters are supported for the route $connect only": Case(
        [
            lambda w: w.ws_route(route_key="$default", request_parameters=_TOKEN),
            lambda w: w.unknown.create_route("sendMessage", request_parameters=_TOKEN),
            lambda w: (
                w.within("WEBSOCKET").route(key="$disconnect").update(request_parameters=_TOKEN)
            ),
        ],
        [
            lambda w: w.ws_route(route_key="$connect", request_parameters=_TOKEN),
            lambda w: w.unknown.create_route("$default", request_parameters=_TOKEN),
            lambda w: w.unknown.create_route("GET /pets", request_parameters=_TOKEN),
            lambda w: w.unknown.route("r1").update(request_parameters=_TOKEN),
            lambda w: w.ws_route(route_key="sendMessage", request_parameters={}),
        ],
    ),
    "AuthorizationType CUSTOM has an effect on the route $connect of a WEBSOCKET API only": Case(
        [
            lambda w: w.ws_route(
                route_key="$default", authorization_type="CUSTOM", authorizer_id="z1"
            ),
            lambda w: w.within("WEBSOCKET").route().update(authorization_type="CUSTOM"),
        ],
        [
            lambda w: w.ws_route(authorization_type="CUSTOM", authorizer_id="z1"),
            lambda w: w.http_route(authorization_type="CUSTOM", authorizer_id="z1"),
            lambda w: w.ws_route(route_key="$default"),
            lambda w: w.seen("WEBSOCKET").route("r1").update(authorization_type="CUSTOM"),
        ],
    ),
    "AuthorizationType CUSTOM and JWT need an AuthorizerId": Case(
        [
            lambda w: w.http_route(authorization_type="JWT"),
            lambda w: w.unknown.create_route("GET /", authorization_type="CUSTOM"),
            lambda w: w.route().update(authorizer_id="", authorization_type="JWT"),
        ],
        [
            lambda w: w.http_route(authorizer_id="z1", authorization_type="CUSTOM"),
            lambda w: w.http_route(authorizer_id=w.authorizer(authorizer_type="JWT")),
            lambda w: w.http_route(authorization_type="AWS_IAM"),
            lambda w: w.http_route(),
            lambda w: w.route().update(authorization_type="JWT"),
            lambda w: w.route().update(authorizer_id="", authorization_type="NONE"),
        ],
    ),
    "AuthorizerId has an effect with AuthorizationType CUSTOM or JWT only": Case(
        [
            lambda w: w.http_route(authorizer_id="z1"),
            lambda w: w.http_route(authorizer_id="z1", authorization_type="NONE"),
            lambda w: w.unknown.route("r1").update(authorizer_id="z1"),
            lambda w: w.route(authorization_type="NONE").update(authorizer_id="z1"),
        ],
        [
            lambda w: w.http_route(authorizer_id="z1", authorization_type="CUSTOM"),
            lambda w: w.route(authorization_type="JWT").update(authorizer_id="z1"),
            lambda w: w.route().update(authorizer_id="", authorization_type="NONE"),
        ],
    ),
    "AuthorizerId cannot be cleared alone: clear AuthorizationType as well": Case(
        [lambda w: w.route(authorization_type="JWT").update(authorizer_id="")],
        [
            lambda w: w.route(authorization_type="JWT").update(
                authorizer_id="", authorization_type="NONE"
            ),
            lambda w: w.route(authorization_type="NONE").update(authorizer_id=""),
            lambda w: w.unknown.route("r1").update(authorizer_id=""),
        ],
    ),
    "RouteKey of a route that a quick create made cannot be changed": Case(
        [lambda w: w.route(api_gateway_managed=True).update(route_key="GET /cats")],
        [
            lambda w: w.route(api_gateway_managed=True).update(operation_name="cats"),
            lambda w: w.route(api_gateway_managed=True).update(route_key="GET /pets"),
            lambda w: w.route().update(route_key="GET /cats"),
            lambda w: w.unknown.route("r1").update(route_key="GET /cats"),
        ],
    ),
    "Target names an integration by integrations/ and its id": Case(
        [
            lambda w: w.http_route(target="a1b2c3d"),
            lambda w: w.unknown.route("r1").update(target="a1b2c3d"),
        ],
        [
            lambda w: w.http_route(target="integrations/a1b2c3d"),
            lambda w: w.http_route(target=w.integration()),
            lambda w: w.route().update(target=""),
        ],
    ),
    "AuthorizationScopes: more than 10, the default quota": Case(
        [lambda w: w.route().update(authorization_scopes=[str(n) for n in range(11)])],
        [lambda w: w.route().update(authorization_scopes=[str(n) for n in range(10)])],
    ),
    "IntegrationType of an HTTP API is AWS_PROXY or HTTP_PROXY": Case(
        [
            lambda w: w.http_integration(integration_type="AWS"),
            lambda w: w.http_integration(integration_type="HTTP"),
            lambda w: w.http_integration(integration_type="MOCK"),
        ],
        [
            lambda w: w.http_integration(integration_type="AWS_PROXY"),
            lambda w: w.http_integration(integration_type="HTTP_PROXY"),
            lambda w: w.ws_integration(integration_type="MOCK"),
        ],
    ),
    "TimeoutInMillis of a WEBSOCKET API is at most 29,000": Case(
        [lambda w: w.ws_integration(timeout_in_millis=29_001)],
        [
            lambda w: w.ws_integration(timeout_in_millis=29_000),
            lambda w: w.http_integration(timeout_in_millis=30_000),
        ],
    ),
    "PayloadFormatVersion is required for an HTTP API": Case(
        [lambda w: w.http.create_integration("HTTP_PROXY", integration_uri=_URI)],
        [
            lambda w: w.http_integration(integration_uri=_URI),
            lambda w: w.ws_integration(),
            lambda w: w.unknown.create_integration("HTTP_PROXY"),
        ],
    ),
    "PayloadFormatVersion 2.0 is supported for Lambda functions only": Case(
        [
            lambda w: w.http_integration(payload_format_version="2.0"),
            lambda w: w.http_integration(
                integration_type="AWS_PROXY",
                integration_subtype="SQS-SendMessage",
                payload_format_version="2.0",
            ),
            lambda w: w.integration(integration_type="HTTP_PROXY").update(
                payload_format_version="2.0"
            ),
        ],
        [
            lambda w: w.http_integration(
                integration_type="AWS_PROXY", payload_format_version="2.0"
            ),
            lambda w: w.integration().update(payload_format_version="2.0"),
            lambda w: w.integration(integration_type="AWS_PROXY").update(
                payload_format_version="2.0"
            ),
        ],
    ),
    "PayloadFormatVersion of a WEBSOCKET API is 1.0": Case(
        [lambda w: w.ws_integration(payload_format_version="2.0")],
        [
            lambda w: w.ws_integration(payload_format_version="1.0"),
            lambda w: w.http_integration(
                integration_type="AWS_PROXY", payload_format_version="2.0"
            ),
        ],
    ),
    "IntegrationMethod is required for HTTP_PROXY": Case(
        [lambda w: w.http_integration(integration_method=None)],
        [
            lambda w: w.http_integration(),
            lambda w: w.http_integration(integration_type="AWS_PROXY", integration_method=None),
            lambda w: w.integration(integration_type="HTTP_PROXY").update(integration_uri=_URI),
        ],
    ),
    "ConnectionId is required for ConnectionType VPC_LINK": Case(
        [lambda w: w.http_integration(connection_type="VPC_LINK")],
        [
            lambda w: w.http_integration(connection_type="VPC_LINK", connection_id="v1"),
            lambda w: w.http_integration(connection_type="INTERNET"),
            lambda w: w.integration().update(connection_type="VPC_LINK"),
        ],
    ),
    "IntegrationUri of a private integration is the ARN of a listener or Cloud Map service": Case(
        [
            lambda w: w.http_integration(connection_type="VPC_LINK", integration_uri=_URI),
            lambda w: w.unknown.create_integration(
                "HTTP_PROXY", connection_type="VPC_LINK", integration_uri=_LOAD_BALANCER
            ),
            lambda w: w.integration(connection_type="VPC_LINK").update(
                integration_uri=_LOAD_BALANCER
            ),
        ],
        [
            lambda w: w.http_integration(connection_type="VPC_LINK", integration_uri=_LISTENER),
            lambda w: w.http_integration(connection_type="VPC_LINK", integration_uri=_CLOUD_MAP),
            lambda w: w.http_integration(connection_type="INTERNET", integration_uri=_URI),
            lambda w: w.http_integration(connection_type="VPC_LINK"),
            lambda w: w.ws_integration(connection_type="VPC_LINK", integration_uri=_URI),
            lambda w: w.unknown.create_integration(
                "HTTP_PROXY", connection_type="VPC_LINK", integration_uri=_URI
            ),
        ],
    ),
    "IntegrationUri of a WEBSOCKET API is the function's invocation URI, not its ARN": Case(
        [lambda w: w.ws_integration(integration_type="AWS_PROXY", integration_uri=_LAMBDA)],
        [
            lambda w: w.ws_integration(integration_type="AWS_PROXY", integration_uri=_INVOCATION),
            lambda w: w.ws_integration(integration_uri=_URI),
            lambda w: w.http_integration(integration_type="AWS_PROXY", integration_uri=_LAMBDA),
        ],
    ),
    f"IntegrationSubtype is not one of {', '.join(SUBTYPES)}": Case(
        [lambda w: w.http_integration(integration_subtype="SNS-Publish")],
        [
            *(
                (lambda w, subtype=subtype: w.http_integration(integration_subtype=subtype))
                for subtype in SUBTYPES
            ),
            lambda w: w.integration().update(integration_subtype=""),
        ],
    ),
    "CredentialsArn is required with an IntegrationSubtype": Case(
        [lambda w: w.http_integration(integration_subtype="SQS-PurgeQueue")],
        [
            lambda w: w.http_integration(
                integration_subtype="SQS-PurgeQueue", credentials_arn="arn:aws:iam::1:role/call"
            ),
            lambda w: w.http_integration(),
            lambda w: w.integration().update(integration_subtype="SQS-PurgeQueue"),
        ],
    ),
    "RequestParameters lack what the IntegrationSubtype requires": Case(
        [
            *(
                (lambda w, subtype=subtype: w.http_integration(integration_subtype=subtype))
                for subtype in SUBTYPES
            ),
            lambda w: w.http_integration(
                integration_subtype="SQS-SendMessage", request_parameters={"QueueUrl": _URI}
            ),
        ],
        [
            lambda w: w.http_integration(
                integration_subtype="SQS-SendMessage",
                request_parameters={"QueueUrl": _URI, "MessageBody": "$request.body"},
            ),
            lambda w: w.http_integration(request_parameters={"overwrite:path": "/"}),
            lambda w: w.http_integration(integration_subtype="SNS-Publish"),
            lambda w: w.integration().update(integration_subtype="SQS-SendMessage"),
        ],
    ),
    "the integration that a quick create made cannot be deleted": Case(
        [lambda w: w.integration(**_MANAGED).delete()],
        [
            lambda w: w.integration().delete(),
            lambda w: w.integration(**_MANAGED).update(description="changed"),
        ],
    ),
    "AuthorizerType JWT is supported for HTTP APIs only": Case(
        [lambda w: w.ws_authorizer(authorizer_type="JWT")],
        [lambda w: w.jwt(), lambda w: w.ws_authorizer()],
    ),
    "JwtConfiguration with an Issuer is required for AuthorizerType JWT": Case(
        [
            lambda w: w.jwt(jwt_configuration=None),
            lambda w: w.jwt(jwt_configuration=apigw2.JWTConfiguration(audience=["a"])),
        ],
        [lambda w: w.jwt(), lambda w: w.http_authorizer()],
    ),
    "JwtConfiguration: Issuer must be a full URL, with https://": Case(
        [
            lambda w: w.jwt(jwt_configuration=apigw2.JWTConfiguration(issuer="login.example.com")),
            lambda w: w.authorizer().update(
                jwt_configuration=apigw2.JWTConfiguration(issuer="http://login.example.com")
            ),
        ],
        [
            lambda w: w.jwt(),
            lambda w: w.authorizer().update(
                jwt_configuration=apigw2.JWTConfiguration(audience=["a"])
            ),
        ],
    ),
    "AuthorizerPayloadFormatVersion is required for AuthorizerType REQUEST of an HTTP API": Case(
        [
            lambda w: w.http_authorizer(authorizer_payload_format_version=None),
            lambda w: w.unknown.create_authorizer(
                "auth", authorizer_type="REQUEST", identity_source=["$request.header.Auth"]
            ),
        ],
        [
            lambda w: w.http_authorizer(),
            lambda w: w.jwt(),
            lambda w: w.ws_authorizer(),
            lambda w: w.unknown.create_authorizer(
                "auth", authorizer_type="REQUEST", identity_source=["route.request.header.Auth"]
            ),
        ],
    ),
    "AuthorizerCredentialsArn is supported for AuthorizerType REQUEST only": Case(
        [lambda w: w.jwt(authorizer_credentials_arn="arn:aws:iam::123456789012:role/call")],
        [
            lambda w: w.http_authorizer(
                authorizer_credentials_arn="arn:aws:iam::123456789012:role/call"
            ),
            lambda w: w.authorizer(authorizer_type="JWT").update(authorizer_credentials_arn=""),
        ],
    ),
    "AuthorizerUri is supported for AuthorizerType REQUEST only": Case(
        [
            lambda w: w.jwt(authorizer_uri=_INVOCATION),
            lambda w: w.authorizer(authorizer_type="JWT").update(authorizer_uri=_INVOCATION),
        ],
        [
            lambda w: w.http_authorizer(authorizer_uri=_INVOCATION),
            lambda w: w.unknown.authorizer("z1").update(authorizer_uri=_INVOCATION),
            lambda w: w.authorizer(authorizer_type="JWT").update(authorizer_uri=""),
        ],
    ),
    "AuthorizerUri is the function's invocation URI, not its ARN": Case(
        [
            lambda w: w.http_authorizer(authorizer_uri=_LAMBDA),
            lambda w: w.unknown.authorizer("z1").update(authorizer_uri=_LAMBDA),
        ],
        [lambda w: w.http_authorizer(authorizer_uri=_INVOCATION), lambda w: w.jwt()],
    ),
    "EnableSimpleResponses is supported for AuthorizerType REQUEST only": Case(
        [
            lambda w: w.jwt(enable_simple_responses=True),
            lambda w: w.jwt(enable_simple_responses=False),
        ],
        [lambda w: w.http_authorizer(enable_simple_responses=True), lambda w: w.jwt()],
    ),
    "EnableSimpleResponses needs AuthorizerPayloadFormatVersion 2.0": Case(
        [
            lambda w: w.http_authorizer(
                enable_simple_responses=True, authorizer_payload_format_version="1.0"
            ),
            lambda w: w.authorizer(authorizer_payload_format_version="1.0").update(
                enable_simple_responses=True
            ),
        ],
        [
            lambda w: w.http_authorizer(enable_simple_responses=True),
            lambda w: w.http_authorizer(
                enable_simple_responses=False, authorizer_payload_format_version="1.0"
            ),
            lambda w: w.authorizer(authorizer_payload_format_version="1.0").update(
                enable_simple_responses=True, authorizer_payload_format_version="2.0"
            ),
        ],
    ),
    "IdentitySource starts with $ in an HTTP API, and with route.request. in a WEBSOCKET API": Case(
        [
            lambda w: w.http_authorizer(identity_source=["route.request.header.Auth"]),
            lambda w: w.http_authorizer(identity_source=["$request.header.a", "header"]),
            lambda w: w.ws_authorizer(identity_source=["$request.header.Auth"]),
        ],
        [
            lambda w: w.http_authorizer(identity_source=["$request.header.a", "$context.path"]),
            lambda w: w.ws_authorizer(
                identity_source=["route.request.header.a", "context.stage", "stageVariables.b"]
            ),
            lambda w: w.authorizer().update(identity_source=["header"]),
        ],
    ),
    "AuthorizerResultTtlInSeconds above 0 needs an IdentitySource, which is the cache's key": Case(
        [
            lambda w: w.http_authorizer(identity_source=[], authorizer_result_ttl_in_seconds=300),
            lambda w: w.authorizer(identity_source=()).update(authorizer_result_ttl_in_seconds=1),
        ],
        [
            lambda w: w.http_authorizer(authorizer_result_ttl_in_seconds=300),
            lambda w: w.http_authorizer(identity_source=[], authorizer_result_ttl_in_seconds=0),
            lambda w: w.unknown.authorizer("z1").update(authorizer_result_ttl_in_seconds=300),
        ],
    ),
    "JwtConfiguration.Audience: more than 50, the default quota": Case(
        [lambda w: w.jwt(jwt_configuration=_audience(51))],
        [lambda w: w.jwt(jwt_configuration=_audience(50)), lambda w: w.http_authorizer()],
    ),
    "StageName has letters, digits, - and _ only, up to 128, or is $default": Case(
        [
            lambda w: w.http.create_stage("pro.d"),
            lambda w: w.http.create_stage("größe"),
        ],
        [
            lambda w: w.http.create_stage("$default"),
            lambda w: w.http.create_stage("Prod-2_b"),
            lambda w: w.unknown.create_stage("x" * 128),
        ],
    ),
    "StageName $default is supported for HTTP APIs only": Case(
        [lambda w: w.ws.create_stage("$default")],
        [
            lambda w: w.http.create_stage("$default"),
            lambda w: w.unknown.create_stage("$default"),
            lambda w: w.ws.create_stage("prod"),
        ],
    ),
    "StageVariables: values have letters, digits and -._~:/?#&=, only": Case(
        [
            lambda w: w.http.create_stage("prod", stage_variables={"a": "b", "c": "d e"}),
            lambda w: w.stage().update(stage_variables={"a": "{b}"}),
        ],
        [
            lambda w: w.http.create_stage("prod", stage_variables={"a": "Az0-._~:/?#&=,"}),
            lambda w: w.stage().update(stage_variables={"a": ""}),
        ],
    ),
    "StageVariables: more than 100, the default quota": Case(
        [lambda w: w.http.create_stage("prod", stage_variables=_variables(101))],
        [lambda w: w.http.create_stage("prod", stage_variables=_variables(100))],
    ),
    "RouteSettings: LoggingLevel is supported for WEBSOCKET APIs only, even OFF": Case(
        [
            lambda w: w.http.create_stage("prod", **_settings(logging_level="INFO")),
            lambda w: w.http.create_stage("prod", **_settings(logging_level="OFF")),
            lambda w: w.http.create_stage(
                "prod", route_settings={"GET /": apigw2.RouteSettings(logging_level="ERROR")}
            ),
        ],
        [
            lambda w: w.ws.create_stage("prod", **_settings(logging_level="INFO")),
            lambda w: w.http.create_stage("prod", **_settings(throttling_burst_limit=5)),
            lambda w: w.stage().update(**_settings(logging_level="INFO")),
        ],
    ),
    "RouteSettings: DataTraceEnabled is supported for WEBSOCKET APIs only": Case(
        [lambda w: w.http.create_stage("prod", **_settings(data_trace_enabled=True))],
        [
            lambda w: w.ws.create_stage("prod", **_settings(data_trace_enabled=True)),
            lambda w: w.http.create_stage("prod", **_settings(data_trace_enabled=False)),
        ],
    ),
    "RouteSettings: throttling limits cannot be negative, and 0 rejects every request": Case(
        [
            lambda w: w.stage().update(**_settings(throttling_burst_limit=-1)),
            lambda w: w.http.create_stage("prod", **_settings(throttling_rate_limit=-1)),
        ],
        [lambda w: w.stage().update(**_settings(throttling_burst_limit=0))],
    ),
    "DeploymentId cannot be set together with AutoDeploy": Case(
        [
            lambda w: w.stage().update(deployment_id="d1", auto_deploy=True),
            lambda w: w.unknown.stage("prod").update(deployment_id="d1", auto_deploy=True),
        ],
        [
            lambda w: w.stage(auto_deploy=True).update(deployment_id="d1"),
            lambda w: w.stage().update(deployment_id="d1", auto_deploy=False),
            lambda w: w.stage().update(auto_deploy=True),
        ],
    ),
    "DeploymentId is set by the service on a stage with AutoDeploy": Case(
        [
            lambda w: w.http.create_stage("prod", auto_deploy=True, deployment_id="d1"),
            lambda w: w.stage(auto_deploy=True).update(deployment_id="d1"),
        ],
        [
            lambda w: w.http.create_stage("prod", deployment_id="d1"),
            lambda w: w.http.create_stage("prod", auto_deploy=True),
            lambda w: w.stage(auto_deploy=True).update(deployment_id="d1", auto_deploy=False),
            lambda w: w.unknown.stage("prod").update(deployment_id="d1"),
        ],
    ),
    "AccessLogSettings: Format must be a single line": Case(
        [lambda w: w.stage().update(access_log_settings=_log("$context.requestId\n$context.path"))],
        [
            lambda w: w.stage().update(access_log_settings=_log("$context.requestId\n")),
            lambda w: w.stage().update(access_log_settings=_log("$context.requestId")),
        ],
    ),
    "AccessLogSettings: Format must have $context.requestId or $context.extendedRequestId": Case(
        [
            lambda w: w.http.create_stage("prod", access_log_settings=_log("$context.path")),
            lambda w: w.stage().update(access_log_settings=_log("$context.requestIdentity")),
        ],
        [
            lambda w: w.http.create_stage(
                "prod", access_log_settings=_log('{"id": "$context.requestId"}')
            ),
            lambda w: w.stage().update(access_log_settings=_log("$context.extendedRequestId")),
            lambda w: w.stage().update(
                access_log_settings=apigw2.AccessLogSettings(destination_arn="arn:aws:logs:x")
            ),
        ],
    ),
    "not every member of the $default stage that a quick create made can be changed": Case(
        [lambda w: w.stage(**_MANAGED).update(description="changed")],
        [lambda w: w.stage().update(description="changed")],
    ),
    "DomainNameConfigurations: EndpointType of HTTP and WEBSOCKET APIs is REGIONAL": Case(
        [
            lambda w: w.gw.create_domain_name(
                "a.example", domain_name_configurations=_domain(endpoint_type="EDGE")
            ),
            lambda w: w.domain.update(domain_name_configurations=_domain(endpoint_type="EDGE")),
        ],
        [lambda w: w.domain.update(domain_name_configurations=_domain(endpoint_type="REGIONAL"))],
    ),
    "DomainNameConfigurations: SecurityPolicy of HTTP and WEBSOCKET APIs is TLS_1_2": Case(
        [lambda w: w.domain.update(domain_name_configurations=_domain(security_policy="TLS_1_0"))],
        [lambda w: w.domain.update(domain_name_configurations=_domain(security_policy="TLS_1_2"))],
    ),
    "ApiMappingKey cannot start or end with /, or have //": Case(
        [
            lambda w: w.domain.create_api_mapping(api_id="a1", stage="p", api_mapping_key="/v1"),
            lambda w: w.domain.create_api_mapping(api_id="a1", stage="p", api_mapping_key="v1/"),
            lambda w: w.domain.api_mapping("m1").update(api_id="a1", api_mapping_key="a//b"),
        ],
        [
            lambda w: w.domain.create_api_mapping(api_id="a1", stage="p", api_mapping_key="a/b"),
            lambda w: w.domain.create_api_mapping(api_id="a1", stage="p", api_mapping_key=""),
            lambda w: w.domain.create_api_mapping(api_id="a1", stage="p"),
        ],
    ),
    "Conditions: each match takes one value": Case(
        [lambda w: w.routing_rule(_paths("a", "b"))],
        [lambda w: w.routing_rule(_paths("a")), lambda w: w.routing_rule(_header("a", "b"))],
    ),
    "Conditions: a header has up to 40 characters, a glob 128": Case(
        [
            lambda w: w.routing_rule(_header("x" * 41, "*")),
            lambda w: w.routing_rule(_header("x", "*" * 129)),
        ],
        [
            lambda w: w.routing_rule(_header("x" * 40, "*" * 128)),
            lambda w: w.routing_rule(_paths("a" * 41)),
        ],
    ),
    "Tags: keys that start with aws: are reserved": Case(
        [lambda w: w.gw.tag_resource("arn:aws:x", tags={"aws:cloudformation:stack-id": "1"})],
        [lambda w: w.gw.tag_resource("arn:aws:x", tags={"awsome": "1"})],
    ),
    "Tags: more than 50, the default quota": Case(
        [lambda w: w.new_http(tags=_variables(51))], [lambda w: w.new_http(tags=_variables(50))]
    ),
    "SubnetIds: more than 10, the default quota": Case(
        [lambda w: w.gw.create_vpc_link("link", subnet_ids=[*_variables(11)])],
        [lambda w: w.gw.create_vpc_link("link", subnet_ids=[*_variables(10)])],
    ),
}
by_rule: Final = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.message[:60])


def test_every_rule_has_its_case() -> None:
    messages = [rule.message for rule in RULES]
    assert len(set(messages)) == len(messages), "tell the rules apart by their messages"
    missing = [message for message in messages if message not in CASES]
    assert not missing, f"add cases for: {missing}"
    unknown = [message for message in CASES if message not in messages]
    assert not unknown, f"no such rule: {unknown}"
    assert all(case.breaks and case.fits for case in CASES.values())


def notes(local: Local, gw: apigw2.ApiGatewayV2, call: Call) -> list[str]:
    """What is added to the error when the service refuses a call."""
    local.server.prepare([refusal("BadRequestException", "No.", 400)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", apigw2.PreflightWarning)
        with pytest.raises(apigw2.BadRequestError) as caught:
            call(With(gw))
    assert len(local.server.requests) == 1
    return notes_of(caught.value)


def about(rule: Rule, texts: Sequence[str]) -> list[str]:
    """The texts that name a rule and its source; advice may stand between the two."""
    source = f" (source: {rule.source})"
    return [text for text in texts if rule.message in text and text.endswith(source)]


@by_rule
def test_broken_rules_are_told_when_the_service_refuses(rule: Rule, local: Local) -> None:
    """With preflight off as well: nobody has to look them up."""
    for gw in (local.off, local.warning):
        for call in CASES[rule.message].breaks:
            assert about(rule, notes(local, gw, call))
    for call in CASES[rule.message].fits:
        assert not about(rule, notes(local, local.off, call))


@by_rule
def test_only_rules_with_a_known_rejection_block(rule: Rule, local: Local) -> None:
    for call in CASES[rule.message].breaks:
        local.server.prepare()
        if rule.blocks:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", apigw2.PreflightWarning)
                with pytest.raises(apigw2.PreflightError) as caught:
                    call(With(local.gateway))
            (found,) = [v for v in caught.value.violations if v.message.startswith(rule.message)]
            assert found.source == rule.source
            assert found.blocks
            assert about(rule, str(caught.value).splitlines())
            assert not local.server.requests
        else:
            assert about(rule, warned(local, local.gateway, call))


def warned(local: Local, gw: apigw2.ApiGatewayV2, call: Call) -> list[str]:
    """The warnings of a call that is made all the same, each with this file as its place."""
    local.server.prepare([refusal("NotFoundException", "No.", 404)])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with pytest.raises(apigw2.NotFoundError):
            call(With(gw))
    assert len(local.server.requests) == 1
    assert all(each.category is apigw2.PreflightWarning for each in caught)
    return [str(each.message) for each in caught]


@by_rule
def test_warn_only_warns_and_off_does_not(rule: Rule, local: Local) -> None:
    for call in CASES[rule.message].breaks:
        assert about(rule, warned(local, local.warning, call))
        assert not warned(local, local.off, call)
    for call in CASES[rule.message].fits:
        assert not about(rule, warned(local, local.warning, call))


def test_every_rule_has_a_source_and_every_block_a_rejection() -> None:
    for rule in RULES:
        assert rule.source
        assert rule.blocks == bool(rule.rejection)
        assert not (rule.blocks and rule.source == "service model")


def test_advice_says_what_to_write(local: Local) -> None:
    told = [
        *warned(local, local.gateway, lambda w: w.http_route(target="a1b2c3d")),
        *warned(
            local,
            local.gateway,
            lambda w: w.ws_integration(integration_type="AWS_PROXY", integration_uri=_LAMBDA),
        ),
        *warned(local, local.gateway, lambda w: w.http_authorizer(authorizer_uri=_LAMBDA)),
    ]
    assert [text.partition(": write ")[2].partition(" (source")[0] for text in told] == [
        "'integrations/a1b2c3d'",
        repr(_INVOCATION),
        repr(_INVOCATION),
    ]


def test_all_that_is_wrong_is_told_at_once(local: Local) -> None:
    with pytest.raises(apigw2.PreflightError) as caught:
        With(local.gateway).http.create_integration("MOCK", timeout_in_millis=10)
    assert [v.message for v in caught.value.violations] == [
        "IntegrationType of an HTTP API is AWS_PROXY or HTTP_PROXY: not 'MOCK'",
        "TimeoutInMillis: 10 is below the minimum of 50",
    ]
    assert str(caught.value).splitlines()[0] == (
        "CreateIntegration was not sent because it would fail (preflight='off' sends it anyway)"
    )
    assert isinstance(caught.value, ValueError)
    assert not local.server.requests


def test_a_blocking_rule_wins_over_a_warning(local: Local) -> None:
    """Those that would only warn are not in the error, as they may not be what is wrong."""
    with pytest.raises(apigw2.PreflightError) as caught:
        With(local.gateway).http_route(route_key="pets", api_key_required=True)
    (violation,) = caught.value.violations
    assert violation.message.startswith("RouteKey of an HTTP API")


def test_a_warning_points_to_the_line_of_the_call(local: Local) -> None:
    local.server.prepare([good("CreateApiMapping")])
    with pytest.warns(apigw2.PreflightWarning, match="^CreateApiMapping: ApiMappingKey") as caught:
        With(local.gateway).domain.create_api_mapping(api_id="a1", stage="p", api_mapping_key="/v1")
    assert caught[0].filename == __file__


FETCHES: Final[Mapping[str, Callable[[apigw2.DomainNameRef], object]]] = {
    "loop": lambda domain: [*domain.list_routing_rules(page_size=101)],
    "gather": lambda domain: apigw2.gather(domain.list_routing_rules(page_size=101)),
    "all": lambda domain: domain.list_routing_rules(page_size=101).all(),
}


@pytest.mark.parametrize("fetch", FETCHES.values(), ids=FETCHES)
def test_warnings_of_listings_point_to_the_line_that_makes_the_listing(
    fetch: Callable[[apigw2.DomainNameRef], object], local: Local
) -> None:
    local.server.prepare(then=Answer({"routingRules": [], "nextToken": None}))
    with pytest.warns(apigw2.PreflightWarning, match="101 exceeds the maximum of 100") as caught:
        fetch(With(local.warning).domain)
    assert [warning.filename for warning in caught] == [__file__]


# --- the model's own limits -------------------------------------------------------------------

LIMITS: Final[dict[str, tuple[Call, str]]] = {
    "max in a shape's name": (
        lambda w: w.unknown.update(name="x" * 129),
        "Name: 129 characters exceeds the maximum of 128",
    ),
    "min in a shape's name": (
        lambda w: w.gw.create_vpc_link("", subnet_ids=["subnet-1"]),
        "Name: 0 characters is below the minimum of 1",
    ),
    "a thousand and twenty-four each": (
        lambda w: w.unknown.create_model("Pet", schema="x" * (32 * 1024 + 1)),
        "Schema: 32769 characters exceeds the maximum of 32768",
    ),
    "a limit below nothing": (
        lambda w: w.unknown.update(cors_configuration=apigw2.Cors(max_age=-2)),
        "CorsConfiguration.MaxAge: -2 is below the minimum of -1",
    ),
    "max of a number": (
        lambda w: w.unknown.update(cors_configuration=apigw2.Cors(max_age=86_401)),
        "CorsConfiguration.MaxAge: 86401 exceeds the maximum of 86400",
    ),
    "min of the model": (
        lambda w: w.domain.create_routing_rule(actions=[], conditions=[], priority=0),
        "Priority: 0 is below the minimum of 1",
    ),
    "in a map": (
        lambda w: w.unknown.create_stage("prod", stage_variables={"a": "x" * 2049}),
        "StageVariables['a']: 2049 characters exceeds the maximum of 2048",
    ),
    "in a list": (
        lambda w: w.domain.update(domain_name_configurations=_domain(certificate_name="x" * 129)),
        "DomainNameConfigurations[1].CertificateName: 129 characters exceeds the maximum of 128",
    ),
}
# What AWS accepts, beyond the service model's bounds (`_service/bounds.py` has the sources).
ACCEPTED: Final[Mapping[str, Call]] = {
    "empty tags": lambda w: w.new_http(tags={"a": ""}),
    "a log format of 3 KB": lambda w: w.stage().update(
        access_log_settings=_log("$context.requestId".ljust(3072))
    ),
    "a parameter without a value": lambda w: w.http_integration(
        request_parameters={"remove:header.a": ""},
        response_parameters={"200": {"remove:header.a": ""}},
    ),
    "a mock integration with an empty URI": lambda w: w.ws.create_integration(
        integration_type="MOCK", integration_uri=""
    ),
    "a long scope": lambda w: w.route().update(authorization_scopes=["https://" + "x" * 80]),
    "an expression for API keys": lambda w: w.new_http(
        api_key_selection_expression="$request.header.x-api-key"
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_values_that_aws_accepts_beyond_the_model_are_sent(name: str, local: Local) -> None:
    assert not warned(local, local.gateway, ACCEPTED[name])


def test_access_log_formats_are_measured_in_bytes(local: Local) -> None:
    with pytest.raises(apigw2.PreflightError, match="Format: 3073 bytes exceeds the maximum of"):
        With(local.gateway).stage().update(
            access_log_settings=_log("$context.requestIdä".ljust(3072))
        )


def test_every_correction_names_a_shape_and_its_member() -> None:
    shapes = shapes_of_today()
    for place in CORRECTIONS:
        shape, _, member = place.partition(".")
        assert member in shapes[shape] or member in shapes[shape]["members"]


# Of all limits, botocore checks the least ones that the model states outside of names.
REFUSED_BY_BOTOCORE: Final = ("a limit below nothing", "min of the model")


@pytest.mark.parametrize("name", LIMITS)
def test_values_out_of_the_models_limits_are_blocked(name: str, local: Local) -> None:
    call, message = LIMITS[name]
    with pytest.raises(apigw2.PreflightError) as caught:
        call(With(local.gateway))
    assert [*caught.value.violations] == [apigw2.Violation(message, "service model", blocks=True)]
    if name in REFUSED_BY_BOTOCORE:
        with pytest.raises(ParamValidationError):
            call(With(local.off))
    else:
        assert f"preflight: {message} (source: service model)" in notes(local, local.off, call)


def shapes_of_today() -> dict[str, Any]:
    """Those of the service model, to be changed into tomorrow's."""
    model = Loader().load_service_model("apigatewayv2", "service-2")
    shapes: dict[str, Any] = copy.deepcopy(model["shapes"])
    return shapes


def with_shapes(shapes: dict[str, Any]) -> apigw2.ApiGatewayV2:
    model = {**Loader().load_service_model("apigatewayv2", "service-2"), "shapes": shapes}
    meta = SimpleNamespace(service_model=ServiceModel(model, "apigatewayv2"))
    double: Any = SimpleNamespace(meta=meta)
    return apigw2.ApiGatewayV2(client=double)


def test_values_outside_the_models_patterns_are_blocked() -> None:
    """No parameter of today's service model has one; tomorrow's may."""
    shapes = shapes_of_today()
    shapes["Id"]["pattern"] = "^[a-z0-9]+$"
    assert shapes["CreateRouteRequest"]["members"]["AuthorizerId"]["shape"] == "Id"
    api = with_shapes(shapes).api("a1")
    with pytest.raises(apigw2.PreflightError) as caught:
        api.create_route("GET /", authorizer_id="A b", authorization_type="JWT")
    (violation,) = caught.value.violations
    assert violation.message == "AuthorizerId: 'A b' does not match ^[a-z0-9]+$"


def test_a_structure_of_the_model_may_contain_itself() -> None:
    """None of today's does."""
    shapes = shapes_of_today()
    shapes["Cors"]["members"]["Inner"] = {"shape": "Cors"}
    cors = apigw2.Cors(extra={"Inner": {"Inner": {"MaxAge": -2}}})
    with pytest.raises(apigw2.PreflightError) as caught:
        with_shapes(shapes).api("a1").update(cors_configuration=cors)
    (violation,) = caught.value.violations
    assert (
        violation.message == "CorsConfiguration.Inner.Inner.MaxAge: -2 is below the minimum of -1"
    )


def test_limits_pass_over_what_is_of_another_type() -> None:
    """botocore says that; a value type's `extra` may hold anything."""
    shapes = shapes_of_today()
    inside = {"Items": "AuthorizationScopes", "Values": "StageVariablesMap", "Inner": "Cors"}
    for name, shape in inside.items():
        shapes["Cors"]["members"][name] = {"shape": shape}
    cors = apigw2.Cors(max_age=-2, extra=dict.fromkeys(inside, 7))
    with pytest.raises(apigw2.PreflightError) as caught:
        with_shapes(shapes).api("a1").update(cors_configuration=cors)
    (violation,) = caught.value.violations
    assert violation.message == "CorsConfiguration.MaxAge: -2 is below the minimum of -1"


def test_what_is_no_object_at_all_is_refused_by_botocore(local: Local) -> None:
    condition = apigw2.RoutingRuleCondition(extra={"MatchHeaders": "a1"})
    with pytest.raises(ParamValidationError, match="MatchHeaders"):
        With(local.gateway).domain.create_routing_rule(
            actions=[], conditions=[condition], priority=1
        )
    assert not local.server.requests


def test_empty_text_clears_a_field_of_an_update(local: Local) -> None:
    local.server.prepare(then=good("UpdateApi"))
    local.gateway.api("a1").update(version="", description="")
    assert local.server.requests[0].json == {"version": "", "description": ""}
    with pytest.raises(apigw2.PreflightError, match="Version: 0 characters is below"):
        local.gateway.create_api("x", protocol_type="HTTP", version="")


def test_unknown_value_of_an_enumeration_only_warns(local: Local) -> None:
    """The service learns new values before the model does."""
    brand_new: Any = "HTTP3"
    local.server.prepare([good("CreateApi")])
    with pytest.warns(apigw2.PreflightWarning) as caught:
        local.gateway.create_api("x", protocol_type=brand_new)
    assert "ProtocolType: 'HTTP3' is not one of WEBSOCKET, HTTP" in str(caught[0].message)
    assert local.server.requests[0].json == {"name": "x", "protocolType": "HTTP3"}


def test_a_good_call_is_told_nothing(local: Local) -> None:
    assert not notes(local, local.off, lambda w: w.http_route())
    assert not warned(local, local.gateway, lambda w: w.http_integration(integration_uri=_URI))
    assert not warned(local, local.gateway, lambda w: w.jwt())


def test_errors_other_than_bad_requests_are_told_nothing(local: Local) -> None:
    local.server.prepare([Answer(status=409)])
    with pytest.raises(apigw2.ServiceError) as caught:
        With(local.off).http_route(route_key="pets")
    assert not notes_of(caught.value)


def test_a_client_without_a_service_model_checks_rules_only() -> None:
    """A test double has neither events nor a model; the table still holds."""

    class Double:
        def create_route(self, **_: object) -> dict[str, object]:
            return {"RouteId": "r1", "RouteKey": "GET /pets"}

    double: Any = Double()
    gw = apigw2.ApiGatewayV2(client=double)
    assert gw.api("a1").create_route("GET /pets").route_id == "r1"
    with pytest.raises(apigw2.PreflightError, match="RouteKey of an HTTP API"):
        With(gw).http_route(route_key="pets")


def test_preflight_of_a_client_of_ones_own(local: Local) -> None:
    gw = apigw2.ApiGatewayV2(client=client(local.server), preflight="off")
    local.server.prepare([good("CreateRoute")])
    With(gw).http_route(route_key="pets")
    assert local.server.requests[0].json == {"routeKey": "pets"}


@pytest.mark.parametrize("seen", ["get", "list", "create"])
def test_protocol_is_known_of_apis_that_were_seen(seen: str, local: Local) -> None:
    """A reference has no state, but a protocol never changes: having seen it once will do."""
    gw = local.gateway
    local.server.prepare(then=Answer(ROUTE))
    gw.api("a1").route("r1").update(route_key="pets")
    if seen == "list":
        local.server.prepare(then=Answer({"items": [{**API, "apiId": "a0"}, API]}))
        list(gw.get_apis())
    else:
        local.server.prepare(then=Answer(API))
        if seen == "get":
            gw.get_api("a1")
        else:
            gw.create_api("petstore", protocol_type="HTTP")
    with pytest.raises(apigw2.PreflightError, match="RouteKey of an HTTP API"):
        gw.api("a1").route("r1").update(route_key="pets")
