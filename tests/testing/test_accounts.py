"""Accounts and regions, each with separate resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from tests.support.local_gateway import LAMBDA, ONCE, Client, always, http_api, refused

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import JSON


def names(client: Client) -> list[str]:
    return [api["Name"] for api in client.get_apis()["Items"]]


def boto3_client(url: str, key: str, region: str) -> Client:
    session: JSON = boto3.Session(key, "secret", region_name=region)
    return session.client("apigatewayv2", endpoint_url=url, config=ONCE)


def test_each_region_and_account_has_separate_apis(local: LocalGateway) -> None:
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


def test_the_signature_selects_account_and_region_over_http(local: LocalGateway) -> None:
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


def test_a_deployed_api_is_found_in_any_region(local: LocalGateway) -> None:
    local.add_function("pets", always("meow"))
    api_id = http_api(local.client(region_name="eu-west-1"), Target=LAMBDA)

    assert local.invoke("GET", "/").text == "meow"
    assert local.invoke("GET", "/", api=api_id).text == "meow"
    other = http_api(local.client(), Target=LAMBDA)
    assert local.invoke("GET", "/", api=other).text == "meow"
    with pytest.raises(LookupError, match="2 APIs"):
        local.invoke("GET", "/")


def test_reset_clears_every_region(local: LocalGateway) -> None:
    client: Client = local.client(region_name="eu-west-1")
    http_api(client)

    local.reset()

    assert names(client) == []
