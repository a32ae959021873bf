"""Cases of a rule, and short ways to write them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tests.support.caller import Call


@attrs.frozen
class Case:
    """Calls that break a rule, and calls that do not."""

    breaks: Sequence[Call]
    fits: Sequence[Call]


def each(method: Callable[..., object], **values: Iterable[object]) -> list[Call]:
    """One call of a `Caller`'s method for each value of a parameter."""
    ((name, choices),) = values.items()
    return [partial(method, **{name: value}) for value in choices]


def only(method: Callable[..., object], other: Callable[..., object], **value: object) -> Case:
    """A parameter that breaks a rule for APIs of one protocol, and none for the other's.

    Args:
        method: The `Caller`'s method for an API whose protocol does not support the parameter.
        other: Its method for the other protocol.
        **value: The parameter.
    """
    return Case([partial(method, **value)], [method, partial(other, **value)])


def numbered(count: int) -> dict[str, str]:
    """A map of this many entries."""
    return {f"k{number}": "v" for number in range(count)}
