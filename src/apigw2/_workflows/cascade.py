"""Deleting an object together with the objects that refer to it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Protocol

from apigw2.errors import CascadeError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Deletable(Protocol):
    """A reference to something that can be deleted."""

    def delete(self) -> None: ...


def delete_with(target: object, delete: Callable[[], None], first: Sequence[Deletable]) -> None:
    """Delete the objects that refer to a target, then the target.

    Args:
        target: The object.
        delete: Deletes the target.
        first: The objects that refer to it.

    Raises:
        CascadeError: A delete failed after others had succeeded.
    """
    done: list[object] = []
    try:
        for reference in first:
            with contextlib.suppress(NotFoundError):  # somebody else deleted it
                reference.delete()
            done.append(reference)
        delete()
    except Exception as error:
        if not first:
            raise
        raise CascadeError(done, [*first[len(done) :], target]) from error
