"""Expectations of operations for HTTP APIs in the tests of MiniStack.

Each expectation has calls for a new HTTP API and the result of the last one, and names the tests in
ministackorg/ministack, `tests/test_apigatewayv2.py` and `tests/test_apigatewayv2_tag_arns.py`.
Required parameters such as `RouteId` default to the values that earlier calls returned. Where the
local gateway returns something else, `ours` is its result and `why` the source.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import attrs

JSON = Any

Call = tuple[str, dict[str, JSON]]
"""A method of the boto3 client, and its parameters."""


@attrs.frozen
class Expectation:
    """An expectation of tests of MiniStack about an operation.

    Attributes:
        tests: The tests, without `test_`, separated by spaces.
        calls: The calls after CreateApi.
        result: Members of the last response, or the code of its error. A class matches any object
            of the class, a list any list of the same length.
        ours: The same of the local gateway, if it differs.
        why: The source that confirms the local gateway.
    """

    tests: str
    calls: tuple[Call, ...]
    result: JSON
    ours: JSON = attrs.field(default=None, kw_only=True)
    why: str = attrs.field(default="", kw_only=True)


_FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:my-fn"
_LAMBDA = {"IntegrationType": "AWS_PROXY", "IntegrationUri": _FUNCTION}
_CREATE_LAMBDA: Call = ("create_integration", {**_LAMBDA, "PayloadFormatVersion": "2.0"})
_CREATE_HTTP: Call = (
    "create_integration",
    {
        "IntegrationType": "HTTP_PROXY",
        "IntegrationUri": "https://example.com",
        "IntegrationMethod": "GET",
        "PayloadFormatVersion": "1.0",
    },
)
_JWT = {
    "Audience": ["https://example.com"],
    "Issuer": "https://idp.example.com",
}
_CREATE_JWT: Call = (
    "create_authorizer",
    {
        "AuthorizerType": "JWT",
        "Name": "my-jwt-auth",
        "IdentitySource": ["$request.header.Authorization"],
        "JwtConfiguration": _JWT,
    },
)
_CREATE_REQUEST: Call = (
    "create_authorizer",
    {
        "AuthorizerType": "REQUEST",
        "Name": "pol",
        "AuthorizerUri": _FUNCTION,
        "AuthorizerPayloadFormatVersion": "2.0",
        "IdentitySource": ["$request.header.Authorization"],
        "AuthorizerResultTtlInSeconds": 300,
    },
)
_API, _STAGE = "arn:aws:apigateway:us-east-1::/apis/{ApiId}", "/stages/{StageName}"
_REQUIRED = "the service model: PayloadFormatVersion is required for HTTP APIs"

EXPECTATIONS = (
    # --- APIs
    Expectation(
        "apigw_create_api apigw_get_api apigw_http_protocol_type",
        (("get_api", {}),),
        {"Name": "pets", "ProtocolType": "HTTP"},
    ),
    Expectation(
        "apigw_get_apis",
        (("create_api", {"Name": "cats", "ProtocolType": "HTTP"}), ("get_apis", {})),
        {"Items": [{"Name": str}] * 2},
    ),
    Expectation(
        "apigw_update_api", (("update_api", {"Name": "after"}), ("get_api", {})), {"Name": "after"}
    ),
    Expectation(
        "apigw_delete_api apigw_api_not_found",
        (("delete_api", {}), ("get_api", {})),
        "NotFoundException",
    ),
    Expectation(
        "apigw_route_on_deleted_api",
        (("create_route", {"ApiId": "00000000", "RouteKey": "GET /x"}),),
        "NotFoundException",
    ),
    Expectation(
        "apigwv2_created_date_is_unix_timestamp", (("get_api", {}),), {"CreatedDate": datetime}
    ),
    Expectation(
        "apigwv2_custom_id_via_ms_custom_id_tag",
        (
            (
                "create_api",
                {"Name": "pinned", "ProtocolType": "HTTP", "Tags": {"ms-custom-id": "mypinnedid"}},
            ),
            ("get_apis", {}),
        ),
        {"Items": [{"ApiId": str}, {"ApiId": "mypinnedid"}]},
        ours={"Items": [{"ApiId": str}, {"Tags": {"ms-custom-id": "mypinnedid"}}]},
        why="AWS has no such tag",
    ),
    # --- routes
    Expectation(
        "apigw_create_route apigw_get_route",
        (("create_route", {"RouteKey": "DELETE /things"}), ("get_route", {})),
        {"RouteKey": "DELETE /things", "AuthorizationType": "NONE"},
    ),
    Expectation(
        "apigw_get_routes",
        (
            ("create_route", {"RouteKey": "GET /a"}),
            ("create_route", {"RouteKey": "POST /b"}),
            ("get_routes", {}),
        ),
        {"Items": [{"RouteKey": "GET /a"}, {"RouteKey": "POST /b"}]},
    ),
    Expectation(
        "apigw_update_route",
        (
            ("create_route", {"RouteKey": "GET /old"}),
            ("update_route", {"RouteKey": "GET /new"}),
            ("get_route", {}),
        ),
        {"RouteKey": "GET /new"},
    ),
    Expectation(
        "apigw_delete_route apigw_delete_route_v2",
        (("create_route", {"RouteKey": "GET /gone"}), ("delete_route", {}), ("get_routes", {})),
        {"Items": []},
    ),
    Expectation(
        "apigw_route_persists_authorizer_fields",
        (
            _CREATE_JWT,
            (
                "create_route",
                {
                    "RouteKey": "GET /secure",
                    "AuthorizationType": "JWT",
                    "AuthorizerId": "{AuthorizerId}",
                    "AuthorizationScopes": ["scope:messages"],
                },
            ),
            ("get_route", {}),
        ),
        {
            "AuthorizationType": "JWT",
            "AuthorizerId": str,
            "AuthorizationScopes": ["scope:messages"],
        },
    ),
    Expectation(
        "apigw_route_without_authorizer_optional_fields_open_route",
        (("create_route", {"RouteKey": "GET /open"}), ("get_route", {})),
        {"AuthorizerId": None, "AuthorizationScopes": None},
    ),
    # --- integrations
    Expectation(
        "apigw_create_integration",
        (_CREATE_LAMBDA,),
        {"IntegrationId": str, "IntegrationType": "AWS_PROXY", "PayloadFormatVersion": "2.0"},
    ),
    Expectation(
        "apigw_get_integrations apigw_delete_integration apigw_update_integration "
        "apigwv2_named_stage_still_requires_prefix",
        (("create_integration", _LAMBDA),),
        {"IntegrationId": str},
        ours="BadRequestException",
        why=_REQUIRED,
    ),
    Expectation(
        "apigw_get_integrations", (_CREATE_LAMBDA, ("get_integrations", {})), {"Items": [{}]}
    ),
    Expectation(
        "apigw_get_integration",
        (_CREATE_HTTP, ("get_integration", {})),
        {"IntegrationType": "HTTP_PROXY"},
    ),
    Expectation(
        "apigw_delete_integration",
        (_CREATE_LAMBDA, ("delete_integration", {}), ("get_integrations", {})),
        {"Items": []},
    ),
    Expectation(
        "apigw_update_integration",
        (
            _CREATE_LAMBDA,
            ("update_integration", {"IntegrationUri": _FUNCTION.replace("my", "new")}),
            ("get_integration", {}),
        ),
        {"IntegrationUri": _FUNCTION.replace("my", "new")},
    ),
    Expectation(
        "apigw_integration_without_request_parameters_optional_map",
        (_CREATE_LAMBDA, ("get_integration", {})),
        {"RequestParameters": None},
    ),
    Expectation(
        "apigw_integration_content_handling_strategy_roundtrip",
        (
            _CREATE_LAMBDA,
            ("update_integration", {"ContentHandlingStrategy": "CONVERT_TO_TEXT"}),
            ("get_integration", {}),
        ),
        {"ContentHandlingStrategy": "CONVERT_TO_TEXT"},
        ours={"ContentHandlingStrategy": None},
        why="the service model: supported only for WebSocket APIs",
    ),
    Expectation(
        "apigwv2_extract_lambda_ref_matrix",
        (
            (
                "create_integration",
                {**_LAMBDA, "IntegrationUri": "my-fn", "PayloadFormatVersion": "2.0"},
            ),
        ),
        {"IntegrationUri": "my-fn"},
        ours="BadRequestException",
        why="the service model: IntegrationUri is the URI of a function",
    ),
    # --- stages and deployments
    Expectation(
        "apigw_create_stage apigw_get_stage",
        (("create_stage", {"StageName": "dev"}), ("get_stage", {})),
        {"StageName": "dev"},
    ),
    Expectation(
        "apigw_get_stages",
        (
            ("create_stage", {"StageName": "v1"}),
            ("create_stage", {"StageName": "v2"}),
            ("get_stages", {}),
        ),
        {"Items": [{"StageName": "v1"}, {"StageName": "v2"}]},
    ),
    Expectation(
        "apigw_update_stage",
        (
            ("create_stage", {"StageName": "staging"}),
            ("update_stage", {"Description": "updated"}),
            ("get_stage", {}),
        ),
        {"Description": "updated"},
    ),
    Expectation(
        "apigw_delete_stage",
        (("create_stage", {"StageName": "temp"}), ("delete_stage", {}), ("get_stages", {})),
        {"Items": []},
    ),
    Expectation(
        "apigw_stage_variables apigw_v2_stage_timestamps",
        (
            ("create_stage", {"StageName": "dev", "StageVariables": {"env": "dev"}}),
            ("get_stage", {}),
        ),
        {"StageVariables": {"env": "dev"}, "CreatedDate": datetime, "LastUpdatedDate": datetime},
    ),
    Expectation(
        "apigw_create_deployment",
        (("create_route", {"RouteKey": "GET /x"}), ("create_deployment", {})),
        {"DeploymentId": str, "DeploymentStatus": "DEPLOYED"},
        ours={"DeploymentId": str, "DeploymentStatus": "PENDING"},
        why="the service model: a deployment is PENDING, then DEPLOYED or FAILED",
    ),
    Expectation(
        "apigw_get_deployment",
        (
            ("create_route", {"RouteKey": "GET /x"}),
            ("create_deployment", {"Description": "single"}),
            ("get_deployment", {}),
        ),
        {"Description": "single"},
    ),
    Expectation(
        "apigw_get_deployments",
        (
            ("create_route", {"RouteKey": "GET /x"}),
            ("create_deployment", {"Description": "first"}),
            ("create_deployment", {"Description": "second"}),
            ("get_deployments", {}),
        ),
        {"Items": [{"Description": str}] * 2},
    ),
    Expectation(
        "apigw_delete_deployment",
        (
            ("create_route", {"RouteKey": "GET /x"}),
            ("create_deployment", {}),
            ("delete_deployment", {}),
            ("get_deployments", {}),
        ),
        {"Items": []},
    ),
    # --- authorizers
    Expectation(
        "apigw_authorizer_crud",
        (_CREATE_JWT, ("get_authorizer", {})),
        {"AuthorizerType": "JWT", "Name": "my-jwt-auth", "JwtConfiguration": _JWT},
    ),
    Expectation(
        "apigw_authorizer_crud",
        (_CREATE_JWT, ("update_authorizer", {"Name": "renamed"}), ("get_authorizers", {})),
        {"Items": [{"Name": "renamed"}]},
    ),
    Expectation(
        "apigw_authorizer_crud",
        (_CREATE_JWT, ("delete_authorizer", {}), ("get_authorizers", {})),
        {"Items": []},
    ),
    Expectation(
        "apigwv2_authorizer_unparsable_ttl_falls_back_to_the_default",
        (
            _CREATE_REQUEST,
            ("update_authorizer", {"AuthorizerResultTtlInSeconds": "not-a-number"}),
        ),
        {"AuthorizerResultTtlInSeconds": "not-a-number"},
        ours="BadRequestException",
        why="the service model: an integer",
    ),
    # --- tags
    Expectation(
        "apigw_tag_resource apigwv2_tag_api_arn_decodes_and_uses_canonical_key",
        (
            ("tag_resource", {"ResourceArn": _API, "Tags": {"env": "test", "owner": "team-a"}}),
            ("get_tags", {"ResourceArn": _API}),
        ),
        {"Tags": {"env": "test", "owner": "team-a"}},
    ),
    Expectation(
        "apigw_untag_resource",
        (
            ("tag_resource", {"ResourceArn": _API, "Tags": {"remove-me": "yes", "keep-me": "yes"}}),
            ("untag_resource", {"ResourceArn": _API, "TagKeys": ["remove-me"]}),
            ("get_tags", {"ResourceArn": _API}),
        ),
        {"Tags": {"remove-me": None, "keep-me": "yes"}},
    ),
    Expectation(
        "apigwv2_tag_arns_accept_existing_local_api_and_stage_resources",
        (
            ("create_stage", {"StageName": "$default", "Tags": {"created": "stage"}}),
            ("tag_resource", {"ResourceArn": _API + _STAGE, "Tags": {"owner": "team-a"}}),
            ("get_tags", {"ResourceArn": _API + _STAGE}),
        ),
        {"Tags": {"created": "stage", "owner": "team-a"}},
    ),
    *(
        Expectation(
            "apigwv2_tag_arns_reject_invalid_or_nonlocal_resources_before_touching_tags",
            (
                ("create_route", {"RouteKey": "GET /items"}),
                ("tag_resource", {"ResourceArn": arn, "Tags": {"bad": "tag"}}),
            ),
            code,
            ours=ours,
            why="" if ours is None else "nobody has recorded the error, and the model has both",
        )
        for arn, code, ours in (
            ("not-an-arn", "BadRequestException", None),
            (_API.replace("apigateway", "execute-api"), "BadRequestException", None),
            (_API + "/routes", "BadRequestException", "NotFoundException"),
            (_API + "/routes/{RouteId}", "BadRequestException", "NotFoundException"),
            (_API.replace("{ApiId}", "missing"), "NotFoundException", None),
            (_API + "/stages/missing", "NotFoundException", None),
        )
    ),
    Expectation(
        "apigwv2_tag_arns_reject_invalid_or_nonlocal_resources_before_touching_tags",
        (
            ("create_stage", {"StageName": "prod"}),
            ("delete_stage", {}),
            ("get_tags", {"ResourceArn": _API + _STAGE}),
        ),
        "NotFoundException",
    ),
)
