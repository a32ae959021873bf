"""VPC links: states, failures, quotas, deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.local_gateway import (
    http_api,
    refused,
    route,
    url_integration,
)

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client


def test_a_vpc_link_goes_through_its_states(local: LocalGateway, client: Client) -> None:
    made = client.create_vpc_link(Name="v", SubnetIds=["subnet-1"])
    names = {"VpcLinkId": made["VpcLinkId"]}

    assert made["VpcLinkStatus"] == "PENDING"
    assert made["VpcLinkVersion"] == "V2"
    assert made["SecurityGroupIds"] == []
    local.clock.advance(1)
    assert client.get_vpc_link(**names)["VpcLinkStatus"] == "AVAILABLE"
    client.delete_vpc_link(**names)
    assert client.get_vpc_links()["Items"][0]["VpcLinkStatus"] == "DELETING"
    local.clock.advance(1)
    assert client.get_vpc_links()["Items"] == []
    with refused("NotFound"):
        client.get_vpc_link(**names)


def test_polling_advances_the_state_of_a_vpc_link(client: Client) -> None:
    names = {"VpcLinkId": client.create_vpc_link(Name="v", SubnetIds=["s"])["VpcLinkId"]}

    states = [client.get_vpc_link(**names)["VpcLinkStatus"] for _ in range(4)]

    assert states == ["PENDING", "PENDING", "AVAILABLE", "AVAILABLE"]


def test_a_deleted_vpc_link_is_not_found(local: LocalGateway, client: Client) -> None:
    names = {"VpcLinkId": client.create_vpc_link(Name="v", SubnetIds=["s"])["VpcLinkId"]}
    client.delete_vpc_link(**names)
    local.clock.advance(1)

    with refused("NotFound", "Invalid VpcLink identifier"):
        client.get_vpc_link(**names)


def test_a_vpc_link_can_fail(local: LocalGateway, client: Client) -> None:
    local.faults.fail_transition("CreateVpcLink", "no such subnet")

    names = {"VpcLinkId": client.create_vpc_link(Name="v", SubnetIds=["s"])["VpcLinkId"]}
    local.clock.advance(1)

    link = client.get_vpc_link(**names)
    assert link["VpcLinkStatus"] == "FAILED"
    assert link["VpcLinkStatusMessage"] == "no such subnet"


def test_a_vpc_link_needs_a_subnet(client: Client) -> None:
    with refused("BadRequest", "At least one subnet"):
        client.create_vpc_link(Name="v", SubnetIds=[])


def test_a_vpc_link_in_use_is_not_deleted(client: Client) -> None:
    link = client.create_vpc_link(Name="v", SubnetIds=["s"])["VpcLinkId"]
    api_id = http_api(client)
    url_integration(client, api_id, "http://127.0.0.1/")
    integration = url_integration(
        client, api_id, "arn:aws:elasticloadbalancing:us-east-1:1:listener/app/a/b/c",
        ConnectionType="VPC_LINK", ConnectionId=link,
    )  # fmt: skip
    route(client, api_id, "GET /other")
    route_id = route(client, api_id, "GET /", Target=f"integrations/{integration}")

    with refused("BadRequest", f"referenced in [ANY:{route_id}] in format of [Method:Resource]"):
        client.delete_vpc_link(VpcLinkId=link)
    client.delete_route(ApiId=api_id, RouteId=route_id)
    client.delete_vpc_link(VpcLinkId=link)


def test_an_account_has_at_most_ten_vpc_links(client: Client) -> None:
    for _ in range(10):
        client.create_vpc_link(Name="v", SubnetIds=["s"])

    with refused("BadRequest", "There are too many Vpc Links defined in this account. Limit is 10"):
        client.create_vpc_link(Name="v", SubnetIds=["s"])
