"""Every error that the library raises.

    Apigw2Error
      ServiceError            the service rejected a request; also a botocore `ClientError`
        BadRequestError  NotFoundError  AccessDeniedError  TooManyRequestsError
        ConnectionGoneError  PayloadTooLargeError        of WebSocket connections
        QuotaExceededError    a quota on the number of objects is used up
        ConflictError         409; the subclass is chosen by the message:
          ConcurrentModificationError  ResourceInUseError  AlreadyExistsError
      ResponseShapeError      a response cannot be converted to the type of a result
      PreflightError          found before a request was sent; also a `ValueError`
        PlanBlockedError      the service cannot do what a plan needs
      WaitError
        WaitTimeoutError      the state was not reached in time; also a `TimeoutError`
        FailedStateError      the resource cannot reach the state by itself
      MultipleMatchesError    more than one object has the name that was looked for
      MissingRegionError  MissingCredentialsError        also botocore's errors
      BroadcastError          a message did not reach some WebSocket connections
      CascadeError            some of several objects were not deleted
      DetachedError           a method was called on an object without a connection
      PlanError               a plan cannot be made; also a `ValueError`
        AmbiguousMatchError   more than one integration matches a spec
      PlanStaleError          the API was changed after the plan was made
      ApplyError              a plan was applied only in part

An argument of the wrong type is Python's own `TypeError`. botocore's other errors, such as a lost
connection or a timeout, are raised unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import attrs
from botocore.exceptions import ClientError, NoCredentialsError, NoRegionError

import apigw2
from apigw2._arguments import shown

__all__ = [
    "AccessDeniedError",
    "AlreadyExistsError",
    "AmbiguousMatchError",
    "Apigw2Error",
    "ApplyError",
    "BadRequestError",
    "BroadcastError",
    "CascadeError",
    "ConcurrentModificationError",
    "ConflictError",
    "ConnectionGoneError",
    "DetachedError",
    "FailedStateError",
    "MissingCredentialsError",
    "MissingRegionError",
    "MultipleMatchesError",
    "NotFoundError",
    "PayloadTooLargeError",
    "PlanBlockedError",
    "PlanError",
    "PlanStaleError",
    "PreflightError",
    "PreflightWarning",
    "QuotaExceededError",
    "ResourceInUseError",
    "ResponseShapeError",
    "ServiceError",
    "TooManyRequestsError",
    "UnsentFieldWarning",
    "Violation",
    "WaitError",
    "WaitTimeoutError",
]


class Apigw2Error(Exception):
    """Base class of every error of this library.

    Example:
        >>> try:
        ...     api.create_stage("prod", auto_deploy=True).wait_until_deployed()
        ... except apigw2.Apigw2Error as error:
        ...     print(f"not deployed: {error}")
    """


class ServiceError(Apigw2Error, ClientError):
    """The service answered a request with an error.

    It is also a botocore `ClientError`, so existing `except` clauses keep working. botocore's own
    error is `__cause__`. A code that no subclass stands for is a plain `ServiceError`.

    Attributes:
        response: The parsed error response, as botocore returns it.
        operation_name: The operation in AWS's spelling, such as `GetRoute`.
        resource: The object that the call was made on, such as
            `Route(api_id='a1b2c3', route_id='d4e5f6')`.
        code: The service's error code, such as `NotFoundException`.
        message: The service's message.
        request_id: The id for AWS support; `None` if the response has none.

    Example:
        >>> try:
        ...     api.delete()
        ... except apigw2.ServiceError as error:
        ...     print(error.code, error.request_id)
    """

    def __init__(
        self, error_response: Mapping[str, object], operation_name: str, resource: str = ""
    ) -> None:
        """Make the error from botocore's parsed response."""
        response = cast("Any", error_response)
        super().__init__(response, operation_name)
        details: Mapping[str, object] = response.get("Error", {})
        metadata: Mapping[str, object] = response.get("ResponseMetadata", {})
        request_id = metadata.get("RequestId")
        self.resource: str = resource
        self.code: str = str(details.get("Code", ""))
        self.message: str = str(details.get("Message", ""))
        self.request_id: str | None = None if request_id is None else str(request_id)

    def __str__(self) -> str:
        """The service's message, the operation, and the object that the call was made on."""
        return f"{super().__str__()} [{self.resource}]" if self.resource else super().__str__()

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by the constructor's arguments, and keep what was set later, such as notes."""
        return (
            type(self),
            (self.response, self.operation_name, self.resource),
            self.__dict__,
        )


