"""Which calls are retried, when, and which never are."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pytest
from botocore.config import Config
from botocore.exceptions import ConnectionClosedError

import apigw2
from tests.support.local import API, ROUTE, THROTTLED, Local, client, conflict, notes_of, refusal
from tests.support.pauses import no_pauses
from tests.support.server import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.server import Server

    Call = Callable[[apigw2.ApiGatewayV2], object]

COLORS: Final = apigw2.CustomColors(
    accent_color="#000",
    background_color="#fff",
    error_validation_color="#f00",
    header_color="#000",
    navigation_color="#000",
    text_color="#000",
)
# Seconds between two calls of an account, for operations with their own quota: AWS's quota page.
QUOTAS: Final[dict[str, tuple[float, Call]]] = {
    "CreateDeployment": (5, lambda gw: gw.api("a1").create_deployment()),
    "CreateDomainName": (30, lambda gw: gw.create_domain_name("api.example.com")),
    "UpdateDomainName": (
        30,
        lambda gw: gw.domain_name("api.example.com").update(routing_mode="API_MAPPING_ONLY"),
    ),
    "DeleteDomainName": (30, lambda gw: gw.domain_name("api.example.com").delete()),
    "CreateVpcLink": (15, lambda gw: gw.create_vpc_link("link", subnet_ids=["subnet-1"])),
    "DeleteVpcLink": (30, lambda gw: gw.vpc_link("v1").delete()),
    "CreatePortal": (
        3,
        lambda gw: gw.create_portal(
            authorization=apigw2.Authorization(),
            endpoint_configuration=apigw2.EndpointConfigurationRequest(),
            portal_content=apigw2.PortalContent(
                display_name="pets", theme=apigw2.PortalTheme(custom_colors=COLORS)
            ),
        ),
    ),
    "UpdatePortal": (30, lambda gw: gw.portal("p1").update(logo_uri="s3://logo")),
    "PublishPortal": (30, lambda gw: gw.portal("p1").publish()),
}
INTERNAL: Final = refusal("InternalServerException", "Internal server error", 500)


@pytest.mark.parametrize("operation", QUOTAS)
def test_an_operation_with_its_own_quota_waits_until_the_next_call_is_allowed(
    operation: str, local: Local
) -> None:
    seconds, call = QUOTAS[operation]
    gw = local.make(attempts=1, deadline=1000)
    local.server.prepare([THROTTLED] * 3, NOT_THROTTLED)
    with pytest.raises(apigw2.BadRequestError):
        call(gw)
    assert len(local.server.requests) == 4
    assert len(local.pauses) == 3
    assert all(seconds <= pause <= seconds * 1.2 for pause in local.pauses)


NOT_THROTTLED: Final = refusal("BadRequestException", "no longer throttled", 400)


def test_throttling_of_other_operations_is_left_to_botocore(local: Local) -> None:
    local.server.prepare(then=THROTTLED)
    with pytest.raises(apigw2.TooManyRequestsError):
        local.gateway.get_api("a1")
    assert not local.pauses


def test_pauses_grow_between_concurrent_modifications(local: Local) -> None:
    """They grow from 0.5 s to 8 s; the jitter takes away up to half of each."""
    longest = [0.5, 1, 2, 4, 8, 8, 8]
    local.server.prepare([conflict()] * 7, Answer(API))
    assert local.make(deadline=1000).get_api("a1").api_id == "a1"
    assert len(local.pauses) == 7
    assert all(most / 2 <= pause <= most for pause, most in zip(local.pauses, longest, strict=True))
    assert len({pause / most for pause, most in zip(local.pauses, longest, strict=True)}) > 1


@pytest.fixture
def _stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let calls take no time, so that deadlines depend on the pauses alone."""
    monkeypatch.setattr("apigw2._wire.connection.time", SimpleNamespace(monotonic=lambda: 0.0))


@pytest.mark.usefixtures("_stopped_clock")
@pytest.mark.parametrize("deadline", [0, 0.1, 1, 10, 100])
def test_pauses_stay_within_the_deadline(deadline: float, local: Local) -> None:
    local.server.prepare(then=conflict())
    with pytest.raises(apigw2.ConcurrentModificationError):
        local.make(deadline=deadline).get_api("a1")
    assert sum(local.pauses) <= deadline
    assert len(local.server.requests) == len(local.pauses) + 1
    # Another pause would exceed the deadline.
    assert sum(local.pauses) + 8 > deadline or not local.pauses
    assert bool(local.pauses) == (deadline >= 1)


