"""The configurations, by where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.aws.configurations import (
    cdk,
    cdkd,
    recordings,
    rejections,
    sam,
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
    *cdk.CASES,
    *sam.CASES,
    *rejections.CASES,
)

PENDING: Final = frozenset(
    {
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
        "domain_name-tags_EmptyTag_OnCreate",
        "domain_name-tags_EmptyTag_OnUpdate_Add",
        "export-basic",
        "export-stage",
        "integration-basicHTTP",
        "integration-dataMappingHTTP",
        "integration-lambdaHTTP",
        "integration-serviceIntegration",
        "integration-vpcLinkHTTP",
        "route-jwtAuthorization",
        "route-request-parameters-beyond-connect",
        "route-updateRouteKey",
        "routing_rule-disappears",
        "routing_rule-v2Domain",
        "stage-RouteSettingsHTTP_withRoute",
        "stage-autoDeployHTTP",
        "stage-basicHTTP",
        "stage-defaultHTTPStage",
        "stage-defaultRouteSettingsHTTP",
        "stage-logging-level-of-http",
        "stage-routeSettingsHTTP",
        "stage-tags_EmptyTag_OnCreate",
        "stage-tags_EmptyTag_OnUpdate_Add",
        "stage-tags_EmptyTag_OnUpdate_Replace",
        "vpc_link-tags_EmptyTag_OnCreate",
        "vpc_link-tags_EmptyTag_OnUpdate_Replace",
    }
)
"""Cases that the library or the local gateway does not pass yet; to be empty."""

CASES: Final = tuple(case for case in ALL if str(case) not in PENDING)
