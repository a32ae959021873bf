"""The state of an API after a plan is applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from apigw2._blueprints import calls
from apigw2._blueprints.specs import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apigw2._blueprints.blueprint import Blueprint
    from apigw2._blueprints.compare import Comparison
    from apigw2._blueprints.read import Existing
    from apigw2._blueprints.specs import Spec


def outcome(comparison: Comparison) -> Blueprint:
    """Work out the state from the draft, when it has all changes but deployments."""
    draft, state, wanted = comparison.draft, comparison.state, comparison.wanted
    deletions = (step.call for step in draft.steps if isinstance(step.call, calls.Delete))
    gone = {call.existing.ident for call in deletions}
    # An authorizer that replaces another one exists under its first name.
    taken = {ident for (kind, _), ident in draft.ids.items() if kind == "authorizer"}
    authorizers = _after(comparison, state.authorizers, wanted.all_authorizers(), gone | taken)
    by_name = {spec.name: spec for spec in authorizers}
    routes = (
        attrs.evolve(route, authorizer=by_name.get(route.authorizer.name, route.authorizer))
        if route.authorizer is not None
        else route
        for route in comparison.routes_after.values()
    )
    matches = comparison.matches.values()
    matched = {match.existing.ident for match in matches if match.existing is not None}
    return attrs.evolve(
        wanted,
        routes=tuple(routes),
        integrations=(
            *(match.spec for match in matches),
            *(each.spec for each in state.integrations if each.ident not in gone | matched),
        ),
        authorizers=authorizers,
        models=_after(comparison, state.models, wanted.models, gone),
        stages=_after(comparison, state.stages, wanted.stages, gone),
    )


def _after(
    comparison: Comparison, existing: Sequence[Existing], wanted: Sequence[Spec], gone: set[str]
) -> tuple[Any, ...]:
    """The wanted objects of a kind in their desired state, and the existing ones that stay."""
    found = {each.key: each for each in existing}
    desired = {
        key_of(spec): comparison.policy.desired(spec, found[key_of(spec)])
        if key_of(spec) in found
        else spec
        for spec in wanted
    }
    kept = (
        each.spec for key, each in found.items() if key not in desired and each.ident not in gone
    )
    return (*desired.values(), *kept)
