"""Injected faults."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from tests.support.local_gateway import JSON, ONCE, http_api, refused, route

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client


@pytest.mark.parametrize(
    ("kind", "code", "message", "status"),
    [
        ("throttle", "TooManyRequests", "Too Many Requests", 429),
        ("concurrent_modification", "Conflict", "Please try again later", 409),
        ("in_use", "Conflict", "referenced by", 409),
        ("already_exists", "Conflict", "already exists", 409),
        ("server_error", "InternalServer", "Internal server error", 500),
    ],
)
def test_a_fault_fails_one_request_and_changes_nothing(
    local: LocalGateway, kind: JSON, code: str, message: str, status: int
) -> None:
    client: Client = local.client(config=ONCE)
    local.faults.add("CreateApi", kind)

    client.get_apis()
    with refused(code, message):
        http_api(client)
    assert local.requests[-1].status == status
    assert local.requests[-1].params["Name"] == "pets"
    http_api(client)
    assert len(client.get_apis()["Items"]) == 1


def test_faults_of_an_operation_come_first_and_as_often_as_given(local: LocalGateway) -> None:
    client: Client = local.client(config=ONCE)
    local.faults.add("*", "throttle", times=2)
    local.faults.add("GetApis", "server_error")

    with refused("InternalServer"):
        client.get_apis()
    for _ in range(2):
        with refused("TooManyRequests"):
            client.get_apis()
    client.get_apis()


def test_boto3_retries_throttled_and_dropped_requests(
    monkeypatch: pytest.MonkeyPatch, local: LocalGateway
) -> None:
    def no_sleep(_: float) -> None:
        """Replace `time.sleep`, so that retries do not wait."""

    monkeypatch.setattr("botocore.endpoint.time.sleep", no_sleep)
    client: Client = local.client(config=Config(retries={"mode": "standard"}))
    local.faults.add("GetApis", "throttle")
    local.faults.add("GetApis", "drop")

    answer = client.get_apis()

    assert answer["ResponseMetadata"]["RetryAttempts"] == 2
    assert [request.status for request in local.requests] == [429, 0, 200]


def test_a_request_is_carried_out_before_its_connection_is_dropped(local: LocalGateway) -> None:
    client: Client = local.client(config=ONCE)
    local.faults.add("CreateApi", "drop")

    with pytest.raises(ConnectionClosedError):
        http_api(client)
    assert len(client.get_apis()["Items"]) == 1  # the request was carried out


def test_boto3_reads_no_items_from_a_malformed_response(local: LocalGateway) -> None:
    client: Client = local.client(config=ONCE)
    local.faults.add("GetApis", "malformed")

    assert "Items" not in client.get_apis()  # boto3 uses text that is not JSON as the message


def test_a_latency_delays_the_response_up_to_the_read_timeout(
    local: LocalGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    clock = SimpleNamespace(sleep=slept.append)
    monkeypatch.setattr("apigw2.testing._faults.time", clock)
    patient: Client = local.client(config=ONCE)
    hasty: Client = local.client(config=ONCE.merge(Config(read_timeout=2)))
    local.faults.add("GetApis", latency=5, times=2)

    assert patient.get_apis()["Items"] == []
    with pytest.raises(ReadTimeoutError):
        hasty.get_apis()

    assert slept == [5, 2]


def test_an_invalid_fault_is_rejected(local: LocalGateway) -> None:
    wrong: JSON = "explode"
    with pytest.raises(ValueError, match="explode"):
        local.faults.add("GetApis", wrong)
    with pytest.raises(ValueError, match="needs a kind, a latency, or both"):
        local.faults.add("GetApis")


def test_a_concurrent_modification_leaves_no_route_behind(local: LocalGateway) -> None:
    client: Client = local.client(config=ONCE)
    api_id = http_api(client)
    local.faults.add("CreateRoute", "concurrent_modification")

    with pytest.raises(ClientError):
        route(client, api_id, "GET /pets")

    assert client.get_routes(ApiId=api_id)["Items"] == []
