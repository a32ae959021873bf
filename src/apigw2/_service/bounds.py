"""Bounds of numbers and of text lengths, where the service model states or hides them."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from botocore.model import Shape as ModelShape

# botocore knows no bounds for most strings and some integers. AWS keeps them in the names of the
# shapes, such as `StringWithLengthBetween1And64` or `IntegerWithLengthBetweenMinus1And86400`.
_BOUNDS_IN_NAME: Final = re.compile(r"Between(Minus)?(\d+)And(\d+)(K?)")

UNBOUNDED: Final = (-math.inf, math.inf)


def bounds(shape: ModelShape) -> tuple[float, float]:
    """Return the minimum and maximum of a number, or of the length of a text.

    Where the shape's metadata and its name both have bounds, the narrower ones count.
    """
    minimum = shape.metadata.get("min", -math.inf)
    maximum = shape.metadata.get("max", math.inf)
    named = _BOUNDS_IN_NAME.search(shape.name)
    if named is None:
        return minimum, maximum
    minus, low, high, kilo = named.groups()
    return (
        max(minimum, int(low) * (-1 if minus else 1)),
        min(maximum, int(high) * (1024 if kilo else 1)),
    )
