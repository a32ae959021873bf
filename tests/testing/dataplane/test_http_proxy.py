"""HTTP_PROXY integrations forward requests to loopback only."""

from __future__ import annotations

import socket
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.support.local_gateway import always, route, url_integration
from tests.testing.dataplane.support import deployed, proxied

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client


def test_an_http_integration_forwards_the_request(
    local: LocalGateway, client: Client, backend: str
) -> None:
    proxied(client, "ANY /pets/{id}", f"{backend}/v1/{{id}}?a=1")

    answer = local.invoke(
        "PUT", "/pets/a%20b?x=2", headers={"Color": "red", "Connection": "close"}, body="woof"
    )

    seen = answer.json()
    assert answer.status == 200
    assert answer.headers["x-backend"] == "yes"
    assert answer.cookies == ("a=1", "b=2")
    assert (seen["method"], seen["path"]) == ("PUT", "/v1/a%20b?a=1&x=2")
    assert seen["body"] == "woof"
    assert seen["headers"]["color"] == "red"
    assert seen["headers"]["host"] == backend.removeprefix("http://")
    assert "proto=https" in seen["headers"]["forwarded"]


@pytest.mark.parametrize(
    ("key", "uri", "path", "expected"),
    [
        ("$default", "/base/", "/a/b", "/base/a/b"),
        ("$default", "", "/a", "/a"),
        ("GET /{proxy+}", "/x/{proxy}", "/a/b", "/x/a/b"),
        ("GET /{proxy+}", "/x/{proxy+}", "/a/b", "/x/a/b"),
        ("GET /pets", "", "/pets", "/"),
        ("GET /pets", "/x/{other}/y", "/pets", "/x//y"),
        ("GET /pets", "/${stageVariables.color}", "/pets", "/red"),
    ],
)
def test_path_parameters_are_inserted_into_the_integration_uri(
    *,
    local: LocalGateway,
    client: Client,
    backend: str,
    key: str,
    uri: str,
    path: str,
    expected: str,
) -> None:
    api_id = proxied(client, key, backend + uri, IntegrationMethod="GET")
    client.update_stage(ApiId=api_id, StageName="$default", StageVariables={"color": "red"})

    assert local.invoke("GET", path).json()["path"] == expected


def test_a_private_integration_is_an_internal_server_error(
    local: LocalGateway, client: Client
) -> None:
    link = client.create_vpc_link(Name="v", SubnetIds=["s"])["VpcLinkId"]
    listener = "arn:aws:elasticloadbalancing:us-east-1:1:listener/app/a/b/c"
    proxied(client, "GET /", listener, ConnectionType="VPC_LINK", ConnectionId=link)

    assert "VPC links" in local.invoke("GET", "/").reason


def test_a_path_parameter_cannot_add_a_header(
    local: LocalGateway, client: Client, backend: str
) -> None:
    proxied(client, "GET /{x}", backend, RequestParameters={"append:header.x": "$request.path.x"})

    answer = local.invoke("GET", "/a%0d%0ab:1", headers={"authorization": "secret"})

    assert answer.status == 500
    assert answer.reason == "the header x has a control character in its value"
    coffee = local.invoke("GET", "/%E2%98%95").json()["headers"]["x"]
    assert coffee.encode("latin-1").decode() == "☕"


def test_credentials_in_a_uri_are_not_part_of_the_host(
    local: LocalGateway, client: Client, backend: str
) -> None:
    host = backend.removeprefix("http://")
    proxied(client, "GET /", f"http://me:secret@{host}/")

    assert local.invoke("GET", "/").json()["headers"]["host"] == host


def test_a_function_can_use_both_planes_while_it_runs(local: LocalGateway, client: Client) -> None:
    """While a function runs, no lock is held, so other threads can use both planes."""
    answers: list[object] = []

    def handler(*_: object) -> str:
        other = Thread(target=lambda: answers.append(client.get_apis()["Items"][0]["ApiId"]))
        other.start()
        other.join(timeout=10)
        nested = Thread(target=lambda: answers.append(local.invoke("GET", "/inner").text))
        nested.start()
        nested.join(timeout=10)
        return "outer"

    local.add_function("pets", handler)
    local.add_function("inner", always("inner"))
    uri = "arn:aws:lambda:us-east-1:123456789012:function:inner"
    api_id = deployed(client, {"GET /": {}, "GET /inner": {"IntegrationUri": uri}})

    assert local.invoke("GET", "/").text == "outer"
    assert answers == [api_id, "inner"]


def test_no_reason_shows_the_secrets_of_a_uri(local: LocalGateway, client: Client) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{unused.getsockname()[1]}"
        api_id = deployed(client)
        for number, place in enumerate((host, "example.com")):
            uri = f"http://me:secret@{place}/a?token=secret"
            target = url_integration(client, api_id, uri)
            route(client, api_id, f"GET /{number}", Target=f"integrations/{target}")
        local.clock.advance(1)

        reasons = [local.invoke("GET", f"/{number}").reason for number in range(2)]

    assert reasons[0].startswith(f"http://{host}/a: ")
    assert reasons[1].startswith("http://example.com/a is not on loopback")
    assert "secret" not in "".join(reasons)


@pytest.mark.parametrize("uri", ["http://[::1/", "http://127.0.0.1:99999/", "http://127.0.0.1:a/"])
def test_a_malformed_uri_is_an_internal_server_error(
    local: LocalGateway, client: Client, uri: str
) -> None:
    proxied(client, "GET /", uri)
    local.clock.advance(1)

    answer = local.invoke("GET", "/")

    assert (answer.status, answer.json()) == (500, {"message": "Internal Server Error"})
    assert answer.reason
