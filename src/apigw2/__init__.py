"""Amazon API Gateway V2 (HTTP and WebSocket APIs) as typed objects around boto3.

`ApiGatewayV2` is where to start. Classes of resources are loaded when they are first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

from apigw2._core.listing import Listing
from apigw2.errors import (
    AccessDeniedError,
    Apigw2Error,
    BadRequestError,
    ConflictError,
    DetachedError,
    NotFoundError,
    PreflightError,
    ResponseShapeError,
    ServiceError,
    TooManyRequestsError,
)
from apigw2.gateway import ApiGatewayV2

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apigw2.resources.api import (
        Api,
        ApiRef,
        Cors,
        ExportSpecification,
        IpAddressType,
        OutputType,
        ProtocolType,
    )
    from apigw2.resources.authorizer import (
        Authorizer,
        AuthorizerRef,
        AuthorizerType,
        JWTConfiguration,
    )
    from apigw2.resources.deployment import Deployment, DeploymentRef, DeploymentStatus
    from apigw2.resources.integration import (
        ConnectionType,
        ContentHandlingStrategy,
        Integration,
        IntegrationRef,
        IntegrationType,
        PassthroughBehavior,
        TlsConfig,
    )
    from apigw2.resources.route import AuthorizationType, ParameterConstraints, Route, RouteRef
    from apigw2.resources.stage import (
        AccessLogSettings,
        LoggingLevel,
        RouteSettings,
        Stage,
        StageRef,
    )

__all__ = [
    "AccessDeniedError",
    "AccessLogSettings",
    "Api",
    "ApiGatewayV2",
    "ApiRef",
    "Apigw2Error",
    "AuthorizationType",
    "Authorizer",
    "AuthorizerRef",
    "AuthorizerType",
    "BadRequestError",
    "ConflictError",
    "ConnectionType",
    "ContentHandlingStrategy",
    "Cors",
    "Deployment",
    "DeploymentRef",
    "DeploymentStatus",
    "DetachedError",
    "ExportSpecification",
    "Integration",
    "IntegrationRef",
    "IntegrationType",
    "IpAddressType",
    "JWTConfiguration",
    "Listing",
    "LoggingLevel",
    "NotFoundError",
    "OutputType",
    "ParameterConstraints",
    "PassthroughBehavior",
    "PreflightError",
    "ProtocolType",
    "ResponseShapeError",
    "Route",
    "RouteRef",
    "RouteSettings",
    "ServiceError",
    "Stage",
    "StageRef",
    "TlsConfig",
    "TooManyRequestsError",
]

# Where the lazy names are: a class costs half a millisecond to make, and there are many.
_MODULES: Final[Mapping[str, tuple[str, ...]]] = {
    "api": (
        "Api",
        "ApiRef",
        "Cors",
        "ExportSpecification",
        "IpAddressType",
        "OutputType",
        "ProtocolType",
    ),
    "authorizer": ("Authorizer", "AuthorizerRef", "AuthorizerType", "JWTConfiguration"),
    "deployment": ("Deployment", "DeploymentRef", "DeploymentStatus"),
    "integration": (
        "ConnectionType",
        "ContentHandlingStrategy",
        "Integration",
        "IntegrationRef",
        "IntegrationType",
        "PassthroughBehavior",
        "TlsConfig",
    ),
    "route": ("AuthorizationType", "ParameterConstraints", "Route", "RouteRef"),
    "stage": ("AccessLogSettings", "LoggingLevel", "RouteSettings", "Stage", "StageRef"),
}
_HOMES: Final = {name: module for module, names in _MODULES.items() for name in names}


if not TYPE_CHECKING:  # or every misspelt name would be an object

    def __getattr__(name: str) -> object:
        """Load the module of a resource when one of its names is first used (PEP 562)."""
        home = _HOMES.get(name)
        if home is None:
            msg = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        value = getattr(importlib.import_module(f"{__name__}.resources.{home}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
