"""The plan: what has to change, as a value."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

import apigw2
from apigw2._blueprints import calls
from apigw2._blueprints.apply import carry_out
from apigw2._blueprints.blueprint import Blueprint
from apigw2._blueprints.calls import Context, Slot, Step
from apigw2._blueprints.changes import Change, FieldChange, Progress
from apigw2._blueprints.parts import blueprint_with
from apigw2._blueprints.planning import draft
from apigw2._blueprints.read import imagined, read
from apigw2._blueprints.rewriting import rewritten
from apigw2._objects.references import connection_of, refer
from apigw2._service.quotas import REQUESTS_PER_SECOND
from apigw2._wire.pacing import paced
from apigw2.errors import (
    PlanBlockedError,
    PlanError,
    PlanStaleError,
    PreflightError,
    PreflightWarning,
    Violation,
)

if TYPE_CHECKING:
    from apigw2._blueprints.levels import Draft
    from apigw2._blueprints.read import State
    from apigw2._objects.display import Printer

__all__ = ["Change", "FieldChange", "Plan", "Progress", "diff"]

Scope = Callable[[str, str], bool]


@attrs.frozen(kw_only=True)
class Request:
    """What a plan was asked for, so that it can be made again.

    Attributes:
        make: Makes the blueprint that should be, from what is there.
        find: Finds what is there; `None` if the API does not exist.
        partial: Whether only given fields of given things are managed.
        prune: Whether what is not wanted is deleted.
        scope: What pruning may delete.
        max_deletes: How much it may delete.
        match: Id of the integration that the only integration spec stands for.
    """

    make: Callable[[State | None], Blueprint]
    find: Callable[[apigw2.ApiGatewayV2], State | None]
    partial: bool = False
    prune: bool = False
    scope: Scope | None = None
    max_deletes: int | None = None
    match: str | None = None


@attrs.frozen(kw_only=True)
class Work:
    """The calls of a plan, and what they are made with.

    Attributes:
        steps: The calls.
        ids: The ids of things that exist, by slot.
        api: The API, if it exists.
        gateway: The gateway; `None` for a comparison of two blueprints.
        request: What was asked for.
        state: What was read.
    """

    steps: tuple[Step, ...] = ()
    ids: Mapping[Slot, str] = attrs.field(factory=dict[Slot, str])
    api: apigw2.Api | None = None
    gateway: apigw2.ApiGatewayV2 | None = None
    request: Request | None = None
    state: State | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Plan:
    """What has to change so that an API is what it should be: a value, until it is applied.

    `print(plan)` shows it, and so does a notebook. A plan is true if something has to change.

    Attributes:
        name: The API's name.
        protocol_type: Its protocol.
        api_id: Its id; `None` if it has to be created.
        changes: What has to change, in the order of the text.
        after: The API as it will be.
        kept: Things that are there and not in the blueprint, as kinds and keys. They stay.
        notes: What else there is to say.
        work: The calls, which `apply` makes. For the library's own use.

    Example:
        >>> plan = gw.plan(petstore)
        >>> print(plan)
        >>> if plan:
        ...     api = plan.apply()
    """

    name: str
    protocol_type: apigw2.ProtocolType
    api_id: str | None = None
    changes: tuple[Change, ...] = ()
    after: Blueprint
    kept: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    work: Work = attrs.field(factory=Work)

    @property
    def blocked(self) -> tuple[Change, ...]:
        """The changes that the service cannot make."""
        return tuple(change for change in self.changes if change.blocked)

    def __bool__(self) -> bool:
        """Whether something has to change."""
        return bool(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __iter__(self) -> Iterator[Change]:
        """The changes."""
        return iter(self.changes)

    def __eq__(self, other: object) -> bool:
        """Whether both plans are for the same changes."""
        if not isinstance(other, Plan):
            return NotImplemented
        return (self.name, self.api_id, self.changes) == (other.name, other.api_id, other.changes)

    def __hash__(self) -> int:
        return hash((self.name, self.api_id, len(self.changes)))

    def apply(
        self,
        *,
        on_progress: Callable[[Progress], object] | None = None,
        concurrency: int = 4,
    ) -> apigw2.Api:
        """Carry the plan out: change what has to change, deploy, and wait.

        It reads again first. Requests are sent within the account's quota, several at once; the
        order is in "How a plan works". A terminal shows progress.

        Args:
            on_progress: Called after each change.
            concurrency: Requests at once; fewer after each conflict with another change.

        Returns:
            The API.

        Raises:
            PlanStaleError: Somebody changed what the plan is about. Nothing was sent.
            ApplyError: It was carried out in part. To go on, plan again and apply.
            DetachedError: The plan is that of `apigw2.diff`.
        """
        if self.work.gateway is None or self.work.request is None:
            raise _detached()
        now = make(self.work.gateway, self.work.request)
        if now != self:
            msg = f"{self.name}: somebody changed what this plan is about; plan again"
            raise PlanStaleError(msg, now)
        return now.carry_out(on_progress=on_progress, concurrency=concurrency).existing_api

    def carry_out(
        self,
        *,
        on_progress: Callable[[Progress], object] | None = None,
        concurrency: int = 4,
    ) -> Context:
        """Apply without reading again; for what has just read."""
        if self.work.gateway is None:
            raise _detached()
        context = Context(gateway=self.work.gateway, api=self.work.api, ids=dict(self.work.ids))
        carry_out(
            context,
            self.name,
            self.changes,
            self.work.steps,
            on_progress=on_progress,
            concurrency=concurrency,
        )
        context.gateway = self.work.gateway
        api = self.work.gateway.attach(context.existing_api)
        context.api = api.get() if self.changes else api
        return context

    # --- renderings

    def __str__(self) -> str:
        from apigw2._blueprints import render  # noqa: PLC0415  # many programs never need it

        return render.plan_text(self, colors=render.wants_colors())

    def __repr__(self) -> str:
        counts = ", ".join(f"{n} to {action}" for action, n in self.counts().items())
        return f"<Plan {self.name}: {counts or 'nothing to do'}>"

    def counts(self) -> dict[str, int]:
        """How many changes there are of each action."""
        found: dict[str, int] = {}
        for change in self.changes:
            found[change.action] = found.get(change.action, 0) + 1
        return found

    def to_dict(self, *, reveal: bool = False) -> dict[str, object]:
        """The plan for programs: JSON's types only.

        Args:
            reveal: Whether values that may be secret are shown rather than masked.
        """
        from apigw2._blueprints.render import plan_dict  # noqa: PLC0415  # as above

        return plan_dict(self, reveal=reveal)

    def to_mermaid(self) -> str:
        """What will be there as a Mermaid flowchart, in which changes are marked."""
        from apigw2._blueprints.render import plan_mermaid  # noqa: PLC0415  # as above

        return plan_mermaid(self)

    def __rich__(self) -> Any:  # rich is an extra
        """The plan as a tree, for `rich.print`."""
        from apigw2._blueprints.render import plan_tree  # noqa: PLC0415  # as above

        return plan_tree(self)

    def _repr_pretty_(self, p: Printer, cycle: bool) -> None:  # noqa: ARG002, FBT001  # IPython's
        p.text(str(self))

    def _repr_html_(self) -> str:
        from apigw2._blueprints.render import plan_html  # noqa: PLC0415  # as above

        return plan_html(self)


def _detached() -> apigw2.DetachedError:
    return apigw2.DetachedError(
        "this plan compares two blueprints, so it cannot be applied; gateway.plan(blueprint) can"
    )


def diff(a: Blueprint, b: Blueprint) -> Plan:
    """What has to change for one blueprint to become another one; makes no request.

    Args:
        a: What is there.
        b: What should be there.

    Returns:
        A plan that can be read and not applied. It is false if both mean the same.

    Example:
        >>> print(apigw2.diff(apigw2.Blueprint.load("old.yaml"), apigw2.Blueprint.load("new.yaml")))
    """
    if a.protocol_type != b.protocol_type:
        return _protocol_plan(a, b, None)
    return _plan(draft(imagined(a), b, prune=True), b, None, None, None)


def _protocol_plan(a: Blueprint, b: Blueprint, api: apigw2.Api | None) -> Plan:
    fields = (FieldChange("protocol_type", a.protocol_type, b.protocol_type),)
    blocked = "protocol_type: it cannot be changed; create another API"
    change = Change(action="update", kind="api", key=b.name, fields=fields, blocked=blocked)
    return Plan(
        name=b.name,
        protocol_type=b.protocol_type,
        api_id=None if api is None else api.api_id,
        changes=(change,),
        after=b,
        work=Work(api=api),
    )


def _plan(
    made: Draft,
    wanted: Blueprint,
    state: State | None,
    gateway: apigw2.ApiGatewayV2 | None,
    request: Request | None,
) -> Plan:
    api = None if state is None else state.api
    return Plan(
        name=wanted.name,
        protocol_type=wanted.protocol_type,
        api_id=None if api is None else api.api_id,
        changes=tuple(made.changes),
        after=made.after,
        kept=tuple(sorted(made.kept)),
        notes=tuple(dict.fromkeys(made.notes)),
        work=Work(
            steps=tuple(made.steps),
            ids=made.ids,
            api=api,
            gateway=gateway,
            request=request,
            state=state,
        ),
    )


def make(gateway: apigw2.ApiGatewayV2, request: Request) -> Plan:
    """Read what is there, and plan.

    Raises:
        PlanBlockedError: The service cannot do what the plan needs.
        PlanError: It would delete too much, or it is not clear what is meant.
    """
    with paced(REQUESTS_PER_SECOND):
        state = request.find(gateway)
    wanted = request.make(state)
    if state is not None and state.own.protocol_type != wanted.protocol_type:
        plan = _protocol_plan(state.own, wanted, state.api)
    else:
        made = draft(
            state,
            wanted,
            partial=request.partial,
            prune=request.prune,
            scope=request.scope,
            match=request.match,
        )
        if request.max_deletes is not None and made.deletes > request.max_deletes:
            msg = (
                f"{wanted.name}: the plan would delete {made.deletes} things, "
                f"which exceeds max_deletes={request.max_deletes}"
            )
            raise PlanError(msg)
        plan = _plan(made, wanted, state, gateway, request)
    violations = [
        Violation(f"{change.kind} {change.key}: {change.blocked}", "plan", blocks=True)
        for change in plan.blocked
    ]
    violations += _refused(plan)
    if violations:
        msg = f"{wanted.name}: nothing was sent, because this cannot be done"
        raise PlanBlockedError(msg, violations, plan)
    return plan


def _refused(plan: Plan) -> list[Violation]:
    """What preflight says of the calls, before any of them is made."""
    gateway = plan.work.gateway
    if gateway is None:
        return []
    found: list[Violation] = []
    connection = connection_of(gateway)
    api = plan.work.api or gateway.attach(
        apigw2.Api(
            api_id="pending",
            name=plan.name,
            protocol_type=plan.protocol_type,
            route_selection_expression="",
        )
    )
    for step in plan.work.steps:
        call = step.call
        owner: Any
        if isinstance(call, calls.Create):
            kind = call.operation
            owner = gateway if kind == "CreateApi" else api
            if call.parent is not None:
                cls: Any = apigw2.RouteRef if call.parent[0] == "route" else apigw2.IntegrationRef
                owner = refer(api, cls, **{f"{call.parent[0]}_id": "pending"})
            method: Any = getattr(owner, f"create_{_snake(kind)}")
            request = method.operation.convert(
                owner,
                (),
                call.parameters(plan.protocol_type, plan.work.ids),
            )
        elif isinstance(call, calls.Change):
            owner = call.existing.source
            request = call.request(plan.work.ids)
        else:
            continue
        change = plan.changes[step.change]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", PreflightWarning)  # the call itself warns
                connection.checks.check(call.operation, owner, request)
        except PreflightError as error:
            found += [
                attrs.evolve(v, message=f"{change.kind} {change.key}: {v.message}")
                for v in error.violations
            ]
    return found


def _snake(operation: str) -> str:
    from botocore import xform_name  # noqa: PLC0415  # slow to import

    return xform_name(operation.removeprefix("Create"))


# --- what is asked for ------------------------------------------------------------------------


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
    """Plan for a whole API."""
    wanted = blueprint if rewrite is None else rewritten(blueprint, rewrite)

    def find(gateway: apigw2.ApiGatewayV2) -> State | None:
        if api is not None:
            return read(gateway.api(api.api_id), served=True)
        found = gateway.find_api(wanted.name)
        return None if found is None else read(found, known=found, served=True)

    request = Request(
        make=lambda _: wanted, find=find, prune=prune, scope=scope, max_deletes=max_deletes
    )
    return make(gateway, request)


def plan_specs(
    api: apigw2.ApiRef, specs: Sequence[apigw2.Spec], match: apigw2.IntegrationRef | None = None
) -> Plan:
    """Plan for some parts of an API that others share.

    Raises:
        TypeError: What is given is not a spec of a part.
    """
    gateway = gateway_of(api)

    def find(gateway: apigw2.ApiGatewayV2) -> State | None:
        return read(gateway.api(api.api_id), served=True)

    def wanted(state: State | None) -> Blueprint:
        assert state is not None  # noqa: S101  # `read` raises if there is no such API
        return blueprint_with(state, specs)

    chosen = None if match is None else match.integration_id
    return make(gateway, Request(make=wanted, find=find, partial=True, match=chosen))


def gateway_of(api: apigw2.ApiRef) -> apigw2.ApiGatewayV2:
    """A gateway with the connection of an API."""
    gateway = object.__new__(apigw2.ApiGatewayV2)
    gateway._connection = connection_of(api)  # pyright: ignore[reportPrivateUsage]  # our own
    return gateway
