"""The histories contain all calls of the configurations."""

from __future__ import annotations

import pytest

from tests.aws.configurations import CASES
from tests.aws.histories import BEGINNINGS, History, histories, of_api, states, writes

HISTORIES = [*histories()]


def test_every_change_of_an_api_is_in_one_history() -> None:
    expected = [
        call
        for case in CASES
        if not case.rejected
        for call in case.calls
        if writes(call) and of_api(call) and call.operation != "DeleteApi"
    ]
    found = [call for history in HISTORIES for calls in history.steps for call in calls]

    assert found == expected


def test_every_history_starts_with_the_creation_of_its_api() -> None:
    assert HISTORIES
    assert all(history.beginning.operation in BEGINNINGS for history in HISTORIES)
    quick = [str(history).lower() for history in HISTORIES if history.quick_created]
    assert len(quick) > 1
    assert all("quick" in name for name in quick)


@pytest.mark.parametrize("history", HISTORIES, ids=str)
def test_the_api_exists_after_each_step(history: History) -> None:
    found = [*states(history)]

    assert len(found) == len(history.steps)
    assert len({api.api_id for api in found}) == 1
