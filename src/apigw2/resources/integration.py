"""Integrations: the backends to which routes send requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

import apigw2
from apigw2._calls.arguments import checked
from apigw2._calls.operation import operation
from apigw2._objects.listing import Listing
from apigw2._objects.references import Reference, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, Shape
from apigw2._service import clearing
from apigw2._workflows.cascade import delete_with
from apigw2._workflows.unset import unset

__all__ = [
    "ConnectionType",
    "ContentHandlingStrategy",
    "Integration",
    "IntegrationRef",
    "IntegrationType",
    "PassthroughBehavior",
    "TlsConfig",
]

ConnectionType = Literal["INTERNET", "VPC_LINK"]
ContentHandlingStrategy = Literal["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"]
IntegrationType = Literal["AWS", "HTTP", "MOCK", "HTTP_PROXY", "AWS_PROXY"]
PassthroughBehavior = Literal["WHEN_NO_MATCH", "NEVER", "WHEN_NO_TEMPLATES"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TlsConfig(Shape):
    """How a private integration uses HTTPS. HTTP APIs only.

    Attributes:
        server_name_to_verify: The name that the backend's certificate must have, which is also
            sent as SNI. 1 to 512 characters.
        extra: Fields that this version of the library does not know.

    Example:
        >>> tls_config = apigw2.TlsConfig(server_name_to_verify="pets.internal")
        >>> integration.update(tls_config=tls_config)
    """

    server_name_to_verify: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class IntegrationRef(Reference):
    """A reference to an integration, by its id.

    Attributes:
        api_id: Id of the API.
        integration_id: Id of the integration.

    Example:
        >>> gw.api("a1b2c3").integration("g7h8i9").update(timeout_in_millis=5_000)
    """

    api_id: str
    integration_id: str

    @property
    def api(self) -> apigw2.ApiRef:
        """A reference to the API; makes no request."""
        return refer(self, apigw2.ApiRef)

    @operation("GetIntegration")
    def get(self) -> apigw2.Integration:
        """Fetch the integration.

        Raises:
            NotFoundError: The integration or the API does not exist.
        """
        ...

    @operation("UpdateIntegration")
    def update(
        self,
        *,
        connection_id: apigw2.VpcLinkRef | str | None = None,
        connection_type: ConnectionType | None = None,
        content_handling_strategy: ContentHandlingStrategy | None = None,
        credentials_arn: str | None = None,
        description: str | None = None,
        integration_method: str | None = None,
        integration_subtype: str | None = None,
        integration_type: IntegrationType | None = None,
        integration_uri: str | None = None,
        passthrough_behavior: PassthroughBehavior | None = None,
        payload_format_version: str | None = None,
        request_parameters: Mapping[str, str] | None = None,
        request_templates: Mapping[str, str] | None = None,
        response_parameters: Mapping[str, Mapping[str, str]] | None = None,
        template_selection_expression: str | None = None,
        timeout_in_millis: int | None = None,
        tls_config: TlsConfig | None = None,
    ) -> apigw2.Integration:
        """Change the fields that are given; the others keep their values.

        See `ApiRef.create_integration` for the parameters. Maps are merged by key: omitted
        keys keep their values. On an `Integration` of an AWS service, the subtype is sent with
        every update, because the service requires it.

        Returns:
            A snapshot with the new state.

        Raises:
            BadRequestError: A value is invalid, or not supported for this type or protocol.
            ConflictError: Another change is in progress.
            NotFoundError: The integration or the API does not exist.
        """
        ...

    @checked
    def delete(self, *, cascade: bool = False, missing_ok: bool = False) -> bool:
        """Delete the integration.

        Args:
            cascade: Whether to delete the routes that target it first, and nothing else.
            missing_ok: Whether to return `False` if the integration does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            ResourceInUseError: A route targets it.
            NotFoundError: The integration or the API does not exist, and `missing_ok` is false.
            CascadeError: The cascade failed after some objects were deleted.
        """
        return delete_with(self, self._delete, cascade=cascade, missing_ok=missing_ok)

    @operation("DeleteIntegration")
    def _delete(self) -> None: ...

    def referenced_by(self) -> tuple[apigw2.Route, ...]:
        """List the routes that target it, which prevent its deletion.

        Raises:
            NotFoundError: The API does not exist.
        """
        target = f"integrations/{self.integration_id}"
        return tuple(route for route in self.api.get_routes() if route.target == target)

    @operation("CreateIntegrationResponse")
    def create_integration_response(
        self,
        integration_response_key: str,
        *,
        content_handling_strategy: ContentHandlingStrategy | None = None,
        response_parameters: Mapping[str, str] | None = None,
        response_templates: Mapping[str, str] | None = None,
        template_selection_expression: str | None = None,
    ) -> apigw2.IntegrationResponse:
        """Create a rule for the backend's responses. WebSocket APIs only.

        Args:
            integration_response_key: Backend responses to match: a pattern for status codes between
                slashes, such as `/200/`, or `$default`.
            content_handling_strategy: Conversion of the payload; by default it is passed through.
            response_parameters: Values for the headers and body of the route response, by key.
            response_templates: Velocity templates by content type.
            template_selection_expression: Selects the template.

        Raises:
            BadRequestError: A value is invalid, or the API is an HTTP API.
            ConflictError: The integration has a response with this key.
            NotFoundError: The integration or the API does not exist.
        """
        ...

    @operation("GetIntegrationResponses")
    def get_integration_responses(
        self, *, page_size: int | None = None
    ) -> Listing[apigw2.IntegrationResponse]:
        """List the integration's responses. WebSocket APIs only.

        Args:
            page_size: Maximum number of objects in one response.

        Raises:
            NotFoundError: The integration or the API does not exist.
        """
        ...

    def integration_response(self, integration_response_id: str) -> apigw2.IntegrationResponseRef:
        """A reference to a response of the integration by its id; makes no request."""
        return refer(
            self, apigw2.IntegrationResponseRef, integration_response_id=integration_response_id
        )

    def get_integration_response(self, integration_response_id: str) -> apigw2.IntegrationResponse:
        """Fetch a response; shorthand for `integration.integration_response(id).get()`."""
        return self.integration_response(integration_response_id).get()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Integration(IntegrationRef, Snapshot):
    """An integration as the service last returned it.

    Attributes:
        api_id: Id of the API.
        integration_id: Id of the integration.
        api_gateway_managed: Whether a quick create made it. It can be changed, but not deleted.
        connection_id: Id of the VPC link, for a private integration.
        connection_type: `INTERNET` or `VPC_LINK`.
        content_handling_strategy: Conversion of payloads. WebSocket APIs only.
        credentials_arn: IAM role with which the backend is called.
        description: Description.
        integration_method: HTTP method of the call to the backend.
        integration_response_selection_expression: Selects the integration response. WebSocket
            APIs only.
        integration_subtype: Action of an AWS service. HTTP APIs only.
        integration_type: Kind of backend.
        integration_uri: ARN or URL of the backend.
        passthrough_behavior: Handling of payloads without a template. WebSocket APIs only.
        payload_format_version: Format of the event that a Lambda function receives.
        request_parameters: Changes of the request, or the parameters of a service integration.
        request_templates: Velocity templates by content type. WebSocket APIs only.
        response_parameters: Changes of the response, by status code. HTTP APIs only.
        template_selection_expression: Selects the template. WebSocket APIs only.
        timeout_in_millis: Timeout of the backend in milliseconds.
        tls_config: How a private integration uses HTTPS. HTTP APIs only.
        extra: Fields that this version of the library does not know.

    Example:
        >>> {i.integration_uri for i in api.get_integrations() if i.timeout_in_millis == 30_000}
        {'https://pets.example.com'}
    """

    api_gateway_managed: bool | None = None
    connection_id: str | None = None
    connection_type: ConnectionType | None = None
    content_handling_strategy: ContentHandlingStrategy | None = None
    credentials_arn: str | None = None
    description: str | None = None
    integration_method: str | None = None
    integration_response_selection_expression: str | None = None
    integration_subtype: str | None = None
    integration_type: IntegrationType | None = None
    integration_uri: str | None = None
    passthrough_behavior: PassthroughBehavior | None = None
    payload_format_version: str | None = None
    request_parameters: Mapping[str, str] = ABSENT_MAP
    request_templates: Mapping[str, str] = ABSENT_MAP
    response_parameters: Mapping[str, Mapping[str, str]] = ABSENT_MAP
    template_selection_expression: str | None = None
    timeout_in_millis: int | None = None
    tls_config: TlsConfig | None = None
    extra: Mapping[str, object] = ABSENT_MAP

    def unset(
        self,
        *names: Literal[
            "content_handling_strategy",
            "credentials_arn",
            "description",
            "request_parameters",
            "response_parameters",
            "tls_config",
        ],
    ) -> apigw2.Integration:
        """Clear fields. An update keeps omitted fields, and the service has no null.

        Sends as few requests as possible, and none for a field that is not set.

        Args:
            names: Names of the fields to clear.

        Returns:
            A snapshot with the new state.

        Raises:
            PreflightError: The service cannot clear one of the fields.
            TypeError: A field does not exist, or cannot be cleared.
            NotFoundError: The integration no longer exists.

        Example:
            >>> integration = integration.unset("description")
        """
        return unset(self, names, clearing.INTEGRATION)
