"""A result has exactly the data of the response."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.awsrequest import AWSResponse, HeadersDict
from hypothesis import given, settings
from hypothesis import strategies as st

import apigw2
from apigw2._objects.names import wire_name
from apigw2._objects.references import Reference, identity_of, own_id
from apigw2._objects.snapshots import Snapshot
from tests.model import checks
from tests.model.bodies import NOTHING, OBJECTS, STREAMS, dicts, output, responses
from tests.support import walk
from tests.support.calls import call, raw
from tests.support.server import Answer
from tests.support.strategies import as_boto3, sample_parameters, wire_sample, with_own_id

if TYPE_CHECKING:
    from tests.support.wire import Service


def expected_result(operation: str, body: dict[str, Any]) -> object:
    """The result that an operation must return for a body, in boto3's form."""
    whole = as_boto3(output(operation), body)
    pages, result = walk.pages(operation), walk.method(operation).result
    member = pages[0] if pages else result
    return whole if member is None else whole.get(member, {})


@pytest.mark.parametrize("operation", OBJECTS)
@settings(max_examples=25)
@given(data=st.data())
def test_a_result_has_the_data_of_the_response(
    service: Service, operation: str, data: st.DataObject
) -> None:
    parameters, body = sample_parameters(operation), data.draw(responses(operation))
    service.answer(Answer(body), Answer(body))
    result = call(service, operation, parameters)
    assert dicts(operation, result) == expected_result(operation, body)
    # boto3 returns the same, without the fields that it does not know.
    assert raw(service, operation, parameters) == as_boto3(output(operation), body, unknown=False)


@pytest.mark.parametrize("operation", OBJECTS)
@settings(max_examples=5)
@given(data=st.data())
def test_a_result_from_boto3s_dict_equals_one_from_the_wire(
    service: Service, operation: str, data: st.DataObject
) -> None:
    # A Stubber or a test double returns boto3's dicts, and there is no JSON.
    parameters, body = sample_parameters(operation), data.draw(responses(operation))
    service.answer(Answer(body))
    expected = call(service, operation, parameters)

    def stub(**_: object) -> tuple[AWSResponse, dict[str, Any]]:
        no_raw: Any = None
        no_headers: Any = HeadersDict()
        answer = AWSResponse("https://service.test", 200, no_headers, no_raw)
        return answer, as_boto3(output(operation), body)

    events = service.client.meta.events
    events.register("before-call.apigatewayv2", stub)
    try:
        assert call(service, operation, parameters) == expected
    finally:
        events.unregister("before-call.apigatewayv2", stub)


@pytest.mark.parametrize("operation", NOTHING)
def test_operations_without_output_return_nothing(service: Service, operation: str) -> None:
    # A delete returns that the object existed.
    expected = True if walk.method(operation).name == "delete" else None
    service.answer(Answer({"newField": 1}), Answer(b"", status=204))
    assert call(service, operation, sample_parameters(operation)) is expected
    assert call(service, operation, sample_parameters(operation)) is expected


@pytest.mark.parametrize("operation", STREAMS)
@pytest.mark.parametrize("text", ['{"openapi": "3.0.1"}', "openapi: 3.0.1\ntitle: größe\n"])
def test_a_streamed_document_is_its_text(service: Service, operation: str, text: str) -> None:
    service.answer(Answer(text.encode()))
    assert call(service, operation, sample_parameters(operation)) == text


@pytest.mark.parametrize("operation", STREAMS)
@pytest.mark.parametrize("cut_off", [b"", "größe".encode()[:3]], ids=len)
def test_an_empty_or_incomplete_document_is_an_error(
    service: Service, operation: str, cut_off: bytes
) -> None:
    service.answer(Answer(cut_off))
    with pytest.raises(apigw2.ResponseShapeError, match=rf"{operation}.*body"):
        call(service, operation, sample_parameters(operation))


def test_every_operation_has_a_test_of_its_response() -> None:
    assert sorted([*NOTHING, *STREAMS, *OBJECTS]) == sorted(checks.AGREEING)


@pytest.mark.parametrize("operation", OBJECTS)
def test_a_result_has_its_class_its_parents_ids_and_a_connection(
    service: Service, operation: str
) -> None:
    hint = walk.method(operation).hints["return"]
    cls = walk.listed(hint) or hint
    parameters = sample_parameters(operation)
    shape = (walk.pages(operation) or ("", output(operation)))[1]
    item = wire_sample(shape)
    body = (
        {walk.wire_name(operation, pages[0]): [item]}
        if (pages := walk.pages(operation))
        else with_own_id(operation, item)
    )
    service.answer(Answer(body))
    result: Any = call(service, operation, parameters)
    (made,) = result if pages else (result,)
    if isinstance(made, Snapshot):
        assert isinstance(made, Reference)
        assert type(made) is cls
        for parent in identity_of(cls)[:-1]:
            assert getattr(made, parent) == f"{parent}1"
        service.answer(Answer({**item, wire_name(identity_of(cls)[-1]): own_id(made)}))
        if not type(made).__name__.endswith("Summary"):
            assert own_id(getattr(made, "get")()) == own_id(made)  # noqa: B009  # Snapshot has no get
