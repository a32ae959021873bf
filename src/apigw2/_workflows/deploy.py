"""Deploying to stages, and rolling them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import apigw2
from apigw2._arguments import check_type
from apigw2._objects.references import as_id
from apigw2._workflows.waiters import check_waiting
from apigw2.errors import MultipleMatchesError, PreflightError, ResourceInUseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def deploy(
    stage: apigw2.StageRef,
    *,
    description: str | None,
    timeout: float,
    poll: float,
    sleep: Callable[[float], None] | None,
) -> apigw2.Stage:
    """Create a deployment, wait for it, and let a stage serve it.

    The stage is updated last, so it never serves a failed deployment.

    Raises:
        PreflightError: The stage has `auto_deploy` on.
        NotFoundError: The stage does not exist.
        FailedStateError: The deployment failed; the stage still serves the previous one.
        WaitTimeoutError: The deployment is pending; the stage still serves the previous one.
    """
    check_waiting(timeout, poll)
    _fetch_deployable(stage)
    deployment = stage.api.create_deployment(description=description)
    if deployment.deployment_status != "DEPLOYED":
        deployment = deployment.wait_until_deployed(timeout=timeout, poll=poll, sleep=sleep)
    return stage.update(deployment_id=deployment)


def rollback(stage: apigw2.StageRef, to: apigw2.DeploymentRef | str | None) -> apigw2.Stage:
    """Let a stage serve an earlier deployment.

    Raises:
        PreflightError: The stage has `auto_deploy` on, or there is no earlier deployment.
        MultipleMatchesError: The previous deployment is ambiguous.
    """
    if to is None:
        to = _previous_deployment_id(stage)
    return stage.update(deployment_id=to)


def promote(stage: apigw2.StageRef, from_: apigw2.StageRef | str) -> apigw2.Stage:
    """Let a stage serve the deployment of another stage of its API.

    Raises:
        PreflightError: The other stage belongs to another API, or serves no deployment.
    """
    source = from_ if isinstance(from_, apigw2.StageRef) else stage.api.stage(from_)
    if source.api_id != stage.api_id:
        msg = f"from_: {source!r} is not a stage of API {stage.api_id!r}"
        raise PreflightError(msg)
    served = source.get().deployment_id
    if served is None:
        msg = f"from_: stage {source.stage_name} serves no deployment"
        raise PreflightError(msg)
    return stage.update(deployment_id=served)


def prune(api: apigw2.ApiRef, keep: int) -> tuple[apigw2.Deployment, ...]:
    """Delete old deployments that no stage serves; return those that were deleted.

    Raises:
        ValueError: `keep` is negative.
    """
    check_type("keep", keep, int, "an integer")
    if keep < 0:
        msg = f"keep must not be negative: {keep}"
        raise ValueError(msg)
    # List the stages second, so that no deployment in the first list is missed as served.
    old = _newest_first(api.get_deployments())[keep:]
    served = {stage.deployment_id for stage in api.get_stages()} if old else set[str | None]()
    return tuple(
        deployment
        for deployment in old
        if deployment.deployment_id not in served and _delete(deployment)
    )


def _delete(deployment: apigw2.Deployment) -> bool:
    try:
        return deployment.delete(missing_ok=True)
    except ResourceInUseError:  # a stage serves it now
        return False


def _newest_first(deployments: Iterable[apigw2.Deployment]) -> list[apigw2.Deployment]:
    """Sort deployments by age, and omit those without a date."""
    dated = [(each.created_date, each) for each in deployments if each.created_date]
    return [each for _, each in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def _fetch_deployable(stage: apigw2.StageRef) -> apigw2.Stage:
    """Fetch the stage; raise an error if its deployment cannot be set."""
    current = stage.get()
    if current.auto_deploy:
        msg = (
            f"stage {current.stage_name} deploys every change automatically (auto_deploy), "
            "so its deployment cannot be chosen; update(auto_deploy=False) first"
        )
        raise PreflightError(msg)
    return current


def _previous_deployment_id(stage: apigw2.StageRef) -> str:
    """The id of the deployment that a stage served before the current one.

    The service keeps no history. A snapshot from before the last deployment has the id. Otherwise
    it is the deployment created before the current one, unless that may belong to another stage.
    """
    current = _fetch_deployable(stage)
    seen = getattr(stage, "deployment_id", None)
    if seen is not None and seen != current.deployment_id:
        return as_id(seen, apigw2.DeploymentRef)
    deployments = [
        each
        for each in _newest_first(stage.api.get_deployments())
        if each.deployment_status == "DEPLOYED" or each.deployment_id == current.deployment_id
    ]
    ids = [each.deployment_id for each in deployments]
    older = (
        deployments[ids.index(current.deployment_id) + 1 :] if current.deployment_id in ids else []
    )
    if not older:
        msg = f"stage {current.stage_name}: there is no earlier deployment to roll back to"
        raise PreflightError(msg)
    if len(older) > 1 and any(
        each.stage_name != current.stage_name for each in stage.api.get_stages()
    ):
        msg = (
            f"stage {current.stage_name}: its previous deployment is unknown, because the API has "
            "other stages; choose a deployment with `to`"
        )
        raise MultipleMatchesError(msg, older)
    return older[0].deployment_id
