"""Deployed HTTP APIs answer as the service does."""

from __future__ import annotations

import base64
import http.client
import json
import socket
from typing import TYPE_CHECKING, Any

import pytest

from tests.testing.backend import echo
from tests.testing.support import (
    JSON,
    LAMBDA,
    always,
    http_api,
    jwt_authorizer,
    lambda_integration,
    refused,
    route,
    url_integration,
    websocket_api,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apigw2.testing import LocalGateway, Response
    from tests.testing.support import Client


@pytest.fixture(scope="module")
def backend() -> Iterator[str]:
    with echo() as url:
        yield url


def deployed(client: Client, keys: dict[str, dict[str, Any]] | None = None, **members: JSON) -> str:
    """Make an API whose routes have functions of the names that they are given."""
    api_id = http_api(client, **members)
    client.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)
    for key, integration in (keys or {}).items():
        target = lambda_integration(client, api_id, **integration)
        route(client, api_id, key, Target=f"integrations/{target}")
    return api_id


def proxied(client: Client, key: str, uri: str, **members: JSON) -> str:
    """Make an API with one route to a URL."""
    api_id = deployed(client)
    target = url_integration(client, api_id, uri, **members)
    route(client, api_id, key, Target=f"integrations/{target}")
    return api_id


def answering(local: LocalGateway, client: Client, result: JSON, version: str = "2.0") -> Response:
    """Let a function give a result."""
    local.add_function("pets", always(result))
    api_id = deployed(client, {"$default": {"PayloadFormatVersion": version}})
    return local.invoke("GET", "/", api=api_id)


ROUTES = (
    "GET /pets/dog/1",
    "GET /pets/dog/{id}",
    "GET /pets/{proxy+}",
    "ANY /{proxy+}",
    "ANY /cats",
    "PUT /cats",
    "GET /{a}/exact",
)


@pytest.mark.parametrize(
    ("method", "path", "key", "parameters"),
    [
        ("GET", "/pets/dog/1", "GET /pets/dog/1", None),
        ("GET", "/pets/dog/2", "GET /pets/dog/{id}", {"id": "2"}),
        ("GET", "/pets/cat/1", "GET /pets/{proxy+}", {"proxy": "cat/1"}),
        ("POST", "/test/5", "ANY /{proxy+}", {"proxy": "test/5"}),
        ("PUT", "/cats", "PUT /cats", None),
        ("DELETE", "/cats", "ANY /cats", None),
        ("GET", "/pets/exact", "GET /{a}/exact", {"a": "pets"}),
        ("GET", "/pets/dog/a%20b", "GET /pets/dog/{id}", {"id": "a b"}),
        ("GET", "/pets/dog/", "GET /pets/{proxy+}", {"proxy": "dog/"}),
        ("GET", "/", "ANY /{proxy+}", {"proxy": ""}),
        ("GET", "/pets/", "GET /pets/{proxy+}", {"proxy": ""}),
        ("GET", "/pets/dog/a%2Fb", "GET /pets/dog/{id}", {"id": "a/b"}),
        ("GET", "/p%65ts/dog/1", "GET /pets/dog/1", None),
    ],
)
def test_the_most_specific_route_is_selected(
    *,
    local: LocalGateway,
    client: Client,
    method: str,
    path: str,
    key: str,
    parameters: dict[str, str] | None,
) -> None:
    local.add_function("pets", lambda event, _: event)
    deployed(client, {key: {} for key in (*ROUTES, "$default")})

    event = local.invoke(method, path).json()

    assert event["routeKey"] == key
    assert event.get("pathParameters") == parameters


def test_what_no_route_matches(local: LocalGateway, client: Client) -> None:
    deployed(client, {"GET /pets": {}})

    answer = local.invoke("POST", "/pets")

    assert (answer.status, answer.json()) == (404, {"message": "Not Found"})
    assert "POST /pets" in answer.reason
    assert answer.headers["apigw-requestid"]


