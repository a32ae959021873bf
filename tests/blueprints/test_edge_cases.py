"""Every kind of backend and authorizer, and rare situations."""

from __future__ import annotations

import importlib
import io
import sys
from operator import attrgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest

import apigw2
from apigw2 import authorizers, integrations
from apigw2._blueprints import apply
from apigw2.testing import Delays
from tests.blueprints.samples import FULL, OTHER, PETS, http, route
from tests.blueprints.strategies import ACCOUNT, ROLE, function
from tests.blueprints.support import World

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICES: Final = {
    "sqs": integrations.sqs_send_message(
        "https://sqs.us-east-1.amazonaws.com/1/q", credentials_arn=ROLE, region="eu-west-1"
    ),
    "events": integrations.eventbridge_put_events(
        source="shop", detail_type="order", credentials_arn=ROLE
    ),
    "states": integrations.step_functions_start_execution(
        f"arn:aws:states:us-east-1:{ACCOUNT}:stateMachine:m", credentials_arn=ROLE
    ),
    "kinesis": integrations.kinesis_put_record(
        "clicks", partition_key="$context.requestId", credentials_arn=ROLE
    ),
    "appconfig": integrations.appconfig_get_configuration(
        application="a",
        environment="e",
        configuration="c",
        client_id="$context.requestId",
        credentials_arn=ROLE,
    ),
}


@pytest.mark.parametrize("name", SERVICES)
def test_an_integration_with_each_aws_service_is_applied(name: str) -> None:
    world = World()
    wanted = http(route("POST /x", target=SERVICES[name]))
    assert world.apply(wanted).blueprint() == wanted
    assert not world.refused()


@pytest.mark.parametrize("make", [integrations.load_balancer, integrations.cloud_map])
def test_a_private_integration_is_applied_and_copied_with_its_vpc_link(
    make: Callable[..., apigw2.IntegrationSpec],
) -> None:
    world = World()
    link = world.gateway.create_vpc_link("private", subnet_ids=["subnet-1"])
    place = f"us-east-1:{ACCOUNT}"
    arn = f"arn:aws:servicediscovery:{place}:service/srv-a1b2"
    if make is integrations.load_balancer:
        arn = f"arn:aws:elasticloadbalancing:{place}:listener/app/a/b/c"
    wanted = http(route("ANY /{proxy+}", target=make(arn, vpc_link=link, server_name="a.b")))
    api = world.apply(wanted)
    assert api.blueprint() == wanted
    with pytest.raises(apigw2.PlanError, match=f"connection_id {link.vpc_link_id}"):
        world.gateway.plan(wanted, rewrite={arn: arn})
    assert not world.gateway.plan(wanted, rewrite={arn: arn, link.vpc_link_id: link.vpc_link_id})


def test_a_cognito_authorizer_has_the_issuer_of_its_region() -> None:
    spec = authorizers.cognito("c", user_pool_id="eu-west-1_Ab", client_ids=["x"])
    assert spec.jwt_configuration == apigw2.JWTConfiguration(
        issuer="https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab", audience=["x"]
    )
    china = authorizers.cognito("c", user_pool_id="cn-north-1_Ab", client_ids=["x"])
    assert "amazonaws.com.cn/" in str(china.jwt_configuration)
    with pytest.raises(ValueError, match="expected a region"):
        authorizers.cognito("c", user_pool_id="Ab", client_ids=["x"])


def test_one_spec_serves_both_protocols() -> None:
    world = World()
    guard = authorizers.lambda_function(
        "g", function("auth"), identity_source=["$request.header.Auth"]
    )
    chat = attrs.evolve(
        FULL["WEBSOCKET"],
        models=(),
        stages=(),
        routes=[route("$connect", target=PETS, authorizer=guard)],
    )
    shop = http(route("GET /", target=PETS, authorizer=guard))
    for wanted in (chat, shop):
        assert world.gateway.plan(wanted).apply().blueprint() == wanted
    assert not world.refused()


# --- replacing ----------------------------------------------------------------------------------

LOGIN: Final = authorizers.jwt("login", issuer="https://a.com", audience=["x"])
ASKING: Final = authorizers.lambda_function("login", function("auth"))


def test_a_delete_waits_while_the_service_reports_an_authorizer_as_in_use() -> None:
    world = World(delays=Delays(authorizer_release=20))
    world.apply(http(route("GET /", target=PETS, authorizer=LOGIN)))
    wanted = http(route("GET /", target=PETS, authorizer=ASKING))
    assert world.apply(wanted).blueprint() == wanted
    assert not world.doubled(wanted)


