"""Every list operation fetches pages as they are needed, up to the last."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

import apigw2
from tests.model import checks
from tests.support import walk
from tests.support.calls import arguments, bound, is_listing
from tests.support.server import Answer
from tests.support.strategies import sample_parameters, wire_sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.wire import Service

pytestmark = pytest.mark.parametrize("operation", checks.LISTS)


def test_a_list_operation_returns_a_listing(operation: str) -> None:
    assert walk.listed(walk.method(operation).hints["return"])


def page(operation: str, names: Sequence[str], token: str | None) -> Answer:
    """A page of items with these ids."""
    found = walk.pages(operation)
    assert found
    member, shape = found
    own = owner_id(operation)
    items = [{**wire_sample(shape), own: name} for name in names]
    wire = walk.wire_name(operation, member)
    return Answer({wire: items} | ({} if token is None else {"nextToken": token}))


def owner_id(operation: str) -> str:
    resource = walk.subject(operation)
    assert resource
    head, *tail = resource.identity[-1].split("_")
    return head + "".join(part.capitalize() for part in tail)


def listing(service: Service, operation: str) -> apigw2.Listing[Any]:
    parameters = sample_parameters(operation)
    made = bound(service, operation, parameters)(**arguments(operation, parameters))
    assert is_listing(made)
    return made


def ids(operation: str, items: Sequence[object]) -> list[str]:
    resource = walk.subject(operation)
    assert resource
    return [getattr(item, resource.identity[-1]) for item in items]


def tokens(service: Service) -> list[str | None]:
    """The page tokens that were sent. Nothing else may change from page to page."""
    sent = [dict(part.split("=") for part in request.query) for request in service.requests]
    found = [query.pop("nextToken", None) for query in sent]
    assert all(query == sent[0] and query["maxResults"] == "7" for query in sent)
    return found


def test_iteration_continues_after_empty_pages(service: Service, operation: str) -> None:
    pages = [
        page(operation, ["a1", "b2"], "t1"),
        page(operation, [], "t2"),
        page(operation, ["c3"], "t3"),
        page(operation, [], None),
    ]
    service.answer(*pages)
    items = listing(service, operation)
    assert not service.requests, "a listing makes no request until it is iterated"
    assert ids(operation, [*items]) == ["a1", "b2", "c3"]
    assert tokens(service) == [None, "t1", "t2", "t3"]
    service.answer(*pages)
    parts = [*items.pages()]
    assert [ids(operation, part) for part in parts] == [["a1", "b2"], ["c3"]]
    cls = walk.listed(walk.method(operation).hints["return"])
    assert all(type(item) is cls for part in parts for item in part)


def test_an_empty_page_token_ends_a_listing(service: Service, operation: str) -> None:
    service.answer(page(operation, ["a1"], ""))
    assert ids(operation, [*listing(service, operation)]) == ["a1"]


def test_first_fetches_pages_up_to_the_first_item(service: Service, operation: str) -> None:
    service.answer(page(operation, [], "t1"), page(operation, ["a1", "b2"], "t2"))
    assert ids(operation, [listing(service, operation).first()]) == ["a1"]
    service.answer(page(operation, [], None))
    assert listing(service, operation).first() is None


def test_a_page_is_fetched_when_its_items_are_needed(service: Service, operation: str) -> None:
    service.answer(page(operation, ["a1", "b2"], "t1"), page(operation, ["c3"], None))
    items = iter(listing(service, operation))
    assert ids(operation, [*islice(items, 2)]) == ["a1", "b2"]
    assert len(service.requests) == 1
    assert ids(operation, [*items]) == ["c3"]


@pytest.mark.parametrize("repeated", [["t1", "t1"], ["t1", "t2", "t1"]], ids=len)
def test_a_repeated_page_token_is_an_error(
    service: Service, operation: str, repeated: list[str]
) -> None:
    service.answer(*(page(operation, ["a1"], token) for token in repeated))
    items = iter(listing(service, operation))
    assert ids(operation, [*islice(items, len(repeated))]) == ["a1"] * len(repeated)
    with pytest.raises(apigw2.ResponseShapeError, match=rf"{operation}.*next_token.*'t1'"):
        next(items)
