"""Responses to cross-origin requests follow the CORS configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.local_gateway import always, jwt_authorizer, lambda_integration, route
from tests.testing.dataplane.support import deployed

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client


CORS = {
    "AllowCredentials": True,
    "AllowHeaders": ["authorization"],
    "AllowMethods": ["GET", "PUT"],
    "AllowOrigins": ["https://a.example.com", "http://*"],
    "ExposeHeaders": ["date"],
    "MaxAge": 60,
}


PREFLIGHT = {"Origin": "https://a.example.com", "Access-Control-Request-Method": "GET"}


def test_a_preflight_request_is_answered_by_the_gateway(
    local: LocalGateway, client: Client
) -> None:
    deployed(client, {"GET /pets": {}}, CorsConfiguration=CORS)

    answer = local.invoke("OPTIONS", "/pets", headers=PREFLIGHT)

    assert answer.status == 204
    assert {k: v for k, v in answer.headers.items() if k.startswith("access")} == {
        "access-control-allow-credentials": "true",
        "access-control-allow-headers": "authorization",
        "access-control-allow-methods": "GET,PUT",
        "access-control-allow-origin": "https://a.example.com",
        "access-control-expose-headers": "date",
        "access-control-max-age": "60",
    }


def test_a_preflight_request_from_another_origin_gets_no_cors_headers(
    local: LocalGateway, client: Client
) -> None:
    deployed(client, {"GET /pets": {}}, CorsConfiguration=CORS)

    def allowed(origin: str) -> str | None:
        answer = local.invoke("OPTIONS", "/", headers=PREFLIGHT | {"Origin": origin})
        assert answer.status == 204
        return answer.headers.get("access-control-allow-origin")

    assert allowed("https://b.example.com") is None
    assert allowed("http://b.example.com") == "http://b.example.com"


def test_a_wildcard_origin_allows_every_preflight_request(
    local: LocalGateway, client: Client
) -> None:
    deployed(client, {"GET /pets": {}}, CorsConfiguration={"AllowOrigins": ["*"]})

    answer = local.invoke("OPTIONS", "/pets", headers=PREFLIGHT)

    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-methods" not in answer.headers


@pytest.mark.parametrize("missing", ["Origin", "Access-Control-Request-Method"])
def test_an_options_request_without_preflight_headers_is_routed(
    local: LocalGateway, client: Client, missing: str
) -> None:
    deployed(client, {"GET /pets": {}}, CorsConfiguration=CORS)
    headers = {name: value for name, value in PREFLIGHT.items() if name != missing}

    assert local.invoke("OPTIONS", "/pets", headers=headers).status == 404


def test_a_preflight_request_needs_the_authorization_of_its_route(
    local: LocalGateway, client: Client
) -> None:
    api_id = deployed(client, CorsConfiguration=CORS)
    authorizer = jwt_authorizer(client, api_id)
    target = f"integrations/{lambda_integration(client, api_id)}"
    route(
        client, api_id, "$default", Target=target, AuthorizationType="JWT", AuthorizerId=authorizer
    )

    assert local.invoke("OPTIONS", "/pets", headers=PREFLIGHT).status == 401
    route(client, api_id, "OPTIONS /{proxy+}", Target=target)
    assert local.invoke("OPTIONS", "/pets", headers=PREFLIGHT).status == 204


def test_cors_headers_of_the_integration_are_replaced(local: LocalGateway, client: Client) -> None:
    headers = {"Access-Control-Allow-Origin": "evil", "Access-Control-Max-Age": "9", "A": "1"}
    local.add_function("pets", always({"statusCode": 200, "headers": headers}))
    deployed(client, {"$default": {}}, CorsConfiguration=CORS)

    cross = local.invoke("GET", "/", headers={"Origin": "https://a.example.com"}).headers
    same = local.invoke("GET", "/").headers

    assert cross["access-control-allow-origin"] == "https://a.example.com"
    assert cross["access-control-expose-headers"] == "date"
    assert not any(name.startswith("access-control") for name in same)
    assert "access-control-max-age" not in cross
    assert same["a"] == "1"


def test_the_vary_header_of_the_integration_is_kept(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", always({"statusCode": 200, "headers": {"Vary": "accept"}}))
    deployed(client, {"$default": {}}, CorsConfiguration=CORS)

    answer = local.invoke("GET", "/", headers={"Origin": "https://a.example.com"})

    assert answer.headers["vary"] == "accept,origin"


def test_an_api_without_cors_keeps_the_integrations_headers(
    local: LocalGateway, client: Client
) -> None:
    headers = {"Access-Control-Allow-Origin": "*"}
    local.add_function("pets", always({"statusCode": 200, "headers": headers}))
    deployed(client, {"$default": {}})

    assert local.invoke("GET", "/").headers["access-control-allow-origin"] == "*"
