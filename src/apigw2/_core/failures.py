"""Which of our errors an error of the service is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from apigw2 import errors

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

# What the service says when it refuses for a conflict, as seen in public reports. It has one code
# for all of them, and the model lists it for no Delete operation, though Delete answers with it.
_BY_MESSAGE: Final[tuple[tuple[str, type[errors.ConflictError]], ...]] = (
    # "Unable to complete operation due to concurrent modification. Please try again later."
    # (terraform-provider-aws#18018, #37897, #40575)
    (r"(?i)concurrent modification|try again later", errors.ConcurrentModificationError),
    # "Cannot delete Integration because it is referenced by the following Routes" and their ids
    # (milliHQ/terraform-aws-next-js#247); "Active stages pointing to this deployment must be
    # moved or deleted" (terraform-provider-aws#19805)
    (
        r"(?i)referenced|in use|pointing to|must be moved or deleted|associated with",
        errors.ResourceInUseError,
    ),
    # "ApiMapping key already exists for this domain name" (aws-cdk#22660), "The domain name you
    # provided already exists" (cloudformation-coverage-roadmap#1151)
    (r"(?i)already exists?|already taken", errors.AlreadyExistsError),
)

# Some come as BadRequestException: "Deleting API x failed. Please remove all API mappings for the
# API from your custom domain names." (gruntwork-io/cloud-nuke#370), "Cannot delete vpc link. Vpc
# link 'x', is referenced in [...]" (terraform-provider-aws#12195), and deployments as above.
_IN_USE_AS_BAD_REQUEST: Final = (
    r"(?i)remove all (api|base path) mappings|must be moved or deleted|cannot delete .*referenced"
)


def typed(error: ClientError, operation: str, resource: str) -> errors.ServiceError:
    """The error of the library that stands for one of botocore's."""
    response: Mapping[str, Any] = error.response
    details = response.get("Error", {})
    message = str(details.get("Message", ""))
    kind = _BY_CODE.get(details.get("Code", ""), errors.ServiceError)
    if kind is errors.ConflictError:
        kind = next((k for pattern, k in _BY_MESSAGE if re.search(pattern, message)), kind)
    elif kind is errors.BadRequestError and re.search(_IN_USE_AS_BAD_REQUEST, message):
        kind = errors.ResourceInUseError
    made = kind(response, operation, resource)
    for note in getattr(error, "__notes__", ()):
        add_note(made, note)
    return made


def add_note(error: BaseException, note: str) -> None:
    """`BaseException.add_note`, which CPython has from 3.11 on."""
    error.__dict__.setdefault("__notes__", []).append(note)