def test_a_delete_gives_up_if_an_authorizer_stays_in_use() -> None:
    world = World(delays=Delays(authorizer_release=10_000))
    world.apply(http(route("GET /", target=PETS, authorizer=LOGIN)))
    with pytest.raises(apigw2.ApplyError) as caught:
        world.apply(http(route("GET /", target=PETS)), prune=True)
    assert isinstance(caught.value.__cause__, apigw2.ResourceInUseError)


def test_an_authorizer_of_a_route_outside_the_plan_is_not_replaced() -> None:
    world = World()
    world.apply(
        http(
            route("GET /", target=PETS, authorizer=LOGIN),
            route("GET /theirs", target=PETS, authorizer=LOGIN),
        )
    )
    with pytest.raises(apigw2.PlanBlockedError, match="GET /theirs"):
        world.gateway.plan(http(route("GET /", target=PETS, authorizer=ASKING)))


def test_an_integration_of_a_route_outside_the_plan_is_not_changed() -> None:
    world = World()
    api = world.apply(http(route("GET /", target=PETS), route("GET /theirs", target=PETS)))
    slow = attrs.evolve(PETS, timeout_in_millis=1000)
    api.plan([route("GET /", target=slow)]).apply()
    timeouts = {r.route_key: r.target.timeout_in_millis for r in api.blueprint().routes if r.target}
    assert timeouts == {"GET /": 1000, "GET /theirs": None}


def test_a_route_whose_key_is_excluded_by_an_existing_route() -> None:
    world = World()
    api = world.apply(http(route("GET /{a}", target=PETS)))
    with pytest.raises(apigw2.PlanBlockedError, match="excludes it"):
        api.plan([route("GET /{b}", target=PETS)])
    wanted = http(route("GET /{b}", target=PETS))
    assert world.apply(wanted).blueprint() == wanted
    quick = world.gateway.create_api(
        "quick", protocol_type="HTTP", target="https://e.com", route_key="GET /{a}"
    )
    other = attrs.evolve(wanted, name="quick")
    with pytest.raises(apigw2.PlanBlockedError, match="manages"):
        world.gateway.plan(other, api=quick, prune=True)


def test_objects_of_a_quick_create_are_updated_but_never_replaced() -> None:
    world = World()
    api = world.gateway.create_api("petstore", protocol_type="HTTP", target="https://e.com")
    (managed,) = api.get_routes()
    api.ensure(route("$default", operation_name="all"))
    assert managed.get().operation_name == "all"
    with pytest.raises(apigw2.PlanBlockedError, match="manages"):
        world.gateway.plan(http(route("$default", target=PETS), route("GET /", target=PETS)))


def test_responses_are_kept_merged_and_pruned() -> None:
    world = World()
    full = FULL["WEBSOCKET"]
    world.apply(full)
    bare = attrs.evolve(full, routes=[attrs.evolve(full.routes[0], responses=())])
    assert not world.gateway.plan(bare)
    response = apigw2.RouteResponseSpec("$default", model_selection_expression="$request.body.x")
    world.api.ensure(route("$connect", responses=[response]))
    (changed,) = world.api.blueprint().routes[0].responses
    assert changed.model_selection_expression == "$request.body.x"
    assert changed.response_models == {"$default": "Order"}
    assert world.apply(bare, prune=True).blueprint() == bare


def test_settings_of_a_route_are_deleted_and_set_again_to_unset_a_member() -> None:
    world = World()
    settings = apigw2.RouteSettings(throttling_burst_limit=5, throttling_rate_limit=1.0)
    stage = apigw2.StageSpec("prod", route_settings={"GET /": settings})
    a = http(route("GET /", target=PETS), stages=[stage])
    world.apply(a)
    less = apigw2.RouteSettings(throttling_burst_limit=5)
    b = attrs.evolve(a, stages=[attrs.evolve(stage, route_settings={"GET /": less})])
    assert world.apply(b).blueprint() == b


def test_schemas_are_compared_as_json_and_invalid_ones_as_text() -> None:
    def with_schema(text: str) -> apigw2.Blueprint:
        return attrs.evolve(FULL["WEBSOCKET"], models=[apigw2.ModelSpec("Order", schema=text)])

    assert with_schema('{"a": 1}') == with_schema('{ "a":1 }')
    assert with_schema("{a}") != with_schema("{b}")


