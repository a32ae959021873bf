"""Every waiter, for every status of the service model."""

from __future__ import annotations

import inspect
import logging
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest
from botocore.model import StringShape

import apigw2
from tests.support import walk
from tests.support.answers import good_body
from tests.support.local import MISSING, Local
from tests.support.server import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE: Final = {**good_body("GetProductRestEndpointPage"), "productRestEndpointPageId": "g1"}
PORTAL: Final = {**good_body("GetPortal"), "portalId": "p1"}


def _why(message: str | None) -> dict[str, str] | None:
    return None if message is None else {"message": message}


def _portal(status: str | None, message: str | None) -> dict[str, object]:
    return {**PORTAL, "publishStatus": status, "statusException": _why(message)}


def _preview(status: str | None, message: str | None) -> dict[str, object]:
    preview = {"previewStatus": status, "statusException": _why(message)}
    return {**PORTAL, "publishStatus": None, "preview": preview if status else None}


def _page(status: str | None, message: str | None) -> dict[str, object]:
    return {**PAGE, "status": status or "", "statusException": _why(message)}


def _domain(status: str | None, message: str | None) -> dict[str, object]:
    bad = {"domainNameStatus": status, "domainNameStatusMessage": message}
    return {
        "domainName": "api.example.com",
        "domainNameConfigurations": [{"domainNameStatus": "AVAILABLE"}, bad],
    }


def _vpc_link(status: str | None, message: str | None) -> dict[str, object]:
    return {
        "vpcLinkId": "v1",
        "name": "link",
        "vpcLinkStatus": status,
        "vpcLinkStatusMessage": message,
    }


def _deployment(status: str | None, message: str | None) -> dict[str, object]:
    return {
        "deploymentId": "d1",
        "deploymentStatus": status,
        "deploymentStatusMessage": message,
    }


@attrs.frozen
class Waiter:
    """One waiter.

    Attributes:
        enum: The shape of the status in the service model.
        wait: The method.
        body: The response that has a status and a message.
        success: The status that it waits for.
        failed: Statuses from which that status cannot follow.
        what: The resource, in messages.
    """

    enum: str
    wait: Callable[[apigw2.ApiGatewayV2], Callable[..., Any]]
    body: Callable[[str | None, str | None], dict[str, object]]
    success: str
    failed: tuple[str, ...]
    what: str

    @property
    def goal(self) -> str:
        """The wanted status, in messages."""
        return {"PREVIEW_READY": "previewed"}.get(self.success, self.success.lower())


WAITERS: Final = {
    "DeploymentRef.wait_until_deployed": Waiter(
        "DeploymentStatus",
        lambda gw: gw.api("a1").deployment("d1").wait_until_deployed,
        _deployment,
        "DEPLOYED",
        ("FAILED",),
        "deployment 'd1'",
    ),
    "VpcLinkRef.wait_until_available": Waiter(
        "VpcLinkStatus",
        lambda gw: gw.vpc_link("v1").wait_until_available,
        _vpc_link,
        "AVAILABLE",
        ("FAILED", "DELETING", "INACTIVE"),
        "VPC link 'v1'",
    ),
    "DomainNameRef.wait_until_available": Waiter(
        "DomainNameStatus",
        lambda gw: gw.domain_name("api.example.com").wait_until_available,
        _domain,
        "AVAILABLE",
        ("PENDING_CERTIFICATE_REIMPORT", "PENDING_OWNERSHIP_VERIFICATION"),
        "domain name 'api.example.com'",
    ),
    "PortalRef.wait_until_published": Waiter(
        "PublishStatus",
        lambda gw: gw.portal("p1").wait_until_published,
        _portal,
        "PUBLISHED",
        ("PUBLISH_FAILED",),
        "portal 'p1'",
    ),
    "PortalRef.wait_until_disabled": Waiter(
        "PublishStatus",
        lambda gw: gw.portal("p1").wait_until_disabled,
        _portal,
        "DISABLED",
        ("DISABLE_FAILED",),
        "portal 'p1'",
    ),
    "PortalRef.wait_until_previewed": Waiter(
        "PreviewStatus",
        lambda gw: gw.portal("p1").wait_until_previewed,
        _preview,
        "PREVIEW_READY",
        ("PREVIEW_FAILED",),
        "portal 'p1'",
    ),
    "ProductRestEndpointPageRef.wait_until_available": Waiter(
        "Status",
        lambda gw: gw.portal_product("pp1").product_rest_endpoint_page("g1").wait_until_available,
        _page,
        "AVAILABLE",
        ("FAILED",),
        "page 'g1'",
    ),
}
# These look at more than one status and have separate tests.
OTHERS: Final = {"StageRef.wait_until_deployed", "VpcLinkRef.wait_until_deleted"}

