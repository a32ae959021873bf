"""`unset` of every field, and members that the service requires beside others."""

from __future__ import annotations

import re
import typing
import warnings
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

import attrs
import pytest

import apigw2
from apigw2 import types
from apigw2._service import clearing
from apigw2._service.clearing import Never
from tests.support.local import API, MISSING, ROUTE, Local
from tests.support.server import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

AUTHORIZER: Final = {"authorizerId": "z1", "name": "auth"}
INTEGRATION: Final = {"integrationId": "i1"}
STAGE: Final = {"stageName": "prod"}
DOMAIN: Final = {"domainName": "api.example.com"}

SNAPSHOTS: Final[Mapping[str, Any]] = {
    "Api": apigw2.Api(
        api_id="a1",
        name="petstore",
        protocol_type="HTTP",
        route_selection_expression="${request.method} ${request.path}",
        api_key_selection_expression="$context.authorizer.usageIdentifierKey",
        ip_address_type="dualstack",
        cors_configuration=apigw2.Cors(allow_origins=["*"]),
        description="Pets",
        disable_execute_api_endpoint=True,
        version="1",
    ),
    "Route": apigw2.Route(
        api_id="a1",
        route_id="r1",
        route_key="GET /pets",
        api_key_required=True,
        authorization_scopes=("pets:read",),
        authorization_type="JWT",
        authorizer_id="z1",
        model_selection_expression="$request.body.kind",
        operation_name="listPets",
        route_response_selection_expression="$default",
        target="integrations/i1",
        request_models={"application/json": "Pet", "text/plain": "Text"},
        request_parameters={
            "route.request.querystring.a": apigw2.ParameterConstraints(required=True),
            "route.request.header.b": apigw2.ParameterConstraints(),
        },
    ),
    "Authorizer": apigw2.Authorizer(
        api_id="a1",
        authorizer_id="z1",
        name="auth",
        authorizer_credentials_arn="arn:aws:iam::123456789012:role/call",
        authorizer_payload_format_version="2.0",
        authorizer_result_ttl_in_seconds=300,
        identity_source=("$request.header.Authorization",),
        identity_validation_expression=".+",
    ),
    "Integration": apigw2.Integration(
        api_id="a1",
        integration_id="i1",
        content_handling_strategy="CONVERT_TO_TEXT",
        credentials_arn="arn:aws:iam::123456789012:role/call",
        description="Backend",
        integration_subtype="SQS-SendMessage",
        request_parameters={"QueueUrl": "$request.header.queue", "MessageBody": "$request.body"},
        response_parameters={"200": {"append:header.a": "b"}, "404": {"remove:header.c": "''"}},
        tls_config=apigw2.TlsConfig(server_name_to_verify="pets.internal"),
    ),
    "Stage": apigw2.Stage(
        api_id="a1",
        stage_name="prod",
        access_log_settings=apigw2.AccessLogSettings(format="$context.requestId"),
        client_certificate_id="c1",
        default_route_settings=apigw2.RouteSettings(throttling_burst_limit=5),
        description="Production",
        route_settings={
            "GET /pets": apigw2.RouteSettings(throttling_burst_limit=5),
            "POST /pets": apigw2.RouteSettings(throttling_burst_limit=1),
        },
        stage_variables={"color": "red", "size": "XL"},
    ),
    "IntegrationResponse": apigw2.IntegrationResponse(
        api_id="a1",
        integration_id="i1",
        integration_response_id="n1",
        integration_response_key="$default",
        template_selection_expression="200",
    ),
    "RouteResponse": apigw2.RouteResponse(
        api_id="a1",
        route_id="r1",
        route_response_id="s1",
        route_response_key="$default",
        model_selection_expression="default",
    ),
    "DomainName": apigw2.DomainName(
        domain_name="api.example.com",
        mutual_tls_authentication=apigw2.MutualTlsAuthentication(truststore_uri="s3://b/t.pem"),
    ),
}
PATHS: Final = {
    "Api": "/v2/apis/a1",
    "Route": "/v2/apis/a1/routes/r1",
    "Authorizer": "/v2/apis/a1/authorizers/z1",
    "Integration": "/v2/apis/a1/integrations/i1",
    "Stage": "/v2/apis/a1/stages/prod",
    "IntegrationResponse": "/v2/apis/a1/integrations/i1/integrationresponses/n1",
    "RouteResponse": "/v2/apis/a1/routes/r1/routeresponses/s1",
    "DomainName": "/v2/domainnames/api.example.com",
}
BODIES: Final = {
    "Api": {**API, "name": "new state"},
    "Route": {**ROUTE, "operationName": "new state"},
    "Authorizer": {**AUTHORIZER, "name": "new state"},
    "Integration": {**INTEGRATION, "description": "new state"},
    "Stage": {**STAGE, "description": "new state"},
    "IntegrationResponse": {
        "integrationResponseId": "n1",
        "integrationResponseKey": "$default",
        "templateSelectionExpression": "new state",
    },
    "RouteResponse": {
        "routeResponseId": "s1",
        "routeResponseKey": "$default",
        "modelSelectionExpression": "new state",
    },
    "DomainName": {**DOMAIN, "apiMappingSelectionExpression": "new state"},
}


