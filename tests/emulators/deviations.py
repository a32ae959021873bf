"""Operations that the emulators lack, and their deviations from the service, as rows.

The check of a row passes while the emulator deviates.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import apigw2
from tests.support.emulators.servers import echo_backend

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.emulators.servers import Emulator

OPENAPI = '{"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {}}'


@dataclass(frozen=True)
class Refusal:
    """The code of an error, and a part of its message."""

    code: str
    message: str


@dataclass(frozen=True)
class Lacking:
    """An operation that the emulator does not implement, and the error that it returns."""

    operation: str
    call: Callable[[apigw2.ApiGatewayV2, apigw2.Api], object]
    answer: Refusal


@dataclass(frozen=True)
class Deviation:
    """A difference between the emulator and the service."""

    what: str
    check: Callable[[apigw2.Api, Emulator], object]


# --- MiniStack -----------------------------------------------------------------------------------

UNKNOWN_PATH = Refusal("NotFoundException", "Unknown API Gateway path")

MINISTACK_LACKS = (
    Lacking("ImportApi", lambda gw, _: gw.import_api(OPENAPI), UNKNOWN_PATH),
    Lacking("ReimportApi", lambda _, api: api.reimport(OPENAPI), UNKNOWN_PATH),
    Lacking(
        "UpdateDeployment",
        lambda _, api: api.deployment("d").update(description="d"),
        UNKNOWN_PATH,
    ),
    Lacking(
        "ExportApi",
        lambda _, api: api.export(output_type="JSON", specification="OAS30"),
        UNKNOWN_PATH,
    ),
)

# MiniStack ignores the end of the path: a DELETE of a part of a stage or route deletes the stage or
# route, and returns 204.
MINISTACK_DELETES_TOO_MUCH = frozenset({
    "DeleteRouteSettings",
    "DeleteAccessLogSettings",
    "ResetAuthorizersCache",
    "DeleteRouteRequestParameter",
})  # fmt: skip


def the_stage_is_deleted(
    verb: Callable[[apigw2.Stage], None],
) -> Callable[[apigw2.Api, Emulator], None]:
    def check(api: apigw2.Api, _: Emulator) -> None:
        stage = api.create_stage(
            "prod",
            route_settings={"GET /pets": apigw2.RouteSettings(throttling_rate_limit=1)},
        )
        verb(stage)
        with pytest.raises(apigw2.NotFoundError):
            stage.get()

    return check


def a_websocket_api(emulator: Emulator) -> apigw2.Api:
    return emulator.gateway().create_api(
        "chat",
        protocol_type="WEBSOCKET",
        route_selection_expression="$request.body.action",
    )


def the_route_is_deleted(_: apigw2.Api, emulator: Emulator) -> None:
    chat = a_websocket_api(emulator)
    key = "route.request.querystring.token"
    required = apigw2.ParameterConstraints(required=True)
    route = chat.create_route("$connect", request_parameters={key: required})
    route.delete_route_request_parameter(key)
    with pytest.raises(apigw2.NotFoundError):
        route.get()
    chat.delete()


def fields_of_integrations_are_dropped(api: apigw2.Api, emulator: Emulator) -> None:
    linked = api.create_integration(
        "HTTP_PROXY",
        integration_method="ANY",
        integration_uri="arn:aws:servicediscovery:us-east-1:123456789012:service/srv-pets",
        connection_type="VPC_LINK",
        connection_id="link",
        payload_format_version="1.0",
        tls_config=apigw2.TlsConfig(server_name_to_verify="pets.example.com"),
    )
    assert (linked.connection_id, linked.tls_config) == (None, None)
    queue = api.create_integration(
        "AWS_PROXY",
        integration_subtype="SQS-SendMessage",
        credentials_arn="arn:aws:iam::123456789012:role/pets",
        payload_format_version="1.0",
        request_parameters={"QueueUrl": "https://example.com/q", "MessageBody": "$request.body"},
    )
    assert (queue.integration_subtype, queue.credentials_arn) == (None, None)
    chat = a_websocket_api(emulator)
    mock = chat.create_integration(
        "MOCK",
        passthrough_behavior="NEVER",
        template_selection_expression="$request.body.kind",
    )
    assert (mock.passthrough_behavior, mock.template_selection_expression) == (None, None)
    chat.delete()


def the_validation_expression_is_dropped(_: apigw2.Api, emulator: Emulator) -> None:
    chat = a_websocket_api(emulator)
    authorizer = chat.create_authorizer(
        "login",
        authorizer_type="REQUEST",
        authorizer_uri="arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations",
        identity_source=["route.request.header.Authorization"],
        identity_validation_expression="^Bearer .+$",
    )
    assert authorizer.identity_validation_expression is None
    chat.delete()


def an_empty_cors_configuration_changes_nothing(api: apigw2.Api, _: Emulator) -> None:
    cors = apigw2.Cors(allow_origins=("*",))
    api.update(cors_configuration=cors)
    assert api.update(cors_configuration=apigw2.Cors()).cors_configuration == cors


def an_empty_parameter_is_stored(api: apigw2.Api, _: Emulator) -> None:
    integration = api.create_integration(
        "HTTP_PROXY",
        integration_method="ANY",
        integration_uri="http://127.0.0.1:9/pets",
        payload_format_version="1.0",
        request_parameters={"append:header.a": "b"},
    )
    cleared = integration.update(request_parameters={"append:header.a": ""})
    assert cleared.request_parameters == {"append:header.a": ""}


def a_deployment_is_not_released_on_its_stage(api: apigw2.Api, _: Emulator) -> None:
    stage = api.create_stage("prod")
    api.create_deployment(stage_name=stage)
    assert stage.get().deployment_id is None


def an_undeployed_route_is_served(api: apigw2.Api, emulator: Emulator) -> None:
    deployment = api.create_deployment()
    api.create_stage("prod", deployment_id=deployment)
    api.create_route("GET /late")
    # MiniStack returns 500 for a route without a target, and 404 for an unknown one.
    assert emulator.request("GET", "/prod/late", api=api).status == 500


def a_path_parameter_is_not_replaced(api: apigw2.Api, emulator: Emulator) -> None:
    with echo_backend() as backend:
        integration = api.create_integration(
            "HTTP_PROXY",
            integration_method="ANY",
            integration_uri=f"{backend}/animals/{{id}}",
            payload_format_version="1.0",
        )
        api.create_route("GET /pets/{id}", target=integration)
        api.create_stage("$default", auto_deploy=True)
        reply = emulator.request("GET", "/pets/7", api=api)
    assert json.loads(reply.body)["path"] == "/animals/{id}/pets/7"  # the service: /animals/7


# --- moto ----------------------------------------------------------------------------------------

NO_SUCH_PATH = Refusal("404", "The requested URL was not found on the server")
INTERNAL_ERROR = Refusal("500", "Internal Server Error")

MOTO_LACKS = (
    Lacking("ImportApi", lambda gw, _: gw.import_api(OPENAPI), INTERNAL_ERROR),
    Lacking(
        "ExportApi",
        lambda _, api: api.export(output_type="JSON", specification="OAS30"),
        NO_SUCH_PATH,
    ),
    Lacking("GetAuthorizers", lambda _, api: list(api.get_authorizers()), INTERNAL_ERROR),
    Lacking("UpdateStage", lambda _, api: api.stage("s").update(description="d"), INTERNAL_ERROR),
    Lacking(
        "DeleteRouteSettings",
        lambda _, api: api.stage("s").delete_route_settings("GET /"),
        NO_SUCH_PATH,
    ),
    Lacking(
        "DeleteAccessLogSettings",
        lambda _, api: api.stage("s").delete_access_log_settings(),
        NO_SUCH_PATH,
    ),
    Lacking(
        "ResetAuthorizersCache",
        lambda _, api: api.stage("s").reset_authorizers_cache(),
        NO_SUCH_PATH,
    ),
    Lacking("CreateDeployment", lambda _, api: api.create_deployment(), NO_SUCH_PATH),
    Lacking("GetDeployment", lambda _, api: api.deployment("d").get(), NO_SUCH_PATH),
    Lacking("GetDeployments", lambda _, api: list(api.get_deployments()), NO_SUCH_PATH),
    Lacking(
        "UpdateDeployment",
        lambda _, api: api.deployment("d").update(description="d"),
        NO_SUCH_PATH,
    ),
    Lacking("DeleteDeployment", lambda _, api: api.deployment("d").delete(), NO_SUCH_PATH),
)


def a_success_is_200(api: apigw2.Api, emulator: Emulator) -> None:
    answer = emulator.client().create_stage(ApiId=api.api_id, StageName="prod")
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200  # the model says 201


def timestamps_are_local_time(api: apigw2.Api, _: Emulator) -> None:
    # servers.py starts moto five hours west of UTC.
    assert api.created_date is not None
    ahead = dt.datetime.now(dt.timezone.utc) - api.created_date
    assert dt.timedelta(hours=4, minutes=30) < ahead < dt.timedelta(hours=5, minutes=30)


def unset_fields_are_null(api: apigw2.Api, emulator: Emulator) -> None:
    client = emulator.client()
    bodies: list[bytes] = []

    def note(response_dict: dict[str, bytes], **_: object) -> None:
        bodies.append(response_dict["body"])

    client.meta.events.register("before-parse.apigatewayv2.GetApi", note)
    client.get_api(ApiId=api.api_id)
    assert b'"description": null' in bodies[0]


def the_deployment_of_a_stage_is_dropped(api: apigw2.Api, _: Emulator) -> None:
    assert api.create_stage("prod", deployment_id="d").deployment_id is None


def an_empty_list_of_scopes_changes_nothing(api: apigw2.Api, _: Emulator) -> None:
    route = api.create_route("GET /pets", authorization_scopes=["pets:read"])
    assert route.update(authorization_scopes=[]).authorization_scopes == ("pets:read",)


def updating_a_missing_resource_is_a_server_error(api: apigw2.Api, _: Emulator) -> None:
    for call in (
        lambda: api.authorizer("none").update(name="n"),
        lambda: api.integration("none").update(description="d"),
    ):
        with pytest.raises(apigw2.ServiceError) as caught:
            call()
        assert caught.value.code == "500"


def deleting_an_unknown_api_succeeds(api: apigw2.Api, emulator: Emulator) -> None:
    emulator.gateway().api("unknown").delete()
    assert api.get() == api


def a_failed_reimport_wipes_the_api(api: apigw2.Api, _: Emulator) -> None:
    api.create_route("GET /pets")
    with pytest.raises(apigw2.ServiceError) as caught:
        api.reimport("garbage")
    assert caught.value.code == "500"
    assert list(api.get_routes()) == []


def any_method_is_imported_as_a_method(api: apigw2.Api, _: Emulator) -> None:
    integration = '{"x-amazon-apigateway-integration": {"type": "HTTP_PROXY", "uri": "http://a/"}}'
    path = f'{{"/pets": {{"x-amazon-apigateway-any-method": {integration}}}}}'
    api.reimport(OPENAPI.replace('"paths": {}', f'"paths": {path}'))
    assert [r.route_key for r in api.get_routes()] == ["X-AMAZON-APIGATEWAY-ANY-METHOD /pets"]


def there_is_no_data_plane(api: apigw2.Api, emulator: Emulator) -> None:
    api.create_stage("$default", auto_deploy=True)
    api.create_route("GET /pets")
    reply = emulator.request("GET", "/pets", api=api)
    assert reply.status == 404
    assert "NoSuchBucket" in reply.body  # moto takes the host name of the API for that of a bucket


# --- both ----------------------------------------------------------------------------------------


def the_ip_address_type_is_dropped(api: apigw2.Api, emulator: Emulator) -> None:
    gw = emulator.gateway()
    dual = gw.create_api("dual", protocol_type="HTTP", ip_address_type="dualstack")
    assert dual.ip_address_type is None
    assert api.update(ip_address_type="dualstack").ip_address_type is None
    dual.delete()


def the_page_size_is_ignored(api: apigw2.Api, _: Emulator) -> None:
    api.create_route("GET /a")
    api.create_route("GET /b")
    assert [len(page) for page in api.get_routes(page_size=1).pages()] == [2]


def quick_create_creates_no_resources(api: apigw2.Api, emulator: Emulator) -> None:
    gw = emulator.gateway()
    quick = gw.create_api(
        "quick", protocol_type="HTTP", route_key="GET /pets", target="http://127.0.0.1:9/"
    )
    assert [*quick.get_routes(), *quick.get_integrations(), *quick.get_stages()] == []
    assert api.api_gateway_managed is None
    quick.delete()


def a_duplicate_route_key_is_accepted(api: apigw2.Api, _: Emulator) -> None:
    api.create_route("GET /pets")
    api.create_route("GET /pets")
    assert [r.route_key for r in api.get_routes()] == ["GET /pets"] * 2


def a_stage_is_overwritten(api: apigw2.Api, _: Emulator) -> None:
    api.create_stage("prod", description="first")
    api.create_stage("prod", description="second")
    assert [s.description for s in api.get_stages()] == ["second"]


def deleting_a_missing_resource_succeeds(api: apigw2.Api, _: Emulator) -> None:
    api.route("none").delete()
    api.integration("none").delete()
    api.authorizer("none").delete()
    api.stage("none").delete()
    assert api.get() == api


BOTH = (
    Deviation("drops Api.IpAddressType", the_ip_address_type_is_dropped),
    Deviation("ignores MaxResults", the_page_size_is_ignored),
    Deviation("creates no resources in a quick create", quick_create_creates_no_resources),
    Deviation("accepts a duplicate route key", a_duplicate_route_key_is_accepted),
    Deviation("overwrites a stage of the same name", a_stage_is_overwritten),
    Deviation("accepts the deletion of a missing resource", deleting_a_missing_resource_succeeds),
)
LACKS = {"ministack": MINISTACK_LACKS, "moto": MOTO_LACKS}
DEVIATIONS = {
    "ministack": (
        *BOTH,
        Deviation(
            "DeleteRouteSettings deletes the stage",
            the_stage_is_deleted(lambda stage: stage.delete_route_settings("GET /pets")),
        ),
        Deviation(
            "DeleteAccessLogSettings deletes the stage",
            the_stage_is_deleted(lambda stage: stage.delete_access_log_settings()),
        ),
        Deviation(
            "ResetAuthorizersCache deletes the stage",
            the_stage_is_deleted(lambda stage: stage.reset_authorizers_cache()),
        ),
        Deviation("DeleteRouteRequestParameter deletes the route", the_route_is_deleted),
        Deviation("drops fields of integrations", fields_of_integrations_are_dropped),
        Deviation("drops IdentityValidationExpression", the_validation_expression_is_dropped),
        Deviation(
            "ignores an empty CORS configuration",
            an_empty_cors_configuration_changes_nothing,
        ),
        Deviation("stores an empty parameter instead of removing it", an_empty_parameter_is_stored),
        Deviation(
            "does not update the stage that CreateDeployment names",
            a_deployment_is_not_released_on_its_stage,
        ),
        Deviation("serves a route before it is deployed", an_undeployed_route_is_served),
        Deviation(
            "appends the path to an integration URI instead of replacing its parameters",
            a_path_parameter_is_not_replaced,
        ),
    ),
    "moto": (
        *BOTH,
        Deviation("returns 200 for every success", a_success_is_200),
        Deviation("labels local time as UTC", timestamps_are_local_time),
        Deviation("returns null for unset members", unset_fields_are_null),
        Deviation("drops Stage.DeploymentId", the_deployment_of_a_stage_is_dropped),
        Deviation("ignores an empty list of scopes", an_empty_list_of_scopes_changes_nothing),
        Deviation(
            "returns 500 for the update of a missing resource",
            updating_a_missing_resource_is_a_server_error,
        ),
        Deviation("accepts the deletion of a missing API", deleting_an_unknown_api_succeeds),
        Deviation(
            "deletes the routes of an API before it parses a definition",
            a_failed_reimport_wipes_the_api,
        ),
        Deviation(
            "imports x-amazon-apigateway-any-method as a method", any_method_is_imported_as_a_method
        ),
        Deviation("has no data plane", there_is_no_data_plane),
    ),
}


def lacking(name: str) -> frozenset[str]:
    """The operations that an emulator does not implement."""
    operations = frozenset(row.operation for row in LACKS[name])
    return operations | MINISTACK_DELETES_TOO_MUCH if name == "ministack" else operations