class BadRequestError(ServiceError):
    """400 `BadRequestException`: a parameter is missing, wrong, or not supported for the API.

    Example:
        >>> try:
        ...     api.reimport(document, fail_on_warnings=True)
        ... except apigw2.BadRequestError as error:
        ...     print(error.message)
    """


class AccessDeniedError(ServiceError):
    """403 `AccessDeniedException`: the caller is not authorized (portals and domain names).

    Example:
        >>> try:
        ...     portals = list(gw.list_portals())
        ... except apigw2.AccessDeniedError:
        ...     portals = []
    """


class NotFoundError(ServiceError):
    """404 `NotFoundException`: the object or one that the request refers to does not exist.

    Example:
        >>> try:
        ...     api.stage("preview").delete()
        ... except apigw2.NotFoundError:
        ...     pass  # already deleted
    """


class ConflictError(ServiceError):
    """409 `ConflictException`: in use, already exists, or another change is in progress.

    The service distinguishes these by the message only. A message that the library does not know
    is a plain `ConflictError`.

    Example:
        >>> try:
        ...     route.update(route_key="GET /animals")
        ... except apigw2.ConflictError as error:
        ...     print(error.message)
    """


class ConcurrentModificationError(ConflictError):
    """Another change of the same API was in progress, and still is after all retries.

    `Retries.deadline` is the number of seconds for which the library retries.

    Example:
        >>> hasty = apigw2.ApiGatewayV2(retries=apigw2.Retries(deadline=0))
        >>> try:
        ...     hasty.api("a1b2c3").update(version="2")
        ... except apigw2.ConcurrentModificationError:
        ...     print("another change is in progress")
    """


class ResourceInUseError(ConflictError):
    """The object cannot be deleted because another one refers to it.

    The service answers some of these deletes with 400 `BadRequestException` instead of 409, such as
    that of an API with API mappings. They raise this error, too; `code` is the service's code.

    Example:
        >>> try:
        ...     integration.delete()
        ... except apigw2.ResourceInUseError:
        ...     print([route.route_key for route in integration.referenced_by()])
        ['GET /pets']
    """


class AlreadyExistsError(ConflictError):
    """An object with this key or name already exists.

    Example:
        >>> try:
        ...     stage = api.create_stage("prod", auto_deploy=True)
        ... except apigw2.AlreadyExistsError:
        ...     stage = api.stage("prod").update(auto_deploy=True)
    """


class QuotaExceededError(ServiceError):
    """A quota on the number of objects is used up, such as 10 authorizers for each API.

    It is never retried, because waiting does not help: delete objects, or ask AWS for a higher
    quota. The service uses several codes for it, such as 429 with `ConflictException` for
    authorizers and integrations, and 400 `BadRequestException` for VPC links; `code` is the code
    that it sent.

    Example:
        >>> try:
        ...     gw.create_vpc_link("private", subnet_ids=subnets)
        ... except apigw2.QuotaExceededError:
        ...     print([link.name for link in gw.get_vpc_links()])
    """


class TooManyRequestsError(ServiceError):
    """429 `TooManyRequestsException`: the account sends too many requests.

    All control-plane requests of an account share a quota of 10 per second, with bursts of 40.

    Example:
        >>> try:
        ...     gw.create_vpc_link("private", subnet_ids=subnets)
        ... except apigw2.TooManyRequestsError as error:
        ...     print(error.message)
    """


class ConnectionGoneError(ServiceError):
    """410 `GoneException`: a WebSocket connection is closed, or was never open.

    It is also the answer to a message that is sent while `$connect` is still handled.

    Example:
        >>> try:
        ...     stage.connections.send(connection_id, {"text": "hello"})
        ... except apigw2.ConnectionGoneError:
        ...     table.delete_item(Key={"connection_id": connection_id})
    """


