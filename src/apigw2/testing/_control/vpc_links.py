"""VPC links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apigw2.testing._control._resource import Resource
from apigw2.testing._errors import bad_request

if TYPE_CHECKING:
    from apigw2.testing._control._resource import Call
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node


def _prepare(call: Call, record: Record) -> None:
    if not record["SubnetIds"]:
        raise bad_request("At least one subnet is required")
    record["CreatedDate"] = call.control.now()
    record.setdefault("SecurityGroupIds", [])
    record.setdefault("Tags", {})
    record["VpcLinkStatus"] = "PENDING"
    record["VpcLinkStatusMessage"] = "VPC link is provisioning ENIs"
    record["VpcLinkVersion"] = "V2"


def _succeed(node: Node) -> None:
    node.update(
        VpcLinkStatus="AVAILABLE", VpcLinkStatusMessage="VPC link is ready to route traffic"
    )


def _fail(node: Node, message: str) -> None:
    node.update(VpcLinkStatus="FAILED", VpcLinkStatusMessage=message)


def _created(call: Call, link: Node) -> None:
    call.control.transition(call.operation.name, link, "VpcLinkStatus", _succeed, _fail)


def _before_delete(call: Call, link: Node) -> None:
    now = call.control.now()
    users = [
        f"{integration.record.get('IntegrationMethod', 'ANY')}:{route.id}"
        for api in call.control.apis()
        for integration in api.all("integrations", now)
        if integration.record.get("ConnectionId") == link.id
        for route in api.all("routes", now)
        if route.record.get("Target") == f"integrations/{integration.id}"
    ]
    if users:
        # Not a 409, as observed in hashicorp/terraform-provider-aws#12195.
        raise bad_request(
            f"Cannot delete vpc link. Vpc link '{link.id}', is referenced in "
            f"[{', '.join(users)}] in format of [Method:Resource]."
        )


def _delete(call: Call, link: Node) -> None:
    root = call.control.root
    link.update(VpcLinkStatus="DELETING", VpcLinkStatusMessage="VPC link is being deleted")
    call.control.transition(call.operation.name, link, "VpcLinkStatus", root.remove, _fail)


VPC_LINK: Final = Resource(
    collection="vpclinks",
    noun="VpcLink",
    id_member="VpcLinkId",
    prepare=_prepare,
    created=_created,
    before_delete=_before_delete,
    delete=_delete,
)
