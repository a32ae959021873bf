"""What preflight remembers of the APIs that a gateway has seen."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

import apigw2
from apigw2._calls import preflight

if TYPE_CHECKING:
    import pytest


def test_the_oldest_api_is_forgotten_when_too_many_were_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(preflight, "_MOST_PROTOCOLS", 2)
    client: Any = object()
    checks = preflight.Preflight("error", client)
    for api_id in ("a1", "a2", "a3"):
        checks.remember(
            apigw2.Api(
                api_id=api_id, name="x", protocol_type="HTTP", route_selection_expression="y"
            )
        )
    assert [checks.protocol_of(each) for each in ("a1", "a2", "a3")] == [None, "HTTP", "HTTP"]
    assert len(attrgetter("_protocols")(checks)) == 2
