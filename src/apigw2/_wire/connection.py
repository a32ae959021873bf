"""A boto3 client, and the one place that calls it."""

from __future__ import annotations

import functools
import time
from typing import TYPE_CHECKING, Any, Final, Protocol

from botocore import xform_name
from botocore.exceptions import ClientError, NoCredentialsError, ParamValidationError

from apigw2 import errors
from apigw2._service.arns import execute_api_arn, resource_arn
from apigw2._wire.error_mapping import map_error
from apigw2._wire.forks import close_after_fork
from apigw2._wire.pacing import TokenBucket
from apigw2._wire.response_capture import capture, install_capture
from apigw2._wire.retries import Retries, logger
from apigw2._wire.unknown_members import without_unknown_members

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from botocore.client import BaseClient

    from apigw2._wire.clients import ClientFactory
    from apigw2._wire.response_capture import CapturedResponse

_method_name: Final = functools.cache(xform_name)


class Checks(Protocol):
    """The checks before a request is sent. `_calls.preflight.Preflight` implements them."""

    def check(self, operation: str, owner: Any, request: Mapping[str, Any]) -> None: ...
    def explain(
        self, error: errors.BadRequestError, owner: Any, request: Mapping[str, Any]
    ) -> None: ...
    def remember(self, api: Any) -> None: ...
    def protocol_of(self, api_id: str) -> str | None: ...
    def endpoint_of(self, api_id: str) -> str | None: ...


def _no_management_client(url: str) -> BaseClient:
    del url
    raise _detached_error()


class Connection:
    """A boto3 client, and how the library calls it. Safe to share between threads.

    Args:
        client: The client; `None` for unpickled and directly constructed objects.
        retries: The retry policy.
        checks: The checks before a request is sent.
        make_management: Creates a client for `@connections`, given its URL.
        fast: Whether the JSON of responses may be taken before botocore parses it.
    """

    __slots__ = (
        "_checks",
        "_client",
        "_fast",
        "_on_conflict",
        "_retries",
        "bucket",
        "management_client",
    )

    def __init__(
        self,
        client: BaseClient | None,
        retries: Retries = Retries(),  # noqa: B008  # frozen
        checks: Checks | None = None,
        make_management: ClientFactory | None = None,
        *,
        fast: bool = True,
    ) -> None:
        self._client = client
        self._retries = retries
        self._checks = checks
        self._fast = fast
        self.bucket = TokenBucket(retries.sleep)
        # Clients are kept, because they keep their sockets open. A gateway has a few stages.
        self.management_client = functools.lru_cache(maxsize=64)(
            make_management or _no_management_client
        )
        self._on_conflict: Callable[[], None] | None = None
        if client is not None:
            install_capture(client)
            close_after_fork(client)

    @property
    def client(self) -> BaseClient:
        """The client.

        Raises:
            DetachedError: There is none.
        """
        if self._client is None:
            raise _detached_error()
        return self._client

    @property
    def checks(self) -> Checks:
        """The checks before a request is sent.

        Raises:
            DetachedError: There is no client to send a request with.
        """
        if self._checks is None:
            raise _detached_error()
        return self._checks

    @property
    def sleep(self) -> Callable[[float], None]:
        """Function used to sleep, given seconds."""
        return self._retries.sleep

    @property
    def region_name(self) -> str:
        """The client's region."""
        return str(self.client.meta.region_name)

    @property
    def partition(self) -> str:
        """The client's partition, such as `aws` or `aws-cn`."""
        return str(self.client.meta.partition)

    def watched(self, on_conflict: Callable[[], None]) -> Connection:
        """The same connection, which reports each conflict with another change of the API."""
        # Not by the constructor, which would register the client's handlers once more.
        watched = object.__new__(Connection)
        for name in self.__slots__:
            setattr(watched, name, getattr(self, name))
        watched._on_conflict = on_conflict
        return watched

    def arn(self, path: str) -> str:
        """The ARN of a resource of this region, by its path in the service."""
        return resource_arn(self.partition, self.region_name, path)

    def execute_api_arn(self, account_id: str, api_id: str, path: str) -> str:
        """The ARN of what an API of this region serves."""
        return execute_api_arn(self.partition, self.region_name, account_id, api_id, path)

    def call(
        self, operation: str, request: Mapping[str, object], resource: Callable[[], str]
    ) -> CapturedResponse:
        """Call an operation, with retries, and return the response.

        Args:
            operation: AWS's name of the operation, such as `GetRoute`.
            request: boto3's parameters.
            resource: Describes the object that the call is about, for messages.

        Raises:
            ServiceError: The service rejected the request; see its subclasses.
            ResponseShapeError: The response is not a JSON object.
        """
        method = getattr(self.client, _method_name(operation))
        start = time.monotonic()
        slept = 0.0  # counted as well, because an injected sleep may take no time
        attempt = 1
        while True:
            self.bucket.acquire()
            try:
                return capture(operation, method, request, fast=self._fast)
            except NoCredentialsError as error:
                raise errors.MissingCredentialsError from error
            except ParamValidationError:
                # botocore validates first, so this costs nothing while validation passes.
                known = without_unknown_members(self.client, operation, request)
                if known == request:
                    raise
                request = known
                continue
            except ClientError as error:
                mapped = map_error(error, operation, resource())
                spent = max(time.monotonic() - start, slept)
                pause = self._retries.pause(operation, mapped, attempt, spent)
                if self._on_conflict and isinstance(mapped, errors.ConcurrentModificationError):
                    self._on_conflict()
                if pause is None:
                    raise mapped from error
            logger.warning(
                "%s: %s; attempt %d follows in %.1f s", operation, mapped, attempt + 1, pause
            )
            self._retries.sleep(pause)
            slept += pause
            attempt += 1

    def __repr__(self) -> str:
        """Shown in signatures as the default of the `connection` parameter."""
        return "DETACHED" if self._client is None else "CONNECTED"

    def __copy__(self) -> Connection:
        """Copies of an object share its client."""
        return self

    def __deepcopy__(self, _: object) -> Connection:
        """Copies of an object share its client."""
        return self

    def __reduce__(self) -> tuple[object, ...]:
        """A client cannot be pickled, and its credentials must not be: unpickling detaches."""
        return (_detached, ())


DETACHED: Final = Connection(None)


def _detached() -> Connection:
    return DETACHED


def _detached_error() -> errors.DetachedError:
    return errors.DetachedError(
        "this object was unpickled or constructed directly and has no connection; "
        "gateway.attach(obj) returns one that can make requests"
    )
