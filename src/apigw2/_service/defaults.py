"""How the service changes the values that it receives.

It fills in fields that a request omits, stores some values in another form, and drops others
without an error. So two different configurations can mean the same. To compare them, complete both
with `filled_in`, and compare the values in their normal forms (`normal_form`).

Fields have the names of Python's parameters, values are those of the typed objects, and nested
types are kinds of their own: `cors`, `route_settings`, `domain_name_configuration`.

Sources: `TF` is an acceptance test of hashicorp/terraform-provider-aws
(`internal/service/apigatewayv2/*_test.go`), which reads back what AWS stored;
`crd` is a response recorded by go-to-k/cdk-real-drift; `cdkd` a live test of go-to-k/cdkd; `model`
is botocore's service model.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

import attrs

from apigw2._service.arns import invoked_function

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_HTTP, _WEBSOCKET = "HTTP", "WEBSOCKET"

COMMON_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "api_key_selection_expression": ("$request.header.x-api-key",),
    "route_selection_expression": (
        "${request.method} ${request.path}",  # in the service model
        "$request.method $request.path",  # in responses
    ),
}
"""Strings that nearly every API has in a field, by the field's name."""


@attrs.frozen(eq=False, repr=False)
class Default:
    """A value that the service fills in.

    Attributes:
        kind: The kind of resource or of nested type.
        field: The field.
        value: The value.
        source: Who observed it.
        protocol: The protocol of the APIs that have this default; `None` for both.
        when: The values that other fields must have for it, by field. `None` stands for an absent
            field.
    """

    kind: str
    field: str
    value: object
    source: str
    protocol: str | None = None
    when: Mapping[str, tuple[str | None, ...]] = attrs.field(factory=dict[str, tuple[str]])


# A Lambda function. An `AWS` integration with another backend must name a method.
_LAMBDA: Final = {"integration_type": ("AWS", "AWS_PROXY"), "integration_subtype": (None, "")}

DEFAULTS: Final[tuple[Default, ...]] = (
    Default("api", "api_key_selection_expression", "$request.header.x-api-key", "crd, TF"),
    Default("api", "disable_execute_api_endpoint", value=False, source="crd, TF"),
    Default("api", "ip_address_type", "ipv4", "crd, TF"),
    Default("api", "route_selection_expression", "$request.method $request.path", "crd, TF", _HTTP),
    Default("authorizer", "authorizer_result_ttl_in_seconds", 0, "TF: absent reads as 0"),
    Default("authorizer", "enable_simple_responses", value=False, source="TF", protocol=_HTTP),
    *(
        # A CORS configuration comes back with all of its lists.
        Default("cors", field, (), "crd")
        for field in ("allow_headers", "allow_methods", "allow_origins", "expose_headers")
    ),
    Default("cors", "allow_credentials", value=False, source="TF"),
    Default("domain_name", "routing_mode", "API_MAPPING_ONLY", "TF"),
    Default("domain_name_configuration", "endpoint_type", "REGIONAL", "developer guide"),
    Default("domain_name_configuration", "ip_address_type", "ipv4", "TF"),
    Default("domain_name_configuration", "security_policy", "TLS_1_2", "developer guide"),
    Default("integration", "connection_type", "INTERNET", "crd, TF"),
    Default("integration", "integration_method", "POST", "crd, TF", when=_LAMBDA),
    Default("integration", "passthrough_behavior", "WHEN_NO_MATCH", "crd, TF", _WEBSOCKET),
    Default("integration", "payload_format_version", "1.0", "crd, TF", _WEBSOCKET),
    Default("integration", "timeout_in_millis", 30_000, "crd, TF", _HTTP),
    Default("integration", "timeout_in_millis", 29_000, "crd, TF", _WEBSOCKET),
    Default("model", "content_type", "application/json", "as in REST APIs", _WEBSOCKET),
    Default("route", "api_key_required", value=False, source="crd#873"),
    Default("route", "authorization_type", "NONE", "crd#873"),
    # Incomplete settings are completed, both those of a stage and those of a route. A stage without
    # default settings gets these.
    Default(
        "route_settings", "data_trace_enabled", value=False, source="crd, TF", protocol=_WEBSOCKET
    ),
    Default("route_settings", "detailed_metrics_enabled", value=False, source="crd, TF"),
    Default("route_settings", "logging_level", "OFF", "crd, TF", _WEBSOCKET),
    Default("stage", "auto_deploy", value=False, source="TF"),
)
"""The values that the service fills in. A field without a row stays absent."""

