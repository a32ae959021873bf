"""API mappings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2

if TYPE_CHECKING:
    from tests.support.resources import Requests


@pytest.fixture
def stage(api: apigw2.Api) -> apigw2.Stage:
    return api.create_stage("prod")


def test_an_api_mapping_can_be_created_read_updated_and_deleted(
    api: apigw2.Api, stage: apigw2.Stage, domain: apigw2.DomainName
) -> None:
    mapping = domain.create_api_mapping(api_id=api, stage=stage, api_mapping_key="orders/v1")
    assert (mapping.api_id, mapping.stage) == (api.api_id, "prod")
    assert mapping.api_mapping_key == "orders/v1"
    assert mapping.get() == mapping
    assert list(domain.get_api_mappings()) == [mapping]

    canary = api.create_stage("canary")
    changed = mapping.update(api_id=api, stage=canary)
    assert (changed.stage, changed.api_mapping_key) == ("canary", "orders/v1")
    assert mapping.get() == changed

    mapping.delete()
    assert list(domain.get_api_mappings()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        mapping.get()
    assert mapping.api_mapping_id in str(caught.value)
    assert api.get_stage("prod") == stage, "the stage stays"


def test_a_reference_to_an_api_mapping_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    mapping = gw.domain_name("api.example.com").api_mapping("b1c2d3")
    assert mapping.domain == gw.domain_name("api.example.com")
    assert requests.new() == []


@pytest.mark.usefixtures("stage")
def test_get_api_mapping_makes_one_request(
    api: apigw2.Api, domain: apigw2.DomainName, requests: Requests
) -> None:
    mapping = domain.create_api_mapping(api_id=api, stage="prod")
    requests.new()
    assert domain.get_api_mapping(mapping.api_mapping_id) == mapping
    assert requests.new() == ["GetApiMapping"]


def test_a_stage_with_an_api_mapping_cannot_be_deleted(
    api: apigw2.Api, stage: apigw2.Stage, domain: apigw2.DomainName
) -> None:
    mapping = domain.create_api_mapping(api_id=api, stage=stage)
    for mapped in (stage, api):
        with pytest.raises(apigw2.ResourceInUseError):
            mapped.delete()
    mapping.delete()
    stage.delete()
    assert list(api.get_stages()) == []


def test_a_second_api_mapping_with_the_same_key_is_refused(
    api: apigw2.Api, stage: apigw2.Stage, domain: apigw2.DomainName
) -> None:
    domain.create_api_mapping(api_id=api, stage=stage, api_mapping_key="orders")
    with pytest.raises(apigw2.AlreadyExistsError):
        domain.create_api_mapping(api_id=api, stage=stage, api_mapping_key="orders")


def test_a_missing_api_mapping_is_not_found(api: apigw2.Api, domain: apigw2.DomainName) -> None:
    gone = domain.api_mapping("gone")
    for method in (gone.get, gone.delete):
        with pytest.raises(apigw2.NotFoundError, match="gone"):
            method()
    with pytest.raises(apigw2.NotFoundError, match="gone"):
        gone.update(api_id=api)
