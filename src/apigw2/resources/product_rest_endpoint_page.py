"""Product REST endpoint pages: documentation of single endpoints of a portal product."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

import attrs

import apigw2
from apigw2._calls.arguments import checked
from apigw2._calls.operation import operation
from apigw2._objects.references import Reference, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, Shape
from apigw2._workflows.waiters import Observation, wait

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
    """An endpoint of a REST API (API Gateway V1): API, stage, path and method.

    Attributes:
        method: HTTP method, 1 to 20 characters.
        path: Path of the resource, such as `/pets/{petId}`, 1 to 4,096 characters.
        rest_api_id: Id of the REST API, 1 to 50 characters.
        stage: Name of the stage, 1 to 128 characters.
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
    """The endpoint that a page documents.

    Attributes:
        identifier_parts: API, stage, path and method of the endpoint.
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
    """Content that an endpoint page shows instead of the documentation of the REST API.

    Attributes:
        body: Documentation in Markdown, 1 to 32,768 characters.
        endpoint: URL instead of the default `execute-api` endpoint, for example with a custom
            domain name, 1 to 1,024 characters.
        operation_name: Name to show instead of the path, 1 to 255 characters.
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
    """The requested content of an endpoint page. Set exactly one of the fields.

    A page has the resulting `EndpointDisplayContentResponse`.

    Attributes:
        none: The documentation of the REST API.
        overrides: Content that replaces all or part of that documentation.
        extra: Fields that this version of the library does not know.

    Example:
        >>> overrides = apigw2.DisplayContentOverrides(operation_name="View pets")
        >>> content = apigw2.EndpointDisplayContent(overrides=overrides)
    """

    none: apigw2.None_ | None = None
    overrides: DisplayContentOverrides | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EndpointDisplayContentResponse(Shape):
    """The content of an endpoint page.

    Attributes:
        endpoint: URL of the endpoint.
        body: Documentation in Markdown.
        operation_name: Name of the endpoint.
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
        portal_product_id: Id of the portal product.
        product_rest_endpoint_page_id: Id of the page.

    Example:
        >>> page = gw.portal_product("f6g7h8i9j0").product_rest_endpoint_page("u6v7w8x9y0")
        >>> page.update(try_it_state="DISABLED")
    """

    portal_product_id: str
    product_rest_endpoint_page_id: str

    @property
    def portal_product(self) -> apigw2.PortalProductRef:
        """A reference to the portal product; makes no request."""
        return refer(self, apigw2.PortalProductRef)

    @operation("GetProductRestEndpointPage")
    def get(
        self,
        *,
        include_raw_display_content: str | None = None,
        resource_owner_account_id: str | None = None,
    ) -> apigw2.ProductRestEndpointPage:
        """Fetch the page.

        Args:
            include_raw_display_content: `"true"` to return `raw_display_content` as well. The
                service model types it as a string and lists no values.
            resource_owner_account_id: Id of the account that owns the portal product, if another
                account shares it.

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

        See `PortalProductRef.create_product_rest_endpoint_page` for the parameters. Published
        portals do not change until their next `publish`.

        Returns:
            A snapshot with the new state.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: A value is invalid.
            NotFoundError: The page or the portal product does not exist.
        """
        ...

    @operation("DeleteProductRestEndpointPage")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the page, but not the endpoint.

        Args:
            missing_ok: Whether to return `False` if the page does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: The page cannot be deleted in its current state.
            NotFoundError: The page or the portal product does not exist, and `missing_ok` is false.
        """
        ...

    @checked
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
            timeout: Maximum number of seconds to wait; finite, so that every wait ends.
            poll: Seconds between requests.
            on_poll: Called with each snapshot, to show progress.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Raises:
            FailedStateError: The status is `FAILED`.
            WaitTimeoutError: Timed out.
        """

        def fetch() -> Observation[apigw2.ProductRestEndpointPage]:
            page = self.get()
            failure = page.status_exception
            return Observation(page, page.status, None if failure is None else failure.message)

        return wait(
            fetch,
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
        portal_product_id: Id of the portal product.
        product_rest_endpoint_page_id: Id of the page.
        display_content: Content of the page.
        last_modified: Time of the last change.
        product_rest_endpoint_page_arn: ARN of the page, as used by `Section`.
        rest_endpoint_identifier: The endpoint that the page documents.
        status: `IN_PROGRESS`, then `AVAILABLE` or `FAILED`.
        try_it_state: Whether visitors can call the endpoint from the portal.
        raw_display_content: Unprocessed content, only if `get()` requests it.
        status_exception: Reason for `FAILED`.
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
    """An endpoint page as listed by `list_product_rest_endpoint_pages`; `get()` fetches the page.

    Attributes:
        portal_product_id: Id of the portal product.
        product_rest_endpoint_page_id: Id of the page.
        endpoint: URL of the endpoint.
        last_modified: Time of the last change.
        product_rest_endpoint_page_arn: ARN of the page, as used by `Section`.
        rest_endpoint_identifier: The endpoint that the page documents.
        status: `IN_PROGRESS`, then `AVAILABLE` or `FAILED`.
        try_it_state: Whether visitors can call the endpoint from the portal.
        operation_name: Name of the endpoint.
        status_exception: Reason for `FAILED`.
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
