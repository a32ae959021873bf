"""Plans and blueprints as text, HTML, trees, dicts and diagrams."""

from __future__ import annotations

import io
import json
import sys
from typing import Any, Final

import attrs
import pytest
import rich.console

import apigw2
from apigw2 import integrations
from apigw2._blueprints import render
from apigw2.testing import LocalGateway
from tests.blueprints.samples import FULL, OTHER, PETS, http, route
from tests.blueprints.strategies import SECRET, function
from tests.blueprints.support import World
from tests.support.notebook import Printer, html, pretty

LOGIN: Final = apigw2.authorizers.jwt("login", issuer="https://a.com", audience=["x"])
READER: Final = apigw2.integrations.lambda_function(function("reader"))

A: Final = http(
    route("GET /pets", target=PETS),
    route("GET /read", target=OTHER),
    route("GET /scan", target=OTHER),
    route("GET /old", target=PETS),
    stages=[apigw2.StageSpec("prod", stage_variables={"color": "blue"})],
)
B: Final = http(
    route("GET /pets", target=PETS),
    route("POST /pets", target=PETS, authorizer=LOGIN),
    route("GET /read", target=READER),
    route("GET /scan", target=READER),
    stages=[
        apigw2.StageSpec("prod", stage_variables={"color": "green"}),
        apigw2.StageSpec("auto", auto_deploy=True),
    ],
)


@pytest.fixture
def plan() -> apigw2.Plan:
    world = World()
    world.apply(A)
    return world.gateway.plan(B, prune=True)


def test_ipython_shows_the_text_of_a_plan(plan: apigw2.Plan) -> None:
    assert pretty(plan, Printer()) == str(plan)


def test_the_text_of_a_plan_lists_each_change(plan: apigw2.Plan) -> None:
    assert str(plan).replace(str(plan.api_id), "a1b2c3d4e5").split("\n") == [
        "petstore (HTTP a1b2c3d4e5)                                  +3 ~1 ±1 -1",
        "  ± integration lambda reader   integration_method: ANY → POST",
        "                                integration_type: HTTP_PROXY → AWS_PROXY",
        " " * 32 + f'integration_uri: "https://example.com" → "{function("reader")}"',
        '                                payload_format_version: "1.0" → "2.0" (2 routes move)',
        "  + authorizer login            JWT",
        "  + route POST /pets          → lambda pets, JWT login",
        "  - route GET /old              not in the blueprint",
        '  ~ stage prod                  stage_variables.color: "***" → "***" (changed)',
        "  + stage auto",
        "  > deploy prod, and wait",
        "  note: stage auto deploys automatically: it serves each change at once",
    ]


