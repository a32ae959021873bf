"""Fast decoding: the JSON of a response is taken before botocore parses it.

botocore's walk over the response takes three quarters of the time of a raw `get_routes` of 1,000
routes and nine tenths of a `get_apis`, and drops every field that its model does not know. So a
handler of `before-parse` takes the JSON, and objects are made directly from it (`structure`).

With a Stubber or a test double, and with `ApiGatewayV2(fast_decoding=False)`, there is only
botocore's dict. Observers of a client see every response: botocore also gets the body while its
parser logs at DEBUG level, or while a handler of the caller receives parsed responses. In each case
the form of a response is checked first (`response_form`).

A response is matched with its request, because handlers of botocore's events may call the same
client, or another one, during a call of the library. This takes three events:
`provide-client-params` (the first of a call) binds the call to botocore's context of it,
`request-created` (the last before sending) pushes that binding on a stack, and `before-parse` pops
it. If events occur in any other order, botocore parses the response.
"""

from __future__ import annotations

import functools
import json
import logging
from contextvars import ContextVar
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from apigw2._wire.botocore_internals import EventHandlers, is_parser_error
from apigw2._wire.response_form import first_misfit, misfit_of_body
from apigw2._wire.secrets import redact
from apigw2.errors import ResponseShapeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from botocore.awsrequest import AWSRequest
    from botocore.client import BaseClient
    from botocore.model import OperationModel

_PARSER_LOG: Final = logging.getLogger("botocore.parsers")
_EVENTS_WITH_RESPONSE: Final = ("before-parse", "response-received", "needs-retry", "after-call")
_CONTEXT_KEY: Final = "apigw2_response"
_NO_HEADERS: Final[Mapping[str, object]] = {}

_from_json: Final = json.JSONDecoder().raw_decode  # takes less time than `json.loads`

# From this status on botocore parses a response as an error; it follows no redirect.
_FIRST_ERROR: Final = HTTPStatus.MOVED_PERMANENTLY
_TEXTS_OF_ERROR: Final = frozenset({"__type", "code", "Code", "message", "Message"})


@attrs.define(eq=False, repr=False)
class CapturedResponse:
    """The response to one call of the library; filled during the call.

    Attributes:
        operation: AWS's name of the operation.
        may_capture: Whether the JSON of the wire may be taken.
        wire: Whether it was taken: whether `body` has the wire's names (`apiId`) or boto3's
            (`ApiId`).
        body: The response's fields.
        headers: The headers of the request, signed.
        error: What is wrong with the form of the response.
    """

    operation: str
    may_capture: bool
    wire: bool = False
    body: Any = None
    headers: Mapping[str, object] = _NO_HEADERS
    error: ResponseShapeError | None = None

    def redact(self, value: Any) -> Any:
        """Return JSON or text without the credentials that signed the request, for messages."""
        return redact(value, self.headers)


# The call that is about to start, until its first event; and the calls whose requests were sent,
# innermost last (`None` for a call that is not the library's). A ContextVar is local to a thread or
# task.
_starting: ContextVar[CapturedResponse | None] = ContextVar("apigw2_starting", default=None)
_sent: ContextVar[tuple[CapturedResponse | None, ...]] = ContextVar("apigw2_sent", default=())


def install_capture(client: BaseClient) -> None:
    """Register the handlers that take responses. A test double without events is left alone."""
    events: Any = getattr(getattr(client, "meta", None), "events", None)
    if events is not None:
        service = "apigatewayv2"
        before_parse = functools.partial(_before_parse, _Observers(events))
        events.register_first(f"provide-client-params.{service}", _bind, unique_id="apigw2-bind")
        events.register_last(f"request-created.{service}", _push, unique_id="apigw2-push")
        events.register_first(f"before-parse.{service}", before_parse, unique_id="apigw2-parse")


def capture(
    operation: str,
    method: Callable[..., dict[str, Any]],
    request: Mapping[str, object],
    *,
    fast: bool,
) -> CapturedResponse:
    """Call a method of a boto3 client, and take the response where that is possible.

    Args:
        operation: AWS's name of the operation.
        method: The client's method.
        request: boto3's parameters.
        fast: Whether the JSON of the wire may be taken.

    Raises:
        ResponseShapeError: The response does not have the form of the operation's responses.
    """
    response = CapturedResponse(operation, fast)
    starting = _starting.set(response)
    sent = _sent.set(_sent.get())
    try:
        parsed = method(**request)
    except Exception as error:
        if response.error is not None:
            raise response.error from None
        if is_parser_error(error):
            expected, value = "a response that botocore can parse", response.redact(str(error))
            raise ResponseShapeError(operation, "", expected, value) from error
        raise
    finally:
        _starting.reset(starting)
        _sent.reset(sent)
    if response.error is not None:
        raise response.error
    if not response.wire:
        response.body = _without_metadata(operation, parsed)
    return response


