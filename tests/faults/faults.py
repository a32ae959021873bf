"""What can go wrong, and what has to become of it: the one table."""

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

# How often a request is sent that a fault ends: once; as often as the settings allow; or, since it
# may have taken effect, once if it is a create and as often as allowed if not.
Sent = Literal["once", "again", "again if no create"]


@attrs.frozen
class Fault:
    """A row.

    Attributes:
        name: What goes wrong.
        answer: What the server does instead of a good answer to an operation.
        error: What the caller gets if it does not pass; exactly this class, not a derived one.
        sent: How often the request is sent.
        harmless: Whether an operation does not notice.
        special: Other errors than `error`, of single operations.
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
    """Whether an operation, carried out twice, makes two objects."""
    return operation.startswith("Create") or operation == "ImportApi"


def no_output(operation: str) -> bool:
    """Whether there is nothing to read in the answer."""
    return not walk.outputs(operation)


def no_body(operation: str) -> bool:
    """Whether the answer has no body at all."""
    return not good(operation).content


def without_result(operation: str) -> bool:
    """Whether no field of the answer is read: there is no output, or it is a document."""
    return no_output(operation) or operation == "ExportApi"


def readable(operation: str) -> bool:
    """Whether a JSON object without any field will do: as an empty list, or empty tags."""
    return without_result(operation) or operation in (*LISTS, *_ALL_OPTIONAL)


# Their results have no field that is always there.
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
    said = {name: wrong(value) for name, value in good_body(operation).items()}
    return attrs.evolve(good(operation), body=said)


_PAGE: Final = b"<html><head><title>Proxy</title></head><body>Sign in first.</body></html>"
_HTML: Final = {"Content-Type": "text/html"}
_SHAPE: Final = apigw2.ResponseShapeError
_DEEP: Final = b"[" * 200_000
# Older versions of botocore compare a body with its announced length; newer ones hand it on.
_COUNTS_BYTES: Final = "enforce_content_length=False" not in inspect.getsource(URLLib3Session)

FAULTS: Final = (
    # --- refusals
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
        "403 without credentials' rights",
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
        "418 with a code that nobody knows",
        _always(_error("TeapotException", "short and stout", 418)),
        apigw2.ServiceError,
        "once",
    ),
    # --- the service or a proxy in trouble
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
        "no HTTP",
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
    # --- what is no answer to this request
    # Python's HTTP client takes an end in the headers for the end of the headers.
    Fault("cut off in the headers", _always(Answer(how="cut head")), _SHAPE, "once", no_output),
    Fault("200 with HTML", _always(Answer(_PAGE, 200, _HTML)), _SHAPE, "once"),
    Fault("200 without body", _always(Answer()), _SHAPE, "once", no_output),
    Fault("204 without body", _always(Answer(status=204)), _SHAPE, "once", no_output),
    Fault(
        "200 with what is not gzip",
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
        {"ExportApi": ResponseStreamingError},  # which is not JSON, but a stream
    ),
    Fault("JSON cut short", _half, _SHAPE, "once", no_body),
    Fault("no JSON", _always(Answer(b'{"items": [}')), _SHAPE, "once"),
    Fault("bottomless JSON", _always(Answer(_DEEP)), _SHAPE, "once"),
    Fault("a list", _always(Answer([{"apiId": "a1"}])), _SHAPE, "once"),
    Fault("a string", _always(Answer("apiId")), _SHAPE, "once"),
    Fault("a number", _always(Answer(200)), _SHAPE, "once"),
    Fault("null", _always(Answer(b"null")), _SHAPE, "once"),
    Fault("an empty object", _always(Answer({})), _SHAPE, "once", readable),
    Fault("wrong types", _of_wrong_types, _SHAPE, "once", without_result),
    Fault(
        "no UTF-8",
        _always(Answer(b'{"name": "\xff\xfe"}')),
        _SHAPE,
        "once",
    ),
    # --- redirects: a signed request is not sent elsewhere
    *(
        Fault(
            f"{status} elsewhere",
            _always(Answer(status=status, headers={"Location": "/elsewhere"})),
            apigw2.ServiceError,
            "once",
        )
        for status in (301, 302, 303, 307, 308)
    ),
    # --- refusals that are wrong themselves
    Fault("400 with a list", _always(Answer(["no"], 400)), apigw2.ServiceError, "once"),
    Fault("400 with null", _always(Answer(b"null", 400)), apigw2.ServiceError, "once"),
    Fault("400 with HTML", _always(Answer(_PAGE, 400, _HTML)), apigw2.ServiceError, "once"),
    Fault("400 without body", _always(Answer(status=400)), apigw2.ServiceError, "once"),
    Fault("400 of no UTF-8", _always(Answer(b"\xff\xfe", 400)), apigw2.ServiceError, "once"),
    Fault("400, bottomless", _always(Answer(_DEEP, 400)), apigw2.ServiceError, "once"),
    Fault(
        "400 of wrong types",
        _always(Answer({"__type": 5, "code": ["x"], "message": {"a": 1}}, 400)),
        apigw2.ServiceError,
        "once",
    ),
)
