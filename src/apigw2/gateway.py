"""The entry point: one account's API Gateway V2 in one region."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, Union, cast
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

import apigw2
from apigw2._arguments import check_type
from apigw2._calls.operation import operation
from apigw2._calls.preflight import Preflight, PreflightMode
from apigw2._objects.listing import Listing
from apigw2._objects.references import Reference, connect, connection_of, refer
from apigw2._wire.clients import (
    SERVICE,
    check_client,
    check_settings,
    create_client,
    management_factory,
    management_factory_like,
)
from apigw2._wire.connection import DETACHED, Connection
from apigw2._wire.retries import Retries, install_retry_guard
from apigw2._workflows.find import find
from apigw2._workflows.links import management_url

if TYPE_CHECKING:
    # Where types-boto3 is installed, the escape hatch is typed too.
    from types_boto3_apigatewayv2 import ApiGatewayV2Client
else:
    from botocore.client import BaseClient as ApiGatewayV2Client

__all__ = ["ApiGatewayV2"]

R = TypeVar("R", bound=Reference)
Taggable = Union[
    "apigw2.ApiRef",
    "apigw2.StageRef",
    "apigw2.DomainNameRef",
    "apigw2.VpcLinkRef",
    "apigw2.Portal",
    "apigw2.PortalProduct",
    str,
]


def _arn_of_object(arguments: dict[str, Any]) -> None:
    """Replace a resource by its ARN, which the service's responses do not contain."""
    resource = arguments["resource_arn"]
    arguments["resource_arn"] = getattr(resource, "arn", resource)


def _configuration_of_certificate(arguments: dict[str, Any]) -> None:
    """Build the configuration that HTTP and WebSocket APIs need from a certificate ARN.

    TLS_1_0 and EDGE are for REST APIs (terraform-provider-aws#37869).
    """
    certificate = arguments.pop("certificate_arn", None)
    if certificate is None:
        return
    if "domain_name_configurations" in arguments:
        msg = "create_domain_name(): give certificate_arn or domain_name_configurations, not both"
        raise TypeError(msg)
    configuration = apigw2.DomainNameConfiguration(
        certificate_arn=certificate, endpoint_type="REGIONAL", security_policy="TLS_1_2"
    )
    arguments["domain_name_configurations"] = [configuration]


