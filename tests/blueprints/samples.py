"""Blueprints that the tests share: small ones, and one of each protocol with every field."""

from __future__ import annotations

from typing import Any, Final

import apigw2
from tests.blueprints.strategies import ACCOUNT, ROLE, function

route: Final = apigw2.RouteSpec
PETS: Final = apigw2.integrations.lambda_function(function("pets"))
OTHER: Final = apigw2.integrations.url("https://example.com")
SETTINGS: Final = apigw2.RouteSettings(throttling_burst_limit=5, throttling_rate_limit=1.5)
LOG: Final = apigw2.AccessLogSettings(
    destination_arn=f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:pets", format="$context.requestId"
)


def http(*routes: apigw2.RouteSpec, **fields: Any) -> apigw2.Blueprint:  # noqa: ANN401  # any field
    return apigw2.Blueprint("petstore", protocol_type="HTTP", routes=routes, **fields)


FULL: Final = {
    "HTTP": http(
        route(
            "GET /pets",
            target=apigw2.IntegrationSpec(
                "HTTP_PROXY",
                integration_uri="https://example.com",
                integration_method="GET",
                credentials_arn=ROLE,
                description="Pets",
                request_parameters={"append:header.x": "1", "append:header.y": "2"},
                response_parameters={"200": {"append:header.x": "1"}},
                timeout_in_millis=3000,
            ),
            authorizer=apigw2.authorizers.lambda_function(
                "login",
                function("auth"),
                identity_source=["$request.header.Auth"],
                result_ttl_in_seconds=60,
                simple_responses=True,
                credentials_arn=ROLE,
            ),
            operation_name="read",
        ),
        cors_configuration=apigw2.Cors(allow_origins=["https://a.com"], max_age=60),
        description="Pets",
        disable_execute_api_endpoint=True,
        ip_address_type="dualstack",
        tags={"team": "pets"},
        version="1",
        stages=[
            apigw2.StageSpec(
                "prod",
                access_log_settings=LOG,
                auto_deploy=True,
                default_route_settings=SETTINGS,
                description="Production",
                route_settings={"GET /pets": SETTINGS},
                stage_variables={"color": "blue"},
                tags={"team": "pets"},
            )
        ],
    ),
    "WEBSOCKET": apigw2.Blueprint(
        "chat",
        protocol_type="WEBSOCKET",
        route_selection_expression="$request.body.action",
        api_key_selection_expression="$context.authorizer.usageIdentifierKey",
        models=[
            apigw2.ModelSpec(
                "Order", schema='{"type": "object"}', content_type="a/b", description="D"
            )
        ],
        routes=[
            route(
                "$connect",
                target=apigw2.IntegrationSpec(
                    "HTTP_PROXY",
                    integration_uri="https://example.com",
                    integration_method="POST",
                    content_handling_strategy="CONVERT_TO_TEXT",
                    passthrough_behavior="NEVER",
                    request_templates={"200": "{}"},
                    template_selection_expression="200",
                    responses=[
                        apigw2.IntegrationResponseSpec(
                            "$default",
                            content_handling_strategy="CONVERT_TO_TEXT",
                            response_parameters={
                                "route.response.header.x": "integration.response.header.y"
                            },
                            response_templates={"200": "{}"},
                            template_selection_expression="200",
                        )
                    ],
                ),
                api_key_required=True,
                model_selection_expression="$request.body.kind",
                request_models={"$default": "Order"},
                request_parameters={
                    "route.request.querystring.a": apigw2.ParameterConstraints(required=True)
                },
                route_response_selection_expression="$default",
                responses=[
                    apigw2.RouteResponseSpec(
                        "$default",
                        model_selection_expression="$default",
                        response_models={"$default": "Order"},
                        response_parameters={
                            "route.response.header.x": apigw2.ParameterConstraints(required=True)
                        },
                    )
                ],
            )
        ],
        stages=[
            apigw2.StageSpec(
                "prod",
                default_route_settings=apigw2.RouteSettings(logging_level="INFO"),
                route_settings={"$connect": apigw2.RouteSettings(data_trace_enabled=True)},
            )
        ],
    ),
}
