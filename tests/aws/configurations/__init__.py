"""The configurations, by source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.aws.configurations import (
    cdk,
    cdkd,
    definitions,
    patterns,
    recordings,
    rejections,
    sam,
    sam_definitions,
    sample_integrations,
    samples,
    terraform_apis,
    terraform_authorizers,
    terraform_domains,
    terraform_integrations,
    terraform_routes,
    terraform_stages,
    tools,
)

if TYPE_CHECKING:
    from tests.aws.cases import Case

CASES: Final[tuple[Case, ...]] = (
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
    *sample_integrations.CASES,
    *samples.CASES,
    *patterns.CASES,
    *tools.CASES,
    *definitions.CASES,
    *sam_definitions.CASES,
    *rejections.CASES,
)
