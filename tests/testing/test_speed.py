"""The local gateway is quick: quicker than moto's mock, in one run."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.support.emulators.fixtures import venv_of
from tests.support.emulators.venvs import script

TIMED = """
import time

def seconds(client):
    api = client.create_api(Name="pets", ProtocolType="HTTP")["ApiId"]
    begin = time.perf_counter()
    for number in range(1000):
        client.create_route(ApiId=api, RouteKey=f"GET /pets/{number}")
    return time.perf_counter() - begin

"""
LOCAL = (
    TIMED
    + """
from apigw2.testing import LocalGateway

print(seconds(LocalGateway(quotas={"routes": 1000}).client()))
"""
)
MOTO = (
    TIMED
    + """
import boto3
from moto import mock_aws

with mock_aws():
    print(seconds(boto3.client("apigatewayv2", region_name="us-east-1")))
"""
)


def run(python: str, program: str) -> float:
    # Without coverage, which would measure only one of the two, and make it slow.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    done = subprocess.run(  # noqa: S603 - a program of our own
        [python, "-c", program], capture_output=True, check=True, env=environment, text=True
    )
    return float(done.stdout)


@pytest.mark.xdist_group("moto")
def test_a_thousand_routes(pytestconfig: pytest.Config) -> None:
    python = str(script(venv_of("moto", pytestconfig), "python"))
    # In turns, and the best of each: other tests run on the same machine.
    local, moto = zip(
        *((run(sys.executable, LOCAL), run(python, MOTO)) for _ in range(2)), strict=True
    )

    assert min(local) < min(moto)
