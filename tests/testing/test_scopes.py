"""Accounts and regions: each has resources of its own, and the signature says which is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from apigw2.testing import LocalGateway, Request
from apigw2.testing._signature import signed_for
from tests.support.local_gateway import LAMBDA, Client, always, http_api, refused

if TYPE_CHECKING:
    from tests.support.local_gateway import JSON

ONCE = Config(retries={"total_max_attempts": 1})
SIGNED = "AWS4-HMAC-SHA256 Credential={}/20260101/{}/apigateway/aws4_request, SignedHeaders=host"
PRESIGNED = "AKIA%2F20260101%2Feu-west-1%2Fapigateway%2Faws4_request"
DEFAULT = ("123456789012", "us-east-1")


def names(client: Client) -> list[str]:
    return [api["Name"] for api in client.get_apis()["Items"]]


def boto3_client(url: str, key: str, region: str) -> Client:
    session: JSON = boto3.Session(key, "secret", region_name=region)
    return session.client("apigatewayv2", endpoint_url=url, config=ONCE)


def test_each_region_and_account_has_apis_of_its_own(local: LocalGateway) -> None:
    clients: list[Client] = [
        local.client(),
        local.client(region_name="eu-west-1"),
        local.client(account_id="222222222222"),
    ]
    ids = [http_api(client) for client in clients]

    for client, api_id in zip(clients, ids, strict=True):
        assert [api["ApiId"] for api in client.get_apis()["Items"]] == [api_id]
    with refused("NotFound", "222222222222"):
        clients[2].get_api(ApiId=ids[0])
    assert ".eu-west-1." in clients[1].get_api(ApiId=ids[1])["ApiEndpoint"]


def test_a_typed_gateway_is_in_a_region_and_an_account(local: LocalGateway) -> None:
    gateway = local.gateway(region_name="eu-west-1", account_id="222222222222")
    gateway.create_api("pets", protocol_type="HTTP")

    assert list(local.gateway().get_apis()) == []
    client: Client = local.client(region_name="eu-west-1", account_id="222222222222")
    assert names(client) == ["pets"]


@pytest.mark.parametrize("account_id", ["1234", "abcdefghijkl", ""])
def test_the_account_of_a_gateway_has_twelve_digits(account_id: str) -> None:
    with pytest.raises(ValueError, match="twelve digits"):
        LocalGateway(account_id=account_id)


def test_a_served_gateway_goes_by_the_signature(local: LocalGateway) -> None:
    with local.serve() as url:
        for key, region in (("AKIA1", "eu-west-1"), ("111111111111", "eu-west-1")):
            client = boto3_client(url, key, region)
            client.create_api(Name=f"{key} {region}", ProtocolType="HTTP")
            client.close()
        client = boto3_client(url, "AKIA2", "eu-west-1")
        assert names(client) == ["AKIA1 eu-west-1"]
        client.close()
    assert names(local.client(account_id="111111111111", region_name="eu-west-1")) == [
        "111111111111 eu-west-1"
    ]


def test_an_unsigned_request_is_in_the_gateways_own_account_and_region(
    local: LocalGateway,
) -> None:
    client: Client = local.client(
        region_name="eu-west-1", config=Config(signature_version=UNSIGNED)
    )
    http_api(client)

    assert names(local.client()) == ["pets"]


def test_a_deployed_api_is_called_in_whichever_region_it_is(local: LocalGateway) -> None:
    local.add_function("pets", always("meow"))
    api_id = http_api(local.client(region_name="eu-west-1"), Target=LAMBDA)

    assert local.invoke("GET", "/").text == "meow"
    assert local.invoke("GET", "/", api=api_id).text == "meow"
    other = http_api(local.client(), Target=LAMBDA)
    assert local.invoke("GET", "/", api=other).text == "meow"
    with pytest.raises(LookupError, match="2 APIs"):
        local.invoke("GET", "/")


def test_reset_forgets_every_region(local: LocalGateway) -> None:
    client: Client = local.client(region_name="eu-west-1")
    http_api(client)

    local.reset()

    assert names(client) == []


def test_the_rate_limits_of_regions_are_separate() -> None:
    local = LocalGateway(rate_limits=True)
    for region in ("us-east-1", "eu-west-1"):
        client: Client = local.client(region_name=region, config=ONCE)
        client.create_vpc_link(Name="v", SubnetIds=["subnet-1"])
        with refused("TooManyRequests"):
            client.create_vpc_link(Name="v", SubnetIds=["subnet-1"])


@pytest.mark.parametrize(
    ("authorization", "query", "scope"),
    [
        (SIGNED.format("AKIA", "eu-west-1"), "", ("123456789012", "eu-west-1")),
        (SIGNED.format("210987654321", "eu-west-1"), "", ("210987654321", "eu-west-1")),
        ("", f"X-Amz-Credential={PRESIGNED}", ("123456789012", "eu-west-1")),
        ("", "X-Amz-Credential=nonsense", DEFAULT),
        ("Bearer abc", "", DEFAULT),
        ("AWS4-HMAC-SHA256 Credential=AKIA", "", DEFAULT),
        (SIGNED.format("AKIA", "../../etc"), "", DEFAULT),
        (SIGNED.format("٢" * 12, "eu-west-1"), "", ("123456789012", "eu-west-1")),
        ("", "", DEFAULT),
    ],
)
def test_the_scope_is_read_from_the_signature(
    authorization: str, query: str, scope: tuple[str, str]
) -> None:
    headers = {"authorization": authorization}
    request = Request(method="GET", path="/v2/apis", raw_query=query, headers=headers)

    assert signed_for(request, DEFAULT) == scope
