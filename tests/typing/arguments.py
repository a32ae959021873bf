"""Arguments that calls accept. Only type-checked, never run."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import apigw2

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config


def gateways(session: boto3.Session, config: Config, other: apigw2.ApiGatewayV2) -> None:
    apigw2.ApiGatewayV2()
    apigw2.ApiGatewayV2(session=session, region_name="eu-central-1", config=config)
    apigw2.ApiGatewayV2(endpoint_url="http://127.0.0.1:4566")
    apigw2.ApiGatewayV2(client=other.client)


def objects_for_ids(
    *,
    api: apigw2.Api,
    backend: apigw2.Integration,
    login: apigw2.Authorizer,
    stage: apigw2.Stage,
    domain: apigw2.DomainNameRef,
    link: apigw2.VpcLinkRef,
) -> None:
    route = api.create_route("GET /pets", target=backend, authorizer_id=login)
    route.update(target=api.integration("i1"), authorizer_id=api.authorizer("z1"))
    route.update(target="integrations/i1", authorizer_id="z1")
    stage.update(deployment_id=api.create_deployment(stage_name=stage))
    api.create_integration("HTTP_PROXY", connection_type="VPC_LINK", connection_id=link)
    domain.create_api_mapping(api_id=api, stage=stage, api_mapping_key="pets")
    domain.create_api_mapping(api_id="a1", stage="prod")


def sequences_and_mappings(api: apigw2.Api) -> None:
    apigw2.Cors(allow_origins=["*"], allow_methods=("GET",), max_age=0)
    api.create_route("GET /pets", authorization_scopes=["pets:read"])
    api.create_route("GET /pets", authorization_scopes=("pets:read",))
    limits = {"GET /pets": apigw2.RouteSettings(throttling_rate_limit=10)}
    api.create_stage("prod", route_settings=limits, stage_variables=MappingProxyType({"a": "b"}))
    api.create_authorizer(
        "login",
        authorizer_type="JWT",
        identity_source=["$request.header.Authorization"],
        jwt_configuration=apigw2.JWTConfiguration(issuer="https://a.example", audience=["pets"]),
    )


def enumerations(
    gw: apigw2.ApiGatewayV2, kind: apigw2.ProtocolType, level: apigw2.LoggingLevel
) -> None:
    gw.create_api("pets", protocol_type=kind, ip_address_type="dualstack")
    apigw2.RouteSettings(logging_level=level)


def snapshots_are_references(route: apigw2.Route) -> apigw2.RouteRef:
    return route
