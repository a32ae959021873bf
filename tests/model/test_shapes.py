"""Parameters, results and fields are those of the service model."""

from __future__ import annotations

import pytest

from tests.model import checks
from tests.support import walk


@pytest.mark.parametrize("operation", walk.IMPLEMENTED)
def test_the_parameters_of_a_method_are_its_operations_input(operation: str) -> None:
    checks.agree(checks.parameter_misfits(operation))


@pytest.mark.parametrize("operation", walk.IMPLEMENTED)
def test_the_result_of_a_method_is_its_operations_output(operation: str) -> None:
    checks.agree(checks.result_misfits(operation))


@pytest.mark.parametrize("snapshot", checks.snapshot_shapes())
def test_the_fields_of_a_snapshot_are_those_that_the_service_sends(snapshot: str) -> None:
    checks.agree(checks.snapshot_misfits(snapshot))


def test_names_convert_to_python_and_back() -> None:
    checks.agree(checks.name_misfits())