class ApiGatewayV2:
    """The entry point: API Gateway V2 in one account and region.

    Objects are immutable and boto3 clients are thread-safe, so a gateway and its objects can be
    shared between threads.

    Args:
        session: boto3 session to create the client with. Default: boto3's default session.
        region_name: AWS region. Default: the session's.
        config: botocore configuration of the client.
        endpoint_url: Endpoint to use instead of AWS, such as that of an emulator.
        client: Existing boto3 `apigatewayv2` client, instead of the arguments above. Its settings
            do not change.
        retries: Retry policy for throttling, conflicts and transient faults.
        preflight: How to treat calls that break a rule of the service. `error` raises before a
            request is sent if AWS is known to reject such calls, and warns otherwise; `warn` only
            warns; `off` checks nothing.
        fast_decoding: Whether to decode responses without botocore's parser. If false, calls take
            longer, and fields that botocore does not know are lost.

    Example:
        >>> gw = apigw2.ApiGatewayV2(region_name="eu-central-1")
        >>> api = gw.create_api("petstore", protocol_type="HTTP")
        >>> backend = api.create_integration(
        ...     "HTTP_PROXY",
        ...     integration_uri="https://pets.example.com",
        ...     integration_method="ANY",
        ...     payload_format_version="1.0",
        ... )
        >>> api.create_route("GET /pets", target=backend)
        >>> api.create_stage("$default", auto_deploy=True)
    """

    __slots__ = ("__weakref__", "_connection")

    def __init__(
        self,
        *,
        session: boto3.Session | None = None,
        region_name: str | None = None,
        config: Config | None = None,
        endpoint_url: str | None = None,
        client: ApiGatewayV2Client | None = None,
        retries: Retries = Retries(),  # noqa: B008  # frozen
        preflight: PreflightMode = "error",
        fast_decoding: bool = True,
    ) -> None:
        check_type("retries", retries, Retries, "apigw2.Retries")
        check_type("fast_decoding", fast_decoding, bool, "True or False")
        if client is None:
            check_settings(session, region_name, config, endpoint_url)
            settings = retries.configure(config)
            made = create_client(
                session,
                SERVICE,
                region_name=region_name,
                config=settings,
                endpoint_url=endpoint_url,
            )
            install_retry_guard(made)
            client = cast("ApiGatewayV2Client", made)
            make_management = management_factory(session, client.meta.region_name, settings)
        elif any(given is not None for given in (session, region_name, config, endpoint_url)):
            msg = "client is given, so session, region_name, config and endpoint_url may not be"
            raise TypeError(msg)
        else:
            check_client(client)
            make_management = management_factory_like(client)
        checks = Preflight(preflight, client)
        self._connection = Connection(client, retries, checks, make_management, fast=fast_decoding)

    @property
    def client(self) -> ApiGatewayV2Client:
        """The boto3 client, for operations that the library does not cover."""
        return cast("ApiGatewayV2Client", self._connection.client)

    def __repr__(self) -> str:
        """The region and the endpoint, without credentials in the URL."""
        if self._connection is DETACHED:
            return "ApiGatewayV2(DETACHED)"
        meta = self.client.meta
        url = urlsplit(str(meta.endpoint_url))
        address = url._replace(netloc=url.netloc.rpartition("@")[2], query="", fragment="")
        return f"ApiGatewayV2({meta.region_name}, {address.geturl()})"

    @classmethod
    def of(cls, obj: Reference) -> ApiGatewayV2:
        """The gateway that an object belongs to; makes no request.

        Args:
            obj: The object.

        Raises:
            DetachedError: The object was unpickled or constructed directly.

        Example:
            >>> apigw2.ApiGatewayV2.of(route).get_apis()
        """
        check_type("obj", obj, Reference, "a reference or a snapshot")
        connection = connection_of(obj)
        connection.client  # noqa: B018  # raises DetachedError if there is none
        gateway = cls.__new__(cls)
        gateway._connection = connection  # noqa: SLF001  # an instance of this class
        return gateway

    @property
    def region_name(self) -> str:
        """The region that requests go to."""
        return self._connection.region_name

    @property
    def partition(self) -> str:
        """The region's partition, such as `aws`, `aws-cn` or `aws-us-gov`."""
        return self._connection.partition

    def connections(self, url: str) -> apigw2.Connections:
        """The WebSocket connections at a URL, with this gateway's credentials and settings.

        For the connections of a stage, use `stage.connections`.

        Args:
            url: The URL, such as that of a custom domain name and its mapping key.

        Raises:
            ValueError: `url` is not a URL.

        Example:
            >>> gw.connections("https://chat.example.com/v1").send(connection_id, "hello")
        """
        client: Any = self._connection.management_client(management_url(url))
        return apigw2.Connections(client=client)

    def attach(self, obj: R) -> R:
        """Return a copy of an unpickled or directly constructed object that uses this gateway.

        Example:
            >>> route = gw.attach(pickle.loads(stored))
            >>> route.delete()
        """
        check_type("obj", obj, Reference, "a reference or a snapshot")
        return connect(obj, self._connection)

    # --- APIs

    @operation("CreateApi")
    def create_api(
        self,
        name: str,
        *,
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
        """Create an API. With `target` (quick create), it is immediately callable.

        A quick create also creates an integration, a route and a `$default` stage with auto-deploy,
        which API Gateway manages.

        Args:
            name: Name, 1 to 128 characters, not necessarily unique.
            protocol_type: `HTTP` or `WEBSOCKET`.
            api_key_selection_expression: Source of the API key, such as
                `$request.header.x-api-key`. WebSocket APIs only.
            cors_configuration: CORS configuration. HTTP APIs only.
            credentials_arn: ARN of the IAM role that a quick-created Lambda integration uses. HTTP
                APIs only.
            description: Description, up to 1,024 characters.
            disable_schema_validation: Whether model schemas are not validated. WebSocket APIs only.
            disable_execute_api_endpoint: Whether the API can be called through custom domain names
                only.
            ip_address_type: `ipv4` (the service's default) or `dualstack` (IPv4 and IPv6).
            route_key: Key of the quick-created route; by default `$default`. HTTP APIs only.
            route_selection_expression: Expression that selects the route of a request. Always
                `${request.method} ${request.path}` (the default) in HTTP APIs; required in
                WebSocket APIs, such as `$request.body.action`.
            tags: Tags, up to 50.
            target: URL, or ARN of the Lambda function, for a quick create. HTTP APIs only.
            version: Version identifier, 1 to 64 characters.

        Raises:
            BadRequestError: A value is invalid, or not supported for this protocol.
            ConflictError: Another change is in progress.
            TooManyRequestsError: The account exceeds its request quota or its maximum number of
                APIs.
        """
        ...

    @operation("GetApis")
    def get_apis(self, *, page_size: int | None = None) -> Listing[apigw2.Api]:
        """List the APIs of the account and region.

        Args:
            page_size: Maximum number of objects in one response.
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
            body: OpenAPI 3.0 document as a JSON or YAML string, with AWS's extensions such as
                `x-amazon-apigateway-integration`.
            basepath: How to use the path of the document's server URL: `ignore` (the service's
                default), `prepend` or `split`.
            fail_on_warnings: Whether to roll the import back if there are warnings. By default,
                warnings are only returned in `warnings`.

        Returns:
            The API, with the messages of the import in `warnings` and `import_info`.

        Raises:
            BadRequestError: The document is not valid OpenAPI 3.0, or has warnings and
                `fail_on_warnings` is true.
            ConflictError: Another change is in progress.
        """
        ...

    def find_api(self, name: str) -> apigw2.Api | None:
        """Find an API by its name; lists the APIs.

        Args:
            name: The name.

        Returns:
            The API, or `None`.

        Raises:
            MultipleMatchesError: Several APIs have this name; names need not be unique.
        """
        return find(self.get_apis(), "name", name)

    def api(self, api_id: str) -> apigw2.ApiRef:
        """A reference to an API by its id; makes no request."""
        return refer(self, apigw2.ApiRef, api_id=api_id)

    def get_api(self, api_id: str) -> apigw2.Api:
        """Fetch an API; shorthand for `gw.api(id).get()`."""
        return self.api(api_id).get()

    def plan(
        self,
        blueprint: apigw2.Blueprint,
        *,
        api: apigw2.ApiRef | None = None,
        prune: bool = False,
        scope: Callable[[str, str], bool] | None = None,
        max_deletes: int | None = None,
        rewrite: Mapping[str, str] | None = None,
    ) -> apigw2.Plan:
        """Compare an API with a blueprint and plan the changes.

        The plan is for the API with the blueprint's name, and creates it if it does not exist.
        Fields that the blueprint omits get the service's defaults.

        Args:
            blueprint: Desired state of the API.
            api: The API to change, needed to rename it or if several APIs have the name.
            prune: Whether to delete routes, integrations, authorizers, models and stages that the
                blueprint does not contain. By default they stay, except those that the plan
                replaces.
            scope: Function that returns whether pruning may delete an object, given its kind, such
                as `route`, and its key, such as `GET /pets`.
            max_deletes: Maximum number of objects that pruning may delete.
            rewrite: Replacements of strings such as ARNs, for a copy in another account or region.
                If given, it must cover every ARN and every id of an account or region.

        Raises:
            MultipleMatchesError: Several APIs have this name.
            PlanBlockedError: The service does not support some of the changes; the error lists
                them.
            PlanError: Integrations are ambiguous, more than `max_deletes` objects would be deleted,
                or `rewrite` is incomplete.

        Example:
            >>> plan = gw.plan(apigw2.Blueprint.load("petstore.yaml"))
            >>> print(plan)
            >>> api = plan.apply()
        """
        from apigw2._blueprints.making import plan_blueprint  # noqa: PLC0415  # rarely used

        return plan_blueprint(
            self,
            blueprint,
            api=api,
            prune=prune,
            scope=scope,
            max_deletes=max_deletes,
            rewrite=rewrite,
        )

    # --- domain names

    @operation("CreateDomainName", prepare=_configuration_of_certificate)
    def create_domain_name(
        self,
        domain_name: str,
        *,
        certificate_arn: str | None = None,
        domain_name_configurations: Sequence[apigw2.DomainNameConfiguration] | None = None,
        mutual_tls_authentication: apigw2.MutualTlsAuthenticationInput | None = None,
        routing_mode: apigw2.RoutingMode | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> apigw2.DomainName:
        """Create a custom domain name.

        An account has up to 120 in a region by default; the quota can be raised.

        Requests reach an API once a DNS record points to `api_gateway_domain_name` and an API is
        mapped to the domain name. An account can do this once in 30 seconds.

        Args:
            domain_name: Name in lower case, such as `api.example.com` or `*.example.com`, 1 to 512
                characters.
            certificate_arn: ARN of the certificate in AWS Certificate Manager, in the same region.
                Shorthand for a `REGIONAL` configuration with `TLS_1_2`, the only one that HTTP and
                WebSocket APIs support.
            domain_name_configurations: Complete configuration instead of `certificate_arn`, a
                sequence of one item.
            mutual_tls_authentication: Mutual TLS settings; by default clients need no certificate.
            routing_mode: How to select the API: `API_MAPPING_ONLY` (the service's default),
                `ROUTING_RULE_ONLY`, or `ROUTING_RULE_THEN_API_MAPPING` to use the mappings if no
                rule matches.
            tags: Tags, up to 50.

        Raises:
            AccessDeniedError: The caller is not authorized for this operation, or for a resource
                that the arguments name.
            BadRequestError: A value is invalid, such as an unsupported security policy.
            ConflictError: The domain name already exists.
            NotFoundError: A resource that the arguments name does not exist.
        """
        ...

    @operation("GetDomainNames")
    def get_domain_names(self, *, page_size: int | None = None) -> Listing[apigw2.DomainName]:
        """List the custom domain names of the account and region.

        Args:
            page_size: Maximum number of objects in one response.
        """
        ...

    def domain_name(self, domain_name: str) -> apigw2.DomainNameRef:
        """A reference to a custom domain name; makes no request."""
        return refer(self, apigw2.DomainNameRef, domain_name=domain_name)

    def get_domain_name(self, domain_name: str) -> apigw2.DomainName:
        """Fetch a custom domain name; shorthand for `gw.domain_name(name).get()`."""
        return self.domain_name(domain_name).get()

    # --- VPC links

    @operation("CreateVpcLink")
    def create_vpc_link(
        self,
        name: str,
        *,
        subnet_ids: Sequence[str],
        security_group_ids: Sequence[str] | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> apigw2.VpcLink:
        """Create a VPC link for private integrations of HTTP APIs.

        An account has up to 10 in a region by default; the quota can be raised.

        An account can do this once in 15 seconds.

        Args:
            name: Name, 1 to 128 characters.
            subnet_ids: Ids of the subnets for the network interfaces. They cannot be changed later.
            security_group_ids: Ids of the security groups of the network interfaces. They cannot be
                changed later.
            tags: Tags, up to 50.

        Returns:
            The link, which is `PENDING` for some minutes before it is `AVAILABLE`.

        Raises:
            BadRequestError: The name, a subnet or a security group is invalid.
            TooManyRequestsError: The account exceeds its request quota or its maximum number of
                links.
        """
        ...

    @operation("GetVpcLinks")
    def get_vpc_links(self, *, page_size: int | None = None) -> Listing[apigw2.VpcLink]:
        """List the VPC links of the account and region.

        Args:
            page_size: Maximum number of objects in one response.
        """
        ...

    def find_vpc_link(self, name: str) -> apigw2.VpcLink | None:
        """Find a VPC link by its name; lists the VPC links.

        Args:
            name: The name.

        Returns:
            The link, or `None`.

        Raises:
            MultipleMatchesError: Several VPC links have this name; names need not be unique.
        """
        return find(self.get_vpc_links(), "name", name)

    def vpc_link(self, vpc_link_id: str) -> apigw2.VpcLinkRef:
        """A reference to a VPC link by its id; makes no request."""
        return refer(self, apigw2.VpcLinkRef, vpc_link_id=vpc_link_id)

    def get_vpc_link(self, vpc_link_id: str) -> apigw2.VpcLink:
        """Fetch a VPC link; shorthand for `gw.vpc_link(id).get()`."""
        return self.vpc_link(vpc_link_id).get()

    # --- tags

    @operation("GetTags", result="Tags", path=("resource_arn",), prepare=_arn_of_object)
    def get_tags(self, resource_arn: Taggable) -> Mapping[str, str]:
        """Fetch the tags of an API, a stage, a domain name, a VPC link or another resource.

        Args:
            resource_arn: The resource, or its ARN, such as
                `arn:aws:apigateway:eu-central-1::/apis/a1b2c3`.

        Raises:
            BadRequestError: The ARN is not that of a resource that supports tags.
            NotFoundError: The resource does not exist.
        """
        ...

    @operation("TagResource", path=("resource_arn",), prepare=_arn_of_object)
    def tag_resource(self, resource_arn: Taggable, tags: Mapping[str, str] | None = None) -> None:
        """Set tags of a resource. Tags with other keys stay.

        Args:
            resource_arn: The resource, or its ARN, such as
                `arn:aws:apigateway:eu-central-1::/apis/a1b2c3/stages/prod`.
            tags: Tags to add or overwrite, up to 50 per resource in total.

        Raises:
            BadRequestError: The ARN or a tag is invalid.
            ConflictError: Another change is in progress.
            NotFoundError: The resource does not exist.
        """
        ...

    @operation("UntagResource", path=("resource_arn",), prepare=_arn_of_object)
    def untag_resource(self, resource_arn: Taggable, tag_keys: Sequence[str]) -> None:
        """Remove tags from a resource.

        Args:
            resource_arn: The resource, or its ARN, such as
                `arn:aws:apigateway:eu-central-1::/vpclinks/y7z8a9`.
            tag_keys: Keys of the tags to remove.

        Raises:
            BadRequestError: The ARN or a key is invalid.
            ConflictError: Another change is in progress.
            NotFoundError: The resource does not exist.
        """
        ...

    # --- portals

    @operation("CreatePortal")
    def create_portal(
        self,
        *,
        authorization: apigw2.Authorization,
        endpoint_configuration: apigw2.EndpointConfigurationRequest,
        portal_content: apigw2.PortalContent,
        included_portal_product_arns: Sequence[str] | None = None,
        logo_uri: str | None = None,
        rum_app_monitor_name: str | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> apigw2.Portal:
        """Create a portal, a website that shows portal products. `publish` makes it available.

        The default quota is 15 per account. An account can do this once in 3 seconds.

        Args:
            authorization: Who can access the portal: users of an Amazon Cognito user pool, or
                everyone.
            endpoint_configuration: Custom domain name, or the default domain name, which API
                Gateway assigns.
            portal_content: Name, description and theme.
            included_portal_product_arns: ARNs of the portal products to include, up to 200, each of
                20 to 2,048 characters, in the region of the portal.
            logo_uri: URI of the logo in the header, up to 1,092 characters. The image can have up
                to 200 KB.
            rum_app_monitor_name: Name of an Amazon CloudWatch RUM app monitor, up to 255
                characters.
            tags: Tags, up to 50.

        Returns:
            The portal, which is `DISABLED` until it is published.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: A value is invalid.
            TooManyRequestsError: The account exceeds its request quota or its maximum number of
                portals.
        """
        ...

    @operation("ListPortals")
    def list_portals(self, *, page_size: int | None = None) -> Listing[apigw2.PortalSummary]:
        """List the portals of the account and region.

        Args:
            page_size: Maximum number of objects in one response.

        Raises:
            AccessDeniedError: The caller is not authorized.
        """
        ...

    def portal(self, portal_id: str) -> apigw2.PortalRef:
        """A reference to a portal by its id; makes no request."""
        return refer(self, apigw2.PortalRef, portal_id=portal_id)

    def get_portal(self, portal_id: str) -> apigw2.Portal:
        """Fetch a portal; shorthand for `gw.portal(id).get()`."""
        return self.portal(portal_id).get()

    @operation("CreatePortalProduct")
    def create_portal_product(
        self,
        display_name: str,
        *,
        description: str | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> apigw2.PortalProduct:
        """Create a portal product: a group of REST API endpoints with documentation.

        The product has no pages at first. The quota is 500 per account.

        Args:
            display_name: Display name, 1 to 255 characters.
            description: Description, up to 1,024 characters.
            tags: Tags, up to 50.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: A value is invalid.
            TooManyRequestsError: The account exceeds its request quota or its maximum number of
                products.
        """
        ...

    @operation("ListPortalProducts")
    def list_portal_products(
        self, *, page_size: int | None = None, resource_owner: str | None = None
    ) -> Listing[apigw2.PortalProductSummary]:
        """List the portal products of the region.

        Args:
            page_size: Maximum number of objects in one response.
            resource_owner: Whether to list the account's own portal products or those that other
                accounts share with it. The service does not document the values.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: `resource_owner` is invalid.
        """
        ...

    def find_portal_product(self, display_name: str) -> apigw2.PortalProductSummary | None:
        """Find a portal product by its name; lists the portal products of the account.

        Args:
            display_name: The name.

        Returns:
            The summary of the portal product, or `None`.

        Raises:
            AccessDeniedError: The caller is not authorized.
            MultipleMatchesError: Several portal products have this name.
        """
        return find(self.list_portal_products(), "display_name", display_name)

    def portal_product(self, portal_product_id: str) -> apigw2.PortalProductRef:
        """A reference to a portal product by its id; makes no request."""
        return refer(self, apigw2.PortalProductRef, portal_product_id=portal_product_id)

    def get_portal_product(
        self, portal_product_id: str, *, resource_owner_account_id: str | None = None
    ) -> apigw2.PortalProduct:
        """Fetch a portal product; shorthand for `gw.portal_product(id).get()`."""
        return self.portal_product(portal_product_id).get(
            resource_owner_account_id=resource_owner_account_id
        )
