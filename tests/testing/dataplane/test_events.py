"""Events of Lambda integrations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.local_gateway import always
from tests.testing.dataplane.support import deployed

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import JSON, Client


def test_an_event_in_format_2_has_every_member(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", lambda event, _: event)
    api_id = deployed(client, {"POST /pets/{id}": {}})
    client.update_stage(ApiId=api_id, StageName="$default", StageVariables={"color": "red"})

    event = local.invoke(
        "POST",
        "/pets/a%20b?x=1&x=2&y=",
        headers={"Content-Type": "application/json", "Cookie": "a=1; b=2", "User-Agent": "test"},
        body='{"name": "Rex"}',
    ).json()

    context = event.pop("requestContext")
    headers = event.pop("headers")
    assert event == {
        "version": "2.0",
        "routeKey": "POST /pets/{id}",
        "rawPath": "/pets/a b",
        "rawQueryString": "x=1&x=2&y=",
        "cookies": ["a=1", "b=2"],
        "queryStringParameters": {"x": "1,2", "y": ""},
        "body": '{"name": "Rex"}',
        "pathParameters": {"id": "a b"},
        "isBase64Encoded": False,
        "stageVariables": {"color": "red"},
    }
    assert headers["content-type"] == "application/json"
    assert headers["content-length"] == "15"
    assert headers["x-forwarded-proto"] == "https"
    assert "cookie" not in headers
    assert context["http"] == {
        "method": "POST",
        "path": "/pets/a b",
        "protocol": "HTTP/1.1",
        "sourceIp": "127.0.0.1",
        "userAgent": "test",
    }
    assert context["accountId"] == "123456789012"
    assert context["apiId"] == context["domainPrefix"] == api_id
    assert context["domainName"] == f"{api_id}.execute-api.us-east-1.amazonaws.com"
    assert context["stage"] == "$default"
    assert context["timeEpoch"] == int(local.clock.now().timestamp() * 1000)


def test_an_event_in_format_1_has_every_member(local: LocalGateway, client: Client) -> None:
    def handler(event: JSON, _: object) -> dict[str, Any]:
        return {"statusCode": 200, "body": json.dumps(event)}

    local.add_function("pets", handler)
    api_id = deployed(client, {"ANY /pets/{id}": {"PayloadFormatVersion": "1.0"}})

    event = local.invoke("GET", "/pets/7?x=1&x=2", headers={"A": ["1,2", "3"]}).json()

    context = event.pop("requestContext")
    assert event["headers"]["A"] == "3"
    assert event["multiValueHeaders"]["A"] == ["1,2", "3"]
    assert {k: v for k, v in event.items() if "eaders" not in k} == {
        "version": "1.0",
        "resource": "/pets/{id}",
        "path": "/pets/7",
        "httpMethod": "GET",
        "queryStringParameters": {"x": "2"},
        "multiValueQueryStringParameters": {"x": ["1", "2"]},
        "pathParameters": {"id": "7"},
        "stageVariables": None,
        "body": None,
        "isBase64Encoded": False,
    }
    assert context["apiId"] == api_id
    assert context["resourcePath"] == "/pets/{id}"
    assert context["identity"]["sourceIp"] == "127.0.0.1"
    assert context["identity"]["user"] is None


def test_the_raw_path_has_the_name_of_the_stage(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", lambda event, _: event)
    api_id = deployed(client, {"GET /pets": {}})
    stage = client.create_stage(ApiId=api_id, StageName="test", AutoDeploy=True)

    event = local.invoke("GET", "/pets", stage=stage["StageName"]).json()

    assert event["rawPath"] == "/test/pets"
    assert event["requestContext"]["stage"] == "test"


@pytest.mark.parametrize(
    ("content_type", "body", "expected"),
    [
        ("application/json", b"{}", ("{}", False)),
        ("application/xml; charset=utf-8", b"<a/>", ("<a/>", False)),
        ("application/javascript", b"1", ("1", False)),
        ("application/vnd.pets+json", b"{}", ("e30=", True)),
        ("Text/csv", b"a,b", ("a,b", False)),
        (None, b"a", ("YQ==", True)),
        ("application/octet-stream", b"a", ("YQ==", True)),
        ("application/x-www-form-urlencoded", b"a=b", ("YT1i", True)),
        ("text/plain", b"\xff", ("/w==", True)),
    ],
)
def test_a_body_that_is_not_text_is_base64(
    local: LocalGateway,
    client: Client,
    content_type: str | None,
    body: bytes,
    expected: tuple[str, bool],
) -> None:
    """ministackorg/ministack#766, observed on the service."""
    local.add_function("pets", lambda event, _: event)
    deployed(client, {"$default": {}})

    event = local.invoke(
        "POST", "/", headers={"content-type": content_type} if content_type else {}, body=body
    ).json()

    assert (event["body"], event["isBase64Encoded"]) == expected


