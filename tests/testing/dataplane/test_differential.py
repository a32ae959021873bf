"""Comparison with the tests of MiniStack for HTTP APIs; each difference has a source."""

from __future__ import annotations

from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from apigw2.testing import Delays, LocalGateway
from tests.support.local_gateway import (
    JSON,
    LAMBDA,
    always,
    http_api,
    jwt_authorizer,
    lambda_authorizer,
    lambda_integration,
    route,
    url_integration,
)
from tests.testing.backend import echo
from tests.testing.dataplane.expectations import CACHING, EXPECTATIONS, SAME, Caching, Expectation
from tests.testing.dataplane.tokens import key_set, token

if TYPE_CHECKING:
    from tests.support.local_gateway import Client

DEVIATIONS = Path(__file__).parents[3] / "docs" / "explanation" / "data-plane.md"
FALLS_BACK = "apigw_resolve_jwks_url_falls_back_when_discovery_unavailable"


def address(api_id: str, path: str, region: str = "us-east-1") -> str:
    return f"https://{api_id}.execute-api.{region}.amazonaws.com{path}"


@pytest.mark.parametrize("expected", EXPECTATIONS)
def test_a_request_has_the_expected_response(
    local: LocalGateway, client: Client, expected: Expectation
) -> None:
    def function(event: JSON, _context: JSON) -> JSON:
        return expected.result(event) if callable(expected.result) else expected.result

    local.add_function("pets", function)
    api_id = http_api(client, **expected.api)
    client.create_stage(ApiId=api_id, StageName=expected.stage, AutoDeploy=True)
    uri = expected.uri.replace("FUNCTION", LAMBDA)
    target = f"integrations/{lambda_integration(client, api_id, IntegrationUri=uri)}"
    for key in expected.keys:
        route(client, api_id, key, Target=target)

    response = local.invoke(
        expected.method,
        address(api_id, expected.path),
        headers=expected.headers,
        body=expected.body,
    )

    answer = expected.answer if expected.ours is SAME else expected.ours
    assert expected.seen(response) == answer
    assert (expected.ours is SAME) is (expected.why == "")


@pytest.mark.parametrize("expected", CACHING)
def test_an_authorizer_is_called_as_often_as_expected(
    local: LocalGateway, client: Client, expected: Caching
) -> None:
    asked: list[JSON] = []
    shown: list[JSON] = []

    def authorizer(event: JSON, _context: JSON) -> JSON:
        asked.append(event)
        return expected.says(event) if callable(expected.says) else expected.says

    def function(event: JSON, _context: JSON) -> JSON:
        shown.append(event["requestContext"]["authorizer"])
        return {"statusCode": 200}

    local.add_function("asker", authorizer)
    local.add_function("pets", function)
    api_id = http_api(client)
    members = {"AuthorizerResultTtlInSeconds": 300, **expected.members}
    given = {
        "AuthorizationType": "CUSTOM",
        "AuthorizerId": lambda_authorizer(
            client, api_id, **{name: value for name, value in members.items() if value is not None}
        ),
        "Target": f"integrations/{lambda_integration(client, api_id)}",
    }
    for path in ("/alpha", "/beta"):
        route(client, api_id, f"GET {path}", **given)
    for stage in ("test", "prod"):
        client.create_stage(ApiId=api_id, StageName=stage, AutoDeploy=True)

    statuses = [
        local.invoke("GET", address(api_id, path), headers={"Authorization": given_token}).status
        for path, given_token, _ in expected.calls
    ]

    assert statuses == [status for *_, status in expected.calls]
    assert len(asked) == expected.asked
    if expected.shown is not None:
        assert shown == [expected.ours or expected.shown]
    assert (expected.ours is None) is (expected.why == "")


@pytest.fixture
def guarded(local: LocalGateway, client: Client, backend: str) -> str:
    """The URL of a route that requires a token and forwards its claims to a backend."""
    local.add_key_set("https://issuer.example.com", key_set())
    api_id = http_api(client)
    client.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)
    target = url_integration(
        client,
        api_id,
        backend,
        IntegrationMethod="GET",
        RequestParameters={
            "overwrite:header.X-User-Id": "$context.authorizer.jwt.claims.sub",
            "overwrite:header.X-Account-Id": "$context.authorizer.jwt.claims.account_id",
            "overwrite:path": "/backend/messages",
            "append:querystring.tag": "mapped",
        },
    )
    authorizer = jwt_authorizer(client, api_id)
    given = {"Target": f"integrations/{target}", "AuthorizationType": "JWT"}
    route(client, api_id, "GET /secure", AuthorizerId=authorizer, **given)
    return address(api_id, "/$default/secure?tag=orig")


def test_a_request_without_token_is_unauthorized(local: LocalGateway, guarded: str) -> None:
    """MiniStack's `test_apigw_jwt_authorizer_enforced_in_data_plane`."""
    given = {"Authorization": f"Bearer {token(local)}"}

    assert local.invoke("GET", guarded).status == 401
    assert local.invoke("GET", guarded, headers=given).status == 200


def test_claims_can_be_mapped_to_headers(local: LocalGateway, guarded: str) -> None:
    """MiniStack's `test_apigw_request_mapping_claims_to_headers`."""
    given = token(local, sub="auth0|abc123", account_id="acc-777", scope="scope:messages")

    seen = local.invoke("GET", guarded, headers={"Authorization": f"Bearer {given}"}).json()

    assert seen["path"] == "/backend/messages?tag=orig&tag=mapped"
    assert seen["headers"]["x-user-id"] == "auth0|abc123"
    assert seen["headers"]["x-account-id"] == "acc-777"


