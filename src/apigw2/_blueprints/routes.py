"""Plans the changes of routes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from apigw2._blueprints import calls
from apigw2._blueprints.changes import Change, summary
from apigw2._blueprints.draft import Level
from apigw2._blueprints.keys import authorizer_key
from apigw2._blueprints.normalize import normal
from apigw2._blueprints.updates import difference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apigw2._blueprints.calls import AnyCall
    from apigw2._blueprints.compare import Comparison
    from apigw2._blueprints.keys import PlanKey
    from apigw2._blueprints.read import Existing
    from apigw2._blueprints.specs import RouteSpec
    from apigw2._blueprints.updates import Difference


@attrs.frozen
class Conflicts:
    """Routes whose keys exclude each other: they differ only in the names of path variables.

    Attributes:
        deleted: Keys of existing routes that are deleted before the wanted ones are created.
        blocked: Why a wanted route cannot be created, by its key.
    """

    deleted: set[str]
    blocked: dict[str, str]


def find_conflicts(comparison: Comparison) -> Conflicts:
    """Find the routes whose keys exclude wanted routes."""
    deleted: set[str] = set()
    blocked: dict[str, str] = {}
    if comparison.protocol != "HTTP":
        return Conflicts(deleted, blocked)
    shapes: dict[str, str] = {}
    # Of two wanted routes, the one that exists comes first: the other one cannot be created.
    for key in sorted(comparison.wanted_routes, key=lambda key: key not in comparison.routes):
        other = shapes.setdefault(_shape_of(key), key)
        if other != key:
            blocked[key] = f"route {other}, which is also in the plan, excludes it"
    for key, route in comparison.routes.items():
        wanted = shapes.get(_shape_of(key))
        if wanted is None or key in comparison.wanted_routes or wanted in comparison.routes:
            continue
        if route.managed:
            blocked[wanted] = f"route {key}, which API Gateway manages, excludes it"
        elif comparison.policy.partial and key not in comparison.deleted_routes:
            blocked[wanted] = f"route {key} excludes it"
        else:
            deleted.add(key)
    return Conflicts(deleted, blocked)


def _shape_of(route_key: str) -> str:
    """A route key without the names of its path variables."""
    return re.sub(r"\{[^{}]*?(\+?)\}", r"{\1}", route_key)


def plan_routes(comparison: Comparison, conflicts: Conflicts) -> None:
    """Create, update and delete routes."""
    for key, spec in comparison.wanted_routes.items():
        found = comparison.routes.get(key)
        if found is None:
            _create(comparison, spec, conflicts.blocked.get(key, ""))
        else:
            _update(comparison, spec, found)
    for key in sorted(comparison.deleted_routes):
        level = Level.CONFLICTING_ROUTES if key in conflicts.deleted else Level.DELETED_ROUTES
        comparison.delete(comparison.routes[key], level, *_settings_deletions(comparison, key))
    for key, route in comparison.routes.items():
        if key not in comparison.wanted_routes and key not in comparison.deleted_routes:
            comparison.routes_after[key] = route.spec
            comparison.keep(route)


def _settings_deletions(comparison: Comparison, key: str) -> list[tuple[int, AnyCall]]:
    return [
        (Level.STALE_SETTINGS, calls.DeleteRouteSettings(stage, key))
        for stage in comparison.state.stages
        if key in stage.spec.route_settings
    ]


def _target_key(comparison: Comparison, spec: RouteSpec) -> PlanKey | None:
    if spec.target is None:
        return None
    return ("integration", normal(spec.target, comparison.protocol))


def _create(comparison: Comparison, spec: RouteSpec, blocked: str) -> None:
    key: PlanKey = ("route", spec.route_key)
    comparison.routes_after[spec.route_key] = spec
    change = Change(
        action="create",
        kind="route",
        key=spec.route_key,
        reason=summary(spec),
        blocked=blocked,
    )
    create = calls.Create(
        spec,
        key,
        target=_target_key(comparison, spec),
        authorizer=authorizer_key(spec.authorizer),
    )
    comparison.draft.add(
        change,
        (Level.ROUTES, create),
        *((Level.ROUTE_RESPONSES, calls.create_response(each, key)) for each in spec.responses),
    )


def _update(comparison: Comparison, spec: RouteSpec, found: Existing) -> None:
    wanted = comparison.policy.desired(spec, found)
    changed = difference(found.spec, wanted, comparison.protocol)
    target = _new_target(comparison, spec, found, changed)
    authorizer = _new_authorizer(comparison, wanted, found, changed)
    key: PlanKey = ("route", spec.route_key)
    comparison.draft.ids[key] = found.ident
    comparison.routes_after[spec.route_key] = _with_desired_target(comparison, wanted)
    fields = (*changed.own_fields, *comparison.response_changes(found, wanted))
    if not fields and target is None and authorizer is None:
        return
    call = comparison.update_call(found, wanted, changed, target=target, authorizer=authorizer)
    steps: tuple[tuple[int, AnyCall], ...] = (
        (Level.ROUTES, call),
        *comparison.response_calls(found, wanted, key, Level.ROUTE_RESPONSES),
    )
    if fields:
        change = Change(
            action="update",
            kind="route",
            key=spec.route_key,
            fields=fields,
            blocked=changed.blocked,
        )
        comparison.draft.add(change, *steps)
    else:  # it only moves, as a part of the replacement of its integration or authorizer
        indexes = (comparison.replacements.get(moved) for moved in (target, authorizer) if moved)
        comparison.draft.add_steps(next(i for i in indexes if i is not None), *steps)


def _with_desired_target(comparison: Comparison, wanted: RouteSpec) -> RouteSpec:
    """The route with the state that its integration has after the plan is applied."""
    if wanted.target is None:
        return wanted
    match = comparison.matches.get(normal(wanted.target, comparison.protocol))
    return wanted if match is None else attrs.evolve(wanted, target=match.spec)


def _new_target(
    comparison: Comparison, spec: RouteSpec, found: Existing, changed: Difference
) -> PlanKey | None:
    """The key of the integration that a route moves to; `None` if it does not move."""
    if spec.target is None:
        if not comparison.policy.partial and found.target is not None:
            changed.clears["Target"] = ""
        return None
    form = normal(spec.target, comparison.protocol)
    match = comparison.matches[form]
    existing = match.existing
    stays = found.target is not None and (
        found.target in match.equals or (existing is not None and found.target == existing.ident)
    )
    if stays:  # the integration itself changes or is replaced, or nothing changes
        changed.fields = [field for field in changed.fields if field.name != "target"]
        return ("integration", form) if ("integration", form) in comparison.replacements else None
    return ("integration", form)


def _new_authorizer(
    comparison: Comparison, wanted: RouteSpec, found: Existing, changed: Difference
) -> PlanKey | None:
    """The key of the authorizer that a route moves to; `None` if it does not move."""
    key = authorizer_key(wanted.authorizer)
    if key is None:
        if found.authorizer is not None:
            changed.clears["AuthorizerId"] = ""
        return None
    ident = comparison.draft.ids.get(key)
    return None if ident is not None and ident == found.authorizer else key


def models_of(spec: RouteSpec) -> set[str]:
    """The names of the models that a route and its responses use."""
    responses: list[Mapping[str, str]] = [each.response_models for each in spec.responses]
    return {name for models in (spec.request_models, *responses) for name in models.values()}
