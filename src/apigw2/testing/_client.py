"""boto3 clients whose requests are answered without sockets."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.exceptions import BotoCoreError, ConnectionClosedError, ReadTimeoutError

from apigw2.testing._arguments import shown
from apigw2.testing._errors import Dropped
from apigw2.testing._http import Request
from apigw2.testing._protocol import SERVICE, loader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    from botocore.awsrequest import AWSPreparedRequest
    from botocore.client import BaseClient
    from botocore.config import Config
    from types_boto3_apigatewaymanagementapi import ApiGatewayManagementApiClient
    from types_boto3_apigatewayv2 import ApiGatewayV2Client

    from apigw2.testing._http import Response

    AnyClient = BaseClient | ApiGatewayV2Client | ApiGatewayManagementApiClient

    class Handle(Protocol):
        """Handles a request within the read timeout of the client."""

        def __call__(self, request: Request, *, timeout: float | None = None) -> Response: ...


CONNECTIONS: Final = "apigatewaymanagementapi"

_HERMETIC: Final = {
    # name: (its name in the configuration file, its environment variable, its default, a converter)
    "profile": (None, None, None, None),
    "config_file": (None, None, os.devnull, None),
    "credentials_file": (None, None, os.devnull, None),
}
"""botocore settings that would make a client depend on the machine."""


class _Raw(io.BytesIO):
    """The body stream of a response, as botocore reads it."""

    def stream(self, **_: object) -> Iterator[bytes]:
        """The whole body."""
        yield self.read()


def make_client(
    region_name: str,
    endpoint_url: str | None,
    config: Config | None,
    *,
    access_key: str | None,
) -> ApiGatewayV2Client:
    """Create a client that needs no credentials and reads no configuration files."""
    endpoint_url = endpoint_url or f"https://apigateway.{region_name}.amazonaws.com"
    client = _make(SERVICE, region_name, endpoint_url, config, access_key)
    return cast("ApiGatewayV2Client", client)


def make_connections_client(
    region_name: str, endpoint_url: str, config: Config | None
) -> ApiGatewayManagementApiClient:
    """Create a client for `@connections`, as `make_client` does."""
    client = _make(CONNECTIONS, region_name, endpoint_url, config, None)
    return cast("ApiGatewayManagementApiClient", client)


def _make(
    service: str,
    region_name: str,
    endpoint_url: str,
    config: Config | None,
    access_key: str | None,
) -> object:
    session = botocore.session.Session(session_vars=_HERMETIC)
    session.register_component("data_loader", loader())
    create: Any = session.create_client
    try:
        return create(
            service,
            region_name=region_name,
            endpoint_url=endpoint_url,
            aws_access_key_id=access_key or "testing",
            aws_secret_access_key="testing",  # noqa: S106 - made up
            config=config,
        )
    except BotoCoreError:
        raise  # one about the region names it
    except ValueError:
        raise ValueError(f"endpoint_url: {shown(endpoint_url)} is not a URL") from None


def service_of(client: AnyClient) -> str:
    """The service of a client, such as `apigatewayv2`."""
    return str(cast("Any", client.meta.service_model).service_name)


def answer_requests(client: AnyClient, handle: Handle) -> None:
    """Let a function handle all requests of a client."""
    timeout = float(cast("Any", client.meta.config).read_timeout)

    def answer(request: AWSPreparedRequest, **_: object) -> AWSResponse:
        url = str(request.url)
        given: list[tuple[str, object]] = list(request.headers.items())
        headers = {"Host": urlsplit(url).netloc} | {
            name: value.decode() if isinstance(value, bytes) else str(value)
            for name, value in given
        }
        # botocore's stubs allow body types that no operation of these services has.
        given_body = cast("bytes | str", request.body or b"")
        body = given_body.encode() if isinstance(given_body, str) else given_body
        arrived = Request.to_url(str(request.method), url, headers, body)
        try:
            response = handle(arrived, timeout=timeout)
        except Dropped:
            raise ConnectionClosedError(endpoint_url=url) from None
        except TimeoutError:
            raise ReadTimeoutError(endpoint_url=url) from None
        return AWSResponse(
            url,
            response.status,
            cast("Any", {**response.headers, "content-length": str(len(response.body))}),
            _Raw(response.body),
        )

    # The handler's return value is the response, which botocore's stubs do not declare.
    client.meta.events.register_first(f"before-send.{service_of(client)}", cast("Any", answer))
