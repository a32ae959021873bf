"""Authorization of requests: signatures and authorizers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from apigw2.testing._dataplane import _lambda_authorizers, _tokens
from apigw2.testing._dataplane._exchange import refusal

if TYPE_CHECKING:
    from apigw2.testing._dataplane._exchange import Exchange
    from apigw2.testing._protocol import Record

_CREDENTIAL: Final = re.compile(r"(?P<key>\w{16,128})/\d{8}/[a-z0-9-]+/execute-api/aws4_request")
_HEADER: Final = re.compile(
    r"AWS4-HMAC-SHA256\s+(?=.*\bCredential=(?P<credential>[^,\s]+))(?=.*\bSignedHeaders=)"
    r"(?=.*\bSignature=[0-9a-f]{64}\b)"
)


def authorize(exchange: Exchange) -> None:
    """Authorize a request, and record the caller's identity.

    Raises:
        Refusal: The request is rejected: 401 without an identity, 403 if the caller is not
            authorized, 500 if the authorizer failed.
    """
    kind = exchange.route["AuthorizationType"]
    if kind == "AWS_IAM":
        _require_signature(exchange)
    elif kind != "NONE":
        authorizer = exchange.snapshot.authorizers[exchange.route["AuthorizerId"]]
        if kind == "JWT":
            _tokens.check(exchange, authorizer, _identity(exchange, authorizer)[0])
        else:
            _lambda_authorizers.ask(exchange, authorizer, _identity(exchange, authorizer))


def _identity(exchange: Exchange, authorizer: Record) -> list[str]:
    """The values of the identity sources, which are all required."""
    values: list[str] = []
    for source in authorizer["IdentitySource"]:
        value = exchange.evaluate(source)
        if not value:
            headers = (
                {"www-authenticate": "Bearer"} if authorizer["AuthorizerType"] == "JWT" else None
            )
            raise refusal(401, "Unauthorized", f"the request has no {source}", headers)
        values.append(value)
    return values


def _require_signature(exchange: Exchange) -> None:
    """Require a well-formed Signature Version 4, in the header or in the query.

    The signature is not verified, because the gateway has no secret keys.
    """
    header = _HEADER.match(exchange.request.headers.get("authorization", ""))
    if header is not None:
        credential = header["credential"]
    else:
        query = exchange.request.query
        credential = query.get("X-Amz-Credential", [""])[0] if "X-Amz-Signature" in query else ""
    found = _CREDENTIAL.fullmatch(unquote(credential))
    if found is None:
        reason = "the request is not signed with Signature Version 4 for the service execute-api"
        raise refusal(403, "Forbidden", reason)
    key, account = found["key"], exchange.account_id
    user = f"AIDA{key[4:]}"
    arn = f"arn:aws:iam::{account}:user/{key}"
    # The names are those in aws/aws-lambda-go, `apigw-v2-request-iam.json`.
    exchange.authorizer = (
        {
            "iam": {
                "accessKey": key,
                "accountId": account,
                "callerId": user,
                "cognitoIdentity": None,
                "principalOrgId": None,
                "userArn": arn,
                "userId": user,
            }
        },
        None,
    )
    exchange.identity = {
        "accessKey": key, "accountId": account, "caller": user, "user": user, "userArn": arn,
    }  # fmt: skip
