"""Portal products: what a portal offers, a group of REST API endpoints with their documentation."""

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
    """A section of a portal product: endpoint pages under one heading.

    Attributes:
        product_rest_endpoint_page_arns: ARNs of the pages, in the order in which they are shown.
        section_name: The heading.
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
    """Which pages of a portal product are shown, and in which order.

    A page that is not in it is a draft: no portal shows it.

    Attributes:
        contents: Sections with endpoint pages.
        overview_page_arn: ARN of the product page that comes first, 20 to 2,048 characters.
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
        portal_product_id: Its id.

    Example:
        >>> product = gw.portal_product("f6g7h8i9j0")
        >>> [page.page_title for page in product.list_product_pages()]
        ['How to adopt a pet']
    """

    portal_product_id: str

    # --- the portal product itself

    @operation("GetPortalProduct")
    def get(self, *, resource_owner_account_id: str | None = None) -> apigw2.PortalProduct:
        """Fetch the portal product's state.

        Args:
            resource_owner_account_id: Id of the account that owns it, where that is not the
                caller's: it is shared then.

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

        `description` and `display_name` mean what they mean in
        `ApiGatewayV2.create_portal_product`; `display_order` says which pages are shown, and in
        which order. Portals show the change after their next `publish`.

        Returns:
            The new state.

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
            Whether it existed. `False` only with `missing_ok`.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: The portal product cannot be deleted as it is.
            NotFoundError: The portal product does not exist, and `missing_ok` is false.
        """
        ...

    # --- sharing policy

    @operation("GetPortalProductSharingPolicy", result="PolicyDocument")
    def get_portal_product_sharing_policy(self) -> str:
        """The policy that says which other accounts may use the portal product.

        Returns:
            JSON, as text.

        Raises:
            AccessDeniedError: The caller is not authorized.
            NotFoundError: The portal product does not exist.
        """
        ...

    @operation("PutPortalProductSharingPolicy")
    def put_portal_product_sharing_policy(self, policy_document: str) -> None:
        """Set the policy that says which other accounts may use the portal product.

        It replaces the policy that is there. Accounts that lose the product cannot publish or
        preview portals that include it until they take it out.

        Args:
            policy_document: The policy: JSON, as text of 1 to 307,200 characters.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: The policy is not acceptable.
            NotFoundError: The portal product does not exist.
        """
        ...

    @operation("DeletePortalProductSharingPolicy")
    def delete_portal_product_sharing_policy(self) -> None:
        """Delete the policy that says which other accounts may use the portal product.

        Raises:
            AccessDeniedError: The caller is not authorized.
            NotFoundError: The portal product does not exist.
        """
        ...

    # --- product pages

    @operation("CreateProductPage")
    def create_product_page(self, display_content: apigw2.DisplayContent) -> apigw2.ProductPage:
        """Create a page of documentation. The service's default limit is 40 a portal product.

        The page is a draft until the product's `display_order` has it.

        Args:
            display_content: Its title and text.

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
        """List the portal product's pages of documentation, without their text.

        Args:
            page_size: Maximum number of objects in one response.
            resource_owner_account_id: Id of the account that owns the product, where that is
                not the caller's.

        Raises:
            AccessDeniedError: The caller is not authorized.
            NotFoundError: The portal product does not exist.
        """
        ...

    def product_page(self, product_page_id: str) -> apigw2.ProductPageRef:
        """A page of documentation by its id; makes no request."""
        return refer(self, apigw2.ProductPageRef, product_page_id=product_page_id)

    def get_product_page(
        self, product_page_id: str, *, resource_owner_account_id: str | None = None
    ) -> apigw2.ProductPage:
        """Fetch a page of documentation: short for `product.product_page(id).get()`."""
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
        """Create a page for one endpoint. The service's default limit is 40 a portal product.

        The page is a draft until a section of the product's `display_order` has it.

        Args:
            rest_endpoint_identifier: The endpoint: a method and path of a REST API and the stage
                that it is deployed to, in the portal product's region.
            display_content: What to show instead of the REST API's own documentation.
            try_it_state: Whether visitors may call the endpoint from the portal. That does not
                work for private APIs and for APIs with mutual TLS.

        Returns:
            The page, which may be `IN_PROGRESS` for a moment.

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
        """List the portal product's endpoint pages, without their text.

        Args:
            page_size: Maximum number of objects in one response.
            resource_owner_account_id: Id of the account that owns the product, where that is
                not the caller's.

        Raises:
            AccessDeniedError: The caller is not authorized.
            NotFoundError: The portal product does not exist.
        """
        ...

    def product_rest_endpoint_page(
        self, product_rest_endpoint_page_id: str
    ) -> apigw2.ProductRestEndpointPageRef:
        """An endpoint page by its id; makes no request."""
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
        """Fetch an endpoint page: short for `product.product_rest_endpoint_page(id).get()`."""
        return self.product_rest_endpoint_page(product_rest_endpoint_page_id).get(
            include_raw_display_content=include_raw_display_content,
            resource_owner_account_id=resource_owner_account_id,
        )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PortalProduct(PortalProductRef, Taggable, Snapshot):
    """A portal product as the service last returned it.

    Attributes:
        portal_product_id: Its id.
        display_name: Its name in portals.
        last_modified: When it was last changed.
        portal_product_arn: Its ARN, by which portals include it.
        description: Its description.
        display_order: Which of its pages are shown, and in which order.
        tags: Its tags.
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
        """Its ARN; makes no request. It has the account's id, which a reference does not know."""
        return self.portal_product_arn


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PortalProductSummary(PortalProductRef, Snapshot):
    """A portal product as a list of them describes it; `get()` fetches the `PortalProduct`.

    Attributes:
        portal_product_id: Its id.
        description: Its description.
        display_name: Its name in portals.
        last_modified: When it was last changed.
        portal_product_arn: Its ARN, by which portals include it.
        tags: Its tags.
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
