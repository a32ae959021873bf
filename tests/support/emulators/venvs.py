"""Virtual environments for the emulators, made once and reused.

MiniStack pins its own botocore, and moto would raise boto3 above the version under test. So each
has a separate environment. The nox sessions make them with

    python tests/support/emulators/venvs.py DIRECTORY ministack moto

and the fixtures in `fixtures.py` call `emulator_venv` in tests that run without nox.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

REQUIREMENTS = Path(__file__).parent
_SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"


def script(venv: Path, name: str) -> Path:
    """The path of the console script `name` in the environment `venv`."""
    return venv / _SCRIPTS / (f"{name}.exe" if sys.platform == "win32" else name)


def emulator_venv(name: str, directory: Path) -> Path:
    """Return an environment in `directory` that has the requirements of `NAME.txt` installed.

    Its name has a hash of the requirements, so raising a pin makes a new one. Processes that
    ask at the same time wait for the first. An environment that was left unfinished,
    or whose Python has gone, is made again.
    """
    requirements = REQUIREMENTS / f"{name}.txt"
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()[:12]
    venv = directory.absolute() / f"{name}-{digest}"
    complete = venv / "complete"
    directory.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{venv}.lock"):
        if complete.exists() and _starts(script(venv, "python")):
            return venv
        print(f"Installing {name} in {venv}", file=sys.stderr)
        _run(sys.executable, "-m", "virtualenv", "--quiet", "--clear", str(venv))
        _run(
            str(script(venv, "python")), "-m", "pip", "install", "--quiet", "-r", str(requirements)
        )
        complete.touch()
    return venv


def _starts(python: Path) -> bool:
    return python.exists() and subprocess.run([str(python), "-c", ""], check=False).returncode == 0


def _run(*command: str) -> None:
    done = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}")


def main(directory: str, *names: str) -> None:
    """Make the environments and print their paths, one a line."""
    for name in names:
        print(emulator_venv(name, Path(directory)))


if __name__ == "__main__":
    main(*sys.argv[1:])
