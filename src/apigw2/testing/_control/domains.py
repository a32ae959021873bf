"""Domain names, API mappings and routing rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from apigw2.testing._control._resource import Resource
from apigw2.testing._errors import bad_request, conflict

if TYPE_CHECKING:
    from datetime import datetime

    from apigw2.testing._control._resource import Call, Control
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node

# The service does not document which further characters a multi-level key may have
# (aws/aws-cdk#9077). Slashes are allowed only between levels (aws/aws-cdk#9078).
_MAPPING_KEY: Final = re.compile(r"[A-Za-z0-9$\-_.+!*'(),]+(/[A-Za-z0-9$\-_.+!*'(),]+)*")
_NAME: Final = re.compile(
    r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE
)
_CERTIFICATE: Final = re.compile(r"arn:[\w-]+:acm:(?P<region>[\w-]+):.*")
_LONGEST_HEADER: Final = 40
_LONGEST_GLOB: Final = 128
_HOSTED_ZONE: Final = "Z1UJRXOUMOOFQ8"


def _configuration(control: Control, given: Record, old: Record) -> Record:
    """Complete the configuration of a domain name."""
    if not given.get("CertificateArn"):
        raise bad_request("CertificateArn is required in a domain name configuration")
    certificate, region = (
        _CERTIFICATE.fullmatch(given["CertificateArn"]),
        control.account.region_name,
    )
    if certificate is not None and certificate["region"] != region:
        # The message is that in aws/aws-cdk#9548, with a certificate of another region.
        raise bad_request(
            "The certificate provided must be owned by the account creating the domain."
        )
    if given.get("EndpointType", "REGIONAL") != "REGIONAL":
        raise bad_request("Only the endpoint type REGIONAL is supported")
    policy = given.get("SecurityPolicy", "TLS_1_2")
    if policy != "TLS_1_2":
        # The message is that in hashicorp/terraform-provider-aws#37869.
        raise bad_request(f"{policy} is not supported for APIGatewayV2 domainName")
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
    if not _NAME.fullmatch(name):
        raise bad_request(f"Invalid domain name: {name}")
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
            # The message is that in floci-io/floci#2390, as observed on the service.
            raise bad_request("Invalid input. Expected one domain name configuration")
        old: Record = node.record["DomainNameConfigurations"][0] if node else {}
        record["DomainNameConfigurations"] = [_configuration(call.control, configurations[0], old)]
    if "MutualTlsAuthentication" in call.params:
        given = call.params["MutualTlsAuthentication"]
        if node is not None and "TruststoreUri" not in given:
            # A version without a URI selects another version of the same truststore.
            given = {**node.record.get("MutualTlsAuthentication", {}), **given}
        record["MutualTlsAuthentication"] = given
        if not given.get("TruststoreUri"):
            # An empty URI turns mutual TLS off (terraform-provider-aws, `domain_name.go`).
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


def _check_stage(api: Node, stage: str, now: datetime) -> None:
    if api.get("stages", stage, now) is None:
        # The message and the status 400 are those in aws/aws-cdk#8983.
        raise bad_request("Invalid stage identifier specified")


def _check_mode(call: Call, node: Node | None, without: str) -> None:
    """Reject resources that the routing mode of the domain name does not allow.

    Developer guide, "Set the routing mode for your custom domain name". Existing resources remain
    after a change of the mode, and can be updated.
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
    root, now = call.control.root, call.control.now()
    api = root.get("apis", record["ApiId"], now)
    if api is None:
        raise bad_request("Invalid API identifier specified")
    _check_stage(api, record["Stage"], now)
    for other in call.lineage[0].all("apimappings", now):
        if other is node:
            continue
        if other.record["ApiMappingKey"] == key:
            # The message is that in aws/aws-cdk#22660.
            raise conflict("ApiMapping key already exists for this domain name")
        neighbour = root.get("apis", other.record["ApiId"], now)
        if neighbour and neighbour.record["ProtocolType"] != api.record["ProtocolType"]:
            # Developer guide, "Use API mappings to connect API stages to a custom domain name".
            raise bad_request("A domain name cannot have both HTTP APIs and WebSocket APIs")


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
    if sum("MatchHeaders" in each for each in conditions) > 2:  # noqa: PLR2004 - from the service model
        raise bad_request("Conditions can contain up to two matchHeaders conditions")
    for condition in conditions:
        _check_condition(condition)
    now = call.control.now()
    for action in record["Actions"]:
        invoked = action["InvokeApi"]
        # Rules invoke REST APIs (developer guide, "Routing rules to connect API stages to a custom
        # domain name"), which do not exist here.
        api = call.control.root.get("apis", invoked["ApiId"], now)
        if api is not None:
            _check_stage(api, invoked["Stage"], now)


def _check_condition(condition: Record) -> None:
    """Reject invalid conditions (terraform-provider-aws, `routing_rule.go`)."""
    if any(len(each["AnyOf"]) > 1 for each in condition.values()):
        raise bad_request("A condition can match one value only")
    for match in condition.get("MatchHeaders", {}).get("AnyOf", ()):
        if len(match["Header"]) > _LONGEST_HEADER:
            raise bad_request(f"A header to match has at most {_LONGEST_HEADER} characters")
        if len(match["ValueGlob"]) > _LONGEST_GLOB:
            raise bad_request(f"A valueGlob has at most {_LONGEST_GLOB} characters")


def _rule_created(call: Call, rule: Node) -> None:
    domain = call.lineage[0]
    arn = call.control.arn(f"domainnames/{domain.id}/routingrules/{rule.id}", account=True)
    rule.update(RoutingRuleArn=arn)


def put_routing_rule(call: Call) -> Record:
    """PutRoutingRule: unlike an update, it replaces every member."""
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
