"""`gather_map` on a real cluster, with a local gateway that has a fleet of accounts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from apigw2.testing import LocalGateway

PROGRAM = Path(__file__).parent / "cluster.py"


def test_gather_map_runs_on_a_dask_cluster() -> None:
    local = LocalGateway()
    for account_id in ("111111111111", "222222222222", "333333333333"):
        gw = local.gateway(account_id=account_id)
        gw.create_api(f"api-{account_id[0]}", protocol_type="HTTP")
    with local.serve() as url:
        done = subprocess.run(  # noqa: S603  # this Python
            [sys.executable, str(PROGRAM), url],
            capture_output=True,
            text=True,
            timeout=150,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    first, *of_accounts = done.stdout.splitlines()
    assert "serialize" in first, "Dask cannot send a listing"
    assert "it holds the client of its gateway" in done.stderr, "the error has the reason"
    assert of_accounts == [
        "111111111111 api-1",
        "222222222222 api-2",
        "no account PermissionError",
        "333333333333 api-3",
    ]
