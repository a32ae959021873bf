"""The fast way: a response is decoded in place of botocore's parser, while botocore makes a call.

Three quarters of the time of a raw `get_routes` of 1,000 routes goes into botocore's walk over the
response, nine tenths of a `get_apis`, and every field that botocore's own model does not know is
dropped on it. So the JSON is taken while botocore parses it (`before-parse`), and the objects are
made straight from it (`reading`).

botocore's dict is what there is with a Stubber or a test double, and where the fast way is
switched off (`ApiGatewayV2(fast_decoding=False)`). Somebody who watches is shown everything: with
DEBUG logging of botocore's parser, or with an event handler of the caller's that is given the
parsed response, the body is left to botocore as well.
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

from apigw2.errors import ResponseShapeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from botocore.client import BaseClient
    from botocore.model import OperationModel

_PARSER_LOG: Final = logging.getLogger("botocore.parsers")
_EVENTS_WITH_RESPONSE: Final = ("before-parse", "response-received", "needs-retry", "after-call")

_from_json: Final = json.JSONDecoder().raw_decode  # less for each call than `json.loads`

# botocore takes an answer for an error from here on; it follows no redirect.
_FIRST_ERROR: Final = HTTPStatus.MOVED_PERMANENTLY
_TEXTS_OF_ERROR: Final = frozenset({"__type", "code", "Code", "message", "Message"})

# AWS explains a wrong signature with the request as it was signed, session token and all.
_PRIVATE: Final = r"(?i)(x-amz-security-token\W{1,4})\S+|(AWS4-HMAC-SHA256 Credential=)[^\n]+"


@attrs.define(eq=False, repr=False)
class Reply:
    """What the service says to one call of ours; filled while the call is under way.

    Attributes:
        fast: Whether the JSON of the wire may be taken.
        wire: Whether it was: whether `body` has the wire's names (`apiId`) or boto3's (`ApiId`).
        body: The response's fields.
    """

    fast: bool
    wire: bool = False
    body: Any = None


# Set in the thread (or task) that makes the call: raw calls on the same client go by untouched.
_ours: ContextVar[Reply | None] = ContextVar("apigw2_ours", default=None)


def install(client: BaseClient) -> None:
    """Make a client able to take the fast way. A test double without events takes the other."""
    events = getattr(getattr(client, "meta", None), "events", None)
    if events is not None:
        handler = functools.partial(_before_parse, _Audience(events))
        events.register("before-parse.apigatewayv2", handler, unique_id="apigw2")


def call(
    operation: str,
    method: Callable[..., dict[str, Any]],
    parameters: Mapping[str, object],
    *,
    fast: bool,
) -> Reply:
    """Make one call of a boto3 client's method, and take the response where that can be done.

    Raises:
        ResponseShapeError: The response is no JSON object.
    """
    reply = Reply(fast)
    token = _ours.set(reply)
    try:
        parsed = method(**parameters)
    finally:
        _ours.reset(token)
    if not reply.wire:
        reply.body = {key: value for key, value in parsed.items() if key != "ResponseMetadata"}
    elif not isinstance(reply.body, dict):
        raise ResponseShapeError(operation, "", "a JSON object", reply.body)
    return reply


def _before_parse(
    audience: _Audience, operation_model: OperationModel, response_dict: dict[str, Any], **_: object
) -> None:
    """Take the response of a call of ours before botocore parses it.

    botocore would also take what is no JSON, such as a proxy's page, for a response without any
    field, which would read as an empty list.
    """
    reply = _ours.get()
    if reply is None:
        return
    if response_dict["status_code"] >= _FIRST_ERROR:
        response_dict["body"] = _error_body(response_dict["body"])
        return
    output = operation_model.output_shape
    if not reply.fast or (output is not None and "payload" in output.serialization):
        return
    body = _decoded(response_dict["body"])
    if output is not None and output.members:
        reply.body, reply.wire = body, True
    if not (isinstance(body, dict) and audience.watches(operation_model.name)):
        response_dict["body"] = b""


class _Audience:
    """Whoever else than botocore and we looks at what a client's calls are answered with.

    botocore has no public way to ask for an event's handlers, so this one may go. It keeps what
    it found for an event in a dict, and begins a new one when a handler comes or goes; as long
    as it is the same dict, what was found here is still true.
    """

    def __init__(self, events: Any) -> None:
        self._emitter = getattr(events, "_emitter", events)
        # The dict, and the operations that nobody watches; in one, as threads change it.
        self._alone: tuple[object, frozenset[str]] = (None, frozenset())

    def watches(self, operation: str) -> bool:
        """Whether somebody will look at what botocore parses of a response."""
        if _PARSER_LOG.isEnabledFor(logging.DEBUG):
            return True
        found = getattr(self._emitter, "_lookup_cache", None)
        then, alone = self._alone
        if found is not then:
            alone = frozenset[str]()
        elif operation in alone:
            return False
        search = getattr(getattr(self._emitter, "_handlers", None), "prefix_search", None)
        if found is None or search is None:
            return True
        for event in _EVENTS_WITH_RESPONSE:
            if not all(map(_is_known, search(f"{event}.apigatewayv2.{operation}"))):
                return True
        self._alone = (found, alone | {operation})
        return False


def _is_known(handler: Any) -> bool:
    function = handler.func if isinstance(handler, functools.partial) else handler
    module: str = getattr(function, "__module__", None) or ""
    return module.startswith(("botocore.", "apigw2._core."))


def _decoded(body: bytes) -> Any:
    """JSON as what it means, anything else as text."""
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
    """An error response without secrets, and in which botocore's parser does not stumble."""
    said = _decoded(body)
    if isinstance(said, dict):
        fields = cast("dict[str, Any]", said)
        known = {
            key: _without_secrets(value) if isinstance(value, str) else value
            for key, value in fields.items()
            if key not in _TEXTS_OF_ERROR or isinstance(value, str)
        }
        return json.dumps(known).encode()
    text = _text(body)
    if not text or text.startswith("<"):  # botocore has words of its own for a proxy's page
        return text.encode()
    return json.dumps({"message": text}).encode()
