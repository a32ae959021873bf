"""Product pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.resources import Requests

CONTENT = apigw2.DisplayContent(title="How to adopt a pet", body="Ask for a key, then ...")


def test_a_product_page_can_be_created_read_updated_and_deleted(
    local: LocalGateway, product: apigw2.PortalProduct
) -> None:
    page = product.create_product_page(CONTENT)
    assert page.display_content == CONTENT
    assert page.portal_product_id == product.portal_product_id
    assert page.product_page_id in page.product_page_arn
    assert page.get() == page
    (summary,) = product.list_product_pages()
    assert (summary.page_title, summary.get()) == ("How to adopt a pet", page)

    local.clock.advance(60)
    terms = apigw2.DisplayContent(title="Terms", body="Be kind.")
    changed = page.update(display_content=terms)
    assert changed.display_content == terms
    assert changed.last_modified > page.last_modified
    assert page.get() == changed

    page.delete()
    assert list(product.list_product_pages()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        page.get()
    assert page.product_page_id in str(caught.value)


def test_a_reference_to_a_product_page_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    page = gw.portal_product("f6g7h8i9j0").product_page("k1l2m3n4o5")
    assert page.portal_product == gw.portal_product("f6g7h8i9j0")
    assert requests.new() == []


def test_get_product_page_makes_one_request(
    product: apigw2.PortalProduct, requests: Requests
) -> None:
    page = product.create_product_page(CONTENT)
    requests.new()
    assert product.get_product_page(page.product_page_id) == page
    assert requests.new() == ["GetProductPage"]


def test_a_missing_product_page_is_not_found(product: apigw2.PortalProduct) -> None:
    gone = product.product_page("gone567890")
    for method in (gone.get, gone.update, gone.delete):
        with pytest.raises(apigw2.NotFoundError, match="gone567890"):
            method()
