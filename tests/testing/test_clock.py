"""The gateway's clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from apigw2.testing import Clock, LocalGateway, _clock

if TYPE_CHECKING:
    from tests.support.local_gateway import Client


def test_a_clock_stands_still_until_it_is_advanced() -> None:
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    clock = Clock(start, step=0)

    assert clock.now() == start
    clock.advance(1.5)
    clock.advance(timedelta(hours=1))
    clock.tick()
    assert clock.now() == start + timedelta(hours=1, seconds=1.5)
    with pytest.raises(ValueError, match="cannot go back"):
        clock.advance(-1)


def test_a_running_clock_follows_the_machines_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = iter([100.0, 100.0, 102.5])
    monkeypatch.setattr(_clock, "time", SimpleNamespace(monotonic=readings.__next__))
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    clock = Clock(start, step=0, running=True)

    assert clock.now() == start
    assert clock.now() == start + timedelta(seconds=2.5)


def test_a_clock_without_a_start_starts_now() -> None:
    before = datetime.now(timezone.utc)

    now = Clock(step=0).now()

    assert before <= now <= datetime.now(timezone.utc)


def test_a_clock_shows_utc() -> None:
    start = datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=5)))

    now = Clock(start).now()

    assert now == start
    assert now.isoformat() == "2025-12-31T21:00:00+00:00"


def test_a_clock_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="needs a time zone: 2026-01-01 00:00:00"):
        Clock(datetime(2026, 1, 1))  # noqa: DTZ001 - the mistake that is tested


def test_the_time_in_a_log_has_an_english_month() -> None:
    times = [datetime(2026, month, 2, 3, 4, 5, tzinfo=timezone.utc) for month in range(1, 13)]

    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    assert [_clock.log_time(time) for time in times] == [
        f"02/{month}/2026:03:04:05 +0000" for month in months
    ]


def test_the_dates_of_resources_are_those_of_the_clock() -> None:
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    client: Client = LocalGateway(clock=Clock(start, step=0)).client()

    assert client.create_api(Name="n", ProtocolType="HTTP")["CreatedDate"] == start
