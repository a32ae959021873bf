"""Fast decoding: the JSON of a response is taken before botocore parses it.

botocore's walk over the response takes three quarters of the time of a raw `get_routes` of 1,000
routes and nine tenths of a `get_apis`, and drops every field that its model does not know. So a
handler of `before-parse` takes the JSON, and objects are made directly from it (`structure`).

With a Stubber or a test double, and with `ApiGatewayV2(fast_decoding=False)`, there is only
botocore's dict. Somebody who observes a client sees everything: botocore gets the body as well
while its parser logs at DEBUG level, or while a handler of the caller's receives parsed responses.
"""

from __future__ import annotations

import functools
import json
import logging
import re
from contextvars import ContextVar
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from apigw2._wire.botocore_internals import EventHandlers
from apigw2.errors import ResponseShapeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from botocore.client import BaseClient
    from botocore.model import OperationModel

_PARSER_LOG: Final = logging.getLogger("botocore.parsers")
_EVENTS_WITH_RESPONSE: Final = ("before-parse", "response-received", "needs-retry", "after-call")

_from_json: Final = json.JSONDecoder().raw_decode  # takes less time than `json.loads`

# From this status on botocore parses a response as an error; it follows no redirect.
_FIRST_ERROR: Final = HTTPStatus.MOVED_PERMANENTLY
_TEXTS_OF_ERROR: Final = frozenset({"__type", "code", "Code", "message", "Message"})

# AWS explains a wrong signature by quoting the signed request, session token included.
_PRIVATE: Final = r"(?i)(x-amz-security-token\W{1,4})\S+|(AWS4-HMAC-SHA256 Credential=)[^\n]+"


@attrs.define(eq=False, repr=False)
class CapturedResponse:
    """The response to one call of the library; filled during the call.

    Attributes:
        may_capture: Whether the JSON of the wire may be taken.
        wire: Whether it was taken: whether `body` has the wire's names (`apiId`) or boto3's
            (`ApiId`).
        body: The response's fields.
    """

    may_capture: bool
    wire: bool = False
    body: Any = None


# Set in the thread (or task) that makes the call, so raw calls on the same client are unaffected.
_current: ContextVar[CapturedResponse | None] = ContextVar("apigw2_response", default=None)


def install_capture(client: BaseClient) -> None:
    """Register the handler that takes responses. A test double without events is left alone."""
    events = getattr(getattr(client, "meta", None), "events", None)
    if events is not None:
        handler = functools.partial(_before_parse, _Listeners(events))
        events.register("before-parse.apigatewayv2", handler, unique_id="apigw2")


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
        ResponseShapeError: The response is not a JSON object.
    """
    response = CapturedResponse(fast)
    token = _current.set(response)
    try:
        parsed = method(**request)
    finally:
        _current.reset(token)
    if not response.wire:
        response.body = {key: value for key, value in parsed.items() if key != "ResponseMetadata"}
    elif not isinstance(response.body, dict):
        raise ResponseShapeError(operation, "", "a JSON object", response.body)
    return response


def _before_parse(
    listeners: _Listeners,
    operation_model: OperationModel,
    response_dict: dict[str, Any],
    **_: object,
) -> None:
    """Take the response to a call of the library before botocore parses it.

    botocore would parse a body that is not JSON, such as a proxy's page, as a response without any
    field, which would read as an empty list.
    """
    response = _current.get()
    if response is None:
        return
    if response_dict["status_code"] >= _FIRST_ERROR:
        response_dict["body"] = _error_body(response_dict["body"])
        return
    output = operation_model.output_shape
    if not response.may_capture or (output is not None and "payload" in output.serialization):
        return
    body = _decoded(response_dict["body"])
    if output is not None and output.members:
        response.body, response.wire = body, True
    if not (isinstance(body, dict) and listeners.hear(operation_model.name)):
        response_dict["body"] = b""


class _Listeners:
    """The event handlers, other than botocore's and ours, that see a client's responses.

    Args:
        events: `client.meta.events`.
    """

    def __init__(self, events: Any) -> None:
        self._handlers = EventHandlers(events)
        # The version of the handlers, and the operations that nobody listens to. One attribute,
        # because threads replace it.
        self._unheard: tuple[object, frozenset[str]] = (None, frozenset())

    def hear(self, operation: str) -> bool:
        """Whether somebody sees what botocore parses of a response."""
        if _PARSER_LOG.isEnabledFor(logging.DEBUG):
            return True
        version = self._handlers.version()
        known_version, unheard = self._unheard
        if version is not known_version:
            unheard = frozenset[str]()
        elif operation in unheard:
            return False
        if version is None:
            return True
        for event in _EVENTS_WITH_RESPONSE:
            handlers = self._handlers.of(f"{event}.apigatewayv2.{operation}")
            if handlers is None or not all(map(_is_known, handlers)):
                return True
        self._unheard = (version, unheard | {operation})
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
        return _text(body)
    return value if end == len(text) else _text(body)


def _text(body: bytes) -> str:
    return _without_secrets(body.decode(errors="replace").strip())


def _without_secrets(text: str) -> str:
    return re.sub(_PRIVATE, r"\1\2...", text)


def _error_body(body: bytes) -> bytes:
    """Rewrite an error response: without secrets, and in a form that botocore's parser accepts."""
    decoded = _decoded(body)
    if isinstance(decoded, dict):
        fields = cast("dict[str, Any]", decoded)
        known = {
            key: _without_secrets(value) if isinstance(value, str) else value
            for key, value in fields.items()
            if key not in _TEXTS_OF_ERROR or isinstance(value, str)
        }
        return json.dumps(known).encode()
    text = _text(body)
    if not text or text.startswith("<"):  # botocore has its own message for a proxy's page
        return text.encode()
    return json.dumps({"message": text}).encode()
