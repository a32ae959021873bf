"""Terraform tests of stages."""

from __future__ import annotations

from typing import Final

from tests.aws.cases import NOTHING, Call, Case, Members, Ref, call, read, step
from tests.aws.configurations.terraform import (
    NAME,
    REGION,
    cases_of,
    http_api,
    http_proxy,
    route,
    stage,
    tag_cases,
    websocket_api,
)
from tests.aws.configurations.terraform_routes import TARGETED

_stage = cases_of("stage", "stage_test.go")

ARN: Final = Ref("arn:aws:apigateway:us-east-1::/apis/{ApiId}/stages/{StageName}")
LOGS: Final = f"arn:aws:logs:{REGION}:123456789012:log-group:tf-acc-test"

COMMON: Final[Members] = {
    "AccessLogSettings": NOTHING,
    "AutoDeploy": NOTHING,
    "ClientCertificateId": NOTHING,
    "DeploymentId": NOTHING,
    "Description": NOTHING,
    "RouteSettings": {},
    "StageName": NAME,
    "StageVariables": {},
    "Tags": {},
}
QUIET: Final[Members] = {
    "DataTraceEnabled": NOTHING,
    "DetailedMetricsEnabled": False,
    "LoggingLevel": NOTHING,
    "ThrottlingBurstLimit": NOTHING,
    "ThrottlingRateLimit": NOTHING,
}
HTTP: Final[Members] = {**COMMON, "DefaultRouteSettings": QUIET}
WEBSOCKET: Final[Members] = {
    **COMMON,
    "DefaultRouteSettings": {**QUIET, "DataTraceEnabled": False, "LoggingLevel": "OFF"},
}
LOUD: Final[Members] = {
    "DataTraceEnabled": True,
    "DetailedMetricsEnabled": True,
    "LoggingLevel": "ERROR",
    "ThrottlingBurstLimit": 2222,
    "ThrottlingRateLimit": 8888,
}
LOUD_UPDATED: Final[Members] = {
    "DataTraceEnabled": False,
    "DetailedMetricsEnabled": True,
    "LoggingLevel": "INFO",
    "ThrottlingBurstLimit": 1111,
    "ThrottlingRateLimit": 9999,
}


def _reads(protocol: Members, **changed: object) -> Call:
    return read("GetStage", **{**protocol, **changed})


def _http(*, metrics: bool = False, burst: int = 0, rate: int = 0) -> Members:
    """Route settings as the provider sends them for an HTTP API."""
    return {
        "DetailedMetricsEnabled": metrics,
        "ThrottlingBurstLimit": burst,
        "ThrottlingRateLimit": rate,
    }


def _websocket(**changed: object) -> Members:
    """Route settings as the provider sends them for a WebSocket API."""
    return {"DataTraceEnabled": False, **_http(), **changed}


def _logs(form: str) -> dict[str, str]:
    return {"DestinationArn": LOGS, "Format": form}


ROUTE_SETTINGS: Final = {"$default": _websocket(), "$connect": LOUD}
ROUTE_SETTINGS_UPDATED: Final = {
    "$default": _websocket(ThrottlingBurstLimit=1111, ThrottlingRateLimit=9999),
    "$connect": _websocket(LoggingLevel="INFO"),
    "$disconnect": _websocket(),
}
BURST: Final = _http(burst=1)

