"""Finds the stages that do not serve the current state of the API.

The service does not report whether an API has changed since a deployment. Therefore the description
of a plan's deployment contains a digest of the state that it froze. A stage that serves a
deployment with another digest, or without one, has to be deployed: after a rollback, after changes
by others, and after an apply that failed before it deployed.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Final, cast

from apigw2._blueprints import calls
from apigw2._blueprints.changes import Change
from apigw2._blueprints.draft import Draft, Level
from apigw2._blueprints.normalize import comparable, normal
from apigw2._objects.containers import holds_items

if TYPE_CHECKING:
    from apigw2._blueprints.blueprint import Blueprint
    from apigw2._blueprints.read import State

_FROZEN: Final = (
    "api_key_selection_expression",
    "cors_configuration",
    "disable_execute_api_endpoint",
    "route_selection_expression",
)
"""Fields of the API itself that a deployment freezes."""

_DIGEST: Final = re.compile(r"apigw2 blueprint ([0-9a-f]{16})\b")


def digest_of(blueprint: Blueprint) -> str:
    """The digest of what a deployment freezes: an API's routes and what they use."""
    protocol = blueprint.protocol_type
    own = comparable(blueprint, protocol)
    content = (
        frozenset((name, own[name]) for name in _FROZEN if name in own),
        frozenset(normal(route, protocol) for route in blueprint.routes),
        frozenset(
            normal(route.authorizer, protocol)
            for route in blueprint.routes
            if route.authorizer is not None
        ),
        frozenset(normal(model, protocol) for model in blueprint.models),
    )
    text = json.dumps(_ordered(content), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _ordered(value: Any) -> Any:  # of any shape
    if isinstance(value, frozenset):
        items: Any = list(cast("frozenset[object]", value))
        return sorted((_ordered(item) for item in items), key=json.dumps)
    if holds_items(value):
        return [_ordered(item) for item in value]
    return value if value is None or isinstance(value, (str, int, float)) else repr(value)


def description_of(digest: str) -> str:
    """The description of a plan's deployment."""
    return f"apigw2 blueprint {digest}"


def digest_in(description: str | None) -> str | None:
    """The digest in a deployment's description."""
    found = _DIGEST.search(description or "")
    return None if found is None else found[1]


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
        served = None if existing is None else existing.source.deployment_id
        if not spec.auto_deploy:
            if state is None or digest_in(state.served.get(served or "")) != digest:
                deployed.append(spec.stage_name)
        elif draft.steps and (existing is None or changes_served):
            wait = (Level.WAITING, calls.Wait(spec.stage_name, served))
            draft.add_steps(draft.steps[-1].change, wait)
            draft.notes.append(
                f"stage {spec.stage_name} deploys automatically: it serves each change at once"
            )
    if deployed:
        change = Change(action="deploy", kind="stage", key=", ".join(deployed), reason="and wait")
        draft.add(change, (Level.DEPLOYMENT, calls.Deploy(tuple(deployed), digest)))
