"""Operations on every kind of resource: quotas, pages, updates that merge and clear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from apigw2.testing import LocalGateway
from tests.support.local_gateway import (
    CERTIFICATE,
    http_api,
    jwt_authorizer,
    lambda_authorizer,
    lambda_integration,
    refused,
    route,
    url_integration,
    websocket_api,
)

if TYPE_CHECKING:
    from tests.support.local_gateway import Client


def test_quotas_can_be_changed() -> None:
    client: Client = LocalGateway(quotas={"routes": 2}).client()
    api_id = http_api(client)
    route(client, api_id, "GET /1")
    route(client, api_id, "GET /2")

    with pytest.raises(client.exceptions.ConflictException) as caught:
        route(client, api_id, "GET /3")

    assert "Maximum number of Routes" in str(caught.value)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
    with pytest.raises(ValueError, match="colors"):
        LocalGateway(quotas={"colors": 1})


def test_an_api_has_at_most_300_routes(client: Client) -> None:
    api_id = http_api(client)
    for number in range(300):
        route(client, api_id, f"GET /{number}")

    with refused("Conflict", "Maximum number of Routes"):
        route(client, api_id, "GET /300")


def test_pages_are_in_the_order_of_creation(client: Client) -> None:
    api_id = http_api(client)
    ids = [route(client, api_id, f"GET /{number}") for number in range(5)]

    first = client.get_routes(ApiId=api_id, MaxResults="2")
    second = client.get_routes(ApiId=api_id, MaxResults="2", NextToken=first["NextToken"])
    third = client.get_routes(ApiId=api_id, MaxResults="2", NextToken=second["NextToken"])

    pages = [first, second, third]
    assert [item["RouteId"] for page in pages for item in page["Items"]] == ids
    assert [len(page["Items"]) for page in pages] == [2, 2, 1]
    assert "NextToken" not in third


def test_a_full_last_page_has_no_token(client: Client) -> None:
    api_id = http_api(client)
    for number in range(2):
        route(client, api_id, f"GET /{number}")

    assert "NextToken" not in client.get_routes(ApiId=api_id, MaxResults="2")


def test_a_deletion_between_pages_skips_nothing(client: Client) -> None:
    api_id = http_api(client)
    ids = [route(client, api_id, f"GET /{number}") for number in range(4)]
    first = client.get_routes(ApiId=api_id, MaxResults="2")

    client.delete_route(ApiId=api_id, RouteId=ids[1])
    client.delete_route(ApiId=api_id, RouteId=ids[2])
    second = client.get_routes(ApiId=api_id, NextToken=first["NextToken"])

    assert [item["RouteId"] for item in second["Items"]] == [ids[3]]


def test_the_default_page_size_is_that_of_the_gateway() -> None:
    client: Client = LocalGateway(page_size=3).client()
    for _ in range(4):
        http_api(client)

    assert len(client.get_apis()["Items"]) == 3


def test_boto3s_paginator_crosses_the_pages(client: Client) -> None:
    ids = [http_api(client) for _ in range(5)]

    pages = client.get_paginator("get_apis").paginate(PaginationConfig={"PageSize": 2})

    assert [item["ApiId"] for page in pages for item in page["Items"]] == ids


def test_a_token_is_valid_for_one_collection_only(client: Client) -> None:
    first, second = http_api(client), http_api(client)
    for number in range(3):
        route(client, first, f"GET /{number}")
    token = client.get_routes(ApiId=first, MaxResults="1")["NextToken"]

    with refused("BadRequest", "nextToken"):
        client.get_routes(ApiId=second, NextToken=token)


@pytest.mark.parametrize("token", ["nonsense", "%%%", "bm9uZQ==", "é"])
def test_an_invalid_token_is_rejected(client: Client, token: str) -> None:
    with refused("BadRequest", "nextToken"):
        client.get_apis(NextToken=token)


@pytest.mark.parametrize("size", ["0", "-1", "many", ""])
def test_an_invalid_page_size_is_rejected(client: Client, size: str) -> None:
    with refused("BadRequest", "maxResults"):
        client.get_apis(MaxResults=size)


def test_a_list_of_routing_rules_has_no_items(client: Client) -> None:
    configuration = {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1"}
    client.create_domain_name(DomainName="a.example.com", DomainNameConfigurations=[configuration])

    assert client.list_routing_rules(DomainName="a.example.com")["RoutingRules"] == []


def test_an_update_keeps_omitted_members(client: Client) -> None:
    api_id = http_api(client, Description="all", Version="1")

    client.update_api(ApiId=api_id, Name="cats")

    api = client.get_api(ApiId=api_id)
    assert (api["Name"], api["Description"], api["Version"]) == ("cats", "all", "1")


def test_an_empty_string_clears_a_member(client: Client) -> None:
    api_id = http_api(client, Description="all", Version="1")
    integration = lambda_integration(client, api_id, Description="all")
    authorizer = lambda_authorizer(
        client, api_id, AuthorizerCredentialsArn="arn:aws:iam::123456789012:role/r"
    )
    route_id = route(client, api_id, "GET /pets", OperationName="getPets")

    api = client.update_api(ApiId=api_id, Description="", Version="")
    cleared = [
        client.update_integration(ApiId=api_id, IntegrationId=integration, Description=""),
        client.update_authorizer(
            ApiId=api_id, AuthorizerId=authorizer, AuthorizerCredentialsArn=""
        ),
        client.update_route(ApiId=api_id, RouteId=route_id, OperationName=""),
    ]

    assert not {"Description", "Version"} & set(api)
    for answer in cleared:
        assert not {"Description", "AuthorizerCredentialsArn", "OperationName"} & set(answer)


def test_an_empty_string_clears_the_content_handling_of_an_integration(client: Client) -> None:
    api_id = websocket_api(client)
    new = {"ApiId": api_id, "IntegrationType": "MOCK"}
    made = client.create_integration(**new, ContentHandlingStrategy="CONVERT_TO_TEXT")
    names = {"ApiId": api_id, "IntegrationId": made["IntegrationId"]}

    with refused("BadRequest", "Member must satisfy enum value set"):
        client.create_integration(**new, ContentHandlingStrategy="")
    with refused("BadRequest", "['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT']"):
        client.update_integration(**names, ContentHandlingStrategy="CONVERT")
    assert "ContentHandlingStrategy" not in client.update_integration(
        **names, ContentHandlingStrategy=""
    )
    assert "ContentHandlingStrategy" not in client.get_integration(**names)


def test_an_empty_string_clears_the_client_certificate_of_a_stage(client: Client) -> None:
    api_id = websocket_api(client)
    client.create_stage(ApiId=api_id, StageName="test", ClientCertificateId="abc")

    stage = client.update_stage(ApiId=api_id, StageName="test", ClientCertificateId="")

    assert "ClientCertificateId" not in stage


def test_the_authorization_of_a_route_can_be_cleared(client: Client) -> None:
    api_id = http_api(client)
    authorizer = jwt_authorizer(client, api_id)
    names = {
        "ApiId": api_id,
        "RouteId": route(
            client, api_id, "GET /", AuthorizationType="JWT", AuthorizerId=authorizer,
            AuthorizationScopes=["a"],
        ),
    }  # fmt: skip

    with refused("BadRequest", "Invalid authorizer ID"):
        client.update_route(**names, AuthorizerId="")
    client.update_route(**names, AuthorizationScopes=[])
    assert client.get_route(**names)["AuthorizationScopes"] == []
    client.update_route(**names, AuthorizationType="NONE", AuthorizerId="")
    assert client.get_route(**names)["AuthorizationType"] == "NONE"
    assert "AuthorizerId" not in client.get_route(**names)
    with refused("BadRequest", "the authorization type is not CUSTOM or JWT"):
        client.update_route(**names, AuthorizerId=authorizer)


def test_the_cache_lifetime_of_an_authorizer_can_be_cleared(client: Client) -> None:
    api_id = http_api(client)
    authorizer = lambda_authorizer(client, api_id, AuthorizerResultTtlInSeconds=60)

    answer = client.update_authorizer(
        ApiId=api_id, AuthorizerId=authorizer, AuthorizerResultTtlInSeconds=0
    )

    assert answer["AuthorizerResultTtlInSeconds"] == 0


def test_an_update_with_false_is_applied(client: Client) -> None:
    api_id = http_api(client, DisableExecuteApiEndpoint=True)

    assert (
        client.update_api(ApiId=api_id, DisableExecuteApiEndpoint=False)[
            "DisableExecuteApiEndpoint"
        ]
        is False
    )


def test_maps_are_merged_and_cleared_key_by_key(client: Client) -> None:
    api_id = http_api(client)
    client.create_stage(ApiId=api_id, StageName="test", StageVariables={"a": "1", "b": "2"})
    stage = {"ApiId": api_id, "StageName": "test"}
    parameters = {"append:header.a": "1", "append:header.b": "2"}
    integration = {
        "ApiId": api_id,
        "IntegrationId": lambda_integration(client, api_id, RequestParameters=parameters),
    }

    client.update_stage(**stage, StageVariables={})
    assert client.get_stage(**stage)["StageVariables"] == {"a": "1", "b": "2"}
    client.update_stage(**stage, StageVariables={"a": "", "c": "3"})
    assert client.get_stage(**stage)["StageVariables"] == {"b": "2", "c": "3"}
    client.update_integration(**integration, RequestParameters={"append:header.a": ""})
    assert client.get_integration(**integration)["RequestParameters"] == {"append:header.b": "2"}


def test_request_models_are_cleared_key_by_key(client: Client) -> None:
    api_id = websocket_api(client)
    names = {
        "ApiId": api_id,
        "RouteId": route(client, api_id, "send", RequestModels={"a": "A", "b": "B"}),
    }

    client.update_route(**names, RequestModels={"a": ""})

    assert client.get_route(**names)["RequestModels"] == {"b": "B"}


def test_response_parameters_are_cleared_status_by_status(client: Client) -> None:
    api_id = http_api(client)
    parameters = {"200": {"append:header.a": "1"}, "404": {"overwrite:statuscode": "200"}}
    names = {
        "ApiId": api_id,
        "IntegrationId": url_integration(
            client, api_id, "http://127.0.0.1/", ResponseParameters=parameters
        ),
    }

    client.update_integration(**names, ResponseParameters={"200": {}})

    answer = client.get_integration(**names)
    assert answer["ResponseParameters"] == {"404": {"overwrite:statuscode": "200"}}


def test_tls_is_cleared_by_an_empty_structure(client: Client) -> None:
    api_id = http_api(client)
    link = client.create_vpc_link(Name="v", SubnetIds=["subnet-1"])["VpcLinkId"]
    tls = {"ServerNameToVerify": "a.example.com"}
    names = {
        "ApiId": api_id,
        "IntegrationId": url_integration(
            client, api_id, "arn:aws:elasticloadbalancing:us-east-1:1:listener/app/a/b/c",
            ConnectionId=link, ConnectionType="VPC_LINK", TlsConfig=tls,
        ),
    }  # fmt: skip

    assert client.get_integration(**names)["TlsConfig"] == tls
    assert "TlsConfig" not in client.update_integration(**names, TlsConfig={})


def test_mutual_tls_is_cleared_by_an_empty_uri(client: Client) -> None:
    client.create_domain_name(
        DomainName="a.example.com",
        DomainNameConfigurations=[{"CertificateArn": CERTIFICATE}],
        MutualTlsAuthentication={"TruststoreUri": "s3://bucket/key"},
    )

    answer = client.update_domain_name(
        DomainName="a.example.com", MutualTlsAuthentication={"TruststoreUri": ""}
    )

    assert "MutualTlsAuthentication" not in answer


def test_delete_operations_clear_settings(client: Client) -> None:
    api_id = http_api(client, CorsConfiguration={"AllowOrigins": ["*"]})
    route(client, api_id, "GET /pets")
    route(client, api_id, "GET /cats")
    access_log = {
        "DestinationArn": "arn:aws:logs:us-east-1:1:log-group:g",
        "Format": "$context.requestId",
    }
    settings = {"ThrottlingBurstLimit": 5, "ThrottlingRateLimit": 2.5}
    names = {"ApiId": api_id, "StageName": "test"}
    client.create_stage(
        **names, AccessLogSettings=access_log,
        RouteSettings={"GET /pets": settings, "GET /cats": settings},
    )  # fmt: skip

    client.update_stage(**names, AccessLogSettings={}, RouteSettings={})
    stage = client.get_stage(**names)
    assert stage["AccessLogSettings"] == access_log
    assert set(stage["RouteSettings"]) == {"GET /pets", "GET /cats"}
    client.delete_access_log_settings(**names)
    client.delete_route_settings(**names, RouteKey="GET /pets")
    client.delete_cors_configuration(ApiId=api_id)
    stage = client.get_stage(**names)
    assert "AccessLogSettings" not in stage
    assert set(stage["RouteSettings"]) == {"GET /cats"}
    assert "CorsConfiguration" not in client.get_api(ApiId=api_id)


def test_empty_access_log_settings_of_a_new_stage_are_dropped(client: Client) -> None:
    stage = client.create_stage(ApiId=http_api(client), StageName="test", AccessLogSettings={})

    assert "AccessLogSettings" not in stage


def test_route_settings_are_merged_member_by_member(client: Client) -> None:
    api_id = http_api(client)
    route(client, api_id, "GET /pets")
    names = {"ApiId": api_id, "StageName": "test"}
    client.create_stage(**names, RouteSettings={"GET /pets": {"ThrottlingBurstLimit": 5}})

    client.update_stage(
        **names,
        DefaultRouteSettings={"ThrottlingBurstLimit": 7},
        RouteSettings={"GET /pets": {"DetailedMetricsEnabled": True}},
    )

    stage = client.get_stage(**names)
    assert stage["DefaultRouteSettings"] == {
        "DetailedMetricsEnabled": False,
        "ThrottlingBurstLimit": 7,
    }
    assert stage["RouteSettings"]["GET /pets"] == {
        "DetailedMetricsEnabled": True,
        "ThrottlingBurstLimit": 5,
    }


def test_the_description_of_a_stage_cannot_be_cleared(client: Client) -> None:
    api_id = http_api(client)
    client.create_stage(ApiId=api_id, StageName="test", Description="mine")

    stage = client.update_stage(ApiId=api_id, StageName="test", Description="")

    assert stage["Description"] == "mine"


@pytest.mark.parametrize("operation", ["api", "route", "integration", "authorizer"])
def test_required_members_cannot_be_cleared(client: Client, operation: str) -> None:
    api_id = http_api(client)
    calls: dict[str, Any] = {
        "api": lambda: client.update_api(ApiId=api_id, Name=""),
        "route": lambda: client.update_route(
            ApiId=api_id, RouteId=route(client, api_id, "GET /"), RouteKey=""
        ),
        "integration": lambda: client.update_integration(
            ApiId=api_id, IntegrationId=lambda_integration(client, api_id), IntegrationUri=""
        ),
        "authorizer": lambda: client.update_authorizer(
            ApiId=api_id, AuthorizerId=jwt_authorizer(client, api_id), Name=""
        ),
    }

    with refused("BadRequest"):
        calls[operation]()