def test_an_omitted_target_of_a_route_is_cleared() -> None:
    world = World()
    world.apply(http(route("GET /", target=PETS), route("GET /x", authorization_type="AWS_IAM")))
    wanted = http(route("GET /"), route("GET /x", target=OTHER))
    assert "→ https" in str(apigw2.diff(http(), wanted))
    assert "AWS_IAM" in str(
        apigw2.diff(wanted, http(route("GET /y", authorization_type="AWS_IAM")))
    )
    assert world.apply(wanted, prune=True).blueprint() == wanted


def test_a_failure_of_ensure_is_not_hidden() -> None:
    world = World()
    api = world.gateway.create_api("petstore", protocol_type="HTTP")
    world.local.faults.add("CreateRoute", "server_error")
    with pytest.raises(apigw2.ApplyError):
        api.ensure(route("GET /", target=PETS))
    assert api.ensure(route("GET /", target=PETS)).route_key == "GET /"
    with pytest.raises(apigw2.DetachedError):
        apigw2.diff(http(), http(version="1")).carry_out()


def test_create_accepts_a_stage_and_a_route_without_a_target() -> None:
    world = World()
    api = world.gateway.create_api("petstore", protocol_type="HTTP")
    mark = world.mark()
    assert api.create(apigw2.StageSpec("prod")) == api.stage("prod").get()
    made = api.create(route("GET /", operation_name="all"))
    assert (made.target, made.operation_name) == (None, "all")
    assert world.writes(mark) == ["CreateStage", "CreateRoute"]


def test_the_plan_of_a_diff_cannot_be_applied() -> None:
    with pytest.raises(apigw2.DetachedError, match="compares two blueprints"):
        apigw2.diff(http(), http(version="1")).apply()


def test_equal_blueprints_have_equal_hashes() -> None:
    a, b = route("GET /a", target=PETS), route("GET /b", target=OTHER)
    assert len({http(a, b), http(b, a)}) == 1
    assert len({http(a), http(b)}) == 2


def test_a_diagram_shows_a_route_without_a_target() -> None:
    drawn = apigw2.diff(http(), http(route("GET /a"), route("GET /b", target=PETS))).to_mermaid()
    assert "GET /a" in drawn
    assert drawn.count("-->") == 1


def test_no_call_starts_after_a_failure() -> None:
    world = World()
    wanted = http(route("GET /", target=PETS), route("GET /x", target=OTHER))
    plan = world.gateway.plan(wanted)
    world.local.faults.add("CreateIntegration", "server_error")
    mark = world.mark()
    with pytest.raises(apigw2.ApplyError) as caught:
        plan.apply(concurrency=1)
    assert world.writes(mark) == ["CreateApi", "CreateIntegration"]
    changes: list[Any] = [*caught.value.failed, *caught.value.left]
    kinds = [change.kind for change in changes]
    assert sorted(kinds) == ["integration", "integration", "route", "route"]
    assert len(caught.value.failed) == 1
    world.apply(wanted)
    assert world.api.blueprint() == wanted


def test_a_terminal_shows_a_progress_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    seen: list[Any] = []
    World().gateway.plan(http(route("GET /", target=PETS))).apply(on_progress=seen.append)
    shown = terminal.getvalue()
    assert "petstore ████████████████████████ 3/3 + route GET /" in shown
    assert shown.endswith("\r")
    assert [each.done for each in seen] == [1, 2, 3]


def test_an_empty_audience_equals_an_omitted_one() -> None:
    def blueprint(configuration: apigw2.JWTConfiguration) -> apigw2.Blueprint:
        login = apigw2.AuthorizerSpec(
            "login",
            authorizer_type="JWT",
            identity_source=["$request.header.Authorization"],
            jwt_configuration=configuration,
        )
        return http(authorizers=[login])

    issuer = "https://login.example.com"
    with_empty = blueprint(apigw2.JWTConfiguration(issuer=issuer, audience=()))
    without = blueprint(apigw2.JWTConfiguration(issuer=issuer))
    assert not apigw2.diff(with_empty, without)


def test_importing_the_command_does_not_run_it() -> None:
    assert callable(importlib.import_module("apigw2.__main__").main)


def test_a_call_that_stays_throttled_fails_in_the_end() -> None:
    runs: list[object] = []

    def run(context: object) -> None:
        runs.append(context)
        error = {"Error": {"Code": "TooManyRequestsException", "Message": "Too Many Requests"}}
        raise apigw2.TooManyRequestsError(error, "CreateRoute")

    patiently: Any = attrgetter("_run_despite_throttling")(apply)
    context = SimpleNamespace(gateway=World().gateway)
    with pytest.raises(apigw2.TooManyRequestsError):
        patiently(SimpleNamespace(call=SimpleNamespace(run=run)), context)
    assert len(runs) == len(attrgetter("_PAUSES")(apply)) + 1


