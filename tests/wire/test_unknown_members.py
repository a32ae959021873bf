"""A value that the service returned can be sent back, without the fields that botocore lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ParamValidationError

import apigw2
from tests.support.local import API
from tests.support.server import Answer

if TYPE_CHECKING:
    from tests.support.local import Local


def test_fields_that_botocore_does_not_know_are_not_sent_and_cause_a_warning(local: Local) -> None:
    cors = {"allowOrigins": ["*"], "newField": {"a": 1}}
    local.server.prepare(then=Answer({**API, "corsConfiguration": cors}))
    api = local.gateway.get_api("a1")
    with pytest.warns(apigw2.UnsentFieldWarning, match="CorsConfiguration.NewField") as caught:
        api.update(cors_configuration=api.cors_configuration)
    assert caught[0].filename == __file__
    assert local.server.requests[-1].json == {"corsConfiguration": {"allowOrigins": ["*"]}}


def test_unknown_fields_inside_lists_and_maps_are_not_sent_either(local: Local) -> None:
    settings = apigw2.RouteSettings(throttling_burst_limit=5, extra={"New": 1})
    local.server.prepare([Answer({"stageName": "prod"})])
    with pytest.warns(apigw2.UnsentFieldWarning, match=r"RouteSettings\['GET /pets'\]\.New"):
        local.gateway.api("a1").stage("prod").update(route_settings={"GET /pets": settings})
    assert local.server.requests[-1].json == {
        "routeSettings": {"GET /pets": {"throttlingBurstLimit": 5}}
    }
    domain = apigw2.DomainNameConfiguration(certificate_arn="arn:aws:acm:x", extra={"New": 1})
    local.server.prepare([Answer({"domainName": "api.example.com"})])
    with pytest.warns(apigw2.UnsentFieldWarning, match=r"DomainNameConfigurations\[0\]\.New"):
        local.off.domain_name("api.example.com").update(domain_name_configurations=[domain])


def test_other_errors_of_botocores_validation_are_raised(local: Local) -> None:
    local.server.prepare()
    odd = apigw2.Cors(extra={"MaxAge": "no number"})
    with pytest.raises(ParamValidationError):
        local.off.api("a1").update(cors_configuration=odd)
    assert not local.server.requests
