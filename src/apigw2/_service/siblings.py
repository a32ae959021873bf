"""Members that an update must carry beside others, though their values do not change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

REQUIRED_SIBLINGS: Final[Mapping[str, Mapping[str, str]]] = {
    # "Invalid integration URI specified": an update of a service integration without its subtype
    # is taken for one of an HTTP integration (go-to-k/cdkd, live). `*` stands for any member.
    "UpdateIntegration": {"*": "IntegrationSubtype"},
    # terraform-provider-aws#35821
    "UpdateRoute": {"AuthorizerId": "AuthorizationType"},
}
"""For an operation: the member that must accompany another one, by that one's name."""
