"""The output of each example, and the resources that it creates."""

from __future__ import annotations

import ast
import csv
import sys
from importlib.metadata import files, requires
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import apigw2

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from apigw2.testing import LocalGateway

    Run = Callable[..., subprocess.CompletedProcess[str]]

EXAMPLES = Path(__file__).parents[2] / "examples"
LISTED = Path(__file__).parents[2] / "docs" / "how-to" / "examples.md"
TESTED_ELSEWHERE = {"petstore.py"}  # tests/emulators/test_demo.py
each_example = pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.py")))


def only(gw: apigw2.ApiGatewayV2) -> apigw2.Api:
    (api,) = gw.get_apis()
    return api


def test_every_example_has_a_test_and_a_line_in_the_documentation() -> None:
    programs = {path.name for path in EXAMPLES.glob("*.py")}
    tests = Path(__file__).read_text(encoding="utf-8")
    page = LISTED.read_text(encoding="utf-8")

    assert {name for name in programs - TESTED_ELSEWHERE if f'"{name}"' not in tests} == set()
    assert {name for name in programs if f"`{name}`" not in page} == set()


@each_example
def test_an_example_runs_alone_in_the_directory_that_it_was_downloaded_to(
    name: str, run: Run, tmp_path: Path
) -> None:
    done = run(name)

    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name], "it leaves nothing behind"


@each_example
def test_an_example_imports_only_what_the_library_and_its_extras_install(name: str) -> None:
    tree = ast.parse((EXAMPLES / name).read_text(encoding="utf-8"))
    imported: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")  # "" stands for a module beside the example
    modules = {
        file.parts[0].removesuffix(".py")
        for package in installs("apigw2", {"rich", "testing"})
        for file in files(package) or ()
    }

    allowed = {"apigw2", *modules, *sys.stdlib_module_names}
    assert {module.partition(".")[0] for module in imported} <= allowed


def installs(package: str, extras: set[str]) -> set[str]:
    """The package, and all that it requires."""
    found = {package}
    for line in requires(package) or ():
        requirement = Requirement(line)
        name = canonicalize_name(requirement.name)
        marker = requirement.marker
        if name not in found and (
            marker is None or any(marker.evaluate({"extra": extra}) for extra in (*extras, ""))
        ):
            found |= installs(name, requirement.extras)
    return found


def test_http_api_with_jwt_checks_tokens(run: Run) -> None:
    lines = run("http_api_with_jwt.py").stdout.splitlines()

    assert lines[:3] == ["GET /health: NONE", "GET /pets: JWT", "POST /pets: JWT pets:write"]
    assert [line.rpartition(" ")[2] for line in lines[3:]] == ["200", "401", "200", "403", "200"]


def test_http_api_with_jwt_runs_at_an_endpoint(
    run: Run, endpoint: str, gw: apigw2.ApiGatewayV2
) -> None:
    arguments = ("--issuer", "https://issuer.example.com", "--audience", "cats")
    done = run("http_api_with_jwt.py", "--aws", *arguments, endpoint=endpoint)

    api = only(gw)
    (authorizer,) = api.get_authorizers()
    assert authorizer.jwt_configuration == apigw2.JWTConfiguration(
        issuer="https://issuer.example.com", audience=["cats"]
    )
    assert f"{api.api_endpoint}/pets" in done.stdout


def test_websocket_chat_creates_a_complete_api(
    run: Run, endpoint: str, gw: apigw2.ApiGatewayV2
) -> None:
    done = run("websocket_chat.py", "--aws", endpoint=endpoint)

    api = only(gw)
    answering = {route.route_key for route in api.get_routes() if list(route.get_route_responses())}
    (stage,) = api.get_stages()
    (model,) = api.get_models()
    assert api.protocol_type == "WEBSOCKET"
    assert answering == {"send", "ping"}
    assert model.name == "message"
    assert stage.deployment_id == next(iter(api.get_deployments())).deployment_id
    assert "send: answers" in done.stdout
    assert "$connect: silent" in done.stdout


def test_websocket_chat_runs_on_a_local_gateway(run: Run) -> None:
    done = run("websocket_chat.py")

    assert done.stdout.splitlines()[-7:] == [
        'bob gets {"answer": "pong"}',
        "ada gets bob: hello, ada",
        "bob gets bob: hello, ada, and told 2",
        "bob gets Bad request body",
        "ada gets bob has left",
        "ada gets is anybody there?",
        "bob is gone",
    ]


def test_describe_plans_and_applies_a_blueprint(
    run: Run, endpoint: str, gw: apigw2.ApiGatewayV2, tmp_path: Path
) -> None:
    assert "a second plan: petstore" in run("describe.py").stdout
    file = tmp_path / "petstore.json"
    options = (str(file), "--aws")
    apigw2.Blueprint("shop", protocol_type="HTTP").dump(file)
    assert "+ api shop" in run("describe.py", *options, endpoint=endpoint).stdout
    assert not gw.get_apis().all()
    run("describe.py", *options, "--apply", endpoint=endpoint)
    assert only(gw).name == "shop"


