"""Stages and deployments: what of an API is served, and when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from apigw2.testing._control._resource import Resource
from apigw2.testing._errors import bad_request, conflict, not_found

if TYPE_CHECKING:
    from collections.abc import Mapping

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
_WEBSOCKET_SETTINGS: Final = ("DataTraceEnabled", "LoggingLevel")


@attrs.frozen(kw_only=True, eq=False)
class Snapshot:
    """An API's configuration as a deployment froze it.

    The developer guide calls a deployment a snapshot of the API's configuration ("Stages for HTTP
    APIs"), so it is not only of the routes: authorizers, CORS and whether the API's default
    endpoint is disabled are in it, too.

    Attributes:
        api: The API's own record.
        routes: The records of its routes.
        integrations: Those of its integrations, by id.
        authorizers: Those of its authorizers, by id.
        models: The schemas of its models, by name.
        route_responses: The records of the routes' responses, by the route's id.
        integration_responses: Those of the integrations' responses, by the integration's id.
    """

    api: Record
    routes: tuple[Record, ...]
    integrations: Mapping[str, Record]
    authorizers: Mapping[str, Record]
    models: Mapping[str, str]
    route_responses: Mapping[str, tuple[Record, ...]]
    integration_responses: Mapping[str, tuple[Record, ...]]


def take_snapshot(control: Control, api: Node) -> Snapshot:
    """Freeze an API's configuration."""
    now = control.now()

    def beneath(collection: str, responses: str) -> dict[str, tuple[Record, ...]]:
        return {
            parent.id: tuple(node.record for node in parent.all(responses, now))
            for parent in api.all(collection, now)
            if parent.count(responses)
        }

    return Snapshot(
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


def deployed(control: Control, api: Node, stage: Node) -> Snapshot | None:
    """The configuration that a stage serves, if it serves one."""
    deployment = api.get("deployments", stage.record.get("DeploymentId", ""), control.now())
    return deployment.hidden["snapshot"] if deployment else None


def complete(control: Control, record: Record) -> None:
    """Fill in what the service adds to every new stage."""
    record["CreatedDate"] = record["LastUpdatedDate"] = control.now()
    record.setdefault("DefaultRouteSettings", {"DetailedMetricsEnabled": False})
    record.setdefault("RouteSettings", {})
    record.setdefault("StageVariables", {})
    record.setdefault("Tags", {})


def _prepare(call: Call, record: Record) -> None:
    name = record["StageName"]
    if not _STAGE_NAME.fullmatch(name) and not (call.is_http and name == "$default"):
        raise bad_request("Stage name only allows a-zA-Z0-9_- or be $default for HTTP protocol.")
    if call.api.get("stages", name, call.control.now()):
        raise conflict("Stage already exists")
    complete(call.control, record)


def _check(call: Call, node: Node | None, record: Record) -> None:
    if node is not None and node.record.get("ApiGatewayManaged"):
        raise bad_request("The $default stage is managed by API Gateway and cannot be modified")
    call.only_for("WEBSOCKET", record, ("ClientCertificateId",))
    _check_route_settings(call, node, record)
    for name, value in call.params.get("StageVariables", {}).items():
        if not _VARIABLE_NAME.fullmatch(name) or not _VARIABLE_VALUE.fullmatch(value):
            raise bad_request(f"Stage variable name or value has invalid characters: {name}")
    call.control.limit("stage_variables", len(record["StageVariables"]), "stage variable")
    _check_access_log(record)
    deployment_id = call.params.get("DeploymentId")
    if deployment_id is not None:
        if record.get("AutoDeploy"):
            raise bad_request("The deploymentId of a stage with autoDeploy enabled cannot be set")
        if call.api.get("deployments", deployment_id, call.control.now()) is None:
            raise bad_request("Deployment id does not exist")


def _check_access_log(record: Record) -> None:
    access_log = record.get("AccessLogSettings")
    if access_log:
        if not access_log.get("DestinationArn") or not access_log.get("Format"):
            raise bad_request("AccessLogSettings need both a DestinationArn and a Format")
        if not _REQUEST_ID.search(access_log["Format"]):
            raise bad_request("The access log format must contain $context.requestId")
    elif access_log is not None:
        del record["AccessLogSettings"]  # empty, it means nothing (go-to-k/cdk-real-drift#1031)


def _check_route_settings(call: Call, node: Node | None, record: Record) -> None:
    settings = call.params.get("RouteSettings", {})
    for each in (call.params.get("DefaultRouteSettings", {}), *settings.values()):
        call.only_for("WEBSOCKET", each, _WEBSOCKET_SETTINGS)
    keys = {route.record["RouteKey"] for route in call.api.all("routes", call.control.now())}
    for key in settings:
        if key not in keys:
            raise _no_such_route_settings(key)
    old: Record = node.record["RouteSettings"] if node else {}
    record["RouteSettings"] = old | {
        key: {**old.get(key, {}), **value} for key, value in settings.items()
    }


def _no_such_route_settings(key: str) -> ApiError:
    # The words are those in terraform-aws-modules/terraform-aws-apigateway-v2#80.
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


def _deploy(control: Control, api: Node, record: Record) -> Node:
    deployment_id = control.new_id(6)
    record |= {
        "CreatedDate": control.now(),
        "DeploymentId": deployment_id,
        "DeploymentStatus": "PENDING",
    }
    deployment = control.add(api, "deployments", deployment_id, record)
    deployment.hidden["snapshot"] = take_snapshot(control, api)
    return deployment


def _succeed(node: Node) -> None:
    node.update(DeploymentStatus="DEPLOYED")


def _fail(node: Node, message: str) -> None:
    node.update(DeploymentStatus="FAILED", DeploymentStatusMessage=message)


def deploy_automatically(control: Control, api: Node) -> None:
    """Deploy to the stages that want every change deployed, after something changed.

    The deployment of such a stage is there at once: nothing can be asked of it in between.
    """
    now = control.now()
    stages = [node for node in api.all("stages", now) if node.record.get("AutoDeploy")]
    if not stages:
        return
    if not api.count("routes"):
        for stage in stages:
            stage.update(LastDeploymentStatusMessage=f"Deployment attempt failed: {_NO_ROUTES}")
        return
    deployment = _deploy(control, api, {"AutoDeployed": True, "Description": _AUTOMATIC})
    _succeed(deployment)
    for stage in stages:
        stage.update(
            DeploymentId=deployment.id,
            LastDeploymentStatusMessage=(
                f"Successfully deployed stage with deployment ID '{deployment.id}'"
            ),
            LastUpdatedDate=now,
        )


def _stage_to_deploy_to(call: Call) -> Node | None:
    name = call.params.get("StageName")
    if name is None:
        return None
    stage = call.api.get("stages", name, call.control.now())
    if stage is None:
        raise STAGE.not_found(call.control, name)
    if stage.record.get("AutoDeploy"):
        raise bad_request(f"Stage {name} has autoDeploy enabled: it cannot be given a deployment")
    return stage


def create_deployment(call: Call) -> Record:
    """CreateDeployment.

    The stage moves to the new deployment at once; what is served does not wait for `DEPLOYED`.
    """
    stage = _stage_to_deploy_to(call)
    if not call.api.count("routes"):
        message = _NO_ROUTES
        if not call.is_http:
            message = "At least one route is required before deploying the Api."
        raise bad_request(message)
    record = call.members
    record.pop("StageName", None)
    deployment = _deploy(call.control, call.api, {"AutoDeployed": False, **record})
    call.control.transition(call.operation.name, deployment, "DeploymentStatus", _succeed, _fail)
    if stage is not None:
        stage.update(DeploymentId=deployment.id, LastUpdatedDate=call.control.now())
    return deployment.record


def _before_delete_deployment(call: Call, deployment: Node) -> None:
    for stage in call.api.all("stages", call.control.now()):
        if stage.record.get("DeploymentId") == deployment.id:
            # The wording is that of the service's version 1
            # (hashicorp/terraform-provider-aws#19805).
            raise bad_request(
                "Active stages pointing to this deployment must be moved or deleted",
            )


DEPLOYMENT: Final = Resource(
    collection="deployments",
    noun="Deployment",
    id_member="DeploymentId",
    before_delete=_before_delete_deployment,
)
