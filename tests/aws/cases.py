"""Configurations of AWS: calls with boto3 parameters, and the responses of the service.

A `Case` is one test, template or report of another project. Each of its steps changes the
configuration of the previous step. A call omits the identifiers in its path: they are those of the
latest resources, or of the call whose name is in `of`.
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
"""Parameters or members of a response, as in boto3."""

Preflight = Literal["blocks", "warns", "any"]


@attrs.frozen
class Ref:
    """A string with identifiers of resources, such as `integrations/{IntegrationId}`."""

    text: str
    of: str = ""


@attrs.frozen
class AnyCase:
    """Strings whose case the source does not compare."""

    values: tuple[str, ...]


@attrs.frozen
class Marker:
    """A property of a value, instead of the value."""

    name: str


NOTHING: Final = Marker("absent, empty, false or zero")
"""Values that the state of Terraform does not distinguish from an absent value."""

PRESENT: Final = Marker("present")


@attrs.frozen(kw_only=True)
class Rejection:
    """How AWS rejects a call.

    Attributes:
        code: The error code, without `Exception`; empty if the source lacks it.
        message: A part of the message.
        preflight: What preflight does before the call is sent; `any` if both are acceptable.
    """

    code: str
    message: str
    preflight: Preflight = "any"


@attrs.frozen(kw_only=True)
class Call:
    """One request.

    Attributes:
        operation: The name of the operation.
        parameters: The parameters, without the identifiers from earlier calls.
        of: The name of the call whose identifiers it uses; the latest ones if empty.
        named: The name by which later calls refer to its identifiers.
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
    """One configuration: the calls that create it and read it."""

    calls: tuple[Call, ...]


@attrs.frozen(kw_only=True)
class Case:
    """A test of another project, step by step.

    Attributes:
        kind: The type of the tested resource.
        source: The repository and the file, or the issue.
        name: The name of the test, template or recording.
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
    """Make a call that reads a resource, with the expected members of its response."""
    return Call(operation=operation, parameters={}, expected=expected)


def named(name: str, call: Call) -> Call:
    """Name a call, so that later calls can refer to its identifiers."""
    return attrs.evolve(call, named=name)


def of(name: str, call: Call) -> Call:
    """Let a call refer to the identifiers of a named call."""
    return attrs.evolve(call, of=name)


def answered(call: Call, **expected: object) -> Call:
    """Add the expected members of the response to a call."""
    return attrs.evolve(call, expected=expected)


def rejected(code: str, message: str, call: Call, *, preflight: Preflight = "any") -> Call:
    """Add the error of AWS to a call."""
    rejection = Rejection(code=code, message=message, preflight=preflight)
    return attrs.evolve(call, rejected=rejection)


def step(*calls: Call) -> Step:
    """Make a step of its calls."""
    return Step(calls)
