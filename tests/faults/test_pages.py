"""Listings with many pages, with empty pages, and without an end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import apigw2
from tests.support import walk
from tests.support.answers import LISTS, page
from tests.support.calls import bound
from tests.support.server import Answer
from tests.support.strategies import sample_parameters

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.client import Faulty
    from tests.support.server import Request

    Note = Callable[[str, object], None]


def listing(client: Faulty, operation: str) -> apigw2.Listing[Any]:
    parameters = sample_parameters(operation, every=False)
    made: Any = bound(client, operation, parameters)(
        **{
            name: parameters[member]
            for name, member in walk.method(operation).members().items()
            if member in parameters
        }
    )
    assert issubclass(type(made), apigw2.Listing)
    found: apigw2.Listing[Any] = made
    return found


def numbered(operation: str, pages: int) -> Callable[[Request], Answer]:
    """A listing whose tokens are page numbers with characters that URLs must escape."""

    def answer(request: Request) -> Answer:
        token = request.target.rpartition("nextToken=")[2] if "nextToken" in request.target else "0"
        number = int(token.removesuffix("%2F%3D")) + 1
        return page(operation, 1, f"{number}/=" if number < pages else None)

    return answer


def test_ten_thousand_pages_are_fetched_once_each(faulty: Faulty, record_property: Note) -> None:
    faulty.server.prepare(then=numbered("GetRoutes", 10_000))
    assert sum(1 for _ in listing(faulty, "GetRoutes")) == 10_000
    assert len(set(faulty.server.lines)) == len(faulty.server.lines) == 10_000
    record_property("faults tried", 1)
    record_property("ended in success", 1)


@pytest.mark.parametrize("operation", LISTS)
def test_every_listing_crosses_many_pages(
    operation: str, faulty: Faulty, record_property: Note
) -> None:
    faulty.server.prepare(then=numbered(operation, 50))
    listed = listing(faulty, operation)
    items = [*listed]
    assert len(items) == 50
    assert [len(items) for items in listed.pages()] == [1] * 50
    assert len(faulty.server.lines) == 100
    assert listed.first() == items[0]
    assert len(faulty.server.lines) == 101
    record_property("faults tried", 1)
    record_property("ended in success", 1)


@pytest.mark.parametrize("operation", LISTS)
def test_every_listing_skips_empty_pages(
    operation: str, faulty: Faulty, record_property: Note
) -> None:
    empty = [page(operation, 0, f"token{n}") for n in range(3)]
    later = [page(operation, 0, f"later{n}") for n in range(3)]
    faulty.server.prepare([*empty, page(operation, 2, "more"), *later, page(operation, 0)])
    assert [len(items) for items in listing(faulty, operation).pages()] == [2]
    assert len(faulty.server.lines) == 8
    faulty.server.prepare([*empty, page(operation, 0)])
    assert listing(faulty, operation).first() is None
    # Some services end a listing with an empty token.
    faulty.server.prepare([page(operation, 1, "")])
    assert len([*listing(faulty, operation)]) == 1
    record_property("faults tried", 3)
    record_property("ended in success", 3)


@pytest.mark.parametrize("tokens", [["a"], ["a", "b", "c"]], ids=["same", "cycle"])
@pytest.mark.parametrize("operation", LISTS)
def test_a_repeated_token_ends_a_listing_with_an_error(
    operation: str, tokens: list[str], faulty: Faulty, record_property: Note
) -> None:
    faulty.server.prepare([page(operation, 1, token) for token in tokens * 2])
    listed = iter(listing(faulty, operation))
    for _ in range(len(tokens) + 1):
        next(listed)
    with pytest.raises(apigw2.ResponseShapeError, match="a new page token") as caught:
        next(listed)
    assert (caught.value.field, caught.value.value) == ("next_token", "a")
    assert caught.value.operation_name == operation
    assert len(faulty.server.lines) == len(tokens) + 1
    record_property("faults tried", 1)
    record_property("ended in the documented error", 1)


@pytest.mark.parametrize("operation", LISTS)
def test_a_token_of_the_wrong_type_is_an_error(
    operation: str, faulty: Faulty, record_property: Note
) -> None:
    for token in (5, ["a"], {"a": 1}, True):
        faulty.server.prepare([page(operation, 1, token)])
        with pytest.raises(apigw2.ResponseShapeError) as caught:
            listing(faulty, operation).all()
        assert caught.value.field == "next_token"
        record_property("faults tried", 1)
        record_property("ended in the documented error", 1)


@pytest.mark.parametrize("operation", LISTS)
def test_items_of_the_wrong_type_are_an_error(
    operation: str, faulty: Faulty, record_property: Note
) -> None:
    for item in (None, 5, "text", ["list"]):
        whole: Any = page(operation, 2).body
        (name,) = whole
        faulty.server.prepare([Answer({name: [whole[name][0], item]})])
        with pytest.raises(apigw2.ResponseShapeError) as caught:
            listing(faulty, operation).all()
        assert caught.value.field == f"{walk.snake(name)}[1]"
        record_property("faults tried", 1)
        record_property("ended in the documented error", 1)


@pytest.mark.parametrize("operation", LISTS)
def test_a_failure_on_the_second_page_keeps_the_first(
    operation: str, faulty: Faulty, record_property: Note
) -> None:
    """The items before the fault are not lost, and the listing does not end silently."""
    html = Answer(b"<html>proxy</html>")
    faulty.server.prepare([page(operation, 1), page(operation, 1, "more"), html])
    whole = listing(faulty, operation).all()
    listed = iter(listing(faulty, operation))
    assert (next(listed),) == whole
    with pytest.raises(apigw2.ResponseShapeError):
        next(listed)
    record_property("faults tried", 1)
    record_property("ended in the documented error", 1)