def test_a_deployment_freezes_routes_and_integrations(local: LocalGateway, client: Client) -> None:
    local.add_function("old", always("old"))
    local.add_function("new", always("new"))
    api_id = http_api(client)
    client.create_stage(ApiId=api_id, StageName="test")
    uri = "arn:aws:lambda:us-east-1:123456789012:function:"
    integration = lambda_integration(client, api_id, IntegrationUri=f"{uri}old")
    kept = route(client, api_id, "GET /pets", Target=f"integrations/{integration}")
    client.create_deployment(ApiId=api_id, StageName="test")

    client.update_integration(ApiId=api_id, IntegrationId=integration, IntegrationUri=f"{uri}new")
    route(client, api_id, "GET /cats", Target=f"integrations/{integration}")
    client.update_route(ApiId=api_id, RouteId=kept, RouteKey="GET /dogs")

    def served(path: str) -> int | str:
        answer = local.invoke("GET", path, stage="test")
        return answer.text if answer.status == 200 else answer.status

    assert [served("/pets"), served("/cats"), served("/dogs")] == ["old", 404, 404]
    client.create_deployment(ApiId=api_id, StageName="test")
    assert [served("/pets"), served("/cats"), served("/dogs")] == [404, "new", "new"]


def test_whatever_is_not_deployed(local: LocalGateway, client: Client) -> None:
    api_id = http_api(client)
    client.create_stage(ApiId=api_id, StageName="test")
    chat = websocket_api(client)
    client.create_stage(ApiId=chat, StageName="test")
    route(client, chat, "$default")
    client.create_deployment(ApiId=chat, StageName="test")

    for api, stage in ((api_id, "test"), (api_id, "nothing"), (chat, "test")):
        answer = local.invoke("GET", "/", api=api, stage=stage)
        assert answer.status == 404
        assert "nothing deployed" in answer.reason
    with pytest.raises(LookupError, match="There are 2 APIs"):
        local.invoke("GET", "/")
    with pytest.raises(LookupError, match="no API nothing"):
        local.invoke("GET", "/", api="nothing")


def test_an_api_with_its_default_endpoint_disabled(local: LocalGateway, client: Client) -> None:
    deployed(client, {"GET /pets": {}}, DisableExecuteApiEndpoint=True)

    assert local.invoke("GET", "/pets").status == 404


def test_a_route_without_an_integration(local: LocalGateway, client: Client) -> None:
    route(client, deployed(client), "GET /pets")

    answer = local.invoke("GET", "/pets")

    assert answer.status == 404
    assert answer.reason == "GET /pets has no integration"


