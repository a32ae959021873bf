"""Plans the changes of integrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apigw2._blueprints import calls
from apigw2._blueprints.changes import Change, label
from apigw2._blueprints.draft import Level
from apigw2._blueprints.normalize import same
from apigw2._blueprints.updates import difference

if TYPE_CHECKING:
    from apigw2._blueprints.calls import AnyCall
    from apigw2._blueprints.compare import Comparison
    from apigw2._blueprints.keys import PlanKey
    from apigw2._blueprints.matching import Match
    from apigw2._blueprints.read import Existing
    from apigw2._blueprints.updates import Difference


def plan_integrations(comparison: Comparison) -> None:
    """Create, update or replace the wanted integrations."""
    for form, match in comparison.matches.items():
        existing = match.existing
        if existing is None:
            _create(comparison, form, match)
            continue
        if same(existing.spec, match.spec, comparison.protocol):
            comparison.draft.ids["integration", form] = existing.ident
            continue
        found = difference(existing.spec, match.spec, comparison.protocol)
        if found.impossible:
            _replace(comparison, form, match, existing, found)
        else:
            _update(comparison, form, match, existing, found)


def _creations(form: object, match: Match) -> list[tuple[int, AnyCall]]:
    key: PlanKey = ("integration", form)
    return [
        (Level.PARTS, calls.Create(match.spec, key)),
        *(
            (Level.INTEGRATION_RESPONSES, calls.create_response(each, key))
            for each in match.spec.responses
        ),
    ]


def _create(comparison: Comparison, form: object, match: Match) -> None:
    change = Change(
        action="create",
        kind="integration",
        key=label(match.spec),
        reason=match.spec.integration_type,
    )
    comparison.draft.add(change, *_creations(form, match))


def _replace(
    comparison: Comparison, form: object, match: Match, existing: Existing, found: Difference
) -> None:
    """Create a new integration, to which routes move, and delete the old one."""
    moved = sum(route.target == existing.ident for route in comparison.state.routes)
    change = Change(
        action="replace",
        kind="integration",
        key=label(match.spec),
        fields=tuple(found.fields),
        reason=f"{moved} {'route moves' if moved == 1 else 'routes move'}",
        blocked="API Gateway manages it (quick create), so it cannot be replaced"
        if existing.managed
        else "",
    )
    deletion = (Level.DELETED_PARTS, calls.Delete(existing))
    index = comparison.draft.add(change, *_creations(form, match), deletion)
    comparison.replacements["integration", form] = index


def _update(
    comparison: Comparison, form: object, match: Match, existing: Existing, found: Difference
) -> None:
    key: PlanKey = ("integration", form)
    comparison.draft.ids[key] = existing.ident
    change = Change(
        action="update",
        kind="integration",
        key=label(match.spec),
        fields=(*found.own_fields, *comparison.response_changes(existing, match.spec)),
    )
    comparison.draft.add(
        change,
        (Level.PARTS, comparison.update_call(existing, match.spec, found)),
        *comparison.response_calls(existing, match.spec, key, Level.INTEGRATION_RESPONSES),
    )
