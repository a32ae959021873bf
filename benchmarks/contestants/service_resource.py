"""`boto3.resource("apigatewayv2")`, if boto3 had it: its own factory with a definition of ours.

boto3 has resources for S3, EC2 and a few more services. Its `ResourceFactory` makes them from JSON
files, as it does here; this file has only what the benchmark needs.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boto3.resources.factory import ResourceFactory
from boto3.utils import ServiceContext

from benchmarks.bodies import API_ID, ROUTE_ID
from benchmarks.contestants import BOTO_NEW_ROUTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import boto3


class Calls:
    """A boto3 resource."""

    def __init__(self, session: boto3.Session, endpoint: str) -> None:
        client: Any = session.client("apigatewayv2", endpoint_url=endpoint)
        definition = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
        context = ServiceContext(
            service_name="apigatewayv2",
            resource_json_definitions=definition["resources"],
            service_model=client.meta.service_model,
            service_waiter_model=None,
        )
        factory: Any = ResourceFactory(session.events)
        self._service = factory.load_from_definition(
            resource_name="apigatewayv2",
            single_resource_json_definition=definition["service"],
            service_context=context,
        )(client=client)
        self._api = self._service.Api(API_ID)

    def fetch(self, kind: str, count: int) -> Sequence[Any]:
        owner = self._service if kind == "apis" else self._api
        return list(getattr(owner, kind).page_size(count))

    def get(self) -> Any:
        route = self._api.Route(ROUTE_ID)
        route.load()
        return route

    def create(self) -> Any:
        return self._api.create_route(**BOTO_NEW_ROUTE)

    def keys(self, items: Sequence[Any]) -> list[str]:
        return [item.route_key for item in items]
