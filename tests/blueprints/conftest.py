"""Settings of the tests of blueprints: the number of examples, and the figures of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, settings

import apigw2
from tests.support import figures

if TYPE_CHECKING:
    from collections.abc import Iterator

FIGURES: Final = (
    "blueprints generated",
    "plans applied",
    "second plans empty",
    "plans blocked before the first request",
    "faults injected",
    "converged after a fault",
)
settings.register_profile(
    "blueprints",
    derandomize=True,
    database=None,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


@pytest.fixture(autouse=True)
def _lenient() -> Iterator[None]:
    """Generated blueprints break rules that only warn."""
    import warnings  # noqa: PLC0415  # only this fixture needs it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", apigw2.PreflightWarning)
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    totals = figures.count(terminalreporter)
    rows = [(name, [totals[name]]) for name in FIGURES]
    figures.show(terminalreporter, "blueprints", ("", ""), rows)
