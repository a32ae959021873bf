"""Runs the code blocks of README.md and docs/, by language.

`python`   runs, in one namespace for the whole document; a block whose first line is a comment with
           a file name (`# test_pets.py`) is written to that file instead
`yaml`     is written to a file in the same way
`text`     is the output of the blocks since the last `text` block; `...` matches anything. All
           output must be shown in such a block
`console`  each line after `$ ` runs in the directory of those files; the lines after it are its
           output

A block in an HTML comment, `<!-- invisible-code-block: python`, runs as well: it prepares what the
page takes for granted. `<!-- skip: next "reason" -->` skips the next block. No other block is
skipped: a block in another language is an error.

README.md, the landing page, the tutorial and the guides are complete programs. Other pages are
given `apigw2` and `gw`. Hidden blocks of all pages may use `accounts`.

No network and no account is needed: a local gateway for each profile of `ACCOUNTS` answers the
clients that a block creates with boto3.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import botocore.session
from sybil import Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser, SkipParser
from sybil.parsers.markdown.lexers import FencedCodeBlockLexer

import apigw2
from apigw2.testing import LocalGateway

if TYPE_CHECKING:
    import pytest
    from sybil import Document, Example

Anything = Any
"""Arguments and results that are botocore's own."""

ROOT: Final = Path(__file__).parents[2]
REGION: Final = "eu-central-1"
# The profiles of the configuration file, and so the access keys, each with its account.
ACCOUNTS: Final = {
    "default": "123456789012",
    "shop": "111111111111",
    "billing": "222222222222",
}
COMPLETE: Final = ("README.md", "index.md", "tutorial.md")  # and the how-to guides
LANGUAGES: Final = ("python", "text", "console", "yaml")
FILE: Final = re.compile(r"# ([\w.-]+\.(?:py|ya?ml))\n")
_TIMEOUT: Final = 120  # seconds for one command


def documents() -> list[Path]:
    """README.md, CONTRIBUTING.md and every page."""
    pages = [page for page in (ROOT / "docs").rglob("*.md") if "_build" not in page.parts]
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(pages)]


def is_complete(path: Path) -> bool:
    """Whether the visible blocks of a page are a program, with its imports."""
    return path.parent.name == "how-to" or path.name in COMPLETE


class Page:
    """One document, its files and its output so far."""

    def __init__(self, path: Path, directory: Path, accounts: dict[str, LocalGateway]) -> None:
        self.directory = directory
        self.printed = ""
        parsers = [CodeBlockParser(name, getattr(self, f"_{name}")) for name in LANGUAGES]
        self.document: Document = Sybil([*parsers, SkipParser()]).parse(path)
        self.document.namespace["accounts"] = accounts
        if not is_complete(path):
            self.document.namespace |= {"apigw2": apigw2, "gw": apigw2.ApiGatewayV2()}

    def run(self) -> None:
        """Run every block, in order."""
        for example in self.document.examples():
            self._run(example)
        assert not self.printed, f"no text block shows this output: {self.printed}"

    def _run(self, example: Example) -> None:
        try:
            with contextlib.suppress(unittest.SkipTest):
                example.evaluate()
        except Exception as error:
            if sys.version_info >= (3, 11):
                error.add_note(f"in the block at {example.path}:{example.line}")
            raise

    def _written(self, example: Example) -> bool:
        named = FILE.match(example.parsed)
        if named is None:
            return False
        (self.directory / named[1]).write_text(example.parsed, encoding="utf-8")
        return True

    def _python(self, example: Example) -> None:
        if self._written(example):
            return
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            PythonEvaluator()(example)
        self.printed += output.getvalue()

    def _yaml(self, example: Example) -> str | None:
        return None if self._written(example) else "a YAML block has no file name"

    def _text(self, example: Example) -> str | None:
        printed, self.printed = self.printed, ""
        return difference(example.parsed, printed)

    def _console(self, example: Example) -> str | None:
        begin, *commands = re.split(r"^\$ ", example.parsed, flags=re.MULTILINE)
        if begin.strip() or not commands:
            return "a console block begins with `$ ` and a command"
        for lines in commands:
            command, _, expected = lines.partition("\n")
            output = self._shell(command)
            wrong = difference(expected, output) if expected.strip() else None
            if wrong:
                return wrong
        return None

    def _shell(self, command: str) -> str:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        done = subprocess.run(  # noqa: S602  # a reader types it in a shell
            command,
            shell=True,
            cwd=self.directory,
            env={**os.environ, "PATH": path, "PYTHONWARNINGS": "error"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_TIMEOUT,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}"
        return done.stdout


def difference(expected: str, printed: str) -> str | None:
    """The difference between the expected output and the actual one, if there is one."""
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    checker = doctest.OutputChecker()
    if checker.check_output(expected, printed, options):
        return None
    return checker.output_difference(doctest.Example("", expected), printed, options)


def languages(path: Path) -> set[str]:
    """The languages of a document's blocks, without directives of MyST such as `{toctree}`."""
    lexer = FencedCodeBlockLexer(r"[^\n{]*")
    found = lexer(Sybil([]).parse(path))
    return {region.lexemes["language"] for region in found}


def connect(
    patch: pytest.MonkeyPatch, directory: Path, region_name: str = REGION
) -> dict[str, LocalGateway]:
    """Let local gateways answer the clients of boto3, and let waiters poll without sleeping."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        patch.delenv(name)
    configuration = directory / "aws-config"
    configuration.write_text(
        "".join(
            f"[{'default' if name == 'default' else f'profile {name}'}]\n"
            f"region = {region_name}\n"
            f"aws_access_key_id = {name}\n"
            "aws_secret_access_key = testing\n"
            for name in ACCOUNTS
        )
    )
    patch.setenv("AWS_CONFIG_FILE", str(configuration))
    patch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    accounts = {
        name: LocalGateway(region_name=region_name, account_id=account, seed=1)
        for name, account in ACCOUNTS.items()
    }
    create = botocore.session.Session.create_client

    def answered(
        session: botocore.session.Session, *args: Anything, **kwargs: Anything
    ) -> Anything:
        client = create(session, *args, **kwargs)
        url = kwargs.get("endpoint_url")
        is_on_aws = url is None or ".execute-api." in url
        if kwargs.get("aws_access_key_id") is None and is_on_aws:
            credentials: Any = session.get_credentials()
            accounts[credentials.access_key].attach(client)
        return client

    patch.setattr(botocore.session.Session, "create_client", answered)
    patch.setattr("boto3.DEFAULT_SESSION", None)
    for name in apigw2.__all__:
        if name.endswith("Ref"):
            reference: type = getattr(apigw2, name)
            for method in vars(reference).values():
                _hurry(patch, method)
    return accounts


def _hurry(patch: pytest.MonkeyPatch, method: object) -> None:
    """Change the default of a waiter's `sleep`."""
    defaults: dict[str, object] = getattr(method, "__kwdefaults__", None) or {}
    if "sleep" in defaults:
        patch.setitem(defaults, "sleep", _no_sleep)


def _no_sleep(seconds: float) -> None:
    """Return at once: the local gateway's clock advances with each request."""
    del seconds
