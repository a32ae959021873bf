"""boto3's dict, then cattrs with its defaults: the first version that most people would write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import attrs
import boto3
import cattrs

from benchmarks.contestants import raw


def _boto_names(_: type[Any], fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    return [field.evolve(alias=field.name.title().replace("_", "")) for field in fields]


@attrs.frozen(kw_only=True, field_transformer=_boto_names)
class Route:
    route_id: str
    route_key: str
    api_gateway_managed: bool | None = None
    api_key_required: bool | None = None
    authorization_scopes: list[str] | None = None
    authorization_type: str | None = None
    authorizer_id: str | None = None
    model_selection_expression: str | None = None
    operation_name: str | None = None
    request_models: dict[str, str] | None = None
    request_parameters: dict[str, dict[str, bool]] | None = None
    route_response_selection_expression: str | None = None
    target: str | None = None


@attrs.frozen(kw_only=True, field_transformer=_boto_names)
class Cors:
    allow_credentials: bool | None = None
    allow_headers: list[str] | None = None
    allow_methods: list[str] | None = None
    allow_origins: list[str] | None = None
    expose_headers: list[str] | None = None
    max_age: int | None = None


@attrs.frozen(kw_only=True, field_transformer=_boto_names)
class Api:
    api_id: str
    name: str
    protocol_type: str
    route_selection_expression: str
    api_endpoint: str | None = None
    api_gateway_managed: bool | None = None
    api_key_selection_expression: str | None = None
    cors_configuration: Cors | None = None
    created_date: datetime | None = None
    description: str | None = None
    disable_schema_validation: bool | None = None
    disable_execute_api_endpoint: bool | None = None
    import_info: list[str] | None = None
    ip_address_type: str | None = None
    tags: dict[str, str] | None = None
    version: str | None = None
    warnings: list[str] | None = None


@attrs.frozen(kw_only=True, field_transformer=_boto_names)
class TlsConfig:
    server_name_to_verify: str | None = None


@attrs.frozen(kw_only=True, field_transformer=_boto_names)
class Integration:
    integration_id: str
    api_gateway_managed: bool | None = None
    connection_id: str | None = None
    connection_type: str | None = None
    content_handling_strategy: str | None = None
    credentials_arn: str | None = None
    description: str | None = None
    integration_method: str | None = None
    integration_response_selection_expression: str | None = None
    integration_subtype: str | None = None
    integration_type: str | None = None
    integration_uri: str | None = None
    passthrough_behavior: str | None = None
    payload_format_version: str | None = None
    request_parameters: dict[str, str] | None = None
    request_templates: dict[str, str] | None = None
    response_parameters: dict[str, dict[str, str]] | None = None
    template_selection_expression: str | None = None
    timeout_in_millis: int | None = None
    tls_config: TlsConfig | None = None


@attrs.frozen(kw_only=True, field_transformer=_boto_names)
class AccessLogSettings:
    destination_arn: str | None = None
    format: str | None = None


@attrs.frozen(kw_only=True, field_transformer=_boto_names)
class RouteSettings:
    data_trace_enabled: bool | None = None
    detailed_metrics_enabled: bool | None = None
    logging_level: str | None = None
    throttling_burst_limit: int | None = None
    throttling_rate_limit: float | None = None


@attrs.frozen(kw_only=True, field_transformer=_boto_names)
class Stage:
    stage_name: str
    access_log_settings: AccessLogSettings | None = None
    api_gateway_managed: bool | None = None
    auto_deploy: bool | None = None
    client_certificate_id: str | None = None
    created_date: datetime | None = None
    default_route_settings: RouteSettings | None = None
    deployment_id: str | None = None
    description: str | None = None
    last_deployment_status_message: str | None = None
    last_updated_date: datetime | None = None
    route_settings: dict[str, RouteSettings] | None = None
    stage_variables: dict[str, str] | None = None
    tags: dict[str, str] | None = None


CLASSES: Final[dict[str, Any]] = {
    "routes": list[Route],
    "apis": list[Api],
    "integrations": list[Integration],
    "stages": list[Stage],
}


class Calls:
    """boto3's client, and a default converter."""

    def __init__(self, session: boto3.Session, endpoint: str) -> None:
        self._boto = raw.Calls(session, endpoint)
        self._converter = cattrs.Converter(use_alias=True)
        # The only hook that the defaults lack.
        self._converter.register_structure_hook(datetime, lambda value, _: value)

    def fetch(self, kind: str, count: int) -> Sequence[Any]:
        made: list[Any] = self._converter.structure(self._boto.fetch(kind, count), CLASSES[kind])
        return made

    def get(self) -> Any:
        return self._converter.structure(self._boto.get(), Route)

    def create(self) -> Any:
        return self._converter.structure(self._boto.create(), Route)

    def keys(self, items: Sequence[Any]) -> list[str]:
        return [item.route_key for item in items]
