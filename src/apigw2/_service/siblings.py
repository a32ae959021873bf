"""Members that an update must send beside others, although their values do not change."""

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
        beside: The member that requires it, except if that is `""`; `None` if every update does.
        values: The values to send; other values would have no effect, or be wrong. `None` for all.
        unless: Members with which the old value is wrong, because they change the kind of object.
    """

    member: str
    beside: str | None = None
    values: frozenset[str] | None = None
    unless: frozenset[str] = frozenset()


REQUIRED_SIBLINGS: Final[Mapping[str, Sequence[Sibling]]] = {
    # "Invalid integration URI specified": without the subtype, the service treats the update of a
    # service integration as that of an HTTP integration (go-to-k/cdkd, live).
    "UpdateIntegration": [
        Sibling("IntegrationSubtype", unless=frozenset({"IntegrationType", "IntegrationUri"}))
    ],
    # Without its type, the service ignores a new authorizer (terraform-provider-aws#35821).
    "UpdateRoute": [
        Sibling("AuthorizationType", beside="AuthorizerId", values=frozenset({"CUSTOM", "JWT"}))
    ],
}
"""The members that an operation requires beside others."""
