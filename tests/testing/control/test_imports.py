"""ImportApi, ReimportApi and ExportApi."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.support.local_gateway import (
    http_api,
    jwt_authorizer,
    lambda_integration,
    refused,
    route,
    websocket_api,
)
from tests.testing.openapi.support import configuration, document, export, get, import_document

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client


def test_the_export_of_a_stage_is_its_deployment(client: Client) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /old")
    for name in ("test", "empty"):
        client.create_stage(ApiId=api_id, StageName=name)
    client.create_deployment(ApiId=api_id, StageName="test")
    route(client, api_id, "GET /new")

    assert set(json.loads(export(client, api_id, StageName="test"))["paths"]) == {"/old"}
    assert set(json.loads(export(client, api_id))["paths"]) == {"/old", "/new"}
    with refused("BadRequest", "no deployment"):
        export(client, api_id, StageName="empty")
    with refused("NotFound", "Invalid stage identifier"):
        export(client, api_id, StageName="nothing")


def test_an_invalid_export_is_rejected(client: Client) -> None:
    api_id = http_api(client)

    with refused("BadRequest", "enum value set: ['JSON', 'YAML']"):
        export(client, api_id, "XML")
    with refused("BadRequest", "export version"):
        export(client, api_id, ExportVersion="2.0")
    with refused("BadRequest", "enum value set: ['OAS30']"):
        client.export_api(ApiId=api_id, Specification="OAS31", OutputType="JSON")
    with refused("BadRequest", "only for HTTP APIs"):
        export(client, websocket_api(client))


def test_an_unknown_base_path_mode_is_rejected(client: Client) -> None:
    with refused("BadRequest", "basepath"):
        import_document(client, document({}), Basepath="drop")


def test_the_tags_of_a_document_are_checked(client: Client) -> None:
    def tagged(*names: str) -> dict[str, Any]:
        return document({}, tags=[{"name": name} for name in names])

    with refused("BadRequest", "reserved"):
        import_document(client, tagged("aws:a"))
    with refused("Conflict", "Maximum number of tags"):
        import_document(client, tagged(*(f"t{number}" for number in range(51))))
    assert import_document(client, tagged("a"))["Tags"] == {"a": ""}


def test_a_reimport_replaces_everything_that_a_document_defines(client: Client) -> None:
    api_id = http_api(client, Description="old", Tags={"a": "1"}, CorsConfiguration={})
    jwt_authorizer(client, api_id)
    route(client, api_id, "GET /old", Target=f"integrations/{lambda_integration(client, api_id)}")
    client.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)
    before = client.get_stage(ApiId=api_id, StageName="$default")["DeploymentId"]
    given = document({"/new": get()}, info={"title": "new", "version": "2"})

    answer = client.reimport_api(ApiId=api_id, Body=json.dumps(given))

    assert answer["ApiId"] == api_id
    api = client.get_api(ApiId=api_id)
    assert (api["Name"], api["Version"]) == ("new", "2")
    # terraform-provider-aws, TestAccAPIGatewayV2API_OpenAPI_withTags
    assert api["Tags"] == {"a": "1"}
    assert not {"Description", "CorsConfiguration"} & set(api)
    assert client.get_authorizers(ApiId=api_id)["Items"] == []
    assert [each["RouteKey"] for each in client.get_routes(ApiId=api_id)["Items"]] == ["GET /new"]
    assert len(client.get_integrations(ApiId=api_id)["Items"]) == 1
    assert client.get_stage(ApiId=api_id, StageName="$default")["DeploymentId"] != before


def test_a_failed_reimport_changes_nothing(client: Client) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /old")
    before = configuration(client, api_id)
    warned = json.dumps(document({"pets": get()}))
    many = json.dumps(document({f"/{number}": get() for number in range(301)}))

    with refused("BadRequest", "Unable to create the route"):
        client.reimport_api(ApiId=api_id, Body=warned, FailOnWarnings=True)
    with refused("BadRequest", "OpenAPI 3.0"):
        client.reimport_api(ApiId=api_id, Body="garbage")
    with refused("Conflict", "Maximum number of Routes"):
        client.reimport_api(ApiId=api_id, Body=many)
    assert configuration(client, api_id) == before
    with refused("BadRequest", "only for HTTP APIs"):
        client.reimport_api(ApiId=websocket_api(client), Body=warned)


def test_an_imported_api_serves_requests(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", lambda event, _: event["pathParameters"])
    api_id = import_document(client, document({"/pets/{id}": get()}))["ApiId"]
    client.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)

    assert local.invoke("GET", "/pets/7").json() == {"id": "7"}
