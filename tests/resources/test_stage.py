"""Stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

import apigw2

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.resources import Requests

LOGS = apigw2.AccessLogSettings(
    destination_arn="arn:aws:logs:us-east-1:123456789012:log-group:pets",
    format="$context.requestId",
)


def test_a_stage_can_be_created_read_updated_and_deleted(api: apigw2.Api) -> None:
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


def test_a_reference_to_a_stage_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    stage = gw.api("a1b2c3").stage("prod")
    assert stage.api == gw.api("a1b2c3")
    assert stage.arn == "arn:aws:apigateway:us-east-1::/apis/a1b2c3/stages/prod"
    assert requests.new() == []


def test_get_stage_makes_one_request(api: apigw2.Api, requests: Requests) -> None:
    stage = api.create_stage("prod")
    requests.new()
    assert api.get_stage("prod") == stage
    assert requests.new() == ["GetStage"]


def test_a_stage_can_be_tagged_and_untagged(gw: apigw2.ApiGatewayV2, api: apigw2.Api) -> None:
    stage = api.create_stage("prod", tags={"tier": "1"})
    gw.tag_resource(stage, tags={"team": "pets"})
    gw.untag_resource(resource_arn=stage, tag_keys=["tier"])
    assert gw.get_tags(stage) == stage.get().tags == {"team": "pets"}


def test_route_settings_of_a_stage_can_be_set_and_deleted(
    api: apigw2.Api, route: apigw2.Route
) -> None:
    slow = apigw2.RouteSettings(throttling_burst_limit=1, throttling_rate_limit=0.5)
    stage = api.create_stage("prod", route_settings={route.route_key: slow})
    assert stage.route_settings == {"GET /pets": attrs.evolve(slow, detailed_metrics_enabled=False)}
    stage.delete_route_settings("GET /pets")
    assert stage.get().route_settings == {}
    with pytest.raises(apigw2.NotFoundError, match="GET /pets"):
        stage.delete_route_settings("GET /pets")


def test_access_log_settings_can_be_set_and_deleted(api: apigw2.Api) -> None:
    stage = api.create_stage("prod", access_log_settings=LOGS)
    assert stage.access_log_settings == LOGS
    stage.delete_access_log_settings()
    assert stage.get().access_log_settings is None


def test_unset_clears_fields_of_a_stage(
    api: apigw2.Api, route: apigw2.Route, requests: Requests
) -> None:
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
def test_a_stage_serves_the_deployment_that_it_is_given(
    api: apigw2.Api, local: LocalGateway
) -> None:
    stage = api.create_stage("prod")
    deployment = api.create_deployment()
    assert stage.update(deployment_id=deployment).deployment_id == deployment.deployment_id
    assert stage.wait_until_deployed().deployment_id == deployment.deployment_id

    local.faults.fail_transition("CreateDeployment", "no such function")
    stage.update(deployment_id=api.create_deployment())
    with pytest.raises(apigw2.FailedStateError, match="no such function"):
        stage.wait_until_deployed()


def test_auto_deploy_makes_a_new_deployment_after_a_change(
    api: apigw2.Api, route: apigw2.Route
) -> None:
    stage = api.create_stage("$default", auto_deploy=True).wait_until_deployed()
    route.update(route_key="GET /animals")
    newer = stage.wait_until_deployed(newer_than=stage.deployment_id)
    assert newer.deployment_id not in (None, stage.deployment_id)
    with pytest.raises(apigw2.WaitTimeoutError):
        stage.wait_until_deployed(newer_than=newer.deployment_id, timeout=3)


def test_the_cache_of_authorizers_can_be_reset(api: apigw2.Api, requests: Requests) -> None:
    stage = api.create_stage("prod")
    requests.new()
    stage.reset_authorizers_cache()
    assert requests.new() == ["ResetAuthorizersCache"]


def test_a_missing_stage_is_not_found(api: apigw2.Api) -> None:
    gone = api.stage("gone")
    methods = (
        gone.get,
        gone.update,
        gone.delete,
        gone.delete_access_log_settings,
        gone.reset_authorizers_cache,
        gone.wait_until_deployed,
    )
    for method in methods:
        with pytest.raises(apigw2.NotFoundError, match="gone"):
            method()


@pytest.fixture
def limited(chat: apigw2.Api) -> apigw2.Stage:
    """A stage with settings of the route `$default`."""
    settings = apigw2.RouteSettings(
        detailed_metrics_enabled=True, logging_level="INFO", throttling_burst_limit=5
    )
    return chat.create_stage("prod", route_settings={"$default": settings})


def test_a_single_setting_of_a_route_can_be_changed(
    limited: apigw2.Stage, requests: Requests
) -> None:
    requests.new()
    changed = limited.update_route_settings("$default", logging_level="ERROR")
    assert requests.new() == ["GetStage", "UpdateStage"]
    before = limited.route_settings["$default"]
    assert changed.route_settings["$default"] == attrs.evolve(before, logging_level="ERROR")
    every = limited.update_route_settings(
        "$default",
        data_trace_enabled=True,
        detailed_metrics_enabled=False,
        throttling_burst_limit=0,
        throttling_rate_limit=2.5,
    ).route_settings["$default"]
    assert every == apigw2.RouteSettings(
        data_trace_enabled=True,
        detailed_metrics_enabled=False,
        logging_level="ERROR",
        throttling_burst_limit=0,
        throttling_rate_limit=2.5,
    )


def test_a_route_without_settings_gets_the_given_settings(chat: apigw2.Api) -> None:
    stage = chat.create_stage("prod").update_route_settings("$connect", throttling_rate_limit=1)
    assert stage.route_settings["$connect"].throttling_rate_limit == 1


def test_a_single_setting_of_a_route_can_be_cleared(
    limited: apigw2.Stage, requests: Requests
) -> None:
    limited.update_route_settings("$default", throttling_rate_limit=1)
    requests.new()
    cleared = limited.unset_route_settings("$default", "throttling_burst_limit")
    assert requests.new() == ["GetStage", "DeleteRouteSettings", "UpdateStage"]
    settings = cleared.route_settings["$default"]
    assert settings.throttling_burst_limit is None
    assert (settings.throttling_rate_limit, settings.logging_level) == (1, "INFO")
    assert limited.get() == cleared


def test_clearing_every_setting_of_a_route_deletes_them(
    limited: apigw2.Stage, requests: Requests
) -> None:
    requests.new()
    cleared = limited.unset_route_settings(
        "$default",
        "data_trace_enabled",
        "detailed_metrics_enabled",
        "logging_level",
        "throttling_burst_limit",
        "throttling_rate_limit",
    )
    assert requests.new() == ["GetStage", "DeleteRouteSettings", "GetStage"]
    assert "$default" not in cleared.route_settings


def test_clearing_a_setting_that_is_not_set_changes_nothing(
    limited: apigw2.Stage, requests: Requests
) -> None:
    requests.new()
    for key in ("$default", "$connect"):
        assert limited.unset_route_settings(key, "throttling_rate_limit") == limited
    assert requests.new() == ["GetStage", "GetStage"]


def test_settings_that_do_not_exist_cannot_be_cleared(
    limited: apigw2.Stage, requests: Requests
) -> None:
    requests.new()
    for name in ("burst_limit", "extra"):
        with pytest.raises(TypeError, match=f"no setting '{name}'; use one of data_trace_enabled"):
            limited.unset_route_settings("$default", name)  # type: ignore[arg-type]  # a wrong name
    assert requests.new() == []


def test_settled_returns_when_the_changes_in_its_block_are_deployed(
    api: apigw2.Api, route: apigw2.Route, local: LocalGateway
) -> None:
    stage = api.create_stage("prod", auto_deploy=True)
    stage.wait_until_deployed(sleep=local.clock.advance)
    before = stage.get().deployment_id
    with stage.settled(sleep=local.clock.advance):
        api.create_route("GET /cats", target=route.target)
    after = stage.get()
    assert after.deployment_id not in (None, before)


def test_waiting_for_a_stage_that_nothing_will_deploy_fails_at_once(
    api: apigw2.Api, requests: Requests
) -> None:
    stage = api.create_stage("prod")
    requests.new()
    with pytest.raises(apigw2.FailedStateError, match="stage 'prod' cannot be deployed: it has no"):
        stage.wait_until_deployed()
    assert requests.new() == ["GetStage"]
