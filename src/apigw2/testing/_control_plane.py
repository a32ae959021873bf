"""The entry point of the control plane: from a request to its response and its record."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any

import attrs

from apigw2.testing import _control
from apigw2.testing._errors import ApiError, Dropped
from apigw2.testing._faults import Fault, RecordedRequest, error_of
from apigw2.testing._history import ActivityEvent, Requests, copied
from apigw2.testing._http import MAX_BODY, internal_error, too_large
from apigw2.testing._protocol import load_protocol
from apigw2.testing._signature import signed_for

if TYPE_CHECKING:
    from random import Random
    from threading import RLock

    from apigw2.testing._accounts import Accounts
    from apigw2.testing._clock import Clock
    from apigw2.testing._faults import Faults
    from apigw2.testing._history import Activity
    from apigw2.testing._http import Request, Response
    from apigw2.testing._protocol import Protocol
    from apigw2.testing._signature import Scope


@attrs.define
class _Call:
    """The progress of a request, for its record."""

    operation: str = ""
    params: dict[str, Any] = attrs.field(factory=dict[str, Any])
    fault: Fault = Fault()  # noqa: RUF009 - frozen


@attrs.define(kw_only=True)
class ControlPlane:
    """Handles the requests to the control plane, with faults, rate limits and a record of each.

    Attributes:
        accounts: The resources of each account and region.
        lock: The lock that guards them.
        default: The account and region of requests that are not signed for others.
        clock: The gateway's clock.
        faults: The faults to inject.
        random: Source of request ids, guarded by the same lock.
        activity: The log of requests.
    """

    accounts: Accounts
    lock: RLock
    default: Scope
    clock: Clock
    faults: Faults
    random: Random
    activity: Activity
    _protocol: Protocol = attrs.field(factory=load_protocol, init=False)
    _requests: Requests = attrs.field(factory=Requests, init=False)

    def requests(self) -> list[RecordedRequest]:
        """The recorded requests, oldest first."""
        with self.lock:
            return self._requests.all()

    def handle(self, request: Request, timeout: float | None) -> Response:
        """Answer a request.

        Args:
            request: The request.
            timeout: Seconds that the caller waits for the response.

        Raises:
            Dropped: A fault drops the connection.
            TimeoutError: A fault delays the response beyond the timeout.
        """
        started = time.perf_counter()
        call = _Call()
        response = self._answer(request, call)
        response = call.fault.damaged(response)
        status = 0 if call.fault.drops else response.status
        request_id = self._record(request, call, status)
        call.fault.wait(timeout)
        self.activity.add(
            ActivityEvent(
                plane="control",
                at=self.clock.now(),
                method=request.method,
                path=request.path,
                status=status,
                seconds=time.perf_counter() - started,
                action=call.operation,
                api_id=str(call.params.get("ApiId", "")),
            )
        )
        if call.fault.drops:
            raise Dropped
        return attrs.evolve(response, headers={**response.headers, "x-amzn-requestid": request_id})

    def _answer(self, request: Request, call: _Call) -> Response:
        try:
            return self._carry_out(request, call)
        except ApiError as error:
            return self._protocol.write_error(error)
        except ImportError:
            raise  # an extra is missing; the exception says how to install it
        except Exception as error:  # noqa: BLE001 - the service, too, answers whatever happens
            return internal_error(error)

    def _carry_out(self, request: Request, call: _Call) -> Response:
        operation, path_parameters = self._protocol.match(request)
        call.operation = operation.name
        call.fault = self.faults.take(operation.name)
        scope = signed_for(request, self.default)
        with self.lock:
            self.clock.tick()
            self.accounts.limit_rate(scope, operation.name)
            if len(request.body) > MAX_BODY:
                return too_large()
            call.params = operation.read(path_parameters, request)
            injected = error_of(call.fault.kind)
            if injected is not None:
                raise injected
            control = self.accounts.control(scope)
            return operation.write(_control.handle(control, operation, call.params))

    def _record(self, request: Request, call: _Call, status: int) -> str:
        """Record a request, and return a new request id."""
        with self.lock:
            self._requests.add(
                RecordedRequest(
                    operation=call.operation,
                    params=copied(call.params),
                    method=request.method,
                    path=request.path,
                    headers=request.headers,
                    body=b"" if len(request.body) > MAX_BODY else request.body,
                    status=status,
                    at=self.clock.now(),
                )
            )
            return str(uuid.UUID(int=self.random.getrandbits(128), version=4))
