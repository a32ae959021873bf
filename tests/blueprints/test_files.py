"""Blueprint files, their schema, and the variables in them."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

import attrs
import jsonschema
import pytest
import yaml

import apigw2
from tests.blueprints.samples import FULL, OTHER, PETS, http, route
from tests.blueprints.strategies import function

if TYPE_CHECKING:
    from pathlib import Path


def load(tmp_path: Path, text: str, file: str = "api.yaml", **variables: str) -> apigw2.Blueprint:
    path = tmp_path / file
    path.write_text(text, encoding="utf-8")
    return apigw2.Blueprint.load(path, variables=variables)


@pytest.mark.parametrize("protocol", FULL)
def test_files_fit_their_schema(protocol: str, tmp_path: Path) -> None:
    path = tmp_path / "api.yaml"
    FULL[protocol].dump(path)
    jsonschema.validate(yaml.safe_load(path.read_text()), apigw2.Blueprint.json_schema())
    assert apigw2.Blueprint.load(path) == FULL[protocol]


def test_the_schema_rejects_mistakes() -> None:
    schema = apigw2.Blueprint.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    good = FULL["HTTP"].to_dict(reveal=True)
    jsonschema.validate(good, schema)
    mistakes: tuple[dict[str, object], ...] = (
        {"nmae": "x"},
        {"routes": {"GET /": {"tarjet": "x"}}},
        {"tags": []},
    )
    for wrong in mistakes:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**good, **wrong}, schema)
    assert schema["properties"]["name"]["description"] == "The API's name."


def test_variables_are_replaced_and_expressions_stay(tmp_path: Path) -> None:
    text = """
name: petstore
protocol_type: HTTP
description: $${stage} ${stageVariables.a}
integrations:
  pets: {integration_type: HTTP_PROXY, integration_method: ANY, integration_uri: "https://${host}"}
routes:
  $default: {target: pets}
models:
"""
    made = load(tmp_path, text, host="example.com")
    assert made.routes[0].target == OTHER
    assert made.description == "${stage} ${stageVariables.a}"
    with pytest.raises(ValueError, match=r"variable host has no value.*\$\$\{host\}"):
        load(tmp_path, text)
    made.dump(tmp_path / "again.json")
    assert apigw2.Blueprint.load(tmp_path / "again.json") == made


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "expected a blueprint"),
        ("apigw2: 2", "expected version 1"),
        ("name: a", "protocol_type is missing"),
        ("{name: a, protocol_type: HTTP, versoin: b}", "did you mean version"),
        ("{name: a, protocol_type: HTTP, zzz: b}", "there is no such field"),
        ("{name: a, protocol_type: HTTP, version: 1.0}", "expected a string .quote it."),
        ("{name: a, protocol_type: HTTP, routes: []}", "routes: expected a mapping"),
        ("{name: a, protocol_type: HTTP, routes: {GET /: {target: b}}}", "there are none"),
        ("{name: a, protocol_type: HTTP, tags: {a: 1}}", "tags"),
        (
            "{name: a, protocol_type: HTTP, routes: {GET /: {authorization_scopes: a}}}",
            "expected a list",
        ),
        ("a: [", "while parsing"),
    ],
)
def test_an_invalid_file_is_an_error_that_names_the_place(
    text: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        load(tmp_path, text)
    assert "api.yaml" in str(caught.value)


def test_unknown_fields_are_kept(tmp_path: Path) -> None:
    text = """
{name: a, protocol_type: HTTP, NewField: {Deep: [1]}, stages: {prod: {Other: x}},
 cors_configuration: {AllowNothing: true, max_age: null}}
