"""A plan in the making, and the levels that its calls are on."""

from __future__ import annotations

from typing import Any, Final

import attrs

from apigw2._blueprints.calls import AnyCall, Slot, Step
from apigw2._blueprints.changes import Change

# The order of the calls: a number for each level.
API: Final = 0
PARTS: Final = 1  # models, integrations, authorizers
BACKEND_RESPONSES: Final = 2
STALE_SETTINGS: Final = 3  # of routes that go: they would block later changes of the stage
CLASHING_ROUTES: Final = 4
ROUTES: Final = 5
ROUTE_RESPONSES: Final = 6
STAGES: Final = 7
ROUTES_THAT_GO: Final = 8
PARTS_THAT_GO: Final = 9
NEW_NAMES: Final = 10  # of authorizers that replace others
DEPLOYMENT: Final = 11
WAITING: Final = 12


@attrs.define
class Draft:
    """A plan in the making.

    Attributes:
        changes: The changes, in the order of texts.
        steps: The calls.
        after: What will be there.
        kept: Things that are not wanted and stay, by kind and key.
        deletes: How many things go only because they are not wanted.
        notes: What else there is to say.
    """

    changes: list[Change] = attrs.field(factory=list[Change])
    steps: list[Step] = attrs.field(factory=list[Step])
    ids: dict[Slot, str] = attrs.field(factory=dict[Slot, str])
    after: Any = None
    kept: list[tuple[str, str]] = attrs.field(factory=list[tuple[str, str]])
    deletes: int = 0
    notes: list[str] = attrs.field(factory=list[str])

    def add(self, change: Change, *steps: tuple[int, AnyCall]) -> None:
        """Add a change and its calls."""
        number = len(self.changes)
        self.changes.append(change)
        self.steps += [Step(level=level, change=number, call=call) for level, call in steps]
