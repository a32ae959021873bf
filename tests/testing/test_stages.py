"""Stages and deployments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.testing.support import (
    CERTIFICATE,
    http_api,
    lambda_integration,
    refused,
    route,
    websocket_api,
)

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.testing.support import Client

LOG_GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:pets"


def test_a_stage_has_the_defaults_of_the_service(client: Client) -> None:
    stage = client.create_stage(ApiId=http_api(client), StageName="test")

    assert stage["CreatedDate"] == stage["LastUpdatedDate"]
    assert stage["DefaultRouteSettings"] == {"DetailedMetricsEnabled": False}
    assert stage["RouteSettings"] == {}
    assert stage["StageVariables"] == {}
    assert stage["Tags"] == {}
    assert "AutoDeploy" not in stage


@pytest.mark.parametrize("name", ["a b", "a/b", "x" * 128 + "y", "$other"])
def test_a_stage_name_that_is_none(client: Client, name: str) -> None:
    with refused("BadRequest"):
        client.create_stage(ApiId=http_api(client), StageName=name)


def test_only_http_apis_have_a_default_stage(client: Client) -> None:
    assert client.create_stage(ApiId=http_api(client), StageName="$default")
    with refused("BadRequest", "Stage name only allows"):
        client.create_stage(ApiId=websocket_api(client), StageName="$default")


def test_a_stage_name_is_taken_once(client: Client) -> None:
    api_id = http_api(client)
    client.create_stage(ApiId=api_id, StageName="test")

    with refused("Conflict", "Stage already exists"):
        client.create_stage(ApiId=api_id, StageName="test")


def test_there_are_ten_stages_at_most(client: Client) -> None:
    api_id = http_api(client)
    for number in range(10):
        client.create_stage(ApiId=api_id, StageName=f"s{number}")

    with refused("Conflict", "Maximum number of Stages"):
        client.create_stage(ApiId=api_id, StageName="s10")


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"StageVariables": {"a b": "c"}}, "invalid characters: a b"),
        ({"StageVariables": {"a": "b c"}}, "invalid characters: a"),
        ({"StageVariables": {f"v{n}": "x" for n in range(101)}}, "stage variables"),
        ({"AccessLogSettings": {"Format": "$context.requestId"}}, "need both"),
        ({"AccessLogSettings": {"DestinationArn": LOG_GROUP}}, "need both"),
        (
            {"AccessLogSettings": {"DestinationArn": LOG_GROUP, "Format": "$context.path"}},
            "must contain $context.requestId",
        ),
        ({"ClientCertificateId": "a"}, "only for WEBSOCKET"),
        ({"DefaultRouteSettings": {"LoggingLevel": "INFO"}}, "only for WEBSOCKET"),
        ({"DeploymentId": "nothing"}, "Deployment id does not exist"),
        ({"DeploymentId": "nothing", "AutoDeploy": True}, "cannot be set"),
    ],
    ids=[
        "name", "value", "variables", "format-alone", "destination-alone", "format",
        "certificate", "logging", "deployment", "deployment-and-auto",
    ],
)  # fmt: skip
def test_a_stage_that_cannot_be(client: Client, members: dict[str, Any], problem: str) -> None:
    api_id = http_api(client)
    code = "Conflict" if problem == "stage variables" else "BadRequest"

    with refused(code, problem):
        client.create_stage(ApiId=api_id, StageName="test", **members)
    client.create_stage(ApiId=api_id, StageName="test")
    with refused(code, problem):
        client.update_stage(ApiId=api_id, StageName="test", **members)


def test_settings_for_a_route_that_is_not_there(client: Client) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /pets")
    settings = {"ThrottlingBurstLimit": 5}

    with refused("NotFound", "Unable to find Route by key GET /cats within the provided"):
        client.create_stage(ApiId=api_id, StageName="test", RouteSettings={"GET /cats": settings})
    client.create_stage(ApiId=api_id, StageName="test", RouteSettings={"GET /pets": settings})
    client.delete_route_settings(ApiId=api_id, StageName="test", RouteKey="GET /pets")
    with refused("NotFound", "Unable to find Route by key GET /pets"):
        client.delete_route_settings(ApiId=api_id, StageName="test", RouteKey="GET /pets")


def test_a_deployment_wants_a_route(client: Client) -> None:
    with refused("BadRequest", "no routes exist"):
        client.create_deployment(ApiId=http_api(client))
    with refused("BadRequest", "At least one route is required"):
        client.create_deployment(ApiId=websocket_api(client))


def test_a_deployment_goes_through_its_states(local: LocalGateway, client: Client) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /pets")

    made = client.create_deployment(ApiId=api_id, Description="first")

    assert made["DeploymentStatus"] == "PENDING"
    assert made["AutoDeployed"] is False
    local.clock.advance(1)
    names = {"ApiId": api_id, "DeploymentId": made["DeploymentId"]}
    assert client.get_deployment(**names)["DeploymentStatus"] == "DEPLOYED"
    assert client.update_deployment(**names, Description="1")["Description"] == "1"


def test_a_deployment_that_fails(local: LocalGateway, client: Client) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /pets")
    local.faults.fail_transition("CreateDeployment", "no such luck")

    made = client.create_deployment(ApiId=api_id)
    local.clock.advance(1)

    (deployment,) = client.get_deployments(ApiId=api_id)["Items"]
    assert deployment["DeploymentId"] == made["DeploymentId"]
    assert deployment["DeploymentStatus"] == "FAILED"
    assert deployment["DeploymentStatusMessage"] == "no such luck"


def test_a_deployment_to_a_stage(client: Client) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /pets")
    client.create_stage(ApiId=api_id, StageName="test")

    made = client.create_deployment(ApiId=api_id, StageName="test")["DeploymentId"]

    assert client.get_stage(ApiId=api_id, StageName="test")["DeploymentId"] == made
    with refused("NotFound", "Invalid stage identifier"):
        client.create_deployment(ApiId=api_id, StageName="nothing")
    with refused("BadRequest", "Active stages pointing to this deployment"):
        client.delete_deployment(ApiId=api_id, DeploymentId=made)
    other = client.create_deployment(ApiId=api_id)["DeploymentId"]
    client.update_stage(ApiId=api_id, StageName="test", DeploymentId=other)
    client.delete_deployment(ApiId=api_id, DeploymentId=made)


def test_automatic_deployment(client: Client) -> None:
    api_id = http_api(client)
    stage = client.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)
    assert "no routes exist" in stage["LastDeploymentStatusMessage"]
    seen: list[str] = []

    def note() -> None:
        seen.append(client.get_stage(ApiId=api_id, StageName="$default")["DeploymentId"])

    route_id = route(client, api_id, "GET /pets")
    note()
    integration = lambda_integration(client, api_id)
    note()
    client.update_route(ApiId=api_id, RouteId=route_id, Target=f"integrations/{integration}")
    note()
    client.update_api(ApiId=api_id, CorsConfiguration={"AllowOrigins": ["*"]})
    note()
    client.delete_cors_configuration(ApiId=api_id)
    note()
    client.get_routes(ApiId=api_id)
    client.create_stage(ApiId=api_id, StageName="manual")

    assert len(set(seen)) == 5
    stage = client.get_stage(ApiId=api_id, StageName="$default")
    assert stage["DeploymentId"] == seen[-1]
    assert "Successfully deployed stage" in stage["LastDeploymentStatusMessage"]
    last = client.get_deployment(ApiId=api_id, DeploymentId=seen[-1])
    assert last["AutoDeployed"] is True
    assert last["DeploymentStatus"] == "DEPLOYED"
    assert "DeploymentId" not in client.get_stage(ApiId=api_id, StageName="manual")


def test_switching_automatic_deployment_on(client: Client) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /pets")
    client.create_stage(ApiId=api_id, StageName="test")

    client.update_stage(ApiId=api_id, StageName="test", AutoDeploy=True)

    stage = client.get_stage(ApiId=api_id, StageName="test")
    assert stage["DeploymentId"]
    with refused("BadRequest", "autoDeploy"):
        client.create_deployment(ApiId=api_id, StageName="test")
    with refused("BadRequest", "autoDeploy"):
        client.update_stage(ApiId=api_id, StageName="test", DeploymentId=stage["DeploymentId"])
    client.update_stage(ApiId=api_id, StageName="test", AutoDeploy=False)
    client.create_deployment(ApiId=api_id, StageName="test")


def test_a_stage_with_mappings_is_not_deleted(client: Client) -> None:
    api_id = http_api(client)
    for name in ("test", "prod"):
        client.create_stage(ApiId=api_id, StageName=name)
    configuration = {"CertificateArn": CERTIFICATE}
    client.create_domain_name(DomainName="a.example.com", DomainNameConfigurations=[configuration])
    client.create_api_mapping(DomainName="a.example.com", ApiId=api_id, Stage="test")

    client.delete_stage(ApiId=api_id, StageName="prod")
    with refused("BadRequest", "Please remove all API mappings"):
        client.delete_stage(ApiId=api_id, StageName="test")


def test_only_http_apis_have_a_cache_of_authorizers(client: Client) -> None:
    api_id = websocket_api(client)
    client.create_stage(ApiId=api_id, StageName="test", ClientCertificateId="a")

    with refused("BadRequest", "only for HTTP APIs"):
        client.reset_authorizers_cache(ApiId=api_id, StageName="test")
