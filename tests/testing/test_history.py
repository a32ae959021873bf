"""Recorded requests and events are bounded."""

from __future__ import annotations

from datetime import datetime, timezone
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING

from apigw2.testing import RecordedRequest
from apigw2.testing._history import MAX_EVENTS, Activity, ActivityEvent, Requests

if TYPE_CHECKING:
    import pytest

    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)


def recorded(number: int, size: int = 0) -> RecordedRequest:
    return RecordedRequest(
        operation="",
        params={"n": number},
        method="GET",
        path="/",
        headers={},
        body=bytes(size),
        status=200,
        at=NOW,
    )


def event(status: int) -> ActivityEvent:
    return ActivityEvent(plane="data", at=NOW, method="GET", path="/", status=status, seconds=0.1)


def test_the_oldest_requests_are_forgotten_above_the_maximum_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("apigw2.testing._history.MAX_REQUESTS", 3)
    requests = Requests()
    for number in range(5):
        requests.add(recorded(number))

    assert [request.params["n"] for request in requests.all()] == [2, 3, 4]


def test_the_oldest_requests_are_forgotten_above_the_maximum_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("apigw2.testing._history.MAX_BYTES", 1_000)
    requests = Requests()
    for number in range(5):
        requests.add(recorded(number, size=400))

    assert [request.params["n"] for request in requests.all()] == [3, 4]


def test_changing_recorded_parameters_does_not_change_resources(
    local: LocalGateway, client: Client
) -> None:
    client.create_api(Name="n", ProtocolType="HTTP", CorsConfiguration={"AllowOrigins": ["*"]})

    local.requests[0].params["CorsConfiguration"]["AllowOrigins"].append("http://x.example")

    assert client.get_apis()["Items"][0]["CorsConfiguration"]["AllowOrigins"] == ["*"]


def test_the_oldest_events_are_forgotten_above_the_maximum_number() -> None:
    activity = Activity()
    for status in range(MAX_EVENTS + 2):
        activity.add(event(status))

    assert [each.number for each in activity.after(0)] == list(range(3, MAX_EVENTS + 3))
    assert [each.number for each in activity.after(MAX_EVENTS + 1)] == [MAX_EVENTS + 2]


def test_a_new_event_wakes_up_a_waiting_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = Event()

    class NotedCondition(Condition):
        def wait(self, timeout: float | None = None) -> bool:
            waits.set()
            return super().wait(timeout)

    monkeypatch.setattr("apigw2.testing._history.Condition", NotedCondition)
    activity = Activity()
    seen: list[int] = []

    def wait() -> None:
        seen.extend(each.status for each in activity.after(0, timeout=3600))

    thread = Thread(target=wait, daemon=True)
    thread.start()
    assert waits.wait(30)
    activity.add(event(200))  # needs the lock, which the thread releases only when it waits
    thread.join(30)

    assert seen == [200]


def test_waiting_for_an_event_ends_at_the_timeout() -> None:
    assert Activity().after(0, timeout=0.01) == []


def test_the_repr_of_a_recorded_request_has_no_signature(
    local: LocalGateway, client: Client
) -> None:
    client.get_apis()

    (request,) = local.requests
    assert "AWS4-HMAC-SHA256" in request.headers["authorization"]
    assert "AWS4-HMAC-SHA256" not in repr(request)
