"""`api.tree()` and `api.to_mermaid()`."""

from __future__ import annotations

import io
import pickle
import re
import sys
import threading
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
import rich
from rich.console import Console

import apigw2
from apigw2._pictures import mermaid, progress, tree
from apigw2._pictures.parts import Publication, RouteGraph, backend
from apigw2.testing import LocalGateway

if TYPE_CHECKING:
    from collections.abc import Callable

LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:pets"
AWKWARD = [
    "GET /{proxy+}",
    "$default",
    'say "hi"',
    "GET /größe/日本語",
    "<script>alert(1)</script>",
    "a#35;b & `c` %%{init: {}}%%",
    "$$x$$",
    "end",
    "a\\nb",
    "a\nb\x1b[2J\u202e",
]


def route(number: int, key: str, target: str | None = None, **fields: Any) -> apigw2.Route:  # noqa: ANN401  # any field
    path = None if target is None else f"integrations/{target}"
    return apigw2.Route(api_id="a1", route_id=f"r{number}", route_key=key, target=path, **fields)


def integration(own: str, **fields: Any) -> apigw2.Integration:  # noqa: ANN401  # any field
    return apigw2.Integration(api_id="a1", integration_id=own, **fields)


def authorizer(own: str, name: str = "customers") -> apigw2.Authorizer:
    return apigw2.Authorizer(api_id="a1", authorizer_id=own, name=name, authorizer_type="JWT")


def stage(name: str, deployment: str | None = None, **fields: Any) -> apigw2.Stage:  # noqa: ANN401  # any field
    return apigw2.Stage(api_id="a1", stage_name=name, deployment_id=deployment, **fields)


def deployment(own: str, day: int | None = None, **fields: Any) -> apigw2.Deployment:  # noqa: ANN401  # any field
    date = day and datetime(2026, 1, day, 10, tzinfo=timezone.utc)
    return apigw2.Deployment(api_id="a1", deployment_id=own, created_date=date or None, **fields)


NOTHING = RouteGraph.of((), (), ())
UNPUBLISHED = Publication.of((), ())


def lines_of(graph: RouteGraph = NOTHING, publication: Publication = UNPUBLISHED) -> list[str]:
    """The tree's lines, without its branches."""
    text = str(tree.draw("API a1", graph, publication))
    return [re.sub("^[│├└─ ]+", "", line) for line in text.split("\n")]


@pytest.fixture
def local() -> LocalGateway:
    return LocalGateway()


@pytest.fixture
def api(local: LocalGateway) -> apigw2.Api:
    """An API with one resource of each kind."""
    api = local.gateway().create_api("pets", protocol_type="HTTP")
    pets = api.create_integration("AWS_PROXY", integration_uri=LAMBDA, payload_format_version="2.0")
    customers = api.create_authorizer(
        "customers",
        authorizer_type="JWT",
        identity_source=["$request.header.Authorization"],
        jwt_configuration=apigw2.JWTConfiguration(issuer="https://id.example", audience=["a"]),
    )
    api.create_route("GET /pets", target=pets, authorizer_id=customers)
    api.create_stage("prod", deployment_id=api.create_deployment(description="first"))
    return api


# --- the tree


def test_a_tree_shows_a_whole_api(local: LocalGateway, api: apigw2.Api) -> None:
    (pets,), (customers,), (first,) = apigw2.gather(
        api.get_integrations(), api.get_authorizers(), api.get_deployments()
    )
    before = len(local.requests)
    shown = api.tree()
    assert len(local.requests) == before + 5
    assert first.created_date is not None
    date = first.created_date.strftime("%Y-%m-%d %H:%M UTC")
    assert shown.split("\n") == [
        f"pets (HTTP API {api.api_id})",
        "├── Stages (1)",
        f"│   └── prod → deployment {first.deployment_id}",
        "├── Deployments (1)",
        f"│   └── {first.deployment_id} DEPLOYED {date} served by prod first",
        "├── Routes (1)",
        "│   └── GET /pets [JWT customers] → Lambda pets",
        "├── Integrations (1)",
        f"│   └── {pets.integration_id} Lambda pets",
        "└── Authorizers (1)",
        f"    └── {customers.authorizer_id} JWT customers",
    ]


