"""Route responses: what a WebSocket route sends back."""

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

__all__ = ["RouteResponse", "RouteResponseRef"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RouteResponseRef(Reference):
    """A reference to a response of a route, by its id. WebSocket APIs only.

    Attributes:
        api_id: Id of the API.
        route_id: Id of the route.
        route_response_id: Id of the route response.

    Example:
        >>> gw.api("a1b2c3").route("d4e5f6").route_response("s1t2u3").delete()
    """

    api_id: str
    route_id: str
    route_response_id: str

    @property
    def route(self) -> apigw2.RouteRef:
        """A reference to the route; makes no request."""
        return refer(self, apigw2.RouteRef)

    @operation("GetRouteResponse")
    def get(self) -> apigw2.RouteResponse:
        """Fetch the response.

        Raises:
            NotFoundError: The response, the route or the API does not exist.
        """
        ...

    @operation("UpdateRouteResponse")
    def update(
        self,
        *,
        model_selection_expression: str | None = None,
        response_models: Mapping[str, str] | None = None,
        response_parameters: Mapping[str, apigw2.ParameterConstraints] | None = None,
        route_response_key: str | None = None,
    ) -> apigw2.RouteResponse:
        """Change the fields that are given; the others keep their values.

        See `RouteRef.create_route_response` for the parameters.

        Returns:
            A snapshot with the new state.

        Raises:
            BadRequestError: A value is invalid.
            ConflictError: Another response has this key, or another change is in progress.
            NotFoundError: The response, the route or the API does not exist.
        """
        ...

    @operation("DeleteRouteResponse")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the response, which makes the route one-way.

        Args:
            missing_ok: Whether to return `False` if the response does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            NotFoundError: The response, the route or the API does not exist, and `missing_ok` is
                false.
        """
        ...


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RouteResponse(RouteResponseRef, Snapshot):
    """A response of a route as the service last returned it.

    Attributes:
        api_id: Id of the API.
        route_id: Id of the route.
        route_response_id: Id of the route response.
        route_response_key: Key of the response; the service supports only `$default`.
        model_selection_expression: Expression that selects the model of the response.
        response_models: Model names by content type.
        response_parameters: Response parameters by key.
        extra: Fields that this version of the library does not know.

    Example:
        >>> [response.route_response_key for response in route.get_route_responses()]
        ['$default']
    """

    route_response_key: str
    model_selection_expression: str | None = None
    response_models: Mapping[str, str] = ABSENT_MAP
    response_parameters: Mapping[str, apigw2.ParameterConstraints] = ABSENT_MAP
    extra: Mapping[str, object] = ABSENT_MAP

    def unset(self, *names: Literal["model_selection_expression"]) -> apigw2.RouteResponse:
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
            >>> response = route.get_route_response("v4w5x6").unset("model_selection_expression")
        """
        return unset(self, names, clearing.ROUTE_RESPONSE)
