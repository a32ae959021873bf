"""Integrations of WebSocket APIs: requests and responses."""

from __future__ import annotations

import base64
import json
import socket
import sys
from threading import Event
from typing import TYPE_CHECKING

import pytest

from apigw2.testing import HandshakeError
from tests.testing.backend import echo
from tests.testing.websocket.support import FUNCTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.local_gateway import JSON
    from tests.testing.websocket.support import Chat, Recorder

INVOCATION = (
    f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{FUNCTION}chat/invocations"
)


@pytest.fixture(scope="module")
def backend() -> Iterator[str]:
    with echo({"/list": ["a", "b"], "/error": {"errorMessage": "no"}}) as url:
        yield url


def connect_route(chat: Chat) -> str:
    routes = chat.client.get_routes(ApiId=chat.api_id)["Items"]
    return str(next(each["RouteId"] for each in routes if each["RouteKey"] == "$connect"))


def failed(answer: str, message: str = "Internal server error") -> bool:
    return bool(json.loads(answer)["message"] == message)


class TestFunctions:
    """AWS_PROXY integrations call functions."""

    @pytest.mark.parametrize(
        "uri",
        [
            f"{FUNCTION}chat",
            INVOCATION,
            f"{FUNCTION}${{stageVariables.name}}",
            INVOCATION.replace("chat", "${stageVariables.name}"),
        ],
    )
    def test_the_uri_names_the_function(self, chat: Chat, uri: str) -> None:
        chat.client.update_stage(
            ApiId=chat.api_id, StageName="prod", StageVariables={"name": "chat"}
        )
        chat.function({"body": "hello"})
        chat.route("$default", chat.integration(uri=uri), answers=True)

        assert chat.answer("x") == "hello"

    def test_base64_is_decoded(self, chat: Chat) -> None:
        body = base64.b64encode("héllo".encode()).decode()
        chat.function({"body": body, "isBase64Encoded": True})
        chat.route("$default", answers=True)

        assert chat.answer("x") == "héllo"

    @pytest.mark.parametrize(
        "result",
        [{"body": 1}, {"body": "?", "isBase64Encoded": True}, {"body": {"a": 1}}],
    )
    def test_a_body_that_is_not_text_is_an_error(self, chat: Chat, result: JSON) -> None:
        chat.function(result)
        chat.route("$default", answers=True)

        assert failed(chat.answer("x"))

    def test_a_function_that_exits_has_failed(self, chat: Chat) -> None:
        chat.function(lambda _event, _context: sys.exit(3))
        chat.route("$default")

        assert failed(chat.answer("x"))

    def test_an_unknown_function_is_an_error_that_names_it(self, chat: Chat) -> None:
        chat.route("$default", chat.integration(uri="unknown"))
        with chat.local.connect() as connection:
            connection.send("x")

            assert failed(connection.receive())
            assert connection.reasons == (
                "no function is registered for unknown; use add_function()",
            )


class TestMock:
    """MOCK integrations respond without a backend."""

    def test_the_response_template_is_the_response(self, chat: Chat) -> None:
        chat.mock('{"id": "$context.connectionId"}')
        with chat.local.connect() as connection:
            connection.send("x")

            assert connection.receive_json() == {"id": connection.connection_id}

    @pytest.mark.parametrize("template", ['{"statusCode": "200"}', "[]", "no json", "{}"])
    def test_the_request_template_must_set_a_status(self, chat: Chat, template: str) -> None:
        mock = chat.integration("MOCK", RequestTemplates={"$default": template})
        chat.respond(mock)
        chat.route("$default", mock, answers=True)

        assert failed(chat.answer("{}"))

    @pytest.mark.parametrize(
        ("status", "answer"),
        [(200, "exact"), (201, "pattern"), (299, "pattern"), (300, "default"), (20, "default")],
    )
    def test_the_integration_response_is_selected_by_the_status(
        self, chat: Chat, status: int, answer: str
    ) -> None:
        template = "{\"statusCode\": $input.path('$.status')}"
        mock = chat.integration("MOCK", RequestTemplates={"$default": template})
        for key, text in (
            ("/[/", "malformed"),
            ("$default", "default"),
            ("/2\\d\\d/", "pattern"),
            ("200", "exact"),
        ):
            chat.respond(mock, key, ResponseTemplates={"$default": text})
        chat.route("$default", mock, answers=True)

        assert chat.answer({"status": status}) == answer

    @pytest.mark.parametrize(("answers", "is_error"), [(True, True), (False, False)])
    def test_a_two_way_route_needs_an_integration_response(
        self, chat: Chat, *, answers: bool, is_error: bool
    ) -> None:
        mock = chat.integration("MOCK", RequestTemplates={"$default": '{"statusCode": 200}'})
        chat.respond(mock, "404")
        chat.route("$default", mock, answers=answers)

        assert chat.silence("x") is not is_error

    @pytest.mark.parametrize(("status", "connected"), [(200, True), (403, False)])
    def test_the_status_of_a_mock_decides_on_connect(
        self, chat: Chat, status: int, *, connected: bool
    ) -> None:
        template = f'{{"statusCode": {status}}}'
        chat.route("$connect", chat.integration("MOCK", RequestTemplates={"$default": template}))

        if connected:
            chat.local.connect().close()
        else:
            with pytest.raises(HandshakeError) as caught:
                chat.local.connect()
            assert caught.value.response.status == status


