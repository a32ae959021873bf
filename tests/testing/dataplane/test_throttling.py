"""Throttling of routes, by the gateway's clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.local_gateway import always
from tests.testing.dataplane.support import deployed

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import JSON, Client


def limited(local: LocalGateway, client: Client, default: JSON = None, pets: JSON = None) -> None:
    local.add_function("pets", always("ok"))
    api_id = deployed(client, {"GET /pets": {}, "GET /cats": {}})
    client.update_stage(
        ApiId=api_id, StageName="$default", DefaultRouteSettings=default or {},
        RouteSettings={"GET /pets": pets} if pets else {},
    )  # fmt: skip
    local.clock.advance(1)


def statuses(local: LocalGateway, path: str, count: int) -> list[int]:
    return [local.invoke("GET", path).status for _ in range(count)]


def test_a_limit_of_zero_blocks_the_route(local: LocalGateway, client: Client) -> None:
    limited(local, client, pets={"ThrottlingBurstLimit": 0, "ThrottlingRateLimit": 0.0})

    answer = local.invoke("GET", "/pets")

    assert (answer.status, answer.json()) == (429, {"message": "Too Many Requests"})
    assert answer.reason == "GET /pets has reached its throttling limits"
    assert local.invoke("GET", "/cats").status == 200


def test_a_burst_is_allowed_and_then_the_rate(local: LocalGateway, client: Client) -> None:
    limited(local, client, default={"ThrottlingBurstLimit": 3, "ThrottlingRateLimit": 2.0})

    assert statuses(local, "/pets", 4) == [200, 200, 200, 429]
    local.clock.advance(0.5)
    assert statuses(local, "/pets", 2) == [200, 429]
    local.clock.advance(60)
    assert statuses(local, "/pets", 4) == [200, 200, 200, 429]


def test_each_route_has_its_own_bucket(local: LocalGateway, client: Client) -> None:
    limited(local, client, default={"ThrottlingBurstLimit": 1, "ThrottlingRateLimit": 1.0})

    assert statuses(local, "/pets", 2) == [200, 429]
    assert statuses(local, "/cats", 2) == [200, 429]


def test_route_settings_replace_the_default_settings_completely(
    local: LocalGateway, client: Client
) -> None:
    limited(
        local, client,
        default={"ThrottlingBurstLimit": 1, "ThrottlingRateLimit": 1.0},
        pets={"ThrottlingBurstLimit": 2, "ThrottlingRateLimit": 1.0},
    )  # fmt: skip

    assert statuses(local, "/pets", 3) == [200, 200, 429]
    assert statuses(local, "/cats", 2) == [200, 429]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"DetailedMetricsEnabled": True}, [200] * 4),
        ({"ThrottlingBurstLimit": 2}, [200] * 4),
        ({"ThrottlingRateLimit": 2.0}, [200, 200, 429, 429]),
        ({"ThrottlingRateLimit": 0.5}, [200, 429, 429, 429]),
    ],
    ids=["none", "burst", "rate", "slow"],
)
def test_a_missing_limit_is_that_of_the_account(
    local: LocalGateway, client: Client, settings: JSON, expected: list[int]
) -> None:
    limited(
        local, client,
        default={"ThrottlingBurstLimit": 1, "ThrottlingRateLimit": 1.0}, pets=settings,
    )  # fmt: skip

    assert statuses(local, "/pets", 4) == expected


def test_new_limits_start_with_a_full_bucket(local: LocalGateway, client: Client) -> None:
    limited(local, client, default={"ThrottlingBurstLimit": 1, "ThrottlingRateLimit": 1.0})
    assert statuses(local, "/pets", 2) == [200, 429]

    (api,) = client.get_apis()["Items"]
    client.update_stage(
        ApiId=api["ApiId"], StageName="$default",
        DefaultRouteSettings={"ThrottlingBurstLimit": 2, "ThrottlingRateLimit": 1.0},
    )  # fmt: skip
    local.clock.advance(1)

    assert statuses(local, "/pets", 3) == [200, 200, 429]
