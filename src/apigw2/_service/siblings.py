"""Members that an update must carry beside others, though their values do not change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@attrs.frozen(eq=False, repr=False)
class Sibling:
    """A member that the service requires beside another one.

    Attributes:
        member: The member to send, with the value that a snapshot has.
        beside: The member that requires it, unless that one is cleared by `""`; `None` for any.
        values: The values that are sent. Others would not help, or would be wrong.
        unless: Members that make it another kind of object, for which the old value is wrong.
    """

    member: str
    beside: str | None = None
    values: frozenset[str] | None = None
    unless: frozenset[str] = frozenset()


REQUIRED_SIBLINGS: Final[Mapping[str, Sequence[Sibling]]] = {
    # "Invalid integration URI specified": the service takes an update of a service integration
    # without its subtype for one of an HTTP integration (go-to-k/cdkd, live).
    "UpdateIntegration": [
        Sibling("IntegrationSubtype", unless=frozenset({"IntegrationType", "IntegrationUri"}))
    ],
    # Without its type, the service ignores a new authorizer (terraform-provider-aws#35821).
    "UpdateRoute": [
        Sibling("AuthorizationType", beside="AuthorizerId", values=frozenset({"CUSTOM", "JWT"}))
    ],
}
"""The siblings of the members of an operation."""
