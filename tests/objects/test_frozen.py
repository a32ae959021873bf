"""Snapshots and values cannot change, at any depth, and share no containers with the caller."""

from __future__ import annotations

import copy
import json
import pickle
from typing import TYPE_CHECKING, Any, Final

import pytest

import apigw2
from apigw2._objects.frozen import FrozenDict, FrozenList
from apigw2._objects.values import ABSENT_MAP
from tests.support.local import API, ROUTE
from tests.support.server import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.local import Local

CHANGES: Final[dict[str, Callable[[Any], object]]] = {
    "update": lambda m: m.update({"a": "b"}),
    "setdefault": lambda m: m.setdefault("a", "b"),
    "pop": lambda m: m.pop("a", None),
    "popitem": lambda m: m.popitem(),
    "clear": lambda m: m.clear(),
    "set an item": lambda m: m.__setitem__("a", "b"),
    "delete an item": lambda m: m.__delitem__("a"),
    "merge in place": lambda m: m.__ior__({"a": "b"}),
}
LIST_CHANGES: Final[dict[str, Callable[[Any], object]]] = {
    "append": lambda items: items.append(1),
    "clear": lambda items: items.clear(),
    "extend": lambda items: items.extend([1]),
    "insert": lambda items: items.insert(0, 1),
    "pop": lambda items: items.pop(),
    "remove": lambda items: items.remove(1),
    "reverse": lambda items: items.reverse(),
    "sort": lambda items: items.sort(),
    "set an item": lambda items: items.__setitem__(0, 2),
    "delete an item": lambda items: items.__delitem__(0),
    "extend in place": lambda items: items.__iadd__([2]),
    "repeat in place": lambda items: items.__imul__(2),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
@pytest.mark.parametrize("present", [True, False], ids=["present", "absent"])
def test_a_map_of_a_snapshot_cannot_change(
    present: bool,  # noqa: FBT001  # pytest passes parameters by name
    change: Callable[[Any], object],
    local: Local,
) -> None:
    tags = {"tags": {"a": "1"}} if present else {}
    local.server.prepare([Answer({**API, **tags})])
    api = local.gateway.get_api("a1")
    with pytest.raises(TypeError, match="read-only"):
        change(api.tags)
    assert api.tags == ({"a": "1"} if present else {})
    assert ABSENT_MAP == {}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_unknown_fields_cannot_change_at_any_depth(
    change: Callable[[Any], object], local: Local
) -> None:
    local.server.prepare([Answer({**ROUTE, "newField": {"inner": [{"a": "1"}]}})])
    route = local.gateway.api("a1").get_route("r1")
    new: Any = route.extra["NewField"]
    for inside in (route.extra, new, new["inner"][0]):
        with pytest.raises(TypeError, match="read-only"):
            change(inside)
    assert route.extra == {"NewField": {"inner": [{"a": "1"}]}}
    assert json.loads(json.dumps(route.extra)) == route.extra


@pytest.mark.parametrize("change", LIST_CHANGES.values(), ids=list(LIST_CHANGES))
def test_a_list_inside_an_unknown_field_cannot_change(
    change: Callable[[Any], object],
) -> None:
    cors = apigw2.Cors(extra={"New": [1]})
    new: Any = cors.extra["New"]
    with pytest.raises(TypeError, match="read-only"):
        change(new)
    assert cors.extra == {"New": [1]}


def test_a_value_copies_the_maps_that_it_is_made_from() -> None:
    given = {"inner": [1]}
    cors = apigw2.Cors(extra={"New": given})
    given["inner"].append(2)
    assert cors.extra == {"New": {"inner": [1]}}
    tags = {"a": "b"}
    link = apigw2.VpcLink(vpc_link_id="v1", name="x", tags=tags)
    tags["a"] = "c"
    assert link.tags == {"a": "b"}


def test_changing_the_dict_of_a_snapshot_leaves_the_snapshot_unchanged(local: Local) -> None:
    local.server.prepare([Answer({**API, "tags": {"a": "1"}, "newField": {"inner": [1]}})])
    api = local.gateway.get_api("a1")
    as_dict: Any = api.to_dict()
    as_dict["Tags"]["b"] = "2"
    as_dict["NewField"]["inner"].append(2)
    assert (api.tags, api.extra) == ({"a": "1"}, {"NewField": {"inner": [1]}})


@pytest.mark.parametrize("frozen", [FrozenDict({"a": [1]}), FrozenList([1])], ids=["dict", "list"])
def test_read_only_containers_copy_and_pickle_as_themselves(frozen: object) -> None:
    for again in (copy.deepcopy(frozen), pickle.loads(pickle.dumps(frozen))):  # noqa: S301  # made here
        assert again == frozen
        assert type(again) is type(frozen)
    assert copy.copy(frozen) is frozen


def test_read_only_containers_are_hashable_if_their_items_are() -> None:
    assert hash(FrozenDict({"a": "b", "c": "d"})) == hash(FrozenDict({"c": "d", "a": "b"}))
    assert hash(FrozenList([1])) == hash(FrozenList([1]))
    assert hash(copy.deepcopy(ABSENT_MAP)) == hash(ABSENT_MAP)
    with pytest.raises(TypeError, match="unhashable"):
        hash(FrozenDict({"a": []}))


def test_an_older_pickle_reads_its_missing_fields_as_absent() -> None:
    route = apigw2.Route(api_id="a1", route_id="r1", route_key="GET /pets")
    older: apigw2.Route = object.__new__(apigw2.Route)
    state = {"api_id": "a1", "route_id": "r1", "route_key": "GET /pets"}
    setstate: Any = getattr(older, "__setstate__")  # noqa: B009  # attrs writes it
    setstate(state)
    assert older == route
    assert older.to_dict() == route.to_dict()
    with pytest.raises(AttributeError, match="'Route' object has no attribute 'colour'"):
        getattr(older, "colour")  # noqa: B009  # type checkers refuse the attribute
