"""`python -m apigw2.testing`: its arguments, its output, and the APIs that it creates."""

from __future__ import annotations

import json
import logging
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

import apigw2
from apigw2._blueprints.command import main as library_main
from apigw2.testing.__main__ import main
from apigw2.testing._server import Server
from tests.support.local_gateway import plain_client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOCUMENT = {
    "openapi": "3.0.1",
    "info": {"title": "petstore", "version": "1"},
    "paths": {
        "/pets/{id}": {
            "get": {
                "x-amazon-apigateway-integration": {
                    "type": "aws_proxy",
                    "httpMethod": "POST",
                    "uri": "arn:aws:lambda:us-east-1:123456789012:function:pets",
                    "payloadFormatVersion": "2.0",
                }
            }
        }
    },
}


HANDLERS = """
class Pets:
    @staticmethod
    def get(event, context):
        return event["rawPath"]

number = 7
"""

Run = Callable[..., tuple[list[str], list[bytes]]]
"""Maps arguments, and a function from the output to paths, to the output and the responses."""


@pytest.fixture
def handlers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "handlers_of_a_test.py").write_text(HANDLERS)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    yield
    sys.modules.pop("handlers_of_a_test", None)


def list_apis(_: list[str]) -> list[str]:
    return ["/v2/apis?nextToken=secret"]


