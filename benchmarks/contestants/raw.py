"""Plain boto3, with dicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.bodies import API_ID, ROUTE_ID
from benchmarks.contestants import BOTO_NEW_ROUTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import boto3


class Calls:
    """boto3's client."""

    def __init__(self, session: boto3.Session, endpoint: str) -> None:
        self.client: Any = session.client("apigatewayv2", endpoint_url=endpoint)

    def fetch(self, kind: str, count: int) -> Sequence[Any]:
        method = getattr(self.client, f"get_{kind}")
        within = {} if kind == "apis" else {"ApiId": API_ID}
        items: list[Any] = method(**within, MaxResults=str(count))["Items"]
        return items

    def get(self) -> Any:
        return self.client.get_route(ApiId=API_ID, RouteId=ROUTE_ID)

    def create(self) -> Any:
        return self.client.create_route(ApiId=API_ID, **BOTO_NEW_ROUTE)

    def keys(self, items: Sequence[Any]) -> list[str]:
        return [item["RouteKey"] for item in items]
