"""Terraform tests of domain names, API mappings, routing rules, VPC links and portal products."""

from __future__ import annotations

from typing import Final

from tests.aws.cases import NOTHING, PRESENT, Call, Case, Members, Ref, call, read, step
from tests.aws.configurations.terraform import (
    CERTIFICATE,
    DOMAIN,
    NAME,
    OTHER_CERTIFICATE,
    OTHER_NAME,
    cases_of,
    domain_configuration,
    domain_name,
    http_api,
    stage,
    tag_cases,
    vpc_link,
    websocket_api,
)

_domain = cases_of("domain_name", "domain_name_test.go")
_mapping = cases_of("api_mapping", "api_mapping_test.go")
_rule = cases_of("routing_rule", "routing_rule_test.go")
_link = cases_of("vpc_link", "vpc_link_test.go")
_product = cases_of("portal_product", "portal_product_test.go")

ARN: Final = Ref("arn:aws:apigateway:us-east-1::/domainnames/{DomainName}")
LINK_ARN: Final = Ref("arn:aws:apigateway:us-east-1::/vpclinks/{VpcLinkId}")
TRUSTSTORE: Final = f"s3://{NAME}/{NAME}"
VERSION: Final = "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY"
TAGS: Final = {"Key1": "Value1", "Key2": "Value2"}


def _reads(certificate: str = CERTIFICATE, **changed: object) -> Call:
    expected: Members = {
        "DomainName": DOMAIN,
        "DomainNameConfigurations": [
            {
                "ApiGatewayDomainName": PRESENT,
                "CertificateArn": certificate,
                "DomainNameStatus": "AVAILABLE",
                "EndpointType": "REGIONAL",
                "HostedZoneId": PRESENT,
                "SecurityPolicy": "TLS_1_2",
            }
        ],
        "MutualTlsAuthentication": NOTHING,
        "Tags": {},
        **changed,
    }
    return read("GetDomainName", **expected)


def _configured(**members: object) -> list[Members]:
    return [{**domain_configuration(), **members}]


