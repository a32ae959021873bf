"""Routes take as many requests as their limits say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.testing.dataplane.support import deployed
from tests.testing.support import always

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.testing.support import Client


def test_a_limit_of_zero_lets_nothing_through(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", always("ok"))
    api_id = deployed(client, {"GET /pets": {}, "GET /cats": {}})
    settings = {"ThrottlingBurstLimit": 0, "ThrottlingRateLimit": 0.0}
    client.update_stage(ApiId=api_id, StageName="$default", RouteSettings={"GET /pets": settings})

    answer = local.invoke("GET", "/pets")

    assert (answer.status, answer.json()) == (429, {"message": "Too Many Requests"})
    assert local.invoke("GET", "/cats").status == 200
