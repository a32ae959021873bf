"""What an OpenAPI document says about an HTTP API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

if TYPE_CHECKING:
    from apigw2.testing._protocol import Record

EXTENSION: Final = "x-amazon-apigateway-"

# Members of an integration: in a document, in the service model.
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

# Members of an authorizer, without those that take more than a copy.
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
    """A route, with its references by name or index instead of identifier.

    Attributes:
        record: The members of the route without `Target` and `AuthorizerId`.
        integration: Which integration it has, if any: an index into the definition's.
        authorizer: The name of its authorizer, if any.
    """

    record: Record
    integration: int | None = None
    authorizer: str | None = None


@attrs.define(kw_only=True)
class Definition:
    """An HTTP API without identifiers and dates.

    Attributes:
        api: The members of the API that a document can give.
        authorizers: By name.
        integrations: In the order of the document.
        routes: In the order of the document.
        warnings: What is wrong with the document, but does not stop an import.
        infos: What in the document is right, but not for an HTTP API.
    """

    api: Record = attrs.field(factory=dict[str, Any])
    authorizers: dict[str, Record] = attrs.field(factory=dict[str, "Record"])
    integrations: list[Record] = attrs.field(factory=list["Record"])
    routes: list[RouteDefinition] = attrs.field(factory=list[RouteDefinition])
    warnings: list[str] = attrs.field(factory=list[str])
    infos: list[str] = attrs.field(factory=list[str])
