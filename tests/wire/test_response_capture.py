"""Each response goes to the call that sent its request, and its form is checked."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

import pytest

import apigw2
from tests.support.local import API, ROUTE, TOKEN, client
from tests.support.server import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.server import Request, Server

# Every event that botocore emits during a call.
EVENTS: Final = (
    "provide-client-params",
    "before-parameter-build",
    "before-call",
    "request-created",
    "choose-signer",
    "before-sign",
    "before-send",
    "before-parse",
    "response-received",
    "needs-retry",
    "after-call",
)


@pytest.fixture(params=[True, False], ids=["fast", "botocore's parser"])
def gateway(request: pytest.FixtureRequest, server: Server) -> apigw2.ApiGatewayV2:
    return apigw2.ApiGatewayV2(
        client=client(server), fast_decoding=request.param, retries=apigw2.Retries(deadline=0)
    )


def echo(request: Request) -> Answer:
    """The API whose id is in the URL, with a field that botocore does not know."""
    return Answer({**API, "apiId": request.target.rpartition("/")[2], "newField": 1})


class Nested:
    """An event handler that makes a call during every call except its own."""

    def __init__(self, call: Any) -> None:  # noqa: ANN401  # returns any result
        self.call = call
        self.results: list[Any] = []
        self.active = False

    def __call__(self, **_: object) -> None:
        if not self.active:
            self.active = True
            try:
                self.results.append(self.call())
            finally:
                self.active = False


@pytest.mark.parametrize("position", ["register_first", "register_last"])
@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("inner", ["raw call", "raw call of another client", "typed call"])
def test_a_call_inside_an_event_handler_changes_no_result(  # noqa: PLR0917  # fixtures
    inner: str,
    event: str,
    position: str,
    gateway: apigw2.ApiGatewayV2,
    server: Server,
    record_property: Callable[[str, object], None],
) -> None:
    server.prepare(then=echo)
    other = apigw2.ApiGatewayV2(client=client(server)).client
    nested = Nested(
        {
            "raw call": lambda: gateway.client.get_api(ApiId="inner"),
            "raw call of another client": lambda: other.get_api(ApiId="inner"),
            "typed call": lambda: gateway.get_api("inner").to_dict(),
        }[inner]
    )
    events: Any = gateway.client.meta.events
    getattr(events, position)(f"{event}.apigatewayv2", nested)
    api = gateway.get_api("outer")
    assert (api.api_id, api.name) == ("outer", "petstore")
    assert [result["ApiId"] for result in nested.results] == ["inner"]
    assert nested.results[0]["Name"] == "petstore"
    assert "NewField" not in gateway.client.get_api(ApiId="raw")
    record_property("calls inside handlers of botocore's events, no result changed", 1)


def test_a_call_that_fails_inside_a_handler_does_not_affect_the_outer_call(
    gateway: apigw2.ApiGatewayV2, server: Server
) -> None:
    def fail() -> None:
        with pytest.raises(Exception, match="404"):
            gateway.client.get_api(ApiId="missing")

    server.prepare(then=lambda r: Answer(status=404) if "missing" in r.target else echo(r))
    gateway.client.meta.events.register_last("before-send.apigatewayv2", Nested(fail))
    assert gateway.get_api("outer").api_id == "outer"


def test_get_rejects_the_state_of_another_resource(
    gateway: apigw2.ApiGatewayV2, server: Server
) -> None:
    server.prepare([Answer({**API, "apiId": "other"})])
    with pytest.raises(apigw2.ResponseShapeError, match="'a1', as requested, got 'other'"):
        gateway.get_api("a1")
    server.prepare([Answer({"domainName": "api.example.com"})])
    assert gateway.get_domain_name("API.example.com").domain_name == "api.example.com"


PAGE: Final = b"<html><body>Sign in to the proxy</body></html>"
UNUSABLE: Final = {
    "a web page": PAGE,
    "an empty body": b"",
    "a body that is cut off": b'{"items": [{"routeId"',
    "a list": b"[]",
    "null": b"null",
    "a text": b'"text"',
    "bytes that are not UTF-8": b'{"items": "\xff\xfe"}',
    "an error as JSON": b'{"message": "Unauthorized"}',
    "a list as an object": b'{"items": {}}',
    "a list of texts": b'{"items": ["x"]}',
    "a wrong type inside": b'{"items": [{"routeId": "r", "routeKey": ["GET /"]}]}',
    "a text for a number": b'{"items": [{"routeId": "r", "routeKey": "x", "target": 5}]}',
    "an object nested too deeply": b'{"items": [], "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
}


@pytest.mark.parametrize("body", UNUSABLE.values(), ids=list(UNUSABLE))
def test_a_list_that_cannot_be_read_is_not_an_empty_list(
    body: bytes, gateway: apigw2.ApiGatewayV2, server: Server
) -> None:
    server.prepare([Answer(body)])
    with pytest.raises(apigw2.ResponseShapeError):
        gateway.api("a1").get_routes().all()


@pytest.mark.parametrize("body", [PAGE, b"[]", b"null", b'{"apiId": "a1"', b'{"apiId": ["a1"]}'])
def test_an_object_that_cannot_be_read_is_an_error(
    body: bytes, gateway: apigw2.ApiGatewayV2, server: Server
) -> None:
    server.prepare([Answer(body)])
    with pytest.raises(apigw2.ResponseShapeError):
        gateway.get_api("a1")


@pytest.mark.parametrize("body", [PAGE, b"[]", b"null", b'"gone"', b"{"])
def test_a_web_page_is_not_a_successful_delete(
    body: bytes, gateway: apigw2.ApiGatewayV2, server: Server
) -> None:
    server.prepare(then=Answer(body))
    api = gateway.api("a1")
    calls = (
        api.delete,
        api.delete_cors_configuration,
        api.stage("prod").reset_authorizers_cache,
        lambda: gateway.tag_resource("arn:aws:apigateway:x::/apis/a1", {"a": "b"}),
        lambda: gateway.untag_resource("arn:aws:apigateway:x::/apis/a1", ["a"]),
        gateway.portal("p1").disable,
    )
    for call in calls:
        with pytest.raises(apigw2.ResponseShapeError):
            call()


def test_an_operation_without_output_accepts_an_empty_body_and_an_object(
    gateway: apigw2.ApiGatewayV2, server: Server
) -> None:
    server.prepare([Answer(b"", 204), Answer({}), Answer({"new": 1})])
    for _ in range(3):
        assert gateway.api("a1").delete() is True


@pytest.mark.parametrize("body", [PAGE, b'{"message": "Unauthorized"}', b"\xff"])
def test_a_web_page_is_not_an_exported_document(
    body: bytes, gateway: apigw2.ApiGatewayV2, server: Server
) -> None:
    server.prepare([Answer(body)])
    with pytest.raises(apigw2.ResponseShapeError):
        gateway.api("a1").export(output_type="YAML", specification="OAS30")


@pytest.fixture(params=["error", "header of an error", "page", "field", "text of an error"])
def echoing(request: pytest.FixtureRequest, server: Server) -> None:
    """A proxy that sends the request's headers back."""

    def answer(asked: Request) -> Answer:
        token, signature = asked.headers["x-amz-security-token"], asked.headers["authorization"]
        echo = f"You sent {token} and {signature}"
        return {
            "error": Answer({"message": echo, "more": [echo]}, 403),
            "header of an error": Answer({"message": "no"}, 403, {"x-echo": token}),
            "page": Answer(f"<html>{echo}</html>".encode()),
            "field": Answer({**ROUTE, "target": [echo, {echo: echo}]}),
            "text of an error": Answer(echo.encode(), 403),
        }[request.param]

    server.prepare(then=answer)


