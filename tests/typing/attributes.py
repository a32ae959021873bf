"""The types of attributes. Only type-checked, never run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from typing_extensions import assert_type

import apigw2


def of_resources(api: apigw2.Api, route: apigw2.Route, stage: apigw2.Stage) -> None:
    assert_type(api.api_id, str)
    assert_type(api.name, str)
    assert_type(api.protocol_type, Literal["WEBSOCKET", "HTTP"])
    assert_type(api.created_date, datetime | None)
    assert_type(api.description, str | None)
    assert_type(api.warnings, tuple[str, ...])
    assert_type(api.tags, Mapping[str, str])
    assert_type(api.cors_configuration, apigw2.Cors | None)
    assert_type(api.extra, Mapping[str, object])
    assert_type(api.to_dict(), dict[str, object])
    assert_type(route.route_id, str)
    assert_type(route.api_id, str)
    assert_type(route.authorization_scopes, tuple[str, ...])
    assert_type(route.request_parameters, Mapping[str, apigw2.ParameterConstraints])
    assert_type(stage.route_settings["GET /pets"].throttling_rate_limit, float | None)
    assert_type(stage.route_settings["GET /pets"].throttling_burst_limit, int | None)


def of_other_resources(
    link: apigw2.VpcLink, rule: apigw2.RoutingRule, portal: apigw2.Portal, name: apigw2.DomainName
) -> None:
    assert_type(link.subnet_ids, tuple[str, ...])
    assert_type(rule.actions, tuple[apigw2.RoutingRuleAction, ...])
    assert_type(rule.priority, int | None)
    assert_type(portal.portal_content, apigw2.PortalContent)
    assert_type(portal.last_published, datetime | None)
    assert_type(name.domain_name, str)
    assert_type(name.domain_name_configurations, tuple[apigw2.DomainNameConfiguration, ...])


def narrowed(api: apigw2.Api) -> str:
    if api.cors_configuration is None:
        return "off"
    assert_type(api.cors_configuration, apigw2.Cors)
    assert_type(api.cors_configuration.max_age, int | None)
    return ", ".join(api.cors_configuration.allow_origins)


def of_errors(error: apigw2.NotFoundError, shape: apigw2.ResponseShapeError) -> None:
    assert_type(error.code, str)
    assert_type(error.message, str)
    assert_type(error.request_id, str | None)
    assert_type(error.operation_name, str)
    assert_type(shape.field, str)


def of_caught_errors(api: apigw2.ApiRef) -> str | None:
    try:
        api.delete()
    except apigw2.NotFoundError as error:
        assert_type(error, apigw2.NotFoundError)
        return error.code
    except apigw2.ServiceError as error:
        return error.request_id
    return None