class TestTemplateSelection:
    """A template selection expression selects the template; the default is `$default`."""

    @pytest.mark.parametrize(
        ("expression", "message", "answer"),
        [
            (None, {"kind": "a"}, "default"),
            ("\\$default", {"kind": "a"}, "default"),
            ("a", {}, "a"),
            ("${request.body.kind}", {"kind": "a"}, "a"),
            ("${request.body.kind}", {"kind": "c"}, "default"),
        ],
    )
    def test_the_expression_selects_a_request_template(
        self, chat: Chat, expression: str | None, message: JSON, answer: str
    ) -> None:
        function = chat.function(lambda event, _: event)
        given = {"TemplateSelectionExpression": expression} if expression else {}
        templates = {"a": '{"is": "a"}', "\\$default": '{"is": "default"}'}
        integration = chat.integration("AWS", RequestTemplates=templates, **given)
        chat.respond(integration)
        chat.route("$default", integration)

        with chat.local.connect() as connection:
            connection.send(message)

        assert function.events == [{"is": answer}]

    @pytest.mark.parametrize(
        ("expression", "answer"),
        [
            ("${integration.response.statuscode}", "200"),
            ("${integration.response.header.X-Backend}", "backend"),
            ("${integration.response.multivalueheader.x-backend}", "backend"),
            ("${integration.response.body[0]}", "first"),
            ("${integration.response.header.nothing}", "default"),
            ("${integration.request.header.nothing}", "default"),
            ("${integration.other}", "default"),
            ("nothing", "default"),
        ],
    )
    def test_the_expression_selects_a_response_template(
        self, chat: Chat, backend: str, expression: str, answer: str
    ) -> None:
        integration = chat.integration("HTTP", f"{backend}/list")
        chat.respond(
            integration,
            TemplateSelectionExpression=expression,
            ResponseTemplates={
                "200": "200",
                "yes": "backend",
                "a": "first",
                "$default": "default",
            },
        )
        chat.route("$default", integration, answers=True)

        assert chat.answer("x") == answer

    @pytest.mark.parametrize(
        ("behavior", "templates", "passes"),
        [
            ("WHEN_NO_MATCH", {}, True),
            ("WHEN_NO_MATCH", {"a": "{}"}, True),
            ("WHEN_NO_TEMPLATES", {}, True),
            ("WHEN_NO_TEMPLATES", {"a": "{}"}, False),
            ("NEVER", {}, False),
        ],
    )
    def test_the_passthrough_behavior_decides_without_a_template(
        self, chat: Chat, behavior: str, templates: JSON, *, passes: bool
    ) -> None:
        function = chat.function()
        integration = chat.integration(
            "AWS", PassthroughBehavior=behavior, RequestTemplates=templates
        )
        chat.route("$default", integration)

        with chat.local.connect() as connection:
            connection.send('{"b": 1}')

            assert function.events == ([{"b": 1}] if passes else [])
            if not passes:
                assert failed(connection.receive(), "Unsupported Media Type")