@pytest.mark.usefixtures("echoing")
def test_no_error_has_the_token_or_signature_of_the_request(gateway: apigw2.ApiGatewayV2) -> None:
    with pytest.raises(apigw2.Apigw2Error) as caught:
        gateway.api("a1").get_route("r1")
    error: Any = caught.value
    shown = f"{error} {error!r} {error.args} {vars(error)} {error.__cause__!r}"
    assert TOKEN not in shown
    assert "Signature=" not in shown


@pytest.mark.parametrize("depth", [700, 5_000, 100_000])
def test_an_error_that_is_nested_too_deeply_has_no_secrets(
    depth: int, gateway: apigw2.ApiGatewayV2, server: Server
) -> None:
    def answer(asked: Request) -> Answer:
        token = asked.headers["x-amz-security-token"].encode()
        deep = b"[" * depth + b'"' + token + b'"' + b"]" * depth
        return Answer(b'{"message": "no", "more": ' + deep + b"}", 403)

    server.prepare(then=answer)
    with pytest.raises(apigw2.Apigw2Error) as caught:
        gateway.api("a1").get_route("r1")
    error: Any = caught.value
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert TOKEN not in f"{error} {error!r} {vars(error)}"


@pytest.mark.parametrize("depth", [700, 5_000])
def test_a_value_that_is_nested_too_deeply_is_an_error(
    depth: int, gateway: apigw2.ApiGatewayV2, server: Server
) -> None:
    deep = b"[" * depth + b"]" * depth
    server.prepare([Answer(b'{"routeId": "r1", "routeKey": ' + deep + b"}")])
    with pytest.raises(apigw2.ResponseShapeError):
        gateway.api("a1").get_route("r1")


def test_a_value_that_botocores_parser_cannot_read_is_an_error(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    gateway = apigw2.ApiGatewayV2(client=client(server))
    server.prepare([Answer({**ROUTE, "requestModels": ["no object"]})])
    with (
        caplog.at_level(logging.DEBUG, "botocore.parsers"),  # botocore gets the body as well
        pytest.raises(apigw2.ResponseShapeError, match="a response that botocore can parse"),
    ):
        gateway.api("a1").get_route("r1")


def test_a_web_page_is_reported_even_if_a_handler_fails_on_it(
    gateway: apigw2.ApiGatewayV2, server: Server
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError

    server.prepare([Answer(PAGE)])
    gateway.client.meta.events.register("after-call.apigatewayv2", fail)
    with pytest.raises(apigw2.ResponseShapeError):
        gateway.get_api("a1")


def test_an_error_of_the_callers_event_handler_is_raised_unchanged(
    gateway: apigw2.ApiGatewayV2, server: Server
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError

    server.prepare(then=Answer(API))
    gateway.client.meta.events.register("after-call.apigatewayv2", fail)
    with pytest.raises(RuntimeError):
        gateway.get_api("a1")