def test_import_openapi_imports_and_exports_an_api(
    run: Run, endpoint: str, gw: apigw2.ApiGatewayV2, tmp_path: Path
) -> None:
    exported = tmp_path / "exported.yaml"
    done = run("import_openapi.py", "--aws", "--export", str(exported), endpoint=endpoint)

    api = only(gw)
    keys = {route.route_key for route in api.get_routes()}
    assert keys == {"GET /pets", "GET /pets/{id}"}
    assert api.cors_configuration == apigw2.Cors(
        allow_origins=["https://petstore.example.com"], allow_methods=["GET"]
    )
    assert api.api_id in done.stdout

    api.create_route("GET /by-hand")
    run("import_openapi.py", str(exported), "--aws", "--api-id", api.api_id, endpoint=endpoint)

    assert {route.route_key for route in only(gw).get_routes()} == keys


def test_import_openapi_refuses_a_document_of_another_version(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"swagger": "2.0"}')

    done = run("import_openapi.py", str(wrong), "--strict", status=1)

    assert done.stderr.startswith("Refused: ")
    assert done.stdout == ""


def test_custom_domain_maps_apis_to_paths(
    run: Run, endpoint: str, local: LocalGateway, gw: apigw2.ApiGatewayV2
) -> None:
    one, two = (
        gw.create_api(name, protocol_type="HTTP", target="https://example.com")
        for name in ("one", "two")
    )
    arguments = ("custom_domain.py", "--aws")

    run(*arguments, "--map", f"v1={one.api_id}", "--map", f"={two.api_id}", endpoint=endpoint)
    domain = gw.get_domain_name("api.example.com")
    found = {mapping.api_mapping_key: mapping.api_id for mapping in domain.get_api_mappings()}
    assert found == {"v1": one.api_id, "": two.api_id}

    before = len(local.requests)
    run(*arguments, "--map", f"v1={two.api_id}", "--map", f"={two.api_id}", endpoint=endpoint)
    changes = [request.operation for request in local.requests[before:] if request.method != "GET"]
    assert changes == ["UpdateApiMapping"], "a second run sends only the differences"

    run(*arguments, "--delete", endpoint=endpoint)
    assert list(gw.get_domain_names()) == []
    assert len(list(gw.get_apis())) == 2, "the APIs stay"


def test_custom_domain_runs_without_arguments(run: Run) -> None:
    assert "https://api.example.com/orders/v1 -> " in run("custom_domain.py").stdout


def test_fleet_audit_writes_a_row_for_each_route(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "audit.csv"
    done = run("fleet_audit.py", "--output", str(file))

    with file.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["account"], row["route"], row["open"], row["rate"]) for row in rows] == [
        ("shop", "GET /status", "yes", "100"),
        ("shop", "POST /orders", "no", "5"),
        ("billing", "GET /status", "yes", "100"),
        ("billing", "POST /orders", "no", "5"),
    ]
    assert done.stdout == ""
    assert done.stderr == "2 of 4 are open\n"
    assert run("fleet_audit.py").stdout == file.read_text(encoding="utf-8")


def test_blue_green_does_not_promote_an_unhealthy_deployment(run: Run) -> None:
    assert run("blue_green.py").stdout.splitlines() == [
        "v1 is live: (200, 'one')",
        "v2 is live: (200, 'two')",
        "v3 is refused: (200, 'two')",
    ]


def test_blue_green_leaves_the_live_stage_alone(
    run: Run, endpoint: str, gw: apigw2.ApiGatewayV2
) -> None:
    api = gw.create_api("petstore", protocol_type="HTTP")
    api.create_route("GET /health")
    first = api.create_deployment()
    stages = [api.create_stage(name, deployment_id=first) for name in ("live", "next")]

    # Nothing answers at the API's address.
    done = run("blue_green.py", "--aws", "--api-id", api.api_id, status=1, endpoint=endpoint)

    assert "not healthy" in done.stdout
    assert {stage.get().deployment_id for stage in stages} == {first.deployment_id}
    assert len(list(api.get_deployments())) == 1


def test_clean_up_previews_deletes_old_previews_only(
    run: Run, endpoint: str, gw: apigw2.ApiGatewayV2
) -> None:
    for name, tags in (("pr-1", {"preview": "yes"}), ("pr-2", {}), ("pr-3", {"preview": "no"})):
        gw.create_api(name, protocol_type="HTTP", tags=tags)
    arguments = ("clean_up_previews.py", "--aws")

    assert run(*arguments, "--delete", endpoint=endpoint).stdout == "", "no preview is old enough"
    old = ("--older-than", "-1")
    dry = run(*arguments, *old, endpoint=endpoint)
    assert "pr-1" in dry.stdout
    assert "Nothing was deleted" in dry.stdout
    assert len(list(gw.get_apis())) == 3

    assert run(*arguments, *old, "--delete", endpoint=endpoint).stdout.endswith(": deleted\n")
    assert [api.name for api in gw.get_apis()] == ["pr-2", "pr-3"]


def test_clean_up_previews_keeps_what_is_in_use(run: Run) -> None:
    lines = run("clean_up_previews.py", "--delete").stdout.splitlines()

    assert [line.partition(" ")[0] for line in lines] == ["pr-1", "pr-2"]
    assert lines[0].endswith(": deleted")
    assert lines[1].endswith(": kept: it has API mappings")
