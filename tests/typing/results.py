"""The types of results. Only type-checked, never run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from typing_extensions import assert_type

import apigw2


def creating(gw: apigw2.ApiGatewayV2, api: apigw2.ApiRef, domain: apigw2.DomainNameRef) -> None:
    assert_type(gw.create_api("pets", protocol_type="HTTP"), apigw2.Api)
    assert_type(gw.import_api("openapi: 3.0.1"), apigw2.Api)
    assert_type(gw.create_domain_name("pets.example.com"), apigw2.DomainName)
    assert_type(gw.create_vpc_link("link", subnet_ids=["subnet-1"]), apigw2.VpcLink)
    assert_type(gw.create_portal_product("Pets"), apigw2.PortalProduct)
    assert_type(api.create_route("GET /pets"), apigw2.Route)
    assert_type(api.create_integration("HTTP_PROXY"), apigw2.Integration)
    assert_type(api.create_stage("prod"), apigw2.Stage)
    assert_type(api.create_deployment(), apigw2.Deployment)
    assert_type(api.create_model("Pet", schema="{}"), apigw2.Model)
    assert_type(domain.create_api_mapping(api_id="a1", stage="prod"), apigw2.ApiMapping)


def referring(gw: apigw2.ApiGatewayV2) -> None:
    api = gw.api("a1")
    assert_type(api, apigw2.ApiRef)
    assert_type(api.route("r1"), apigw2.RouteRef)
    assert_type(api.route("r1").api, apigw2.ApiRef)
    assert_type(api.route("r1").route_response("p1"), apigw2.RouteResponseRef)
    assert_type(api.integration("i1").integration_response("p1"), apigw2.IntegrationResponseRef)
    assert_type(api.stage("prod"), apigw2.StageRef)
    assert_type(gw.domain_name("pets.example.com").api_mapping("m1"), apigw2.ApiMappingRef)
    assert_type(gw.domain_name("pets.example.com").routing_rule("r1"), apigw2.RoutingRuleRef)
    assert_type(gw.portal("p1"), apigw2.PortalRef)
    assert_type(gw.portal_product("p1").product_page("g1"), apigw2.ProductPageRef)


def getting(gw: apigw2.ApiGatewayV2, route: apigw2.RouteRef, stage: apigw2.Stage) -> None:
    assert_type(gw.get_api("a1"), apigw2.Api)
    assert_type(gw.api("a1").get(), apigw2.Api)
    assert_type(gw.api("a1").get_route("r1"), apigw2.Route)
    assert_type(route.get(), apigw2.Route)
    assert_type(route.update(target="integrations/i1"), apigw2.Route)
    assert_type(stage.update(auto_deploy=True), apigw2.Stage)
    assert_type(stage.get(), apigw2.Stage)
    assert_type(gw.get_portal("p1"), apigw2.Portal)
    assert_type(gw.get_tags("arn:aws:apigateway:eu-central-1::/apis/a1"), Mapping[str, str])
    assert_type(gw.api("a1").model("m1").get_model_template(), str)
    assert_type(gw.api("a1").export(output_type="YAML", specification="OAS30"), str)


def listing(gw: apigw2.ApiGatewayV2, api: apigw2.ApiRef) -> None:
    assert_type(gw.get_apis(), apigw2.Listing[apigw2.Api])
    assert_type(gw.get_apis().first(), apigw2.Api | None)
    assert_type(gw.get_apis().pages(), Iterator[tuple[apigw2.Api, ...]])
    assert_type([route.route_key for route in api.get_routes(page_size=10)], list[str])
    assert_type(next(iter(api.get_stages())), apigw2.Stage)
    assert_type(gw.list_portals(), apigw2.Listing[apigw2.PortalSummary])
    assert_type([summary.get() for summary in gw.list_portals()], list[apigw2.Portal])
    rules = gw.domain_name("pets.example.com").list_routing_rules()
    assert_type(rules, apigw2.Listing[apigw2.RoutingRule])
    as_references(gw.get_apis())  # an Api is an ApiRef


def as_references(apis: apigw2.Listing[apigw2.ApiRef]) -> None:
    assert_type(apis.first(), apigw2.ApiRef | None)


def nothing(api: apigw2.ApiRef, stage: apigw2.StageRef) -> None:
    # Not assigned to a name: type checkers refuse the value of a function that returns None.
    api.delete()
    api.delete_cors_configuration()
    stage.delete_route_settings("GET /pets")
    stage.delete_access_log_settings()
    stage.reset_authorizers_cache()


def missing(api: apigw2.ApiRef, route: apigw2.Route, rule: apigw2.RoutingRuleRef) -> None:
    assert_type(api.get_or_none(), apigw2.Api | None)
    assert_type(route.get_or_none(), apigw2.Route | None)
    assert_type(rule.get_or_none(), apigw2.RoutingRule | None)
    assert_type(route.exists(), bool)
    assert_type(route.delete(missing_ok=True), bool)
    assert_type(rule.delete(domain_name_id="d1"), bool)


def mapping(apis: apigw2.Listing[apigw2.Api], ids: list[str], gw: apigw2.ApiGatewayV2) -> None:
    assert_type(
        apigw2.gather_map(apigw2.ApiRef.get_routes, apis), tuple[tuple[apigw2.Route, ...], ...]
    )
    assert_type(
        apigw2.gather_map(apigw2.ApiRef.get_routes, apis, errors="return"),
        tuple[tuple[apigw2.Route, ...] | Exception, ...],
    )
    assert_type(apigw2.gather_map(gw.get_api, ids), tuple[apigw2.Api, ...])
    assert_type(
        apigw2.gather_map(gw.get_api, ids, errors="return", rate=None),
        tuple[apigw2.Api | Exception, ...],
    )


def finding(gw: apigw2.ApiGatewayV2, api: apigw2.ApiRef, domain: apigw2.DomainNameRef) -> None:
    assert_type(gw.find_api("pets"), apigw2.Api | None)
    assert_type(gw.find_vpc_link("link"), apigw2.VpcLink | None)
    assert_type(gw.find_portal_product("Pets"), apigw2.PortalProductSummary | None)
    assert_type(api.find_route("GET /pets"), apigw2.Route | None)
    assert_type(api.find_authorizer("login"), apigw2.Authorizer | None)
    assert_type(api.find_model("Pet"), apigw2.Model | None)
    assert_type(domain.find_api_mapping(None), apigw2.ApiMapping | None)


def linking(route: apigw2.Route, mapping: apigw2.ApiMapping, stage: apigw2.Stage) -> None:
    assert_type(route.integration, apigw2.IntegrationRef | None)
    assert_type(route.authorizer, apigw2.AuthorizerRef | None)
    assert_type(mapping.api, apigw2.ApiRef)
    assert_type(mapping.stage_ref, apigw2.StageRef)
    assert_type(stage.deployment, apigw2.DeploymentRef | None)
    assert_type(stage.url, str)
    assert_type(stage.connections, apigw2.Connections)
    assert_type(stage.connections.broadcast(["c1"], {"text": "hello"}), tuple[str, ...])
    assert_type(stage.api.lambda_permission("f", "123456789012"), apigw2.LambdaPermission)
    assert_type(stage.deploy(), apigw2.Stage)
    assert_type(stage.rollback(to="d1"), apigw2.Stage)
    assert_type(stage.promote(from_="next"), apigw2.Stage)
    assert_type(stage.api.prune_deployments(), tuple[apigw2.Deployment, ...])


def domain_of(domain: apigw2.DomainName) -> None:
    host_name, hosted_zone_id = domain.dns_target
    assert_type(host_name, str)
    assert_type(hosted_zone_id, str)
