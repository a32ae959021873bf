"""Control-plane requests: their records, bugs and limits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from apigw2.testing import LocalGateway, Request
from apigw2.testing._http import MAX_BODY
from tests.support.local_gateway import LAMBDA, http_api, refused

if TYPE_CHECKING:
    from tests.support.local_gateway import Client


def test_requests_are_recorded(local: LocalGateway, client: Client) -> None:
    client.create_api(Name="n", ProtocolType="HTTP")
    with refused("NotFound"):
        client.get_api(ApiId="nothing")
    with refused("BadRequest"):
        client.create_api(Name="x" * 200, ProtocolType="HTTP")

    created, missed, wrong = local.requests

    assert created.operation == "CreateApi"
    assert created.params == {"Name": "n", "ProtocolType": "HTTP"}
    assert (created.method, created.path, created.status) == ("POST", "/v2/apis", 201)
    assert created.body == b'{"name": "n", "protocolType": "HTTP"}'
    assert created.headers["content-type"] == "application/json"
    assert (missed.params, missed.status) == ({"ApiId": "nothing"}, 404)
    assert (wrong.params, wrong.status) == ({}, 400)
    assert created.at < missed.at < wrong.at


def test_a_bug_in_the_gateway_is_a_500_on_both_planes(
    local: LocalGateway, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    http_api(client, Target=LAMBDA)
    monkeypatch.setattr("apigw2.testing._control.handle", fail)
    monkeypatch.setattr("apigw2.testing._dataplane._plane.serve", fail)

    controlled = local.handle(Request(method="GET", path="/v2/apis"))
    called = local.invoke("GET", "/")

    for response in (controlled, called):
        assert (response.status, response.reason) == (500, "ZeroDivisionError: a bug")
        assert response.json() == {"message": "Internal Server Error"}


@pytest.mark.parametrize("depth", [129, 5_000, 100_000])
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_body_that_is_nested_too_deeply_is_rejected_by_every_parser(
    local: LocalGateway, method: str, depth: int
) -> None:
    """`POST` is CreateApi, which reads JSON; `PUT` is ImportApi, which reads a document in it."""
    nested = "[" * depth + "]" * depth
    body = json.dumps({"body": nested}) if method == "PUT" else f'{{"tags": {nested}}}'

    response = local.handle(Request(method=method, path="/v2/apis", body=body.encode()))

    assert response.status == 400


def test_a_body_of_more_than_ten_mebibytes_is_rejected_and_not_recorded(
    local: LocalGateway,
) -> None:
    request = Request(method="POST", path="/v2/apis", body=bytes(MAX_BODY + 1))

    assert local.handle(request).status == 413
    assert local.requests[0].status == 413
    assert local.requests[0].body == b""
