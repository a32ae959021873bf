"""Compares the current state of an API with its desired state, and makes the draft of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from apigw2._blueprints import calls
from apigw2._blueprints.authorizers import plan_authorizers
from apigw2._blueprints.changes import Change, label
from apigw2._blueprints.compare import Comparison
from apigw2._blueprints.deploying import plan_deployment
from apigw2._blueprints.draft import Draft, Level
from apigw2._blueprints.integrations import plan_integrations
from apigw2._blueprints.matching import Policy, match_integrations
from apigw2._blueprints.normalize import kind_of, normal
from apigw2._blueprints.outcome import outcome
from apigw2._blueprints.read import Existing, State, without_parts
from apigw2._blueprints.routes import find_conflicts, models_of, plan_routes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from apigw2._blueprints.blueprint import Blueprint
    from apigw2._blueprints.specs import ModelSpec, StageSpec


def make_draft(
    state: State | None,
    wanted: Blueprint,
    *,
    partial: bool = False,
    prune: bool = False,
    scope: Callable[[str, str], bool] | None = None,
    match: str | None = None,
) -> Draft:
    """Make the draft of a plan.

    Args:
        state: The current state; `None` if the API does not exist.
        wanted: The desired state.
        partial: Whether to manage only the given fields of the given objects.
        prune: Whether to delete objects that are not wanted.
        scope: Whether pruning may delete an object, given its kind and key.
        match: Id of the existing integration for the only integration spec.

    Raises:
        AmbiguousMatchError: Several integrations have the backend of a spec.
        PlanError: The integration `match` does not exist.
    """
    policy = Policy(protocol=wanted.protocol_type, partial=partial, prune=prune)
    current = State(own=without_parts(wanted), api=None) if state is None else state
    comparison = Comparison(current, wanted, policy, scope)
    comparison.routes = {route.key: route for route in current.routes}
    comparison.wanted_routes = {route.route_key: route for route in wanted.routes}
    comparison.deleted_routes = {
        key
        for key, route in comparison.routes.items()
        if key not in comparison.wanted_routes and comparison.prunes(route)
    }
    conflicts = find_conflicts(comparison)
    comparison.deleted_routes |= conflicts.deleted
    comparison.matches = match_integrations(
        wanted.all_integrations(),
        current,
        policy,
        routes=comparison.wanted_routes,
        deleted=comparison.deleted_routes,
        chosen={} if match is None else {normal(wanted.integrations[0], policy.protocol): match},
    )
    _plan_api(comparison, is_new=state is None)
    _plan_models(comparison)
    plan_integrations(comparison)
    plan_authorizers(comparison)
    plan_routes(comparison, conflicts)
    _plan_stages(comparison)
    _plan_unused(comparison)
    comparison.draft.after = outcome(comparison)
    if state is None or state.api is not None:  # not for a comparison of two blueprints
        plan_deployment(comparison.draft, wanted, state)
    return comparison.draft


def _plan_api(comparison: Comparison, *, is_new: bool) -> None:
    wanted = without_parts(comparison.wanted)
    if is_new:
        change = Change(action="create", kind="api", key=wanted.name)
        call = calls.Create(wanted, ("api", wanted.name))
        comparison.draft.add(change, (Level.API, call))
    else:
        comparison.update(comparison.state.existing_api, wanted, Level.API)


def _plan_models(comparison: Comparison) -> None:
    existing = {model.key: model for model in comparison.state.models}
    for spec in comparison.wanted.models:
        _create_or_update(comparison, spec, existing.get(spec.name), Level.PARTS)


def _plan_stages(comparison: Comparison) -> None:
    existing = {stage.key: stage for stage in comparison.state.stages}
    for spec in comparison.wanted.stages:
        found = existing.pop(spec.stage_name, None)
        if found is not None:
            # The settings of deleted routes are deleted before the stage is updated.
            settings = {
                key: value
                for key, value in found.spec.route_settings.items()
                if key not in comparison.deleted_routes
            }
            current = attrs.evolve(found.spec, route_settings=settings)
            found = attrs.evolve(found, spec=current)
        _create_or_update(comparison, spec, found, Level.STAGES)
        # AWS accepts settings for `$default` and `$connect` without such a route, but no others.
        comparison.draft.notes += [
            f"stage {spec.stage_name} has route_settings for {key}, but the API has no such route"
            for key in spec.route_settings
            if key not in comparison.routes_after and not key.startswith("$")
        ]
    for stage in existing.values():
        _delete_or_keep(comparison, stage)


def _create_or_update(
    comparison: Comparison, spec: ModelSpec | StageSpec, found: Existing | None, level: int
) -> None:
    if found is not None:
        comparison.update(found, comparison.policy.desired(spec, found), level)
        return
    kind, key = kind_of(spec), label(spec)
    change = Change(action="create", kind=kind, key=key)
    comparison.draft.add(change, (level, calls.Create(spec, (kind, key))))


def _plan_unused(comparison: Comparison) -> None:
    """Delete or keep the integrations, authorizers and models that are not wanted."""
    state, wanted = comparison.state, comparison.wanted
    staying = [each for each in state.routes if each.key not in comparison.deleted_routes]
    others = [route for route in staying if route.key not in comparison.wanted_routes]
    used = {route.target for route in others} | {route.authorizer for route in others}
    wanted_ids = _wanted_integrations(comparison, staying)
    for integration in state.integrations:
        if integration.ident not in wanted_ids:
            is_used = integration.ident in used
            _delete_or_keep(comparison, integration, is_used=is_used)
            if not is_used and not comparison.policy.partial and not comparison.policy.prune:
                # The user's own, or left by a plan that failed after it moved the routes.
                comparison.draft.notes.append(
                    f"no route uses integration {label(integration.spec)} ({integration.ident}); "
                    "prune=True deletes it"
                )
    wanted_ids = comparison.replaced_authorizers | {
        ident for (kind, _), ident in comparison.draft.ids.items() if kind == "authorizer"
    }
    for authorizer in state.authorizers:
        if authorizer.ident not in wanted_ids:
            _delete_or_keep(comparison, authorizer, is_used=authorizer.ident in used)
    names = {model.name for model in wanted.models}
    used_names = {name for route in others for name in models_of(route.spec)}
    for model in state.models:
        if model.key not in names:
            _delete_or_keep(comparison, model, is_used=model.key in used_names)


def _wanted_integrations(comparison: Comparison, staying: Sequence[Existing]) -> set[str]:
    """The ids of existing integrations that are matched, or that wanted routes keep."""
    matches = comparison.matches.values()
    ids = {match.existing.ident for match in matches if match.existing is not None}
    for route in staying:
        spec = comparison.wanted_routes.get(route.key)
        if spec is None or route.target is None:
            continue
        if spec.target is None:
            keeps = comparison.policy.partial
        else:
            form = normal(spec.target, comparison.protocol)
            keeps = route.target in comparison.matches[form].equals
        if keeps:
            ids.add(route.target)
    return ids


def _delete_or_keep(comparison: Comparison, existing: Existing, *, is_used: bool = False) -> None:
    if comparison.prunes(existing) and not is_used:
        comparison.delete(existing, Level.DELETED_PARTS)
    else:
        comparison.keep(existing)
