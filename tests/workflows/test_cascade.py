"""Delete an object together with the objects that refer to it."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest

import apigw2
from tests.support.local import MISSING, Local, conflict, refusal
from tests.support.server import Answer

if TYPE_CHECKING:
    from collections.abc import Callable


def _references(target: Any) -> tuple[Any, ...]:  # noqa: ANN401  # of any resource
    found: tuple[Any, ...] = target.referenced_by()
    assert type(found) is tuple
    return found


def _routes(*routes: dict[str, str], token: str | None = None) -> Answer:
    items: list[object] = [
        {"routeId": f"r{n}", "routeKey": f"GET /{n}", **route} for n, route in enumerate(routes)
    ]
    return Answer({"items": items, "nextToken": token})


DONE: Final = Answer(status=204)
RULE: Final[dict[str, object]] = {
    "routingRuleId": "u1",
    "routingRuleArn": "arn:rule",
    "priority": 1,
    "actions": [],
    "conditions": [],
}


@attrs.frozen
class Case:
    """An object and the objects that refer to it.

    Attributes:
        target: Makes a reference to the object.
        lists: The answers to the requests that list references.
        references: The paths of the references, in order.
        requests: The requests that list references.
        own: The path of the object.
    """

    target: Callable[[apigw2.ApiGatewayV2], Any]
    lists: list[Answer]
    references: list[str]
    requests: list[str]
    own: str

    @property
    def nothing(self) -> list[Answer]:
        """The answers if there are no references."""
        paths = {line.partition("?")[0] for line in self.requests}
        nothing: dict[str, list[object]] = {"items": []}
        if "domain" in self.own:
            return [Answer({"domainName": "api.example.com"}), Answer(nothing)]
        return [Answer(nothing)] * len(paths)


CASES: Final = {
    "authorizer": Case(
        lambda gw: gw.api("a1").authorizer("z1"),
        [
            _routes({"authorizerId": "z1"}, {"authorizerId": "other"}, {}, token="more"),  # noqa: S106  # a page token
            Answer({"items": [{"routeId": "r9", "routeKey": "GET /9", "authorizerId": "z1"}]}),
        ],
        ["/v2/apis/a1/routes/r0", "/v2/apis/a1/routes/r9"],
        ["GET /v2/apis/a1/routes", "GET /v2/apis/a1/routes?nextToken=more"],
        "/v2/apis/a1/authorizers/z1",
    ),
    "integration": Case(
        lambda gw: gw.api("a1").integration("i1"),
        [
            _routes(
                {"target": "integrations/i1"},
                {"target": "integrations/i11"},
                {"target": "integrations/i1"},
                {"operationName": "none"},
            )
        ],
        ["/v2/apis/a1/routes/r0", "/v2/apis/a1/routes/r2"],
        ["GET /v2/apis/a1/routes"],
        "/v2/apis/a1/integrations/i1",
    ),
    "domain name": Case(
        lambda gw: gw.domain_name("api.example.com"),
        [
            Answer({"domainName": "api.example.com", "routingMode": "ROUTING_RULE_ONLY"}),
            Answer({"items": [{"apiMappingId": "m1", "apiId": "a1", "stage": "prod"}]}),
            Answer({"routingRules": [RULE]}),
        ],
        [
            "/v2/domainnames/api.example.com/apimappings/m1",
            "/v2/domainnames/api.example.com/routingrules/u1",
        ],
        [
            "GET /v2/domainnames/api.example.com",
            "GET /v2/domainnames/api.example.com/apimappings",
            "GET /v2/domainnames/api.example.com/routingrules",
        ],
        "/v2/domainnames/api.example.com",
    ),
}

each_case: Final = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@each_case
def test_referenced_by_lists_what_refers_to_an_object(case: Case, local: Local) -> None:
    local.server.prepare(case.lists)
    found = _references(case.target(local.gateway))
    assert local.server.lines == case.requests
    local.server.prepare(then=DONE)
    for reference in found:
        reference.delete()
    assert local.server.lines == [f"DELETE {path}" for path in case.references]


@each_case
def test_cascade_deletes_references_first_and_nothing_else(case: Case, local: Local) -> None:
    local.server.prepare(case.lists, DONE)
    case.target(local.gateway).delete(cascade=True)
    deletes = [f"DELETE {path}" for path in (*case.references, case.own)]
    assert local.server.lines == [*case.requests, *deletes]


@each_case
def test_without_cascade_only_the_object_is_deleted(case: Case, local: Local) -> None:
    for arguments in ({}, {"cascade": False}):
        local.server.prepare([DONE])
        case.target(local.gateway).delete(**arguments)
        assert local.server.lines == [f"DELETE {case.own}"]


@each_case
def test_a_delete_of_an_object_in_use_is_refused(case: Case, local: Local) -> None:
    local.server.prepare([conflict("Cannot delete it because it is referenced by Routes")])
    with pytest.raises(apigw2.ResourceInUseError):
        case.target(local.gateway).delete()


@each_case
def test_an_object_without_references_is_deleted_at_once(case: Case, local: Local) -> None:
    """A cascade is then a plain delete, and raises the errors of one."""
    local.server.prepare([*case.nothing, DONE])
    case.target(local.gateway).delete(cascade=True)
    local.server.prepare([*case.nothing, MISSING])
    with pytest.raises(apigw2.NotFoundError):
        case.target(local.gateway).delete(cascade=True)


@each_case
def test_a_cascade_ignores_references_that_are_already_deleted(case: Case, local: Local) -> None:
    local.server.prepare([*case.lists, MISSING, DONE, DONE])
    case.target(local.gateway).delete(cascade=True)
    assert local.server.lines[-1] == f"DELETE {case.own}"


@each_case
def test_a_cascade_that_fails_at_once_lists_what_is_left(case: Case, local: Local) -> None:
    target = case.target(local.gateway)
    local.server.prepare([*case.lists, refusal("AccessDeniedException", "No.", 403)])
    with pytest.raises(apigw2.CascadeError) as caught:
        target.delete(cascade=True)
    error = caught.value
    assert error.done == ()
    assert len(error.left) == 3
    assert error.left[-1] is target
    assert isinstance(error.__cause__, apigw2.AccessDeniedError)
    assert str(error).startswith("delete incomplete; deleted: nothing; not deleted: ")
    assert len(local.server.lines) == len(case.requests) + 1


@each_case
def test_a_cascade_that_fails_half_way_lists_what_it_deleted(case: Case, local: Local) -> None:
    target = case.target(local.gateway)
    local.server.prepare(case.lists)
    first, second = target.referenced_by()
    local.server.prepare([*case.lists, DONE, Answer(how="no answer")])
    with pytest.raises(apigw2.CascadeError) as caught:
        target.delete(cascade=True)
    assert caught.value.done == (first,)
    assert caught.value.left == (second, target)
    assert repr(first) in str(caught.value).partition("not deleted:")[0]
    assert repr(second) in str(caught.value).partition("not deleted:")[2]
    assert len(local.server.lines) == len(case.requests) + 2


@each_case
def test_a_cascade_that_fails_at_the_object_itself_can_be_repeated(
    case: Case, local: Local
) -> None:
    """Only the object is left, and the error can be pickled."""
    target = case.target(local.gateway)
    local.server.prepare([*case.lists, DONE, DONE, conflict("No.")])
    with pytest.raises(apigw2.CascadeError) as caught:
        target.delete(cascade=True)
    assert len(caught.value.done) == 2
    assert caught.value.left == (target,)
    local.server.prepare(then=DONE)
    for each in caught.value.left:
        assert each is target
    target.delete()
    restored = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # made here
    assert restored.left == caught.value.left
    assert str(restored) == str(caught.value)


@each_case
def test_a_cascade_deletes_nothing_if_a_list_fails(case: Case, local: Local) -> None:
    local.server.prepare([*case.lists[:-1], MISSING])
    with pytest.raises(apigw2.NotFoundError):
        case.target(local.gateway).delete(cascade=True)
    assert not [line for line in local.server.lines if line.startswith("DELETE")]


@each_case
def test_ctrl_c_ends_a_cascade_at_once(
    case: Case, local: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    local.server.prepare(case.lists, DONE)
    target = case.target(local.gateway)
    for reference in (apigw2.RouteRef, apigw2.ApiMappingRef):
        monkeypatch.setattr(reference, "delete", interrupt)
    with pytest.raises(KeyboardInterrupt):
        target.delete(cascade=True)
    assert local.server.lines == case.requests


IN_USE: Final = conflict("Cannot delete it because it is referenced by Routes")


@each_case
def test_a_cascade_retries_while_the_service_still_counts_deleted_references(
    case: Case, local: Local, caplog: pytest.LogCaptureFixture
) -> None:
    """The service does so for a while after the delete."""
    local.server.prepare([*case.lists, DONE, DONE, IN_USE, IN_USE, DONE])
    target = case.target(local.gateway)
    target.delete(cascade=True)
    assert local.pauses == [1, 2]
    assert local.server.lines[-3:] == [f"DELETE {case.own}"] * 3
    assert [record.getMessage() for record in caplog.records if record.name == "apigw2"] == [
        f"{target!r} is still in use; another attempt follows in {seconds}.0 s"
        for seconds in (1, 2)
    ]


@each_case
def test_a_cascade_gives_up_after_30_seconds(case: Case, local: Local) -> None:
    target = case.target(local.gateway)
    local.server.prepare([*case.lists, DONE, DONE], IN_USE)
    with pytest.raises(apigw2.CascadeError) as caught:
        target.delete(cascade=True)
    assert isinstance(caught.value.__cause__, apigw2.ResourceInUseError)
    assert caught.value.left == (target,)
    assert sum(local.pauses) == 30


@each_case
def test_a_cascade_that_deleted_nothing_does_not_retry(case: Case, local: Local) -> None:
    """No deleted reference can be the reason of the conflict."""
    for arguments, answers in (({}, []), ({"cascade": True}, case.nothing)):
        local.server.prepare([*answers, IN_USE])
        with pytest.raises(apigw2.ResourceInUseError):
            case.target(local.gateway).delete(**arguments)
    assert not local.pauses


@pytest.mark.parametrize("mode", [None, "API_MAPPING_ONLY", "ROUTING_RULE_THEN_API_MAPPING"])
def test_routing_rules_are_listed_if_the_routing_mode_uses_them(
    mode: Any,  # noqa: ANN401  # one of a Literal
    local: Local,
) -> None:
    """A snapshot has its routing mode; a reference fetches it."""
    body = {"domainName": "api.example.com", "routingMode": mode}
    lists = ["GET /v2/domainnames/api.example.com/apimappings"]
    if mode == "ROUTING_RULE_THEN_API_MAPPING":
        lists.append("GET /v2/domainnames/api.example.com/routingrules")
    local.server.prepare([Answer(body)], Answer({}))
    domain = local.gateway.domain_name("api.example.com").get()
    assert domain.referenced_by() == ()
    assert local.server.lines[1:] == lists
    local.server.prepare([Answer(body)], Answer({}))
    local.gateway.domain_name("api.example.com").referenced_by()
    assert local.server.lines[1:] == lists
