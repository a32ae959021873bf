"""The entry point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config

import apigw2
from tests.faults.server import Answer
from tests.support.local import API, Local, client, session

if TYPE_CHECKING:
    from tests.faults.server import Server


def test_client_of_ones_own(server: Server) -> None:
    theirs = client(server)
    gw = apigw2.ApiGatewayV2(client=theirs)
    assert gw.client is theirs
    server.prepare([Answer(API)])
    assert gw.get_api("a1").name == "petstore"


@pytest.mark.parametrize(
    "given",
    [
        {"session": session()},
        {"region_name": "eu-central-1"},
        {"config": Config()},
        {"endpoint_url": "https://localhost"},
    ],
    ids=lambda given: next(iter(given)),
)
def test_client_goes_with_nothing_else(given: dict[str, Any], server: Server) -> None:
    with pytest.raises(TypeError, match="client is given, so session, region_name"):
        apigw2.ApiGatewayV2(client=client(server), **given)


def test_session_region_config_and_address() -> None:
    gw = apigw2.ApiGatewayV2(
        session=session(),
        region_name="us-west-2",
        config=Config(user_agent_extra="mine", read_timeout=7),
        endpoint_url="https://gateway.example",
    )
    meta: Any = gw.client.meta
    assert meta.region_name == "us-west-2"
    assert meta.endpoint_url == "https://gateway.example"
    assert meta.config.user_agent_extra == "mine"
    assert meta.config.read_timeout == 7
    assert repr(gw) == "ApiGatewayV2(us-west-2, https://gateway.example)"


def test_region_of_the_session() -> None:
    gw = apigw2.ApiGatewayV2(session=session())
    assert gw.client.meta.region_name == "eu-central-1"
    assert repr(gw) == ("ApiGatewayV2(eu-central-1, https://apigateway.eu-central-1.amazonaws.com)")


def test_default_session_is_boto3s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", session())
    assert apigw2.ApiGatewayV2().client.meta.region_name == "eu-central-1"


def test_no_global_state() -> None:
    """Two gateways have nothing in common, and neither is the default of anything."""
    here = apigw2.ApiGatewayV2(session=session())
    there = apigw2.ApiGatewayV2(session=session(), region_name="us-west-2", preflight="off")
    assert here.client is not there.client
    assert here.api("a1").arn != there.api("a1").arn
    assert here.api("a1") == there.api("a1")
    with pytest.raises(apigw2.DetachedError):
        apigw2.ApiRef(api_id="a1").get()


def test_other_partitions() -> None:
    gw = apigw2.ApiGatewayV2(session=session(), region_name="cn-north-1")
    assert gw.api("a1").arn == "arn:aws-cn:apigateway:cn-north-1::/apis/a1"


def test_a_gateway_has_no_other_attributes(gw: apigw2.ApiGatewayV2) -> None:
    anything: Any = gw
    with pytest.raises(AttributeError):
        anything.no_such_thing = 1


def test_references_are_free_and_checked(local: Local) -> None:
    gw = local.gateway
    made = (
        gw.api("a1"),
        gw.domain_name("a.b"),
        gw.vpc_link("v1"),
        gw.portal("p1"),
        gw.portal_product("pp1"),
    )
    assert [type(each).__name__ for each in made] == [
        "ApiRef",
        "DomainNameRef",
        "VpcLinkRef",
        "PortalRef",
        "PortalProductRef",
    ]
    assert not local.server.connections
    for wrong in ("", ".", ".."):
        with pytest.raises(apigw2.PreflightError, match="go to another resource"):
            gw.api(wrong)
    number: Any = 5
    with pytest.raises(TypeError, match="api_id: expected a string, not int 5"):
        gw.api(number)


def test_attach(local: Local) -> None:
    reference = local.gateway.attach(apigw2.ApiRef(api_id="a1"))
    assert reference == local.gateway.api("a1")
    local.server.prepare([Answer(API)])
    assert reference.get().name == "petstore"
