"""Fixtures: a headless Chromium and a served gateway. `nox -s browser` runs these tests."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from selenium import webdriver

from apigw2.testing import LocalGateway

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def program(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is not installed; on Debian: apt-get install chromium chromium-driver"
    return found


@pytest.fixture
def local() -> LocalGateway:
    return LocalGateway()


@pytest.fixture
def url(local: LocalGateway) -> Iterator[str]:
    with local.serve() as url:
        yield url


@pytest.fixture
def browser(tmp_path: Path, url: str) -> Iterator[Any]:
    del url  # the server stops after the browser, which would report it as unreachable
    options = webdriver.ChromeOptions()
    options.binary_location = program("chromium")
    for flag in (*_FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1280,900"):
        options.add_argument(flag)
    service = webdriver.ChromeService(program("chromedriver"))
    # Parts of selenium have no annotations.
    driver: Any = webdriver.Chrome(options=options, service=service)
    driver.implicitly_wait(0)
    yield driver
    # Errors of scripts, and violations of the content security policy.
    reported = [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
    driver.quit()
    assert reported == []
