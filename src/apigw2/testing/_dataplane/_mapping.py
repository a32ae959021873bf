"""Parameter mapping of requests and responses."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import attrs

from apigw2.testing._dataplane import _head

if TYPE_CHECKING:
    from apigw2.testing._dataplane._exchange import Exchange
    from apigw2.testing._http import Line, Request, Response
    from apigw2.testing._protocol import Record


def map_request(exchange: Exchange, integration: Record) -> tuple[Request, str | None]:
    """Apply the request parameters of an integration to a request.

    Returns:
        The changed request, and the path that replaces that of the integration URI, or `None`.
    """
    request = exchange.request
    lines, query = list(request.lines), request.query
    path: str | None = None
    for key, expression in integration.get("RequestParameters", {}).items():
        action, _, place = key.partition(":")
        kind, _, name = place.partition(".")
        value = exchange.evaluate(expression)
        if kind == "path":
            path = None if value is None else quote(value, safe="/%")
        elif kind == "header":
            lines = _map_header(lines, action, name, value)
        elif action == "remove":
            query.pop(name, None)
        elif value is not None:
            query[name] = [*(query.get(name, []) if action == "append" else []), value]
    raw_query = request.raw_query if query == request.query else urlencode(query, doseq=True)
    return attrs.evolve(request.with_lines(lines), raw_query=raw_query), path


def map_response(exchange: Exchange, integration: Record, given: Response) -> Response:
    """Apply the integration's response parameters for the status to a response."""
    parameters = integration.get("ResponseParameters", {}).get(str(given.status), {})
    lines, status = given.lines, given.status
    for key, expression in parameters.items():
        action, _, place = key.partition(":")
        value = exchange.evaluate(expression, given)
        if place != "statuscode":
            lines = _map_header(lines, action, place.removeprefix("header."), value)
        elif value and value.isdecimal() and int(value) in _head.STATUSES:
            status = int(value)
    return _head.response(status, lines, given.body, given.cookies)


def _map_header(lines: list[Line], action: str, name: str, value: str | None) -> list[Line]:
    """Change the lines of a header; a header without a mapped value stays unchanged."""
    kept = [line for line in lines if line[0].lower() != name.lower()]
    if action == "remove":
        return kept
    if value is None:
        return lines
    if action == "overwrite":
        return [*kept, (name, value)]
    # An appended value follows the existing ones on the same line, after a comma.
    before = [each for other, each in lines if other.lower() == name.lower()]
    return [*kept, (name, ",".join([*before, value]))]
