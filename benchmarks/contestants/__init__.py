"""The ways to call API Gateway V2 that are compared, one module for each.

A module is imported only if its contestant runs, because a cold start must not pay for the imports
of others.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

import boto3

RAW: Final = "boto3"
OURS: Final = "apigw2"

# Column headings, and their modules.
MODULES: Final[Mapping[str, str]] = {
    RAW: "raw",
    "boto3, cattrs": "naive_cattrs",
    "boto3, pydantic": "pydantic_models",
    "boto3 resource": "service_resource",
    OURS: "typed",
}

# What all contestants create.
NEW_ROUTE: Final[Mapping[str, Any]] = {
    "route_key": "GET /v1/pets/{id}",
    "authorization_type": "JWT",
    "authorization_scopes": ["pets:read", "tenant1:write"],
    "authorizer_id": "z00001",
    "operation_name": "Operation1",
    "target": "integrations/i000001",
}
BOTO_NEW_ROUTE: Final[Mapping[str, Any]] = {
    name.title().replace("_", ""): value for name, value in NEW_ROUTE.items()
}


class Contestant(Protocol):
    """One way to call the service."""

    def __init__(self, session: boto3.Session, endpoint: str) -> None: ...

    def fetch(self, kind: str, count: int) -> Sequence[Any]:
        """List `count` items of a kind (`routes`, ...), in the form that its users work with."""
        ...

    def get(self) -> Any:
        """Get one route."""
        ...

    def create(self) -> Any:
        """Create one route from `NEW_ROUTE`."""
        ...

    def keys(self, items: Sequence[Any]) -> list[str]:
        """The keys of routes, to check that all contestants fetch the same."""
        ...


def new_session() -> boto3.Session:
    """A session, from which each contestant makes its client."""
    return boto3.Session(
        aws_access_key_id="none", aws_secret_access_key="none", region_name="eu-west-1"
    )


def module_name(name: str) -> str:
    """The module of a contestant, by the heading of its column."""
    return f"{__name__}.{MODULES[name]}"


def contestant(name: str, session: boto3.Session, endpoint: str) -> Contestant:
    """Make a contestant; this imports its module."""
    made: Contestant = importlib.import_module(module_name(name)).Calls(session, endpoint)
    return made
