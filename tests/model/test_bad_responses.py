"""A response that is not the expected object is an error with operation, field and value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2
from tests.model.bad_input import wrong_wires
from tests.model.bodies import OBJECTS, always, output
from tests.support import walk
from tests.support.calls import call
from tests.support.server import Answer
from tests.support.strategies import sample_parameters, wire_sample, with_own_id

if TYPE_CHECKING:
    from tests.support.wire import Service


def failure(service: Service, operation: str, body: object) -> apigw2.ResponseShapeError:
    service.answer(Answer(body))
    with pytest.raises(apigw2.ResponseShapeError) as caught:
        call(service, operation, sample_parameters(operation))
    error = caught.value
    assert error.operation_name == operation
    assert all(part in str(error) for part in (operation, error.field))
    return error


@pytest.mark.parametrize("operation", [name for name in OBJECTS if walk.subject(name)])
def test_a_missing_field_of_a_response_is_named(service: Service, operation: str) -> None:
    pages = walk.pages(operation)
    shape = pages[1] if pages else output(operation)
    prefix = f"{walk.snake(pages[0])}[0]." if pages else ""
    whole = with_own_id(operation, wire_sample(shape))
    for member in always(operation):
        key = str(shape.members[member].serialization["name"])
        without = {name: value for name, value in whole.items() if name != key}
        for part in (without, {**without, key: None}):
            body = {walk.wire_name(operation, pages[0]): [part]} if pages else part
            error = failure(service, operation, body)
            assert (error.field, error.value) == (f"{prefix}{walk.snake(member)}", None)


@pytest.mark.parametrize("operation", OBJECTS)
def test_a_field_of_the_wrong_type_is_named_with_its_path(service: Service, operation: str) -> None:
    result = walk.method(operation).result
    for wrong in wrong_wires(output(operation), ""):
        top = wrong.path.partition(".")[0].partition("[")[0]
        if not top or (result and walk.subject(operation) is None and top != walk.snake(result)):
            continue  # the whole body, or a member that the method does not return
        error = failure(service, operation, wrong.make())
        assert (error.field, error.value) == (wrong.path, wrong.bad)


@pytest.mark.parametrize("operation", OBJECTS)
@pytest.mark.parametrize("body", [[], "text", 5], ids=repr)
def test_a_body_that_is_not_an_object_is_an_error(
    service: Service, operation: str, body: object
) -> None:
    assert failure(service, operation, body).value == body
