"""The table of faults and of their expected outcomes."""

from __future__ import annotations

import inspect
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

import attrs
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError, ResponseStreamingError
from botocore.httpsession import URLLib3Session

import apigw2
from tests.support import walk
from tests.support.answers import LISTS, good, good_body, wrong
from tests.support.server import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Number of requests after a fault: one; as many as the settings allow; or one for a create, which
# may have taken effect, and as many as the settings allow for other operations.
Sent = Literal["once", "again", "again if no create"]


@attrs.frozen
class Fault:
    """A fault and its outcome.

    Attributes:
        name: The name.
        answer: Maps an operation to the response of the server.
        error: The class of the error if the fault persists; subclasses do not count.
        sent: How often the request is sent.
        harmless: Whether an operation succeeds despite the fault.
        special: Errors of single operations instead of `error`.
    """

    name: str
    answer: Callable[[str], Answer]
    error: type[Exception]
    sent: Sent
    harmless: Callable[[str], bool] = lambda _: False
    special: Mapping[str, type[Exception]] = MappingProxyType({})

    def error_of(self, operation: str) -> type[Exception]:
        return self.special.get(operation, self.error)

    def __str__(self) -> str:
        return self.name.replace(" ", "-")


def is_create(operation: str) -> bool:
    """Whether executing an operation twice creates two objects."""
    return operation.startswith("Create") or operation == "ImportApi"


def no_output(operation: str) -> bool:
    """Whether the operation has no output."""
    return not walk.outputs(operation)


def no_body(operation: str) -> bool:
    """Whether a valid response has no body."""
    return not good(operation).content


def without_result(operation: str) -> bool:
    """Whether no field of the response is read: it has no output, or is a document."""
    return no_output(operation) or operation == "ExportApi"


def readable(operation: str) -> bool:
    """Whether an empty object is a valid response, such as an empty list."""
    return without_result(operation) or operation in (*LISTS, *_ALL_OPTIONAL)


# Operations whose result has no required field.
_ALL_OPTIONAL: Final = ("GetTags", "DeleteVpcLink", "PublishPortal", "PreviewPortal")


def _error(code: str, message: str, status: int) -> Answer:
    return Answer({"message": message}, status, {"x-amzn-ErrorType": code})


def _conflict(message: str) -> Callable[[str], Answer]:
    return lambda _: _error("ConflictException", message, 409)


def _always(answer: Answer) -> Callable[[str], Answer]:
    return lambda _: answer