def test_a_tree_of_a_reference_starts_with_its_id(local: LocalGateway, api: apigw2.Api) -> None:
    shown = local.gateway().api(api.api_id).tree()
    assert shown.split("\n")[0] == f"API {api.api_id}"
    assert shown.split("\n")[1:] == api.tree().split("\n")[1:]


def test_a_picture_of_a_missing_api_is_an_error(local: LocalGateway) -> None:
    for picture in (local.gateway().api("nothing").tree, local.gateway().api("x").to_mermaid):
        with pytest.raises(apigw2.NotFoundError):
            picture()


def test_an_empty_api_shows_its_empty_sections() -> None:
    assert lines_of() == [
        "API a1",
        "Stages (0)",
        "Deployments (0)",
        "Routes (0)",
        "Integrations (0)",
        "Authorizers (0)",
    ]


def test_dangling_routes_integrations_and_authorizers_are_marked() -> None:
    graph = RouteGraph.of(
        (
            route(1, "GET /a", "gone"),
            route(2, "GET /b", "i1", authorization_type="JWT", authorizer_id="lost"),
            route(3, "GET /c"),
            route(4, "GET /d", "i1", authorization_type="CUSTOM", authorizer_id="x1"),
        ),
        (integration("i1", integration_type="MOCK"), integration("i2", integration_type="MOCK")),
        (authorizer("x1"), authorizer("x2")),
    )
    assert lines_of(graph)[3:] == [
        "Routes (4)",
        "GET /a [NONE] → missing integration gone",
        "GET /b [JWT with missing authorizer lost] → MOCK",
        "GET /c [NONE] has no integration",
        "GET /d [CUSTOM customers] → MOCK",
        "Integrations (2)",
        "i1 MOCK",
        "i2 MOCK (unused)",
        "Authorizers (2)",
        "x1 JWT customers",
        "x2 JWT customers (unused)",
    ]


def test_a_tree_shows_the_authorization_of_a_route() -> None:
    routes = (
        route(
            1,
            "GET /a",
            "i1",
            authorization_type="JWT",
            authorizer_id="x1",
            authorization_scopes=("read", "write"),
        ),
        route(2, "$connect", "i1", authorization_type="AWS_IAM", api_key_required=True),
    )
    lines = lines_of(RouteGraph.of(routes, (integration("i1"),), (authorizer("x1"),)))
    assert any(line.startswith("GET /a [JWT customers read write]") for line in lines)
    assert any(line.startswith("$connect [AWS_IAM API key]") for line in lines)


def test_stages_without_a_deployment_are_marked() -> None:
    publication = Publication.of(
        (stage("test", "gone"), stage("empty"), stage("prod", "d1", auto_deploy=True)),
        (deployment("d1"),),
    )
    assert lines_of(NOTHING, publication)[1:6] == [
        "Stages (3)",
        "empty has no deployment",
        "prod (auto-deploy) → deployment d1",
        "test → missing deployment gone",
        "Deployments (1)",
    ]


def test_a_tree_shows_failed_deployments_and_counts_older_ones_that_no_stage_serves() -> None:
    publication = Publication.of(
        (stage("a", "d1"), stage("b", "d1")),
        (
            deployment("d0"),
            *(deployment(f"d{n}", n) for n in range(1, 8)),
            deployment("d8", 8, deployment_status="FAILED", deployment_status_message="no routes"),
        ),
    )
    assert lines_of(NOTHING, publication)[4:13] == [
        "Deployments (9)",
        "d8 FAILED no routes 2026-01-08 10:00 UTC",
        "d7 2026-01-07 10:00 UTC",
        "d6 2026-01-06 10:00 UTC",
        "d5 2026-01-05 10:00 UTC",
        "d4 2026-01-04 10:00 UTC",
        "d1 2026-01-01 10:00 UTC served by a, b",
        "and 3 older deployments that no stage serves",
        "Routes (0)",
    ]


