"""What a local gateway remembers, and within which bounds."""

from __future__ import annotations

from datetime import datetime, timezone
from threading import Thread
from typing import TYPE_CHECKING

from apigw2.testing import RecordedRequest
from apigw2.testing._history import MAX_EVENTS, Activity, Requests

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


def event(activity: Activity, status: int) -> None:
    activity.add(plane="data", at=NOW, method="GET", path="/", status=status, seconds=0.1)


def test_the_oldest_requests_are_forgotten_above_the_maximum(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("apigw2.testing._history.MAX_REQUESTS", 3)
    requests = Requests()
    for number in range(5):
        requests.add(recorded(number))

    assert [request.params["n"] for request in requests.all()] == [2, 3, 4]


def test_big_requests_are_forgotten_earlier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apigw2.testing._history.MAX_BYTES", 1_000)
    requests = Requests()
    for number in range(5):
        requests.add(recorded(number, size=400))

    assert [request.params["n"] for request in requests.all()] == [3, 4]


def test_recorded_parameters_are_copies(local: LocalGateway, client: Client) -> None:
    client.create_api(Name="n", ProtocolType="HTTP", CorsConfiguration={"AllowOrigins": ["*"]})

    local.requests[0].params["CorsConfiguration"]["AllowOrigins"].append("http://x.example")

    assert client.get_apis()["Items"][0]["CorsConfiguration"]["AllowOrigins"] == ["*"]


def test_the_oldest_events_are_forgotten() -> None:
    activity = Activity()
    for status in range(MAX_EVENTS + 2):
        event(activity, status)

    assert [each.number for each in activity.after(0)] == list(range(3, MAX_EVENTS + 3))
    assert [each.number for each in activity.after(MAX_EVENTS + 1)] == [MAX_EVENTS + 2]


def test_an_event_wakes_up_those_who_wait_for_it() -> None:
    activity = Activity()
    seen: list[int] = []
    waiting = Thread(target=lambda: seen.extend(each.status for each in activity.after(0, 20)))
    waiting.start()
    event(activity, 200)
    waiting.join()

    assert seen == [200]
    assert activity.after(1, timeout=0.01) == []


def test_the_repr_of_a_recorded_request_has_no_signature(
    local: LocalGateway, client: Client
) -> None:
    client.get_apis()

    (request,) = local.requests
    assert "AWS4-HMAC-SHA256" in request.headers["authorization"]
    assert "AWS4-HMAC-SHA256" not in repr(request)
