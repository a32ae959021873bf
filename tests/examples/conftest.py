"""Run examples as users run them: as scripts, in separate processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from apigw2.testing import Clock, LocalGateway

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import apigw2

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run an example where it was downloaded to, without the shell's AWS settings.

    It can import installed modules only (`-I`), and warnings are errors. With `endpoint`, it sends
    its requests there instead of to AWS.
    """
    environment = {name: value for name, value in os.environ.items() if name[:4] != "AWS_"}

    def script(
        name: str, *arguments: str, status: int = 0, endpoint: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        downloaded = shutil.copy(EXAMPLES / name, tmp_path)
        account = {
            "AWS_ENDPOINT_URL": endpoint or "",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
        }
        done = subprocess.run(  # noqa: S603  # the project's own scripts
            [sys.executable, "-I", "-W", "error", downloaded, *arguments],
            cwd=tmp_path,
            env={
                **environment,
                **(account if endpoint else {}),
                "AWS_EC2_METADATA_DISABLED": "true",
            },
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done

    return script


@pytest.fixture
def local() -> LocalGateway:
    """A local gateway whose clock also runs between requests, as its clients over HTTP expect."""
    return LocalGateway(clock=Clock(running=True))


@pytest.fixture
def gw(local: LocalGateway) -> apigw2.ApiGatewayV2:
    return local.gateway()


@pytest.fixture
def endpoint(local: LocalGateway) -> Iterator[str]:
    """The URL of the local gateway, for an example in another process."""
    with local.serve() as url:
        yield url
