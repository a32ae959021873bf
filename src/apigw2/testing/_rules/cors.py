"""Validation and normalization of CORS configurations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apigw2.testing._errors import bad_request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from apigw2.testing._protocol import Record

# terraform-provider-aws, TestAccAPIGatewayV2API_cors; go-to-k/cdk-real-drift, its recorded API.
_STORED: Final[Mapping[str, Callable[[str], str]]] = {
    "AllowHeaders": str.lower,
    "AllowMethods": str.upper,
    "AllowOrigins": str,
    "ExposeHeaders": str.lower,
}


def stored(cors: Record) -> Record:
    """A CORS configuration as the service stores it: normalized, with every list present.

    Raises:
        ApiError: Credentials are allowed for any origin (aws/aws-cdk#9076), or a method is ANY
            (aws/aws-cdk#10230).
    """
    record = {**cors, **{name: list(map(as_, cors.get(name, ()))) for name, as_ in _STORED.items()}}
    if record.get("AllowCredentials") and "*" in record["AllowOrigins"]:
        raise bad_request("allow-credentials is not supported if 'allow-origin' is *")
    if "ANY" in record["AllowMethods"]:
        raise bad_request("Method ANY is not supported")
    return record
