"""APIs: creation, quick create, CORS, deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apigw2.testing._control import routes, stages
from apigw2.testing._control._resource import Resource
from apigw2.testing._errors import bad_request
from apigw2.testing._rules import cors, route_keys

if TYPE_CHECKING:
    from apigw2.testing._control._resource import Call, Control
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node

HTTP_SELECTION: Final = "$request.method $request.path"
_QUICK_CREATE: Final = ("Target", "RouteKey", "CredentialsArn")


def complete(control: Control, record: Record) -> None:
    """Add the members that the service sets on every new API."""
    api_id = control.new_id(10)
    scheme = "https" if record["ProtocolType"] == "HTTP" else "wss"
    record["ApiId"] = api_id
    record["ApiEndpoint"] = (
        f"{scheme}://{api_id}.execute-api.{control.account.region_name}.amazonaws.com"
    )
    record["CreatedDate"] = control.now()
    record.setdefault("ApiKeySelectionExpression", "$request.header.x-api-key")
    record.setdefault("DisableExecuteApiEndpoint", False)
    record.setdefault("IpAddressType", "ipv4")
    record.setdefault("RouteSelectionExpression", HTTP_SELECTION)
    record.setdefault("Tags", {})


def _prepare(call: Call, record: Record) -> None:
    if record["ProtocolType"] == "WEBSOCKET" and "RouteSelectionExpression" not in record:
        raise bad_request("RouteSelectionExpression is required for WEBSOCKET APIs")
    if "Target" not in record and any(name in record for name in _QUICK_CREATE):
        raise bad_request("Quick create needs a target")
    complete(call.control, record)


def _check(call: Call, node: Node | None, record: Record) -> None:
    is_http = record["ProtocolType"] == "HTTP"
    if not is_http and "CorsConfiguration" in record:
        # The message is that in go-to-k/cdkd, `apigatewayv2-provider.ts`.
        raise bad_request("CORS configuration is only supported for HTTP APIs")
    if not is_http and any(name in call.params for name in _QUICK_CREATE):
        raise bad_request("Quick create is supported only for HTTP APIs")
    if is_http:
        # Braces are optional; the service returns the expression without them.
        expression = record["RouteSelectionExpression"].replace("{", "").replace("}", "")
        if expression != HTTP_SELECTION:
            raise bad_request(
                "The routeSelectionExpression of an HTTP API must be "
                "${request.method} ${request.path}"
            )
        record["RouteSelectionExpression"] = HTTP_SELECTION
    if "CorsConfiguration" in record:
        record["CorsConfiguration"] = cors.stored(record["CorsConfiguration"])
    if node is None and "RouteKey" in call.params:
        route_keys.check(call.params["RouteKey"])
    # The service accepts this member but does not return it: it is write-only in CloudFormation's
    # schema of AWS::ApiGatewayV2::Api.
    record.pop("DisableSchemaValidation", None)
    # These create separate resources; they are not members of the API.
    record.pop("RouteKey", None)
    record.pop("CredentialsArn", None)
    if record.pop("Target", None) is not None:
        quick_integration(call.params)
    if node is not None:
        _check_managed(call)


def quick_integration(params: Record) -> Record:
    """The integration that quick create makes from a target.

    Raises:
        ApiError: The target is neither a URL nor an ARN.
    """
    target = params["Target"]
    members: Record = {"IntegrationUri": target}
    if target.startswith("arn:"):
        members |= {
            "IntegrationType": "AWS_PROXY",
            "IntegrationMethod": "POST",
            "PayloadFormatVersion": "2.0",
        }
    elif target.startswith(("http://", "https://")):
        members |= {
            "IntegrationType": "HTTP_PROXY",
            "IntegrationMethod": "ANY",
            "PayloadFormatVersion": "1.0",
        }
    else:
        raise bad_request(f"The target is neither a function's ARN nor a URL: {target}")
    if "CredentialsArn" in params:
        members["CredentialsArn"] = params["CredentialsArn"]
    return members


def _created(call: Call, api: Node) -> None:
    """Quick create: an integration, a route and a stage, all managed by the service."""
    if "Target" not in call.params:
        return
    control = call.control
    integration_id, route_id = control.new_id(7), control.new_id(7)
    control.add(
        api,
        "integrations",
        integration_id,
        {
            **quick_integration(call.params),
            "ApiGatewayManaged": True,
            "ConnectionType": "INTERNET",
            "IntegrationId": integration_id,
            "TimeoutInMillis": 30000,
        },
    )
    control.add(
        api,
        "routes",
        route_id,
        {
            "ApiGatewayManaged": True,
            "ApiKeyRequired": False,
            "AuthorizationType": "NONE",
            "RouteId": route_id,
            "RouteKey": call.params.get("RouteKey", "$default"),
            "Target": f"integrations/{integration_id}",
        },
    )
    record: Record = {"StageName": "$default", "AutoDeploy": True, "ApiGatewayManaged": True}
    stages.complete(control, record, "HTTP")
    control.add(api, "stages", "$default", record)
    stages.deploy_automatically(control, api)


def _check_managed(call: Call) -> None:
    """Reject an invalid update of the resources of quick create, before any change."""
    if "Target" in call.params or "CredentialsArn" in call.params:
        _managed(call, "integrations")
    if "RouteKey" in call.params:
        routes.check_key(call, _managed(call, "routes"), call.params["RouteKey"])


def _managed(call: Call, collection: str) -> Node:
    for node in call.api.all(collection, call.control.now()):
        if node.record.get("ApiGatewayManaged"):
            return node
    raise bad_request("The API was not made by quick create")


def _updated(call: Call, api: Node) -> None:
    """Update the resources of quick create, if the request changes them."""
    if "Target" in call.params:
        _managed(call, "integrations").update(**quick_integration(call.params))
    elif "CredentialsArn" in call.params:
        _managed(call, "integrations").update(CredentialsArn=call.params["CredentialsArn"])
    if "RouteKey" in call.params:
        _managed(call, "routes").update(RouteKey=call.params["RouteKey"])
    stages.deploy_automatically(call.control, api)


def _before_delete(call: Call, api: Node) -> None:
    # Not a 409, as observed in gruntwork-io/cloud-nuke#370.
    now = call.control.now()
    for domain in call.control.root.all("domainnames", now):
        for mapping in domain.all("apimappings", now):
            if mapping.record["ApiId"] == api.id:
                raise bad_request(
                    f"Deleting API {api.id} failed. Please remove all API mappings for the API "
                    "from your custom domain names."
                )


def delete_cors_configuration(call: Call) -> Record:
    """DeleteCorsConfiguration."""
    call.api.discard("CorsConfiguration")
    stages.deploy_automatically(call.control, call.api)
    return {}


API: Final = Resource(
    collection="apis",
    noun="API",
    id_member="ApiId",
    id_given=True,
    required=frozenset({"ApiKeySelectionExpression", "Name", "RouteSelectionExpression"}),
    prepare=_prepare,
    check=_check,
    created=_created,
    updated=_updated,
    before_delete=_before_delete,
)
