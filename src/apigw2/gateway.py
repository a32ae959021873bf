"""The entry point: one account's API Gateway V2 in one region."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, Union, cast

import boto3
from botocore.config import Config

import apigw2
from apigw2._calls.operation import operation
from apigw2._calls.preflight import Preflight, PreflightMode
from apigw2._objects.listing import Listing
from apigw2._objects.references import Reference, connect, connection_of, refer
from apigw2._wire.clients import (
    check_client,
    management_maker,
    management_maker_like,
    setup_errors,
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
    """Let the resource itself stand for its ARN, which the service's responses do not have."""
    resource = arguments["resource_arn"]
    arguments["resource_arn"] = getattr(resource, "arn", resource)


def _configuration_of_certificate(arguments: dict[str, Any]) -> None:
    """Let a certificate stand for the configuration that HTTP and WebSocket APIs need.

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
    """One account's API Gateway V2 in one region: what every object of the library comes from.

    Objects never change and boto3's clients are thread-safe, so a gateway and all that came from
    it may be shared between threads.

    Args:
        session: The boto3 session to make a client of; boto3's default session where left out.
        region_name: The region, where it is not the session's.
        config: botocore's settings for the client.
        endpoint_url: Another address than AWS's, such as an emulator's.
        client: A boto3 `apigatewayv2` client of one's own, instead of all of the above. Its
            settings are left as they are.
        retries: How patiently throttling, conflicts and passing faults are met.
        preflight: What becomes of a call that breaks a rule of the service: `error` refuses it
            before a request is made where AWS itself states the rule, and warns otherwise;
            `warn` only warns; `off` sends everything.
        fast_decoding: Whether responses are decoded in place of botocore's parser. Without it
            calls take longer, and fields that botocore does not know are lost.

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

    __slots__ = ("_connection",)

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
        if client is None:
            settings = retries.configure(config)
            maker: Any = session or boto3  # its stubs know a client by its service alone
            with setup_errors():
                made: ApiGatewayV2Client = maker.client(
                    "apigatewayv2",
                    region_name=region_name,
                    config=settings,
                    endpoint_url=endpoint_url,
                )
            install_retry_guard(made)
            client = made
            make_management = management_maker(session, client.meta.region_name, settings)
        elif any(given is not None for given in (session, region_name, config, endpoint_url)):
            msg = "client is given, so session, region_name, config and endpoint_url may not be"
            raise TypeError(msg)
        else:
            check_client(client)
            make_management = management_maker_like(client)
        checks = Preflight(preflight, client)
        self._connection = Connection(client, retries, checks, make_management, fast=fast_decoding)

    @property
    def client(self) -> ApiGatewayV2Client:
        """The boto3 client, for whatever the library does not do."""
        return cast("ApiGatewayV2Client", self._connection.client)

    def __repr__(self) -> str:
        """The region and address that requests go to, without a password in the address."""
        if self._connection is DETACHED:
            return "ApiGatewayV2(DETACHED)"
        meta = self.client.meta
        scheme, _, address = str(meta.endpoint_url).rpartition("//")
        return f"ApiGatewayV2({meta.region_name}, {scheme}//{address.rpartition('@')[2]})"

    @classmethod
    def of(cls, obj: Reference) -> ApiGatewayV2:
        """The gateway that an object came from; makes no request.

        Args:
            obj: The object.

        Raises:
            DetachedError: It was unpickled or made by hand.

        Example:
            >>> apigw2.ApiGatewayV2.of(route).get_apis()
        """
        connection = connection_of(obj)
        connection.client  # noqa: B018  # there is one, or this says why not
        gateway = cls.__new__(cls)
        gateway._connection = connection  # noqa: SLF001  # of this class
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

        For a stage there is `stage.connections`.

        Args:
            url: The URL, such as that of a custom domain name and its mapping key.

        Raises:
            ValueError: It is not a URL.

        Example:
            >>> gw.connections("https://chat.example.com/v1").send(connection_id, "hello")
        """
        client: Any = self._connection.management_client(management_url(url))
        return apigw2.Connections(client=client)

    def attach(self, obj: R) -> R:
        """The same object with this gateway's client, for one that was unpickled or made by hand.

        Example:
            >>> route = gw.attach(pickle.loads(stored))
            >>> route.delete()
        """
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
            description: Description, up to 1,024 characters.
            disable_schema_validation: Whether models are not checked. WebSocket APIs only.
            disable_execute_api_endpoint: Whether it answers on custom domain names only.
            ip_address_type: `ipv4` (the service's default) or `dualstack`, IPv6 as well.
            route_key: Key of the quick-created route; `$default` where left out. HTTP APIs only.
            route_selection_expression: What a request's route is chosen by. HTTP APIs:
                `${request.method} ${request.path}`, which is the default. WebSocket APIs need
                it: `$request.body.action`, say.
            tags: Tags, up to 50.
            target: The URL or Lambda function of a quick create. HTTP APIs only.
            version: A version identifier, 1 to 64 characters.

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
            ConflictError: Another change is in progress.
        """
        ...

    def find_api(self, name: str) -> apigw2.Api | None:
        """Find the API with a name; lists the APIs.

        Args:
            name: The name.

        Returns:
            The API, or `None`.

        Raises:
            MultipleMatchesError: Two or more APIs have the name, which need not be unique.
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
        """Read what is there, and plan what has to change so that it is as a blueprint says.

        The API is the one with the blueprint's name; if there is none, the plan creates it. Fields
        that the blueprint leaves out get the service's defaults.

        Args:
            blueprint: What should be.
            api: The API, if its name is to change or several have the name.
            prune: Whether to delete routes, integrations, authorizers, models and stages that the
                blueprint does not have. By default they stay, except those that the plan replaces.
            scope: Says, given a kind such as `route` and a key such as `GET /pets`, whether
                pruning may delete such a thing.
            max_deletes: The most that pruning may delete.
            rewrite: New texts by old ones, for a copy in another account or region, such as ARNs.
                If it is given, every ARN and id of an account or region must be in it.

        Raises:
            MultipleMatchesError: Two or more APIs have the name.
            PlanBlockedError: The service cannot do what the plan needs; it names everything.
            PlanError: Integrations are ambiguous, more than `max_deletes` would go, or `rewrite`
                lacks something.

        Example:
            >>> plan = gw.plan(apigw2.Blueprint.load("petstore.yaml"))
            >>> print(plan)
            >>> api = plan.apply()
        """
        from apigw2._blueprints.plan import plan_blueprint  # noqa: PLC0415  # rarely used

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

        It answers once a DNS record points to its `api_gateway_domain_name` and an API is mapped
        to it. An account can do this once in 30 seconds.

        Args:
            domain_name: The name, such as `api.example.com` or `*.example.com`, in lower case, 1
                to 512 characters.
            certificate_arn: ARN of the certificate in AWS Certificate Manager, in the same region:
                short for a configuration that is `REGIONAL` with `TLS_1_2`, the only one that HTTP
                and WebSocket APIs can have.
            domain_name_configurations: The whole configuration, in place of `certificate_arn`: a
                sequence of one.
            mutual_tls_authentication: The certificates that clients must come with.
            routing_mode: What says which API answers: `API_MAPPING_ONLY` (the service's default),
                `ROUTING_RULE_ONLY`, or `ROUTING_RULE_THEN_API_MAPPING` for mappings where no rule
                matches.
            tags: Tags, up to 50.

        Raises:
            AccessDeniedError: The caller is not authorized for this operation, or for a resource
                that the arguments name.
            BadRequestError: A value is invalid, such as another security policy.
            ConflictError: The domain name is there already.
            NotFoundError: Something that it names does not exist.
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
        """A custom domain name; makes no request."""
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
        """Create a VPC link, for private integrations of HTTP APIs.

        An account has up to 10 in a region by default; the quota can be raised.

        An account can do this once in 15 seconds.

        Args:
            name: Its name, 1 to 128 characters.
            subnet_ids: The subnets to put network interfaces into, which cannot be changed later.
            security_group_ids: The interfaces' security groups, which cannot be changed later.
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
        """Find the VPC link with a name; lists the VPC links.

        Args:
            name: The name.

        Returns:
            The link, or `None`.

        Raises:
            MultipleMatchesError: Two or more VPC links have the name, which need not be unique.
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
            BadRequestError: The ARN is not one of a resource that has tags.
            NotFoundError: The resource does not exist.
        """
        ...

    @operation("TagResource", path=("resource_arn",), prepare=_arn_of_object)
    def tag_resource(self, resource_arn: Taggable, tags: Mapping[str, str] | None = None) -> None:
        """Set tags of a resource. Those with other keys stay.

        Args:
            resource_arn: The resource, or its ARN, such as
                `arn:aws:apigateway:eu-central-1::/apis/a1b2c3/stages/prod`.
            tags: Tags, with which the resource has 50 at most.

        Raises:
            BadRequestError: The ARN or a tag is invalid.
            ConflictError: Another change is in progress.
            NotFoundError: The resource does not exist.
        """
        ...

    @operation("UntagResource", path=("resource_arn",), prepare=_arn_of_object)
    def untag_resource(self, resource_arn: Taggable, tag_keys: Sequence[str]) -> None:
        """Remove tags of a resource, by their keys.

        Args:
            resource_arn: The resource, or its ARN, such as
                `arn:aws:apigateway:eu-central-1::/vpclinks/y7z8a9`.
            tag_keys: The tags' keys.

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
        """Create a portal, a web site that shows portal products. `publish` puts it on the web.

        The service's default limit is 15 an account, and the account may create one in 3 seconds.

        Args:
            authorization: Who may enter it: users of an Amazon Cognito user pool, or everybody.
            endpoint_configuration: Where it is reached: at a domain name of one's own, or at the
                one that API Gateway gives it.
            portal_content: Its name, description and looks.
            included_portal_product_arns: ARNs of the portal products that it shows, up to 200,
                each of 20 to 2,048 characters. They are of the portal's region.
            logo_uri: URI of the logo in its header, up to 1,092 characters; the image has up to
                200 KB.
            rum_app_monitor_name: The Amazon CloudWatch RUM app monitor that watches it, up to
                255 characters.
            tags: Tags, up to 50.

        Returns:
            The portal, which is `DISABLED`: nobody sees it yet.

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
        """Create a portal product: REST API endpoints that belong together, documented.

        It has no pages at first. At most 500 an account.

        Args:
            display_name: Its name in portals, 1 to 255 characters.
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
        """List portal products of the region.

        Args:
            page_size: Maximum number of objects in one response.
            resource_owner: Whose portal products: the account's own, or those that others share
                with it. The service does not document the values.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: `resource_owner` is invalid.
        """
        ...

    def find_portal_product(self, display_name: str) -> apigw2.PortalProductSummary | None:
        """Find the portal product with a name; lists the account's portal products.

        Args:
            display_name: The name.

        Returns:
            The portal product as the list has it, or `None`.

        Raises:
            AccessDeniedError: The caller is not authorized.
            MultipleMatchesError: Two or more portal products have the name.
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