class TestAws:
    """AWS integrations invoke functions and other services with the output of a template."""

    @pytest.mark.parametrize(
        ("result", "answer"),
        [
            ({"a": 1}, "fine"),
            ("text", "fine"),
            ({"errorMessage": "not found: x"}, "lost"),
            (ValueError("not found: y"), "lost"),
            (ValueError("other"), "fine"),
            (ValueError(), "fine"),
        ],
    )
    def test_the_response_is_selected_by_the_error_message(
        self, chat: Chat, result: JSON, answer: str
    ) -> None:
        chat.function(result)
        integration = chat.integration("AWS", uri=INVOCATION)
        chat.respond(integration, ResponseTemplates={"$default": "fine"})
        chat.respond(integration, "/not found.*/", ResponseTemplates={"$default": "lost"})
        chat.route("$default", integration, answers=True)

        assert chat.answer("{}") == answer

    @pytest.mark.parametrize(
        ("result", "answer"),
        [
            ({"a": 1}, {"a": 1}),
            (ValueError("no"), {"errorMessage": "no", "errorType": "ValueError"}),
        ],
    )
    def test_the_result_is_the_response_without_a_template(
        self, chat: Chat, result: JSON, answer: JSON
    ) -> None:
        chat.function(result)
        integration = chat.integration("AWS")
        chat.respond(integration)
        chat.route("$default", integration, answers=True)

        assert json.loads(chat.answer("{}")) == answer

    def test_an_error_without_an_integration_response_is_an_error_frame(self, chat: Chat) -> None:
        chat.function(ValueError("broken"))
        chat.route("$default", chat.integration("AWS"))
        with chat.local.connect() as connection:
            connection.send("{}")

            assert failed(connection.receive())
            assert connection.reasons == ("broken",)

    def test_a_payload_must_be_json(self, chat: Chat) -> None:
        chat.function()
        chat.route("$default", chat.integration("AWS"))

        assert failed(chat.answer("no json"))

    def test_an_unknown_function_is_an_error(self, chat: Chat) -> None:
        chat.route("$default", chat.integration("AWS", uri="unknown"))

        assert failed(chat.answer("{}"))

    @pytest.mark.parametrize("result", [{"a": 1}, ValueError("nobody waits")])
    def test_an_asynchronous_invocation_has_no_response(self, chat: Chat, result: JSON) -> None:
        function = chat.function(result)
        integration = chat.integration(
            "AWS",
            RequestParameters={"integration.request.header.X-Amz-Invocation-Type": "'Event'"},
        )
        chat.respond(integration)
        chat.route("$default", integration, answers=True)

        assert chat.silence("{}")
        assert len(function.events) == 1

    def test_another_service_is_a_function_registered_by_its_action(self, chat: Chat) -> None:
        function = chat.function({"Items": []}, name="dynamodb:action/Query")
        integration = chat.integration(
            "AWS",
            "arn:aws:apigateway:us-east-1:dynamodb:action/Query",
            RequestTemplates={"$default": '{"TableName": "chats"}'},
        )
        chat.respond(integration)
        chat.route("$default", integration, answers=True)

        assert json.loads(chat.answer("x")) == {"Items": []}
        assert function.events == [{"TableName": "chats"}]

    @pytest.mark.parametrize("charset", ["", "; charset=utf-8"])
    def test_a_service_with_the_query_protocol_takes_a_form(self, chat: Chat, charset: str) -> None:
        function = chat.function({"MessageId": "1"}, name="sqs:path/123456789012/orders")
        integration = chat.integration(
            "AWS",
            "arn:aws:apigateway:us-east-1:sqs:path/123456789012/orders",
            RequestParameters={
                "integration.request.header.Content-Type": (
                    f"'application/x-www-form-urlencoded{charset}'"
                )
            },
            RequestTemplates={
                "$default": (
                    "#set($body = $input.json('$'))\n"
                    "Action=SendMessage&MessageBody=$util.urlEncode($body)&DelaySeconds="
                )
            },
        )
        chat.respond(integration)
        chat.route("$default", integration, answers=True)

        assert json.loads(chat.answer('{"a": "b&c"}')) == {"MessageId": "1"}
        assert function.events == [
            {"Action": "SendMessage", "MessageBody": '{"a":"b&c"}', "DelaySeconds": ""}
        ]


