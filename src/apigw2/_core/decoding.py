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
    from collections.abc import Callable, Iterable, Mapping

    from botocore.client import BaseClient
    from botocore.model import OperationModel

_PARSER_LOG: Final = logging.getLogger("botocore.parsers")
_EVENTS_WITH_RESPONSE: Final = ("before-parse", "response-received", "after-call")

# botocore takes an answer for an error from here on; it follows no redirect.
_FIRST_ERROR: Final = HTTPStatus.MOVED_PERMANENTLY
_TEXTS_OF_ERROR: Final = frozenset({"__type", "code", "Code", "message", "Message"})

# AWS explains a wrong signature with the request as it was signed, session token and all.
_SECRET: Final = re.compile(
    r"(x-amz-security-token\W{1,4})\S+|(AWS4-HMAC-SHA256 Credential=)[^\n]+", re.IGNORECASE
)


@attrs.define
class Reply:
    """What the service said to one call.

    Attributes:
        body: The response's fields.
        wire: Whether `body` is the JSON of the wire (`apiId`) or boto3's dict (`ApiId`).
    """

    body: dict[str, Any]
    wire: bool


@attrs.define
class _Ours:
    """A call of ours that is under way, and the JSON of its response."""

    fast: bool
    has_body: bool = False
    body: Any = None


# Set in the thread (or task) that makes the call: raw calls on the same client go by untouched.
_ours: ContextVar[_Ours | None] = ContextVar("apigw2_ours", default=None)


def install(client: BaseClient) -> None:
    """Make a client able to take the fast way. A test double without events takes the other."""
    events = getattr(getattr(client, "meta", None), "events", None)
    if events is not None:
        handler = functools.partial(_before_parse, events)
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
    ours = _Ours(fast)
    token = _ours.set(ours)
    try:
        parsed = method(**parameters)
    finally:
        _ours.reset(token)
    if not ours.has_body:
        fields = {name: value for name, value in parsed.items() if name != "ResponseMetadata"}
        return Reply(fields, wire=False)
    is_object = isinstance(ours.body, dict)
    if not is_object:
        raise ResponseShapeError(operation, "", "a JSON object", ours.body)
    return Reply(ours.body, wire=True)


def _before_parse(
    events: Any, operation_model: OperationModel, response_dict: dict[str, Any], **_: object
) -> None:
    """Take the response of a call of ours before botocore parses it.

    botocore would also take what is no JSON, such as a proxy's page, for a response without any
    field, which would read as an empty list.
    """
    ours = _ours.get()
    if ours is None:
        return
    if response_dict["status_code"] >= _FIRST_ERROR:
        response_dict["body"] = _error_body(response_dict["body"])
        return
    output = operation_model.output_shape
    if not ours.fast or (output is not None and "payload" in output.serialization):
        return
    body = _decoded(response_dict["body"])
    if output is not None and output.members:
        ours.body, ours.has_body = body, True
    if not (isinstance(body, dict) and _is_watched(events, operation_model.name)):
        response_dict["body"] = b""


def _is_watched(events: Any, operation: str) -> bool:
    """Whether somebody else than botocore and we will look at what botocore parses."""
    if _PARSER_LOG.isEnabledFor(logging.DEBUG):
        return True
    handlers_of = _asking(events)
    if handlers_of is None:
        return True
    for event in _EVENTS_WITH_RESPONSE:
        for handler in handlers_of(f"{event}.apigatewayv2.{operation}"):
            if not _is_known(handler):
                return True
    return False


def _asking(events: Any) -> Callable[[str], Iterable[Any]] | None:
    """The function that tells an event's handlers; botocore has no public one, so it may go."""
    emitter = getattr(events, "_emitter", events)
    # botocore keeps what it found for an event until a handler comes or goes.
    found: Any = getattr(emitter, "_lookup_cache", None)
    search: Any = getattr(getattr(emitter, "_handlers", None), "prefix_search", None)
    if found is None or search is None:
        return None

    def handlers_of(event: str) -> Iterable[Any]:
        handlers: Iterable[Any] | None = found.get(event)
        return search(event) if handlers is None else handlers

    return handlers_of


def _is_known(handler: Any) -> bool:
    function = handler.func if isinstance(handler, functools.partial) else handler
    module: str = getattr(function, "__module__", None) or ""
    return module == __name__ or module.startswith("botocore.")


def _decoded(body: bytes) -> Any:
    """JSON as what it means, anything else as text."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return _text(body)


def _text(body: bytes) -> str:
    return _without_secrets(body.decode(errors="replace").strip())


def _without_secrets(text: str) -> str:
    return _SECRET.sub(r"\1\2...", text)


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
