"""Custom domain names, their API mappings and routing rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, Literal

import attrs

import apigw2
from apigw2._calls.arguments import checked
from apigw2._calls.operation import operation
from apigw2._objects.listing import Listing
from apigw2._objects.references import Reference, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, ABSENT_TUPLE, Shape
from apigw2._service import clearing
from apigw2._workflows.cascade import delete_with
from apigw2._workflows.find import find
from apigw2._workflows.links import DnsTarget, dns_target
from apigw2._workflows.tags import Taggable
from apigw2._workflows.unset import unset
from apigw2._workflows.waiters import Observation, wait

__all__ = [
    "DomainName",
    "DomainNameConfiguration",
    "DomainNameRef",
    "DomainNameStatus",
    "EndpointType",
    "MutualTlsAuthentication",
    "MutualTlsAuthenticationInput",
    "RoutingMode",
    "SecurityPolicy",
]

DomainNameStatus = Literal[
    "AVAILABLE", "UPDATING", "PENDING_CERTIFICATE_REIMPORT", "PENDING_OWNERSHIP_VERIFICATION"
]
EndpointType = Literal["REGIONAL", "EDGE"]
RoutingMode = Literal["API_MAPPING_ONLY", "ROUTING_RULE_ONLY", "ROUTING_RULE_THEN_API_MAPPING"]
SecurityPolicy = Literal["TLS_1_0", "TLS_1_2"]

# The owner must import the certificate again, or prove ownership of the domain.
_NEEDS_OWNER: Final = ("PENDING_CERTIFICATE_REIMPORT", "PENDING_OWNERSHIP_VERIFICATION")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DomainNameConfiguration(Shape):
    """The certificate and endpoint of a domain name.

    HTTP and WebSocket APIs need the endpoint type `REGIONAL` and the security policy `TLS_1_2`; the
    other values are for REST APIs.

    Attributes:
        api_gateway_domain_name: The host to which your DNS record must point. Set by the service.
        certificate_arn: ARN of the certificate in AWS Certificate Manager, in the same region for a
            regional endpoint.
        certificate_name: Name of the certificate, 1 to 128 characters.
        certificate_upload_date: Time of the certificate's upload. Set by the service.
        domain_name_status: Whether it can be used and changed; `UPDATING` while a change is in
            progress. Set by the service.
        domain_name_status_message: Reason for the status. Set by the service.
        endpoint_type: `REGIONAL` or `EDGE`.
        hosted_zone_id: Id of the endpoint's Route 53 hosted zone, for an alias record. Set by the
            service.
        ip_address_type: `ipv4`, or `dualstack` for IPv4 and IPv6.
        security_policy: Minimum TLS version, `TLS_1_0` or `TLS_1_2`.
        ownership_verification_certificate_arn: ARN of a public ACM certificate that proves the
            ownership of the domain. Required for mutual TLS with an imported or private
            certificate.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.DomainNameConfiguration(
        ...     certificate_arn="arn:aws:acm:eu-central-1:123456789012:certificate/1a2b3c4d",
        ...     endpoint_type="REGIONAL",
        ...     security_policy="TLS_1_2",
        ... )
    """

    api_gateway_domain_name: str | None = None
    certificate_arn: str | None = None
    certificate_name: str | None = None
    certificate_upload_date: datetime | None = None
    domain_name_status: DomainNameStatus | None = None
    domain_name_status_message: str | None = None
    endpoint_type: EndpointType | None = None
    hosted_zone_id: str | None = None
    ip_address_type: apigw2.IpAddressType | None = None
    security_policy: SecurityPolicy | None = None
    ownership_verification_certificate_arn: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MutualTlsAuthenticationInput(Shape):
    """The mutual TLS settings of a request: the client certificates to accept.

    The issuers of the client certificates are in a file in S3, the truststore. A new file takes
    effect when the domain name is updated.

    Attributes:
        truststore_uri: URI of the truststore, such as `s3://bucket/truststore.pem`. 1 to 2,048
            characters; an empty string switches mutual TLS off.
        truststore_version: Version of the S3 object, 1 to 64 characters. The bucket must have
            versioning enabled.
        extra: Fields that this version of the library does not know.

    Example:
        >>> tls = apigw2.MutualTlsAuthenticationInput(truststore_uri="s3://bucket/truststore.pem")
        >>> gw.domain_name("api.example.com").update(mutual_tls_authentication=tls)
    """

    truststore_uri: str | None = None
    truststore_version: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MutualTlsAuthentication(Shape):
    """The mutual TLS settings of a domain name.

    Attributes:
        truststore_uri: The S3 URI of the issuers of client certificates.
        truststore_version: The version of that file.
        truststore_warnings: Problems with certificates in it. Mutual TLS works, but some clients
            may be rejected.
        extra: Fields that this version of the library does not know.

    Example:
        >>> domain = gw.get_domain_name("api.example.com")
        >>> domain.mutual_tls_authentication
        MutualTlsAuthentication(truststore_uri='s3://bucket/truststore.pem')
    """

    truststore_uri: str | None = None
    truststore_version: str | None = None
    truststore_warnings: tuple[str, ...] = ABSENT_TUPLE


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DomainNameRef(Taggable, Reference):
    """A reference to a custom domain name.

    Attributes:
        domain_name: The name, such as `api.example.com`.

    Example:
        >>> domain = gw.domain_name("api.example.com")
        >>> domain.create_api_mapping(api_id=api, stage="prod", api_mapping_key="orders/v1")
    """

    domain_name: str

    @property
    def arn(self) -> str:
        """Its ARN, as used in tag operations and IAM policies; makes no request."""
        return self._connection.arn(f"/domainnames/{self.domain_name}")

    # --- the domain name itself

    @operation("GetDomainName")
    def get(self) -> apigw2.DomainName:
        """Fetch the domain name.

        Raises:
            NotFoundError: The domain name does not exist.
        """
        ...

    @operation("UpdateDomainName")
    def update(
        self,
        *,
        domain_name_configurations: Sequence[DomainNameConfiguration] | None = None,
        mutual_tls_authentication: MutualTlsAuthenticationInput | None = None,
        routing_mode: RoutingMode | None = None,
    ) -> apigw2.DomainName:
        """Change the fields that are given; the others keep their values.

        See `ApiGatewayV2.create_domain_name` for the parameters. An account can do this once in 30
        seconds, and not while `domain_name_status` is `UPDATING`.

        Returns:
            A snapshot with the new state.

        Raises:
            BadRequestError: A value is invalid, or the truststore cannot be read.
            ConflictError: Another change is in progress.
            NotFoundError: The domain name does not exist.
        """
        ...

    @checked
    def delete(self, *, cascade: bool = False, missing_ok: bool = False) -> bool:
        """Delete the domain name, but not its certificate and DNS records.

        An account can do this once in 30 seconds.

        Args:
            cascade: Whether to delete its API mappings and routing rules first, and nothing else.
            missing_ok: Whether to return `False` if the domain name does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            NotFoundError: The domain name does not exist, and `missing_ok` is false.
            CascadeError: The cascade failed after some objects were deleted.
        """
        return delete_with(self, self._delete, cascade=cascade, missing_ok=missing_ok)

    @operation("DeleteDomainName")
    def _delete(self) -> None: ...

    def referenced_by(self) -> tuple[apigw2.ApiMapping | apigw2.RoutingRule, ...]:
        """List the API mappings and routing rules of the domain name.

        Routing rules are listed only if the routing mode uses them. If this is a reference, one
        more request fetches the mode.

        Raises:
            NotFoundError: The domain name does not exist.
        """
        known = self if isinstance(self, apigw2.DomainName) else self.get()
        uses_rules = known.routing_mode not in (None, "API_MAPPING_ONLY")
        return (*self.get_api_mappings(), *(self.list_routing_rules() if uses_rules else ()))

    # --- API mappings

    @operation("CreateApiMapping")
    def create_api_mapping(
        self,
        *,
        api_id: apigw2.ApiRef | str,
        stage: apigw2.StageRef | str,
        api_mapping_key: str | None = None,
    ) -> apigw2.ApiMapping:
        """Map a path of the domain name to a stage of an API.

        HTTP and REST APIs can share a domain name; a WebSocket API cannot share it with them. The
        API and the domain name must belong to the same account.

        Args:
            api_id: The API, or its id.
            stage: The stage, or its name.
            api_mapping_key: The path, such as `orders` or `orders/v1`, up to 300 characters:
                letters, digits and `$-_.+!*'()`, and `/` between them but not at either end or
                twice in a row. Omitted or empty, the root. By default up to 200 mappings of a
                domain name can have a slash.

        Raises:
            BadRequestError: The key is invalid, the API cannot use this domain name, or the routing
                mode of the domain name allows no mappings.
            ConflictError: The domain name already has a mapping with this key.
            NotFoundError: The domain name, the API or the stage does not exist.
        """
        ...

    @operation("GetApiMappings")
    def get_api_mappings(self, *, page_size: int | None = None) -> Listing[apigw2.ApiMapping]:
        """List the domain name's API mappings.

        Args:
            page_size: Maximum number of objects in one response.

        Raises:
            NotFoundError: The domain name does not exist.
        """
        ...

    def api_mapping(self, api_mapping_id: str) -> apigw2.ApiMappingRef:
        """A reference to an API mapping by its id (not its key); makes no request."""
        return refer(self, apigw2.ApiMappingRef, api_mapping_id=api_mapping_id)

    def get_api_mapping(self, api_mapping_id: str) -> apigw2.ApiMapping:
        """Fetch an API mapping; shorthand for `domain.api_mapping(id).get()`."""
        return self.api_mapping(api_mapping_id).get()

    @checked
    def find_api_mapping(self, api_mapping_key: str | None) -> apigw2.ApiMapping | None:
        """Find an API mapping by its key; lists the mappings.

        Args:
            api_mapping_key: Key, such as `orders/v1`; `None` or `""` for the root.

        Returns:
            The mapping, or `None`.

        Raises:
            NotFoundError: The domain name does not exist.
        """
        return find(self.get_api_mappings(), "api_mapping_key", api_mapping_key or "")

    # --- routing rules

    @operation("CreateRoutingRule")
    def create_routing_rule(
        self,
        *,
        actions: Sequence[apigw2.RoutingRuleAction],
        conditions: Sequence[apigw2.RoutingRuleCondition],
        priority: int,
        domain_name_id: str | None = None,
    ) -> apigw2.RoutingRule:
        """Create a rule that routes requests by their headers and base paths.

        The domain name's routing mode must allow rules. The service routes to REST APIs only.

        Args:
            actions: What to do with the requests: one action.
            conditions: Conditions that requests must all meet: up to two on headers and one on
                base paths. An empty list matches every request.
            priority: The rule's position, 1 to 1,000,000, which must be unique. The lowest comes
                first, so leave gaps.
            domain_name_id: Id of the domain name, needed if several private domain names share the
                name.

        Raises:
            BadRequestError: A value is invalid, or the routing mode allows no rules.
            ConflictError: Another rule has this priority.
            NotFoundError: The domain name, the API or the stage does not exist.
        """
        ...

    @operation("ListRoutingRules", result="RoutingRules")
    def list_routing_rules(
        self, *, domain_name_id: str | None = None, page_size: int | None = None
    ) -> Listing[apigw2.RoutingRule]:
        """List the domain name's routing rules.

        Args:
            domain_name_id: Id of the domain name, needed if several private domain names share the
                name.
            page_size: Maximum number of objects in one response, 1 to 100.

        Raises:
            BadRequestError: A value is invalid.
            NotFoundError: The domain name does not exist.
        """
        ...

    def routing_rule(self, routing_rule_id: str) -> apigw2.RoutingRuleRef:
        """A reference to a routing rule by its id; makes no request."""
        return refer(self, apigw2.RoutingRuleRef, routing_rule_id=routing_rule_id)

    def get_routing_rule(
        self, routing_rule_id: str, *, domain_name_id: str | None = None
    ) -> apigw2.RoutingRule:
        """Fetch a routing rule; shorthand for `domain.routing_rule(id).get()`."""
        return self.routing_rule(routing_rule_id).get(domain_name_id=domain_name_id)

    @checked
    def wait_until_available(
        self,
        *,
        timeout: float = 3600,
        poll: float = 10,
        on_poll: Callable[[apigw2.DomainName], object] | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> apigw2.DomainName:
        """Wait until all configurations of the domain name are `AVAILABLE`, and return it.

        This takes up to 10 minutes after the domain name was created, and up to 60 minutes after
        an update.

        Args:
            timeout: Maximum number of seconds to wait; finite, so that every wait ends.
            poll: Seconds between requests.
            on_poll: Called with each snapshot, to show progress.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Raises:
            FailedStateError: A configuration is `PENDING_CERTIFICATE_REIMPORT` or
                `PENDING_OWNERSHIP_VERIFICATION`: the owner must act.
            WaitTimeoutError: Timed out.
        """

        def fetch() -> Observation[apigw2.DomainName]:
            domain = self.get()
            pending = [
                configuration
                for configuration in domain.domain_name_configurations
                if configuration.domain_name_status != "AVAILABLE"
            ]
            if not domain.domain_name_configurations:
                return Observation(domain, None, "it has no configuration yet")
            if not pending:
                return Observation(domain, "AVAILABLE")
            worst = next((c for c in pending if c.domain_name_status in _NEEDS_OWNER), pending[0])
            return Observation(domain, worst.domain_name_status, worst.domain_name_status_message)

        return wait(
            fetch,
            what=f"domain name {self.domain_name!r}",
            goal="available",
            until="AVAILABLE",
            failed=_NEEDS_OWNER,
            timeout=timeout,
            poll=poll,
            on_poll=on_poll,
            sleep=sleep or self._connection.sleep,
        )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DomainName(DomainNameRef, Snapshot):
    """A custom domain name as the service last returned it.

    Attributes:
        domain_name: The name, such as `api.example.com`.
        api_mapping_selection_expression: Expression that selects the API mapping of a request, such
            as `$request.basepath`.
        domain_name_arn: ARN of the domain name.
        domain_name_configurations: Certificate and endpoint, with the target of the DNS record.
        mutual_tls_authentication: Mutual TLS settings; `None` if clients need no certificate.
        routing_mode: Whether API mappings, routing rules or both select the API.
        tags: Tags.
        extra: Fields that this version of the library does not know.

    Example:
        >>> [endpoint] = gw.get_domain_name("api.example.com").domain_name_configurations
        >>> endpoint.api_gateway_domain_name
        'd-a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com'
    """

    api_mapping_selection_expression: str | None = None
    domain_name_arn: str | None = None
    domain_name_configurations: tuple[DomainNameConfiguration, ...] = ABSENT_TUPLE
    mutual_tls_authentication: MutualTlsAuthentication | None = None
    routing_mode: RoutingMode | None = None
    tags: Mapping[str, str] = ABSENT_MAP
    extra: Mapping[str, object] = ABSENT_MAP

    @property
    def dns_target(self) -> DnsTarget:
        """The target for a DNS record of the name; makes no request.

        Raises:
            LookupError: The service has not assigned a target yet.
        """
        return dns_target(self)

    def unset(
        self,
        *names: Literal["mutual_tls_authentication",],
    ) -> apigw2.DomainName:
        """Clear fields. An update keeps omitted fields, and the service has no null.

        Sends as few requests as possible, and none for a field that is not set.

        Args:
            names: Names of the fields to clear.

        Returns:
            A snapshot with the new state.

        Raises:
            PreflightError: The service cannot clear one of the fields.
            TypeError: A field does not exist, or cannot be cleared.
            NotFoundError: The domain name no longer exists.

        Example:
            >>> domain = domain.unset("mutual_tls_authentication")
        """
        return unset(self, names, clearing.DOMAIN_NAME)