class PayloadTooLargeError(ServiceError):
    """413 `PayloadTooLargeException`: a WebSocket message exceeds the maximum of 128 KB.

    Example:
        >>> try:
        ...     stage.connections.send(connection_id, picture)
        ... except apigw2.PayloadTooLargeError:
        ...     stage.connections.send(connection_id, {"url": url_of(picture)})
    """


class BroadcastError(Apigw2Error):
    """A message did not reach some open WebSocket connections; it was sent to all others.

    The first of the errors is `__cause__`.

    Attributes:
        gone: Ids of the connections that are closed.
        failed: The error of each connection to which the message could not be sent, by id.

    Example:
        >>> try:
        ...     gone = stage.connections.broadcast(connection_ids, "hello")
        ... except apigw2.BroadcastError as error:
        ...     gone = error.gone
        ...     print(sorted(error.failed))
    """

    def __init__(self, gone: Sequence[str], failed: Mapping[str, Exception]) -> None:
        """Make the error from the connections."""
        super().__init__(gone, failed)
        self.gone: tuple[str, ...] = tuple(gone)
        self.failed: Mapping[str, Exception] = dict(failed)

    def __str__(self) -> str:
        """The number of connections, and the first error."""
        first = next(iter(self.failed.values()), None)
        return f"the message was not sent to {len(self.failed)} connections; the first: {first}"


class MissingRegionError(Apigw2Error, NoRegionError):
    """No region is configured; also a botocore `NoRegionError`.

    Example:
        >>> try:
        ...     gw = apigw2.ApiGatewayV2()
        ... except apigw2.MissingRegionError:
        ...     gw = apigw2.ApiGatewayV2(region_name="eu-central-1")
    """

    fmt = (
        "no AWS region is set: pass region_name='eu-central-1', or set AWS_DEFAULT_REGION, "
        "or `region` in ~/.aws/config"
    )


