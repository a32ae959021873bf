"""The project's files agree with each other."""

from __future__ import annotations

import re
from importlib.metadata import metadata
from pathlib import Path
from typing import Any, Final

import yaml

WORKFLOWS: Final = Path(__file__).parents[1] / ".github" / "workflows"


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
