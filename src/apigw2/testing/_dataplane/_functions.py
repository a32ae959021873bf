"""Lambda functions: Python callables that a test put behind an ARN."""

from __future__ import annotations

import base64
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import attrs

from apigw2.testing._dataplane import _events, _head
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
"""How many bytes an event or a result may have (Lambda developer guide, "Lambda quotas")."""


@attrs.frozen(kw_only=True)
class FunctionContext:
    """The second argument of a handler, as far as a test can need it.

    Attributes:
        aws_request_id: The request's identifier.
        function_name: The function's name.
        invoked_function_arn: Its ARN.
    """

    aws_request_id: str
    function_name: str
    invoked_function_arn: str

    def get_remaining_time_in_millis(self) -> int:
        """How long the function may still run: as long as it likes."""
        return 30_000


def find(functions: Mapping[str, Function], uri: str) -> tuple[Function | None, str, str]:
    """Find the function that an integration's URI names, and give its name and its ARN, too."""
    found = _ARN.search(uri)
    if found is None:
        return None, uri, uri
    arn, name = found[0], found["name"]
    for key in (arn, found["arn"], name):
        if key in functions:
            return functions[key], name, arn
    return None, name, arn


def run(function: Function, event: object, context: FunctionContext) -> Any:  # noqa: ANN401 - any JSON
    """Run a function as Lambda does: with JSON, and back."""
    return json.loads(_result(function, json.dumps(event), context))


def _result(function: Function, event: str, context: FunctionContext) -> str:
    """Run a function with an event's text, and give the result's text.

    It is written as Lambda's runtime for Python writes it.
    """
    return json.dumps(function(json.loads(event), context), default=_number, ensure_ascii=False)


def _number(value: object) -> float:
    if isinstance(value, Decimal):  # as boto3 reads numbers from DynamoDB
        return float(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def call(exchange: Exchange, uri: str, event: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """Call a function as Lambda does: with JSON, and back.

    Raises:
        Refusal: There is no such function, it failed, or what it gave is not JSON.
    """
    return _call(exchange, uri, event)[1]


def _call(exchange: Exchange, uri: str, event: dict[str, Any]) -> tuple[str, Any]:
    """Call a function, and give the text of its result as well as the result."""
    function, name, arn = find(exchange.backends.functions, exchange.evaluate(uri) or "")
    if function is None:
        raise internal_error(f"no function was given for {arn}")
    context = FunctionContext(
        aws_request_id=exchange.request_id, function_name=name, invoked_function_arn=arn
    )
    given = json.dumps(event)
    if len(given) > _LIMIT:
        # aws/aws-lambda-dotnet, `LargePayloadTests.cs`
        raise refusal(413, "Request Entity Too Large", "the event exceeds 6 MB")
    try:
        text = _result(function, given, context)
        result = json.loads(text)
    except (Exception, SystemExit) as error:
        raise internal_error(f"{name} raised {type(error).__name__}: {error}") from error
    if len(text.encode(errors="replace")) > _LIMIT:
        raise internal_error(f"the result of {name} exceeds 6 MB")
    return text, result


def proxy(exchange: Exchange, integration: Record) -> Response:
    """Let the function of an AWS_PROXY integration answer.

    Raises:
        Refusal: It could not, or its answer is of the wrong form.
    """
    version = integration["PayloadFormatVersion"]
    event = _events.for_function(exchange, version)
    text, result = _call(exchange, integration["IntegrationUri"], event)
    try:
        if version == "2.0" and "statusCode" not in as_object(result):
            # Format 2.0 takes anything without a status for a body, and passes it on as it is.
            body = (result if isinstance(result, str) else text).encode()
            return _head.response(200, [("content-type", "application/json")], body)
        return _read(as_object(result), version)
    except (KeyError, TypeError, ValueError) as error:
        raise internal_error(f"the function's answer is malformed: {error!r}") from error


def _read(result: dict[str, Any], version: str) -> Response:
    """Read the answer of a function.

    `cookies` count in format 2.0 only (developer guide, "Create AWS Lambda proxy integrations for
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
    """A function's status: a number, or digits.

    Zero and 200.5 are answered with a 500 (aws/aws-lambda-dotnet, `V2_HandlesZeroStatusCode.json`,
    `..._StatusCodeAsFloat_ReturnsInternalServerError.json`).
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise TypeError(f"statusCode is {type(value).__name__}")
    if isinstance(value, float) and not value.is_integer():
        raise ValueError(f"statusCode is {value}")
    return int(value)


def _line(name: str, value: object) -> list[Line]:
    """A function's header, whose value may be of any type; none if it is null."""
    if value is None:
        return []
    return [(name, value if isinstance(value, str) else json.dumps(value))]


def service(exchange: Exchange, integration: Record) -> Response:
    """Let the callable answer that the test put in the place of an AWS service.

    It gets the request parameters with their values, and gives a JSON document.

    Raises:
        Refusal: There is none, or it failed.
    """
    subtype = integration["IntegrationSubtype"]
    function = exchange.backends.functions.get(subtype)
    if function is None:
        raise internal_error(f"no function was given for {subtype}")
    parameters = {
        name: exchange.evaluate(value)
        for name, value in integration.get("RequestParameters", {}).items()
    }
    context = FunctionContext(
        aws_request_id=exchange.request_id, function_name=subtype, invoked_function_arn=subtype
    )
    try:
        body = _result(function, json.dumps(parameters), context).encode()
    except (Exception, SystemExit) as error:
        raise internal_error(f"{subtype} raised {type(error).__name__}: {error}") from error
    return _head.response(200, [("content-type", "application/json")], body)
