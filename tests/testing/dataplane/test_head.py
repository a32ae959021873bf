"""Validation of the status and headers of responses."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.local_gateway import always
from tests.testing.dataplane.support import deployed

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import JSON, Client


def answer(headers: JSON = None, **members: JSON) -> dict[str, Any]:
    return {"statusCode": 200, "headers": headers or {}, "body": "ok", **members}


@pytest.mark.parametrize(
    "result",
    [
        answer({"a": "1\r\nset-cookie: evil=1"}),
        answer({"a": "1\n2"}),
        answer({"a": "\x00"}),
        answer({"a\r\nb": "1"}),
        answer({"a b": "1"}),
        answer({"": "1"}),
        answer({"ä": "1"}),
        answer(cookies=["a=1\r\nb: 2"]),
        answer(multiValueHeaders={"a": ["1", "2\r\n"]}),
        answer(statusCode=0),
        answer(statusCode=101),
        answer(statusCode=600),
        answer(statusCode=200.5),
        answer(statusCode=True),
        answer(statusCode=None),
        answer(statusCode=[]),
    ],
    ids=[
        "crlf", "lf", "nul", "name-crlf", "name-space", "no-name", "name-latin", "cookie",
        "multi", "zero", "informational", "high", "float", "bool", "null", "list",
    ],
)  # fmt: skip
def test_a_malformed_status_or_header_is_a_500(
    local: LocalGateway, client: Client, result: JSON
) -> None:
    local.add_function("pets", always(result))
    deployed(client, {"GET /1": {"PayloadFormatVersion": "1.0"}, "GET /2": {}})
    path = "/1" if "multiValueHeaders" in result else "/2"

    response = local.invoke("GET", path)

    assert (response.status, response.json()) == (500, {"message": "Internal Server Error"})
    assert "malformed" in response.reason
    assert "evil" not in response.reason


def test_hop_by_hop_headers_are_not_forwarded(local: LocalGateway, client: Client) -> None:
    headers = {
        "Content-Length": "9999",
        "Transfer-Encoding": "chunked",
        "Connection": "close",
        "Keep-Alive": "1",
        "Upgrade": "x",
        "A": " padded\t",
    }
    local.add_function("pets", always(answer(headers)))
    deployed(client, {"$default": {}})

    response = local.invoke("GET", "/")

    assert {"content-type", "a", "apigw-requestid"} == set(response.headers)
    assert response.headers["a"] == "padded"


def test_a_value_outside_latin_1_is_sent_as_utf_8(local: LocalGateway, client: Client) -> None:
    result = answer({"a": "é", "b": "☕"}, multiValueHeaders={"c": ["☕", "d"]}, cookies=["e=☕"])
    local.add_function("pets", always(result))
    deployed(client, {"GET /1": {"PayloadFormatVersion": "1.0"}, "GET /2": {}})

    old, new = local.invoke("GET", "/1"), local.invoke("GET", "/2")

    assert old.headers["a"] == "é"
    assert old.headers["b"].encode("latin-1").decode() == "☕"
    assert [value for name, value in old.lines if name == "c"] == [
        "☕".encode().decode("latin-1"),
        "d",
    ]
    assert new.cookies[0].encode("latin-1").decode() == "e=☕"


def test_a_mapped_value_cannot_add_a_header(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", always(answer()))
    parameters = {"200": {"append:header.path": "$context.path"}}
    deployed(client, {"$default": {"ResponseParameters": parameters}})

    injected = local.invoke("GET", "/a%0d%0aset-cookie:evil=1")
    coffee = local.invoke("GET", "/%E2%98%95")

    assert injected.status == 500
    assert coffee.headers["path"].encode("latin-1").decode() == "/☕"


def test_clients_over_http_can_read_every_response(local: LocalGateway, client: Client) -> None:
    results: list[JSON] = [
        answer({"a": "1\r\nb: 2", "content-length": "99"}),
        answer({"a": "☕", "Transfer-Encoding": "chunked"}),
        answer(multiValueHeaders={"a": ["1", "2"]}),
        ValueError("two\r\nlines: ☕"),
    ]

    def give(event: JSON, _: object) -> JSON:
        result = results[int(event["pathParameters"]["number"])]
        if isinstance(result, Exception):
            raise result
        return result

    local.add_function("pets", give)
    api_id = deployed(client, {"GET /{number}": {"PayloadFormatVersion": "1.0"}})
    with local.serve() as url:
        connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)

        def ask(number: int) -> tuple[int, http.client.HTTPMessage, bytes]:
            connection.request("GET", f"/_aws/execute-api/{api_id}/{number}")
            response = connection.getresponse()
            return response.status, response.headers, response.read()

        # One connection, because a wrong Content-Length would corrupt the next response.
        injected, coffee, several, raised = map(ask, range(4))
        connection.close()

    assert injected[0] == raised[0] == 500
    assert json.loads(raised[2]) == {"message": "Internal Server Error"}
    assert raised[1]["x-apigw2-reason"] == "pets raised ValueError: two lines: ?"
    assert "b" not in injected[1]
    assert (coffee[0], coffee[2]) == (200, b"ok")
    assert several[1].get_all("a") == ["1", "2"]
