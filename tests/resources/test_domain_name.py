"""Custom domain names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2
from tests.support.resources import CERTIFICATE

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.resources import Requests

TRUSTSTORE = apigw2.MutualTlsAuthenticationInput(truststore_uri="s3://bucket/truststore.pem")


def test_a_domain_name_can_be_created_read_updated_and_deleted(gw: apigw2.ApiGatewayV2) -> None:
    configuration = apigw2.DomainNameConfiguration(
        certificate_arn=CERTIFICATE, endpoint_type="REGIONAL", security_policy="TLS_1_2"
    )
    domain = gw.create_domain_name(
        "api.example.com", domain_name_configurations=[configuration], tags={"team": "pets"}
    )
    (endpoint,) = domain.domain_name_configurations
    assert (endpoint.certificate_arn, endpoint.domain_name_status) == (CERTIFICATE, "AVAILABLE")
    assert str(endpoint.api_gateway_domain_name).endswith(".execute-api.us-east-1.amazonaws.com")
    assert domain.get() == gw.get_domain_name("api.example.com") == domain
    assert list(gw.get_domain_names()) == [domain]

    domain.update(routing_mode="ROUTING_RULE_ONLY")
    changed = domain.wait_until_available()
    assert (changed.routing_mode, changed.tags) == ("ROUTING_RULE_ONLY", {"team": "pets"})
    assert domain.get() == changed

    domain.delete()
    assert list(gw.get_domain_names()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        domain.get()
    assert "api.example.com" in str(caught.value)


def test_a_reference_to_a_domain_name_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    domain = gw.domain_name("api.example.com")
    assert domain.arn == "arn:aws:apigateway:us-east-1::/domainnames/api.example.com"
    assert domain.api_mapping("b1c2d3").domain == domain
    assert domain.routing_rule("e4f5g6").domain == domain
    assert requests.new() == []


def test_get_domain_name_makes_one_request(
    gw: apigw2.ApiGatewayV2, domain: apigw2.DomainName, requests: Requests
) -> None:
    requests.new()
    assert gw.get_domain_name("api.example.com") == domain
    assert requests.new() == ["GetDomainName"]


def test_a_domain_name_can_be_tagged(gw: apigw2.ApiGatewayV2, domain: apigw2.DomainName) -> None:
    gw.tag_resource(domain, tags={"team": "pets"})
    assert gw.get_tags(domain) == domain.get().tags == {"team": "pets"}


def test_mutual_tls_can_be_set_and_unset(domain: apigw2.DomainName, requests: Requests) -> None:
    guarded = domain.update(mutual_tls_authentication=TRUSTSTORE)
    assert guarded.mutual_tls_authentication == apigw2.MutualTlsAuthentication(
        truststore_uri="s3://bucket/truststore.pem"
    )
    requests.new()
    assert guarded.unset("mutual_tls_authentication").mutual_tls_authentication is None
    assert requests.new() == ["UpdateDomainName"]


def test_waiting_for_a_domain_name_that_needs_the_user_raises(
    local: LocalGateway, domain: apigw2.DomainName
) -> None:
    local.faults.fail_transition("UpdateDomainName", "import the certificate again")
    domain.update(mutual_tls_authentication=TRUSTSTORE)
    with pytest.raises(apigw2.FailedStateError, match="import the certificate again"):
        domain.wait_until_available()


def test_a_cascade_deletes_the_mappings_and_rules_of_a_domain_name(
    api: apigw2.Api, domain: apigw2.DomainName
) -> None:
    stage = api.create_stage("prod")
    mapping = domain.create_api_mapping(api_id=api, stage=stage)
    action = apigw2.RoutingRuleActionInvokeApi(api_id=api.api_id, stage="prod")
    rule = domain.create_routing_rule(
        actions=[apigw2.RoutingRuleAction(invoke_api=action)], conditions=[], priority=1
    )
    assert domain.referenced_by() == (mapping, rule)
    domain.delete(cascade=True)
    for gone in (mapping, rule, domain):
        with pytest.raises(apigw2.NotFoundError):
            gone.get()
    assert api.get_stages().first() == stage, "the stage stays"


def test_a_second_domain_name_with_the_same_name_is_refused(
    gw: apigw2.ApiGatewayV2, domain: apigw2.DomainName
) -> None:
    with pytest.raises(apigw2.AlreadyExistsError):
        gw.create_domain_name(
            domain.domain_name, domain_name_configurations=domain.domain_name_configurations
        )


def test_a_missing_domain_name_is_not_found(gw: apigw2.ApiGatewayV2) -> None:
    gone = gw.domain_name("gone.example.com")
    for method in (
        gone.get,
        gone.update,
        gone.delete,
        gone.referenced_by,
        gone.wait_until_available,
    ):
        with pytest.raises(apigw2.NotFoundError, match=r"gone\.example\.com"):
            method()
