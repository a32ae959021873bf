"""Custom domain names select the stage of the API mapping with the longest matching path."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING

import pytest

from tests.support.local_gateway import CERTIFICATE, always, lambda_integration, route
from tests.testing.dataplane.support import deployed

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import JSON, Client

HOST = "api.example.com"


def domain(client: Client, name: str = HOST, **members: JSON) -> None:
    client.create_domain_name(
        DomainName=name, DomainNameConfigurations=[{"CertificateArn": CERTIFICATE}], **members
    )


def mapped(client: Client, key: str, function: str, stage: str = "$default") -> str:
    """Map a path of the domain name to a new API, whose function returns a unique name."""
    uri = f"arn:aws:lambda:us-east-1:123456789012:function:{function}"
    api_id = deployed(client, {"$default": {"IntegrationUri": uri}})
    if stage != "$default":
        client.create_stage(ApiId=api_id, StageName=stage, AutoDeploy=True)
    client.create_api_mapping(DomainName=HOST, ApiMappingKey=key, ApiId=api_id, Stage=stage)
    return api_id


@pytest.mark.parametrize(
    ("path", "function", "rest"),
    [
        ("/orders", "two", ""),
        ("/orders/v1/items", "three", ""),
        ("/orders/v2/items", "four", ""),
        ("/orders/v1/items/123", "three", "/123"),
        ("/orders/v2/items/categories/5", "five", "/5"),
        ("/customers", "one", "/customers"),
        ("/ordersandmore", "one", "/ordersandmore"),
        ("/orders/v2", "two", "/v2"),
        ("/orders/", "two", "/"),
        ("/orders/a%2Fb", "two", "/a%2Fb"),
        ("/", "one", "/"),
        ("", "one", ""),
        ("//orders", "one", "//orders"),
    ],
)
def test_the_api_mapping_with_the_longest_path_is_selected(
    local: LocalGateway, client: Client, path: str, function: str, rest: str
) -> None:
    """The first six rows are the example of the developer guide, "API mappings".

    The remaining path has no slash that the client did not send
    (CodeGenieApp/serverless-express#612).
    """
    domain(client)
    keys = {
        "": "one", "orders": "two", "orders/v1/items": "three", "orders/v2/items": "four",
        "orders/v2/items/categories": "five",
    }  # fmt: skip
    for key, name in keys.items():
        mapped(client, key, name)
        local.add_function(name, lambda event, context: [context.function_name, event["rawPath"]])

    answer = local.invoke("GET", path, domain_name=HOST)

    assert answer.json() == [function, rest]


def test_an_event_in_format_2_has_the_stage_and_no_mapping_key(
    local: LocalGateway, client: Client
) -> None:
    """CodeGenieApp/serverless-express#465, logandk/serverless-wsgi#191."""
    domain(client)
    local.add_function("pets", lambda event, _: event)
    mapped(client, "v1", "pets", stage="test")

    event = local.invoke("GET", "/v1/foo?a=b", domain_name=HOST).json()

    assert event["rawPath"] == event["requestContext"]["http"]["path"] == "/test/foo"
    assert event["requestContext"]["domainName"] == event["headers"]["host"] == HOST
    assert event["requestContext"]["domainPrefix"] == "api"
    assert event["requestContext"]["stage"] == "test"


def test_an_event_in_format_1_has_the_mapping_key_and_no_stage(
    local: LocalGateway, client: Client
) -> None:
    """aws-powertools/powertools-lambda-python#579."""
    domain(client)
    local.add_function("pets", lambda event, _: {"statusCode": 200, "body": json.dumps(event)})
    api_id = mapped(client, "v1", "pets", stage="test")
    integration = lambda_integration(
        client, api_id, PayloadFormatVersion="1.0",
        RequestParameters={
            "append:header.matched": "$context.customDomain.basePathMatched",
            "append:header.domain": "${context.domainName} ${context.domainPrefix}",
        },
    )  # fmt: skip
    route(client, api_id, "GET /a/{b}", Target=f"integrations/{integration}")
    local.clock.advance(1)

    event = local.invoke("GET", "/v1/a/x%20y", domain_name=HOST).json()

    assert event["path"] == "/v1/a/x%20y"
    assert event["requestContext"]["path"] == "/v1/a/x y"
    assert event["resource"] == "/a/{b}"
    assert event["headers"]["matched"] == "v1"
    assert event["headers"]["domain"] == "api.example.com api"


def test_the_path_of_a_mapping_alone_is_the_root(local: LocalGateway, client: Client) -> None:
    domain(client)
    local.add_function("pets", lambda event, _: [event["routeKey"], event["rawPath"]])
    api_id = mapped(client, "v1", "pets", stage="test")
    integration = lambda_integration(client, api_id)
    route(client, api_id, "GET /", Target=f"integrations/{integration}")
    local.clock.advance(1)

    assert local.invoke("GET", f"https://{HOST}/v1").json() == ["GET /", "/test"]
    assert local.invoke("GET", f"https://{HOST}/v1/").json() == ["GET /", "/test/"]


def test_a_request_without_a_matching_mapping_is_forbidden(
    local: LocalGateway, client: Client
) -> None:
    """Observed for REST APIs (zappa/Zappa#1248); the response of HTTP APIs is unknown."""
    domain(client)
    mapped(client, "v1", "pets")

    answer = local.invoke("GET", "/v2", domain_name=HOST)

    assert (answer.status, answer.json()) == (403, {"message": "Forbidden"})
    assert answer.reason == "api.example.com has no API mapping for /v2"


def test_routing_rules_do_not_invoke_http_apis(local: LocalGateway, client: Client) -> None:
    """Developer guide, routing rules: HTTP and WebSocket APIs cannot be targets."""
    local.add_function("pets", always("ok"))
    domain(client, RoutingMode="ROUTING_RULE_THEN_API_MAPPING")
    mapped(client, "", "pets")

    assert local.invoke("GET", "/", domain_name=HOST).status == 200
    client.update_domain_name(DomainName=HOST, RoutingMode="ROUTING_RULE_ONLY")
    assert local.invoke("GET", "/", domain_name=HOST).status == 403


def test_the_default_endpoint_can_be_disabled(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", always("ok"))
    domain(client)
    api_id = mapped(client, "", "pets")
    client.update_api(ApiId=api_id, DisableExecuteApiEndpoint=True)
    local.clock.advance(1)

    assert local.invoke("GET", "/", domain_name=HOST).text == "ok"
    answer = local.invoke("GET", "/")
    assert (answer.status, answer.json()) == (404, {"message": "Not Found"})


def test_a_wildcard_matches_one_label(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", lambda event, _: event["requestContext"]["domainName"])
    api_id = deployed(client, {"$default": {}})
    domain(client, "*.example.com")
    client.create_api_mapping(DomainName="*.example.com", ApiId=api_id, Stage="$default")
    domain(client, "own.example.com")

    assert local.invoke("GET", "/", domain_name="Any.example.com").text == "any.example.com"
    assert local.invoke("GET", "/", domain_name="own.example.com").status == 403
    with pytest.raises(LookupError, match=r"no domain name a\.b\.example\.com"):
        local.invoke("GET", "/", domain_name="a.b.example.com")


def test_the_host_of_a_url_selects_the_api(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", lambda event, _: event["rawPath"])
    domain(client)
    api_id = mapped(client, "v1", "pets", stage="test")
    endpoint = f"https://{api_id}.execute-api.us-east-1.amazonaws.com"

    assert local.invoke("GET", f"https://{HOST}/v1/a?b=c").text == "/test/a"
    assert local.invoke("GET", f"http://{HOST}.:8080/v1/a").text == "/test/a"
    assert local.invoke("GET", f"{endpoint}/test/a").text == "/test/a"
    assert local.invoke("GET", f"{endpoint}/a").text == "/a"
    with pytest.raises(LookupError, match="no API"):
        local.invoke("GET", "https://nothing.execute-api.us-east-1.amazonaws.com/")
    with pytest.raises(ValueError, match="selects the API and the stage"):
        local.invoke("GET", f"https://{HOST}/v1", api=api_id)
    with pytest.raises(ValueError, match="selects the API and the stage"):
        local.invoke("GET", "/v1", domain_name=HOST, stage="test")


def test_the_host_header_selects_the_domain_name_over_http(
    local: LocalGateway, client: Client
) -> None:
    local.add_function("pets", lambda event, _: event["headers"]["host"])
    domain(client)
    mapped(client, "v1", "pets")

    with local.serve() as url:
        connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)

        def ask(host: str, path: str) -> tuple[int, bytes]:
            connection.request("GET", path, headers={"Host": host})
            answer = connection.getresponse()
            return answer.status, answer.read()

        assert ask(HOST, "/v1/a") == (200, HOST.encode())
        assert ask(f"{HOST}:4567", "/v1/a")[0] == 200
        assert ask(HOST, "/v2/apis")[0] == 403  # a path of the API, not of the control plane
        connection.close()
