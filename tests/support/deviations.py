"""The exceptions to the rules that derive the library from the service model, with their reasons.

`tests/model/test_deviations.py` fails for an entry that is not needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

Table: TypeAlias = Mapping[tuple[str, str], str]

# The resources that have tags and an ARN. A portal's ARN is in its snapshot only.
TAGGABLE: Final = "ApiRef DomainNameRef Portal PortalProduct StageRef VpcLinkRef"

TABLE: Final[Table] = {
    # GetTags takes a resource's ARN in its path, but tags belong to that resource, and v2's
    # responses have no ARNs to make a reference from.
    ("no resource", "Tags"): "",
    # `portal.preview` is a field: the state of the last preview.
    ("method", "PreviewPortal"): "preview_portal",
    # `domain_name` is the name itself, so the reference to the domain cannot have that name.
    ("parent", "ApiMapping"): "domain",
    ("parent", "RoutingRule"): "domain",
    # botocore 1.42.76 added these; the lowest version that the library supports lacks them.
    ("newer", "PublishStatus.DISABLE_IN_PROGRESS"): "1.42.76",
    ("newer", "PublishStatus.DISABLE_FAILED"): "1.42.76",
    # Parameters that take an object, and are not named like the object's id.
    ("object", "CreateRoute.Target"): "IntegrationRef",
    ("object", "UpdateRoute.Target"): "IntegrationRef",
    ("object", "CreateIntegration.ConnectionId"): "VpcLinkRef",
    ("object", "UpdateIntegration.ConnectionId"): "VpcLinkRef",
    ("object", "CreateApiMapping.Stage"): "StageRef",
    ("object", "UpdateApiMapping.Stage"): "StageRef",
    # The resources that have tags, besides their ARNs.
    (
        "object",
        "GetTags.ResourceArn",
    ): TAGGABLE,
    (
        "object",
        "TagResource.ResourceArn",
    ): TAGGABLE,
    (
        "object",
        "UntagResource.ResourceArn",
    ): TAGGABLE,
    # Parameters that the service does not have. Every `delete` accepts a missing object and
    # returns whether it existed; some delete what refers to the object as well.
    ("more", "delete"): "missing_ok",
    ("more", "CreateDomainName"): "certificate_arn",
    ("more", "DeleteAuthorizer"): "cascade",
    ("more", "DeleteDomainName"): "cascade",
    ("more", "DeleteIntegration"): "cascade",
    # It has the same members as TlsConfig, so one class is used for both directions.
    ("class", "TlsConfigInput"): "TlsConfig",
    # `None` is a keyword of Python.
    ("class", "None"): "None_",
    # There is no summary with a body that "NoBody" would distinguish these from.
    ("class", "ProductPageSummaryNoBody"): "ProductPageSummary",
    ("class", "ProductRestEndpointPageSummaryNoBody"): "ProductRestEndpointPageSummary",
}
