"""Conversion of scalar values in responses and parameters."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta, timezone
from typing import Any, Final

import pytest

import apigw2
from tests.support.local import API, ROUTE, Local
from tests.support.server import Answer

NOON: Final = datetime(2026, 2, 28, 12, tzinfo=timezone.utc)
MOMENTS: Final = {
    "Z": "2026-02-28T12:00:00Z",
    "offset": "2026-02-28T14:00:00+02:00",
    "no zone": "2026-02-28T12:00:00",
    "epoch": 1772280000,
    "epoch with a fraction": 1772280000.0,
    "epoch as text": "1772280000",
    "RFC 822": "Sat, 28 Feb 2026 12:00:00 GMT",
}


@pytest.mark.parametrize("form", MOMENTS)
def test_timestamps_on_the_wire_become_datetimes(form: str, local: Local) -> None:
    local.server.prepare([Answer({**API, "createdDate": MOMENTS[form]})])
    seen = local.gateway.get_api("a1").created_date
    assert seen == NOON
    assert seen is not None
    assert seen.tzinfo is timezone.utc


@pytest.mark.parametrize("wrong", ["yesterday", "", True, [], 1e300, "9" * 30])
def test_a_value_that_is_not_a_timestamp_is_an_error(wrong: object, local: Local) -> None:
    local.server.prepare([Answer({**API, "createdDate": wrong})])
    with pytest.raises(apigw2.ResponseShapeError, match="created_date: expected a timestamp"):
        local.gateway.get_api("a1")


@pytest.mark.parametrize(
    "moment",
    [NOON, NOON.replace(tzinfo=None), NOON.astimezone(timezone(timedelta(hours=2)))],
    ids=["UTC", "no zone", "another zone"],
)
def test_timestamps_from_boto3_stay_datetimes(moment: datetime) -> None:
    """A test double of boto3's client returns datetimes."""

    class Double:
        def get_api(self, **_: object) -> dict[str, object]:
            api = {name[:1].upper() + name[1:]: value for name, value in API.items()}
            return {**api, "CreatedDate": moment}

    double: Any = Double()
    seen = apigw2.ApiGatewayV2(client=double).get_api("a1").created_date
    assert seen == NOON
    assert seen is not None
    assert seen.tzinfo is timezone.utc


def test_a_whole_number_is_read_as_a_float(local: Local) -> None:
    settings = {"throttlingRateLimit": 50, "throttlingBurstLimit": 5}
    local.server.prepare([Answer({"stageName": "prod", "defaultRouteSettings": settings})])
    seen = local.gateway.api("a1").stage("prod").get().default_route_settings
    assert seen is not None
    assert isinstance(seen.throttling_rate_limit, float)
    assert seen.throttling_rate_limit == 50


def test_a_member_of_a_string_enum_is_sent_as_a_string(local: Local) -> None:
    class Protocol(str, enum.Enum):
        HTTP = "HTTP"

    chosen: Any = Protocol.HTTP
    local.server.prepare([Answer(API)])
    local.gateway.create_api("petstore", protocol_type=chosen)
    assert local.server.requests[0].json == {"name": "petstore", "protocolType": "HTTP"}


def test_a_target_can_be_an_integration(local: Local) -> None:
    local.server.prepare([Answer(ROUTE)])
    api = local.gateway.api("a1")
    api.create_route("GET /pets", target=api.integration("i1"))
    assert local.server.requests[0].json == {
        "routeKey": "GET /pets",
        "target": "integrations/i1",
    }
