"""Throttling of control-plane requests."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from apigw2.testing import Clock, LocalGateway
from apigw2.testing._rates import Bucket
from tests.support.local_gateway import ONCE, http_api, refused, route

if TYPE_CHECKING:
    from tests.support.local_gateway import Client


def test_requests_above_the_limits_of_an_account_are_throttled() -> None:
    local = LocalGateway(clock=Clock(step=0), rate_limits=True)
    client: Client = local.client(config=ONCE)

    api_id = http_api(client)
    route(client, api_id, "GET /")
    client.create_deployment(ApiId=api_id)
    with refused("TooManyRequests", "Too Many Requests"):
        client.create_deployment(ApiId=api_id)  # one in five seconds
    for _ in range(37):
        client.get_apis()
    with refused("TooManyRequests"):
        client.get_apis()
    local.clock.advance(0.1)
    client.get_apis()
    local.clock.advance(5)
    client.create_deployment(ApiId=api_id)


def test_the_rate_limits_of_regions_are_separate() -> None:
    local = LocalGateway(rate_limits=True)
    for region in ("us-east-1", "eu-west-1"):
        client: Client = local.client(region_name=region, config=ONCE)
        client.create_vpc_link(Name="v", SubnetIds=["subnet-1"])
        with refused("TooManyRequests"):
            client.create_vpc_link(Name="v", SubnetIds=["subnet-1"])


def test_a_bucket_does_not_lose_tokens_to_a_thread_that_read_the_clock_earlier(
    local: LocalGateway,
) -> None:
    now = local.clock.now()
    bucket = Bucket(1, 2, 2, now)

    assert bucket.take(now)
    assert bucket.take(now - timedelta(seconds=5))
    assert not bucket.take(now)
