"""What the service accepts, beyond the types: one row for each rule.

A row says when it is broken, what to tell, and who says so: the documentation in AWS's service
model, or AWS's developer guide for HTTP and WebSocket APIs, which block a call. Anything else is a
public report of what the service does, and warns. Rules get lifted (throttling of single routes
was for WebSocket APIs only in 2019), so `preflight="off"` always lets a call through.

To add a rule, add a row; tests/service/test_rules.py fails until it has a case for it.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_MODEL, _GUIDE = "service model", "developer guide"
_HTTP, _WEBSOCKET = "HTTP", "WEBSOCKET"
_OTHER: Final = {_HTTP: _WEBSOCKET, _WEBSOCKET: _HTTP}
_API = ("CreateApi", "UpdateApi")
_ROUTE = ("CreateRoute", "UpdateRoute")
_INTEGRATION = ("CreateIntegration", "UpdateIntegration")
_AUTHORIZER = ("CreateAuthorizer", "UpdateAuthorizer")
_STAGE = ("CreateStage", "UpdateStage")
_DOMAIN = ("CreateDomainName", "UpdateDomainName")
_MAPPING = ("CreateApiMapping", "UpdateApiMapping")

# The only actions of AWS services that an HTTP API can call (developer guide, integration subtype
# reference).
SUBTYPES: Final = frozenset(
    {
        "AppConfig-GetConfiguration",
        "EventBridge-PutEvents",
        "Kinesis-PutRecord",
        "SQS-DeleteMessage",
        "SQS-PurgeQueue",
        "SQS-ReceiveMessage",
        "SQS-SendMessage",
        "StepFunctions-StartExecution",
        "StepFunctions-StartSyncExecution",
        "StepFunctions-StopExecution",
    }
)
# As the model has it, and as the service answers with it.
_SELECTION: Final = ("${request.method} ${request.path}", "$request.method $request.path")
_LONGEST_WEBSOCKET_CALL: Final = 29_000  # milliseconds
_METHODS: Final = "ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT"


@attrs.define(eq=False, repr=False)
class PendingCall:
    """A call before its request is sent.

    Attributes:
        operation: AWS's name of the operation.
        owner: The object whose method it is.
        request: boto3's parameters.
        protocol: The API's protocol, where it is known without a request.
    """

    operation: str
    owner: object
    request: Mapping[str, Any]
    protocol: str | None


@attrs.frozen(eq=False, repr=False)
class Rule:
    """One row.

    Attributes:
        operations: The operations that it is about.
        message: What to tell, with the parameter's name in boto3's spelling.
        source: `_MODEL`, `_GUIDE`, or the public report.
        broken: Whether a call breaks it.
        protocol: The protocol of the APIs that it is about, where it is not about both. Calls of
            which the protocol is not known do not break it.
        grows: Whether AWS is likely to lift it without notice, so that it only warns.
    """

    operations: Sequence[str]
    message: str
    source: str
    broken: Callable[[PendingCall], bool]
    protocol: str | None = None
    grows: bool = False

    @property
    def blocks(self) -> bool:
        """Whether AWS itself states the rule."""
        return self.source in (_MODEL, _GUIDE) and not self.grows


def _only(protocol: str, operations: Sequence[str], *names: str) -> list[Rule]:
    """Parameters that one protocol has. What switches them off is accepted by both."""

    def given(name: str) -> Callable[[PendingCall], bool]:
        return lambda call: bool(call.request.get(name))

    return [
        Rule(
            operations,
            f"{name} is for {protocol} APIs only",
            _MODEL,
            given(name),
            protocol=_OTHER[protocol],
        )
        for name in names
    ]


def _whole(protocol: str, *operations: str) -> Rule:
    return Rule(
        operations,
        f"the operation is for {protocol} APIs only",
        _MODEL,
        _always,
        protocol=_OTHER[protocol],
    )


def _always(_: PendingCall) -> bool:
    return True


def _is_managed(call: PendingCall) -> bool:
    return getattr(call.owner, "api_gateway_managed", None) is True


def _settings(call: PendingCall) -> list[Mapping[str, Any]]:
    """All route settings of a stage that a call sends."""
    default = call.request.get("DefaultRouteSettings", {})
    return [default, *call.request.get("RouteSettings", {}).values()]


def _jwt(call: PendingCall) -> bool:
    kind = call.request.get("AuthorizerType", getattr(call.owner, "authorizer_type", None))
    return bool(kind == "JWT")


def _with_jwt(name: str) -> Callable[[PendingCall], bool]:
    return lambda call: _jwt(call) and name in call.request


def _request(call: PendingCall) -> bool:
    kind = call.request.get("AuthorizerType", getattr(call.owner, "authorizer_type", None))
    return bool(kind == "REQUEST")


def _bad_cors(call: PendingCall) -> bool:
    cors = call.request.get("CorsConfiguration", {})
    listed = ("AllowOrigins", "AllowHeaders", "AllowMethods", "ExposeHeaders")
    return bool(cors.get("AllowCredentials")) and any("*" in cors.get(name, ()) for name in listed)


def _bad_http_route_key(call: PendingCall) -> bool:
    key = call.request.get("RouteKey", "$default")
    return key != "$default" and re.fullmatch(rf"({_METHODS}) /\S*", key) is None


def _greedy_in_the_middle(call: PendingCall) -> bool:
    return re.search(r"\{[^{}]+\+\}.", call.request.get("RouteKey", "")) is not None


def _authorizer_apart(call: PendingCall) -> bool:
    authorizer = call.request.get("AuthorizerId")
    named = call.request.get("AuthorizationType") in ("CUSTOM", "JWT")
    if authorizer:
        return not named
    return named and (authorizer == "" or call.operation == "CreateRoute")


def _bad_identity_source(call: PendingCall) -> bool:
    sources = call.request.get("IdentitySource", ())
    begin = {_HTTP: "$", _WEBSOCKET: "route.request."}.get(call.protocol or "")
    if begin is None:
        return False
    prefixes = (begin, "context.", "stageVariables.") if call.protocol == _WEBSOCKET else (begin,)
    return any(not source.startswith(prefixes) for source in sources)


def _bad_stage_name(call: PendingCall) -> bool:
    name = call.request["StageName"]
    return name != "$default" and re.fullmatch(r"[A-Za-z0-9_-]{1,128}", name) is None


def _bad_private_uri(call: PendingCall) -> bool:
    uri = call.request.get("IntegrationUri")
    if uri is None or call.request.get("ConnectionType") != "VPC_LINK":
        return False
    return re.match(r"arn:[^:]+:(elasticloadbalancing|servicediscovery):", uri) is None


def _two_for_no_lambda(call: PendingCall) -> bool:
    request = call.request
    is_lambda = (
        request.get("IntegrationType") == "AWS_PROXY" and "IntegrationSubtype" not in request
    )
    known = "IntegrationType" in request
    return known and not is_lambda and request.get("PayloadFormatVersion") == "2.0"


def _simple_without_two(call: PendingCall) -> bool:
    version = call.request.get(
        "AuthorizerPayloadFormatVersion",
        getattr(call.owner, "authorizer_payload_format_version", None),
    )
    return bool(call.request.get("EnableSimpleResponses")) and version == "1.0"


def _bad_mapping_key(call: PendingCall) -> bool:
    key = call.request.get("ApiMappingKey", "")
    return key.startswith("/") or key.endswith("/") or "//" in key


def _configurations(call: PendingCall) -> Sequence[Mapping[str, Any]]:
    configurations: Sequence[Mapping[str, Any]] = call.request.get("DomainNameConfigurations", ())
    return configurations


def _bad_log_format(call: PendingCall) -> bool:
    layout = call.request.get("AccessLogSettings", {}).get("Format")
    if layout is None:
        return False
    return "\n" in layout or not re.search(r"\$context\.(requestId|extendedRequestId)\b", layout)


RULES: Final[Sequence[Rule]] = (
    # --- which protocol a parameter is for
    *_only(_HTTP, _API, "CorsConfiguration", "Target", "RouteKey", "CredentialsArn"),
    *_only(_WEBSOCKET, _API, "ApiKeySelectionExpression", "DisableSchemaValidation"),
    *_only(
        _WEBSOCKET,
        _ROUTE,
        "ApiKeyRequired",
        "ModelSelectionExpression",
        "RequestModels",
        "RequestParameters",
        "RouteResponseSelectionExpression",
    ),
    *_only(
        _WEBSOCKET,
        _INTEGRATION,
        "ContentHandlingStrategy",
        "PassthroughBehavior",
        "RequestTemplates",
        "TemplateSelectionExpression",
    ),
    *_only(_HTTP, _INTEGRATION, "IntegrationSubtype", "ResponseParameters", "TlsConfig"),
    *_only(_WEBSOCKET, _STAGE, "ClientCertificateId"),
    *_only(_HTTP, _AUTHORIZER, "AuthorizerPayloadFormatVersion", "EnableSimpleResponses"),
    _whole(_HTTP, "ReimportApi", "ExportApi", "DeleteCorsConfiguration"),
    _whole(_WEBSOCKET, "CreateModel"),
    Rule(
        ("CreateRouteResponse", "CreateIntegrationResponse"),
        "responses of routes and integrations are for WEBSOCKET APIs only",
        _GUIDE,
        _always,
        protocol=_HTTP,
    ),
    # --- APIs
    Rule(
        _API,
        "RouteSelectionExpression of an HTTP API is ${request.method} ${request.path}",
        _MODEL,
        lambda call: call.request.get("RouteSelectionExpression", _SELECTION[0]) not in _SELECTION,
        protocol=_HTTP,
    ),
    Rule(
        ("CreateApi",),
        "RouteSelectionExpression is required for a WEBSOCKET API",
        _MODEL,
        lambda call: "RouteSelectionExpression" not in call.request,
        protocol=_WEBSOCKET,
    ),
    Rule(
        _API,
        "CorsConfiguration: AllowCredentials does not go with * in a list",
        "aws-cdk#9076",
        _bad_cors,
    ),
    # --- routes
    Rule(
        _ROUTE,
        "AuthorizationType JWT is for HTTP APIs only",
        _MODEL,
        lambda call: call.request.get("AuthorizationType") == "JWT",
        protocol=_WEBSOCKET,
    ),
    Rule(
        _ROUTE,
        "RouteKey of an HTTP API is a method and a path, such as GET /pets, or $default",
        _GUIDE,
        _bad_http_route_key,
        protocol=_HTTP,
    ),
    Rule(
        _ROUTE,
        "RouteKey: a greedy {name+} must be the last part of the path",
        _GUIDE,
        _greedy_in_the_middle,
        protocol=_HTTP,
    ),
    Rule(
        _ROUTE,
        "AuthorizationType CUSTOM of a WEBSOCKET API works on the route $connect only",
        _GUIDE,
        lambda call: (
            call.request.get("AuthorizationType") == "CUSTOM"
            and call.request.get("RouteKey", "$connect") != "$connect"
        ),
        protocol=_WEBSOCKET,
    ),
    Rule(
        _ROUTE,
        "AuthorizationType CUSTOM or JWT goes with an AuthorizerId, and the other way round",
        "terraform-provider-aws#35821",
        _authorizer_apart,
    ),
    Rule(
        ("UpdateRoute",),
        "RouteKey of a route that a quick create made cannot be changed",
        _MODEL,
        lambda call: _is_managed(call) and "RouteKey" in call.request,
    ),
    # --- integrations
    Rule(
        _INTEGRATION,
        "IntegrationType of an HTTP API is AWS_PROXY or HTTP_PROXY",
        _MODEL,
        lambda call: call.request.get("IntegrationType") in ("AWS", "HTTP", "MOCK"),
        protocol=_HTTP,
    ),
    Rule(
        _INTEGRATION,
        "TimeoutInMillis of a WEBSOCKET API is at most 29,000",
        _MODEL,
        lambda call: call.request.get("TimeoutInMillis", 0) > _LONGEST_WEBSOCKET_CALL,
        protocol=_WEBSOCKET,
    ),
    Rule(
        ("CreateIntegration",),
        "PayloadFormatVersion is required for an HTTP API",
        _MODEL,
        lambda call: "PayloadFormatVersion" not in call.request,
        protocol=_HTTP,
    ),
    Rule(
        _INTEGRATION,
        "PayloadFormatVersion 2.0 is for Lambda functions only",
        _MODEL,
        _two_for_no_lambda,
    ),
    Rule(
        _INTEGRATION,
        "IntegrationUri of a private integration is the ARN of a listener or Cloud Map service",
        _MODEL,
        _bad_private_uri,
        protocol=_HTTP,
    ),
    Rule(
        _INTEGRATION,
        f"IntegrationSubtype is one of {', '.join(sorted(SUBTYPES))}",
        _GUIDE,
        lambda call: bool(call.request.get("IntegrationSubtype", "") not in {"", *SUBTYPES}),
        grows=True,
    ),
    Rule(
        ("DeleteIntegration",),
        "the integration that a quick create made cannot be deleted",
        _MODEL,
        _is_managed,
    ),
    # --- authorizers
    Rule(
        _AUTHORIZER,
        "AuthorizerType JWT is for HTTP APIs only",
        _MODEL,
        _jwt,
        protocol=_WEBSOCKET,
    ),
    Rule(
        ("CreateAuthorizer",),
        "JwtConfiguration with an Issuer is required for AuthorizerType JWT",
        _MODEL,
        lambda call: _jwt(call) and not call.request.get("JwtConfiguration", {}).get("Issuer"),
    ),
    Rule(
        _AUTHORIZER,
        "JwtConfiguration: Issuer is a full URL, https:// included",
        "anomalyco/guide#726",
        lambda call: (
            not call.request.get("JwtConfiguration", {})
            .get("Issuer", "https://")
            .startswith("https://")
        ),
    ),
    Rule(
        ("CreateAuthorizer",),
        "AuthorizerPayloadFormatVersion is required for AuthorizerType REQUEST of an HTTP API",
        _MODEL,
        lambda call: _request(call) and "AuthorizerPayloadFormatVersion" not in call.request,
        protocol=_HTTP,
    ),
    *(
        Rule(
            _AUTHORIZER,
            f"{name} is for AuthorizerType REQUEST only",
            _MODEL,
            _with_jwt(name),
        )
        for name in ("AuthorizerCredentialsArn", "AuthorizerUri", "EnableSimpleResponses")
    ),
    Rule(
        _AUTHORIZER,
        "EnableSimpleResponses needs AuthorizerPayloadFormatVersion 2.0",
        _MODEL,
        _simple_without_two,
    ),
    Rule(
        _AUTHORIZER,
        "IdentitySource begins with $ in an HTTP API, with route.request. in a WEBSOCKET API",
        _MODEL,
        _bad_identity_source,
    ),
    # --- stages
    Rule(
        ("CreateStage",),
        "StageName has letters, digits, - and _ only, up to 128, or is $default",
        _MODEL,
        _bad_stage_name,
    ),
    Rule(
        ("CreateStage",),
        "StageName $default is for HTTP APIs only",
        _GUIDE,
        lambda call: call.request["StageName"] == "$default",
        protocol=_WEBSOCKET,
    ),
    Rule(
        _STAGE,
        "StageVariables: values have letters, digits and -._~:/?#&=, only",
        _MODEL,
        lambda call: (
            not all(
                re.fullmatch(r"[A-Za-z0-9\-._~:/?#&=,]*", value)
                for value in call.request.get("StageVariables", {}).values()
            )
        ),
    ),
    Rule(
        _STAGE,
        "RouteSettings: DataTraceEnabled and LoggingLevel are for WEBSOCKET APIs only",
        _MODEL,
        lambda call: any(
            settings.get("DataTraceEnabled") or settings.get("LoggingLevel", "OFF") != "OFF"
            for settings in _settings(call)
        ),
        protocol=_HTTP,
    ),
    Rule(
        _STAGE,
        "DeploymentId cannot be set on a stage with AutoDeploy",
        _MODEL,
        lambda call: (
            "DeploymentId" in call.request
            and bool(call.request.get("AutoDeploy", getattr(call.owner, "auto_deploy", None)))
        ),
    ),
    Rule(
        _STAGE,
        "AccessLogSettings: Format is a single line with $context.requestId",
        _MODEL,
        _bad_log_format,
    ),
    Rule(
        ("UpdateStage",),
        "the $default stage that a quick create made cannot be changed",
        _MODEL,
        _is_managed,
    ),
    # --- domain names and mappings
    Rule(
        _DOMAIN,
        "DomainNameConfigurations: EndpointType of HTTP and WEBSOCKET APIs is REGIONAL",
        _GUIDE,
        lambda call: any(c.get("EndpointType") == "EDGE" for c in _configurations(call)),
    ),
    Rule(
        _DOMAIN,
        "DomainNameConfigurations: SecurityPolicy of HTTP and WEBSOCKET APIs is TLS_1_2",
        _GUIDE,
        lambda call: any(c.get("SecurityPolicy") == "TLS_1_0" for c in _configurations(call)),
    ),
    Rule(
        _MAPPING,
        "ApiMappingKey has no / at its begin or end, and no //",
        "aws-cdk#9078",
        _bad_mapping_key,
    ),
)


@functools.lru_cache(maxsize=512)  # operations, and two protocols
def rules_for(operation: str, protocol: str | None) -> Sequence[Rule]:
    """The rules that a call of an operation could break, if its API has this protocol."""
    return [
        rule for rule in RULES if operation in rule.operations and rule.protocol in (None, protocol)
    ]
