"""Domain names, API mappings and routing rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.local_gateway import (
    CERTIFICATE,
    LAMBDA,
    http_api,
    refused,
    websocket_api,
)

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client


def domain_name(client: Client, mode: str | None = None, **configuration: str) -> dict[str, Any]:
    given: dict[str, Any] = {} if mode is None else {"RoutingMode": mode}
    answer: dict[str, Any] = client.create_domain_name(
        DomainName="a.example.com",
        DomainNameConfigurations=[{"CertificateArn": CERTIFICATE, **configuration}],
        **given,
    )
    return answer


def test_a_domain_name_has_the_defaults_of_the_service(client: Client) -> None:
    answer = domain_name(client)

    assert answer["ApiMappingSelectionExpression"] == "$request.basepath"
    assert answer["DomainNameArn"] == "arn:aws:apigateway:us-east-1::/domainnames/a.example.com"
    assert answer["RoutingMode"] == "API_MAPPING_ONLY"
    (configuration,) = answer["DomainNameConfigurations"]
    assert configuration["ApiGatewayDomainName"].startswith("d-")
    assert configuration["DomainNameStatus"] == "AVAILABLE"
    assert configuration["EndpointType"] == "REGIONAL"
    assert configuration["IpAddressType"] == "ipv4"
    assert configuration["SecurityPolicy"] == "TLS_1_2"


def test_an_invalid_domain_name_configuration_is_rejected(client: Client) -> None:
    with refused("BadRequest", "Expected one domain name configuration"):
        client.create_domain_name(DomainName="a.example.com")
    with refused("BadRequest", "CertificateArn is required"):
        client.create_domain_name(DomainName="a.example.com", DomainNameConfigurations=[{}])
    with refused("BadRequest", "TLS_1_0 is not supported for APIGatewayV2 domainName"):
        domain_name(client, SecurityPolicy="TLS_1_0")
    with refused("BadRequest", "must be owned by the account creating the domain"):
        domain_name(client, CertificateArn=CERTIFICATE.replace("us-east-1", "eu-west-1"))
    with refused("BadRequest", "REGIONAL"):
        domain_name(client, EndpointType="EDGE")
    domain_name(client)
    with refused("Conflict", "The domain name you provided already exists"):
        domain_name(client)
    with refused("NotFound", "Invalid domain name identifier specified"):
        client.get_domain_name(DomainName="b.example.com")


@pytest.mark.parametrize(
    "name",
    [
        "x..y", "127.0.0.1", "localhost", ".example.com", "example.com.", "-a.example.com",
        "a b.example.com", "a.*.example.com", "*", f"{'a' * 64}.example.com", "a.example.com/",
    ],
)  # fmt: skip
def test_a_domain_name_that_is_not_a_host_name_is_rejected(client: Client, name: str) -> None:
    configuration = {"CertificateArn": CERTIFICATE}

    with refused("BadRequest", "Invalid domain name"):
        client.create_domain_name(DomainName=name, DomainNameConfigurations=[configuration])


@pytest.mark.parametrize("name", ["*.example.com", "a-1.b.example.co", "API.example.com"])
@pytest.mark.parametrize(
    "certificate",
    [CERTIFICATE, "arn:aws:acm:::certificate/1", "arn:aws:iam::123456789012:server-certificate/a"],
    ids=["acm", "no-region", "iam"],
)
def test_a_valid_domain_name_and_certificate_are_accepted(
    client: Client, name: str, certificate: str
) -> None:
    configuration = {"CertificateArn": certificate}

    made = client.create_domain_name(DomainName=name, DomainNameConfigurations=[configuration])

    assert made["DomainName"] == name


def test_a_version_without_a_uri_keeps_the_truststore(client: Client) -> None:
    name = {"DomainName": "a.example.com"}
    domain_name(client)

    def update(**given: str) -> Any:  # noqa: ANN401 - a member of the response
        answer = client.update_domain_name(**name, MutualTlsAuthentication=given)
        return answer.get("MutualTlsAuthentication")

    assert update(TruststoreVersion="0") is None
    assert update(TruststoreUri="s3://b/k", TruststoreVersion="1") == {
        "TruststoreUri": "s3://b/k", "TruststoreVersion": "1",
    }  # fmt: skip
    assert update(TruststoreVersion="2")["TruststoreUri"] == "s3://b/k"
    assert update(TruststoreUri="s3://b/l") == {"TruststoreUri": "s3://b/l"}


@pytest.mark.parametrize("fails", [False, True])
def test_a_domain_name_is_updating_until_the_change_succeeds_or_fails(
    local: LocalGateway, client: Client, *, fails: bool
) -> None:
    before = domain_name(client)["DomainNameConfigurations"][0]
    if fails:
        local.faults.fail_transition("UpdateDomainName", "certificate expired")

    answer = client.update_domain_name(
        DomainName="a.example.com", DomainNameConfigurations=[{"CertificateArn": CERTIFICATE}]
    )

    assert answer["DomainNameConfigurations"][0]["DomainNameStatus"] == "UPDATING"
    local.clock.advance(1)
    after = client.get_domain_name(DomainName="a.example.com")["DomainNameConfigurations"][0]
    if fails:
        assert after["DomainNameStatus"] == "PENDING_CERTIFICATE_REIMPORT"
        assert after["DomainNameStatusMessage"] == "certificate expired"
    else:
        assert after["DomainNameStatus"] == "AVAILABLE"
    assert after["ApiGatewayDomainName"] == before["ApiGatewayDomainName"]


def test_api_mappings_can_be_created_changed_and_deleted(client: Client) -> None:
    domain_name(client)
    api_id = http_api(client, Target=LAMBDA)
    given = {"DomainName": "a.example.com", "ApiId": api_id, "Stage": "$default"}
    root = client.create_api_mapping(**given)
    deep = client.create_api_mapping(**given, ApiMappingKey="pets/v1")

    assert root["ApiMappingKey"] == ""
    for key in ("/", "a/", "/a", "a//b", "a b"):
        with refused("BadRequest", "may contain only letters"):
            client.create_api_mapping(**given, ApiMappingKey=key)
    for key in ("", "pets/v1"):
        with refused("Conflict", "ApiMapping key already exists for this domain name"):
            client.create_api_mapping(**given, ApiMappingKey=key)
    with refused("BadRequest", "Invalid API identifier"):
        client.create_api_mapping(**given | {"ApiId": "nothing"}, ApiMappingKey="b")
    with refused("BadRequest", "Invalid stage identifier"):
        client.create_api_mapping(**given | {"Stage": "nothing"}, ApiMappingKey="b")
    chat = websocket_api(client)
    client.create_stage(ApiId=chat, StageName="test")
    with refused("BadRequest", "both HTTP APIs and WebSocket APIs"):
        client.create_api_mapping(**given | {"ApiId": chat, "Stage": "test"}, ApiMappingKey="chat")
    with refused("Conflict", "already exists"):
        client.update_api_mapping(
            DomainName="a.example.com", ApiId=api_id, ApiMappingId=deep["ApiMappingId"],
            ApiMappingKey="",
        )  # fmt: skip
    client.delete_api_mapping(DomainName="a.example.com", ApiMappingId=root["ApiMappingId"])
    moved = client.update_api_mapping(
        DomainName="a.example.com", ApiId=api_id, ApiMappingId=deep["ApiMappingId"],
        ApiMappingKey="",
    )  # fmt: skip
    assert moved["ApiMappingKey"] == ""


def test_the_routing_mode_decides_whether_mappings_and_rules_can_be_created(client: Client) -> None:
    domain_name(client)
    name = {"DomainName": "a.example.com"}
    api_id = http_api(client, Target=LAMBDA)
    target = {"ApiId": api_id, "Stage": "$default"}
    rule: dict[str, Any] = {"Actions": [{"InvokeApi": target}], "Conditions": [], "Priority": 1}
    mapping = client.create_api_mapping(**name, **target)
    with refused("BadRequest", "routing mode of the domain name is API_MAPPING_ONLY"):
        client.create_routing_rule(**name, **rule)

    client.update_domain_name(**name, RoutingMode="ROUTING_RULE_ONLY")
    made = client.create_routing_rule(**name, **rule)
    with refused("BadRequest", "routing mode of the domain name is ROUTING_RULE_ONLY"):
        client.create_api_mapping(**name, **target, ApiMappingKey="b")
    kept = {**name, "ApiMappingId": mapping["ApiMappingId"]}
    assert client.update_api_mapping(**kept, **target, ApiMappingKey="c")["ApiMappingKey"] == "c"

    client.update_domain_name(**name, RoutingMode="API_MAPPING_ONLY")
    kept = {**name, "RoutingRuleId": made["RoutingRuleId"]}
    assert client.put_routing_rule(**kept, **rule | {"Priority": 2})["Priority"] == 2


def test_routing_rules_can_be_created_and_changed(client: Client) -> None:
    domain_name(client, "ROUTING_RULE_THEN_API_MAPPING")
    api_id = http_api(client, Target=LAMBDA)
    action = {"InvokeApi": {"ApiId": api_id, "Stage": "$default"}}
    paths = {"MatchBasePaths": {"AnyOf": ["pets"]}}
    headers = {"MatchHeaders": {"AnyOf": [{"Header": "a", "ValueGlob": "*"}]}}
    given: dict[str, Any] = {"DomainName": "a.example.com", "Actions": [action]}
    first = client.create_routing_rule(**given, Priority=1, Conditions=[paths, headers])
    second = client.create_routing_rule(**given, Priority=2, Conditions=[])

    assert first["RoutingRuleArn"] == (
        "arn:aws:apigateway:us-east-1:123456789012:/domainnames/a.example.com/routingrules/"
        + first["RoutingRuleId"]
    )
    assert client.create_routing_rule(
        DomainName="a.example.com", Priority=9, Conditions=[],
        Actions=[{"InvokeApi": {"ApiId": "a-rest-api", "Stage": "prod"}}],
    )  # fmt: skip
    with refused("BadRequest", "Invalid stage identifier"):
        client.create_routing_rule(
            DomainName="a.example.com", Priority=10, Conditions=[],
            Actions=[{"InvokeApi": {"ApiId": api_id, "Stage": "nothing"}}],
        )  # fmt: skip
    for condition, problem in (
        ({"MatchBasePaths": {"AnyOf": ["a", "b"]}}, "one value only"),
        ({"MatchHeaders": {"AnyOf": [{"Header": "a" * 41, "ValueGlob": "*"}]}}, "40 characters"),
        ({"MatchHeaders": {"AnyOf": [{"Header": "a", "ValueGlob": "*" * 129}]}}, "128 characters"),
    ):
        with refused("BadRequest", problem):
            client.create_routing_rule(**given, Priority=3, Conditions=[condition])
    with refused("Conflict", "priority 1 already exists"):
        client.create_routing_rule(**given, Priority=1, Conditions=[])
    with refused("Conflict", "priority 1 already exists"):
        client.put_routing_rule(
            **given, RoutingRuleId=second["RoutingRuleId"], Priority=1, Conditions=[]
        )
    with refused("BadRequest", "only one matchBasePaths"):
        client.create_routing_rule(**given, Priority=3, Conditions=[paths, paths])
    with refused("BadRequest", "up to two matchHeaders"):
        client.create_routing_rule(**given, Priority=3, Conditions=[headers] * 3)
    changed = client.put_routing_rule(
        **given, RoutingRuleId=second["RoutingRuleId"], Priority=5, Conditions=[paths]
    )
    assert changed["Priority"] == 5
    assert changed["RoutingRuleArn"] == second["RoutingRuleArn"]


def test_deleting_a_domain_name_deletes_its_mappings(client: Client) -> None:
    """aws/chalice#1898, observed on the service."""
    domain_name(client)
    api_id = http_api(client, Target=LAMBDA)
    client.create_api_mapping(DomainName="a.example.com", ApiId=api_id, Stage="$default")

    client.delete_domain_name(DomainName="a.example.com")
    domain_name(client)

    assert client.get_api_mappings(DomainName="a.example.com")["Items"] == []
    client.delete_api(ApiId=api_id)
