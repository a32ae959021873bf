"""The meaning of error messages whose codes are ambiguous.

The service has one code, `ConflictException`, for three different situations, and several codes for
a quota that is used up. Delete operations return `ConflictException` too, although the service
model does not list it for them. Only the message distinguishes the situations. A comment at each
pattern has the message, and the public report in which it was seen.
"""

from __future__ import annotations

import re
from typing import Final

from apigw2 import errors

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

_AS_BAD_REQUEST: Final[tuple[tuple[str, type[errors.ConflictError]], ...]] = (
    # "Deleting API x failed. Please remove all API mappings for the API from your custom domain
    # names." (gruntwork-io/cloud-nuke#370), "Cannot delete vpc link. Vpc link 'x', is referenced in
    # [...]" (terraform-provider-aws#12195), and deployments as above.
    (
        (
            r"(?i)remove all (api|base path) mappings|must be moved or deleted"
            r"|cannot delete .*referenced"
        ),
        errors.ResourceInUseError,
    ),
    # "Authorizer name must be unique. Authorizer x already exists in this RestApi" (aws-cdk#20170)
    (r"(?i)must be unique.*already exists", errors.AlreadyExistsError),
)


def kind_of_conflict(message: str) -> type[errors.ConflictError]:
    """Return the error class of a `ConflictException`; the plain one for an unknown message."""
    return next(
        (kind for pattern, kind in _BY_MESSAGE if re.search(pattern, message)),
        errors.ConflictError,
    )


def kind_of_bad_request(message: str) -> type[errors.ServiceError]:
    """Return the error class of a `BadRequestException`: some of them are conflicts."""
    return next(
        (kind for pattern, kind in _AS_BAD_REQUEST if re.search(pattern, message)),
        errors.BadRequestError,
    )


# "Maximum number of Authorizers for this API has been reached. Please contact AWS if you need
# additional Authorizers.", 429 with ConflictException (sst#4522), the same of integrations;
# "There are too many Vpc Links defined for this account. Limit is 10", 400
# (terraform-provider-aws PR#40500)
_QUOTA: Final = r"(?i)maximum number of .*(reached|exceeded)|too many .*(defined|limit is \d)"


def is_quota_exceeded(message: str) -> bool:
    """Whether an error of any code means that a quota on the number of objects is used up."""
    return re.search(_QUOTA, message) is not None


_HINTS: Final[tuple[tuple[str, str], ...]] = (
    # aws-cdk#33977
    (
        r"(?i)cloudwatch logs role arn must be set",
        (
            "WebSocket APIs write logs with a role of the account: set it once for the region with "
            "boto3.client('apigateway').update_account(patchOperations=[{'op': 'replace', "
            "'path': '/cloudwatchRoleArn', 'value': role_arn}])"
        ),
    ),
    # The developer guide on logging of HTTP APIs
    (
        r"(?i)policy document length breaking cloudwatch logs constraints",
        (
            "the resource policy of CloudWatch Logs is full: log groups whose names start with "
            "/aws/vendedlogs/ need no statement in it"
        ),
    ),
)


def hint(message: str) -> str | None:
    """Return what helps against an error whose message does not say it."""
    return next((text for pattern, text in _HINTS if re.search(pattern, message)), None)