each_waiter: Final = pytest.mark.parametrize("waiter", WAITERS.values(), ids=WAITERS)


@pytest.fixture
def _stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let requests take no time, so that timeouts depend on the pauses alone."""
    monkeypatch.setattr("apigw2._workflows.waiters.time", SimpleNamespace(monotonic=lambda: 0.0))


def pending(waiter: Waiter) -> str:
    """A status of the model that is neither the awaited one nor a failure."""
    values = enums()[waiter.enum]
    return next(v for v in values if v not in (waiter.success, *waiter.failed))


def enums() -> dict[str, tuple[str, ...]]:
    """Every enumeration of states in the service model."""
    shapes = (walk.SERVICE.shape_for(name) for name in walk.SERVICE.shape_names)
    return {
        shape.name: tuple(shape.enum)
        for shape in shapes
        if isinstance(shape, StringShape) and shape.enum and shape.name.endswith("Status")
    }


def test_every_status_of_the_model_has_a_waiter() -> None:
    known = {waiter.enum for waiter in WAITERS.values()}
    missing = enums().keys() - known
    assert not missing, f"add a wait_until_... for {missing}, and a row to WAITERS"


@each_waiter
def test_every_value_of_a_status_is_a_success_a_failure_or_temporary(waiter: Waiter) -> None:
    """A new value in the model fails this test: decide whether it ends the wait."""
    rows = [w for w in WAITERS.values() if w.enum == waiter.enum]
    final = {value for w in rows for value in (w.success, *w.failed)}
    temporary = {
        "PENDING",
        "UPDATING",
        "IN_PROGRESS",
        "PREVIEW_IN_PROGRESS",
        "PUBLISH_IN_PROGRESS",
        "DISABLE_IN_PROGRESS",
    }
    assert set(enums()[waiter.enum]) <= final | temporary
    assert set(waiter.failed) <= {*enums()[waiter.enum], "DISABLE_FAILED"}


def test_every_waiter_is_tested() -> None:
    methods = {
        f"{cls.__name__}.{name}"
        for cls in walk.classes()
        for name in vars(cls)
        if name.startswith("wait_until_")
    }
    assert methods == WAITERS.keys() | OTHERS


@each_waiter
def test_every_waiter_has_the_same_parameters(waiter: Waiter, gw: apigw2.ApiGatewayV2) -> None:
    parameters = inspect.signature(waiter.wait(gw)).parameters
    assert [*parameters] == ["timeout", "poll", "on_poll", "sleep"]
    assert all(p.kind is p.KEYWORD_ONLY for p in parameters.values())


@each_waiter
def test_a_waiter_ends_at_once_in_the_wanted_state(waiter: Waiter, local: Local) -> None:
    local.server.prepare([Answer(waiter.body(waiter.success, None))])
    pauses: list[float] = []
    seen = waiter.wait(local.gateway)(sleep=pauses.append)
    assert waiter.success in repr(seen)
    assert not pauses


@each_waiter
def test_a_waiter_polls_until_the_wanted_state(waiter: Waiter, local: Local) -> None:
    """An unknown or missing status does not end the wait."""
    states = [pending(waiter), "BRAND_NEW", None, pending(waiter), waiter.success]
    local.server.prepare([Answer(waiter.body(state, None)) for state in states])
    pauses: list[float] = []
    polled: list[object] = []
    seen = waiter.wait(local.gateway)(
        timeout=100, poll=7, sleep=pauses.append, on_poll=polled.append
    )
    assert pauses == [7, 7, 7, 7]
    assert len(polled) == len(states)
    assert polled[-1] is seen
    assert len({id(each) for each in polled}) == len(states)


@each_waiter
def test_a_waiter_raises_in_a_failed_state(waiter: Waiter, local: Local) -> None:
    for status in waiter.failed:
        message = "The service's own words"
        local.server.prepare(
            [Answer(waiter.body(pending(waiter), None)), Answer(waiter.body(status, message))]
        )
        polled: list[object] = []
        pauses: list[float] = []
        with pytest.raises(apigw2.FailedStateError, match=message) as caught:
            waiter.wait(local.gateway)(sleep=pauses.append, on_poll=polled.append)
        assert caught.value.last is polled[-1]
        assert len(polled) == 2
        assert str(caught.value) == f"{waiter.what} is not {waiter.goal}: it is {status}: {message}"
        assert isinstance(caught.value, apigw2.WaitError)


@pytest.mark.usefixtures("_stopped_clock")
@each_waiter
def test_a_waiter_raises_after_its_timeout(waiter: Waiter, local: Local) -> None:
    """The last pause is shortened, and a last request follows it."""
    local.server.prepare(then=Answer(waiter.body(pending(waiter), "working on it")))
    pauses: list[float] = []
    polled: list[object] = []
    with pytest.raises(apigw2.WaitTimeoutError) as caught:
        waiter.wait(local.gateway)(timeout=25, poll=10, sleep=pauses.append, on_poll=polled.append)
    assert pauses == [10, 10, 5]
    assert len(polled) == 4
    assert caught.value.last is polled[-1]
    assert str(caught.value) == (
        f"{waiter.what} not {waiter.goal} after 25 s: it is {pending(waiter)}: working on it"
    )
    assert isinstance(caught.value, TimeoutError)


@each_waiter
def test_a_timeout_of_zero_makes_one_request(waiter: Waiter, local: Local) -> None:
    local.server.prepare([Answer(waiter.body(pending(waiter), None))])
    with pytest.raises(apigw2.WaitTimeoutError):
        waiter.wait(local.gateway)(timeout=0)
    assert len(local.server.requests) == 1


@each_waiter
def test_ctrl_c_ends_a_waiter_at_once(waiter: Waiter, local: Local) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    for where in ("sleep", "on_poll"):
        local.server.prepare([Answer(waiter.body(pending(waiter), None))])
        with pytest.raises(KeyboardInterrupt):
            waiter.wait(local.gateway)(**{where: interrupt})
        assert len(local.server.requests) == 1


@each_waiter
def test_a_waiter_raises_errors_of_the_service(waiter: Waiter, local: Local) -> None:
    local.server.prepare([MISSING])
    with pytest.raises(apigw2.NotFoundError):
        waiter.wait(local.gateway)()


def test_a_timeout_includes_the_time_of_requests(
    local: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is measured with the monotonic clock, not with the pauses alone."""
    clock = iter(range(0, 1000, 20))
    monkeypatch.setattr(
        "apigw2._workflows.waiters.time", SimpleNamespace(monotonic=lambda: next(clock))
    )
    local.server.prepare(then=Answer(_deployment("PENDING", None)))
    pauses: list[float] = []
    with pytest.raises(apigw2.WaitTimeoutError):
        local.gateway.api("a1").deployment("d1").wait_until_deployed(
            timeout=50, poll=1, sleep=pauses.append
        )
    assert pauses == [1, 1]


