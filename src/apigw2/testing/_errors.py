"""The errors of the service, as exceptions inside the local gateway.

The wording matters: clients distinguish the meanings of a 409 by it. Where AWS's wording is known,
a comment beside the message names the report; all other messages are ours.
"""

from __future__ import annotations

from typing import Final

CONCURRENT_MODIFICATION: Final = (
    "Unable to complete operation due to concurrent modification. Please try again later."
)
"""Seen in hashicorp/terraform-provider-aws#18018 and #40575."""


class Dropped(Exception):  # noqa: N818  # no error, but what a test asked for
    """The connection is to end without an answer."""


class ApiError(Exception):
    """An error that the service answers with.

    Attributes:
        code: The name of the error's shape in the service model, such as `NotFoundException`.
        message: What it says.
        status: The HTTP status, where it is not the one that the service model gives the shape.
        members: Further members of the error's shape, such as `LimitType`.
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
    """The request itself is wrong (400)."""
    return ApiError("BadRequestException", message)


def conflict(message: str) -> ApiError:
    """The request does not fit the state of things (409)."""
    return ApiError("ConflictException", message)


def not_found(message: str) -> ApiError:
    """What the request names is not there (404)."""
    return ApiError("NotFoundException", message)


def violation(path: str, constraint: str) -> ApiError:
    """A value breaks a constraint of the service model (400)."""
    return bad_request(
        f"1 validation error detected: Value at '{path}' failed to satisfy constraint: {constraint}"
    )


def quota_exceeded(noun: str, quota: int) -> ApiError:
    """There are as many as the quota allows."""
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
