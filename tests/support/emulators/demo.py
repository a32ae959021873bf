"""Run the demo on MiniStack: `python -m tests.support.emulators.demo VENV [OPTIONS]`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.emulators.servers import running

PETSTORE = Path(__file__).parents[3] / "examples" / "petstore.py"


def main(venv: str, *options: str) -> int:
    """Start MiniStack, and run the demo against it."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        running("ministack", Path(venv), Path(scratch)) as server,
    ):
        command = [sys.executable, str(PETSTORE), "--endpoint-url", server.endpoint_url, *options]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
