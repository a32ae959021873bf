"""Plans the changes of authorizers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from apigw2._blueprints import calls
from apigw2._blueprints.changes import Change
from apigw2._blueprints.draft import Level
from apigw2._blueprints.keys import REPLACEMENT
from apigw2._blueprints.updates import difference

if TYPE_CHECKING:
    from apigw2._blueprints.calls import AnyCall
    from apigw2._blueprints.compare import Comparison
    from apigw2._blueprints.keys import PlanKey
    from apigw2._blueprints.read import Existing
    from apigw2._blueprints.specs import AuthorizerSpec


def plan_authorizers(comparison: Comparison) -> None:
    """Create, update or replace the wanted authorizers."""
    existing = {each.key: each for each in comparison.state.authorizers}
    for spec in comparison.wanted.all_authorizers():
        found = existing.get(spec.name)
        replacement = existing.get(spec.name + REPLACEMENT)
        if replacement is not None and _is_replacement(comparison, replacement, spec):
            _finish_replacement(comparison, spec, replacement, found)
        elif found is None:
            change = Change(
                action="create", kind="authorizer", key=spec.name, reason=spec.authorizer_type
            )
            call = calls.Create(spec, ("authorizer", spec.name))
            comparison.draft.add(change, (Level.PARTS, call))
        else:
            _update_or_replace(comparison, spec, found)


def _update_or_replace(comparison: Comparison, spec: AuthorizerSpec, found: Existing) -> None:
    key: PlanKey = ("authorizer", spec.name)
    wanted = comparison.policy.desired(spec, found)
    changed = difference(found.spec, wanted, comparison.protocol)
    if not changed.impossible:
        comparison.draft.ids[key] = found.ident
        comparison.update(found, wanted, Level.PARTS)
        return
    comparison.replaced_authorizers.add(found.ident)
    comparison.replacements[key] = comparison.draft.add(
        Change(
            action="replace",
            kind="authorizer",
            key=spec.name,
            fields=tuple(changed.fields),
            blocked=_other_users(comparison, found),
        ),
        (Level.PARTS, calls.Create(wanted, key, first_name=spec.name + REPLACEMENT)),
        (Level.DELETED_PARTS, calls.Delete(found)),
        (Level.RENAMED_AUTHORIZERS, calls.Rename(key, spec.name)),
    )


def _is_replacement(comparison: Comparison, existing: Existing, spec: AuthorizerSpec) -> bool:
    """Whether an authorizer is the wanted one, except for its name."""
    renamed = attrs.evolve(existing, spec=attrs.evolve(existing.spec, name=spec.name))
    return comparison.policy.fits(spec, renamed)


def _finish_replacement(
    comparison: Comparison, spec: AuthorizerSpec, replacement: Existing, found: Existing | None
) -> None:
    """Continue after an apply that failed: the replacement exists under its first name."""
    key: PlanKey = ("authorizer", spec.name)
    comparison.draft.ids[key] = replacement.ident
    steps: list[tuple[int, AnyCall]] = [(Level.RENAMED_AUTHORIZERS, calls.Rename(key, spec.name))]
    blocked = ""
    if found is not None:
        comparison.replaced_authorizers.add(found.ident)
        steps.insert(0, (Level.DELETED_PARTS, calls.Delete(found)))
        blocked = _other_users(comparison, found)
    change = Change(
        action="replace",
        kind="authorizer",
        key=spec.name,
        reason="an earlier replacement was not completed",
        blocked=blocked,
    )
    comparison.replacements[key] = comparison.draft.add(change, *steps)


def _other_users(comparison: Comparison, authorizer: Existing) -> str:
    """Why an authorizer cannot be replaced: routes outside the plan use it."""
    others = sorted(
        route.key
        for route in comparison.state.routes
        if route.authorizer == authorizer.ident
        and route.key not in comparison.wanted_routes
        and route.key not in comparison.deleted_routes
    )
    return f"routes that are not in the plan use it: {', '.join(others)}" if others else ""
