"""Makes plans: reads an API, compares it, and checks every call before anything is sent."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

import apigw2
from apigw2._arguments import check_type
from apigw2._blueprints import calls
from apigw2._blueprints.blueprint import Blueprint
from apigw2._blueprints.checks import check_callable, check_value
from apigw2._blueprints.given_specs import blueprint_with, check_specs
from apigw2._blueprints.plan import Plan, Work, plan_of, protocol_plan
from apigw2._blueprints.planning import make_draft
from apigw2._blueprints.read import State, read
from apigw2._blueprints.rewriting import note_other_regions, rewritten
from apigw2._objects.references import connection_of, refer
from apigw2._service.quotas import REQUESTS_PER_SECOND
from apigw2._wire.pacing import paced
from apigw2.errors import (
    PlanBlockedError,
    PlanError,
    PreflightError,
    PreflightWarning,
    Violation,
)

if TYPE_CHECKING:
    from apigw2._blueprints.specs import Spec

Scope = Callable[[str, str], bool]


@attrs.frozen(kw_only=True)
class Inputs:
    """What a plan is made from, so that it can be made again.

    Attributes:
        read: Reads the current state; returns `None` if the API does not exist.
        wanted: Makes the blueprint of the desired state, given the current one.
        partial: Whether only the given fields of the given objects are managed.
        prune: Whether objects that are not wanted are deleted.
        scope: Whether pruning may delete an object, given its kind and key.
        max_deletes: Maximum number of objects that pruning may delete.
        match: Id of the existing integration for the only integration spec.
    """

    read: Callable[[], State | None]
    wanted: Callable[[State | None], Blueprint]
    partial: bool = False
    prune: bool = False
    scope: Scope | None = None
    max_deletes: int | None = None
    match: str | None = None


def plan_blueprint(
    gateway: apigw2.ApiGatewayV2,
    blueprint: Blueprint,
    *,
    api: apigw2.ApiRef | None,
    prune: bool,
    scope: Scope | None,
    max_deletes: int | None,
    rewrite: Mapping[str, str] | None,
) -> Plan:
    """Plan the changes of a whole API; `ApiGatewayV2.plan` describes the arguments."""
    check_type("blueprint", blueprint, Blueprint, "a blueprint")
    if api is not None:
        check_type("api", api, apigw2.ApiRef, "an API, such as gw.api('a1b2c3')")
    check_value("prune", prune, bool)
    check_callable("scope", scope)
    if max_deletes is not None:
        check_value("max_deletes", max_deletes, int)
    if rewrite is not None:
        check_value("rewrite", rewrite, Mapping[str, str])
        blueprint = rewritten(blueprint, rewrite)

    def read_api() -> State | None:
        if api is not None:
            return read(gateway.api(api.api_id), served=True)
        found = gateway.find_api(blueprint.name)
        return None if found is None else read(found, known=found, served=True)

    inputs = Inputs(
        read=read_api,
        wanted=lambda _: blueprint,
        prune=prune,
        scope=scope,
        max_deletes=max_deletes,
    )
    return make_plan(gateway, inputs)


def plan_specs(
    api: apigw2.ApiRef,
    specs: Sequence[Spec],
    *,
    match: apigw2.IntegrationRef | None = None,
    reads_all: bool = True,
) -> Plan:
    """Plan the changes of some parts of an API; `ApiRef.plan` describes the arguments.

    Args:
        api: The API.
        specs: The parts.
        match: The existing integration for the only spec.
        reads_all: Whether to read the whole API, for `Plan.after`, or only what is compared.
    """
    check_specs(specs)
    specs = tuple(specs)
    gateway = apigw2.ApiGatewayV2.of(api)

    def wanted(state: State | None) -> Blueprint:
        assert state is not None  # noqa: S101  # `read` raises if the API does not exist
        return blueprint_with(state, specs)

    inputs = Inputs(
        read=lambda: read(gateway.api(api.api_id), served=True, specs=None if reads_all else specs),
        wanted=wanted,
        partial=True,
        match=None if match is None else match.integration_id,
    )
    return make_plan(gateway, inputs)


def make_plan(gateway: apigw2.ApiGatewayV2, inputs: Inputs) -> Plan:
    """Read the current state, and plan.

    Raises:
        PlanBlockedError: The service does not support a change, or would reject a call.
        PlanError: Too many objects would be deleted, or an integration is ambiguous.
    """
    with paced(REQUESTS_PER_SECOND):
        state = inputs.read()
    wanted = inputs.wanted(state)
    if state is not None and state.own.protocol_type != wanted.protocol_type:
        plan = protocol_plan(wanted, state)
    else:
        draft = make_draft(
            state,
            wanted,
            partial=inputs.partial,
            prune=inputs.prune,
            scope=inputs.scope,
            match=inputs.match,
        )
        if inputs.max_deletes is not None and draft.deletes > inputs.max_deletes:
            msg = (
                f"{wanted.name}: the plan would delete {draft.deletes} objects, "
                f"which exceeds max_deletes={inputs.max_deletes}"
            )
            raise PlanError(msg)
        if state is None:
            draft.notes += note_other_regions(wanted, gateway.region_name)
        replan = functools.partial(make_plan, gateway, inputs)
        plan = plan_of(draft, wanted, Work(state=state, gateway=gateway, replan=replan))
    violations = [
        Violation(f"{change.kind} {change.key}: {change.blocked}", "plan", blocks=True)
        for change in plan.blocked
    ]
    rejected, remarks = _check_calls(gateway, plan)
    violations += rejected
    plan = attrs.evolve(plan, notes=tuple(dict.fromkeys((*plan.notes, *remarks))))
    if violations:
        msg = f"{wanted.name}: the plan cannot be applied; nothing was sent"
        raise PlanBlockedError(msg, violations, plan)
    return plan


def _check_calls(gateway: apigw2.ApiGatewayV2, plan: Plan) -> tuple[list[Violation], list[str]]:
    """The blocking rules that calls of a plan break, and remarks on the rules that only warn."""
    checks = connection_of(gateway).checks
    found: list[Violation] = []
    remarks: list[str] = []
    for step in plan.work.steps:
        if not isinstance(step.call, (calls.Create, calls.Update)):
            continue
        owner, request = _request_of(gateway, plan, step.call)
        change = plan.changes[step.change]
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", PreflightWarning)
            try:
                checks.check(step.call.operation, owner, request)
            except PreflightError as error:
                found += [
                    attrs.evolve(v, message=f"{change.kind} {change.key}: {v.message}")
                    for v in error.violations
                ]
        remarks += [f"{change.kind} {change.key}: {warning.message}" for warning in caught]
    return found, remarks


def _request_of(
    gateway: apigw2.ApiGatewayV2, plan: Plan, call: calls.Create | calls.Update
) -> tuple[Any, dict[str, Any]]:
    """The object whose method a call uses, and the request that it sends."""
    if isinstance(call, calls.Update):
        return call.existing.source, call.request(plan.work.ids)
    owner: Any = gateway
    if call.kind != "api":
        owner = plan.work.api or gateway.attach(
            apigw2.Api(
                api_id=calls.PENDING,
                name=plan.name,
                protocol_type=plan.protocol_type,
                route_selection_expression="",
            )
        )
    if call.parent is not None:
        cls: Any = apigw2.RouteRef if call.parent[0] == "route" else apigw2.IntegrationRef
        owner = refer(owner, cls, **{f"{call.parent[0]}_id": calls.PENDING})
    create: Any = getattr(owner, f"create_{call.kind}")
    arguments = call.parameters(plan.protocol_type, plan.work.ids)
    return owner, create.operation.convert(owner, (), arguments)
