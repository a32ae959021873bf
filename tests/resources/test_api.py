"""APIs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import apigw2
from tests.support.resources import LAMBDA

if TYPE_CHECKING:
    from tests.support.resources import Requests


def test_an_api_can_be_created_read_updated_and_deleted(gw: apigw2.ApiGatewayV2) -> None:
    api = gw.create_api("petstore", protocol_type="HTTP", tags={"team": "pets"})
    assert (api.name, api.protocol_type, api.tags) == ("petstore", "HTTP", {"team": "pets"})
    assert api.get() == gw.get_api(api.api_id) == api
    assert list(gw.get_apis()) == [api]

    changed = api.update(description="Pets and toys", version="2")
    assert (changed.name, changed.description, changed.version) == (
        "petstore",
        "Pets and toys",
        "2",
    )
    assert api.description is None, "a snapshot does not change"
    assert api.get() == changed

    api.delete()
    assert list(gw.get_apis()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        api.get()
    assert api.api_id in str(caught.value)


def test_a_quick_create_makes_a_route_an_integration_and_a_stage(gw: apigw2.ApiGatewayV2) -> None:
    api = gw.create_api("petstore", protocol_type="HTTP", target=LAMBDA)
    (route,), (integration,), (stage,) = apigw2.gather(
        api.get_routes(), api.get_integrations(), api.get_stages()
    )
    assert route.target == f"integrations/{integration.integration_id}"
    assert (route.route_key, stage.stage_name, stage.auto_deploy) == ("$default", "$default", True)


def test_references_to_the_children_of_an_api_make_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    api = gw.api("a1b2c3")
    assert api.authorizer("x").api == api
    assert api.deployment("x").api == api
    assert api.integration("x").api == api
    assert api.model("x").api == api
    assert api.route("x").api == api
    assert api.stage("x").api == api
    assert api.arn == "arn:aws:apigateway:us-east-1::/apis/a1b2c3"
    assert requests.new() == []


def test_cors_is_replaced_and_switched_off(gw: apigw2.ApiGatewayV2, requests: Requests) -> None:
    cors = apigw2.Cors(allow_origins=["https://example.com"], max_age=60)
    api = gw.create_api("petstore", protocol_type="HTTP", cors_configuration=cors)
    assert api.cors_configuration == cors
    anyone = apigw2.Cors(allow_origins=["*"])
    assert api.update(cors_configuration=anyone).cors_configuration == anyone
    requests.new()
    api.delete_cors_configuration()
    assert requests.new() == ["DeleteCorsConfiguration"]
    assert api.get().cors_configuration is None


def test_unset_clears_fields_of_an_api(gw: apigw2.ApiGatewayV2, requests: Requests) -> None:
    api = gw.create_api(
        "petstore",
        protocol_type="HTTP",
        cors_configuration=apigw2.Cors(allow_origins=["*"]),
        description="Pets",
        disable_execute_api_endpoint=True,
        version="1",
    )
    requests.new()
    cleared = api.unset(
        "cors_configuration", "description", "disable_execute_api_endpoint", "version"
    )
    assert requests.new() == ["DeleteCorsConfiguration", "UpdateApi"]
    assert (cleared.cors_configuration, cleared.description, cleared.version) == (None, None, None)
    assert cleared.disable_execute_api_endpoint is False
    assert cleared.unset("version") is cleared
    assert requests.new() == [], "without a field to clear, nothing is sent"


def test_an_api_can_be_tagged_and_untagged(gw: apigw2.ApiGatewayV2, api: apigw2.Api) -> None:
    gw.tag_resource(api, tags={"team": "pets", "tier": "1"})
    gw.untag_resource(resource_arn=api, tag_keys=["tier"])
    assert gw.get_tags(api) == gw.get_tags(api.arn) == api.get().tags == {"team": "pets"}


def test_an_api_can_be_imported_exported_and_reimported(
    gw: apigw2.ApiGatewayV2, api: apigw2.Api
) -> None:
    route = api.create_route("GET /pets")
    document = api.export(output_type="JSON", specification="OAS30")
    assert list(json.loads(document)["paths"]) == ["/pets"]

    copy = gw.import_api(document)
    assert (copy.name, copy.get_routes().all()[0].route_key) == ("petstore", route.route_key)

    again = copy.reimport(document.replace("/pets", "/toys"))
    assert again.api_id == copy.api_id
    assert [each.route_key for each in copy.get_routes()] == ["GET /toys"]


def test_a_missing_api_is_not_found(gw: apigw2.ApiGatewayV2) -> None:
    gone = gw.api("gone")
    for method in (gone.get, gone.delete, gone.get_routes().first, gone.delete_cors_configuration):
        with pytest.raises(apigw2.NotFoundError, match="gone"):
            method()
