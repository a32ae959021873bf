"""Portals, portal products and their pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from apigw2.testing._control._resource import Resource, show_all
from apigw2.testing._errors import bad_request, conflict, not_found
from apigw2.testing._json import parse

if TYPE_CHECKING:
    from apigw2.testing._control._resource import Call
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node

_ID_LENGTH: Final = 10  # the minimum in the service model
_PORTAL_ZONE: Final = "Z2FDTNDATAQYW2"


def _touch(call: Call, node: Node) -> None:
    node.update(LastModified=call.control.now())


def _prepare_portal(call: Call, record: Record) -> None:
    record.setdefault("IncludedPortalProductArns", [])
    record["LastModified"] = call.control.now()
    record["PublishStatus"] = "DISABLED"
    record.setdefault("Tags", {})


def _check_portal(call: Call, node: Node | None, record: Record) -> None:
    authorization = record["Authorization"]
    if len(authorization) != 1:
        raise bad_request("Authorization needs either cognitoConfig or none")
    if node is not None and "EndpointConfiguration" not in call.params:
        return
    requested = record["EndpointConfiguration"]
    if len(requested) != 1:
        raise bad_request("EndpointConfiguration needs either acmManaged or none")
    old: Record = node.record["EndpointConfiguration"] if node else {}
    control = call.control
    host = f"{control.new_id(_ID_LENGTH)}.portal.{control.account.region_name}.on.aws"
    record["EndpointConfiguration"] = {
        "PortalDefaultDomainName": old.get("PortalDefaultDomainName", host),
        "PortalDomainHostedZoneId": _PORTAL_ZONE,
        **requested.get("AcmManaged", {}),
    }


def _portal_created(call: Call, portal: Node) -> None:
    portal.update(PortalArn=call.control.arn(f"portals/{portal.id}", account=True))


def _before_portal_is_deleted(_: Call, portal: Node) -> None:
    # Developer guide, "Delete a portal in API Gateway". It does not document the error; this is the
    # only error of the operation in the model for a wrong state.
    if portal.record["PublishStatus"] != "DISABLED":
        raise bad_request("The portal must be disabled before it is deleted")


PORTAL: Final = Resource(
    collection="portals",
    noun="Portal",
    id_member="PortalId",
    id_length=_ID_LENGTH,
    prepare=_prepare_portal,
    check=_check_portal,
    before_delete=_before_portal_is_deleted,
    created=_portal_created,
    updated=_touch,
)


def _exception(message: str) -> Record:
    return {"Exception": "InternalError", "Message": message}


def _start(call: Call, status: str) -> None:
    """Start publishing or disabling a portal."""
    portal = call.node
    if portal.record["PublishStatus"].endswith("_IN_PROGRESS"):
        raise conflict("The portal is being changed. Please try again later.")
    portal.discard("StatusException")
    portal.update(PublishStatus=status)


def publish_portal(call: Call) -> Record:
    """PublishPortal."""
    portal, control = call.node, call.control
    description = call.params.get("Description")

    def done(node: Node) -> None:
        node.update(PublishStatus="PUBLISHED", LastPublished=control.now())
        if description is not None:
            node.update(LastPublishedDescription=description)

    def failed(node: Node, message: str) -> None:
        node.update(PublishStatus="PUBLISH_FAILED", StatusException=_exception(message))

    _start(call, "PUBLISH_IN_PROGRESS")
    control.transition(call.operation.name, portal, "PublishStatus", done, failed)
    return {}


def disable_portal(call: Call) -> Record:
    """DisablePortal."""

    def done(node: Node) -> None:
        node.update(PublishStatus="DISABLED")

    def failed(node: Node, message: str) -> None:
        node.update(PublishStatus="DISABLE_FAILED", StatusException=_exception(message))

    _start(call, "DISABLE_IN_PROGRESS")
    call.control.transition(call.operation.name, call.node, "PublishStatus", done, failed)
    return {}


def preview_portal(call: Call) -> Record:
    """PreviewPortal."""
    portal = call.node
    host = portal.record["EndpointConfiguration"]["PortalDefaultDomainName"]

    def done(node: Node) -> None:
        preview = {"PreviewStatus": "PREVIEW_READY", "PreviewUrl": f"https://preview.{host}"}
        node.update(Preview=preview)

    def failed(node: Node, message: str) -> None:
        preview = {"PreviewStatus": "PREVIEW_FAILED", "StatusException": _exception(message)}
        node.update(Preview=preview)

    portal.update(Preview={"PreviewStatus": "PREVIEW_IN_PROGRESS"})
    call.control.transition(call.operation.name, portal, "Preview", done, failed)
    return {}


def _prepare_product(call: Call, record: Record) -> None:
    record.setdefault("Description", "")
    record["LastModified"] = call.control.now()
    record.setdefault("Tags", {})


def _product_created(call: Call, product: Node) -> None:
    arn = call.control.arn(f"portalproducts/{product.id}", account=True)
    product.update(PortalProductArn=arn)


def _product_updated(call: Call, product: Node) -> None:
    product.update(Description=product.record.get("Description", ""))
    _touch(call, product)


PORTAL_PRODUCT: Final = Resource(
    collection="portalproducts",
    noun="PortalProduct",
    id_member="PortalProductId",
    id_length=_ID_LENGTH,
    required=frozenset({"DisplayName"}),
    prepare=_prepare_product,
    created=_product_created,
    updated=_product_updated,
)


def list_portal_products(call: Call) -> Record:
    """ListPortalProducts. It lists only the account's own, because no account shares products."""
    owner = call.params.get("ResourceOwner", "SELF")
    if owner not in ("SELF", call.control.account.account_id):
        return {"Items": []}
    return show_all(PORTAL_PRODUCT, call)


