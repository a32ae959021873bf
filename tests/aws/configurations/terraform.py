"""Calls of the Terraform provider, with the defaults of its arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.aws.cases import Call, Case, Kind, Members, Step, call, step

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.aws.cases import Ref

FILES: Final = "hashicorp/terraform-provider-aws internal/service/apigatewayv2"

NAME: Final = "tf-acc-test-1"
OTHER_NAME: Final = "tf-acc-test-2"
REGION: Final = "us-east-1"
FUNCTION: Final = f"arn:aws:lambda:{REGION}:123456789012:function:tf-acc-test"
INVOKE_ARN: Final = (
    f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"
)
ROLE: Final = "arn:aws:iam::123456789012:role/tf-acc-test"
CERTIFICATE: Final = f"arn:aws:acm:{REGION}:123456789012:certificate/tf-acc-test-1"
OTHER_CERTIFICATE: Final = f"arn:aws:acm:{REGION}:123456789012:certificate/tf-acc-test-2"
DOMAIN: Final = f"{NAME}.example.com"


def cases_of(kind: Kind, file: str) -> Callable[..., Case]:
    """Make a function that makes the cases of one test file."""

    def case(name: str, *steps: Step) -> Case:
        return Case(kind=kind, source=f"{FILES}/{file}", name=name, steps=steps)

    return case


def http_api(name: str = NAME, **members: object) -> Call:
    """`aws_apigatewayv2_api`; the schema of the provider has defaults for two expressions."""
    sent: Members = {
        "ApiKeySelectionExpression": "$request.header.x-api-key",
        "RouteSelectionExpression": "$request.method $request.path",
        **members,
    }
    return call("CreateApi", Name=name, ProtocolType="HTTP", **sent)


def websocket_api(name: str = NAME, **members: object) -> Call:
    """`aws_apigatewayv2_api` with `protocol_type = "WEBSOCKET"`."""
    sent: Members = {
        "ApiKeySelectionExpression": "$request.header.x-api-key",
        "RouteSelectionExpression": "$request.body.action",
        **members,
    }
    return call("CreateApi", Name=name, ProtocolType="WEBSOCKET", **sent)


def integration(kind: str, **members: object) -> Call:
    """`aws_apigatewayv2_integration`, with the defaults of the schema for both protocols."""
    sent: Members = {
        "ConnectionType": "INTERNET",
        "PassthroughBehavior": "WHEN_NO_MATCH",
        "PayloadFormatVersion": "1.0",
        **members,
    }
    return call("CreateIntegration", IntegrationType=kind, **sent)


def http_proxy(**members: object) -> Call:
    """The integration of `testAccIntegrationConfig_httpProxy`."""
    sent: Members = {"IntegrationMethod": "GET", "IntegrationUri": "https://example.com", **members}
    return integration("HTTP_PROXY", **sent)


def route(key: str, **members: object) -> Call:
    """`aws_apigatewayv2_route`, which always sends two defaults."""
    sent: Members = {"ApiKeyRequired": False, "AuthorizationType": "NONE", **members}
    return call("CreateRoute", RouteKey=key, **sent)


def stage(name: str = NAME, **members: object) -> Call:
    """`aws_apigatewayv2_stage`."""
    sent: Members = {"AutoDeploy": False, **members}
    return call("CreateStage", StageName=name, **sent)


def domain_name(name: str = DOMAIN, certificate: str = CERTIFICATE, **members: object) -> Call:
    """`aws_apigatewayv2_domain_name`."""
    sent: Members = {"DomainNameConfigurations": [domain_configuration(certificate)], **members}
    return call("CreateDomainName", DomainName=name, **sent)


def domain_configuration(certificate: str = CERTIFICATE) -> dict[str, str]:
    """The configuration that all tests of domain names have."""
    return {
        "CertificateArn": certificate,
        "EndpointType": "REGIONAL",
        "SecurityPolicy": "TLS_1_2",
    }


def vpc_link(name: str = NAME, **members: object) -> Call:
    """`aws_apigatewayv2_vpc_link`."""
    sent: Members = {
        "SecurityGroupIds": ["sg-0a1b2c3d4e5f60718"],
        "SubnetIds": ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"],
        **members,
    }
    return call("CreateVpcLink", Name=name, **sent)


def tag_cases(
    case: Callable[..., Case],
    create: Callable[[dict[str, str]], tuple[Call, ...]],
    reads: Callable[[dict[str, str]], Call],
    arn: Ref,
) -> tuple[Case, ...]:
    """The generated tests of the tags of a resource.

    Args:
        case: Makes the cases of the test file.
        create: Returns the calls that create the resource with the given tags.
        reads: Returns the call that reads it, with the expected tags.
        arn: The ARN of the resource.
    """

    def created(**tags: str) -> Step:
        return step(*create(tags), reads(tags))

    def tagged(given: dict[str, str], **tags: str) -> Step:
        return step(call("TagResource", ResourceArn=arn, Tags=given), reads(tags))

    def untagged(*keys: str, **tags: str) -> Step:
        return step(call("UntagResource", ResourceArn=arn, TagKeys=[*keys]), reads(tags))

    return (
        case(
            "tags",
            created(key1="value1"),
            tagged(
                {"key1": "value1updated", "key2": "value2"}, key1="value1updated", key2="value2"
            ),
            untagged("key1", key2="value2"),
            untagged("key2"),
        ),
        case("tags_EmptyMap", created()),
        case("tags_AddOnUpdate", created(), tagged({"key1": "value1"}, key1="value1")),
        case("tags_EmptyTag_OnCreate", created(key1=""), untagged("key1")),
        case(
            "tags_EmptyTag_OnUpdate_Add",
            created(key1="value1"),
            tagged({"key2": ""}, key1="value1", key2=""),
            untagged("key2", key1="value1"),
        ),
        case(
            "tags_EmptyTag_OnUpdate_Replace", created(key1="value1"), tagged({"key1": ""}, key1="")
        ),
    )
