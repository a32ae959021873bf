"""This library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import apigw2
from benchmarks.bodies import API_ID, ROUTE_ID
from benchmarks.contestants import NEW_ROUTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import boto3


class Calls:
    """`apigw2` over the caller's own session."""

    def __init__(self, session: boto3.Session, endpoint: str) -> None:
        self.gateway = apigw2.ApiGatewayV2(session=session, endpoint_url=endpoint)
        self._api = self.gateway.api(API_ID)

    def _listing(self, kind: str, count: int) -> apigw2.Listing[Any]:
        owner: Any = self.gateway if kind == "apis" else self._api
        listing: apigw2.Listing[Any] = getattr(owner, f"get_{kind}")(page_size=count)
        return listing

    def fetch(self, kind: str, count: int) -> Sequence[Any]:
        return list(self._listing(kind, count))

    def fetch_at_once(self, kinds: Sequence[str], count: int) -> Sequence[Any]:
        """Several lists in parallel."""
        return apigw2.gather(*(self._listing(kind, count) for kind in kinds))

    def get(self) -> Any:
        return self._api.route(ROUTE_ID).get()

    def create(self) -> Any:
        return self._api.create_route(**NEW_ROUTE)

    def keys(self, items: Sequence[Any]) -> list[str]:
        return [item.route_key for item in items]