def test_a_waiter_logs_each_pause(local: Local, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="apigw2")
    states = ["PENDING", "DEPLOYED"]
    local.server.prepare([Answer(_deployment(state, None)) for state in states])
    local.gateway.api("a1").deployment("d1").wait_until_deployed(poll=3, sleep=lambda _: None)
    (record,) = caplog.records
    assert record.getMessage() == (
        "waiting until deployment 'd1' is deployed: it is PENDING; next request in 3.0 s"
    )


def test_a_domain_name_without_configurations_is_not_available(local: Local) -> None:
    bare = Answer({"domainName": "api.example.com"})
    local.server.prepare([bare, Answer(_domain("AVAILABLE", None))])
    domain = local.gateway.domain_name("api.example.com")
    assert domain.wait_until_available(sleep=lambda _: None).domain_name_configurations
    local.server.prepare([bare])
    with pytest.raises(apigw2.WaitTimeoutError, match="after 0 s: it has no configuration yet"):
        domain.wait_until_available(timeout=0)


def test_a_configuration_that_needs_the_user_fails_while_another_is_updating(
    local: Local,
) -> None:
    states = ["UPDATING", "PENDING_OWNERSHIP_VERIFICATION"]
    configurations = [{"domainNameStatus": state} for state in states]
    local.server.prepare(
        [Answer({"domainName": "a.example.com", "domainNameConfigurations": configurations})]
    )
    with pytest.raises(apigw2.FailedStateError, match="PENDING_OWNERSHIP_VERIFICATION"):
        local.gateway.domain_name("a.example.com").wait_until_available()


