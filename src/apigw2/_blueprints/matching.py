"""Finds the existing integration that a spec describes.

Routes are matched by key; authorizers, models and stages by name. An integration has no name. It is
matched by equal content, then by the routes that use it, then by its backend. An integration that a
route outside the plan uses is never matched, because changing it would change that route.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from apigw2._blueprints.changes import backend
from apigw2._blueprints.normalize import comparable, merged, normal, same
from apigw2._blueprints.specs import IntegrationSpec, key_of
from apigw2.errors import AmbiguousMatchError, PlanError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from apigw2._blueprints.read import Existing, State
    from apigw2._blueprints.specs import RouteSpec, Spec

_BACKEND: Final = (
    "integration_type",
    "integration_subtype",
    "integration_uri",
    "integration_method",
    "connection_id",
)
"""The fields that identify an integration's backend."""


@attrs.define(eq=False)
class Match:
    """A wanted integration, and the existing one that it is matched with.

    Attributes:
        wanted: The given spec.
        spec: The desired state: `wanted`, with the current values of fields that are not managed.
        existing: The existing integration; `None` if one has to be created.
        equals: Ids of all integrations that already have the desired state.
    """

    wanted: Any
    spec: Any
    existing: Existing | None = None
    equals: frozenset[str] = frozenset()


@attrs.frozen(kw_only=True)
class Policy:
    """What a plan manages.

    Attributes:
        protocol: The API's protocol.
        partial: Whether fields that a spec omits are left as they are.
        prune: Whether objects that are not wanted are deleted.
    """

    protocol: str
    partial: bool
    prune: bool

    def desired(self, wanted: Any, existing: Existing) -> Any:  # any spec
        """The desired state of an existing object: the wanted spec, and what is not managed."""
        if self.partial:
            return merged(existing.spec, wanted)
        if self.prune or not existing.responses:
            return wanted
        known = {key_of(each) for each in wanted.responses}
        kept = tuple(each.spec for key, each in existing.responses.items() if key not in known)
        return attrs.evolve(wanted, responses=(*wanted.responses, *kept))

    def fits(self, wanted: Spec, existing: Existing) -> bool:
        """Whether an existing object already has its desired state."""
        return same(self.desired(wanted, existing), existing.spec, self.protocol)

    def backend_of(self, spec: IntegrationSpec) -> tuple[object, ...]:
        """The fields that identify an integration's backend, in comparable form."""
        fields = comparable(spec, self.protocol)
        return tuple(fields.get(name) for name in _BACKEND)


def match_integrations(
    wanted: Sequence[IntegrationSpec],
    state: State,
    policy: Policy,
    *,
    routes: Mapping[str, RouteSpec],
    deleted: Collection[str],
    chosen: Mapping[object, str],
) -> dict[object, Match]:
    """Find the existing integration for each spec.

    Args:
        wanted: The specs, no two of which are equal.
        state: The current state of the API.
        policy: What the plan manages.
        routes: The wanted routes, by key.
        deleted: Keys of the routes that the plan deletes.
        chosen: Ids that the caller chose, by the normal form of the spec.

    Returns:
        The matches, by the normal form of the spec.

    Raises:
        AmbiguousMatchError: Several integrations have the backend of a spec.
        PlanError: A chosen integration does not exist.
    """
    matcher = _Matcher(wanted, state, policy, routes, deleted)
    for form, ident in chosen.items():
        matcher.choose(form, ident)
    for find in (matcher.by_content, matcher.by_route, matcher.by_backend):
        for form, match in matcher.matches.items():
            if match.existing is None:
                find(form, match)
    for match in matcher.matches.values():
        if match.existing is not None:
            match.spec = policy.desired(match.wanted, match.existing)
    return matcher.matches