def test_routes_are_sorted_by_path() -> None:
    keys = ["POST /b", "GET /b", "$default", "ANY /a", "GET /{proxy+}"]
    routes = tuple(route(number, key) for number, key in enumerate(keys))
    assert [r.route_key for r in RouteGraph.of(routes, (), ()).routes] == [
        "$default",
        "ANY /a",
        "GET /b",
        "POST /b",
        "GET /{proxy+}",
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"integration_type": "MOCK"}, "MOCK"),
        ({"integration_type": "AWS_PROXY", "integration_uri": LAMBDA}, "Lambda pets"),
        (
            {
                "integration_uri": "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/"
                "functions/arn:aws:lambda:eu-central-1:1:function:pets:prod/invocations"
            },
            "Lambda pets:prod",
        ),
        (
            {"integration_type": "AWS_PROXY", "integration_subtype": "SQS-SendMessage"},
            "AWS_PROXY SQS-SendMessage",
        ),
        (
            {
                "integration_type": "HTTP_PROXY",
                "integration_method": "ANY",
                "integration_uri": "https://user:word@host.example/{proxy}?code=key",
            },
            "HTTP_PROXY ANY https://host.example/{proxy}",
        ),
        (
            {"integration_uri": "https://host.example/a@b", "connection_id": "v1"},
            "https://host.example/a@b via VPC link v1",
        ),
    ],
    ids=["empty", "mock", "lambda", "alias", "subtype", "secrets", "private"],
)
def test_a_backend_has_a_short_description(fields: dict[str, Any], words: str) -> None:
    assert backend(integration("i1", **fields)) == words


def test_control_characters_and_markup_in_a_tree_are_escaped() -> None:
    lines = lines_of(RouteGraph.of((route(1, "[red]a\x1b[2J\n\u202e", "i1"),), (), ()))
    assert lines[4] == "[red]a\\x1b[2J\\n\\u202e [NONE] → missing integration i1"


