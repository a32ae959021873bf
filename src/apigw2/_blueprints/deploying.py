"""Finds the stages that do not serve the current state of the API.

The service does not report whether an API has changed since a deployment. Therefore the description
of a plan's deployment contains a digest of the state that it froze. A stage that serves a
deployment with another digest, or without one, has to be deployed: after a rollback, after changes
by others, and after an apply that failed before it deployed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apigw2._blueprints import calls
from apigw2._blueprints.changes import Change
from apigw2._blueprints.digests import digest_in, digest_of
from apigw2._blueprints.draft import Draft, Level

if TYPE_CHECKING:
    import apigw2
    from apigw2._blueprints.blueprint import Blueprint
    from apigw2._blueprints.read import State


def plan_deployment(draft: Draft, wanted: Blueprint, state: State | None) -> None:
    """Add a deployment of the wanted stages that do not serve the API as it will be.

    Args:
        draft: The plan, with all other changes.
        wanted: The blueprint. Its stages are deployed; other stages are not.
        state: The current state; `None` if the API does not exist.
    """
    after: Blueprint = draft.after
    digest = digest_of(after)
    stages = {} if state is None else {stage.key: stage for stage in state.stages}
    names = {stage.stage_name for stage in wanted.stages}
    changes_served = state is None or digest != digest_of(state.blueprint())
    deployed: list[str] = []
    for spec in after.stages if after.routes else ():
        if spec.stage_name not in names:
            continue
        existing = stages.get(spec.stage_name)
        before: apigw2.Stage | None = None if existing is None else existing.source
        if not spec.auto_deploy:
            served = None if before is None else before.deployment_id
            if state is None or digest_in(state.served.get(served or "")) != digest:
                deployed.append(spec.stage_name)
        elif draft.steps and (existing is None or changes_served):
            wait = (Level.WAITING, calls.Wait(spec.stage_name, before))
            draft.add_steps(draft.steps[-1].change, wait)
            draft.notes.append(
                f"stage {spec.stage_name} deploys automatically: it serves each change at once"
            )
    if deployed:
        change = Change(action="deploy", kind="stage", key=", ".join(deployed), reason="and wait")
        draft.add(change, (Level.DEPLOYMENT, calls.Deploy(tuple(deployed), digest)))
