"""Portals: web sites that show portal products to those who are to use the APIs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Literal

import attrs

import apigw2
from apigw2._calls.operation import operation
from apigw2._objects.references import Reference
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, ABSENT_TUPLE, Shape
from apigw2._workflows.tags import Taggable
from apigw2._workflows.waiters import Look, wait

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
    """Why something that the service did in the background failed.

    Attributes:
        exception: The kind of failure.
        message: What happened, in words.
        extra: Fields that this version of the library does not know.

    Example:
        >>> if portal.publish_status == "PUBLISH_FAILED" and portal.status_exception:
        ...     print(portal.status_exception.message)
    """

    exception: str | None = None
    message: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Preview(Shape):
    """A preview of a portal: the portal as a publish would make it, at an address of its own.

    Attributes:
        preview_status: Whether it is ready.
        preview_url: Its address, which works for a short time.
        status_exception: Why it could not be made.
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
        portal_id: Its id.

    Example:
        >>> gw.portal("p1q2r3s4t5").publish(description="Adds the pet adoption API")
    """

    portal_id: str

    @operation("GetPortal")
    def get(self) -> apigw2.Portal:
        """Fetch the portal's state.

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

        The parameters mean what they mean in `ApiGatewayV2.create_portal`. Visitors see the
        change after the next `publish`. The account may do this twice a minute.

        Returns:
            The new state.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: A value is invalid.
            ConflictError: Another change is in progress.
            NotFoundError: The portal does not exist.
            TooManyRequestsError: The account is over its requests.
        """
        ...

    @operation("DeletePortal")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the portal for good. One that is published has to be disabled first.

        Args:
            missing_ok: Whether to return `False` if the portal does not exist.

        Returns:
            Whether it existed. `False` only with `missing_ok`.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: The portal cannot be deleted as it is.
        """
        ...

    @operation("PublishPortal")
    def publish(self, *, description: str | None = None) -> None:
        """Put the portal on the web as it is now, or bring what is there up to date.

        This takes the service some minutes: `publish_status` is `PUBLISH_IN_PROGRESS`, then
        `PUBLISHED` or `PUBLISH_FAILED`. The account may do this twice a minute.

        Args:
            description: What has changed, up to 1,024 characters; it is the portal's
                `last_published_description` then.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: A value is invalid.
            ConflictError: Another change is in progress.
            NotFoundError: The portal does not exist.
            TooManyRequestsError: The account is over its requests.
        """
        ...

    @operation("DisablePortal")
    def disable(self) -> None:
        """Take the portal off the web; `publish` puts it back.

        This takes the service some minutes: `publish_status` is `DISABLE_IN_PROGRESS`, then
        `DISABLED` or `DISABLE_FAILED`.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: The portal cannot be disabled as it is.
            ConflictError: Another change is in progress.
            NotFoundError: The portal does not exist.
        """
        ...

    @operation("PreviewPortal")
    def preview_portal(self) -> None:
        """Make a preview of the portal as it is now, without publishing it.

        The portal's field `preview` says when it is ready, and where. Trying out endpoints does
        not work in a preview.

        Raises:
            AccessDeniedError: The caller is not authorized.
            BadRequestError: The portal cannot be previewed as it is.
            ConflictError: Another change is in progress.
            NotFoundError: The portal does not exist.
        """
        ...

    def _look_at_publish_status(self) -> Look[apigw2.Portal]:
        seen = self.get()
        why = seen.status_exception
        return Look(seen, seen.publish_status, None if why is None else why.message)

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
            timeout: Maximum number of seconds to wait.
            poll: Seconds between two requests.
            on_poll: Called with each snapshot, to show progress.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Raises:
            FailedStateError: It is `PUBLISH_FAILED`.
            WaitTimeoutError: Timed out.
        """
        return wait(
            self._look_at_publish_status,
            what=f"portal {self.portal_id!r}",
            goal="published",
            until="PUBLISHED",
            failed=("PUBLISH_FAILED",),
            timeout=timeout,
            poll=poll,
            on_poll=on_poll,
            sleep=sleep or self._connection.sleep,
        )

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
            timeout: Maximum number of seconds to wait.
            poll: Seconds between two requests.
            on_poll: Called with each snapshot, to show progress.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Raises:
            FailedStateError: It is `DISABLE_FAILED`.
            WaitTimeoutError: Timed out.
        """
        return wait(
            self._look_at_publish_status,
            what=f"portal {self.portal_id!r}",
            goal="disabled",
            until="DISABLED",
            failed=("DISABLE_FAILED",),
            timeout=timeout,
            poll=poll,
            on_poll=on_poll,
            sleep=sleep or self._connection.sleep,
        )

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
            timeout: Maximum number of seconds to wait.
            poll: Seconds between two requests.
            on_poll: Called with each snapshot, to show progress.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Raises:
            FailedStateError: It is `PREVIEW_FAILED`.
            WaitTimeoutError: Timed out.
        """

        def look() -> Look[apigw2.Portal]:
            seen = self.get()
            if seen.preview is None:
                return Look(seen, None, "it has no preview yet")
            why = seen.preview.status_exception
            return Look(seen, seen.preview.preview_status, None if why is None else why.message)

        return wait(
            look,
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
        portal_id: Its id.
        authorization: Who may enter it.
        endpoint_configuration: Where it is reached.
        last_modified: When it was last changed.
        portal_arn: Its ARN.
        portal_content: Its name, description and looks.
        included_portal_product_arns: ARNs of the portal products that it shows.
        last_published: When it was last published.
        last_published_description: What was said of the change then.
        preview: Its preview, where one was made.
        publish_status: Whether it is on the web.
        rum_app_monitor_name: The Amazon CloudWatch RUM app monitor that watches it.
        status_exception: Why creating, publishing or disabling it failed.
        tags: Its tags.
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
        """Its ARN; makes no request. It has the account's id, which a reference does not know."""
        return self.portal_arn


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PortalSummary(PortalRef, Snapshot):
    """A portal as a list of portals describes it; `get()` fetches the `Portal`.

    Attributes:
        portal_id: Its id.
        authorization: Who may enter it.
        endpoint_configuration: Where it is reached.
        last_modified: When it was last changed.
        portal_arn: Its ARN.
        portal_content: Its name, description and looks.
        included_portal_product_arns: ARNs of the portal products that it shows.
        last_published: When it was last published.
        last_published_description: What was said of the change then.
        preview: Its preview, where one was made.
        publish_status: Whether it is on the web.
        rum_app_monitor_name: The Amazon CloudWatch RUM app monitor that watches it.
        status_exception: Why creating, publishing or disabling it failed.
        tags: Its tags.
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
