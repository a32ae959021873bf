"""What belongs to the account: domain names, mappings, routing rules, VPC links, portals, tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.local_gateway import (
    CERTIFICATE,
    JSON,
    LAMBDA,
    http_api,
    refused,
    route,
    url_integration,
    websocket_api,
)

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client

COLORS = dict.fromkeys(
    (
        "AccentColor", "BackgroundColor", "ErrorValidationColor", "HeaderColor",
        "NavigationColor", "TextColor",
    ),
    "#000000",
)  # fmt: skip


def domain_name(client: Client, mode: str | None = None, **configuration: str) -> dict[str, Any]:
    given: dict[str, Any] = {} if mode is None else {"RoutingMode": mode}
    answer: dict[str, Any] = client.create_domain_name(
        DomainName="a.example.com",
        DomainNameConfigurations=[{"CertificateArn": CERTIFICATE, **configuration}],
        **given,
    )
    return answer


def test_a_domain_name_has_the_defaults_of_the_service(client: Client) -> None:
    answer = domain_name(client)

    assert answer["ApiMappingSelectionExpression"] == "$request.basepath"
    assert answer["DomainNameArn"] == "arn:aws:apigateway:us-east-1::/domainnames/a.example.com"
    assert answer["RoutingMode"] == "API_MAPPING_ONLY"
    (configuration,) = answer["DomainNameConfigurations"]
    assert configuration["ApiGatewayDomainName"].startswith("d-")
    assert configuration["DomainNameStatus"] == "AVAILABLE"
    assert configuration["EndpointType"] == "REGIONAL"
    assert configuration["IpAddressType"] == "ipv4"
    assert configuration["SecurityPolicy"] == "TLS_1_2"


def test_a_domain_name_that_cannot_be(client: Client) -> None:
    with refused("BadRequest", "Expected one domain name configuration"):
        client.create_domain_name(DomainName="a.example.com")
    with refused("BadRequest", "CertificateArn is required"):
        client.create_domain_name(DomainName="a.example.com", DomainNameConfigurations=[{}])
    with refused("BadRequest", "TLS_1_0 is not supported for APIGatewayV2 domainName"):
        domain_name(client, SecurityPolicy="TLS_1_0")
    with refused("BadRequest", "must be owned by the account creating the domain"):
        domain_name(client, CertificateArn=CERTIFICATE.replace("us-east-1", "eu-west-1"))
    with refused("BadRequest", "REGIONAL"):
        domain_name(client, EndpointType="EDGE")
    domain_name(client)
    with refused("Conflict", "The domain name you provided already exists"):
        domain_name(client)
    with refused("NotFound", "Invalid domain name identifier specified"):
        client.get_domain_name(DomainName="b.example.com")


@pytest.mark.parametrize(
    "name",
    [
        "x..y", "127.0.0.1", "localhost", ".example.com", "example.com.", "-a.example.com",
        "a b.example.com", "a.*.example.com", "*", f"{'a' * 64}.example.com", "a.example.com/",
    ],
)  # fmt: skip
def test_a_domain_name_that_is_no_host_name(client: Client, name: str) -> None:
    configuration = {"CertificateArn": CERTIFICATE}

    with refused("BadRequest", "Invalid domain name"):
        client.create_domain_name(DomainName=name, DomainNameConfigurations=[configuration])


@pytest.mark.parametrize("name", ["*.example.com", "a-1.b.example.co", "API.example.com"])
@pytest.mark.parametrize(
    "certificate",
    [CERTIFICATE, "arn:aws:acm:::certificate/1", "arn:aws:iam::123456789012:server-certificate/a"],
    ids=["acm", "no-region", "iam"],
)
def test_a_domain_name_and_a_certificate_that_the_service_takes(
    client: Client, name: str, certificate: str
) -> None:
    configuration = {"CertificateArn": certificate}

    made = client.create_domain_name(DomainName=name, DomainNameConfigurations=[configuration])

    assert made["DomainName"] == name


def test_a_version_alone_is_another_version_of_the_same_truststore(client: Client) -> None:
    name = {"DomainName": "a.example.com"}
    domain_name(client)

    def update(**given: str) -> Any:  # noqa: ANN401  # a member of the answer
        answer = client.update_domain_name(**name, MutualTlsAuthentication=given)
        return answer.get("MutualTlsAuthentication")

    assert update(TruststoreVersion="0") is None
    assert update(TruststoreUri="s3://b/k", TruststoreVersion="1") == {
        "TruststoreUri": "s3://b/k", "TruststoreVersion": "1",
    }  # fmt: skip
    assert update(TruststoreVersion="2")["TruststoreUri"] == "s3://b/k"
    assert update(TruststoreUri="s3://b/l") == {"TruststoreUri": "s3://b/l"}


@pytest.mark.parametrize("fails", [False, True])
def test_a_change_of_a_domain_name_takes_time(
    local: LocalGateway, client: Client, *, fails: bool
) -> None:
    before = domain_name(client)["DomainNameConfigurations"][0]
    if fails:
        local.faults.fail_transition("UpdateDomainName", "certificate expired")

    answer = client.update_domain_name(
        DomainName="a.example.com", DomainNameConfigurations=[{"CertificateArn": CERTIFICATE}]
    )

    assert answer["DomainNameConfigurations"][0]["DomainNameStatus"] == "UPDATING"
    local.clock.advance(1)
    after = client.get_domain_name(DomainName="a.example.com")["DomainNameConfigurations"][0]
    if fails:
        assert after["DomainNameStatus"] == "PENDING_CERTIFICATE_REIMPORT"
        assert after["DomainNameStatusMessage"] == "certificate expired"
    else:
        assert after["DomainNameStatus"] == "AVAILABLE"
    assert after["ApiGatewayDomainName"] == before["ApiGatewayDomainName"]


def test_api_mappings_can_be_created_changed_and_deleted(client: Client) -> None:
    domain_name(client)
    api_id = http_api(client, Target=LAMBDA)
    given = {"DomainName": "a.example.com", "ApiId": api_id, "Stage": "$default"}
    root = client.create_api_mapping(**given)
    deep = client.create_api_mapping(**given, ApiMappingKey="pets/v1")

    assert root["ApiMappingKey"] == ""
    for key in ("/", "a/", "/a", "a//b", "a b"):
        with refused("BadRequest", "may contain only letters"):
            client.create_api_mapping(**given, ApiMappingKey=key)
    for key in ("", "pets/v1"):
        with refused("Conflict", "ApiMapping key already exists for this domain name"):
            client.create_api_mapping(**given, ApiMappingKey=key)
    with refused("BadRequest", "Invalid API identifier"):
        client.create_api_mapping(**given | {"ApiId": "nothing"}, ApiMappingKey="b")
    with refused("BadRequest", "Invalid stage identifier"):
        client.create_api_mapping(**given | {"Stage": "nothing"}, ApiMappingKey="b")
    chat = websocket_api(client)
    client.create_stage(ApiId=chat, StageName="test")
    with refused("BadRequest", "both HTTP APIs and WebSocket APIs"):
        client.create_api_mapping(**given | {"ApiId": chat, "Stage": "test"}, ApiMappingKey="chat")
    with refused("Conflict", "already exists"):
        client.update_api_mapping(
            DomainName="a.example.com", ApiId=api_id, ApiMappingId=deep["ApiMappingId"],
            ApiMappingKey="",
        )  # fmt: skip
    client.delete_api_mapping(DomainName="a.example.com", ApiMappingId=root["ApiMappingId"])
    moved = client.update_api_mapping(
        DomainName="a.example.com", ApiId=api_id, ApiMappingId=deep["ApiMappingId"],
        ApiMappingKey="",
    )  # fmt: skip
    assert moved["ApiMappingKey"] == ""


def test_the_routing_mode_decides_what_a_domain_name_may_have(client: Client) -> None:
    domain_name(client)
    name = {"DomainName": "a.example.com"}
    api_id = http_api(client, Target=LAMBDA)
    target = {"ApiId": api_id, "Stage": "$default"}
    rule: dict[str, Any] = {"Actions": [{"InvokeApi": target}], "Conditions": [], "Priority": 1}
    mapping = client.create_api_mapping(**name, **target)
    with refused("BadRequest", "routing mode of the domain name is API_MAPPING_ONLY"):
        client.create_routing_rule(**name, **rule)

    client.update_domain_name(**name, RoutingMode="ROUTING_RULE_ONLY")
    made = client.create_routing_rule(**name, **rule)
    with refused("BadRequest", "routing mode of the domain name is ROUTING_RULE_ONLY"):
        client.create_api_mapping(**name, **target, ApiMappingKey="b")
    kept = {**name, "ApiMappingId": mapping["ApiMappingId"]}
    assert client.update_api_mapping(**kept, **target, ApiMappingKey="c")["ApiMappingKey"] == "c"

    client.update_domain_name(**name, RoutingMode="API_MAPPING_ONLY")
    kept = {**name, "RoutingRuleId": made["RoutingRuleId"]}
    assert client.put_routing_rule(**kept, **rule | {"Priority": 2})["Priority"] == 2


def test_routing_rules_can_be_created_changed_and_deleted(client: Client) -> None:
    domain_name(client, "ROUTING_RULE_THEN_API_MAPPING")
    api_id = http_api(client, Target=LAMBDA)
    action = {"InvokeApi": {"ApiId": api_id, "Stage": "$default"}}
    paths = {"MatchBasePaths": {"AnyOf": ["pets"]}}
    headers = {"MatchHeaders": {"AnyOf": [{"Header": "a", "ValueGlob": "*"}]}}
    given: dict[str, Any] = {"DomainName": "a.example.com", "Actions": [action]}
    first = client.create_routing_rule(**given, Priority=1, Conditions=[paths, headers])
    second = client.create_routing_rule(**given, Priority=2, Conditions=[])

    assert first["RoutingRuleArn"] == (
        "arn:aws:apigateway:us-east-1:123456789012:/domainnames/a.example.com/routingrules/"
        + first["RoutingRuleId"]
    )
    assert client.create_routing_rule(
        DomainName="a.example.com", Priority=9, Conditions=[],
        Actions=[{"InvokeApi": {"ApiId": "a-rest-api", "Stage": "prod"}}],
    )  # fmt: skip
    with refused("BadRequest", "Invalid stage identifier"):
        client.create_routing_rule(
            DomainName="a.example.com", Priority=10, Conditions=[],
            Actions=[{"InvokeApi": {"ApiId": api_id, "Stage": "nothing"}}],
        )  # fmt: skip
    for condition, problem in (
        ({"MatchBasePaths": {"AnyOf": ["a", "b"]}}, "one value only"),
        ({"MatchHeaders": {"AnyOf": [{"Header": "a" * 41, "ValueGlob": "*"}]}}, "40 characters"),
        ({"MatchHeaders": {"AnyOf": [{"Header": "a", "ValueGlob": "*" * 129}]}}, "128 characters"),
    ):
        with refused("BadRequest", problem):
            client.create_routing_rule(**given, Priority=3, Conditions=[condition])
    with refused("Conflict", "priority 1 already exists"):
        client.create_routing_rule(**given, Priority=1, Conditions=[])
    with refused("Conflict", "priority 1 already exists"):
        client.put_routing_rule(
            **given, RoutingRuleId=second["RoutingRuleId"], Priority=1, Conditions=[]
        )
    with refused("BadRequest", "only one matchBasePaths"):
        client.create_routing_rule(**given, Priority=3, Conditions=[paths, paths])
    with refused("BadRequest", "up to two matchHeaders"):
        client.create_routing_rule(**given, Priority=3, Conditions=[headers] * 3)
    changed = client.put_routing_rule(
        **given, RoutingRuleId=second["RoutingRuleId"], Priority=5, Conditions=[paths]
    )
    assert changed["Priority"] == 5
    assert changed["RoutingRuleArn"] == second["RoutingRuleArn"]


def test_a_vpc_link_goes_through_its_states(local: LocalGateway, client: Client) -> None:
    made = client.create_vpc_link(Name="v", SubnetIds=["subnet-1"])
    names = {"VpcLinkId": made["VpcLinkId"]}

    assert made["VpcLinkStatus"] == "PENDING"
    assert made["VpcLinkVersion"] == "V2"
    assert made["SecurityGroupIds"] == []
    local.clock.advance(1)
    assert client.get_vpc_link(**names)["VpcLinkStatus"] == "AVAILABLE"
    client.delete_vpc_link(**names)
    assert client.get_vpc_links()["Items"][0]["VpcLinkStatus"] == "DELETING"
    local.clock.advance(1)
    assert client.get_vpc_links()["Items"] == []
    with refused("NotFound"):
        client.get_vpc_link(**names)


def test_a_poll_or_two_see_a_state_pass_by(client: Client) -> None:
    names = {"VpcLinkId": client.create_vpc_link(Name="v", SubnetIds=["s"])["VpcLinkId"]}

    states = [client.get_vpc_link(**names)["VpcLinkStatus"] for _ in range(4)]

    assert states == ["PENDING", "PENDING", "AVAILABLE", "AVAILABLE"]


def test_a_vpc_link_that_disappears_while_it_is_asked_for(
    local: LocalGateway, client: Client
) -> None:
    names = {"VpcLinkId": client.create_vpc_link(Name="v", SubnetIds=["s"])["VpcLinkId"]}
    client.delete_vpc_link(**names)
    local.clock.advance(1)

    with refused("NotFound", "Invalid VpcLink identifier"):
        client.get_vpc_link(**names)


def test_a_vpc_link_that_fails(local: LocalGateway, client: Client) -> None:
    local.faults.fail_transition("CreateVpcLink", "no such subnet")

    names = {"VpcLinkId": client.create_vpc_link(Name="v", SubnetIds=["s"])["VpcLinkId"]}
    local.clock.advance(1)

    link = client.get_vpc_link(**names)
    assert link["VpcLinkStatus"] == "FAILED"
    assert link["VpcLinkStatusMessage"] == "no such subnet"
    with refused("BadRequest", "At least one subnet"):
        client.create_vpc_link(Name="v", SubnetIds=[])


def test_a_vpc_link_that_routes_use_is_not_deleted(client: Client) -> None:
    link = client.create_vpc_link(Name="v", SubnetIds=["s"])["VpcLinkId"]
    api_id = http_api(client)
    url_integration(client, api_id, "http://127.0.0.1/")
    integration = url_integration(
        client, api_id, "arn:aws:elasticloadbalancing:us-east-1:1:listener/app/a/b/c",
        ConnectionType="VPC_LINK", ConnectionId=link,
    )  # fmt: skip
    route(client, api_id, "GET /other")
    route_id = route(client, api_id, "GET /", Target=f"integrations/{integration}")

    with refused("BadRequest", f"referenced in [ANY:{route_id}] in format of [Method:Resource]"):
        client.delete_vpc_link(VpcLinkId=link)
    client.delete_route(ApiId=api_id, RouteId=route_id)
    client.delete_vpc_link(VpcLinkId=link)


def portal(client: Client, **members: JSON) -> dict[str, Any]:
    given: dict[str, Any] = {
        "Authorization": {"None": {}},
        "EndpointConfiguration": {"None": {}},
        "PortalContent": {"DisplayName": "Pets", "Theme": {"CustomColors": COLORS}},
        **members,
    }
    answer: dict[str, Any] = client.create_portal(**given)
    return answer


def test_a_portal_is_published_and_disabled(local: LocalGateway, client: Client) -> None:
    made = portal(client)
    names = {"PortalId": made["PortalId"]}

    assert made["PortalArn"].startswith("arn:aws:apigateway:us-east-1:123456789012:/portals/")
    assert made["PublishStatus"] == "DISABLED"
    client.publish_portal(**names, Description="first")
    assert client.get_portal(**names)["PublishStatus"] == "PUBLISH_IN_PROGRESS"
    with refused("Conflict", "try again later"):
        client.disable_portal(**names)
    local.clock.advance(1)
    published = client.get_portal(**names)
    assert published["PublishStatus"] == "PUBLISHED"
    assert published["LastPublishedDescription"] == "first"
    assert published["LastPublished"]
    client.publish_portal(**names)
    local.clock.advance(1)
    assert client.get_portal(**names)["LastPublishedDescription"] == "first"
    with refused("BadRequest", "must be disabled"):
        client.delete_portal(**names)
    client.disable_portal(**names)
    assert client.get_portal(**names)["PublishStatus"] == "DISABLE_IN_PROGRESS"
    local.clock.advance(1)
    assert client.get_portal(**names)["PublishStatus"] == "DISABLED"


def test_a_portal_is_previewed_while_it_is_published(local: LocalGateway, client: Client) -> None:
    names = {"PortalId": portal(client)["PortalId"]}

    client.publish_portal(**names)
    client.preview_portal(**names)

    assert client.get_portal(**names)["Preview"] == {"PreviewStatus": "PREVIEW_IN_PROGRESS"}
    local.clock.advance(1)
    answer = client.get_portal(**names)
    assert answer["PublishStatus"] == "PUBLISHED"
    assert answer["Preview"]["PreviewStatus"] == "PREVIEW_READY"
    assert answer["Preview"]["PreviewUrl"].startswith("https://preview.")


def test_portals_that_fail(local: LocalGateway, client: Client) -> None:
    names = {"PortalId": portal(client)["PortalId"]}
    for operation in ("PublishPortal", "DisablePortal", "PreviewPortal"):
        local.faults.fail_transition(operation, "no such luck")

    client.publish_portal(**names)
    client.preview_portal(**names)
    local.clock.advance(1)
    answer = client.get_portal(**names)
    assert answer["PublishStatus"] == "PUBLISH_FAILED"
    assert answer["StatusException"]["Message"] == "no such luck"
    assert answer["Preview"]["PreviewStatus"] == "PREVIEW_FAILED"
    client.disable_portal(**names)
    assert "StatusException" not in client.get_portal(**names)
    local.clock.advance(1)
    assert client.get_portal(**names)["PublishStatus"] == "DISABLE_FAILED"


def test_a_portal_is_changed(local: LocalGateway, client: Client) -> None:
    made = portal(client)
    names = {"PortalId": made["PortalId"]}
    local.clock.advance(5)

    renamed = client.update_portal(**names, RumAppMonitorName="monitor")
    moved = client.update_portal(
        **names,
        EndpointConfiguration={
            "AcmManaged": {"CertificateArn": CERTIFICATE, "DomainName": "p.example.com"}
        },
    )

    assert renamed["LastModified"] > made["LastModified"]
    assert renamed["EndpointConfiguration"] == made["EndpointConfiguration"]
    endpoint = moved["EndpointConfiguration"]
    assert endpoint["DomainName"] == "p.example.com"
    assert (
        endpoint["PortalDefaultDomainName"]
        == made["EndpointConfiguration"]["PortalDefaultDomainName"]
    )
    with refused("BadRequest", "either acmManaged or none"):
        client.update_portal(**names, EndpointConfiguration={})
    with refused("BadRequest", "either cognitoConfig or none"):
        client.update_portal(**names, Authorization={})


def test_portal_products_and_their_pages_can_be_created_changed_and_deleted(
    local: LocalGateway, client: Client
) -> None:
    product = client.create_portal_product(DisplayName="Pets", Description="All")
    names = {"PortalProductId": product["PortalProductId"]}
    parts = {"RestApiId": "abc", "Stage": "prod", "Path": "/pets", "Method": "GET"}

    assert client.update_portal_product(**names, Description="")["Description"] == ""
    page = client.create_product_page(**names, DisplayContent={"Title": "Cats", "Body": "Meow"})
    client.update_product_page(
        **names, ProductPageId=page["ProductPageId"],
        DisplayContent={"Title": "Dogs", "Body": "Woof"},
    )  # fmt: skip
    assert client.list_product_pages(**names)["Items"][0]["PageTitle"] == "Dogs"
    endpoint = client.create_product_rest_endpoint_page(
        **names, RestEndpointIdentifier={"IdentifierParts": parts}
    )
    assert endpoint["Status"] == "IN_PROGRESS"
    assert endpoint["DisplayContent"] == {
        "Endpoint": "https://abc.execute-api.us-east-1.amazonaws.com/prod/pets",
        "OperationName": "GET /pets",
    }
    local.clock.advance(1)
    page_names = {**names, "ProductRestEndpointPageId": endpoint["ProductRestEndpointPageId"]}
    shown = client.get_product_rest_endpoint_page(**page_names)
    assert shown["Status"] == "AVAILABLE"
    assert "RawDisplayContent" not in shown
    raw = client.get_product_rest_endpoint_page(**page_names, IncludeRawDisplayContent="true")
    assert raw["RawDisplayContent"]
    client.update_product_rest_endpoint_page(**page_names, TryItState="DISABLED")
    client.update_product_rest_endpoint_page(
        **page_names, DisplayContent={"Overrides": {"OperationName": "List pets"}}
    )
    (item,) = client.list_product_rest_endpoint_pages(**names)["Items"]
    assert item["TryItState"] == "DISABLED"
    assert item["OperationName"] == "List pets"
    with refused("BadRequest", "needs identifierParts"):
        client.create_product_rest_endpoint_page(**names, RestEndpointIdentifier={})


def test_an_endpoint_page_that_fails(local: LocalGateway, client: Client) -> None:
    names = {"PortalProductId": client.create_portal_product(DisplayName="Pets")["PortalProductId"]}
    parts = {"RestApiId": "abc", "Stage": "prod", "Path": "/pets", "Method": "GET"}
    local.faults.fail_transition("CreateProductRestEndpointPage", "no such API")

    client.create_product_rest_endpoint_page(
        **names, RestEndpointIdentifier={"IdentifierParts": parts}
    )
    local.clock.advance(1)

    (item,) = client.list_product_rest_endpoint_pages(**names)["Items"]
    assert (item["Status"], item["StatusException"]["Message"]) == ("FAILED", "no such API")


def test_a_sharing_policy_can_be_put_read_and_deleted(client: Client) -> None:
    names = {"PortalProductId": client.create_portal_product(DisplayName="Pets")["PortalProductId"]}

    with refused("NotFound", "no sharing policy"):
        client.get_portal_product_sharing_policy(**names)
    with refused("NotFound", "no sharing policy"):
        client.delete_portal_product_sharing_policy(**names)
    with refused("BadRequest", "not JSON"):
        client.put_portal_product_sharing_policy(**names, PolicyDocument="{")
    client.put_portal_product_sharing_policy(**names, PolicyDocument="{}")
    assert client.get_portal_product_sharing_policy(**names)["PolicyDocument"] == "{}"
    client.delete_portal_product_sharing_policy(**names)


def test_nobody_shares_portal_products_with_the_account(client: Client) -> None:
    client.create_portal_product(DisplayName="Pets")

    def listed(owner: str) -> int:
        return len(client.list_portal_products(ResourceOwner=owner)["Items"])

    assert (listed("SELF"), listed("123456789012"), listed("OTHER_ACCOUNTS")) == (1, 1, 0)


def test_tags_are_set_and_removed_by_arn(client: Client) -> None:
    api_id = http_api(client, Tags={"a": "1"})
    client.create_stage(ApiId=api_id, StageName="test", Tags={"b": "2"})
    api_arn = f"arn:aws:apigateway:us-east-1::/apis/{api_id}"
    stage_arn = f"{api_arn}/stages/test"

    client.tag_resource(ResourceArn=api_arn, Tags={"a": "one", "c": "3"})
    client.tag_resource(ResourceArn=stage_arn)
    client.untag_resource(ResourceArn=stage_arn, TagKeys=["b", "z"])

    assert client.get_tags(ResourceArn=api_arn)["Tags"] == {"a": "one", "c": "3"}
    assert client.get_api(ApiId=api_id)["Tags"] == {"a": "one", "c": "3"}
    assert client.get_tags(ResourceArn=stage_arn)["Tags"] == {}


def test_a_tag_may_be_empty(client: Client) -> None:
    api_id = http_api(client, Tags={"a": ""})
    arn = f"arn:aws:apigateway:us-east-1::/apis/{api_id}"

    client.tag_resource(ResourceArn=arn, Tags={"b": ""})

    assert client.get_tags(ResourceArn=arn)["Tags"] == {"a": "", "b": ""}


def test_there_are_ten_vpc_links_at_most(client: Client) -> None:
    for _ in range(10):
        client.create_vpc_link(Name="v", SubnetIds=["s"])

    with refused("BadRequest", "There are too many Vpc Links defined in this account. Limit is 10"):
        client.create_vpc_link(Name="v", SubnetIds=["s"])


def test_deleting_a_domain_name_deletes_its_mappings(client: Client) -> None:
    """As aws/chalice#1898 saw it."""
    domain_name(client)
    api_id = http_api(client, Target=LAMBDA)
    client.create_api_mapping(DomainName="a.example.com", ApiId=api_id, Stage="$default")

    client.delete_domain_name(DomainName="a.example.com")

    client.delete_api(ApiId=api_id)


