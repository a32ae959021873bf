"""The project's files agree with each other."""

from __future__ import annotations

import re
from importlib.metadata import metadata
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

PROJECT: Final = Path(__file__).parents[1]
WORKFLOWS: Final = PROJECT / ".github" / "workflows"


def supported() -> list[str]:
    """The versions of CPython in the package's classifiers."""
    classifiers = metadata("apigw2").get_all("Classifier") or []
    found = (re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", c) for c in classifiers)
    return [match[1] for match in found if match]


def test_the_workflows_test_every_supported_cpython() -> None:
    workflow: Any = yaml.safe_load((WORKFLOWS / "ci.yml").read_text(encoding="utf-8"))
    assert workflow["jobs"]["tests"]["strategy"]["matrix"]["python"] == supported()
    assert metadata("apigw2")["Requires-Python"] == f">={supported()[0]}"


def test_the_workflows_have_only_permission_to_read_the_code() -> None:
    for path in WORKFLOWS.iterdir():
        workflow: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert workflow["permissions"] == {"contents": "read"}
        assert not any("permissions" in job for job in workflow["jobs"].values())


PRAGMA: Final = re.compile(
    r"# (?:noqa: [A-Z\d, ]+|(?:type|pyright): ignore\[[\w, -]+\]|pragma: no \w+)(?P<rest>.*)$"
)


@pytest.mark.parametrize("folder", ["src", "tests", "docs", "examples", "benchmarks"])
def test_every_ignored_rule_has_its_reason_on_the_line(folder: str) -> None:
    bare: list[str] = []
    for path in sorted((PROJECT / folder).rglob("*.py")):
        # The lines of tests/typing are mistakes, and each comment names the one of its line.
        if "typing" in path.parts:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = PRAGMA.search(line)
            while found and (more := PRAGMA.search(found["rest"])):
                found = more
            if found and not found["rest"].strip(" #-"):
                bare.append(f"{path.relative_to(PROJECT)}:{number}")
    assert not bare
