"""Bounds of numbers and of the lengths of strings."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.model import Shape as ModelShape

# The service model has no bounds for most strings and some integers. Their shapes are named after
# the bounds instead: `StringWithLengthBetween1And64`, `IntegerWithLengthBetweenMinus1And86400`.
_BOUNDS_IN_NAME: Final = re.compile(r"Between(Minus)?(\d+)And(\d+)(K?)")


@attrs.frozen
class Bounds:
    """The minimum and maximum of a number, or of the length of a string.

    Attributes:
        minimum: The minimum.
        maximum: The maximum.
        in_bytes: Whether a string is measured in bytes of UTF-8, not in characters.
    """

    minimum: float = -math.inf
    maximum: float = math.inf
    in_bytes: bool = False


CORRECTIONS: Final[Mapping[str, Bounds]] = {
    # terraform-provider-aws, *_tags_gen_test.go, EmptyTag: the value may be empty.
    "Tags.value": Bounds(0, 1600),
    # Developer guide, quotas of HTTP APIs: 3 KB.
    "AccessLogSettings.Format": Bounds(1, 3072, in_bytes=True),
    # aws-cdk, ParameterMapping.removeHeader, and the developer guide: `{"remove:header.x": ""}`.
    "IntegrationParameters.value": Bounds(0, 512),
    # aws-cdk, WebSocketMockIntegration, sends `""`, which means none.
    "CreateIntegrationRequest.IntegrationUri": Bounds(0, 2048),
    # A scope may be a URL; no rejection of a long one is known.
    "AuthorizationScopes.member": Bounds(1),
}
"""Bounds that AWS applies and that differ from the service model, by shape and member.

The member is `value` for the values of a map, and `member` for the items of a list.
"""


def bounds(shape: ModelShape, place: str = "") -> Bounds:
    """Return the bounds of a scalar.

    If the shape's metadata and its name both have bounds, the narrower ones apply.

    Args:
        shape: The shape.
        place: Where it is used, as in `CORRECTIONS`.
    """
    if place in CORRECTIONS:
        return CORRECTIONS[place]
    minimum = shape.metadata.get("min", -math.inf)
    maximum = shape.metadata.get("max", math.inf)
    named = _BOUNDS_IN_NAME.search(shape.name)
    if named is None:
        return Bounds(minimum, maximum)
    minus, low, high, kilo = named.groups()
    return Bounds(
        max(minimum, int(low) * (-1 if minus else 1)),
        min(maximum, int(high) * (1024 if kilo else 1)),
    )
