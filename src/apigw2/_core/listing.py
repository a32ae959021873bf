"""Lists that cross pages by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from apigw2.errors import ResponseShapeError

if TYPE_CHECKING:
    from apigw2._core.shape import Reference

T_co = TypeVar("T_co", covariant=True)


class _Fetched(tuple[T_co, ...]):
    """All objects of a listing: a tuple that notebooks show as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str | None:
        from apigw2._core.display import table_of_all  # noqa: PLC0415  # programs never need it

        return table_of_all(cast("Sequence[Reference]", self)) if self else None


class Listing(Generic[T_co]):
    """The objects of a list operation, fetched page by page while they are iterated.

    Making one costs no request. Each iteration starts from the first page and sees the service's
    state of that moment; nothing is kept. So a notebook that shows a listing has nothing to show
    of its objects, and makes no request for them either; call the listing, and what it returns
    is shown as a table.

    Example:
        >>> for route in api.get_routes():
        ...     print(route.route_key)
        >>> newest = api.get_deployments(page_size=1).first()
        >>> api.get_routes()()  # a tuple; in a notebook, a table
    """

    __slots__ = ("_fetch", "_operation", "_resource")

    def __init__(
        self,
        operation: str,
        resource: str,
        fetch: Callable[[str | None], tuple[tuple[T_co, ...], str | None]],
    ) -> None:
        self._operation = operation
        self._resource = resource
        self._fetch = fetch

    def pages(self) -> Iterator[tuple[T_co, ...]]:
        """Yield the objects of one response at a time; empty pages are passed over.

        Raises:
            ResponseShapeError: The service sent a page token again, which would never end.
        """
        token: str | None = None
        seen: set[str] = set()
        while True:
            items, token = self._fetch(token)
            if items:
                yield items
            if not token:
                return
            if token in seen:
                raise ResponseShapeError(self._operation, "next_token", "a new page token", token)
            seen.add(token)

    def first(self) -> T_co | None:
        """The first object, or `None` where there is none. Fetches no more pages than needed."""
        return next(iter(self), None)

    def __call__(self) -> tuple[T_co, ...]:
        """Fetch every object of every page now: a listing is a call that others can make.

        Returns:
            The objects. A notebook shows them as a table.
        """
        return _Fetched(self)

    def __iter__(self) -> Iterator[T_co]:
        """Yield every object of every page, in the service's order."""
        for page in self.pages():
            yield from page

    def __repr__(self) -> str:
        """What it lists, and how to fetch it; makes no request."""
        where = f" of {self._resource}" if self._resource else ""
        return f"<Listing {self._operation}{where}; iterate or call it to fetch>"
