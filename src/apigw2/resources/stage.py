"""Stages: under which name, with which limits, an API can be called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

import attrs

import apigw2
from apigw2._calls.operation import operation
from apigw2._objects.references import Reference, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, Shape
from apigw2._service import clearing
from apigw2._workflows import deploy, links
from apigw2._workflows.tags import Taggable
from apigw2._workflows.unset import unset
from apigw2._workflows.waiters import wait

__all__ = ["AccessLogSettings", "LoggingLevel", "RouteSettings", "Stage", "StageRef"]

LoggingLevel = Literal["ERROR", "INFO", "OFF"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AccessLogSettings(Shape):
    """Where and how a stage logs requests.

    Attributes:
        destination_arn: ARN of a CloudWatch log group.
        format: One line with `$context` variables, `$context.requestId` among them. Up to 1,024
            characters.
        extra: Fields that this version of the library does not know.

    Example:
        >>> group = "arn:aws:logs:eu-central-1:123456789012:log-group:petstore"
        >>> apigw2.AccessLogSettings(destination_arn=group, format="$context.requestId")
    """

    destination_arn: str | None = None
    format: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RouteSettings(Shape):
    """Throttling, metrics and logging, of all routes of a stage or of one.

    The settings of one route stand in place of the default ones as a whole: set all that matter.

    Attributes:
        data_trace_enabled: Whether whole requests and responses are logged. WebSocket APIs only.
        detailed_metrics_enabled: Whether CloudWatch has metrics for each route.
        logging_level: What is logged. WebSocket APIs only.
        throttling_burst_limit: Requests that may come at once.
        throttling_rate_limit: Requests a second in the long run.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.RouteSettings(throttling_rate_limit=50, throttling_burst_limit=100)
        RouteSettings(throttling_burst_limit=100, throttling_rate_limit=50)
    """

    data_trace_enabled: bool | None = None
    detailed_metrics_enabled: bool | None = None
    logging_level: LoggingLevel | None = None
    throttling_burst_limit: int | None = None
    throttling_rate_limit: float | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class StageRef(Taggable, Reference):
    """A stage by its name, with every verb that it has.

    Attributes:
        api_id: The API it belongs to.
        stage_name: Its name.

    Example:
        >>> stage = gw.api("a1b2c3").stage("prod")
        >>> stage.delete_route_settings("GET /pets")
    """

    api_id: str
    stage_name: str

    @property
    def arn(self) -> str:
        """Its ARN, which tags and policies refer to it by; makes no request."""
        return self._connection.arn(f"/apis/{self.api_id}/stages/{self.stage_name}")

    @property
    def api(self) -> apigw2.ApiRef:
        """The API it belongs to; makes no request."""
        return refer(self, apigw2.ApiRef)

    @property
    def url(self) -> str:
        """Its URL, as `api.url(stage)` gives it; makes no request."""
        return links.url_of_stage(self.api, self)

    @property
    def callback_url(self) -> str:
        """The URL for `@connections` of a WebSocket API; makes no request.

        It is the `endpoint_url` of a boto3 client for `apigatewaymanagementapi`. `connections` has
        such a client.
        """
        return links.callback_url(self)

    @property
    def connections(self) -> apigw2.Connections:
        """The WebSocket connections of the stage, with the gateway's credentials and settings.

        Example:
            >>> stage.connections.send(connection_id, {"text": "hello"})
        """
        return apigw2.ApiGatewayV2.of(self).connections(self.callback_url)

    @operation("GetStage")
    def get(self) -> apigw2.Stage:
        """Fetch the stage's state.

        Raises:
            NotFoundError: There is no such stage or API.
        """
        ...

    @operation("UpdateStage")
    def update(
        self,
        *,
        access_log_settings: AccessLogSettings | None = None,
        auto_deploy: bool | None = None,
        client_certificate_id: str | None = None,
        default_route_settings: RouteSettings | None = None,
        deployment_id: apigw2.DeploymentRef | str | None = None,
        description: str | None = None,
        route_settings: Mapping[str, RouteSettings] | None = None,
        stage_variables: Mapping[str, str] | None = None,
    ) -> apigw2.Stage:
        """Change what is given; what is left out stays as it is.

        The parameters mean what they mean in `ApiRef.create_stage`. Maps are merged by key: a key
        that is left out stays.

        Returns:
            The new state.

        Raises:
            BadRequestError: A value is not acceptable, or the stage deploys by itself and a
                deployment is given.
            ConflictError: Another change is under way.
            NotFoundError: There is no such stage, API, deployment or route.
        """
        ...

    @operation("DeleteStage")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the stage. Its deployment stays.

        Args:
            missing_ok: Whether a stage that does not exist is fine.

        Returns:
            Whether it existed. `False` only with `missing_ok`.

        Raises:
            ConflictError: A custom domain name is mapped to it.
            NotFoundError: There is no such stage or API, and `missing_ok` is false.
        """
        ...

    @operation("DeleteAccessLogSettings")
    def delete_access_log_settings(self) -> None:
        """Stop logging requests.

        Raises:
            NotFoundError: There is no such stage or API.
        """
        ...

    @operation("DeleteRouteSettings", path=("route_key",))
    def delete_route_settings(self, route_key: str) -> None:
        """Let one route have the stage's default settings again.

        Args:
            route_key: The route's key, such as `GET /pets`.

        Raises:
            NotFoundError: There is no such route, stage or API, or it has no settings.
        """
        ...

    @operation("ResetAuthorizersCache")
    def reset_authorizers_cache(self) -> None:
        """Forget what Lambda authorizers answered, so that they are asked again.

        Raises:
            NotFoundError: There is no such stage or API.
        """
        ...

    def deploy(
        self,
        *,
        description: str | None = None,
        timeout: float = 60,
        poll: float = 1,
        sleep: Callable[[float], None] | None = None,
    ) -> apigw2.Stage:
        """Deploy the API as it is now: make a deployment, wait for it, and serve it.

        The stage must exist, and keeps what it serves until the new deployment is `DEPLOYED`. The
        account may make a deployment once in 5 seconds.

        Args:
            description: A text of up to 1,024 characters for the deployment.
            timeout: Seconds to wait for the deployment at most.
            poll: Seconds between two requests.
            sleep: Function used to sleep, given seconds; the gateway's by default.

        Returns:
            The stage, which serves the new deployment.

        Raises:
            BadRequestError: The API has no routes.
            FailedStateError: The deployment failed.
            NotFoundError: There is no such stage or API.
            PreflightError: The stage deploys by itself (`auto_deploy`).
            WaitTimeoutError: The deployment was not `DEPLOYED` in time.

        Example:
            >>> stage = api.get_stage("prod")
            >>> stage.deploy(description="release 1.4")
            >>> stage.rollback()  # to what this snapshot says that it served
        """
        return deploy.deploy(self, description=description, timeout=timeout, poll=poll, sleep=sleep)

    def rollback(self, to: apigw2.DeploymentRef | str | None = None) -> apigw2.Stage:
        """Serve the deployment again that the stage served before the present one.

        The service keeps no history of it. A snapshot that was taken before the last move knows:
        it goes back to its own `deployment_id`. Without one it is the deployment that was made
        before the present one, if the API has one stage only; with several stages, only where
        there is one earlier deployment. Nothing is deleted.

        Args:
            to: The deployment, or its id.

        Returns:
            The stage with its new state.

        Raises:
            MultipleMatchesError: Several deployments may be the one: choose one with `to`.
            NotFoundError: There is no such stage, API or deployment.
            PreflightError: There is no earlier deployment, or the stage deploys by itself.
        """
        return deploy.rollback(self, to)

    def promote(self, *, from_: apigw2.StageRef | str) -> apigw2.Stage:
        """Serve what another stage of the API serves now.

        Args:
            from_: The other stage, or its name.

        Returns:
            The stage with its new state.

        Raises:
            BadRequestError: The stage deploys by itself.
            NotFoundError: There is no such stage or API.
            PreflightError: The other stage serves no deployment, or is one of another API.

        Example:
            >>> api.stage("prod").promote(from_="staging")
        """
        return deploy.promote(self, from_)

    def wait_until_deployed(
        self,
        *,
        newer_than: apigw2.DeploymentRef | str | None = None,
        timeout: float = 60,
        poll: float = 1,
        on_poll: Callable[[apigw2.Stage], object] | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> apigw2.Stage:
        """Wait until the stage serves a deployment that is `DEPLOYED`, and return the stage.

        A stage with auto-deploy makes a deployment some time after each change. To wait for the
        one that has a change in it, tell which one the stage served before.

        Args:
            newer_than: The deployment, or its id, that the stage served before.
            timeout: For how many seconds to wait at most.
            poll: Seconds between two requests.
            on_poll: Is called with each snapshot that is taken, to show progress.
            sleep: What waits, given seconds; left out, what the gateway waits with.

        Raises:
            FailedStateError: The deployment is `FAILED`, or the stage reports a failure.
            WaitTimeoutError: The time was over.
        """
        old = getattr(newer_than, "deployment_id", newer_than)
        known = getattr(self, "last_deployment_status_message", None)  # may be of an older failure

        def look() -> tuple[apigw2.Stage, str | None, str | None]:
            seen = self.get()
            message = seen.last_deployment_status_message
            if seen.deployment_id is None or seen.deployment_id == old:
                failed = message is not None and message != known and "fail" in message.lower()
                return seen, "FAILED" if failed else None, message
            deployment = self.api.deployment(seen.deployment_id).get()
            return seen, deployment.deployment_status, deployment.deployment_status_message

        return wait(
            look,
            until="DEPLOYED",
            failed=("FAILED",),
            timeout=timeout,
            poll=poll,
            on_poll=on_poll,
            sleep=sleep or self._connection.sleep,
        )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Stage(StageRef, Snapshot):
    """A stage as the service last described it.

    Attributes:
        api_id: The API it belongs to.
        stage_name: Its name.
        access_log_settings: Where and how requests are logged.
        api_gateway_managed: Whether API Gateway made it (quick create): it cannot be changed then.
        auto_deploy: Whether every change of the API is deployed at once.
        client_certificate_id: Certificate that backends are shown. WebSocket APIs only.
        created_date: When it was created.
        default_route_settings: Settings of all routes that have none of their own.
        deployment_id: The deployment that it serves.
        description: A text.
        last_deployment_status_message: What came of the last automatic deployment.
        last_updated_date: When it was last changed.
        route_settings: Settings of single routes, by route key.
        stage_variables: Values for `${stageVariables.name}` in integrations.
        tags: Its tags.
        extra: Fields that this version of the library does not know.

    Example:
        >>> stage = api.get_stage("prod")
        >>> stage.default_route_settings.throttling_rate_limit
        50.0
    """

    access_log_settings: AccessLogSettings | None = None
    api_gateway_managed: bool | None = None
    auto_deploy: bool | None = None
    client_certificate_id: str | None = None
    created_date: datetime | None = None
    default_route_settings: RouteSettings | None = None
    deployment_id: str | None = None
    description: str | None = None
    last_deployment_status_message: str | None = None
    last_updated_date: datetime | None = None
    route_settings: Mapping[str, RouteSettings] = ABSENT_MAP
    stage_variables: Mapping[str, str] = ABSENT_MAP
    tags: Mapping[str, str] = ABSENT_MAP
    extra: Mapping[str, object] = ABSENT_MAP

    @property
    def deployment(self) -> apigw2.DeploymentRef | None:
        """The deployment that it serves; makes no request."""
        found = self.deployment_id
        return None if found is None else self.api.deployment(found)

    def unset(
        self,
        *names: Literal[
            "access_log_settings",
            "client_certificate_id",
            "route_settings",
            "stage_variables",
        ],
    ) -> apigw2.Stage:
        """Clear fields: an update keeps what it is not given, and there is no null.

        Takes as few requests as possible; what is not set costs none.

        The description and the default route settings of a stage cannot be cleared.

        Args:
            names: The fields.

        Returns:
            The new state.

        Raises:
            PreflightError: The service has no way to clear a field.
            TypeError: There is no such field, or it cannot be unset.
            NotFoundError: It does not exist any more.

        Example:
            >>> stage = stage.unset("access_log_settings")
        """
        return unset(self, names, clearing.STAGE)
