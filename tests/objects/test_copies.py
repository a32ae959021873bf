"""Objects can be pickled and copied. A restored object has no connection until it is attached."""

from __future__ import annotations

import copy
import pickle
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest

import apigw2
from apigw2 import types
from apigw2._objects.references import Reference
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import Shape, is_set
from tests.support import walk
from tests.support.answers import good, page
from tests.support.calls import arguments, call
from tests.support.local import API, Local, notes_of, refusal
from tests.support.server import Answer
from tests.support.strategies import sample_parameters
from tests.support.wire import Service

if TYPE_CHECKING:
    from collections.abc import Callable

ERRORS: Final = (
    apigw2.ServiceError({"Error": {"Code": "X", "Message": "No."}}, "GetApi", "ApiRef('a1')"),
    apigw2.NotFoundError({"Error": {"Code": "NotFoundException"}}, "GetApi"),
    apigw2.ConcurrentModificationError({"Error": {"Code": "ConflictException"}}, "GetApi", "x"),
    apigw2.ResponseShapeError("GetApi", "name", "a string", 5),
    apigw2.PreflightError("no", [apigw2.Violation("m", "model", blocks=True)]),
    apigw2.WaitTimeoutError("late", apigw2.Model(api_id="a1", model_id="m1", name="Pet")),
    apigw2.FailedStateError("failed", None),
    apigw2.CascadeError([apigw2.ApiRef(api_id="a1")], [apigw2.ApiRef(api_id="a2")]),
    apigw2.DetachedError("no connection"),
)


class Everything(Service):
    """A gateway without preflight, for samples of every operation."""

    def __init__(self, local: Local) -> None:
        self.gateway = local.off
        self.server = local.server


@pytest.fixture
def everything(local: Local) -> Everything:
    return Everything(local)


def pickled(protocol: int, obj: object) -> Any:  # noqa: ANN401  # of the object's class
    return pickle.loads(pickle.dumps(obj, protocol))  # noqa: S301  # made here


ways: Final = pytest.mark.parametrize(
    "way",
    [copy.copy, copy.deepcopy, *(partial(pickled, protocol) for protocol in range(2, 6))],
    ids=["copy", "deepcopy", *(f"pickle {p}" for p in range(2, 6))],
)


def objects(everything: Everything) -> list[Any]:
    """A reference and a snapshot of every resource, arguments, and all values in them."""
    found: list[Any] = [everything.reference(resource) for resource in walk.all_resources()]
    for operation in walk.OPERATIONS:
        pages = walk.pages(operation)
        everything.server.prepare([page(operation, 1) if pages else good(operation)])
        made = call(everything, operation, sample_parameters(operation))
        found += made if isinstance(made, tuple) else [made]
        for sent in arguments(operation, sample_parameters(operation)).values():
            found += [sent, *_inside(sent)]
    snapshots = [each for each in found if isinstance(each, (Reference, Shape))]
    for each in snapshots:
        names = [f.name for f in attrs.fields(type(each)) if not f.name.startswith("_")]
        for value in (getattr(each, name) for name in names):
            snapshots += [v for v in (value, *_inside(value)) if isinstance(v, Shape)]
    return snapshots


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value.values()]
    return [*value] if isinstance(value, tuple) else []


@ways
def test_every_kind_of_object_survives_copies_and_pickles(
    way: Callable[[Any], Any], everything: Everything
) -> None:
    made = objects(everything)
    assert len({each.__class__ for each in made}) > 60
    for each in made:
        again = way(each)
        kind: Any = each.__class__
        assert again.__class__ is kind
        assert again == each
        assert hash(again) == hash(each)
        assert repr(again) == repr(each)
        if isinstance(each, Snapshot):
            assert again.to_dict() == each.to_dict()
            for field in attrs.fields(kind):
                if not field.name.startswith("_"):
                    before, after = getattr(each, field.name), getattr(again, field.name)
                    assert is_set(after) == is_set(before)


