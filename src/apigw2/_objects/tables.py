"""Tables of snapshots: the most useful columns; notebooks show all columns on demand."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any, Final, cast

from apigw2._objects.display import cell, html_table, printable, td, th
from apigw2._objects.references import identity_of
from apigw2.errors import Apigw2Error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

_MAX_ROWS: Final = 100  # ten thousand would slow a browser down

# The most useful columns of each class, in order. Snapshots of other classes show all their fields.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "Api": ("name", "api_id", "protocol_type", "api_endpoint"),
    "ApiMapping": ("url", "api_id", "stage", "api_mapping_id"),
    "Authorizer": ("name", "authorizer_id", "authorizer_type", "identity_source"),
    "Deployment": (
        "deployment_id",
        "deployment_status",
        "created_date",
        "auto_deployed",
        "description",
    ),
    "DomainName": ("domain_name", "routing_mode", "domain_name_configurations"),
    "Integration": ("integration_id", "integration_type", "integration_method", "integration_uri"),
    "IntegrationResponse": ("integration_response_key", "integration_response_id"),
    "Model": ("name", "model_id", "content_type", "description"),
    "PortalProductSummary": ("display_name", "portal_product_id", "last_modified", "description"),
    "PortalSummary": ("portal_id", "publish_status", "last_published", "last_modified"),
    "ProductPageSummary": ("page_title", "product_page_id", "last_modified"),
    "ProductRestEndpointPageSummary": (
        "operation_name",
        "endpoint",
        "status",
        "product_rest_endpoint_page_id",
    ),
    "Route": ("route_key", "route_id", "authorization_type", "authorizer_id", "target"),
    "RouteResponse": ("route_response_key", "route_response_id"),
    "RoutingRule": ("priority", "routing_rule_id", "conditions", "actions"),
    "Stage": ("stage_name", "url", "deployment_id", "auto_deploy", "last_updated_date"),
    "VpcLink": ("name", "vpc_link_id", "vpc_link_status", "subnet_ids"),
}


def html_of(items: Sequence[Any]) -> str:
    """The table for a notebook, and below it all the fields, folded up.

    Args:
        items: Snapshots of one class, at least one.
    """
    shown = [_fields(item) for item in items[:_MAX_ROWS]]
    few, every = _columns(items[0], shown), _every_column(items[0], shown)
    table, count = _html(few, shown), escape(_count(items))
    if set(every) <= set(few):
        return f"{table}<p>{count}</p>"
    return f"{table}<details><summary>{count}: all fields</summary>{_html(every, shown)}</details>"


def rich_of(items: Sequence[Any]) -> Table:
    """The table for rich; each snapshot by itself shows all of its fields.

    Args:
        items: Snapshots of one class, at least one.
    """
    from rich import box  # noqa: PLC0415  # an extra
    from rich.table import Table  # noqa: PLC0415  # an extra
    from rich.text import Text  # noqa: PLC0415  # an extra

    shown = [_fields(item) for item in items[:_MAX_ROWS]]
    columns = _columns(items[0], shown)
    table = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        padding=(0, 1, 0, 0),
        caption=_count(items),
        caption_justify="left",
    )
    for name in columns:
        table.add_column(Text(name), overflow="fold")  # an id or URL that is cut off is of no use
    for row in shown:
        table.add_row(*(Text(_words(row[name]) if name in row else "") for name in columns))
    return table


def text_of(items: Sequence[Any]) -> str | None:
    """The table for IPython in a terminal, or `None` without rich."""
    try:
        from rich.console import Console  # noqa: PLC0415  # an extra
    except ModuleNotFoundError:
        return None
    out = io.StringIO()
    console = Console(
        file=out,
        width=shutil.get_terminal_size().columns,
        color_system=None,
        force_jupyter=False,
        highlight=False,
    )
    console.print(rich_of(items))
    return out.getvalue().rstrip("\n")


def _fields(item: Any) -> dict[str, Any]:
    fields = dict(item.__rich_repr__())
    if "url" in COLUMNS.get(type(item).__name__, ()):
        with suppress(Apigw2Error, LookupError):  # a snapshot without a gateway has no region
            fields["url"] = item.url
    return fields


def _columns(item: object, rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The columns of the class that any row needs."""
    preferred = COLUMNS.get(type(item).__name__, ())
    return tuple(name for name in preferred if any(name in row for row in rows)) or _every_column(
        item, rows
    )


def _every_column(item: object, rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """All fields that any row has, without the parents, which are the same for all rows."""
    # In the order of the object that shows most fields; others may add some.
    fullest_first = sorted(rows, key=len, reverse=True)
    parents = identity_of(type(item))[:-1]
    names = dict.fromkeys(name for row in fullest_first for name in row)
    return tuple(name for name in names if name not in parents)


def _html(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    head = "".join(th(escape(name)) for name in columns)
    body = ("".join(td(cell(row[name]) if name in row else "") for name in columns) for row in rows)
    return html_table(body, head)


def _count(items: Sequence[Any]) -> str:
    count = f"{len(items)} x {type(items[0]).__name__}"
    return f"{count}, the first {_MAX_ROWS} are shown" if len(items) > _MAX_ROWS else count


def _words(value: object) -> str:
    """A value as short text, without characters that could control a terminal."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, (tuple, list)):
        return "\n".join(map(_words, cast("Sequence[object]", value)))
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value).items()
        return "\n".join(f"{_words(name)}: {_words(each)}" for name, each in pairs)
    return printable(str(value))
