"""URLs and DNS targets of APIs. Nothing here makes a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit, urlunsplit

import apigw2
from apigw2._arguments import check_type
from apigw2._objects.references import as_id, check_id, connection_of
from apigw2._wire.endpoints import dns_suffix, execute_api_host

if TYPE_CHECKING:
    from apigw2._wire.connection import Connection

_SECURE: Final = {"HTTP": "https", "WEBSOCKET": "wss"}
_OVER_HTTP: Final = {"wss": "https", "ws": "http"}


class DnsTarget(NamedTuple):
    """The target of the DNS record of a custom domain name.

    Attributes:
        host_name: Host name, for a CNAME or alias record.
        hosted_zone_id: Id of the Route 53 hosted zone of the host, for an alias record.

    Example:
        >>> host_name, hosted_zone_id = gw.get_domain_name("api.example.com").dns_target
    """

    host_name: str
    hosted_zone_id: str


def protocol_of(api: apigw2.ApiRef | apigw2.RouteRef) -> str | None:
    """The protocol of an API if it is known without a request."""
    return connection_of(api).checks.protocol_of(api.api_id)


def url_of_api(api: apigw2.ApiRef) -> str:
    """The API's URL without a stage.

    If the gateway has seen the API, this is the service's `apiEndpoint`, which is also right for
    emulators and WebSocket APIs (`wss`). Otherwise it is the default endpoint on AWS.
    """
    connection = connection_of(api)
    endpoint = getattr(api, "api_endpoint", None) or connection.checks.endpoint_of(api.api_id)
    return str(endpoint or f"https://{_host(connection, api.api_id)}")


def url_of_stage(api: apigw2.ApiRef, stage: apigw2.StageRef | str) -> str:
    """The URL of a stage; that of `$default` has no path."""
    name = check_id("stage", as_id(stage, apigw2.StageRef))
    return url_of_api(api) if name == "$default" else f"{url_of_api(api)}/{name}"


def callback_url(stage: apigw2.StageRef) -> str:
    """The `@connections` URL of a stage: the stage's URL with the scheme of HTTP."""
    return over_http(url_of_stage(stage.api, stage))


def over_http(url: str) -> str:
    """Replace the scheme of a WebSocket URL by that of HTTP; return other URLs unchanged."""
    scheme, separator, rest = url.partition("://")
    return f"{_OVER_HTTP.get(scheme, scheme)}{separator}{rest}"


def management_url(url: str) -> str:
    """Convert a URL to the `endpoint_url` of a client for `@connections`.

    Raises:
        ValueError: `url` is not a URL.
    """
    check_type("url", url, str, "a string")
    checked = over_http(url).rstrip("/").removesuffix("/@connections")
    parts = urlsplit(checked)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        msg = f"url: {without_password(url)!r} is not a URL such as https://chat.example.com/v1"
        raise ValueError(msg)
    return checked


def without_password(url: str) -> str:
    """Remove user and password from a URL."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def url_of_mapping(mapping: apigw2.ApiMapping) -> str:
    """The URL of a stage under a custom domain name."""
    protocol = connection_of(mapping).checks.protocol_of(mapping.api_id)
    base = f"{_SECURE.get(protocol or 'HTTP', 'https')}://{mapping.domain_name}"
    return f"{base}/{mapping.api_mapping_key}" if mapping.api_mapping_key else base


def dns_target(domain: apigw2.DomainName) -> DnsTarget:
    """The target for DNS records.

    Raises:
        LookupError: The service has not assigned a target yet.
    """
    for endpoint in domain.domain_name_configurations:
        if endpoint.api_gateway_domain_name and endpoint.hosted_zone_id:
            return DnsTarget(endpoint.api_gateway_domain_name, endpoint.hosted_zone_id)
    msg = f"{domain.domain_name} has no endpoint yet; get() it again"
    raise LookupError(msg)


def _host(connection: Connection, api_id: str) -> str:
    suffix = dns_suffix(connection.partition)
    return execute_api_host(api_id, connection.region_name, suffix)
