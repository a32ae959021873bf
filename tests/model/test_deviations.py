"""Every entry in the table of deviations is needed."""

from __future__ import annotations

import importlib.metadata
import re
from typing import TYPE_CHECKING

import pytest

from tests.model import checks
from tests.support import walk
from tests.support.deviations import TABLE, Table

if TYPE_CHECKING:
    from collections.abc import Iterator


def misfits(table: Table) -> Iterator[str]:
    """Every difference from the service model, with this table of deviations."""
    for operation in walk.OPERATIONS:
        yield from checks.misplaced(operation, table)
    for operation in walk.IMPLEMENTED:
        yield from checks.parameter_misfits(operation, table)
        yield from checks.result_misfits(operation, table)
    for resource in walk.RESOURCES:
        yield from checks.reference_misfits(resource, table)
    for snapshot in checks.snapshot_shapes(table):
        yield from checks.snapshot_misfits(snapshot, table)


@pytest.mark.parametrize("entry", [e for e in TABLE if e[0] != "newer"], ids=" ".join)
def test_every_deviation_is_needed(entry: tuple[str, str]) -> None:
    rest = {key: value for key, value in TABLE.items() if key != entry}
    assert next(misfits(rest), None), (
        f"tests/support/deviations.py: remove {entry}: it is not needed"
    )


@pytest.mark.parametrize("entry", [e for e in TABLE if e[0] == "newer"], ids=" ".join)
def test_a_newer_value_is_missing_from_the_lowest_supported_version(entry: tuple[str, str]) -> None:
    requirements = ",".join(importlib.metadata.requires("apigw2") or ())
    floor = re.search(r"boto3>=([\d.]+)", requirements)
    assert floor
    assert checks.version(floor[1]) < checks.version(TABLE[entry]), (
        f"tests/support/deviations.py: remove {entry}: every supported version has it"
    )
