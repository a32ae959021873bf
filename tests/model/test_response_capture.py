"""Fast decoding gives the same results as botocore's parser, and hides nothing from observers."""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import apigw2
from apigw2._wire import response_capture
from tests.model import checks
from tests.model.bodies import OBJECTS, dicts, output, responses
from tests.support.calls import call
from tests.support.server import Answer
from tests.support.strategies import as_boto3, sample_parameters, wire_sample, with_own_id
from tests.support.wire import Service

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

EVENTS = ("before-parse", "response-received", "needs-retry", "after-call")


@pytest.fixture(scope="session")
def plain_service() -> Service:
    """A service whose gateway leaves responses to botocore."""
    made = Service()
    made.gateway = apigw2.ApiGatewayV2(
        client=made.client,
        retries=apigw2.Retries(deadline=0),
        preflight="off",
        fast_decoding=False,
    )
    return made


def body_of(operation: str) -> Any:  # noqa: ANN401  # JSON
    """A response with all members; a list has one item and one page."""
    body = with_own_id(operation, wire_sample(output(operation)))
    return {key: value for key, value in body.items() if key != "nextToken"}


@contextmanager
def handler(service: Service, event: str, function: Callable[..., None]) -> Generator[None]:
    events = service.client.meta.events
    events.register(f"{event}.apigatewayv2", function)
    try:
        yield
    finally:
        events.unregister(f"{event}.apigatewayv2", function)


@pytest.mark.parametrize("operation", OBJECTS)
@settings(max_examples=10)
@given(data=st.data())
def test_fast_decoding_gives_the_objects_of_botocores_parser(
    service: Service, plain_service: Service, operation: str, data: st.DataObject
) -> None:
    parameters = sample_parameters(operation)
    answer = Answer(data.draw(responses(operation, unknown=False)))
    service.answer(answer)
    plain_service.answer(answer)
    fast = call(service, operation, parameters)
    plain = call(plain_service, operation, parameters)
    assert fast == plain
    assert dicts(operation, fast) == dicts(operation, plain)


@pytest.mark.parametrize("operation", checks.AGREEING)
@pytest.mark.parametrize(
    ("code", "status", "body"),
    [
        ("NotFoundException", 404, b'{"message": "There is none."}'),
        ("ConflictException", 409, b'{"message": "It already exists."}'),
        ("", 502, b"<html>Bad Gateway</html>"),
        ("", 500, b""),
    ],
)
def test_fast_decoding_gives_the_errors_of_botocores_parser(  # noqa: PLR0917  # parameters and fixtures
    service: Service, plain_service: Service, operation: str, code: str, status: int, body: bytes
) -> None:
    answer = Answer(body, status, {"x-amzn-errortype": code} if code else {})
    caught: list[apigw2.ServiceError] = []
    for either in (service, plain_service):
        either.answer(answer)
        with pytest.raises(apigw2.ServiceError) as failure:
            call(either, operation, sample_parameters(operation))
        caught.append(failure.value)
    fast, plain = caught
    assert type(fast) is type(plain)
    assert str(fast) == str(plain)
    assert fast.response == plain.response


def test_without_fast_decoding_botocore_parses_every_response(
    service: Service, plain_service: Service
) -> None:
    answer = Answer({**body_of("GetApi"), "newField": 1})
    for either in (service, plain_service):
        either.answer(answer)
    fast = call(service, "GetApi", {"ApiId": "api_id1"})
    plain = call(plain_service, "GetApi", {"ApiId": "api_id1"})
    assert isinstance(fast, apigw2.Api)
    assert isinstance(plain, apigw2.Api)
    assert (fast.extra, plain.extra) == ({"NewField": 1}, {})


@pytest.mark.parametrize("operation", OBJECTS)
@pytest.mark.parametrize("event", EVENTS)
def test_an_event_handler_of_the_caller_receives_the_whole_response(
    service: Service, operation: str, event: str
) -> None:
    body = body_of(operation)
    seen: list[Any] = []

    def watch(**given: Any) -> None:  # noqa: ANN401  # of any event
        if event == "before-parse":
            seen.append(json.loads(given["response_dict"]["body"]))
            return
        parsed = {
            "response-received": lambda: given["parsed_response"],
            "needs-retry": lambda: given["response"][1],
            "after-call": lambda: given["parsed"],
        }[event]()
        fields = dict(parsed)
        assert fields.pop("ResponseMetadata")["HTTPStatusCode"] == 200
        seen.append(fields)

    service.answer(Answer(body), Answer(body))
    expected = call(service, operation, sample_parameters(operation))
    # The library's handler was registered first, as it is on a client that the library creates.
    with handler(service, event, watch):
        assert call(service, operation, sample_parameters(operation)) == expected
    assert seen == [body if event == "before-parse" else as_boto3(output(operation), body)]


def test_debug_logging_shows_the_body(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    body = body_of("GetApi")
    service.answer(Answer(body), Answer(body))
    expected = call(service, "GetApi", {"ApiId": "api_id1"})
    with caplog.at_level(logging.DEBUG, "botocore.parsers"):
        assert call(service, "GetApi", {"ApiId": "api_id1"}) == expected
    assert body["apiEndpoint"] in caplog.text


def observers_of(service: Service) -> Any:  # noqa: ANN401  # a private class
    search: Callable[[str], list[Any]] = attrgetter("meta.events._emitter._handlers.prefix_search")(
        service.client
    )
    found = search("before-parse.apigatewayv2.GetApi")
    ours = vars(response_capture)["_before_parse"]
    (handler,) = (each for each in found if getattr(each, "func", None) is ours)
    return handler.args[0]


def test_responses_are_read_without_botocores_private_attributes(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without botocore's private attributes every operation counts as observed, which costs only
    # time.
    body = {**body_of("GetApi"), "newField": 1}
    service.answer(Answer(body), Answer(body))
    expected = call(service, "GetApi", {"ApiId": "api_id1"})

    observers = observers_of(service)
    monkeypatch.setattr(attrgetter("_handlers")(observers), "_emitter", object())
    assert observers.any_for("GetApi")
    assert call(service, "GetApi", {"ApiId": "api_id1"}) == expected
