"""Specs: the desired state of one object, without an id and without a connection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

import attrs

import apigw2
from apigw2._blueprints.checks import check_fields, check_unique
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
    """Return a hashable value; those of equal values are equal."""
    if value is None or isinstance(value, (str, Fields)):  # most values, so they come first
        return value
    if holds_map(value):
        return frozenset((key, frozen(item)) for key, item in value.items())
    if holds_items(value):
        return tuple(frozen(item) for item in value)
    return value


@attrs.frozen(eq=False, repr=False)
class Spec(Fields):
    """The desired state of one object. Specs are values: equal specs describe the same object.

    A field that is omitted gets the service's default if the spec is part of a blueprint. `ensure`
    and plans of single specs leave such a field as it is.

    Attributes:
        extra: Fields that this version of the library does not know. They are never planned.

    Raises:
        TypeError: A field has the wrong type.

    Example:
        >>> isinstance(apigw2.StageSpec("prod"), apigw2.Spec)
        True
    """

    extra: Mapping[str, object] = attrs.field(default=ABSENT_MAP, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the fields, and replace mappings by read-only copies."""
        check_fields(self)
        super().__attrs_post_init__()

    def __hash__(self) -> int:
        names = field_names(type(self))
        return hash(tuple(frozen(getattr(self, name)) for name in names if name != "extra"))

    def __rich_repr__(self) -> Any:  # as in `Fields`
        """The names and values of the fields that are set, masked."""
        return masked_fields(super().__rich_repr__())


def as_specs(values: Iterable[T]) -> tuple[T, ...]:
    """Convert a list or another iterable of specs to a tuple; the absent tuple stays absent.

    Strings, mappings and what is not iterable are returned unchanged, and rejected by the check of
    the field.
    """
    given = cast("object", values)
    if (
        given is None
        or isinstance(given, (tuple, str, bytes, Mapping))
        or not isinstance(given, Iterable)
    ):
        return cast("tuple[T, ...]", given)
    return tuple(values)


def _as_route_responses(values: Sequence[RouteResponseSpec]) -> tuple[RouteResponseSpec, ...]:
    return as_specs(values)


def _as_integration_responses(
    values: Sequence[IntegrationResponseSpec],
) -> tuple[IntegrationResponseSpec, ...]:
    return as_specs(values)