def test_a_limit_of_zero_lets_nothing_through(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", always("ok"))
    api_id = deployed(client, {"GET /pets": {}, "GET /cats": {}})
    settings = {"ThrottlingBurstLimit": 0, "ThrottlingRateLimit": 0.0}
    client.update_stage(ApiId=api_id, StageName="$default", RouteSettings={"GET /pets": settings})

    answer = local.invoke("GET", "/pets")

    assert (answer.status, answer.json()) == (429, {"message": "Too Many Requests"})
    assert local.invoke("GET", "/cats").status == 200


def test_the_event_in_format_2(local: LocalGateway, client: Client) -> None:
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


def test_the_event_in_format_1(local: LocalGateway, client: Client) -> None:
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


def test_the_event_of_a_named_stage(local: LocalGateway, client: Client) -> None:
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
def test_bodies_that_are_not_text_come_as_base64(
    local: LocalGateway,
    client: Client,
    content_type: str | None,
    body: bytes,
    expected: tuple[str, bool],
) -> None:
    local.add_function("pets", lambda event, _: event)
    deployed(client, {"$default": {}})

    event = local.invoke(
        "POST", "/", headers={"content-type": content_type} if content_type else {}, body=body
    ).json()

    assert (event["body"], event["isBase64Encoded"]) == expected


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


def test_a_function_in_a_stage_variable(local: LocalGateway, client: Client) -> None:
    uri = "arn:aws:lambda:us-east-1:123456789012:function:${stageVariables.f}"
    api_id = deployed(client, {"$default": {"IntegrationUri": uri}})
    client.update_stage(ApiId=api_id, StageName="$default", StageVariables={"f": "cats"})
    local.add_function("cats", always("meow"))

    assert local.invoke("GET", "/").text == "meow"


def test_an_uri_that_names_no_function(local: LocalGateway, client: Client) -> None:
    deployed(client, {"$default": {"IntegrationUri": "arn:aws:s3:::bucket"}})

    answer = local.invoke("GET", "/")

    assert (answer.status, answer.json()) == (500, {"message": "Internal Server Error"})
    assert answer.reason == "no function was given for arn:aws:s3:::bucket"


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
def test_what_a_function_may_give_in_format_2(
    *, local: LocalGateway, client: Client, result: JSON, status: int, content_type: str, text: str
) -> None:
    answer = answering(local, client, result)

    assert (answer.status, answer.headers["content-type"], answer.text) == (
        status, content_type, text,
    )  # fmt: skip


def test_headers_and_cookies_of_a_function(local: LocalGateway, client: Client) -> None:
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
        ({"statusCode": 200, "body": {}}, "2.0"),
        ({"statusCode": 200, "body": {"a": 1}}, "2.0"),
        ({"statusCode": 200, "body": "%", "isBase64Encoded": True}, "2.0"),
        ({1, 2}, "2.0"),
    ],
    ids=["text", "no-status", "status", "empty", "body", "base64", "set"],
)
def test_what_a_function_may_not_give(
    local: LocalGateway, client: Client, result: JSON, version: str
) -> None:
    answer = answering(local, client, result, version)

    if result == {"statusCode": 200, "body": {}}:
        assert answer.status == 200  # an empty body is none
    else:
        assert (answer.status, answer.json()) == (500, {"message": "Internal Server Error"})
        assert answer.reason


def test_a_function_that_raises(local: LocalGateway, client: Client) -> None:
    def handler(*_: object) -> None:
        raise RuntimeError("no food")

    local.add_function("pets", handler)
    deployed(client, {"$default": {}})

    answer = local.invoke("GET", "/")

    assert answer.status == 500
    assert answer.reason == "pets raised RuntimeError: no food"


