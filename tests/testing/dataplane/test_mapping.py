"""Parameter mapping of requests and responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.local_gateway import always, refused
from tests.testing.dataplane.support import deployed, proxied

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client


@pytest.mark.parametrize(
    ("key", "value", "check"),
    [
        ("append:header.color", "blue", {"color": "red,blue"}),
        ("append:header.new", "$request.header.COLOR", {"new": "red"}),
        ("overwrite:header.color", "$request.querystring.x", {"color": "1,2"}),
        ("overwrite:header.new", "$request.querystring.nothing", {"new": None}),
        ("remove:header.color", "''", {"color": None}),
        ("remove:header.COLOR", "''", {"color": None}),
        ("append:header.COLOR", "blue", {"color": "red,blue"}),
        ("overwrite:header.new", "$request.path", {"new": "/pets/7"}),
        ("overwrite:header.new", "$request.path.id", {"new": "7"}),
        (
            "overwrite:header.new",
            "${request.path.id} of ${context.stage}",
            {"new": "7 of $default"},
        ),
        ("overwrite:header.new", "$request.body", {"new": '{"pets": [{"name": "Rex"}, 5]}'}),
        ("overwrite:header.new", "$request.body.pets[0].name", {"new": "Rex"}),
        ("overwrite:header.new", "$request.body.pets[1]", {"new": "5"}),
        ("overwrite:header.new", "$request.body.pets[9]", {"new": None}),
        ("overwrite:header.new", "$request.body.pets.name", {"new": None}),
        ("overwrite:header.new", "$request.other.a", {"new": None}),
        ("overwrite:header.new", "$stageVariables.color", {"new": "green"}),
        ("overwrite:header.new", "$context.identity.sourceIp", {"new": "127.0.0.1"}),
        ("overwrite:header.new", "$response.header.a", {"new": None}),
        ("overwrite:header.new", "$nothing", {"new": None}),
        ("overwrite:header.new", "text", {"new": "text"}),
        ("overwrite:path", "/other/$request", {":path": "/other/%24request?x=1&x=2"}),
        ("overwrite:path", "$request.body.nothing", {":path": "/?x=1&x=2"}),
        ("append:querystring.x", "3", {":path": "/?x=1&x=2&x=3"}),
        ("append:querystring.y", "a b", {":path": "/?x=1&x=2&y=a+b"}),
        ("overwrite:querystring.x", "3", {":path": "/?x=3"}),
        ("overwrite:querystring.x", "$request.body.nothing", {":path": "/?x=1&x=2"}),
        ("remove:querystring.x", "''", {":path": "/"}),
    ],
)
def test_request_parameters_change_the_request(
    *,
    local: LocalGateway,
    client: Client,
    backend: str,
    key: str,
    value: str,
    check: dict[str, str | None],
) -> None:
    api_id = proxied(client, "POST /pets/{id}", backend, RequestParameters={key: value})
    client.update_stage(ApiId=api_id, StageName="$default", StageVariables={"color": "green"})

    seen = local.invoke(
        "POST", "/pets/7?x=1&x=2", headers={"color": "red"}, body='{"pets": [{"name": "Rex"}, 5]}'
    ).json()

    values = {**seen["headers"], ":path": seen["path"]}
    assert {name: values.get(name) for name in check} == check


def test_request_parameters_change_the_event_of_a_function(
    local: LocalGateway, client: Client
) -> None:
    local.add_function("pets", lambda event, _: event)
    parameters = {"overwrite:path": "/other", "append:header.a": "b"}
    deployed(client, {"$default": {"RequestParameters": parameters}})

    event = local.invoke("GET", "/pets").json()

    assert event["rawPath"] == "/other"
    assert event["headers"]["a"] == "b"


def test_response_parameters_change_the_response(local: LocalGateway, client: Client) -> None:
    result = {"statusCode": 404, "headers": {"a": "1", "b": "2"}, "body": '{"c": "3"}'}
    local.add_function("pets", always(result))
    mapping = {
        "append:header.a": "$response.body.c",
        "remove:header.b": "''",
        "overwrite:header.d": "$response.header.B",
        "overwrite:header.e": "$response.querystring.b",
        "overwrite:header.f": "$response.body",
        "overwrite:statuscode": "410",
    }
    other = {"overwrite:statuscode": "$response.body.c.d"}
    deployed(client, {"$default": {"ResponseParameters": {"404": mapping, "200": other}}})

    answer = local.invoke("GET", "/")

    assert answer.status == 410
    assert answer.headers["a"] == "1,3"
    assert answer.headers["d"] == "2"
    assert answer.headers["f"] == '{"c": "3"}'
    assert not {"b", "e"} & set(answer.headers)
    result["statusCode"] = 200
    assert local.invoke("GET", "/").status == 200


def test_mapping_a_reserved_header_is_rejected(client: Client) -> None:
    with refused("BadRequest", "restricted"):
        deployed(client, {"$default": {"RequestParameters": {"append:header.via": "a"}}})


def test_an_invalid_mapped_status_is_ignored(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", always({"statusCode": 200}))
    codes = {"a": "999", "b": "99", "c": "text", "d": "418"}
    deployed(
        client,
        {
            f"GET /{name}": {"ResponseParameters": {"200": {"overwrite:statuscode": code}}}
            for name, code in codes.items()
        },
    )

    assert [local.invoke("GET", f"/{name}").status for name in codes] == [200, 200, 200, 418]


def test_an_appended_value_follows_the_existing_ones(local: LocalGateway, client: Client) -> None:
    result = {"statusCode": 200, "multiValueHeaders": {"A": ["1", "2"], "B": ["3", "4"]}}
    local.add_function("pets", always(result))
    mapping = {"append:header.a": "5", "overwrite:header.C": "6"}
    deployed(
        client,
        {"$default": {"PayloadFormatVersion": "1.0", "ResponseParameters": {"200": mapping}}},
    )

    lines = [line for line in local.invoke("GET", "/").lines if line[0] in {"a", "b", "c"}]

    assert lines == [("b", "3"), ("b", "4"), ("a", "1,2,5"), ("c", "6")]
