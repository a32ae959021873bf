"""Deployments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.resources import Requests

pytestmark = pytest.mark.usefixtures("route")  # an API without routes cannot be deployed


def test_a_deployment_can_be_created_read_updated_and_deleted(api: apigw2.Api) -> None:
    deployment = api.create_deployment(description="release 1")
    assert (deployment.description, deployment.deployment_status) == ("release 1", "PENDING")
    ready = deployment.wait_until_deployed()
    assert ready.deployment_status == "DEPLOYED"
    assert ready == deployment.get() == api.get_deployment(deployment.deployment_id)
    assert list(api.get_deployments()) == [ready]

    changed = deployment.update(description="release 1.0")
    assert changed.description == "release 1.0"
    assert deployment.get() == changed

    deployment.delete()
    assert list(api.get_deployments()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        deployment.get()
    assert deployment.deployment_id in str(caught.value)


def test_a_reference_to_a_deployment_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    requests.new()
    assert gw.api("a1b2c3").deployment("m4n5o6").api == gw.api("a1b2c3")
    assert requests.new() == []


def test_get_deployment_makes_one_request(api: apigw2.Api, requests: Requests) -> None:
    deployment = api.create_deployment()
    requests.new()
    assert api.get_deployment(deployment.deployment_id).deployment_id == deployment.deployment_id
    assert requests.new() == ["GetDeployment"]


def test_waiting_for_a_deployment_reports_each_state(api: apigw2.Api) -> None:
    seen: list[str | None] = []
    api.create_deployment().wait_until_deployed(
        on_poll=lambda deployment: seen.append(deployment.deployment_status)
    )
    assert seen == ["PENDING", "DEPLOYED"]


def test_waiting_for_a_deployment_that_fails_raises(local: LocalGateway, api: apigw2.Api) -> None:
    local.faults.fail_transition("CreateDeployment", "no such function")
    with pytest.raises(apigw2.FailedStateError, match="no such function") as caught:
        api.create_deployment().wait_until_deployed()
    assert isinstance(caught.value.last, apigw2.Deployment)
    assert caught.value.last.deployment_status == "FAILED"


def test_create_deployment_can_point_a_stage_to_the_deployment(api: apigw2.Api) -> None:
    stage = api.create_stage("prod")
    deployment = api.create_deployment(stage_name=stage)
    assert stage.get().deployment_id == deployment.deployment_id


def test_an_api_without_routes_cannot_be_deployed(chat: apigw2.Api) -> None:
    with pytest.raises(apigw2.BadRequestError, match="route"):
        chat.create_deployment()


def test_a_missing_deployment_is_not_found(api: apigw2.Api) -> None:
    gone = api.deployment("gone")
    for method in (gone.get, gone.update, gone.delete, gone.wait_until_deployed):
        with pytest.raises(apigw2.NotFoundError, match="gone"):
            method()
