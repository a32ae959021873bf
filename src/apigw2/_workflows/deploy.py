"""Moving stages from one deployment to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import apigw2
from apigw2._objects.references import as_id
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
    """Make a deployment, wait for it, and let a stage serve it.

    The stage moves last, so it never serves a deployment that failed.

    Raises:
        PreflightError: The stage deploys by itself.
        NotFoundError: The stage does not exist.
        FailedStateError: The deployment failed; the stage serves what it served before.
        WaitTimeoutError: The deployment is still pending; the stage serves what it served before.
    """
    _movable(stage)
    deployment = stage.api.create_deployment(description=description)
    if deployment.deployment_status != "DEPLOYED":
        deployment = deployment.wait_until_deployed(timeout=timeout, poll=poll, sleep=sleep)
    return stage.update(deployment_id=deployment)


def rollback(stage: apigw2.StageRef, to: apigw2.DeploymentRef | str | None) -> apigw2.Stage:
    """Let a stage serve an earlier deployment.

    Raises:
        PreflightError: The stage deploys by itself, or there is no earlier deployment.
        MultipleMatchesError: Several deployments may be meant.
    """
    if to is None:
        to = _served_before(stage)
    return stage.update(deployment_id=to)


def promote(stage: apigw2.StageRef, from_: apigw2.StageRef | str) -> apigw2.Stage:
    """Let a stage serve what another stage of its API serves.

    Raises:
        PreflightError: The other stage is of another API, or serves nothing.
    """
    source = stage.api.stage(from_) if isinstance(from_, str) else from_
    if source.api_id != stage.api_id:
        msg = f"from_: {source!r} is a stage of another API than {stage!r}"
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
    if keep < 0:
        msg = f"keep: {keep} is negative"
        raise ValueError(msg)
    # The stages come second: a deployment that is new in the first list cannot be missed there.
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
    except ResourceInUseError:  # a stage has moved to it meanwhile
        return False


def _newest_first(deployments: Iterable[apigw2.Deployment]) -> list[apigw2.Deployment]:
    """Deployments by age; those whose age is unknown are left out."""
    dated = [(each.created_date, each) for each in deployments if each.created_date]
    return [each for _, each in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def _movable(stage: apigw2.StageRef) -> apigw2.Stage:
    """The stage's present state, if its deployment can be set."""
    now = stage.get()
    if now.auto_deploy:
        msg = (
            f"stage {now.stage_name} deploys every change by itself (auto_deploy), "
            "so its deployment cannot be chosen; update(auto_deploy=False) first"
        )
        raise PreflightError(msg)
    return now


def _served_before(stage: apigw2.StageRef) -> str:
    """The deployment that a stage served before the present one.

    The service keeps no history. A snapshot from before the last move has the answer. Otherwise it
    is the deployment that was made before the present one, if that can be no other stage's.
    """
    now = _movable(stage)
    seen = getattr(stage, "deployment_id", None)
    if seen is not None and seen != now.deployment_id:
        return as_id(seen, apigw2.DeploymentRef)
    deployments = [
        each
        for each in _newest_first(stage.api.get_deployments())
        if each.deployment_status == "DEPLOYED" or each.deployment_id == now.deployment_id
    ]
    ids = [each.deployment_id for each in deployments]
    older = deployments[ids.index(now.deployment_id) + 1 :] if now.deployment_id in ids else []
    if not older:
        msg = f"stage {now.stage_name}: there is no earlier deployment to roll back to"
        raise PreflightError(msg)
    if len(older) > 1 and any(each.stage_name != now.stage_name for each in stage.api.get_stages()):
        msg = (
            f"stage {now.stage_name}: the API has other stages, and the service does not say which "
            "deployment this one served before; choose one with `to`"
        )
        raise MultipleMatchesError(msg, older)
    return older[0].deployment_id
