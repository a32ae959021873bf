"""Properties of every blueprint, checked with generated ones."""

from __future__ import annotations

import contextlib
import json
import random
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import apigw2
from apigw2._blueprints.draft import Level
from apigw2.testing import Clock
from tests.blueprints.samples import PETS, http, route
from tests.blueprints.strategies import ACCOUNT, SECRET, blueprints, pairs
from tests.blueprints.support import World, examples
from tests.support.notebook import html

if TYPE_CHECKING:
    from collections.abc import Callable

    Note = Callable[[str, object], None]
    Pair = tuple[apigw2.Blueprint, apigw2.Blueprint]


def with_steps(plan: apigw2.Plan, steps: tuple[Any, ...]) -> apigw2.Plan:
    """A copy of a plan with other steps."""
    return attrs.evolve(plan, work=attrs.evolve(plan.work, steps=steps))


def blocked_by(world: World, blueprint: apigw2.Blueprint) -> bool:
    """Whether the plan for a blueprint is blocked."""
    try:
        world.gateway.plan(blueprint, prune=True)
    except apigw2.PlanBlockedError:
        return True
    return False


def test_an_applied_plan_gives_the_blueprint_and_the_next_plan_is_empty(
    record_property: Note,
) -> None:
    counts = {"generated": 0, "applied": 0, "empty": 0, "blocked": 0}

    @examples(25)
    @given(pair=pairs())
    def check(pair: Pair) -> None:
        a, b = pair
        world = World()
        counts["generated"] += 2
        for wanted in (a, b):
            mark = world.mark()
            if blocked_by(world, wanted):
                counts["blocked"] += 1
                assert not world.writes(mark)
                return
            api = world.apply(wanted, prune=True)
            assert api.blueprint() == wanted
            assert not world.doubled(wanted)
            mark = world.mark()
            again = world.gateway.plan(wanted, prune=True)
            assert not again, str(again)
            again.apply()
            assert not world.writes(mark)
            counts["applied"] += 1
            counts["empty"] += 1
        assert not world.refused()

    check()
    record_property("blueprints generated", counts["generated"])
    record_property("plans applied", counts["applied"])
    record_property("second plans empty", counts["empty"])
    record_property("plans blocked before the first request", counts["blocked"])


@examples(8)
@given(pair=pairs(), seed=st.integers(0, 99))
def test_any_order_within_the_levels_gives_the_same_api(pair: Pair, seed: int) -> None:
    a, b = pair
    world = World()
    world.apply(a)
    if blocked_by(world, b):
        return
    plan = world.gateway.plan(b, prune=True)
    steps = list(plan.work.steps)
    random.Random(seed).shuffle(steps)  # noqa: S311  # an order, no secret
    with_steps(plan, tuple(steps)).carry_out(concurrency=1)
    assert world.api.blueprint() == b
    assert not world.refused()


def disguised(blueprint: apigw2.Blueprint) -> apigw2.Blueprint:
    """An equal blueprint with other spellings of its values."""

    def integration(spec: apigw2.IntegrationSpec) -> apigw2.IntegrationSpec:
        uri = spec.integration_uri
        if uri and ":function:" in uri:
            prefix = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions"
            uri = f"{prefix}/{uri}/invocations"
        longest = 30_000 if blueprint.protocol_type == "HTTP" else 29_000
        return attrs.evolve(
            spec,
            integration_uri=uri,
            connection_type="INTERNET",
            description=spec.description or "",
            timeout_in_millis=spec.timeout_in_millis or longest,
            request_parameters={
                key.replace("header.x", "header.X"): value
                for key, value in spec.request_parameters.items()
            },
            responses=tuple(reversed(spec.responses)),
        )

    def route(spec: apigw2.RouteSpec) -> apigw2.RouteSpec:
        return attrs.evolve(
            spec,
            target=None if spec.target is None else integration(spec.target),
            api_key_required=bool(spec.api_key_required),
            authorization_scopes=tuple(reversed(spec.authorization_scopes)),
            request_models=dict(spec.request_models),
        )

    cors = blueprint.cors_configuration
    if cors is not None:
        cors = attrs.evolve(
            cors,
            allow_credentials=bool(cors.allow_credentials),
            allow_headers=tuple(name.upper() for name in cors.allow_headers),
            allow_methods=tuple(reversed(cors.allow_methods)),
        )
    return attrs.evolve(
        blueprint,
        routes=tuple(route(spec) for spec in reversed(blueprint.routes)),
        integrations=tuple(integration(spec) for spec in blueprint.integrations),
        stages=tuple(
            attrs.evolve(spec, auto_deploy=bool(spec.auto_deploy), description="")
            for spec in reversed(blueprint.stages)
        ),
        cors_configuration=cors,
        description=blueprint.description or "",
        ip_address_type=blueprint.ip_address_type or "ipv4",
        tags={**blueprint.tags, "aws:cloudformation:stack-name": "petstore"},
    )


