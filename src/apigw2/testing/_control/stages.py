"""Stages and deployments."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import attrs

from apigw2.testing._control._resource import Resource
from apigw2.testing._errors import bad_request, conflict, not_found

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from apigw2.testing._control._resource import Call, Control
    from apigw2.testing._errors import ApiError
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node

_STAGE_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")
_VARIABLE_NAME: Final = re.compile(r"[A-Za-z0-9_]+")
_VARIABLE_VALUE: Final = re.compile(r"[A-Za-z0-9\-._~:/?#&=,]*")
_REQUEST_ID: Final = re.compile(r"\$context\.(requestId|extendedRequestId)\b")
_AUTOMATIC: Final = "Automatic deployment triggered by changes to the Api configuration"
_NO_ROUTES: Final = "Unable to deploy API because no routes exist in this API"
_LONGEST_FORMAT: Final = 3072  # bytes (developer guide, "Quotas for HTTP APIs": 3 KB)
_AUTOMATIC_KEPT: Final = 100
"""Number of automatic deployments to keep per API, apart from those that stages serve."""

_DEFAULT_SETTINGS: Final[Mapping[str, Record]] = {
    # go-to-k/cdk-real-drift, `tests/corpus`, AWS__ApiGatewayV2__Stage.*.json
    "HTTP": {"DetailedMetricsEnabled": False},
    "WEBSOCKET": {
        "DataTraceEnabled": False,
        "DetailedMetricsEnabled": False,
        "LoggingLevel": "OFF",
    },
}
_WITHOUT_ROUTE: Final = frozenset({"$connect", "$default", "$disconnect"})
"""Route settings may name these even if there is no such route (terraform-provider-aws,
TestAccAPIGatewayV2Stage_routeSettingsWebSocket and _routeSettingsHTTP)."""


@attrs.frozen(kw_only=True, eq=False)
class DeployedApi:
    """The configuration of an API in a deployment.

    The developer guide calls a deployment a snapshot of the API's configuration ("Stages for HTTP
    APIs"), so it contains authorizers, CORS and whether the API's default endpoint is disabled as
    well.

    Attributes:
        api: Record of the API.
        routes: Records of the routes.
        integrations: Records of the integrations, by id.
        authorizers: Records of the authorizers, by id.
        models: Schemas of the models, by name.
        route_responses: Records of the route responses, by route id.
        integration_responses: Those of the integrations' responses, by the integration's id.
    """

    api: Record
    routes: tuple[Record, ...]
    integrations: Mapping[str, Record]
    authorizers: Mapping[str, Record]
    models: Mapping[str, str]
    route_responses: Mapping[str, tuple[Record, ...]]
    integration_responses: Mapping[str, tuple[Record, ...]]


def freeze_api(control: Control, api: Node) -> DeployedApi:
    """Freeze the configuration of an API."""
    now = control.now()

    def beneath(collection: str, responses: str) -> dict[str, tuple[Record, ...]]:
        return {
            parent.id: tuple(node.record for node in parent.all(responses, now))
            for parent in api.all(collection, now)
            if parent.count(responses)
        }

    return DeployedApi(
        api=api.record,
        routes=tuple(node.record for node in api.all("routes", now)),
        integrations={node.id: node.record for node in api.all("integrations", now)},
        authorizers={node.id: node.record for node in api.all("authorizers", now)},
        models={
            node.record["Name"]: node.record["Schema"] or "{}" for node in api.all("models", now)
        },
        route_responses=beneath("routes", "routeresponses"),
        integration_responses=beneath("integrations", "integrationresponses"),
    )


def deployed(control: Control, api: Node, stage: Node) -> DeployedApi | None:
    """The configuration that a stage serves, or `None`."""
    deployment = api.get("deployments", stage.record.get("DeploymentId", ""), control.now())
    return deployment.hidden["snapshot"] if deployment else None


def complete(control: Control, record: Record, protocol: str) -> None:
    """Add the members that the service sets on every new stage."""
    record["CreatedDate"] = record["LastUpdatedDate"] = control.now()
    record["DefaultRouteSettings"] = {
        **_DEFAULT_SETTINGS[protocol],
        **record.get("DefaultRouteSettings", {}),
    }
    record.setdefault("RouteSettings", {})
    record.setdefault("StageVariables", {})
    record.setdefault("Tags", {})


def _prepare(call: Call, record: Record) -> None:
    name = record["StageName"]
    if not _STAGE_NAME.fullmatch(name) and name != "$default":
        raise bad_request("Stage name only allows a-zA-Z0-9_- or be $default for HTTP protocol.")
    if call.api.get("stages", name, call.control.now()):
        raise conflict("Stage already exists")
    complete(call.control, record, call.api.record["ProtocolType"])


def _check(call: Call, node: Node | None, record: Record) -> None:
    call.drop_foreign("WEBSOCKET", record, ("ClientCertificateId",))
    _check_route_settings(call, node, record)
    for name, value in call.params.get("StageVariables", {}).items():
        if not _VARIABLE_NAME.fullmatch(name) or not _VARIABLE_VALUE.fullmatch(value):
            raise bad_request(f"Stage variable name or value has invalid characters: {name}")
    call.control.limit("stage_variables", len(record["StageVariables"]), "stage variable")
    _check_access_log(record)
    deployment_id = call.params.get("DeploymentId")
    if deployment_id is not None:
        if record.get("AutoDeploy"):
            raise _deploys_itself(record["StageName"])
        if call.api.get("deployments", deployment_id, call.control.now()) is None:
            raise bad_request("Deployment id does not exist")


def _deploys_itself(name: str) -> ApiError:
    # aws-controllers-k8s/apigatewayv2-controller#15; go-to-k/cdk-real-drift, `noise.ts`
    return bad_request(f"Deployment ID cannot be set on stage {name} because AutoDeploy is enabled")


def _check_access_log(record: Record) -> None:
    access_log = record.get("AccessLogSettings")
    if not access_log:
        record.pop("AccessLogSettings", None)  # empty means none (go-to-k/cdk-real-drift#1031)
        return
    form = access_log.get("Format")
    if not access_log.get("DestinationArn") or not form:
        raise bad_request("AccessLogSettings need both a DestinationArn and a Format")
    if len(form.encode()) > _LONGEST_FORMAT:
        raise bad_request(f"The access log format is longer than {_LONGEST_FORMAT} bytes")
    if "\n" in form.removesuffix("\n"):
        # The message is that in serverless/serverless#7162.
        raise bad_request("new line character is allowed only at end of the format")
    if not _REQUEST_ID.search(form):
        raise bad_request("The access log format must contain $context.requestId")


def _check_route_settings(call: Call, node: Node | None, record: Record) -> None:
    protocol = call.api.record["ProtocolType"]
    given = call.params.get("RouteSettings", {})
    for each in (call.params.get("DefaultRouteSettings", {}), *given.values()):
        _check_settings(each, protocol)
    old: Record = node.record["RouteSettings"] if node else {}
    record["RouteSettings"] = old | {
        key: {**_DEFAULT_SETTINGS[protocol], **old.get(key, {}), **value}
        for key, value in given.items()
    }
    if protocol == "HTTP":
        for each in (record["DefaultRouteSettings"], *record["RouteSettings"].values()):
            each.pop("DataTraceEnabled", None)
    # The settings of a deleted route remain, and cause every later update to be rejected
    # (aws/serverless-application-model#1939, serverless/serverless#12776).
    keys = {route.record["RouteKey"] for route in call.api.all("routes", call.control.now())}
    for key in record["RouteSettings"]:
        if key not in keys | _WITHOUT_ROUTE:
            raise _no_such_route_settings(key)


def _check_settings(settings: Record, protocol: str) -> None:
    if protocol == "HTTP" and ("LoggingLevel" in settings or settings.get("DataTraceEnabled")):
        # Even OFF: hashicorp/terraform-provider-aws#13801, #14010.
        raise bad_request("Execution logs are not supported on protocolType HTTP")
    for name in ("ThrottlingBurstLimit", "ThrottlingRateLimit"):
        if settings.get(name, 0) < 0:
            # -1 does not mean "no limit" (hashicorp/terraform-provider-aws#14742).
            raise bad_request(f"{name} must not be negative: {settings[name]}")


def _no_such_route_settings(key: str) -> ApiError:
    # The message is that in terraform-aws-modules/terraform-aws-apigateway-v2#80.
    return not_found(f"Unable to find Route by key {key} within the provided RouteSettings")


def _created(call: Call, stage: Node) -> None:
    if stage.record.get("AutoDeploy"):
        deploy_automatically(call.control, call.api)


def _updated(call: Call, stage: Node) -> None:
    stage.update(LastUpdatedDate=call.control.now())
    if call.params.get("AutoDeploy"):
        deploy_automatically(call.control, call.api)


def _before_delete(call: Call, stage: Node) -> None:
    now = call.control.now()
    for domain in call.control.root.all("domainnames", now):
        for mapping in domain.all("apimappings", now):
            if (mapping.record["ApiId"], mapping.record["Stage"]) == (call.api.id, stage.id):
                raise bad_request(
                    f"Deleting stage {stage.id} failed. Please remove all API mappings for the "
                    "stage from your custom domain names."
                )


def delete_access_log_settings(call: Call) -> Record:
    """DeleteAccessLogSettings."""
    call.node.discard("AccessLogSettings")
    return {}


def delete_route_settings(call: Call) -> Record:
    """DeleteRouteSettings."""
    settings, key = call.node.record["RouteSettings"], call.params["RouteKey"]
    if key not in settings:
        raise _no_such_route_settings(key)
    call.node.update(RouteSettings={k: v for k, v in settings.items() if k != key})
    return {}


def reset_authorizers_cache(call: Call) -> Record:
    """ResetAuthorizersCache."""
    if not call.is_http:
        raise bad_request("ResetAuthorizersCache is supported only for HTTP APIs")
    call.node.hidden.pop("authorizer_cache", None)
    return {}


STAGE: Final = Resource(
    collection="stages",
    noun="Stage",
    id_member="StageName",
    id_given=True,
    missing="Invalid stage identifier specified",
    keyed_maps=frozenset({"StageVariables"}),
    merged=frozenset({"AccessLogSettings", "DefaultRouteSettings"}),
    sticky=frozenset({"Description"}),
    prepare=_prepare,
    check=_check,
    created=_created,
    updated=_updated,
    before_delete=_before_delete,
)


def _deploy(control: Control, api: Node, record: Record, at: datetime) -> Node:
    deployment_id = control.new_id(6)
    record |= {
        "CreatedDate": at,
        "DeploymentId": deployment_id,
        "DeploymentStatus": "PENDING",
    }
    deployment = control.add(api, "deployments", deployment_id, record)
    deployment.hidden["snapshot"] = freeze_api(control, api)
    return deployment


def _succeed(node: Node) -> None:
    node.update(DeploymentStatus="DEPLOYED")


def _fail(node: Node, message: str) -> None:
    node.update(DeploymentStatus="FAILED", DeploymentStatusMessage=message)


def deploy_automatically(control: Control, api: Node) -> None:
    """Schedule an automatic deployment of a change for the stages with auto-deploy.

    The deployment is created after `Delays.auto_deploy`, from the state of the API at that time.
    Until then it has no identifier (terraform-provider-aws, `stage_test.go`: it "will be set
    asynchronously").
    """
    if is_deploying(api) or not _automatic_stages(control, api):
        return
    due = control.now() + timedelta(seconds=control.account.delays.auto_deploy)
    api.schedule(_AUTOMATIC, due, lambda api: _deploy_automatically(control, api, due))


def is_deploying(api: Node) -> bool:
    """Whether an automatic deployment is scheduled."""
    return api.is_scheduled(_AUTOMATIC)


def _automatic_stages(control: Control, api: Node) -> list[Node]:
    return [node for node in api.all("stages", control.now()) if node.record.get("AutoDeploy")]


def _deploy_automatically(control: Control, api: Node, at: datetime) -> None:
    stages = _automatic_stages(control, api)
    if not api.count("routes"):
        for stage in stages:
            stage.update(LastDeploymentStatusMessage=f"Deployment attempt failed: {_NO_ROUTES}")
        return
    if not stages:
        return
    deployment = _deploy(control, api, {"AutoDeployed": True, "Description": _AUTOMATIC}, at)
    _succeed(deployment)
    for stage in stages:
        stage.update(
            DeploymentId=deployment.id,
            LastDeploymentStatusMessage=(
                f"Successfully deployed stage with deployment ID '{deployment.id}'"
            ),
            LastUpdatedDate=at,
        )
    _forget_old_deployments(control, api)


def _forget_old_deployments(control: Control, api: Node) -> None:
    now = control.now()
    in_use = {stage.record.get("DeploymentId") for stage in api.all("stages", now)}
    automatic = [node for node in api.all("deployments", now) if node.record["AutoDeployed"]]
    for node in automatic[:-_AUTOMATIC_KEPT]:
        if node.id not in in_use:
            api.remove(node)


def _stage_to_deploy_to(call: Call) -> Node | None:
    name = call.params.get("StageName")
    if name is None:
        return None
    stage = call.api.get("stages", name, call.control.now())
    if stage is None:
        raise STAGE.not_found(call.control, name)
    if stage.record.get("AutoDeploy"):
        raise _deploys_itself(name)
    return stage


def create_deployment(call: Call) -> Record:
    """CreateDeployment.

    The stage serves the new deployment immediately, without waiting for `DEPLOYED`.
    """
    stage = _stage_to_deploy_to(call)
    if not call.api.count("routes"):
        message = _NO_ROUTES
        if not call.is_http:
            message = "At least one route is required before deploying the Api."
        raise bad_request(message)
    record = call.members
    record.pop("StageName", None)
    now = call.control.now()
    deployment = _deploy(call.control, call.api, {"AutoDeployed": False, **record}, now)
    call.control.transition(call.operation.name, deployment, "DeploymentStatus", _succeed, _fail)
    if stage is not None:
        stage.update(DeploymentId=deployment.id, LastUpdatedDate=now)
    return deployment.record


def _before_delete_deployment(call: Call, deployment: Node) -> None:
    for stage in call.api.all("stages", call.control.now()):
        if stage.record.get("DeploymentId") == deployment.id:
            # The message is that of REST APIs (hashicorp/terraform-provider-aws#19805).
            raise bad_request(
                "Active stages pointing to this deployment must be moved or deleted",
            )


DEPLOYMENT: Final = Resource(
    collection="deployments",
    noun="Deployment",
    id_member="DeploymentId",
    before_delete=_before_delete_deployment,
)
