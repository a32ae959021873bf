"""Every error of every operation has the right class, and everything that botocore's error has."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

import apigw2
import apigw2.errors
from apigw2._objects.references import identity_of
from tests.model import checks
from tests.support import walk
from tests.support.calls import call
from tests.support.server import REQUEST_ID, Answer
from tests.support.strategies import sample_parameters

if TYPE_CHECKING:
    from tests.support.wire import Service

MODELLED = [
    (operation, shape.name, int(shape.metadata["error"]["httpStatusCode"]))
    for operation in checks.AGREEING
    for shape in walk.model(operation).error_shapes
]
UNMODELLED = [
    (operation, code, status)
    for operation in checks.AGREEING
    for code, status in (("ForbiddenException", 403), ("InternalFailure", 500))
]


def expected_class(code: str) -> type[apigw2.ServiceError]:
    """`NotFoundError` for `NotFoundException`; every error of the model has a class."""
    name = f"{code.removesuffix('Exception')}Error"
    found: type[apigw2.ServiceError] | None = getattr(apigw2.errors, name, None)
    assert found, (
        f"src/apigw2/errors.py: add class {name}(ServiceError), and its code where codes are mapped"
    )
    assert issubclass(found, apigw2.ServiceError)
    return found


def caught(service: Service, operation: str, answer: Answer) -> apigw2.ServiceError:
    service.answer(answer)
    with pytest.raises(apigw2.ServiceError) as failure:
        call(service, operation, sample_parameters(operation))
    assert len(service.requests) == 1
    return failure.value


def refused(service: Service, operation: str, code: str, status: int) -> apigw2.ServiceError:
    body = {"message": f"No {operation} today", "newField": 1}
    return caught(service, operation, Answer(body, status, {"x-amzn-errortype": code}))


def check(service: Service, operation: str, code: str, error: apigw2.ServiceError) -> None:
    resource = walk.owner(operation)
    owner = service.reference(resource)
    ids = [f"{name}={getattr(owner, name)!r}" for name in identity_of(type(owner))]
    assert (error.code, error.message) == (code, f"No {operation} today")
    assert error.request_id == REQUEST_ID
    assert error.operation_name == operation
    assert error.resource == (f"{type(owner).__name__}({', '.join(ids)})" if ids else "")
    assert all(part in str(error) for part in (code, operation, error.message, error.resource))
    cause = error.__cause__
    assert isinstance(cause, ClientError)
    assert not isinstance(cause, apigw2.ServiceError)
    assert error.response == cause.response
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # made here
    assert type(again) is type(error)
    for name in ("code", "message", "request_id", "operation_name", "resource", "response"):
        assert getattr(again, name) == getattr(error, name)
    assert str(again) == str(error)


@pytest.mark.parametrize(("operation", "code", "status"), MODELLED)
def test_a_modelled_error_has_its_class(
    service: Service, operation: str, code: str, status: int
) -> None:
    error = refused(service, operation, code, status)
    assert type(error) is expected_class(code)
    check(service, operation, code, error)
    assert type(error.__cause__) is service.client.exceptions.from_code(code)


@pytest.mark.parametrize(("operation", "code", "status"), UNMODELLED)
def test_an_error_outside_the_model_is_a_service_error(
    service: Service, operation: str, code: str, status: int
) -> None:
    error = refused(service, operation, code, status)
    assert type(error) is apigw2.ServiceError
    check(service, operation, code, error)


@pytest.mark.parametrize("operation", checks.AGREEING)
def test_an_error_that_is_not_json_has_its_status_as_its_code(
    service: Service, operation: str
) -> None:
    page = b"<html><body>Bad gateway</body></html>"
    error = caught(service, operation, Answer(page, 502, {"content-type": "text/html"}))
    assert type(error) is apigw2.ServiceError
    assert error.code == "502"


@pytest.mark.parametrize("name", apigw2.errors.__all__)
def test_every_error_is_public_and_an_apigw2_error(name: str) -> None:
    cls = getattr(apigw2.errors, name)
    assert getattr(apigw2, name) is cls
    if issubclass(cls, Exception) and not issubclass(cls, Warning):
        assert issubclass(cls, apigw2.Apigw2Error)