@examples(30)
@given(blueprint=blueprints())
def test_different_spellings_of_an_api_are_equal(blueprint: apigw2.Blueprint) -> None:
    other = disguised(blueprint)
    assert blueprint == other
    assert hash(blueprint) == hash(other)
    plan = apigw2.diff(blueprint, other)
    assert not plan, str(plan)


@examples(20)
@given(pair=pairs())
def test_a_diff_is_empty_exactly_if_the_blueprints_are_equal(pair: Pair) -> None:
    a, b = pair
    assert (not apigw2.diff(a, b)) == (a == b)
    with pytest.raises(apigw2.DetachedError):
        apigw2.diff(a, b).apply()


@examples(10)
@given(blueprint=blueprints())
def test_the_next_plan_deploys_if_an_apply_ended_before_its_deployment(
    blueprint: apigw2.Blueprint,
) -> None:
    stages = [stage for stage in blueprint.stages if not stage.auto_deploy]
    if not stages or not blueprint.routes:
        return
    world = World()
    plan = world.gateway.plan(blueprint)
    steps = tuple(step for step in plan.work.steps if step.level < Level.DEPLOYMENT)
    with_steps(plan, steps).carry_out()
    plan = world.gateway.plan(blueprint)
    assert [change.action for change in plan] == ["deploy"]
    mark = world.mark()
    plan.apply()
    assert set(world.writes(mark)) == {"CreateDeployment", "UpdateStage"}
    assert not world.gateway.plan(blueprint)


@examples(10)
@given(pair=pairs())
def test_without_prune_only_replaced_objects_are_deleted(pair: Pair) -> None:
    a, b = pair
    world = World()
    before = world.apply(a)
    routes = {route.route_key: route.route_id for route in before.get_routes()}
    try:
        plan = world.gateway.plan(b)
    except (apigw2.PlanBlockedError, apigw2.PlanError):
        return
    replaced = sum(change.action == "replace" for change in plan)
    mark = world.mark()
    api = plan.apply()
    deletes = [o for o in world.writes(mark) if o in ("DeleteIntegration", "DeleteAuthorizer")]
    assert len(deletes) <= replaced
    clashing = {key.replace("{pet}", "{id}") for key in (r.route_key for r in b.routes)}
    kept = {k: i for k, i in routes.items() if k.replace("{pet}", "{id}") not in clashing}
    now = {route.route_key: route.route_id for route in api.get_routes()}
    assert kept.items() <= now.items()
    assert "DeleteStage" not in world.writes(mark)
    assert not world.gateway.plan(b)
    assert not world.refused(mark)


@examples(6)
@given(pair=pairs())
def test_pruning_stays_within_its_scope(pair: Pair) -> None:
    a, b = pair
    world = World()
    world.apply(a)
    try:
        plan = world.gateway.plan(b, prune=True, scope=lambda kind, _: kind == "stage")
    except (apigw2.PlanBlockedError, apigw2.PlanError):
        return
    deleted = {change.kind for change in plan if change.action == "delete"}
    assert deleted <= {"stage", "route"}  # a route whose key excludes a wanted one
    plan.apply()
    assert not world.gateway.plan(b, prune=True, scope=lambda kind, _: kind == "stage")


