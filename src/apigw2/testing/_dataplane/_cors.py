"""Cross-origin resource sharing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from apigw2.testing._http import Response

if TYPE_CHECKING:
    from apigw2.testing._dataplane._exchange import Exchange
    from apigw2.testing._http import Request
    from apigw2.testing._protocol import Record

_PREFIX: Final = "access-control-"


def is_preflight(exchange: Exchange) -> bool:
    """Whether the gateway answers the request as a CORS preflight."""
    headers = exchange.request.headers
    return (
        "CorsConfiguration" in exchange.snapshot.api
        and exchange.request.method == "OPTIONS"
        and "origin" in headers
        and "access-control-request-method" in headers
    )


def _allowed_origin(cors: Record, request: Request) -> str | None:
    origin = request.headers.get("origin")
    allowed = cors.get("AllowOrigins", ())
    if origin is None:
        return None
    if "*" in allowed:
        return "*"
    scheme = origin.partition("://")[0]
    return origin if origin in allowed or f"{scheme}://*" in allowed else None


def _headers(cors: Record, request: Request) -> dict[str, str]:
    """The headers of any response to a request from an allowed origin."""
    origin = _allowed_origin(cors, request)
    if origin is None:
        return {}
    headers = {f"{_PREFIX}allow-origin": origin}
    if cors.get("AllowCredentials"):
        headers[f"{_PREFIX}allow-credentials"] = "true"
    if cors.get("ExposeHeaders"):
        headers[f"{_PREFIX}expose-headers"] = ",".join(cors["ExposeHeaders"])
    if origin != "*":
        headers["vary"] = "origin"
    return headers


def preflight(exchange: Exchange) -> Response:
    """Answer a preflight request; without CORS headers, if the origin is not allowed."""
    cors = exchange.snapshot.api["CorsConfiguration"]
    headers = _headers(cors, exchange.request)
    if headers:
        if cors.get("AllowMethods"):
            headers[f"{_PREFIX}allow-methods"] = ",".join(cors["AllowMethods"])
        if cors.get("AllowHeaders"):
            headers[f"{_PREFIX}allow-headers"] = ",".join(cors["AllowHeaders"])
        if "MaxAge" in cors:
            headers[f"{_PREFIX}max-age"] = str(cors["MaxAge"])
    return Response(status=204, headers=headers)


def add_headers(exchange: Exchange, response: Response) -> Response:
    """Replace the integration's CORS headers by the configured ones."""
    cors = exchange.snapshot.api.get("CorsConfiguration")
    if cors is None:
        return response
    kept = {k: v for k, v in response.headers.items() if not k.startswith(_PREFIX)}
    added = _headers(cors, exchange.request)
    if "vary" in kept and "vary" in added:
        added["vary"] = f"{kept['vary']},{added['vary']}"
    return attrs.evolve(response, headers=kept | added)
