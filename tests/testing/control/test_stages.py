"""Stages and deployments."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from apigw2.testing import Clock, Delays, LocalGateway
from tests.support.local_gateway import (
    CERTIFICATE,
    LAMBDA,
    always,
    http_api,
    lambda_integration,
    refused,
    route,
    websocket_api,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.local_gateway import Client


LOG_GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:pets"


def test_a_stage_has_the_defaults_of_the_service(client: Client) -> None:
    stage = client.create_stage(ApiId=http_api(client), StageName="test")
    chat = client.create_stage(ApiId=websocket_api(client), StageName="test")

    assert chat["DefaultRouteSettings"] == {
        "DataTraceEnabled": False,
        "DetailedMetricsEnabled": False,
        "LoggingLevel": "OFF",
    }
    assert stage["CreatedDate"] == stage["LastUpdatedDate"]
    assert stage["DefaultRouteSettings"] == {"DetailedMetricsEnabled": False}
    assert stage["RouteSettings"] == {}
    assert stage["StageVariables"] == {}
    assert stage["Tags"] == {}
    assert "AutoDeploy" not in stage


def test_route_settings_are_completed_with_defaults(client: Client) -> None:
    http, chat = http_api(client), websocket_api(client)
    given: dict[str, Any] = {
        "DefaultRouteSettings": {"ThrottlingBurstLimit": 5},
        "RouteSettings": {"$default": {}},
    }

    plain = client.create_stage(ApiId=http, StageName="test", **given)
    talk = client.create_stage(ApiId=chat, StageName="test", **given)

    metrics = {"DetailedMetricsEnabled": False}
    logs = {"DataTraceEnabled": False, "LoggingLevel": "OFF"}
    assert plain["DefaultRouteSettings"] == {**metrics, "ThrottlingBurstLimit": 5}
    assert plain["RouteSettings"] == {"$default": metrics}
    assert talk["DefaultRouteSettings"] == {**metrics, **logs, "ThrottlingBurstLimit": 5}
    assert talk["RouteSettings"] == {"$default": {**metrics, **logs}}


@pytest.mark.parametrize("name", ["a b", "a/b", "x" * 128 + "y", "$other"])
def test_an_invalid_stage_name_is_rejected(client: Client, name: str) -> None:
    with refused("BadRequest"):
        client.create_stage(ApiId=http_api(client), StageName=name)


def test_apis_of_both_protocols_can_have_a_default_stage(client: Client) -> None:
    assert client.create_stage(ApiId=http_api(client), StageName="$default")
    assert client.create_stage(ApiId=websocket_api(client), StageName="$default")


def test_a_stage_name_is_unique(client: Client) -> None:
    api_id = http_api(client)
    client.create_stage(ApiId=api_id, StageName="test")

    with refused("Conflict", "Stage already exists"):
        client.create_stage(ApiId=api_id, StageName="test")


def test_an_api_has_at_most_ten_stages(client: Client) -> None:
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
        (
            {"AccessLogSettings": {
                "DestinationArn": LOG_GROUP, "Format": "$context.requestId\n$context.path",
            }},
            "new line character is allowed only at end of the format",
        ),
        (
            {"AccessLogSettings": {
                "DestinationArn": LOG_GROUP, "Format": "$context.requestId" + "é" * 1528,
            }},
            "longer than 3072 bytes",
        ),
        ({"DefaultRouteSettings": {"LoggingLevel": "OFF"}}, "Execution logs are not supported"),
        ({"RouteSettings": {"$default": {"LoggingLevel": "INFO"}}}, "Execution logs"),
        ({"DefaultRouteSettings": {"DataTraceEnabled": True}}, "Execution logs"),
        ({"DefaultRouteSettings": {"ThrottlingBurstLimit": -1}}, "must not be negative: -1"),
        ({"RouteSettings": {"$default": {"ThrottlingRateLimit": -0.5}}}, "must not be negative"),
        ({"DeploymentId": "nothing"}, "Deployment id does not exist"),
        ({"DeploymentId": "nothing", "AutoDeploy": True}, "cannot be set"),
    ],
    ids=[
        "name", "value", "variables", "format-alone", "destination-alone", "format", "lines",
        "bytes", "logging", "logging-of-route", "data-trace", "burst", "rate", "deployment",
        "deployment-and-auto",
    ],
)  # fmt: skip
def test_an_invalid_stage_is_rejected(
    client: Client, members: dict[str, Any], problem: str
) -> None:
    api_id = http_api(client)
    code = "Conflict" if problem == "stage variables" else "BadRequest"

    with refused(code, problem):
        client.create_stage(ApiId=api_id, StageName="test", **members)
    client.create_stage(ApiId=api_id, StageName="test")
    with refused(code, problem):
        client.update_stage(ApiId=api_id, StageName="test", **members)


def test_a_stage_of_an_http_api_drops_websocket_settings(client: Client) -> None:
    api_id = http_api(client)
    off = {"DataTraceEnabled": False}

    stage = client.create_stage(
        ApiId=api_id, StageName="test", ClientCertificateId="a", DefaultRouteSettings=off,
        RouteSettings={"$default": off},
    )  # fmt: skip

    assert "ClientCertificateId" not in stage
    assert stage["DefaultRouteSettings"] == {"DetailedMetricsEnabled": False}
    assert stage["RouteSettings"] == {"$default": {"DetailedMetricsEnabled": False}}


def test_an_access_log_format_of_three_kilobytes_is_accepted(client: Client) -> None:
    form = "$context.requestId " + "x" * 3052 + "\n"
    access_log = {"DestinationArn": LOG_GROUP, "Format": form}

    stage = client.create_stage(
        ApiId=http_api(client), StageName="test", AccessLogSettings=access_log
    )

    assert stage["AccessLogSettings"]["Format"] == form


def test_settings_of_a_deleted_route_block_updates_until_they_are_deleted(client: Client) -> None:
    api_id = http_api(client)
    route_id = route(client, api_id, "GET /pets")
    settings = {"GET /pets": {"ThrottlingBurstLimit": 5}}
    names = {"ApiId": api_id, "StageName": "test"}
    client.create_stage(**names, RouteSettings=settings)
    client.delete_route(ApiId=api_id, RouteId=route_id)

    with refused("NotFound", "Unable to find Route by key GET /pets within the provided"):
        client.update_stage(**names, Description="mine")
    client.delete_route_settings(**names, RouteKey="GET /pets")
    client.update_stage(**names, Description="mine")


@pytest.mark.parametrize("key", ["$connect", "$default", "$disconnect"])
def test_settings_of_special_routes_need_no_route(client: Client, key: str) -> None:
    for api_id in (http_api(client), websocket_api(client)):
        settings = {key: {"ThrottlingBurstLimit": 5}}
        stage = client.create_stage(ApiId=api_id, StageName="test", RouteSettings=settings)
        assert stage["RouteSettings"][key]["ThrottlingBurstLimit"] == 5


def test_settings_of_an_unknown_route_are_rejected(client: Client) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /pets")
    settings = {"ThrottlingBurstLimit": 5}

    with refused("NotFound", "Unable to find Route by key GET /cats within the provided"):
        client.create_stage(ApiId=api_id, StageName="test", RouteSettings={"GET /cats": settings})
    client.create_stage(ApiId=api_id, StageName="test", RouteSettings={"GET /pets": settings})
    client.delete_route_settings(ApiId=api_id, StageName="test", RouteKey="GET /pets")
    with refused("NotFound", "Unable to find Route by key GET /pets"):
        client.delete_route_settings(ApiId=api_id, StageName="test", RouteKey="GET /pets")


def test_a_deployment_needs_a_route(client: Client) -> None:
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


def test_a_deployment_can_fail(local: LocalGateway, client: Client) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /pets")
    local.faults.fail_transition("CreateDeployment", "no such luck")

    made = client.create_deployment(ApiId=api_id)
    local.clock.advance(1)

    (deployment,) = client.get_deployments(ApiId=api_id)["Items"]
    assert deployment["DeploymentId"] == made["DeploymentId"]
    assert deployment["DeploymentStatus"] == "FAILED"
    assert deployment["DeploymentStatusMessage"] == "no such luck"


def test_a_deployment_to_a_stage_is_active_until_the_stage_moves(client: Client) -> None:
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


def test_each_change_is_deployed_automatically(client: Client) -> None:
    api_id = http_api(client)
    names = {"ApiId": api_id, "StageName": "$default"}
    client.create_stage(**names, AutoDeploy=True)
    assert "no routes exist" in client.get_stage(**names)["LastDeploymentStatusMessage"]
    seen: list[str] = []

    def note() -> None:
        seen.append(client.get_stage(**names)["DeploymentId"])

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
    stage = client.get_stage(**names)
    assert stage["DeploymentId"] == seen[-1]
    assert "Successfully deployed stage" in stage["LastDeploymentStatusMessage"]
    last = client.get_deployment(ApiId=api_id, DeploymentId=seen[-1])
    assert last["AutoDeployed"] is True
    assert last["DeploymentStatus"] == "DEPLOYED"
    assert "DeploymentId" not in client.get_stage(ApiId=api_id, StageName="manual")


def test_each_change_of_a_websocket_api_is_deployed_automatically(client: Client) -> None:
    api_id = websocket_api(client)
    names = {"ApiId": api_id, "StageName": "test"}
    parameters = {"route.request.header.a": {"Required": True}}
    of_route = {
        "ApiId": api_id,
        "RouteId": route(client, api_id, "$connect", RequestParameters=parameters),
    }
    made = client.create_integration(ApiId=api_id, IntegrationType="MOCK")
    of_integration = {"ApiId": api_id, "IntegrationId": made["IntegrationId"]}
    client.create_stage(**names, AutoDeploy=True)
    changes: list[Callable[[], object]] = [
        lambda: client.create_model(ApiId=api_id, Name="Pet", Schema="{}"),
        lambda: client.create_route_response(**of_route, RouteResponseKey="$default"),
        lambda: client.create_integration_response(
            **of_integration, IntegrationResponseKey="$default"
        ),
        lambda: client.delete_route_request_parameter(
            **of_route, RequestParameterKey="route.request.header.a"
        ),
    ]
    seen = [client.get_stage(**names)["DeploymentId"]]
    for change in changes:
        change()
        seen.append(client.get_stage(**names)["DeploymentId"])

    assert len(set(seen)) == 1 + len(changes)


def test_an_automatic_deployment_takes_time() -> None:
    local = LocalGateway(clock=Clock(step=0), delays=Delays(auto_deploy=30))
    client: Client = local.client()
    local.add_function("pets", always("old"))
    local.add_function("cats", always("new"))
    api_id = http_api(client, Target=LAMBDA)
    names = {"ApiId": api_id, "StageName": "$default"}

    def served() -> tuple[int, str]:
        answer = local.invoke("GET", "/")
        return answer.status, answer.text

    assert "DeploymentId" not in client.get_stage(**names)
    assert served()[0] == 404
    assert "advance the clock" in local.invoke("GET", "/").reason
    local.clock.advance(30)
    first = client.get_stage(**names)["DeploymentId"]
    assert served() == (200, "old")

    (integration,) = client.get_integrations(ApiId=api_id)["Items"]
    client.update_integration(
        ApiId=api_id, IntegrationId=integration["IntegrationId"],
        IntegrationUri=LAMBDA.replace("pets", "cats"),
    )  # fmt: skip
    local.clock.advance(29)
    assert client.get_stage(**names)["DeploymentId"] == first
    assert served() == (200, "old")
    local.clock.advance(1)
    assert served() == (200, "new")
    stage = client.get_stage(**names)
    assert stage["DeploymentId"] != first
    deployment = client.get_deployment(ApiId=api_id, DeploymentId=stage["DeploymentId"])
    assert deployment["CreatedDate"] == stage["LastUpdatedDate"]


def test_changes_in_quick_succession_are_deployed_together() -> None:
    local = LocalGateway(clock=Clock(step=0), delays=Delays(auto_deploy=30))
    client: Client = local.client()
    api_id = http_api(client)
    client.create_stage(ApiId=api_id, StageName="test", AutoDeploy=True)
    route(client, api_id, "GET /first")
    local.clock.advance(20)
    route(client, api_id, "GET /second")
    local.clock.advance(10)
    # The deployment was due, although no request has been sent since.
    local.clock.advance(5)
    route(client, api_id, "GET /third")

    (deployment,) = client.get_deployments(ApiId=api_id)["Items"]
    text = client.export_api(
        ApiId=api_id, StageName="test", Specification="OAS30", OutputType="JSON"
    )["body"].read()
    assert set(json.loads(text)["paths"]) == {"/first", "/second"}
    local.clock.advance(30)
    assert len(client.get_deployments(ApiId=api_id)["Items"]) == 2
    assert deployment["AutoDeployed"] is True


def test_a_stage_that_stops_deploying_automatically_keeps_its_deployment() -> None:
    local = LocalGateway(clock=Clock(step=0), delays=Delays(auto_deploy=30))
    client: Client = local.client()
    api_id = http_api(client)
    names = {"ApiId": api_id, "StageName": "test"}
    route(client, api_id, "GET /")
    client.create_stage(**names, AutoDeploy=True)
    client.update_stage(**names, AutoDeploy=False)
    local.clock.advance(30)

    assert client.get_deployments(ApiId=api_id)["Items"] == []
    assert "DeploymentId" not in client.get_stage(**names)


def test_old_automatic_deployments_are_deleted_unless_a_stage_serves_them(
    client: Client,
) -> None:
    api_id = http_api(client)
    route_id = route(client, api_id, "GET /")
    for name in ("auto", "kept"):
        client.create_stage(ApiId=api_id, StageName=name, AutoDeploy=name == "auto")
    first = client.get_stage(ApiId=api_id, StageName="auto")["DeploymentId"]
    client.update_stage(ApiId=api_id, StageName="kept", DeploymentId=first)
    manual = client.create_deployment(ApiId=api_id)["DeploymentId"]
    for number in range(110):
        client.update_route(ApiId=api_id, RouteId=route_id, OperationName=f"n{number}")

    items = client.get_deployments(ApiId=api_id, MaxResults="500")["Items"]

    assert {first, manual} < {each["DeploymentId"] for each in items}
    assert len(items) == 100 + 2


def test_enabling_automatic_deployment_deploys(client: Client) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /pets")
    client.create_stage(ApiId=api_id, StageName="test")

    client.update_stage(ApiId=api_id, StageName="test", AutoDeploy=True)

    stage = client.get_stage(ApiId=api_id, StageName="test")
    assert stage["DeploymentId"]
    with refused("BadRequest", "AutoDeploy is enabled"):
        client.create_deployment(ApiId=api_id, StageName="test")
    with refused("BadRequest", "AutoDeploy is enabled"):
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


def test_a_websocket_api_has_no_authorizer_cache_to_reset(client: Client) -> None:
    api_id = websocket_api(client)
    client.create_stage(ApiId=api_id, StageName="test", ClientCertificateId="a")

    with refused("BadRequest", "only for HTTP APIs"):
        client.reset_authorizers_cache(ApiId=api_id, StageName="test")
