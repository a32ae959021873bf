"""Lists come in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apigw2.testing import LocalGateway
from tests.support.local_gateway import http_api, refused, route

if TYPE_CHECKING:
    from tests.support.local_gateway import Client


def test_pages_are_in_the_order_of_creation(client: Client) -> None:
    api_id = http_api(client)
    ids = [route(client, api_id, f"GET /{number}") for number in range(5)]

    first = client.get_routes(ApiId=api_id, MaxResults="2")
    second = client.get_routes(ApiId=api_id, MaxResults="2", NextToken=first["NextToken"])
    third = client.get_routes(ApiId=api_id, MaxResults="2", NextToken=second["NextToken"])

    pages = [first, second, third]
    assert [item["RouteId"] for page in pages for item in page["Items"]] == ids
    assert [len(page["Items"]) for page in pages] == [2, 2, 1]
    assert "NextToken" not in third


def test_a_last_page_that_is_full_has_no_token(client: Client) -> None:
    api_id = http_api(client)
    for number in range(2):
        route(client, api_id, f"GET /{number}")

    assert "NextToken" not in client.get_routes(ApiId=api_id, MaxResults="2")


def test_a_deletion_between_pages_skips_nothing(client: Client) -> None:
    api_id = http_api(client)
    ids = [route(client, api_id, f"GET /{number}") for number in range(4)]
    first = client.get_routes(ApiId=api_id, MaxResults="2")

    client.delete_route(ApiId=api_id, RouteId=ids[1])
    client.delete_route(ApiId=api_id, RouteId=ids[2])
    second = client.get_routes(ApiId=api_id, NextToken=first["NextToken"])

    assert [item["RouteId"] for item in second["Items"]] == [ids[3]]


def test_the_page_size_is_that_of_the_gateway() -> None:
    client: Client = LocalGateway(page_size=3).client()
    for _ in range(4):
        http_api(client)

    assert len(client.get_apis()["Items"]) == 3


def test_boto3s_paginator_crosses_the_pages(client: Client) -> None:
    ids = [http_api(client) for _ in range(5)]

    pages = client.get_paginator("get_apis").paginate(PaginationConfig={"PageSize": 2})

    assert [item["ApiId"] for page in pages for item in page["Items"]] == ids


def test_a_token_goes_with_one_collection_only(client: Client) -> None:
    first, second = http_api(client), http_api(client)
    for number in range(3):
        route(client, first, f"GET /{number}")
    token = client.get_routes(ApiId=first, MaxResults="1")["NextToken"]

    with refused("BadRequest", "nextToken"):
        client.get_routes(ApiId=second, NextToken=token)


@pytest.mark.parametrize("token", ["nonsense", "%%%", "bm9uZQ==", "é"])
def test_a_token_that_the_gateway_did_not_give(client: Client, token: str) -> None:
    with refused("BadRequest", "nextToken"):
        client.get_apis(NextToken=token)


@pytest.mark.parametrize("size", ["0", "-1", "many", ""])
def test_a_page_size_that_is_no_number_above_zero(client: Client, size: str) -> None:
    with refused("BadRequest", "maxResults"):
        client.get_apis(MaxResults=size)


def test_routing_rules_have_a_name_of_their_own_for_the_items(client: Client) -> None:
    configuration = {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1"}
    client.create_domain_name(DomainName="a.example.com", DomainNameConfigurations=[configuration])

    assert client.list_routing_rules(DomainName="a.example.com")["RoutingRules"] == []
