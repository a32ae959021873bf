"""Deleting an object together with the objects that refer to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from apigw2.errors import CascadeError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Deletable(Protocol):
    """A reference to something that can be deleted."""

    def delete(self, *, missing_ok: bool = False) -> bool: ...


class Referenced(Protocol):
    """A reference to something that other objects refer to."""

    def referenced_by(self) -> Sequence[Deletable]: ...


def delete_with(
    target: Referenced, delete: Callable[[], None], *, cascade: bool, missing_ok: bool
) -> bool:
    """Delete an object, and first the objects that refer to it if `cascade` is set.

    Args:
        target: The object.
        delete: Deletes the object itself.
        cascade: Whether to delete what `referenced_by` lists.
        missing_ok: Whether an object that does not exist is fine.

    Returns:
        Whether the object existed.

    Raises:
        CascadeError: A delete failed after others had succeeded.
    """
    first: Sequence[Deletable] = ()
    done: list[object] = []
    try:
        if cascade:
            first = target.referenced_by()
        for reference in first:
            reference.delete(missing_ok=True)  # somebody else may have deleted it
            done.append(reference)
        delete()
    except Exception as error:
        if missing_ok and isinstance(error, NotFoundError):
            return False
        if not first:
            raise
        raise CascadeError(done, [*first[len(done) :], target]) from error
    return True
