"""Settings of Hypothesis, and a service that records requests."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from tests.support.wire import Service

# The same examples in every run, so that a failure can be repeated anywhere.
settings.register_profile(
    "model",
    derandomize=True,
    database=None,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("model")


@pytest.fixture(scope="session")
def one_service() -> Service:
    return Service()


@pytest.fixture
def service(one_service: Service) -> Service:
    one_service.answer()
    return one_service
