"""Lists with automatic paging."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

from apigw2._objects.type_hints import is_encodable
from apigw2.errors import ResponseShapeError

if TYPE_CHECKING:
    from typing_extensions import Self

    from apigw2._objects.display import Printer

T_co = TypeVar("T_co", covariant=True)


class Fetched(tuple[T_co, ...]):
    """The objects of a listing: a tuple that notebooks, IPython and rich show as a table."""

    __slots__ = ()

    if not TYPE_CHECKING:  # the annotations of `tuple` hold

        def __getitem__(self, index: Any) -> Any:
            """A slice is displayed as a table too."""
            found = super().__getitem__(index)
            return Fetched(found) if isinstance(index, slice) else found

    def _repr_html_(self) -> str | None:
        from apigw2._objects.tables import html_of  # noqa: PLC0415  # programs never need it

        return html_of(self) if self else None

    def __rich__(self) -> object:
        from apigw2._objects.tables import rich_of  # noqa: PLC0415  # programs never need it

        return rich_of(self) if self else "()"

    def _repr_pretty_(self, p: Printer, cycle: bool) -> None:  # noqa: ARG002, FBT001  # IPython's
        from apigw2._objects.tables import text_of  # noqa: PLC0415  # programs never need it

        # Inside another object, such as the tuple of `gather`, a table would be out of line.
        table = text_of(self) if self and len(p.stack) == 1 else None
        p.text(repr(self) if table is None else f"\n{table}")


class Listing(Generic[T_co]):
    """The objects of a list operation, fetched page by page during iteration.

    Creating a listing makes no request. Each iteration starts from the first page and keeps
    nothing, so it reflects the current state of the service. `all()` fetches everything now and
    returns a tuple.

    A listing has no truth value, no length and no index, because each would hide a request:
    each raises a `TypeError` that suggests the alternative.

    Example:
        >>> for route in api.get_routes():
        ...     print(route.route_key)
        >>> newest = api.get_deployments(page_size=1).first()
        >>> api.get_routes().all()  # a tuple, displayed as a table
    """

    __slots__ = ("__weakref__", "_fetch", "_operation", "_resource")

    def __init__(
        self,
        operation: str,
        resource: Callable[[], str],
        fetch: Callable[[str | None], tuple[tuple[T_co, ...], str | None]],
    ) -> None:
        self._operation = operation
        self._resource = resource
        self._fetch = fetch

    def pages(self) -> Iterator[tuple[T_co, ...]]:
        """Yield the objects of one response at a time; empty pages are skipped.

        Raises:
            ResponseShapeError: The service repeated a page token, which would loop forever.
        """
        __tracebackhide__ = True  # IPython and pytest do not show this frame
        token: str | None = None
        seen: set[str] = set()
        while True:
            items, token = self._fetch(token)
            if items:
                yield items
            if not token:
                return
            if not is_encodable(token):
                expected = "a page token without lone surrogates"
                raise ResponseShapeError(self._operation, "next_token", expected, token)
            if token in seen:
                raise ResponseShapeError(self._operation, "next_token", "a new page token", token)
            seen.add(token)

    def first(self) -> T_co | None:
        """Return the first object or `None`; fetches no more pages than needed."""
        __tracebackhide__ = True
        return next(iter(self), None)

    def all(self) -> tuple[T_co, ...]:
        """Fetch every object of every page now.

        Returns:
            The objects. Notebooks, and with `apigw2[rich]` also IPython and `rich.print`, show them
            as a table of the fields that matter most.
        """
        __tracebackhide__ = True
        return Fetched(self)

    def __iter__(self) -> Iterator[T_co]:
        """Yield every object of every page, in the service's order."""
        return chain.from_iterable(self.pages())

    if not TYPE_CHECKING:
        # Type checkers report `len(listing)` and `listing[0]`, because they see no such methods.
        # They report `bool(listing)` because `__bool__` never returns.
        def __len__(self) -> NoReturn:
            """A listing has no length before it is fetched."""
            raise self._not_fetched("length", "len(listing.all())")

        def __getitem__(self, _: object) -> NoReturn:
            """A listing has no index before it is fetched."""
            raise self._not_fetched("index", "listing.first() or listing.all()[i]")

    def __bool__(self) -> NoReturn:
        """A listing has no truth value before it is fetched."""
        raise self._not_fetched("truth value", "listing.first() is not None")

    def _not_fetched(self, missing: str, instead: str) -> TypeError:
        # Short, because `list(listing)` asks for the length, and ignores the error.
        return TypeError(
            f"the listing of {self._operation} has no {missing}, because it is not fetched yet; "
            f"write {instead}"
        )

    def __copy__(self) -> Self:
        """A listing keeps nothing, so a copy is the listing itself."""
        return self

    def __deepcopy__(self, _: object) -> Self:
        """A listing keeps nothing, so a copy is the listing itself."""
        return self

    def __reduce__(self) -> NoReturn:
        """A listing holds the client of its gateway, which cannot leave its process."""
        msg = (
            f"{self!r} cannot be pickled or sent to another process, because it holds the client "
            "of its gateway; send a function that makes a gateway there, or the objects (.all())"
        )
        raise TypeError(msg)

    def __repr__(self) -> str:
        """The operation and how to fetch the objects; makes no request."""
        resource = self._resource()
        where = f" of {resource}" if resource else ""
        return f"<Listing {self._operation}{where}; iterate or call .all() to fetch>"