def _half(operation: str) -> Answer:
    content = good(operation).content
    return attrs.evolve(good(operation), body=content[: len(content) // 2])


def _of_wrong_types(operation: str) -> Answer:
    if without_result(operation):
        return good(operation)
    body = {name: wrong(value) for name, value in good_body(operation).items()}
    return attrs.evolve(good(operation), body=body)


_PAGE: Final = b"<html><head><title>Proxy</title></head><body>Sign in first.</body></html>"
_HTML: Final = {"Content-Type": "text/html"}
_SHAPE: Final = apigw2.ResponseShapeError
_DEEP: Final = b"[" * 200_000
# Older versions of botocore compare the length of the body with Content-Length.
_COUNTS_BYTES: Final = "enforce_content_length=False" not in inspect.getsource(URLLib3Session)

FAULTS: Final = (
    # --- errors of the service
    Fault(
        "429",
        _always(_error("TooManyRequestsException", "Too Many Requests", 429)),
        apigw2.TooManyRequestsError,
        "again",
    ),
    Fault(
        "409 concurrent modification",
        _conflict(
            "Unable to complete operation due to concurrent modification. Please try again later."
        ),
        apigw2.ConcurrentModificationError,
        "again",
    ),
    Fault(
        "409 in use",
        _conflict("Cannot delete Integration because it is referenced by the following Routes"),
        apigw2.ResourceInUseError,
        "once",
    ),
    Fault(
        "409 already exists",
        _conflict("ApiMapping key already exists for this domain name"),
        apigw2.AlreadyExistsError,
        "once",
    ),
    Fault("409 of another kind", _conflict("No."), apigw2.ConflictError, "once"),
    Fault(
        "400",
        _always(_error("BadRequestException", "Invalid value", 400)),
        apigw2.BadRequestError,
        "once",
    ),
    Fault(
        "403",
        _always(_error("AccessDeniedException", "User is not authorized", 403)),
        apigw2.AccessDeniedError,
        "once",
    ),
    Fault(
        "404",
        _always(_error("NotFoundException", "Invalid identifier specified", 404)),
        apigw2.NotFoundError,
        "once",
    ),
    Fault(
        "418 with an unknown code",
        _always(_error("TeapotException", "short and stout", 418)),
        apigw2.ServiceError,
        "once",
    ),
    # --- server errors of the service or of a proxy
    Fault(
        "500",
        _always(_error("InternalServerException", "Internal server error", 500)),
        apigw2.ServiceError,
        "again if no create",
    ),
    Fault(
        "500 without body", _always(Answer(status=500)), apigw2.ServiceError, "again if no create"
    ),
    Fault(
        "502 with HTML",
        _always(Answer(_PAGE, 502, _HTML)),
        apigw2.ServiceError,
        "again if no create",
    ),
    Fault(
        "503",
        _always(_error("ServiceUnavailableException", "Try later", 503)),
        apigw2.ServiceError,
        "again if no create",
    ),
    Fault(
        "504 with HTML",
        _always(Answer(_PAGE, 504, _HTML)),
        apigw2.ServiceError,
        "again if no create",
    ),
    # --- the connection
    Fault(
        "reset before the request is read",
        _always(Answer(how="reset unread")),
        ConnectionClosedError,
        "again if no create",
    ),
    Fault(
        "cut off without an answer",
        _always(Answer(how="no answer")),
        ConnectionClosedError,
        "again if no create",
    ),
    Fault(
        "cut off in the status line",
        _always(Answer(how="cut status")),
        ConnectionClosedError,
        "again if no create",
    ),
    Fault(
        "not HTTP",
        _always(Answer(b"SSH-2.0-x\r\n", how="no HTTP")),
        ConnectionClosedError,
        "again if no create",
    ),
    Fault(
        "no answer in time",
        _always(Answer(how="silent")),
        ReadTimeoutError,
        "again if no create",
    ),
    # --- unusable responses
    # Python's HTTP client accepts headers that are cut off.
    Fault("cut off in the headers", _always(Answer(how="cut head")), _SHAPE, "once", no_output),
    Fault("200 with HTML", _always(Answer(_PAGE, 200, _HTML)), _SHAPE, "once"),
    Fault("200 without body", _always(Answer()), _SHAPE, "once", no_output),
    Fault("204 without body", _always(Answer(status=204)), _SHAPE, "once", no_output),
    Fault(
        "200 with invalid gzip",
        _always(Answer(b"this is not gzip", headers={"Content-Encoding": "gzip"})),
        _SHAPE,
        "once",
    ),
    Fault(
        "cut off in the body",
        lambda operation: attrs.evolve(good(operation), how="cut body"),
        ConnectionClosedError if _COUNTS_BYTES else _SHAPE,
        "again if no create" if _COUNTS_BYTES else "once",
        no_body,
        {"ExportApi": ResponseStreamingError},  # its output is a stream
    ),
    Fault("JSON cut short", _half, _SHAPE, "once", no_body),
    Fault("malformed JSON", _always(Answer(b'{"items": [}')), _SHAPE, "once"),
    Fault("deeply nested JSON", _always(Answer(_DEEP)), _SHAPE, "once"),
    Fault("a list", _always(Answer([{"apiId": "a1"}])), _SHAPE, "once"),
    Fault("a string", _always(Answer("apiId")), _SHAPE, "once"),
    Fault("a number", _always(Answer(200)), _SHAPE, "once"),
    Fault("null", _always(Answer(b"null")), _SHAPE, "once"),
    Fault("an empty object", _always(Answer({})), _SHAPE, "once", readable),
    Fault("wrong types", _of_wrong_types, _SHAPE, "once", without_result),
    Fault(
        "invalid UTF-8",
        _always(Answer(b'{"name": "\xff\xfe"}')),
        _SHAPE,
        "once",
    ),
    # --- redirects, which are not followed
    *(
        Fault(
            f"{status} with Location",
            _always(Answer(status=status, headers={"Location": "/elsewhere"})),
            apigw2.ServiceError,
            "once",
        )
        for status in (301, 302, 303, 307, 308)
    ),
    # --- malformed errors
    Fault("400 with a list", _always(Answer(["no"], 400)), apigw2.ServiceError, "once"),
    Fault("400 with null", _always(Answer(b"null", 400)), apigw2.ServiceError, "once"),
    Fault("400 with HTML", _always(Answer(_PAGE, 400, _HTML)), apigw2.ServiceError, "once"),
    Fault("400 without body", _always(Answer(status=400)), apigw2.ServiceError, "once"),
    Fault("400 with invalid UTF-8", _always(Answer(b"\xff\xfe", 400)), apigw2.ServiceError, "once"),
    Fault("400 with deeply nested JSON", _always(Answer(_DEEP, 400)), apigw2.ServiceError, "once"),
    Fault(
        "400 with wrong types",
        _always(Answer({"__type": 5, "code": ["x"], "message": {"a": 1}}, 400)),
        apigw2.ServiceError,
        "once",
    ),
)
