"""Single parts of an API: `api.plan`, `api.ensure` and `api.create`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import apigw2
from apigw2._arguments import check_type
from apigw2._blueprints import calls
from apigw2._blueprints.given_specs import check_spec
from apigw2._blueprints.keys import plan_key
from apigw2._blueprints.making import plan_specs
from apigw2._blueprints.specs import IntegrationSpec, RouteSpec
from apigw2.errors import AlreadyExistsError, ApplyError

if TYPE_CHECKING:
    from apigw2._blueprints.calls import Context
    from apigw2._blueprints.keys import PlanKey
    from apigw2._blueprints.plan import Plan
    from apigw2._blueprints.specs import Spec

_ATTEMPTS: Final = 5
"""How many times `ensure` plans again after another caller created the same object."""


def ensure(api: apigw2.ApiRef, spec: Spec, match: apigw2.IntegrationRef | None) -> apigw2.Snapshot:
    """Update an existing object to match a spec, or create it."""
    check_spec("spec", spec)
    if match is not None:
        check_type("match", match, apigw2.IntegrationRef, "an integration")
        if not isinstance(spec, IntegrationSpec):
            msg = "match: only integrations can be matched; other objects have keys"
            raise TypeError(msg)
    lost: list[Context] = []  # attempts in which another caller was faster
    while True:
        plan = plan_specs(api, [spec], match=match, reads_all=False)
        try:
            context = plan.carry_out()
        except ApplyError as error:
            if not isinstance(error.__cause__, AlreadyExistsError) or len(lost) == _ATTEMPTS:
                raise
            lost.append(error.context)
        else:
            snapshot = _snapshot(plan, context, spec)
            for attempt in lost:
                _clean_up(api, attempt, snapshot)
            return snapshot


def _snapshot(plan: Plan, context: Context, spec: Spec) -> apigw2.Snapshot:
    """The object in its new state; makes no request if nothing had to change."""
    key = plan_key(spec, plan.protocol_type)
    state: Any = plan.work.state
    existing = {
        plan_key(each.spec, plan.protocol_type)
        if each.kind != "integration"
        else ("integration", each.ident): each
        for each in (
            *state.routes,
            *state.integrations,
            *state.authorizers,
            *state.models,
            *state.stages,
        )
    }
    ident = context.ids.get(key)
    found = existing.get(("integration", ident) if key[0] == "integration" else key)
    if not plan and found is not None:
        source: apigw2.Snapshot = found.source
        return source
    if ident is None and found is not None:  # a model or stage that was updated
        ident = found.ident
    snapshot: apigw2.Snapshot = getattr(context.existing_api, key[0])(ident).get()
    return snapshot


def _clean_up(api: apigw2.ApiRef, attempt: Context, snapshot: object) -> None:
    """Delete the integrations that a lost attempt created."""
    kept = {getattr(snapshot, "integration_id", None), getattr(snapshot, "target", None)}
    for ident in attempt.created:
        if ident not in kept and f"integrations/{ident}" not in kept:
            api.integration(ident).delete(missing_ok=True)


def create(api: apigw2.ApiRef, spec: Spec) -> apigw2.Snapshot:
    """Create an object; for a route, find or create its integration and authorizer."""
    check_spec("spec", spec)
    known = api if isinstance(api, apigw2.Api) else api.get()
    protocol = known.protocol_type
    ids: dict[PlanKey, str] = {}
    target = authorizer = None
    if isinstance(spec, RouteSpec):
        if spec.target is not None:
            target = plan_key(spec.target, protocol)
            ids[target] = known.ensure(spec.target).integration_id
        if spec.authorizer is not None:
            authorizer = plan_key(spec.authorizer, protocol)
            ids[authorizer] = known.ensure(spec.authorizer).authorizer_id
    context = calls.Context(gateway=apigw2.ApiGatewayV2.of(api), api=known, ids=ids)
    key = plan_key(spec, protocol)
    snapshot = calls.Create(spec, key, target=target, authorizer=authorizer).run(context)
    if isinstance(spec, (IntegrationSpec, RouteSpec)):
        for response in spec.responses:
            calls.create_response(response, key).run(context)
    return snapshot