def put_sharing_policy(call: Call) -> Record:
    """PutPortalProductSharingPolicy."""
    try:
        parse(call.params["PolicyDocument"])
    except ValueError:
        raise bad_request("The policy document is not JSON") from None
    call.node.hidden["sharing_policy"] = call.params["PolicyDocument"]
    return {}


def get_sharing_policy(call: Call) -> Record:
    """GetPortalProductSharingPolicy."""
    policy = call.node.hidden.get("sharing_policy")
    if policy is None:
        raise not_found("The portal product has no sharing policy")
    return {"PolicyDocument": policy, "PortalProductId": call.node.id}


def delete_sharing_policy(call: Call) -> Record:
    """DeletePortalProductSharingPolicy."""
    if call.node.hidden.pop("sharing_policy", None) is None:
        raise not_found("The portal product has no sharing policy")
    return {}


def _check_page(call: Call, node: Node | None, record: Record) -> None:
    del node
    # The list operation returns only the title, as `PageTitle`.
    record["PageTitle"] = record["DisplayContent"]["Title"]
    record["LastModified"] = call.control.now()


def _page_created(call: Call, page: Node) -> None:
    path = f"portalproducts/{call.lineage[0].id}/productpages/{page.id}"
    page.update(ProductPageArn=call.control.arn(path, account=True))


PRODUCT_PAGE: Final = Resource(
    collection="productpages",
    noun="ProductPage",
    id_member="ProductPageId",
    id_length=_ID_LENGTH,
    check=_check_page,
    created=_page_created,
)


def _prepare_endpoint_page(_: Call, record: Record) -> None:
    record.setdefault("DisplayContent", {"None": {}})
    record["Status"] = "IN_PROGRESS"
    record.setdefault("TryItState", "ENABLED")


def _check_endpoint_page(call: Call, node: Node | None, record: Record) -> None:
    parts = record["RestEndpointIdentifier"].get("IdentifierParts")
    if parts is None:
        raise bad_request("RestEndpointIdentifier needs identifierParts")
    record["LastModified"] = call.control.now()
    if node is not None and "DisplayContent" not in call.params:
        return
    requested = record["DisplayContent"]
    region = call.control.account.region_name
    shown = {
        "Endpoint": (
            f"https://{parts['RestApiId']}.execute-api.{region}.amazonaws.com/"
            f"{parts['Stage']}{parts['Path']}"
        ),
        "OperationName": f"{parts['Method']} {parts['Path']}",
        **requested.get("Overrides", {}),
    }
    # The generated content without the overrides is returned only on request.
    record["RawDisplayContent"] = json.dumps(requested)
    record["DisplayContent"] = shown
    record |= {name: shown[name] for name in ("Endpoint", "OperationName")}


def _endpoint_page_created(call: Call, page: Node) -> None:
    def done(node: Node) -> None:
        node.update(Status="AVAILABLE")

    def failed(node: Node, message: str) -> None:
        node.update(Status="FAILED", StatusException=_exception(message))

    path = f"portalproducts/{call.lineage[0].id}/productrestendpointpages/{page.id}"
    page.update(ProductRestEndpointPageArn=call.control.arn(path, account=True))
    call.control.transition(call.operation.name, page, "Status", done, failed)


def get_endpoint_page(call: Call) -> Record:
    """GetProductRestEndpointPage."""
    record = dict(call.node.record)
    if call.params.get("IncludeRawDisplayContent", "").lower() != "true":
        del record["RawDisplayContent"]
    return record


PRODUCT_REST_ENDPOINT_PAGE: Final = Resource(
    collection="productrestendpointpages",
    noun="ProductRestEndpointPage",
    id_member="ProductRestEndpointPageId",
    id_length=_ID_LENGTH,
    prepare=_prepare_endpoint_page,
    check=_check_endpoint_page,
    created=_endpoint_page_created,
)
