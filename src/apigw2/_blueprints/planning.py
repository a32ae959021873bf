"""From what is there and what should be there to the changes, and to the calls in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from apigw2._blueprints import calls, levels
from apigw2._blueprints.calls import Slot, Step
from apigw2._blueprints.changes import Change, FieldChange, label, summary
from apigw2._blueprints.deploying import digest_in, digest_of
from apigw2._blueprints.levels import Draft
from apigw2._blueprints.matching import Policy, match_integrations
from apigw2._blueprints.normalize import comparable, normal, same
from apigw2._blueprints.read import Existing, State
from apigw2._blueprints.slots import (
    authorizer_slot,
    create_response,
    existing_api,
    models_of,
    nothing,
    own_changes,
    response_changes,
    response_slot,
    shape_of,
)
from apigw2._blueprints.specs import key_of
from apigw2._blueprints.updates import Update, update_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from apigw2._blueprints import matching
    from apigw2._blueprints.blueprint import Blueprint
    from apigw2._blueprints.specs import RouteSpec, Spec

_REPLACEMENT: Final = " (replacement)"
"""What the name of an authorizer ends with while it replaces another one of its name."""


def draft(
    state: State | None,
    wanted: Blueprint,
    *,
    partial: bool = False,
    prune: bool = False,
    scope: Callable[[str, str], bool] | None = None,
    match: str | None = None,
) -> Draft:
    """Plan.

    Args:
        state: What is there; `None` if the levels.API does not exist.
        wanted: What should be there.
        partial: Whether only the given fields of the given things are managed.
        prune: Whether to delete what is not wanted.
        scope: Says of a kind and a key whether pruning may delete such a thing.
        match: Id of the integration that the only integration spec stands for.

    Raises:
        AmbiguousMatchError: More than one integration may be meant.
    """
    policy = Policy(protocol=wanted.protocol_type, partial=partial, prune=prune)
    forced: dict[object, str] = {}
    if match is not None:
        (spec,) = wanted.integrations
        forced[normal(spec, policy.protocol)] = match
    return _Planner(state, wanted, policy, scope, forced).plan()


class _Planner:
    """Compares kind by kind, and collects the draft."""

    def __init__(
        self,
        state: State | None,
        wanted: Blueprint,
        policy: Policy,
        scope: Callable[[str, str], bool] | None,
        forced: Mapping[object, str],
    ) -> None:
        self._wanted = wanted
        self._policy = policy
        self._protocol = policy.protocol
        self._scope = scope
        self._forced = forced
        self._draft = Draft()
        self._is_new = state is None
        self._state = nothing(wanted) if state is None else state
        self._routes = {route.key: route for route in self._state.routes}
        self._wanted_routes = {route.route_key: route for route in wanted.routes}
        self._after_routes: dict[str, RouteSpec] = {}
        self._slots: dict[object, matching.Slot] = {}
        self._cleared: set[str] = set()  # keys of routes whose settings go with them
        self._replaced: dict[object, bool] = {}
        self._replaced_authorizers: dict[str, Existing] = {}

    def plan(self) -> Draft:
        going = {
            route.key
            for route in self._state.routes
            if route.key not in self._wanted_routes and self._goes(route)
        }
        clashing, hindered = self._clashes(going)
        going |= clashing
        self._slots = match_integrations(
            self._wanted.all_integrations(),
            self._state,
            self._policy,
            routes=self._wanted_routes,
            going=going,
            forced=self._forced,
        )
        self._plan_api()
        self._plan_models()
        self._plan_integrations()
        self._plan_authorizers()
        self._plan_routes(going, clashing, hindered)
        self._plan_stages()
        self._plan_unused(going)
        self._draft.after = self._after()
        self._plan_deployment()
        return self._draft

    # --- what goes

    def _goes(self, existing: Existing) -> bool:
        """Whether a thing that is not wanted is deleted."""
        return (
            self._policy.prune
            and not existing.managed
            and (self._scope is None or self._scope(existing.kind, label(existing.spec)))
        )

    def _keep(self, existing: Existing) -> None:
        self._draft.kept.append((existing.kind, label(existing.spec)))

    def _delete(self, existing: Existing, level: int, *more: tuple[int, calls.AnyCall]) -> None:
        self._draft.deletes += 1
        self._draft.add(
            Change(
                action="delete",
                kind=existing.kind,
                key=label(existing.spec),
                reason="not in the blueprint",
            ),
            *more,
            (level, calls.Delete(existing)),
        )

    def _clashes(self, going: set[str]) -> tuple[set[str], dict[str, str]]:
        """Routes that must go before others come, and wanted routes that others hinder.

        Route keys that differ in the names of variables only exclude each other.
        """
        if self._protocol != "HTTP":
            return set(), {}
        shapes = {shape_of(key): key for key in self._wanted_routes}
        clashing: set[str] = set()
        hindered: dict[str, str] = {}
        for key, route in self._routes.items():
            other = shapes.get(shape_of(key))
            if other is None or other == key or other in self._routes:
                continue
            if route.managed:
                hindered[other] = f"route {key}, which API Gateway manages, excludes it"
            elif self._policy.partial and key not in going:
                hindered[other] = f"route {key} excludes it"
            else:
                clashing.add(key)
        return clashing, hindered

    # --- kinds

    def _plan_api(self) -> None:
        wanted = attrs.evolve(
            self._wanted, routes=(), integrations=(), authorizers=(), models=(), stages=()
        )
        if self._is_new:
            change = Change(action="create", kind="api", key=wanted.name)
            self._draft.add(change, (levels.API, calls.Create(wanted, ("api", wanted.name))))
            return
        existing = existing_api(self._state)
        update = update_of(self._state.own, wanted, self._protocol)
        self._update(existing, wanted, update, levels.API)

    def _update(
        self,
        existing: Existing,
        wanted: Spec,
        update: Update,
        level: int,
        **aims: Slot | None,
    ) -> None:
        """Plan the update of a thing that no other one can replace."""
        if not update.fields:
            return
        blocked = "; ".join(f"{name}: {why}" for name, why in update.impossible.items())
        change = Change(
            action="update",
            kind=existing.kind,
            key=label(wanted),
            fields=tuple(update.fields),
            blocked=blocked,
        )
        self._draft.add(change, (level, self._change(existing, wanted, update, **aims)))

    def _change(
        self, existing: Existing, wanted: Spec, update: Update, **aims: Slot | None
    ) -> calls.Change:
        tags: dict[str, str] = {}
        untag: tuple[str, ...] = ()
        before, after = (comparable(s, self._protocol) for s in (existing.spec, wanted))
        if before.get("tags") != after.get("tags"):
            old, new = dict(existing.spec.tags), dict(getattr(wanted, "tags", {}))
            new = {key: value for key, value in new.items() if not key.startswith("aws:")}
            tags = {key: value for key, value in new.items() if old.get(key) != value}
            untag = tuple(sorted(old.keys() - new.keys()))
        return calls.Change(
            existing,
            sends=update.sends,
            clears=update.clears,
            before=tuple(update.before),
            tags=tags,
            untag=untag,
            **aims,
        )

    def _plan_models(self) -> None:
        existing = {model.key: model for model in self._state.models}
        for spec in self._wanted.models:
            found = existing.get(spec.name)
            if found is None:
                change = Change(action="create", kind="model", key=spec.name)
                self._draft.add(change, (levels.PARTS, calls.Create(spec, ("model", spec.name))))
                continue
            wanted = self._policy.effective(spec, found)
            self._update(found, wanted, update_of(found.spec, wanted, self._protocol), levels.PARTS)

    def _plan_integrations(self) -> None:
        for form, slot in self._slots.items():
            name: Slot = ("integration", form)
            existing = slot.existing
            if existing is None:
                self._create_integration(form, slot, "create", ())
                continue
            if same(existing.spec, slot.spec, self._protocol):
                self._draft.ids[name] = existing.ident
                continue
            update = update_of(existing.spec, slot.spec, self._protocol)
            if update.impossible:
                self._replaced[form] = True
                self._create_integration(form, slot, "replace", update.fields)
                continue
            self._draft.ids[name] = existing.ident
            change = Change(
                action="update",
                kind="integration",
                key=label(slot.spec),
                fields=(
                    *own_changes(update),
                    *response_changes(existing, slot.spec, self._protocol),
                ),
            )
            own = self._change(existing, slot.spec, update)
            self._draft.add(
                change,
                (levels.PARTS, own),
                *self._responses(existing, slot.spec, name, levels.BACKEND_RESPONSES),
            )

    def _create_integration(
        self,
        form: object,
        slot: matching.Slot,
        action: Any,
        fields: Sequence[FieldChange],
    ) -> None:
        name: Slot = ("integration", form)
        steps: list[tuple[int, calls.AnyCall]] = [(levels.PARTS, calls.Create(slot.spec, name))]
        steps += [
            (levels.BACKEND_RESPONSES, create_response(each, name)) for each in slot.spec.responses
        ]
        existing, reason, blocked = slot.existing, "", ""
        if existing is not None:
            moved = sum(route.target == existing.ident for route in self._state.routes)
            reason = f"{moved} {'route moves' if moved == 1 else 'routes move'}"
            if existing.managed:
                blocked = "API Gateway manages it (quick create), so it cannot be replaced"
            steps.append((levels.PARTS_THAT_GO, calls.Delete(existing)))
        change = Change(
            action=action,
            kind="integration",
            key=label(slot.spec),
            fields=tuple(fields),
            reason=reason or slot.spec.integration_type,
            blocked=blocked,
        )
        self._draft.add(change, *steps)

    def _responses(
        self,
        existing: Existing,
        wanted: Any,
        parent: Slot,
        level: int,
    ) -> list[tuple[int, calls.AnyCall]]:
        """The calls that make the responses of a route or integration what they should be.

        A response that cannot be updated is deleted first, one level earlier.
        """
        specs = {key_of(each): each for each in wanted.responses}
        steps: list[tuple[int, calls.AnyCall]] = []
        for key, found in existing.responses.items():
            spec = specs.get(key)
            if spec is None:
                steps.append((level, calls.Delete(found)))
                continue
            if same(found.spec, spec, self._protocol):
                continue
            update = update_of(found.spec, spec, self._protocol)
            if update.impossible:
                steps.append((level - 1, calls.Delete(found)))
                steps.append((level, create_response(spec, parent)))
            else:
                steps.append((level, self._change(found, spec, update)))
        steps += [
            (level, create_response(spec, parent))
            for key, spec in specs.items()
            if key not in existing.responses
        ]
        return steps

    def _plan_authorizers(self) -> None:
        existing = {each.key: each for each in self._state.authorizers}
        for spec in self._wanted.all_authorizers():
            slot: Slot = ("authorizer", spec.name)
            found = existing.get(spec.name)
            half_way = existing.get(spec.name + _REPLACEMENT)
            if half_way is not None and self._is_replacement(half_way, spec):
                self._finish_replacement(spec, half_way, found)
                continue
            if found is None:
                change = Change(
                    action="create", kind="authorizer", key=spec.name, reason=spec.authorizer_type
                )
                self._draft.add(change, (levels.PARTS, calls.Create(spec, slot)))
                continue
            wanted = self._policy.effective(spec, found)
            update = update_of(found.spec, wanted, self._protocol)
            if not update.impossible:
                self._draft.ids[slot] = found.ident
                self._update(found, wanted, update, levels.PARTS)
                continue
            self._replaced_authorizers[spec.name] = found
            renamed = spec.name + _REPLACEMENT
            self._draft.add(
                Change(
                    action="replace",
                    kind="authorizer",
                    key=spec.name,
                    fields=tuple(update.fields),
                    blocked=self._foreign_users(found),
                ),
                (levels.PARTS, calls.Create(wanted, slot, renamed=renamed)),
                (levels.PARTS_THAT_GO, calls.Delete(found)),
                (levels.NEW_NAMES, calls.Rename(slot, spec.name)),
            )

    def _is_replacement(self, existing: Existing, spec: Any) -> bool:
        named = attrs.evolve(existing.spec, name=spec.name)
        found = attrs.evolve(existing, spec=named)
        return self._policy.fits(spec, found)

    def _finish_replacement(
        self,
        spec: Any,
        half_way: Existing,
        found: Existing | None,
    ) -> None:
        """Go on where an earlier apply ended: the replacement exists under its first name."""
        slot: Slot = ("authorizer", spec.name)
        self._draft.ids[slot] = half_way.ident
        steps: list[tuple[int, calls.AnyCall]] = [(levels.NEW_NAMES, calls.Rename(slot, spec.name))]
        if found is not None:
            self._replaced_authorizers[spec.name] = found
            steps.insert(0, (levels.PARTS_THAT_GO, calls.Delete(found)))
        self._draft.add(
            Change(
                action="replace",
                kind="authorizer",
                key=spec.name,
                reason="an earlier replacement did not end",
                blocked="" if found is None else self._foreign_users(found),
            ),
            *steps,
        )

    def _foreign_users(self, authorizer: Existing) -> str:
        """Why an authorizer cannot be replaced: routes that are not in the plan use it."""
        foreign = sorted(
            route.key
            for route in self._state.routes
            if route.authorizer == authorizer.ident
            and route.key not in self._wanted_routes
            and not self._goes(route)
        )
        return f"routes that are not in the plan use it: {', '.join(foreign)}" if foreign else ""

    # --- routes

    def _plan_routes(
        self, going: set[str], clashing: set[str], hindered: Mapping[str, str]
    ) -> None:
        for key, spec in self._wanted_routes.items():
            found = self._routes.get(key)
            if found is None:
                self._create_route(spec, hindered.get(key, ""))
            else:
                self._update_route(spec, found)
        for key in sorted(going):
            route = self._routes[key]
            level = levels.CLASHING_ROUTES if key in clashing else levels.ROUTES_THAT_GO
            self._delete(route, level, *self._stale_settings(key))
        for key, route in self._routes.items():
            if key not in self._wanted_routes and key not in going:
                self._after_routes[key] = route.spec
                self._keep(route)

    def _stale_settings(self, key: str) -> list[tuple[int, calls.AnyCall]]:
        self._cleared.add(key)
        return [
            (levels.STALE_SETTINGS, calls.Clear(stage, key))
            for stage in self._state.stages
            if key in stage.spec.route_settings
        ]

    def _create_route(self, spec: RouteSpec, blocked: str) -> None:
        slot: Slot = ("route", spec.route_key)
        self._after_routes[spec.route_key] = spec
        create = calls.Create(
            spec, slot, target=self._target_slot(spec), authorizer=authorizer_slot(spec)
        )
        self._draft.add(
            Change(
                action="create",
                kind="route",
                key=spec.route_key,
                reason=summary(spec),
                blocked=blocked,
            ),
            (levels.ROUTES, create),
            *(
                (
                    levels.ROUTE_RESPONSES,
                    calls.Create(each, response_slot(slot, each), parent=slot),
                )
                for each in spec.responses
            ),
        )

    def _target_slot(self, spec: RouteSpec) -> Slot | None:
        if spec.target is None:
            return None
        return ("integration", normal(spec.target, self._protocol))

    def _update_route(self, spec: RouteSpec, found: Existing) -> None:
        wanted = self._policy.effective(spec, found)
        update = update_of(found.spec, wanted, self._protocol)
        target, moved = self._new_target(spec, wanted, found, update)
        authorizer = self._new_authorizer(wanted, found, update)
        slot: Slot = ("route", spec.route_key)
        self._draft.ids[slot] = found.ident
        self._after_routes[spec.route_key] = self._with_slot(wanted)
        responses = response_changes(found, wanted, self._protocol)
        fields = (*own_changes(update), *responses)
        if not fields and target is None and authorizer is None:
            return
        change = self._change(found, wanted, update, target=target, authorizer=authorizer)
        steps: list[tuple[int, calls.AnyCall]] = [
            (levels.ROUTES, change),
            *self._responses(found, wanted, slot, levels.ROUTE_RESPONSES),
        ]
        if not fields:  # it only moves to what replaces its integration or authorizer
            guard = None if wanted.authorizer is None else wanted.authorizer.name
            number = self._change_of(moved if target is not None else ("authorizer", str(guard)))
            self._draft.steps += [Step(level=level, change=number, call=c) for level, c in steps]
            return
        self._draft.add(
            Change(
                action="update",
                kind="route",
                key=spec.route_key,
                fields=fields,
                blocked="; ".join(f"{n}: {why}" for n, why in update.impossible.items()),
            ),
            *steps,
        )

    def _change_of(self, moved: tuple[str, str]) -> int:
        """The number of the change that makes a route move."""
        found = [
            number
            for number, change in enumerate(self._draft.changes)
            if (change.kind, change.key) == moved
        ]
        return found[-1]

    def _with_slot(self, wanted: RouteSpec) -> RouteSpec:
        """The route with its target as it will be."""
        if wanted.target is None:
            return wanted
        slot = self._slots.get(normal(wanted.target, self._protocol))
        return wanted if slot is None else attrs.evolve(wanted, target=slot.spec)

    def _new_target(
        self, spec: RouteSpec, wanted: RouteSpec, found: Existing, update: Update
    ) -> tuple[Slot | None, tuple[str, str]]:
        """The slot of the integration that a route moves to, and the change that moves it."""
        if spec.target is None:
            if not self._policy.partial and found.target is not None:
                update.clears["Target"] = ""
            return None, ("", "")
        form = normal(spec.target, self._protocol)
        slot = self._slots[form]
        existing = slot.existing
        stays = found.target is not None and (
            found.target in slot.equals or (existing is not None and found.target == existing.ident)
        )
        if stays and form not in self._replaced:
            # The integration itself changes, or nothing does.
            update.fields = [f for f in update.fields if f.name != "target"]
            return None, ("", "")
        if stays:
            update.fields = [f for f in update.fields if f.name != "target"]
        elif not any(f.name == "target" for f in update.fields):
            update.fields.append(FieldChange("target", found.spec.target, wanted.target))
        return ("integration", form), ("integration", label(slot.spec))

    def _new_authorizer(self, wanted: RouteSpec, found: Existing, update: Update) -> Slot | None:
        if wanted.authorizer is None:
            if found.authorizer is not None:
                update.clears["AuthorizerId"] = ""
            return None
        slot: Slot = ("authorizer", wanted.authorizer.name)
        ident = self._draft.ids.get(slot)
        return None if ident is not None and ident == found.authorizer else slot

    # --- stages, and what is left

    def _plan_stages(self) -> None:
        existing = {stage.key: stage for stage in self._state.stages}
        wanted = {stage.stage_name for stage in self._wanted.stages}
        for spec in self._wanted.stages:
            found = existing.get(spec.stage_name)
            if found is None:
                change = Change(action="create", kind="stage", key=spec.stage_name)
                create = calls.Create(spec, ("stage", spec.stage_name))
                self._draft.add(change, (levels.STAGES, create))
                continue
            effective = self._policy.effective(spec, found)
            # Settings of routes that go are gone by then.
            left = {k: v for k, v in found.spec.route_settings.items() if k not in self._cleared}
            current = attrs.evolve(found.spec, route_settings=left)
            update = update_of(current, effective, self._protocol)
            self._update(found, effective, update, levels.STAGES)
        for name, stage in existing.items():
            if name in wanted:
                continue
            if self._goes(stage):
                self._delete(stage, levels.PARTS_THAT_GO)
            else:
                self._keep(stage)

    def _plan_unused(self, going: set[str]) -> None:
        """Plan the deletes of integrations, authorizers and models that are not wanted."""
        stays = [r for key, r in self._routes.items() if key not in going]
        foreign = [route for route in stays if route.key not in self._wanted_routes]
        used = {route.target for route in foreign} | {route.authorizer for route in foreign}
        named = {name for route in foreign for name in models_of(route.spec)}
        taken = {slot.existing.ident for slot in self._slots.values() if slot.existing is not None}
        still = {
            route.target
            for route in stays
            if route.key in self._wanted_routes and self._is_equal_target(route)
        }
        for integration in self._state.integrations:
            if integration.ident not in {*taken, *still}:
                self._drop(integration, used=integration.ident in used)
        guards = {each.ident for each in self._replaced_authorizers.values()}
        guards |= {ident for (kind, _), ident in self._draft.ids.items() if kind == "authorizer"}
        for authorizer in self._state.authorizers:
            if authorizer.ident not in guards:
                self._drop(authorizer, used=authorizer.ident in used)
        wanted = {model.name for model in self._wanted.models}
        for model in self._state.models:
            if model.key not in wanted:
                self._drop(model, used=model.key in named)

    def _is_equal_target(self, route: Existing) -> bool:
        spec = self._wanted_routes[route.key].target
        if spec is None:
            return self._policy.partial
        return route.target in self._slots[normal(spec, self._protocol)].equals

    def _drop(self, existing: Existing, *, used: bool) -> None:
        if self._goes(existing) and not used:
            self._delete(existing, levels.PARTS_THAT_GO)
        else:
            self._keep(existing)

    def _after(self) -> Blueprint:
        """What will be there."""
        deletes = (step.call for step in self._draft.steps if isinstance(step.call, calls.Delete))
        gone = {call.existing.ident for call in deletes}
        state, wanted = self._state, self._wanted

        def named(existing: Sequence[Existing], specs: Sequence[Any]) -> tuple[Any, ...]:
            found = {each.key: each for each in existing}
            made = {
                key: self._policy.effective(spec, found[key]) if key in found else spec
                for spec in specs
                for key in [key_of(spec)]
            }
            ids = {ident for (kind, _), ident in self._draft.ids.items() if kind == "authorizer"}
            kept = (
                each.spec
                for key, each in found.items()
                if key not in made and each.ident not in gone and each.ident not in ids
            )
            return (*made.values(), *kept)

        taken = {slot.existing.ident for slot in self._slots.values() if slot.existing is not None}
        kept = (each for each in state.integrations if each.ident not in {*gone, *taken})
        slots = (slot.spec for slot in self._slots.values())
        authorizers = named(state.authorizers, wanted.all_authorizers())
        guards = {spec.name: spec for spec in authorizers}
        routes = (
            attrs.evolve(route, authorizer=guards.get(route.authorizer.name, route.authorizer))
            if route.authorizer is not None
            else route
            for route in self._after_routes.values()
        )
        return attrs.evolve(
            wanted,
            routes=tuple(routes),
            integrations=(*slots, *(each.spec for each in kept)),
            authorizers=authorizers,
            models=named(state.models, wanted.models),
            stages=named(state.stages, wanted.stages),
        )

    def _plan_deployment(self) -> None:
        after: Blueprint = self._draft.after
        digest = digest_of(after)
        stages = {stage.key: stage for stage in self._state.stages}
        deployed: list[str] = []
        names = {stage.stage_name for stage in self._wanted.stages}
        for spec in after.stages:
            if spec.stage_name not in names or not after.routes:
                continue
            existing = stages.get(spec.stage_name)
            source = None if existing is None else existing.source
            served = getattr(source, "deployment_id", None)
            if spec.auto_deploy:
                self._plan_wait(spec.stage_name, existing, served, digest)
            elif digest_in(self._state.served.get(served or "")) != digest:
                deployed.append(spec.stage_name)
        if deployed and self._has_connection():
            change = Change(
                action="deploy", kind="stage", key=", ".join(deployed), reason="and wait"
            )
            self._draft.add(change, (levels.DEPLOYMENT, calls.Deploy(tuple(deployed), digest)))

    def _has_connection(self) -> bool:
        """Whether this is about an levels.API of a gateway, and not about two blueprints."""
        return self._is_new or self._state.api is not None

    def _plan_wait(
        self, name: str, existing: Existing | None, served: str | None, digest: str
    ) -> None:
        """Wait for a stage that deploys by itself, if the plan changes what it serves."""
        changed = existing is None or digest != digest_of(self._state.blueprint())
        if self._draft.steps and changed and self._has_connection():
            number = self._draft.steps[-1].change
            wait = calls.Await(name, served)
            self._draft.steps.append(Step(level=levels.WAITING, change=number, call=wait))
            self._draft.notes.append(
                f"stage {name} deploys by itself: it serves each step as it happens"
            )
