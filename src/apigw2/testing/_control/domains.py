"""Domain names, API mappings and routing rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from apigw2.testing._control._resource import Resource
from apigw2.testing._errors import bad_request, conflict

if TYPE_CHECKING:
    from apigw2.testing._control._resource import Call, Control
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node

# The service does not show which characters a multi-level key may have beyond those of a single
# level (aws/aws-cdk#9077); slashes only between them (aws/aws-cdk#9078).
_MAPPING_KEY: Final = re.compile(r"[A-Za-z0-9$\-_.+!*'(),]+(/[A-Za-z0-9$\-_.+!*'(),]+)*")
_HOSTED_ZONE: Final = "Z1UJRXOUMOOFQ8"


def _configuration(control: Control, given: Record, old: Record) -> Record:
    """Complete the configuration of a domain name."""
    if not given.get("CertificateArn"):
        raise bad_request("CertificateArn is required in a domain name configuration")
    if given.get("EndpointType", "REGIONAL") != "REGIONAL":
        raise bad_request("Only the endpoint type REGIONAL is supported")
    if given.get("SecurityPolicy", "TLS_1_2") != "TLS_1_2":
        # hashicorp/terraform-provider-aws#37869
        raise bad_request("Only the security policy TLS_1_2 is supported")
    host = f"d-{control.new_id(10)}.execute-api.{control.account.region_name}.amazonaws.com"
    return {
        "ApiGatewayDomainName": old.get("ApiGatewayDomainName", host),
        "DomainNameStatus": "AVAILABLE",
        "EndpointType": "REGIONAL",
        "HostedZoneId": _HOSTED_ZONE,
        "IpAddressType": "ipv4",
        "SecurityPolicy": "TLS_1_2",
        **given,
    }


def _prepare(call: Call, record: Record) -> None:
    name = record["DomainName"]
    if call.control.root.get("domainnames", name, call.control.now()):
        raise conflict("The domain name you provided already exists.")
    record.setdefault("ApiMappingSelectionExpression", "$request.basepath")
    record["DomainNameArn"] = call.control.arn(f"domainnames/{name}")
    record.setdefault("DomainNameConfigurations", [])
    record.setdefault("RoutingMode", "API_MAPPING_ONLY")
    record.setdefault("Tags", {})


def _check(call: Call, node: Node | None, record: Record) -> None:
    if node is None or "DomainNameConfigurations" in call.params:
        configurations = record["DomainNameConfigurations"]
        if len(configurations) != 1:
            # The words are those in floci-io/floci#2390, where they were seen on the service.
            raise bad_request("Invalid input. Expected one domain name configuration")
        old: Record = node.record["DomainNameConfigurations"][0] if node else {}
        record["DomainNameConfigurations"] = [_configuration(call.control, configurations[0], old)]
    truststore = record.get("MutualTlsAuthentication")
    if truststore is not None and not truststore.get("TruststoreUri"):
        # An empty URI turns mutual TLS off (terraform-provider-aws, resource
        # aws_apigatewayv2_domain_name).
        del record["MutualTlsAuthentication"]


def _set_status(node: Node, **members: str) -> None:
    configuration = {**node.record["DomainNameConfigurations"][0], **members}
    node.update(DomainNameConfigurations=[configuration])


def _updated(call: Call, domain: Node) -> None:
    def done(node: Node) -> None:
        _set_status(node, DomainNameStatus="AVAILABLE", DomainNameStatusMessage="")

    def failed(node: Node, message: str) -> None:
        _set_status(
            node, DomainNameStatus="PENDING_CERTIFICATE_REIMPORT", DomainNameStatusMessage=message
        )

    _set_status(domain, DomainNameStatus="UPDATING")
    call.control.transition(call.operation.name, domain, "DomainNameStatus", done, failed)


DOMAIN_NAME: Final = Resource(
    collection="domainnames",
    noun="domain name",
    id_member="DomainName",
    id_given=True,
    missing="Invalid domain name identifier specified",
    prepare=_prepare,
    check=_check,
    updated=_updated,
)


def _check_stage(call: Call, api_id: str, stage: str) -> None:
    """Refuse what names no stage of an API of this kind."""
    now = call.control.now()
    api = call.control.root.get("apis", api_id, now)
    if api is None:
        raise bad_request("Invalid API identifier specified")
    if api.get("stages", stage, now) is None:
        # The words, and that it is a 400, are those in aws/aws-cdk#8983.
        raise bad_request("Invalid stage identifier specified")


def _check_mode(call: Call, node: Node | None, without: str) -> None:
    """Refuse to make what the domain name's routing mode has no place for.

    Developer guide, "Set the routing mode for your custom domain name". What is there already when
    the mode is changed stays, and can be changed.
    """
    mode = call.lineage[0].record["RoutingMode"]
    if node is None and mode == without:
        raise bad_request(f"The routing mode of the domain name is {mode}")


def _prepare_mapping(_: Call, record: Record) -> None:
    record.setdefault("ApiMappingKey", "")


def _check_mapping(call: Call, node: Node | None, record: Record) -> None:
    _check_mode(call, node, without="ROUTING_RULE_ONLY")
    key = record.setdefault("ApiMappingKey", "")
    if key and not _MAPPING_KEY.fullmatch(key):
        raise bad_request(
            "An ApiMapping key may contain only letters, numbers and one of $-_.+!*'(),"
        )
    _check_stage(call, record["ApiId"], record["Stage"])
    for other in call.lineage[0].all("apimappings", call.control.now()):
        if other is not node and other.record["ApiMappingKey"] == key:
            # The words are those in aws/aws-cdk#22660.
            raise conflict("ApiMapping key already exists for this domain name")


API_MAPPING: Final = Resource(
    collection="apimappings",
    noun="ApiMapping",
    id_member="ApiMappingId",
    required=frozenset({"ApiId", "Stage"}),
    prepare=_prepare_mapping,
    check=_check_mapping,
)


def _check_rule(call: Call, node: Node | None, record: Record) -> None:
    _check_mode(call, node, without="API_MAPPING_ONLY")
    for other in call.lineage[0].all("routingrules", call.control.now()):
        if other is not node and other.record["Priority"] == record["Priority"]:
            raise conflict(f"A routing rule with priority {record['Priority']} already exists")
    conditions: list[dict[str, Any]] = record["Conditions"]
    if sum("MatchBasePaths" in each for each in conditions) > 1:
        raise bad_request("Conditions can contain only one matchBasePaths condition")
    if sum("MatchHeaders" in each for each in conditions) > 2:  # noqa: PLR2004  # says the model
        raise bad_request("Conditions can contain up to two matchHeaders conditions")
    for action in record["Actions"]:
        _check_stage(call, action["InvokeApi"]["ApiId"], action["InvokeApi"]["Stage"])


def _rule_created(call: Call, rule: Node) -> None:
    domain = call.lineage[0]
    arn = call.control.arn(f"domainnames/{domain.id}/routingrules/{rule.id}")
    rule.update(RoutingRuleArn=arn)


def put_routing_rule(call: Call) -> Record:
    """PutRoutingRule: unlike an update, it gives every member anew."""
    _check_rule(call, call.node, call.members)
    call.node.update(**call.members)
    return call.node.record


ROUTING_RULE: Final = Resource(
    collection="routingrules",
    noun="RoutingRule",
    id_member="RoutingRuleId",
    check=_check_rule,
    created=_rule_created,
)
