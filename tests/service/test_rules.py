"""Every rule of the table has calls that break it and calls that do not."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Sequence
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, Final

import attrs
import pytest
from botocore.exceptions import ParamValidationError
from botocore.loaders import Loader
from botocore.model import ServiceModel

import apigw2
from apigw2._objects.references import connection_of
from apigw2._service.rules import RULES, Rule
from tests.faults.answers import good
from tests.faults.server import Answer
from tests.support.local import API, ROUTE, Local, client, notes_of, refusal

_URI: Final = "https://pets.example.com"
_LAMBDA: Final = "arn:aws:lambda:eu-central-1:123456789012:function:pets"
_LISTENER: Final = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/a/b/c"
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
        return self.gw.api("a1")

    def seen(self, protocol: apigw2.ProtocolType) -> apigw2.ApiRef:
        """A reference to an API that the gateway has seen."""
        attrgetter("_protocols")(connection_of(self.gw).checks)["a1"] = protocol
        return self.unknown

    def route(self, **fields: Any) -> apigw2.Route:  # noqa: ANN401  # any field
        made = apigw2.Route(api_id="a1", route_id="r1", route_key="GET /pets", **fields)
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
        least: Any = {"integration_type": "HTTP_PROXY", "payload_format_version": "1.0"}
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
    "CorsConfiguration is for HTTP APIs only": _foreign(
        "new_ws", "new_http", "cors_configuration", apigw2.Cors(max_age=5)
    ),
    "Target is for HTTP APIs only": _foreign("new_ws", "new_http", "target", _LAMBDA),
    "RouteKey is for HTTP APIs only": _foreign("new_ws", "new_http", "route_key", "GET /"),
    "CredentialsArn is for HTTP APIs only": _foreign(
        "new_ws", "new_http", "credentials_arn", "arn:aws:iam::123456789012:role/call"
    ),
    "ApiKeySelectionExpression is for WEBSOCKET APIs only": Case(
        [
            lambda w: w.new_http(api_key_selection_expression="$request.header.x-api-key"),
            lambda w: w.http.update(api_key_selection_expression="$request.header.x-api-key"),
        ],
        [
            lambda w: w.new_ws(api_key_selection_expression="$request.header.x-api-key"),
            lambda w: w.ws.update(api_key_selection_expression="$request.header.x-api-key"),
            lambda w: w.unknown.update(api_key_selection_expression="$request.header.x-api-key"),
        ],
    ),
    "DisableSchemaValidation is for WEBSOCKET APIs only": Case(
        [lambda w: w.new_http(disable_schema_validation=True)],
        [
            lambda w: w.new_ws(disable_schema_validation=True),
            lambda w: w.new_http(disable_schema_validation=False),
        ],
    ),
    "ApiKeyRequired is for WEBSOCKET APIs only": Case(
        [lambda w: w.http_route(api_key_required=True)],
        [
            lambda w: w.ws_route(api_key_required=True),
            lambda w: w.http_route(api_key_required=False),
            lambda w: w.route().update(api_key_required=True),
        ],
    ),
    "ModelSelectionExpression is for WEBSOCKET APIs only": _foreign(
        "http_route", "ws_route", "model_selection_expression", _BODY
    ),
    "RequestModels is for WEBSOCKET APIs only": _foreign(
        "http_route", "ws_route", "request_models", {"application/json": "Pet"}
    ),
    "RequestParameters is for WEBSOCKET APIs only": _foreign(
        "http_route",
        "ws_route",
        "request_parameters",
        {"route.request.querystring.a": apigw2.ParameterConstraints(required=True)},
    ),
    "RouteResponseSelectionExpression is for WEBSOCKET APIs only": _foreign(
        "http_route", "ws_route", "route_response_selection_expression", "$default"
    ),
    "ContentHandlingStrategy is for WEBSOCKET APIs only": _foreign(
        "http_integration", "ws_integration", "content_handling_strategy", "CONVERT_TO_TEXT"
    ),
    "PassthroughBehavior is for WEBSOCKET APIs only": _foreign(
        "http_integration", "ws_integration", "passthrough_behavior", "NEVER"
    ),
    "RequestTemplates is for WEBSOCKET APIs only": _foreign(
        "http_integration", "ws_integration", "request_templates", {"application/json": "{}"}
    ),
    "TemplateSelectionExpression is for WEBSOCKET APIs only": _foreign(
        "http_integration", "ws_integration", "template_selection_expression", _BODY
    ),
    "IntegrationSubtype is for HTTP APIs only": _foreign(
        "ws_integration", "http_integration", "integration_subtype", "SQS-SendMessage"
    ),
    "ResponseParameters is for HTTP APIs only": _foreign(
        "ws_integration",
        "http_integration",
        "response_parameters",
        {"200": {"remove:header.a": ""}},
    ),
    "TlsConfig is for HTTP APIs only": _foreign(
        "ws_integration",
        "http_integration",
        "tls_config",
        apigw2.TlsConfig(server_name_to_verify="pets.internal"),
    ),
    "ClientCertificateId is for WEBSOCKET APIs only": Case(
        [lambda w: w.http.create_stage("prod", client_certificate_id="c1")],
        [
            lambda w: w.ws.create_stage("prod", client_certificate_id="c1"),
            lambda w: w.stage().update(client_certificate_id="c1"),
        ],
    ),
    "AuthorizerPayloadFormatVersion is for HTTP APIs only": _foreign(
        "ws_authorizer", "http_authorizer", "authorizer_payload_format_version", "2.0"
    ),
    "EnableSimpleResponses is for HTTP APIs only": _foreign(
        "ws_authorizer", "http_authorizer", "enable_simple_responses", value=True
    ),
    "the operation is for HTTP APIs only": Case(
        [
            lambda w: w.ws.reimport("{}"),
            lambda w: w.ws.export(output_type="JSON", specification="OAS30"),
            lambda w: w.ws.delete_cors_configuration(),
        ],
        [
            lambda w: w.http.reimport("{}"),
            lambda w: w.http.export(output_type="JSON", specification="OAS30"),
            lambda w: w.unknown.delete_cors_configuration(),
        ],
    ),
    "the operation is for WEBSOCKET APIs only": Case(
        [lambda w: w.http.create_model("Pet", schema="{}")],
        [
            lambda w: w.ws.create_model("Pet", schema="{}"),
            lambda w: w.unknown.create_model("Pet", schema="{}"),
        ],
    ),
    "responses of routes and integrations are for WEBSOCKET APIs only": Case(
        [
            lambda w: w.seen("HTTP").route("r1").create_route_response("$default"),
            lambda w: w.seen("HTTP").integration("i1").create_integration_response("$default"),
        ],
        [lambda w: w.seen("WEBSOCKET").route("r1").create_route_response("$default")],
    ),
    "RouteSelectionExpression of an HTTP API is ${request.method} ${request.path}": Case(
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
    "CorsConfiguration: AllowCredentials does not go with * in a list": Case(
        [
            lambda w: w.new_http(cors_configuration=_cors(allow_origins=["*"])),
            lambda w: w.new_http(cors_configuration=_cors(allow_headers=["a", "*"])),
            lambda w: w.http.update(cors_configuration=_cors(allow_methods=["*"])),
            lambda w: w.unknown.update(cors_configuration=_cors(expose_headers=["*"])),
        ],
        [
            lambda w: w.new_http(cors_configuration=_cors(allow_origins=["https://a.example"])),
            lambda w: w.new_http(cors_configuration=apigw2.Cors(allow_origins=["*"])),
        ],
    ),
    "AuthorizationType JWT is for HTTP APIs only": Case(
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
    "RouteKey: a greedy {name+} must be the last part of the path": Case(
        [
            lambda w: w.http_route(route_key="GET /{proxy+}/pets"),
            lambda w: w.http_route(route_key="GET /{proxy+}.json"),
        ],
        [
            lambda w: w.http_route(route_key="GET /pets/{proxy+}"),
            lambda w: w.http_route(route_key="GET /{id}/pets"),
            lambda w: w.ws_route(route_key="{a+}b"),
        ],
    ),
    "AuthorizationType CUSTOM of a WEBSOCKET API works on the route $connect only": Case(
        [
            lambda w: w.ws_route(
                route_key="$default", authorization_type="CUSTOM", authorizer_id="z1"
            )
        ],
        [
            lambda w: w.ws_route(authorization_type="CUSTOM", authorizer_id="z1"),
            lambda w: w.http_route(authorization_type="CUSTOM", authorizer_id="z1"),
            lambda w: w.ws_route(route_key="$default"),
        ],
    ),
    "AuthorizationType CUSTOM or JWT goes with an AuthorizerId, and the other way round": Case(
        [
            lambda w: w.http_route(authorization_type="JWT"),
            lambda w: w.http_route(authorizer_id="z1"),
            lambda w: w.http_route(authorizer_id="z1", authorization_type="NONE"),
            lambda w: w.route().update(authorizer_id="z1"),
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
    "RouteKey of a route that a quick create made cannot be changed": Case(
        [lambda w: w.route(**_MANAGED).update(route_key="GET /cats")],
        [
            lambda w: w.route(**_MANAGED).update(operation_name="cats"),
            lambda w: w.route().update(route_key="GET /cats"),
            lambda w: w.unknown.route("r1").update(route_key="GET /cats"),
        ],
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
    "PayloadFormatVersion 2.0 is for Lambda functions only": Case(
        [
            lambda w: w.http_integration(payload_format_version="2.0"),
            lambda w: w.http_integration(
                integration_type="AWS_PROXY",
                integration_subtype="SQS-SendMessage",
                payload_format_version="2.0",
            ),
        ],
        [
            lambda w: w.http_integration(
                integration_type="AWS_PROXY", payload_format_version="2.0"
            ),
            lambda w: w.integration().update(payload_format_version="2.0"),
        ],
    ),
    "IntegrationUri of a private integration is the ARN of a listener or Cloud Map service": Case(
        [lambda w: w.http_integration(connection_type="VPC_LINK", integration_uri=_URI)],
        [
            lambda w: w.http_integration(connection_type="VPC_LINK", integration_uri=_LISTENER),
            lambda w: w.http_integration(connection_type="INTERNET", integration_uri=_URI),
            lambda w: w.http_integration(connection_type="VPC_LINK"),
            lambda w: w.ws_integration(connection_type="VPC_LINK", integration_uri=_URI),
        ],
    ),
    "IntegrationSubtype is one of AppConfig-GetConfiguration, EventBridge-PutEvents, "
    "Kinesis-PutRecord, SQS-DeleteMessage, SQS-PurgeQueue, SQS-ReceiveMessage, SQS-SendMessage, "
    "StepFunctions-StartExecution, StepFunctions-StartSyncExecution, "
    "StepFunctions-StopExecution": Case(
        [lambda w: w.http_integration(integration_subtype="SNS-Publish")],
        [
            lambda w: w.http_integration(integration_subtype="SQS-SendMessage"),
            lambda w: w.integration().update(integration_subtype=""),
        ],
    ),
    "the integration that a quick create made cannot be deleted": Case(
        [lambda w: w.integration(**_MANAGED).delete()],
        [
            lambda w: w.integration().delete(),
            lambda w: w.integration(**_MANAGED).update(description="changed"),
        ],
    ),
    "AuthorizerType JWT is for HTTP APIs only": Case(
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
    "JwtConfiguration: Issuer is a full URL, https:// included": Case(
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
        [lambda w: w.http_authorizer(authorizer_payload_format_version=None)],
        [lambda w: w.http_authorizer(), lambda w: w.jwt(), lambda w: w.ws_authorizer()],
    ),
    "AuthorizerCredentialsArn is for AuthorizerType REQUEST only": Case(
        [lambda w: w.jwt(authorizer_credentials_arn="arn:aws:iam::123456789012:role/call")],
        [
            lambda w: w.http_authorizer(
                authorizer_credentials_arn="arn:aws:iam::123456789012:role/call"
            )
        ],
    ),
    "AuthorizerUri is for AuthorizerType REQUEST only": Case(
        [
            lambda w: w.jwt(authorizer_uri=_LAMBDA),
            lambda w: w.authorizer(authorizer_type="JWT").update(authorizer_uri=_LAMBDA),
        ],
        [
            lambda w: w.http_authorizer(authorizer_uri=_LAMBDA),
            lambda w: w.unknown.authorizer("z1").update(authorizer_uri=_LAMBDA),
        ],
    ),
    "EnableSimpleResponses is for AuthorizerType REQUEST only": Case(
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
    "IdentitySource begins with $ in an HTTP API, with route.request. in a WEBSOCKET API": Case(
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
    "StageName has letters, digits, - and _ only, up to 128, or is $default": Case(
        [
            lambda w: w.http.create_stage("pro.d"),
            lambda w: w.http.create_stage("größe"),
            lambda w: w.unknown.create_stage("x" * 129),
        ],
        [
            lambda w: w.http.create_stage("$default"),
            lambda w: w.http.create_stage("Prod-2_b"),
            lambda w: w.unknown.create_stage("x" * 128),
        ],
    ),
    "StageName $default is for HTTP APIs only": Case(
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
    "RouteSettings: DataTraceEnabled and LoggingLevel are for WEBSOCKET APIs only": Case(
        [
            lambda w: w.http.create_stage("prod", **_settings(logging_level="INFO")),
            lambda w: w.http.create_stage("prod", **_settings(data_trace_enabled=True)),
            lambda w: w.http.create_stage(
                "prod", route_settings={"GET /": apigw2.RouteSettings(logging_level="ERROR")}
            ),
        ],
        [
            lambda w: w.ws.create_stage("prod", **_settings(logging_level="INFO")),
            lambda w: w.http.create_stage("prod", **_settings(logging_level="OFF")),
            lambda w: w.http.create_stage("prod", **_settings(data_trace_enabled=False)),
            lambda w: w.http.create_stage("prod", **_settings(throttling_burst_limit=5)),
            lambda w: w.stage().update(**_settings(logging_level="INFO")),
        ],
    ),
    "DeploymentId cannot be set on a stage with AutoDeploy": Case(
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
    "AccessLogSettings: Format is a single line with $context.requestId": Case(
        [
            lambda w: w.http.create_stage("prod", access_log_settings=_log("$context.path")),
            lambda w: w.stage().update(access_log_settings=_log("$context.requestId\n")),
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
    "the $default stage that a quick create made cannot be changed": Case(
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
    "ApiMappingKey has no / at its begin or end, and no //": Case(
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


@by_rule
def test_broken_rules_are_told_when_the_service_refuses(rule: Rule, local: Local) -> None:
    """With preflight off as well: nobody has to look them up."""
    told = f"preflight: {rule.message} (source: {rule.source})"
    for gw in (local.off, local.warning):
        for call in CASES[rule.message].breaks:
            assert told in notes(local, gw, call)
    for call in CASES[rule.message].fits:
        assert told not in notes(local, local.off, call)


@by_rule
def test_rules_that_aws_states_block_and_the_rest_warn(rule: Rule, local: Local) -> None:
    for call in CASES[rule.message].breaks:
        local.server.prepare()
        if rule.blocks:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", apigw2.PreflightWarning)
                with pytest.raises(apigw2.PreflightError) as caught:
                    call(With(local.gateway))
            found = [v for v in caught.value.violations if v.message == rule.message]
            assert found == [apigw2.Violation(rule.message, rule.source, blocks=True)]
            assert f"\n  - {rule.message} (source: {rule.source})" in str(caught.value)
            assert not local.server.requests
        else:
            assert rule.message in " ".join(warned(local, local.gateway, call))


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
        assert rule.message in " ".join(warned(local, local.warning, call))
        assert not warned(local, local.off, call)
    for call in CASES[rule.message].fits:
        assert rule.message not in " ".join(warned(local, local.warning, call))


def test_only_aws_itself_blocks() -> None:
    for rule in RULES:
        assert rule.source in ("service model", "developer guide") or "#" in rule.source
        assert rule.blocks == (
            rule.source in ("service model", "developer guide") and not rule.grows
        )


def test_all_that_is_wrong_is_told_at_once(local: Local) -> None:
    with pytest.raises(apigw2.PreflightError) as caught:
        With(local.gateway).http.create_integration(
            "MOCK", timeout_in_millis=10, passthrough_behavior="NEVER"
        )
    assert [v.message for v in caught.value.violations] == [
        "PassthroughBehavior is for WEBSOCKET APIs only",
        "IntegrationType of an HTTP API is AWS_PROXY or HTTP_PROXY",
        "PayloadFormatVersion is required for an HTTP API",
        "TimeoutInMillis: 10 is below the minimum of 50",
    ]
    assert str(caught.value).splitlines()[0] == (
        "CreateIntegration was not sent because it would fail (preflight='off' sends it anyway)"
    )
    assert isinstance(caught.value, ValueError)
    assert not local.server.requests


def test_blocking_and_warning_rules_together(local: Local) -> None:
    """Those that would only warn are not in the error, as they may not be what is wrong."""
    with pytest.raises(apigw2.PreflightError) as caught:
        With(local.gateway).http_route(route_key="pets", authorization_type="JWT")
    (violation,) = caught.value.violations
    assert violation.message.startswith("RouteKey of an HTTP API")


def test_warnings_point_to_the_call(local: Local) -> None:
    local.server.prepare([good("CreateApiMapping")])
    with pytest.warns(apigw2.PreflightWarning, match="^CreateApiMapping: ApiMappingKey") as caught:
        With(local.gateway).domain.create_api_mapping(api_id="a1", stage="p", api_mapping_key="/v1")
    assert caught[0].filename == __file__


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
        lambda w: w.route().update(authorization_scopes=["ok", "x" * 65]),
        "AuthorizationScopes[1]: 65 characters exceeds the maximum of 64",
    ),
}
# Of all limits, botocore checks the least ones that the model states outside of names.
REFUSED_BY_BOTOCORE: Final = ("a limit below nothing", "min of the model")


@pytest.mark.parametrize("name", LIMITS)
def test_limits_of_the_model_block(name: str, local: Local) -> None:
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


def test_patterns_of_the_model_block() -> None:
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


def test_client_without_a_service_model() -> None:
    """A double of one's own in a test has neither events nor a model; the table still holds."""

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
    update: dict[str, Any] = {"request_models": {"application/json": "Pet"}}
    local.server.prepare(then=Answer(ROUTE))
    gw.api("a1").route("r1").update(**update)
    if seen == "list":
        local.server.prepare(then=Answer({"items": [{**API, "apiId": "a0"}, API]}))
        list(gw.get_apis())
    else:
        local.server.prepare(then=Answer(API))
        if seen == "get":
            gw.get_api("a1")
        else:
            gw.create_api("petstore", protocol_type="HTTP")
    with pytest.raises(apigw2.PreflightError, match="RequestModels is for WEBSOCKET APIs only"):
        gw.api("a1").route("r1").update(**update)
