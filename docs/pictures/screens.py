"""What a user sees: each picture is made from what the library shows at this moment."""

from __future__ import annotations

import html
import re
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Final

import jedi

import apigw2
from apigw2.testing import Clock, LocalGateway
from docs.pictures.svg import Drawing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_CHARACTER: Final = 7.25  # the width of one, in pixels
_LETTER: Final = 7.8  # the average width of one in a wide proportional font
_LINE: Final = 18
_CODE: Final = """\
import apigw2

gw = apigw2.ApiGatewayV2()
stage = gw.api("a1b2c3").stage("prod")
stage.de"""


def _petstore() -> tuple[apigw2.ApiGatewayV2, apigw2.Api]:
    clock = Clock(datetime(2026, 1, 1, tzinfo=timezone.utc))
    gw = LocalGateway(region_name="eu-central-1", seed=1, clock=clock).gateway()
    api = gw.create_api("petstore", protocol_type="HTTP")
    backend = api.create_integration(
        "HTTP_PROXY",
        integration_method="ANY",
        integration_uri="https://pets.example.com",
        payload_format_version="1.0",
    )
    login = api.create_authorizer(
        "login",
        authorizer_type="JWT",
        identity_source=["$request.header.Authorization"],
        jwt_configuration=apigw2.JWTConfiguration(
            issuer="https://login.example.com", audience=["pets"]
        ),
    )
    api.create_route("GET /pets", target=backend)
    api.create_route(
        "POST /pets", target=backend, authorizer_id=login, authorization_scopes=["pets:write"]
    )
    api.create_route("GET /health")
    deployment = api.create_deployment(description="First")
    api.create_stage("prod", deployment_id=deployment.wait_until_deployed())
    for name in ("orders", "billing"):
        gw.create_api(name, protocol_type="HTTP")
    return gw, api


def _screen(name: str, title: str, command: str, lines: Sequence[str]) -> Drawing:
    """A command and its output, as a terminal has them."""
    every = [f">>> {command}", *lines]
    width = round(24 + _CHARACTER * max(map(len, every)))
    drawing = Drawing(name, title, width, 18 + _LINE * len(every))
    drawing.bar(0, 0, width, drawing.height, "screen")
    for number, line in enumerate(every):
        drawing.text(12, 24 + _LINE * number, line, "mono strong" if number == 0 else "mono")
    return drawing


def tree() -> Drawing:
    """`api.tree()`."""
    _, api = _petstore()
    return _screen("tree", "An API as a tree", "print(api.tree())", api.tree().splitlines())


def plan() -> Drawing:
    """`print(plan)`."""
    gw, api = _petstore()
    changed = api.plan(
        [
            apigw2.RouteSpec("GET /pets", authorization_type="AWS_IAM"),
            apigw2.StageSpec("prod", description="Production"),
        ]
    )
    del gw
    return _screen("changes", "What a plan would change", "print(plan)", str(changed).splitlines())


def table() -> Drawing:
    """`gw.get_apis().all()` in a notebook."""
    gw, _ = _petstore()
    shown: Any = gw.get_apis().all()
    text: str = shown._repr_html_().partition("<details>")[0]  # as Jupyter does
    rows = [
        [html.unescape(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall("<tr>(.*?)</tr>", text)
    ]
    widths = [24 + _LETTER * max(map(len, column)) for column in zip(*rows, strict=True)]
    drawing = Drawing("table", "APIs as a table in a notebook", round(sum(widths)) + 60, 140)
    drawing.text(0, 20, "[1]:", "mono small")
    drawing.text(42, 20, "gw.get_apis().all()", "mono strong")
    for number, row in enumerate(rows):
        y = 34 + 26 * number
        if number % 2:
            drawing.bar(40, y, sum(widths), 26, "screen")
        x = 40.0
        for cell, width in zip(row, widths, strict=True):
            drawing.text(x + 10, y + 18, cell, "strong" if number == 0 else "")
            x += width
    return drawing


def completion() -> Drawing:
    """What an editor offers after `stage.de`, as jedi finds it."""
    lines = _CODE.splitlines()
    found = jedi.Script(_CODE).complete(len(lines), len(lines[-1]))
    top = 34 + _LINE * (len(lines) - 1)
    popup = 12 + 22 * len(found)
    drawing = Drawing("completion", "Completion in an editor", 560, top + popup + 12)
    drawing.bar(0, 0, drawing.width, drawing.height, "screen")
    for number, line in enumerate(lines):
        drawing.text(12, 24 + _LINE * number, line, "mono")
    drawing.bar(54, top, 230, popup, "popup")
    for number, each in enumerate(found):
        drawing.text(66, top + 20 + 22 * number, each.name, "mono strong" if not number else "mono")
    summary = found[0].docstring(raw=True).partition("\n")[0]
    drawing.text(296, top + 20, summary, "small")
    return drawing


SCREENS: Final[tuple[Callable[[], Drawing], ...]] = (tree, plan, table, completion)
