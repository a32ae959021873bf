"""Variables and context of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.local_gateway import always, route, url_integration
from tests.testing.dataplane.support import deployed

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("$request.header.Color", "red,blue"),
        ("${request.header.color}", "red,blue"),
        ("${request.header.nothing}", None),
        ("$request.header", None),
        ("$request.querystring.x", "1,2"),
        ("${request.querystring.X}", None),
        ("$request.querystring.plus", "a+b"),
        ("$request.path", "/pets/a b/x%2Fy"),
        ("${request.path.proxy}", "a b/x/y"),
        ("$request.path.nothing", None),
        ("$request.body", '{"pets": [{"name": "Rex"}]}'),
        ("${request.body.pets[0].name}", "Rex"),
        ("$request.body[0]", None),
        ("$request.bodypets", None),
        ("$stageVariables.color", "green"),
        ("${stageVariables.color}-${stageVariables.none}-", "green--"),
        ("$context.httpMethod", "POST"),
        ("$context.path", "/pets/a b/x%2Fy"),
        ("$context.routeKey", "POST /pets/{proxy+}"),
        ("$context.identity.userAgent", "me"),
        ("$context.authorizer.claims.sub", None),
        ("$context.customDomain.basePathMatched", None),
        ("$context.protocol", "HTTP/1.1"),
        ("static text", "static text"),
    ],
)
def test_every_form_of_a_variable_is_evaluated(
    local: LocalGateway, client: Client, expression: str, expected: str | None
) -> None:
    """The table of the developer guide, "Transform API requests and responses for HTTP APIs"."""
    local.add_function("pets", lambda event, _: event["headers"])
    parameters = {"overwrite:header.result": expression}
    api_id = deployed(client, {"POST /pets/{proxy+}": {"RequestParameters": parameters}})
    client.update_stage(ApiId=api_id, StageName="$default", StageVariables={"color": "green"})
    local.clock.advance(1)

    headers = local.invoke(
        "POST",
        "/pets/a%20b/x%2Fy?x=1&x=2&plus=a%2Bb",
        headers={"color": ["red", "blue"], "User-Agent": "me"},
        body='{"pets": [{"name": "Rex"}]}',
    ).json()

    assert headers.get("result") == expected


def test_context_variables_of_a_response_are_mapped(
    local: LocalGateway, client: Client, backend: str
) -> None:
    names = {
        "status": "$context.status",
        "integration": "$context.integration.status",
        "service": "$context.integrationStatus",
        "same": "${context.integration.integrationStatus}",
        "length": "$context.responseLength",
    }
    mapping = {f"append:header.{name}": value for name, value in names.items()}
    local.add_function("pets", always({"statusCode": 404, "body": "four"}))
    api_id = deployed(client, {"GET /": {"ResponseParameters": {"404": mapping}}})
    target = url_integration(client, api_id, backend, ResponseParameters={"200": mapping})
    route(client, api_id, "GET /url", Target=f"integrations/{target}")
    local.clock.advance(1)

    function, url = local.invoke("GET", "/").headers, local.invoke("GET", "/url").headers

    assert [function[name] for name in names] == ["404", "404", "200", "200", "4"]
    assert [url[name] for name in list(names)[:4]] == ["200"] * 4
