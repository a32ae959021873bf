"""Deploy, roll back, promote and prune."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2
from apigw2.testing import Clock, LocalGateway
from tests.support.local import conflict
from tests.support.server import Answer

if TYPE_CHECKING:
    from tests.support.local import Local


@pytest.fixture
def local_gateway() -> LocalGateway:
    # Dates have whole seconds, and an account can create a deployment every 5 seconds.
    return LocalGateway(clock=Clock(step=5))


@pytest.fixture
def api(local_gateway: LocalGateway) -> apigw2.Api:
    api = local_gateway.gateway().create_api("petstore", protocol_type="HTTP")
    backend = api.create_integration(
        "HTTP_PROXY",
        integration_uri="https://pets.example.com",
        integration_method="ANY",
        payload_format_version="1.0",
    )
    api.create_route("GET /pets", target=backend)
    return api


@pytest.fixture
def prod(api: apigw2.Api) -> apigw2.Stage:
    return api.create_stage("prod")


def operations(local_gateway: LocalGateway, since: int = 0) -> list[str]:
    return [request.operation for request in local_gateway.requests[since:]]


def test_deploy_makes_a_deployment_and_points_the_stage_to_it(
    local_gateway: LocalGateway, api: apigw2.Api, prod: apigw2.Stage
) -> None:
    before = len(local_gateway.requests)
    stage = api.deploy("prod", description="release 1")
    sent = operations(local_gateway, before)
    assert (sent[:2], sent[-1]) == (["GetStage", "CreateDeployment"], "UpdateStage")
    assert set(sent[2:-1]) <= {"GetDeployment"}
    assert stage.deployment is not None
    deployment = stage.deployment.get()
    assert (deployment.description, deployment.deployment_status) == ("release 1", "DEPLOYED")
    assert prod.get() == stage
    assert api.deploy(prod).deployment_id != stage.deployment_id


def test_deploy_to_a_stage_that_is_missing_makes_no_deployment(api: apigw2.Api) -> None:
    with pytest.raises(apigw2.NotFoundError):
        api.deploy("prod")
    assert api.get_deployments().all() == ()


def test_deploy_and_rollback_refuse_a_stage_with_auto_deploy(api: apigw2.Api) -> None:
    stage = api.create_stage("auto", auto_deploy=True)
    count = len(api.get_deployments().all())
    for call in (stage.deploy, stage.rollback):
        with pytest.raises(apigw2.PreflightError, match=r"auto deploys every change automatically"):
            call()
    assert len(api.get_deployments().all()) == count


def test_deploy_does_not_update_the_stage_if_the_deployment_failed(local: Local) -> None:
    stage = {"stageName": "prod"}
    deployment = {"deploymentId": "d1", "deploymentStatus": "PENDING"}
    failed = {**deployment, "deploymentStatus": "FAILED", "deploymentStatusMessage": "no"}
    local.server.prepare([Answer(stage), Answer(deployment), Answer(failed)])
    with pytest.raises(apigw2.FailedStateError, match="no"):
        local.gateway.api("a1").deploy("prod")
    assert not [line for line in local.server.lines if line.startswith("PATCH")]


def test_deploy_does_not_poll_a_deployment_that_is_ready(local: Local) -> None:
    stage = {"stageName": "prod"}
    deployment = {"deploymentId": "d1", "deploymentStatus": "DEPLOYED"}
    local.server.prepare([Answer(stage), Answer(deployment), Answer(stage)])
    local.gateway.api("a1").stage("prod").deploy()
    assert [line.partition(" ")[0] for line in local.server.lines] == ["GET", "POST", "PATCH"]


# --- rollback and promotion


def test_rollback_returns_the_only_stage_to_its_previous_deployment(
    api: apigw2.Api, prod: apigw2.Stage
) -> None:
    first, second, third = (prod.deploy() for _ in range(3))
    assert third.rollback().deployment_id == second.deployment_id
    assert api.stage("prod").rollback().deployment_id == first.deployment_id
    with pytest.raises(apigw2.PreflightError, match="no earlier deployment to roll back to"):
        api.stage("prod").rollback()
    assert third.rollback(to=first.deployment).deployment_id == first.deployment_id
    assert len(api.get_deployments().all()) == 3


def test_rollback_of_a_snapshot_returns_to_what_it_served(
    api: apigw2.Api, prod: apigw2.Stage
) -> None:
    staging = api.create_stage("staging")
    before = prod.deploy()
    for _ in range(3):
        staging.deploy()
    after = before.promote(from_="staging")
    assert after.deployment_id == staging.get().deployment_id
    assert before.rollback().deployment_id == before.deployment_id


def test_rollback_of_a_reference_does_not_guess_between_stages(
    api: apigw2.Api, prod: apigw2.Stage
) -> None:
    staging = api.create_stage("staging")
    first = prod.deploy()
    made = staging.deploy()
    last = prod.deploy()
    with pytest.raises(apigw2.MultipleMatchesError, match="choose a deployment with `to`") as error:
        last.rollback()
    ids = [getattr(each, "deployment_id", "") for each in error.value.matches]
    assert ids == [made.deployment_id, first.deployment_id]
    assert last.rollback(to=ids[1]).deployment_id == first.deployment_id
    assert staging.rollback().deployment_id == first.deployment_id, "the only earlier one"


def test_rollback_skips_failed_deployments(local: Local) -> None:
    def deployment(number: int, status: str) -> dict[str, object]:
        created = f"2026-01-0{number}T00:00:00Z"
        return {"deploymentId": f"d{number}", "deploymentStatus": status, "createdDate": created}

    items = [deployment(1, "DEPLOYED"), deployment(3, "DEPLOYED"), deployment(2, "FAILED")]
    stage = {"stageName": "prod", "deploymentId": "d3"}
    local.server.prepare([Answer(stage), Answer({"items": items}), Answer(stage)])
    local.gateway.api("a1").stage("prod").rollback()
    assert local.server.requests[-1].json == {"deploymentId": "d1"}


def test_rollback_of_a_stage_without_a_deployment_is_refused(prod: apigw2.Stage) -> None:
    with pytest.raises(apigw2.PreflightError, match="no earlier deployment"):
        prod.rollback()


def test_promote_needs_a_stage_of_the_same_api_with_a_deployment(
    api: apigw2.Api, prod: apigw2.Stage
) -> None:
    staging = api.create_stage("staging")
    with pytest.raises(apigw2.PreflightError, match="stage staging serves no deployment"):
        prod.promote(from_=staging)
    other = apigw2.ApiGatewayV2.of(api).create_api("other", protocol_type="HTTP")
    with pytest.raises(apigw2.PreflightError, match="is not a stage of API"):
        prod.promote(from_=other.stage("prod"))


# --- pruning


def test_prune_keeps_the_newest_deployments_and_those_that_stages_serve(
    api: apigw2.Api, prod: apigw2.Stage
) -> None:
    served = prod.deploy()
    made = [api.create_deployment() for _ in range(5)]
    gone = api.prune_deployments(keep=2)
    assert [each.deployment_id for each in gone] == [made[n].deployment_id for n in (2, 1, 0)]
    left = {each.deployment_id for each in api.get_deployments()}
    assert left == {served.deployment_id, made[3].deployment_id, made[4].deployment_id}
    assert api.prune_deployments() == ()
    assert len(api.prune_deployments(keep=0)) == 2
    assert prod.get().deployment_id == served.deployment_id


def test_prune_makes_one_request_if_there_is_nothing_to_delete(local: Local) -> None:
    local.server.prepare([Answer({"items": []})])
    assert local.gateway.api("a1").prune_deployments() == ()
    with pytest.raises(ValueError, match="keep must not be negative: -1"):
        local.gateway.api("a1").prune_deployments(keep=-1)
    assert len(local.server.lines) == 1


def test_prune_keeps_a_deployment_that_a_stage_has_just_started_to_serve(local: Local) -> None:
    deployments = [
        {"deploymentId": f"d{n}", "createdDate": f"2026-01-0{n}T00:00:00Z"} for n in (1, 2, 3)
    ]
    undated = {"deploymentId": "d0"}
    local.server.prepare(
        [
            Answer({"items": [undated, *deployments]}),
            Answer({"items": [{"stageName": "prod", "deploymentId": "d3"}]}),
            conflict("Active stages pointing to this deployment must be moved or deleted"),
            Answer(status=204),
        ]
    )
    (gone,) = local.gateway.api("a1").prune_deployments(keep=1)
    assert gone.deployment_id == "d1"
