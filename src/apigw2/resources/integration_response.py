"""Integration responses: how a WebSocket API handles a backend's response."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

import apigw2
from apigw2._calls.operation import operation
from apigw2._objects.references import Reference, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP
from apigw2._service import clearing
from apigw2._workflows.unset import unset

__all__ = ["IntegrationResponse", "IntegrationResponseRef"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class IntegrationResponseRef(Reference):
    """A reference to a response of an integration, by its id. WebSocket APIs only.

    Attributes:
        api_id: Id of the API.
        integration_id: Id of the integration.
        integration_response_id: Id of the integration response.

    Example:
        >>> response = gw.api("a1b2c3").integration("g7h8i9").integration_response("v4w5x6")
        >>> response.update(response_templates={"application/json": '{"ok": true}'})
    """

    api_id: str
    integration_id: str
    integration_response_id: str

    @property
    def integration(self) -> apigw2.IntegrationRef:
        """A reference to the integration; makes no request."""
        return refer(self, apigw2.IntegrationRef)

    @operation("GetIntegrationResponse")
    def get(self) -> apigw2.IntegrationResponse:
        """Fetch the response.

        Raises:
            NotFoundError: The response, the integration or the API does not exist.
        """
        ...

    @operation("UpdateIntegrationResponse")
    def update(
        self,
        *,
        content_handling_strategy: apigw2.ContentHandlingStrategy | None = None,
        integration_response_key: str | None = None,
        response_parameters: Mapping[str, str] | None = None,
        response_templates: Mapping[str, str] | None = None,
        template_selection_expression: str | None = None,
    ) -> apigw2.IntegrationResponse:
        """Change the fields that are given; the others keep their values.

        See `IntegrationRef.create_integration_response` for the parameters.

        Returns:
            A snapshot with the new state.

        Raises:
            BadRequestError: A value is invalid.
            ConflictError: Another response has this key, or another change is in progress.
            NotFoundError: The response, the integration or the API does not exist.
        """
        ...

    @operation("DeleteIntegrationResponse")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the response.

        Args:
            missing_ok: Whether to return `False` if the response does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            NotFoundError: The response, the integration or the API does not exist, and
                `missing_ok` is false.
        """
        ...


@attrs.frozen(kw_only=True, eq=False, repr=False)
class IntegrationResponse(IntegrationResponseRef, Snapshot):
    r"""A response of an integration as the service last returned it.

    Attributes:
        api_id: Id of the API.
        integration_id: Id of the integration.
        integration_response_id: Id of the integration response.
        integration_response_key: The responses of the backend that it applies to: a pattern of
            status codes between slashes, such as `/4\d\d/`, or `$default` for all others.
        content_handling_strategy: Conversion of the payload: `CONVERT_TO_BINARY` (Base64 text to
            binary) or `CONVERT_TO_TEXT` (binary to Base64 text).
        response_parameters: Mapping from parameters of the route response to their values.
        response_templates: Velocity templates by content type.
        template_selection_expression: Expression that selects the template.
        extra: Fields that this version of the library does not know.

    Example:
        >>> [r.integration_response_key for r in integration.get_integration_responses()]
        ['$default', '/4\\d\\d/']
    """

    integration_response_key: str
    content_handling_strategy: apigw2.ContentHandlingStrategy | None = None
    response_parameters: Mapping[str, str] = ABSENT_MAP
    response_templates: Mapping[str, str] = ABSENT_MAP
    template_selection_expression: str | None = None
    extra: Mapping[str, object] = ABSENT_MAP

    def unset(self, *names: Literal["template_selection_expression"]) -> apigw2.IntegrationResponse:
        """Clear fields. An update keeps omitted fields, and the service has no null.

        Sends as few requests as possible, and none for a field that is not set.

        Args:
            names: Names of the fields to clear.

        Returns:
            A snapshot with the new state.

        Raises:
            TypeError: A field does not exist, or cannot be cleared.
            NotFoundError: The response no longer exists.

        Example:
            >>> response = integration.get_integration_response("v4w5x6")
            >>> response = response.unset("template_selection_expression")
        """
        return unset(self, names, clearing.INTEGRATION_RESPONSE)