def test_rich_and_notebooks_show_a_tree_in_colours(
    api: apigw2.Api, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: Any = api.tree()
    out = io.StringIO()
    Console(file=out, force_terminal=True, color_system="truecolor", width=200).print(shown)
    assert "\x1b[1mStages" in out.getvalue()
    assert "\x1b" not in shown
    html = shown._repr_html_()  # as Jupyter does
    assert re.search(r"<span[^>]*>Stages</span>", html)
    assert "GET /pets" in html
    rich.print(shown)
    assert "GET /pets" in capsys.readouterr().out
    assert pickle.loads(pickle.dumps(shown)) == shown  # noqa: S301  # made here


def test_a_tree_in_a_notebook_is_escaped() -> None:
    shown: Any = tree.draw("<script>", NOTHING, UNPUBLISHED)
    assert "<script" not in shown._repr_html_()  # as Jupyter does


def test_ipython_shows_a_picture_as_text(api: apigw2.Api) -> None:
    out: list[str] = []

    class Printer:
        text = out.append

    for picture in (api.tree(), api.to_mermaid()):
        shown: Any = picture
        shown._repr_pretty_(Printer, False)  # noqa: FBT003  # as IPython does
        assert out.pop() == picture


def test_a_tree_without_rich_is_an_error_that_names_the_extra(
    local: LocalGateway, api: apigw2.Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rich.console", None)
    monkeypatch.delitem(sys.modules, "apigw2._pictures.tree")
    before = len(local.requests)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'apigw2\[rich\]'") as caught:
        api.tree()
    assert caught.value.name == "rich.console"
    assert len(local.requests) == before
    assert api.to_mermaid().startswith("flowchart LR")


# --- the diagram


def test_a_diagram_shows_an_api(local: LocalGateway, api: apigw2.Api) -> None:
    (get,), (pets,) = apigw2.gather(api.get_routes(), api.get_integrations())
    api.create_route("$default", target=pets)
    (default,) = (r for r in api.get_routes() if r.route_key == "$default")
    before = len(local.requests)
    shown = api.to_mermaid()
    assert len(local.requests) == before + 3
    assert shown.split("\n") == [
        "flowchart LR",
        f'    route_{default.route_id}["$default"]',
        f'    route_{get.route_id}["GET /pets"]',
        f'    integration_{pets.integration_id}["Lambda pets"]',
        f"    route_{default.route_id} --> integration_{pets.integration_id}",
        f'    route_{get.route_id} -->|"JWT customers"| integration_{pets.integration_id}',
    ]
    assert shown == local.gateway().api(api.api_id).to_mermaid(), "a diagram is the same every time"


def test_a_notebook_shows_a_diagram_as_mermaid() -> None:
    shown: Any = mermaid.draw(NOTHING)
    markdown = shown._repr_markdown_()  # as Jupyter does
    assert markdown == "```mermaid\nflowchart LR\n```"


def test_dangling_nodes_of_a_diagram_are_marked() -> None:
    graph = RouteGraph.of(
        (
            route(1, "GET /a", "gone"),
            route(2, "GET /b", "i1", authorization_type="JWT", authorizer_id="lost"),
            route(3, "GET /c"),
        ),
        (integration("i1", integration_type="MOCK"), integration("i2", integration_type="MOCK")),
        (),
    )
    assert mermaid.draw(graph).split("\n    ")[1:] == [
        'route_r1["GET /a"]',
        'route_r2["GET /b"]:::dangling',
        'route_r3["GET /c (no integration)"]:::dangling',
        'integration_i1["MOCK"]',
        'integration_i2["MOCK (unused)"]:::dangling',
        'integration_gone["missing integration gone"]:::dangling',
        "route_r1 --> integration_gone",
        'route_r2 -->|"JWT with missing authorizer lost"| integration_i1',
        "classDef dangling stroke:#d33,stroke-width:2px,stroke-dasharray:4",
    ]


def test_awkward_labels_of_a_diagram_are_escaped() -> None:
    routes = tuple(route(number, key, "i-1 x") for number, key in enumerate(AWKWARD))
    shown = mermaid.draw(RouteGraph.of(routes, (), ()))
    node = re.compile(r'    \w+\["[^"`<>\n\x1b\u202e\\]+"\](:::dangling)?')
    arrow = re.compile(r"    \w+ --> \w+")
    _, *lines, style = shown.split("\n")
    assert style.startswith("    classDef dangling ")
    for line in lines:
        assert node.fullmatch(line) or arrow.fullmatch(line), line
    assert len(lines) == 2 * len(AWKWARD) + 1
    assert '["GET /{proxy+}"]' in shown
    assert '["GET /größe/日本語"]' in shown
    assert '["say #34;hi#34;"]' in shown
    assert '["#36;#36;x#36;#36;"]' in shown
    assert "%%" not in shown
    assert "route_r0 --> integration_i_2d_1_20_x" in shown


# --- progress


class Terminal(io.StringIO):
    """A terminal that sets an event when something is written to it."""

    def __init__(self, *, tty: bool = True) -> None:
        super().__init__()
        self._tty = tty
        self.written = threading.Event()

    def isatty(self) -> bool:
        return self._tty

    def write(self, text: str, /) -> int:
        count = super().write(text)
        self.written.set()
        return count


def is_watched() -> bool:
    """Whether the thread of a progress line runs."""
    return "apigw2 progress" in {thread.name for thread in threading.enumerate()}


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_DELAY", 0)
    monkeypatch.setattr(progress, "_INTERVAL", 0.01)


@pytest.mark.usefixtures("at_once")
def test_long_work_shows_its_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress.progress("API a1") as count:
        count(100)
        count(7)
        while "107" not in terminal.getvalue():
            terminal.written.clear()
            assert terminal.written.wait(10)
    written = terminal.getvalue()
    line = "Fetching API a1: 107 objects so far"
    assert f"\r{line}" in written
    assert written.endswith(f"\r{' ' * len(line)}\r"), "the line is cleared in the end"


def test_short_work_shows_no_progress(api: apigw2.Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_DELAY", 60)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    for picture in (api.tree, api.to_mermaid):
        assert isinstance(picture(), str)
    assert terminal.getvalue() == ""


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    "stderr", [lambda: Terminal(tty=False), lambda: None], ids=["a pipe", "none"]
)
def test_without_a_terminal_no_progress_is_shown(
    stderr: Callable[[], Terminal | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = stderr()
    monkeypatch.setattr(sys, "stderr", out)
    with progress.progress("API a1") as count:
        count(1)
        assert not is_watched()
    assert out is None or out.getvalue() == ""


def test_the_thread_of_the_progress_line_ends_after_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    watched: list[bool] = []

    def fail() -> None:
        with progress.progress("API a1"):
            watched.append(is_watched())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert watched == [True]
    assert not is_watched()


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        ("https://us@er:pw@h/pets", "https://h/pets"),
        ("https://h/pets?key=pw", "https://h/pets"),
        ("https://h/pets#pw", "https://h/pets"),
        ("https://h/@user", "https://h/@user"),
    ],
)
def test_a_picture_shows_no_secret_of_a_url(uri: str, shown: str) -> None:
    integration = apigw2.Integration(
        api_id="a1", integration_id="i1", integration_type="HTTP_PROXY", integration_uri=uri
    )
    assert backend(integration) == f"HTTP_PROXY {shown}"
