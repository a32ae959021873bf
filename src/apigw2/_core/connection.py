"""The one place that calls boto3."""

from __future__ import annotations

import functools
import time
from typing import TYPE_CHECKING, Final, Literal

from botocore import xform_name
from botocore.exceptions import ClientError

from apigw2 import errors
from apigw2._core import decoding
from apigw2._core.failures import typed
from apigw2._core.retrying import Retries, logger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from botocore.client import BaseClient

    from apigw2._core.decoding import Reply
    from apigw2._core.limits import Limit

PreflightMode = Literal["error", "warn", "off"]

_method_name: Final = functools.cache(xform_name)


class Connection:
    """A boto3 client, and how the library calls it. Safe to share between threads."""

    __slots__ = ("_client", "_fast", "_retries", "limits", "preflight", "protocols")

    def __init__(
        self,
        client: BaseClient | None,
        retries: Retries = Retries(),  # noqa: B008  # frozen
        preflight: PreflightMode = "error",
        *,
        fast: bool = True,
    ) -> None:
        self._client = client
        self._retries = retries
        self._fast = fast
        self.preflight: PreflightMode = preflight
        # Of the APIs that were seen, by id; a protocol never changes.
        self.protocols: dict[str, str] = {}
        # Of the client's service model, by operation; clients may have different ones.
        self.limits: dict[str, Limit | None] = {}
        if client is not None:
            decoding.install(client)

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

    @property
    def sleep(self) -> Callable[[float], None]:
        """What waits, given seconds."""
        return self._retries.sleep

    def arn(self, path: str) -> str:
        """The ARN of something of this account and region, by its path in the service.

        The form is the developer guide's, "API Gateway ARN reference"; the account stays empty.
        """
        meta = self.client.meta
        return f"arn:{meta.partition}:apigateway:{meta.region_name}::{path}"

    def call(
        self, operation: str, parameters: Mapping[str, object], resource: Callable[[], str]
    ) -> Reply:
        """Make a call, patiently, and say what came back.

        Args:
            operation: AWS's name of the operation, such as `GetRoute`.
            parameters: boto3's parameters.
            resource: Says what the call is about, for messages.

        Raises:
            ServiceError: The service refused; the class says why.
            ResponseShapeError: It answered with something else than a JSON object.
        """
        method = getattr(self.client, _method_name(operation))
        begin = time.monotonic()
        paused = 0.0  # counts as well: an injected sleep need not take its time
        attempt = 0
        while True:
            attempt += 1
            try:
                return decoding.call(operation, method, parameters, fast=self._fast)
            except ClientError as error:
                failure = typed(error, operation, resource())
                spent = max(time.monotonic() - begin, paused)
                pause = self._retries.pause(operation, failure, attempt, spent)
                if pause is None:
                    raise failure from error
            logger.warning(
                "%s: %s; attempt %d follows in %.1f s", operation, failure, attempt + 1, pause
            )
            self._retries.sleep(pause)
            paused += pause

    def __repr__(self) -> str:
        """What signatures show as the default of objects that were made by hand."""
        return "DETACHED" if self._client is None else "CONNECTED"

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
