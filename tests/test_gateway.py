"""`ApiGatewayV2`: its client, its references, and its errors on first use."""

from __future__ import annotations

import asyncio
import os
import pickle
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock
from weakref import WeakKeyDictionary

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import NoCredentialsError, NoRegionError

import apigw2
from tests.support.local import API, Local, client, session
from tests.support.server import Answer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.server import Server


def test_a_given_client_is_used(server: Server) -> None:
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
def test_a_given_client_excludes_the_other_settings(given: dict[str, Any], server: Server) -> None:
    with pytest.raises(TypeError, match="client is given, so session, region_name"):
        apigw2.ApiGatewayV2(client=client(server), **given)


def test_session_region_config_and_endpoint_reach_the_client() -> None:
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


def test_the_region_defaults_to_the_sessions() -> None:
    gw = apigw2.ApiGatewayV2(session=session())
    assert gw.client.meta.region_name == "eu-central-1"
    assert repr(gw) == ("ApiGatewayV2(eu-central-1, https://apigateway.eu-central-1.amazonaws.com)")


def test_the_default_session_is_boto3s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", session())
    assert apigw2.ApiGatewayV2().client.meta.region_name == "eu-central-1"


def test_two_gateways_share_no_state() -> None:
    """There is no default gateway either."""
    here = apigw2.ApiGatewayV2(session=session())
    there = apigw2.ApiGatewayV2(session=session(), region_name="us-west-2", preflight="off")
    assert here.client is not there.client
    assert here.api("a1").arn != there.api("a1").arn
    assert here.api("a1") == there.api("a1")
    with pytest.raises(apigw2.DetachedError):
        apigw2.ApiRef(api_id="a1").get()


def test_arns_have_the_partition_of_the_region() -> None:
    gw = apigw2.ApiGatewayV2(session=session(), region_name="cn-north-1")
    assert gw.api("a1").arn == "arn:aws-cn:apigateway:cn-north-1::/apis/a1"


def test_no_attribute_of_a_gateway_can_be_added(gw: apigw2.ApiGatewayV2) -> None:
    anything: Any = gw
    with pytest.raises(AttributeError):
        anything.no_such_thing = 1


def test_references_make_no_request_and_check_their_ids(local: Local) -> None:
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


def test_attach_gives_a_reference_a_gateway(local: Local) -> None:
    reference = local.gateway.attach(apigw2.ApiRef(api_id="a1"))
    assert reference == local.gateway.api("a1")
    local.server.prepare([Answer(API)])
    assert reference.get().name == "petstore"


# --- the first minute


@pytest.fixture
def nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without AWS settings."""
    for name in list(os.environ):
        if name.startswith("AWS_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)


@pytest.mark.usefixtures("nothing_is_set")
def test_a_missing_region_is_an_error_that_says_what_to_set() -> None:
    with pytest.raises(apigw2.MissingRegionError, match="pass region_name='eu-central-1'") as error:
        apigw2.ApiGatewayV2()
    assert isinstance(error.value, NoRegionError)
    assert type(error.value.__cause__) is NoRegionError
    assert "\n" not in str(error.value)


@pytest.mark.usefixtures("nothing_is_set")
def test_missing_credentials_are_an_error_that_says_what_to_set(server: Server) -> None:
    gw = apigw2.ApiGatewayV2(region_name="eu-central-1", endpoint_url=server.url)
    with pytest.raises(apigw2.MissingCredentialsError, match="run `aws configure`") as error:
        gw.get_apis().all()
    assert isinstance(error.value, NoCredentialsError)
    assert type(error.value.__cause__) is NoCredentialsError
    assert "\n" not in str(error.value)
    assert isinstance(pickle.loads(pickle.dumps(error.value)), apigw2.MissingCredentialsError)  # noqa: S301  # made here
    with pytest.raises(apigw2.MissingCredentialsError):
        gw.connections(f"{server.url}/prod").get("c1")
    assert not server.lines


class AioClient:
    """A client like aiobotocore's."""

    __module__ = "aiobotocore.client"

    async def get_apis(self) -> None:
        """A coroutine."""


class Double:
    """A test double with a single method."""

    def get_apis(self) -> dict[str, list[object]]:
        return {"Items": []}


@pytest.mark.parametrize(
    ("client", "found"),
    [
        (session(), r"not boto3\.session\.Session"),
        (session().client("apigateway"), "not a boto3 client of apigateway"),
        (AioClient(), "not a client of aiobotocore, whose methods are coroutines"),
        (Double, r"not builtins\.type"),
        ("eu-central-1", r"not builtins\.str"),
    ],
    ids=["session", "another service", "aiobotocore", "a class", "a string"],
)
def test_an_object_that_is_not_a_client_is_refused_at_once(client: Any, found: str) -> None:  # noqa: ANN401  # of any type
    with pytest.raises(
        TypeError, match=f"client: expected a boto3 client of apigatewayv2, {found}"
    ):
        apigw2.ApiGatewayV2(client=client)


def test_a_test_double_needs_only_the_methods_that_are_called() -> None:
    double: Any = Double()
    assert apigw2.ApiGatewayV2(client=double).get_apis().all() == ()


def test_a_test_double_may_return_none_where_there_is_no_result() -> None:
    double: Any = Mock(spec=["delete_api", "get_api"])
    double.delete_api.return_value = None
    gateway = apigw2.ApiGatewayV2(client=double)
    assert gateway.api("a1").delete() is True
    double.delete_api.assert_called_once_with(ApiId="a1")


@pytest.mark.parametrize("result", [[], "text", 5, Mock()], ids=["list", "text", "int", "mock"])
def test_a_test_double_that_returns_no_dict_is_a_shape_error(result: object) -> None:
    double: Any = Mock(spec=["get_api"])
    double.get_api.return_value = result
    with pytest.raises(apigw2.ResponseShapeError, match="GetApi: unusable response: the body"):
        apigw2.ApiGatewayV2(client=double).get_api("a1")


def test_gateways_can_be_the_keys_of_a_weak_dictionary(server: Server) -> None:
    gateway = apigw2.ApiGatewayV2(client=client(server))
    names = WeakKeyDictionary({gateway: "mine"})
    assert names[gateway] == "mine"


def test_an_unknown_preflight_mode_is_refused_at_once(server: Server) -> None:
    mode: Any = "strict"
    with pytest.raises(
        ValueError, match="preflight: 'strict' is not one of 'error', 'warn', 'off'"
    ):
        apigw2.ApiGatewayV2(client=client(server), preflight=mode)


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        (
            {"deadline": None},
            ValueError,
            "deadline must be a finite number of seconds, 0 or more, not None",
        ),
        ({"deadline": -1}, ValueError, "deadline must be"),
        ({"deadline": float("nan")}, ValueError, "deadline must be"),
        ({"deadline": float("inf")}, ValueError, "deadline must be"),
        ({"deadline": 10**400}, ValueError, "deadline must be"),
        ({"deadline": True}, ValueError, "deadline must be"),
        ({"attempts": 0}, ValueError, "attempts must be an integer of at least 1, not 0"),
        ({"attempts": "3"}, ValueError, "attempts must be"),
        ({"attempts": True}, ValueError, "attempts must be"),
        ({"sleep": asyncio.sleep}, TypeError, "sleep must be a function, not coroutine function"),
        ({"sleep": 1}, TypeError, "sleep must be a function, not int 1"),
    ],
)
def test_the_settings_of_retries_are_checked(
    settings: Any,  # noqa: ANN401  # of any type
    error: type[Exception],
    message: str,
) -> None:
    with pytest.raises(error, match=f"Retries: {message}"):
        apigw2.Retries(**settings)
