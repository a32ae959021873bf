"""The fields that `unset` can clear. Only type-checked, never run.

Each ignore comment names the error that mypy must report for its line, as in `mistakes`.
"""
# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import apigw2


def known_names(
    *,
    api: apigw2.Api,
    route: apigw2.Route,
    authorizer: apigw2.Authorizer,
    integration: apigw2.Integration,
    stage: apigw2.Stage,
    domain: apigw2.DomainName,
) -> None:
    api.unset("cors_configuration", "description", "disable_execute_api_endpoint", "version")
    api.unset("api_key_selection_expression", "ip_address_type")
    route.unset("api_key_required", "authorization_scopes", "authorization_type", "authorizer_id")
    route.unset("operation_name", "request_models", "request_parameters", "target")
    route.unset("model_selection_expression", "route_response_selection_expression")
    authorizer.unset("authorizer_credentials_arn", "authorizer_result_ttl_in_seconds")
    integration.unset("description", "request_parameters", "response_parameters", "tls_config")
    stage.unset("access_log_settings", "client_certificate_id")
    authorizer.unset("authorizer_payload_format_version", "identity_source")
    authorizer.unset("identity_validation_expression")
    integration.unset("content_handling_strategy", "credentials_arn")
    stage.unset("route_settings", "stage_variables")
    stage.unset_route_settings("GET /pets", "logging_level", "throttling_burst_limit")
    domain.unset("mutual_tls_authentication")


def names_that_cannot_be_cleared(
    api: apigw2.Api, route: apigw2.Route, stage: apigw2.Stage, domain: apigw2.DomainName
) -> None:
    stage.unset_route_settings("GET /pets", "burst_limit")  # type: ignore[arg-type]
    stage.unset("description")  # type: ignore[arg-type]
    stage.unset("default_route_settings")  # type: ignore[arg-type]
    stage.unset("access_log_settings", "stage_name")  # type: ignore[arg-type]
    api.unset("name")  # type: ignore[arg-type]
    api.unset("Description")  # type: ignore[arg-type]
    route.unset("route_key")  # type: ignore[arg-type]
    route.unset(["operation_name"])  # type: ignore[arg-type]
    route.unset(operation_name=True)  # type: ignore[call-arg]
    domain.unset("routing_mode")  # type: ignore[arg-type]


def only_snapshots_know_what_is_set(
    reference: apigw2.RouteRef, deployment: apigw2.Deployment, link: apigw2.VpcLink
) -> None:
    reference.unset("operation_name")  # type: ignore[attr-defined]
    deployment.unset("description")  # type: ignore[attr-defined]
    link.unset("name")  # type: ignore[attr-defined]


def result(route: apigw2.Route, stage: apigw2.Stage) -> tuple[apigw2.Route, apigw2.Stage]:
    return route.unset("operation_name"), stage.unset("stage_variables")
