"""Rules about stages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from apigw2._service.rules.rule import (
    HTTP,
    MODEL,
    WEBSOCKET,
    Rule,
    at_most,
    is_managed,
    not_given,
    only,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from apigw2._service.rules.rule import PendingCall

_STAGE = ("CreateStage", "UpdateStage")
_VALUE: Final = re.compile(r"[A-Za-z0-9\-._~:/?#&=,]*")


def _settings(call: PendingCall) -> list[Mapping[str, Any]]:
    """All route settings of a stage that a call sends."""
    default = call.request.get("DefaultRouteSettings", {})
    return [default, *call.request.get("RouteSettings", {}).values()]


def _variables(call: PendingCall) -> Mapping[str, str]:
    variables: Mapping[str, str] = call.request.get("StageVariables", {})
    return variables


def _log_format(call: PendingCall) -> str | None:
    layout: str | None = call.request.get("AccessLogSettings", {}).get("Format")
    return layout


def _bad_stage_name(call: PendingCall) -> bool:
    name = call.request["StageName"]
    return name != "$default" and re.fullmatch(r"[A-Za-z0-9_-]{1,128}", name) is None


def _deployment_with_auto_deploy(call: PendingCall) -> bool:
    """The stage has auto-deploy, according to a snapshot that may be old."""
    if call.is_create:
        return bool("DeploymentId" in call.request and call.request.get("AutoDeploy"))
    known = bool(getattr(call.owner, "auto_deploy", None))
    return "DeploymentId" in call.request and "AutoDeploy" not in call.request and known


def _negative_throttling(call: PendingCall) -> bool:
    names = ("ThrottlingBurstLimit", "ThrottlingRateLimit")
    return any(settings.get(name, 0) < 0 for settings in _settings(call) for name in names)


RULES: Final[Sequence[Rule]] = (
    *only(WEBSOCKET, _STAGE, "ClientCertificateId"),
    Rule(
        ("CreateStage",),
        "StageName has letters, digits, - and _ only, up to 128, or is $default",
        MODEL,
        _bad_stage_name,
        advice=not_given("StageName"),
    ),
    Rule(
        _STAGE,
        "StageVariables: values have letters, digits and -._~:/?#&=, only",
        MODEL,
        lambda call: not all(_VALUE.fullmatch(value) for value in _variables(call).values()),
    ),
    at_most(_STAGE, "StageVariables", 100, _variables),
    Rule(
        _STAGE,
        "RouteSettings: LoggingLevel is supported for WEBSOCKET APIs only, even OFF",
        "terraform-provider-aws#14010",
        lambda call: any("LoggingLevel" in settings for settings in _settings(call)),
        protocol=HTTP,
        rejection="Execution logs are not supported on protocolType HTTP",
    ),
    Rule(
        _STAGE,
        "RouteSettings: DataTraceEnabled is supported for WEBSOCKET APIs only",
        MODEL,
        lambda call: any(settings.get("DataTraceEnabled") for settings in _settings(call)),
        protocol=HTTP,
    ),
    Rule(
        _STAGE,
        "RouteSettings: throttling limits cannot be negative, and 0 rejects every request",
        "terraform-provider-aws#14742",
        _negative_throttling,
    ),
    Rule(
        ("UpdateStage",),
        "DeploymentId cannot be set together with AutoDeploy",
        "cdk-real-drift#667",
        lambda call: "DeploymentId" in call.request and bool(call.request.get("AutoDeploy")),
        rejection="Deployment ID cannot be set on this stage because AutoDeploy is enabled",
    ),
    Rule(
        _STAGE,
        "DeploymentId is set by the service on a stage with AutoDeploy",
        MODEL,
        _deployment_with_auto_deploy,
    ),
    Rule(
        _STAGE,
        "AccessLogSettings: Format must be a single line",
        "serverless#7162",
        lambda call: "\n" in (_log_format(call) or "").removesuffix("\n"),
        rejection="new line character is allowed only at end of the format",
    ),
    Rule(
        _STAGE,
        "AccessLogSettings: Format must have $context.requestId or $context.extendedRequestId",
        MODEL,
        lambda call: (
            _log_format(call) not in (None, "")
            and not re.search(
                r"\$context\.(requestId|extendedRequestId)\b", _log_format(call) or ""
            )
        ),
    ),
    Rule(
        # CloudFormation's ApiGatewayManagedOverrides changes logs and throttling of one.
        ("UpdateStage",),
        "not every member of the $default stage that a quick create made can be changed",
        MODEL,
        is_managed,
    ),
)