@examples(8)
@given(blueprint=blueprints())
def test_a_copy_in_another_account_and_region_equals_its_original(
    blueprint: apigw2.Blueprint,
) -> None:
    other = "999999999999"
    there = {f":us-east-1:{ACCOUNT}:": f":eu-west-1:{other}:", f"::{ACCOUNT}:": f"::{other}:"}
    world = World()
    original = world.apply(blueprint).blueprint()
    gateway, _ = world.connect(region_name="eu-west-1", account_id=other)
    copy = gateway.plan(original, rewrite=there).apply().blueprint()
    assert ACCOUNT not in json.dumps(copy.to_dict(reveal=True)).replace(
        f"amazonaws.com/{ACCOUNT}", ""
    )
    back = {new: old for old, new in there.items()}
    home = World()
    assert home.apply(copy, rewrite=back).blueprint() == original
    arns = "arn:" in json.dumps(original.to_dict(reveal=True))
    if arns:
        with pytest.raises(apigw2.PlanError, match="arn:aws:"):
            gateway.plan(original, rewrite={})


@examples(20)
@given(blueprint=blueprints())
def test_files_give_back_what_was_written(blueprint: apigw2.Blueprint, tmp_path: Any) -> None:  # noqa: ANN401  # pytest's Path
    for name in ("petstore.yaml", "petstore.json"):
        blueprint.dump(tmp_path / name)
        assert apigw2.Blueprint.load(tmp_path / name) == blueprint


@examples(20)
@given(pair=pairs())
def test_no_rendering_contains_a_secret(pair: Pair) -> None:
    a, b = pair
    plan = apigw2.diff(a, b)
    texts = [str(plan), repr(plan), repr(a), html(plan), html(a)]
    texts += [plan.to_mermaid(), json.dumps(plan.to_dict()), json.dumps(a.to_dict())]
    texts += [str(change) for change in plan] + [repr(change) for change in plan]
    assert not [text for text in texts if SECRET in text]


@examples(8)
@given(pair=pairs())
def test_a_plan_writes_nothing_until_it_is_applied(pair: Pair) -> None:
    a, b = pair
    world = World()
    world.apply(a)
    mark = world.mark()
    if not blocked_by(world, b):
        str(world.gateway.plan(b, prune=True))
    world.api.blueprint()
    assert not world.writes(mark)


def _moves() -> st.SearchStrategy[list[tuple[str, int]]]:
    """Actions on two stages and their deployments, each with a number that selects one."""
    actions = st.sampled_from(["deploy", "rollback", "back_to", "promote", "prune", "apply"])
    return st.lists(st.tuples(actions, st.integers(0, 3)), min_size=4, max_size=12)


def all_but_stages(kind: str, _: str) -> bool:
    return kind != "stage"


@examples(15)
@given(moves=_moves())
def test_rollback_and_pruning_never_delete_what_a_stage_serves(
    moves: list[tuple[str, int]],
) -> None:
    wanted = http(route("GET /pets", target=PETS))
    world = World(clock=Clock(step=5))  # dates have whole seconds
    api = world.apply(wanted)
    served = {name: api.create_stage(name).deploy().deployment_id for name in ("test", "prod")}
    for action, number in moves:
        mark = world.mark()
        name = ("test", "prod")[number % 2]
        stage = api.stage(name)
        deployments = [each.deployment_id for each in api.get_deployments()]
        if action == "deploy":
            served[name] = stage.deploy().deployment_id
        elif action == "rollback":
            with contextlib.suppress(apigw2.PreflightError, apigw2.MultipleMatchesError):
                served[name] = stage.rollback().deployment_id
        elif action == "back_to":
            served[name] = stage.rollback(
                to=deployments[-1 - number % len(deployments)]
            ).deployment_id
        elif action == "promote":
            served[name] = stage.promote(from_=("prod", "test")[number % 2]).deployment_id
        elif action == "prune":
            api.prune_deployments(keep=number)
        else:
            world.apply(wanted, prune=True, scope=all_but_stages)
        left = {each.deployment_id for each in api.get_deployments()}
        assert {each.stage_name: each.deployment_id for each in api.get_stages()} == served
        assert set(served.values()) <= left
        if action == "prune":
            assert len(left) <= number + len(set(served.values()))
        else:
            assert set(deployments) <= left
        assert not world.refused(mark), "no request for a deployment in use"
