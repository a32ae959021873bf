"""Tags as methods: what `tests/resources/test_tasks.py` cannot make the local gateway do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.server import Answer

if TYPE_CHECKING:
    from tests.support.local import Local


def test_tags_of_aws_are_left_alone(local: Local) -> None:
    present = {"aws:cloudformation:stack-name": "pets", "team": "pets"}
    local.server.prepare([Answer({"tags": present})])
    local.gateway.api("a1").set_tags({"team": "pets"})
    assert len(local.server.lines) == 1
