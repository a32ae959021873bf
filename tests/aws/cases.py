"""What a configuration is: calls in boto3's terms, and what the service answers to them.

A `Case` is one test, template or report of another project. Its steps are configurations, each
made from the one before it. A call leaves out the identifiers in its path: they are those of the
resources that were made last, or of the call that is `named` as the call's `of` says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal[
    "api",
    "api_mapping",
    "authorizer",
    "deployment",
    "domain_name",
    "export",
    "integration",
    "integration_response",
    "model",
    "portal_product",
    "route",
    "route_response",
    "routing_rule",
    "stage",
    "vpc_link",
]

Members = dict[str, Any]
"""Parameters, or members of a response, in boto3's terms."""

Preflight = Literal["blocks", "warns", "any"]


@attrs.frozen
class Ref:
    """A string with the identifiers of resources in it, such as `integrations/{IntegrationId}`."""

    text: str
    of: str = ""


@attrs.frozen
class AnyCase:
    """Strings whose case the source does not compare."""

    values: tuple[str, ...]


@attrs.frozen
class Marker:
    """What is said of a value instead of the value."""

    name: str


NOTHING: Final = Marker("absent, empty, false or zero")
"""What Terraform's state cannot tell from an absent value."""

PRESENT: Final = Marker("present")


@attrs.frozen(kw_only=True)
class Rejection:
    """How AWS rejects a call.

    Attributes:
        code: The error code, without `Exception`; empty if the source does not have it.
        message: A part of AWS's message.
        preflight: What preflight does before the call is sent; `any` if the data asks for nothing.
    """

    code: str
    message: str
    preflight: Preflight = "any"


@attrs.frozen(kw_only=True)
class Call:
    """One request.

    Attributes:
        operation: AWS's name of the operation.
        parameters: boto3's parameters, without the identifiers that follow from earlier calls.
        of: The named call whose identifiers it takes; the latest of each kind if empty.
        named: The name under which later calls find the identifiers.
        expected: The members of the response that the source asserts.
        rejected: How AWS rejects it.
    """

    operation: str
    parameters: Mapping[str, Any]
    of: str = ""
    named: str = ""
    expected: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    rejected: Rejection | None = None


@attrs.frozen
class Step:
    """One configuration: what leads to it, and what is read back."""

    calls: tuple[Call, ...]


@attrs.frozen(kw_only=True)
class Case:
    """A test of another project, step by step.

    Attributes:
        kind: The resource that it is about.
        source: The repository and the file, or the issue.
        name: The name of the test, of the template or of the recording.
        steps: The configurations.
    """

    kind: Kind
    source: str
    name: str
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return f"{self.kind}-{self.name}"

    @property
    def calls(self) -> tuple[Call, ...]:
        """All calls, in order."""
        return tuple(call for step in self.steps for call in step.calls)

    @property
    def rejected(self) -> bool:
        """Whether AWS rejects one of its calls."""
        return any(call.rejected for call in self.calls)


def call(operation: str, /, **parameters: object) -> Call:
    """Make a call that AWS accepts."""
    return Call(operation=operation, parameters=parameters)


def read(operation: str, /, **expected: object) -> Call:
    """Make a call that reads, and say what comes back."""
    return Call(operation=operation, parameters={}, expected=expected)


def named(name: str, call: Call) -> Call:
    """Give a name to a call, for later calls to find its identifiers."""
    return attrs.evolve(call, named=name)


def of(name: str, call: Call) -> Call:
    """Make a call about what a named call has made."""
    return attrs.evolve(call, of=name)


def answered(call: Call, **expected: object) -> Call:
    """Say what AWS answers to a call."""
    return attrs.evolve(call, expected=expected)


def rejected(code: str, message: str, call: Call, *, preflight: Preflight = "any") -> Call:
    """Say how AWS rejects a call."""
    rejection = Rejection(code=code, message=message, preflight=preflight)
    return attrs.evolve(call, rejected=rejection)


def step(*calls: Call) -> Step:
    """Make a configuration of the calls that lead to it."""
    return Step(calls)
