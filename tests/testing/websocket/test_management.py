"""`@connections` requests, in process and over HTTP."""

from __future__ import annotations

import http.client
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from tests.support.local_gateway import CERTIFICATE, JSON
from tests.support.pauses import no_pauses
from tests.testing.websocket.support import SIGNED

if TYPE_CHECKING:
    from apigw2.testing import Response
    from tests.support.local_gateway import Client
    from tests.testing.websocket.support import Chat

UNKNOWN = "AAAAAAAAAAAAAAA="


@pytest.fixture
def connections(chat: Chat) -> Client:
    chat.mock("pong")
    return chat.local.connections_client()


def code_of(error: ClientError) -> str:
    response: JSON = error.response
    return str(response["Error"]["Code"])


def ask(chat: Chat, method: str, path: str, body: bytes = b"", **headers: str) -> Response:
    host = f"{chat.api_id}.execute-api.us-east-1.amazonaws.com"
    return chat.local.invoke(
        method, f"https://{host}{path}", headers={**SIGNED, **headers}, body=body
    )


def test_a_message_is_posted(chat: Chat, connections: Client) -> None:
    with chat.local.connect() as connection:
        answer = connections.post_to_connection(
            ConnectionId=connection.connection_id, Data="héllo".encode()
        )

        assert connection.receive(timeout=0) == "héllo"
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_a_message_reaches_only_its_connection(chat: Chat, connections: Client) -> None:
    with chat.local.connect() as one, chat.local.connect() as other:
        connections.post_to_connection(ConnectionId=one.connection_id, Data=b"x")

        assert (one.messages, other.messages) == (("x",), ())


def test_bytes_that_are_not_utf_8_are_replaced_in_a_message(
    chat: Chat, connections: Client
) -> None:
    with chat.local.connect() as connection:
        connections.post_to_connection(ConnectionId=connection.connection_id, Data=b"a\xffb")

        assert connection.receive() == "a\ufffdb"


def test_a_connection_is_described(chat: Chat, connections: Client) -> None:
    now = chat.local.clock.now()
    with chat.local.connect(headers={"User-Agent": "curl"}) as connection:
        chat.local.clock.advance(5)
        connection.send("x")
        found = connections.get_connection(ConnectionId=connection.connection_id)

    assert found["Identity"] == {"SourceIp": "127.0.0.1", "UserAgent": "curl"}
    assert abs(found["ConnectedAt"] - now) < timedelta(seconds=1)
    assert found["LastActiveAt"] - found["ConnectedAt"] == timedelta(seconds=5)


def test_a_connection_is_deleted(chat: Chat, connections: Client) -> None:
    function = chat.function()
    chat.route("$disconnect")
    connection = chat.local.connect()

    answer = connections.delete_connection(ConnectionId=connection.connection_id)

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert connection.close_code == 1000
    assert function.kinds == ["DISCONNECT"]


@pytest.mark.parametrize(
    ("operation", "more"),
    [
        ("post_to_connection", {"Data": b"x"}),
        ("get_connection", {}),
        ("delete_connection", {}),
    ],
)
class TestGone:
    """Requests to a closed connection get 410 without a body."""

    @pytest.mark.parametrize("which", ["unknown", "closed", "idle", "other stage"])
    def test_every_operation_on_a_closed_connection_is_gone(
        self, *, chat: Chat, connections: Client, operation: str, more: JSON, which: str
    ) -> None:
        connection = chat.local.connect()
        connection_id = connection.connection_id
        if which == "unknown":
            connection_id = UNKNOWN
        elif which == "closed":
            connection.close()
        elif which == "idle":
            chat.local.clock.advance(600)
        else:
            chat.client.create_stage(ApiId=chat.api_id, StageName="test", AutoDeploy=True)
            connections = chat.local.connections_client(chat.api_id, stage="test")

        with pytest.raises(connections.exceptions.GoneException) as caught:
            getattr(connections, operation)(ConnectionId=connection_id, **more)

        assert caught.value.response["Error"] == {"Message": "", "Code": "GoneException"}
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 410


