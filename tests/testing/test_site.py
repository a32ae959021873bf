"""URLs of a served gateway, and the origins that it rejects."""

from __future__ import annotations

import logging

import pytest

from apigw2.testing import LocalGateway, Request, Response
from apigw2.testing._history import Activity
from apigw2.testing._site import Site, how_to_call
from apigw2.testing._window import Window
from tests.support.local_gateway import CERTIFICATE, LAMBDA, Client, always, http_api

LOOPBACK_HOSTS = [
    "127.0.0.1:4567",
    "127.0.0.1",
    "127.1.2.3:80",
    "localhost:4567",
    "LOCALHOST:4567",
    "localhost.:4567",
    "[::1]:4567",
    "gateway.localhost:4567",
    "",
]
FOREIGN_HOSTS = [
    "evil.example",
    "evil.example:4567",
    "127.0.0.1.evil.example:4567",
    "localhost.evil.example",
    "notlocalhost",
    "192.168.0.1:4567",
    "[::2]:4567",
    "0.0.0.0:4567",
    "127.0.0.1:4567:1",
    "[::1",
]


@pytest.fixture
def site(local: LocalGateway) -> Site:
    return Site(local, Window(dict, Activity()))


def ask(
    site: Site, path: str, host: str = "127.0.0.1:4567", *, method: str = "GET", **headers: str
) -> Response:
    request = Request.to_url(method, path, {"host": host, **headers}, b"")
    response = site.answer(request, "127.0.0.1")
    assert isinstance(response, Response)
    return response


def deployed_api(local: LocalGateway) -> str:
    local.add_function("pets", always("meow"))
    return http_api(local.client(), Target=LAMBDA)


@pytest.mark.parametrize("host", LOOPBACK_HOSTS)
def test_the_control_plane_answers_to_names_of_this_machine(site: Site, host: str) -> None:
    assert ask(site, "/v2/apis", host).status == 200


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_neither_the_control_plane_nor_a_url_by_path_answers_to_another_host(
    local: LocalGateway, site: Site, host: str
) -> None:
    api_id = deployed_api(local)
    seen = len(local.requests)

    for path in ("/v2/apis", f"/_aws/execute-api/{api_id}/", "/", "/_apigw2/"):
        response = ask(site, path, host)
        assert response.status == 403
        assert "127.0.0.1, localhost, [::1]" in response.json()["message"]
    assert len(local.requests) == seen


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:3000", "http://localhost:4567"]
)
def test_pages_of_other_origins_cannot_use_the_control_plane(site: Site, origin: str) -> None:
    response = ask(site, "/v2/apis", method="POST", origin=origin)

    assert response.status == 403
    assert origin in response.json()["message"]


@pytest.mark.parametrize(
    "origin", ["http://127.0.0.1:4567", "https://127.0.0.1:4567", "HTTP://127.0.0.1:4567"]
)
def test_the_gateways_own_page_can_use_the_control_plane(site: Site, origin: str) -> None:
    assert ask(site, "/v2/apis", origin=origin).status == 200


@pytest.mark.parametrize(
    "suffix", ["localhost:4567", "us-east-1.amazonaws.com", "localhost.localstack.cloud:4566"]
)
def test_the_host_header_selects_an_api(local: LocalGateway, site: Site, suffix: str) -> None:
    api_id = deployed_api(local)

    for host in (f"{api_id}.execute-api.{suffix}", f"{api_id.upper()}.EXECUTE-API.{suffix}"):
        assert ask(site, "/pets", host, origin="https://shop.example").text == "meow"


def test_the_path_selects_an_api(local: LocalGateway, site: Site) -> None:
    api_id = deployed_api(local)

    assert ask(site, f"/_aws/execute-api/{api_id}").text == "meow"
    assert ask(site, f"/_aws/execute-api/{api_id}/pets/1").text == "meow"


def test_the_host_header_selects_a_custom_domain_name(
    local: LocalGateway, client: Client, site: Site
) -> None:
    api_id = deployed_api(local)
    certificate = "arn:aws:acm:us-east-1:123456789012:certificate/1"
    client.create_domain_name(
        DomainName="api.example.com", DomainNameConfigurations=[{"CertificateArn": certificate}]
    )
    client.create_api_mapping(DomainName="api.example.com", ApiId=api_id, Stage="$default")

    assert ask(site, "/pets", "api.example.com:4567").text == "meow"
    assert ask(site, "/pets", "www.example.com:4567").status == 403


@pytest.mark.parametrize(
    ("path", "host", "problem"),
    [
        ("/pets", "127.0.0.1:4567", "nothing at /pets"),
        ("/_aws/execute-api/nothing/pets", "127.0.0.1:4567", "no API nothing"),
        ("/pets", "nothing.execute-api.localhost:4567", "no API nothing"),
    ],
)
def test_the_response_to_an_unknown_url_explains_how_to_call_an_api(
    site: Site, path: str, host: str, problem: str
) -> None:
    response = ask(site, path, host)

    assert response.status == 404
    message = response.json()["message"]
    assert problem in message
    assert "http://API_ID.execute-api.localhost:4567/PATH" in message
    assert "http://127.0.0.1:4567/_aws/execute-api/API_ID/PATH" in message


def test_the_explanation_omits_a_missing_port() -> None:
    assert "http://127.0.0.1/_aws/" in how_to_call("localhost")


class TestAccessLog:
    """Every request has a line in the log, also one that reaches nothing."""

    @pytest.mark.parametrize(
        ("path", "host", "headers", "line"),
        [
            ("/pets?a=secret", "localhost", {}, "GET /pets 404 There is nothing at /pets"),
            (
                "/",
                "nothing.execute-api.localhost",
                {},
                "GET / 404 There is no API nothing",
            ),
            (
                "/v2/apis",
                "evil.example",
                {},
                "GET /v2/apis 403 Host 'evil.example' is not allowed",
            ),
            (
                "/v2/apis",
                "localhost",
                {"origin": "https://evil.example"},
                "GET /v2/apis 403 Origin 'https://evil.example' is not allowed",
            ),
            (
                "/pets",
                "api.example.com",
                {},
                "GET /pets 403 api.example.com has no API mapping for /pets",
            ),
        ],
    )
    def test_the_log_has_the_reason_why_a_request_reaches_nothing(
        self, *, local: LocalGateway, site: Site, path: str, host: str, headers: dict[str, str],
        line: str, caplog: pytest.LogCaptureFixture,
    ) -> None:  # fmt: skip
        local.client().create_domain_name(
            DomainName="api.example.com",
            DomainNameConfigurations=[{"CertificateArn": CERTIFICATE}],
        )
        caplog.set_level(logging.INFO, "apigw2.testing.access")
        ask(site, path, host, **headers)

        (logged,) = caplog.messages
        assert logged.replace("0.0 ms ", "").partition(" - ")[2] == line
