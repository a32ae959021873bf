"""ARNs, which responses do not contain, and the permission that a Lambda function needs.

The forms are those of the developer guide: "API Gateway ARN reference", "How to control access to
an API", and "Create AWS Lambda proxy integrations". Resource ARNs have no account id.
"""

from __future__ import annotations

import re
from typing import Final, TypedDict

from apigw2._arguments import check_type, shown
from apigw2.errors import PreflightError

_FUNCTION: Final = re.compile(
    r"arn:(?P<partition>[^:]+):lambda:(?P<region>[^:]+):[^:]+:function:.+"
)
_INVOCATION: Final = re.compile(
    r"arn:[^:]+:apigateway:[^:]+:lambda:path/2015-03-31/functions/(?P<function>.+)/invocations"
)
_VARIABLE: Final = re.compile(r"\{[^}]*\}")


class LambdaPermission(TypedDict):
    """The keyword arguments of boto3's `add_permission`, for a function that an API calls.

    Example:
        >>> permission = api.lambda_permission("pets", "123456789012")
        >>> boto3.client("lambda").add_permission(**permission)
    """

    FunctionName: str
    StatementId: str
    Action: str
    Principal: str
    SourceArn: str


def resource_arn(partition: str, region_name: str, path: str) -> str:
    """Return the ARN of a resource.

    Args:
        partition: The partition, such as `aws` or `aws-cn`.
        region_name: The region.
        path: The resource's path in the service, such as `/apis/a1b2c3`.
    """
    return f"arn:{partition}:apigateway:{region_name}::{path}"


def execute_api_arn(
    partition: str, region_name: str, account_id: str, api_id: str, path: str
) -> str:
    """Return the `execute-api` ARN of a part of an API, as IAM policies name it.

    Args:
        partition: The partition.
        region_name: The region.
        account_id: The account that owns the API.
        api_id: The API.
        path: The part, such as `prod/GET/pets`, or `*` for all.

    Raises:
        PreflightError: The account id is not 12 digits.
    """
    check_type(
        "account_id", account_id, str, "a string"
    )  # an account id is often written as a number
    if not re.fullmatch(r"[0-9]{12}", account_id):
        msg = f"account_id: {shown(account_id)} is not an account id, which has 12 digits"
        raise PreflightError(msg)
    return f"arn:{partition}:execute-api:{region_name}:{account_id}:{api_id}/{path}"


def execute_path(stage: str, method: str, path: str) -> str:
    """Return the path in an `execute-api` ARN for a stage, a method and a path.

    Variables of the path become `*`. A `*` matches slashes as well, so one at the end is enough.
    """
    method = "*" if method == "ANY" else method
    if path in ("*", ""):
        return f"{stage}/{method}" if method == "*" or not path else f"{stage}/{method}/*"
    return f"{stage}/{method}/{_VARIABLE.sub('*', path).removeprefix('/')}"


def route_source(route_key: str, protocol: str | None) -> str:
    """Return the path of a route in the source ARN of a function's policy.

    The forms are those that CDK writes: `*/*/pets/{id}` with the path as it is in the key, `*/*`
    for an HTTP API's `$default`, and `*$connect` for a route of a WebSocket API.
    """
    method, _, path = route_key.partition(" ")
    if path:
        return f"*/*{path}"
    is_http_default = method == "$default" and protocol != "WEBSOCKET"
    return "*/*" if is_http_default else f"*{route_key}"


def lambda_permission(function: str, statement_id: str, source_arn: str) -> LambdaPermission:
    """Return the keyword arguments of `add_permission`."""
    return {
        "FunctionName": function,
        "StatementId": statement_id,
        "Action": "lambda:InvokeFunction",
        "Principal": "apigateway.amazonaws.com",  # in every partition
        "SourceArn": source_arn,
    }


def is_function_arn(uri: object) -> bool:
    """Whether a URI is the plain ARN of a Lambda function, a version or an alias."""
    return isinstance(uri, str) and _FUNCTION.fullmatch(uri) is not None


def invoked_function(uri: str) -> str:
    """Return the ARN of the Lambda function that a URI invokes; other URIs unchanged."""
    found = _INVOCATION.fullmatch(uri)
    return uri if found is None else found["function"]


def invocation_uri(uri: str) -> str:
    """Return the invocation URI of a Lambda function's ARN; other URIs unchanged."""
    found = _FUNCTION.fullmatch(uri)
    if found is None:
        return uri
    path = f"lambda:path/2015-03-31/functions/{uri}/invocations"
    return f"arn:{found['partition']}:apigateway:{found['region']}:{path}"


def lambda_uri(function_arn: str) -> str:
    """Return the URI by which API Gateway invokes a Lambda function.

    Integrations of WebSocket APIs and `REQUEST` authorizers need it. Integrations of HTTP APIs
    accept the function's ARN too.

    Args:
        function_arn: The ARN of a function, a version or an alias; it may have stage variables. An
            invocation URI is returned unchanged.

    Raises:
        PreflightError: It is not the ARN of a Lambda function.

    Example:
        >>> apigw2.lambda_uri("arn:aws:lambda:eu-west-1:123456789012:function:f")
        'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:...'
    """
    check_type("function_arn", function_arn, str, "a string")
    uri = invocation_uri(function_arn)
    if _INVOCATION.fullmatch(uri) is None:
        msg = (
            f"function_arn: {shown(function_arn)} is not the ARN of a Lambda function, such as "
            "arn:aws:lambda:eu-west-1:123456789012:function:pets"
        )
        raise PreflightError(msg)
    return uri