"""
    made = load(tmp_path, text)
    assert made.extra == {"NewField": {"Deep": [1]}}
    made.dump(tmp_path / "again.json")
    again = apigw2.Blueprint.load(tmp_path / "again.json")
    assert (again.extra, again.stages[0].extra) == (made.extra, {"Other": "x"})
    assert again.cors_configuration is not None
    assert again.cors_configuration.extra == {"AllowNothing": True}
    assert not apigw2.diff(made, attrs.evolve(made, extra={}))


def test_a_missing_pyyaml_is_an_error_that_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'apigw2\[yaml\]'"):
        http().dump(tmp_path / "a.yaml")
    (tmp_path / "a.yml").write_text("")
    with pytest.raises(ModuleNotFoundError, match="PyYAML"):
        apigw2.Blueprint.load(tmp_path / "a.yml")


def test_two_objects_with_the_same_key_are_an_error() -> None:
    with pytest.raises(ValueError, match="two routes have the same key 'GET /'"):
        http(route("GET /"), route("GET /"))
    login, other = (
        apigw2.authorizers.jwt("login", issuer=issuer, audience=["x"])
        for issuer in ("https://a.com", "https://b.com")
    )
    with pytest.raises(ValueError, match="two different authorizers have the name 'login'"):
        http(route("GET /", authorizer=login), authorizers=[other])
    assert http() != "petstore"


# --- variables and strictness ----------------------------------------------------------------

TEMPLATE: Final = """
name: ${name}
protocol_type: HTTP
integrations:
  base: &base
    integration_type: AWS_PROXY
    integration_uri: arn:aws:lambda:${region}:123456789012:function:pets
    timeout_in_millis: ${timeout}
  slow:
    <<: *base
    timeout_in_millis: 29000
routes:
  GET /${path}: &get {target: base}
  POST /${path}: {<<: *get, target: slow}
stages:
  prod:
    auto_deploy: ${deploys}
    default_route_settings: {throttling_rate_limit: "${rate}"}
    stage_variables: {number: "${timeout}"}
    NewField: "${name}"
