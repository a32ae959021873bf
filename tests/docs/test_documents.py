"""Every code block of README.md and docs/ runs, and every link to a file is valid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import apigw2
from apigw2 import testing
from tests.support.documents import LANGUAGES, ROOT, Page, connect, documents, languages

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

# Links to headings are checked by `nox -s docs`.
_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)(?:#[^)\s]*)?\)")
_SKIP = re.compile(r"<!-- skip: (.*?) -->")
_DIRECTIVE = re.compile(r"^\.\. auto(?:class|data|exception|function):: (\w+)$", re.MULTILINE)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_the_code_blocks_of_a_document_run(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page(path, tmp_path, connect(monkeypatch, tmp_path))
    monkeypatch.chdir(tmp_path)
    page.run()


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_a_code_block_is_skipped_only_with_a_reason(path: Path) -> None:
    skips = _SKIP.findall(path.read_text(encoding="utf-8"))
    assert all(re.fullmatch('next "[^"]+"', skip) for skip in skips), skips


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_every_code_block_is_in_a_language_that_runs(path: Path) -> None:
    assert languages(path) <= set(LANGUAGES)


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_the_links_of_a_document_point_to_existing_files(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    dead = [link for link in _LINK.findall(text) if not (path.parent / link).exists()]
    assert not dead


@pytest.mark.parametrize("package", [apigw2, testing], ids=["apigw2", "apigw2.testing"])
def test_the_reference_has_every_public_name_once(package: ModuleType) -> None:
    pages = [page.read_text(encoding="utf-8") for page in (ROOT / "docs/reference").glob("*.md")]
    named = [
        name
        for page in pages
        if f".. currentmodule:: {package.__name__}\n" in page
        for name in _DIRECTIVE.findall(page)
    ]
    assert sorted(named) == sorted(package.__all__)
