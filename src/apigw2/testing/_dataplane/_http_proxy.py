"""HTTP_PROXY integrations, to loopback only."""

from __future__ import annotations

import http.client
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from apigw2.testing._dataplane import _head, _loopback
from apigw2.testing._dataplane._deadlines import Deadline, DeadlineError
from apigw2.testing._dataplane._exchange import internal_error, refusal
from apigw2.testing._http import without_secrets

if TYPE_CHECKING:
    from apigw2.testing._dataplane._exchange import Exchange
    from apigw2.testing._http import Request, Response
    from apigw2.testing._protocol import Record

_VARIABLE: Final = re.compile(r"(\$?)\{([^{}+]+)\+?\}")


def proxy(exchange: Exchange, integration: Record, request: Request, path: str | None) -> Response:
    """Forward a request to a server on this machine.

    Args:
        exchange: The original request.
        integration: Record of the integration.
        request: The request after parameter mapping.
        path: The path set by the mapping.

    Raises:
        DeadlineError: The server did not answer in time.
        Refusal: The server is not on this machine, or cannot be reached.
    """
    uri = exchange.evaluate(_with_variables(exchange, integration["IntegrationUri"])) or ""
    try:
        parts = urlsplit(uri)
    except ValueError as error:
        raise internal_error(f"the integration's URI is not a URL: {error}") from None
    target = parts.path
    if path is not None:
        target = path
    elif exchange.route["RouteKey"] == "$default":
        # The integration gets the whole path (developer guide, "Working with the $default route").
        target = parts.path.rstrip("/") + request.path
    query = "&".join(filter(None, (parts.query, request.raw_query)))
    method = integration["IntegrationMethod"]
    forwarded = f"by=127.0.0.1;for={exchange.source_ip};host={exchange.domain_name};proto=https"
    try:
        return _loopback.send(
            parts._replace(path=target, query=query, fragment="").geturl(),
            method=request.method if method == "ANY" else method,
            headers={
                **_head.for_backend(request.lines),
                "host": parts.netloc.rpartition("@")[2],
                "forwarded": forwarded,
            },
            body=request.body,
            deadline=Deadline(exchange.backends.clock, integration["TimeoutInMillis"]),
        )
    except ValueError as error:
        raise internal_error(str(error)) from None
    except DeadlineError:
        raise
    except (OSError, http.client.HTTPException) as error:
        reason = f"{without_secrets(uri)}: {type(error).__name__}: {error}"
        raise refusal(503, "Service Unavailable", reason) from error


def _with_variables(exchange: Exchange, uri: str) -> str:
    """Replace `{name}` by path parameters, but not `${name}`, which is a stage variable."""

    def value(found: re.Match[str]) -> str:
        if found[1]:
            return found[0]
        return quote(exchange.path_parameters.get(found[2], ""), safe="/")

    return _VARIABLE.sub(value, uri)
