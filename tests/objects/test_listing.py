"""Listings: lazy, repeatable, page by page."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

import apigw2
from tests.support.local import MISSING, ROUTE, Local
from tests.support.server import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence


def pages(*ids: Sequence[str]) -> list[Answer]:
    """One page for each group of ids."""
    made = [[{**ROUTE, "routeId": own} for own in group] for group in ids]
    tokens = [f"token{n}" for n in range(1, len(ids))]
    return [
        Answer({"items": items, "nextToken": token})
        for items, token in zip(made, [*tokens, None], strict=True)
    ]


def test_a_listing_makes_no_request_before_it_is_iterated(local: Local) -> None:
    routes = local.gateway.api("a1").get_routes()
    assert repr(routes).startswith("<Listing GetRoutes of ApiRef(api_id='a1')")
    assert repr(local.gateway.get_apis()).startswith("<Listing GetApis")
    iter(routes)
    routes.pages()
    assert not local.server.connections


def test_iteration_crosses_pages_and_can_be_repeated(local: Local) -> None:
    routes = local.gateway.api("a1").get_routes(page_size=2)
    for _ in range(2):
        local.server.prepare(pages(["r1", "r2"], ["r3"]))
        assert [route.route_id for route in routes] == ["r1", "r2", "r3"]
        assert local.server.lines == [
            "GET /v2/apis/a1/routes?maxResults=2",
            "GET /v2/apis/a1/routes?maxResults=2&nextToken=token1",
        ]


def test_pages_are_fetched_one_at_a_time(local: Local) -> None:
    local.server.prepare(pages(["r1"], ["r2"], ["r3"]))
    routes = iter(local.gateway.api("a1").get_routes())
    for count in (1, 2, 3):
        next(routes)
        assert len(local.server.requests) == count


def test_first_fetches_pages_up_to_the_first_item(local: Local) -> None:
    routes = local.gateway.api("a1").get_routes()
    local.server.prepare(pages([], ["r1"], ["r2"]))
    first = routes.first()
    assert first is not None
    assert first.route_id == "r1"
    assert len(local.server.requests) == 2
    local.server.prepare(pages([]))
    assert routes.first() is None


def test_pages_are_tuples_and_empty_pages_are_skipped(local: Local) -> None:
    local.server.prepare(pages(["r1", "r2"], [], ["r3"]))
    found = [*local.gateway.api("a1").get_routes().pages()]
    assert [[route.route_id for route in page] for page in found] == [["r1", "r2"], ["r3"]]
    assert all(isinstance(page, tuple) for page in found)


def test_two_iterations_of_a_listing_are_independent(local: Local) -> None:
    local.server.prepare([*pages(["r1"], ["r2"])[:1] * 2, *pages(["r1"], ["r2"])[1:] * 2])
    routes = local.gateway.api("a1").get_routes()
    assert [(a.route_id, b.route_id) for a, b in zip(routes, routes, strict=True)] == [
        ("r1", "r1"),
        ("r2", "r2"),
    ]


def test_all_returns_every_object_as_a_tuple(local: Local) -> None:
    local.server.prepare(pages(["r1"], ["r2"]))
    routes = local.gateway.api("a1").get_routes().all()
    assert [route.route_id for route in routes] == ["r1", "r2"]


def test_items_have_their_parents_ids_and_working_methods(local: Local) -> None:
    local.server.prepare(pages(["r1"]))
    (route,) = local.gateway.api("a1").get_routes()
    assert route.api_id == "a1"
    local.server.prepare([Answer(status=204)])
    route.delete()
    assert local.server.lines == ["DELETE /v2/apis/a1/routes/r1"]


def test_page_size_is_a_number_in_every_operation(local: Local) -> None:
    """Its type on the wire differs from operation to operation."""
    local.server.prepare(then=Answer({}))
    domain = local.gateway.domain_name("api.example.com")
    assert not [*domain.list_routing_rules(page_size=7)]
    assert not [*domain.get_api_mappings(page_size=7)]
    assert all(line.endswith("maxResults=7") for line in local.server.lines)


def test_a_listing_has_no_truth_value_length_or_index_and_says_what_to_write(local: Local) -> None:
    routes: Any = local.gateway.api("a1").get_routes()
    with pytest.raises(TypeError, match=r"has no truth value, .* write listing.first\(\) is not"):
        bool(routes)
    with pytest.raises(TypeError, match=r"has no length, .* write len\(listing.all\(\)\)"):
        len(routes)
    with pytest.raises(TypeError, match=r"has no index, .* write listing.first\(\) or listing.all"):
        routes[0]
    assert not local.server.connections


def test_a_copy_of_a_listing_is_the_listing(local: Local) -> None:
    listing = local.gateway.get_apis()
    assert copy.copy(listing) is listing
    assert copy.deepcopy({"apis": listing})["apis"] is listing
    assert not local.server.requests


def test_an_error_of_a_listing_is_raised_when_it_is_fetched(local: Local) -> None:
    local.server.prepare([MISSING])
    routes = local.gateway.api("a1").get_routes()
    with pytest.raises(apigw2.NotFoundError):
        routes.all()
