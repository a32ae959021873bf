"""The account and region in the signature of a request."""

from __future__ import annotations

import pytest

from apigw2.testing import Request
from apigw2.testing._signature import signed_for

SIGNED = "AWS4-HMAC-SHA256 Credential={}/20260101/{}/apigateway/aws4_request, SignedHeaders=host"


PRESIGNED = "AKIA%2F20260101%2Feu-west-1%2Fapigateway%2Faws4_request"


DEFAULT = ("123456789012", "us-east-1")


@pytest.mark.parametrize(
    ("authorization", "query", "scope"),
    [
        (SIGNED.format("AKIA", "eu-west-1"), "", ("123456789012", "eu-west-1")),
        (SIGNED.format("210987654321", "eu-west-1"), "", ("210987654321", "eu-west-1")),
        ("", f"X-Amz-Credential={PRESIGNED}", ("123456789012", "eu-west-1")),
        ("", "X-Amz-Credential=nonsense", DEFAULT),
        ("Bearer abc", "", DEFAULT),
        ("AWS4-HMAC-SHA256 Credential=AKIA", "", DEFAULT),
        (SIGNED.format("AKIA", "../../etc"), "", DEFAULT),
        (SIGNED.format("٢" * 12, "eu-west-1"), "", ("123456789012", "eu-west-1")),
        ("", "", DEFAULT),
    ],
)
def test_the_scope_is_read_from_the_signature(
    authorization: str, query: str, scope: tuple[str, str]
) -> None:
    headers = {"authorization": authorization}
    request = Request(method="GET", path="/v2/apis", raw_query=query, headers=headers)

    assert signed_for(request, DEFAULT) == scope
