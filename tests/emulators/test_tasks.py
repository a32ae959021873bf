"""Helper methods on MiniStack and moto."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import apigw2


def test_objects_can_be_found_linked_and_tagged(gw: apigw2.ApiGatewayV2, api: apigw2.Api) -> None:
    assert gw.find_api(api.name) == gw.get_api(api.api_id)
    assert gw.find_api("no such API") is None
    assert gw.api(api.api_id).url("prod") == f"{api.api_endpoint}/prod"
    api.set_tags({"team": "pets", "env": "test"})
    api.set_tags({"team": "cats"})
    assert gw.get_tags(api) == {"team": "cats"}


def test_missing_objects_are_none_or_do_not_exist(gw: apigw2.ApiGatewayV2, api: apigw2.Api) -> None:
    gone = gw.api("zzzzzzzzzz")
    assert gone.get_or_none() is None
    assert gone.exists() is False
    assert api.exists() is True
    route = api.create_route("GET /pets")
    assert api.find_route("GET /pets") == route
    assert route.delete(missing_ok=True) is True
    # A second deletion is not tested: both emulators accept it, unlike AWS.
    assert route.exists() is False
    assert api.find_route("GET /pets") is None
