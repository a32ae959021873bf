"""Every source module has a test module in the usual place, and shared helpers are in `support`."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

import pytest

import apigw2

TESTS: Final = Path(__file__).parent
PACKAGE: Final = Path(apigw2.__file__).parent
MODULES: Final = sorted(
    path.relative_to(PACKAGE).as_posix()
    for path in PACKAGE.rglob("*.py")
    if path.name != "__init__.py"
)

# `_wire/retries.py` is tested by `tests/wire/test_retries.py`, and so on: a package and a module
# drop their leading underscores. A module with its tests elsewhere has a row here. A row for a
# package (with a / at its end) is for those of its modules that have neither.
TESTED_IN: Final = {
    "__main__.py": "blueprints/",
    "authorizers.py": "model/test_specs.py",
    "errors.py": "model/test_errors.py",
    "integrations.py": "model/test_specs.py",
    "types.py": "model/test_public_names.py",
    "_blueprints/": "blueprints/",
    "_calls/operation.py": "model/test_requests.py",
    "_objects/containers.py": "objects/test_values.py",
    "_objects/references.py": "objects/test_copies.py",
    "_objects/snapshots.py": "objects/test_values.py",
    "_objects/tables.py": "objects/test_display.py",
    "_pictures/": "resources/test_pictures.py",
    "_service/arns.py": "resources/test_tasks.py",
    "_service/bounds.py": "calls/test_constraints.py",
    "_service/clearing.py": "workflows/test_unset.py",
    "_service/conflicts.py": "wire/test_error_mapping.py",
    "_service/quotas.py": "wire/test_retries.py",
    "_service/rules/": "service/test_rules.py",
    "_service/siblings.py": "workflows/test_unset.py",
    "_wire/botocore_internals.py": "wire/test_retries.py",
    "_wire/clients.py": "test_gateway.py",
    "_wire/endpoints.py": "test_connections.py",
    "_wire/response_form.py": "wire/test_response_capture.py",
    "_wire/secrets.py": "wire/test_response_capture.py",
    "_wire/stack.py": "calls/test_tracebacks.py",
    "_workflows/find.py": "resources/test_tasks.py",
    "_workflows/links.py": "resources/test_tasks.py",
    "resources/_api_tasks.py": "resources/test_tasks.py",
    "resources/portal_settings.py": "resources/test_portal.py",
    "testing/__main__.py": "testing/test_command_line.py",
    "testing/_dataplane/_cache.py": "testing/dataplane/test_lambda_authorizers.py",
    "testing/_errors.py": "testing/test_protocol.py",
    "testing/_http.py": "testing/test_server.py",
    "testing/_json.py": "testing/dataplane/test_functions.py",
    "testing/_openapi/_definition.py": "testing/openapi/test_writer.py",
    "testing/_rules/": "testing/control/",
    "testing/_store.py": "testing/test_operations.py",
    "testing/_websocket/_exchange.py": "testing/websocket/test_plane.py",
    "testing/_websocket/_expressions.py": "testing/websocket/test_routing.py",
}


def usual_place(module: str) -> str:
    """The path of a source module's tests, unless a row names another one."""
    *packages, name = module.split("/")
    folders = [package.lstrip("_") for package in packages]
    return "/".join([*folders, f"test_{name.strip('_')}"])


def places(module: str) -> list[str]:
    """The possible paths of a source module's tests, best first."""
    parents = [f"{parent.as_posix()}/" for parent in Path(module).parents]
    rows = [TESTED_IN[key] for key in (module, *parents) if key in TESTED_IN]
    return [usual_place(module), *rows]


def imports(path: Path) -> set[str]:
    """The modules of the tests that a test module or a helper imports."""
    nodes = [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    found = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name.startswith("tests.")}


def modules(path: Path) -> set[str]:
    """The modules among the names that a module imports."""
    return {
        name for name in imports(path) if (TESTS.parent / f"{name.replace('.', '/')}.py").exists()
    }


@pytest.mark.parametrize("module", MODULES)
def test_every_source_module_has_a_test_module(module: str) -> None:
    assert any((TESTS / place).exists() for place in places(module)), (
        f"add tests/{usual_place(module)}, or a row to TESTED_IN in tests/test_layout.py"
    )


@pytest.mark.parametrize("key", TESTED_IN)
def test_every_exception_to_the_usual_place_is_needed(key: str) -> None:
    assert (PACKAGE / key).exists(), f"src/apigw2/{key} is gone: delete its row"
    assert (TESTS / TESTED_IN[key]).exists(), f"tests/{TESTED_IN[key]} is gone: correct the row"
    if not key.endswith("/"):
        assert not (TESTS / usual_place(key)).exists(), "it is in the usual place: delete its row"


def test_no_test_imports_a_conftest() -> None:
    found = [
        path.relative_to(TESTS).as_posix()
        for path in TESTS.rglob("*.py")
        if any(name.rpartition(".")[2] == "conftest" for name in imports(path))
    ]
    assert not found, "move what they import to tests/support/; fixtures need no import"


def test_no_test_module_imports_another() -> None:
    found = [
        path.relative_to(TESTS).as_posix()
        for path in TESTS.rglob("*.py")
        if any(name.rpartition(".")[2].startswith("test_") for name in modules(path))
    ]
    assert not found, "move what they import to a module of the folder, or to tests/support/"


def test_helpers_that_folders_share_are_in_support() -> None:
    shared = {
        f"{name} (for {path.relative_to(TESTS)})"
        for path in TESTS.rglob("*.py")
        for name in modules(path)
        # The recorded configurations are the test data of tests/aws, and too large to be helpers.
        if name.split(".")[1] not in ("support", "aws", path.relative_to(TESTS).parts[0])
    }
    assert not shared, "move them to tests/support/"
