"""VPC links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.resources import Requests


@pytest.fixture
def link(gw: apigw2.ApiGatewayV2) -> apigw2.VpcLink:
    return gw.create_vpc_link(
        "private", subnet_ids=["subnet-1", "subnet-2"], security_group_ids=["sg-1"]
    )


def test_a_vpc_link_can_be_created_read_updated_and_deleted(
    gw: apigw2.ApiGatewayV2, link: apigw2.VpcLink
) -> None:
    assert (link.name, link.vpc_link_status) == ("private", "PENDING")
    assert (link.subnet_ids, link.security_group_ids) == (("subnet-1", "subnet-2"), ("sg-1",))
    ready = link.wait_until_available()
    assert ready.vpc_link_status == "AVAILABLE"
    assert ready == link.get() == gw.get_vpc_link(link.vpc_link_id)
    assert list(gw.get_vpc_links()) == [ready]

    changed = link.update(name="internal")
    assert (changed.name, changed.subnet_ids) == ("internal", link.subnet_ids)
    assert link.get() == changed

    link.delete()
    assert link.get().vpc_link_status == "DELETING"
    link.wait_until_deleted()
    assert list(gw.get_vpc_links()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        link.get()
    assert link.vpc_link_id in str(caught.value)


def test_a_reference_to_a_vpc_link_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    assert gw.vpc_link("y7z8a9").arn == "arn:aws:apigateway:us-east-1::/vpclinks/y7z8a9"
    assert requests.new() == []


def test_get_vpc_link_makes_one_request(
    gw: apigw2.ApiGatewayV2, link: apigw2.VpcLink, requests: Requests
) -> None:
    requests.new()
    assert gw.get_vpc_link(link.vpc_link_id).name == "private"
    assert requests.new() == ["GetVpcLink"]


def test_a_vpc_link_can_be_tagged(gw: apigw2.ApiGatewayV2, link: apigw2.VpcLink) -> None:
    gw.tag_resource(link, tags={"team": "pets"})
    assert gw.get_tags(link) == link.get().tags == {"team": "pets"}


def test_waiting_for_a_vpc_link_reports_each_state(link: apigw2.VpcLink) -> None:
    seen: list[str | None] = []
    link.wait_until_available(on_poll=lambda each: seen.append(each.vpc_link_status))
    assert seen == ["PENDING", "AVAILABLE"]


def test_waiting_for_a_vpc_link_that_fails_raises(
    local: LocalGateway, gw: apigw2.ApiGatewayV2
) -> None:
    local.faults.fail_transition("CreateVpcLink", "no such subnet")
    link = gw.create_vpc_link("private", subnet_ids=["subnet-0"])
    with pytest.raises(apigw2.FailedStateError, match="no such subnet") as caught:
        link.wait_until_available()
    assert isinstance(caught.value.last, apigw2.VpcLink)
    with pytest.raises(apigw2.FailedStateError, match="no such subnet"):
        link.wait_until_deleted()


def test_a_vpc_link_of_an_integration_cannot_be_deleted(
    api: apigw2.Api, link: apigw2.VpcLink
) -> None:
    integration = api.create_integration(
        "HTTP_PROXY",
        connection_id=link,
        connection_type="VPC_LINK",
        integration_method="ANY",
        integration_uri="arn:aws:servicediscovery:us-east-1:123456789012:service/srv-1",
        payload_format_version="1.0",
    )
    route = api.create_route("ANY /", target=integration)
    with pytest.raises(apigw2.ResourceInUseError, match=route.route_id):
        link.delete()


def test_a_missing_vpc_link_is_not_found(gw: apigw2.ApiGatewayV2) -> None:
    gone = gw.vpc_link("gone")
    for method in (gone.get, gone.update, gone.delete, gone.wait_until_available):
        with pytest.raises(apigw2.NotFoundError, match="gone"):
            method()
    gone.wait_until_deleted()
