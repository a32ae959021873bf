"""Stages serve their deployment, in process and over HTTP."""

from __future__ import annotations

import base64
import http.client
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.local_gateway import (
    JSON,
    LAMBDA,
    always,
    http_api,
    lambda_integration,
    route,
    websocket_api,
)
from tests.testing.dataplane.support import deployed

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client


def test_a_deployment_freezes_routes_and_integrations(local: LocalGateway, client: Client) -> None:
    local.add_function("old", always("old"))
    local.add_function("new", always("new"))
    api_id = http_api(client)
    client.create_stage(ApiId=api_id, StageName="test")
    uri = "arn:aws:lambda:us-east-1:123456789012:function:"
    integration = lambda_integration(client, api_id, IntegrationUri=f"{uri}old")
    kept = route(client, api_id, "GET /pets", Target=f"integrations/{integration}")
    client.create_deployment(ApiId=api_id, StageName="test")

    client.update_integration(ApiId=api_id, IntegrationId=integration, IntegrationUri=f"{uri}new")
    route(client, api_id, "GET /cats", Target=f"integrations/{integration}")
    client.update_route(ApiId=api_id, RouteId=kept, RouteKey="GET /dogs")

    def served(path: str) -> int | str:
        answer = local.invoke("GET", path, stage="test")
        return answer.text if answer.status == 200 else answer.status

    assert [served("/pets"), served("/cats"), served("/dogs")] == ["old", 404, 404]
    client.create_deployment(ApiId=api_id, StageName="test")
    assert [served("/pets"), served("/cats"), served("/dogs")] == [404, "new", "new"]


def test_a_stage_without_a_deployment_is_not_found(local: LocalGateway, client: Client) -> None:
    api_id = http_api(client)
    client.create_stage(ApiId=api_id, StageName="test")
    chat = websocket_api(client)
    client.create_stage(ApiId=chat, StageName="test")
    route(client, chat, "$default")
    client.create_deployment(ApiId=chat, StageName="test")

    for api, stage in ((api_id, "test"), (api_id, "nothing"), (chat, "test")):
        answer = local.invoke("GET", "/", api=api, stage=stage)
        assert answer.status == 404
        assert "nothing deployed" in answer.reason
    with pytest.raises(LookupError, match="There are 2 APIs"):
        local.invoke("GET", "/")
    with pytest.raises(LookupError, match="no API nothing"):
        local.invoke("GET", "/", api="nothing")


def test_a_disabled_default_endpoint_is_not_found(local: LocalGateway, client: Client) -> None:
    deployed(client, {"GET /pets": {}}, DisableExecuteApiEndpoint=True)

    assert local.invoke("GET", "/pets").status == 404


def test_a_route_without_an_integration_is_not_found(local: LocalGateway, client: Client) -> None:
    route(client, deployed(client), "GET /pets")

    answer = local.invoke("GET", "/pets")

    assert answer.status == 404
    assert answer.reason == "GET /pets has no integration"


def test_objects_of_the_library_select_api_and_stage(local: LocalGateway) -> None:
    local.add_function("pets", lambda event, _: event["requestContext"]["stage"])
    gateway = local.gateway()
    first = gateway.create_api("a", protocol_type="HTTP", target=LAMBDA)
    gateway.create_api("b", protocol_type="HTTP", target=LAMBDA)
    stage = first.create_stage("test", auto_deploy=True)

    assert local.invoke("GET", "/", api=first).text == "$default"
    assert local.invoke("GET", "/", stage=stage).text == "test"
    assert local.invoke("GET", "/", api=first, stage=stage).text == "test"


def test_a_stage_serves_over_http(local: LocalGateway, client: Client) -> None:
    result = {"statusCode": 201, "cookies": ["a=1", "b=2"], "body": "ok"}
    seen: list[Any] = []

    def note(event: JSON, _: object) -> JSON:
        seen.append(event)
        return result

    local.add_function("pets", note)
    api_id = deployed(client, {"$default": {}})
    client.create_stage(ApiId=api_id, StageName="test", AutoDeploy=True)

    with local.serve() as url:
        connection = http.client.HTTPConnection(url.removeprefix("http://"))

        def ask(path: str, **headers: str) -> tuple[int, list[str] | None, bytes]:
            connection.request("POST", path, body=b"woof", headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get_all("set-cookie"), answer.read()

        host = f"{api_id}.execute-api.localhost"
        expected = (201, ["a=1", "b=2"], b"ok")
        assert ask("/a%20b?x=1", Host=host) == expected
        assert ask("/test/pets", Host=host) == expected
        assert ask(f"/_aws/execute-api/{api_id}/pets") == expected
        assert ask(f"/_aws/execute-api/{api_id}/test") == expected
        assert ask(f"/_aws/execute-api/{api_id}") == expected
        assert ask("/_aws/execute-api/nothing/pets")[0] == 404
        connection.close()

    assert [event["rawPath"] for event in seen] == ["/a b", "/test/pets", "/pets", "/test/", "/"]
    assert base64.b64decode(seen[0]["body"]) == b"woof"


def test_a_path_can_start_with_two_slashes(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", lambda event, _: event["rawPath"])
    deployed(client, {"$default": {}})

    assert local.invoke("GET", "//x?a=//b").text == "//x"
