"""Deployments: immutable copies of an API's routes and integrations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

import attrs

import apigw2
from apigw2._calls.arguments import checked
from apigw2._calls.operation import operation
from apigw2._objects.references import Reference, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP
from apigw2._workflows.waiters import Observation, wait

__all__ = ["Deployment", "DeploymentRef", "DeploymentStatus"]

DeploymentStatus = Literal["PENDING", "FAILED", "DEPLOYED"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DeploymentRef(Reference):
    """A reference to a deployment, by its id.

    Attributes:
        api_id: Id of the API.
        deployment_id: Id of the deployment.

    Example:
        >>> gw.api("a1b2c3").stage("prod").update(deployment_id="m4n5o6")
    """

    api_id: str
    deployment_id: str

    @property
    def api(self) -> apigw2.ApiRef:
        """A reference to the API; makes no request."""
        return refer(self, apigw2.ApiRef)

    @operation("GetDeployment")
    def get(self) -> apigw2.Deployment:
        """Fetch the deployment.

        Raises:
            NotFoundError: The deployment or the API does not exist.
        """
        ...

    @operation("UpdateDeployment")
    def update(self, *, description: str | None = None) -> apigw2.Deployment:
        """Update the description, the only field that can be changed.

        Args:
            description: Description, up to 1,024 characters.

        Returns:
            A snapshot with the new state.

        Raises:
            BadRequestError: The description is too long.
            ConflictError: Another change is in progress.
            NotFoundError: The deployment or the API does not exist.
        """
        ...

    @operation("DeleteDeployment")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the deployment.

        Args:
            missing_ok: Whether to return `False` if the deployment does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            ResourceInUseError: A stage serves it.
            NotFoundError: The deployment or the API does not exist, and `missing_ok` is false.
        """
        ...

    @checked
    def wait_until_deployed(
        self,
        *,
        timeout: float = 300,
        poll: float = 1,
        on_poll: Callable[[apigw2.Deployment], object] | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> apigw2.Deployment:
        """Wait until the deployment is `DEPLOYED`, and return it.

        Args:
            timeout: Maximum number of seconds to wait; finite, so that every wait ends.
            poll: Seconds between requests.
            on_poll: Called with each snapshot, to show progress.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Raises:
            FailedStateError: The status is `FAILED`.
            WaitTimeoutError: Timed out.
        """

        def fetch() -> Observation[apigw2.Deployment]:
            deployment = self.get()
            return Observation(
                deployment, deployment.deployment_status, deployment.deployment_status_message
            )

        return wait(
            fetch,
            what=f"deployment {self.deployment_id!r}",
            goal="deployed",
            until="DEPLOYED",
            failed=("FAILED",),
            timeout=timeout,
            poll=poll,
            on_poll=on_poll,
            sleep=sleep or self._connection.sleep,
        )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Deployment(DeploymentRef, Snapshot):
    """A deployment as the service last returned it.

    Attributes:
        api_id: Id of the API.
        deployment_id: Id of the deployment.
        auto_deployed: Whether auto-deploy created it.
        created_date: Time of creation.
        deployment_status: `PENDING`, then `DEPLOYED` or `FAILED`.
        deployment_status_message: Reason for `FAILED`.
        description: Description.
        extra: Fields that this version of the library does not know.

    Example:
        >>> deployment = api.create_deployment(description="release 1.4")
        >>> api.stage("prod").update(deployment_id=deployment)
    """

    auto_deployed: bool | None = None
    created_date: datetime | None = None
    deployment_status: DeploymentStatus | None = None
    deployment_status_message: str | None = None
    description: str | None = None
    extra: Mapping[str, object] = ABSENT_MAP
