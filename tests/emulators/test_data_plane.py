"""Requests to APIs that MiniStack serves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import apigw2

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.emulators.servers import Emulator, Reply

ORIGIN = "https://pets.example.com"


@pytest.fixture
def deployed(ministack: Emulator, backend: str) -> Iterator[apigw2.Api]:
    """An API with one route to the backend and one stage."""
    api = ministack.gateway().create_api(
        "deployed",
        protocol_type="HTTP",
        cors_configuration=apigw2.Cors(
            allow_origins=[ORIGIN], allow_methods=["GET"], allow_headers=["x-trace"], max_age=60
        ),
    )
    integration = api.create_integration(
        "HTTP_PROXY",
        integration_method="ANY",
        integration_uri=backend,
        payload_format_version="1.0",
    )
    api.create_route("GET /pets", target=integration)
    api.create_stage("prod", deployment_id=api.create_deployment())
    yield api
    api.delete()


def seen(reply: Reply) -> dict[str, str]:
    """The request that the backend received."""
    assert reply.status == 200, reply.body
    answer: dict[str, str] = json.loads(reply.body)
    return answer


def test_a_request_reaches_the_backend(ministack: Emulator, deployed: apigw2.Api) -> None:
    reply = ministack.request("GET", "/prod/pets?kind=cat", api=deployed)
    assert seen(reply) == {"method": "GET", "path": "/pets?kind=cat", "body": ""}
    assert ministack.request("POST", "/prod/pets", api=deployed).status == 404
    assert ministack.request("GET", "/test/pets", api=deployed).status == 404


def test_an_updated_route_is_served_under_its_new_key(
    ministack: Emulator, deployed: apigw2.Api
) -> None:
    (route,) = deployed.get_routes()
    route.update(route_key="ANY /animals/{proxy+}")
    reply = ministack.request("DELETE", "/prod/animals/1/2", api=deployed)
    assert seen(reply)["path"] == "/animals/1/2"
    assert ministack.request("GET", "/prod/pets", api=deployed).status == 404
    route.delete()
    assert ministack.request("GET", "/prod/animals/1", api=deployed).status == 404


def test_an_updated_integration_forwards_to_its_new_uri(
    ministack: Emulator, deployed: apigw2.Api, backend: str
) -> None:
    (integration,) = deployed.get_integrations()
    integration.update(
        integration_uri=f"{backend}/v2", request_parameters={"overwrite:querystring.kind": "dog"}
    )
    reply = ministack.request("GET", "/prod/pets?kind=cat", api=deployed)
    assert seen(reply)["path"] == "/v2/pets?kind=dog"


def test_the_default_stage_is_served_at_the_root(ministack: Emulator, deployed: apigw2.Api) -> None:
    stage = deployed.create_stage("$default", auto_deploy=True)
    assert seen(ministack.request("GET", "/pets", api=deployed))["path"] == "/pets"
    stage.delete()


def test_preflight_requests_are_answered_from_the_cors_configuration(
    ministack: Emulator, deployed: apigw2.Api
) -> None:
    ask = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
    preflight = ministack.request("OPTIONS", "/prod/pets", api=deployed, headers=ask)
    assert preflight.headers["access-control-allow-origin"] == ORIGIN
    assert "GET" in preflight.headers["access-control-allow-methods"]
    assert preflight.headers["access-control-max-age"] == "60"
    reply = ministack.request("GET", "/prod/pets", api=deployed, headers={"Origin": ORIGIN})
    assert reply.headers["access-control-allow-origin"] == ORIGIN

    deployed.delete_cors_configuration()
    reply = ministack.request("GET", "/prod/pets", api=deployed, headers={"Origin": ORIGIN})
    assert seen(reply)["method"] == "GET"
    assert "access-control-allow-origin" not in reply.headers


def test_a_route_with_an_authorizer_rejects_a_request_without_token(
    ministack: Emulator, deployed: apigw2.Api
) -> None:
    authorizer = deployed.create_authorizer(
        "login",
        authorizer_type="JWT",
        identity_source=["$request.header.Authorization"],
        jwt_configuration=apigw2.JWTConfiguration(issuer=ORIGIN, audience=["pets"]),
    )
    (route,) = deployed.get_routes()
    route.update(authorizer_id=authorizer)
    assert ministack.request("GET", "/prod/pets", api=deployed).status == 401
    route.update(authorization_type="NONE", authorizer_id="")
    assert ministack.request("GET", "/prod/pets", api=deployed).status == 200
