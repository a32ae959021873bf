"""Parameter mapping changes requests and responses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from apigw2.testing._dataplane._selection import select
from tests.support.local_gateway import always, refused, route, url_integration
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


def test_mapping_a_reserved_header_is_refused(client: Client) -> None:
    with refused("BadRequest", "restricted"):
        deployed(client, {"$default": {"RequestParameters": {"append:header.via": "a"}}})


BIG = json.dumps({"first": {"a b": [1, {"c": "found"}]}, "filler": "x" * 200_000, "last": "lost"})


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("a", '{"a": "text"}', "text"),
        ("a", '{"a": null}', None),
        ("a", '{"a": {"b": [1, true]}}', '{"b": [1, true]}'),
        ("a.b.c", '{"a": {"b": {"c": 1.5}}}', "1.5"),
        ("a[1]", '{"a": [1, 2]}', "2"),
        ("[1].a", '[{}, {"a": 7}]', "7"),
        ("['a b']", '{"a b": 1}', "1"),
        ('["a b"].c', '{"a b": {"c": 1}}', "1"),
        ("a[*].b", '{"a": [{"b": 1}, {"b": 2}]}', "[1, 2]"),
        ("a..b", '{"a": {"b": 1}}', None),
        ("a[?(@.b)]", '{"a": [{"b": 1}]}', None),
        ("a[0]", '{"a": {}}', None),
        ("a.b", '{"a": [1]}', None),
        ("a[5]", '{"a": [1]}', None),
        ("a", "not JSON", None),
        ("a", '{"a": NaN}', None),
        ("a", '{"a": ' + "[" * 100_000, None),
        ("a", '{"a": ' + "[" * 5_000 + "]" * 5_000 + "}", None),
        ("first['a b'][1].c", BIG, "found"),
        ("first['a b'][0]", " " * 10 + BIG, "1"),
        ("filler", BIG, None),
        ("last", BIG, None),
        ("[0]", "[1, " + "2," * 100_000 + "3]", "1"),
        ("a", "x" * 200_000, None),
        ("a", "[" * 200_000, None),
        ("a", '{"a": 1 "b"' + " " * 200_000, "1"),
    ],
    ids=[
        "text", "null", "object", "names", "index", "index-first", "quoted", "double", "all",
        "descent", "filter", "index-of-object", "name-of-list", "beyond", "no-json", "nan", "cut",
        "deep", "big-first", "big-index", "big-cut", "big-last", "big-list", "big-no-json",
        "big-deep", "big-broken",
    ],
)  # fmt: skip
def test_a_value_can_be_selected_from_the_body(path: str, body: str, expected: str | None) -> None:
    """Developer guide, "Transform API requests": no descent, no filters, the first 100 KB."""
    assert select(body.encode(), path) == expected


def test_a_body_is_taken_whole_without_a_path() -> None:
    assert select(BIG.encode(), "") == BIG
    assert select(b"\xff", "") == "\ufffd"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("$request.header.Color", "red,blue"),
        ("${request.header.color}", "red,blue"),
        ("${request.header.nothing}", None),
        ("$request.header", None),
        ("$request.querystring.x", "1,2"),
        ("${request.querystring.X}", None),
        ("$request.querystring.plus", "a+b"),
        ("$request.path", "/pets/a b/x%2Fy"),
        ("${request.path.proxy}", "a b/x/y"),
        ("$request.path.nothing", None),
        ("$request.body", '{"pets": [{"name": "Rex"}]}'),
        ("${request.body.pets[0].name}", "Rex"),
        ("$request.body[0]", None),
        ("$request.bodypets", None),
        ("$stageVariables.color", "green"),
        ("${stageVariables.color}-${stageVariables.none}-", "green--"),
        ("$context.httpMethod", "POST"),
        ("$context.path", "/pets/a b/x%2Fy"),
        ("$context.routeKey", "POST /pets/{proxy+}"),
        ("$context.identity.userAgent", "me"),
        ("$context.authorizer.claims.sub", None),
        ("$context.customDomain.basePathMatched", None),
        ("$context.protocol", "HTTP/1.1"),
        ("static text", "static text"),
    ],
)
def test_every_form_of_a_value_is_evaluated(
    local: LocalGateway, client: Client, expression: str, expected: str | None
) -> None:
    """The table of the developer guide, "Transform API requests and responses for HTTP APIs"."""
    local.add_function("pets", lambda event, _: event["headers"])
    parameters = {"overwrite:header.result": expression}
    api_id = deployed(client, {"POST /pets/{proxy+}": {"RequestParameters": parameters}})
    client.update_stage(ApiId=api_id, StageName="$default", StageVariables={"color": "green"})
    local.clock.advance(1)

    headers = local.invoke(
        "POST",
        "/pets/a%20b/x%2Fy?x=1&x=2&plus=a%2Bb",
        headers={"color": ["red", "blue"], "User-Agent": "me"},
        body='{"pets": [{"name": "Rex"}]}',
    ).json()

    assert headers.get("result") == expected


def test_values_that_only_a_response_has(local: LocalGateway, client: Client, backend: str) -> None:
    names = {
        "status": "$context.status",
        "integration": "$context.integration.status",
        "service": "$context.integrationStatus",
        "same": "${context.integration.integrationStatus}",
        "length": "$context.responseLength",
    }
    mapping = {f"append:header.{name}": value for name, value in names.items()}
    local.add_function("pets", always({"statusCode": 404, "body": "four"}))
    api_id = deployed(client, {"GET /": {"ResponseParameters": {"404": mapping}}})
    target = url_integration(client, api_id, backend, ResponseParameters={"200": mapping})
    route(client, api_id, "GET /url", Target=f"integrations/{target}")
    local.clock.advance(1)

    function, url = local.invoke("GET", "/").headers, local.invoke("GET", "/url").headers

    assert [function[name] for name in names] == ["404", "404", "200", "200", "4"]
    assert [url[name] for name in list(names)[:4]] == ["200"] * 4


def test_a_mapped_status_has_to_be_one(local: LocalGateway, client: Client) -> None:
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


def test_what_is_appended_follows_what_is_there(local: LocalGateway, client: Client) -> None:
    result = {"statusCode": 200, "multiValueHeaders": {"A": ["1", "2"], "B": ["3", "4"]}}
    local.add_function("pets", always(result))
    mapping = {"append:header.a": "5", "overwrite:header.C": "6"}
    deployed(
        client,
        {"$default": {"PayloadFormatVersion": "1.0", "ResponseParameters": {"200": mapping}}},
    )

    lines = [line for line in local.invoke("GET", "/").lines if line[0] in {"a", "b", "c"}]

    assert lines == [("b", "3"), ("b", "4"), ("a", "1,2,5"), ("c", "6")]
