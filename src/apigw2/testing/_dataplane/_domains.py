"""Routing of custom domain names to stages.

Routing rules are ignored: their only action invokes a stage of a REST API (developer guide, "Send
traffic to your APIs through your custom domain name", and its page on routing rules). So only the
API mappings apply in the routing mode ROUTING_RULE_THEN_API_MAPPING, and nothing matches in
ROUTING_RULE_ONLY.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apigw2.testing._control import Control
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node


@attrs.frozen(kw_only=True)
class Domain:
    """The custom domain name of a request, and the API mapping that matched.

    Attributes:
        name: Host name, as sent by the client.
        key: Path of the API mapping, without slashes at the ends; empty for the root.
    """

    name: str
    key: str


def host_name(host: str) -> str:
    """The name in a Host header, without the port and the dot of a fully qualified name."""
    return host.partition(":")[0].rstrip(".").lower()


def find(control: Control, host: str) -> Node | None:
    """Find the domain name of a host: an exact match, or else a wildcard for the first label."""
    name = host_name(host)
    now = control.now()
    wildcard = f"*.{name.partition('.')[2]}"
    return control.root.get("domainnames", name, now) or control.root.get(
        "domainnames", wildcard, now
    )


def select(mappings: Iterable[Record], path: str) -> tuple[Record, str] | None:
    """Select the API mapping with the longest path (developer guide, "API mappings").

    Only whole segments match. The routes of the APIs are not considered. A path equal to that of
    the mapping, without a trailing slash, leaves an empty path
    (CodeGenieApp/serverless-express#612).

    Args:
        mappings: The records of the API mappings.
        path: The request's path, still percent-encoded.

    Returns:
        The record of the mapping and the rest of the path, or `None` if no mapping matches.
    """
    by_key = {mapping["ApiMappingKey"]: mapping for mapping in mappings}
    segments = path.split("/")[1:]
    for count in range(len(segments), 0, -1):
        key = unquote("/".join(segments[:count]))
        if key and key in by_key:
            return by_key[key], "".join(f"/{segment}" for segment in segments[count:])
    return (by_key[""], path) if "" in by_key else None


def mappings(control: Control, domain: Node) -> list[Record]:
    """The API mappings that the routing mode of the domain name uses."""
    if domain.record["RoutingMode"] == "ROUTING_RULE_ONLY":
        return []
    return [node.record for node in domain.all("apimappings", control.now())]
