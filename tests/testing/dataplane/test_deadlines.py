"""Time limits of functions and backends, by the gateway's clock and by real time."""

from __future__ import annotations

import asyncio
import socket
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from tests.support.local_gateway import JSON, LAMBDA, always, route
from tests.testing.dataplane.support import ask, deployed, proxied

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from apigw2.testing import LocalGateway, Response
    from tests.support.local_gateway import Client

UNAVAILABLE = (503, {"message": "Service Unavailable"})


def advancing(local: LocalGateway, seconds: float, result: JSON = "done") -> Callable[..., JSON]:
    """Make a function that advances the gateway's clock and returns at once."""

    def work(_event: JSON, _context: JSON) -> JSON:
        local.clock.advance(seconds)
        return result

    return work


@contextmanager
def stuck() -> Generator[tuple[Callable[..., JSON], Event]]:
    """Yield a function that returns at the end of the block, and an event set at its start."""
    entered, leave = Event(), Event()

    def work(_event: JSON, _context: JSON) -> JSON:
        entered.set()
        assert leave.wait(30)
        return "too late"

    try:
        yield work, entered
    finally:
        leave.set()


@contextmanager
def advanced_when(local: LocalGateway, entered: Event, seconds: float) -> Generator[None]:
    """Advance the clock in another thread as soon as an event is set."""

    def advance() -> None:
        assert entered.wait(30)
        local.clock.advance(seconds)

    thread = Thread(target=advance)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def status_and_body(answer: Response) -> tuple[int, JSON]:
    return answer.status, answer.json()


@pytest.mark.parametrize(
    ("given", "seconds", "status"),
    [({}, 29.9, 200), ({}, 30, 503), ({"TimeoutInMillis": 50}, 0.05, 503)],
)
def test_a_function_has_the_time_of_its_integration(
    *, local: LocalGateway, client: Client, given: JSON, seconds: float, status: int
) -> None:
    local.add_function("pets", advancing(local, seconds))
    deployed(client, {"$default": given})

    assert local.invoke("GET", "/").status == status


def test_a_time_out_of_an_http_api_is_a_503_with_a_reason(
    local: LocalGateway, client: Client
) -> None:
    local.add_function("pets", advancing(local, 60))
    deployed(client, {"$default": {}})

    answer = local.invoke("GET", "/")

    assert status_and_body(answer) == UNAVAILABLE
    assert answer.reason == "the integration of $default timed out after 30000 ms"


def test_a_function_that_never_returns_does_not_block_the_request(
    local: LocalGateway, client: Client
) -> None:
    with stuck() as (work, _):
        local.add_function("pets", work)
        deployed(client, {"$default": {"TimeoutInMillis": 50}})

        assert status_and_body(local.invoke("GET", "/")) == UNAVAILABLE


def test_a_test_ends_a_waiting_request_by_the_clock(local: LocalGateway, client: Client) -> None:
    with stuck() as (work, entered), advanced_when(local, entered, 30):
        local.add_function("pets", work)
        deployed(client, {"$default": {}})

        assert status_and_body(local.invoke("GET", "/")) == UNAVAILABLE


def test_a_test_ends_a_waiting_backend_by_the_clock(local: LocalGateway, client: Client) -> None:
    entered = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1)
                entered.set()
                connection.recv(65536)
                assert connection.recv(1) == b""  # the gateway has closed the connection

        silent = Thread(target=accept)
        silent.start()
        proxied(client, "GET /", f"http://127.0.0.1:{server.getsockname()[1]}/")
        with advanced_when(local, entered, 30):
            answer = local.invoke("GET", "/")
        silent.join()

    assert status_and_body(answer) == UNAVAILABLE


def test_a_service_integration_has_a_limit_too(local: LocalGateway, client: Client) -> None:
    local.add_function("SQS-SendMessage", advancing(local, 30))
    api_id = deployed(client)
    made = client.create_integration(
        ApiId=api_id,
        IntegrationType="AWS_PROXY",
        IntegrationSubtype="SQS-SendMessage",
        PayloadFormatVersion="1.0",
        CredentialsArn="arn:aws:iam::123456789012:role/queue",
        RequestParameters={"QueueUrl": "https://example.com/q", "MessageBody": "hello"},
    )
    route(client, api_id, "POST /q", Target=f"integrations/{made['IntegrationId']}")

    assert status_and_body(local.invoke("POST", "/q")) == UNAVAILABLE


@pytest.mark.parametrize(("seconds", "status"), [(9.9, 200), (10, 500)])
def test_an_authorizer_has_ten_seconds(
    local: LocalGateway, client: Client, seconds: float, status: int
) -> None:
    local.add_function("pets", always("pets"))
    local.add_function("guard", advancing(local, seconds, {"isAuthorized": True}))
    api_id = deployed(client, {"GET /": {}})
    made = client.create_authorizer(
        ApiId=api_id,
        Name="guard",
        AuthorizerType="REQUEST",
        AuthorizerUri=LAMBDA.replace("pets", "guard"),
        AuthorizerPayloadFormatVersion="2.0",
        EnableSimpleResponses=True,
        IdentitySource=["$request.header.Authorization"],
    )
    (found,) = client.get_routes(ApiId=api_id)["Items"]
    client.update_route(
        ApiId=api_id,
        RouteId=found["RouteId"],
        AuthorizationType="CUSTOM",
        AuthorizerId=made["AuthorizerId"],
    )

    assert ask(local, "/", "x").status == status


def test_the_context_has_the_remaining_time(local: LocalGateway, client: Client) -> None:
    remaining: list[int] = []

    def work(_event: JSON, context: JSON) -> None:
        for seconds in (0, 0.75, 60):
            local.clock.advance(seconds)
            remaining.append(context.get_remaining_time_in_millis())

    local.add_function("pets", work)
    deployed(client, {"$default": {"TimeoutInMillis": 1000}})
    local.invoke("GET", "/")

    assert remaining == [1000, 250, 0]


def test_a_function_sees_the_context_variables_of_the_caller(
    local: LocalGateway, client: Client
) -> None:
    tenant = ContextVar("tenant", default="none")
    local.add_function("pets", lambda _event, _context: tenant.get())
    deployed(client, {"$default": {}})
    tenant.set("acme")

    assert local.invoke("GET", "/").text == "acme"


def test_an_interruption_in_a_function_reaches_the_caller(
    local: LocalGateway, client: Client
) -> None:
    """Such as a failure of pytest, which is not an `Exception`."""

    def interrupted(_event: JSON, _context: JSON) -> None:
        raise KeyboardInterrupt("stop")

    local.add_function("pets", interrupted)
    deployed(client, {"$default": {}})

    with pytest.raises(KeyboardInterrupt, match="stop"):
        local.invoke("GET", "/")


class TestEventLoops:
    """A function has an event loop, as it has in the main thread of Lambda's runtime."""

    def test_a_function_can_use_the_current_event_loop(
        self, local: LocalGateway, client: Client
    ) -> None:
        async def work() -> str:
            await asyncio.sleep(0)
            return "async"

        def handler(_event: JSON, _context: JSON) -> str:
            return asyncio.get_event_loop().run_until_complete(work())

        local.add_function("pets", handler)
        deployed(client, {"$default": {}})

        assert [local.invoke("GET", "/").text for _ in range(2)] == ["async", "async"]

    def test_a_program_without_asyncio_has_none(
        self, local: LocalGateway, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        local.add_function("pets", lambda _event, _context: "asyncio" in sys.modules)
        deployed(client, {"$default": {}})
        monkeypatch.delitem(sys.modules, "asyncio")

        assert local.invoke("GET", "/").json() is False
