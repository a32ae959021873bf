"""Checks of a call before its request is sent: the table of rules, and the model's constraints."""

from __future__ import annotations

import functools
import threading
import warnings
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, cast, get_args

from apigw2._arguments import check_type, shown
from apigw2._calls.constraints import constraint
from apigw2._objects.references import identity_of
from apigw2._wire.error_mapping import add_note
from apigw2._wire.stack import caller_stack_level
from apigw2.errors import BadRequestError, PreflightError, PreflightWarning, Violation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.client import BaseClient

    import apigw2
    from apigw2._calls.constraints import Constraint

PreflightMode = Literal["error", "warn", "off"]
"""What happens to a call that breaks a rule: see `ApiGatewayV2`."""

_MAX_KNOWN_APIS: Final = 10_000  # a limit for the memory; an account has a few hundred APIs


class _KnownApi(NamedTuple):
    """What a gateway remembers of an API that it has created, fetched or listed."""

    protocol: str | None = None
    endpoint: str | None = None


_UNKNOWN: Final = _KnownApi()


class Preflight:
    """The checks of one client's calls. Safe to share between threads.

    Args:
        mode: What happens to a call that breaks a rule.
        client: The client, whose service model has the constraints. A test double need not have
            one.
    """

    def __init__(self, mode: PreflightMode, client: BaseClient) -> None:
        expected = ", ".join(map(repr, get_args(PreflightMode)))
        check_type("preflight", mode, str, f"one of {expected}")
        if mode not in get_args(PreflightMode):
            msg = f"preflight: {shown(mode)} is not one of {expected}"
            raise ValueError(msg)
        self.mode: PreflightMode = mode
        self._model = getattr(getattr(client, "meta", None), "service_model", None)
        # By id, the oldest first. Neither the protocol nor the endpoint of an API ever changes.
        self._known_apis: dict[str, _KnownApi] = {}
        self._lock = threading.Lock()
        self._constraint = functools.cache(self._new_constraint)

    def check(self, operation: str, owner: Any, request: Mapping[str, Any]) -> None:
        """Reject a call that breaks a blocking rule, and warn about the other rules it breaks.

        Args:
            operation: AWS's name of the operation.
            owner: The object whose method was called.
            request: boto3's parameters.

        Raises:
            PreflightError: The call breaks blocking rules, and the mode is `error`.
        """
        if self.mode == "off":
            return
        violations = self._violations(operation, owner, request)
        if not violations:
            return
        blocking = [v for v in violations if v.blocks] if self.mode == "error" else []
        if blocking:
            message = (
                f"{operation} was not sent because it would fail (preflight='off' sends it anyway)"
            )
            raise PreflightError(message, blocking)
        for violation in violations:
            warnings.warn(f"{operation}: {violation}", PreflightWarning, caller_stack_level())

    def explain(self, error: BadRequestError, owner: Any, request: Mapping[str, Any]) -> None:
        """Add the rules that a rejected call breaks to the service's error, as notes."""
        for violation in self._violations(error.operation_name, owner, request):
            add_note(error, f"preflight: {violation}")

    def remember(self, api: apigw2.Api) -> None:
        """Remember the protocol of an API, which rules depend on, and its endpoint."""
        with self._lock:
            self._known_apis[api.api_id] = _KnownApi(api.protocol_type, api.api_endpoint)
            if len(self._known_apis) > _MAX_KNOWN_APIS:
                del self._known_apis[next(iter(self._known_apis))]

    def protocol_of(self, api_id: str) -> str | None:
        """The protocol of an API; `None` if the gateway has not seen the API."""
        return self._known_apis.get(api_id, _UNKNOWN).protocol

    def endpoint_of(self, api_id: str) -> str | None:
        """The `apiEndpoint` of an API; `None` if the gateway has not seen the API."""
        return self._known_apis.get(api_id, _UNKNOWN).endpoint

    def _violations(
        self, operation: str, owner: Any, request: Mapping[str, Any]
    ) -> list[Violation]:
        reads = operation.startswith(("Get", "List"))  # there are no rules for these
        if reads and len(request) == len(identity_of(cast("type[object]", type(owner)))):
            return []  # only ids, which have no constraints
        violations: list[Violation] = []
        if not reads:
            violations += self._broken_rules(operation, owner, request)
        check = self._constraint(operation)
        if check is not None:
            violations += check(request, "")
        return violations

    def _broken_rules(
        self, operation: str, owner: Any, request: Mapping[str, Any]
    ) -> list[Violation]:
        # Imported here because a program that only reads needs no rule.
        from apigw2._service.rules import PendingCall, rules_for  # noqa: PLC0415  # see above

        protocol = self._protocol(owner, request)
        call = PendingCall(operation, owner, request, protocol)
        return [
            Violation(rule.describe(call), rule.source, rule.blocks)
            for rule in rules_for(operation, protocol)
            if rule.broken(call)
        ]

    def _protocol(self, owner: Any, request: Mapping[str, Any]) -> str | None:
        """The protocol of the API that a call belongs to, if it is known without a request.

        `CreateApi` and an `Api` have it. For other objects, the gateway must have seen the API.
        """
        # On the class, because a missing attribute of an instance costs the making of an error.
        has_one = hasattr(cast("type[object]", type(owner)), "protocol_type")
        own: str | None = owner.protocol_type if has_one else None
        protocol: str | None = (
            request.get("ProtocolType") or own or self.protocol_of(getattr(owner, "api_id", ""))
        )
        return protocol

    def _new_constraint(self, operation: str) -> Constraint | None:
        if self._model is None:
            return None
        # An update clears a text with `""`, which the model's minimum length does not allow.
        clears = operation.startswith("Update")
        return constraint(self._model.operation_model(operation).input_shape, clears=clears)
