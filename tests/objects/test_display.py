"""Objects at a prompt, in a terminal and in a notebook."""

from __future__ import annotations

import io
import pickle
import re
import sys
from datetime import datetime, timezone
from typing import Any

import attrs
import pytest
from rich.console import Console
from rich.pretty import pretty_repr

import apigw2
from apigw2._objects.listing import Fetched
from apigw2._objects.tables import COLUMNS
from apigw2.testing import LocalGateway
from tests.support.notebook import Printer, html, pretty

HOSTILE = "<script>alert('x')</script> &amp; \"q\""
ESCAPED = "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp;amp; &quot;q&quot;"


@pytest.fixture
def local() -> LocalGateway:
    return LocalGateway(page_size=2)


@pytest.fixture
def api(local: LocalGateway) -> apigw2.Api:
    api = local.gateway().create_api("pets", protocol_type="HTTP", description=HOSTILE)
    for key in ("GET /pets", "POST /pets", "$default"):
        api.create_route(key)
    return api


def product() -> apigw2.PortalProduct:
    return apigw2.PortalProduct(
        portal_product_id="p1",
        display_name="Pets",
        last_modified=datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc),
        portal_product_arn="arn:aws:apigateway:eu-central-1::/portalproducts/p1",
        tags={"team": "pets"},
    )


# --- at a prompt


def test_repr_shows_falsy_values_that_are_set() -> None:
    assert repr(apigw2.Cors(max_age=0)) == "Cors(max_age=0)"
    assert repr(apigw2.Cors()) == "Cors()"


def test_pretty_has_a_line_for_each_field_that_is_set() -> None:
    stage = apigw2.Stage(
        api_id="a1",
        stage_name="prod",
        auto_deploy=False,
        default_route_settings=apigw2.RouteSettings(throttling_rate_limit=5.0),
    )
    assert pretty(stage, Printer()) == (
        "Stage(\n"
        "    api_id='a1',\n"
        "    stage_name='prod',\n"
        "    auto_deploy=False,\n"
        "    default_route_settings=RouteSettings(\n"
        "        throttling_rate_limit=5.0\n"
        "    )\n"
        ")"
    )


def test_pretty_abbreviates_an_object_that_contains_itself() -> None:
    assert pretty(apigw2.Cors(max_age=1), Printer(), cycle=True) == "Cors(...)"


def test_rich_shows_fields_that_are_set_and_no_connection(api: apigw2.Api) -> None:
    assert pretty_repr(apigw2.Cors(max_age=1)) == "Cors(max_age=1)"
    assert "connection" not in pretty_repr(api)


def test_the_connection_is_not_a_field(api: apigw2.Api) -> None:
    assert "_connection" not in {field.name for field in attrs.fields(type(api))}
    assert attrs.asdict(api.route("r1")) == {"api_id": api.api_id, "route_id": "r1"}


def test_completion_offers_only_public_names() -> None:
    modules = {"authorizers", "errors", "integrations", "testing", "types"}
    assert {name for name in dir(apigw2) if not name.startswith("_")} <= {
        *apigw2.__all__,
        *modules,
    }


# --- snapshots in a notebook


def test_a_notebook_shows_a_snapshot_as_a_table_of_its_fields_that_are_set() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, 600, tzinfo=timezone.utc)
    stage = apigw2.Stage(
        api_id="a1",
        stage_name="prod",
        auto_deploy=False,
        created_date=moment,
        route_settings={"GET /pets": apigw2.RouteSettings(throttling_burst_limit=0)},
        tags={},
        description="",
    )
    text = html(stage)
    assert '<th colspan="2">Stage</th>' in text
    assert "<th>stage_name</th><td>prod</td>" in text
    assert "<th>auto_deploy</th><td>False</td>" in text
    assert ">2026-01-02 03:04:05+00:00</span>" in text
    assert "<th>tags</th><td>{}</td>" in text
    assert "<th>description</th><td>&#x27;&#x27;</td>" in text
    assert "<th>throttling_burst_limit</th><td>0</td>" in text  # nested in the row of its route
    assert text.count("<table") == text.count("</table>") == 3
    assert "stage_variables" not in text


