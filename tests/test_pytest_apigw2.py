"""The pytest plugin."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import apigw2
    from apigw2.testing import LocalGateway


def test_the_plugin_provides_its_fixtures(
    apigw2_local: LocalGateway, apigw2_gateway: apigw2.ApiGatewayV2
) -> None:
    apigw2_gateway.create_api("pets", protocol_type="HTTP")

    assert [request.operation for request in apigw2_local.requests] == ["CreateApi"]


def test_loading_the_plugin_imports_neither_apigw2_nor_boto3() -> None:
    """Pytest loads it in every run, by its entry point."""
    (plugin,) = entry_points(group="pytest11", name="apigw2")
    program = (
        f"import sys, {plugin.module}\n"
        "assert not {'apigw2', 'boto3', 'attrs'} & {*sys.modules}, sorted(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env=dict(os.environ))  # noqa: S603 - the interpreter itself
