"""Everyday tasks: find objects, links between them, ARNs, permissions and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest

import apigw2
from tests.support.resources import CERTIFICATE, LAMBDA

if TYPE_CHECKING:
    from tests.support.resources import Requests

ACCOUNT: Final = "123456789012"


def at(region_name: str, **settings: Any) -> apigw2.ApiGatewayV2:  # noqa: ANN401  # any setting
    session = boto3.Session("AKIATEST", "secret", region_name=region_name)
    return apigw2.ApiGatewayV2(session=session, **settings)


# --- finding


def test_find_api_returns_the_one_api_of_a_name(
    gw: apigw2.ApiGatewayV2, api: apigw2.Api, requests: Requests
) -> None:
    requests.new()
    assert gw.find_api("petstore") == api
    assert gw.find_api("Petstore") is None
    assert requests.new() == ["GetApis", "GetApis"]
    other = gw.create_api("petstore", protocol_type="HTTP")
    with pytest.raises(apigw2.MultipleMatchesError, match="2 objects have name='petstore'") as two:
        gw.find_api("petstore")
    assert set(two.value.matches) == {api, other}
    assert all(each.api_id in str(two.value) for each in (api, other))
    assert isinstance(two.value, LookupError)


def test_find_route_returns_the_route_of_a_key(api: apigw2.Api, route: apigw2.Route) -> None:
    assert api.find_route("GET /pets") == route
    assert api.find_route("GET /pets/") is None
    with pytest.raises(apigw2.NotFoundError):
        apigw2.ApiGatewayV2.of(api).api("gone").find_route("GET /pets")


def test_find_authorizer_returns_the_authorizer_of_a_name(api: apigw2.Api) -> None:
    login = api.create_authorizer(
        "login",
        authorizer_type="JWT",
        identity_source=["$request.header.Authorization"],
        jwt_configuration=apigw2.JWTConfiguration(issuer="https://id.example", audience=["pets"]),
    )
    assert api.find_authorizer("login") == login
    assert api.find_authorizer("logout") is None


def test_find_model_returns_the_model_of_a_name(chat: apigw2.Api) -> None:
    model = chat.create_model("Message", schema="{}", content_type="application/json")
    assert chat.find_model("Message") == model
    assert chat.find_model("Other") is None


def test_find_api_mapping_returns_the_mapping_of_a_key(
    api: apigw2.Api, domain: apigw2.DomainName
) -> None:
    stage = api.create_stage("prod")
    assert domain.find_api_mapping(None) is None
    root = domain.create_api_mapping(api_id=api, stage=stage)
    pets = domain.create_api_mapping(api_id=api, stage=stage, api_mapping_key="pets/v1")
    assert domain.find_api_mapping(None) == domain.find_api_mapping("") == root
    assert domain.find_api_mapping("pets/v1") == pets
    assert domain.find_api_mapping("pets") is None


def test_find_vpc_link_and_find_portal_product_return_the_object_of_a_name(
    gw: apigw2.ApiGatewayV2, product: apigw2.PortalProduct
) -> None:
    link = gw.create_vpc_link("private", subnet_ids=["subnet-1a2b3c4d"])
    found = gw.find_vpc_link("private")
    assert found is not None
    assert found.vpc_link_id == link.vpc_link_id
    assert gw.find_vpc_link("public") is None
    summary = gw.find_portal_product("Pet adoption")
    assert summary is not None
    assert summary.portal_product_id == product.portal_product_id
    assert gw.find_portal_product("Cat adoption") is None


# --- links


def test_a_gateway_has_a_region_and_a_partition() -> None:
    gw = at("us-gov-west-1")
    assert (gw.region_name, gw.partition) == ("us-gov-west-1", "aws-us-gov")
    assert apigw2.ApiGatewayV2.of(gw.api("a1")).client is gw.client
    with pytest.raises(apigw2.DetachedError):
        apigw2.ApiGatewayV2.of(apigw2.ApiRef(api_id="a1"))


@pytest.mark.parametrize(
    ("region_name", "suffix"),
    [
        ("eu-central-1", "amazonaws.com"),
        ("us-gov-west-1", "amazonaws.com"),
        ("cn-north-1", "amazonaws.com.cn"),
        ("eusc-de-east-1", "amazonaws.eu"),
        ("us-iso-east-1", "c2s.ic.gov"),
    ],
)
def test_urls_have_the_suffix_of_their_partition(region_name: str, suffix: str) -> None:
    for gw in (at(region_name), at(region_name, endpoint_url="https://vpce-1.example")):
        api = gw.api("a1b2c3")
        host = f"a1b2c3.execute-api.{region_name}.{suffix}"
        assert api.url() == api.stage("$default").url == f"https://{host}"
        assert api.url("prod") == api.stage("prod").url == f"https://{host}/prod"
        assert api.stage("prod").callback_url == f"https://{host}/prod"


def test_an_unknown_partition_has_the_usual_suffix() -> None:
    from apigw2._wire.endpoints import dns_suffix  # noqa: PLC0415  # only this test needs it

    assert dns_suffix("aws-moon") == "amazonaws.com"


def test_an_api_that_was_seen_has_the_url_that_the_service_sent(
    gw: apigw2.ApiGatewayV2, api: apigw2.Api, chat: apigw2.Api, requests: Requests
) -> None:
    requests.new()
    assert api.url("prod") == f"{api.api_endpoint}/prod"
    assert chat.api_endpoint is not None
    assert chat.api_endpoint.startswith("wss://")
    stage = gw.api(chat.api_id).stage("prod")
    assert stage.url == chat.url(stage) == f"{chat.api_endpoint}/prod"
    assert stage.callback_url == f"https{chat.api_endpoint[3:]}/prod"
    assert stage.connections.url == stage.callback_url
    assert requests.new() == []


def test_an_object_makes_references_to_its_integration_authorizer_and_deployment(
    api: apigw2.Api, route: apigw2.Route, integration: apigw2.Integration, requests: Requests
) -> None:
    requests.new()
    target = route.integration
    assert target == api.integration(integration.integration_id)
    assert route.authorizer is None
    guarded = apigw2.ApiGatewayV2.of(route).attach(
        apigw2.Route(
            api_id=api.api_id, route_id="r1", route_key="GET /", authorizer_id="z1", target="odd"
        )
    )
    assert guarded.authorizer == api.authorizer("z1")
    assert guarded.integration is None
    assert requests.new() == []
    stage = api.create_stage("prod")
    assert stage.deployment is None
    deployment = api.create_deployment(stage_name="prod")
    assert stage.get().deployment == api.deployment(deployment.deployment_id)


def test_an_api_mapping_has_its_api_stage_and_url(
    api: apigw2.Api, domain: apigw2.DomainName
) -> None:
    stage = api.create_stage("prod")
    root = domain.create_api_mapping(api_id=api, stage=stage)
    assert root.api == apigw2.ApiGatewayV2.of(api).api(api.api_id)
    assert root.stage_ref == root.api.stage("prod")
    assert root.url == "https://api.example.com"
    pets = domain.create_api_mapping(api_id=api, stage=stage, api_mapping_key="pets/v1")
    assert pets.url == "https://api.example.com/pets/v1"


def test_the_url_of_a_mapping_to_a_websocket_api_is_wss(
    gw: apigw2.ApiGatewayV2, chat: apigw2.Api
) -> None:
    domain = gw.create_domain_name("chat.example.com", certificate_arn=CERTIFICATE)
    mapping = domain.create_api_mapping(api_id=chat, stage=chat.create_stage("prod"))
    assert mapping.url == "wss://chat.example.com"


def test_a_domain_name_has_a_dns_target(gw: apigw2.ApiGatewayV2) -> None:
    domain = gw.create_domain_name("pets.example.com", certificate_arn=CERTIFICATE)
    (endpoint,) = domain.domain_name_configurations
    assert endpoint.certificate_arn == CERTIFICATE
    assert (endpoint.endpoint_type, endpoint.security_policy) == ("REGIONAL", "TLS_1_2")
    assert domain.dns_target == (endpoint.api_gateway_domain_name, endpoint.hosted_zone_id)
    assert domain.dns_target.host_name.endswith(".amazonaws.com")
    with pytest.raises(TypeError, match="certificate_arn or domain_name_configurations, not both"):
        gw.create_domain_name(
            "pets.example.com",
            certificate_arn=CERTIFICATE,
            domain_name_configurations=domain.domain_name_configurations,
        )


@pytest.mark.parametrize(
    "known",
    [{}, {"api_gateway_domain_name": "d-a1b2c3.execute-api.example"}, {"hosted_zone_id": "Z1"}],
    ids=["nothing", "host name", "zone"],
)
def test_a_domain_name_without_an_endpoint_has_no_dns_target(known: Any) -> None:  # noqa: ANN401  # any field
    unfinished = apigw2.DomainNameConfiguration(endpoint_type="REGIONAL", **known)
    domain = apigw2.DomainName(
        domain_name="pets.example.com", domain_name_configurations=(unfinished,)
    )
    with pytest.raises(LookupError, match=r"pets\.example\.com has no endpoint yet"):
        assert domain.dns_target


# --- ARNs and permissions


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "*/*"),
        (("prod",), "prod/*"),
        (("prod", "GET"), "prod/GET/*"),
        (("prod", "ANY", "/pets"), "prod/*/pets"),
        (("*", "GET", "/pets/{id}/toys/{proxy+}"), "*/GET/pets/*/toys/*"),
        (("prod", "GET", "pets"), "prod/GET/pets"),
        (("prod", "GET", "/"), "prod/GET/"),
        (("prod", "$connect", ""), "prod/$connect"),
    ],
)
def test_execute_arn_covers_the_named_part_of_an_api(
    arguments: tuple[str, ...], expected: str
) -> None:
    api = at("eu-central-1").api("a1b2c3")
    arn = f"arn:aws:execute-api:eu-central-1:{ACCOUNT}:a1b2c3/{expected}"
    assert api.execute_arn(ACCOUNT, *arguments) == arn


def test_execute_arn_has_the_partition_of_the_gateway_and_accepts_a_stage() -> None:
    api = at("cn-north-1").api("a1b2c3")
    assert api.execute_arn(ACCOUNT, api.stage("prod"), path="/pets") == (
        f"arn:aws-cn:execute-api:cn-north-1:{ACCOUNT}:a1b2c3/prod/*/pets"
    )
    with pytest.raises(apigw2.PreflightError, match="'1234' is not an account id"):
        api.execute_arn("1234")


@pytest.mark.parametrize(
    "function_arn",
    [
        LAMBDA,
        f"{LAMBDA}:live",
        "arn:aws-cn:lambda:cn-north-1:123456789012:function:${stageVariables.function}",
    ],
)
def test_lambda_uri_is_in_the_functions_region_and_partition(function_arn: str) -> None:
    _, partition, _, region_name, *_ = function_arn.split(":")
    uri = apigw2.lambda_uri(function_arn)
    assert uri == (
        f"arn:{partition}:apigateway:{region_name}:lambda:path/2015-03-31/functions/"
        f"{function_arn}/invocations"
    )
    assert apigw2.lambda_uri(uri) == uri
    for wrong in ("pets", "arn:aws:sqs:us-east-1:123456789012:pets", ""):
        with pytest.raises(apigw2.PreflightError, match="is not the ARN of a Lambda function"):
            apigw2.lambda_uri(wrong)


def test_a_permission_can_cover_a_whole_api(
    api: apigw2.Api, route: apigw2.Route, requests: Requests
) -> None:
    requests.new()
    base = f"arn:aws:execute-api:us-east-1:{ACCOUNT}:{api.api_id}/"
    whole = api.lambda_permission(LAMBDA, ACCOUNT)
    assert whole == {
        "FunctionName": LAMBDA,
        "StatementId": f"apigw2-{api.api_id}",
        "Action": "lambda:InvokeFunction",
        "Principal": "apigateway.amazonaws.com",
        "SourceArn": f"{base}*",
    }
    assert api.lambda_permission(LAMBDA, ACCOUNT) == whole, "the statement id is stable"
    one = route.lambda_permission(LAMBDA, ACCOUNT)
    assert one["SourceArn"] == f"{base}*/*/pets"
    authorizer = api.authorizer("z1").lambda_permission(LAMBDA, ACCOUNT)
    assert authorizer["SourceArn"] == f"{base}authorizers/z1"
    ids = {whole["StatementId"], one["StatementId"], authorizer["StatementId"]}
    assert len(ids) == 3
    assert requests.new() == []
    with pytest.raises(apigw2.PreflightError, match="12 digits"):
        route.lambda_permission("pets", "12-34")


@pytest.mark.parametrize(
    ("route_key", "source"),
    [("ANY /pets/{id}", "*/*/pets/{id}"), ("GET /", "*/*/"), ("$default", "*/*")],
)
def test_a_permission_can_cover_one_route(api: apigw2.Api, route_key: str, source: str) -> None:
    permission = api.create_route(route_key).lambda_permission("pets", ACCOUNT)
    assert permission["SourceArn"].endswith(f":{api.api_id}/{source}")


@pytest.mark.parametrize("route_key", ["$connect", "$default", "send"])
def test_a_permission_can_cover_one_websocket_route(chat: apigw2.Api, route_key: str) -> None:
    permission = chat.create_route(route_key).lambda_permission("pets", ACCOUNT)
    assert permission["SourceArn"].endswith(f":{chat.api_id}/*{route_key}")


# --- tags


@pytest.fixture(params=["Api", "Stage", "DomainName", "VpcLink"])
def tagged(
    request: pytest.FixtureRequest, gw: apigw2.ApiGatewayV2, api: apigw2.Api
) -> apigw2.Api | apigw2.Stage | apigw2.DomainName | apigw2.VpcLink:
    tags = {"team": "pets", "env": "test"}
    if request.param == "Api":
        return gw.create_api("tagged", protocol_type="HTTP", tags=tags)
    if request.param == "Stage":
        return api.create_stage("prod", tags=tags)
    if request.param == "DomainName":
        return gw.create_domain_name("a.example.com", certificate_arn=CERTIFICATE, tags=tags)
    return gw.create_vpc_link("link", subnet_ids=["subnet-1a2b3c4d"], tags=tags)


def test_tags_of_an_object_can_be_read_and_changed(
    tagged: apigw2.Api | apigw2.Stage | apigw2.DomainName | apigw2.VpcLink, requests: Requests
) -> None:
    requests.new()
    tagged.tag({"owner": "ann", "env": "prod"})
    assert requests.new() == ["TagResource"]
    assert tagged.get().tags == {"team": "pets", "env": "prod", "owner": "ann"}
    requests.new()
    tagged.untag("owner", "nothing")
    assert requests.new() == ["UntagResource"]
    assert tagged.get().tags == {"team": "pets", "env": "prod"}


@pytest.mark.parametrize(
    ("tags", "writes"),
    [
        ({"team": "pets", "env": "test"}, []),
        ({"team": "pets", "env": "prod"}, ["TagResource"]),
        ({"team": "pets"}, ["UntagResource"]),
        ({"owner": "ann"}, ["UntagResource", "TagResource"]),
        ({}, ["UntagResource"]),
    ],
)
def test_set_tags_sends_only_the_differences(
    gw: apigw2.ApiGatewayV2, requests: Requests, tags: dict[str, str], writes: list[str]
) -> None:
    api = gw.create_api("tagged", protocol_type="HTTP", tags={"team": "pets", "env": "test"})
    requests.new()
    gw.api(api.api_id).set_tags({**tags, "aws:cloudformation:stack-name": "theirs"})
    assert requests.new() == ["GetTags", *writes]
    assert api.get().tags == tags


def test_tags_of_a_portal_product_can_be_read_and_changed(
    product: apigw2.PortalProduct, gw: apigw2.ApiGatewayV2
) -> None:
    assert product.arn == product.portal_product_arn
    product.set_tags({"team": "pets"})
    assert gw.get_tags(product) == {"team": "pets"}
