"""The current and the desired state of an API, and the draft of a plan between them.

Each kind of object has a function that compares it and adds changes to the draft: `integrations`,
`authorizers`, `routes`; the others are in `planning`. They share a `Comparison`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from apigw2._blueprints import calls
from apigw2._blueprints.changes import Change, FieldChange, label
from apigw2._blueprints.draft import Draft
from apigw2._blueprints.keys import PlanKey
from apigw2._blueprints.matching import Match, Policy
from apigw2._blueprints.normalize import comparable, same
from apigw2._blueprints.read import Existing, State
from apigw2._blueprints.specs import RouteSpec, key_of
from apigw2._blueprints.updates import Difference, difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from apigw2._blueprints.blueprint import Blueprint
    from apigw2._blueprints.calls import AnyCall
    from apigw2._blueprints.specs import Spec


@attrs.define(eq=False)
class Comparison:
    """What the functions that compare the kinds of objects share.

    Attributes:
        state: The current state.
        wanted: The desired state.
        policy: What the plan manages.
        scope: Whether pruning may delete an object, given its kind and key; `None` for all.
        draft: The plan that is being made.
        routes: The existing routes, by key.
        wanted_routes: The wanted routes, by key.
        routes_after: The routes after the plan is applied, by key.
        deleted_routes: Keys of the existing routes that the plan deletes.
        matches: The wanted integrations, by normal form.
        replacements: Indexes of the changes that replace an integration or authorizer, by key.
        replaced_authorizers: Ids of the authorizers that are replaced.
    """

    state: State
    wanted: Blueprint
    policy: Policy
    scope: Callable[[str, str], bool] | None = None
    draft: Draft = attrs.field(factory=Draft)
    routes: dict[str, Existing] = attrs.field(factory=dict[str, Existing])
    wanted_routes: dict[str, RouteSpec] = attrs.field(factory=dict[str, RouteSpec])
    routes_after: dict[str, RouteSpec] = attrs.field(factory=dict[str, RouteSpec])
    deleted_routes: set[str] = attrs.field(factory=set[str])
    matches: dict[object, Match] = attrs.field(factory=dict[object, Match])
    replacements: dict[PlanKey, int] = attrs.field(factory=dict[PlanKey, int])
    replaced_authorizers: set[str] = attrs.field(factory=set[str])

    @property
    def protocol(self) -> str:
        """The API's protocol."""
        return self.policy.protocol

    def prunes(self, existing: Existing) -> bool:
        """Whether an object that is not wanted is deleted."""
        return (
            self.policy.prune
            and not existing.managed
            and (self.scope is None or self.scope(existing.kind, label(existing.spec)))
        )

    def keep(self, existing: Existing) -> None:
        """Note that an object is not wanted and stays. A plan for single specs wants few."""
        if not self.policy.partial:
            self.draft.kept.append((existing.kind, label(existing.spec)))

    def delete(self, existing: Existing, level: int, *before: tuple[int, AnyCall]) -> None:
        """Plan the deletion of an object that is not wanted."""
        self.draft.deletes += 1
        change = Change(
            action="delete",
            kind=existing.kind,
            key=label(existing.spec),
            reason="not in the blueprint",
        )
        self.draft.add(change, *before, (level, calls.Delete(existing)))

    def update(self, existing: Existing, wanted: Spec, level: int) -> None:
        """Plan the update of an object that cannot be replaced."""
        found = difference(existing.spec, wanted, self.protocol)
        if found.fields:
            change = Change(
                action="update",
                kind=existing.kind,
                key=label(wanted),
                fields=tuple(found.fields),
                blocked=found.blocked,
            )
            self.draft.add(change, (level, self.update_call(existing, wanted, found)))

    def update_call(
        self,
        existing: Existing,
        wanted: Spec,
        found: Difference,
        *,
        target: PlanKey | None = None,
        authorizer: PlanKey | None = None,
    ) -> calls.Update:
        """The call that updates an object, with its tags.

        Args:
            existing: The object.
            wanted: Its desired state.
            found: The difference between them.
            target: Key of a route's new integration.
            authorizer: Key of a route's new authorizer.
        """
        tags: dict[str, str] = {}
        untag: tuple[str, ...] = ()
        before, after = (comparable(spec, self.protocol) for spec in (existing.spec, wanted))
        if before.get("tags") != after.get("tags"):
            old, new = dict(existing.spec.tags), dict(getattr(wanted, "tags", {}))
            new = {key: value for key, value in new.items() if not key.startswith("aws:")}
            tags = {key: value for key, value in new.items() if old.get(key) != value}
            untag = tuple(sorted(old.keys() - new.keys()))
        return calls.Update(
            existing,
            parameters=found.parameters,
            clears=found.clears,
            before=tuple(found.before),
            target=target,
            authorizer=authorizer,
            tags=tags,
            untag=untag,
        )

    # --- the responses of routes and integrations

    def response_changes(self, existing: Existing, wanted: Any) -> list[FieldChange]:
        """The changes of the responses of a route or integration, for texts."""
        specs = {key_of(each): each for each in wanted.responses}
        fields: list[FieldChange] = []
        for key in sorted({*specs, *existing.responses}):
            found = existing.responses.get(key)
            before, after = None if found is None else found.spec, specs.get(key)
            if before is None or after is None or not same(before, after, self.protocol):
                fields.append(FieldChange(f"responses.{key}", before, after))
        return fields

    def response_calls(
        self, existing: Existing, wanted: Any, parent: PlanKey, level: int
    ) -> Iterator[tuple[int, AnyCall]]:
        """Yield the calls that change the responses of a route or integration.

        A response that cannot be updated is deleted first, one level earlier.
        """
        specs = {key_of(each): each for each in wanted.responses}
        for key, found in existing.responses.items():
            spec = specs.get(key)
            if spec is None:
                yield level, calls.Delete(found)
            elif not same(found.spec, spec, self.protocol):
                changed = difference(found.spec, spec, self.protocol)
                if changed.impossible:
                    yield level - 1, calls.Delete(found)
                    yield level, calls.create_response(spec, parent)
                else:
                    yield level, self.update_call(found, spec, changed)
        for key, spec in specs.items():
            if key not in existing.responses:
                yield level, calls.create_response(spec, parent)