@ways
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_survive_copies_and_pickles(way: Callable[[Any], Any], error: Any) -> None:  # noqa: ANN401  # of any class
    error.__dict__["__notes__"] = ["a note"]
    again = way(error)
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)
    assert again.args == error.args


def test_the_error_of_a_call_survives_copies_and_pickles(local: Local) -> None:
    local.server.prepare([refusal("BadRequestException", "No.", 400)])
    with pytest.raises(apigw2.BadRequestError) as caught:
        local.off.api("a1").create_stage("$bad")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # made here
    assert again.response == caught.value.response
    assert notes_of(again) == notes_of(caught.value) != []
    assert (again.code, again.resource, again.request_id) == (
        "BadRequestException",
        "ApiRef(api_id='a1')",
        caught.value.request_id,
    )


def test_restored_objects_have_no_connection_until_attached(local: Local) -> None:
    local.server.prepare([Answer(API)])
    api = local.gateway.get_api("a1")
    restored: apigw2.Api = pickle.loads(pickle.dumps(api))  # noqa: S301  # made here
    assert restored.name == "petstore"
    local.server.prepare(then=Answer(API))
    for verb in (restored.get, restored.route("r1").get, restored.get_routes().first):
        with pytest.raises(apigw2.DetachedError):
            verb()
    assert not local.server.requests
    attached = local.gateway.attach(restored)
    assert attached == api
    assert attached.get() == api
    assert attached.route("r1") == api.route("r1")
    with pytest.raises(apigw2.DetachedError):
        restored.get()


def test_an_object_that_a_program_makes_has_no_connection_until_attached(local: Local) -> None:
    route = apigw2.RouteRef(api_id="a1", route_id="r1")
    with pytest.raises(apigw2.DetachedError):
        route.delete()
    local.server.prepare([Answer(status=204)])
    local.gateway.attach(route).delete()
    assert local.server.lines == ["DELETE /v2/apis/a1/routes/r1"]


def test_the_ids_of_an_object_that_a_program_makes_are_checked_in_a_call(local: Local) -> None:
    for wrong in ("", ".", ".."):
        stage = local.off.attach(apigw2.StageRef(api_id="a1", stage_name=wrong))
        with pytest.raises(apigw2.PreflightError, match="stage_name must not be"):
            stage.delete()
    assert not local.server.connections


def test_copies_of_an_object_keep_its_connection(local: Local) -> None:
    local.server.prepare(then=Answer(API))
    api = local.gateway.get_api("a1")
    assert copy.copy(api).get() == copy.deepcopy(api).get() == api


def test_a_pickle_has_no_credentials(local: Local) -> None:
    local.server.prepare(then=Answer(API))
    api = local.gateway.get_api("a1")
    stored = pickle.dumps([api, api.route("r1"), local.gateway.api("a1")])
    assert b"AKIATEST" not in stored
    assert b"secret" not in stored


def test_items_of_a_listing_survive_copies_and_pickles(local: Local) -> None:
    local.server.prepare([page("GetRoutes", 3)])
    routes = [*local.gateway.api("a1").get_routes()]
    assert pickle.loads(pickle.dumps(routes)) == routes  # noqa: S301  # made here
    assert len(routes) == 3


def test_copies_of_every_public_class_are_tested(everything: Everything) -> None:
    found = {type(each).__name__ for each in objects(everything)}
    classes = {n for n in types.__all__ if isinstance(getattr(apigw2, n), type)}
    assert found == {n for n in classes if issubclass(getattr(apigw2, n), (Shape, Reference))}


def test_an_unpickled_gateway_is_detached(gw: apigw2.ApiGatewayV2) -> None:
    again = pickle.loads(pickle.dumps(gw))  # noqa: S301  # made here
    assert repr(again) == "ApiGatewayV2(DETACHED)"
    with pytest.raises(apigw2.DetachedError):
        list(again.get_apis())
