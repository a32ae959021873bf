"""Checks of a call before a request is made: the table of rules, and the model's constraints."""

from __future__ import annotations

import functools
import re
import warnings
from typing import TYPE_CHECKING, Any, Final

from botocore.model import ListShape, MapShape, StructureShape

from apigw2._core.annotations import holds_items, holds_map
from apigw2._core.failures import add_note
from apigw2._core.shape import connection_of, identity_of
from apigw2.errors import BadRequestError, PreflightError, PreflightWarning, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from botocore.client import BaseClient
    from botocore.model import Shape

    from apigw2._core.connection import PreflightMode
    from apigw2._core.shape import Owner

# botocore knows no limit of most strings and of some integers: AWS keeps them in the names of
# shapes, such as `StringWithLengthBetween1And64` and `IntegerWithLengthBetweenMinus1And86400`.
_LIMITS_IN_NAME: Final = re.compile(r"LengthBetween(Minus)?(\d+)And(\d+)(K?)")


def check(
    operation: str, owner: Owner, sent: Mapping[str, Any], mode: PreflightMode, client: BaseClient
) -> None:
    """Refuse a call that breaks a blocking rule, and warn of the others.

    Args:
        operation: AWS's name of the operation.
        owner: The object whose method it is.
        sent: boto3's parameters.
        mode: Whether to refuse, to warn only, or to let everything through.
        client: The client that has the service's model.

    Raises:
        PreflightError: Rules are broken, and the mode is `error`; it has all of them.
    """
    if mode == "off":
        return
    broken = violations(operation, owner, sent, client)
    blocking = [violation for violation in broken if violation.blocks and mode == "error"]
    if blocking:
        message = f"{operation} would fail; preflight='off' sends it all the same"
        raise PreflightError(message, blocking)
    for violation in broken:
        warnings.warn(f"{operation}: {violation}", PreflightWarning, stacklevel=5)


def explain(
    error: BadRequestError,
    operation: str,
    owner: Owner,
    sent: Mapping[str, Any],
    client: BaseClient,
) -> None:
    """Add the rules that a refused call breaks to the error, as notes."""
    for violation in violations(operation, owner, sent, client):
        add_note(error, f"preflight: {violation}")


def violations(
    operation: str, owner: Owner, sent: Mapping[str, Any], client: BaseClient
) -> list[Violation]:
    """All that is known to be wrong with a call."""
    reads = operation.startswith(("Get", "List"))  # for which there is no rule
    if reads and len(sent) == len(identity_of(type(owner))):
        return []  # ids only, which have no limits either
    broken = [] if reads else _broken_rules(operation, owner, sent)
    model = getattr(getattr(client, "meta", None), "service_model", None)
    if model is not None:  # a caller's test double may have none
        shape: Shape = model.operation_model(operation).input_shape
        broken += _constraints(shape, sent, "", clears=operation.startswith("Update"))
    return broken


def _broken_rules(operation: str, owner: Owner, sent: Mapping[str, Any]) -> list[Violation]:
    # Not at import time: most programs read more than they write.
    from apigw2._core.rules import BY_OPERATION, Call  # noqa: PLC0415

    protocol = sent.get("ProtocolType") or protocol_of(owner)
    call = Call(operation, owner, sent, protocol)
    return [
        Violation(rule.message, rule.source, rule.blocks)
        for rule in BY_OPERATION.get(operation, ())
        if rule.broken(call)
    ]


def protocol_of(owner: Owner) -> str | None:
    """The protocol of the API that an object belongs to, as far as it is known without a request.

    An `Api` says it. Of others it is known where this gateway has seen their API.
    """
    protocol: str | None = getattr(owner, "protocol_type", None)
    return protocol or connection_of(owner).protocols.get(getattr(owner, "api_id", ""))


def learn(apis: Iterable[Any]) -> None:
    """Keep the protocol of APIs that were seen."""
    for api in apis:
        connection_of(api).protocols[api.api_id] = api.protocol_type


def _constraints(shape: Shape, value: Any, path: str, *, clears: bool) -> Iterator[Violation]:
    """The model's limits that a value breaks, down to its leaves.

    Args:
        shape: The value's shape.
        value: boto3's form of it.
        path: Where it is, in boto3's names.
        clears: Whether `""` is allowed where the model has a minimum length, as updates use it to
            clear a field (docs/reliability.md has the table).
    """
    if isinstance(shape, StructureShape) and holds_map(value):
        members = shape.members
        for name in (name for name in value if name in members):
            below = f"{path}.{name}" if path else name
            yield from _constraints(members[name], value[name], below, clears=clears)
    elif isinstance(shape, ListShape) and holds_items(value):
        for index, item in enumerate(value):
            yield from _constraints(shape.member, item, f"{path}[{index}]", clears=clears)
    elif isinstance(shape, MapShape) and holds_map(value):
        for key, item in value.items():
            yield from _constraints(shape.value, item, f"{path}[{key!r}]", clears=clears)
    elif isinstance(value, (str, int, float)) and not (clears and value == ""):
        yield from _leaf(shape, value, path)


def _leaf(shape: Shape, value: str | float, path: str) -> Iterator[Violation]:
    least, most, pattern, enum = _limits(shape)
    size, unit = (len(value), " characters") if isinstance(value, str) else (value, "")
    if least is not None and size < least:
        yield Violation(f"{path}: {size}{unit}, and the least is {least}", "model", blocks=True)
    if most is not None and size > most:
        yield Violation(f"{path}: {size}{unit}, and the most is {most}", "model", blocks=True)
    if pattern is not None and not re.search(pattern, str(value)):
        yield Violation(f"{path}: {value!r} does not match {pattern}", "model", blocks=True)
    if enum and value not in enum:
        # The service learns new values before the model does, so this cannot block.
        known = ", ".join(enum)
        yield Violation(f"{path}: {value!r} is none of {known}", "model", blocks=False)


@functools.lru_cache(maxsize=1024)  # shapes; one service model has some 400
def _limits(shape: Shape) -> tuple[int | None, int | None, str | None, tuple[str, ...]]:
    """Least and most (of a number, or of a text's length), pattern and enumeration."""
    told = shape.metadata
    least, most = told.get("min"), told.get("max")
    hidden = _LIMITS_IN_NAME.search(shape.name)
    if hidden is not None:
        minus, low, high, kilo = hidden.groups()
        least, most = int(low) * (-1 if minus else 1), int(high) * (1024 if kilo else 1)
    return least, most, told.get("pattern"), tuple(told.get("enum", ()))
