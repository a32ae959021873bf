"""Stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

import apigw2

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.resources.support import Requests

LOGS = apigw2.AccessLogSettings(
    destination_arn="arn:aws:logs:us-east-1:123456789012:log-group:pets",
    format="$context.requestId",
)


def test_life_cycle(api: apigw2.Api) -> None:
    stage = api.create_stage("prod", description="Production", stage_variables={"color": "blue"})
    assert (stage.stage_name, stage.description) == ("prod", "Production")
    assert stage.get() == api.get_stage("prod") == stage
    assert list(api.get_stages()) == [stage]

    changed = stage.update(
        default_route_settings=apigw2.RouteSettings(throttling_rate_limit=50),
        stage_variables={"size": "xl"},
    )
    assert changed.default_route_settings is not None
    assert changed.default_route_settings.throttling_rate_limit == 50
    assert changed.stage_variables == {"color": "blue", "size": "xl"}, "maps are merged"
    assert stage.get() == changed

    stage.delete()
    assert list(api.get_stages()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        stage.get()
    assert "stage_name='prod'" in str(caught.value)


def test_references_make_no_request(gw: apigw2.ApiGatewayV2, requests: Requests) -> None:
    stage = gw.api("a1b2c3").stage("prod")
    assert stage.api == gw.api("a1b2c3")
    assert stage.arn == "arn:aws:apigateway:us-east-1::/apis/a1b2c3/stages/prod"
    assert requests.new() == []


def test_a_shorthand_makes_one_request(api: apigw2.Api, requests: Requests) -> None:
    stage = api.create_stage("prod")
    requests.new()
    assert api.get_stage("prod") == stage
    assert requests.new() == ["GetStage"]


def test_tags(gw: apigw2.ApiGatewayV2, api: apigw2.Api) -> None:
    stage = api.create_stage("prod", tags={"tier": "1"})
    gw.tag_resource(stage, tags={"team": "pets"})
    gw.untag_resource(resource_arn=stage, tag_keys=["tier"])
    assert gw.get_tags(stage) == stage.get().tags == {"team": "pets"}


def test_settings_of_single_routes(api: apigw2.Api, route: apigw2.Route) -> None:
    slow = apigw2.RouteSettings(throttling_burst_limit=1, throttling_rate_limit=0.5)
    stage = api.create_stage("prod", route_settings={route.route_key: slow})
    assert stage.route_settings == {"GET /pets": attrs.evolve(slow, detailed_metrics_enabled=False)}
    stage.delete_route_settings("GET /pets")
    assert stage.get().route_settings == {}
    with pytest.raises(apigw2.NotFoundError, match="GET /pets"):
        stage.delete_route_settings("GET /pets")


def test_access_logs(api: apigw2.Api) -> None:
    stage = api.create_stage("prod", access_log_settings=LOGS)
    assert stage.access_log_settings == LOGS
    stage.delete_access_log_settings()
    assert stage.get().access_log_settings is None


def test_unset(api: apigw2.Api, route: apigw2.Route, requests: Requests) -> None:
    stage = api.create_stage(
        "prod",
        access_log_settings=LOGS,
        route_settings={route.route_key: apigw2.RouteSettings(throttling_rate_limit=1)},
        stage_variables={"color": "blue"},
    )
    requests.new()
    cleared = stage.unset("access_log_settings", "route_settings", "stage_variables")
    assert requests.new() == ["DeleteAccessLogSettings", "DeleteRouteSettings", "UpdateStage"]
    assert cleared.access_log_settings is None
    assert not cleared.route_settings
    assert not cleared.stage_variables


@pytest.mark.usefixtures("route")
def test_it_serves_the_deployment_that_it_is_given(api: apigw2.Api, local: LocalGateway) -> None:
    stage = api.create_stage("prod")
    deployment = api.create_deployment()
    assert stage.update(deployment_id=deployment).deployment_id == deployment.deployment_id
    assert stage.wait_until_deployed().deployment_id == deployment.deployment_id

    local.faults.fail_transition("CreateDeployment", "no such function")
    stage.update(deployment_id=api.create_deployment())
    with pytest.raises(apigw2.FailedStateError, match="no such function"):
        stage.wait_until_deployed()


def test_auto_deploy(api: apigw2.Api, route: apigw2.Route) -> None:
    stage = api.create_stage("$default", auto_deploy=True).wait_until_deployed()
    route.update(route_key="GET /animals")
    newer = stage.wait_until_deployed(newer_than=stage.deployment_id)
    assert newer.deployment_id not in (None, stage.deployment_id)
    with pytest.raises(apigw2.WaitTimeoutError):
        stage.wait_until_deployed(newer_than=newer.deployment_id, timeout=3)


def test_answers_of_authorizers_are_forgotten(api: apigw2.Api, requests: Requests) -> None:
    stage = api.create_stage("prod")
    requests.new()
    stage.reset_authorizers_cache()
    assert requests.new() == ["ResetAuthorizersCache"]


def test_one_that_is_not_there(api: apigw2.Api) -> None:
    gone = api.stage("gone")
    verbs = (
        gone.get,
        gone.update,
        gone.delete,
        gone.delete_access_log_settings,
        gone.reset_authorizers_cache,
        gone.wait_until_deployed,
    )
    for verb in verbs:
        with pytest.raises(apigw2.NotFoundError, match="gone"):
            verb()