def no_paths(_: list[str]) -> list[str]:
    return []


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line, send requests, and interrupt it."""
    serve = Server.serve_forever

    def run(
        *arguments: str, paths: Callable[[list[str]], list[str]] = no_paths
    ) -> tuple[list[str], list[bytes]]:
        lines: list[str] = []
        answers: list[bytes] = []

        def interrupted(server: Server) -> None:
            thread = Thread(target=serve, args=(server,))
            thread.start()
            lines.extend(capsys.readouterr().out.splitlines())
            for path in paths(lines):
                connection = HTTPConnection("127.0.0.1", server.port)
                connection.request("GET", path)
                answers.append(connection.getresponse().read())
                connection.close()
            server.close()
            thread.join()
            raise KeyboardInterrupt

        monkeypatch.setattr(Server, "serve_forever", interrupted)
        assert main(arguments) == 0
        return lines, answers

    return run


def test_the_first_line_is_the_url_alone_and_the_next_say_how_to_call(
    run: Run,
) -> None:
    lines, _ = run()

    parts = urlsplit(lines[0])
    assert (parts.scheme, parts.hostname, parts.path) == ("http", "127.0.0.1", "")
    assert f"http://API_ID.execute-api.localhost:{parts.port}/PATH" in lines[2]
    assert f"{lines[0]}/_aws/execute-api/API_ID/PATH" in lines[2]
    assert f"{lines[0]}/_apigw2/" in lines[3]


@pytest.mark.usefixtures("handlers")
def test_a_document_and_a_function_make_an_api_that_answers(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "petstore.json"
    file.write_text(json.dumps(DOCUMENT))

    def paths(lines: list[str]) -> list[str]:
        by_host, _, by_path = lines[-1].partition(" or ")
        assert by_host.startswith("petstore: http://")
        return [urlsplit(by_path).path + "pets/7"]

    lines, answers = run(
        "--function", "pets=handlers_of_a_test:Pets.get", "--openapi", str(file), paths=paths
    )

    assert len(lines) == 5
    assert answers == [b"/pets/7"]


@pytest.mark.usefixtures("handlers")
def test_a_blueprint_and_a_function_make_an_api_that_answers_at_each_stage(
    tmp_path: Path, run: Run
) -> None:
    file = tmp_path / "petstore.json"
    pets = apigw2.integrations.lambda_function(
        "arn:aws:lambda:us-east-1:123456789012:function:pets"
    )
    apigw2.Blueprint(
        name="petstore",
        protocol_type="HTTP",
        routes=[apigw2.RouteSpec("GET /pets/{id}", target=pets)],
        stages=[apigw2.StageSpec("$default"), apigw2.StageSpec("prod")],
    ).dump(file)

    def paths(lines: list[str]) -> list[str]:
        addresses = [line.removeprefix("petstore: ").split(" or ") for line in lines[4:]]
        assert sorted(urlsplit(by_host).path for by_host, _ in addresses) == ["/", "/prod/"]
        return [urlsplit(by_path).path + "pets/7" for _, by_path in addresses]

    lines, answers = run(
        "--function", "pets=handlers_of_a_test:Pets.get", "--blueprint", str(file), paths=paths
    )

    assert len(lines) == 6
    assert sorted(answers) == [b"/pets/7", b"/prod/pets/7"]


def test_a_websocket_api_of_a_blueprint_has_websocket_urls(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "chat.json"
    apigw2.Blueprint(
        name="chat",
        protocol_type="WEBSOCKET",
        route_selection_expression="$request.body.action",
        stages=[apigw2.StageSpec("prod")],
    ).dump(file)

    lines, _ = run("--blueprint", str(file))

    by_host, _, by_path = lines[-1].removeprefix("chat: ").partition(" or ")
    assert (urlsplit(by_host).scheme, urlsplit(by_host).path) == ("ws", "/prod/")
    assert (urlsplit(by_path).scheme, by_path.endswith("/prod/")) == ("ws", True)


def test_an_api_without_a_stage_is_reported(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "empty.json"
    apigw2.Blueprint(name="empty", protocol_type="HTTP").dump(file)

    lines, _ = run("--blueprint", str(file))

    assert lines[-1] == "empty: cannot be called, because it has no stage"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", "{", "Expecting property name"),
        ("a.json", "[]", "a.json: "),
        ("a.json", '{"name": "a", "protocol_type": "FTP"}', "FTP"),
        ("a.json", '{"name": "a", "protocol_type": "HTTP", "routes": 7}', "routes"),
        ("a.json", '{"name": "${team}", "protocol_type": "HTTP"}', "team"),
        ("a.json", '{"name": "a", "protocol_type": "HTTP", "routes": {"FETCH pets": {}}}', "FETCH"),
        ("a.json", "[" * 100_000, "a.json: "),
        ("a.yaml", "a: [\n  b: {\n", "line 3"),
        ("a.yaml", "\x00", "a.yaml: "),
    ],
)
def test_an_invalid_blueprint_is_rejected_in_one_line(
    tmp_path: Path, name: str, text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    file.write_text(text)

    with pytest.raises(SystemExit) as caught:
        main(["--blueprint", str(file)])

    assert caught.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith(f"python -m apigw2.testing: error: {file}: ")
    assert last.count(str(file)) == 1
    assert message in last


def test_the_command_line_serves_a_gateway() -> None:
    command = [sys.executable, "-m", "apigw2.testing", "--region", "eu-west-1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - the interpreter itself
        try:
            assert server.stdout is not None
            url = server.stdout.readline().strip()
            client = plain_client(endpoint_url=url)
            api = client.create_api(Name="pets", ProtocolType="HTTP")
            assert ".eu-west-1." in api["ApiEndpoint"]
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(10) == 0


def test_an_interrupt_ends_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("apigw2.testing._server.Server.serve_forever", interrupt)

    assert main(["--port", "0"]) == 0
    assert capsys.readouterr().out.startswith("http://127.0.0.1:")


def test_verbose_writes_a_line_for_each_request_without_its_query(
    run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    run("--verbose", paths=list_apis)
    logging.getLogger("apigw2.testing.access").setLevel(logging.NOTSET)

    (line,) = [r.getMessage() for r in caplog.records if r.name == "apigw2.testing.access"]
    assert " control GET /v2/apis 400 " in line
    assert "secret" not in line


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--port", "70000"], "'70000' is not a port from 0 to 65535"),
        (["--port", "-1"], "'-1' is not a port"),
        (["--port", "a"], "'a' is not a port"),
        (["--account-id", "1234"], "'1234' is not an account id of twelve digits"),
        (["--region", "Mars!"], "'Mars!' is not the name of a region"),
        (["--function", "pets"], "does not have the form NAME=MODULE:HANDLER"),
        (["--function", "pets=handlers_of_a_test"], "does not have the form NAME=MODULE:HANDLER"),
        (["--function", "pets=no_such_module:get"], "No module named 'no_such_module'"),
        (["--function", "pets=handlers_of_a_test:gone"], "no attribute 'gone'"),
        (["--function", "pets=handlers_of_a_test:number"], "is not callable"),
        (["--openapi", "no-such-file.json"], "No such file"),
        (["--blueprint", "no-such-file.json"], "No such file"),
        (["--openapi", __file__], "Invalid OpenAPI input"),
    ],
)
def test_invalid_arguments_are_rejected(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 2
    assert message in capsys.readouterr().err


def test_a_port_in_use_is_rejected(capsys: pytest.CaptureFixture[str]) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(SystemExit) as caught,
    ):
        main(["--port", str(taken.getsockname()[1])])

    assert caught.value.code == 2
    assert "in use" in capsys.readouterr().err


class TestVariables:
    """`--var` gives values to the variables of blueprints, as for `python -m apigw2 plan`."""

    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "team.json"
        file.write_text('{"name": "${team}-$${x}-${stage}", "protocol_type": "HTTP"}')
        return file

    def test_they_are_replaced(self, file: Path, run: Run) -> None:
        lines, _ = run("--var", "team=a=b", "--blueprint", str(file), "--var", "stage=")

        assert lines[-1].startswith("a=b-${x}-: ")

    @pytest.mark.parametrize("arguments", [[], ["--var", "team"], ["--var", "=x"]])
    def test_the_messages_are_those_of_the_other_command(
        self, file: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        def last_line(command: Callable[[list[str]], int], *given: str) -> str:
            with suppress(SystemExit):
                command([*given, *arguments])
            line = capsys.readouterr().err.splitlines()[-1].partition("error: ")[2]
            return line.removeprefix(f"{file}: ")

        assert last_line(main, "--blueprint", str(file)) == last_line(
            library_main, "diff", str(file), str(file)
        )


def test_a_request_to_terminate_stops_the_server() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "apigw2.testing"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.terminate()
        _, errors = process.communicate(timeout=30)

    assert (process.returncode, errors) == (0, "")
