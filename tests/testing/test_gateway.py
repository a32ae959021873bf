"""`LocalGateway`: isolation, reset, threads, and both planes over HTTP."""

from __future__ import annotations

import inspect
import typing
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

import boto3
import pytest
from botocore.exceptions import ConnectionClosedError

import apigw2
from apigw2 import testing
from apigw2.testing import LocalGateway
from tests.support.local_gateway import LAMBDA, ONCE, Client, http_api, refused


def test_two_gateways_share_nothing() -> None:
    first, second = LocalGateway(), LocalGateway()
    http_api(first.client())

    client: Client = second.client()
    assert client.get_apis()["Items"] == []


def test_clients_of_one_gateway_share_its_resources(local: LocalGateway) -> None:
    api_id = http_api(local.client())

    other: Client = local.client()
    assert other.get_api(ApiId=api_id)["Name"] == "pets"


def test_the_region_and_account_are_those_of_the_gateway() -> None:
    local = LocalGateway(region_name="eu-west-1", account_id="210987654321")
    client: Client = local.client()

    api = client.create_api(Name="n", ProtocolType="HTTP")

    assert ".eu-west-1." in api["ApiEndpoint"]
    with refused("NotFound", "210987654321"):
        client.get_api(ApiId="nothing")


def test_reset_removes_resources_requests_and_pending_faults(
    local: LocalGateway, client: Client
) -> None:
    http_api(client)
    local.faults.add("GetApis", "throttle")
    local.faults.fail_transition("CreateVpcLink", "no")

    local.reset()

    assert local.requests == []
    assert client.get_apis()["Items"] == []
    assert [request.status for request in local.requests] == [200]
    link = client.create_vpc_link(Name="v", SubnetIds=["subnet-1"])["VpcLinkId"]
    local.clock.advance(1)
    assert client.get_vpc_link(VpcLinkId=link)["VpcLinkStatus"] == "AVAILABLE"


def test_reset_removes_functions(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", lambda _event, _context: "meow")

    local.reset()

    http_api(client, Target=LAMBDA)
    assert "no function is registered" in local.invoke("GET", "/").reason


def test_reset_keeps_the_clock(local: LocalGateway) -> None:
    local.clock.advance(3600)
    now = local.clock.now()

    local.reset()

    assert local.clock.now() == now


def test_the_library_works_with_the_local_gateway(local: LocalGateway) -> None:
    gateway = local.gateway()

    api = gateway.create_api("pets", protocol_type="HTTP", target=LAMBDA)
    link = gateway.create_vpc_link("v", subnet_ids=["subnet-1"])

    assert [each.route_key for each in api.get_routes()] == ["$default"]
    assert link.wait_until_available(sleep=local.clock.advance).vpc_link_status == "AVAILABLE"
    with pytest.raises(apigw2.NotFoundError):
        gateway.get_api("nothing")


def test_many_threads_can_use_one_gateway(local: LocalGateway, client: Client) -> None:
    api_id = http_api(client)
    client.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)

    def work(number: int) -> list[str]:
        made = [
            client.create_route(ApiId=api_id, RouteKey=f"GET /{number}/{step}")["RouteId"]
            for step in range(5)
        ]
        client.delete_route(ApiId=api_id, RouteId=made.pop())
        client.update_route(ApiId=api_id, RouteId=made[0], OperationName=f"n{number}")
        local.invoke("GET", f"/{number}/0")
        return made

    with ThreadPoolExecutor(32) as pool:
        made = [route_id for ids in pool.map(work, range(32)) for route_id in ids]

    pages = client.get_paginator("get_routes").paginate(ApiId=api_id)
    there = [item for page in pages for item in page["Items"]]
    assert sorted(item["RouteId"] for item in there) == sorted(made)
    assert len({item.get("OperationName") for item in there}) == 33
    last = client.get_stage(ApiId=api_id, StageName="$default")["DeploymentId"]
    assert client.get_deployment(ApiId=api_id, DeploymentId=last)
    assert len(local.requests) > 32 * 7


def test_a_gateway_serves_over_http_until_the_block_ends(local: LocalGateway) -> None:
    with local.serve() as url:
        gateway = apigw2.ApiGatewayV2(
            session=boto3.Session("a", "b", region_name="us-east-1"), endpoint_url=url, config=ONCE
        )
        api = gateway.create_api("pets", protocol_type="HTTP")
        api.create_route("GET /pets/{id}")
        settings = apigw2.RouteSettings(throttling_burst_limit=1)
        api.create_stage("test", route_settings={"GET /pets/{id}": settings})
        api.stage("test").delete_route_settings("GET /pets/{id}")
        gateway.tag_resource(resource_arn=api, tags={"a": "b"})
        local.faults.add("GetApis", "drop")
        with pytest.raises(ConnectionClosedError):
            list(gateway.get_apis())
        assert [each.tags for each in gateway.get_apis()] == [{"a": "b"}]
        with pytest.raises(apigw2.NotFoundError):
            gateway.get_api("nothing")
    assert url.startswith("http://127.0.0.1:")
    with pytest.raises(ConnectionRefusedError):
        HTTPConnection(url.removeprefix("http://")).request("GET", "/")


@pytest.mark.parametrize("account_id", ["1234", "abcdefghijkl", ""])
def test_the_account_of_a_gateway_has_twelve_digits(account_id: str) -> None:
    with pytest.raises(ValueError, match="twelve digits"):
        LocalGateway(account_id=account_id)


@pytest.mark.parametrize(
    "public",
    [each for name in testing.__all__ if inspect.isclass(each := getattr(testing, name))],
)
def test_annotations_of_public_classes_can_be_evaluated(public: type) -> None:
    """Libraries such as pydantic and typeguard evaluate them."""
    members: list[Any] = [getattr(each, "fget", each) for each in vars(public).values()]
    annotated: list[Any] = [public, *filter(inspect.isfunction, members)]

    for each in annotated:
        assert typing.get_type_hints(each).keys() >= inspect.get_annotations(each).keys()
