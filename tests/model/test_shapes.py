"""Parameters, results and fields are those of the service model."""

from __future__ import annotations

import pytest

from tests.model import checks
from tests.support import walk


@pytest.mark.parametrize("operation", walk.IMPLEMENTED)
def test_parameters_are_the_operations_input(operation: str) -> None:
    checks.agree(checks.parameter_misfits(operation))


@pytest.mark.parametrize("operation", walk.IMPLEMENTED)
def test_result_is_the_operations_output(operation: str) -> None:
    checks.agree(checks.result_misfits(operation))


@pytest.mark.parametrize("snapshot", checks.snapshot_shapes())
def test_fields_are_what_the_service_sends(snapshot: str) -> None:
    checks.agree(checks.snapshot_misfits(snapshot))


def test_names_survive_the_way_to_python_and_back() -> None:
    checks.agree(checks.name_misfits())
