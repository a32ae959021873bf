"""The HTTP request of every operation is the one that boto3 makes for the same parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model import checks
from tests.support.calls import call, raw
from tests.support.strategies import parameters, sample_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.strategies import Choice
    from tests.support.wire import Service


def assert_same_request(service: Service, operation: str, given_: Mapping[str, Any]) -> None:
    expected = service.request_of(lambda: raw(service, operation, given_))
    assert service.request_of(lambda: call(service, operation, given_)) == expected


@pytest.mark.parametrize("operation", checks.AGREEING)
@pytest.mark.parametrize("choice", ["minimal", "full", "random"])
@settings(max_examples=12)
@given(data=st.data())
def test_generated_parameters_give_the_request_that_boto3_sends(
    service: Service, operation: str, choice: Choice, data: st.DataObject
) -> None:
    assert_same_request(service, operation, data.draw(parameters(operation, choice)))


@pytest.mark.parametrize("operation", checks.AGREEING)
def test_falsy_values_are_sent_as_boto3_sends_them(service: Service, operation: str) -> None:
    assert_same_request(service, operation, sample_parameters(operation, falsy=True))


@pytest.mark.parametrize("operation", checks.AGREEING)
def test_each_parameter_alone_gives_the_request_that_boto3_sends(
    service: Service, operation: str
) -> None:
    required = sample_parameters(operation, every=False)
    for name, value in sample_parameters(operation).items():
        assert_same_request(service, operation, {**required, name: value})
