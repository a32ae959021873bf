"""Lambda functions: Python callables that a test registered for an ARN."""

from __future__ import annotations

import base64
import json
import re
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import attrs

from apigw2.testing._dataplane import _deadlines, _events, _head
from apigw2.testing._dataplane._deadlines import Deadline, DeadlineError
from apigw2.testing._dataplane._exchange import internal_error, refusal
from apigw2.testing._json import as_list, as_object

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apigw2.testing._dataplane._exchange import Exchange, Function
    from apigw2.testing._http import Line, Response
    from apigw2.testing._protocol import Record

_ARN: Final = re.compile(
    r"(?P<arn>arn:[^:]+:lambda:[^:/]*:\d*:function:(?P<name>[^:/]+))(?P<alias>:[^:/]+)?"
)


_LIMIT: Final = 6 * 1024 * 1024
"""Maximum size of an event or a result in bytes (Lambda developer guide, "Lambda quotas")."""

AUTHORIZER_TIMEOUT: Final = 10_000
"""Time limit of Lambda authorizers in milliseconds (developer guide, "Quotas for HTTP APIs")."""


@attrs.frozen(kw_only=True)
class FunctionContext:
    """The context argument of a handler, with the attributes that tests need.

    Attributes:
        aws_request_id: Id of the request.
        function_name: Name of the function.
        invoked_function_arn: ARN of the function.
        deadline: When the gateway stops waiting for the function.
    """

    aws_request_id: str
    function_name: str
    invoked_function_arn: str
    deadline: Deadline = attrs.field(repr=False)

    def get_remaining_time_in_millis(self) -> int:
        """The time until the gateway stops waiting, by its clock; functions have no other limit."""
        return max(self.deadline.remaining // timedelta(milliseconds=1), 0)


def find(functions: Mapping[str, Function], uri: str) -> tuple[Function | None, str, str]:
    """Find the function of an integration URI, and return it with its name and ARN."""
    found = _ARN.search(uri)
    if found is None:
        return None, uri, uri
    arn, name = found[0], found["name"]
    for key in (arn, found["arn"], name):
        if key in functions:
            return functions[key], name, arn
    return None, name, arn


def run(function: Function, event: object, context: FunctionContext) -> Any:  # noqa: ANN401 - any JSON
    """Run a function as Lambda does, with JSON input and output.

    Raises:
        DeadlineError: The function did not return before the deadline of the context.
    """
    return json.loads(_result(function, json.dumps(event), context))


def _result(function: Function, event: str, context: FunctionContext) -> str:
    """Run a function with the text of an event, and return the text of its result.

    The result is serialized like in Lambda's Python runtime.
    """

    def work() -> str:
        return json.dumps(function(json.loads(event), context), default=_number, ensure_ascii=False)

    return _deadlines.run(work, context.deadline)


def _number(value: object) -> float:
    if isinstance(value, Decimal):  # as boto3 reads numbers from DynamoDB
        return float(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def call_authorizer(exchange: Exchange, uri: str, event: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """Call the function of an authorizer, and return its result.

    Raises:
        Refusal: The function does not exist, it failed, or its result is not JSON.
    """
    try:
        return _call(exchange, uri, event, AUTHORIZER_TIMEOUT)[1]
    except DeadlineError as error:
        raise internal_error(f"the authorizer {error}") from error


def _call(
    exchange: Exchange, uri: str, event: dict[str, Any], milliseconds: int
) -> tuple[str, Any]:
    """Call a function as Lambda does, and return its result both as text and parsed.

    Raises:
        DeadlineError: The function did not return in time.
        Refusal: The function does not exist, it failed, or its result is not JSON.
    """
    function, name, arn = find(exchange.backends.functions, exchange.evaluate(uri) or "")
    if function is None:
        raise internal_error(f"no function is registered for {arn}; use add_function()")
    context = FunctionContext(
        aws_request_id=exchange.request_id,
        function_name=name,
        invoked_function_arn=arn,
        deadline=Deadline(exchange.backends.clock, milliseconds),
    )
    given = json.dumps(event)
    if len(given) > _LIMIT:
        # aws/aws-lambda-dotnet, `LargePayloadTests.cs`
        raise refusal(413, "Request Entity Too Large", "the event exceeds 6 MB")
    try:
        text = _result(function, given, context)
        result = json.loads(text)
    except DeadlineError:
        raise
    except (Exception, SystemExit) as error:
        raise internal_error(f"{name} raised {type(error).__name__}: {error}") from error
    if len(text.encode(errors="replace")) > _LIMIT:
        raise internal_error(f"the result of {name} exceeds 6 MB")
    return text, result


def proxy(exchange: Exchange, integration: Record) -> Response:
    """Call the function of an AWS_PROXY integration.

    Raises:
        DeadlineError: The function did not return in time.
        Refusal: The call failed, or the response is malformed.
    """
    version = integration["PayloadFormatVersion"]
    event = _events.for_function(exchange, version)
    text, result = _call(
        exchange, integration["IntegrationUri"], event, integration["TimeoutInMillis"]
    )
    try:
        if version == "2.0" and "statusCode" not in as_object(result):
            # In format 2.0, a result without a status is the body, unchanged.
            body = (result if isinstance(result, str) else text).encode()
            return _head.response(200, [("content-type", "application/json")], body)
        return _read(as_object(result), version)
    except (KeyError, TypeError, ValueError) as error:
        raise internal_error(f"the function's result is malformed: {error!r}") from error


def _read(result: dict[str, Any], version: str) -> Response:
    """Read the response of a function.

    `cookies` apply in format 2.0 only (developer guide, "Create AWS Lambda proxy integrations for
    HTTP APIs"), `multiValueHeaders` in format 1.0 only (aws/serverless-java-container#377).
    """
    lines = [
        line
        for name, value in as_object(result.get("headers")).items()
        for line in _line(name, value)
    ]
    cookies: list[str] = []
    if version == "1.0":
        # A name in both has its single value first (aws/aws-lambda-dotnet,
        # `V1_CombinesSingleAndMultiValueHeadersHttpV1.json`).
        lines += [
            line
            for name, values in as_object(result.get("multiValueHeaders")).items()
            for value in as_list(values)
            for line in _line(name, value)
        ]
    else:
        cookies = [str(cookie) for cookie in as_list(result.get("cookies", []))]
    # The content type alone is not repeated (aws/aws-lambda-rust-runtime#567).
    types = [line for line in lines if line[0].lower() == "content-type"]
    others = [line for line in lines if line[0].lower() != "content-type"]
    lines = [*(types or [("content-type", "text/plain; charset=utf-8")])[:1], *others]
    body: object = result.get("body") or ""
    if not isinstance(body, str):
        raise TypeError(f"the body is {type(body).__name__}, not a string")
    content = (
        base64.b64decode(body, validate=True) if result.get("isBase64Encoded") else body.encode()
    )
    return _head.response(_status(result["statusCode"]), lines, content, cookies)


def _status(value: object) -> int:
    """The status of a function's response: a number or digits.

    Zero and 200.5 result in a 500 (aws/aws-lambda-dotnet, `V2_HandlesZeroStatusCode.json`,
    `..._StatusCodeAsFloat_ReturnsInternalServerError.json`).
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise TypeError(f"statusCode is {type(value).__name__}")
    if isinstance(value, float) and not value.is_integer():
        raise ValueError(f"statusCode is {value}")
    return int(value)


def _line(name: str, value: object) -> list[Line]:
    """A header of a function's response, whose value may have any type; omitted if it is null."""
    if value is None:
        return []
    return [(name, value if isinstance(value, str) else json.dumps(value))]


def service(exchange: Exchange, integration: Record) -> Response:
    """Call the callable that a test registered for a service integration.

    It gets the evaluated request parameters, and returns a JSON document.

    Raises:
        DeadlineError: The callable did not return in time.
        Refusal: No callable is registered, or it failed.
    """
    subtype = integration["IntegrationSubtype"]
    function = exchange.backends.functions.get(subtype)
    if function is None:
        raise internal_error(f"no function is registered for {subtype}; use add_function()")
    parameters = {
        name: exchange.evaluate(value)
        for name, value in integration.get("RequestParameters", {}).items()
    }
    context = FunctionContext(
        aws_request_id=exchange.request_id,
        function_name=subtype,
        invoked_function_arn=subtype,
        deadline=Deadline(exchange.backends.clock, integration["TimeoutInMillis"]),
    )
    try:
        body = _result(function, json.dumps(parameters), context).encode()
    except DeadlineError:
        raise
    except (Exception, SystemExit) as error:
        raise internal_error(f"{subtype} raised {type(error).__name__}: {error}") from error
    return _head.response(200, [("content-type", "application/json")], body)