@attrs.frozen(eq=False, repr=False)
class IntegrationResponseSpec(Spec):
    r"""Desired state of an integration response. WebSocket APIs only.

    Attributes:
        integration_response_key: Responses of the backend that it applies to: a pattern of status
            codes between slashes, such as `/4\d\d/`, or `$default` for all others.
        content_handling_strategy: Conversion of the payload; by default it is passed through.
        response_parameters: Values of the route response's parameters, by parameter.
        response_templates: Velocity templates by content type.
        template_selection_expression: Expression that selects the template.
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
    """Desired state of an integration. `apigw2.integrations` has a function for each backend.

    An integration has no name. Equal specs describe one integration, and any number of routes may
    have it as their target. Two things depend on the protocol and may be omitted: the payload
    format version, and the form in which a Lambda function's ARN is sent.

    Attributes:
        integration_type: Kind of backend.
        connection_id: Id of the VPC link of a private integration.
        connection_type: `INTERNET` (the service's default) or `VPC_LINK`.
        content_handling_strategy: Conversion of payloads. WebSocket APIs only.
        credentials_arn: IAM role with which the backend is called.
        description: A text of up to 1,024 characters.
        integration_method: HTTP method of the request to the backend.
        integration_subtype: Action of an AWS service, such as `SQS-SendMessage`. HTTP APIs only.
        integration_uri: The function's ARN, the backend's URL, or the ARN of a load balancer's
            listener or of a Cloud Map service.
        passthrough_behavior: Handling of payloads without a template. WebSocket APIs only.
        payload_format_version: `1.0` or `2.0`. The default in an HTTP API is `2.0` for Lambda
            functions and `1.0` for other backends.
        request_parameters: Changes of the request before it is sent to the backend.
        request_templates: Velocity templates by content type. WebSocket APIs only.
        response_parameters: Changes of the response, by status code. HTTP APIs only.
        template_selection_expression: Expression that selects the template. WebSocket APIs only.
        timeout_in_millis: Maximum response time of the backend, in milliseconds.
        tls_config: Makes a private integration use HTTPS. HTTP APIs only.
        responses: Integration responses. WebSocket APIs only.
        extra: Fields that this version of the library does not know. They are never planned.

    Raises:
        TypeError: A field has the wrong type.
        ValueError: Two responses have the same key.

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

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        super().__attrs_post_init__()
        _check_responses(self, self.responses)


@attrs.frozen(eq=False, repr=False)
class AuthorizerSpec(Spec):
    """Desired state of an authorizer. `apigw2.authorizers` has a function for each kind.

    One spec serves both protocols: identity sources are translated between
    `$request.header.Auth` (HTTP) and `route.request.header.Auth` (WebSocket).

    Attributes:
        name: Its name, which is unique within an API.
        authorizer_type: `JWT` (HTTP APIs only) or `REQUEST` (a Lambda function).
        authorizer_credentials_arn: IAM role with which the function is invoked. `REQUEST` only.
        authorizer_payload_format_version: `1.0` or `2.0` (the default). `REQUEST` authorizers of
            HTTP APIs only.
        authorizer_result_ttl_in_seconds: Seconds for which a result is cached, 0 to 3,600.
        authorizer_uri: The function's ARN or invocation URI. `REQUEST` only.
        enable_simple_responses: Whether the function returns a boolean instead of a policy.
        identity_source: Sources of the credentials, such as a header.
        identity_validation_expression: Part of the service model, but not used by the service.
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
    """Desired state of a model. WebSocket APIs only.

    Attributes:
        name: Its name, alphanumeric, by which routes refer to it.
        schema: JSON schema (draft 4) as text.
        content_type: Content type that it applies to; `application/json` by default.
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
    """Desired state of a route response. WebSocket APIs only.

    Attributes:
        route_response_key: Key of the response; the service accepts only `$default`.
        model_selection_expression: Expression that selects the response's model.
        response_models: Names of models by content type.
        response_parameters: Parameters of the response, by key.
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
    """Desired state of a route.

    Attributes:
        route_key: `GET /pets/{id}`, `ANY /{proxy+}` or `$default`; any key in a WebSocket API.
        target: The integration that handles requests.
        authorizer: The authorizer. The route gets the authorization type that it implies.
        api_key_required: Whether callers need an API key. WebSocket APIs only.
        authorization_scopes: OAuth 2.0 scopes; a token needs one of them. JWT only.
        authorization_type: `AWS_IAM` or `NONE`. With an authorizer it is implied.
        model_selection_expression: Expression that selects a request model. WebSocket APIs only.
        operation_name: A name for the operation, 1 to 64 characters.
        request_models: Names of models by content type. WebSocket APIs only.
        request_parameters: Parameters of the request, by key. WebSocket APIs only.
        route_response_selection_expression: `$default` makes the route return responses. WebSocket
            APIs only.
        responses: Route responses. WebSocket APIs only.
        extra: Fields that this version of the library does not know. They are never planned.

    Raises:
        TypeError: A field has the wrong type.
        ValueError: Two responses have the same key.

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

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        super().__attrs_post_init__()
        _check_responses(self, self.responses)


@attrs.frozen(eq=False, repr=False)
class StageSpec(Spec):
    """Desired state of a stage.

    The deployment that it serves is not part of it: a plan deploys to a stage without automatic
    deployment if the stage does not serve the current state of the API.

    Attributes:
        stage_name: Its name, or `$default` (HTTP APIs only).
        access_log_settings: Destination and format of access logs.
        auto_deploy: Whether the service deploys every change automatically.
        client_certificate_id: Client certificate that backends receive. WebSocket APIs only.
        default_route_settings: Throttling, metrics and logging of all routes. Throttling cannot
            be unset once it is set.
        description: A text of up to 1,024 characters, which cannot be cleared once it is set.
        route_settings: Settings of single routes, by route key.
        stage_variables: Values of `${stageVariables.name}` in integrations.
        tags: Tags, up to 50. Tags of AWS (`aws:...`) are ignored.
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


def _check_responses(spec: Spec, responses: Sequence[Spec]) -> None:
    check_unique(f"{type(spec).__name__}(): two responses", map(key_of, responses))


def key_of(spec: Spec) -> str:
    """The natural key of a spec, which is its first field."""
    return cast("str", getattr(spec, field_names(type(spec))[0]))
