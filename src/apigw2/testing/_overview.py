"""A summary of a local gateway, for its repr, the command line and the window."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from apigw2.testing._http import without_secrets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apigw2.testing._accounts import Accounts
    from apigw2.testing._control import Control
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node

_FUNCTION: Final = re.compile(r":function:([^/]+)")


@attrs.frozen(kw_only=True)
class RouteOverview:
    """A route: its key, backend and authorization."""

    key: str
    backend: str
    authorizer: str


@attrs.frozen(kw_only=True)
class ApiOverview:
    """An API, its current routes, and its stages."""

    id: str
    name: str
    protocol: str
    account_id: str
    region_name: str
    stages: tuple[str, ...]
    routes: tuple[RouteOverview, ...]


def overview(accounts: Accounts) -> list[ApiOverview]:
    """Every API of every account and region."""
    return [_api(control, api) for control, api in accounts.apis()]


def _api(control: Control, api: Node) -> ApiOverview:
    now = control.now()
    integrations = {node.id: node.record for node in api.all("integrations", now)}
    authorizers = {node.id: node.record for node in api.all("authorizers", now)}
    return ApiOverview(
        id=api.id,
        name=api.record["Name"],
        protocol=api.record["ProtocolType"],
        account_id=control.account.account_id,
        region_name=control.account.region_name,
        stages=tuple(node.id for node in api.all("stages", now)),
        routes=tuple(
            RouteOverview(
                key=node.record["RouteKey"],
                backend=_backend(integrations, node.record),
                authorizer=_authorizer(authorizers, node.record),
            )
            for node in api.all("routes", now)
        ),
    )


def _backend(integrations: dict[str, Record], route: Record) -> str:
    target = route.get("Target", "")
    if not target:
        return "no integration"
    # The control plane does not delete an integration that a route targets.
    record = integrations[target.removeprefix("integrations/")]
    kind = record.get("IntegrationSubtype") or record["IntegrationType"]
    uri: str = record.get("IntegrationUri", "")
    function = _FUNCTION.search(uri)
    return f"{kind} {function[1] if function else without_secrets(uri)}".rstrip()


def _authorizer(authorizers: dict[str, Record], route: Record) -> str:
    kind: str = route.get("AuthorizationType", "NONE")
    record: dict[str, Any] = authorizers.get(route.get("AuthorizerId", ""), {})
    name = record.get("Name", "")
    return "" if kind == "NONE" else f"{kind} {name}".rstrip()


def _example(api: ApiOverview) -> str:
    """How to call an API; without a stage nothing serves it."""
    if not api.stages:
        return ""
    call = "connect(" if api.protocol == "WEBSOCKET" else 'invoke("GET", "/...", '
    stage = "" if "$default" in api.stages else f', stage="{api.stages[0]}"'
    return f': .{call}api="{api.id}"{stage})'


def describe(apis: Sequence[ApiOverview], limit: int = 10) -> list[str]:
    """One line for each API, with the in-process call.

    Args:
        apis: The APIs.
        limit: Maximum number of APIs to show.
    """
    lines: list[str] = []
    for api in apis[:limit]:
        about = f"{api.protocol}, {api.region_name}; routes: {len(api.routes)}"
        stages = ", ".join(api.stages) or "none"
        lines.append(f"{api.name!r} {api.id} ({about}; stages: {stages}){_example(api)}")
    if len(apis) > limit:
        lines.append(f"... and {len(apis) - limit} more")
    return lines