def test_tags_of_what_has_none(client: Client) -> None:
    api_id = http_api(client)
    route_id = route(client, api_id, "GET /")
    prefix = "arn:aws:apigateway:us-east-1::"

    for path in ("/apis", f"/apis/{api_id}/routes", f"/apis/{api_id}/routes/{route_id}", "/x/y"):
        with refused("NotFound", "Invalid resource ARN"):
            client.get_tags(ResourceArn=prefix + path)
    with refused("BadRequest", "Invalid ARN"):
        client.get_tags(ResourceArn="arn:aws:s3:::bucket")
    for key, problem in (
        ("aws:a", "reserved"),
        ("AWS:a", "reserved"),
        ("", "1 to 128"),
        ("x" * 129, "1 to 128"),
    ):
        with refused("BadRequest", problem):
            client.tag_resource(ResourceArn=f"{prefix}/apis/{api_id}", Tags={key: "b"})
        with refused("BadRequest", problem):
            http_api(client, Tags={key: "b"})
    with refused("Conflict", "Maximum number of tags"):
        http_api(client, Tags={f"t{n}": "x" for n in range(51)})
    with refused("Conflict", "Maximum number of tags"):
        client.tag_resource(
            ResourceArn=f"{prefix}/apis/{api_id}", Tags={f"t{n}": "x" for n in range(51)}
        )
