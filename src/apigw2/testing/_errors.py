"""The errors of the service, as exceptions inside the local gateway.

The wording matters: clients distinguish the meanings of a 409 by the message. If AWS's message is
known, a comment names the report; all other messages are invented.
"""

from __future__ import annotations

from typing import Final

CONCURRENT_MODIFICATION: Final = (
    "Unable to complete operation due to concurrent modification. Please try again later."
)
"""Seen in hashicorp/terraform-provider-aws#18018 and #40575."""


class Dropped(Exception):  # noqa: N818 - no error, but what a test asked for
    """The connection must be closed without a response."""


class ApiError(Exception):
    """An error response of the service.

    Attributes:
        code: The name of the error's shape in the service model, such as `NotFoundException`.
        message: The error message.
        status: HTTP status, if it differs from that of the shape in the service model.
        members: Further members of the error shape, such as `LimitType`.
    """

    def __init__(
        self, code: str, message: str, *, status: int | None = None, **members: str
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.members = members


def bad_request(message: str) -> ApiError:
    """The request is invalid (400)."""
    return ApiError("BadRequestException", message)


def conflict(message: str) -> ApiError:
    """The request conflicts with the current state (409)."""
    return ApiError("ConflictException", message)


def not_found(message: str) -> ApiError:
    """The resource does not exist (404)."""
    return ApiError("NotFoundException", message)


def violation(path: str, constraint: str) -> ApiError:
    """A value breaks a constraint of the service model (400)."""
    return bad_request(
        f"1 validation error detected: Value at '{path}' failed to satisfy constraint: {constraint}"
    )


def quota_exceeded(noun: str, quota: int) -> ApiError:
    """A quota on the number of resources is used up."""
    if noun == "VpcLink":
        # hashicorp/terraform-provider-aws#40500
        return bad_request(
            f"There are too many Vpc Links defined in this account. Limit is {quota}"
        )
    # Status 429 under the name of the 409 (anomalyco/sst#4522).
    return ApiError(
        "ConflictException",
        f"Maximum number of {noun}s for this API has been reached. "
        f"Please contact AWS if you need additional {noun}s.",
        status=429,
    )
