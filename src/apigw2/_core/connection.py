"""The one place that calls boto3."""

from __future__ import annotations

import json
import re
import time
from contextvars import ContextVar
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import attrs
from botocore import xform_name
from botocore.exceptions import ClientError

from apigw2 import errors
from apigw2._core.failures import typed
from apigw2._core.retrying import Retries, logger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.client import BaseClient
    from botocore.model import OperationModel

    from apigw2._core.preflight import PreflightMode


@attrs.define
class Reply:
    """What the service said to one call.

    Attributes:
        body: The response's fields.
        wire: Whether `body` is the JSON of the wire (`apiId`) or boto3's dict (`ApiId`).
    """

    body: dict[str, Any]
    wire: bool


# botocore takes an answer for an error from here on; it follows no redirect.
_FIRST_ERROR: Final = HTTPStatus.MOVED_PERMANENTLY
_TEXTS_OF_ERROR: Final = frozenset({"__type", "code", "Code", "message", "Message"})

# AWS explains a wrong signature with the request as it was signed, session token and all.
_SECRET: Final = re.compile(
    r"(x-amz-security-token\W{1,4})\S+|(AWS4-HMAC-SHA256 Credential=)[^\n]+", re.IGNORECASE
)

# Where the call that is under way in this thread (or task) wants the JSON of its response.
_awaited: ContextVar[list[Any] | None] = ContextVar("apigw2_awaited", default=None)


def _take_body(operation_model: OperationModel, response_dict: dict[str, Any], **_: object) -> None:
    """Decode a response in place of botocore, while it is parsed (`before-parse`).

    botocore's walk over the response drops every field that its own model does not know, and is
    the slowest part of a call by far; the objects are made straight from the JSON instead. It also
    takes what is no JSON, such as a proxy's page, for a response without any field, which would
    read as an empty list. Raw calls on the same client are left to botocore.
    """
    awaited = _awaited.get()
    if awaited is None:
        return
    if response_dict["status_code"] >= _FIRST_ERROR:
        response_dict["body"] = _error_body(response_dict["body"])
        return
    output = operation_model.output_shape
    if output is not None and "payload" in output.serialization:
        return
    if output is not None and output.members:
        awaited[:] = [_decoded(response_dict["body"])]
    response_dict["body"] = b""


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
        known = {
            key: _without_secrets(value) if isinstance(value, str) else value
            for key, value in said.items()
            if key not in _TEXTS_OF_ERROR or isinstance(value, str)
        }
        return json.dumps(known).encode()
    text = _text(body)
    if not text or text.startswith("<"):  # botocore has words of its own for a proxy's page
        return text.encode()
    return json.dumps({"message": text}).encode()


class Connection:
    """A boto3 client, and how the library calls it. Safe to share between threads."""

    __slots__ = ("_client", "_retries", "preflight")

    def __init__(
        self,
        client: BaseClient | None,
        retries: Retries = Retries(),  # noqa: B008  # frozen
        preflight: PreflightMode = "error",
    ) -> None:
        self._client = client
        self._retries = retries
        self.preflight: PreflightMode = preflight
        events = getattr(getattr(client, "meta", None), "events", None)
        if events is not None:  # a caller's test double may have none
            events.register("before-parse.apigatewayv2", _take_body, unique_id="apigw2")

    @property
    def client(self) -> BaseClient:
        """The client, or `DetachedError` where there is none."""
        if self._client is None:
            msg = (
                "this object was unpickled or made by hand and has no connection; "
                "gateway.attach(obj) gives one that can make requests"
            )
            raise errors.DetachedError(msg)
        return self._client

    def arn(self, path: str) -> str:
        """The ARN of something of this account and region, by its path in the service.

        The form is the developer guide's, "API Gateway ARN reference"; the account stays empty.
        """
        meta = self.client.meta
        return f"arn:{meta.partition}:apigateway:{meta.region_name}::{path}"

    def call(self, operation: str, parameters: Mapping[str, object], resource: str) -> Reply:
        """Make a call, patiently, and say what came back.

        Args:
            operation: AWS's name of the operation, such as `GetRoute`.
            parameters: boto3's parameters.
            resource: What the call is about, for messages.

        Raises:
            ServiceError: The service refused; the class says why.
            ResponseShapeError: It answered with something else than a JSON object.
        """
        begin = time.monotonic()
        paused = 0.0  # counts as well: an injected sleep need not take its time
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._attempt(operation, parameters, resource)
            except errors.ServiceError as error:
                spent = max(time.monotonic() - begin, paused)
                pause = self._retries.pause(operation, error, attempt, spent)
                if pause is None:
                    raise
                logger.warning(
                    "%s: %s; attempt %d follows in %.1f s", operation, error, attempt + 1, pause
                )
                self._retries.sleep(pause)
                paused += pause

    def _attempt(self, operation: str, parameters: Mapping[str, object], resource: str) -> Reply:
        method = getattr(self.client, xform_name(operation))
        awaited: list[Any] = []
        token = _awaited.set(awaited)
        try:
            parsed: dict[str, Any] = method(**parameters)
        except ClientError as error:
            raise typed(error, operation, resource) from error
        finally:
            _awaited.reset(token)
        if awaited:
            (body,) = awaited
            if not isinstance(body, dict):
                raise errors.ResponseShapeError(operation, "", "a JSON object", body)
            return Reply(body, wire=True)
        parsed.pop("ResponseMetadata", None)
        return Reply(parsed, wire=False)

    def __copy__(self) -> Connection:
        """Copies of an object share its client."""
        return self

    def __deepcopy__(self, _: object) -> Connection:
        """Copies of an object share its client."""
        return self

    def __reduce__(self) -> tuple[object, ...]:
        """A client cannot be pickled, nor may its credentials: what comes back is detached."""
        return (_detached, ())


DETACHED: Final = Connection(None)


def _detached() -> Connection:
    return DETACHED
