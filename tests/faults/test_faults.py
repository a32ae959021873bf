"""Every fault, in every operation, ends in the documented error or in success."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import attrs
import pytest
from botocore.exceptions import ClientError

import apigw2
from apigw2._objects.names import lower_first
from tests.faults.client import ATTEMPTS, Faulty
from tests.faults.faults import FAULTS, Fault, is_create, readable, without_result
from tests.faults.secrets import TOKEN, found, texts
from tests.support import walk
from tests.support.answers import good, good_body, wrong
from tests.support.local import notes_of
from tests.support.server import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    Note = Callable[[str, object], None]

# Number of failed attempts before a successful one.
FAILURES: Final = 2
assert FAILURES < ATTEMPTS


@attrs.frozen
class Both:
    """A patient client, and one with a short read timeout."""

    faulty: Faulty
    hasty: Faulty

    def fit_for(self, answer: Answer) -> Faulty:
        return self.hasty if answer.how == "silent" else self.faulty


@pytest.fixture
def both(faulty: Faulty, hasty: Faulty) -> Both:
    return Both(faulty, hasty)


def is_repeated(fault: Fault, operation: str) -> bool:
    if fault.harmless(operation) or operation in fault.special:
        return False
    return fault.sent == "again" or (
        fault.sent == "again if no create" and not is_create(operation)
    )


@pytest.mark.parametrize("operation", walk.OPERATIONS)
@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_lasting_fault_ends_in_the_documented_error(
    fault: Fault,
    operation: str,
    both: Both,
    records: list[logging.LogRecord],
    record_property: Note,
) -> None:
    answer = fault.answer(operation)
    client = both.fit_for(answer)
    client.server.prepare(then=answer)
    error: Exception | None = None
    if fault.harmless(operation):
        client.call(operation)
    else:
        with pytest.raises(fault.error_of(operation)) as caught:
            client.call(operation)
        error = caught.value
        assert type(error) is fault.error_of(operation)
        assert not isinstance(error, ClientError) or error.operation_name == operation
    if answer.how == "reset unread":
        assert client.server.connections == client.sent
    else:
        requests = client.received()
        assert len(requests) == client.sent
        assert all(request.headers["x-amz-security-token"] == TOKEN for request in requests)
        assert all(request.target.startswith("/v2/") for request in requests)
        assert not found(requests, texts(error, records))
    if fault.sent == "again":
        assert client.sent >= ATTEMPTS
    else:
        assert client.sent == (ATTEMPTS if is_repeated(fault, operation) else 1)
    if error is not None and is_create(operation) and fault.sent == "again if no create":
        (note,) = notes_of(error)
        assert note.startswith(f"{operation} is not retried")
        record_property("creates that may have taken effect, sent once", 1)
    record_property("faults tried", 1)
    record_property("ended in the documented error" if error else "ended in success", 1)


@pytest.mark.parametrize("operation", walk.OPERATIONS)
@pytest.mark.parametrize("fault", [f for f in FAULTS if f.sent != "once"], ids=str)
def test_a_temporary_fault_is_retried_where_that_is_safe(
    fault: Fault,
    operation: str,
    both: Both,
    records: list[logging.LogRecord],
    record_property: Note,
) -> None:
    answer = fault.answer(operation)
    client = both.fit_for(answer)
    client.server.prepare([answer] * FAILURES, good(operation))
    if is_repeated(fault, operation):
        expected = result_without_fault(both.faulty, operation)
        client.server.prepare([answer] * FAILURES, good(operation))
        assert client.call(operation) == expected
        if answer.how == "silent":  # even a good response may exceed the read timeout
            assert client.sent > FAILURES
        else:
            assert client.sent == FAILURES + 1
        assert any(operation in record.getMessage() for record in records)
        record_property("ended in success", 1)
        record_property("passed after a few tries, and ended in success", 1)
    elif fault.harmless(operation):
        client.call(operation)
        assert client.sent == 1
        record_property("ended in success", 1)
    else:
        with pytest.raises(fault.error_of(operation)):
            client.call(operation)
        assert client.sent == 1
        record_property("ended in the documented error", 1)
        record_property("creates that may have taken effect, sent once", 1)
    record_property("faults tried", 1)


def result_without_fault(client: Faulty, operation: str) -> object:
    client.server.prepare(then=good(operation))
    return client.call(operation)


@pytest.mark.parametrize("operation", walk.OPERATIONS)
def test_an_operation_without_a_fault_is_sent_once(
    operation: str, faulty: Faulty, records: list[logging.LogRecord]
) -> None:
    faulty.server.prepare(then=good(operation))
    result = faulty.call(operation, every=True)
    assert (result is None) == (walk.method(operation).hints["return"] is type(None))
    assert faulty.sent == 1
    (request,) = faulty.received()
    shown = [repr(result), repr(faulty.gateway), repr(walk.method(operation)), str(vars(faulty))]
    assert not found([request], [*texts(None, records), *shown])


@pytest.mark.parametrize(
    ("operation", "field"),
    [(o, f) for o in walk.OPERATIONS if not without_result(o) for f in good_body(o)],
)
def test_a_field_of_the_wrong_type_is_named(
    operation: str, field: str, faulty: Faulty, record_property: Note
) -> None:
    body = good_body(operation)
    faulty.server.prepare(then=Answer({**body, field: wrong(body[field])}))
    resource, method = walk.subject(operation), walk.method(operation)
    known = walk.snake(field) in resource.identity[:-1] if resource else False
    aside = method.result is not None and lower_first(method.result) != field
    if method.hints["return"] is type(None) or known or aside:
        faulty.call(operation)
        record_property("ended in success", 1)
    else:
        with pytest.raises(apigw2.ResponseShapeError) as caught:
            faulty.call(operation)
        assert caught.value.field == walk.snake(field)
        record_property("ended in the documented error", 1)
    assert faulty.sent == 1
    record_property("faults tried", 1)


@pytest.mark.parametrize("operation", [o for o in walk.OPERATIONS if not readable(o)])
def test_a_missing_field_is_tolerated_or_named(
    operation: str, faulty: Faulty, record_property: Note
) -> None:
    body = good_body(operation)
    named: list[str] = []
    for field in body:
        faulty.server.prepare(then=Answer({k: v for k, v in body.items() if k != field}))
        try:
            faulty.call(operation)
        except apigw2.ResponseShapeError as error:
            assert error.field == walk.snake(field)  # noqa: PT017 - some fields are optional
            named.append(field)
            record_property("ended in the documented error", 1)
        else:
            record_property("ended in success", 1)
        record_property("faults tried", 1)
    assert named, "at least one field is required"


@pytest.mark.parametrize("operation", walk.OPERATIONS)
def test_secrets_that_the_service_repeats_are_not_shown(
    operation: str, faulty: Faulty, records: list[logging.LogRecord], record_property: Note
) -> None:
    """The message of AWS about a wrong signature contains the canonical request."""

    def explain(status: int) -> Answer:
        echo = f"x-amz-security-token:{TOKEN}\n\nAWS4-HMAC-SHA256 Credential=AKIAFAULTS, {TOKEN}"
        message = f"The Canonical String should have been\n'GET\n/v2/apis\n{echo}\n'"
        body: object = {"message": message} if status != 400 else message.encode()
        return Answer(body, status, {"x-amzn-ErrorType": "InvalidSignatureException"})

    for status in (400, 403, 503):
        faulty.server.prepare(then=explain(status))
        with pytest.raises(
            apigw2.ServiceError, match="Canonical String should have been"
        ) as caught:
            faulty.call(operation)
        assert not found(faulty.received(), texts(caught.value, records))
        record_property("faults tried", 1)
        record_property("ended in the documented error", 1)


@pytest.mark.parametrize("secret", ["token", "authorization"])
def test_the_search_finds_each_secret_that_is_shown(secret: str, faulty: Faulty) -> None:
    """The tests above rely on this search."""
    faulty.server.prepare(then=good("GetApis"))
    faulty.call("GetApis")
    (request,) = faulty.received()
    leak = {"token": TOKEN, "authorization": request.headers["authorization"]}[secret]
    error = RuntimeError()
    error.__cause__ = ValueError(leak)
    noted = ValueError()
    noted.__dict__["__notes__"] = [leak]
    record = logging.LogRecord("apigw2", logging.DEBUG, __file__, 1, "%s", (leak,), None)
    assert found([request], texts(error, []))
    assert found([request], texts(noted, []))
    assert found([request], texts(None, [record]))
    assert not found([request], texts(ValueError("harmless"), []))


def test_redirects_are_not_followed(faulty: Faulty) -> None:
    elsewhere = {"Location": f"{faulty.server.url}/elsewhere"}
    for status in (301, 302, 303, 307, 308):
        faulty.server.prepare([Answer(status=status, headers=elsewhere)], good("GetApi"))
        with pytest.raises(apigw2.ServiceError):
            faulty.call("GetApi")
        assert faulty.server.lines == ["GET /v2/apis/api_id1"]
