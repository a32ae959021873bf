"""The plan: the changes between the current and the desired state of an API, as a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

import apigw2
from apigw2._arguments import check_type
from apigw2._blueprints.apply import carry_out
from apigw2._blueprints.blueprint import Blueprint
from apigw2._blueprints.calls import Context, Step
from apigw2._blueprints.changes import Change, FieldChange, Progress
from apigw2._blueprints.draft import Draft
from apigw2._blueprints.keys import PlanKey
from apigw2._blueprints.planning import make_draft
from apigw2._blueprints.read import State, imagined
from apigw2._calls.arguments import checked
from apigw2.errors import PlanStaleError

if TYPE_CHECKING:
    from apigw2._objects.display import Printer

__all__ = ["Change", "FieldChange", "Plan", "Progress", "diff"]


@attrs.frozen(kw_only=True)
class Work:
    """The calls of a plan, and what they need.

    Attributes:
        steps: The calls.
        ids: Ids of objects that exist, by key.
        state: The state that was read; `None` if the API does not exist.
        gateway: The gateway; `None` for a comparison of two blueprints.
        replan: Makes the same plan again, for the state that the API has then.
    """

    steps: tuple[Step, ...] = ()
    ids: Mapping[PlanKey, str] = attrs.field(factory=dict[PlanKey, str])
    state: State | None = None
    gateway: apigw2.ApiGatewayV2 | None = None
    replan: Callable[[], Plan] | None = None

    @property
    def api(self) -> apigw2.Api | None:
        """The API, if it exists."""
        return None if self.state is None else self.state.api


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Plan:
    """The changes between the current and the desired state of an API.

    A plan is a value until it is applied. `print(plan)` and notebooks show it. It is true if
    something has to change.

    Attributes:
        name: The API's name.
        protocol_type: Its protocol.
        api_id: Its id; `None` if it has to be created.
        changes: The changes, in the order in which texts show them.
        after: The state of the API after the plan is applied.
        kept: Kinds and keys of existing objects that the blueprint does not contain and that stay.
        notes: Further remarks.
        work: The calls that `apply` makes. For the library's own use.

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
        """The changes that the service does not support."""
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
        """Whether both plans make the same changes to the same API."""
        if not isinstance(other, Plan):
            return NotImplemented
        return (self.name, self.api_id, self.changes) == (other.name, other.api_id, other.changes)

    def __hash__(self) -> int:
        return hash((self.name, self.api_id, len(self.changes)))

    @checked
    def apply(
        self,
        *,
        on_progress: Callable[[Progress], object] | None = None,
        concurrency: int = 4,
    ) -> apigw2.Api:
        """Make the changes, deploy, and wait.

        First, the API is read and planned again. Requests are sent within the account's quota,
        several at the same time; "How a plan works" describes their order. A terminal shows
        progress.

        Args:
            on_progress: Function that is called after each change. An error that it raises stops
                the plan, as a failed call does, and is raised as it is.
            concurrency: Maximum number of requests at the same time. It decreases after each
                conflict with another change.

        Returns:
            The API.

        Raises:
            PlanStaleError: The plan for the current state is another one, because the API was
                changed. Nothing was sent.
            ApplyError: The plan was applied only in part. To continue, plan again and apply.
            DetachedError: The plan is a result of `apigw2.diff`.
            TypeError: An argument has the wrong type.
            ValueError: `concurrency` is less than 1.
        """
        if self.work.replan is None:
            raise _detached()
        if concurrency < 1:
            msg = f"concurrency: {concurrency} is less than 1"
            raise ValueError(msg)
        now = self.work.replan()
        if now != self:
            msg = f"{self.name}: the API was changed after the plan was made; plan again"
            raise PlanStaleError(msg, now)
        return now.carry_out(on_progress=on_progress, concurrency=concurrency).existing_api

    def carry_out(
        self,
        *,
        on_progress: Callable[[Progress], object] | None = None,
        concurrency: int = 4,
    ) -> Context:
        """Apply the plan without reading the API again."""
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
        """The number of changes by action."""
        found: dict[str, int] = {}
        for change in self.changes:
            found[change.action] = found.get(change.action, 0) + 1
        return found

    @checked
    def to_dict(self, *, reveal: bool = False) -> dict[str, object]:
        """The plan for programs, in JSON types.

        Args:
            reveal: Whether to include values that may be secret. By default they are masked.

        Raises:
            TypeError: The argument is not a boolean.
        """
        from apigw2._blueprints.render import plan_dict  # noqa: PLC0415  # as above

        return plan_dict(self, reveal=reveal)

    def to_mermaid(self) -> str:
        """The API after the plan is applied, as a Mermaid flowchart with marked changes."""
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
        "this plan compares two blueprints, so it cannot be applied; use gateway.plan(blueprint)"
    )


def diff(a: Blueprint, b: Blueprint) -> Plan:
    """Compare two blueprints; makes no request.

    Args:
        a: The current state.
        b: The desired state.

    Returns:
        A plan that cannot be applied. It is false if the blueprints are equal.

    Raises:
        TypeError: An argument is not a blueprint.

    Example:
        >>> print(apigw2.diff(apigw2.Blueprint.load("old.yaml"), apigw2.Blueprint.load("new.yaml")))
    """
    check_type("a", a, Blueprint, "a blueprint")
    check_type("b", b, Blueprint, "a blueprint")
    state = imagined(a)
    if a.protocol_type != b.protocol_type:
        return protocol_plan(b, state)
    return plan_of(make_draft(state, b, prune=True), b, Work(state=state))


def plan_of(draft: Draft, wanted: Blueprint, work: Work) -> Plan:
    """Make a plan from its draft.

    Args:
        draft: The draft.
        wanted: The desired state.
        work: The state, and for a plan that can be applied its gateway.
    """
    return Plan(
        name=wanted.name,
        protocol_type=wanted.protocol_type,
        api_id=None if work.api is None else work.api.api_id,
        changes=tuple(draft.changes),
        after=draft.after,
        kept=tuple(sorted(draft.kept)),
        notes=tuple(dict.fromkeys(draft.notes)),
        work=attrs.evolve(work, steps=tuple(draft.steps), ids=draft.ids),
    )


def protocol_plan(wanted: Blueprint, state: State) -> Plan:
    """The plan for another protocol than the API has: one change, which is blocked."""
    change = Change(
        action="update",
        kind="api",
        key=wanted.name,
        fields=(FieldChange("protocol_type", state.own.protocol_type, wanted.protocol_type),),
        blocked="protocol_type: it cannot be changed; create another API",
    )
    return plan_of(Draft(changes=[change], after=wanted), wanted, Work(state=state))
