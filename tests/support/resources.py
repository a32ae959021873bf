"""Constants and helpers for tests of the resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway

LAMBDA: Final = "arn:aws:lambda:us-east-1:123456789012:function:pets"
CERTIFICATE: Final = "arn:aws:acm:us-east-1:123456789012:certificate/1a2b3c4d"


class Requests:
    """The requests that a local gateway has received since the last call of `new`."""

    def __init__(self, local: LocalGateway) -> None:
        self._local = local
        self._seen = 0

    def new(self) -> list[str]:
        """The operations, in order."""
        names = [request.operation for request in self._local.requests[self._seen :]]
        self._seen += len(names)
        return names