def test_a_connection_is_gone_during_connect(chat: Chat, connections: Client) -> None:
    errors: list[str] = []

    def connect(event: JSON, _context: JSON) -> JSON:
        connection_id = event["requestContext"]["connectionId"]
        with pytest.raises(ClientError) as caught:
            connections.post_to_connection(ConnectionId=connection_id, Data=b"x")
        errors.append(code_of(caught.value))
        return {"statusCode": 200}

    chat.function(connect)
    chat.route("$connect")
    chat.local.connect().close()

    assert errors == ["GoneException"]


def test_a_gone_response_has_no_body_and_the_type_in_a_header(
    chat: Chat, connections: Client
) -> None:
    del connections
    answer = ask(chat, "GET", f"/prod/@connections/{quote(UNKNOWN)}")

    assert (answer.status, answer.body) == (410, b"")
    assert answer.headers["x-amzn-errortype"] == "GoneException"


@pytest.mark.parametrize(
    ("code", "status", "given"),
    [
        ("BadRequestException", 400, {"ConnectionId": "test", "Data": b"x"}),
        ("BadRequestException", 400, {"ConnectionId": UNKNOWN + "=", "Data": b"x"}),
        ("PayloadTooLargeException", 413, {"ConnectionId": UNKNOWN, "Data": b"x" * 131073}),
    ],
)
def test_an_invalid_id_or_message_is_rejected(
    connections: Client, code: str, status: int, given: JSON
) -> None:
    with pytest.raises(ClientError) as caught:
        connections.post_to_connection(**given)

    response: JSON = caught.value.response
    assert code_of(caught.value) == code
    assert response["ResponseMetadata"]["HTTPStatusCode"] == status


def test_the_longest_message_is_posted(chat: Chat, connections: Client) -> None:
    with chat.local.connect() as connection:
        connections.post_to_connection(ConnectionId=connection.connection_id, Data=b"x" * 131072)

        assert len(connection.receive()) == 131072


@pytest.mark.parametrize(
    ("method", "path", "status", "message"),
    [
        ("POST", f"/@connections/{UNKNOWN}", 403, "Forbidden"),
        ("POST", f"/nothing/@connections/{UNKNOWN}", 403, "Forbidden"),
        ("POST", f"/empty/@connections/{UNKNOWN}", 403, "Forbidden"),
        ("PUT", f"/prod/@connections/{UNKNOWN}", 403, "Missing Authentication Token"),
        ("GET", "/prod", 426, "Upgrade Required"),
        ("GET", "/prod/anything", 426, "Upgrade Required"),
        ("GET", "/", 403, "Forbidden"),
        ("GET", "/nothing", 403, "Forbidden"),
    ],
)
def test_other_paths_and_methods_are_rejected(
    *, chat: Chat, connections: Client, method: str, path: str, status: int, message: str
) -> None:
    del connections
    chat.client.create_stage(ApiId=chat.api_id, StageName="empty")

    answer = ask(chat, method, path)

    assert (answer.status, answer.json()) == (status, {"message": message})
    assert answer.reason


@pytest.mark.parametrize("authorization", ["", "Bearer x", SIGNED["authorization"][:60]])
def test_only_signed_requests_are_accepted(chat: Chat, authorization: str) -> None:
    chat.mock("pong")
    answer = ask(chat, "GET", f"/prod/@connections/{UNKNOWN}", authorization=authorization)

    assert (answer.status, answer.json()) == (403, {"message": "Missing Authentication Token"})


@pytest.mark.parametrize("path", ["/prod/@connections/", "/prod/%40connections/"])
@pytest.mark.parametrize("encode", [quote, str])
def test_the_path_can_be_encoded(
    chat: Chat, connections: Client, path: str, encode: type[str]
) -> None:
    del connections
    with chat.local.connect() as connection:
        answer = ask(chat, "POST", path + encode(connection.connection_id), b"x")

        assert (answer.status, connection.messages) == (200, ("x",))


def test_a_disabled_default_endpoint_is_not_found(chat: Chat, connections: Client) -> None:
    chat.client.update_api(ApiId=chat.api_id, DisableExecuteApiEndpoint=True)

    with pytest.raises(ClientError, match="Not Found"):
        connections.get_connection(ConnectionId=UNKNOWN)


def test_the_default_stage_is_at_the_root(chat: Chat) -> None:
    chat.client.create_stage(ApiId=chat.api_id, StageName="$default", AutoDeploy=True)
    chat.mock("pong")
    with chat.local.connect(stage="$default") as connection:
        path = f"/@connections/{quote(connection.connection_id)}"

        assert ask(chat, "POST", path, b"x").status == 200
        assert connection.messages == ("x",)


