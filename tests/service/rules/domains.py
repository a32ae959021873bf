"""Calls that break the rules in `_service/rules/domains.py`, and calls that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import apigw2
from tests.service.rules.case import Case
from tests.support.caller import domain_configurations

if TYPE_CHECKING:
    from collections.abc import Mapping


def paths(*any_of: str) -> apigw2.RoutingRuleCondition:
    return apigw2.RoutingRuleCondition(
        match_base_paths=apigw2.RoutingRuleMatchBasePaths(any_of=any_of)
    )


def header(name: str, glob: str) -> apigw2.RoutingRuleCondition:
    value = apigw2.RoutingRuleMatchHeaderValue(header=name, value_glob=glob)
    return apigw2.RoutingRuleCondition(match_headers=apigw2.RoutingRuleMatchHeaders(any_of=[value]))


CASES: Final[Mapping[str, Case]] = {
    "DomainNameConfigurations: EndpointType of HTTP and WEBSOCKET APIs is REGIONAL": Case(
        [
            lambda c: c.gw.create_domain_name(
                "a.example", domain_name_configurations=domain_configurations(endpoint_type="EDGE")
            ),
            lambda c: c.domain.update(
                domain_name_configurations=domain_configurations(endpoint_type="EDGE")
            ),
        ],
        [
            lambda c: c.domain.update(
                domain_name_configurations=domain_configurations(endpoint_type="REGIONAL")
            )
        ],
    ),
    "DomainNameConfigurations: SecurityPolicy of HTTP and WEBSOCKET APIs is TLS_1_2": Case(
        [
            lambda c: c.domain.update(
                domain_name_configurations=domain_configurations(security_policy="TLS_1_0")
            )
        ],
        [
            lambda c: c.domain.update(
                domain_name_configurations=domain_configurations(security_policy="TLS_1_2")
            )
        ],
    ),
    "ApiMappingKey cannot start or end with /, or have //": Case(
        [
            lambda c: c.domain.create_api_mapping(api_id="a1", stage="p", api_mapping_key="/v1"),
            lambda c: c.domain.create_api_mapping(api_id="a1", stage="p", api_mapping_key="v1/"),
            lambda c: c.domain.api_mapping("m1").update(api_id="a1", api_mapping_key="a//b"),
        ],
        [
            lambda c: c.domain.create_api_mapping(api_id="a1", stage="p", api_mapping_key="a/b"),
            lambda c: c.domain.create_api_mapping(api_id="a1", stage="p", api_mapping_key=""),
            lambda c: c.domain.create_api_mapping(api_id="a1", stage="p"),
        ],
    ),
    "Conditions: each match takes one value": Case(
        [lambda c: c.routing_rule(paths("a", "b"))],
        [lambda c: c.routing_rule(paths("a")), lambda c: c.routing_rule(header("a", "b"))],
    ),
    "Conditions: a header has up to 40 characters, a glob 128": Case(
        [
            lambda c: c.routing_rule(header("x" * 41, "*")),
            lambda c: c.routing_rule(header("x", "*" * 129)),
        ],
        [
            lambda c: c.routing_rule(header("x" * 40, "*" * 128)),
            lambda c: c.routing_rule(paths("a" * 41)),
        ],
    ),
}