def test_only_terminals_show_colours(plan: apigw2.Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert "\033[" not in str(plan)
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\033[32m  +\033[0m stage auto" in str(plan)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\033[" not in str(plan)
    monkeypatch.setattr(sys, "stdout", None)
    assert "\033[" not in str(plan)


def test_a_plan_is_shown_as_html_and_as_a_tree(plan: apigw2.Plan) -> None:
    page = html(plan)
    for text in ("+3", "route POST /pets", "→ lambda pets, JWT login", "±"):
        assert text in page
    shown = html(apigw2.diff(A, attrs.evolve(A, description="<script>")))
    assert "&lt;script&gt;" in shown
    assert "no changes" in html(apigw2.diff(A, A))
    console = rich.console.Console(file=io.StringIO(), width=120)
    console.print(plan)
    tree: Any = console.file
    assert "├── + authorizer login" in tree.getvalue()


def test_a_plan_is_converted_to_a_dict_and_a_diagram(plan: apigw2.Plan) -> None:
    found = json.loads(json.dumps(plan.to_dict()))
    assert found["counts"] == {"replace": 1, "create": 3, "delete": 1, "update": 1, "deploy": 1}
    stage = next(change for change in found["changes"] if change["key"] == "prod")
    assert stage["fields"] == [{"name": "stage_variables.color", "before": "***", "after": "***"}]
    assert "blue" in json.dumps(plan.to_dict(reveal=True))
    diagram = plan.to_mermaid()
    assert diagram.startswith("flowchart LR")
    for line in ('["+ POST /pets"]:::create', '["- route GET /old"]:::delete', ":::replace"):
        assert line in diagram
    assert '-->|"login"|' in diagram
    assert "classDef create" in diagram


def test_a_plan_is_a_value(plan: apigw2.Plan) -> None:
    assert repr(plan) == (
        "<Plan petstore: 1 to replace, 3 to create, 1 to delete, 1 to update, 1 to deploy>"
    )
    assert len(plan) == len([*plan]) == 7
    assert plan == plan  # noqa: PLR0124  # tests __eq__
    assert plan != "plan"
    assert hash(plan) == hash(plan)
    assert repr(apigw2.diff(A, A)) == "<Plan petstore: nothing to do>"


def test_the_text_names_objects_that_stay() -> None:
    world = World()
    world.apply(http(*(route(f"GET /{n}", target=PETS) for n in range(7))))
    text = str(world.gateway.plan(http(route("GET /0", target=PETS))))
    assert "not in the blueprint, stays: route GET /1, " in text
    assert "and 1 more" in text


def test_texts_contain_no_control_characters() -> None:
    text = str(apigw2.diff(A, attrs.evolve(A, description="\033[31mred")))
    assert "\033" not in text


def test_the_text_shows_values_in_words() -> None:
    b = attrs.evolve(
        A,
        disable_execute_api_endpoint=True,
        routes=[route("GET /pets", target=OTHER, authorizer=LOGIN), *A.routes[1:]],
    )
    text = str(apigw2.diff(A, b))
    assert "disable_execute_api_endpoint: false → true" in text
    assert "target: lambda pets → https://example.com" in text
    assert render.blueprint_html(A).startswith("<pre")
    full = str(
        apigw2.diff(FULL["WEBSOCKET"], attrs.evolve(FULL["WEBSOCKET"], routes=(), stages=()))
    )
    assert "- route $connect" in full


def labels_of(blueprint: apigw2.Blueprint) -> list[str]:
    document: Any = blueprint.to_dict()
    return [*document["integrations"]]


def test_integrations_get_short_unique_labels() -> None:
    queue = apigw2.integrations.sqs_send_message("https://sqs/q", credentials_arn="arn")
    linked = apigw2.integrations.load_balancer("arn:aws:elb:::l", vpc_link="v1", server_name="a")
    mock = apigw2.integrations.mock()
    get = apigw2.integrations.url("https://u:p@example.com/x?key=1", method="GET")
    blueprint = http(
        *(
            route(f"GET /{number}", target=target)
            for number, target in enumerate((queue, linked, get, PETS, READER))
        )
    )
    labels = labels_of(blueprint)
    assert labels == [
        "sqs-sendmessage",
        "l-by-vpc-link-v1",
        "example-com-x",
        "pets",
        "reader",
    ]
    assert "u:p" not in repr(blueprint)
    twins = http(
        route("GET /1", target=PETS),
        route("GET /2", target=attrs.evolve(PETS, timeout_in_millis=50)),
    )
    assert labels_of(twins) == ["pets", "pets-2"]
    assert "MOCK" in str(
        apigw2.diff(FULL["WEBSOCKET"], attrs.evolve(FULL["WEBSOCKET"], integrations=[mock]))
    )


def test_the_repr_of_a_spec_masks_secrets() -> None:
    spec = apigw2.IntegrationSpec(
        "HTTP_PROXY",
        integration_uri=f"https://user:{SECRET}@example.com/?key={SECRET}",
        request_parameters={"append:header.a": SECRET, "append:header.b": "$request.header.b"},
    )
    assert SECRET not in repr(spec)
    assert "$request.header.b" in repr(spec)


def test_a_plan_that_only_deploys_says_so_in_its_heading() -> None:
    gateway = LocalGateway().gateway()
    api = gateway.create_api("petstore", protocol_type="HTTP")
    backend = api.create(integrations.url("https://pets.example.com"))
    api.create_route("GET /pets", target=backend)
    api.create_stage("prod").deploy()
    plan = gateway.plan(api.blueprint())
    assert plan
    assert str(plan).splitlines()[0].endswith("deployment only")
    assert "no changes" not in str(plan)