class _Matcher:
    """The matches, and the integrations that are not matched yet."""

    def __init__(
        self,
        wanted: Sequence[IntegrationSpec],
        state: State,
        policy: Policy,
        routes: Mapping[str, RouteSpec],
        deleted: Collection[str],
    ) -> None:
        self.matches = {normal(spec, policy.protocol): Match(spec, spec) for spec in wanted}
        self._policy = policy
        self._deleted = deleted
        self._by_id = {existing.ident: existing for existing in state.integrations}
        self._by_form: dict[object, list[Existing]] = {}
        self._by_backend: dict[object, list[str]] = {}
        self._by_uri: dict[object, list[Existing]] = {}
        for existing in state.integrations:
            spec = existing.spec
            self._by_form.setdefault(normal(spec, policy.protocol), []).append(existing)
            self._by_backend.setdefault(policy.backend_of(spec), []).append(existing.ident)
            self._by_uri.setdefault(self._uri_of(spec), []).append(existing)
        self._matched: set[str] = set()
        self._forms = {  # of the integration that each wanted route shall use
            key: normal(route.target, policy.protocol)
            for key, route in routes.items()
            if route.target is not None
        }
        self._users: dict[str, set[str]] = {}  # keys of the routes that use an integration now
        self._used_by: dict[object, set[str]] = {}  # ids that the routes of a form use now
        for route in state.routes:
            if route.target is not None:
                self._users.setdefault(route.target, set()).add(route.key)
                form = self._forms.get(route.key)
                self._used_by.setdefault(form, set()).add(route.target)

    def choose(self, form: object, ident: str) -> None:
        """Match a spec with the integration that the caller chose."""
        if ident not in self._by_id:
            msg = f"match: the API has no integration {ident}"
            raise PlanError(msg)
        self._match(form, ident)

    def _match(self, form: object, ident: str) -> None:
        self.matches[form].existing = self._by_id[ident]
        self._matched.add(ident)

    def _is_free(self, form: object, ident: str) -> bool:
        """Whether changing an integration for a spec changes no other route that stays."""
        return ident not in self._matched and all(
            self._forms.get(key) == form or key in self._deleted
            for key in self._users.get(ident, ())
        )

    def by_content(self, form: object, match: Match) -> None:
        """Match an integration that has the desired state; prefer one that the routes use."""
        equal = self._by_form.get(form, []) or [
            existing
            for existing in self._with_uri_of(match.wanted)
            if (self._policy.partial or existing.responses)  # of others, nothing is left as it is
            and self._policy.fits(match.wanted, existing)
        ]
        if not equal:
            return
        used = self._used_by.get(form, ())
        match.equals = frozenset(each.ident for each in equal)
        self._matched |= match.equals

        def rank(existing: Existing) -> tuple[bool, bool, str]:
            ident = existing.ident
            return ident not in used, ident not in self._users, ident

        self._match(form, min(equal, key=rank).ident)

    def by_route(self, form: object, match: Match) -> None:
        """Match an integration that the spec's routes use now."""
        alike = self._with_backend_of(match)
        used = [ident for ident in self._used_by.get(form, ()) if self._is_free(form, ident)]

        def rank(ident: str) -> tuple[bool, int, str]:
            return ident in alike, len(self._users[ident]), ident

        if used:
            self._match(form, max(used, key=rank))

    def by_backend(self, form: object, match: Match) -> None:
        """Match an integration that has the same backend."""
        alike = sorted(i for i in self._with_backend_of(match) if self._is_free(form, i))
        if len(alike) > 1 and not self._policy.prune:
            raise AmbiguousMatchError(backend(match.wanted), alike)
        if alike:
            self._match(form, alike[0])

    def _uri_of(self, spec: IntegrationSpec) -> object:
        return comparable(spec, self._policy.protocol).get("integration_uri")

    def _with_uri_of(self, wanted: IntegrationSpec) -> Iterable[Existing]:
        """The integrations that may have the desired state; only few have the URI."""
        if wanted.integration_uri is None:
            return self._by_id.values()
        return self._by_uri.get(self._uri_of(wanted), ())

    def _with_backend_of(self, match: Match) -> list[str]:
        return self._by_backend.get(self._policy.backend_of(match.wanted), [])