def test_a_service_integration(local: LocalGateway, client: Client) -> None:
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
def test_request_parameters(
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


def test_request_parameters_of_a_function(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", lambda event, _: event)
    parameters = {"overwrite:path": "/other", "append:header.a": "b"}
    deployed(client, {"$default": {"RequestParameters": parameters}})

    event = local.invoke("GET", "/pets").json()

    assert event["rawPath"] == "/other"
    assert event["headers"]["a"] == "b"


def test_response_parameters(local: LocalGateway, client: Client) -> None:
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


CORS = {
    "AllowCredentials": True,
    "AllowHeaders": ["authorization"],
    "AllowMethods": ["GET", "PUT"],
    "AllowOrigins": ["https://a.example.com", "http://*"],
    "ExposeHeaders": ["date"],
    "MaxAge": 60,
}
PREFLIGHT = {"Origin": "https://a.example.com", "Access-Control-Request-Method": "GET"}


def test_a_preflight_request(local: LocalGateway, client: Client) -> None:
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


def test_a_preflight_request_of_another_origin(local: LocalGateway, client: Client) -> None:
    deployed(client, {"GET /pets": {}}, CorsConfiguration=CORS)

    def allowed(origin: str) -> str | None:
        answer = local.invoke("OPTIONS", "/", headers=PREFLIGHT | {"Origin": origin})
        assert answer.status == 204
        return answer.headers.get("access-control-allow-origin")

    assert allowed("https://b.example.com") is None
    assert allowed("http://b.example.com") == "http://b.example.com"


def test_a_preflight_request_to_an_open_api(local: LocalGateway, client: Client) -> None:
    deployed(client, {"GET /pets": {}}, CorsConfiguration={"AllowOrigins": ["*"]})

    answer = local.invoke("OPTIONS", "/pets", headers=PREFLIGHT)

    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-methods" not in answer.headers


@pytest.mark.parametrize("missing", ["Origin", "Access-Control-Request-Method"])
def test_an_options_request_that_is_no_preflight(
    local: LocalGateway, client: Client, missing: str
) -> None:
    deployed(client, {"GET /pets": {}}, CorsConfiguration=CORS)
    headers = {name: value for name, value in PREFLIGHT.items() if name != missing}

    assert local.invoke("OPTIONS", "/pets", headers=headers).status == 404


def test_a_preflight_request_has_to_pass_the_authorizer_of_its_route(
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


def test_without_cors_the_integrations_headers_stay(local: LocalGateway, client: Client) -> None:
    headers = {"Access-Control-Allow-Origin": "*"}
    local.add_function("pets", always({"statusCode": 200, "headers": headers}))
    deployed(client, {"$default": {}})

    assert local.invoke("GET", "/").headers["access-control-allow-origin"] == "*"


def test_objects_of_the_library_say_which_api_and_stage(local: LocalGateway) -> None:
    local.add_function("pets", lambda event, _: event["requestContext"]["stage"])
    gateway = local.gateway()
    first = gateway.create_api("a", protocol_type="HTTP", target=LAMBDA)
    gateway.create_api("b", protocol_type="HTTP", target=LAMBDA)
    stage = first.create_stage("test", auto_deploy=True)

    assert local.invoke("GET", "/", api=first).text == "$default"
    assert local.invoke("GET", "/", stage=stage).text == "test"
    assert local.invoke("GET", "/", api=first, stage=stage).text == "test"


def test_over_http(local: LocalGateway, client: Client) -> None:
    result = {"statusCode": 201, "cookies": ["a=1", "b=2"], "body": "ok"}
    seen: list[Any] = []

    def note(event: JSON, _: object) -> JSON:
        seen.append(event)
        return result

    local.add_function("pets", note)
    api_id = deployed(client, {"$default": {}})
    client.create_stage(ApiId=api_id, StageName="test", AutoDeploy=True)

    with local.serve() as url:
        connection = http.client.HTTPConnection(url.removeprefix("http://"))

        def ask(path: str, **headers: str) -> tuple[int, list[str] | None, bytes]:
            connection.request("POST", path, body=b"woof", headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get_all("set-cookie"), answer.read()

        host = f"{api_id}.execute-api.localhost"
        expected = (201, ["a=1", "b=2"], b"ok")
        assert ask("/a%20b?x=1", Host=host) == expected
        assert ask("/test/pets", Host=host) == expected
        assert ask(f"/_aws/execute-api/{api_id}/pets") == expected
        assert ask(f"/_aws/execute-api/{api_id}/test") == expected
        assert ask(f"/_aws/execute-api/{api_id}") == expected
        assert ask("/_aws/execute-api/nothing/pets")[0] == 404
        connection.close()

    assert [event["rawPath"] for event in seen] == ["/a b", "/test/pets", "/pets", "/test/", "/"]
    assert base64.b64decode(seen[0]["body"]) == b"woof"


def test_mapping_a_reserved_header_is_refused(client: Client) -> None:
    with refused("BadRequest", "restricted"):
        deployed(client, {"$default": {"RequestParameters": {"append:header.via": "a"}}})


def test_the_path_of_a_request_may_begin_with_two_slashes(
    local: LocalGateway, client: Client
) -> None:
    local.add_function("pets", lambda event, _: event["rawPath"])
    deployed(client, {"$default": {}})

    assert local.invoke("GET", "//x?a=//b").text == "//x"
