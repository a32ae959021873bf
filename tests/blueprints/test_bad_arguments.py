"""Wrong arguments of specs, blueprints and plans are errors that name the parameter."""

from __future__ import annotations

import functools
import inspect
import json
import math
import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest

import apigw2
from apigw2 import authorizers, integrations
from apigw2._objects.values import field_names
from apigw2.testing import LocalGateway
from tests.blueprints.samples import FULL, PETS, http, route
from tests.blueprints.strategies import ACCOUNT, ROLE, function

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Hostile:
    """An object whose methods raise."""

    def __repr__(self) -> str:
        raise RuntimeError

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    __hash__ = None  # type: ignore[assignment]  # not hashable


def cyclic() -> dict[str, object]:
    value: dict[str, object] = {}
    value["A"] = value
    return value


def deep() -> list[object]:
    value: list[object] = []
    for _ in range(100_000):
        value = [value]
    return value


def nonsense() -> Iterator[tuple[str, object]]:
    """Values of many types, most of which are wrong everywhere."""
    yield from {
        "None": None,
        "true": True,
        "integer": 5,
        "negative": -1,
        "huge": 10**5000,
        "beyond 64 bits": 2**64,
        "float": 1.5,
        "nan": math.nan,
        "infinity": math.inf,
        "complex": 1j,
        "bytes": b"text",
        "empty": "",
        "string": "text",
        "surrogate": "a\ud800",
        "null character": "a\0",
        "list": [],
        "list of integers": [1],
        "list of None": [None],
        "list of lists": [[]],
        "set": {1},
        "generator": (n for n in (1, 2)),
        "dict": {},
        "dict of None": {"a": None},
        "dict of integers": {1: 2},
        "dict of surrogates": {"\ud800": "a"},
        "nested dict": {"A": {"B": object()}},
        "cyclic": cyclic(),
        "deep": deep(),
        "class": int,
        "spec class": apigw2.RouteSpec,
        "function": len,
        "object": object(),
        "hostile": Hostile(),
        "spec": apigw2.StageSpec("prod"),
        "list of specs": [apigw2.StageSpec("prod")],
        "value type": apigw2.RouteSettings(throttling_rate_limit=math.nan),
        "wrong value type": apigw2.Cors(allow_origins=5, extra=7),  # type: ignore[arg-type]  # a mistake
        "dict of value types": {"GET /": apigw2.RouteSettings(logging_level=5)},  # type: ignore[arg-type]  # a mistake
    }.items()


DOCUMENTED: Final = (apigw2.Apigw2Error, TypeError, ValueError, OSError)
INTERNAL: Final = re.compile(r"object has no attribute|unhashable|has no len|not iterable|NoneType")
"""Words of the errors that Python raises where a value is used before it is checked."""


def problem_with(call: Callable[[], object], *names: str) -> str:
    """What is wrong with the error of a call; empty if it is documented and names a parameter."""
    try:
        call()
    except Exception as error:  # noqa: BLE001  # every error is examined
        message = str(error)
        shown = (*names, *(name.title().replace("_", "") for name in names))
        is_checked = "expected" in message or INTERNAL.search(message) is None
        if isinstance(error, DOCUMENTED) and is_checked and any(name in message for name in shown):
            return ""
        # Test reports cannot contain lone surrogates.
        return ascii(f"{type(error).__name__}: {message}")[:300]
    return ""


SPECS: Final[dict[type[Any], dict[str, Any]]] = {
    apigw2.AuthorizerSpec: {"name": "login", "authorizer_type": "JWT"},
    apigw2.Blueprint: {"name": "petstore", "protocol_type": "HTTP"},
    apigw2.IntegrationResponseSpec: {"integration_response_key": "$default"},
    apigw2.IntegrationSpec: {"integration_type": "HTTP_PROXY"},
    apigw2.ModelSpec: {"name": "Pet", "schema": "{}"},
    apigw2.RouteResponseSpec: {"route_response_key": "$default"},
    apigw2.RouteSpec: {"route_key": "GET /pets"},
    apigw2.StageSpec: {"stage_name": "prod"},
}
FIELDS: Final = [(cls, name) for cls in SPECS for name in field_names(cls)]


def blueprint_with(spec: Any) -> apigw2.Blueprint:  # noqa: ANN401  # any spec
    """A blueprint that contains a spec."""
    websocket = FULL["WEBSOCKET"]
    if isinstance(spec, apigw2.Blueprint):
        return spec
    if isinstance(spec, apigw2.IntegrationResponseSpec):
        spec = apigw2.IntegrationSpec("MOCK", responses=[spec])
    if isinstance(spec, apigw2.RouteResponseSpec):
        spec = apigw2.RouteSpec("send", responses=[spec])
    if isinstance(spec, apigw2.RouteSpec):
        return attrs.evolve(websocket, routes=[spec]) if spec.responses else http(spec)
    names = {
        apigw2.AuthorizerSpec: "authorizers",
        apigw2.IntegrationSpec: "integrations",
        apigw2.ModelSpec: "models",
        apigw2.StageSpec: "stages",
    }
    parts: dict[str, Any] = {names[type(spec)]: [spec]}
    return attrs.evolve(websocket, **parts)


@functools.cache
def gateway() -> apigw2.ApiGatewayV2:
    return LocalGateway().gateway()


