"""Every error that the library raises.

    Apigw2Error
      ServiceError            the service refused; also a botocore `ClientError`
        BadRequestError  NotFoundError  AccessDeniedError  TooManyRequestsError  ConflictError
      ResponseShapeError      the service answered with what cannot be the object asked for
      PreflightError          caught before a request was made; also a `ValueError`
      DetachedError           a verb of an object that no gateway stands behind

An argument of the wrong type is Python's own `TypeError`. botocore's other errors (no credentials,
no connection, a time-out) pass through untouched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "AccessDeniedError",
    "Apigw2Error",
    "BadRequestError",
    "ConflictError",
    "DetachedError",
    "NotFoundError",
    "PreflightError",
    "ResponseShapeError",
    "ServiceError",
    "TooManyRequestsError",
]


_LONGEST_VALUE: Final = 80  # of an unexpected value in a message, in characters


class Apigw2Error(Exception):
    """The base of every error of this library."""


class ServiceError(Apigw2Error, ClientError):
    """The service answered a request with an error.

    It is a botocore `ClientError` as well, so code that catches that goes on working; the original
    is `__cause__`. A code that has no class of its own arrives as a plain `ServiceError`.

    Attributes:
        response: The parsed error response, as botocore has it.
        operation_name: The operation in AWS's spelling, such as `GetRoute`.
        resource: What the call was about, such as `Route(api_id='a1b2c3', route_id='d4e5f6')`.
        code: The service's error code, such as `NotFoundException`.
        message: The service's own words.
        request_id: The id to quote to AWS support, or `None` where the answer had none.
    """

    def __init__(
        self, error_response: Mapping[str, object], operation_name: str, resource: str = ""
    ) -> None:
        """Make the error from botocore's parsed response."""
        response = cast("Any", error_response)
        super().__init__(response, operation_name)
        details: Mapping[str, object] = response.get("Error", {})
        metadata: Mapping[str, object] = response.get("ResponseMetadata", {})
        request_id = metadata.get("RequestId")
        self.resource = resource
        self.code = str(details.get("Code", ""))
        self.message = str(details.get("Message", ""))
        self.request_id = None if request_id is None else str(request_id)

    def __str__(self) -> str:
        """The service's words, the operation, and what the call was about."""
        return f"{super().__str__()} [{self.resource}]" if self.resource else super().__str__()

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by the constructor's arguments, and keep what was set later (notes)."""
        return (
            type(self),
            (self.response, self.operation_name, self.resource),
            self.__dict__,
        )


class BadRequestError(ServiceError):
    """400 `BadRequestException`: a parameter is missing, wrong, or not for this kind of API."""


class AccessDeniedError(ServiceError):
    """403 `AccessDeniedException`: the caller may not do this (portals and domain names)."""


class NotFoundError(ServiceError):
    """404 `NotFoundException`: the object, or one that it refers to, does not exist."""


class ConflictError(ServiceError):
    """409 `ConflictException`: in use, already there, or changed by somebody else right now."""


class TooManyRequestsError(ServiceError):
    """429 `TooManyRequestsException`: over the quota of requests.

    One account shares 10 control-plane requests a second, in bursts of up to 40.
    """


class ResponseShapeError(Apigw2Error):
    """The service answered with something that cannot be the object that was asked for.

    Attributes:
        operation_name: The operation in AWS's spelling, such as `GetRoute`.
        field: Where in the response, such as `route_key` or `items[3].tags['owner']`.
        expected: What should have been there, in words.
        value: What was there; `None` where nothing was.
    """

    def __init__(self, operation_name: str, field: str, expected: str, value: object) -> None:
        """Make the error from what it says."""
        super().__init__(operation_name, field, expected, value)
        self.operation_name = operation_name
        self.field = field
        self.expected = expected
        self.value = value

    def __str__(self) -> str:
        """Operation, field and value; a long value is cut."""
        shown = repr(self.value)
        if len(shown) > _LONGEST_VALUE:
            shown = f"{shown[:_LONGEST_VALUE]}..."
        return (
            f"{self.operation_name}: unusable response: "
            f"{self.field or 'the body'}: expected {self.expected}, got {shown}"
        )


class PreflightError(Apigw2Error, ValueError):
    """A call that cannot succeed, caught before a request was made."""


class DetachedError(Apigw2Error, RuntimeError):
    """A verb of an object that no gateway stands behind.

    Objects that were unpickled, or made by hand, have their data but no client.
    `gateway.attach(obj)` gives one that can make requests.
    """