@attrs.frozen
class Way:
    """How a field is cleared: by the body of an update, by deletes, or not at all.

    Attributes:
        patch: The body of the update.
        deletes: Paths to delete, below that of the object.
    """

    patch: Mapping[str, object] | None = None
    deletes: Sequence[str] = ()


SUBTYPE: Final = {"integrationSubtype": "SQS-SendMessage"}  # must be sent with every update
WAYS: Final[Mapping[str, Way]] = {
    "Api.api_key_selection_expression": Way(
        {"apiKeySelectionExpression": "$request.header.x-api-key"}
    ),
    "Api.cors_configuration": Way(deletes=["/cors"]),
    "Api.description": Way({"description": ""}),
    "Api.disable_execute_api_endpoint": Way({"disableExecuteApiEndpoint": False}),
    "Api.ip_address_type": Way({"ipAddressType": "ipv4"}),
    "Api.version": Way({"version": ""}),
    "Route.api_key_required": Way({"apiKeyRequired": False}),
    "Route.authorization_scopes": Way({"authorizationScopes": []}),
    "Route.authorization_type": Way({"authorizationType": "NONE"}),
    # without the old authorization type, which no longer applies
    "Route.authorizer_id": Way({"authorizerId": ""}),
    "Route.model_selection_expression": Way({"modelSelectionExpression": ""}),
    "Route.route_response_selection_expression": Way({"routeResponseSelectionExpression": ""}),
    "Route.target": Way({"target": ""}),
    "Route.operation_name": Way({"operationName": ""}),
    "Route.request_models": Way({"requestModels": {"application/json": "", "text/plain": ""}}),
    "Route.request_parameters": Way(
        deletes=[
            "/requestparameters/route.request.querystring.a",
            "/requestparameters/route.request.header.b",
        ]
    ),
    "Authorizer.authorizer_credentials_arn": Way({"authorizerCredentialsArn": ""}),
    "Authorizer.authorizer_payload_format_version": Way({"authorizerPayloadFormatVersion": ""}),
    "Authorizer.identity_source": Way({"identitySource": []}),
    "Authorizer.identity_validation_expression": Way({"identityValidationExpression": ""}),
    "Authorizer.authorizer_result_ttl_in_seconds": Way({"authorizerResultTtlInSeconds": 0}),
    "Integration.content_handling_strategy": Way({"contentHandlingStrategy": "", **SUBTYPE}),
    "Integration.credentials_arn": Way({"credentialsArn": "", **SUBTYPE}),
    "Integration.description": Way({"description": "", **SUBTYPE}),
    "Integration.request_parameters": Way(
        {"requestParameters": {"QueueUrl": "", "MessageBody": ""}, **SUBTYPE}
    ),
    "Integration.response_parameters": Way(
        {"responseParameters": {"200": {}, "404": {}}, **SUBTYPE}
    ),
    "Integration.tls_config": Way({"tlsConfig": {}, **SUBTYPE}),
    "IntegrationResponse.template_selection_expression": Way({"templateSelectionExpression": ""}),
    "RouteResponse.model_selection_expression": Way({"modelSelectionExpression": ""}),
    "Stage.access_log_settings": Way(deletes=["/accesslogsettings"]),
    "Stage.client_certificate_id": Way({"clientCertificateId": ""}),
    "Stage.default_route_settings": Way(),
    "Stage.description": Way(),
    "Stage.route_settings": Way(deletes=["/routesettings/GET /pets", "/routesettings/POST /pets"]),
    "Stage.stage_variables": Way({"stageVariables": {"color": "", "size": ""}}),
    "DomainName.mutual_tls_authentication": Way({"mutualTlsAuthentication": {"truststoreUri": ""}}),
}
POSSIBLE: Final = [name for name, way in WAYS.items() if way != Way()]
TABLES: Final[Mapping[str, Mapping[str, object]]] = {
    cls: getattr(clearing, re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls).upper()) for cls in SNAPSHOTS
}


def snapshot(local: Local, cls: str) -> Any:  # noqa: ANN401  # of any resource with unset
    return local.warning.attach(SNAPSHOTS[cls])


def test_every_field_of_every_table_is_tested() -> None:
    assert WAYS.keys() == {f"{cls}.{name}" for cls, table in TABLES.items() for name in table}
    have = [n for n in types.__all__ if hasattr(getattr(apigw2, n), "unset")]
    assert set(have) == SNAPSHOTS.keys()


