"""The account and the region that a request was signed for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from apigw2.testing._http import Request

# AWS Signature Version 4: access key id, date, region, service. The signature is not checked.
_SCOPE: Final = re.compile(r"([^/\s,=]+)/\d{8}/([a-z0-9-]{1,32})/[a-z0-9-]+/aws4_request")
_HEADER: Final = re.compile(r"AWS4-HMAC-SHA256 (?:.*[\s,])?Credential=" + _SCOPE.pattern)
ACCOUNT_ID: Final = re.compile(r"\d{12}", re.ASCII)

Scope = tuple[str, str]
"""An account id and a region name."""


def signed_for(request: Request, default: Scope) -> Scope:
    """The account and the region of a control-plane request.

    Both are read from the credential scope: in the `Authorization` header, or in the query of a
    presigned URL. An access key id of 12 digits is used as account id, as in LocalStack (its
    documentation, "Multi-account setups"); any other access key belongs to the default account.

    Args:
        request: The request.
        default: Used for a request that is not signed with Signature Version 4.
    """
    found = _HEADER.match(request.headers.get("authorization", ""))
    if found is None and "X-Amz-Credential=" in request.raw_query:
        found = _SCOPE.fullmatch(request.query.get("X-Amz-Credential", [""])[0])
    if found is None:
        return default
    account, region = found.groups()
    return (account if ACCOUNT_ID.fullmatch(account) else default[0]), region


def is_signed(request: Request) -> bool:
    """Whether a request is signed for API Gateway's data plane, by any signer."""
    header = _HEADER.match(request.headers.get("authorization", ""))
    query = request.query.get("X-Amz-Credential", [""])[0] if "X-Amz-" in request.raw_query else ""
    scope = header[0] if header is not None else query
    return scope.endswith("/execute-api/aws4_request")
