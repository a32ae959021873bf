"""Portal products: groups of REST API endpoints with documentation, which portals publish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

import apigw2
from apigw2._calls.operation import operation
from apigw2._objects.listing import Listing
from apigw2._objects.references import Reference, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, ABSENT_TUPLE, Shape, as_strings, as_tuple
from apigw2._workflows.tags import Taggable

__all__ = [
    "DisplayOrder",
    "PortalProduct",
    "PortalProductRef",
    "PortalProductSummary",
    "Section",
]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Section(Shape):
    """A section of a portal product: a heading and its endpoint pages.

    Attributes:
        product_rest_endpoint_page_arns: ARNs of the endpoint pages, in display order.
        section_name: Heading of the section.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.Section(
        ...     section_name="Adopt animals",
        ...     product_rest_endpoint_page_arns=[page.product_rest_endpoint_page_arn],
        ... )
    """

    product_rest_endpoint_page_arns: tuple[str, ...] = attrs.field(converter=as_strings)
    section_name: str


def _sections(values: Sequence[Section]) -> tuple[Section, ...]:
    return as_tuple(values)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DisplayOrder(Shape):
    """The pages that a portal product shows, in order.

    A page that is not listed here is a draft, which no portal shows.

    Attributes:
        contents: Sections of endpoint pages.
        overview_page_arn: ARN of the product page to show first, 20 to 2,048 characters.
        product_page_arns: ARNs of the other product pages, each of 20 to 2,048 characters.
        extra: Fields that this version of the library does not know.

    Example:
        >>> product.update(
        ...     display_order=apigw2.DisplayOrder(
        ...         overview_page_arn=overview.product_page_arn,
        ...         contents=[section],
        ...     )
        ... )
    """

    contents: tuple[Section, ...] = attrs.field(default=ABSENT_TUPLE, converter=_sections)
    overview_page_arn: str | None = None
    product_page_arns: tuple[str, ...] = attrs.field(default=ABSENT_TUPLE, converter=as_strings)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PortalProductRef(Reference):
    """A reference to a portal product, by its id.

    Attributes:
        portal_product_id: Id of the portal product.

    Example:
        >>> product = gw.portal_product("f6g7h8i9j0")
        >>> [page.page_title for page in product.list_product_pages()]
        ['How to adopt a pet']
    """

    portal_product_id: str

    # --- the portal product itself

    @operation("GetPortalProduct")
    def get(self, *, resource_owner_account_id: str | None = None) -> apigw2.PortalProduct:
        """Fetch the portal product.

        Args:
            resource_owner_account_id: Id of the account that owns the product, if another account
                shares it.

        Raises:
            AccessDeniedError: The caller is not authorized.
            NotFoundError: The portal product does not exist.
        """
        ...

    @operation("UpdatePortalProduct")
    def update(
        self,
        *,
        description: str | None = None,
        display_name: str | None = None,
        display_order: DisplayOrder | None = None,
    ) -> apigw2.PortalProduct:
        """Change the fields that are given; the others keep their values.

        Published portals do not change until their next `publish`.
        `ApiGatewayV2.create_portal_product` describes `description` and `display_name`;
        `display_order` lists the pages to show, in order.

        Returns:
            A snapshot with the new state.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: A value is invalid.
            NotFoundError: The portal product does not exist.
        """
        ...

    @operation("DeletePortalProduct")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the portal product.

        Args:
            missing_ok: Whether to return `False` if the portal product does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: The portal product cannot be deleted in its current state.
            NotFoundError: The portal product does not exist, and `missing_ok` is false.
        """
        ...

    # --- sharing policy

    @operation("GetPortalProductSharingPolicy", result="PolicyDocument")
    def get_portal_product_sharing_policy(self) -> str:
        """The resource policy that shares the portal product with other accounts.

        Returns:
            The policy document as a JSON string.

        Raises:
            AccessDeniedError: The caller is not authorized.
            NotFoundError: The portal product does not exist.
        """
        ...

    @operation("PutPortalProductSharingPolicy")
    def put_portal_product_sharing_policy(self, policy_document: str) -> None:
        """Set the resource policy that shares the portal product with other accounts.

        The policy replaces the previous one. An account that loses access cannot publish or preview
        portals that include the product until it removes the product from them.

        Args:
            policy_document: The policy document as a JSON string, 1 to 307,200 characters.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: The policy is invalid.
            NotFoundError: The portal product does not exist.
        """
        ...

    @operation("DeletePortalProductSharingPolicy")
    def delete_portal_product_sharing_policy(self) -> None:
        """Delete the resource policy that shares the portal product with other accounts.

        Raises:
            AccessDeniedError: The caller is not authorized.
            NotFoundError: The portal product does not exist.
        """
        ...

    # --- product pages

    @operation("CreateProductPage")
    def create_product_page(self, display_content: apigw2.DisplayContent) -> apigw2.ProductPage:
        """Create a documentation page. The default quota is 40 per portal product.

        The page is a draft until the product's `display_order` lists it.

        Args:
            display_content: Title and body of the page.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: A value is invalid.
            NotFoundError: The portal product does not exist.
        """
        ...

    @operation("ListProductPages")
    def list_product_pages(
        self, *, page_size: int | None = None, resource_owner_account_id: str | None = None
    ) -> Listing[apigw2.ProductPageSummary]:
        """List the documentation pages of the portal product, without their bodies.

        Args:
            page_size: Maximum number of objects in one response.
            resource_owner_account_id: Id of the account that owns the product, if another account
                shares it.

        Raises:
            AccessDeniedError: The caller is not authorized.
            NotFoundError: The portal product does not exist.
        """
        ...

    def product_page(self, product_page_id: str) -> apigw2.ProductPageRef:
        """A reference to a documentation page by its id; makes no request."""
        return refer(self, apigw2.ProductPageRef, product_page_id=product_page_id)

    def get_product_page(
        self, product_page_id: str, *, resource_owner_account_id: str | None = None
    ) -> apigw2.ProductPage:
        """Fetch a documentation page; shorthand for `product.product_page(id).get()`."""
        return self.product_page(product_page_id).get(
            resource_owner_account_id=resource_owner_account_id
        )

    # --- product REST endpoint pages

    @operation("CreateProductRestEndpointPage")
    def create_product_rest_endpoint_page(
        self,
        rest_endpoint_identifier: apigw2.RestEndpointIdentifier,
        *,
        display_content: apigw2.EndpointDisplayContent | None = None,
        try_it_state: apigw2.TryItState | None = None,
    ) -> apigw2.ProductRestEndpointPage:
        """Create a page for one endpoint. The default quota is 40 per portal product.

        The page is a draft until a section of the product's `display_order` lists it.

        Args:
            rest_endpoint_identifier: The endpoint: method, path and stage of a REST API in the
                portal product's region.
            display_content: Content to show instead of the documentation of the REST API.
            try_it_state: Whether visitors can call the endpoint from the portal. This is not
                possible for private APIs and APIs with mutual TLS.

        Returns:
            The page, possibly still `IN_PROGRESS`; see `wait_until_available`.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: A value is invalid.
            NotFoundError: The portal product or the endpoint does not exist.
        """
        ...

    @operation("ListProductRestEndpointPages")
    def list_product_rest_endpoint_pages(
        self, *, page_size: int | None = None, resource_owner_account_id: str | None = None
    ) -> Listing[apigw2.ProductRestEndpointPageSummary]:
        """List the endpoint pages of the portal product, without their content.

        Args:
            page_size: Maximum number of objects in one response.
            resource_owner_account_id: Id of the account that owns the product, if another account
                shares it.

        Raises:
            AccessDeniedError: The caller is not authorized.
            NotFoundError: The portal product does not exist.
        """
        ...

    def product_rest_endpoint_page(
        self, product_rest_endpoint_page_id: str
    ) -> apigw2.ProductRestEndpointPageRef:
        """A reference to an endpoint page by its id; makes no request."""
        return refer(
            self,
            apigw2.ProductRestEndpointPageRef,
            product_rest_endpoint_page_id=product_rest_endpoint_page_id,
        )

    def get_product_rest_endpoint_page(
        self,
        product_rest_endpoint_page_id: str,
        *,
        include_raw_display_content: str | None = None,
        resource_owner_account_id: str | None = None,
    ) -> apigw2.ProductRestEndpointPage:
        """Fetch an endpoint page; shorthand for `product.product_rest_endpoint_page(id).get()`."""
        return self.product_rest_endpoint_page(product_rest_endpoint_page_id).get(
            include_raw_display_content=include_raw_display_content,
            resource_owner_account_id=resource_owner_account_id,
        )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PortalProduct(PortalProductRef, Taggable, Snapshot):
    """A portal product as the service last returned it.

    Attributes:
        portal_product_id: Id of the portal product.
        display_name: Display name.
        last_modified: Time of the last change.
        portal_product_arn: ARN of the portal product, as used by `included_portal_product_arns`.
        description: Description.
        display_order: The pages that portals show, in order.
        tags: Tags.
        extra: Fields that this version of the library does not know.

    Example:
        >>> product = gw.create_portal_product("Pet adoption")
        >>> gw.portal("p1q2r3s4t5").update(
        ...     included_portal_product_arns=[product.portal_product_arn]
        ... )
    """

    display_name: str
    last_modified: datetime
    portal_product_arn: str
    description: str | None = None
    display_order: DisplayOrder | None = None
    tags: Mapping[str, str] = ABSENT_MAP
    extra: Mapping[str, object] = ABSENT_MAP

    @property
    def arn(self) -> str:
        """Its ARN; makes no request. Only a snapshot has it, because it contains the account id."""
        return self.portal_product_arn


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PortalProductSummary(PortalProductRef, Snapshot):
    """A portal product as listed by `list_portal_products`; `get()` fetches the `PortalProduct`.

    Attributes:
        portal_product_id: Id of the portal product.
        description: Description.
        display_name: Display name.
        last_modified: Time of the last change.
        portal_product_arn: ARN of the portal product, as used by `included_portal_product_arns`.
        tags: Tags.
        extra: Fields that this version of the library does not know.

    Example:
        >>> {product.display_name: product.tags for product in gw.list_portal_products()}
        {'Pet adoption': {'team': 'adoption'}}
    """

    description: str
    display_name: str
    last_modified: datetime
    portal_product_arn: str
    tags: Mapping[str, str] = ABSENT_MAP
    extra: Mapping[str, object] = ABSENT_MAP
