"""Routing rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2

if TYPE_CHECKING:
    from tests.support.resources import Requests

ORDERS = apigw2.RoutingRuleCondition(
    match_base_paths=apigw2.RoutingRuleMatchBasePaths(any_of=["orders"])
)
BETA = apigw2.RoutingRuleCondition(
    match_headers=apigw2.RoutingRuleMatchHeaders(
        any_of=[apigw2.RoutingRuleMatchHeaderValue(header="x-version", value_glob="beta*")]
    )
)


@pytest.fixture
def to_prod(api: apigw2.Api) -> apigw2.RoutingRuleAction:
    stage = api.create_stage("prod")
    return apigw2.RoutingRuleAction(
        invoke_api=apigw2.RoutingRuleActionInvokeApi(api_id=api.api_id, stage=stage.stage_name)
    )


@pytest.fixture
def rule(domain: apigw2.DomainName, to_prod: apigw2.RoutingRuleAction) -> apigw2.RoutingRule:
    return domain.create_routing_rule(actions=[to_prod], conditions=[ORDERS, BETA], priority=100)


def test_a_routing_rule_can_be_created_read_updated_and_deleted(
    domain: apigw2.DomainName, rule: apigw2.RoutingRule, to_prod: apigw2.RoutingRuleAction
) -> None:
    assert (rule.actions, rule.conditions, rule.priority) == ((to_prod,), (ORDERS, BETA), 100)
    assert rule.routing_rule_arn is not None
    assert rule.routing_rule_id in rule.routing_rule_arn
    assert rule.get() == rule
    assert list(domain.list_routing_rules()) == [rule]

    changed = rule.put(actions=[to_prod], conditions=[], priority=200)
    assert (changed.conditions, changed.priority) == ((), 200), "put replaces the whole rule"
    assert rule.conditions == (ORDERS, BETA), "a snapshot does not change"
    assert rule.get() == changed

    rule.delete()
    assert list(domain.list_routing_rules()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        rule.get()
    assert rule.routing_rule_id in str(caught.value)


def test_a_reference_to_a_routing_rule_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    rule = gw.domain_name("api.example.com").routing_rule("e4f5g6")
    assert rule.domain == gw.domain_name("api.example.com")
    assert requests.new() == []


def test_get_routing_rule_makes_one_request(
    domain: apigw2.DomainName, rule: apigw2.RoutingRule, requests: Requests
) -> None:
    requests.new()
    assert domain.get_routing_rule(rule.routing_rule_id) == rule
    assert requests.new() == ["GetRoutingRule"]


@pytest.mark.usefixtures("rule")
def test_a_second_routing_rule_with_the_same_priority_is_refused(
    domain: apigw2.DomainName, to_prod: apigw2.RoutingRuleAction
) -> None:
    with pytest.raises(apigw2.ConflictError, match="100"):
        domain.create_routing_rule(actions=[to_prod], conditions=[], priority=100)


def test_a_missing_routing_rule_is_not_found(
    domain: apigw2.DomainName, to_prod: apigw2.RoutingRuleAction
) -> None:
    gone = domain.routing_rule("gone")
    for method in (gone.get, gone.delete):
        with pytest.raises(apigw2.NotFoundError, match="gone"):
            method()
    with pytest.raises(apigw2.NotFoundError, match="gone"):
        gone.put(actions=[to_prod], conditions=[], priority=1)
