"""What a CORS configuration may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apigw2.testing._errors import bad_request

if TYPE_CHECKING:
    from apigw2.testing._protocol import Record


def check(cors: Record) -> None:
    """Refuse a CORS configuration that browsers would not accept.

    Raises:
        ApiError: Credentials are allowed from any origin (aws/aws-cdk#9076).
    """
    if cors.get("AllowCredentials") and "*" in cors.get("AllowOrigins", ()):
        raise bad_request("allowCredentials is not supported when the allowed origin is '*'")
