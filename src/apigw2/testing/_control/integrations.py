"""Integrations and integration responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apigw2.testing._control._resource import Resource
from apigw2.testing._errors import bad_request, conflict
from apigw2.testing._rules import integrations as rules

if TYPE_CHECKING:
    from apigw2.testing._control._resource import Call
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node


def _check(call: Call, node: Node | None, record: Record) -> None:
    protocol = call.api.record["ProtocolType"]
    if node is not None and "IntegrationSubtype" in node.record:
        _check_service_update(call, record)
    rules.complete(record, protocol)
    wrong = rules.problem(record, protocol)
    if wrong:
        raise bad_request(wrong)
    if record["ConnectionType"] == "VPC_LINK":
        link_id = record.get("ConnectionId", "")
        # A WebSocket API has VPC links of API Gateway's first version, which do not exist here.
        is_known = call.control.root.get("vpclinks", link_id, call.control.now()) is not None
        if not (is_known if call.is_http else link_id):
            raise bad_request(f"Invalid VPC link identifier specified: {link_id}")


def _check_service_update(call: Call, record: Record) -> None:
    """Reject an update that the service treats as one of an integration with a URI.

    Without the subtype, it validates the update as for an integration without one (go-to-k/cdkd,
    `apigatewayv2-provider.ts`, tested on the service on 2026-08-11).
    """
    if call.params.get("IntegrationSubtype"):
        return
    if not call.params.get("IntegrationUri"):
        raise bad_request("Invalid integration URI specified")
    record.pop("IntegrationSubtype", None)


def _before_delete(call: Call, integration: Node) -> None:
    if integration.record.get("ApiGatewayManaged"):
        raise bad_request("An integration made by quick create cannot be deleted")
    target = f"integrations/{integration.id}"
    users = [
        route.id
        for route in call.api.all("routes", call.control.now())
        if route.record.get("Target") == target
    ]
    if users:
        # The message is that in milliHQ/terraform-aws-next-js#247.
        raise conflict(
            "Cannot delete Integration because it is referenced by the following Routes "
            f"with Ids: [{', '.join(users)}]"
        )


INTEGRATION: Final = Resource(
    collection="integrations",
    noun="Integration",
    id_member="IntegrationId",
    id_length=7,
    deploys=True,
    keyed_maps=frozenset({"RequestParameters", "RequestTemplates", "ResponseParameters"}),
    required=frozenset({"IntegrationType"}),
    check=_check,
    before_delete=_before_delete,
)


def _check_response(call: Call, node: Node | None, record: Record) -> None:
    key = record["IntegrationResponseKey"]
    for other in call.lineage[1].all("integrationresponses", call.control.now()):
        if other is not node and other.record["IntegrationResponseKey"] == key:
            raise conflict(
                f"IntegrationResponse with key {key} already exists for this Integration"
            )


INTEGRATION_RESPONSE: Final = Resource(
    collection="integrationresponses",
    noun="IntegrationResponse",
    id_member="IntegrationResponseId",
    deploys=True,
    keyed_maps=frozenset({"ResponseParameters", "ResponseTemplates"}),
    required=frozenset({"IntegrationResponseKey"}),
    check=_check_response,
)
