"""Small questions about states and specs that planning asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from apigw2._blueprints import calls
from apigw2._blueprints.changes import FieldChange
from apigw2._blueprints.normalize import same
from apigw2._blueprints.read import Existing, State
from apigw2._blueprints.specs import key_of

if TYPE_CHECKING:
    from apigw2._blueprints.blueprint import Blueprint
    from apigw2._blueprints.calls import Slot
    from apigw2._blueprints.specs import RouteSpec, Spec
    from apigw2._blueprints.updates import Update


def nothing(wanted: Blueprint) -> State:
    """The state of an levels.API that does not exist yet."""
    own = attrs.evolve(wanted, routes=(), integrations=(), authorizers=(), models=(), stages=())
    return State(own=own, api=None)


def existing_api(state: State) -> Existing:
    ident = "" if state.api is None else state.api.api_id
    return Existing(kind="api", ident=ident, spec=state.own, source=state.api)


def own_changes(update: Update) -> list[FieldChange]:
    """The changes of a thing's own fields; responses are shown one by one."""
    return [field for field in update.fields if field.name != "responses"]


def response_slot(parent: Slot, spec: Spec) -> Slot:
    """What stands for the id of a response."""
    return ("response", (parent, key_of(spec)))


def create_response(spec: Spec, parent: Slot) -> calls.Create:
    """The call that creates a response."""
    return calls.Create(spec, response_slot(parent, spec), parent=parent)


def authorizer_slot(spec: RouteSpec) -> Slot | None:
    """What stands for the id of a route's authorizer."""
    return None if spec.authorizer is None else ("authorizer", spec.authorizer.name)


def models_of(spec: RouteSpec) -> set[str]:
    """The models that a route names, itself or in its responses."""
    responses = (name for each in spec.responses for name in each.response_models.values())
    return {*spec.request_models.values(), *responses}


def shape_of(route_key: str) -> str:
    """A route key without the names of its variables."""
    return re.sub(r"\{[^{}]*?(\+?)\}", r"{\1}", route_key)


def response_changes(existing: Existing, wanted: Any, protocol: str) -> list[FieldChange]:
    """What changes about the responses of a route or integration."""
    specs = {key_of(each): each for each in wanted.responses}
    fields: list[FieldChange] = []
    for key in sorted({*specs, *existing.responses}):
        found = existing.responses.get(key)
        before = None if found is None else found.spec
        after = specs.get(key)
        if before is None or after is None or not same(before, after, protocol):
            fields.append(FieldChange(f"responses.{key}", before, after))
    return fields