def test_a_missing_status_is_described_in_the_error(local: Local) -> None:
    local.server.prepare([Answer(_deployment(None, None))])
    with pytest.raises(apigw2.WaitTimeoutError, match="after 0 s: it has no state yet"):
        local.gateway.api("a1").deployment("d1").wait_until_deployed(timeout=0)


MINUTE: Final = 60
TIMEOUTS: Final = {
    "DeploymentRef.wait_until_deployed": 5 * MINUTE,
    "StageRef.wait_until_deployed": 5 * MINUTE,
    "StageRef.settled": 5 * MINUTE,
    "VpcLinkRef.wait_until_available": 10 * MINUTE,
    "VpcLinkRef.wait_until_deleted": 10 * MINUTE,
    "DomainNameRef.wait_until_available": 60 * MINUTE,  # as long as an update takes
    "PortalRef.wait_until_published": 10 * MINUTE,
    "PortalRef.wait_until_disabled": 10 * MINUTE,
    "PortalRef.wait_until_previewed": 10 * MINUTE,
    "ProductRestEndpointPageRef.wait_until_available": 5 * MINUTE,
}


@pytest.mark.parametrize("name", TIMEOUTS)
def test_the_default_timeout_of_a_waiter_is_as_long_as_the_service_takes(name: str) -> None:
    cls, _, method = name.partition(".")
    parameters = inspect.signature(getattr(getattr(apigw2, cls), method)).parameters
    assert parameters["timeout"].default == TIMEOUTS[name]


def test_the_default_timeout_of_every_waiter_is_tested() -> None:
    assert {*WAITERS, *OTHERS, "StageRef.settled"} == TIMEOUTS.keys()


# --- VPC links that are deleted ---------------------------------------------------------------


def test_a_vpc_link_is_deleted_when_it_is_not_found(local: Local) -> None:
    deleting = Answer(_vpc_link("DELETING", None))
    local.server.prepare([deleting, deleting, MISSING])
    pauses: list[float] = []
    polled: list[apigw2.VpcLink] = []
    link = local.gateway.vpc_link("v1")
    link.wait_until_deleted(poll=5, sleep=pauses.append, on_poll=polled.append)
    assert pauses == [5, 5]
    assert [each.vpc_link_status for each in polled] == ["DELETING", "DELETING"]
    local.server.prepare([MISSING])
    link.wait_until_deleted()


def test_a_vpc_link_that_is_not_deleted_is_an_error(local: Local) -> None:
    link = local.gateway.vpc_link("v1")
    local.server.prepare([Answer(_vpc_link("FAILED", "a network interface is in use"))])
    with pytest.raises(apigw2.FailedStateError, match="a network interface is in use") as caught:
        link.wait_until_deleted()
    assert isinstance(caught.value.last, apigw2.VpcLink)
    local.server.prepare(then=Answer(_vpc_link("DELETING", None)))
    with pytest.raises(apigw2.WaitTimeoutError) as late:
        link.wait_until_deleted(timeout=20, poll=10, sleep=lambda _: None)
    assert isinstance(late.value.last, apigw2.VpcLink)


