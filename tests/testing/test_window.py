"""Data of the window; `tests/browser` tests the page in a browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from apigw2.testing import LocalGateway, Request, Response
from apigw2.testing._http import Stream
from tests.support.local_gateway import (
    LAMBDA,
    Client,
    always,
    http_api,
    jwt_authorizer,
    route,
    url_integration,
    websocket_api,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.local_gateway import JSON


SECRET = "hunter2"  # noqa: S105 - made up


def ask(local: LocalGateway, path: str, method: str = "GET", **headers: str) -> Response | Stream:
    request = Request.to_url(method, path, {"host": "127.0.0.1:1", **headers}, b"")
    return local.site().answer(request, "127.0.0.1")


def stream(local: LocalGateway, **headers: str) -> Iterator[tuple[str, JSON]]:
    """Yield the events of the page: their names and data."""
    answer = ask(local, "/_apigw2/events", **headers)
    assert isinstance(answer, Stream)
    assert answer.headers["content-type"] == "text/event-stream"
    for chunk in answer.chunks:
        fields: dict[str, str] = {}
        for line in chunk.decode().splitlines():
            name, _, value = line.partition(": ")
            fields[name] = value
        if "event" in fields:
            yield fields["event"], json.loads(fields["data"])
        elif "retry" not in fields:
            yield "nothing", None


def state(local: LocalGateway) -> JSON:
    name, data = next(stream(local))
    assert name == "state"
    return data


@pytest.mark.parametrize(
    ("path", "content_type"),
    [("", "text/html"), ("style.css", "text/css"), ("script.js", "text/javascript")],
)
def test_the_files_have_a_strict_content_security_policy(
    local: LocalGateway, path: str, content_type: str
) -> None:
    response = ask(local, f"/_apigw2/{path}")

    assert isinstance(response, Response)
    assert response.headers["content-type"] == f"{content_type}; charset=utf-8"
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "//" not in response.text.replace("://${", "").replace("// ", "")  # no other server


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", "", 405), ("GET", "../__init__.py", 404), ("GET", "x", 404)],
)
def test_the_window_serves_nothing_else(
    local: LocalGateway, method: str, path: str, status: int
) -> None:
    response = ask(local, f"/_apigw2/{path}", method)

    assert response.status == status


def test_the_state_has_apis_with_stages_routes_backends_and_authorizers(
    local: LocalGateway, client: Client
) -> None:
    api_id = http_api(client, RouteKey="GET /pets", Target=LAMBDA)
    uri = f"https://ada:{SECRET}@backend.example.com/a?token={SECRET}#{SECRET}"
    target = f"integrations/{url_integration(client, api_id, uri)}"
    broken = f"integrations/{url_integration(client, api_id, 'https://[x')}"
    login = jwt_authorizer(client, api_id)
    route(client, api_id, "GET /a", Target=target, AuthorizationType="JWT", AuthorizerId=login)
    route(client, api_id, "GET /b", Target=broken)
    route(client, api_id, "GET /c")
    queue = client.create_integration(
        ApiId=api_id,
        IntegrationType="AWS_PROXY",
        IntegrationSubtype="SQS-SendMessage",
        PayloadFormatVersion="1.0",
        CredentialsArn="arn:aws:iam::123456789012:role/queue",
        RequestParameters={"QueueUrl": "https://sqs.example.com/q", "MessageBody": "hi"},
    )
    route(client, api_id, "GET /e", Target=f"integrations/{queue['IntegrationId']}")

    shown = state(local)

    (api,) = shown["apis"]
    assert (api["id"], api["name"], api["protocol"]) == (api_id, "pets", "HTTP")
    assert (api["account_id"], api["region_name"]) == ("123456789012", "us-east-1")
    assert api["stages"] == ["$default"]
    assert {each["key"]: (each["backend"], each["authorizer"]) for each in api["routes"]} == {
        "GET /pets": ("AWS_PROXY pets", ""),
        "GET /a": ("HTTP_PROXY https://backend.example.com/a", "JWT tokens"),
        "GET /b": ("HTTP_PROXY (malformed URL)", ""),
        "GET /c": ("no integration", ""),
        "GET /e": ("SQS-SendMessage", ""),
    }
    assert SECRET not in json.dumps(shown)


def test_the_state_has_the_open_connections(local: LocalGateway, client: Client) -> None:
    api_id = websocket_api(client)
    route(client, api_id, "$default")
    client.create_stage(ApiId=api_id, StageName="prod", AutoDeploy=True)

    with local.connect():
        (connection,) = state(local)["connections"]

    assert (connection["api_id"], connection["stage"]) == (api_id, "prod")
    assert state(local)["connections"] == []


def test_requests_are_in_the_stream_as_they_happen(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", always("meow"))
    events = stream(local)
    assert next(events)[0] == "state"
    assert next(events)[0] == "nothing"
    api_id = http_api(client, Target=LAMBDA)
    local.invoke("GET", f"/pets?token={SECRET}", headers={"authorization": SECRET})

    assert next(events)[0] == "state"
    (_, created), (_, called) = next(events), next(events)

    assert (created["plane"], created["action"], created["status"]) == ("control", "CreateApi", 201)
    assert (called["plane"], called["path"], called["api_id"]) == ("data", "/pets", api_id)
    assert called["seconds"] > 0
    assert SECRET not in json.dumps([created, called])
    assert next(events)[0] == "nothing"  # an unchanged state is not sent again


def test_a_page_that_reconnects_gets_the_missed_requests(
    local: LocalGateway, client: Client
) -> None:
    client.get_apis()
    client.get_vpc_links()

    events = stream(local, **{"last-event-id": "1"})

    assert next(events)[0] == "state"
    assert next(events)[1]["action"] == "GetVpcLinks"
