"""The class of rules, and functions that make common ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
from botocore import xform_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MODEL: Final = "service model"
GUIDE: Final = "developer guide"
HTTP: Final = "HTTP"
WEBSOCKET: Final = "WEBSOCKET"
_OTHER: Final = {HTTP: WEBSOCKET, WEBSOCKET: HTTP}


@attrs.define(eq=False, repr=False)
class PendingCall:
    """A call before its request is sent.

    Attributes:
        operation: AWS's name of the operation.
        owner: The object whose method it is.
        request: boto3's parameters.
        protocol: The API's protocol, where it is known without a request.
    """

    operation: str
    owner: object
    request: Mapping[str, Any]
    protocol: str | None

    @property
    def is_create(self) -> bool:
        """Whether the call makes a new object; its owner is then the parent."""
        return self.operation.startswith("Create")

    def value(self, name: str) -> Any:
        """The value of a member after the call, if it is known.

        The request takes precedence over the snapshot that is updated. `None` means absent or
        unknown.
        """
        if self.is_create or name in self.request:
            return self.request.get(name)
        return getattr(self.owner, xform_name(name), None)


@attrs.frozen(eq=False, repr=False)
class Rule:
    """One row of the table of rules.

    Attributes:
        operations: The operations that it applies to.
        message: What is wrong, with the parameter's name in boto3's spelling.
        source: Who states the rule: `MODEL`, `GUIDE`, or a public issue.
        broken: Whether a call breaks it.
        protocol: The protocol of the APIs that it applies to; `None` for both. A call whose
            protocol is not known does not break it.
        rejection: What the service answers to a call that breaks it, as it was reported. Only a
            rule with a rejection blocks.
        advice: Returns what the call has, or what to write instead.
    """

    operations: Sequence[str]
    message: str
    source: str
    broken: Callable[[PendingCall], bool]
    protocol: str | None = None
    rejection: str = ""
    advice: Callable[[PendingCall], str] | None = None

    @property
    def blocks(self) -> bool:
        """Whether AWS is known to reject a call that breaks it."""
        return bool(self.rejection)

    def describe(self, call: PendingCall) -> str:
        """What is wrong with a call, with the rule's advice where it has one."""
        return self.message if self.advice is None else f"{self.message}: {self.advice(call)}"


def only(protocol: str, operations: Sequence[str], *names: str) -> list[Rule]:
    """Rules for parameters that only one protocol supports.

    The service ignores some of them in the other protocol (terraform-provider-aws sends
    `PassthroughBehavior` with every HTTP integration), so they warn. A value that switches the
    parameter off, such as `False` or `""`, breaks no rule.
    """

    def given(name: str) -> Callable[[PendingCall], bool]:
        return lambda call: bool(call.request.get(name))

    return [
        Rule(
            operations,
            f"{name} is supported for {protocol} APIs only",
            MODEL,
            given(name),
            protocol=_OTHER[protocol],
        )
        for name in names
    ]


def at_most(
    operations: Sequence[str],
    what: str,
    limit: int,
    items: Callable[[PendingCall], Sequence[object] | Mapping[str, object]],
    source: str = GUIDE,
) -> Rule:
    """A quota. Most can be raised for an account, so they warn."""
    return Rule(
        operations,
        f"{what}: more than {limit}, the default quota",
        source,
        lambda call: len(items(call)) > limit,
    )


def not_given(name: str) -> Callable[[PendingCall], str]:
    """Advice that shows the value of a member. Only for values that cannot be secret."""
    return lambda call: f"not {call.request[name]!r}"


def always(_: PendingCall) -> bool:
    """Every call of the operation breaks the rule."""
    return True


def is_managed(call: PendingCall) -> bool:
    """Whether a quick create made the object."""
    return getattr(call.owner, "api_gateway_managed", None) is True
