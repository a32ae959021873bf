"""Lambda functions: Python callables that a test put behind an ARN."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any, cast

import attrs

from apigw2.testing._dataplane import _events
from apigw2.testing._dataplane._exchange import refusal
from apigw2.testing._http import Response
from apigw2.testing._json import as_list, as_object

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apigw2.testing._dataplane._exchange import Exchange, Function
    from apigw2.testing._protocol import Record

_ARN = re.compile(
    r"(?P<arn>arn:[^:]+:lambda:[^:/]*:\d*:function:(?P<name>[^:/]+))(?P<alias>:[^:/]+)?"
)


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
    return json.loads(json.dumps(function(json.loads(json.dumps(event)), context)))


def call(exchange: Exchange, uri: str, event: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """Call a function as Lambda does: with JSON, and back.

    Raises:
        Refusal: There is no such function, it failed, or what it gave is not JSON.
    """
    function, name, arn = find(exchange.backends.functions, exchange.evaluate(uri) or "")
    if function is None:
        raise refusal(500, "Internal Server Error", f"no function was given for {arn}")
    context = FunctionContext(
        aws_request_id=exchange.request_id, function_name=name, invoked_function_arn=arn
    )
    try:
        return run(function, event, context)
    except Exception as error:
        raise refusal(
            500, "Internal Server Error", f"{name} raised {type(error).__name__}: {error}"
        ) from error


def proxy(exchange: Exchange, integration: Record) -> Response:
    """Let the function of an AWS_PROXY integration answer.

    Raises:
        Refusal: It could not, or its answer is of the wrong form.
    """
    version = integration["PayloadFormatVersion"]
    event = _events.for_function(exchange, version)
    result = call(exchange, integration["IntegrationUri"], event)
    if version == "2.0" and "statusCode" not in as_object(result):
        # Format 2.0 takes anything without a status for a body.
        text = result if isinstance(result, str) else json.dumps(result)
        return Response(
            status=200, headers={"content-type": "application/json"}, body=text.encode()
        )
    try:
        return _read(as_object(result))
    except (KeyError, TypeError, ValueError) as error:
        raise refusal(
            500, "Internal Server Error", f"the function's answer is malformed: {error!r}"
        ) from error


def _read(result: dict[str, Any]) -> Response:
    """Read the answer of a function."""
    headers = {"content-type": "text/plain; charset=utf-8"}
    headers |= _texts(as_object(result.get("headers")))
    cookies = [str(cookie) for cookie in as_list(result.get("cookies", []))]
    for name, values in as_object(result.get("multiValueHeaders")).items():
        texts = [str(value) for value in as_list(values)]
        if name.lower() == "set-cookie":
            cookies += texts
        else:
            headers[name.lower()] = ",".join(texts)
    if "set-cookie" in headers:
        cookies.append(headers.pop("set-cookie"))
    body: object = result.get("body") or ""
    if not isinstance(body, str):
        raise TypeError(f"the body is no string, but {type(body).__name__}")
    content = (
        base64.b64decode(body, validate=True) if result.get("isBase64Encoded") else body.encode()
    )
    return Response(
        status=int(result["statusCode"]), headers=headers, body=content, cookies=tuple(cookies)
    )


def _texts(headers: Mapping[str, Any]) -> dict[str, str]:
    return {
        name.lower(): value if isinstance(value, str) else json.dumps(value)
        for name, value in headers.items()
    }


def service(exchange: Exchange, integration: Record) -> Response:
    """Let the callable answer that the test put in the place of an AWS service.

    It gets the request parameters with their values, and gives a JSON document.

    Raises:
        Refusal: There is none, or it failed.
    """
    subtype = integration["IntegrationSubtype"]
    function = exchange.backends.functions.get(subtype)
    if function is None:
        raise refusal(500, "Internal Server Error", f"no function was given for {subtype}")
    parameters = {
        name: exchange.evaluate(value)
        for name, value in integration.get("RequestParameters", {}).items()
    }
    context = FunctionContext(
        aws_request_id=exchange.request_id, function_name=subtype, invoked_function_arn=subtype
    )
    try:
        body = json.dumps(function(cast("Any", parameters), context)).encode()
    except Exception as error:
        raise refusal(
            500, "Internal Server Error", f"{subtype} raised {type(error).__name__}: {error}"
        ) from error
    return Response(status=200, headers={"content-type": "application/json"}, body=body)