_DOMAINS: Final = (
    _domain("basic", step(domain_name(), _reads())),
    _domain(
        "disappears",
        step(domain_name(), call("DeleteDomainName"), read("GetDomainNames", Items=[])),
    ),
    _domain(
        "tags_removed",
        step(domain_name(Tags=TAGS), _reads(Tags=TAGS)),
        step(
            call("UntagResource", ResourceArn=ARN, TagKeys=["Key1", "Key2"]),
            _reads(),
        ),
    ),
    _domain(
        "updateCertificate",
        step(domain_name(), _reads()),
        step(
            call(
                "UpdateDomainName",
                DomainNameConfigurations=[domain_configuration(OTHER_CERTIFICATE)],
            ),
            _reads(OTHER_CERTIFICATE),
        ),
        step(
            call("UpdateDomainName", DomainNameConfigurations=[domain_configuration()]),
            call("TagResource", ResourceArn=ARN, Tags=TAGS),
            _reads(Tags=TAGS),
        ),
    ),
    _domain(
        "mutualTLSAuthentication",
        step(
            domain_name(MutualTlsAuthentication={"TruststoreUri": TRUSTSTORE}),
            _reads(
                MutualTlsAuthentication={
                    "TruststoreUri": TRUSTSTORE,
                    "TruststoreVersion": NOTHING,
                }
            ),
        ),
        # The provider sends only the changed member of the truststore.
        step(
            call(
                "UpdateDomainName",
                DomainNameConfigurations=[domain_configuration()],
                MutualTlsAuthentication={"TruststoreVersion": VERSION},
            ),
            _reads(
                MutualTlsAuthentication={
                    "TruststoreUri": TRUSTSTORE,
                    "TruststoreVersion": VERSION,
                }
            ),
        ),
        step(
            call(
                "UpdateDomainName",
                DomainNameConfigurations=[domain_configuration()],
                MutualTlsAuthentication={"TruststoreVersion": f"{VERSION}.2"},
            ),
            _reads(
                MutualTlsAuthentication={
                    "TruststoreUri": TRUSTSTORE,
                    "TruststoreVersion": f"{VERSION}.2",
                }
            ),
        ),
        step(
            call(
                "UpdateDomainName",
                DomainNameConfigurations=[domain_configuration()],
                MutualTlsAuthentication={"TruststoreUri": ""},
            ),
            _reads(),
        ),
    ),
    _domain(
        "MutualTLSAuthentication_ownership",
        step(
            call(
                "CreateDomainName",
                DomainName=DOMAIN,
                DomainNameConfigurations=_configured(
                    OwnershipVerificationCertificateArn=OTHER_CERTIFICATE
                ),
                MutualTlsAuthentication={"TruststoreUri": TRUSTSTORE},
            ),
            _reads(
                DomainNameConfigurations=[
                    {
                        "CertificateArn": CERTIFICATE,
                        "DomainNameStatus": "AVAILABLE",
                        "OwnershipVerificationCertificateArn": OTHER_CERTIFICATE,
                    }
                ],
                MutualTlsAuthentication={"TruststoreUri": TRUSTSTORE},
            ),
        ),
    ),
    _domain(
        "ipAddressType",
        step(
            call(
                "CreateDomainName",
                DomainName=DOMAIN,
                DomainNameConfigurations=_configured(IpAddressType="ipv4"),
            ),
            _reads(DomainNameConfigurations=[{"IpAddressType": "ipv4"}]),
        ),
        step(
            call(
                "UpdateDomainName",
                DomainNameConfigurations=_configured(IpAddressType="dualstack"),
            ),
            _reads(DomainNameConfigurations=[{"IpAddressType": "dualstack"}]),
        ),
    ),
    _domain(
        "routingMode",
        step(
            domain_name(RoutingMode="ROUTING_RULE_THEN_API_MAPPING"),
            _reads(RoutingMode="ROUTING_RULE_THEN_API_MAPPING"),
        ),
        step(
            call(
                "UpdateDomainName",
                DomainNameConfigurations=[domain_configuration()],
                RoutingMode="API_MAPPING_ONLY",
            ),
            _reads(RoutingMode="API_MAPPING_ONLY"),
        ),
    ),
    *tag_cases(
        cases_of("domain_name", "domain_name_tags_gen_test.go"),
        lambda tags: (domain_name(Tags=tags),),
        lambda tags: _reads(Tags=tags),
        ARN,
    ),
)

_MAPPED: Final = (domain_name(), websocket_api(), stage())


def _mapped(**members: object) -> Call:
    sent: Members = {"ApiId": Ref("{ApiId}"), "Stage": NAME, **members}
    return call("CreateApiMapping", **sent)


def _reads_mapping(**expected: object) -> Call:
    everything: Members = {"ApiId": Ref("{ApiId}"), "Stage": NAME, **expected}
    return read("GetApiMapping", **everything)


_MAPPINGS: Final = (
    _mapping("basic", step(*_MAPPED, _mapped(), _reads_mapping(ApiMappingKey=NOTHING))),
    _mapping(
        "disappears",
        step(*_MAPPED, _mapped(), call("DeleteApiMapping"), read("GetApiMappings", Items=[])),
    ),
    _mapping(
        "key",
        step(
            *_MAPPED,
            _mapped(ApiMappingKey="$context.domainName"),
            _reads_mapping(ApiMappingKey="$context.domainName"),
        ),
        step(
            call("UpdateApiMapping", ApiId=Ref("{ApiId}"), ApiMappingKey="$context.apiId"),
            _reads_mapping(ApiMappingKey="$context.apiId"),
        ),
    ),
)

