"""The figures of a run, by type of resource."""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING, Final

from tests.aws.cases import Kind
from tests.support import figures

if TYPE_CHECKING:
    import pytest

COUNTED: Final = ("accepted", "warned of", "values", "rejected")
CAPTURES: Final = (
    "events and responses captured on AWS, compared",
    "equal to those of the local gateway",
)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    totals = figures.count(terminalreporter)
    rows = [
        (kind, [totals[f"aws {kind} {what}"] for what in COUNTED]) for kind in typing.get_args(Kind)
    ]
    rows.append(("all", [sum(column) for column in zip(*(row for _, row in rows), strict=True)]))
    header = ("Kind", *(what.capitalize() for what in COUNTED))
    figures.show(terminalreporter, "aws", header, rows)
    figures.show(
        terminalreporter, "captures", ("", ""), [(name, [totals[name]]) for name in CAPTURES]
    )
