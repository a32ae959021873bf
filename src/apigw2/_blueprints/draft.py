"""A plan that is being made, and the order of its calls."""

from __future__ import annotations

import enum
from typing import Any

import attrs

from apigw2._blueprints.calls import AnyCall, Step
from apigw2._blueprints.changes import Change
from apigw2._blueprints.keys import PlanKey


class Level(enum.IntEnum):
    """The order of the calls. The calls of one level may run at the same time."""

    API = enum.auto()
    PARTS = enum.auto()  # models, integrations, authorizers
    INTEGRATION_RESPONSES = enum.auto()
    STALE_SETTINGS = enum.auto()  # of deleted routes: they would block later changes of the stage
    CONFLICTING_ROUTES = enum.auto()  # deleted because their keys exclude new routes
    ROUTES = enum.auto()
    ROUTE_RESPONSES = enum.auto()
    STAGES = enum.auto()
    DELETED_ROUTES = enum.auto()
    DELETED_PARTS = enum.auto()
    RENAMED_AUTHORIZERS = enum.auto()  # each gets the name of the authorizer that it replaced
    DEPLOYMENT = enum.auto()
    WAITING = enum.auto()


@attrs.define
class Draft:
    """A plan that is being made.

    Attributes:
        changes: The changes, in the order in which texts show them.
        steps: The calls.
        ids: Ids of objects that exist, by key.
        after: The API after the plan is applied.
        kept: Kinds and keys of objects that are not wanted and stay.
        deletes: Number of objects that are deleted only because they are not wanted.
        notes: Further remarks for the reader of the plan.
    """

    changes: list[Change] = attrs.field(factory=list[Change])
    steps: list[Step] = attrs.field(factory=list[Step])
    ids: dict[PlanKey, str] = attrs.field(factory=dict[PlanKey, str])
    after: Any = None
    kept: list[tuple[str, str]] = attrs.field(factory=list[tuple[str, str]])
    deletes: int = 0
    notes: list[str] = attrs.field(factory=list[str])

    def add(self, change: Change, *steps: tuple[int, AnyCall]) -> int:
        """Add a change and its calls, and return the index of the change."""
        self.changes.append(change)
        index = len(self.changes) - 1
        self.add_steps(index, *steps)
        return index

    def add_steps(self, change: int, *steps: tuple[int, AnyCall]) -> None:
        """Add calls to the change with this index."""
        self.steps += [Step(level=level, change=change, call=call) for level, call in steps]
