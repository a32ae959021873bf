"""The processing steps of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from apigw2.testing._dataplane import (
    _authorization,
    _cors,
    _functions,
    _head,
    _http_proxy,
    _mapping,
)
from apigw2.testing._dataplane._deadlines import DeadlineError
from apigw2.testing._dataplane._exchange import Refusal, internal_error, refusal
from apigw2.testing._http import MAX_BODY, too_large

if TYPE_CHECKING:
    from apigw2.testing._dataplane._exchange import Exchange
    from apigw2.testing._dataplane._routing import Router
    from apigw2.testing._http import Response
    from apigw2.testing._protocol import Record

_NO_BODY: Final = frozenset({204, 304})


def serve(exchange: Exchange, router: Router) -> Response:
    """Answer a request to a stage.

    Args:
        exchange: The request.
        router: The routes that the stage serves.
    """
    try:
        response = _checked(_answer(exchange, router))
    except Refusal as error:
        response = error.response
    except RecursionError:
        # A value that could be parsed may still be nested too deeply to be written.
        response = internal_error("a claim or the context is nested too deeply").response
    has_body = exchange.request.method != "HEAD" and response.status not in _NO_BODY
    return attrs.evolve(
        response,
        headers={**response.headers, "apigw-requestid": exchange.request_id},
        body=response.body if has_body else b"",
    )


def _checked(response: Response) -> Response:
    try:
        return _head.checked(response)
    except ValueError as error:
        raise internal_error(f"the integration's response is malformed: {error}") from None


def _answer(exchange: Exchange, router: Router) -> Response:
    request = exchange.request
    if len(request.body) > MAX_BODY:
        raise Refusal(too_large())
    if exchange.domain is None and exchange.snapshot.api["DisableExecuteApiEndpoint"]:
        raise refusal(404, "Not Found", "the API's default endpoint is disabled")
    selected = router.select(request.method, request.path)
    if selected is not None:
        exchange.route, exchange.path_parameters = selected
        key = exchange.route["RouteKey"]
        if not exchange.throttles.take(exchange.stage, key, exchange.now):
            reason = f"{key} has reached its throttling limits"
            raise refusal(429, "Too Many Requests", reason)
        # Even a preflight request needs the authorization of a route that it matches (developer
        # guide, "Configuring CORS for an HTTP API with a $default route and an authorizer").
        _authorization.authorize(exchange)
    if _cors.is_preflight(exchange):
        return _cors.preflight(exchange)
    if selected is None:
        raise refusal(404, "Not Found", f"no route matches {request.method} {request.path}")
    return _cors.add_headers(exchange, _integrate(exchange))


def _integrate(exchange: Exchange) -> Response:
    """Call the integration, and map its response.

    A time-out is a 503, not the 504 of REST APIs (cortexlabs/cortex#1225, serverless/serverless
    #11222).
    """
    integration_id = exchange.route.get("Target", "").removeprefix("integrations/")
    integration = exchange.snapshot.integrations.get(integration_id)
    if integration is None:
        raise refusal(404, "Not Found", f"{exchange.route['RouteKey']} has no integration")
    try:
        response, integration_status = _call(exchange, integration)
    except DeadlineError as error:
        reason = f"the integration of {exchange.route['RouteKey']} {error}"
        raise refusal(503, "Service Unavailable", reason) from error
    status = str(response.status)
    exchange.variables |= {
        "integration.integrationStatus": integration_status or status,
        "integration.status": status,
        "integrationStatus": integration_status or status,
        "responseLength": str(len(response.body)),
        "status": status,
    }
    return _mapping.map_response(exchange, integration, response)


def _call(exchange: Exchange, integration: Record) -> tuple[Response, str | None]:
    """Call an integration.

    Returns:
        The response, and the status of Lambda itself rather than of the function (developer guide,
        "Customizing HTTP API access logs").
    """
    if "IntegrationSubtype" in integration:
        return _functions.service(exchange, integration), None
    if integration["IntegrationType"] == "AWS_PROXY":
        changed, path = _mapping.map_request(exchange, integration)
        mapped = attrs.evolve(exchange, request=attrs.evolve(changed, path=path or changed.path))
        return _functions.proxy(mapped, integration), "200"
    if integration["ConnectionType"] == "VPC_LINK":
        raise internal_error("VPC links have no backends here")
    request, path = _mapping.map_request(exchange, integration)
    return _http_proxy.proxy(exchange, integration, request, path), None