class TestHttp:
    """HTTP and HTTP_PROXY integrations call servers on loopback."""

    def test_a_message_is_the_body(self, chat: Chat, backend: str) -> None:
        chat.route("$default", chat.integration("HTTP_PROXY", f"{backend}/x"), answers=True)

        seen = json.loads(chat.answer("hello"))

        assert (seen["method"], seen["path"], seen["body"]) == ("POST", "/x", "hello")
        assert seen["headers"]["content-type"] == "application/json"
        assert seen["headers"]["user-agent"] == f"AmazonAPIGateway_{chat.api_id}"
        assert "connectionid" not in seen["headers"]

    def test_the_method_any_is_sent_as_post(self, chat: Chat, backend: str) -> None:
        proxy = chat.integration("HTTP_PROXY", backend, IntegrationMethod="ANY")
        chat.route("$default", proxy, answers=True)

        assert json.loads(chat.answer("x"))["method"] == "POST"

    def test_a_proxy_forwards_the_handshake(self, chat: Chat) -> None:
        requests: list[JSON] = []
        with echo(requests=requests) as url:
            chat.route("$connect", chat.integration("HTTP_PROXY", f"{url}/x?a=1"))
            chat.local.connect(
                headers={"X-Tag": "t", "User-Agent": "curl"}, query={"b": ["2", "3"]}
            ).close()

        seen = requests[0]
        assert seen["path"] == "/x?a=1&b=2&b=3"
        assert seen["headers"]["x-tag"] == "t"
        assert seen["headers"]["user-agent"] == "curl"
        assert not [name for name in seen["headers"] if name.startswith("sec-websocket-")]

    def test_parameters_are_mapped(self, chat: Chat, backend: str) -> None:
        chat.client.update_stage(
            ApiId=chat.api_id, StageName="prod", StageVariables={"colour": "red"}
        )
        proxy = chat.integration(
            "HTTP_PROXY",
            f"{backend}/{{room}}/x",
            RequestParameters={
                "integration.request.header.connectionId": "context.connectionId",
                "integration.request.header.Content-Type": "'text/plain'",
                "integration.request.querystring.name": "route.request.body.user.name",
                "integration.request.querystring.root": "route.request.body.$.user.name",
                "integration.request.querystring.colour": "stageVariables.colour",
                "integration.request.querystring.none": "route.request.body.nothing",
                "integration.request.path.room": "route.request.body.room",
            },
        )
        chat.route("$default", proxy, answers=True)

        with chat.local.connect() as connection:
            connection.send({"user": {"name": "ada"}, "room": "a b"})
            seen = connection.receive_json()

        assert seen["headers"]["connectionid"] == connection.connection_id
        assert seen["headers"]["content-type"] == "text/plain"
        assert seen["path"] == "/a%20b/x?name=ada&root=ada&colour=red"

    @pytest.mark.parametrize(
        ("expression", "value"),
        [
            ("route.request.querystring.a", "2"),
            ("route.request.multivaluequerystring.a", "1,2"),
            ("route.request.header.X-Tag", "t,u"),
            ("route.request.multivalueheader.x-tag", "t,u"),
            ("context.identity.sourceIp", "127.0.0.1"),
            ("'text'", "text"),
            ("route.request.nothing", None),
            ("route.request.querystring.nothing", None),
            ("route.request.body", None),
            ("route.request.body.a", None),
            ("other.x", None),
            ("'", None),
        ],
    )
    def test_parameters_of_the_handshake_are_mapped(
        self, chat: Chat, expression: str, value: str | None
    ) -> None:
        requests: list[JSON] = []
        with echo(requests=requests) as url:
            parameters = {"integration.request.header.X-Value": expression}
            http = chat.integration("HTTP", url, RequestParameters=parameters)
            chat.route("$connect", http)
            chat.local.connect(headers={"X-Tag": ["t", "u"]}, query={"a": ["1", "2"]}).close()

        assert [request["headers"].get("x-value") for request in requests] == [value]

    def test_a_silent_backend_times_out(self, chat: Chat) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts, and never responds
            url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
            proxy = chat.integration("HTTP_PROXY", url, TimeoutInMillis=50)
            chat.route("$default", proxy)
            chat.route("$connect", proxy)

            with pytest.raises(HandshakeError) as caught:
                chat.local.connect()
            assert caught.value.response.status == 504
            chat.client.delete_route(ApiId=chat.api_id, RouteId=connect_route(chat))
            assert failed(chat.answer("x"), "Endpoint request timed out")

    def test_templates_make_the_request_and_the_response(self, chat: Chat, backend: str) -> None:
        http = chat.integration(
            "HTTP", backend, RequestTemplates={"$default": "{\"was\": $input.json('$.a')}"}
        )
        chat.respond(http, ResponseTemplates={"$default": "$input.json('$.body')"})
        chat.route("$default", http, answers=True)

        assert json.loads(json.loads(chat.answer({"a": [1]}))) == {"was": [1]}

    @pytest.mark.parametrize(
        "uri", ["http://example.com/x", "http://127.0.0.1:1/x", "http://127.0.0.1:x/"]
    )
    def test_an_unreachable_backend_is_an_error(self, chat: Chat, uri: str) -> None:
        chat.route("$default", chat.integration("HTTP_PROXY", uri))

        assert failed(chat.answer("x"))

    @pytest.mark.parametrize("place", ["127.0.0.1:1", "example.com"])
    def test_no_reason_shows_the_secrets_of_a_uri(self, chat: Chat, place: str) -> None:
        uri = f"http://ada:hunter2@{place}/x?token=hunter2#hunter2"
        chat.route("$default", chat.integration("HTTP_PROXY", uri))

        with chat.local.connect() as connection:
            connection.send("x")

        assert f"http://{place}/x" in connection.reasons[0]
        assert "hunter2" not in connection.reasons[0]

    def test_a_timeout_does_not_show_the_secrets_of_a_uri(self, chat: Chat) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            uri = f"http://ada:hunter2@127.0.0.1:{silent.getsockname()[1]}/?token=hunter2"
            chat.route("$default", chat.integration("HTTP_PROXY", uri, TimeoutInMillis=50))
            with chat.local.connect() as connection:
                connection.send("x")

        assert connection.reasons[0].endswith("/ timed out after 50 ms")
        assert "hunter2" not in connection.reasons[0]

    def test_credentials_in_a_uri_are_not_part_of_the_host(self, chat: Chat, backend: str) -> None:
        host = backend.removeprefix("http://")
        proxy = chat.integration("HTTP_PROXY", f"http://ada:hunter2@{host}/")
        chat.route("$default", proxy, answers=True)

        assert json.loads(chat.answer("x"))["headers"]["host"] == host

    def test_a_malformed_url_fails_the_message_and_not_the_disconnect(self, chat: Chat) -> None:
        malformed = chat.integration("HTTP_PROXY", "http://[::1/")
        chat.route("$default", malformed)
        chat.route("$disconnect", malformed)
        with chat.local.connect() as connection:
            connection.send("x")
            assert failed(connection.receive())

        assert [reason.partition(": ")[0] for reason in connection.reasons] == [
            "(malformed URL)",
            "(malformed URL)",
        ]

    def test_a_private_integration_is_an_error(self, chat: Chat, backend: str) -> None:
        proxy = chat.integration("HTTP_PROXY", backend, ConnectionType="VPC_LINK", ConnectionId="x")
        chat.route("$default", proxy)

        assert failed(chat.answer("x"))


