"""WebSocket connections: send to them, describe them, close them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from botocore.config import Config

import apigw2
from apigw2.testing import LocalGateway
from tests.support.local import client as own_client
from tests.support.local import session
from tests.support.pauses import no_pauses
from tests.support.resources import CERTIFICATE
from tests.support.server import Answer

if TYPE_CHECKING:
    from tests.support.server import Server

UNKNOWN: Final = "AAAAAAAAAAAAAAA="
HOST: Final = "a1b2c3.execute-api.eu-west-1.amazonaws.com"


@pytest.fixture
def local_gateway() -> LocalGateway:
    return LocalGateway()


@pytest.fixture
def stage(local_gateway: LocalGateway) -> apigw2.Stage:
    """A deployed stage of a WebSocket API."""
    chat = local_gateway.gateway().create_api(
        "chat", protocol_type="WEBSOCKET", route_selection_expression="$request.body.action"
    )
    mock = chat.create_integration("MOCK", request_templates={"200": '{"statusCode":200}'})
    chat.create_route("$default", target=mock)
    return chat.create_stage("prod").deploy()


@pytest.mark.parametrize(
    ("data", "received"),
    [
        ("héllo", "héllo"),
        (b"bytes", "bytes"),
        ({"text": "hello"}, '{"text": "hello"}'),
        ([1, None], "[1, null]"),
    ],
)
def test_a_message_is_sent_to_one_connection(
    local_gateway: LocalGateway,
    stage: apigw2.Stage,
    data: Any,  # noqa: ANN401  # of any type
    received: str,
) -> None:
    with local_gateway.connect() as connection:
        stage.connections.send(connection.connection_id, data)
        assert connection.receive(timeout=0) == received


def test_a_connection_can_be_read_and_disconnected(
    local_gateway: LocalGateway, stage: apigw2.Stage
) -> None:
    with local_gateway.connect() as connection:
        info = stage.connections.get(connection.connection_id)
        assert info.connection_id == connection.connection_id
        assert info.source_ip == "127.0.0.1"
        now = local_gateway.clock.now()
        assert info.connected_at == now.replace(microsecond=now.microsecond // 1000 * 1000)
        assert stage.connections.disconnect(connection.connection_id) is True
        assert stage.connections.disconnect(connection.connection_id, missing_ok=True) is False
        with pytest.raises(apigw2.ConnectionGoneError):
            stage.connections.disconnect(connection.connection_id)


def test_broadcast_returns_the_ids_that_are_gone(
    local_gateway: LocalGateway, stage: apigw2.Stage
) -> None:
    with local_gateway.connect() as one, local_gateway.connect() as two:
        ids = [one.connection_id, UNKNOWN, two.connection_id]
        assert stage.connections.broadcast(iter(ids), {"n": 1}) == (UNKNOWN,)
        assert one.receive(timeout=0) == two.receive(timeout=0) == '{"n": 1}'
    assert stage.connections.broadcast([], "nobody") == ()


def test_errors_of_connections_have_classes(stage: apigw2.Stage) -> None:
    connections = stage.connections
    with pytest.raises(apigw2.ConnectionGoneError, match=UNKNOWN) as gone:
        connections.send(UNKNOWN, "hello")
    assert isinstance(gone.value, apigw2.ServiceError)
    assert type(gone.value.__cause__).__name__ == "GoneException"
    with pytest.raises(apigw2.PayloadTooLargeError):
        connections.send(UNKNOWN, b"x" * (128 * 1024 + 1))
    with pytest.raises(apigw2.BadRequestError):
        connections.send("not an id", "hello")
    unserializable: Any = object()
    with pytest.raises(TypeError, match="not JSON serializable"):
        connections.send(UNKNOWN, unserializable)
    with pytest.raises(apigw2.PreflightError, match="connection_id must not be ''"):
        connections.send("", "hello")
    with pytest.raises(TypeError, match="connection_id: expected a string"):
        connections.broadcast([unserializable], "hello")


def test_messages_that_are_no_json_are_rejected(stage: apigw2.Stage) -> None:
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    circular: list[Any] = []
    circular.append(circular)
    with pytest.raises(ValueError, match="data: nested too deeply for JSON"):
        stage.connections.send(UNKNOWN, nested)
    with pytest.raises(ValueError, match="data: cannot be sent as JSON: Circular reference"):
        stage.connections.send(UNKNOWN, circular)
    with pytest.raises(ValueError, match="data: expected text without lone surrogates"):
        stage.connections.send(UNKNOWN, "\ud800")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, apigw2.BadRequestError),
        (403, apigw2.AccessDeniedError),
        (410, apigw2.ConnectionGoneError),
        (413, apigw2.PayloadTooLargeError),
        (429, apigw2.TooManyRequestsError),
        (418, apigw2.ServiceError),
    ],
)
def test_an_error_without_a_code_has_the_class_of_its_status(
    server: Server, status: int, error: type[apigw2.ServiceError]
) -> None:
    server.prepare(then=Answer(b"", status))
    config = Config(proxies={}, retries={"total_max_attempts": 1})
    connections = apigw2.Connections(f"{server.url}/prod", session=session(), config=config)
    with pytest.raises(error) as raised:
        connections.get(UNKNOWN)
    assert type(raised.value) is error
    assert server.lines == ["GET /prod/@connections/AAAAAAAAAAAAAAA%3D"]


def test_a_broadcast_sends_to_all_other_connections_after_a_failure(server: Server) -> None:
    gone, refused, sent = Answer(b"", 410), Answer(b"", 403), Answer()
    config = Config(proxies={}, retries={"total_max_attempts": 1}, max_pool_connections=1)
    connections = apigw2.Connections(f"{server.url}/prod", session=session(), config=config)
    server.prepare([gone, refused, sent, refused])
    with pytest.raises(apigw2.BroadcastError, match="was not sent to 2 connections") as raised:
        connections.broadcast(["a", "b", "c", "d"], "hello")
    error = raised.value
    assert len(error.gone) == 1
    assert {type(each) for each in error.failed.values()} == {apigw2.AccessDeniedError}
    assert error.__cause__ in error.failed.values()
    assert len(server.lines) == 4


def test_a_throttled_message_is_retried_and_arrives_once(
    local_gateway: LocalGateway, stage: apigw2.Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_pauses(monkeypatch)
    config = Config(retries={"mode": "standard"})
    client = local_gateway.connections_client(stage=stage, config=config)
    connections = apigw2.Connections(client=client)
    with local_gateway.connect() as one, local_gateway.connect() as two:
        ids = [one.connection_id, two.connection_id]
        local_gateway.faults.add("PostToConnection", "throttle", times=2)
        connections.send(one.connection_id, "hello")
        assert one.receive(timeout=0) == "hello"

        local_gateway.faults.add("PostToConnection", "throttle", times=2)
        assert connections.broadcast(ids, "news") == ()
        assert one.messages == ("hello", "news")
        assert two.messages == ("news",)


def test_a_broadcast_that_stays_throttled_names_the_connections(
    local_gateway: LocalGateway, stage: apigw2.Stage
) -> None:
    config = Config(retries={"total_max_attempts": 1})
    client = local_gateway.connections_client(stage=stage, config=config)
    with local_gateway.connect() as one, local_gateway.connect() as two:
        ids = [one.connection_id, two.connection_id]
        local_gateway.faults.add("PostToConnection", "throttle")
        with pytest.raises(apigw2.BroadcastError, match="was not sent to 1 connection") as raised:
            apigw2.Connections(client=client).broadcast(ids, "hello")
        (failed,) = raised.value.failed
        reached = {one.connection_id: one.messages, two.connection_id: two.messages}

    assert isinstance(raised.value.failed[failed], apigw2.TooManyRequestsError)
    assert reached == {each: () if each == failed else ("hello",) for each in ids}


# --- the URL and client of connections


def test_connections_work_over_http(local_gateway: LocalGateway, stage: apigw2.Stage) -> None:
    with local_gateway.serve() as url, local_gateway.connect() as connection:
        address = f"{url}/_aws/execute-api/{stage.api_id}/prod"
        gw = apigw2.ApiGatewayV2(
            session=boto3.Session("testing", "testing", region_name="us-east-1"),
            endpoint_url=url,
            config=Config(proxies={}),
        )
        gw.connections(address).send(connection.connection_id, "hello")
        assert connection.receive(timeout=0) == "hello"


def test_connections_of_a_custom_domain_name_use_its_url(
    local_gateway: LocalGateway, stage: apigw2.Stage
) -> None:
    gw = apigw2.ApiGatewayV2.of(stage)
    domain = gw.create_domain_name("chat.example.com", certificate_arn=CERTIFICATE)
    mapping = domain.create_api_mapping(api_id=stage.api, stage=stage, api_mapping_key="v1")
    with local_gateway.connect() as connection:
        gw.connections(mapping.url).send(connection.connection_id, "hello")
        assert connection.receive(timeout=0) == "hello"


def test_connections_use_the_gateways_session_and_settings() -> None:
    config = Config(read_timeout=7, user_agent_extra="mine")
    gw = apigw2.ApiGatewayV2(session=session(), region_name="us-west-2", config=config)
    stage = gw.api("a1b2c3").stage("prod")
    meta: Any = stage.connections.client.meta
    assert stage.connections.url == "https://a1b2c3.execute-api.us-west-2.amazonaws.com/prod"
    assert (meta.region_name, meta.config.read_timeout) == ("us-west-2", 7)
    assert meta.config.user_agent_extra == "mine"
    assert stage.connections.client is stage.connections.client, "a stage reuses its client"


def test_connections_use_the_credentials_and_settings_of_a_callers_own_client(
    server: Server,
) -> None:
    made = own_client(server, read_timeout=7)
    gw = apigw2.ApiGatewayV2(client=made)
    connections = gw.connections(f"{server.url}/prod")
    meta: Any = connections.client.meta
    assert meta.config.read_timeout == 7
    server.prepare([Answer({})])
    connections.get(UNKNOWN)
    assert "Credential=AKIATEST/" in server.requests[-1].headers["authorization"]


def no_credentials(_: object) -> None:
    """Stands for a botocore that keeps credentials elsewhere."""


def test_connections_of_a_client_with_unknown_credentials_use_the_default_ones(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOTHER")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setattr("apigw2._wire.clients.credentials_of", no_credentials)
    gw = apigw2.ApiGatewayV2(client=own_client(server))
    server.prepare([Answer({})])
    gw.connections(f"{server.url}/prod").get(UNKNOWN)
    assert "Credential=AKIAOTHER/" in server.requests[-1].headers["authorization"]


def test_a_detached_stage_has_no_connections() -> None:
    with pytest.raises(apigw2.DetachedError):
        apigw2.StageRef(api_id="a1", stage_name="prod").connections  # noqa: B018  # the property raises
    from apigw2._wire.connection import DETACHED  # noqa: PLC0415  # only this test needs it

    with pytest.raises(apigw2.DetachedError):
        DETACHED.management_client("https://example.com")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"https://{HOST}/prod", f"https://{HOST}/prod"),
        (f"wss://{HOST}/prod/", f"https://{HOST}/prod"),
        (f"https://{HOST}/prod/@connections", f"https://{HOST}/prod"),
        ("ws://localhost:4566/x", "http://localhost:4566/x"),
    ],
)
def test_connections_accept_every_form_of_a_url(url: str, expected: str) -> None:
    connections = apigw2.Connections(url, session=session())
    assert connections.url == expected
    assert repr(connections) == f"Connections({expected!r})"
    is_aws = HOST in url
    assert connections.client.meta.region_name == ("eu-west-1" if is_aws else "eu-central-1")


@pytest.mark.parametrize("url", ["prod", "ftp://host/prod", "https://"])
def test_a_string_that_is_not_a_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"is not a URL such as https://chat\.example\.com/v1"):
        apigw2.Connections(url)


def test_the_repr_of_connections_shows_no_password() -> None:
    shown = repr(apigw2.Connections("https://me:secret@localhost/prod", session=session()))
    assert shown == "Connections('https://localhost/prod')"


def test_connections_can_use_a_given_client_and_nothing_else(
    local_gateway: LocalGateway, stage: apigw2.Stage
) -> None:
    made = local_gateway.connections_client(stage.api_id)
    connections = apigw2.Connections(client=made)
    assert connections.client is made
    for arguments in ({}, {"url": "https://x", "client": made}, {"config": Config()}):
        given: Any = arguments
        with pytest.raises(TypeError, match="give a url, or a client and nothing else"):
            apigw2.Connections(**given)
    other: Any = local_gateway.client()
    with pytest.raises(TypeError, match="of apigatewaymanagementapi, not a boto3 client of apig"):
        apigw2.Connections(client=other)


# --- events


def event(domain_name: str, stage: str = "prod") -> dict[str, Any]:
    context = {"domainName": domain_name, "stage": stage, "apiId": "a1b2c3", "connectionId": "c1"}
    return {"requestContext": context}


def test_connections_of_an_event_have_the_url_of_its_host_name() -> None:
    connections = apigw2.Connections.from_event(event(HOST), session=session())
    assert connections.url == f"https://{HOST}/prod"
    assert connections.client.meta.region_name == "eu-west-1"


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({}, "https://a1b2c3.execute-api.eu-central-1.amazonaws.com/prod"),
        (
            {"region_name": "cn-north-1"},
            "https://a1b2c3.execute-api.cn-north-1.amazonaws.com.cn/prod",
        ),
        ({"api_mapping_key": "v1"}, "https://chat.example.com/v1"),
        ({"api_mapping_key": ""}, "https://chat.example.com"),
        ({"endpoint_url": "http://localhost:4566/prod"}, "http://localhost:4566/prod"),
    ],
)
def test_connections_of_an_event_with_a_custom_domain_name_have_the_given_url(
    settings: Any,  # noqa: ANN401  # any argument
    url: str,
) -> None:
    received = event("chat.example.com")
    made = [apigw2.Connections.from_event(received, session=SESSION, **settings) for _ in range(2)]
    assert [each.url for each in made] == [url, url]
    assert made[0].client is made[1].client, "the client is created once"


SESSION: Final = session()


def test_connections_of_an_event_use_the_default_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-north-1")
    connections = apigw2.Connections.from_event(event("chat.example.com"))
    assert connections.url == "https://a1b2c3.execute-api.eu-north-1.amazonaws.com/prod"


def test_connections_of_an_event_without_a_region_are_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    nowhere = boto3.Session("AKIATEST", "secret")
    with pytest.raises(apigw2.MissingRegionError):
        apigw2.Connections.from_event(event("chat.example.com"), session=nowhere)


@pytest.mark.parametrize(
    "wrong",
    [{}, {"requestContext": None}, {"requestContext": {"domainName": "x", "stage": "y"}}, None],
)
def test_an_object_that_is_not_an_event_of_a_websocket_api_is_refused(wrong: Any) -> None:  # noqa: ANN401  # of any type
    with pytest.raises(ValueError, match="not an event of a WebSocket API"):
        apigw2.Connections.from_event(wrong)


def test_connections_of_an_event_of_the_local_gateway_send_to_it(
    local_gateway: LocalGateway, stage: apigw2.Stage
) -> None:
    seen: list[Any] = []

    def chat(event: Any, _: object) -> dict[str, int]:  # noqa: ANN401  # any JSON
        seen.append(event)
        return {"statusCode": 200}

    local_gateway.add_function("chat", chat)
    function = "arn:aws:lambda:us-east-1:123456789012:function:chat"
    backend = stage.api.create_integration(
        "AWS_PROXY", integration_uri=apigw2.lambda_uri(function), integration_method="POST"
    )
    stage.api.create_route("$connect", target=backend)
    stage.deploy()
    with local_gateway.connect():
        connections = apigw2.Connections.from_event(seen[0], session=session())
    assert connections.url == stage.callback_url
