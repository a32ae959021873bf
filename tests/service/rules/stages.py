"""Calls that break the rules in `_service/rules/stages.py`, and calls that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import apigw2
from tests.service.rules.case import Case, numbered
from tests.support.caller import log_format

if TYPE_CHECKING:
    from collections.abc import Mapping


def settings(**fields: Any) -> dict[str, Any]:  # noqa: ANN401  # any field
    return {"default_route_settings": apigw2.RouteSettings(**fields)}


CASES: Final[Mapping[str, Case]] = {
    "ClientCertificateId is supported for WEBSOCKET APIs only": Case(
        [lambda c: c.http.create_stage("prod", client_certificate_id="c1")],
        [
            lambda c: c.ws.create_stage("prod", client_certificate_id="c1"),
            lambda c: c.stage().update(client_certificate_id="c1"),
        ],
    ),
    "StageName has letters, digits, - and _ only, up to 128, or is $default": Case(
        [
            lambda c: c.http.create_stage("pro.d"),
            lambda c: c.http.create_stage("größe"),
        ],
        [
            lambda c: c.http.create_stage("$default"),
            lambda c: c.ws.create_stage("$default"),
            lambda c: c.http.create_stage("Prod-2_b"),
            lambda c: c.unseen.create_stage("x" * 128),
        ],
    ),
    "StageVariables: values have letters, digits and -._~:/?#&=, only": Case(
        [
            lambda c: c.http.create_stage("prod", stage_variables={"a": "b", "c": "d e"}),
            lambda c: c.stage().update(stage_variables={"a": "{b}"}),
        ],
        [
            lambda c: c.http.create_stage("prod", stage_variables={"a": "Az0-._~:/?#&=,"}),
            lambda c: c.stage().update(stage_variables={"a": ""}),
        ],
    ),
    "StageVariables: more than 100, the default quota": Case(
        [lambda c: c.http.create_stage("prod", stage_variables=numbered(101))],
        [lambda c: c.http.create_stage("prod", stage_variables=numbered(100))],
    ),
    "RouteSettings: LoggingLevel is supported for WEBSOCKET APIs only, even OFF": Case(
        [
            lambda c: c.http.create_stage("prod", **settings(logging_level="INFO")),
            lambda c: c.http.create_stage("prod", **settings(logging_level="OFF")),
            lambda c: c.http.create_stage(
                "prod", route_settings={"GET /": apigw2.RouteSettings(logging_level="ERROR")}
            ),
        ],
        [
            lambda c: c.ws.create_stage("prod", **settings(logging_level="INFO")),
            lambda c: c.http.create_stage("prod", **settings(throttling_burst_limit=5)),
            lambda c: c.stage().update(**settings(logging_level="INFO")),
        ],
    ),
    "RouteSettings: DataTraceEnabled is supported for WEBSOCKET APIs only": Case(
        [lambda c: c.http.create_stage("prod", **settings(data_trace_enabled=True))],
        [
            lambda c: c.ws.create_stage("prod", **settings(data_trace_enabled=True)),
            lambda c: c.http.create_stage("prod", **settings(data_trace_enabled=False)),
        ],
    ),
    "RouteSettings: throttling limits cannot be negative, and 0 rejects every request": Case(
        [
            lambda c: c.stage().update(**settings(throttling_burst_limit=-1)),
            lambda c: c.http.create_stage("prod", **settings(throttling_rate_limit=-1)),
        ],
        [lambda c: c.stage().update(**settings(throttling_burst_limit=0))],
    ),
    "DeploymentId cannot be set together with AutoDeploy": Case(
        [
            lambda c: c.stage().update(deployment_id="d1", auto_deploy=True),
            lambda c: c.unseen.stage("prod").update(deployment_id="d1", auto_deploy=True),
        ],
        [
            lambda c: c.stage(auto_deploy=True).update(deployment_id="d1"),
            lambda c: c.stage().update(deployment_id="d1", auto_deploy=False),
            lambda c: c.stage().update(auto_deploy=True),
        ],
    ),
    "DeploymentId is set by the service on a stage with AutoDeploy": Case(
        [
            lambda c: c.http.create_stage("prod", auto_deploy=True, deployment_id="d1"),
            lambda c: c.stage(auto_deploy=True).update(deployment_id="d1"),
        ],
        [
            lambda c: c.http.create_stage("prod", deployment_id="d1"),
            lambda c: c.http.create_stage("prod", auto_deploy=True),
            lambda c: c.stage(auto_deploy=True).update(deployment_id="d1", auto_deploy=False),
            lambda c: c.unseen.stage("prod").update(deployment_id="d1"),
        ],
    ),
    "AccessLogSettings: Format must be a single line": Case(
        [
            lambda c: c.stage().update(
                access_log_settings=log_format("$context.requestId\n$context.path")
            )
        ],
        [
            lambda c: c.stage().update(access_log_settings=log_format("$context.requestId\n")),
            lambda c: c.stage().update(access_log_settings=log_format("$context.requestId")),
        ],
    ),
    "AccessLogSettings: Format must have $context.requestId or $context.extendedRequestId": Case(
        [
            lambda c: c.http.create_stage("prod", access_log_settings=log_format("$context.path")),
            lambda c: c.stage().update(access_log_settings=log_format("$context.requestIdentity")),
        ],
        [
            lambda c: c.http.create_stage(
                "prod", access_log_settings=log_format('{"id": "$context.requestId"}')
            ),
            lambda c: c.stage().update(
                access_log_settings=log_format("$context.extendedRequestId")
            ),
            lambda c: c.stage().update(
                access_log_settings=apigw2.AccessLogSettings(destination_arn="arn:aws:logs:x")
            ),
        ],
    ),
    "not every member of the $default stage that a quick create made can be changed": Case(
        [lambda c: c.stage(api_gateway_managed=True).update(description="changed")],
        [lambda c: c.stage().update(description="changed")],
    ),
}
