"""What a plan rejects and keeps, its pace, and changes by others in the meantime."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest

import apigw2
from apigw2._blueprints import calls
from apigw2._blueprints.draft import Level
from apigw2._objects.values import field_names, is_set
from apigw2.testing import Clock, LocalGateway
from tests.blueprints.samples import FULL, OTHER, PETS, SETTINGS, http, route
from tests.blueprints.strategies import function
from tests.blueprints.support import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


# Fields that the service never clears, and fields that an object needs.
BLOCKED: Final = {"StageSpec.default_route_settings", "StageSpec.description"}
NEEDED: Final = {
    "Blueprint.route_selection_expression",
    "IntegrationSpec.integration_method",
    "IntegrationSpec.integration_uri",
    "AuthorizerSpec.authorizer_uri",
    "AuthorizerSpec.identity_source",  # with a time to live
    "Blueprint.models",
}


def without(spec: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  # any spec
    """Yield each field of a spec and of the specs in it, and the spec without that field."""
    for field in attrs.fields(spec.__class__):
        name, value = field.name, getattr(spec, field.name)
        label = f"{type(spec).__name__}.{name}"
        if name == "extra" or not is_set(value):
            continue
        if field.default is not attrs.NOTHING and label not in NEEDED:
            yield label, attrs.evolve(spec, **{name: field.default})
        parts: list[Any] = [*value] if isinstance(value, tuple) else [value]
        for part in parts:
            if isinstance(part, apigw2.Spec):
                for inner, rest in without(part):
                    changed = tuple(rest if each is part else each for each in parts)
                    yield (
                        inner,
                        attrs.evolve(spec, **{name: changed if isinstance(value, tuple) else rest}),
                    )


CASES: Final = [
    pytest.param(protocol, rest, label, id=f"{protocol}-{label}")
    for protocol, full in FULL.items()
    for label, rest in without(full)
]


@pytest.mark.parametrize(("protocol", "rest", "label"), CASES)
def test_an_omitted_field_is_cleared_replaced_or_blocked(
    protocol: str, rest: apigw2.Blueprint, label: str
) -> None:
    world = World()
    world.apply(FULL[protocol])
    mark = world.mark()
    if label in BLOCKED and protocol == "HTTP":
        with pytest.raises(apigw2.PlanBlockedError, match=label.split(".")[1]) as caught:
            world.gateway.plan(rest, prune=True)
        assert "! stage prod" in str(caught.value.plan)
        assert not world.writes(mark)
        return
    api = world.apply(rest, prune=True)
    assert api.blueprint() == rest
    assert not world.gateway.plan(rest, prune=True)
    assert not world.refused()


def test_every_field_is_omitted_once() -> None:
    seen = {label for case in CASES for label in [case.values[2]]} | NEEDED
    rare = {
        "AuthorizerSpec.authorizer_payload_format_version",
        "AuthorizerSpec.identity_validation_expression",
        "AuthorizerSpec.jwt_configuration",
        "Blueprint.authorizers",
        "Blueprint.disable_schema_validation",
        "Blueprint.integrations",
        "IntegrationSpec.connection_id",
        "IntegrationSpec.connection_type",
        "IntegrationSpec.integration_subtype",
        "IntegrationSpec.payload_format_version",
        "IntegrationSpec.tls_config",
        "RouteSpec.authorization_scopes",
        "RouteSpec.authorization_type",
        "StageSpec.client_certificate_id",
    }
    classes = (
        apigw2.AuthorizerSpec,
        apigw2.Blueprint,
        apigw2.IntegrationResponseSpec,
        apigw2.IntegrationSpec,
        apigw2.ModelSpec,
        apigw2.RouteResponseSpec,
        apigw2.RouteSpec,
        apigw2.StageSpec,
    )
    every = {
        f"{cls.__name__}.{field.name}"
        for cls in classes
        for field in attrs.fields(cls)
        if field.name in field_names(cls)[:-1] and field.default is not attrs.NOTHING
    }
    assert every - seen == rare


# --- changes by others -------------------------------------------------------------------------


WRITES: Final[Mapping[str, Callable[[Any], object]]] = {
    "route": lambda api: api.get_routes().first().update(operation_name="other"),
    "deleted route": lambda api: api.get_routes().first().delete(),
    "api": lambda api: api.update(description="other"),
    "stage": lambda api: api.stage("prod").update(stage_variables={"a": "c"}),
    "integration": lambda api: api.get_integrations().first().update(timeout_in_millis=500),
}


@pytest.mark.parametrize("what", WRITES)
def test_a_plan_is_stale_after_a_change_by_somebody_else(what: str) -> None:
    world = World()
    a = http(route("GET /pets", target=PETS), stages=[apigw2.StageSpec("prod")])
    api = world.apply(a)
    plan = world.gateway.plan(attrs.evolve(a, version="2"))
    WRITES[what](api)
    mark = world.mark()
    with pytest.raises(apigw2.PlanStaleError, match="plan again") as caught:
        plan.apply()
    assert not world.writes(mark)
    assert caught.value.plan
    caught.value.plan.apply()  # type: ignore[attr-defined]  # a plan
    assert world.api.blueprint() == attrs.evolve(a, version="2")


def test_managed_objects_are_never_deleted() -> None:
    world = World()
    api = world.gateway.create_api(
        "petstore", protocol_type="HTTP", target="https://example.com", route_key="GET /managed"
    )
    wanted = http(route("GET /pets", target=PETS))
    plan = world.gateway.plan(wanted, prune=True)
    plan.apply()
    assert {each.route_key for each in api.get_routes()} == {"GET /managed", "GET /pets"}
    assert ("route", "GET /managed") in plan.kept
    assert not world.gateway.plan(wanted, prune=True)


def test_a_plan_with_more_deletes_than_allowed_is_an_error() -> None:
    world = World()
    world.apply(http(route("GET /a", target=PETS), route("GET /b", target=OTHER)))
    with pytest.raises(apigw2.PlanError, match="max_deletes=3"):
        world.gateway.plan(http(), prune=True, max_deletes=3)
    assert world.gateway.plan(http(), prune=True, max_deletes=4)


def test_two_apis_with_the_same_name_are_an_error_that_names_both() -> None:
    world = World()
    ids = [world.gateway.create_api("petstore", protocol_type="HTTP").api_id for _ in "ab"]
    with pytest.raises(apigw2.MultipleMatchesError) as caught:
        world.gateway.plan(http())
    assert all(ident in str(caught.value) for ident in ids)
    api = world.gateway.api(ids[0])
    assert world.gateway.plan(http(version="1"), api=api).apply().version == "1"


def test_a_change_of_the_protocol_is_blocked() -> None:
    world = World()
    world.apply(http())
    chat = attrs.evolve(FULL["WEBSOCKET"], name="petstore")
    with pytest.raises(apigw2.PlanBlockedError, match="protocol_type"):
        world.gateway.plan(chat)
    assert apigw2.diff(http(), chat).blocked


def test_one_error_lists_everything_that_is_blocked() -> None:
    world = World()
    stage = apigw2.StageSpec("prod", description="Old", default_route_settings=SETTINGS)
    world.apply(http(route("GET /pets", target=PETS), stages=[stage]))
    mark = world.mark()
    bad = attrs.evolve(PETS, timeout_in_millis=1)
    wanted = http(route("GET /pets", target=bad), route("pets"), stages=[apigw2.StageSpec("prod")])
    with pytest.raises(apigw2.PlanBlockedError) as caught:
        world.gateway.plan(wanted)
    text = str(caught.value)
    for part in ("description", "throttling_burst_limit", "TimeoutInMillis", "route pets"):
        assert part in text
    assert not world.writes(mark)


def test_ambiguous_integrations_are_an_error_that_names_them() -> None:
    world = World()
    api = world.gateway.create_api("petstore", protocol_type="HTTP")
    made = [api.create(attrs.evolve(OTHER, timeout_in_millis=n)).integration_id for n in (100, 200)]
    wanted = attrs.evolve(OTHER, timeout_in_millis=300)
    with pytest.raises(apigw2.AmbiguousMatchError) as caught:
        api.ensure(wanted)
    assert caught.value.candidates == tuple(sorted(made))
    assert all(ident in str(caught.value) for ident in made)
    chosen = api.ensure(wanted, match=api.integration(made[1]))
    assert (chosen.integration_id, chosen.timeout_in_millis) == (made[1], 300)


# --- single parts ------------------------------------------------------------------------------

PARTS: Final = {
    "integration": PETS,
    "route": route("GET /pets", target=PETS),
    "authorizer": apigw2.authorizers.jwt("login", issuer="https://a.com", audience=["x"]),
    "stage": apigw2.StageSpec("prod", stage_variables={"a": "b"}),
}


@pytest.mark.parametrize("kind", PARTS)
def test_ensuring_the_same_spec_twice_writes_once(kind: str) -> None:
    world = World()
    api = world.gateway.create_api("petstore", protocol_type="HTTP")
    spec: Any = PARTS[kind]
    ensure: Any = api.ensure
    first = ensure(spec)
    mark = world.mark()
    assert ensure(spec) == first
    assert not world.writes(mark)
    assert not api.plan([spec])


def test_ensure_finds_an_existing_model() -> None:
    world = World()
    api = world.gateway.create_api(
        "chat", protocol_type="WEBSOCKET", route_selection_expression="$request.body.action"
    )
    model = apigw2.ModelSpec("Order", schema="{}")
    assert api.ensure(model) == api.ensure(model)
    assert api.ensure(attrs.evolve(model, description="New")).description == "New"


def test_ensure_keeps_the_fields_that_a_spec_omits() -> None:
    world = World()
    stage = apigw2.StageSpec("prod", auto_deploy=True, stage_variables={"a": "b"}, tags={"t": "1"})
    api = world.apply(http(route("GET /pets", target=PETS, operation_name="read"), stages=[stage]))
    changed = api.ensure(apigw2.StageSpec("prod", stage_variables={"c": "d"}))
    assert changed.stage_variables == {"a": "b", "c": "d"}
    assert changed.auto_deploy
    assert changed.tags == {"t": "1"}
    moved = api.ensure(route("GET /pets", target=OTHER))
    assert moved.operation_name == "read"
    login = apigw2.authorizers.jwt("login", issuer="https://a.com", audience=["x"])
    guarded = api.ensure(route("GET /pets", authorizer=login, authorization_scopes=["a"]))
    assert guarded.authorization_type == "JWT"
    opened = api.ensure(route("GET /pets", authorization_type="AWS_IAM"))
    assert (opened.authorization_type, opened.authorizer_id) == ("AWS_IAM", None)


def test_ensure_creates_one_route_if_another_caller_is_faster() -> None:
    world = World()
    api = world.gateway.create_api("petstore", protocol_type="HTTP")
    gateway, client = world.connect()
    spec = route("GET /pets", target=PETS)
    faster: list[apigw2.Route] = []

    def overtake(**_: object) -> None:
        if not faster:
            faster.append(world.gateway.attach(api).ensure(spec))

    client.meta.events.register("before-call.apigatewayv2.CreateRoute", overtake)
    slower = gateway.attach(api).ensure(spec)
    assert slower.route_id == faster[0].route_id
    assert len(api.get_routes().all()) == 1
    assert len(api.get_integrations().all()) == 1


def test_ensure_creates_one_route_for_many_concurrent_callers() -> None:
    world = World()
    api = world.gateway.create_api("petstore", protocol_type="HTTP")
    made: list[str] = []

    def ensure() -> None:
        made.append(api.ensure(route("GET /pets", target=PETS)).route_id)

    threads = [threading.Thread(target=ensure) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert len(made) == 4


def test_ensure_rejects_what_is_not_a_spec_of_a_part() -> None:
    world = World()
    api = world.gateway.create_api("petstore", protocol_type="HTTP")
    wrong: Any = http()
    with pytest.raises(TypeError, match="RouteSpec"):
        api.ensure(wrong)
    with pytest.raises(TypeError, match="match"):
        api.ensure(PARTS["route"], match=api.integration("a"))  # type: ignore[call-overload]  # a mistake


def test_create_also_creates_the_integration_and_authorizer_of_a_route() -> None:
    world = World()
    api = world.gateway.create_api("petstore", protocol_type="HTTP")
    login = apigw2.authorizers.jwt("login", issuer="https://a.com", audience=["x"])
    made = api.create(route("GET /pets", target=PETS, authorizer=login))
    assert api.blueprint() == http(route("GET /pets", target=PETS, authorizer=login))
    with pytest.raises(apigw2.AlreadyExistsError):
        world.gateway.api(made.api_id).create(route("GET /pets", target=PETS))
    chat = world.gateway.create_api(
        "chat", protocol_type="WEBSOCKET", route_selection_expression="$request.body.action"
    )
    response = apigw2.RouteResponseSpec("$default")
    two_way = route("send", target=PETS, responses=[response])
    assert chat.create(two_way).get_route_responses().first() is not None


# --- pace --------------------------------------------------------------------------------------


def test_three_hundred_routes_are_applied_as_fast_as_the_quota_allows() -> None:
    clock = Clock(step=0, running=True)
    local = LocalGateway(clock=clock, rate_limits=True)
    wanted = http(
        *(route(f"GET /pets/{number}", target=PETS) for number in range(300)),
        stages=[apigw2.StageSpec("prod")],
    )
    start = clock.now()
    api = local.gateway().plan(wanted).apply()
    took = (clock.now() - start).total_seconds()
    writes = sum(not r.operation.startswith(("Get", "List")) for r in local.requests)
    assert took <= 1.1 * (writes - 40) / 10
    throttled = [request for request in local.requests if request.status >= 400]
    assert len(throttled) < 10  # the two clocks round in their own ways
    mark = len(local.requests)
    assert api.blueprint() == wanted
    pages = [request.operation for request in local.requests[mark:]]
    assert len(pages) <= 8  # three of them of routes: a page has 100


def test_a_plan_waits_while_others_use_the_quota() -> None:
    world = World()
    world.local.faults.add("CreateRoute", "throttle", times=3)
    wanted = http(route("GET /pets", target=PETS))
    assert world.apply(wanted).blueprint() == wanted
    assert world.writes().count("CreateRoute") == 4


def test_an_exceeded_quota_fails_at_once() -> None:
    world = World(quotas={"routes": 1})
    with pytest.raises(apigw2.ApplyError) as caught:
        world.apply(http(route("GET /a", target=PETS), route("GET /b", target=PETS)))
    assert isinstance(caught.value.__cause__, apigw2.QuotaExceededError)
    assert len(caught.value.failed) == 1
    assert "plan again" in str(caught.value)


def test_a_plan_is_applied_despite_conflicts_with_other_changes() -> None:
    local = LocalGateway()
    local.faults.add("CreateRoute", "concurrent_modification", times=3)
    wanted = http(*(route(f"GET /{number}", target=PETS) for number in range(10)))
    assert local.gateway().plan(wanted).apply().blueprint() == wanted


# --- what a plan notices -----------------------------------------------------------------------


def test_two_wanted_routes_that_exclude_each_other_are_known_before_the_first_write() -> None:
    world = World()
    wanted = http(route("GET /{a}", target=PETS), route("GET /{b}", target=PETS))
    with pytest.raises(apigw2.PlanBlockedError, match=r"route GET /.a., which is also in"):
        world.gateway.plan(wanted)
    world.apply(http(route("GET /{b}", target=PETS)))
    with pytest.raises(apigw2.PlanBlockedError, match=r"route GET /.b., which is also in"):
        world.gateway.plan(wanted)
    assert world.writes().count("CreateRoute") == 1


def test_ensure_rejects_a_match_that_does_not_exist() -> None:
    world = World()
    api = world.gateway.create_api("petstore", protocol_type="HTTP")
    with pytest.raises(apigw2.PlanError, match="match: the API has no integration a1b2c3"):
        api.ensure(PETS, match=api.integration("a1b2c3"))
    assert world.writes() == ["CreateApi"]


def test_a_plan_names_unused_integrations_that_stay_and_pruning_deletes_them() -> None:
    """A plan that fails between the move of a route and the delete leaves such an integration."""
    world = World()
    world.apply(http(route("GET /pets", target=PETS)))
    wanted = http(route("GET /pets", target=OTHER))
    plan = world.gateway.plan(wanted)
    steps = tuple(step for step in plan.work.steps if step.level < Level.DELETED_PARTS)
    attrs.evolve(plan, work=attrs.evolve(plan.work, steps=steps)).carry_out()
    (unused,) = [each for each in world.api.get_integrations() if "pets" in str(each)]
    plan = world.gateway.plan(wanted)
    note = f"no route uses integration lambda pets ({unused.integration_id}); prune=True deletes it"
    assert plan.notes == (note,)
    assert note in str(plan)
    world.apply(wanted, prune=True)
    assert not unused.exists()
    assert not world.gateway.plan(wanted).notes


def test_a_new_api_with_arns_of_another_region_has_a_note() -> None:
    world = World()
    gateway, _ = world.connect(region_name="eu-west-1")
    plan = gateway.plan(http(route("GET /pets", target=PETS)))
    assert plan.notes == (
        f"not in eu-west-1, the API's region: {function('pets')}; rewrite= replaces ARNs",
    )
    assert not world.gateway.plan(http(route("GET /pets", target=PETS))).notes


def test_rewriting_an_empty_string_is_an_error() -> None:
    with pytest.raises(ValueError, match="rewrite: an empty string cannot be replaced"):
        World().gateway.plan(http(), rewrite={"": "a"})


@pytest.mark.parametrize("protocol", FULL)
def test_ensure_reads_only_what_it_compares(protocol: str) -> None:
    world = World()
    api = world.apply(FULL[protocol])
    (spec,) = FULL[protocol].routes
    read = {"GetApi", "GetRoutes", "GetIntegrations", "GetAuthorizers"}
    if protocol == "WEBSOCKET":
        read |= {"GetModels", "GetIntegrationResponses"}
    mark = world.mark()
    api.ensure(spec.target)  # type: ignore[arg-type]  # it has one
    assert sorted(r.operation for r in world.local.requests[mark:]) == sorted(read)
    mark = world.mark()
    api.ensure(spec)
    responses = {"GetRouteResponses"} if protocol == "WEBSOCKET" else set[str]()
    assert {r.operation for r in world.local.requests[mark:]} == read | responses
    mark = world.mark()
    api.ensure(FULL[protocol].stages[0])
    assert {r.operation for r in world.local.requests[mark:]} >= read | responses | {"GetStages"}


def test_a_route_moves_with_the_replacement_of_its_own_integration() -> None:
    """Two integrations of one function have the same name in texts."""
    world = World()
    slow = attrs.evolve(PETS, timeout_in_millis=1000)
    url = attrs.evolve(OTHER, timeout_in_millis=1000)
    world.apply(http(route("GET /a", target=OTHER), route("GET /b", target=url)))
    plan = world.gateway.plan(http(route("GET /a", target=PETS), route("GET /b", target=slow)))
    assert [str(change) for change in plan] == ["± integration lambda pets"] * 2
    moved = [
        (step.change, step.call.target)
        for step in plan.work.steps
        if isinstance(step.call, calls.Update)
    ]
    created = {
        step.call.key: step.change
        for step in plan.work.steps
        if isinstance(step.call, calls.Create)
    }
    assert {target: change for change, target in moved} == created


def test_the_text_of_a_change_of_a_value_type_names_its_members() -> None:
    def with_limits(burst: int, **cors: Any) -> apigw2.Blueprint:  # noqa: ANN401  # of Cors
        limits = apigw2.RouteSettings(throttling_burst_limit=burst)
        return http(
            cors_configuration=apigw2.Cors(**cors),
            stages=[
                apigw2.StageSpec(
                    "prod", default_route_settings=limits, route_settings={"GET /": limits}
                )
            ],
        )

    text = str(
        apigw2.diff(
            with_limits(5, allow_headers=["X-A"], max_age=60),
            with_limits(6, allow_headers=["x-a"], max_age=60, allow_origins=["*"]),
        )
    )
    assert 'cors_configuration.allow_origins: absent → ["*"]' in text
    assert "default_route_settings.throttling_burst_limit: 5 → 6" in text
    assert "route_settings.GET /.throttling_burst_limit: 5 → 6" in text
    assert "allow_headers" not in text
    assert "max_age" not in text


def test_the_text_of_a_long_value_is_shortened() -> None:
    schema = "x" * 10_000
    full = FULL["WEBSOCKET"]
    text = str(
        apigw2.diff(full, attrs.evolve(full, models=[apigw2.ModelSpec("Order", schema=schema)]))
    )
    assert "..." in text
    assert max(map(len, text.splitlines())) < 300


@pytest.mark.parametrize("protocol", FULL)
def test_a_plan_for_specs_knows_the_whole_api_but_does_not_list_what_others_own(
    protocol: str,
) -> None:
    world = World()
    api = world.apply(FULL[protocol])
    (spec,) = FULL[protocol].routes
    plan = api.plan([attrs.evolve(spec, operation_name="other")])
    assert (plan.kept, plan.notes) == ((), ())
    assert plan.apply().blueprint() == plan.after


def test_an_error_of_on_progress_stops_the_plan() -> None:
    def fail(_: apigw2.Progress) -> None:
        raise LookupError

    world = World()
    plan = world.gateway.plan(http(route("GET /pets", target=PETS)))
    with pytest.raises(LookupError):
        plan.apply(on_progress=fail)
    assert world.writes() == ["CreateApi"]
    assert world.apply(http(route("GET /pets", target=PETS))).get_routes().first() is not None


def test_concurrency_below_one_is_an_error() -> None:
    with pytest.raises(ValueError, match="concurrency: 0 is less than 1"):
        World().gateway.plan(http()).apply(concurrency=0)


def test_a_plan_notes_settings_of_a_route_that_does_not_exist() -> None:
    """AWS accepts them for `$default`; for other keys it responds with 404."""
    stage = apigw2.StageSpec("prod", route_settings={"GET /pets": SETTINGS, "$default": SETTINGS})
    plan = apigw2.diff(http(), http(stages=[stage]))
    note = "stage prod has route_settings for GET /pets, but the API has no such route"
    assert plan.notes == (note,)
    assert not apigw2.diff(http(), http(route("GET /pets"), stages=[stage])).notes


def test_a_plan_has_the_warnings_of_preflight_as_notes() -> None:
    stage = apigw2.StageSpec("prod", stage_variables={"a": "{b"})
    plan = World().gateway.plan(http(stages=[stage]))
    (note,) = plan.notes
    assert note.startswith("stage prod: CreateStage: StageVariables: values have letters")