RULE: Final[Members] = {
    # An HTTP API replaces the REST API of the test, which belongs to API Gateway V1.
    "Actions": [{"InvokeApi": {"ApiId": Ref("{ApiId}"), "Stage": "prod", "StripBasePath": True}}],
    "Conditions": [
        {"MatchHeaders": {"AnyOf": [{"Header": "X-Example-Header", "ValueGlob": "example-*"}]}},
        {"MatchHeaders": {"AnyOf": [{"Header": "X-Example-Header2", "ValueGlob": "example-*"}]}},
        {"MatchBasePaths": {"AnyOf": ["example-path"]}},
    ],
    "Priority": 1,
}

_RULED: Final = (
    http_api(),
    stage("prod"),
    domain_name(RoutingMode="ROUTING_RULE_THEN_API_MAPPING"),
)

_RULES: Final = (
    _rule(
        "v2Domain",
        step(
            *_RULED,
            call("CreateRoutingRule", **RULE),
            read("GetRoutingRule", **RULE),
        ),
    ),
    _rule(
        "disappears",
        step(
            *_RULED,
            call("CreateRoutingRule", **RULE),
            call("DeleteRoutingRule"),
            read("ListRoutingRules", RoutingRules=[]),
        ),
    ),
)

LINK: Final[Members] = {
    "Name": NAME,
    "SecurityGroupIds": ["sg-0a1b2c3d4e5f60718"],
    "SubnetIds": ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"],
    "Tags": {},
    "VpcLinkStatus": "AVAILABLE",
}


def _reads_link(**changed: object) -> Call:
    return read("GetVpcLink", **{**LINK, **changed})


_LINKS: Final = (
    _link(
        "basic",
        step(vpc_link(), _reads_link()),
        step(call("UpdateVpcLink", Name=OTHER_NAME), _reads_link(Name=OTHER_NAME)),
    ),
    _link("disappears", step(vpc_link(), call("DeleteVpcLink"), read("GetVpcLinks", Items=[]))),
    *tag_cases(
        cases_of("vpc_link", "vpc_link_tags_gen_test.go"),
        lambda tags: (vpc_link(Tags=tags),),
        lambda tags: _reads_link(Tags=tags),
        LINK_ARN,
    ),
)


PRODUCT: Final = call("CreatePortalProduct", DisplayName=NAME)
PRODUCT_ARN: Final = Ref(
    "arn:aws:apigateway:us-east-1:123456789012:/portalproducts/{PortalProductId}"
)


def _reads_product(**changed: object) -> Call:
    expected: Members = {
        "Description": NOTHING,
        "DisplayName": NAME,
        "LastModified": PRESENT,
        "PortalProductArn": PRODUCT_ARN,
        "Tags": {},
        **changed,
    }
    return read("GetPortalProduct", **expected)


_PRODUCTS: Final = (
    _product("basic", step(PRODUCT, _reads_product())),
    _product(
        "disappears",
        step(PRODUCT, call("DeletePortalProduct"), read("ListPortalProducts", Items=[])),
    ),
    _product(
        "description",
        step(
            call("CreatePortalProduct", Description="original", DisplayName=NAME),
            _reads_product(Description="original"),
        ),
        step(
            call("UpdatePortalProduct", Description="updated"),
            _reads_product(Description="updated"),
        ),
        step(call("UpdatePortalProduct", Description=""), _reads_product()),
    ),
    _product(
        "displayName",
        step(PRODUCT, _reads_product()),
        step(
            call("UpdatePortalProduct", DisplayName=OTHER_NAME),
            _reads_product(DisplayName=OTHER_NAME),
        ),
    ),
    *tag_cases(
        cases_of("portal_product", "portal_product_tags_gen_test.go"),
        lambda tags: (call("CreatePortalProduct", DisplayName=NAME, Tags=tags),),
        lambda tags: _reads_product(Tags=tags),
        PRODUCT_ARN,
    ),
)

CASES: Final[tuple[Case, ...]] = (*_DOMAINS, *_MAPPINGS, *_RULES, *_LINKS, *_PRODUCTS)