# --- stages -----------------------------------------------------------------------------------

NO_ROUTES: Final = "Deployment attempt failed: Unable to deploy API because no routes exist"


def _stage(
    deployment: str | None,
    message: str | None = None,
    *,
    auto: bool = True,
    updated: str = "2026-01-01T00:00:00Z",
) -> Answer:
    return Answer(
        {
            "stageName": "prod",
            "autoDeploy": auto,
            "deploymentId": deployment,
            "lastDeploymentStatusMessage": message,
            "lastUpdatedDate": updated,
        }
    )


def _deployed(status: str, message: str | None = None, deployment: str = "d1") -> Answer:
    return Answer({**_deployment(status, message), "deploymentId": deployment})


def _no_sleep(_: float) -> None:
    return


def test_a_stage_is_deployed_when_its_deployment_is_deployed(local: Local) -> None:
    local.server.prepare(
        [
            _stage(None),
            _stage("d1"),
            _deployed("PENDING"),
            _stage("d1"),
            _deployed("DEPLOYED"),
        ]
    )
    pauses: list[float] = []
    polled: list[apigw2.Stage] = []
    stage = local.gateway.api("a1").stage("prod")
    seen = stage.wait_until_deployed(sleep=pauses.append, on_poll=polled.append)
    assert seen.deployment_id == "d1"
    assert pauses == [1, 1]
    assert len(polled) == 3
    assert local.server.lines[1:3] == [
        "GET /v2/apis/a1/stages/prod",
        "GET /v2/apis/a1/deployments/d1",
    ]


@pytest.mark.parametrize("form", ["id", "object"])
def test_a_stage_waits_for_a_deployment_newer_than_the_given_one(form: str, local: Local) -> None:
    gw = local.gateway
    old = "d0" if form == "id" else gw.api("a1").deployment("d0")
    local.server.prepare([_stage("d0"), _stage("d0"), _stage("d1"), _deployed("DEPLOYED")])
    stage = gw.api("a1").stage("prod")
    seen = stage.wait_until_deployed(newer_than=old, sleep=_no_sleep)
    assert seen.deployment_id == "d1"
    assert len(local.server.lines) == 4


def test_a_stage_whose_deployment_failed_raises(local: Local) -> None:
    local.server.prepare([_stage("d1"), _deployed("FAILED", "no integration")])
    stage = local.gateway.api("a1").stage("prod")
    with pytest.raises(apigw2.FailedStateError) as caught:
        stage.wait_until_deployed()
    assert str(caught.value) == (
        "stage 'prod' is not deployed: deployment 'd1' is FAILED: no integration"
    )
    assert isinstance(caught.value.last, apigw2.Stage)


@pytest.mark.parametrize("taken_after_the_failure", [True, False])
def test_a_stage_whose_automatic_deployment_failed_raises(
    taken_after_the_failure: bool,  # noqa: FBT001  # a parameter of the test
    local: Local,
) -> None:
    """It fails at once, even if the snapshot already has the failure."""
    local.server.prepare([_stage(None, NO_ROUTES if taken_after_the_failure else None)])
    stage = local.gateway.api("a1").stage("prod").get()
    local.server.prepare([_stage(None, NO_ROUTES)])
    with pytest.raises(apigw2.FailedStateError, match="its last deployment is FAILED: Deployment"):
        stage.wait_until_deployed()
    assert len(local.server.requests) == 1


@pytest.mark.parametrize(
    ("old", "has"), [(None, "no deployment"), ("d0", "no deployment newer than 'd0'")]
)
def test_a_stage_that_nothing_will_deploy_raises(old: str | None, has: str, local: Local) -> None:
    local.server.prepare([_stage(old, auto=False)])
    with pytest.raises(apigw2.FailedStateError) as caught:
        local.gateway.api("a1").stage("prod").wait_until_deployed(newer_than=old)
    assert str(caught.value) == (
        f"stage 'prod' cannot be deployed: it has {has} and auto_deploy is off"
    )
    assert isinstance(caught.value.last, apigw2.Stage)