class TestClients:
    """boto3 clients whose requests the local gateway handles."""

    def test_an_existing_client_can_be_attached(self, chat: Chat) -> None:
        chat.mock("pong")
        url = f"https://{chat.api_id}.execute-api.us-east-1.amazonaws.com/prod"
        client = boto3.client(
            "apigatewaymanagementapi",
            region_name="us-east-1",
            endpoint_url=url,
            aws_access_key_id="testing",
            aws_secret_access_key="testing",  # noqa: S106 - no secret
        )
        chat.local.attach(client)

        with chat.local.connect() as connection:
            client.post_to_connection(ConnectionId=connection.connection_id, Data=b"x")

            assert connection.messages == ("x",)

    def test_a_url_without_a_stage_is_forbidden(self, chat: Chat) -> None:
        client = chat.local.connections_client(endpoint_url="https://example.com/prod")

        with pytest.raises(ClientError) as caught:
            client.get_connection(ConnectionId=UNKNOWN)
        metadata: JSON = caught.value.response
        assert metadata["ResponseMetadata"]["HTTPStatusCode"] == 403

    def test_one_of_several_stages_must_be_given(self, chat: Chat) -> None:
        chat.client.create_stage(ApiId=chat.api_id, StageName="test")

        with pytest.raises(LookupError, match="2 stages"):
            chat.local.connections_client()

    @pytest.mark.parametrize("form", ["host", "path"])
    def test_both_forms_of_url_are_served(self, chat: Chat, form: str) -> None:
        chat.mock("pong")
        with chat.local.serve() as url, chat.local.connect() as connection:
            port = urlsplit(url).port
            path = f"/prod/@connections/{quote(connection.connection_id)}"
            host = f"{chat.api_id}.execute-api.localhost"
            if form == "path":
                path, host = f"/_aws/execute-api/{chat.api_id}{path}", f"127.0.0.1:{port}"
            http_connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            http_connection.request("POST", path, b"x", {**SIGNED, "Host": host})
            answer = http_connection.getresponse()
            answer.read()
            http_connection.close()

            assert (answer.status, connection.messages) == (200, ("x",))

    def test_boto3_reaches_the_management_api_over_http(self, chat: Chat) -> None:
        chat.mock("pong")
        with chat.local.serve() as url, chat.local.connect() as connection:
            client = boto3.client(
                "apigatewaymanagementapi",
                region_name="us-east-1",
                endpoint_url=f"{url}/_aws/execute-api/{chat.api_id}/prod",
                aws_access_key_id="testing",
                aws_secret_access_key="testing",  # noqa: S106 - no secret
            )
            client.post_to_connection(ConnectionId=connection.connection_id, Data=b"x")
            client.delete_connection(ConnectionId=connection.connection_id)
            with pytest.raises(client.exceptions.GoneException):
                client.get_connection(ConnectionId=connection.connection_id)
            client.close()

            assert connection.messages == ("x",)


class TestCustomDomains:
    """Custom domain names select the stage of the API mapping."""

    @pytest.mark.parametrize("key", ["", "v1", "v1/chat"])
    def test_connections_are_found_below_the_mapping(self, chat: Chat, key: str) -> None:
        chat.mock("pong")
        chat.client.create_domain_name(
            DomainName="chat.example.com",
            DomainNameConfigurations=[{"CertificateArn": CERTIFICATE}],
        )
        chat.client.create_api_mapping(
            DomainName="chat.example.com", ApiId=chat.api_id, Stage="prod", ApiMappingKey=key
        )
        chat.client.update_api(ApiId=chat.api_id, DisableExecuteApiEndpoint=False)
        url = f"https://chat.example.com/{key}".rstrip("/")
        client = chat.local.connections_client(endpoint_url=url)

        with chat.local.connect() as connection:
            client.post_to_connection(ConnectionId=connection.connection_id, Data=b"x")

            assert connection.messages == ("x",)


ONCE = Config(retries={"total_max_attempts": 1})


