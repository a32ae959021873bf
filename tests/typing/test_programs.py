"""Type checkers in strict mode accept every program of the documentation and of examples/.

They see what a user of `apigw2[types]` sees: the checkers' own settings instead of the project's,
and no other stubs. Only `nox -s docs` runs this, because the other tests need no type checker.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from tests.support.documents import ROOT, documents
from tests.typing.programs import at_documents, blocks, modules, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SETTINGS = {
    "typeCheckingMode": "strict",
    "pythonVersion": "3.10",
    # Each block of a page can be copied alone, and hidden blocks are followed by complete ones.
    "reportDuplicateImport": False,
}


BROKEN = """\
# A page

Its first block is correct:

```python
from apigw2.testing import LocalGateway

gw = LocalGateway().gateway()
```

and its second one is not:

```python
print(gw.find_api("pets").name)
```
"""


def mypy(directory: Path, cache: Path) -> str:
    """The report of mypy on the modules of a directory; empty if it accepts them."""
    options = ("--strict", "--python-version=3.10", "--config-file=", "--no-error-summary")
    return output(directory, "mypy", *options, f"--cache-dir={cache}", ".")


def pyright(directory: Path) -> str:
    """The report of pyright on the modules of a directory; empty if it accepts them."""
    (directory / "pyrightconfig.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    report = output(directory, "pyright", f"--pythonpath={sys.executable}")
    return "" if report.startswith("0 errors, 0 warnings") else report


def output(directory: Path, *command: str) -> str:
    done = subprocess.run(  # noqa: S603  # the type checkers of this environment
        [sys.executable, "-m", *command],
        cwd=directory,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=280,
        check=False,
    )
    return done.stdout


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of mypy for all tests, without which each reads the library again."""
    return tmp_path_factory.mktemp("mypy")


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, str]]:
    """The directory of the modules, and the document of each."""
    directory = tmp_path_factory.mktemp("programs")
    return directory, write(directory)


def test_every_block_docstring_and_example_is_in_a_module(
    programs: tuple[Path, Mapping[str, str]],
) -> None:
    directory, sources = programs
    written: dict[str, str] = defaultdict(str)
    for module, document in sources.items():
        written[document] += (directory / module).read_text(encoding="utf-8")

    for path in documents():
        for block in blocks(path):
            assert block.parsed in written[path.relative_to(ROOT).as_posix()]
    assert {f"examples/{path.name}" for path in (ROOT / "examples").glob("*.py")} <= set(written)
    for name in ("gateway", "errors", "resources/api", "testing/_gateway"):
        assert "gw" in written[f"src/apigw2/{name}.py"]


def test_mypy_accepts_every_program(programs: tuple[Path, Mapping[str, str]], cache: Path) -> None:
    directory, sources = programs
    report = at_documents(mypy(directory, cache), sources)
    assert not report, report


def test_pyright_accepts_every_program(programs: tuple[Path, Mapping[str, str]]) -> None:
    directory, sources = programs
    report = at_documents(pyright(directory), sources)
    assert not report, report


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_an_error_has_the_page_and_its_line(checker: str, tmp_path: Path, cache: Path) -> None:
    page = tmp_path / "how-to" / "page.md"
    page.parent.mkdir()
    page.write_text(BROKEN, encoding="utf-8")
    found = modules(page, "docs/how-to/page.md")
    for module, source in found.items():
        (tmp_path / module).write_text(source, encoding="utf-8")

    report = mypy(tmp_path, cache) if checker == "mypy" else pyright(tmp_path)
    report = at_documents(report, dict.fromkeys(found, "docs/how-to/page.md"))

    (error,) = re.findall(r"^.+:\d+.* error: .*", report, re.MULTILINE)
    assert error.startswith("docs/how-to/page.md:14:")
    assert "name" in error
