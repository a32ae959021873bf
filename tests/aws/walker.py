"""Runs the calls of a case on a local gateway, and compares the responses."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

import apigw2
from apigw2.testing import LocalGateway
from tests.aws.cases import Call, Ref
from tests.aws.compare import differences
from tests.support import calls, walk, wire

if TYPE_CHECKING:
    from collections.abc import Mapping

WAIT: Final = 60.0
"""Seconds between two calls, longer than any state transition."""

IDS: Final = frozenset(
    name for operation in walk.OPERATIONS for name in walk.located(operation, "uri")
) - {"ResourceArn", "RouteKey", "RequestParameterKey", "Specification"}


class Session(Protocol):
    """Sends calls to a local gateway."""

    local: LocalGateway

    def send(self, operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Send a call with boto3 parameters, and return the response as boto3 does."""
        ...


class Raw:
    """Sends calls with a boto3 client."""

    def __init__(self) -> None:
        self.local = LocalGateway()
        self._client: Any = self.local.client()

    def send(self, operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        response: dict[str, Any] = getattr(self._client, walk.snake(operation))(**parameters)
        response.pop("ResponseMetadata")
        return response


class Typed:
    """Sends calls with the methods of the library, and collects preflight warnings."""

    def __init__(self) -> None:
        self.local = LocalGateway()
        self.warnings: list[str] = []
        self._gateway = self.local.gateway()

    def reference(
        self, resource: walk.Resource | None, ids: Mapping[str, str] | None = None
    ) -> object:
        return wire.reference(self._gateway, resource, ids)

    def send(self, operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", apigw2.PreflightWarning)
            try:
                made = calls.call(self, operation, parameters)
            finally:
                self.warnings += [str(warning.message) for warning in caught]
        return response_of(operation, made)


def response_of(operation: str, made: object) -> dict[str, Any]:
    """Convert the result of a method back to a response."""
    if not walk.outputs(operation):
        return {}
    if isinstance(made, apigw2.Snapshot):
        return made.to_dict()
    pages = walk.pages(operation)
    if pages is not None:
        items = cast("tuple[apigw2.Snapshot, ...]", made)
        return {pages[0]: [item.to_dict() for item in items]}
    result = walk.method(operation).result
    (member,) = (result,) if result else walk.outputs(operation)
    return {member: made}


class Walk:
    """The progress of a case: the identifiers of its resources so far."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._latest: dict[str, str] = {}
        self._named: dict[str, dict[str, str]] = {}

    @property
    def api_id(self) -> str:
        """The id of the latest API."""
        return self._latest["ApiId"]

    def parameters(self, call: Call) -> dict[str, Any]:
        """The boto3 parameters of a call, including the identifiers in its path."""
        known = self._named[call.of] if call.of else self._latest
        path = {name: known[name] for name in walk.located(call.operation, "uri") if name in known}
        given: dict[str, Any] = self._resolved(call.parameters)
        return {**path, **given}

    def _resolved(self, value: Any) -> Any:  # noqa: ANN401 - of any shape
        if isinstance(value, Ref):
            return value.text.format(**(self._named[value.of] if value.of else self._latest))
        if isinstance(value, dict):
            members = cast("dict[str, object]", value)
            return {name: self._resolved(item) for name, item in members.items()}
        if isinstance(value, list):
            return [self._resolved(item) for item in cast("list[object]", value)]
        return value

    def make(self, call: Call) -> dict[str, Any]:
        """Send a call, remember the identifiers of its resource, and advance the clock."""
        parameters = self.parameters(call)
        response = self.session.send(call.operation, parameters)
        known = {**parameters, **response}
        found = {name: known[name] for name in IDS if isinstance(known.get(name), str)}
        self._latest.update(found)
        if call.named:
            self._named[call.named] = {**self._latest}
        self.session.local.clock.advance(WAIT)
        return response

    def differences(self, call: Call, response: Mapping[str, Any]) -> list[str]:
        """The differences between a response and the assertions of the source."""
        shape = walk.model(call.operation).output_shape
        if shape is None:
            return []
        expected = self._resolved(call.expected)
        return [*differences(expected, response, shape, call.operation)]
