"""Product pages: documentation pages of a portal product."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import attrs

import apigw2
from apigw2._calls.operation import operation
from apigw2._objects.references import Reference, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, Shape

__all__ = ["DisplayContent", "ProductPage", "ProductPageRef", "ProductPageSummary"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DisplayContent(Shape):
    """The content of a product page.

    Attributes:
        body: Body in Markdown, 1 to 32,768 characters.
        title: Title, 1 to 255 characters.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.DisplayContent(title="How to adopt a pet", body="Ask for a key, then ...")
        DisplayContent(body='Ask for a key, then ...', title='How to adopt a pet')
    """

    body: str
    title: str


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ProductPageRef(Reference):
    """A reference to a product page, by its id.

    Attributes:
        portal_product_id: Id of the portal product.
        product_page_id: Id of the page.

    Example:
        >>> page = gw.portal_product("f6g7h8i9j0").product_page("k1l2m3n4o5")
        >>> page.update(display_content=apigw2.DisplayContent(title="Terms", body="Be kind."))
    """

    portal_product_id: str
    product_page_id: str

    @property
    def portal_product(self) -> apigw2.PortalProductRef:
        """A reference to the portal product; makes no request."""
        return refer(self, apigw2.PortalProductRef)

    @operation("GetProductPage")
    def get(self, *, resource_owner_account_id: str | None = None) -> apigw2.ProductPage:
        """Fetch the page.

        Args:
            resource_owner_account_id: Id of the account that owns the portal product, if another
                account shares it.

        Raises:
            AccessDeniedError: The caller is not authorized.
            NotFoundError: The page or the portal product does not exist.
        """
        ...

    @operation("UpdateProductPage")
    def update(self, *, display_content: DisplayContent | None = None) -> apigw2.ProductPage:
        """Change the fields that are given; the others keep their values.

        See `PortalProductRef.create_product_page` for the parameter. Portals show the change after
        their next `publish`.

        Returns:
            A snapshot with the new state.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: A value is invalid.
            NotFoundError: The page or the portal product does not exist.
        """
        ...

    @operation("DeleteProductPage")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the page.

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


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ProductPage(ProductPageRef, Snapshot):
    """A product page as the service last returned it.

    Attributes:
        portal_product_id: Id of the portal product.
        product_page_id: Id of the page.
        last_modified: Time of the last change.
        product_page_arn: ARN of the page, as used by `DisplayOrder`.
        display_content: Title and body.
        extra: Fields that this version of the library does not know.

    Example:
        >>> content = apigw2.DisplayContent(title="Terms", body="Be kind.")
        >>> page = gw.portal_product("f6g7h8i9j0").create_product_page(content)
        >>> page.product_page_id
        'k1l2m3n4o5'
    """

    last_modified: datetime
    product_page_arn: str
    display_content: DisplayContent | None = None
    extra: Mapping[str, object] = ABSENT_MAP


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ProductPageSummary(ProductPageRef, Snapshot):
    """A product page as listed by `list_product_pages`; `get()` fetches the `ProductPage`.

    Attributes:
        portal_product_id: Id of the portal product.
        product_page_id: Id of the page.
        last_modified: Time of the last change.
        page_title: Title of the page.
        product_page_arn: ARN of the page, as used by `DisplayOrder`.
        extra: Fields that this version of the library does not know.

    Example:
        >>> [page.page_title for page in gw.portal_product("f6g7h8i9j0").list_product_pages()]
        ['How to adopt a pet']
    """

    last_modified: datetime
    page_title: str
    product_page_arn: str
    extra: Mapping[str, object] = ABSENT_MAP
