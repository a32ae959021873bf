"""Rules about custom domain names, API mappings and routing rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from apigw2._service.rules.rule import GUIDE, Rule, not_given

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from apigw2._service.rules.rule import PendingCall

_DOMAIN = ("CreateDomainName", "UpdateDomainName")
_MAPPING = ("CreateApiMapping", "UpdateApiMapping")
_ROUTING_RULE = ("CreateRoutingRule", "PutRoutingRule")
# terraform-provider-aws, routing_rule.go
_LONGEST_HEADER: Final = 40
_LONGEST_GLOB: Final = 128


def _configurations(call: PendingCall) -> Sequence[Mapping[str, Any]]:
    configurations: Sequence[Mapping[str, Any]] = call.request.get("DomainNameConfigurations", ())
    return configurations


def _bad_mapping_key(call: PendingCall) -> bool:
    key = call.request.get("ApiMappingKey", "")
    return key.startswith("/") or key.endswith("/") or "//" in key


def _matches(call: PendingCall) -> Iterator[Sequence[Any]]:
    """The values of each condition of a routing rule. botocore reports those of a wrong type."""
    for condition in call.request.get("Conditions", ()):
        for match in condition.values():
            if isinstance(match, dict):
                yield cast("Mapping[str, Sequence[Any]]", match).get("AnyOf", ())


def _match_is_too_long(call: PendingCall) -> bool:
    headers = [
        cast("Mapping[str, str]", value)
        for values in _matches(call)
        for value in values
        if isinstance(value, dict)
    ]
    return any(
        len(header.get("Header", "")) > _LONGEST_HEADER
        or len(header.get("ValueGlob", "")) > _LONGEST_GLOB
        for header in headers
    )


RULES: Final[Sequence[Rule]] = (
    Rule(
        _DOMAIN,
        "DomainNameConfigurations: EndpointType of HTTP and WEBSOCKET APIs is REGIONAL",
        GUIDE,
        lambda call: any(c.get("EndpointType") == "EDGE" for c in _configurations(call)),
    ),
    Rule(
        _DOMAIN,
        "DomainNameConfigurations: SecurityPolicy of HTTP and WEBSOCKET APIs is TLS_1_2",
        "terraform-provider-aws#37869",
        lambda call: any(c.get("SecurityPolicy") == "TLS_1_0" for c in _configurations(call)),
        rejection="TLS_1_0 is not supported for APIGatewayV2 domainName",
    ),
    Rule(
        _MAPPING,
        "ApiMappingKey cannot start or end with /, or have //",
        "aws-cdk#9078",
        _bad_mapping_key,
        advice=not_given("ApiMappingKey"),
    ),
    Rule(
        _ROUTING_RULE,
        "Conditions: each match takes one value",
        "terraform-provider-aws routing_rule.go",
        lambda call: any(len(values) > 1 for values in _matches(call)),
    ),
    Rule(
        _ROUTING_RULE,
        f"Conditions: a header has up to {_LONGEST_HEADER} characters, a glob {_LONGEST_GLOB}",
        "terraform-provider-aws routing_rule.go",
        _match_is_too_long,
    ),
)
