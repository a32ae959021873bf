"""Portals: websites that document APIs for the developers who call them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Literal

import attrs

import apigw2
from apigw2._calls.arguments import checked
from apigw2._calls.operation import operation
from apigw2._objects.references import Reference
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, ABSENT_TUPLE, Shape
from apigw2._workflows.tags import Taggable
from apigw2._workflows.waiters import Observation, wait

__all__ = [
    "Portal",
    "PortalRef",
    "PortalSummary",
    "Preview",
    "PreviewStatus",
    "PublishStatus",
    "StatusException",
]

PreviewStatus = Literal["PREVIEW_IN_PROGRESS", "PREVIEW_FAILED", "PREVIEW_READY"]
PublishStatus = Literal[
    "PUBLISHED",
    "PUBLISH_IN_PROGRESS",
    "PUBLISH_FAILED",
    "DISABLE_IN_PROGRESS",
    "DISABLE_FAILED",
    "DISABLED",
]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class StatusException(Shape):
    """The reason why an asynchronous operation failed.

    Attributes:
        exception: Type of the failure.
        message: Description of the failure.
        extra: Fields that this version of the library does not know.

    Example:
        >>> if portal.publish_status == "PUBLISH_FAILED" and portal.status_exception:
        ...     print(portal.status_exception.message)
    """

    exception: str | None = None
    message: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Preview(Shape):
    """A preview of a portal: what `publish` would publish, at a temporary URL.

    Attributes:
        preview_status: `PREVIEW_IN_PROGRESS`, then `PREVIEW_READY` or `PREVIEW_FAILED`.
        preview_url: URL of the preview, valid for a short time.
        status_exception: Reason for `PREVIEW_FAILED`.
        extra: Fields that this version of the library does not know.

    Example:
        >>> preview = gw.get_portal("p1q2r3s4t5").preview
        >>> if preview and preview.preview_status == "PREVIEW_READY":
        ...     print(preview.preview_url)
    """

    preview_status: PreviewStatus
    preview_url: str | None = None
    status_exception: StatusException | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PortalRef(Reference):
    """A reference to a portal, by its id.

    Attributes:
        portal_id: Id of the portal.

    Example:
        >>> gw.portal("p1q2r3s4t5").publish(description="Adds the pet adoption API")
    """

    portal_id: str

    @operation("GetPortal")
    def get(self) -> apigw2.Portal:
        """Fetch the portal.

        Raises:
            AccessDeniedError: The caller is not authorized.
            NotFoundError: The portal does not exist.
        """
        ...

    @operation("UpdatePortal")
    def update(
        self,
        *,
        authorization: apigw2.Authorization | None = None,
        endpoint_configuration: apigw2.EndpointConfigurationRequest | None = None,
        included_portal_product_arns: Sequence[str] | None = None,
        logo_uri: str | None = None,
        portal_content: apigw2.PortalContent | None = None,
        rum_app_monitor_name: str | None = None,
    ) -> apigw2.Portal:
        """Change the fields that are given; the others keep their values.

        See `ApiGatewayV2.create_portal` for the parameters. The published portal does not change
        until the next `publish`. An account can do this twice a minute.

        Returns:
            A snapshot with the new state.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: A value is invalid.
            ConflictError: Another change is in progress.
            NotFoundError: The portal does not exist.
            TooManyRequestsError: The account exceeds its request quota.
        """
        ...

    @operation("DeletePortal")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the portal permanently. Disable a published portal first.

        Args:
            missing_ok: Whether to return `False` if the portal does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: The portal cannot be deleted in its current state.
        """
        ...

    @operation("PublishPortal")
    def publish(self, *, description: str | None = None) -> None:
        """Publish the current state of the portal.

        This takes some minutes: `publish_status` is `PUBLISH_IN_PROGRESS`, then `PUBLISHED` or
        `PUBLISH_FAILED`; see `wait_until_published`. An account can do this twice a minute.

        Args:
            description: Description of the change, up to 1,024 characters. It becomes the portal's
                `last_published_description`.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: A value is invalid.
            ConflictError: Another change is in progress.
            NotFoundError: The portal does not exist.
            TooManyRequestsError: The account exceeds its request quota.
        """
        ...

    @operation("DisablePortal")
    def disable(self) -> None:
        """Unpublish the portal; `publish` publishes it again.

        This takes some minutes: `publish_status` is `DISABLE_IN_PROGRESS`, then `DISABLED` or
        `DISABLE_FAILED`; see `wait_until_disabled`.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: The portal cannot be disabled in its current state.
            ConflictError: Another change is in progress.
            NotFoundError: The portal does not exist.
        """
        ...

    @operation("PreviewPortal")
    def preview_portal(self) -> None:
        """Create a preview of the current state of the portal, without publishing it.

        The field `preview` has its status and URL; see `wait_until_previewed`. Visitors of a
        preview cannot try out endpoints.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: The portal cannot be previewed in its current state.
            ConflictError: Another change is in progress.
            NotFoundError: The portal does not exist.
        """
        ...

    def _fetch_publish_status(self) -> Observation[apigw2.Portal]:
        portal = self.get()
        failure = portal.status_exception
        return Observation(
            portal, portal.publish_status, None if failure is None else failure.message
        )

    @checked
    def wait_until_published(
        self,
        *,
        timeout: float = 600,
        poll: float = 5,
        on_poll: Callable[[apigw2.Portal], object] | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> apigw2.Portal:
        """Wait until the portal is `PUBLISHED`, after `publish()`, and return it.

        Args:
            timeout: Maximum number of seconds to wait; finite, so that every wait ends.
            poll: Seconds between requests.
            on_poll: Called with each snapshot, to show progress.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Raises:
            FailedStateError: The status is `PUBLISH_FAILED`.
            WaitTimeoutError: Timed out.
        """
        return wait(
            self._fetch_publish_status,
            what=f"portal {self.portal_id!r}",
            goal="published",
            until="PUBLISHED",
            failed=("PUBLISH_FAILED",),
            timeout=timeout,
            poll=poll,
            on_poll=on_poll,
            sleep=sleep or self._connection.sleep,
        )

    @checked
    def wait_until_disabled(
        self,
        *,
        timeout: float = 600,
        poll: float = 5,
        on_poll: Callable[[apigw2.Portal], object] | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> apigw2.Portal:
        """Wait until the portal is `DISABLED`, after `disable()`, and return it.

        Args:
            timeout: Maximum number of seconds to wait; finite, so that every wait ends.
            poll: Seconds between requests.
            on_poll: Called with each snapshot, to show progress.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Raises:
            FailedStateError: The status is `DISABLE_FAILED`.
            WaitTimeoutError: Timed out.
        """
        return wait(
            self._fetch_publish_status,
            what=f"portal {self.portal_id!r}",
            goal="disabled",
            until="DISABLED",
            failed=("DISABLE_FAILED",),
            timeout=timeout,
            poll=poll,
            on_poll=on_poll,
            sleep=sleep or self._connection.sleep,
        )

    @checked
    def wait_until_previewed(
        self,
        *,
        timeout: float = 600,
        poll: float = 5,
        on_poll: Callable[[apigw2.Portal], object] | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> apigw2.Portal:
        """Wait until the preview is `PREVIEW_READY`, after `preview_portal()`.

        Args:
            timeout: Maximum number of seconds to wait; finite, so that every wait ends.
            poll: Seconds between requests.
            on_poll: Called with each snapshot, to show progress.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Raises:
            FailedStateError: The status is `PREVIEW_FAILED`.
            WaitTimeoutError: Timed out.
        """

        def fetch() -> Observation[apigw2.Portal]:
            portal = self.get()
            if portal.preview is None:
                return Observation(portal, None, "it has no preview yet")
            failure = portal.preview.status_exception
            return Observation(
                portal, portal.preview.preview_status, None if failure is None else failure.message
            )

        return wait(
            fetch,
            what=f"portal {self.portal_id!r}",
            goal="previewed",
            until="PREVIEW_READY",
            failed=("PREVIEW_FAILED",),
            timeout=timeout,
            poll=poll,
            on_poll=on_poll,
            sleep=sleep or self._connection.sleep,
        )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Portal(PortalRef, Taggable, Snapshot):
    """A portal as the service last returned it.

    Attributes:
        portal_id: Id of the portal.
        authorization: Who can access the portal.
        endpoint_configuration: Domain names of the portal.
        last_modified: Time of the last change.
        portal_arn: ARN of the portal.
        portal_content: Name, description and theme.
        included_portal_product_arns: ARNs of the included portal products.
        last_published: Time of the last publication.
        last_published_description: Description given to the last `publish`.
        preview: The preview, if there is one.
        publish_status: `PUBLISHED`, `DISABLED`, or the state of a transition between them.
        rum_app_monitor_name: Name of the Amazon CloudWatch RUM app monitor.
        status_exception: Reason why the portal could not be created, published or disabled.
        tags: Tags.
        extra: Fields that this version of the library does not know.

    Example:
        >>> portal = gw.get_portal("p1q2r3s4t5")
        >>> portal.portal_content.display_name, portal.publish_status
        ('Pet store for developers', 'PUBLISHED')
    """

    authorization: apigw2.Authorization
    endpoint_configuration: apigw2.EndpointConfigurationResponse
    last_modified: datetime
    portal_arn: str
    portal_content: apigw2.PortalContent
    included_portal_product_arns: tuple[str, ...] = ABSENT_TUPLE
    last_published: datetime | None = None
    last_published_description: str | None = None
    preview: Preview | None = None
    publish_status: PublishStatus | None = None
    rum_app_monitor_name: str | None = None
    status_exception: StatusException | None = None
    tags: Mapping[str, str] = ABSENT_MAP
    extra: Mapping[str, object] = ABSENT_MAP

    @property
    def arn(self) -> str:
        """Its ARN; makes no request. Only a snapshot has it, because it contains the account id."""
        return self.portal_arn


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PortalSummary(PortalRef, Snapshot):
    """A portal as listed by `list_portals`; `get()` fetches the `Portal`.

    Attributes:
        portal_id: Id of the portal.
        authorization: Who can access the portal.
        endpoint_configuration: Domain names of the portal.
        last_modified: Time of the last change.
        portal_arn: ARN of the portal.
        portal_content: Name, description and theme.
        included_portal_product_arns: ARNs of the included portal products.
        last_published: Time of the last publication.
        last_published_description: Description given to the last `publish`.
        preview: The preview, if there is one.
        publish_status: `PUBLISHED`, `DISABLED`, or the state of a transition between them.
        rum_app_monitor_name: Name of the Amazon CloudWatch RUM app monitor.
        status_exception: Reason why the portal could not be created, published or disabled.
        tags: Tags.
        extra: Fields that this version of the library does not know.

    Example:
        >>> for portal in gw.list_portals():
        ...     if portal.publish_status == "PUBLISH_FAILED":
        ...         portal.publish(description="Once more")
    """

    authorization: apigw2.Authorization
    endpoint_configuration: apigw2.EndpointConfigurationResponse
    last_modified: datetime
    portal_arn: str
    portal_content: apigw2.PortalContent
    included_portal_product_arns: tuple[str, ...] = ABSENT_TUPLE
    last_published: datetime | None = None
    last_published_description: str | None = None
    preview: Preview | None = None
    publish_status: PublishStatus | None = None
    rum_app_monitor_name: str | None = None
    status_exception: StatusException | None = None
    tags: Mapping[str, str] = ABSENT_MAP
    extra: Mapping[str, object] = ABSENT_MAP