class TestFaults:
    """Injected faults apply to `@connections` requests as to the control plane."""

    @pytest.fixture
    def once(self, chat: Chat) -> Client:
        """A client that does not retry."""
        chat.mock("pong")
        return chat.local.connections_client(config=ONCE)

    @pytest.mark.parametrize(
        ("kind", "status", "code"),
        [
            ("throttle", 429, "LimitExceededException"),
            ("server_error", 500, "InternalServerException"),
        ],
    )
    @pytest.mark.parametrize(
        ("operation", "method", "params"),
        [
            ("PostToConnection", "post_to_connection", {"Data": b"x"}),
            ("GetConnection", "get_connection", {}),
            ("DeleteConnection", "delete_connection", {}),
        ],
    )
    def test_a_request_fails_and_changes_nothing(
        self, *, chat: Chat, once: Client, kind: JSON, status: int, code: str, operation: str,
        method: str, params: JSON,
    ) -> None:  # fmt: skip
        with chat.local.connect() as connection:
            chat.local.faults.add(operation, kind)
            call = partial(getattr(once, method), ConnectionId=connection.connection_id, **params)

            with pytest.raises(ClientError) as caught:
                call()

            response: JSON = caught.value.response
            assert code_of(caught.value) == code
            assert response["ResponseMetadata"]["HTTPStatusCode"] == status
            assert not connection.closed
            assert connection.messages == ()
            call()

    def test_boto3_retries_a_throttled_message(
        self, chat: Chat, connections: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        del connections
        no_pauses(monkeypatch)
        client: Client = chat.local.connections_client(config=Config(retries={"mode": "standard"}))
        chat.local.faults.add("PostToConnection", "throttle", times=2)
        with chat.local.connect() as connection:
            answer = client.post_to_connection(ConnectionId=connection.connection_id, Data=b"x")

            assert answer["ResponseMetadata"]["RetryAttempts"] == 2
            assert connection.messages == ("x",)

    def test_a_dropped_request_is_carried_out(self, chat: Chat, once: Client) -> None:
        chat.local.faults.add("PostToConnection", "drop")
        with chat.local.connect() as connection:
            with pytest.raises(ConnectionClosedError):
                once.post_to_connection(ConnectionId=connection.connection_id, Data=b"x")

            assert connection.messages == ("x",)

    def test_a_malformed_description_has_no_members(self, chat: Chat, once: Client) -> None:
        chat.local.faults.add("GetConnection", "malformed")
        with chat.local.connect() as connection:
            found = once.get_connection(ConnectionId=connection.connection_id)

            assert found.keys() == {"ResponseMetadata"}

    def test_a_late_response_is_a_read_timeout(self, chat: Chat, once: Client) -> None:
        hasty: Client = chat.local.connections_client(config=ONCE.merge(Config(read_timeout=0.01)))
        chat.local.faults.add("GetConnection", latency=0.05, times=2)
        with chat.local.connect() as connection:
            once.get_connection(ConnectionId=connection.connection_id)
            with pytest.raises(ReadTimeoutError):
                hasty.get_connection(ConnectionId=connection.connection_id)

    def test_a_fault_for_any_operation_is_one_of_the_control_plane(
        self, chat: Chat, once: Client
    ) -> None:
        chat.local.faults.add("*", "throttle")
        with chat.local.connect() as connection:
            once.get_connection(ConnectionId=connection.connection_id)
        client: Client = chat.local.client(config=ONCE)
        with pytest.raises(ClientError, match="Too Many Requests"):
            client.get_apis()

    @pytest.mark.parametrize("kind", ["concurrent_modification", "in_use", "already_exists"])
    def test_connections_have_no_conflicts(self, chat: Chat, kind: JSON) -> None:
        with pytest.raises(ValueError, match="PostToConnection has no fault"):
            chat.local.faults.add("PostToConnection", kind)

    def test_faults_apply_to_served_requests(self, chat: Chat, once: Client) -> None:
        del once
        chat.local.faults.add("GetConnection", "throttle")
        path = f"/_aws/execute-api/{chat.api_id}/prod/@connections/{UNKNOWN}"
        with chat.local.serve() as url:
            connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
            connection.request("GET", path, headers=SIGNED)
            answer = connection.getresponse()
            content = answer.read()
            connection.close()

        assert (answer.status, content) == (429, b'{"message":"Too Many Requests"}')
        assert answer.headers["x-amzn-errortype"] == "LimitExceededException"
