"""HTTP integrations pass requests on to loopback, and to nothing else."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from tests.testing.dataplane.support import deployed, proxied
from tests.testing.support import route, url_integration

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.testing.support import Client


def test_an_http_integration(local: LocalGateway, client: Client, backend: str) -> None:
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
def test_the_path_that_a_backend_gets(
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


def test_nothing_but_loopback_is_called(local: LocalGateway, client: Client) -> None:
    api_id = deployed(client)
    for number, uri in enumerate(("http://example.com/", "https://10.0.0.1/", "http://")):
        target = url_integration(client, api_id, uri)
        route(client, api_id, f"GET /{number}", Target=f"integrations/{target}")

    for number in range(3):
        answer = local.invoke("GET", f"/{number}")
        assert answer.status == 500
        assert "not on loopback" in answer.reason


def test_a_backend_that_is_not_there(local: LocalGateway, client: Client) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        proxied(client, "GET /", f"https://localhost:{unused.getsockname()[1]}/")

        answer = local.invoke("GET", "/")

    assert (answer.status, answer.json()) == (503, {"message": "Service Unavailable"})


def test_a_backend_that_is_too_slow(local: LocalGateway, client: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        proxied(client, "GET /", url, TimeoutInMillis=50)

        answer = local.invoke("GET", "/")

    assert answer.status == 503
    assert "timed out" in answer.reason


def test_a_private_integration_has_nothing_behind_it(local: LocalGateway, client: Client) -> None:
    link = client.create_vpc_link(Name="v", SubnetIds=["s"])["VpcLinkId"]
    listener = "arn:aws:elasticloadbalancing:us-east-1:1:listener/app/a/b/c"
    proxied(client, "GET /", listener, ConnectionType="VPC_LINK", ConnectionId=link)

    assert "VPC links" in local.invoke("GET", "/").reason