def use(spec: Any, directory: Path) -> None:  # noqa: ANN401  # any spec
    """Show, compare, hash, write, read and plan a spec."""
    blueprint = blueprint_with(spec)
    assert repr(spec)
    assert spec == attrs.evolve(spec)
    assert hash(spec) == hash(attrs.evolve(spec))
    assert not apigw2.diff(blueprint, attrs.evolve(blueprint))
    json.dumps(blueprint.to_dict())
    for file in (directory / "api.yaml", directory / "api.json"):
        blueprint.dump(file)
        assert apigw2.Blueprint.load(file) == blueprint
    assert str(gateway().plan(blueprint))


@pytest.mark.parametrize(
    ("cls", "name"), FIELDS, ids=lambda value: getattr(value, "__name__", value)
)
def test_a_wrong_field_of_a_spec_is_an_error_that_names_it(
    cls: type[Any], name: str, tmp_path: Path
) -> None:

    def make_and_use(value: object) -> None:
        use(cls(**{**SPECS[cls], name: value}), tmp_path)

    problems = {
        label: problem_with(partial(make_and_use, value), name) for label, value in nonsense()
    }
    assert {label: problem for label, problem in problems.items() if problem} == {}


def new_api() -> apigw2.Api:
    return LocalGateway().gateway().create_api("petstore", protocol_type="HTTP")


@functools.cache
def api() -> apigw2.Api:
    return new_api()


def plan() -> apigw2.Plan:
    return LocalGateway().gateway().plan(http(route("GET /pets", target=PETS)))


ANY: Final[Any] = http()
# Functions and methods with valid arguments: each argument is replaced by every wrong value.
CALLS: Final[dict[str, tuple[Callable[[], Callable[..., object]], dict[str, Any]]]] = {
    "diff": (lambda: apigw2.diff, {"a": ANY, "b": ANY}),
    "gateway.plan": (
        lambda: gateway().plan,
        {
            "blueprint": ANY,
            "api": None,
            "prune": False,
            "scope": None,
            "max_deletes": None,
            "rewrite": None,
        },
    ),
    "api.plan": (lambda: api().plan, {"specs": [PETS]}),
    "api.ensure": (lambda: api().ensure, {"spec": PETS, "match": None}),
    "api.create": (lambda: new_api().create, {"spec": PETS}),
    "plan.apply": (lambda: plan().apply, {"on_progress": None, "concurrency": 4}),
    "plan.to_dict": (lambda: plan().to_dict, {"reveal": False}),
    "Blueprint.to_dict": (lambda: http().to_dict, {"reveal": False}),
    "Blueprint.load": (lambda: apigw2.Blueprint.load, {"path": "api.json", "variables": None}),
    "Blueprint.dump": (lambda: http().dump, {"path": "api.json"}),
    "authorizers.jwt": (
        lambda: authorizers.jwt,
        {
            "name": "login",
            "issuer": "https://a.com",
            "audience": ["x"],
            "identity_source": "$request.header.Auth",
        },
    ),
    "authorizers.cognito": (
        lambda: authorizers.cognito,
        {"name": "login", "user_pool_id": "eu-west-1_Ab", "client_ids": ["x"]},
    ),
    "authorizers.lambda_function": (
        lambda: authorizers.lambda_function,
        {
            "name": "login",
            "function_arn": function("auth"),
            "identity_source": ["$request.header.A"],
        },
    ),
    "integrations.lambda_function": (
        lambda: integrations.lambda_function,
        {"function_arn": function("pets"), "request_parameters": {}, "timeout_in_millis": 50},
    ),
    "integrations.url": (lambda: integrations.url, {"uri": "https://a.com", "method": "ANY"}),
    "integrations.load_balancer": (
        lambda: integrations.load_balancer,
        {"listener_arn": "arn", "vpc_link": "v1", "server_name": "a.com"},
    ),
    "integrations.cloud_map": (
        lambda: integrations.cloud_map,
        {"service_arn": "arn", "vpc_link": "v1", "server_name": "a.com"},
    ),
    "integrations.sqs_send_message": (
        lambda: integrations.sqs_send_message,
        {"queue_url": f"https://sqs/{ACCOUNT}/q", "credentials_arn": ROLE, "region": None},
    ),
    "integrations.mock": (lambda: integrations.mock, {"status": 200}),
}
PARAMETERS: Final = [(call, name) for call, (_, arguments) in CALLS.items() for name in arguments]
# Errors of a factory may mention the field of the spec that a parameter is for.
SHOWN: Final = {
    "function_arn": "integration_uri",
    "listener_arn": "integration_uri",
    "service_arn": "integration_uri",
    "uri": "integration_uri",
    "method": "integration_method",
    "queue_url": "request_parameters",
    "vpc_link": "connection_id",
    "region": "request_parameters",
}


@pytest.mark.parametrize(("call", "name"), PARAMETERS)
def test_a_wrong_argument_is_an_error_that_names_the_parameter(
    call: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    http().dump("api.json")
    make, arguments = CALLS[call]
    problems: dict[str, str] = {}
    for label, value in nonsense():
        if callable(value) and name in ("on_progress", "scope"):
            continue
        names = [name, SHOWN.get(name, name)]
        if name == "path" and isinstance(value, str):
            names.append(value)  # a path may be any string
        given = {**arguments, name: value}
        problems[label] = problem_with(lambda given=given: make()(**given), *names)  # type: ignore[misc]  # mypy cannot infer the default
    assert {label: problem for label, problem in problems.items() if problem} == {}


@pytest.mark.parametrize("call", CALLS)
def test_every_parameter_of_a_plan_is_tried(call: str) -> None:
    make, arguments = CALLS[call]
    if not call.startswith(("authorizers", "integrations")):  # they share their other parameters
        assert {*inspect.signature(make()).parameters} == {*arguments}
