"""The control plane: every operation of the service model, on a tree of resources in memory.

`handle` is the entry point. It finds the resources that the path names, and the function for the
operation: one of `_SPECIAL`, or one of the five generic functions for every kind of resource.

The rules of the service model apply automatically. Any other rule has its source (the developer
guide, the documentation in the model, or a report) beside it. Differences from the service, and
behavior that is not documented:

| here | on the service |
|---|---|
| a stage serves a new deployment immediately | when it is `DEPLOYED`, or soon after |
| automatic deployments and changes of state take a fixed time (`Delays`) | seconds to minutes |
| a list without MaxResults has 100 items per page | not documented |
| route settings are merged member by member | not documented |
| the last 100 automatic deployments are kept, and those that stages serve | not documented |
| members that only the other protocol supports are dropped | observed for some, not for all |
| YAML to import has at most one million characters | not documented |
| routing rules may invoke any API that does not exist here | they invoke REST APIs only |
| certificates, roles, subnets and issuers are not checked | some are, on creation |
| an unused VPC link stays `AVAILABLE` | it is `INACTIVE` after 60 days without traffic |
| concurrent changes wait for each other | one may be rejected with a 409: see `Faults` |
| requests are throttled only with `rate_limits` | 10 requests per second |
| a reimport gives new identifiers to all routes | not documented |
| the generated version of an export is not imported | not documented |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apigw2.testing._control import (
    _resource,
    apis,
    authorizers,
    domains,
    imports,
    integrations,
    models,
    portals,
    routes,
    stages,
    tags,
    vpc_links,
)
from apigw2.testing._control._resource import Account, Call, Control, Resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from apigw2.testing._protocol import ModelOperation, Record
    from apigw2.testing._store import Node

__all__ = ["QUOTAS", "Account", "Control", "handle"]

QUOTAS: Final = {
    "routes": 300,
    "integrations": 300,
    "stages": 10,
    "authorizers": 10,
    "domainnames": 120,
    "vpclinks": 10,
    "audiences": 50,
    "scopes": 10,
    "stage_variables": 100,
    "tags": 50,
}
"""Default quotas per API, account or parent (developer guide, "Quotas")."""

_RESOURCES: Final = {
    resource.collection: resource
    for resource in (
        apis.API,
        authorizers.AUTHORIZER,
        domains.API_MAPPING,
        domains.DOMAIN_NAME,
        domains.ROUTING_RULE,
        integrations.INTEGRATION,
        integrations.INTEGRATION_RESPONSE,
        models.MODEL,
        portals.PORTAL,
        portals.PORTAL_PRODUCT,
        portals.PRODUCT_PAGE,
        portals.PRODUCT_REST_ENDPOINT_PAGE,
        routes.ROUTE,
        routes.ROUTE_RESPONSE,
        stages.DEPLOYMENT,
        stages.STAGE,
        vpc_links.VPC_LINK,
    )
}

_SPECIAL: Final[dict[str, Callable[[Call], Record]]] = {
    "CreateDeployment": stages.create_deployment,
    "DeleteAccessLogSettings": stages.delete_access_log_settings,
    "DeleteCorsConfiguration": apis.delete_cors_configuration,
    "DeletePortalProductSharingPolicy": portals.delete_sharing_policy,
    "DeleteRouteRequestParameter": routes.delete_request_parameter,
    "DeleteRouteSettings": stages.delete_route_settings,
    "DisablePortal": portals.disable_portal,
    "ExportApi": imports.export_api,
    "GetModelTemplate": models.get_template,
    "GetPortalProductSharingPolicy": portals.get_sharing_policy,
    "GetProductRestEndpointPage": portals.get_endpoint_page,
    "GetTags": tags.get_tags,
    "ImportApi": imports.import_api,
    "ListPortalProducts": portals.list_portal_products,
    "PreviewPortal": portals.preview_portal,
    "PublishPortal": portals.publish_portal,
    "PutPortalProductSharingPolicy": portals.put_sharing_policy,
    "PutRoutingRule": domains.put_routing_rule,
    "ReimportApi": imports.reimport_api,
    "ResetAuthorizersCache": stages.reset_authorizers_cache,
    "TagResource": tags.tag_resource,
    "UntagResource": tags.untag_resource,
}

_ON_ITEM: Final = {"GET": _resource.show, "PATCH": _resource.update, "DELETE": _resource.delete}
_ON_COLLECTION: Final = {"GET": _resource.show_all, "POST": _resource.create}


def handle(control: Control, operation: ModelOperation, params: Record) -> Record:
    """Carry out an operation.

    Args:
        control: The state.
        operation: The operation.
        params: Parameters, validated against the service model.

    Returns:
        The members of the response, and possibly others, which are not written.

    Raises:
        ApiError: The error response of the service.
    """
    lineage: list[Node] = []
    resource: Resource | None = None
    on_item = False
    segments = iter(operation.segments[1:])  # the first segment is the version, v2
    for segment in segments:
        resource = _RESOURCES.get(segment.text)
        if resource is None:
            break
        name = next(segments, None)
        on_item = name is not None
        if name is not None:
            node_id: str = params[name.text]
            parent = lineage[-1] if lineage else control.root
            node = parent.get(resource.collection, node_id, control.now())
            if node is None:
                raise resource.not_found(control, node_id)
            lineage.append(node)
    call = Call(control=control, operation=operation, params=params, lineage=tuple(lineage))
    special = _SPECIAL.get(operation.name)
    if special is not None:
        return special(call)
    assert resource is not None  # noqa: S101 - a test walks all operations
    actions = _ON_ITEM if on_item else _ON_COLLECTION
    answer = actions[operation.method](resource, call)
    if resource.deploys and operation.method != "GET":
        stages.deploy_automatically(control, call.api)
    return answer
