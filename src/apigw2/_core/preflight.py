"""Checks of a call before a request is made: the table of rules, and the model's limits."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from apigw2._core.limits import limit
from apigw2._core.rules import Call, rules_for
from apigw2._core.shape import connection_of, identity_of
from apigw2.errors import PreflightError, PreflightWarning, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from botocore.client import BaseClient

    from apigw2._core.connection import Connection, PreflightMode
    from apigw2._core.limits import Limit
    from apigw2._core.shape import Owner


def violations(
    connection: Connection, operation: str, owner: Owner, sent: Mapping[str, Any]
) -> list[Violation]:
    """All that is known to be wrong with a call.

    Args:
        connection: Has the model's limits, and the protocols of the APIs that were seen.
        operation: AWS's name of the operation.
        owner: The object whose method it is.
        sent: boto3's parameters.
    """
    reads = operation.startswith(("Get", "List"))  # for which there is no rule
    if reads and len(sent) == len(identity_of(type(owner))):
        return []  # ids only, which have no limits either
    broken: list[Violation] = []
    if not reads:
        # `CreateApi` says the protocol, and so does an `Api`. Of other objects it is known where
        # their API has been seen.
        protocol: str | None = (
            sent.get("ProtocolType")
            or getattr(owner, "protocol_type", None)
            or connection.protocols.get(getattr(owner, "api_id", ""))
        )
        call = Call(operation, owner, sent, protocol)
        broken += [
            Violation(rule.message, rule.source, rule.blocks)
            for rule in rules_for(operation, protocol)
            if rule.broken(call)
        ]
    if operation not in connection.limits:
        connection.limits[operation] = _limit(connection.client, operation)
    found = connection.limits[operation]
    if found is not None:
        broken += found.find(sent, "", operation.startswith("Update"))
    return broken


def report(mode: PreflightMode, operation: str, broken: Sequence[Violation]) -> None:
    """Refuse a call that breaks a blocking rule, or warn of all that it breaks.

    Raises:
        PreflightError: Rules are broken, and the mode is `error`; it has all of them.
    """
    blocking = [violation for violation in broken if violation.blocks and mode == "error"]
    if blocking:
        message = f"{operation} would fail; preflight='off' sends it all the same"
        raise PreflightError(message, blocking)
    for violation in broken:
        warnings.warn(f"{operation}: {violation}", PreflightWarning, stacklevel=5)


def _limit(client: BaseClient, operation: str) -> Limit | None:
    model = getattr(getattr(client, "meta", None), "service_model", None)
    if model is None:  # a caller's test double
        return None
    return limit(model.operation_model(operation).input_shape)


def learn(apis: Iterable[Any]) -> None:
    """Keep the protocol of APIs that were seen."""
    for api in apis:
        connection_of(api).protocols[api.api_id] = api.protocol_type
