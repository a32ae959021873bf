"""The one place that calls boto3."""

from __future__ import annotations

import json
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


# Where the call that is under way in this thread (or task) wants the JSON of its response.
_awaited: ContextVar[list[dict[str, Any]] | None] = ContextVar("apigw2_awaited", default=None)


def _take_body(operation_model: OperationModel, response_dict: dict[str, Any], **_: object) -> None:
    """Decode a response in place of botocore, while it is parsed (`before-parse`).

    botocore's walk over the response drops every field that its own model does not know, and is
    the slowest part of a call by far; the objects are made straight from the JSON instead. Raw
    calls on the same client, error responses and bodies that are not a JSON object are left to
    botocore.
    """
    awaited = _awaited.get()
    if awaited is None or response_dict["status_code"] >= HTTPStatus.MULTIPLE_CHOICES:
        return
    output = operation_model.output_shape
    if output is None or "payload" in output.serialization:
        return
    try:
        body = json.loads(response_dict["body"])
    except ValueError:
        return
    if isinstance(body, dict):
        awaited[:] = [body]
        response_dict["body"] = b""


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
        """
        begin = time.monotonic()
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._attempt(operation, parameters, resource)
            except errors.ServiceError as error:
                spent = time.monotonic() - begin
                pause = self._retries.pause(operation, error, attempt, spent)
                if pause is None:
                    raise
                logger.warning(
                    "%s: %s; attempt %d follows in %.1f s", operation, error, attempt + 1, pause
                )
                self._retries.sleep(pause)

    def _attempt(self, operation: str, parameters: Mapping[str, object], resource: str) -> Reply:
        method = getattr(self.client, xform_name(operation))
        awaited: list[dict[str, Any]] = []
        token = _awaited.set(awaited)
        try:
            parsed: dict[str, Any] = method(**parameters)
        except ClientError as error:
            raise typed(error, operation, resource) from error
        finally:
            _awaited.reset(token)
        if awaited:
            return Reply(awaited[0], wire=True)
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
