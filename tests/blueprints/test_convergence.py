"""After any fault while a plan is applied, planning again and applying reaches the blueprint."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, get_args

import pytest
from botocore.exceptions import BotoCoreError
from hypothesis import given
from hypothesis import strategies as st

import apigw2
from apigw2.testing import FaultKind
from tests.blueprints.strategies import function, pairs
from tests.blueprints.support import SCALE, World, examples

if TYPE_CHECKING:
    from collections.abc import Callable

    Note = Callable[[str, object], None]
    Pair = tuple[apigw2.Blueprint, apigw2.Blueprint]

KINDS: Final[tuple[FaultKind, ...]] = get_args(FaultKind)
ERRORS: Final = (apigw2.Apigw2Error, BotoCoreError)


def converges(world: World, wanted: apigw2.Blueprint) -> None:
    """Plan and apply once, and check that the blueprint is reached."""
    for api in world.gateway.get_apis():
        backends = {f"integrations/{each.integration_id}" for each in api.get_integrations()}
        assert {route.target for route in api.get_routes()} <= {*backends, None}
    world.apply(wanted, prune=True)
    assert world.api.blueprint() == wanted
    assert not world.doubled(wanted)
    assert not world.gateway.plan(wanted, prune=True)


def strike(a: apigw2.Blueprint | None, b: apigw2.Blueprint, position: int, kind: FaultKind) -> bool:
    """Let one request fail while a plan is applied; return whether there was such a request."""
    world = World()
    if a is not None:
        world.apply(a)
    world.fail_at(position, kind)
    with contextlib.suppress(*ERRORS):
        world.apply(b, prune=True)
    reached = world.sent > position
    world.calm()
    converges(world, b)
    return reached


def http() -> Pair:
    pets = apigw2.integrations.lambda_function(function("pets"))
    other = apigw2.integrations.url("https://a.example.com")
    login = apigw2.authorizers.jwt("login", issuer="https://a.example.com", audience=["x"])
    asking = apigw2.authorizers.lambda_function(
        "login", function("auth"), identity_source=["$request.header.Auth"]
    )
    stage = apigw2.StageSpec("prod", stage_variables={"a": "b"})
    route = apigw2.RouteSpec
    a = apigw2.Blueprint(
        "petstore",
        protocol_type="HTTP",
        routes=[
            route("GET /pets", target=pets, authorizer=login),
            route("GET /pets/{id}", target=other),
            route("GET /old", target=other),
        ],
        stages=[stage],
    )
    settings = {"GET /pets": apigw2.RouteSettings(throttling_burst_limit=5)}
    b = apigw2.Blueprint(
        "petstore",
        protocol_type="HTTP",
        routes=[
            route("GET /pets", target=pets, authorizer=asking),
            route("GET /pets/{pet}", target=pets),
            route("POST /pets", target=apigw2.integrations.lambda_function(function("new"))),
        ],
        stages=[apigw2.StageSpec("prod", route_settings=settings)],
    )
    return a, b


@pytest.mark.parametrize("kind", KINDS)
def test_an_update_of_every_object_converges_after_a_fault_at_any_request(
    kind: FaultKind, record_property: Note
) -> None:
    a, b = http()
    position = 0
    while strike(a, b, position, kind):
        position += 1 if SCALE > 1 or kind == "drop" else 4
    record_property("faults injected", position)
    record_property("converged after a fault", position)


def test_a_new_api_converges_after_a_fault_at_any_request(record_property: Note) -> None:
    _, b = http()
    position = 0
    while strike(None, b, position, "drop"):
        position += 1
    record_property("faults injected", position)
    record_property("converged after a fault", position)


def test_generated_plans_converge_after_a_fault_at_any_request(record_property: Note) -> None:
    counts = {"injected": 0}

    @examples(15)
    @given(pair=pairs(), kind=st.sampled_from(KINDS), position=st.integers(0, 60))
    def check(pair: Pair, kind: FaultKind, position: int) -> None:
        a, b = pair
        world = World()
        world.apply(a)
        try:
            world.gateway.plan(b, prune=True)
        except apigw2.PlanBlockedError:
            return
        counts["injected"] += strike(a, b, position, kind)

    check()
    record_property("faults injected", counts["injected"])
    record_property("converged after a fault", counts["injected"])