class TestTimeLimits:
    """The timeout of an integration limits its function, by the gateway's clock."""

    @pytest.fixture
    def slow(self, chat: Chat) -> Recorder:
        """A function that takes 29 seconds by the gateway's clock."""
        return chat.function(lambda _event, _context: chat.local.clock.advance(29))

    @pytest.mark.usefixtures("slow")
    @pytest.mark.parametrize("kind", ["AWS_PROXY", "AWS"])
    def test_a_message_is_answered_with_an_error(self, chat: Chat, kind: str) -> None:
        chat.route("$default", chat.integration(kind))

        assert failed(chat.answer({"a": 1}), "Endpoint request timed out")

    @pytest.mark.usefixtures("slow")
    def test_a_handshake_is_answered_with_504(self, chat: Chat) -> None:
        chat.route("$connect")

        with pytest.raises(HandshakeError) as caught:
            chat.local.connect()

        assert caught.value.response.status == 504
        assert caught.value.response.reason.endswith("timed out after 29000 ms")

    @pytest.mark.usefixtures("slow")
    def test_disconnect_ends_at_the_timeout_of_its_integration(self, chat: Chat) -> None:
        chat.route("$disconnect", chat.integration(TimeoutInMillis=50))
        connection = chat.local.connect()
        connection.close()

        assert [each.rpartition(" timed")[2] for each in connection.reasons] == [" out after 50 ms"]

    @pytest.mark.usefixtures("slow")
    def test_an_asynchronous_invocation_has_no_timeout(self, chat: Chat) -> None:
        aws = chat.integration(
            "AWS",
            RequestParameters={"integration.request.header.X-Amz-Invocation-Type": "'Event'"},
        )
        chat.route("$default", aws)

        assert chat.silence({"a": 1})

    def test_a_function_that_never_returns_does_not_block_the_connection(self, chat: Chat) -> None:
        leave = Event()
        chat.function(lambda _event, _context: leave.wait(30))
        chat.route("$default", chat.integration(TimeoutInMillis=50))

        assert failed(chat.answer("x"), "Endpoint request timed out")
        leave.set()

    def test_an_authorizer_has_ten_seconds(self, chat: Chat) -> None:
        chat.function(lambda _event, _context: chat.local.clock.advance(10), name="guard")
        chat.function()
        made = chat.client.create_authorizer(
            ApiId=chat.api_id,
            Name="guard",
            AuthorizerType="REQUEST",
            AuthorizerUri=f"{FUNCTION}guard",
            IdentitySource=[],
        )
        chat.route("$connect", AuthorizationType="CUSTOM", AuthorizerId=made["AuthorizerId"])

        with pytest.raises(HandshakeError) as caught:
            chat.local.connect()

        assert caught.value.response.status == 500
        assert caught.value.response.reason.endswith("timed out after 10000 ms")
