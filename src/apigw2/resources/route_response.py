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
        api_id: The API it belongs to.
        route_id: The route it belongs to.
        route_response_id: Its id.

    Example:
        >>> gw.api("a1b2c3").route("d4e5f6").route_response("s1t2u3").delete()
    """

    api_id: str
    route_id: str
    route_response_id: str

    @property
    def route(self) -> apigw2.RouteRef:
        """The route it belongs to; makes no request."""
        return refer(self, apigw2.RouteRef)

    @operation("GetRouteResponse")
    def get(self) -> apigw2.RouteResponse:
        """Fetch the response's state.

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

        The parameters mean what they mean in `RouteRef.create_route_response`.

        Returns:
            The new state.

        Raises:
            BadRequestError: A value is invalid.
            ConflictError: Another response has this key, or another change is in progress.
            NotFoundError: The response, the route or the API does not exist.
        """
        ...

    @operation("DeleteRouteResponse")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the response. The route is one-way without it.

        Args:
            missing_ok: Whether to return `False` if the response does not exist.

        Returns:
            Whether it existed. `False` only with `missing_ok`.

        Raises:
            NotFoundError: The response, the route or the API does not exist, and `missing_ok` is
                false.
        """
        ...


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RouteResponse(RouteResponseRef, Snapshot):
    """A response of a route as the service last returned it.

    Attributes:
        api_id: The API it belongs to.
        route_id: The route it belongs to.
        route_response_id: Its id.
        route_response_key: Which response; the service knows `$default` only.
        model_selection_expression: Selects the response's model.
        response_models: Names of models by content type.
        response_parameters: The response's parameters, by key.
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
        """Clear fields. An update keeps the fields that it leaves out, and there is no null.

        Sends as few requests as possible, and none for a field that is not set.

        Args:
            names: The fields.

        Returns:
            The new state.

        Raises:
            TypeError: A field does not exist, or cannot be cleared.
            NotFoundError: The response does not exist any more.

        Example:
            >>> response = response.unset("model_selection_expression")
        """
        return unset(self, names, clearing.ROUTE_RESPONSE)
