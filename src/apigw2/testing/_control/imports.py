"""ImportApi, ReimportApi and ExportApi."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apigw2.testing import _openapi
from apigw2.testing._control import apis, stages
from apigw2.testing._control.authorizers import AUTHORIZER
from apigw2.testing._control.integrations import INTEGRATION
from apigw2.testing._control.routes import ROUTE
from apigw2.testing._errors import bad_request

if TYPE_CHECKING:
    from apigw2.testing._control._resource import Call, Control, Resource
    from apigw2.testing._control.stages import DeployedApi
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node

_FROM_DOCUMENT: Final = (
    "CorsConfiguration",
    "Description",
    "DisableExecuteApiEndpoint",
    "IpAddressType",
    "Name",
    "Tags",
    "Version",
)
_IDENTIFIERS: Final = ("ApiGatewayManaged", "AuthorizerId", "IntegrationId", "RouteId", "Target")


def _read(call: Call) -> _openapi.Definition:
    """Read and validate the document of an import.

    Changes start only after this has succeeded, so a rollback is never needed.
    """
    account, params = call.control.account, call.params
    base_path = params.get("Basepath", "ignore")
    if base_path not in ("ignore", "prepend", "split"):
        raise bad_request("basepath must be one of ignore, prepend, split")
    variables = {
        "AccountId": account.account_id,
        "Partition": "aws",
        "Region": account.region_name,
    }
    # Invalid ones count as well, and are omitted with a warning.
    most = 1000 + sum(account.quotas[name] for name in ("routes", "integrations", "authorizers"))
    document = _openapi.parse(params["Body"], variables)
    definition = _openapi.read(document, base_path=base_path, most=most)
    if params.get("FailOnWarnings") and definition.warnings:
        # The format is that of terraform-provider-aws,
        # TestAccAPIGatewayV2API_OpenAPI_failOnWarnings, and of moto's recording of ReimportApi.
        raise bad_request("\n\t".join(["Warnings found during import:", *definition.warnings]))
    call.control.limit("tags", len(definition.api["Tags"]), "tag")
    for collection, count, noun in (
        ("routes", len(definition.routes), "Route"),
        ("integrations", len(definition.integrations), "Integration"),
        ("authorizers", len(definition.authorizers), "Authorizer"),
    ):
        call.control.limit(collection, count, noun)
    return definition


def _fill(control: Control, api: Node, definition: _openapi.Definition) -> None:
    """Create the parts of a definition in an empty API."""
    authorizer_ids = {
        name: _add(control, api, AUTHORIZER, record)
        for name, record in definition.authorizers.items()
    }
    integration_ids = [
        _add(control, api, INTEGRATION, record) for record in definition.integrations
    ]
    for route in definition.routes:
        record = dict(route.record)
        if route.authorizer is not None:
            record["AuthorizerId"] = authorizer_ids[route.authorizer]
        if route.integration is not None:
            record["Target"] = f"integrations/{integration_ids[route.integration]}"
        _add(control, api, ROUTE, record)


def _add(control: Control, api: Node, resource: Resource, record: Record) -> str:
    node_id = control.new_id(resource.id_length)
    record = {**record, resource.id_member: node_id}
    control.add(api, resource.collection, node_id, record)
    return node_id


def _answer(api: Node, definition: _openapi.Definition) -> Record:
    """The response of an import: the API, with warnings and information about the document."""
    record = dict(api.record)
    if definition.infos:
        record["ImportInfo"] = definition.infos
    if definition.warnings:
        record["Warnings"] = definition.warnings
    return record


def import_api(call: Call) -> Record:
    """ImportApi."""
    control = call.control
    definition = _read(call)
    record = {"ProtocolType": "HTTP", **definition.api}
    apis.complete(control, record)
    api = control.add(control.root, "apis", record["ApiId"], record)
    _fill(control, api, definition)
    return _answer(api, definition)


def reimport_api(call: Call) -> Record:
    """ReimportApi: replaces the API's definition; stages, deployments and tags stay."""
    control, api = call.control, call.api
    if not call.is_http:
        raise bad_request("ReimportApi is supported only for HTTP APIs")
    definition = _read(call)
    for collection in ("routes", "integrations", "authorizers"):
        api.clear(collection)
    _fill(control, api, definition)
    # The tags stay: terraform-provider-aws, TestAccAPIGatewayV2API_OpenAPI_withTags.
    kept_tags = api.record["Tags"]
    api.discard(*_FROM_DOCUMENT)
    api.update(**{**definition.api, "Tags": kept_tags})
    stages.deploy_automatically(control, api)
    return _answer(api, definition)


def define(snapshot: DeployedApi) -> _openapi.Definition:
    """The definition of a frozen API."""
    places = {integration_id: place for place, integration_id in enumerate(snapshot.integrations)}
    names = {key: record["Name"] for key, record in snapshot.authorizers.items()}
    return _openapi.Definition(
        api={name: snapshot.api[name] for name in _FROM_DOCUMENT if name in snapshot.api},
        authorizers={names[key]: _strip(record) for key, record in snapshot.authorizers.items()},
        integrations=[_strip(record) for record in snapshot.integrations.values()],
        routes=[
            _openapi.RouteDefinition(
                record=_strip(record),
                integration=places.get(record.get("Target", "").partition("/")[2]),
                authorizer=names.get(record.get("AuthorizerId", "")),
            )
            for record in snapshot.routes
        ],
    )


def _strip(record: Record) -> Record:
    return {name: value for name, value in record.items() if name not in _IDENTIFIERS}


def export_api(call: Call) -> Record:
    """ExportApi."""
    params = call.params
    if not call.is_http:
        raise bad_request("ExportApi is supported only for HTTP APIs")
    if params.get("ExportVersion", "1.0") != "1.0":
        raise bad_request("The only supported export version is 1.0")
    document = _openapi.write(
        define(_snapshot(call)),
        endpoint=call.api.record["ApiEndpoint"],
        created=call.api.record["CreatedDate"],
        extensions=params.get("IncludeExtensions", True),
    )
    return {
        "body": _openapi.dump(document, params["OutputType"]),
        "ContentType": f"application/{params['OutputType'].lower()}",
    }


def _snapshot(call: Call) -> DeployedApi:
    """The API to export: the deployment of a stage, or the current state."""
    control, name = call.control, call.params.get("StageName")
    if name is None:
        return stages.freeze_api(control, call.api)
    now = control.now()
    stage = call.api.get("stages", name, now)
    if stage is None:
        raise stages.STAGE.not_found(control, name)
    snapshot = stages.deployed(control, call.api, stage)
    if snapshot is None:
        raise bad_request(f"The stage {name} has no deployment to export")
    return snapshot
