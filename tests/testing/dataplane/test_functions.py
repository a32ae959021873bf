"""Lambda proxy integrations: results of functions as responses."""

from __future__ import annotations

import base64
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.support.local_gateway import JSON, LAMBDA, always, route
from tests.testing.dataplane.support import deployed, nested

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway, Response
    from tests.support.local_gateway import Client


def answering(local: LocalGateway, client: Client, result: JSON, version: str = "2.0") -> Response:
    """Send a request to a function that returns the given result."""
    local.add_function("pets", always(result))
    api_id = deployed(client, {"$default": {"PayloadFormatVersion": version}})
    return local.invoke("GET", "/", api=api_id)


def test_a_function_is_found_by_arn_alias_or_name(local: LocalGateway, client: Client) -> None:
    path = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{LAMBDA}:v1/invocations"
    deployed(client, {"$default": {"IntegrationUri": path}})

    assert local.invoke("GET", "/").status == 500
    local.add_function("pets", lambda _, context: context.function_name)
    assert local.invoke("GET", "/").text == "pets"
    local.add_function(LAMBDA, lambda _, context: context.invoked_function_arn)
    assert local.invoke("GET", "/").text == f"{LAMBDA}:v1"
    local.add_function(f"{LAMBDA}:v1", lambda _, c: c.get_remaining_time_in_millis())
    assert local.invoke("GET", "/").text == "30000"


def test_a_stage_variable_can_name_the_function(local: LocalGateway, client: Client) -> None:
    uri = "arn:aws:lambda:us-east-1:123456789012:function:${stageVariables.f}"
    api_id = deployed(client, {"$default": {"IntegrationUri": uri}})
    client.update_stage(ApiId=api_id, StageName="$default", StageVariables={"f": "cats"})
    local.add_function("cats", always("meow"))

    assert local.invoke("GET", "/").text == "meow"


def test_a_uri_without_a_function_is_an_internal_server_error(
    local: LocalGateway, client: Client
) -> None:
    deployed(client, {"$default": {"IntegrationUri": "arn:aws:s3:::bucket"}})

    answer = local.invoke("GET", "/")

    assert (answer.status, answer.json()) == (500, {"message": "Internal Server Error"})
    assert answer.reason == "no function is registered for arn:aws:s3:::bucket; use add_function()"


@pytest.mark.parametrize(
    ("result", "status", "content_type", "text"),
    [
        ("Hello", 200, "application/json", "Hello"),
        ({"message": "Hello"}, 200, "application/json", '{"message": "Hello"}'),
        (None, 200, "application/json", "null"),
        ({"statusCode": 201}, 201, "text/plain; charset=utf-8", ""),
        (
            {"statusCode": "404", "headers": {"Content-Type": "text/css", "N": 1}, "body": "no"},
            404,
            "text/css",
            "no",
        ),
        (
            {"statusCode": 200, "body": base64.b64encode(b"yes").decode(), "isBase64Encoded": True},
            200,
            "text/plain; charset=utf-8",
            "yes",
        ),
    ],
    ids=["text", "object", "nothing", "status", "all", "base64"],
)
def test_a_valid_result_in_format_2_becomes_the_response(
    *, local: LocalGateway, client: Client, result: JSON, status: int, content_type: str, text: str
) -> None:
    answer = answering(local, client, result)

    assert (answer.status, answer.headers["content-type"], answer.text) == (
        status, content_type, text,
    )  # fmt: skip


def test_headers_and_cookies_of_a_function_reach_the_caller(
    local: LocalGateway, client: Client
) -> None:
    result = {
        "statusCode": 200,
        "headers": {"Set-Cookie": "a=1", "B": True},
        "multiValueHeaders": {"Set-Cookie": ["b=2"], "C": ["1", 2]},
        "cookies": ["c=3"],
    }

    old, new = answering(local, client, result, "1.0"), answering(local, client, result)

    assert old.cookies == ("a=1", "b=2")
    assert old.headers["b"] == "true"
    assert [value for name, value in old.lines if name == "c"] == ["1", "2"]
    assert new.cookies == ("c=3", "a=1")
    assert "c" not in new.headers


@pytest.mark.parametrize(
    ("result", "version"),
    [
        ("Hello", "1.0"),
        ({"message": "Hello"}, "1.0"),
        ({"statusCode": "many"}, "2.0"),
        ({"statusCode": 200, "body": {"a": 1}}, "2.0"),
        ({"statusCode": 200, "body": "%", "isBase64Encoded": True}, "2.0"),
        ({1, 2}, "2.0"),
    ],
    ids=["text", "no-status", "status", "body", "base64", "set"],
)
def test_an_invalid_result_is_an_internal_server_error(
    local: LocalGateway, client: Client, result: JSON, version: str
) -> None:
    answer = answering(local, client, result, version)

    assert (answer.status, answer.json()) == (500, {"message": "Internal Server Error"})
    assert answer.reason


def test_an_empty_object_is_an_empty_body(local: LocalGateway, client: Client) -> None:
    answer = answering(local, client, {"statusCode": 200, "body": {}})

    assert (answer.status, answer.body) == (200, b"")