def test_a_stage_that_is_not_deployed_in_time_raises(local: Local) -> None:
    local.server.prepare(then=_stage(None, "Successfully deployed stage"))
    stage = local.gateway.api("a1").stage("prod")
    with pytest.raises(apigw2.WaitTimeoutError) as caught:
        stage.wait_until_deployed(sleep=_no_sleep, poll=10)
    assert str(caught.value) == "stage 'prod' not deployed after 300 s: it has no deployment yet"


def test_an_older_failure_does_not_end_the_wait_for_a_newer_deployment(local: Local) -> None:
    """The message of a failure stays until the next automatic deployment."""
    local.server.prepare([_stage("d0", NO_ROUTES)])
    stage = local.gateway.api("a1").stage("prod").get()
    local.server.prepare([_stage("d0", NO_ROUTES), _stage("d1"), _deployed("DEPLOYED")])
    seen = stage.wait_until_deployed(newer_than="d0", sleep=_no_sleep)
    assert seen.deployment_id == "d1"
    local.server.prepare([_stage("d0", f"{NO_ROUTES} again")])
    with pytest.raises(apigw2.FailedStateError, match="again"):
        stage.wait_until_deployed(newer_than="d0", sleep=_no_sleep)


def test_a_stage_may_stand_for_what_it_served_and_the_failure_that_it_reports(local: Local) -> None:
    """It may have served nothing before the change, and then there is no deployment to name."""
    local.server.prepare([_stage(None, NO_ROUTES)])
    stage = local.gateway.api("a1").stage("prod")
    before = stage.get()
    local.server.prepare([_stage(None, NO_ROUTES), _stage("d1"), _deployed("DEPLOYED")])
    seen = stage.wait_until_deployed(newer_than=before, sleep=_no_sleep)
    assert seen.deployment_id == "d1"
    local.server.prepare([_stage(None, f"{NO_ROUTES} again")])
    with pytest.raises(apigw2.FailedStateError, match="again"):
        stage.wait_until_deployed(newer_than=before, sleep=_no_sleep)


# --- changes in a `with` block ----------------------------------------------------------------


def test_settled_waits_for_a_deployment_newer_than_the_one_before_the_block(local: Local) -> None:
    local.server.prepare(
        [_stage("d0"), _stage("d0"), _stage("d1"), _deployed("PENDING"), _stage("d1")],
        _deployed("DEPLOYED"),
    )
    seen: list[apigw2.Stage] = []
    pauses: list[float] = []
    with local.gateway.api("a1").stage("prod").settled(on_poll=seen.append, sleep=pauses.append):
        assert len(local.server.requests) == 1
    assert [stage.deployment_id for stage in seen] == ["d0", "d1", "d1"]
    assert pauses == [1, 1]


def test_a_stage_settles_with_its_first_deployment(local: Local) -> None:
    local.server.prepare(
        [_stage(None, NO_ROUTES), _stage(None, NO_ROUTES), _stage("d1"), _deployed("DEPLOYED")]
    )
    with local.gateway.api("a1").stage("prod").settled(sleep=_no_sleep):
        pass
    assert len(local.server.requests) == 4


def test_settled_raises_the_same_failure_if_it_is_newer(local: Local) -> None:
    later = "2026-01-01T00:00:09Z"
    local.server.prepare([_stage("d0", NO_ROUTES), _stage("d0", NO_ROUTES, updated=later)])
    settled = local.gateway.api("a1").stage("prod").settled(sleep=_no_sleep)
    with pytest.raises(apigw2.FailedStateError, match="no routes exist"), settled:
        pass
    assert len(local.server.requests) == 2


def test_settled_does_not_wait_after_an_exception(local: Local) -> None:
    local.server.prepare([_stage("d0")])
    with pytest.raises(KeyError), local.gateway.api("a1").stage("prod").settled():
        raise KeyError
    assert len(local.server.requests) == 1
