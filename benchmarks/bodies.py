"""Response bodies of the local server, in the form of the service's.

Items differ like those of a real account: ids, keys and dates are unique, some routes are open and
some need a token, and no decoded string is shared.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

API_ID: Final = "a1b2c3d4e5"
ROUTE_ID: Final = "r000001"  # of `route(1)`, which is the answer to GetRoute

_ACCOUNT: Final = "123456789012"
_PATHS: Final = ("pets", "pets/{id}", "owners/{id}/pets", "visits/{proxy+}")
_METHODS: Final = ("GET", "POST", "PUT", "DELETE", "ANY")


def _moment(number: int) -> str:
    return f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}T{number % 24:02}:{number % 60:02}:07Z"


def route(number: int) -> dict[str, Any]:
    """A route of an HTTP API; two of three need a token."""
    path = _PATHS[number % len(_PATHS)]
    made: dict[str, Any] = {
        "apiGatewayManaged": False,
        "apiKeyRequired": False,
        "authorizationType": "NONE",
        "operationName": f"Operation{number}",
        "routeId": f"r{number:06x}",
        "routeKey": f"{_METHODS[number % len(_METHODS)]} /v{number}/{path}",
        "target": f"integrations/i{number % 50:06x}",
    }
    if number % 3:
        made["authorizationType"] = "JWT"
        made["authorizationScopes"] = ["pets:read", f"tenant{number}:write"]
        made["authorizerId"] = f"z{number % 5:05x}"
    return made


def api(number: int) -> dict[str, Any]:
    """An HTTP API with CORS and tags, as deployment tools make them."""
    name = f"{number:010x}"
    return {
        "apiEndpoint": f"https://{name}.execute-api.eu-west-1.amazonaws.com",
        "apiGatewayManaged": False,
        "apiId": name,
        "apiKeySelectionExpression": "$request.header.x-api-key",
        "corsConfiguration": {
            "allowCredentials": False,
            "allowHeaders": ["authorization", "content-type"],
            "allowMethods": ["GET", "POST", "OPTIONS"],
            "allowOrigins": [f"https://tenant{number}.example.com"],
            "maxAge": 3600,
        },
        "createdDate": _moment(number),
        "description": f"The petstore of tenant {number}",
        "disableExecuteApiEndpoint": False,
        "ipAddressType": "ipv4",
        "name": f"petstore-{number}",
        "protocolType": "HTTP",
        "routeSelectionExpression": "$request.method $request.path",
        "tags": {"tenant": f"tenant{number}", "environment": "production"},
        "version": f"1.{number}",
    }


def integration(number: int) -> dict[str, Any]:
    """An integration: a Lambda function, or an HTTP service with changed parameters."""
    made: dict[str, Any] = {
        "apiGatewayManaged": False,
        "connectionType": "INTERNET",
        "description": f"Backend {number}",
        "integrationId": f"i{number:06x}",
        "timeoutInMillis": 30000,
    }
    if number % 2:
        function = f"arn:aws:lambda:eu-west-1:{_ACCOUNT}:function:backend-{number}"
        return made | {
            "integrationMethod": "POST",
            "integrationType": "AWS_PROXY",
            "integrationUri": function,
            "payloadFormatVersion": "2.0",
        }
    return made | {
        "integrationMethod": "ANY",
        "integrationType": "HTTP_PROXY",
        "integrationUri": f"https://backend{number}.example.com/{{proxy}}",
        "payloadFormatVersion": "1.0",
        "requestParameters": {
            "append:header.x-tenant": f"tenant{number}",
            "overwrite:path": "$request.path",
        },
        "responseParameters": {"500": {"overwrite:statuscode": "502"}},
        "tlsConfig": {"serverNameToVerify": f"backend{number}.example.com"},
    }


def stage(number: int) -> dict[str, Any]:
    """A stage with logs, limits, variables and tags."""
    group = f"arn:aws:logs:eu-west-1:{_ACCOUNT}:log-group:/apis/stage{number}"
    return {
        "accessLogSettings": {
            "destinationArn": group,
            "format": "$context.requestId $context.status",
        },
        "apiGatewayManaged": False,
        "autoDeploy": True,
        "createdDate": _moment(number),
        "defaultRouteSettings": {
            "detailedMetricsEnabled": True,
            "throttlingBurstLimit": 500,
            "throttlingRateLimit": 1000.0,
        },
        "deploymentId": f"d{number:05x}",
        "description": f"Stage {number}",
        "lastDeploymentStatusMessage": f"Successfully deployed stage with deployment ID d{number}",
        "lastUpdatedDate": _moment(number + 1),
        "routeSettings": {
            "GET /pets": {
                "detailedMetricsEnabled": True,
                "throttlingBurstLimit": 50,
                "throttlingRateLimit": 100.5,
            },
        },
        "stageName": f"stage{number}",
        "stageVariables": {"table": f"pets-{number}", "level": "info"},
        "tags": {"tenant": f"tenant{number}"},
    }


KINDS: Final[Mapping[str, Callable[[int], dict[str, Any]]]] = {
    "routes": route,
    "apis": api,
    "integrations": integration,
    "stages": stage,
}


def page(kind: str, count: int) -> bytes:
    """The body of a list operation, with all items in one page."""
    make = KINDS[kind]
    return json.dumps({"items": [make(number) for number in range(count)]}).encode()