_STAGES: Final = (
    _stage("basicWebSocket", step(websocket_api(), stage(), _reads(WEBSOCKET))),
    _stage("basicHTTP", step(http_api(), stage(), _reads(HTTP))),
    _stage(
        "defaultHTTPStage",
        step(http_api(), stage("$default"), _reads(HTTP, StageName="$default")),
    ),
    _stage(
        "autoDeployHTTP",
        step(
            http_api(),
            http_proxy(),
            route("GET /test", Target=Ref("integrations/{IntegrationId}")),
            stage(),
            _reads(HTTP),
        ),
        step(
            call("UpdateStage", AutoDeploy=True),
            read(
                "GetStage",
                AutoDeploy=True,
                DefaultRouteSettings=QUIET,
                Description=NOTHING,
                RouteSettings={},
                StageVariables={},
            ),
        ),
    ),
    _stage(
        "disappears",
        step(websocket_api(), stage(), call("DeleteStage"), read("GetStages", Items=[])),
    ),
    _stage(
        "accessLogSettings",
        step(
            websocket_api(),
            stage(AccessLogSettings=_logs("$context.identity.sourceIp $context.requestId")),
            _reads(
                WEBSOCKET,
                AccessLogSettings=_logs("$context.identity.sourceIp $context.requestId"),
            ),
        ),
        step(
            call("UpdateStage", AccessLogSettings=_logs("$context.requestId")),
            _reads(WEBSOCKET, AccessLogSettings=_logs("$context.requestId")),
        ),
    ),
    _stage(
        "clientCertificateIdAndDescription",
        step(
            websocket_api(),
            stage(ClientCertificateId="a1b2c3", Description="Test stage"),
            _reads(WEBSOCKET, ClientCertificateId="a1b2c3", Description="Test stage"),
        ),
        step(
            call("UpdateStage", ClientCertificateId="", Description="Test stage updated"),
            _reads(WEBSOCKET, Description="Test stage updated"),
        ),
    ),
    _stage(
        "defaultRouteSettingsWebSocket",
        step(
            websocket_api(),
            stage(DefaultRouteSettings=LOUD),
            _reads(WEBSOCKET, DefaultRouteSettings=LOUD),
        ),
        step(
            call("UpdateStage", DefaultRouteSettings=LOUD_UPDATED),
            _reads(WEBSOCKET, DefaultRouteSettings=LOUD_UPDATED),
        ),
        # The provider keeps sending the logging level after its removal from the configuration.
        step(
            call("UpdateStage", DefaultRouteSettings=_websocket(LoggingLevel="INFO")),
            _reads(WEBSOCKET, DefaultRouteSettings={**QUIET, "LoggingLevel": "INFO"}),
        ),
    ),
    _stage(
        "defaultRouteSettingsHTTP",
        step(
            http_api(),
            stage(DefaultRouteSettings=_http(metrics=True, burst=2222, rate=8888)),
            _reads(HTTP, DefaultRouteSettings=_http(metrics=True, burst=2222, rate=8888)),
        ),
        step(
            call("UpdateStage", DefaultRouteSettings=_http(burst=1111, rate=9999)),
            _reads(HTTP, DefaultRouteSettings=_http(burst=1111, rate=9999)),
        ),
        step(call("UpdateStage", DefaultRouteSettings=_http()), _reads(HTTP)),
    ),
    _stage(
        "deployment",
        step(
            *TARGETED,
            call("CreateDeployment", Description=NAME),
            stage(DeploymentId=Ref("{DeploymentId}")),
            _reads(WEBSOCKET, DeploymentId=Ref("{DeploymentId}")),
        ),
    ),
    _stage(
        "routeSettingsWebSocket",
        step(
            websocket_api(),
            stage(RouteSettings=ROUTE_SETTINGS),
            _reads(WEBSOCKET, RouteSettings=ROUTE_SETTINGS),
        ),
        step(
            call("DeleteRouteSettings", RouteKey="$default"),
            call("DeleteRouteSettings", RouteKey="$connect"),
            call("UpdateStage", RouteSettings=ROUTE_SETTINGS_UPDATED),
            _reads(WEBSOCKET, RouteSettings=ROUTE_SETTINGS_UPDATED),
        ),
        step(
            call("DeleteRouteSettings", RouteKey="$default"),
            call("DeleteRouteSettings", RouteKey="$connect"),
            call("DeleteRouteSettings", RouteKey="$disconnect"),
            call("UpdateStage", RouteSettings={}),
            _reads(WEBSOCKET),
        ),
    ),
    _stage(
        "routeSettingsHTTP",
        step(
            http_api(),
            stage(RouteSettings={"$default": _http(metrics=True, burst=2222, rate=8888)}),
            _reads(HTTP, RouteSettings={"$default": _http(metrics=True, burst=2222, rate=8888)}),
        ),
        step(
            call("DeleteRouteSettings", RouteKey="$default"),
            call("UpdateStage", RouteSettings={"$default": _http(burst=1111, rate=9999)}),
            _reads(HTTP, RouteSettings={"$default": _http(burst=1111, rate=9999)}),
        ),
        step(
            call("DeleteRouteSettings", RouteKey="$default"),
            call("UpdateStage", RouteSettings={}),
            _reads(HTTP),
        ),
    ),
    _stage(
        "RouteSettingsHTTP_withRoute",
        step(
            http_api(),
            http_proxy(IntegrationUri="https://example.com/"),
            route("GET /first", Target=Ref("integrations/{IntegrationId}")),
            stage(RouteSettings={"GET /first": BURST}),
            _reads(HTTP, RouteSettings={"GET /first": BURST}),
        ),
        step(
            call("UpdateRoute", RouteKey="POST /second"),
            call("DeleteRouteSettings", RouteKey="GET /first"),
            call("UpdateStage", RouteSettings={"POST /second": BURST}),
            _reads(HTTP, RouteSettings={"POST /second": BURST}),
        ),
    ),
    _stage(
        "stageVariables",
        step(
            websocket_api(),
            stage(StageVariables={"Var1": "Value1", "Var2": "Value2"}),
            _reads(WEBSOCKET, StageVariables={"Var1": "Value1", "Var2": "Value2"}),
        ),
        step(
            call("UpdateStage", StageVariables={"Var1": "", "Var2": ""}),
            _reads(WEBSOCKET),
        ),
    ),
    _stage(
        "tags_WebSocket",
        step(
            websocket_api(),
            stage(Tags={"Key1": "Value1", "Key2": "Value2"}),
            _reads(WEBSOCKET, Tags={"Key1": "Value1", "Key2": "Value2"}),
        ),
        step(
            call("UntagResource", ResourceArn=ARN, TagKeys=["Key1", "Key2"]),
            _reads(WEBSOCKET),
        ),
    ),
)

_TAGGED: Final = tag_cases(
    cases_of("stage", "stage_tags_gen_test.go"),
    lambda tags: (http_api(), stage(Tags=tags)),
    lambda tags: _reads(HTTP, Tags=tags),
    ARN,
)

CASES: Final[tuple[Case, ...]] = (*_STAGES, *_TAGGED)
