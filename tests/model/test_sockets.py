"""The requests on a socket are those that `tests.support.wire` records."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

import apigw2
from tests.model import checks
from tests.support import walk
from tests.support.calls import call, raw
from tests.support.loopback import serving
from tests.support.strategies import AWKWARD, sample_parameters
from tests.support.wire import Service

if TYPE_CHECKING:
    from collections.abc import Iterator


class Recorder(BaseHTTPRequestHandler):
    """Records requests literally."""

    arrived: list[tuple[str, str | None, object]]

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        self.arrived.append((self.requestline, self.headers["Content-Type"], body))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815  # as http.server calls

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as http.server has it
        pass


class Live(Service):
    """The same client and gateway, whose requests go to a server."""

    def __init__(self, url: str) -> None:
        super().__init__()
        session: Any = boto3.Session(region_name="eu-central-1")
        self.client = session.client(
            "apigatewayv2",
            endpoint_url=url,
            config=Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1}),
        )
        self.gateway = apigw2.ApiGatewayV2(client=self.client, preflight="off")


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    Recorder.arrived = []
    with serving(Recorder) as url:
        service = Live(url)
        yield service
        service.client.close()


SOME = ("DeleteRouteSettings", "ExportApi", "UpdateRoute", "GetTags", "UntagResource", "ImportApi")


@pytest.mark.parametrize("operation", [name for name in SOME if name in checks.AGREEING])
@pytest.mark.parametrize("text", AWKWARD)
def test_a_request_on_the_socket_is_the_one_that_boto3_sends(
    live: Live, operation: str, text: str
) -> None:
    parameters: dict[str, Any] = {
        name: text if value == "text" or name in walk.located(operation, "uri") else value
        for name, value in sample_parameters(operation).items()
    }
    Recorder.arrived.clear()
    raw(live, operation, parameters)
    try:
        call(live, operation, parameters)
    except apigw2.ResponseShapeError:
        assert walk.subject(operation)  # an empty answer is not a resource
    expected, found = Recorder.arrived
    assert _sorted_query(found) == _sorted_query(expected)


def _sorted_query(request: tuple[str, str | None, object]) -> tuple[object, ...]:
    line, *rest = request
    method, target, version = line.split(" ")
    path, _, query = target.partition("?")
    return (method, path, sorted(query.split("&")), version, *rest)