@pytest.mark.parametrize("cls", SNAPSHOTS)
def test_the_type_of_unset_names_the_fields_that_can_be_cleared(cls: str) -> None:
    hints = typing.get_type_hints(getattr(apigw2, cls).unset)
    possible = [n for n, way in TABLES[cls].items() if not isinstance(way, Never)]
    assert list(typing.get_args(hints["names"])) == possible


@pytest.mark.filterwarnings("ignore::apigw2.PreflightWarning")
@pytest.mark.parametrize("field", POSSIBLE)
def test_unset_of_one_field_sends_what_its_table_says(field: str, local: Local) -> None:
    cls, _, name = field.partition(".")
    way, path = WAYS[field], PATHS[cls]
    new = Answer(BODIES[cls])
    local.server.prepare([Answer(status=204)] * len(way.deletes) + [new])
    before = snapshot(local, cls)
    after = before.unset(name)
    lines = [unquote(line) for line in local.server.lines]
    assert lines[:-1] == [f"DELETE {path}{below}" for below in way.deletes]
    assert lines[-1] == (f"GET {path}" if way.patch is None else f"PATCH {path}")
    assert local.server.requests[-1].json == way.patch
    assert "new state" in repr(after)
    assert type(after) is type(before)
    assert before == SNAPSHOTS[cls]


@pytest.mark.parametrize("field", POSSIBLE)
def test_unset_of_a_field_that_is_not_set_sends_nothing(field: str, local: Local) -> None:
    cls, _, name = field.partition(".")
    whole = SNAPSHOTS[cls]
    default = attrs.fields_dict(getattr(apigw2, cls))[name].default
    local.server.prepare()
    before = local.gateway.attach(attrs.evolve(whole, **{name: default}))
    assert before.unset(name) is before
    assert not local.server.requests


@pytest.mark.parametrize(
    ("cls", "cleared"),
    [
        ("Api", {"description": "", "version": "", "disable_execute_api_endpoint": False}),
        ("Route", {"authorization_type": "NONE", "authorization_scopes": (), "request_models": {}}),
        ("Route", {"api_key_required": False, "request_parameters": {}, "authorizer_id": ""}),
        ("Authorizer", {"authorizer_result_ttl_in_seconds": 0, "identity_source": ()}),
        ("Api", {"ip_address_type": "ipv4"}),
        ("Integration", {"request_parameters": {}, "tls_config": apigw2.TlsConfig()}),
        ("Integration", {"response_parameters": {"200": {}}}),
        ("Stage", {"route_settings": {}, "stage_variables": {}}),
    ],
)
def test_unset_of_a_field_with_its_cleared_value_sends_nothing(
    cls: str, cleared: dict[str, object], local: Local
) -> None:
    local.server.prepare()
    before = local.gateway.attach(attrs.evolve(SNAPSHOTS[cls], **cleared))
    assert before.unset(*cleared) is before
    assert not local.server.requests


@pytest.mark.filterwarnings("ignore::apigw2.PreflightWarning")
@pytest.mark.parametrize("cls", SNAPSHOTS)
def test_unset_of_all_fields_sends_one_update(cls: str, local: Local) -> None:
    """Each key with its own delete operation takes one request; one update clears the rest."""
    ways = {n: WAYS[f"{cls}.{n}"] for n in TABLES[cls] if f"{cls}.{n}" in POSSIBLE}
    deletes = [below for way in ways.values() for below in way.deletes]
    patch = {key: value for way in ways.values() for key, value in (way.patch or {}).items()}
    if cls == "Route":
        patch["authorizationType"] = "NONE"
    local.server.prepare([Answer(status=204)] * len(deletes) + [Answer(BODIES[cls])])
    snapshot(local, cls).unset(*ways)
    requests = local.server.requests
    assert len(requests) == len(deletes) + 1
    assert requests[-1].method == "PATCH"
    assert requests[-1].json == patch


def test_the_order_of_names_in_unset_does_not_matter(local: Local) -> None:
    for names in (("authorizer_id", "authorization_type"), ("authorization_type", "authorizer_id")):
        local.server.prepare([Answer(BODIES["Route"])])
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            local.gateway.attach(SNAPSHOTS["Route"]).unset(*names)
        assert local.server.requests[0].json == {"authorizerId": "", "authorizationType": "NONE"}


def test_a_name_that_is_given_twice_is_cleared_once(local: Local) -> None:
    local.server.prepare([Answer(status=204), Answer(BODIES["Stage"])])
    stage = snapshot(local, "Stage")
    stage.unset("access_log_settings", "access_log_settings")
    assert len(local.server.requests) == 2


def test_unset_without_names_sends_nothing(local: Local) -> None:
    stage = snapshot(local, "Stage")
    assert stage.unset() is stage
    assert not local.server.requests


