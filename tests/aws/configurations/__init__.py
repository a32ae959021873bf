"""The configurations, by where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.aws.configurations import (
    cdkd,
    recordings,
    rejections,
    terraform_apis,
    terraform_authorizers,
    terraform_domains,
    terraform_integrations,
    terraform_routes,
    terraform_stages,
)

if TYPE_CHECKING:
    from tests.aws.cases import Case

ALL: Final[tuple[Case, ...]] = (
    *terraform_apis.CASES,
    *terraform_integrations.CASES,
    *terraform_routes.CASES,
    *terraform_authorizers.CASES,
    *terraform_stages.CASES,
    *terraform_domains.CASES,
    *recordings.CASES,
    *cdkd.CASES,
    *rejections.CASES,
)

PENDING: Final = frozenset(
    {
        "api-AWS__ApiGatewayV2__Api.ApiF70053CD_http_rich",
        "api-OpenAPI_failOnWarnings_false",
        "api-OpenAPI_failOnWarnings_true",
        "api-OpenAPI_withCors",
        "api-OpenAPI_withMoreFields",
        "api-OpenAPI_withTags",
        "api-allAttributesHTTP",
        "api-basicHTTP",
        "api-cors",
        "api-credentials-for-every-origin",
        "api-method-any-in-cors",
        "api-name",
        "api-openAPI",
        "api-quickCreate",
        "api-tags_AddOnUpdate",
        "api-tags_EmptyTag_OnCreate",
        "api-tags_EmptyTag_OnUpdate_Add",
        "api-tags_EmptyTag_OnUpdate_Replace",
        "api-tags_steps",
        "authorizer-HTTPAPILambdaRequestAuthorizer_initialMissingCacheTTL",
        "authorizer-HTTPAPILambdaRequestAuthorizer_initialZeroCacheTTL",
        "authorizer-basic",
        "authorizer-jwt",
        "authorizer-request-without-payload-format",
        "authorizer-same-name",
        "domain_name-certificate-of-another-region",
        "domain_name-mutualTLSAuthentication",
        "domain_name-tags_EmptyTag_OnCreate",
        "domain_name-tags_EmptyTag_OnUpdate_Add",
        "domain_name-tls-1-0",
        "export-basic",
        "export-stage",
        "integration-AWS__ApiGatewayV2__Integration.WsInteg",
        "integration-basicHTTP",
        "integration-cdkd-FlatIntegration",
        "integration-dataMappingHTTP",
        "integration-lambda-custom-on-http",
        "integration-lambdaHTTP",
        "integration-lambdaWebSocket",
        "integration-service-update-without-subtype",
        "integration-serviceIntegration",
        "integration-vpcLinkHTTP",
        "integration-vpcLinkWebSocket",
        "route-jwt-without-its-authorizer",
        "route-jwtAuthorization",
        "route-request-parameters-beyond-connect",
        "route-updateRouteKey",
        "routing_rule-disappears",
        "routing_rule-v2Domain",
        "stage-AWS__ApiGatewayV2__Stage.Live",
        "stage-AWS__ApiGatewayV2__Stage.WsStage",
        "stage-RouteSettingsHTTP_withRoute",
        "stage-access-log-format-of-two-lines",
        "stage-accessLogSettings",
        "stage-autoDeployHTTP",
        "stage-basicHTTP",
        "stage-basicWebSocket",
        "stage-cdkd-WsStage",
        "stage-clientCertificateIdAndDescription",
        "stage-defaultHTTPStage",
        "stage-defaultRouteSettingsHTTP",
        "stage-deployment",
        "stage-logging-level-of-an-http-route",
        "stage-logging-level-of-http",
        "stage-routeSettingsHTTP",
        "stage-routeSettingsWebSocket",
        "stage-stageVariables",
        "stage-tags",
        "stage-tags_EmptyTag_OnCreate",
        "stage-tags_EmptyTag_OnUpdate_Add",
        "stage-tags_EmptyTag_OnUpdate_Replace",
        "vpc_link-eleventh",
        "vpc_link-tags_EmptyTag_OnCreate",
        "vpc_link-tags_EmptyTag_OnUpdate_Replace",
    }
)
"""Cases that the library or the local gateway does not pass yet; to be empty."""

CASES: Final = tuple(case for case in ALL if str(case) not in PENDING)