"""
VARIABLES: Final = {
    "name": "petstore",
    "region": "us-east-1",
    "timeout": "3000",
    "path": "pets",
    "deploys": "True",
    "rate": "2.5",
}


def test_anchors_merge_keys_and_variables_of_every_type(tmp_path: Path) -> None:
    blueprint = load(tmp_path, TEMPLATE, **VARIABLES)
    slow = apigw2.integrations.lambda_function(function("pets"), timeout_in_millis=29_000)
    fast = apigw2.integrations.lambda_function(function("pets"), timeout_in_millis=3000)
    stage = apigw2.StageSpec(
        "prod",
        auto_deploy=True,
        default_route_settings=apigw2.RouteSettings(throttling_rate_limit=2.5),
        stage_variables={"number": "3000"},
    )
    assert blueprint == http(
        route("GET /pets", target=fast), route("POST /pets", target=slow), stages=[stage]
    )
    assert type(blueprint.stages[0].extra["NewField"]) is str
    blueprint.dump(tmp_path / "again.yaml")
    assert apigw2.Blueprint.load(tmp_path / "again.yaml") == blueprint


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "timeout",
            "3 s",
            "integrations['base'].timeout_in_millis: expected an integer, not str '3 s'",
        ),
        ("deploys", "yes", "stages['prod'].auto_deploy: expected True or False, not str 'yes'"),
        ("rate", "nan", "throttling_rate_limit: expected a finite number, not float nan"),
    ],
)
def test_a_variable_of_the_wrong_type_is_an_error_that_names_the_field(
    name: str, value: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="expected") as caught:
        load(tmp_path, TEMPLATE, **{**VARIABLES, name: value})
    assert message in str(caught.value)


def test_the_schema_accepts_a_variable_for_a_number_or_a_flag() -> None:
    document: dict[str, Any] = {
        "name": "petstore",
        "protocol_type": "HTTP",
        "integrations": {"a": {"integration_type": "MOCK", "timeout_in_millis": "${timeout}"}},
        "stages": {"prod": {"auto_deploy": "${deploys}"}},
    }
    schema = apigw2.Blueprint.json_schema()
    jsonschema.validate(document, schema)
    document["stages"]["prod"]["auto_deploy"] = "yes"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema)


HEAD: Final = "name: a\nprotocol_type: HTTP\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + "name: b", "found the key 'name' twice"),
        (HEAD + "routes: {GET /: {}, GET /: {}}", "found the key 'GET /' twice"),
        (HEAD + "routes: {'GET /${a}': {}, GET /x: {}}", "have the same key 'GET /x'"),
        (HEAD + "stages: {on: {}}", "stages, key: expected a string (quote it), not bool True"),
        (HEAD + "version: 2026-01-31", "version: expected a string (quote it), not date"),
        (HEAD + "NewField: 2026-01-31", "NewField: expected a JSON value, not date"),
        (
            HEAD + "routes: {GET /: {responses: [a]}}",
            "routes['GET /'].responses: expected a mapping",
        ),
        (HEAD + "version: [a]", "version: expected a string, not list"),
        (HEAD + "version: {a: b}", "version: expected a string, not dict"),
        ("a: &a [*a]", "nested too deeply"),
        ("protocol_type: ftp\nname: a", "'ftp' is not one of HTTP, WEBSOCKET"),
        ("", "the document: expected a blueprint, not None"),
        ("name: !Sub a", "could not determine a constructor for the tag '!Sub'"),
    ],
)
def test_a_mistake_in_a_yaml_file_is_an_error_that_names_the_place(
    text: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=r"api\.yaml") as caught:
        load(tmp_path, text, a="x")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"name": "a", "name": "b"}', "two members of an object have the same key 'name'"),
        ('{"name": "\\ud800", "protocol_type": "HTTP"}', "name: expected a string without lone"),
        ("[" * 100_000, "nested too deeply"),
        ("{", "Expecting property name"),
    ],
)
def test_a_mistake_in_a_json_file_is_an_error_that_names_the_file(
    text: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=r"api\.json") as caught:
        load(tmp_path, text, "api.json")
    assert message in str(caught.value)


def test_a_document_that_is_nested_too_deeply_is_an_error(tmp_path: Path) -> None:
    value = '{"A": ' * 150 + "1" + "}" * 150
    text = f'{{"name": "a", "protocol_type": "HTTP", "NewField": {value}}}'
    with pytest.raises(ValueError, match=r"NewField.*at most 100 levels of nesting"):
        load(tmp_path, text, "api.json")


@pytest.mark.parametrize("name", ["api.json", "API.YAML"])
def test_a_file_may_start_with_a_byte_order_mark(name: str, tmp_path: Path) -> None:
    text = json.dumps({"name": "a", "protocol_type": "HTTP"})
    assert load(tmp_path, "\ufeff" + text, name).name == "a"


def test_extra_fields_may_not_be_named_like_fields_of_the_library() -> None:
    with pytest.raises(TypeError, match=r"StageSpec\(\): extra.key: expected names of the service"):
        apigw2.StageSpec("prod", extra={"new_field": 1})


def test_none_for_a_list_or_mapping_is_the_same_as_nothing() -> None:
    nothing: Any = None
    spec = apigw2.Blueprint("petstore", protocol_type="HTTP", routes=nothing, tags=nothing)
    assert (spec.routes, spec.tags) == ((), {})
    assert repr(spec) == "Blueprint(name='petstore', protocol_type='HTTP')"


def test_mappings_of_a_blueprint_are_read_only() -> None:
    tags = {"team": "pets"}
    blueprint: Any = http(tags=tags)
    tags["team"] = "others"
    assert blueprint.tags == {"team": "pets"}
    with pytest.raises(TypeError, match="read-only"):
        blueprint.tags["team"] = "others"


def test_two_responses_with_one_key_are_an_error() -> None:
    message = r"two responses have the same key '\$default'"
    with pytest.raises(ValueError, match=message):
        route("send", responses=[apigw2.RouteResponseSpec("$default")] * 2)
    response = apigw2.IntegrationResponseSpec("$default")
    with pytest.raises(ValueError, match=message):
        apigw2.IntegrationSpec("MOCK", responses=[response, response])


def test_a_subclass_of_a_spec_is_a_spec() -> None:
    class PetRoute(apigw2.RouteSpec):
        pass

    spec = PetRoute("GET /pets", target=PETS)
    assert http(spec) == http(route("GET /pets", target=PETS))


def test_routes_may_come_from_a_generator() -> None:
    routes: Any = (route(f"GET /{name}", target=PETS) for name in "ab")
    blueprint = apigw2.Blueprint("petstore", protocol_type="HTTP", routes=routes)
    assert [each.route_key for each in blueprint.routes] == ["GET /a", "GET /b"]
