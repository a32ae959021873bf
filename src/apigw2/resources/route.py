"""Routes: which requests are accepted, from whom, and where they are sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import attrs

import apigw2
from apigw2._calls.arguments import checked
from apigw2._calls.operation import operation
from apigw2._objects.listing import Listing
from apigw2._objects.references import Reference, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, ABSENT_TUPLE, Shape
from apigw2._service import clearing
from apigw2._service.arns import lambda_permission, route_source
from apigw2._workflows.links import protocol_of
from apigw2._workflows.unset import unset

__all__ = ["AuthorizationType", "ParameterConstraints", "Route", "RouteRef"]

AuthorizationType = Literal["NONE", "AWS_IAM", "CUSTOM", "JWT"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ParameterConstraints(Shape):
    """Whether a parameter of a request or response is required. WebSocket APIs only.

    Attributes:
        required: Whether it is required.
        extra: Fields that this version of the library does not know.

    Example:
        >>> required = apigw2.ParameterConstraints(required=True)
        >>> route.update(request_parameters={"route.request.querystring.token": required})
    """

    required: bool | None = None


def resolve_references(arguments: dict[str, Any]) -> None:
    """Convert an integration to a target, and set the authorization type of an authorizer.

    A route refers to its integration as `integrations/{id}`. It needs the authorization type that
    matches its authorizer: the service rejects one without the other.
    """
    target = arguments.get("target")
    if isinstance(target, apigw2.IntegrationRef):
        arguments["target"] = f"integrations/{target.integration_id}"
    authorizer = arguments.get("authorizer_id")
    if isinstance(authorizer, apigw2.Authorizer):
        kind = "JWT" if authorizer.authorizer_type == "JWT" else "CUSTOM"
        arguments.setdefault("authorization_type", kind)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RouteRef(Reference):
    """A reference to a route, by its id.

    Attributes:
        api_id: Id of the API.
        route_id: Id of the route.

    Example:
        >>> route = gw.api("a1b2c3").route("d4e5f6")
        >>> route.update(target="integrations/g7h8i9")
    """

    api_id: str
    route_id: str

    @property
    def api(self) -> apigw2.ApiRef:
        """A reference to the API; makes no request."""
        return refer(self, apigw2.ApiRef)

    @operation("GetRoute")
    def get(self) -> apigw2.Route:
        """Fetch the route.

        Raises:
            NotFoundError: The route or the API does not exist.
        """
        ...

    @operation("UpdateRoute", prepare=resolve_references)
    def update(
        self,
        *,
        api_key_required: bool | None = None,
        authorization_scopes: Sequence[str] | None = None,
        authorization_type: AuthorizationType | None = None,
        authorizer_id: apigw2.AuthorizerRef | str | None = None,
        model_selection_expression: str | None = None,
        operation_name: str | None = None,
        request_models: Mapping[str, str] | None = None,
        request_parameters: Mapping[str, ParameterConstraints] | None = None,
        route_key: str | None = None,
        route_response_selection_expression: str | None = None,
        target: apigw2.IntegrationRef | str | None = None,
    ) -> apigw2.Route:
        """Change the fields that are given; the others keep their values.

        See `ApiRef.create_route` for the parameters. Maps are merged by key: omitted keys keep
        their values. The route key of a route that a quick create made cannot be changed.

        Returns:
            A snapshot with the new state.

        Raises:
            BadRequestError: A value is invalid, or requires another one.
            ConflictError: Another route has this key, or another change is in progress.
            NotFoundError: The route, the API or the authorizer does not exist.
        """
        ...

    @operation("DeleteRoute")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the route. Stages without auto-deploy serve it until the next deployment.

        Args:
            missing_ok: Whether to return `False` if the route does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            NotFoundError: The route or the API does not exist, and `missing_ok` is false.
        """
        ...

    @operation("DeleteRouteRequestParameter", path=("request_parameter_key",))
    def delete_route_request_parameter(self, request_parameter_key: str) -> None:
        """Delete one of the route's request parameters. WebSocket APIs only.

        Args:
            request_parameter_key: Key in `request_parameters`, such as
                `route.request.querystring.token`.

        Raises:
            NotFoundError: The parameter, the route or the API does not exist.
        """
        ...

    @operation("CreateRouteResponse")
    def create_route_response(
        self,
        route_response_key: str,
        *,
        model_selection_expression: str | None = None,
        response_models: Mapping[str, str] | None = None,
        response_parameters: Mapping[str, ParameterConstraints] | None = None,
    ) -> apigw2.RouteResponse:
        """Create a response, which makes the route two-way. WebSocket APIs only.

        Args:
            route_response_key: The key of the response; the service supports `$default` only.
            model_selection_expression: Expression that selects the response's model.
            response_models: Model names by content type.
            response_parameters: The response's parameters, by key.

        Raises:
            BadRequestError: A value is invalid, or the API is an HTTP API.
            ConflictError: The route already has this response.
            NotFoundError: The route or the API does not exist.
        """
        ...

    @operation("GetRouteResponses")
    def get_route_responses(self, *, page_size: int | None = None) -> Listing[apigw2.RouteResponse]:
        """List the route's responses. WebSocket APIs only.

        Args:
            page_size: Maximum number of objects in one response.

        Raises:
            NotFoundError: The route or the API does not exist.
        """
        ...

    def route_response(self, route_response_id: str) -> apigw2.RouteResponseRef:
        """A reference to a response of the route by its id; makes no request."""
        return refer(self, apigw2.RouteResponseRef, route_response_id=route_response_id)

    def get_route_response(self, route_response_id: str) -> apigw2.RouteResponse:
        """Fetch a response of the route; shorthand for `route.route_response(id).get()`."""
        return self.route_response(route_response_id).get()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Route(RouteRef, Snapshot):
    """A route as the service last returned it.

    Attributes:
        api_id: Id of the API.
        route_id: Id of the route.
        route_key: `GET /pets/{id}`, `ANY /{proxy+}` or `$default`; any key in a WebSocket API.
        api_gateway_managed: Whether a quick create made the route; its key cannot be changed.
        api_key_required: Whether callers need an API key. WebSocket APIs only.
        authorization_scopes: OAuth 2.0 scopes, of which a token must have one. JWT only.
        authorization_type: How callers are authorized; `None` if no authorization is required.
        authorizer_id: The authorizer, if the type is `CUSTOM` or `JWT`.
        model_selection_expression: Selects a request model. WebSocket APIs only.
        operation_name: A name for the operation.
        request_models: Model names by content type. WebSocket APIs only.
        request_parameters: Parameters of the request, by key. WebSocket APIs only.
        route_response_selection_expression: Selects the response. WebSocket APIs only.
        target: `integrations/{integration_id}`.
        extra: Fields that this version of the library does not know.

    Example:
        >>> [route.route_key for route in api.get_routes() if not route.authorizer_id]
        ['GET /health']
    """

    route_key: str
    api_gateway_managed: bool | None = None
    api_key_required: bool | None = None
    authorization_scopes: tuple[str, ...] = ABSENT_TUPLE
    authorization_type: AuthorizationType | None = None
    authorizer_id: str | None = None
    model_selection_expression: str | None = None
    operation_name: str | None = None
    request_models: Mapping[str, str] = ABSENT_MAP
    request_parameters: Mapping[str, ParameterConstraints] = ABSENT_MAP
    route_response_selection_expression: str | None = None
    target: str | None = None
    extra: Mapping[str, object] = ABSENT_MAP

    @property
    def integration(self) -> apigw2.IntegrationRef | None:
        """The integration that it targets; makes no request."""
        prefix, _, integration_id = (self.target or "").rpartition("/")
        return self.api.integration(integration_id) if prefix == "integrations" else None

    @property
    def authorizer(self) -> apigw2.AuthorizerRef | None:
        """The authorizer that it uses; makes no request."""
        return self.api.authorizer(self.authorizer_id) if self.authorizer_id else None

    @checked
    def lambda_permission(self, function: str, account_id: str) -> apigw2.LambdaPermission:
        """The permission for this route alone to invoke a Lambda function; makes no request.

        A function's policy holds about 30 such statements. `api.lambda_permission` is one for all
        routes.

        Args:
            function: The function's name or ARN; of an alias, its ARN.
            account_id: Id of the account that owns the API, 12 digits.

        Returns:
            Keyword arguments for boto3's `add_permission`.

        Raises:
            PreflightError: The account id is not 12 digits.
        """
        source = route_source(self.route_key, protocol_of(self))
        arn = self._connection.execute_api_arn(account_id, self.api_id, source)
        return lambda_permission(function, f"apigw2-{self.api_id}-route-{self.route_id}", arn)

    def unset(
        self,
        *names: Literal[
            "api_key_required",
            "authorization_scopes",
            "authorization_type",
            "authorizer_id",
            "model_selection_expression",
            "operation_name",
            "request_models",
            "request_parameters",
            "route_response_selection_expression",
            "target",
        ],
    ) -> apigw2.Route:
        """Clear fields. An update keeps omitted fields, and the service has no null.

        Sends as few requests as possible, and none for a field that is not set.

        A route of the type `JWT` or `CUSTOM` needs its authorizer: to clear `authorizer_id`, clear
        `authorization_type` as well, after which the route is public.

        Args:
            names: Names of the fields to clear.

        Returns:
            A snapshot with the new state.

        Raises:
            PreflightError: The service cannot clear one of the fields.
            TypeError: A field does not exist, or cannot be cleared.
            NotFoundError: The route no longer exists.

        Example:
            >>> route = route.unset("api_key_required")
        """
        return unset(self, names, clearing.ROUTE)