def _without_metadata(operation: str, parsed: Any) -> dict[str, Any]:
    """The fields of a parsed response. The client may be a double, whose deletes return `None`."""
    if parsed is None:
        return {}
    try:
        return {key: value for key, value in parsed.items() if key != "ResponseMetadata"}
    except (AttributeError, TypeError, ValueError):
        raise ResponseShapeError(operation, "", "a dict", parsed) from None


def _bind(*, context: dict[str, Any], **_: object) -> None:
    """Bind the call that is about to start to botocore's context of it."""
    response = _starting.get()
    if response is not None:
        _starting.set(None)  # calls inside handlers are not this one
        context[_CONTEXT_KEY] = response


def _push(*, request: AWSRequest, **_: object) -> None:
    """Record the context of the request that is about to be sent, and its signature headers."""
    context: dict[str, Any] = getattr(request, "context", {})
    response: CapturedResponse | None = context.get(_CONTEXT_KEY)
    if response is not None:
        response.headers = cast("Mapping[str, object]", request.headers)
    _sent.set((*_sent.get(), response))


def _before_parse(
    observers: _Observers,
    operation_model: OperationModel,
    response_dict: dict[str, Any],
    **_: object,
) -> None:
    """Check the response to a call of the library, and take it before botocore parses it."""
    *outer, response = _sent.get() or (None,)
    _sent.set(tuple(outer))
    if response is None or response.operation != operation_model.name:
        return
    if response_dict["status_code"] >= _FIRST_ERROR:
        _redact_error(response_dict, response)
        return
    output = operation_model.output_shape
    if output is not None and "payload" in output.serialization:
        return  # a stream, which `structure` reads
    body = _decoded(response_dict["body"])
    misfit = misfit_of_body(operation_model, body)
    captured = response.may_capture and output is not None and bool(output.members)
    if misfit is None and not captured and output is not None and body != "":
        misfit = first_misfit(output, body)
    if misfit is not None:
        field, expected, value = misfit
        value = response.redact(value)
        response.error = ResponseShapeError(operation_model.name, field, expected, value)
        response_dict["body"] = b""
    elif captured:
        response.body, response.wire = body, True
        if not observers.any_for(operation_model.name):
            response_dict["body"] = b""


class _Observers:
    """The event handlers, other than botocore's and the library's, that see a client's responses.

    Args:
        events: `client.meta.events`.
    """

    def __init__(self, events: Any) -> None:
        self._handlers = EventHandlers(events)
        # The version of the handlers, and the operations without observers. One attribute, because
        # threads replace it.
        self._unobserved: tuple[object, frozenset[str]] = (None, frozenset())

    def any_for(self, operation: str) -> bool:
        """Whether anything observes botocore's parsed response."""
        if _PARSER_LOG.isEnabledFor(logging.DEBUG):
            return True
        version = self._handlers.version()
        known_version, unobserved = self._unobserved
        if version is not known_version:
            unobserved = frozenset[str]()
        elif operation in unobserved:
            return False
        if version is None:
            return True
        for event in _EVENTS_WITH_RESPONSE:
            handlers = self._handlers.of(f"{event}.apigatewayv2.{operation}")
            if handlers is None or not all(map(_is_known, handlers)):
                return True
        self._unobserved = (version, unobserved | {operation})
        return False


def _is_known(handler: Any) -> bool:
    function = handler.func if isinstance(handler, functools.partial) else handler
    module: str = getattr(function, "__module__", None) or ""
    return module.startswith(("botocore.", "apigw2._wire."))


def _decoded(body: bytes) -> Any:
    """Decode a body that is JSON; return any other body as text."""
    try:
        text = body.decode().strip(" \t\r\n")
        value, end = _from_json(text)
    except (ValueError, RecursionError):
        return body.decode(errors="replace").strip()
    return value if end == len(text) else text


def _redact_error(response_dict: dict[str, Any], response: CapturedResponse) -> None:
    """Remove secrets from an error response, and give it a form that botocore's parser accepts.

    AWS explains a wrong signature by quoting the signed request, session token included, and
    proxies echo what they received, in headers too.
    """
    headers: dict[str, str] = response_dict["headers"]
    for name, value in list(headers.items()):
        redacted = response.redact(value)
        if redacted != value:
            headers[name] = redacted
    body = response.redact(_decoded(response_dict["body"]))
    if isinstance(body, dict):
        fields = cast("dict[str, Any]", body)
        known = {
            key: value
            for key, value in fields.items()
            if key not in _TEXTS_OF_ERROR or isinstance(value, str)
        }
        response_dict["body"] = json.dumps(known).encode()
        return
    text = body if isinstance(body, str) else json.dumps(body)
    # botocore has its own message for a proxy's page
    is_page = not text or text.startswith("<")
    response_dict["body"] = (text if is_page else json.dumps({"message": text})).encode(
        errors="replace"
    )
