"""The entry point: one account's API Gateway V2 in one region."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import boto3

import apigw2
from apigw2._core.connection import Connection
from apigw2._core.listing import Listing
from apigw2._core.operation import operation, refer

if TYPE_CHECKING:
    from botocore.client import BaseClient
    from botocore.config import Config

__all__ = ["ApiGatewayV2"]


class ApiGatewayV2:
    """One account's API Gateway V2 in one region: what every object of the library comes from.

    Objects never change and boto3's clients are thread-safe, so a gateway and all that came from
    it may be shared between threads.

    Args:
        session: The boto3 session to make a client of; boto3's default session where left out.
        region_name: The region, where it is not the session's.
        config: botocore's settings for the client.
        endpoint_url: Another address than AWS's, such as an emulator's.
        client: A boto3 `apigatewayv2` client of one's own, instead of all of the above.

    Example:
        >>> gw = apigw2.ApiGatewayV2(region_name="eu-central-1")
        >>> api = gw.create_api(name="petstore", protocol_type="HTTP")
        >>> backend = api.create_integration(
        ...     "HTTP_PROXY",
        ...     integration_uri="https://pets.example.com",
        ...     integration_method="ANY",
        ...     payload_format_version="1.0",
        ... )
        >>> api.create_route("GET /pets", target=backend)
        >>> api.create_stage("$default", auto_deploy=True)
    """

    __slots__ = ("_connection",)

    def __init__(
        self,
        *,
        session: boto3.Session | None = None,
        region_name: str | None = None,
        config: Config | None = None,
        endpoint_url: str | None = None,
        client: BaseClient | None = None,
    ) -> None:
        if client is None:
            maker: Any = session or boto3  # its stubs know a client by its service alone
            client = maker.client(
                "apigatewayv2", region_name=region_name, config=config, endpoint_url=endpoint_url
            )
        elif any(given is not None for given in (session, region_name, config, endpoint_url)):
            msg = "client is given, so session, region_name, config and endpoint_url may not be"
            raise TypeError(msg)
        self._connection = Connection(client)

    @property
    def client(self) -> BaseClient:
        """The boto3 client, for whatever the library does not do."""
        return self._connection.client

    def __repr__(self) -> str:
        """The region and address that requests go to."""
        meta = self.client.meta
        return f"ApiGatewayV2({meta.region_name}, {meta.endpoint_url})"

    # --- APIs

    @operation("CreateApi")
    def create_api(
        self,
        *,
        name: str,
        protocol_type: apigw2.ProtocolType,
        api_key_selection_expression: str | None = None,
        cors_configuration: apigw2.Cors | None = None,
        credentials_arn: str | None = None,
        description: str | None = None,
        disable_schema_validation: bool | None = None,
        disable_execute_api_endpoint: bool | None = None,
        ip_address_type: apigw2.IpAddressType | None = None,
        route_key: str | None = None,
        route_selection_expression: str | None = None,
        tags: Mapping[str, str] | None = None,
        target: str | None = None,
        version: str | None = None,
    ) -> apigw2.Api:
        """Create an API. With `target` (quick create) it is complete and callable at once.

        A quick create makes an integration, a route and a `$default` stage with auto-deploy,
        which API Gateway manages from then on.

        Args:
            name: Its name, 1 to 128 characters. Two APIs may have the same one.
            protocol_type: `HTTP` or `WEBSOCKET`.
            api_key_selection_expression: Where API keys come from, such as
                `$request.header.x-api-key`. WebSocket APIs only.
            cors_configuration: What browsers are told. HTTP APIs only.
            credentials_arn: IAM role that a quick-created Lambda integration is called with.
                HTTP APIs only.
            description: A text of up to 1,024 characters.
            disable_schema_validation: Whether models are not checked. WebSocket APIs only.
            disable_execute_api_endpoint: Whether it answers on custom domain names only.
            ip_address_type: `ipv4` (the service's default) or `dualstack`, IPv6 as well.
            route_key: Key of the quick-created route; `$default` where left out. HTTP APIs only.
            route_selection_expression: What a request's route is chosen by. HTTP APIs:
                `${request.method} ${request.path}`, which is the default. WebSocket APIs need
                it: `$request.body.action`, say.
            tags: Tags, up to 50.
            target: The URL or Lambda function of a quick create. HTTP APIs only.
            version: A version identifier of one's own, 1 to 64 characters.

        Raises:
            BadRequestError: A value is not acceptable, or not for this protocol.
            ConflictError: Another change is under way.
            TooManyRequestsError: The account is over its requests or its number of APIs.
        """
        ...

    @operation("GetApis")
    def get_apis(self, *, page_size: int | None = None) -> Listing[apigw2.Api]:
        """List the APIs of the account and region.

        Args:
            page_size: The most that one request fetches.
        """
        ...

    @operation("ImportApi")
    def import_api(
        self,
        body: str,
        *,
        basepath: str | None = None,
        fail_on_warnings: bool | None = None,
    ) -> apigw2.Api:
        """Create an HTTP API from an OpenAPI document.

        Args:
            body: The document's text: OpenAPI 3.0 as JSON or YAML, with AWS's extensions
                `x-amazon-apigateway-integration` and others.
            basepath: What becomes of the path in the document's server URL: `ignore` (the
                service's default), `prepend` or `split`.
            fail_on_warnings: Whether a warning makes the import fail and undoes it. By default
                warnings are ignored; they are in the API's `warnings`.

        Returns:
            The API, with what the service thought of the document in `warnings` and
            `import_info`.

        Raises:
            BadRequestError: The document is no usable OpenAPI 3.0, or has warnings and they are
                to fail.
            ConflictError: Another change is under way.
        """
        ...

    def api(self, api_id: str) -> apigw2.ApiRef:
        """An API by its id; makes no request."""
        return refer(self, apigw2.ApiRef, api_id=api_id)

    def get_api(self, api_id: str) -> apigw2.Api:
        """Fetch an API: short for `gw.api(id).get()`."""
        return self.api(api_id).get()
