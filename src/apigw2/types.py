"""Every resource, value type and enumeration of the service, in one place.

The same names are importable from `apigw2` itself. Importing this module loads them all.
"""

from apigw2.resources.api import (
    Api,
    ApiRef,
    Cors,
    ExportSpecification,
    IpAddressType,
    OutputType,
    ProtocolType,
)
from apigw2.resources.authorizer import Authorizer, AuthorizerRef, AuthorizerType, JWTConfiguration
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
from apigw2.resources.stage import AccessLogSettings, LoggingLevel, RouteSettings, Stage, StageRef

__all__ = [
    "AccessLogSettings",
    "Api",
    "ApiRef",
    "AuthorizationType",
    "Authorizer",
    "AuthorizerRef",
    "AuthorizerType",
    "ConnectionType",
    "ContentHandlingStrategy",
    "Cors",
    "Deployment",
    "DeploymentRef",
    "DeploymentStatus",
    "ExportSpecification",
    "Integration",
    "IntegrationRef",
    "IntegrationType",
    "IpAddressType",
    "JWTConfiguration",
    "LoggingLevel",
    "OutputType",
    "ParameterConstraints",
    "PassthroughBehavior",
    "ProtocolType",
    "Route",
    "RouteRef",
    "RouteSettings",
    "Stage",
    "StageRef",
    "TlsConfig",
]