def test_each_cell_has_its_style_because_notebooks_drop_style_elements(api: apigw2.Api) -> None:
    shown: Any
    for shown in (api, api.get_routes().all()):
        text = shown._repr_html_()  # as Jupyter does
        cells = re.findall(r"<t[hd]\b([^>]*)>", text)
        assert cells
        assert all("text-align: left" in each for each in cells)
        assert "<style" not in text


def test_a_table_shows_each_item_of_a_list_on_its_own_line() -> None:
    api = apigw2.Api(
        api_id="a1",
        name="pets",
        protocol_type="HTTP",
        route_selection_expression="$request.method $request.path",
        cors_configuration=apigw2.Cors(
            allow_origins=["https://a.example", "<b>"], allow_methods=[]
        ),
    )
    text = html(api)
    assert "<td>https://a.example<br>&lt;b&gt;</td>" in text
    assert "<th>allow_methods</th><td>()</td>" in text
    # or JupyterLab would set `$request.method $` as a formula
    assert text.count("<table") == text.count("tex2jax_ignore mathjax_ignore")


def test_values_in_a_table_are_escaped() -> None:
    route = apigw2.Route(
        api_id=HOSTILE,
        route_id=HOSTILE,
        route_key=HOSTILE,
        authorization_scopes=(HOSTILE,),
        request_models={HOSTILE: HOSTILE},
        extra={HOSTILE: [{HOSTILE: HOSTILE}, b"<script>"]},
    )
    text = html(route)
    assert "<script" not in text
    assert text.count(ESCAPED) == 9
    assert "b&#x27;&lt;script&gt;&#x27;" in text


def test_a_table_shows_no_connection(api: apigw2.Api) -> None:
    text = html(api)
    assert "connection" not in text.lower()
    assert ESCAPED in text


def test_references_and_value_types_are_not_shown_as_tables() -> None:
    for obj in (apigw2.ApiRef(api_id="a1"), apigw2.Cors()):
        assert not hasattr(obj, "_repr_html_")


# --- listings in a notebook


def test_the_repr_of_a_listing_names_its_operation_and_makes_no_request(
    local: LocalGateway, api: apigw2.Api
) -> None:
    before = len(local.requests)
    listing = api.get_routes()
    shown = f"<Listing GetRoutes of Api(api_id={api.api_id!r}); iterate or call .all() to fetch>"
    assert repr(listing) == shown
    assert not hasattr(listing, "_repr_html_")
    assert len(local.requests) == before
    assert repr(local.gateway().get_apis()) == "<Listing GetApis; iterate or call .all() to fetch>"


def test_fetched_items_are_a_tuple_that_a_notebook_shows_as_a_table(api: apigw2.Api) -> None:
    routes = api.get_routes().all()
    assert routes == tuple(api.get_routes())
    assert repr(routes) == repr(tuple(routes))
    assert routes[0] == next(iter(routes))
    assert html(routes[1:]).split("<details>")[0].count("<tr>") == 1 + 2, "so is a slice"
    assert pickle.loads(pickle.dumps(routes)) == routes  # noqa: S301  # made here
    text = html(routes)
    table, every = text.split("<details>")
    assert table.count("<tr>") == every.count("<tr>") == 1 + 3
    assert "<th>route_key</th>" in table
    assert "<td>POST /pets</td>" in table
    assert every.startswith("<summary>3 x Route: all fields</summary>")
    assert api.api_id not in text, "a field with the same value in every row is left out"


def test_a_table_has_its_main_columns_and_all_fields_on_demand(api: apigw2.Api) -> None:
    api.create_route("GET /signed", authorization_type="AWS_IAM", operation_name="signed")
    (routes,) = apigw2.gather(api.get_routes())
    table, every = html(routes).split("<details>")
    assert re.findall("<th>(.*?)</th>", table) == ["route_key", "route_id", "authorization_type"]
    assert every.count("<th>operation_name</th>") == 1
    assert every.count("<td></td>") >= 3
    assert "target" not in every, "no route has a target"


