"""Life cycles of the six resources on MiniStack and moto.

Most life cycles run on both emulators. `test_deviations.py` lists the operations that an emulator
lacks and its deviations from the service.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

import apigw2
from tests.emulators.deviations import lacking

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.emulators.servers import Emulator

    Life = Callable[[apigw2.ApiGatewayV2], None]

# All operations of the six resources, including those that create or list APIs.
OPERATIONS = frozenset({
    *("CreateApi", "DeleteApi", "GetApi", "GetApis", "UpdateApi"),
    *("DeleteCorsConfiguration", "ExportApi", "ImportApi", "ReimportApi"),
    *("CreateRoute", "DeleteRoute", "GetRoute", "GetRoutes", "UpdateRoute"),
    "DeleteRouteRequestParameter",
    *("CreateIntegration", "DeleteIntegration", "GetIntegration", "GetIntegrations"),
    "UpdateIntegration",
    *("CreateAuthorizer", "DeleteAuthorizer", "GetAuthorizer", "GetAuthorizers"),
    "UpdateAuthorizer",
    *("CreateStage", "DeleteStage", "GetStage", "GetStages", "UpdateStage"),
    *("DeleteAccessLogSettings", "DeleteRouteSettings", "ResetAuthorizersCache"),
    *("CreateDeployment", "DeleteDeployment", "GetDeployment", "GetDeployments"),
    "UpdateDeployment",
})  # fmt: skip


def an_api(gw: apigw2.ApiGatewayV2) -> apigw2.Api:
    return gw.create_api("pets", protocol_type="HTTP")


def a_websocket_api(gw: apigw2.ApiGatewayV2) -> apigw2.Api:
    return gw.create_api(
        "chat",
        protocol_type="WEBSOCKET",
        route_selection_expression="$request.body.action",
        api_key_selection_expression="$request.header.x-api-key",
    )


def an_integration(api: apigw2.ApiRef) -> apigw2.Integration:
    return api.create_integration(
        "HTTP_PROXY",
        integration_method="ANY",
        integration_uri="http://127.0.0.1:9/pets",
        payload_format_version="1.0",
    )


def an_authorizer(api: apigw2.ApiRef) -> apigw2.Authorizer:
    return api.create_authorizer(
        "login",
        authorizer_type="JWT",
        identity_source=["$request.header.Authorization"],
        jwt_configuration=apigw2.JWTConfiguration(
            issuer="https://login.example.com", audience=["pets", "toys"]
        ),
    )


def life_of_an_api(gw: apigw2.ApiGatewayV2) -> None:
    before = dt.datetime.now(dt.timezone.utc)
    api = gw.create_api(
        "pets",
        protocol_type="HTTP",
        description="All the pets",
        version="v1",
        tags={"team": "zoo", "cost centre": "köln/1"},
        cors_configuration=apigw2.Cors(
            allow_credentials=False,
            allow_headers=["x-trace"],
            allow_methods=["GET", "POST"],
            allow_origins=["https://example.com"],
            expose_headers=["x-total"],
            max_age=0,
        ),
    )
    assert (api.name, api.protocol_type) == ("pets", "HTTP")
    assert (api.description, api.version) == ("All the pets", "v1")
    assert api.tags == {"team": "zoo", "cost centre": "köln/1"}
    assert api.api_endpoint is not None
    assert api.api_id in api.api_endpoint
    assert api.disable_execute_api_endpoint is False
    assert api.created_date is not None
    assert api.created_date.utcoffset() is not None
    assert abs(api.created_date - before) < dt.timedelta(hours=24)
    cors = api.cors_configuration
    assert cors is not None
    assert cors.allow_origins == ("https://example.com",)
    assert cors.allow_methods == ("GET", "POST")
    assert cors.allow_headers == ("x-trace",)
    assert cors.expose_headers == ("x-total",)
    assert cors.max_age == 0
    assert cors.allow_credentials is False

    assert gw.get_api(api.api_id) == api
    assert gw.api(api.api_id).get() == api
    listing = gw.get_apis()
    assert api in list(listing)
    assert api in list(listing), "a listing can be iterated again"
    assert listing.first() == listing.all()[0]

    changed = api.update(name="animals", description="", disable_execute_api_endpoint=True)
    assert (changed.name, changed.description, changed.version) == ("animals", "", "v1")
    assert changed.disable_execute_api_endpoint is True
    assert changed.cors_configuration == cors, "omitted arguments keep their values"
    assert api.name == "pets", "a snapshot does not change"
    assert api.get() == changed

    narrower = api.update(cors_configuration=apigw2.Cors(allow_origins=["*"]))
    assert narrower.cors_configuration == apigw2.Cors(allow_origins=("*",))
    api.delete_cors_configuration()
    assert api.get().cors_configuration is None

    api.delete()
    with pytest.raises(apigw2.NotFoundError) as caught:
        api.get()
    assert (caught.value.code, caught.value.operation_name) == ("NotFoundException", "GetApi")
    assert api not in list(gw.get_apis())
    with pytest.raises(apigw2.NotFoundError):
        api.update(name="ghost")
    with pytest.raises(apigw2.NotFoundError):
        list(api.get_routes())


def life_of_a_websocket_api(gw: apigw2.ApiGatewayV2) -> None:
    api = a_websocket_api(gw)
    assert api.protocol_type == "WEBSOCKET"
    assert api.route_selection_expression == "$request.body.action"
    route = api.create_route(
        "sendMessage",
        api_key_required=True,
        operation_name="send",
        request_models={"application/json": "message"},
        model_selection_expression="$request.body.kind",
    )
    assert route.route_key == "sendMessage"
    assert route.api_key_required is True
    assert route.request_models == {"application/json": "message"}
    connect = api.create_route(
        "$connect",
        request_parameters={
            "route.request.querystring.token": apigw2.ParameterConstraints(required=True)
        },
    )
    constraint = connect.request_parameters["route.request.querystring.token"]
    assert constraint.required is True
    assert {r.route_key for r in api.get_routes()} == {"$connect", "sendMessage"}
    assert route.update(api_key_required=False).api_key_required is False
    api.delete()


def life_of_an_integration(gw: apigw2.ApiGatewayV2) -> None:
    api = an_api(gw)
    integration = api.create_integration(
        "HTTP_PROXY",
        connection_type="INTERNET",
        description="The pet service",
        integration_method="ANY",
        integration_uri="http://127.0.0.1:9/pets",
        payload_format_version="1.0",
        request_parameters={"append:header.x-from": "gateway", "overwrite:path": "/v2"},
        response_parameters={"500": {"overwrite:statuscode": "502"}},
        timeout_in_millis=50,
    )
    assert integration.api_id == api.api_id
    assert integration.api == gw.api(api.api_id)
    assert (integration.integration_type, integration.integration_method) == ("HTTP_PROXY", "ANY")
    assert integration.integration_uri == "http://127.0.0.1:9/pets"
    assert (integration.connection_type, integration.payload_format_version) == ("INTERNET", "1.0")
    assert integration.description == "The pet service"
    assert integration.timeout_in_millis == 50
    assert integration.request_parameters == {
        "append:header.x-from": "gateway",
        "overwrite:path": "/v2",
    }
    assert integration.response_parameters == {"500": {"overwrite:statuscode": "502"}}

    assert api.get_integration(integration.integration_id) == integration
    assert list(api.get_integrations()) == [integration]

    changed = integration.update(timeout_in_millis=30_000, description="")
    assert (changed.timeout_in_millis, changed.description) == (30_000, "")
    assert changed.response_parameters == integration.response_parameters
    assert integration.get() == changed

    integration.delete()
    assert list(api.get_integrations()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        integration.get()
    assert integration.integration_id in caught.value.message
    api.delete()


def life_of_an_authorizer(gw: apigw2.ApiGatewayV2) -> None:
    api = an_api(gw)
    authorizer = an_authorizer(api)
    assert (authorizer.name, authorizer.authorizer_type) == ("login", "JWT")
    assert authorizer.identity_source == ("$request.header.Authorization",)
    assert authorizer.jwt_configuration == apigw2.JWTConfiguration(
        issuer="https://login.example.com", audience=("pets", "toys")
    )
    assert api.get_authorizer(authorizer.authorizer_id) == authorizer

    changed = authorizer.update(
        name="sign-in",
        identity_source=["$request.querystring.token"],
        jwt_configuration=apigw2.JWTConfiguration(
            issuer="https://id.example.com", audience=["pets"]
        ),
    )
    assert (changed.name, changed.identity_source) == ("sign-in", ("$request.querystring.token",))
    assert changed.jwt_configuration is not None
    assert changed.jwt_configuration.audience == ("pets",)
    assert authorizer.get() == changed

    function = api.create_authorizer(
        "function",
        authorizer_type="REQUEST",
        authorizer_uri="arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations",
        authorizer_payload_format_version="2.0",
        authorizer_result_ttl_in_seconds=0,
        enable_simple_responses=True,
        identity_source=["$request.header.Authorization", "$request.querystring.tenant"],
    )
    assert function.authorizer_result_ttl_in_seconds == 0
    assert function.enable_simple_responses is True
    assert function.authorizer_payload_format_version == "2.0"
    assert len(function.identity_source) == 2
    assert function.get() == function

    for gone in (authorizer, function):
        gone.delete()
        with pytest.raises(apigw2.NotFoundError):
            gone.get()
    api.delete()


def life_of_a_route(gw: apigw2.ApiGatewayV2) -> None:
    api = an_api(gw)
    integration = an_integration(api)
    authorizer = an_authorizer(api)
    public = api.create_route("GET /pets", target=integration)
    assert public.route_key == "GET /pets"
    assert public.target == f"integrations/{integration.integration_id}"
    assert (public.authorization_type, public.authorizer_id) == ("NONE", None)
    assert public.authorization_scopes == ()
    guarded = api.create_route(
        "POST /pets/{id}/träger",
        target=integration,
        authorizer_id=authorizer,
        authorization_scopes=["pets:write", "pets:admin"],
        operation_name="addCarrier",
    )
    assert guarded.route_key == "POST /pets/{id}/träger"
    assert guarded.authorization_type == "JWT", "the authorizer determines the type"
    assert guarded.authorizer_id == authorizer.authorizer_id
    assert guarded.authorization_scopes == ("pets:write", "pets:admin")
    fallback = api.create_route("$default", target=f"integrations/{integration.integration_id}")
    assert fallback.target == public.target

    everything = [public, guarded, fallback]
    assert list(api.get_routes()) == everything
    assert [route.get() for route in everything] == everything
    assert api.get_route(guarded.route_id) == guarded

    moved = public.update(route_key="GET /animals", operation_name="list")
    assert (moved.route_key, moved.operation_name) == ("GET /animals", "list")
    assert moved.target == public.target, "omitted arguments keep their values"
    closed = public.update(authorizer_id=authorizer, authorization_scopes=["pets:read"])
    assert (closed.authorization_type, closed.authorizer_id) == ("JWT", authorizer.authorizer_id)
    assert closed.authorization_scopes == ("pets:read",)
    opened = public.update(authorization_type="NONE", authorizer_id="")
    assert opened.authorization_type == "NONE"
    assert not opened.authorizer_id
    assert public.get() == opened

    public.delete()
    with pytest.raises(apigw2.NotFoundError) as caught:
        public.get()
    assert public.route_id in caught.value.message
    assert list(api.get_routes()) == [guarded, fallback]
    api.delete()


def life_of_a_stage(gw: apigw2.ApiGatewayV2) -> None:
    api = an_api(gw)
    stage = api.create_stage(
        "prod",
        description="Production",
        auto_deploy=False,
        access_log_settings=apigw2.AccessLogSettings(
            destination_arn="arn:aws:logs:us-east-1:123456789012:log-group:pets",
            format="$context.requestId",
        ),
        default_route_settings=apigw2.RouteSettings(
            throttling_burst_limit=0, throttling_rate_limit=50
        ),
        route_settings={
            "GET /pets": apigw2.RouteSettings(throttling_rate_limit=2.5),
            "$default": apigw2.RouteSettings(detailed_metrics_enabled=False),
        },
        stage_variables={"backend": "blue"},
        tags={"tier": "1"},
    )
    assert (stage.stage_name, stage.api_id) == ("prod", api.api_id)
    assert (stage.description, stage.auto_deploy) == ("Production", False)
    assert stage.access_log_settings is not None
    assert stage.access_log_settings.format == "$context.requestId"
    assert stage.default_route_settings is not None
    assert stage.default_route_settings.throttling_burst_limit == 0
    assert stage.default_route_settings.throttling_rate_limit == 50
    assert set(stage.route_settings) == {"GET /pets", "$default"}
    assert stage.route_settings["GET /pets"].throttling_rate_limit == 2.5
    assert stage.route_settings["$default"].detailed_metrics_enabled is False
    assert (stage.stage_variables, stage.tags) == ({"backend": "blue"}, {"tier": "1"})
    assert stage.created_date is not None
    assert stage.last_updated_date is not None

    default = api.create_stage("$default", auto_deploy=True)
    assert (default.stage_name, default.auto_deploy) == ("$default", True)
    assert api.get_stage("$default") == default == api.stage("$default").get()
    assert api.stage("prod").get() == stage
    assert list(api.get_stages()) == [stage, default]

    default.delete()
    with pytest.raises(apigw2.NotFoundError):
        default.get()
    assert list(api.get_stages()) == [stage]
    stage.delete()
    assert list(api.get_stages()) == []
    api.delete()


def updates_of_a_stage(gw: apigw2.ApiGatewayV2) -> None:
    api = an_api(gw)
    first = api.create_deployment(description="first")
    stage = api.create_stage("prod", deployment_id=first, stage_variables={"backend": "blue"})
    assert stage.deployment_id == first.deployment_id
    second = api.create_deployment()
    changed = stage.update(
        deployment_id=second,
        description="Second",
        route_settings={"GET /pets": apigw2.RouteSettings(throttling_burst_limit=7)},
        default_route_settings=apigw2.RouteSettings(detailed_metrics_enabled=True),
    )
    assert (changed.deployment_id, changed.description) == (second.deployment_id, "Second")
    assert changed.route_settings["GET /pets"].throttling_burst_limit == 7
    assert changed.default_route_settings is not None
    assert changed.default_route_settings.detailed_metrics_enabled is True
    assert changed.stage_variables == {"backend": "blue"}, "omitted arguments keep their values"
    assert stage.get() == changed
    api.delete()


def life_of_a_deployment(gw: apigw2.ApiGatewayV2) -> None:
    api = an_api(gw)
    first = api.create_deployment(description="first")
    assert (first.deployment_status, first.description) == ("DEPLOYED", "first")
    assert first.created_date is not None
    second = api.create_deployment()
    assert list(api.get_deployments()) == [first, second]
    assert api.get_deployment(first.deployment_id) == first == first.get()
    first.delete()
    with pytest.raises(apigw2.NotFoundError):
        first.get()
    assert list(api.get_deployments()) == [second]
    api.delete()


def list_of_authorizers(gw: apigw2.ApiGatewayV2) -> None:
    api = an_api(gw)
    authorizers = [an_authorizer(api), an_authorizer(api)]
    assert list(api.get_authorizers()) == authorizers
    authorizers[0].delete()
    assert list(api.get_authorizers()) == authorizers[1:]
    api.delete()


def reimport(gw: apigw2.ApiGatewayV2) -> None:
    api = an_api(gw)
    api.create_route("GET /old")
    definition = {
        "openapi": "3.0.1",
        "info": {"title": "imported", "version": "2"},
        "paths": {
            "/pets": {
                "get": {
                    "x-amazon-apigateway-integration": {
                        "type": "HTTP_PROXY",
                        "httpMethod": "GET",
                        "uri": "http://127.0.0.1:9/pets",
                        "payloadFormatVersion": "1.0",
                    }
                }
            }
        },
    }
    imported = api.reimport(json.dumps(definition), fail_on_warnings=False)
    assert (imported.api_id, imported.name, imported.version) == (api.api_id, "imported", "2")
    (route,) = api.get_routes()
    (integration,) = api.get_integrations()
    assert route.route_key == "GET /pets"
    assert route.target == f"integrations/{integration.integration_id}"
    assert integration.integration_uri == "http://127.0.0.1:9/pets"
    api.delete()


def request_parameters_of_a_route(gw: apigw2.ApiGatewayV2) -> None:
    api = a_websocket_api(gw)
    required = apigw2.ParameterConstraints(required=True)
    keys = ("route.request.querystring.token", "route.request.header.x-tenant")
    route = api.create_route("$connect", request_parameters=dict.fromkeys(keys, required))
    route.delete_route_request_parameter(keys[0])
    assert route.get().request_parameters == {keys[1]: required}
    api.delete()


ALIKE: tuple[Life, ...] = (
    life_of_an_api,
    life_of_a_websocket_api,
    life_of_an_integration,
    life_of_an_authorizer,
    life_of_a_route,
    life_of_a_stage,
)
LIVES: dict[str, tuple[Life, ...]] = {
    "ministack": (*ALIKE, updates_of_a_stage, life_of_a_deployment, list_of_authorizers),
    "moto": (*ALIKE, reimport, request_parameters_of_a_route),
}


def lives() -> list[object]:
    return [
        pytest.param(name, life, id=f"{name}-{life.__name__}")
        for name, each in LIVES.items()
        for life in each
    ]


@pytest.mark.parametrize(("emulator", "life"), lives(), indirect=["emulator"])
def test_a_resource_goes_through_its_life_cycle(gw: apigw2.ApiGatewayV2, life: Life) -> None:
    life(gw)


def test_every_operation_is_run_or_listed_as_lacking(emulator: Emulator) -> None:
    client = emulator.client()
    run: set[str] = set()

    def note(operation_name: str, **_: object) -> None:
        run.add(operation_name)

    client.meta.events.register("before-sign.apigatewayv2", note)
    for life in LIVES[emulator.name]:
        life(apigw2.ApiGatewayV2(client=client))
    missing = lacking(emulator.name)
    assert run.isdisjoint(missing)
    assert run | missing == OPERATIONS
