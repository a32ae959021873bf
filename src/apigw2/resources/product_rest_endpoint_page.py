"""Product REST endpoint pages: documentation of one endpoint of a portal product."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

import attrs

import apigw2
from apigw2._calls.operation import operation
from apigw2._objects.references import Reference, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, Shape
from apigw2._workflows.waiters import Look, wait

__all__ = [
    "DisplayContentOverrides",
    "EndpointDisplayContent",
    "EndpointDisplayContentResponse",
    "IdentifierParts",
    "ProductRestEndpointPage",
    "ProductRestEndpointPageRef",
    "ProductRestEndpointPageSummary",
    "RestEndpointIdentifier",
    "Status",
    "TryItState",
]

Status = Literal["AVAILABLE", "IN_PROGRESS", "FAILED"]
TryItState = Literal["ENABLED", "DISABLED"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class IdentifierParts(Shape):
    """An endpoint of a REST API (API Gateway's first version): API, stage, path and method.

    Attributes:
        method: The HTTP method, 1 to 20 characters.
        path: The resource's path, such as `/pets/{petId}`, 1 to 4,096 characters.
        rest_api_id: The REST API's id, 1 to 50 characters.
        stage: Name of the stage that it is deployed to, 1 to 128 characters.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.IdentifierParts(method="GET", path="/pets", rest_api_id="a1b2c3", stage="prod")
        IdentifierParts(method='GET', path='/pets', rest_api_id='a1b2c3', stage='prod')
    """

    method: str
    path: str
    rest_api_id: str
    stage: str


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RestEndpointIdentifier(Shape):
    """Which endpoint a page is about.

    Attributes:
        identifier_parts: The endpoint, in parts.
        extra: Fields that this version of the library does not know.

    Example:
        >>> parts = apigw2.IdentifierParts(
        ...     method="GET", path="/pets", rest_api_id="a1b2c3", stage="prod"
        ... )
        >>> endpoint = apigw2.RestEndpointIdentifier(identifier_parts=parts)
    """

    identifier_parts: IdentifierParts | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DisplayContentOverrides(Shape):
    """What an endpoint page shows instead of what API Gateway knows of the endpoint.

    Attributes:
        body: Documentation instead of the REST API's own: 1 to 32,768 characters of Markdown.
        endpoint: URL instead of the default `execute-api` one, such as that of a custom domain
            name; 1 to 1,024 characters.
        operation_name: Name instead of the path, 1 to 255 characters.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.DisplayContentOverrides(operation_name="View pets")
        DisplayContentOverrides(operation_name='View pets')
    """

    body: str | None = None
    endpoint: str | None = None
    operation_name: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EndpointDisplayContent(Shape):
    """What an endpoint page is to show. One of the two is given.

    What the service then makes of it is an `EndpointDisplayContentResponse`.

    Attributes:
        none: What API Gateway knows of the endpoint: the REST API's own documentation.
        overrides: Something else, in whole or in part.
        extra: Fields that this version of the library does not know.

    Example:
        >>> overrides = apigw2.DisplayContentOverrides(operation_name="View pets")
        >>> content = apigw2.EndpointDisplayContent(overrides=overrides)
    """

    none: apigw2.None_ | None = None
    overrides: DisplayContentOverrides | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EndpointDisplayContentResponse(Shape):
    """What an endpoint page shows.

    Attributes:
        endpoint: The URL to call.
        body: The documentation.
        operation_name: The endpoint's name.
        extra: Fields that this version of the library does not know.

    Example:
        >>> page.display_content.operation_name
        'View pets'
    """

    endpoint: str
    body: str | None = None
    operation_name: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ProductRestEndpointPageRef(Reference):
    """A reference to a product REST endpoint page, by its id.

    Attributes:
        portal_product_id: The portal product it belongs to.
        product_rest_endpoint_page_id: Its id.

    Example:
        >>> page = gw.portal_product("f6g7h8i9j0").product_rest_endpoint_page("u6v7w8x9y0")
        >>> page.update(try_it_state="DISABLED")
    """

    portal_product_id: str
    product_rest_endpoint_page_id: str

    @property
    def portal_product(self) -> apigw2.PortalProductRef:
        """The portal product it belongs to; makes no request."""
        return refer(self, apigw2.PortalProductRef)

    @operation("GetProductRestEndpointPage")
    def get(
        self,
        *,
        include_raw_display_content: str | None = None,
        resource_owner_account_id: str | None = None,
    ) -> apigw2.ProductRestEndpointPage:
        """Fetch the page's state.

        Args:
            include_raw_display_content: `"true"` asks for the page's `raw_display_content` too.
                The service's model has a string here, and names no values.
            resource_owner_account_id: Id of the account that owns the portal product, where that
                is not the caller's.

        Raises:
            AccessDeniedError: The caller is not authorized.
            NotFoundError: The page or the portal product does not exist.
        """
        ...

    @operation("UpdateProductRestEndpointPage")
    def update(
        self,
        *,
        display_content: EndpointDisplayContent | None = None,
        try_it_state: TryItState | None = None,
    ) -> apigw2.ProductRestEndpointPage:
        """Change the fields that are given; the others keep their values.

        The parameters mean what they mean in
        `PortalProductRef.create_product_rest_endpoint_page`. Portals show the change after their
        next `publish`.

        Returns:
            The new state.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: A value is invalid.
            NotFoundError: The page or the portal product does not exist.
        """
        ...

    @operation("DeleteProductRestEndpointPage")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the page. The endpoint itself stays.

        Args:
            missing_ok: Whether to return `False` if the page does not exist.

        Returns:
            Whether it existed. `False` only with `missing_ok`.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: The page cannot be deleted as it is.
            NotFoundError: The page or the portal product does not exist, and `missing_ok` is false.
        """
        ...

    def wait_until_available(
        self,
        *,
        timeout: float = 300,
        poll: float = 5,
        on_poll: Callable[[apigw2.ProductRestEndpointPage], object] | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> apigw2.ProductRestEndpointPage:
        """Wait until the page is `AVAILABLE`, and return it.

        Args:
            timeout: Maximum number of seconds to wait.
            poll: Seconds between two requests.
            on_poll: Called with each snapshot, to show progress.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Raises:
            FailedStateError: It is `FAILED`.
            WaitTimeoutError: Timed out.
        """

        def look() -> Look[apigw2.ProductRestEndpointPage]:
            seen = self.get()
            why = seen.status_exception
            return Look(seen, seen.status, None if why is None else why.message)

        return wait(
            look,
            what=f"page {self.product_rest_endpoint_page_id!r}",
            goal="available",
            until="AVAILABLE",
            failed=("FAILED",),
            timeout=timeout,
            poll=poll,
            on_poll=on_poll,
            sleep=sleep or self._connection.sleep,
        )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ProductRestEndpointPage(ProductRestEndpointPageRef, Snapshot):
    """A product REST endpoint page as the service last returned it.

    Attributes:
        portal_product_id: The portal product it belongs to.
        product_rest_endpoint_page_id: Its id.
        display_content: What it shows.
        last_modified: When it was last changed.
        product_rest_endpoint_page_arn: Its ARN, by which a `Section` names it.
        rest_endpoint_identifier: The endpoint that it is about.
        status: Whether it is ready.
        try_it_state: Whether visitors may call the endpoint from the portal.
        raw_display_content: What it shows, unprocessed; `get()` has to ask for it.
        status_exception: Why it failed.
        extra: Fields that this version of the library does not know.

    Example:
        >>> page = product.create_product_rest_endpoint_page(endpoint, try_it_state="ENABLED")
        >>> page.status
        'AVAILABLE'
    """

    display_content: EndpointDisplayContentResponse
    last_modified: datetime
    product_rest_endpoint_page_arn: str
    rest_endpoint_identifier: RestEndpointIdentifier
    status: Status
    try_it_state: TryItState
    raw_display_content: str | None = None
    status_exception: apigw2.StatusException | None = None
    extra: Mapping[str, object] = ABSENT_MAP


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ProductRestEndpointPageSummary(ProductRestEndpointPageRef, Snapshot):
    """An endpoint page as a list of them describes it; `get()` fetches the whole page.

    Attributes:
        portal_product_id: The portal product it belongs to.
        product_rest_endpoint_page_id: Its id.
        endpoint: The URL to call.
        last_modified: When it was last changed.
        product_rest_endpoint_page_arn: Its ARN, by which a `Section` names it.
        rest_endpoint_identifier: The endpoint that it is about.
        status: Whether it is ready.
        try_it_state: Whether visitors may call the endpoint from the portal.
        operation_name: The endpoint's name.
        status_exception: Why it failed.
        extra: Fields that this version of the library does not know.

    Example:
        >>> for page in product.list_product_rest_endpoint_pages():
        ...     if page.status == "FAILED":
        ...         print(page.operation_name, page.status_exception)
    """

    endpoint: str
    last_modified: datetime
    product_rest_endpoint_page_arn: str
    rest_endpoint_identifier: RestEndpointIdentifier
    status: Status
    try_it_state: TryItState
    operation_name: str | None = None
    status_exception: apigw2.StatusException | None = None
    extra: Mapping[str, object] = ABSENT_MAP
