"""Amazon API Gateway V2 (HTTP and WebSocket APIs) as typed objects around boto3.

Start with `ApiGatewayV2`. The classes of resources load when they are first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

from apigw2._calls.preflight import PreflightMode
from apigw2._objects.listing import Listing
from apigw2._objects.references import Reference
from apigw2._objects.values import Shape
from apigw2._service.arns import LambdaPermission, lambda_uri
from apigw2._wire.retries import Retries
from apigw2._workflows.concurrency import gather, gather_map
from apigw2.errors import (
    AccessDeniedError,
    AlreadyExistsError,
    AmbiguousMatchError,
    Apigw2Error,
    ApplyError,
    BadRequestError,
    BroadcastError,
    CascadeError,
    ConcurrentModificationError,
    ConflictError,
    ConnectionGoneError,
    DetachedError,
    FailedStateError,
    MissingCredentialsError,
    MissingRegionError,
    MultipleMatchesError,
    NotFoundError,
    PayloadTooLargeError,
    PlanBlockedError,
    PlanError,
    PlanStaleError,
    PreflightError,
    PreflightWarning,
    QuotaExceededError,
    ResourceInUseError,
    ResponseShapeError,
    ServiceError,
    TooManyRequestsError,
    UnsentFieldWarning,
    Violation,
    WaitError,
    WaitTimeoutError,
)
from apigw2.gateway import ApiGatewayV2

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apigw2 import authorizers as authorizers  # public, loaded lazily
    from apigw2 import integrations as integrations
    from apigw2._blueprints.blueprint import Blueprint
    from apigw2._blueprints.changes import Change, FieldChange, Progress
    from apigw2._blueprints.plan import Plan, diff
    from apigw2._blueprints.specs import (
        AuthorizerSpec,
        IntegrationResponseSpec,
        IntegrationSpec,
        ModelSpec,
        RouteResponseSpec,
        RouteSpec,
        Spec,
        StageSpec,
    )
    from apigw2._objects.snapshots import Snapshot
    from apigw2._workflows.links import DnsTarget
    from apigw2.connections import ConnectionInfo, Connections
    from apigw2.resources.api import (
        Api,
        ApiRef,
        Cors,
        ExportSpecification,
        IpAddressType,
        OutputType,
        ProtocolType,
    )
    from apigw2.resources.api_mapping import ApiMapping, ApiMappingRef
    from apigw2.resources.authorizer import (
        Authorizer,
        AuthorizerRef,
        AuthorizerType,
        JWTConfiguration,
    )
    from apigw2.resources.deployment import Deployment, DeploymentRef, DeploymentStatus
    from apigw2.resources.domain_name import (
        DomainName,
        DomainNameConfiguration,
        DomainNameRef,
        DomainNameStatus,
        EndpointType,
        MutualTlsAuthentication,
        MutualTlsAuthenticationInput,
        RoutingMode,
        SecurityPolicy,
    )
    from apigw2.resources.integration import (
        ConnectionType,
        ContentHandlingStrategy,
        Integration,
        IntegrationRef,
        IntegrationType,
        PassthroughBehavior,
        TlsConfig,
    )
    from apigw2.resources.integration_response import IntegrationResponse, IntegrationResponseRef
    from apigw2.resources.model import Model, ModelRef
    from apigw2.resources.portal import (
        Portal,
        PortalRef,
        PortalSummary,
        Preview,
        PreviewStatus,
        PublishStatus,
        StatusException,
    )
    from apigw2.resources.portal_product import (
        DisplayOrder,
        PortalProduct,
        PortalProductRef,
        PortalProductSummary,
        Section,
    )
    from apigw2.resources.portal_settings import (
        ACMManaged,
        Authorization,
        CognitoConfig,
        CustomColors,
        EndpointConfigurationRequest,
        EndpointConfigurationResponse,
        None_,
        PortalContent,
        PortalTheme,
    )
    from apigw2.resources.product_page import (
        DisplayContent,
        ProductPage,
        ProductPageRef,
        ProductPageSummary,
    )
    from apigw2.resources.product_rest_endpoint_page import (
        DisplayContentOverrides,
        EndpointDisplayContent,
        EndpointDisplayContentResponse,
        IdentifierParts,
        ProductRestEndpointPage,
        ProductRestEndpointPageRef,
        ProductRestEndpointPageSummary,
        RestEndpointIdentifier,
        Status,
        TryItState,
    )
    from apigw2.resources.route import AuthorizationType, ParameterConstraints, Route, RouteRef
    from apigw2.resources.route_response import RouteResponse, RouteResponseRef
    from apigw2.resources.routing_rule import (
        RoutingRule,
        RoutingRuleAction,
        RoutingRuleActionInvokeApi,
        RoutingRuleCondition,
        RoutingRuleMatchBasePaths,
        RoutingRuleMatchHeaders,
        RoutingRuleMatchHeaderValue,
        RoutingRuleRef,
    )
    from apigw2.resources.stage import (
        AccessLogSettings,
        LoggingLevel,
        RouteSettings,
        Stage,
        StageRef,
    )
    from apigw2.resources.vpc_link import VpcLink, VpcLinkRef, VpcLinkStatus, VpcLinkVersion

    __version__: str

__all__ = [
    "ACMManaged",
    "AccessDeniedError",
    "AccessLogSettings",
    "AlreadyExistsError",
    "AmbiguousMatchError",
    "Api",
    "ApiGatewayV2",
    "ApiMapping",
    "ApiMappingRef",
    "ApiRef",
    "Apigw2Error",
    "ApplyError",
    "Authorization",
    "AuthorizationType",
    "Authorizer",
    "AuthorizerRef",
    "AuthorizerSpec",
    "AuthorizerType",
    "BadRequestError",
    "Blueprint",
    "BroadcastError",
    "CascadeError",
    "Change",
    "CognitoConfig",
    "ConcurrentModificationError",
    "ConflictError",
    "ConnectionGoneError",
    "ConnectionInfo",
    "ConnectionType",
    "Connections",
    "ContentHandlingStrategy",
    "Cors",
    "CustomColors",
    "Deployment",
    "DeploymentRef",
    "DeploymentStatus",
    "DetachedError",
    "DisplayContent",
    "DisplayContentOverrides",
    "DisplayOrder",
    "DnsTarget",
    "DomainName",
    "DomainNameConfiguration",
    "DomainNameRef",
    "DomainNameStatus",
    "EndpointConfigurationRequest",
    "EndpointConfigurationResponse",
    "EndpointDisplayContent",
    "EndpointDisplayContentResponse",
    "EndpointType",
    "ExportSpecification",
    "FailedStateError",
    "FieldChange",
    "IdentifierParts",
    "Integration",
    "IntegrationRef",
    "IntegrationResponse",
    "IntegrationResponseRef",
    "IntegrationResponseSpec",
    "IntegrationSpec",
    "IntegrationType",
    "IpAddressType",
    "JWTConfiguration",
    "LambdaPermission",
    "Listing",
    "LoggingLevel",
    "MissingCredentialsError",
    "MissingRegionError",
    "Model",
    "ModelRef",
    "ModelSpec",
    "MultipleMatchesError",
    "MutualTlsAuthentication",
    "MutualTlsAuthenticationInput",
    "None_",
    "NotFoundError",
    "OutputType",
    "ParameterConstraints",
    "PassthroughBehavior",
    "PayloadTooLargeError",
    "Plan",
    "PlanBlockedError",
    "PlanError",
    "PlanStaleError",
    "Portal",
    "PortalContent",
    "PortalProduct",
    "PortalProductRef",
    "PortalProductSummary",
    "PortalRef",
    "PortalSummary",
    "PortalTheme",
    "PreflightError",
    "PreflightMode",
    "PreflightWarning",
    "Preview",
    "PreviewStatus",
    "ProductPage",
    "ProductPageRef",
    "ProductPageSummary",
    "ProductRestEndpointPage",
    "ProductRestEndpointPageRef",
    "ProductRestEndpointPageSummary",
    "Progress",
    "ProtocolType",
    "PublishStatus",
    "QuotaExceededError",
    "Reference",
    "ResourceInUseError",
    "ResponseShapeError",
    "RestEndpointIdentifier",
    "Retries",
    "Route",
    "RouteRef",
    "RouteResponse",
    "RouteResponseRef",
    "RouteResponseSpec",
    "RouteSettings",
    "RouteSpec",
    "RoutingMode",
    "RoutingRule",
    "RoutingRuleAction",
    "RoutingRuleActionInvokeApi",
    "RoutingRuleCondition",
    "RoutingRuleMatchBasePaths",
    "RoutingRuleMatchHeaderValue",
    "RoutingRuleMatchHeaders",
    "RoutingRuleRef",
    "Section",
    "SecurityPolicy",
    "ServiceError",
    "Shape",
    "Snapshot",
    "Spec",
    "Stage",
    "StageRef",
    "StageSpec",
    "Status",
    "StatusException",
    "TlsConfig",
    "TooManyRequestsError",
    "TryItState",
    "UnsentFieldWarning",
    "Violation",
    "VpcLink",
    "VpcLinkRef",
    "VpcLinkStatus",
    "VpcLinkVersion",
    "WaitError",
    "WaitTimeoutError",
    "diff",
    "gather",
    "gather_map",
    "lambda_uri",
]

# The modules of the names that load lazily, because creating about 100 classes takes 50 ms.
_MODULES: Final[Mapping[str, tuple[str, ...]]] = {
    "_blueprints.blueprint": ("Blueprint",),
    "_blueprints.changes": ("Change", "FieldChange", "Progress"),
    "_blueprints.plan": ("Plan", "diff"),
    "_blueprints.specs": (
        "AuthorizerSpec",
        "IntegrationResponseSpec",
        "IntegrationSpec",
        "ModelSpec",
        "RouteResponseSpec",
        "RouteSpec",
        "Spec",
        "StageSpec",
    ),
    "_objects.snapshots": ("Snapshot",),
    "_workflows.links": ("DnsTarget",),
    "connections": ("ConnectionInfo", "Connections"),
    "resources.api": (
        "Api",
        "ApiRef",
        "Cors",
        "ExportSpecification",
        "IpAddressType",
        "OutputType",
        "ProtocolType",
    ),
    "resources.api_mapping": ("ApiMapping", "ApiMappingRef"),
    "resources.authorizer": ("Authorizer", "AuthorizerRef", "AuthorizerType", "JWTConfiguration"),
    "resources.deployment": ("Deployment", "DeploymentRef", "DeploymentStatus"),
    "resources.domain_name": (
        "DomainName",
        "DomainNameConfiguration",
        "DomainNameRef",
        "DomainNameStatus",
        "EndpointType",
        "MutualTlsAuthentication",
        "MutualTlsAuthenticationInput",
        "RoutingMode",
        "SecurityPolicy",
    ),
    "resources.integration": (
        "ConnectionType",
        "ContentHandlingStrategy",
        "Integration",
        "IntegrationRef",
        "IntegrationType",
        "PassthroughBehavior",
        "TlsConfig",
    ),
    "resources.integration_response": ("IntegrationResponse", "IntegrationResponseRef"),
    "resources.model": ("Model", "ModelRef"),
    "resources.portal": (
        "Portal",
        "PortalRef",
        "PortalSummary",
        "Preview",
        "PreviewStatus",
        "PublishStatus",
        "StatusException",
    ),
    "resources.portal_product": (
        "DisplayOrder",
        "PortalProduct",
        "PortalProductRef",
        "PortalProductSummary",
        "Section",
    ),
    "resources.portal_settings": (
        "ACMManaged",
        "Authorization",
        "CognitoConfig",
        "CustomColors",
        "EndpointConfigurationRequest",
        "EndpointConfigurationResponse",
        "None_",
        "PortalContent",
        "PortalTheme",
    ),
    "resources.product_page": (
        "DisplayContent",
        "ProductPage",
        "ProductPageRef",
        "ProductPageSummary",
    ),
    "resources.product_rest_endpoint_page": (
        "DisplayContentOverrides",
        "EndpointDisplayContent",
        "EndpointDisplayContentResponse",
        "IdentifierParts",
        "ProductRestEndpointPage",
        "ProductRestEndpointPageRef",
        "ProductRestEndpointPageSummary",
        "RestEndpointIdentifier",
        "Status",
        "TryItState",
        "UnsentFieldWarning",
    ),
    "resources.route": ("AuthorizationType", "ParameterConstraints", "Route", "RouteRef"),
    "resources.route_response": ("RouteResponse", "RouteResponseRef"),
    "resources.routing_rule": (
        "RoutingRule",
        "RoutingRuleAction",
        "RoutingRuleActionInvokeApi",
        "RoutingRuleCondition",
        "RoutingRuleMatchBasePaths",
        "RoutingRuleMatchHeaderValue",
        "RoutingRuleMatchHeaders",
        "RoutingRuleRef",
    ),
    "resources.stage": ("AccessLogSettings", "LoggingLevel", "RouteSettings", "Stage", "StageRef"),
    "resources.vpc_link": ("VpcLink", "VpcLinkRef", "VpcLinkStatus", "VpcLinkVersion"),
}
_SUBMODULES: Final = ("authorizers", "integrations")
_HOMES: Final = {name: module for module, names in _MODULES.items() for name in names}


if not TYPE_CHECKING:  # or every misspelt name would be an object

    def __getattr__(name: str) -> object:
        """Load the module of a name when the name is first used (PEP 562)."""
        if name == "__version__":
            from importlib.metadata import version  # noqa: PLC0415  # rarely used, slow to load

            return version("apigw2")
        if name in _SUBMODULES:
            return importlib.import_module(f"{__name__}.{name}")
        home = _HOMES.get(name)
        if home is None:
            msg = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        value = getattr(importlib.import_module(f"{__name__}.{home}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    # What completion shows: nothing that this file imports for its own use.
    own = ({"errors", "testing", "types"} & globals().keys()) | {"__version__", *_SUBMODULES}
    return sorted({*__all__, *own, *(name for name in globals() if name.startswith("__"))})
