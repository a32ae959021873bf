"""Authorizers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from apigw2.testing._control._resource import Resource
from apigw2.testing._errors import bad_request, conflict
from apigw2.testing._rules import authorizers as rules

if TYPE_CHECKING:
    from apigw2.testing._control._resource import Call
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node


def _check(call: Call, node: Node | None, record: Record) -> None:
    for name in [name for name, value in record.items() if value == ""]:
        del record[name]
    wrong = rules.problem(record, call.api.record["ProtocolType"])
    if wrong:
        raise bad_request(wrong)
    audience = record.get("JwtConfiguration", {}).get("Audience", ())
    call.control.limit("audiences", len(audience), "audience")
    for other in call.api.all("authorizers", call.control.now()):
        if other is not node and other.record["Name"] == record["Name"]:
            # The message and the status 400 are those in aws/aws-cdk#20170.
            raise bad_request(
                f"Authorizer name must be unique. Authorizer {record['Name']} already exists in "
                "this RestApi"
            )


def note_release(call: Call, route: Record) -> None:
    """Record that a route stops using its authorizer."""
    authorizer = call.api.get("authorizers", route.get("AuthorizerId", ""), call.control.now())
    if authorizer is not None:
        authorizer.hidden["released"] = (route["RouteKey"], call.control.now())


def _before_delete(call: Call, authorizer: Node) -> None:
    now = call.control.now()
    users = [
        route.record["RouteKey"]
        for route in call.api.all("routes", now)
        if route.record.get("AuthorizerId") == authorizer.id
    ]
    if not users and "released" in authorizer.hidden:
        # The service keeps rejecting the delete for a while
        # (hashicorp/terraform-provider-aws#37732).
        key, at = authorizer.hidden["released"]
        if now < at + timedelta(seconds=call.control.account.delays.authorizer_release):
            users = [key]
    if users:
        # The message is that in anomalyco/sst#5586.
        raise conflict(
            f"Cannot delete authorizer '{authorizer.record['Name']}', is referenced in route: "
            f"{users[0]}"
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
