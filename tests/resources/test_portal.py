"""Portals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.resources import Requests

COLORS = apigw2.CustomColors(
    accent_color="#0073bb",
    background_color="#ffffff",
    error_validation_color="#d13212",
    header_color="#232f3e",
    navigation_color="#f2f3f3",
    text_color="#16191f",
)
CONTENT = apigw2.PortalContent(
    display_name="Pet store for developers", theme=apigw2.PortalTheme(custom_colors=COLORS)
)


@pytest.fixture
def portal(gw: apigw2.ApiGatewayV2) -> apigw2.Portal:
    return gw.create_portal(
        authorization=apigw2.Authorization(none=apigw2.None_()),
        endpoint_configuration=apigw2.EndpointConfigurationRequest(none=apigw2.None_()),
        portal_content=CONTENT,
    )


def test_a_portal_can_be_created_read_updated_and_deleted(
    gw: apigw2.ApiGatewayV2, portal: apigw2.Portal, product: apigw2.PortalProduct
) -> None:
    assert (portal.portal_content, portal.publish_status) == (CONTENT, "DISABLED")
    assert portal.authorization.none == apigw2.None_()
    assert portal.portal_id in portal.portal_arn
    assert portal.arn == portal.portal_arn
    assert portal.get() == gw.get_portal(portal.portal_id) == portal
    (summary,) = gw.list_portals()
    assert (summary.portal_content, summary.get()) == (CONTENT, portal)

    changed = portal.update(included_portal_product_arns=[product.portal_product_arn])
    assert changed.included_portal_product_arns == (product.portal_product_arn,)
    assert changed.portal_content == CONTENT
    assert portal.get() == changed

    portal.delete()
    assert list(gw.list_portals()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        portal.get()
    assert portal.portal_id in str(caught.value)


def test_a_reference_to_a_portal_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    assert gw.portal("p1q2r3s4t5").portal_id == "p1q2r3s4t5"
    assert requests.new() == []


def test_get_portal_makes_one_request(
    gw: apigw2.ApiGatewayV2, portal: apigw2.Portal, requests: Requests
) -> None:
    requests.new()
    assert gw.get_portal(portal.portal_id) == portal
    assert requests.new() == ["GetPortal"]


def test_a_portal_can_be_published_and_disabled(local: LocalGateway, portal: apigw2.Portal) -> None:
    before = local.clock.now()
    portal.publish(description="The first")
    assert portal.get().publish_status == "PUBLISH_IN_PROGRESS"
    published = portal.wait_until_published()
    assert (published.publish_status, published.last_published_description) == (
        "PUBLISHED",
        "The first",
    )
    assert published.last_published is not None
    assert before <= published.last_published <= local.clock.now()

    portal.disable()
    assert portal.get().publish_status == "DISABLE_IN_PROGRESS"
    assert portal.wait_until_disabled().publish_status == "DISABLED"


def test_a_portal_can_be_previewed(portal: apigw2.Portal) -> None:
    assert portal.preview is None
    portal.preview_portal()
    preview = portal.wait_until_previewed().preview
    assert preview is not None
    assert preview.preview_status == "PREVIEW_READY"
    assert preview.preview_url is not None
    assert preview.preview_url.startswith("https://")


def test_waiting_for_a_portal_that_fails_raises_with_the_reason(
    local: LocalGateway, portal: apigw2.Portal
) -> None:
    local.faults.fail_transition("PublishPortal", "the product is gone")
    portal.publish()
    with pytest.raises(apigw2.FailedStateError, match="the product is gone"):
        portal.wait_until_published()
    local.faults.fail_transition("PreviewPortal", "no pages")
    portal.preview_portal()
    with pytest.raises(apigw2.FailedStateError, match="no pages"):
        portal.wait_until_previewed()
    local.faults.fail_transition("DisablePortal", "try later")
    portal.disable()
    with pytest.raises(apigw2.FailedStateError, match="try later"):
        portal.wait_until_disabled()


def test_a_missing_portal_is_not_found(gw: apigw2.ApiGatewayV2) -> None:
    gone = gw.portal("gone567890")
    methods = (
        gone.get,
        gone.update,
        gone.delete,
        gone.publish,
        gone.disable,
        gone.preview_portal,
        gone.wait_until_published,
    )
    for method in methods:
        with pytest.raises(apigw2.NotFoundError, match="gone567890"):
            method()