def test_a_function_that_raises_is_an_internal_server_error(
    local: LocalGateway, client: Client
) -> None:
    def handler(*_: object) -> None:
        raise RuntimeError("no food")

    local.add_function("pets", handler)
    deployed(client, {"$default": {}})

    answer = local.invoke("GET", "/")

    assert answer.status == 500
    assert answer.reason == "pets raised RuntimeError: no food"


def test_a_service_integration_calls_the_function_of_its_subtype(
    local: LocalGateway, client: Client
) -> None:
    api_id = deployed(client)
    target = client.create_integration(
        ApiId=api_id, IntegrationType="AWS_PROXY", IntegrationSubtype="SQS-SendMessage",
        PayloadFormatVersion="1.0", CredentialsArn="arn:aws:iam::123456789012:role/r",
        RequestParameters={"QueueUrl": "https://q", "MessageBody": "$request.body.text"},
    )["IntegrationId"]  # fmt: skip
    route(client, api_id, "POST /", Target=f"integrations/{target}")

    assert local.invoke("POST", "/").status == 500
    local.add_function("SQS-SendMessage", lambda parameters, _: parameters)
    answer = local.invoke("POST", "/", body='{"text": "hi"}')
    assert answer.json() == {"QueueUrl": "https://q", "MessageBody": "hi"}
    local.add_function("SQS-SendMessage", lambda _e, _c: 1 / 0)
    assert "ZeroDivisionError" in local.invoke("POST", "/").reason


@pytest.mark.parametrize(
    ("depth", "statuses"),
    [
        (500, {200}),
        # Around Python's recursion limit, the status depends on the stack of the test.
        *((depth, {200, 500}) for depth in (900, 950, 990, 1_000)),
        (100_000, {500}),
    ],
)
def test_a_deeply_nested_result_gets_a_response(
    local: LocalGateway, client: Client, depth: int, statuses: set[int]
) -> None:
    answer = answering(local, client, nested(depth))

    assert answer.status in statuses
    assert answer.status == 500 or answer.text.count("[") == depth + 1


def test_a_result_is_serialized_as_by_lambdas_python_runtime(
    local: LocalGateway, client: Client
) -> None:
    answer = answering(local, client, {"price": Decimal("1.5"), "name": "☕"})

    assert answer.text == '{"price": 1.5, "name": "☕"}'


@pytest.mark.parametrize(
    "result", ["\ud800", {"statusCode": 200, "body": "\ud800"}], ids=["text", "body"]
)
def test_a_lone_surrogate_in_a_result_is_a_500(
    local: LocalGateway, client: Client, result: JSON
) -> None:
    assert answering(local, client, result).status == 500


def test_sys_exit_in_a_function_is_an_internal_server_error(
    local: LocalGateway, client: Client
) -> None:
    local.add_function("pets", lambda _event, _context: sys.exit(3))
    deployed(client, {"$default": {}})

    answer = local.invoke("GET", "/")

    assert (answer.status, answer.reason) == (500, "pets raised SystemExit: 3")


def test_events_and_results_above_6_mb_are_rejected(local: LocalGateway, client: Client) -> None:
    """Lambda developer guide, "Lambda quotas"; aws/aws-lambda-dotnet, `LargePayloadTests.cs`."""
    local.add_function("pets", lambda event, _: "x" * len(event.get("body", "")) * 2)
    deployed(client, {"$default": {}})

    def answer(size: int) -> tuple[int, str]:
        headers = {"content-type": "text/plain"}
        found = local.invoke("POST", "/", headers=headers, body="x" * size)
        return found.status, found.reason

    assert answer(2**20) == (200, "")
    assert answer(4 * 2**20) == (500, "the result of pets exceeds 6 MB")
    assert answer(7 * 2**20) == (413, "the event exceeds 6 MB")


@pytest.mark.parametrize(("status", "expected"), [("404", 404), (204.0, 204)])
def test_a_status_can_be_digits_or_a_whole_float(
    local: LocalGateway, client: Client, status: JSON, expected: int
) -> None:
    assert answering(local, client, {"statusCode": status}).status == expected


def test_a_header_that_is_null_is_not_sent(local: LocalGateway, client: Client) -> None:
    result = {
        "statusCode": 200,
        "headers": {"a": None, "b": 1},
        "multiValueHeaders": {"c": [None, "d"], "e": "f"},
    }

    answer = answering(local, client, result, "1.0")

    assert set(answer.headers) == {"content-type", "b", "c", "e", "apigw-requestid"}
    assert answer.headers["c"] == "d"


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 204), ("GET", 304)])
def test_responses_to_head_and_with_204_or_304_have_no_body(
    local: LocalGateway, client: Client, method: str, status: int
) -> None:
    local.add_function("pets", always({"statusCode": status, "body": "text"}))
    deployed(client, {"$default": {}})

    answer = local.invoke(method, "/")

    assert (answer.status, answer.body) == (status, b"")


def test_only_the_content_type_is_not_repeated(local: LocalGateway, client: Client) -> None:
    """aws/aws-lambda-rust-runtime#567."""
    headers = {"Content-Type": "text/css", "Cache-Control": "private"}
    multi = {name: [value] for name, value in headers.items()}
    result = {"statusCode": 200, "headers": headers, "multiValueHeaders": multi}

    lines = answering(local, client, result, "1.0").lines

    assert lines[:3] == [
        ("content-type", "text/css"), ("cache-control", "private"), ("cache-control", "private"),
    ]  # fmt: skip
