"""The emulators still lack operations, and still deviate from the service, as the rows say.

When a newer version in ministack.txt or moto.txt fixes a deviation, its check fails: remove the
row, and test the operation in test_life_cycles.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2
from tests.emulators.deviations import DEVIATIONS, LACKS, Deviation, Lacking

if TYPE_CHECKING:
    from tests.support.emulators.servers import Emulator


@pytest.mark.parametrize(
    ("emulator", "row"),
    [
        pytest.param(name, row, id=f"{name}-{row.operation}")
        for name, rows in LACKS.items()
        for row in rows
    ],
    indirect=["emulator"],
)
def test_the_emulator_still_lacks_the_operation(
    gw: apigw2.ApiGatewayV2, api: apigw2.Api, row: Lacking
) -> None:
    with pytest.raises(apigw2.ServiceError) as caught:
        row.call(gw, api)
    assert caught.value.operation_name == row.operation
    assert caught.value.code == row.answer.code
    assert row.answer.message in caught.value.message


@pytest.mark.parametrize(
    ("emulator", "row"),
    [
        pytest.param(name, row, id=f"{name} {row.what}")
        for name, rows in DEVIATIONS.items()
        for row in rows
    ],
    indirect=["emulator"],
)
def test_the_emulator_still_deviates_from_the_service(
    api: apigw2.Api, emulator: Emulator, row: Deviation
) -> None:
    row.check(api, emulator)
