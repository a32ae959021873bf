"""VPC links, through which private integrations reach a VPC."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

import attrs

import apigw2
from apigw2._calls.arguments import checked
from apigw2._calls.operation import operation
from apigw2._objects.references import Reference
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, ABSENT_TUPLE
from apigw2._workflows.tags import Taggable
from apigw2._workflows.waiters import Observation, wait

__all__ = ["VpcLink", "VpcLinkRef", "VpcLinkStatus", "VpcLinkVersion"]

VpcLinkStatus = Literal["PENDING", "AVAILABLE", "DELETING", "FAILED", "INACTIVE"]
VpcLinkVersion = Literal["V2"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VpcLinkRef(Taggable, Reference):
    """A reference to a VPC link, by its id.

    Attributes:
        vpc_link_id: Id of the VPC link.

    Example:
        >>> api.create_integration(
        ...     "HTTP_PROXY",
        ...     connection_type="VPC_LINK",
        ...     connection_id=gw.vpc_link("y7z8a9"),
        ...     integration_uri=listener_arn,
        ...     integration_method="ANY",
        ...     payload_format_version="1.0",
        ... )
    """

    vpc_link_id: str

    @property
    def arn(self) -> str:
        """Its ARN, as used in tag operations and IAM policies; makes no request."""
        return self._connection.arn(f"/vpclinks/{self.vpc_link_id}")

    @operation("GetVpcLink")
    def get(self) -> apigw2.VpcLink:
        """Fetch the link.

        Raises:
            NotFoundError: The link does not exist.
        """
        ...

    @operation("UpdateVpcLink")
    def update(self, *, name: str | None = None) -> apigw2.VpcLink:
        """Update the name, the only field that can be changed. Other subnets need another VPC link.

        Args:
            name: Name, 1 to 128 characters.

        Returns:
            A snapshot with the new state.

        Raises:
            BadRequestError: The name is invalid.
            NotFoundError: The link does not exist.
        """
        ...

    @operation("DeleteVpcLink")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Start deleting the link, which is `DELETING` until its network interfaces are removed.

        An account can do this once in 30 seconds.

        Args:
            missing_ok: Whether to return `False` if the link does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            NotFoundError: The link does not exist, and `missing_ok` is false.
            ResourceInUseError: An integration uses the link.
        """
        ...

    @checked
    def wait_until_available(
        self,
        *,
        timeout: float = 600,
        poll: float = 10,
        on_poll: Callable[[apigw2.VpcLink], object] | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> apigw2.VpcLink:
        """Wait until the link is `AVAILABLE`, which takes minutes, and return it.

        Args:
            timeout: Maximum number of seconds to wait; finite, so that every wait ends.
            poll: Seconds between requests.
            on_poll: Called with each snapshot, to show progress.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Raises:
            FailedStateError: The status is `FAILED`, `DELETING` or `INACTIVE`.
            WaitTimeoutError: Timed out.
        """

        def fetch() -> Observation[apigw2.VpcLink]:
            link = self.get()
            return Observation(link, link.vpc_link_status, link.vpc_link_status_message)

        return wait(
            fetch,
            what=f"VPC link {self.vpc_link_id!r}",
            goal="available",
            until="AVAILABLE",
            failed=("FAILED", "DELETING", "INACTIVE"),
            timeout=timeout,
            poll=poll,
            on_poll=on_poll,
            sleep=sleep or self._connection.sleep,
        )

    @checked
    def wait_until_deleted(
        self,
        *,
        timeout: float = 600,
        poll: float = 10,
        on_poll: Callable[[apigw2.VpcLink], object] | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        """Wait until the link no longer exists, which takes minutes after `delete()`.

        Args:
            timeout: Maximum number of seconds to wait; finite, so that every wait ends.
            poll: Seconds between requests.
            on_poll: Called with each snapshot, to show progress.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Raises:
            FailedStateError: The status is `FAILED`.
            WaitTimeoutError: Timed out.
        """

        def fetch() -> Observation[apigw2.VpcLink | None]:
            try:
                link = self.get()
            except apigw2.NotFoundError:
                return Observation(None, "DELETED")
            if on_poll is not None:
                on_poll(link)
            return Observation(link, link.vpc_link_status, link.vpc_link_status_message)

        wait(
            fetch,
            what=f"VPC link {self.vpc_link_id!r}",
            goal="deleted",
            until="DELETED",
            failed=("FAILED",),
            timeout=timeout,
            poll=poll,
            on_poll=None,
            sleep=sleep or self._connection.sleep,
        )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VpcLink(VpcLinkRef, Snapshot):
    """A VPC link as the service last returned it.

    Attributes:
        vpc_link_id: Id of the VPC link.
        name: Name, not necessarily unique.
        created_date: Time of creation.
        security_group_ids: Security groups of the network interfaces; immutable.
        subnet_ids: Subnets of the network interfaces; immutable.
        tags: Tags.
        vpc_link_status: `PENDING` for some minutes, then `AVAILABLE` or `FAILED`. A link without
            traffic for 60 days becomes `INACTIVE`: requests fail, and reactivate it within minutes.
        vpc_link_status_message: Reason for the status.
        vpc_link_version: Version of the VPC link, always `V2` for HTTP APIs.
        extra: Fields that this version of the library does not know.

    Example:
        >>> [link.name for link in gw.get_vpc_links() if link.vpc_link_status == "INACTIVE"]
        ['staging']
    """

    name: str
    created_date: datetime | None = None
    security_group_ids: tuple[str, ...] = ABSENT_TUPLE
    subnet_ids: tuple[str, ...] = ABSENT_TUPLE
    tags: Mapping[str, str] = ABSENT_MAP
    vpc_link_status: VpcLinkStatus | None = None
    vpc_link_status_message: str | None = None
    vpc_link_version: VpcLinkVersion | None = None
    extra: Mapping[str, object] = ABSENT_MAP
