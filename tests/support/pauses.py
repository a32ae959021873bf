"""botocore's retries, without the time between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.retries.quota import RetryQuota

if TYPE_CHECKING:
    import pytest


def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let botocore retry at once, and as often as a test has failures."""

    def no_delay(*_: object) -> float:
        return 0

    def always(*_: object) -> bool:
        return True

    # botocore has no setting for the pauses between attempts.
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", no_delay)
    # A client has a budget of 100 retries, which only successes refill. The tests have thousands
    # of failures and share one client.
    monkeypatch.setattr(RetryQuota, "acquire", always)