def test_the_deadline_includes_the_time_of_calls(
    local: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 10_000, 30))
    slow = SimpleNamespace(monotonic=lambda: next(clock))
    monkeypatch.setattr("apigw2._wire.connection.time", slow)
    local.server.prepare(then=conflict())
    gw = local.make(deadline=70)
    with pytest.raises(apigw2.ConcurrentModificationError):
        gw.get_api("a1")
    assert len(local.server.requests) == 3


@pytest.mark.parametrize("message", ["is referenced by", "already exists", "No."])
def test_other_conflicts_are_not_retried(message: str, local: Local) -> None:
    local.server.prepare(then=conflict(message))
    with pytest.raises(apigw2.ConflictError):
        local.gateway.get_api("a1")
    assert len(local.server.requests) == 1
    assert not local.pauses


def test_a_retry_is_logged_with_its_reason_and_pause(
    local: Local, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="apigw2")
    local.server.prepare([conflict()], Answer(API))
    local.gateway.get_api("a1")
    (record,) = [r for r in caplog.records if r.levelname == "WARNING"]
    assert record.name == "apigw2"
    assert "GetApi" in record.getMessage()
    assert "concurrent modification" in record.getMessage()
    assert f"attempt 2 follows in {local.pauses[0]:.1f} s" in record.getMessage()


# --- botocore's own retries -------------------------------------------------------------------


@pytest.fixture
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    no_pauses(monkeypatch)

    def no_delay(*_: object, **__: object) -> float:
        return 0

    # The legacy mode has its own delay.
    monkeypatch.setattr("botocore.retryhandler.delay_exponential", no_delay)


@pytest.mark.usefixtures("_no_pauses")
@pytest.mark.parametrize("attempts", [1, 2, 7])
def test_a_server_error_is_retried_up_to_the_number_of_attempts(
    attempts: int, local: Local
) -> None:
    local.server.prepare(then=INTERNAL)
    with pytest.raises(apigw2.ServiceError) as caught:
        local.make(attempts=attempts).get_api("a1")
    assert caught.value.code == "InternalServerException"
    assert len(local.server.requests) == attempts


@pytest.mark.usefixtures("_no_pauses")
@pytest.mark.parametrize("mode", ["standard", "legacy", "adaptive"])
def test_retries_of_the_callers_config_are_kept(mode: str, local: Local) -> None:
    retries: Any = {"mode": mode, "total_max_attempts": 3}
    gw = local.make(attempts=9, config=Config(retries=retries))
    local.server.prepare(then=INTERNAL)
    with pytest.raises(apigw2.ServiceError):
        gw.get_api("a1")
    assert len(local.server.requests) == 3
    # A create is not retried whatever the mode is.
    for answer, error in (
        (INTERNAL, apigw2.ServiceError),
        (Answer(how="no answer"), ConnectionClosedError),
    ):
        local.server.prepare(then=answer)
        with pytest.raises(error) as caught:
            gw.create_api("petstore", protocol_type="HTTP")
        assert len(local.server.requests) == 1
        assert notes_of(caught.value) == [
            "CreateApi is not retried: the service may have carried it out"
        ]


def test_configuring_retries_keeps_the_callers_other_settings() -> None:
    theirs = Config(read_timeout=7, user_agent_extra="mine")
    merged: Any = apigw2.Retries(attempts=4).configure(theirs)
    assert (merged.read_timeout, merged.user_agent_extra) == (7, "mine")
    assert merged.retries == {"mode": "standard", "total_max_attempts": 4}
    alone: Any = apigw2.Retries(attempts=4).configure(None)
    assert alone.retries == {"mode": "standard", "total_max_attempts": 4}


@pytest.mark.usefixtures("_no_pauses")
def test_a_raw_create_of_a_client_of_the_library_is_not_retried(local: Local) -> None:
    local.server.prepare(then=INTERNAL)
    made: Any = local.make(attempts=5).client
    with pytest.raises(made.exceptions.ClientError):
        made.create_api(Name="petstore", ProtocolType="HTTP")
    assert len(local.server.requests) == 1


@pytest.mark.usefixtures("_no_pauses")
def test_a_callers_own_client_keeps_its_retries(server: Server) -> None:
    """No handler that decides about retries is registered."""
    theirs = client(server, retries={"mode": "standard", "total_max_attempts": 3})
    handlers = [*theirs.meta.events._emitter._handlers.prefix_search("needs-retry")]  # noqa: SLF001  # no public way
    gw = apigw2.ApiGatewayV2(client=theirs, retries=apigw2.Retries(attempts=9))
    after = [*theirs.meta.events._emitter._handlers.prefix_search("needs-retry")]  # noqa: SLF001  # no public way
    assert after == handlers
    server.prepare(then=INTERNAL)
    with pytest.raises(apigw2.ServiceError):
        gw.create_api("petstore", protocol_type="HTTP")
    assert len(server.requests) == 3