def received(local: LocalGateway, client: Client, **options: JSON) -> JSON:
    """Send a request, and return its event in format 2.0."""
    local.add_function("pets", lambda event, _: event)
    deployed(client, {"$default": {}})
    return local.invoke("GET", "/a", **options).json()


def test_forwarded_addresses_are_kept_and_other_headers_are_replaced(
    local: LocalGateway, client: Client
) -> None:
    given = {
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Port": "80",
        "X-Forwarded-Proto": "http",
        "X-Amzn-Trace-Id": "Root=1-67fd88b8-2f95df5a03c1bc3a6168b6d8",
        "Host": "example.com",
        "Content-Length": "99",
        "Connection": "keep-alive",
    }

    event = received(local, client, headers=given)

    assert event["headers"] == {
        "content-length": "0",
        "host": "example.com",
        "x-amzn-trace-id": "Root=1-67fd88b8-2f95df5a03c1bc3a6168b6d8",
        "x-forwarded-for": "203.0.113.7, 127.0.0.1",
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
    }
    assert event["requestContext"]["http"]["sourceIp"] == "127.0.0.1"


def test_each_request_has_unique_identifiers(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", lambda event, _: event)
    deployed(client, {"$default": {}})

    events = [local.invoke("GET", "/").json() for _ in range(20)]

    assert len({event["requestContext"]["requestId"] for event in events}) == 20
    assert len({event["headers"]["x-amzn-trace-id"] for event in events}) == 20


def test_a_body_over_10_mb_is_rejected(local: LocalGateway, client: Client) -> None:
    """Developer guide, "Quotas for HTTP APIs"; aws/aws-lambda-dotnet."""
    local.add_function("pets", lambda event, _: len(event["body"]))
    deployed(client, {"$default": {}})

    answer = local.invoke("POST", "/", body=b"x" * (10 * 2**20 + 1))

    assert (answer.status, answer.json()) == (413, {"message": "Request Entity Too Large"})


def test_a_head_over_10_240_bytes_is_rejected(local: LocalGateway, client: Client) -> None:
    """Developer guide, "Quotas for HTTP APIs"; the status is unknown."""
    local.add_function("pets", always("ok"))
    deployed(client, {"$default": {}})

    def status(path: str, **headers: str) -> int:
        return local.invoke("GET", path, headers=headers).status

    limit = 10_240 - len("GET/a")
    assert status("/", a="x" * limit) == 200
    assert status("/", a="x" * (limit + 1)) == 431
    assert status("/" + "x" * 10_240) == 431
    assert status("/?" + "x" * 10_240) == 431


def test_an_event_in_format_1_has_repeated_query_parameters(
    local: LocalGateway, client: Client
) -> None:
    local.add_function("pets", lambda event, _: {"statusCode": 200, "body": json.dumps(event)})
    deployed(client, {"$default": {"PayloadFormatVersion": "1.0"}})

    event = local.invoke("GET", "/?b=2&a=1&b=3&c").json()

    assert event["queryStringParameters"] == {"a": "1", "b": "3", "c": ""}
    assert event["multiValueQueryStringParameters"] == {"a": ["1"], "b": ["2", "3"], "c": [""]}
    assert event["resource"] == "$default"


def test_non_ascii_characters_of_a_path_are_encoded(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", lambda event, _: [event["rawPath"], event["rawQueryString"]])
    deployed(client, {"$default": {}})

    assert local.invoke("GET", "/☕ a%20b?c=d é").json() == ["/☕ a b", "c=d%20%C3%A9"]