class TestIssuers:
    """The source of the keys of an issuer."""

    def ask(self, local: LocalGateway, client: Client, issuer: str) -> int:
        api_id = http_api(client)
        client.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)
        local.add_function("pets", lambda _event, _context: {"statusCode": 200})
        authorizer = jwt_authorizer(
            client, api_id, JwtConfiguration={"Audience": ["pets"], "Issuer": issuer}
        )
        target = f"integrations/{lambda_integration(client, api_id)}"
        route(
            client, api_id, "GET /", Target=target, AuthorizationType="JWT",
            AuthorizerId=authorizer,
        )  # fmt: skip
        headers = {"Authorization": token(local, iss=issuer)}
        return local.invoke("GET", address(api_id, "/"), headers=headers).status

    def test_discovery_has_the_url_of_the_keys(self, local: LocalGateway, client: Client) -> None:
        """MiniStack's `test_apigw_resolve_jwks_url_uses_oidc_discovery`."""
        documents: dict[str, Any] = {"/id/keys": key_set()}
        with echo(documents) as issuer:
            documents["/.well-known/openid-configuration"] = {"jwks_uri": f"{issuer}/id/keys"}

            assert self.ask(local, client, issuer) == 200

    def test_a_failed_discovery_has_no_fallback_and_is_not_cached(
        self, local: LocalGateway, client: Client
    ) -> None:
        """MiniStack's `test_apigw_resolve_jwks_url_falls_back_when_discovery_unavailable` expects
        keys from `/.well-known/jwks.json`, `test_apigw_oidc_discovery_failure_is_negative_cached`
        a pause of a minute."""
        documents: dict[str, Any] = {"/.well-known/jwks.json": key_set()}
        with echo(documents) as issuer:
            assert self.ask(local, client, issuer) == 401
            documents["/.well-known/openid-configuration"] = {
                "jwks_uri": f"{issuer}/.well-known/jwks.json"
            }
            assert self.ask(local, client, issuer) == 200


class TestRegions:
    """Requests to APIs have no signature, so the id alone must identify an API."""

    def test_an_api_of_another_region_is_found(self, local: LocalGateway) -> None:
        """MiniStack's `test_apigwv2_unsigned_execute_resolves_non_boot_region_api`."""
        client: Client = local.client(region_name="us-west-2")
        api_id = http_api(client)
        uri = LAMBDA.replace("us-east-1", "us-west-2")
        integration = lambda_integration(client, api_id, IntegrationUri=uri)
        route(client, api_id, "GET /hello", Target=f"integrations/{integration}")
        client.create_stage(ApiId=api_id, StageName="prod", AutoDeploy=True)
        local.add_function("pets", lambda _event, context: context.invoked_function_arn)
        hosts = {f"{api_id}.execute-api.localhost": "", "localhost": f"/_aws/execute-api/{api_id}"}
        with local.serve() as url:
            answers = [
                self.ask(url, host, f"{prefix}/prod/hello") for host, prefix in hosts.items()
            ]
            missing = self.ask(url, "missing.execute-api.localhost", "/prod/hello")

        assert answers == [(200, uri.encode())] * 2
        assert missing[0] == 404

    def ask(self, url: str, host: str, path: str) -> tuple[int, bytes]:
        connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
        connection.request("GET", path, headers={"Host": host})
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response.status, content

    def test_a_function_is_found_in_the_region_of_its_arn(
        self, local: LocalGateway, client: Client
    ) -> None:
        """MiniStack's `test_apigwv2_lambda_integration_uses_function_arn_region`."""
        west = LAMBDA.replace("us-east-1", "us-west-2")
        for arn, answer in ((LAMBDA, "east"), (west, "west")):
            local.add_function(arn, always(answer))
        api_id = http_api(client, RouteKey="GET /hello", Target=west)

        assert local.invoke("GET", address(api_id, "/hello")).text == "west"


def test_requests_are_served_concurrently() -> None:
    """MiniStack's `test_concurrent_apigw_lambda_proxy_requests` and
    `test_apigw_http_proxy_does_not_block_parallel_ddb`."""
    local = LocalGateway(delays=Delays(auto_deploy=0))
    entered, leave = Event(), Event()

    def function(event: JSON, _context: JSON) -> str:
        if event["rawPath"] == "/slow":
            entered.set()
            assert leave.wait(30)
        return "done"

    local.add_function("pets", function)
    http_api(local.client(), RouteKey="GET /{speed}", Target=LAMBDA)
    answers: list[str] = []
    slow = Thread(target=lambda: answers.append(local.invoke("GET", "/slow").text))
    slow.start()
    assert entered.wait(30)

    assert local.invoke("GET", "/fast").text == "done"
    assert answers == []
    leave.set()
    slow.join()
    assert answers == ["done"]


def test_the_documentation_lists_each_difference() -> None:
    page = DEVIATIONS.read_text(encoding="utf-8")
    tests = [each.test for each in EXPECTATIONS if each.why]
    tests += [each.test for each in CACHING if each.why]

    assert {test for test in (*tests, FALLS_BACK) if f"`test_{test}`" not in page} == set()
