"""Specs: what one thing should be, without an id and without a connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

import attrs

import apigw2
from apigw2._blueprints.secrets import masked_fields
from apigw2._objects.containers import holds_items, holds_map
from apigw2._objects.values import ABSENT_MAP, ABSENT_TUPLE, Fields, as_strings, field_names

__all__ = [
    "AuthorizerSpec",
    "IntegrationResponseSpec",
    "IntegrationSpec",
    "ModelSpec",
    "RouteResponseSpec",
    "RouteSpec",
    "Spec",
    "StageSpec",
]

T = TypeVar("T", bound="Spec")


def frozen(value: object) -> object:
    """A hashable value that is equal where the given one is."""
    if value is None or isinstance(value, (str, Fields)):  # most values, so they come first
        return value
    if holds_map(value):
        return frozenset((key, frozen(item)) for key, item in value.items())
    if holds_items(value):
        return tuple(frozen(item) for item in value)
    return value


@attrs.frozen(eq=False, repr=False)
class Spec(Fields):
    """What one thing should be. Specs are values: equal specs mean the same thing.

    A field that is left out has the service's default in a whole blueprint, and is not managed by
    `ensure()` and by plans of single specs.

    Attributes:
        extra: Fields that this version of the library does not know. They are never planned.

    Example:
        >>> isinstance(apigw2.StageSpec("prod"), apigw2.Spec)
        True
    """

    extra: Mapping[str, object] = attrs.field(default=ABSENT_MAP, kw_only=True)

    def __hash__(self) -> int:
        names = field_names(type(self))
        return hash(tuple(frozen(getattr(self, name)) for name in names if name != "extra"))

    def __rich_repr__(self) -> Any:  # as in `Fields`
        """The names and values of the fields that are set, masked."""
        return masked_fields(super().__rich_repr__())


def as_specs(values: Sequence[T]) -> tuple[T, ...]:
    """A tuple of specs; an absent one stays absent."""
    return values if isinstance(values, tuple) else tuple(values)


def _as_route_responses(values: Sequence[RouteResponseSpec]) -> tuple[RouteResponseSpec, ...]:
    return as_specs(values)


def _as_integration_responses(
    values: Sequence[IntegrationResponseSpec],
) -> tuple[IntegrationResponseSpec, ...]:
    return as_specs(values)


@attrs.frozen(eq=False, repr=False)
class IntegrationResponseSpec(Spec):
    r"""What becomes of a backend's response. WebSocket APIs only.

    Attributes:
        integration_response_key: Which responses: a pattern of status codes between slashes, such
            as `/4\d\d/`, or `$default` for the rest.
        content_handling_strategy: How the payload is converted.
        response_parameters: Values for the route response, by its parameter.
        response_templates: Velocity templates by content type.
        template_selection_expression: Selects the template.
        extra: Fields that this version of the library does not know. They are never planned.

    Example:
        >>> apigw2.IntegrationResponseSpec("$default")
        IntegrationResponseSpec(integration_response_key='$default')
    """

    integration_response_key: str
    content_handling_strategy: apigw2.ContentHandlingStrategy | None = attrs.field(
        default=None, kw_only=True
    )
    response_parameters: Mapping[str, str] = attrs.field(default=ABSENT_MAP, kw_only=True)
    response_templates: Mapping[str, str] = attrs.field(default=ABSENT_MAP, kw_only=True)
    template_selection_expression: str | None = attrs.field(default=None, kw_only=True)


@attrs.frozen(eq=False, repr=False)
class IntegrationSpec(Spec):
    """What an integration should be. `apigw2.integrations` makes them for each kind of backend.

    An integration has no name: equal specs are one integration, which any number of routes may
    name as their target. What depends on the protocol may be left out: the payload format
    version, and the form in which a Lambda function's ARN is sent.

    Attributes:
        integration_type: Kind of backend.
        connection_id: Id of the VPC link of a private integration.
        connection_type: `INTERNET` (the service's default) or `VPC_LINK`.
        content_handling_strategy: How payloads are converted. WebSocket APIs only.
        credentials_arn: IAM role to call the backend with.
        description: A text of up to 1,024 characters.
        integration_method: HTTP method of the call to the backend.
        integration_subtype: Action of an AWS service, such as `SQS-SendMessage`. HTTP APIs only.
        integration_uri: The function's ARN, the backend's URL, or the ARN of a load balancer's
            listener or of a Cloud Map service.
        passthrough_behavior: What happens to payloads without a template. WebSocket APIs only.
        payload_format_version: `1.0` or `2.0`. In HTTP APIs, `2.0` for Lambda functions and `1.0`
            for other backends unless given.
        request_parameters: How the request to the backend is made.
        request_templates: Velocity templates by content type. WebSocket APIs only.
        response_parameters: How responses are changed, by status code. HTTP APIs only.
        template_selection_expression: Selects the template. WebSocket APIs only.
        timeout_in_millis: How long the backend may take, in milliseconds.
        tls_config: Makes a private integration use HTTPS. HTTP APIs only.
        responses: What becomes of the backend's responses. WebSocket APIs only.
        extra: Fields that this version of the library does not know. They are never planned.

    Example:
        >>> apigw2.IntegrationSpec(
        ...     "HTTP_PROXY", integration_uri="https://pets.example.com", integration_method="ANY"
        ... )
    """

    integration_type: apigw2.IntegrationType
    connection_id: str | None = attrs.field(default=None, kw_only=True)
    connection_type: apigw2.ConnectionType | None = attrs.field(default=None, kw_only=True)
    content_handling_strategy: apigw2.ContentHandlingStrategy | None = attrs.field(
        default=None, kw_only=True
    )
    credentials_arn: str | None = attrs.field(default=None, kw_only=True)
    description: str | None = attrs.field(default=None, kw_only=True)
    integration_method: str | None = attrs.field(default=None, kw_only=True)
    integration_subtype: str | None = attrs.field(default=None, kw_only=True)
    integration_uri: str | None = attrs.field(default=None, kw_only=True)
    passthrough_behavior: apigw2.PassthroughBehavior | None = attrs.field(
        default=None, kw_only=True
    )
    payload_format_version: str | None = attrs.field(default=None, kw_only=True)
    request_parameters: Mapping[str, str] = attrs.field(default=ABSENT_MAP, kw_only=True)
    request_templates: Mapping[str, str] = attrs.field(default=ABSENT_MAP, kw_only=True)
    response_parameters: Mapping[str, Mapping[str, str]] = attrs.field(
        default=ABSENT_MAP, kw_only=True
    )
    template_selection_expression: str | None = attrs.field(default=None, kw_only=True)
    timeout_in_millis: int | None = attrs.field(default=None, kw_only=True)
    tls_config: apigw2.TlsConfig | None = attrs.field(default=None, kw_only=True)
    responses: tuple[IntegrationResponseSpec, ...] = attrs.field(
        default=ABSENT_TUPLE, kw_only=True, converter=_as_integration_responses
    )


@attrs.frozen(eq=False, repr=False)
class AuthorizerSpec(Spec):
    """What an authorizer should be. `apigw2.authorizers` makes them for each kind.

    What depends on the protocol may be left out or given in the form of either: identity sources
    are translated between `$request.header.Auth` and `route.request.header.Auth`.

    Attributes:
        name: Its name, which is unique in an API.
        authorizer_type: `JWT` (HTTP APIs only) or `REQUEST`, a Lambda function.
        authorizer_credentials_arn: IAM role to invoke the function with. `REQUEST` only.
        authorizer_payload_format_version: `1.0` or `2.0`. `REQUEST` in HTTP APIs only, where it is
            `2.0` unless given.
        authorizer_result_ttl_in_seconds: For how long a result is cached, 0 to 3,600.
        authorizer_uri: The function's ARN or invocation URI. `REQUEST` only.
        enable_simple_responses: Whether the function returns a boolean rather than a policy.
        identity_source: Where the credentials are.
        identity_validation_expression: The service's model has it; it is not used.
        jwt_configuration: Issuer and audiences. `JWT` only.
        extra: Fields that this version of the library does not know. They are never planned.

    Example:
        >>> apigw2.authorizers.jwt("login", issuer="https://login.example.com", audience=["pets"])
    """

    name: str
    authorizer_type: apigw2.AuthorizerType = attrs.field(kw_only=True)
    authorizer_credentials_arn: str | None = attrs.field(default=None, kw_only=True)
    authorizer_payload_format_version: str | None = attrs.field(default=None, kw_only=True)
    authorizer_result_ttl_in_seconds: int | None = attrs.field(default=None, kw_only=True)
    authorizer_uri: str | None = attrs.field(default=None, kw_only=True)
    enable_simple_responses: bool | None = attrs.field(default=None, kw_only=True)
    identity_source: tuple[str, ...] = attrs.field(
        default=ABSENT_TUPLE, kw_only=True, converter=as_strings
    )
    identity_validation_expression: str | None = attrs.field(default=None, kw_only=True)
    jwt_configuration: apigw2.JWTConfiguration | None = attrs.field(default=None, kw_only=True)


@attrs.frozen(eq=False, repr=False)
class ModelSpec(Spec):
    """What a model should be. WebSocket APIs only.

    Attributes:
        name: Its name, alphanumeric, which routes refer to.
        schema: JSON schema draft 4, as text.
        content_type: What it is for, `application/json` unless given.
        description: A text of up to 1,024 characters.
        extra: Fields that this version of the library does not know. They are never planned.

    Example:
        >>> apigw2.ModelSpec("Order", schema='{"type": "object"}')
        ModelSpec(name='Order', schema='{"type": "object"}')
    """

    name: str
    schema: str = attrs.field(kw_only=True)
    content_type: str | None = attrs.field(default=None, kw_only=True)
    description: str | None = attrs.field(default=None, kw_only=True)


@attrs.frozen(eq=False, repr=False)
class RouteResponseSpec(Spec):
    """What a WebSocket route answers with.

    Attributes:
        route_response_key: Which response; the service knows `$default` only.
        model_selection_expression: Selects the response's model.
        response_models: Names of models by content type.
        response_parameters: The response's parameters, by key.
        extra: Fields that this version of the library does not know. They are never planned.

    Example:
        >>> apigw2.RouteResponseSpec("$default")
        RouteResponseSpec(route_response_key='$default')
    """

    route_response_key: str
    model_selection_expression: str | None = attrs.field(default=None, kw_only=True)
    response_models: Mapping[str, str] = attrs.field(default=ABSENT_MAP, kw_only=True)
    response_parameters: Mapping[str, apigw2.ParameterConstraints] = attrs.field(
        default=ABSENT_MAP, kw_only=True
    )


@attrs.frozen(eq=False, repr=False)
class RouteSpec(Spec):
    """What a route should be.

    Attributes:
        route_key: `GET /pets/{id}`, `ANY /{proxy+}` or `$default`; any key in a WebSocket API.
        target: The integration that requests go to.
        authorizer: The authorizer, which brings its authorization type.
        api_key_required: Whether callers need an API key. WebSocket APIs only.
        authorization_scopes: OAuth 2.0 scopes of which a token needs one. JWT only.
        authorization_type: `AWS_IAM`, or what the authorizer implies.
        model_selection_expression: Selects a request model. WebSocket APIs only.
        operation_name: A name for the operation, 1 to 64 characters.
        request_models: Names of models by content type. WebSocket APIs only.
        request_parameters: Parameters of the request, by key. WebSocket APIs only.
        route_response_selection_expression: `$default` makes the route two-way. WebSocket APIs
            only.
        responses: What the route answers with. WebSocket APIs only.
        extra: Fields that this version of the library does not know. They are never planned.

    Example:
        >>> apigw2.RouteSpec("POST /pets", target=pets, authorizer=login,
        ...                  authorization_scopes=["pets:write"])
    """

    route_key: str
    target: IntegrationSpec | None = attrs.field(default=None, kw_only=True)
    authorizer: AuthorizerSpec | None = attrs.field(default=None, kw_only=True)
    api_key_required: bool | None = attrs.field(default=None, kw_only=True)
    authorization_scopes: tuple[str, ...] = attrs.field(
        default=ABSENT_TUPLE, kw_only=True, converter=as_strings
    )
    authorization_type: apigw2.AuthorizationType | None = attrs.field(default=None, kw_only=True)
    model_selection_expression: str | None = attrs.field(default=None, kw_only=True)
    operation_name: str | None = attrs.field(default=None, kw_only=True)
    request_models: Mapping[str, str] = attrs.field(default=ABSENT_MAP, kw_only=True)
    request_parameters: Mapping[str, apigw2.ParameterConstraints] = attrs.field(
        default=ABSENT_MAP, kw_only=True
    )
    route_response_selection_expression: str | None = attrs.field(default=None, kw_only=True)
    responses: tuple[RouteResponseSpec, ...] = attrs.field(
        default=ABSENT_TUPLE, kw_only=True, converter=_as_route_responses
    )


@attrs.frozen(eq=False, repr=False)
class StageSpec(Spec):
    """What a stage should be.

    Which deployment it serves is not a part of it: a plan deploys to stages without automatic
    deployment whenever they serve something else than what is there.

    Attributes:
        stage_name: Its name, or `$default` (HTTP APIs only).
        access_log_settings: Where and how requests are logged.
        auto_deploy: Whether the service deploys every change by itself.
        client_certificate_id: Certificate that backends are shown. WebSocket APIs only.
        default_route_settings: Throttling, metrics and logging of all routes. Throttling cannot
            be unset once it is set.
        description: A text of up to 1,024 characters, which cannot be cleared once it is set.
        route_settings: Settings of single routes, by route key.
        stage_variables: Values for `${stageVariables.name}` in integrations.
        tags: Tags, up to 50. Those of AWS, `aws:...`, are left out.
        extra: Fields that this version of the library does not know. They are never planned.

    Example:
        >>> apigw2.StageSpec("prod", stage_variables={"color": "blue"})
    """

    stage_name: str
    access_log_settings: apigw2.AccessLogSettings | None = attrs.field(default=None, kw_only=True)
    auto_deploy: bool | None = attrs.field(default=None, kw_only=True)
    client_certificate_id: str | None = attrs.field(default=None, kw_only=True)
    default_route_settings: apigw2.RouteSettings | None = attrs.field(default=None, kw_only=True)
    description: str | None = attrs.field(default=None, kw_only=True)
    route_settings: Mapping[str, apigw2.RouteSettings] = attrs.field(
        default=ABSENT_MAP, kw_only=True
    )
    stage_variables: Mapping[str, str] = attrs.field(default=ABSENT_MAP, kw_only=True)
    tags: Mapping[str, str] = attrs.field(default=ABSENT_MAP, kw_only=True)


def key_of(spec: Spec) -> str:
    """The natural key of a spec, which is its first field."""
    return cast("str", getattr(spec, field_names(type(spec))[0]))
