"""The library and the local gateway accept and reject the same configurations as AWS."""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

import apigw2
from tests.aws.cases import Kind
from tests.aws.compare import values
from tests.aws.configurations import CASES
from tests.aws.walker import Raw, Typed, Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.aws.cases import Case

    Note = Callable[[str, object], None]

ACCEPTED = [case for case in CASES if not case.rejected]
REJECTED = [case for case in CASES if case.rejected]


def test_the_names_of_cases_are_unique() -> None:
    names = [str(case) for case in CASES]
    assert len(names) == len(set(names))


def test_every_kind_has_configurations_and_each_is_read_back() -> None:
    assert {case.kind for case in ACCEPTED} == {*typing.get_args(Kind)}
    unread = [str(case) for case in ACCEPTED if not any(call.expected for call in case.calls)]
    assert not unread, f"add the expected response to {unread}"


@pytest.mark.parametrize("case", ACCEPTED, ids=str)
def test_the_local_gateway_accepts_and_returns_what_aws_does(
    case: Case, record_property: Note
) -> None:
    walk = Walk(Raw())
    for number, step in enumerate(case.steps, 1):
        for call in step.calls:
            response = walk.make(call)
            found = walk.differences(call, response)
            assert not found, f"step {number}: {found} ({case.source})"
            record_property(f"aws {case.kind} values", values(dict(call.expected)))
        record_property(f"aws {case.kind} accepted", 1)


@pytest.mark.parametrize("case", ACCEPTED, ids=str)
def test_the_library_sends_and_reads_what_aws_accepts(case: Case, record_property: Note) -> None:
    session = Typed()
    walk = Walk(session)
    for number, step in enumerate(case.steps, 1):
        session.warnings.clear()
        for call in step.calls:
            parameters = walk.parameters(call)
            response = walk.make(call)
            request = session.local.requests[-1]
            assert request.operation == call.operation
            assert without_siblings(request.params, parameters) == parameters
            found = walk.differences(call, response)
            assert not found, f"step {number}: {found} ({case.source})"
        record_property(f"aws {case.kind} warned of", int(bool(session.warnings)))


def one_line(message: str) -> str:
    """Replace tabs and line breaks, which reports of messages often lose."""
    return " ".join(message.split())


def without_siblings(sent: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that were sent, without those that the library adds."""
    return {name: value for name, value in sent.items() if name in given}


@pytest.mark.parametrize("case", REJECTED, ids=str)
def test_the_local_gateway_rejects_what_aws_rejects(case: Case, record_property: Note) -> None:
    walk = Walk(Raw())
    for call in case.calls:
        if call.rejected is None:
            walk.make(call)
            continue
        with pytest.raises(ClientError) as caught:
            walk.make(call)
        response: Any = caught.value.response  # its stubs declare every member as optional
        error = response["Error"]
        assert error["Code"].startswith(call.rejected.code)
        assert call.rejected.message in one_line(error["Message"])
        record_property(f"aws {case.kind} rejected", 1)


@pytest.mark.parametrize("case", REJECTED, ids=str)
def test_the_library_rejects_what_aws_rejects_with_the_listed_preflight(case: Case) -> None:
    session = Typed()
    walk = Walk(session)
    for call in case.calls:
        if call.rejected is None:
            walk.make(call)
            continue
        before = len(session.local.requests), len(session.warnings)
        with pytest.raises(apigw2.Apigw2Error) as caught:
            walk.make(call)
        blocked = isinstance(caught.value, apigw2.PreflightError)
        assert blocked == (len(session.local.requests) == before[0])
        if not blocked:
            assert isinstance(caught.value, apigw2.ServiceError)
            assert call.rejected.message in one_line(caught.value.message)
        if call.rejected.preflight == "blocks":
            assert blocked
        if call.rejected.preflight == "warns":
            assert not blocked
            assert len(session.warnings) > before[1]
