"""The stations of a request, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from apigw2.testing._dataplane import (
    _authorization,
    _cors,
    _functions,
    _http_proxy,
    _mapping,
    _routing,
)
from apigw2.testing._dataplane._exchange import Refusal, refusal

if TYPE_CHECKING:
    from apigw2.testing._dataplane._exchange import Exchange
    from apigw2.testing._http import Response


def serve(exchange: Exchange) -> Response:
    """Answer a request to a stage."""
    try:
        response = _answer(exchange)
    except Refusal as error:
        response = error.response
    return attrs.evolve(
        response, headers={**response.headers, "apigw-requestid": exchange.request_id}
    )


def _answer(exchange: Exchange) -> Response:
    if exchange.snapshot.api["DisableExecuteApiEndpoint"]:
        raise refusal(404, "Not Found", "the API's default endpoint is disabled")
    request = exchange.request
    selected = _routing.select(exchange.snapshot.routes, request.method, request.path)
    if selected is not None:
        exchange.route, exchange.path_parameters = selected
        _throttle(exchange)
        # Even a preflight request has to get past the authorizer of a route that it matches
        # (developer guide, "Configuring CORS for an HTTP API with a $default route and an
        # authorizer").
        _authorization.authorize(exchange)
    if _cors.is_preflight(exchange):
        return _cors.preflight(exchange)
    if selected is None:
        raise refusal(404, "Not Found", f"no route matches {request.method} {request.path}")
    return _cors.add_headers(exchange, _integrate(exchange))


def _throttle(exchange: Exchange) -> None:
    """Refuse everything where a limit is zero, which is what a half-set route setting can mean."""
    default = exchange.stage["DefaultRouteSettings"]
    settings = default | exchange.stage["RouteSettings"].get(exchange.route["RouteKey"], {})
    for name in ("ThrottlingBurstLimit", "ThrottlingRateLimit"):
        if settings.get(name) == 0:
            raise refusal(429, "Too Many Requests", f"{name} is 0")


def _integrate(exchange: Exchange) -> Response:
    integration_id = exchange.route.get("Target", "").removeprefix("integrations/")
    integration = exchange.snapshot.integrations.get(integration_id)
    if integration is None:
        raise refusal(404, "Not Found", f"{exchange.route['RouteKey']} has no integration")
    if "IntegrationSubtype" in integration:
        response = _functions.service(exchange, integration)
    elif integration["IntegrationType"] == "AWS_PROXY":
        changed, path = _mapping.map_request(exchange, integration)
        mapped = attrs.evolve(exchange, request=attrs.evolve(changed, path=path or changed.path))
        response = _functions.proxy(mapped, integration)
    elif integration["ConnectionType"] == "VPC_LINK":
        raise refusal(500, "Internal Server Error", "there is nothing behind VPC links here")
    else:
        response = _http_proxy.proxy(
            exchange, integration, *_mapping.map_request(exchange, integration)
        )
    return _mapping.map_response(exchange, integration, response)
