"""botocore's errors as the library's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from apigw2 import errors
from apigw2._service.conflicts import (
    hint,
    is_quota_exceeded,
    kind_of_bad_request,
    kind_of_conflict,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.exceptions import ClientError

_BY_CODE: Final[Mapping[str, type[errors.ServiceError]]] = {
    "AccessDeniedException": errors.AccessDeniedError,
    "BadRequestException": errors.BadRequestError,
    "ConflictException": errors.ConflictError,
    "NotFoundException": errors.NotFoundError,
    "TooManyRequestsException": errors.TooManyRequestsError,
}


def map_error(error: ClientError, operation: str, resource: str) -> errors.ServiceError:
    """Return the library's error for one of botocore's.

    Args:
        error: botocore's error.
        operation: AWS's name of the operation.
        resource: The object that the call is made on, for the message.
    """
    response: Mapping[str, Any] = error.response
    details = response.get("Error", {})
    message = str(details.get("Message", ""))
    kind = _BY_CODE.get(details.get("Code", ""), errors.ServiceError)
    if is_quota_exceeded(message):
        kind = errors.QuotaExceededError
    elif kind is errors.ConflictError:
        kind = kind_of_conflict(message)
    elif kind is errors.BadRequestError:
        kind = kind_of_bad_request(message)
    mapped = kind(response, operation, resource)
    for note in (*getattr(error, "__notes__", ()), hint(message)):
        if note is not None:
            add_note(mapped, note)
    return mapped


def add_note(error: BaseException, note: str) -> None:
    """Add a note to an error, as `BaseException.add_note` does from CPython 3.11 on."""
    error.__dict__.setdefault("__notes__", []).append(note)