@pytest.mark.parametrize("kind", sorted(COLUMNS))
def test_the_main_columns_of_a_table_are_fields(kind: str) -> None:
    names = {field.name for field in attrs.fields(getattr(apigw2, kind))}
    assert set(COLUMNS[kind]) <= names | {"url"}


def test_a_class_without_main_columns_shows_all_fields() -> None:
    text = html(Fetched([product()]))
    names = re.findall("<th>([a-z_]*)</th>", text)
    assert names[:2] == ["portal_product_id", "display_name"]
    assert "<details>" not in text


def test_the_url_of_a_stage_is_a_column_unless_the_stage_is_detached(api: apigw2.Api) -> None:
    api.create_stage("prod")
    stages = api.get_stages().all()
    assert f"<td>{api.api_endpoint}/prod</td>" in html(stages)
    detached = pickle.loads(pickle.dumps(stages))  # noqa: S301  # made here
    assert "<th>url</th>" not in html(detached)


def test_a_terminal_shows_fetched_items_as_a_table(local: LocalGateway, api: apigw2.Api) -> None:
    local.gateway().create_api("\x1b[31m[red]orders", protocol_type="HTTP", tags={"a": "b"})
    out = io.StringIO()
    Console(file=out, width=120).print(local.gateway().get_apis().all())
    lines = out.getvalue().splitlines()
    assert lines[0].split() == ["name", "api_id", "protocol_type", "api_endpoint"]
    assert lines[2].split() == ["pets", api.api_id, "HTTP", api.api_endpoint]
    assert "\\x1b[31m[red]orders" in lines[3], "control characters and markup are escaped"
    assert lines[-1].strip() == "2 x Api"


def test_a_terminal_shows_nested_values_in_lines_and_dates_in_minutes() -> None:
    link = apigw2.VpcLink(vpc_link_id="v1", name="inside", subnet_ids=("s1", "s2"))
    for item, shown in (
        (link, "s1"),
        (link, "s2"),
        (product(), "2026-01-02 03:04"),
        (product(), "team: pets"),
    ):
        out = io.StringIO()
        Console(file=out, width=120).print(Fetched([item]))
        assert shown in out.getvalue()


def test_ipython_shows_the_table_on_its_own_lines(
    api: apigw2.Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    routes = api.get_routes().all()
    text = pretty(routes, Printer())
    assert text.startswith("\n")
    assert "3 x Route" in text
    nested = Printer()
    nested.stack = [1, 2]
    assert pretty(routes, nested) == repr(routes), (
        "inside another object, a table would be misaligned"
    )
    monkeypatch.setitem(sys.modules, "rich.console", None)
    assert pretty(routes, Printer()) == repr(routes), "without rich, the repr is shown"


def test_a_table_shows_the_first_100_items(local: LocalGateway) -> None:
    gateway = local.gateway()
    local.quotas = {**local.quotas, "apis": 200}
    for number in range(3):
        gateway.create_api(f"api {number}", protocol_type="HTTP")
    apis = gateway.get_apis().all()
    many = type(apis)(apis * 40)
    text = html(many)
    assert text.count("<tr>", 0, text.index("<details>")) == 1 + 100
    assert "<summary>120 x Api, the first 100 are shown: all fields</summary>" in text


def test_a_listing_without_items_is_shown_as_an_empty_tuple(local: LocalGateway) -> None:
    nothing: Any = local.gateway().get_apis().all()
    assert nothing == ()
    assert nothing._repr_html_() is None, "a notebook falls back to the repr"
    assert nothing.__rich__() == pretty(nothing, Printer()) == "()"


def test_ipython_uses_the_form_in_lines_of_every_class_that_has_one() -> None:
    # IPython takes whichever of both a class in the method resolution order has first.
    shadowed: list[str] = []
    for name in apigw2.__all__:
        cls: object = getattr(apigw2, name)
        if isinstance(cls, type) and hasattr(cls, "_repr_pretty_"):
            first = next(c for c in cls.__mro__ if {"__repr__", "_repr_pretty_"} & set(vars(c)))
            shadowed += [] if "_repr_pretty_" in vars(first) else [name]
    assert shadowed == []
