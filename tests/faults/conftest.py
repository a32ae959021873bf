"""A server for all tests of a process, clients of it, and the figures of a run."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import boto3
import pytest
from botocore.config import Config

import apigw2
from tests.faults.client import ATTEMPTS, DEADLINE, Faulty
from tests.faults.secrets import KEY_ID, SECRET_KEY, TOKEN
from tests.support import figures
from tests.support.pauses import no_pauses
from tests.support.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

FIGURES: Final[tuple[str, ...]] = (
    "faults tried",
    "ended in success",
    "ended in the documented error",
    "passed after a few tries, and ended in success",
    "creates that may have taken effect, sent once",
    "bad inputs tried, and refused without a request",
    "answers that cannot be used, read in both ways, each an error",
    "calls inside handlers of botocore's events, no result changed",
    "connections with damaged requests, none answered with a 500",
    "WebSocket conversations that broke the protocol, each ended rightly",
    "clients at once, whose updates were all kept",
)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture(scope="session")
def clients(server: Server) -> dict[float, Faulty]:
    session = boto3.Session(KEY_ID, SECRET_KEY, TOKEN, region_name="eu-central-1")
    pauses: list[float] = []

    def make(read_timeout: float) -> Faulty:
        gateway = apigw2.ApiGatewayV2(
            session=session,
            endpoint_url=server.url,
            config=Config(read_timeout=read_timeout, proxies={}),
            retries=apigw2.Retries(attempts=ATTEMPTS, deadline=DEADLINE, sleep=pauses.append),
            preflight="off",  # sample values violate the rules
        )
        return Faulty(gateway, server)

    return {timeout: make(timeout) for timeout in (0.05, 60.0)}


@pytest.fixture
def faulty(clients: dict[float, Faulty], monkeypatch: pytest.MonkeyPatch) -> Faulty:
    """The gateway, which retries without pauses."""
    no_pauses(monkeypatch)
    return clients[60.0]


@pytest.fixture
def hasty(clients: dict[float, Faulty], monkeypatch: pytest.MonkeyPatch) -> Faulty:
    """The gateway with a read timeout of 0.05 seconds."""
    no_pauses(monkeypatch)
    return clients[0.05]


class Records(logging.Handler):
    """Keeps the log records."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.taken.append(record)


@pytest.fixture
def records() -> Iterator[list[logging.LogRecord]]:
    """All log records of the library, but none of botocore."""
    handler, logger = Records(), logging.getLogger("apigw2")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield handler.taken
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


# --- figures ----------------------------------------------------------------------------------


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    totals = figures.count(terminalreporter)
    rows = [(name, [totals[name]]) for name in FIGURES]
    figures.show(terminalreporter, "faults", ("", ""), rows)
