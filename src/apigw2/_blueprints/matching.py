"""Which of the things that exist is the one that a spec means.

Routes are matched by key, authorizers, models and stages by name. Integrations have no name: they
are matched by equal content, then by the routes that use them, then by what they call. An
integration is never matched that a route uses which the plan does not have: a change of it would
change what others made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from apigw2._blueprints.changes import backend
from apigw2._blueprints.normalize import comparable, merged, normal, same
from apigw2._blueprints.specs import IntegrationSpec, key_of
from apigw2.errors import AmbiguousMatchError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from apigw2._blueprints.read import Existing, State
    from apigw2._blueprints.specs import RouteSpec, Spec

_IDENTITY = (
    "integration_type",
    "integration_subtype",
    "integration_uri",
    "integration_method",
    "connection_id",
)


@attrs.define(eq=False)
class Slot:
    """An integration or authorizer that should exist, and the one that stands for it.

    Attributes:
        wanted: What was asked for.
        spec: What it should be: `wanted`, with what is not managed as it is.
        existing: The one that exists; `None` if it has to be created.
        equals: Ids of all that are exactly what it should be.
    """

    wanted: Any
    spec: Any
    existing: Existing | None = None
    equals: frozenset[str] = frozenset()


@attrs.frozen(kw_only=True)
class Policy:
    """How far a plan goes.

    Attributes:
        protocol: The API's protocol.
        partial: Whether fields that are left out are not managed.
        prune: Whether things that are not wanted are deleted.
    """

    protocol: str
    partial: bool
    prune: bool

    def effective(self, wanted: Any, existing: Existing) -> Any:  # any spec
        """What a thing should be, given what it is."""
        if self.partial:
            return merged(existing.spec, wanted)
        if self.prune or not existing.responses:
            return wanted
        known = {key_of(each) for each in wanted.responses}
        kept = tuple(each.spec for key, each in existing.responses.items() if key not in known)
        return attrs.evolve(wanted, responses=(*wanted.responses, *kept))

    def fits(self, wanted: Spec, existing: Existing) -> bool:
        """Whether a thing is what it should be."""
        return same(self.effective(wanted, existing), existing.spec, self.protocol)

    def identity(self, spec: IntegrationSpec) -> tuple[object, ...]:
        """What an integration calls, in a comparable form."""
        fields = comparable(spec, self.protocol)
        return tuple(fields.get(name) for name in _IDENTITY)


def match_integrations(
    wanted: Sequence[IntegrationSpec],
    state: State,
    policy: Policy,
    *,
    routes: Mapping[str, RouteSpec],
    going: Collection[str],
    forced: Mapping[object, str],
) -> dict[object, Slot]:
    """Find the integration for each spec.

    Args:
        wanted: The specs, no two of which mean the same.
        state: What exists.
        policy: How far the plan goes.
        routes: The wanted routes, by key.
        going: Keys of the routes that the plan deletes.
        forced: Ids by the normal form of a spec, where the caller said which one is meant.

    Returns:
        The slots, by the normal form of the spec.

    Raises:
        AmbiguousMatchError: More than one integration may be meant.
    """
    matcher = _Matcher(wanted, state, policy, routes, going)
    for form, ident in forced.items():
        matcher.take(form, ident)
    for match in (matcher.by_content, matcher.by_route, matcher.by_identity):
        for form, slot in matcher.slots.items():
            if slot.existing is None:
                match(form, slot)
    for slot in matcher.slots.values():
        if slot.existing is not None:
            slot.spec = policy.effective(slot.wanted, slot.existing)
    return matcher.slots


class _Matcher:
    """The slots, and the integrations that no slot has yet."""

    def __init__(
        self,
        wanted: Sequence[IntegrationSpec],
        state: State,
        policy: Policy,
        routes: Mapping[str, RouteSpec],
        going: Collection[str],
    ) -> None:
        self.slots = {normal(spec, policy.protocol): Slot(spec, spec) for spec in wanted}
        self._policy = policy
        self._going = going
        self._by_id = {existing.ident: existing for existing in state.integrations}
        self._forms: dict[object, list[Existing]] = {}
        for existing in state.integrations:
            self._forms.setdefault(normal(existing.spec, policy.protocol), []).append(existing)
        self._taken: set[str] = set()
        self._users: dict[str, set[str]] = {}
        for route in state.routes:
            if route.target is not None:
                self._users.setdefault(route.target, set()).add(route.key)
        self._aims = {
            key: normal(route.target, policy.protocol)
            for key, route in routes.items()
            if route.target is not None
        }

    def take(self, form: object, ident: str) -> None:
        """Let an integration stand for a slot."""
        self.slots[form].existing = self._by_id.get(ident)
        self._taken.add(ident)

    def _uses(self, form: object, ident: str) -> bool:
        """Whether a route that aims at a slot has an integration now."""
        return any(self._aims.get(key) == form for key in self._users.get(ident, ()))

    def _is_free(self, form: object, ident: str) -> bool:
        """Whether only routes that aim at a slot, and routes that go, have an integration."""
        return ident not in self._taken and all(
            self._aims.get(key) == form or key in self._going for key in self._users.get(ident, ())
        )

    def by_content(self, form: object, slot: Slot) -> None:
        """Match what is as it should be; of several, those that the slot's routes have first."""
        equal = self._forms.get(form, [])
        if not equal and (self._policy.partial or not self._policy.prune):
            equal = [each for each in self._by_id.values() if self._policy.fits(slot.wanted, each)]
        if not equal:
            return
        slot.equals = frozenset(each.ident for each in equal)
        self._taken |= slot.equals

        def rank(existing: Existing) -> tuple[bool, bool, str]:
            ident = existing.ident
            return not self._uses(form, ident), ident not in self._users, ident

        self.take(form, min(equal, key=rank).ident)

    def by_route(self, form: object, slot: Slot) -> None:
        """Match what the slot's routes have now."""
        used = [i for i in self._by_id if self._is_free(form, i) and self._uses(form, i)]

        def rank(ident: str) -> tuple[bool, int, str]:
            return self._calls_same(ident, slot), len(self._users[ident]), ident

        if used:
            self.take(form, max(used, key=rank))

    def by_identity(self, form: object, slot: Slot) -> None:
        """Match what calls the same backend."""
        alike = sorted(
            ident
            for ident in self._by_id
            if self._is_free(form, ident) and self._calls_same(ident, slot)
        )
        if len(alike) > 1 and not self._policy.prune:
            raise AmbiguousMatchError(backend(slot.wanted), alike)
        if alike:
            self.take(form, alike[0])

    def _calls_same(self, ident: str, slot: Slot) -> bool:
        identity = self._policy.identity
        return identity(self._by_id[ident].spec) == identity(slot.wanted)