def test_conflicts_are_retried_with_a_callers_own_client(server: Server) -> None:
    pauses: list[float] = []
    gw = apigw2.ApiGatewayV2(client=client(server), retries=apigw2.Retries(sleep=pauses.append))
    server.prepare([conflict()] * 2, Answer(API))
    assert gw.get_api("a1").name == "petstore"
    assert len(pauses) == 2


@pytest.mark.usefixtures("_no_pauses")
@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("RequestTimeout", 400),
        ("RequestTimeout", 408),
        ("RequestTimeoutException", 400),
        ("PriorRequestNotComplete", 400),
        ("TransactionInProgressException", 400),
        ("BandwidthLimitExceeded", 509),
        ("Other", 408),
        ("InternalFailure", 500),
        ("ThrottlingException", 500),
        ("ServiceUnavailable", 503),
    ],
)
def test_a_create_is_not_retried_after_other_errors_than_throttling(
    code: str, status: int, local: Local
) -> None:
    local.server.prepare([refusal(code, "No.", status)], then=Answer(ROUTE))
    with pytest.raises(apigw2.ServiceError) as caught:
        local.make(attempts=3).api("a1").create_route("GET /pets")
    assert len(local.server.requests) == 1
    (note,) = notes_of(caught.value)
    assert note.startswith("CreateRoute is not retried")


@pytest.mark.usefixtures("_no_pauses")
@pytest.mark.parametrize(
    ("mode", "code", "status"),
    [
        ("standard", "EC2ThrottledException", 400),
        ("standard", "LimitExceededException", 400),
        ("standard", "ProvisionedThroughputExceededException", 400),
        ("standard", "RequestLimitExceeded", 400),
        ("standard", "RequestThrottled", 400),
        ("standard", "RequestThrottledException", 400),
        ("standard", "ThrottledException", 400),
        ("standard", "Throttling", 400),
        ("standard", "ThrottlingException", 400),
        ("standard", "TooManyRequestsException", 400),
        ("legacy", "ThrottlingException", 400),
        ("legacy", "Other", 429),  # only the legacy mode retries by this status
    ],
)
def test_a_create_is_retried_after_throttling(
    mode: str, code: str, status: int, local: Local
) -> None:
    local.server.prepare([refusal(code, "No.", status)], then=Answer(ROUTE))
    retries: Any = {"mode": mode, "total_max_attempts": 3}
    gateway = local.make(config=Config(retries=retries))
    assert gateway.api("a1").create_route("GET /pets").route_id == "r1"
    assert len(local.server.requests) == 2


@pytest.mark.usefixtures("_no_pauses")
@pytest.mark.parametrize("code", ["RequestTimeout", "PriorRequestNotComplete"])
def test_a_get_is_retried_after_the_same_errors(code: str, local: Local) -> None:
    local.server.prepare([refusal(code, "No.", 400)], then=Answer(ROUTE))
    assert local.make(attempts=3).api("a1").get_route("r1").route_key == "GET /pets"
    assert len(local.server.requests) == 2


def test_a_create_that_was_rejected_has_no_note_about_retries(local: Local) -> None:
    local.server.prepare([refusal("BadRequestException", "No.", 400)])
    with pytest.raises(apigw2.BadRequestError) as caught:
        local.make(attempts=3).api("a1").create_route("GET /pets")
    assert not notes_of(caught.value)


@pytest.mark.usefixtures("_no_pauses")
@pytest.mark.parametrize(
    ("answer", "outcome"),
    [(INTERNAL, "500 InternalServerException"), (Answer(how="no answer"), "ConnectionClosedError")],
    ids=["response", "connection"],
)
def test_an_attempt_that_botocore_may_retry_is_logged(
    answer: Answer, outcome: str, local: Local, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="apigw2")
    local.server.prepare([answer], then=Answer(API))
    local.make(attempts=2).get_api("a1")
    (record,) = [r for r in caplog.records if r.name == "apigw2"]
    assert record.levelname == "INFO"
    assert record.getMessage() == (
        f"GetApi: attempt 1 failed with {outcome}; botocore may retry it"
    )
