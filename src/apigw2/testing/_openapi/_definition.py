"""The definition of an HTTP API in an OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

if TYPE_CHECKING:
    from apigw2.testing._protocol import Record

EXTENSION: Final = "x-amazon-apigateway-"

# Members of an integration: names in a document and in the service model.
INTEGRATION_FIELDS: Final = (
    ("connectionId", "ConnectionId"),
    ("connectionType", "ConnectionType"),
    ("credentials", "CredentialsArn"),
    ("description", "Description"),
    ("httpMethod", "IntegrationMethod"),
    ("integrationSubtype", "IntegrationSubtype"),
    ("payloadFormatVersion", "PayloadFormatVersion"),
    ("requestParameters", "RequestParameters"),
    ("responseParameters", "ResponseParameters"),
    ("timeoutInMillis", "TimeoutInMillis"),
    ("type", "IntegrationType"),
    ("uri", "IntegrationUri"),
)

# Members of an authorizer that are copied unchanged.
AUTHORIZER_FIELDS: Final = (
    ("authorizerCredentials", "AuthorizerCredentialsArn"),
    ("authorizerPayloadFormatVersion", "AuthorizerPayloadFormatVersion"),
    ("authorizerResultTtlInSeconds", "AuthorizerResultTtlInSeconds"),
    ("authorizerUri", "AuthorizerUri"),
    ("enableSimpleResponses", "EnableSimpleResponses"),
    ("identityValidationExpression", "IdentityValidationExpression"),
)

CORS_FIELDS: Final = (
    ("allowCredentials", "AllowCredentials"),
    ("allowHeaders", "AllowHeaders"),
    ("allowMethods", "AllowMethods"),
    ("allowOrigins", "AllowOrigins"),
    ("exposeHeaders", "ExposeHeaders"),
    ("maxAge", "MaxAge"),
)


@attrs.frozen(kw_only=True)
class RouteDefinition:
    """A route, with references by name or index instead of identifier.

    Attributes:
        record: The members of the route without `Target` and `AuthorizerId`.
        integration: Index of its integration in the definition, if it has one.
        authorizer: Name of its authorizer, if it has one.
    """

    record: Record
    integration: int | None = None
    authorizer: str | None = None


@attrs.define(kw_only=True)
class Definition:
    """An HTTP API without identifiers and dates.

    Attributes:
        api: Members of the API that a document can define.
        authorizers: Authorizers by name.
        integrations: Integrations in the order of the document.
        routes: Routes in the order of the document.
        warnings: Problems of the document that do not stop an import.
        infos: Valid parts of the document that HTTP APIs do not support.
    """

    api: Record = attrs.field(factory=dict[str, Any])
    authorizers: dict[str, Record] = attrs.field(factory=dict[str, "Record"])
    integrations: list[Record] = attrs.field(factory=list["Record"])
    routes: list[RouteDefinition] = attrs.field(factory=list[RouteDefinition])
    warnings: list[str] = attrs.field(factory=list[str])
    infos: list[str] = attrs.field(factory=list[str])
