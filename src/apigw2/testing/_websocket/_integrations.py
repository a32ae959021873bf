"""The integrations of a WebSocket API."""

from __future__ import annotations

import base64
import http.client
import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from apigw2.testing._dataplane import _functions, _head, _loopback
from apigw2.testing._dataplane._deadlines import Deadline, DeadlineError
from apigw2.testing._http import without_secrets
from apigw2.testing._json import as_list, as_object, is_object, parse
from apigw2.testing._websocket import _events
from apigw2.testing._websocket._exchange import DEFAULT, IntegrationError, Outcome
from apigw2.testing._websocket._expressions import choose, evaluate, mapped, select_template
from apigw2.testing._websocket._templates import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apigw2.testing._http import Line, Request
    from apigw2.testing._protocol import Record
    from apigw2.testing._websocket._exchange import RouteEvent

_PATH_PARAMETER: Final = re.compile(r"(?<!\$)\{([^{}]+)\}")
_SERVICE: Final = re.compile(r"arn:[^:]+:apigateway:[^:]*:([^:]+:(?:action|path)/.+)")
_PLACES: Final = ("header", "querystring", "path")


def integrate(event: RouteEvent, integration: Record) -> Outcome:
    """Call an integration.

    Raises:
        IntegrationError: The integration failed.
    """
    kind = integration["IntegrationType"]
    if kind == "AWS_PROXY":
        return _function_proxy(event, integration)
    if kind == "HTTP_PROXY":
        return _request(event, integration, event.body or "")
    payload = _payload(event, integration)
    if kind == "MOCK":
        return _respond(event, integration, _mock(payload))
    if kind == "HTTP":
        return _respond(event, integration, _request(event, integration, payload))
    return _respond(event, integration, *_invoke(event, integration, payload))


def _parameters(event: RouteEvent, integration: Record) -> dict[str, dict[str, str]]:
    """The request parameters of an integration, by location."""
    found: dict[str, dict[str, str]] = {place: {} for place in _PLACES}
    for key, expression in integration.get("RequestParameters", {}).items():
        place, _, name = key.removeprefix("integration.request.").partition(".")
        value = mapped(expression, event)
        if place in found and value is not None:
            found[place][name] = value
    return found


def _payload(event: RouteEvent, integration: Record) -> str:
    """The payload of a non-proxy integration: the rendered template, or the message itself."""
    templates = integration.get("RequestTemplates", {})
    template = select_template(
        templates, integration.get("TemplateSelectionExpression"), event, None
    )
    if template is not None:
        return render(template, event, event.body or "")
    behavior = integration.get("PassthroughBehavior", "WHEN_NO_MATCH")
    if behavior == "NEVER" or (behavior == "WHEN_NO_TEMPLATES" and templates):
        raise IntegrationError(
            f"no request template matches, and PassthroughBehavior is {behavior}",
            message="Unsupported Media Type",
            status=415,
        )
    return event.body or ""


def _mock(payload: str) -> Outcome:
    try:
        status = as_object(parse(payload)).get("statusCode")
    except ValueError:
        status = None
    if not isinstance(status, int):
        raise IntegrationError(
            f"the request template of a MOCK integration must give a statusCode: {payload!r}"
        )
    return Outcome(status=status)


def _respond(
    event: RouteEvent, integration: Record, outcome: Outcome, error: str | None = None
) -> Outcome:
    """Convert the response of a non-proxy integration to that of the route.

    Args:
        event: The event.
        integration: The integration's record.
        outcome: Its outcome.
        error: For a Lambda function, its error message, or an empty string.

    Raises:
        IntegrationError: No integration response matches, although one is required.
    """
    responses = {
        each["IntegrationResponseKey"]: each
        for each in event.deployed.snapshot.integration_responses.get(
            integration["IntegrationId"], ()
        )
    }
    key = choose(responses, str(outcome.status) if error is None else error)
    if key is None:
        if error or event.answers:
            raise IntegrationError(
                error or f"no integration response is for {outcome.status} or {DEFAULT}"
            )
        return outcome
    response = responses[key]
    template = select_template(
        response.get("ResponseTemplates", {}),
        response.get("TemplateSelectionExpression"),
        event,
        outcome,
    )
    if template is None:
        return outcome
    body = render(template, event, outcome.body or "")
    return Outcome(status=outcome.status, body=body, headers=outcome.headers)


def _run(event: RouteEvent, uri: str, payload: object, milliseconds: int) -> Any:  # noqa: ANN401 - any JSON
    """Run the function of a URI; its exceptions are not caught.

    Raises:
        DeadlineError: The function did not return in time.
        IntegrationError: No function is registered for the URI.
    """
    functions = event.deployed.backends.functions
    function, name, arn = _functions.find(functions, uri)
    service = _SERVICE.fullmatch(uri)
    if function is None and service is not None:
        name = service[1]
        function = functions.get(name)
    if function is None:
        raise IntegrationError(
            f"no function is registered for {name}; use add_function()", status=500
        )
    context = _functions.FunctionContext(
        aws_request_id=event.request_id,
        function_name=name,
        invoked_function_arn=arn,
        deadline=Deadline(event.deployed.backends.clock, milliseconds),
    )
    return _functions.run(function, payload, context)


def run_function(event: RouteEvent, uri: str, payload: object, milliseconds: int) -> Any:  # noqa: ANN401 - any JSON
    """Run the function of a URI.

    Raises:
        IntegrationError: No function is registered for the URI, it did not return in time, or it
            failed (see the cause).
    """
    uri = evaluate(uri, event)
    try:
        return _run(event, uri, payload, milliseconds)
    except IntegrationError:
        raise
    except DeadlineError as error:
        raise _timed_out(uri, error) from error
    except (Exception, SystemExit) as error:
        raise IntegrationError(f"{uri} raised {type(error).__name__}: {error}") from error


