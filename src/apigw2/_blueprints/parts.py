"""Single parts of an API that others share: `api.plan`, `api.ensure` and `api.create`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

import apigw2
from apigw2._blueprints import calls
from apigw2._blueprints.normalize import kind_of, normal
from apigw2._blueprints.specs import (
    AuthorizerSpec,
    IntegrationSpec,
    ModelSpec,
    RouteSpec,
    StageSpec,
    key_of,
)
from apigw2.errors import AlreadyExistsError, ApplyError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apigw2._blueprints.blueprint import Blueprint
    from apigw2._blueprints.calls import Context, Slot
    from apigw2._blueprints.plan import Plan
    from apigw2._blueprints.read import State
    from apigw2._blueprints.specs import Spec

_ATTEMPTS: Final = 5
"""How often `ensure` looks again after somebody else was faster."""

_FIELDS: Final[dict[type[Any], str]] = {
    AuthorizerSpec: "authorizers",
    IntegrationSpec: "integrations",
    ModelSpec: "models",
    RouteSpec: "routes",
    StageSpec: "stages",
}


def check_specs(specs: Sequence[Spec]) -> None:
    """Reject what is not a spec of a part of an API.

    Raises:
        TypeError: It is not.
    """
    for spec in specs:
        if type(spec) not in _FIELDS:
            names = ", ".join(sorted(cls.__name__ for cls in _FIELDS))
            msg = f"expected one of {names}, not {type(spec).__name__}"
            raise TypeError(msg)


def blueprint_with(state: State, specs: Sequence[Spec]) -> Blueprint:
    """A blueprint of an API's own fields, and of the given parts."""
    check_specs(specs)
    parts: dict[str, list[Any]] = {name: [] for name in _FIELDS.values()}
    for spec in specs:
        parts[_FIELDS[type(spec)]].append(spec)
    own: Any = state.own
    made: Blueprint = attrs.evolve(own, **{name: tuple(found) for name, found in parts.items()})
    return made


def slot_of(spec: Spec, protocol: str) -> Slot:
    """What stands for the id of a part."""
    if isinstance(spec, IntegrationSpec):
        return ("integration", normal(spec, protocol))
    return (kind_of(spec), key_of(spec))


def ensure(api: apigw2.ApiRef, spec: Spec, match: apigw2.IntegrationRef | None) -> apigw2.Snapshot:
    """Find a thing and make it what it should be, or create it."""
    from apigw2._blueprints.plan import plan_specs  # noqa: PLC0415  # it imports this module

    check_specs([spec])
    if match is not None and not isinstance(spec, IntegrationSpec):
        msg = "match is for integrations; other things have keys"
        raise TypeError(msg)
    tried: list[Context] = []
    while True:
        plan = plan_specs(api, [spec], match)
        try:
            context = plan.carry_out()
        except ApplyError as error:
            # Somebody else created the same thing meanwhile: look again.
            if not isinstance(error.__cause__, AlreadyExistsError) or len(tried) == _ATTEMPTS:
                raise
            tried.append(error.context)
        else:
            snapshot = _snapshot(plan, context, spec)
            for other in tried:
                _clean_up(api, other, snapshot)
            return snapshot


def _snapshot(plan: Plan, context: Context, spec: Spec) -> apigw2.Snapshot:
    """The thing as it is now; without a request if nothing had to change."""
    slot = slot_of(spec, plan.protocol_type)
    kind, ident = slot[0], context.ids.get(slot)
    state: Any = plan.work.state
    if not plan:
        existing = {
            (each.kind, each.ident if kind == "integration" else each.key): each.source
            for each in (
                *state.routes,
                *state.integrations,
                *state.authorizers,
                *state.models,
                *state.stages,
            )
        }
        found: apigw2.Snapshot = existing[kind, ident if kind == "integration" else key_of(spec)]
        return found
    api = context.existing_api
    name = key_of(spec) if kind == "stage" else ident
    if name is None:
        listed = {each.key: each for each in (*state.authorizers, *state.models)}
        name = listed[key_of(spec)].ident
    snapshot: apigw2.Snapshot = getattr(api, kind)(name).get()
    return snapshot


def _clean_up(api: apigw2.ApiRef, tried: Context, snapshot: object) -> None:
    """Delete the integrations that an attempt made for nothing."""
    kept = {getattr(snapshot, "integration_id", None), getattr(snapshot, "target", None)}
    for ident in tried.created:
        integration = api.integration(ident)
        if ident not in kept and f"integrations/{ident}" not in kept:
            integration.delete(missing_ok=True)


def create(api: apigw2.ApiRef, spec: Spec) -> apigw2.Snapshot:
    """Create a thing; find or create what it names."""
    from apigw2._blueprints.plan import gateway_of  # noqa: PLC0415  # it imports this module

    check_specs([spec])
    known = api if isinstance(api, apigw2.Api) else api.get()
    ids: dict[Slot, str] = {}
    target = authorizer = None
    if isinstance(spec, RouteSpec):
        if spec.target is not None:
            target = slot_of(spec.target, known.protocol_type)
            found: Any = ensure(known, spec.target, None)
            ids[target] = found.integration_id
        if spec.authorizer is not None:
            authorizer = slot_of(spec.authorizer, known.protocol_type)
            guard: Any = ensure(known, spec.authorizer, None)
            ids[authorizer] = guard.authorizer_id
    context = calls.Context(gateway=gateway_of(api), api=known, ids=ids)
    slot = slot_of(spec, known.protocol_type)
    made = calls.Create(spec, slot, target=target, authorizer=authorizer).run(context)
    if isinstance(spec, (IntegrationSpec, RouteSpec)):
        for response in spec.responses:
            own: Slot = ("response", (slot, key_of(response)))
            calls.Create(response, own, parent=slot).run(context)
    return made
