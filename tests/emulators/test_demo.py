"""The demo, run as a script in a separate process."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import apigw2
    from tests.support.emulators.servers import Emulator

SCRIPT = Path(__file__).parents[2] / "examples" / "petstore.py"


def petstore(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)


def test_the_demo_does_every_step_on_the_local_gateway() -> None:
    done = petstore()
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert '"name": "Rex"' in done.stdout, "the response of the backend is shown"
    assert "GET /pets has no limit any more" in done.stdout
    assert "Note:" not in done.stdout, "no step needs a workaround"


def test_the_demo_does_every_step_on_ministack(ministack: Emulator) -> None:
    gw = ministack.gateway()
    before = list(gw.get_apis())
    done = petstore("--endpoint-url", ministack.endpoint_url)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert '"name": "Rex"' in done.stdout, "the response of the backend is shown"
    assert "NotFoundError" in done.stdout, "the typed error is shown"
    assert list(gw.get_apis()) == before, "nothing is left behind"


def test_the_demo_fails_on_moto_where_a_step_fails(moto: Emulator) -> None:
    gw: apigw2.ApiGatewayV2 = moto.gateway()
    before = list(gw.get_apis())
    # moto has no deployments.
    done = petstore("--endpoint-url", moto.endpoint_url)
    assert done.returncode == 1
    assert "ServiceError" in done.stderr
    assert "CreateDeployment" in done.stderr
    assert "Done" not in done.stdout
    assert list(gw.get_apis()) == before, "nothing is left behind"


def test_the_transcript_in_the_readme_is_what_the_demo_prints() -> None:
    readme = (SCRIPT.parents[1] / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```text\n(Call the deployed API\n.*?)```", readme, re.DOTALL)
    printed = re.sub(r"https://\w+\.", "https://....", petstore().stdout)
    assert shown in printed
