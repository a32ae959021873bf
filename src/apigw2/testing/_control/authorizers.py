"""Authorizers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apigw2.testing._control._resource import Resource
from apigw2.testing._errors import bad_request, conflict
from apigw2.testing._rules import authorizers as rules

if TYPE_CHECKING:
    from apigw2.testing._control._resource import Call
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node


def _check(call: Call, node: Node | None, record: Record) -> None:
    wrong = rules.problem(record, call.api.record["ProtocolType"])
    if wrong:
        raise bad_request(wrong)
    audience = record.get("JwtConfiguration", {}).get("Audience", ())
    call.control.limit("audiences", len(audience), "audience")
    for other in call.api.all("authorizers", call.control.now()):
        if other is not node and other.record["Name"] == record["Name"]:
            raise conflict(f"Authorizer with name {record['Name']} already exists for this API")


def _before_delete(call: Call, authorizer: Node) -> None:
    for route in call.api.all("routes", call.control.now()):
        if route.record.get("AuthorizerId") == authorizer.id:
            # The words are those in anomalyco/sst#5586.
            raise conflict(
                f"Cannot delete authorizer '{authorizer.record['Name']}', is referenced in route: "
                f"{route.record['RouteKey']}"
            )


AUTHORIZER: Final = Resource(
    collection="authorizers",
    noun="Authorizer",
    id_member="AuthorizerId",
    deploys=True,
    merged=frozenset({"JwtConfiguration"}),
    check=_check,
    before_delete=_before_delete,
)
