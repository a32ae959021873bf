"""Deleting an object together with the objects that refer to it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, Protocol

from apigw2._objects.references import Owner, connection_of
from apigw2._wire.retries import logger
from apigw2.errors import CascadeError, NotFoundError, ResourceInUseError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


# Seconds before each attempt after the first, 30 in all. The service still counts routes that were
# deleted a moment ago (terraform-provider-aws PR#37732, for authorizers).
_PAUSES: Final = (1, 2, 4, 8, 15)


class Deletable(Protocol):
    """A reference to a resource that can be deleted."""

    def delete(self, *, missing_ok: bool = False) -> bool: ...


class Referenced(Owner, Protocol):
    """A reference to a resource that other resources refer to."""

    def referenced_by(self) -> Sequence[Deletable]: ...


def delete_with(
    target: Referenced, delete: Callable[[], None], *, cascade: bool, missing_ok: bool
) -> bool:
    """Delete an object, and first the objects that refer to it if `cascade` is set.

    If the service still counts objects that were just deleted, the last delete is retried for 30
    seconds. If no reference was deleted, the delete is not retried.

    Args:
        target: The object.
        delete: Deletes the object itself.
        cascade: Whether to delete what `referenced_by` lists.
        missing_ok: Whether to return `False` if the object does not exist.

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
            reference.delete(missing_ok=True)  # it may already be deleted
            done.append(reference)
        _delete_unreferenced(delete, pauses=_PAUSES if first else (), target=target)
    except Exception as error:
        if missing_ok and isinstance(error, NotFoundError):
            return False
        if not first:
            raise
        raise CascadeError(done, [*first[len(done) :], target]) from error
    return True


def _delete_unreferenced(
    delete: Callable[[], None], *, pauses: Sequence[float], target: Referenced
) -> None:
    for pause in pauses:
        with contextlib.suppress(ResourceInUseError):
            delete()
            return
        logger.warning("%r is still in use; another attempt follows in %.1f s", target, pause)
        connection_of(target).sleep(pause)
    delete()
