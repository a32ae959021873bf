"""Histories of real APIs: configurations that AWS accepts, each changed to the next by a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pytest

import apigw2
from tests.aws.histories import History, histories, states

if TYPE_CHECKING:
    from collections.abc import Callable

    Note = Callable[[str, object], None]

LIVES: Final = tuple(histories())


@pytest.mark.parametrize("history", LIVES, ids=str)
def test_a_copy_follows_an_api_through_its_history(history: History, record_property: Note) -> None:
    """Each state is applied to a copy in the same account, and the next plan is empty."""
    applied = blocked = 0
    name = "the copy"
    for api in states(history):
        gateway = apigw2.ApiGatewayV2.of(api)
        wanted = attrs.evolve(api.blueprint(), name=name)
        try:
            plan = gateway.plan(wanted, prune=True)
        except apigw2.PlanBlockedError:
            # The service does not clear a field, so the copy is created again.
            blocked += 1
            gateway.find_api(name).delete()  # type: ignore[union-attr]  # it is there
            plan = gateway.plan(wanted, prune=True)
        copy = plan.apply()
        assert copy.blueprint() == wanted
        again = gateway.plan(wanted, prune=True)
        assert not again, str(again)
        assert not gateway.plan(wanted)
        applied += 1
    record_property("plans applied", applied)
    record_property("second plans empty", applied)
    record_property("plans blocked before the first request", blocked)