NESTED: Final[Mapping[tuple[str, str], str]] = {
    ("api", "cors_configuration"): "cors",
    ("domain_name", "domain_name_configurations"): "domain_name_configuration",
    ("stage", "default_route_settings"): "route_settings",
    ("stage", "route_settings"): "route_settings",
}
"""The kind of a field's value, or of its items if it is a list or map."""

DROPPED: Final[tuple[Default, ...]] = (
    # The service accepts these, answers with success, and does not store them.
    *(
        Default("integration", field, None, "TF integration_test.go, basicHTTP", _HTTP)
        for field in (
            "content_handling_strategy",
            "passthrough_behavior",
            "request_templates",
            "template_selection_expression",
        )
    ),
    Default(
        "integration",
        "tls_config",
        None,
        "cdkd#1602: dropped from an integration that is not private",
        when={"connection_type": (None, "INTERNET")},
    ),
    Default("api", "disable_schema_validation", None, "crd: in no response"),
)
"""Fields that the service does not store, with the value that it returns instead."""

UNORDERED: Final[Mapping[str, frozenset[str]]] = {
    "cors": frozenset({"allow_headers", "allow_methods", "allow_origins", "expose_headers"}),
    "jwt_configuration": frozenset({"audience"}),
    "route": frozenset({"authorization_scopes"}),
    "vpc_link": frozenset({"security_group_ids", "subnet_ids"}),
}
"""Lists whose order has no meaning, by kind. That of `identity_source` has: functions see it."""


def _plain_expression(expression: str) -> str:
    """Drop the braces of variables: AWS accepts `${request.method}`, and returns the other form."""
    return re.sub(r"\$\{([^{}]+)\}", r"$\1", expression)


_NORMAL_FORMS: Final[Mapping[tuple[str, str], Callable[[str], str]]] = {
    ("api", "route_selection_expression"): _plain_expression,
    # A function's ARN and its invocation URI mean the same. An HTTP API keeps the form that it
    # was sent (crd).
    ("authorizer", "authorizer_uri"): invoked_function,
    # Headers come back in lower case (crd). The case of methods is not significant (TF).
    ("cors", "allow_headers"): str.lower,
    ("cors", "allow_methods"): str.upper,
    ("cors", "expose_headers"): str.lower,
    ("integration", "integration_uri"): invoked_function,
}


def filled_in(
    kind: str, protocol: str | None, fields: Mapping[str, object]
) -> Mapping[str, object]:
    """Return the fields of a resource after a request that sends some of them.

    Args:
        kind: The kind of resource or of nested type, such as `integration`.
        protocol: The protocol of the API; `None` for a resource that belongs to no API.
        fields: The fields that a request sends, by name. Those that are `None` are absent.

    Returns:
        The fields that the service stores, and those that it fills in. Nested types are unchanged;
        complete them one by one.
    """
    sent = {name: value for name, value in fields.items() if value is not None}
    kept = {
        name: value
        for name, value in sent.items()
        if not any(_applies(row, kind, protocol, sent) and row.field == name for row in DROPPED)
    }
    defaults = {row.field: row.value for row in DEFAULTS if _applies(row, kind, protocol, sent)}
    return {**defaults, **kept}


def _applies(row: Default, kind: str, protocol: str | None, fields: Mapping[str, object]) -> bool:
    return (
        row.kind == kind
        and row.protocol in (None, protocol)
        and all(fields.get(name) in values for name, values in row.when.items())
    )


def normal_form(kind: str, field: str, value: object) -> object:
    """Return the normal form of a value: values that mean the same have equal normal forms.

    Args:
        kind: The kind of resource or of nested type.
        field: The field.
        value: Its value.
    """
    convert = _NORMAL_FORMS.get((kind, field), str)
    if isinstance(value, str):
        return convert(value)
    if isinstance(value, (list, tuple)):
        values = cast("Sequence[object]", value)
        items = tuple(convert(item) if isinstance(item, str) else item for item in values)
        return frozenset(items) if field in UNORDERED.get(kind, ()) else items
    return value
