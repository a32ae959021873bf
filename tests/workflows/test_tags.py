"""Tags that the local gateway cannot have; the rest is in `tests/resources/test_tasks.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.server import Answer

if TYPE_CHECKING:
    from tests.support.local import Local


def test_set_tags_leaves_reserved_tags_unchanged(local: Local) -> None:
    present = {"aws:cloudformation:stack-name": "pets", "team": "pets"}
    local.server.prepare([Answer({"tags": present})])
    local.gateway.api("a1").set_tags({"team": "pets"})
    assert len(local.server.lines) == 1