class MissingCredentialsError(Apigw2Error, NoCredentialsError):
    """No credentials are configured; also a botocore `NoCredentialsError`.

    Example:
        >>> try:
        ...     apis = gw.get_apis().all()
        ... except apigw2.MissingCredentialsError:
        ...     sys.exit("log in with: aws sso login")
    """

    fmt = (
        "no AWS credentials were found: run `aws configure` or `aws sso login`, "
        "or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    )


class ResponseShapeError(Apigw2Error):
    """A response cannot be converted to the type that a method returns.

    Attributes:
        operation_name: The operation in AWS's spelling, such as `GetRoute`.
        field: The position in the response, such as `route_key` or `items[3].tags['owner']`.
        expected: A description of the value that was expected.
        value: The value that was found; `None` if there was none.

    Example:
        >>> try:
        ...     routes = list(api.get_routes())
        ... except apigw2.ResponseShapeError as error:
        ...     print(error.field, error.expected, error.value)
    """

    def __init__(self, operation_name: str, field: str, expected: str, value: object) -> None:
        """Make the error from its attributes."""
        super().__init__(operation_name, field, expected, value)
        self.operation_name: str = operation_name
        self.field: str = field
        self.expected: str = expected
        self.value: object = value

    def __str__(self) -> str:
        """The operation, the field and the value; a long value is truncated."""
        return (
            f"{self.operation_name}: unusable response: "
            f"{self.field or 'the body'}: expected {self.expected}, got {shown(self.value)}"
        )


@attrs.frozen
class Violation:
    """A rule of the service that a call breaks.

    Attributes:
        message: The parameter, and what is wrong with it.
        source: The source of the rule: AWS's `service model`, AWS's `developer guide`, or a public
            issue such as `aws-cdk#9078`.
        blocks: Whether it raises `PreflightError` or only warns. Rules block only if AWS is known
            to reject such calls; bounds of the service model block, too.

    Example:
        >>> try:
        ...     api.create_route("pets")
        ... except apigw2.PreflightError as error:
        ...     for violation in error.violations:
        ...         print(violation.source, violation.blocks)
        developer guide True
    """

    message: str
    source: str
    blocks: bool

    def __str__(self) -> str:
        """The message and its source."""
        return f"{self.message} (source: {self.source})"


class PreflightError(Apigw2Error, ValueError):
    """A call that would fail was stopped before its request was sent.

    Attributes:
        violations: The rules of the service that the call breaks, if that is the reason.

    Example:
        >>> try:
        ...     api.create_route("pets")
        ... except apigw2.PreflightError as error:
        ...     print(error)
    """

    def __init__(self, message: str, violations: Sequence[Violation] = ()) -> None:
        """Make the error from a message and the broken rules."""
        super().__init__(message, violations)
        self.violations: tuple[Violation, ...] = tuple(violations)

    def __str__(self) -> str:
        """The message, and one line for each broken rule."""
        return "\n  - ".join([str(self.args[0]), *map(str, self.violations)])


class PreflightWarning(UserWarning):
    """A call breaks a rule that the service may not enforce, or no longer enforces.

    Example:
        >>> warnings.simplefilter("error", apigw2.PreflightWarning)  # stop such calls, too
    """


class UnsentFieldWarning(UserWarning):
    """A field of a value was not sent, because the installed botocore does not know it.

    Values that the service returned keep fields that are newer than the library (`extra`). They are
    sent back if botocore knows them; otherwise they are omitted with this warning.

    Example:
        >>> api.update(cors_configuration=api.cors_configuration)  # warns if Cors has a new field
    """


class WaitError(Apigw2Error):
    """A waiter did not reach its state.

    Attributes:
        last: The last snapshot that was fetched; `None` if none was. Its class is that of the
            object that was waited for.

    Example:
        >>> try:
        ...     portal = portal.wait_until_published()
        ... except apigw2.WaitError as error:
        ...     if isinstance(error.last, apigw2.Portal):
        ...         print(error, error.last.status_exception)
    """

    def __init__(self, message: str, last: apigw2.Snapshot | None = None) -> None:
        """Make the error from a message and the last snapshot."""
        super().__init__(message, last)
        self.last: apigw2.Snapshot | None = last

    def __str__(self) -> str:
        """The message."""
        return str(self.args[0])


class WaitTimeoutError(WaitError, TimeoutError):
    """The state was not reached in time. It may still be reached later.

    Example:
        >>> try:
        ...     link = link.wait_until_available(timeout=60)
        ... except apigw2.WaitTimeoutError as error:
        ...     print(f"not yet: {error.last}")
    """


class FailedStateError(WaitError):
    """The resource is in a state that it does not leave without a further change.

    Example:
        >>> try:
        ...     deployment.wait_until_deployed()
        ... except apigw2.FailedStateError as error:
        ...     print(error)
    """


class CascadeError(Apigw2Error):
    """Not all objects of a cascading delete were deleted.

    The error that stopped it is `__cause__`.

    Attributes:
        done: The objects that are deleted.
        left: The other objects, in the order in which they would have been deleted.

    Example:
        >>> try:
        ...     integration.delete(cascade=True)
        ... except apigw2.CascadeError as error:
        ...     print(error.done, error.left, error.__cause__)
    """

    def __init__(self, done: Sequence[object], left: Sequence[object]) -> None:
        """Make the error from the objects that are deleted and those that are not."""
        super().__init__(done, left)
        self.done: tuple[object, ...] = tuple(done)
        self.left: tuple[object, ...] = tuple(left)

    def __str__(self) -> str:
        """The objects that are deleted, and those that are left."""
        done = ", ".join(map(repr, self.done)) or "nothing"
        left = ", ".join(map(repr, self.left))
        return f"delete incomplete; deleted: {done}; not deleted: {left}"


class MultipleMatchesError(Apigw2Error, LookupError):
    """More than one object has the name or key that was looked for.

    Attributes:
        matches: The objects.

    Example:
        >>> try:
        ...     api = gw.find_api("petstore")
        ... except apigw2.MultipleMatchesError as error:
        ...     print(error.matches)
    """

    def __init__(self, message: str, matches: Sequence[apigw2.Snapshot]) -> None:
        """Make the error from a message and the objects."""
        super().__init__(message, matches)
        self.matches: tuple[apigw2.Snapshot, ...] = tuple(matches)

    def __str__(self) -> str:
        """The message, and each object on a line."""
        return "\n  - ".join([str(self.args[0]), *map(repr, self.matches)])


class PlanError(Apigw2Error, ValueError):
    """A plan cannot be made.

    It would delete more than `max_deletes`, or ARNs of another account are not rewritten; the
    message says which.

    Example:
        >>> try:
        ...     plan = gw.plan(petstore, prune=True, max_deletes=5)
        ... except apigw2.PlanError as error:
        ...     print(error)
    """


class AmbiguousMatchError(PlanError):
    """More than one integration matches a spec.

    Attributes:
        what: Description of the backend.
        candidates: Ids of the integrations.

    Example:
        >>> try:
        ...     api.ensure(pets)
        ... except apigw2.AmbiguousMatchError as error:
        ...     api.ensure(pets, match=api.integration(error.candidates[0]))
    """

    def __init__(self, what: str, candidates: Sequence[str]) -> None:
        """Make the error from the description of the integration and the candidates."""
        super().__init__(what, candidates)
        self.what: str = what
        self.candidates: tuple[str, ...] = tuple(candidates)

    def __str__(self) -> str:
        """The candidates, and how to choose one."""
        names = ", ".join(self.candidates)
        return (
            f"integration {self.what}: ambiguous, candidates are {names}; "
            "delete the others, or choose with api.ensure(spec, match=...)"
        )


class PlanBlockedError(PreflightError):
    """The service cannot do what a plan needs. Nothing was sent.

    Attributes:
        plan: The plan, in which `!` marks the blocked changes.
        violations: Everything that is blocked.

    Example:
        >>> try:
        ...     plan = gw.plan(petstore)
        ... except apigw2.PlanBlockedError as error:
        ...     print(error.plan)
    """

    def __init__(
        self, message: str, violations: Sequence[Violation] = (), plan: object = None
    ) -> None:
        """Make the error from everything that is blocked, and the plan."""
        super().__init__(message, violations)
        self.plan: object = plan


class PlanStaleError(Apigw2Error):
    """The API was changed after the plan was made. Nothing was sent.

    Attributes:
        plan: A new plan for the current state.

    Example:
        >>> try:
        ...     plan.apply()
        ... except apigw2.PlanStaleError as error:
        ...     print(error.plan)
    """

    def __init__(self, message: str, plan: object = None) -> None:
        """Make the error from a message and a new plan."""
        super().__init__(message, plan)
        self.plan: object = plan

    def __str__(self) -> str:
        """The message."""
        return str(self.args[0])


class ApplyError(Apigw2Error):
    """A plan was applied only in part. To continue, plan again and apply.

    The first error is `__cause__`.

    Attributes:
        done: Changes that were carried out.
        failed: Changes that failed; their outcome may be in doubt.
        left: Changes that were not started, or not finished.

    Example:
        >>> try:
        ...     gw.plan(petstore).apply()
        ... except apigw2.ApplyError as error:
        ...     print(error.failed, error.__cause__)
        ...     gw.plan(petstore).apply()
    """

    def __init__(
        self, done: Sequence[object], failed: Sequence[object], left: Sequence[object]
    ) -> None:
        """Make the error from the changes."""
        super().__init__(done, failed, left)
        self.done: tuple[object, ...] = tuple(done)
        self.failed: tuple[object, ...] = tuple(failed)
        self.left: tuple[object, ...] = tuple(left)
        self.context: Any = None  # for `ensure` to clean up

    def __str__(self) -> str:
        """The failed changes, the cause, and the numbers of applied and remaining changes."""
        failed = ", ".join(map(str, self.failed)) or "the plan"
        return (
            f"{failed} failed: {self.__cause__}; "
            f"{len(self.done)} changes are done, {len(self.left)} are left; plan again to continue"
        )


class DetachedError(Apigw2Error, RuntimeError):
    """A method that needs a client was called on an object without a connection.

    Unpickled and directly constructed objects have data but no client. `gateway.attach(obj)`
    returns one that can make requests.

    Example:
        >>> route = pickle.loads(stored)
        >>> try:
        ...     route.delete()
        ... except apigw2.DetachedError:
        ...     gw.attach(route).delete()
    """
