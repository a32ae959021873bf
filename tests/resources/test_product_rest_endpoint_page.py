"""Product REST endpoint pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.resources import Requests

ENDPOINT = apigw2.RestEndpointIdentifier(
    identifier_parts=apigw2.IdentifierParts(
        method="GET", path="/pets", rest_api_id="a1b2c3", stage="prod"
    )
)


def test_an_endpoint_page_can_be_created_read_updated_and_deleted(
    product: apigw2.PortalProduct,
) -> None:
    page = product.create_product_rest_endpoint_page(ENDPOINT, try_it_state="ENABLED")
    assert (page.rest_endpoint_identifier, page.try_it_state) == (ENDPOINT, "ENABLED")
    assert page.portal_product_id == product.portal_product_id
    assert page.product_rest_endpoint_page_id in page.product_rest_endpoint_page_arn
    ready = page.wait_until_available()
    assert ready.status == "AVAILABLE"
    assert page.get() == ready
    (summary,) = product.list_product_rest_endpoint_pages()
    assert (summary.rest_endpoint_identifier, summary.get()) == (ENDPOINT, ready)

    changed = page.update(try_it_state="DISABLED")
    assert (changed.try_it_state, changed.display_content) == ("DISABLED", ready.display_content)
    assert page.get() == changed

    page.delete()
    assert list(product.list_product_rest_endpoint_pages()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        page.get()
    assert page.product_rest_endpoint_page_id in str(caught.value)


def test_a_reference_to_an_endpoint_page_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    page = gw.portal_product("f6g7h8i9j0").product_rest_endpoint_page("u6v7w8x9y0")
    assert page.portal_product == gw.portal_product("f6g7h8i9j0")
    assert requests.new() == []


def test_get_product_rest_endpoint_page_makes_one_request(
    product: apigw2.PortalProduct, requests: Requests
) -> None:
    own = product.create_product_rest_endpoint_page(ENDPOINT).product_rest_endpoint_page_id
    requests.new()
    page = product.get_product_rest_endpoint_page(own)
    assert requests.new() == ["GetProductRestEndpointPage"]
    assert page.raw_display_content is None
    raw = product.get_product_rest_endpoint_page(own, include_raw_display_content="true")
    assert raw.raw_display_content == '{"None": {}}'


def test_the_display_content_of_an_endpoint_page_can_be_overridden(
    product: apigw2.PortalProduct,
) -> None:
    overrides = apigw2.DisplayContentOverrides(operation_name="View pets", body="All of them.")
    page = product.create_product_rest_endpoint_page(
        ENDPOINT, display_content=apigw2.EndpointDisplayContent(overrides=overrides)
    )
    assert (page.display_content.operation_name, page.display_content.body) == (
        "View pets",
        "All of them.",
    )
    (summary,) = product.list_product_rest_endpoint_pages()
    assert summary.operation_name == "View pets"
    plain = page.update(display_content=apigw2.EndpointDisplayContent(none=apigw2.None_()))
    assert plain.display_content.operation_name != "View pets"


def test_waiting_for_an_endpoint_page_that_fails_raises(
    local: LocalGateway, product: apigw2.PortalProduct
) -> None:
    local.faults.fail_transition("CreateProductRestEndpointPage", "no such stage")
    page = product.create_product_rest_endpoint_page(ENDPOINT)
    with pytest.raises(apigw2.FailedStateError, match="no such stage"):
        page.wait_until_available()


def test_a_missing_endpoint_page_is_not_found(product: apigw2.PortalProduct) -> None:
    gone = product.product_rest_endpoint_page("gone567890")
    for method in (gone.get, gone.update, gone.delete, gone.wait_until_available):
        with pytest.raises(apigw2.NotFoundError, match="gone567890"):
            method()