def test_unset_sends_no_sibling_that_is_not_set(local: Local) -> None:
    local.server.prepare([Answer(BODIES["Integration"])])
    plain = apigw2.Integration(api_id="a1", integration_id="i1", request_parameters={"a": "b"})
    local.gateway.attach(plain).unset("request_parameters")
    assert local.server.requests[0].json == {"requestParameters": {"a": ""}}


@pytest.mark.parametrize("field", [name for name, way in WAYS.items() if way == Way()])
def test_unset_refuses_a_field_that_the_service_cannot_clear(field: str, local: Local) -> None:
    cls, _, name = field.partition(".")
    for names in ((name,), ("access_log_settings", name)):
        with pytest.raises(apigw2.PreflightError, match=f"{field} cannot be cleared: the service"):
            snapshot(local, cls).unset(*names)
    assert not local.server.requests


@pytest.mark.parametrize("cls", SNAPSHOTS)
def test_unset_refuses_unknown_names(cls: str, local: Local) -> None:
    possible = [n for n in TABLES[cls] if f"{cls}.{n}" in POSSIBLE]
    for name in ("extra", "no_such_field", "api_id", ""):
        with pytest.raises(TypeError) as caught:
            snapshot(local, cls).unset(possible[0], name)
        assert str(caught.value) == (
            f"{cls}.unset(): no field to unset: {name!r}; use one of {', '.join(possible)}"
        )
    assert not local.server.requests


def test_unset_ignores_parameters_that_are_already_deleted(local: Local) -> None:
    """The other fields are cleared."""
    local.server.prepare([MISSING, MISSING, Answer(BODIES["Route"])])
    after = snapshot(local, "Route").unset("request_parameters", "operation_name")
    assert after.operation_name == "new state"
    assert local.server.requests[-1].json == {"operationName": ""}


def test_unset_of_an_object_that_was_deleted_is_an_error(local: Local) -> None:
    local.server.prepare([MISSING, MISSING, MISSING])
    with pytest.raises(apigw2.NotFoundError):
        snapshot(local, "Route").unset("request_parameters")
    assert local.server.lines[-1] == "GET /v2/apis/a1/routes/r1"


def test_unset_of_the_authorizer_of_a_jwt_route_warns(local: Local) -> None:
    """The service refuses a JWT route without an authorizer, as public reports say."""
    local.server.prepare([Answer(BODIES["Route"])])
    with pytest.warns(apigw2.PreflightWarning, match="clear AuthorizationType as well"):
        local.gateway.attach(SNAPSHOTS["Route"]).unset("authorizer_id")


# --- members that the service requires beside others ------------------------------------------


def update_of(local: Local, snapshot: Any, **given: Any) -> Any:  # noqa: ANN401  # of any resource
    """The body of an update."""
    local.server.prepare([Answer(BODIES[type(snapshot).__name__])])
    local.off.attach(snapshot).update(**given)
    return local.server.requests[0].json


def test_an_update_of_a_service_integration_sends_its_subtype(local: Local) -> None:
    service = SNAPSHOTS["Integration"]
    assert update_of(local, service, timeout_in_millis=50) == {"timeoutInMillis": 50, **SUBTYPE}
    other = "SQS-PurgeQueue"
    assert update_of(local, service, integration_subtype=other) == {"integrationSubtype": other}


@pytest.mark.parametrize("given", [{"integration_type": "HTTP_PROXY"}, {"integration_uri": "a"}])
def test_an_update_to_another_kind_of_integration_sends_no_subtype(
    given: dict[str, str], local: Local
) -> None:
    assert "integrationSubtype" not in update_of(local, SNAPSHOTS["Integration"], **given)


def test_an_update_of_another_integration_sends_no_subtype(local: Local) -> None:
    plain = apigw2.Integration(api_id="a1", integration_id="i1", integration_subtype="")
    assert update_of(local, plain, timeout_in_millis=50) == {"timeoutInMillis": 50}


@pytest.mark.parametrize("kind", ["CUSTOM", "JWT", "NONE", "AWS_IAM", None])
def test_a_new_authorizer_is_sent_with_the_type_if_the_type_has_authorizers(
    kind: Any,  # noqa: ANN401  # one of a Literal
    local: Local,
) -> None:
    route = apigw2.Route(api_id="a1", route_id="r1", route_key="GET /pets", authorization_type=kind)
    expected = {"authorizationType": kind} if kind in ("CUSTOM", "JWT") else {}
    assert update_of(local, route, authorizer_id="z2") == {"authorizerId": "z2", **expected}
    assert update_of(local, route, authorizer_id="") == {"authorizerId": ""}
    assert update_of(local, route, operation_name="pets") == {"operationName": "pets"}
    given = {"authorizer_id": "z2", "authorization_type": "AWS_IAM"}
    assert update_of(local, route, **given)["authorizationType"] == "AWS_IAM"
