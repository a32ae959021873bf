"""Values outside the bounds, patterns and enumerations of the service model."""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pytest
from botocore.exceptions import ParamValidationError
from botocore.loaders import Loader
from botocore.model import ServiceModel

import apigw2
from apigw2._service.bounds import CORRECTIONS
from tests.support.answers import good
from tests.support.caller import (
    Call,
    Caller,
    domain_configurations,
    log_format,
    notes_of_rejection,
    warnings_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.local import Local

OUT_OF_BOUNDS: Final[Mapping[str, tuple[Call, str]]] = {
    "a maximum in a shape's name": (
        lambda c: c.unseen.update(name="x" * 129),
        "Name: 129 characters exceeds the maximum of 128",
    ),
    "a minimum in a shape's name": (
        lambda c: c.gw.create_vpc_link("", subnet_ids=["subnet-1"]),
        "Name: 0 characters is below the minimum of 1",
    ),
    "a maximum in kilobytes": (
        lambda c: c.unseen.create_model("Pet", schema="x" * (32 * 1024 + 1)),
        "Schema: 32769 characters exceeds the maximum of 32768",
    ),
    "a negative minimum": (
        lambda c: c.unseen.update(cors_configuration=apigw2.Cors(max_age=-2)),
        "CorsConfiguration.MaxAge: -2 is below the minimum of -1",
    ),
    "a maximum of a number": (
        lambda c: c.unseen.update(cors_configuration=apigw2.Cors(max_age=86_401)),
        "CorsConfiguration.MaxAge: 86401 exceeds the maximum of 86400",
    ),
    "a minimum of a number": (
        lambda c: c.domain.create_routing_rule(actions=[], conditions=[], priority=0),
        "Priority: 0 is below the minimum of 1",
    ),
    "a value in a map": (
        lambda c: c.unseen.create_stage("prod", stage_variables={"a": "x" * 2049}),
        "StageVariables['a']: 2049 characters exceeds the maximum of 2048",
    ),
    "an item in a list": (
        lambda c: c.domain.update(
            domain_name_configurations=domain_configurations(certificate_name="x" * 129)
        ),
        "DomainNameConfigurations[1].CertificateName: 129 characters exceeds the maximum of 128",
    ),
}
# botocore checks only minimums that the model states outside of shapes' names.
REFUSED_BY_BOTOCORE: Final = ("a negative minimum", "a minimum of a number")

# AWS accepts these, beyond the service model's bounds (`_service/bounds.py` has the sources).
ACCEPTED: Final[Mapping[str, Call]] = {
    "an empty tag": lambda c: c.new_http(tags={"a": ""}),
    "a log format of 3 KB": lambda c: c.stage().update(
        access_log_settings=log_format("$context.requestId".ljust(3072))
    ),
    "a parameter without a value": lambda c: c.http_integration(
        request_parameters={"remove:header.a": ""},
        response_parameters={"200": {"remove:header.a": ""}},
    ),
    "a mock integration with an empty URI": lambda c: c.ws.create_integration(
        integration_type="MOCK", integration_uri=""
    ),
    "a long scope": lambda c: c.route().update(authorization_scopes=["https://" + "x" * 80]),
    "an expression for API keys": lambda c: c.new_http(
        api_key_selection_expression="$request.header.x-api-key"
    ),
}


@pytest.mark.parametrize("name", OUT_OF_BOUNDS)
def test_a_value_out_of_the_models_bounds_is_blocked(name: str, local: Local) -> None:
    call, message = OUT_OF_BOUNDS[name]
    with pytest.raises(apigw2.PreflightError) as caught:
        call(Caller(local.gateway))
    assert [*caught.value.violations] == [apigw2.Violation(message, "service model", blocks=True)]
    if name in REFUSED_BY_BOTOCORE:
        with pytest.raises(ParamValidationError):
            call(Caller(local.off))
    else:
        note = f"preflight: {message} (source: service model)"
        assert note in notes_of_rejection(local, local.off, call)


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_value_that_aws_accepts_beyond_the_model_is_sent(name: str, local: Local) -> None:
    assert not warnings_of(local, local.gateway, ACCEPTED[name])


def test_access_log_formats_are_measured_in_bytes(local: Local) -> None:
    with pytest.raises(apigw2.PreflightError, match="Format: 3073 bytes exceeds the maximum of"):
        Caller(local.gateway).stage().update(
            access_log_settings=log_format("$context.requestIdä".ljust(3072))
        )


def test_every_correction_names_a_shape_and_its_member() -> None:
    shapes = shapes_of_the_model()
    for place in CORRECTIONS:
        shape, _, member = place.partition(".")
        assert member in shapes[shape] or member in shapes[shape]["members"]


def test_empty_text_clears_a_field_of_an_update_only(local: Local) -> None:
    local.server.prepare(then=good("UpdateApi"))
    local.gateway.api("a1").update(version="", description="")
    assert local.server.requests[0].json == {"version": "", "description": ""}
    with pytest.raises(apigw2.PreflightError, match="Version: 0 characters is below"):
        local.gateway.create_api("x", protocol_type="HTTP", version="")


def test_an_unknown_value_of_an_enumeration_only_warns(local: Local) -> None:
    """The service learns new values before the model does."""
    brand_new: Any = "HTTP3"
    local.server.prepare([good("CreateApi")])
    with pytest.warns(apigw2.PreflightWarning) as caught:
        local.gateway.create_api("x", protocol_type=brand_new)
    assert "ProtocolType: 'HTTP3' is not one of WEBSOCKET, HTTP" in str(caught[0].message)
    assert local.server.requests[0].json == {"name": "x", "protocolType": "HTTP3"}


def test_botocore_refuses_text_in_place_of_a_structure(local: Local) -> None:
    condition = apigw2.RoutingRuleCondition(extra={"MatchHeaders": "a1"})
    with pytest.raises(ParamValidationError, match="MatchHeaders"):
        Caller(local.gateway).routing_rule(condition)
    assert not local.server.requests


# --- service models that boto3 does not have yet ----------------------------------------------


def shapes_of_the_model() -> dict[str, Any]:
    """A copy of the shapes of boto3's service model, to change."""
    model = Loader().load_service_model("apigatewayv2", "service-2")
    shapes: dict[str, Any] = copy.deepcopy(model["shapes"])
    return shapes


def with_shapes(shapes: dict[str, Any]) -> apigw2.ApiGatewayV2:
    """A gateway whose client has a service model with these shapes."""
    model = {**Loader().load_service_model("apigatewayv2", "service-2"), "shapes": shapes}
    meta = SimpleNamespace(service_model=ServiceModel(model, "apigatewayv2"))
    double: Any = SimpleNamespace(meta=meta)
    return apigw2.ApiGatewayV2(client=double)


def test_a_value_that_does_not_match_a_pattern_is_blocked() -> None:
    """No parameter of today's service model has a pattern."""
    shapes = shapes_of_the_model()
    shapes["Id"]["pattern"] = "^[a-z0-9]+$"
    assert shapes["CreateRouteRequest"]["members"]["AuthorizerId"]["shape"] == "Id"
    api = with_shapes(shapes).api("a1")
    with pytest.raises(apigw2.PreflightError) as caught:
        api.create_route("GET /", authorizer_id="A b", authorization_type="JWT")
    (violation,) = caught.value.violations
    assert violation.message == "AuthorizerId: 'A b' does not match ^[a-z0-9]+$"


def test_a_structure_that_contains_itself_is_checked() -> None:
    """No structure of today's service model contains itself."""
    shapes = shapes_of_the_model()
    shapes["Cors"]["members"]["Inner"] = {"shape": "Cors"}
    cors = apigw2.Cors(extra={"Inner": {"Inner": {"MaxAge": -2}}})
    with pytest.raises(apigw2.PreflightError) as caught:
        with_shapes(shapes).api("a1").update(cors_configuration=cors)
    (violation,) = caught.value.violations
    assert (
        violation.message == "CorsConfiguration.Inner.Inner.MaxAge: -2 is below the minimum of -1"
    )


def test_bounds_ignore_values_of_another_type() -> None:
    """botocore reports the type; a value type's `extra` may hold anything."""
    shapes = shapes_of_the_model()
    inside = {"Items": "AuthorizationScopes", "Values": "StageVariablesMap", "Inner": "Cors"}
    for name, shape in inside.items():
        shapes["Cors"]["members"][name] = {"shape": shape}
    cors = apigw2.Cors(max_age=-2, extra=dict.fromkeys(inside, 7))
    with pytest.raises(apigw2.PreflightError) as caught:
        with_shapes(shapes).api("a1").update(cors_configuration=cors)
    (violation,) = caught.value.violations
    assert violation.message == "CorsConfiguration.MaxAge: -2 is below the minimum of -1"
