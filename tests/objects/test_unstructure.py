"""Values that cannot be sent or converted to boto3's dict: the error has their path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest

import apigw2
from tests.support.server import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.local import Local

LONE: Final = "\ud800x"
CALLS: Final[dict[str, Callable[[apigw2.ApiGatewayV2], object]]] = {
    "an id": lambda gw: gw.api(LONE).get(),
    "an id of a child": lambda gw: gw.api("a1").route(LONE).get(),
    "a text": lambda gw: gw.create_api(LONE, protocol_type="HTTP"),
    "a text in a list": lambda gw: gw.api("a1").update(
        cors_configuration=apigw2.Cors(allow_origins=[LONE])
    ),
    "a key of a map": lambda gw: gw.tag_resource("arn:aws:apigateway:x::/apis/a1", {LONE: "a"}),
    "a value of a map": lambda gw: gw.tag_resource("arn:aws:apigateway:x::/apis/a1", {"a": LONE}),
    "a part of the path": lambda gw: gw.api("a1").stage("prod").delete_route_settings(LONE),
    "an enumeration": lambda gw: gw.create_api("a", protocol_type=LONE),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # a wrong value
}


@pytest.mark.parametrize("call", CALLS.values(), ids=list(CALLS))
def test_a_lone_surrogate_is_refused_before_a_request(
    call: Callable[[apigw2.ApiGatewayV2], object], local: Local
) -> None:
    local.server.prepare()
    with pytest.raises((TypeError, apigw2.PreflightError), match="lone surrogates"):
        call(local.off)
    assert not local.server.connections


def test_a_page_token_that_cannot_be_sent_back_is_an_error(local: Local) -> None:
    local.server.prepare(then=Answer({"items": [], "nextToken": LONE}))
    with pytest.raises(apigw2.ResponseShapeError, match="a page token without lone surrogates"):
        local.gateway.get_apis().all()
    assert len(local.server.requests) == 1


def test_a_surrogate_that_the_service_sends_is_kept(local: Local) -> None:
    local.server.prepare([Answer({"routeId": "r1", "routeKey": LONE})])
    assert local.gateway.api("a1").get_route("r1").route_key == LONE


def test_to_dict_names_a_field_with_a_value_of_the_wrong_type() -> None:
    wrong: Any = 5
    route = apigw2.Route(api_id="a1", route_id="r1", route_key=wrong)
    with pytest.raises(TypeError, match=r"^Route\.route_key: expected a string, not int 5$"):
        route.to_dict()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://us@er:pw@h", "http://h"),
        ("http://user:pw@h:8080//a//b", "http://h:8080//a//b"),
        ("https://user:pw@h/x?key=pw", "https://h/x"),
    ],
)
def test_the_repr_of_a_gateway_shows_no_password(url: str, shown: str) -> None:
    client = boto3.Session("AKIATEST", "secret", region_name="eu-west-1").client(
        "apigatewayv2", endpoint_url=url
    )
    assert repr(apigw2.ApiGatewayV2(client=client)) == f"ApiGatewayV2(eu-west-1, {shown})"
