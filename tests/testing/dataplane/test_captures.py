"""Events and responses of the local gateway equal the captures of the service."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.local_gateway import (
    always,
    http_api,
    lambda_authorizer,
    lambda_integration,
    route,
)
from tests.testing.dataplane import captures

if TYPE_CHECKING:
    from collections.abc import Callable

    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import JSON, Client

COMPARED = "events and responses captured on AWS, compared"
EQUAL = "equal to those of the local gateway"
"""Names of figures in `docs/reliability.md`, where `tests/aws` adds them up."""


def test_no_capture_is_missing() -> None:
    """All 46 snapshots of AWS's test tool, and the other captures that nobody edited."""
    everything = [
        *(capture.source for capture in captures.EVENTS),
        *(capture.source for capture in captures.ANSWERS),
    ]
    sources = set(everything)

    assert len(sources) == len(everything) == 71
    assert sum(source.startswith(captures.SNAPSHOTS) for source in sources) == 46


@pytest.mark.parametrize(
    ("captured", "actual"),
    [
        ({"a": 1}, {}),
        ({}, {"a": 1}),
        ({"a": None}, {}),
        ({"a": 1}, {"a": True}),
        (["a"], ["b"]),
        (["a"], []),
        (captures.REQUEST_ID, "too-short="),
        (captures.REQUEST_ID, None),
        (int, 1.0),
    ],
    ids=["missing", "more", "null", "bool", "item", "items", "form", "no-text", "type"],
)
def test_the_comparison_finds_every_kind_of_difference(captured: JSON, actual: JSON) -> None:
    assert len(list(captures.differences(captured, actual))) == 1


@pytest.mark.parametrize("capture", captures.EVENTS, ids=str)
def test_an_event_equals_the_captured_one(
    local: LocalGateway,
    client: Client,
    capture: captures.Event,
    record_property: Callable[[str, object], None],
) -> None:
    events: list[JSON] = []

    def note(event: JSON, _: object) -> JSON:
        events.append(event)
        return {"statusCode": 200}

    local.add_function("pets", note)
    local.add_function(
        "asker", always({"isAuthorized": True, "context": dict(capture.context or {})})
    )
    api_id = http_api(client)
    integration = lambda_integration(client, api_id, PayloadFormatVersion=capture.version)
    members: dict[str, Any] = {"Target": f"integrations/{integration}"}
    if capture.context is not None:
        authorizer = lambda_authorizer(client, api_id, EnableSimpleResponses=True)
        members |= {"AuthorizationType": "CUSTOM", "AuthorizerId": authorizer}
    route(client, api_id, capture.key, **members)
    client.create_stage(ApiId=api_id, StageName=capture.stage, StageVariables=capture.variables)
    client.create_deployment(ApiId=api_id, StageName=capture.stage)
    headers: dict[str, list[str]] = {}
    for name, value in capture.sent:
        headers.setdefault(name, []).append(value)

    answer = local.invoke(
        capture.method, capture.url, stage=capture.stage, headers=headers, body=capture.body
    )

    assert answer.status == 200, answer.reason
    found = list(captures.differences(capture.event, json.loads(json.dumps(events[0]))))
    record_property(COMPARED, 1)
    assert found == []
    record_property(EQUAL, 1)


@pytest.mark.parametrize("capture", captures.ANSWERS, ids=str)
def test_a_response_equals_the_captured_one(
    local: LocalGateway,
    client: Client,
    capture: captures.Answer,
    record_property: Callable[[str, object], None],
) -> None:
    local.add_function("pets", always(capture.result))
    api_id = http_api(client)
    integration = lambda_integration(client, api_id, PayloadFormatVersion=capture.version)
    route(client, api_id, "$default", Target=f"integrations/{integration}")
    client.create_stage(ApiId=api_id, StageName="$default")
    client.create_deployment(ApiId=api_id, StageName="$default")

    answer = local.invoke("GET", "/")

    record_property(COMPARED, 1)
    assert (answer.status, answer.text) == (capture.status, capture.text)
    lines = [line for line in answer.lines if line[0] != "apigw-requestid"]
    assert sorted(lines) == sorted(capture.lines)
    assert captures.REQUEST_ID.fullmatch(answer.headers["apigw-requestid"])
    record_property(EQUAL, 1)