def connect(**fields: Any) -> apigw2.Blueprint:  # noqa: ANN401  # of a route
    return apigw2.Blueprint(
        "chat",
        protocol_type="WEBSOCKET",
        route_selection_expression="$request.body.action",
        models=[apigw2.ModelSpec("message", schema='{"type": "object"}')],
        routes=[route("$connect", target=OTHER_SOCKET, **fields)],
    )


OTHER_SOCKET: Final = apigw2.IntegrationSpec(
    "HTTP_PROXY", integration_uri="https://example.com", integration_method="POST"
)


def test_omitted_request_parameters_of_a_route_are_deleted() -> None:
    world = World()
    required = apigw2.ParameterConstraints(required=True)
    names = ("route.request.querystring.a", "route.request.querystring.b")
    world.apply(connect(request_parameters=dict.fromkeys(names, required)))
    wanted = connect(request_parameters={names[0]: required})
    api = world.apply(wanted)
    (one,) = api.get_routes()
    assert [*one.request_parameters] == [names[0]]
    assert not world.gateway.plan(wanted).changes


def test_single_keys_of_maps_are_removed() -> None:
    world = World()
    target = attrs.evolve(
        OTHER, request_parameters={"append:header.x": "1", "append:header.y": "2"}
    )
    limits = apigw2.RouteSettings(throttling_burst_limit=5)
    stage = apigw2.StageSpec("prod", route_settings={"GET /": limits, "GET /x": limits})
    shop = http(route("GET /", target=target), route("GET /x", target=target), stages=[stage])
    world.apply(shop)
    less = attrs.evolve(target, request_parameters={"append:header.x": "1"})
    higher = apigw2.RouteSettings(throttling_burst_limit=6)
    wanted = http(
        route("GET /", target=less),
        route("GET /x", target=less),
        stages=[attrs.evolve(stage, route_settings={"GET /": limits, "GET /x": higher})],
    )
    assert world.apply(wanted).blueprint() == wanted


def test_a_response_is_replaced_to_remove_a_key_of_its_templates() -> None:
    def chat(*keys: str) -> apigw2.Blueprint:
        response = apigw2.IntegrationResponseSpec(
            "$default", response_templates=dict.fromkeys(keys, "{}")
        )
        return attrs.evolve(
            connect(), routes=[route("a", target=attrs.evolve(OTHER_SOCKET, responses=[response]))]
        )

    world = World()
    world.apply(chat("200", "500"))
    mark = world.mark()
    assert world.apply(chat("200")).blueprint() == chat("200")
    assert world.writes(mark) == ["DeleteIntegrationResponse", "CreateIntegrationResponse"]


@pytest.mark.parametrize(
    "settings", [{}, {"stage_variables": {"color": "blue"}}, {"tags": {"team": "shop"}}]
)
def test_the_failure_of_a_stage_that_had_no_routes_does_not_fail_the_plan_that_adds_them(
    settings: dict[str, Any],
) -> None:
    """The service keeps the message of a failed automatic deployment until the next one."""
    world = World()
    stage = world.gateway.create_api("petstore", protocol_type="HTTP").create_stage(
        "$default", auto_deploy=True
    )
    world.local.clock.advance(60)
    assert "no routes" in (stage.get().last_deployment_status_message or "")
    spec = apigw2.StageSpec("$default", auto_deploy=True, **settings)

    world.apply(http(route("GET /pets", target=PETS), stages=[spec]))

    assert stage.get().deployment_id is not None


def test_a_blueprint_that_was_read_omits_defaults_inside_value_types() -> None:
    """The service adds empty lists to CORS, and flags to the settings of routes."""
    world = World()
    limits = apigw2.RouteSettings(throttling_burst_limit=5)
    wanted = http(
        route("GET /", target=PETS),
        cors_configuration=apigw2.Cors(allow_origins=["https://a.com"]),
        stages=[
            apigw2.StageSpec(
                "prod", default_route_settings=limits, route_settings={"GET /": limits}
            )
        ],
    )
    read = world.apply(wanted).blueprint()
    assert repr(read.cors_configuration) == repr(wanted.cors_configuration)
    assert repr(read.stages) == repr(wanted.stages)