def _timed_out(uri: str, error: DeadlineError) -> IntegrationError:
    return IntegrationError(f"{uri} {error}", message="Endpoint request timed out", status=504)


def _function_proxy(event: RouteEvent, integration: Record) -> Outcome:
    """Call the function of an AWS_PROXY integration.

    Its status applies to `$connect` only, because messages have none.
    """
    answer = run_function(
        event,
        integration["IntegrationUri"],
        _events.for_function(event),
        integration["TimeoutInMillis"],
    )
    result = as_object(answer)
    status = result.get("statusCode")
    if event.kind == "CONNECT" and (isinstance(status, bool) or not isinstance(status, int)):
        raise IntegrationError(f"the function's answer has no statusCode: {answer!r}")
    headers = {
        name.lower(): str(values[-1])
        for name, values in (
            (name, as_list(value))
            for group in ("multiValueHeaders", "headers")
            for name, value in as_object(result.get(group)).items()
        )
        if values
    }
    body = result.get("body")
    if body is not None and not isinstance(body, str):
        raise IntegrationError(f"the body is {type(body).__name__}, not a string")
    if body and result.get("isBase64Encoded"):
        try:
            body = base64.b64decode(body, validate=True).decode()
        except ValueError as error:
            raise IntegrationError(f"the body is not base64 of text: {error}") from error
    return Outcome(status=status if isinstance(status, int) else 200, body=body, headers=headers)


def _document(payload: str, content_type: str) -> object:
    """Read the payload of an AWS integration.

    Services with the query protocol, such as SQS and SNS, take a form: `Action=SendMessage&...`.
    """
    if content_type.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded":
        return dict(parse_qsl(payload.strip(), keep_blank_values=True))
    try:
        return parse(payload) if payload else {}
    except ValueError as error:
        raise IntegrationError(f"the payload for the function is not JSON: {error}") from None


def _invoke(event: RouteEvent, integration: Record, payload: str) -> tuple[Outcome, str]:
    """Invoke the function of an AWS integration, and return its outcome and error message."""
    headers = {k.lower(): v for k, v in _parameters(event, integration)["header"].items()}
    document = _document(payload, headers.get("content-type", ""))
    asynchronous = headers.get("x-amz-invocation-type") == "Event"
    try:
        result = run_function(
            event, integration["IntegrationUri"], document, integration["TimeoutInMillis"]
        )
    except IntegrationError as error:
        cause = error.__cause__
        if cause is None:
            raise
        if asynchronous:
            return Outcome(status=202), ""
        if isinstance(cause, DeadlineError):
            raise
        failure = {"errorMessage": str(cause), "errorType": type(cause).__name__}
        # An empty message is still a failure.
        return Outcome(status=500, body=json.dumps(failure)), str(cause) or type(cause).__name__
    if asynchronous:
        return Outcome(status=202), ""
    message = result.get("errorMessage", "") if is_object(result) else ""
    return Outcome(status=200, body=json.dumps(result)), str(message)


def _request(event: RouteEvent, integration: Record, payload: str) -> Outcome:
    """Send a request to the backend of an HTTP or HTTP_PROXY integration, on loopback only."""
    if integration["ConnectionType"] == "VPC_LINK":
        raise IntegrationError("VPC links have no backends here")
    parameters = _parameters(event, integration)
    uri = _PATH_PARAMETER.sub(
        lambda found: quote(parameters["path"].get(found[1], ""), safe=""),
        evaluate(integration["IntegrationUri"], event),
    )
    method = integration.get("IntegrationMethod", "POST")
    handshake = event.request if integration["IntegrationType"] == "HTTP_PROXY" else None
    query = list(parameters["querystring"].items())
    if handshake is not None:
        query = [(k, each) for k, values in handshake.query.items() for each in values] + query
    try:
        parts = urlsplit(uri)
        target = parts._replace(query="&".join(filter(None, (parts.query, urlencode(query)))))
        response = _loopback.send(
            target.geturl(),
            method="POST" if method == "ANY" else method,
            headers={
                **_head.for_backend(_backend_lines(event, handshake, parameters["header"])),
                "host": parts.netloc.rpartition("@")[2],
            },
            body=payload.encode(),
            deadline=Deadline(event.deployed.backends.clock, integration["TimeoutInMillis"]),
        )
    except DeadlineError as error:
        raise _timed_out(without_secrets(uri), error) from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = f"{without_secrets(uri)}: {type(error).__name__}: {error}"
        raise IntegrationError(reason) from error
    body = response.body.decode(errors="replace")
    return Outcome(status=response.status, body=body, headers=response.headers)


def _backend_lines(
    event: RouteEvent, handshake: Request | None, mapped_headers: Mapping[str, str]
) -> list[Line]:
    """The header lines for a backend: defaults, those of the handshake, and mapped ones.

    A later line replaces the earlier ones of its name.
    """
    defaults = [
        ("content-type", "application/json"),
        ("user-agent", f"AmazonAPIGateway_{event.connection.place.api_id}"),
    ]
    forwarded = [
        line
        for line in (handshake.lines if handshake else ())
        if not line[0].lower().startswith("sec-websocket-")
    ]
    lines: list[Line] = []
    for more in (defaults, forwarded, list(mapped_headers.items())):
        names = {name.lower() for name, _ in more}
        lines = [line for line in lines if line[0].lower() not in names] + more
    return lines
