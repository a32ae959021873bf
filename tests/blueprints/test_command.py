"""`python -m apigw2` against a served local gateway."""

from __future__ import annotations

import io
import json
import runpy
import sys
from typing import TYPE_CHECKING, Final

import attrs
import pytest

import apigw2
from apigw2._blueprints.command import main
from apigw2.testing import LocalGateway
from tests.blueprints.samples import OTHER, PETS, http, route

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

A: Final = http(route("GET /pets", target=PETS), stages=[apigw2.StageSpec("prod")])


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with LocalGateway().serve() as served:
        yield served


def test_files_are_planned_applied_exported_and_compared(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.json"
    A.dump(file)
    where = ("--endpoint-url", url)
    assert main(["plan", str(file), *where]) == 2
    assert "+ route GET /pets" in capsys.readouterr().out
    assert main(["plan", str(file), "--json", *where]) == 2
    assert json.loads(capsys.readouterr().out)["counts"]["create"] == 4
    assert main(["apply", str(file), *where]) == 0
    assert "done: " in capsys.readouterr().out
    assert main(["apply", str(file), "--json", *where]) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []
    assert main(["plan", str(file), *where]) == 0
    assert "no changes" in capsys.readouterr().out
    assert main(["export", "petstore", "--json", *where]) == 0
    (tmp_path / "b.json").write_text(capsys.readouterr().out)
    assert main(["export", "petstore", "--output", str(tmp_path / "c.yaml"), *where]) == 0
    assert main(["export", "petstore", *where]) == 0
    assert capsys.readouterr().out == (tmp_path / "c.yaml").read_text()
    assert main(["diff", str(file), str(tmp_path / "b.json")]) == 0
    attrs.evolve(A, version="${v}").dump(tmp_path / "d.json")
    text = (tmp_path / "d.json").read_text().replace("$${v}", "${v}")
    (tmp_path / "d.json").write_text(text)
    assert main(["diff", str(file), str(tmp_path / "d.json"), "--var", "v=2"]) == 2
    assert 'version: absent → "2"' in capsys.readouterr().out


def test_options_prune_rewrite_and_choose_the_api(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--endpoint-url", url)
    file, other = tmp_path / "a.json", tmp_path / "b.json"
    A.dump(file)
    http(route("GET /pets", target=OTHER), version="2").dump(other)
    assert main(["apply", str(file), "--rewrite", ":123456789012:=:111111111111:", *where]) == 0
    ident = capsys.readouterr().out.split("done: ")[1].split(" ")[0]
    assert main(["export", ident, "--json", *where]) == 0
    assert "111111111111" in capsys.readouterr().out
    options = ("--api", ident, "--prune", *where)
    assert main(["plan", str(other), "--max-deletes", "0", *options]) == 1
    assert "max_deletes=0" in capsys.readouterr().err
    assert main(["apply", str(other), *options]) == 0


def test_an_error_is_one_line_and_a_blocked_plan_is_shown(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "nosuch", "--endpoint-url", url]) == 1
    assert capsys.readouterr().err == "error: no API 'nosuch'\n"
    assert main(["diff", str(tmp_path / "x.json"), str(tmp_path / "y.json")]) == 1
    assert "x.json" in capsys.readouterr().err
    file = tmp_path / "a.json"
    http(route("pets", target=PETS)).dump(file)
    assert main(["plan", str(file), "--endpoint-url", url]) == 1
    shown = capsys.readouterr().err
    assert "+ route pets" in shown
    assert "error: petstore: the plan cannot be applied; nothing was sent" in shown


def test_export_names_the_apis_that_share_a_name(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    gateway = apigw2.ApiGatewayV2(endpoint_url=url)
    ids = [gateway.create_api("petstore", protocol_type="HTTP").api_id for _ in "ab"]
    assert main(["export", "petstore", "--endpoint-url", url]) == 1
    shown = capsys.readouterr().err
    assert all(ident in shown for ident in ids)


def test_the_schema_is_printed_and_a_wrong_option_is_explained(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "apigw2 blueprint"
    with pytest.raises(SystemExit):
        main(["diff", "a", "b", "--var", "novalue"])
    assert "NAME=VALUE" in capsys.readouterr().err


def test_the_command_runs_as_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["apigw2", "schema"])
    monkeypatch.delitem(sys.modules, "apigw2.__main__", raising=False)
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("apigw2", run_name="__main__")
    assert caught.value.code == 0


@pytest.mark.parametrize(("is_terminal", "arrow"), [(False, "→"), (True, "\\u2192")])
def test_output_is_utf_8_in_files_and_escaped_on_terminals(
    is_terminal: bool,  # noqa: FBT001  # of pytest's table
    arrow: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Output(io.TextIOWrapper):
        def isatty(self) -> bool:
            return is_terminal

    a, b = tmp_path / "a.json", tmp_path / "b.json"
    http().dump(a)
    http(version="1").dump(b)
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Output(written, encoding="ascii"))
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["diff", str(a), str(b)]) == 2
    sys.stdout.flush()
    assert f'version: absent {arrow} "1"' in written.getvalue().decode()


def test_an_interrupt_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(apigw2.Blueprint, "load", interrupt)
    assert main(["diff", str(tmp_path), str(tmp_path)]) == 130
    assert capsys.readouterr().err == "interrupted; plan again to continue\n"


def test_output_may_be_any_stream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    http().dump(tmp_path / "a.json")
    output = io.StringIO()
    monkeypatch.setattr(sys, "stdout", output)
    assert main(["diff", *[str(tmp_path / "a.json")] * 2]) == 0
    assert "no changes" in output.getvalue()
