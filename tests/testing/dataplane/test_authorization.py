"""Routes with AWS_IAM authorization require a Signature Version 4."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.support.local_gateway import lambda_integration, route
from tests.testing.dataplane.support import ask

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client


SIGNED = (
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE123456789/20260101/us-east-1/execute-api/aws4_request, "
    f"SignedHeaders=host;x-amz-date, Signature={'0' * 64}"
)


def test_iam_authorization_needs_a_signature_for_execute_api(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    target = f"integrations/{lambda_integration(client, api_id)}"
    route(client, api_id, "GET /", Target=target, AuthorizationType="AWS_IAM")
    wrong = (None, "Bearer x", "AWS4-HMAC-SHA256 Credential=x", SIGNED.replace("execute-api", "s3"))

    answers = [ask(local, "/", authorization) for authorization in wrong]

    assert {answer.status for answer in answers} == {403}
    assert answers[0].json() == {"message": "Forbidden"}
    query = {
        "X-Amz-Signature": "0",
        "X-Amz-Credential": "AKIDEXAMPLE123456789/20260101/us-east-1/execute-api/aws4_request",
    }
    assert ask(local, f"/?{urlencode(query)}", None).status == 200


def test_an_event_has_the_identity_of_the_signer(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    """The member names are those of aws/aws-lambda-go, `apigw-v2-request-iam.json`."""
    for version in ("2.0", "1.0"):
        integration = lambda_integration(
            client, api_id, PayloadFormatVersion=version,
            RequestParameters={"append:header.who": "$context.identity.userArn"},
        )  # fmt: skip
        route(
            client, api_id, f"GET /{version}", Target=f"integrations/{integration}",
            AuthorizationType="AWS_IAM",
        )  # fmt: skip
    local.add_function("pets", lambda event, _: {"statusCode": 200, "body": json.dumps(event)})

    new = ask(local, "/2.0", SIGNED).json()
    old = ask(local, "/1.0", SIGNED).json()

    signer = new["requestContext"]["authorizer"].pop("iam")
    assert set(signer) == {
        "accessKey", "accountId", "callerId", "cognitoIdentity", "principalOrgId", "userArn",
        "userId",
    }  # fmt: skip
    assert signer["accessKey"] == "AKIDEXAMPLE123456789"
    assert signer["userId"] == "AIDAEXAMPLE123456789"
    assert signer["cognitoIdentity"] is None
    assert new["headers"]["who"] == old["headers"]["who"] == signer["userArn"]
    identity = old["requestContext"]["identity"]
    assert identity["accessKey"] == signer["accessKey"]
    assert identity["caller"] == identity["user"] == signer["userId"]
    assert "authorizer" not in old["requestContext"]
