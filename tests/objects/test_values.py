"""Absent values, equality, hash and repr of typed objects."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import apigw2
from apigw2._objects.values import ABSENT_MAP, ABSENT_TUPLE, is_set
from tests.support.local import API, ROUTE, Local
from tests.support.server import Answer


def route(**fields: Any) -> apigw2.Route:  # noqa: ANN401  # any field
    required: Any = {"api_id": "a1", "route_id": "r1", "route_key": "GET /"}
    return apigw2.Route(**{**required, **fields})


def test_absent_collections_read_as_empty() -> None:
    bare = route()
    assert bare.authorization_scopes == ()
    assert dict(bare.request_models) == {}
    assert bare.target is None
    assert not is_set(bare.authorization_scopes)
    assert not is_set(bare.request_models)
    assert is_set(())
    assert is_set({})
    assert all(is_set(value) for value in (False, 0, ""))


def test_to_dict_and_repr_distinguish_absent_from_empty(local: Local) -> None:
    empty: dict[str, object] = {"authorizationScopes": [], "requestModels": {}}
    local.server.prepare([Answer(ROUTE), Answer({**ROUTE, **empty})])
    reference = local.gateway.api("a1").route("r1")
    absent, there = reference.get(), reference.get()
    assert absent == there
    assert absent.to_dict() == {"RouteId": "r1", "RouteKey": "GET /pets"}
    assert there.to_dict() == {
        "RouteId": "r1",
        "RouteKey": "GET /pets",
        "AuthorizationScopes": [],
        "RequestModels": {},
    }
    assert "authorization_scopes=()" in repr(there)
    assert "authorization_scopes" not in repr(absent)


def test_null_in_a_response_means_absent(local: Local) -> None:
    nulls = {"authorizationScopes": None, "requestModels": None, "target": None}
    local.server.prepare([Answer({**ROUTE, **nulls})])
    seen = local.gateway.api("a1").route("r1").get()
    assert not is_set(seen.authorization_scopes)
    assert not is_set(seen.request_models)
    assert seen.target is None


def test_an_absent_map_is_read_only() -> None:
    absent: Any = ABSENT_MAP
    with pytest.raises(TypeError, match="read-only"):
        absent["a"] = 1
    assert not ABSENT_MAP
    assert ABSENT_TUPLE == ()


def test_equality_is_by_data_not_by_connection(local: Local) -> None:
    here, there = local.gateway.api("a1"), local.off.api("a1")
    assert here == there
    assert hash(here) == hash(there)
    assert here != local.gateway.api("a2")
    assert route() == route()
    assert route() != route(target="integrations/i1")


def test_objects_of_different_classes_are_not_equal() -> None:
    reference = apigw2.RouteRef(api_id="a1", route_id="r1")
    assert reference != route()
    assert route() != reference
    assert reference != ("a1", "r1")
    assert apigw2.Cors() != apigw2.TlsConfig()
    assert (apigw2.Cors() == 5) is False


def test_hash_is_by_identity() -> None:
    assert hash(route()) == hash(route(target="integrations/i1"))
    assert len({route(), route(target="x"), route(route_id="r2")}) == 3
    assert len({apigw2.Cors(max_age=1), apigw2.Cors(max_age=1), apigw2.Cors(max_age=2)}) == 2
    # A map among the fields does not prevent it.
    hash(route(request_models={"a": "b"}, extra={"new": []}))
    assert hash(apigw2.Cors(max_age=1, extra={"a": []})) == hash(apigw2.Cors(max_age=1))


def test_repr_shows_fields_that_are_set() -> None:
    assert repr(apigw2.Cors()) == "Cors()"
    assert repr(apigw2.Cors(max_age=0, allow_origins=[])) == "Cors(allow_origins=(), max_age=0)"
    assert repr(route(extra={"New": 1})) == (
        "Route(api_id='a1', route_id='r1', route_key='GET /', extra={'New': 1})"
    )
    assert repr(apigw2.RouteRef(api_id="a1", route_id="r1")) == (
        "RouteRef(api_id='a1', route_id='r1')"
    )


def test_fields_cannot_be_assigned() -> None:
    frozen: Any = route()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        frozen.target = "x"
    with pytest.raises(AttributeError):
        frozen.no_such_field = 1


def test_a_mapping_that_contains_itself_is_an_error_of_its_field() -> None:
    circular: dict[str, Any] = {}
    circular["more"] = circular
    with pytest.raises(
        ValueError, match=r"^Cors\(\): extra: nested too deeply, or contains itself$"
    ):
        apigw2.Cors(extra=circular)


def test_lists_become_tuples_and_strings_are_refused(local: Local) -> None:
    cors = apigw2.Cors(allow_origins=["*"], allow_methods=("GET",))
    assert cors.allow_origins == ("*",)
    assert cors.allow_methods == ("GET",)
    # A string is a sequence too, but surely a mistake. The call names the field.
    bare: Any = "*"
    with pytest.raises(TypeError, match="allow_origins"):
        local.gateway.api("a1").update(cors_configuration=apigw2.Cors(allow_origins=bare))
    number: Any = 5
    with pytest.raises(TypeError, match="allow_origins"):
        local.gateway.api("a1").update(cors_configuration=apigw2.Cors(allow_origins=number))


def test_unknown_fields_of_a_response_are_kept_in_extra(local: Local) -> None:
    local.server.prepare([Answer({**API, "newField": {"inside": [1]}})])
    api = local.gateway.get_api("a1")
    assert api.extra == {"NewField": {"inside": [1]}}
    assert api.to_dict()["NewField"] == {"inside": [1]}


def test_the_extra_fields_of_a_value_type_are_sent(local: Local) -> None:
    """A field that the library does not have can be sent if botocore knows it."""
    local.server.prepare([Answer(API)])
    cors = apigw2.Cors(extra={"MaxAge": 5})
    local.gateway.api("a1").update(cors_configuration=cors)
    assert local.server.requests[0].json == {"corsConfiguration": {"maxAge": 5}}


def test_an_object_of_the_right_class_is_sent_as_its_id(local: Local) -> None:
    local.server.prepare([Answer({"stageName": "prod"})])
    api = local.gateway.api("a1")
    api.stage("prod").update(deployment_id=api.deployment("d1"))
    assert local.server.requests[0].json == {"deploymentId": "d1"}
    wrong: Any = api.route("r1")
    with pytest.raises(TypeError, match="deployment_id: expected Deployment or an id"):
        api.stage("prod").update(deployment_id=wrong)
