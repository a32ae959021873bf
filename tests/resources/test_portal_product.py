"""Portal products."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import apigw2

if TYPE_CHECKING:
    from tests.support.resources import Requests

POLICY = json.dumps({"Version": "2012-10-17", "Statement": []})


def test_a_portal_product_can_be_created_read_updated_and_deleted(gw: apigw2.ApiGatewayV2) -> None:
    product = gw.create_portal_product("Pet adoption", tags={"team": "adoption"})
    assert (product.display_name, product.tags) == ("Pet adoption", {"team": "adoption"})
    assert product.portal_product_id in product.portal_product_arn
    assert product.get() == gw.get_portal_product(product.portal_product_id) == product
    (summary,) = gw.list_portal_products()
    assert (summary.display_name, summary.get()) == ("Pet adoption", product)

    changed = product.update(description="Find a pet")
    assert (changed.display_name, changed.description) == ("Pet adoption", "Find a pet")
    assert product.get() == changed

    product.delete()
    assert list(gw.list_portal_products()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        product.get()
    assert product.portal_product_id in str(caught.value)


def test_a_reference_to_a_portal_product_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    product = gw.portal_product("f6g7h8i9j0")
    assert product.product_page("k1l2m3n4o5").portal_product == product
    assert product.product_rest_endpoint_page("u6v7w8x9y0").portal_product == product
    assert requests.new() == []


def test_get_portal_product_makes_one_request(
    gw: apigw2.ApiGatewayV2, product: apigw2.PortalProduct, requests: Requests
) -> None:
    requests.new()
    assert gw.get_portal_product(product.portal_product_id) == product
    assert requests.new() == ["GetPortalProduct"]


def test_the_display_order_of_pages_can_be_changed(product: apigw2.PortalProduct) -> None:
    content = apigw2.DisplayContent(title="Overview", body="Start here.")
    overview = product.create_product_page(content)
    parts = apigw2.IdentifierParts(method="GET", path="/pets", rest_api_id="a1b2c3", stage="prod")
    endpoint = product.create_product_rest_endpoint_page(
        apigw2.RestEndpointIdentifier(identifier_parts=parts)
    )
    order = apigw2.DisplayOrder(
        overview_page_arn=overview.product_page_arn,
        contents=[
            apigw2.Section(
                section_name="Adopt animals",
                product_rest_endpoint_page_arns=[endpoint.product_rest_endpoint_page_arn],
            )
        ],
    )
    assert product.update(display_order=order).display_order == order
    assert product.get().display_order == order


def test_a_sharing_policy_can_be_put_read_and_deleted(product: apigw2.PortalProduct) -> None:
    with pytest.raises(apigw2.NotFoundError):
        product.get_portal_product_sharing_policy()
    product.put_portal_product_sharing_policy(POLICY)
    assert product.get_portal_product_sharing_policy() == POLICY
    product.delete_portal_product_sharing_policy()
    with pytest.raises(apigw2.NotFoundError):
        product.get_portal_product_sharing_policy()


def test_a_missing_portal_product_is_not_found(gw: apigw2.ApiGatewayV2) -> None:
    gone = gw.portal_product("gone567890")
    methods = (
        gone.get,
        gone.update,
        gone.delete,
        gone.get_portal_product_sharing_policy,
        gone.delete_portal_product_sharing_policy,
        gone.list_product_pages().first,
        gone.list_product_rest_endpoint_pages().first,
    )
    for method in methods:
        with pytest.raises(apigw2.NotFoundError, match="gone567890"):
            method()
