"""Parameter mapping: what integrations change in requests and responses."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import attrs

if TYPE_CHECKING:
    from apigw2.testing._dataplane._exchange import Exchange
    from apigw2.testing._http import Request, Response
    from apigw2.testing._protocol import Record


def map_request(exchange: Exchange, integration: Record) -> tuple[Request, str | None]:
    """Change a request as the integration's request parameters say.

    Returns:
        The changed request, and the path that takes the place of that in the integration's URI, if
        one does.
    """
    request = exchange.request
    headers, query = dict(request.headers), request.query
    path: str | None = None
    for key, expression in integration.get("RequestParameters", {}).items():
        action, _, place = key.partition(":")
        kind, _, name = place.partition(".")
        value = exchange.evaluate(expression)
        if kind == "path":
            path = None if value is None else quote(value, safe="/%")
        elif kind == "header":
            _map_header(headers, action, name.lower(), value)
        elif action == "remove":
            query.pop(name, None)
        elif value is not None:
            query[name] = [*(query.get(name, []) if action == "append" else []), value]
    raw_query = request.raw_query if query == request.query else urlencode(query, doseq=True)
    return attrs.evolve(request, headers=headers, raw_query=raw_query), path


def map_response(exchange: Exchange, integration: Record, response: Response) -> Response:
    """Change a response as the integration's response parameters for its status say."""
    parameters = integration.get("ResponseParameters", {}).get(str(response.status), {})
    headers, status = dict(response.headers), response.status
    for key, expression in parameters.items():
        action, _, place = key.partition(":")
        value = exchange.evaluate(expression, response)
        if place == "statuscode":
            status = int(value) if value and value.isdecimal() else status
        else:
            _map_header(headers, action, place.removeprefix("header.").lower(), value)
    return attrs.evolve(response, headers=headers, status=status)


def _map_header(headers: dict[str, str], action: str, name: str, value: str | None) -> None:
    if action == "remove":
        headers.pop(name, None)
    elif value is not None:
        before = headers.get(name) if action == "append" else None
        headers[name] = value if before is None else f"{before},{value}"
