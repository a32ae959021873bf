"""Request quotas of the control plane (AWS's page "Quotas for configuring and running ...").

All operations of an account share one quota. Some have a smaller quota of their own as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

REQUESTS_PER_SECOND: Final = 10.0
BURST: Final = 40
"""Requests that an account may make at once before the rate applies."""

INTERVALS: Final[Mapping[str, float]] = {
    "CreateDeployment": 5,
    "CreateDomainName": 30,
    "UpdateDomainName": 30,
    "DeleteDomainName": 30,
    "CreateVpcLink": 15,
    "DeleteVpcLink": 30,
    "CreatePortal": 3,
    "UpdatePortal": 30,
    "PublishPortal": 30,
}
"""Seconds between two calls of the operations that have a quota of their own."""
