"""Stages: the names under which an API is called, with limits and logs."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Mapping
from datetime import datetime
from typing import Any, Literal, cast

import attrs

import apigw2
from apigw2._arguments import shown
from apigw2._calls.arguments import checked
from apigw2._calls.operation import operation
from apigw2._objects.references import Reference, as_id, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, Shape, field_names
from apigw2._service import clearing
from apigw2._workflows import deploy, links
from apigw2._workflows.tags import Taggable
from apigw2._workflows.unset import unset
from apigw2._workflows.waiters import Observation, check_waiting, wait

__all__ = ["AccessLogSettings", "LoggingLevel", "RouteSettings", "Stage", "StageRef"]

LoggingLevel = Literal["ERROR", "INFO", "OFF"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AccessLogSettings(Shape):
    """Where and how a stage logs requests.

    Attributes:
        destination_arn: ARN of a CloudWatch log group.
        format: One line with `$context` variables, among them `$context.requestId`. Up to 3 KB.
        extra: Fields that this version of the library does not know.

    Example:
        >>> group = "arn:aws:logs:eu-central-1:123456789012:log-group:petstore"
        >>> apigw2.AccessLogSettings(destination_arn=group, format="$context.requestId")
    """

    destination_arn: str | None = None
    format: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RouteSettings(Shape):
    """Throttling, metrics and logging of one route, or of all routes of a stage.

    The settings of a route replace the default ones as a whole, so set all that matter.

    Attributes:
        data_trace_enabled: Whether full requests and responses are logged. WebSocket APIs only.
        detailed_metrics_enabled: Whether CloudWatch has metrics for each route.
        logging_level: Which requests are logged. WebSocket APIs only; even `OFF` is rejected for an
            HTTP API.
        throttling_burst_limit: Maximum burst of requests.
        throttling_rate_limit: Steady-state request rate per second.
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
    """A reference to a stage, by its name.

    Attributes:
        api_id: Id of the API.
        stage_name: Name of the stage.

    Example:
        >>> stage = gw.api("a1b2c3").stage("prod")
        >>> stage.delete_route_settings("GET /pets")
    """

    api_id: str
    stage_name: str

    @property
    def arn(self) -> str:
        """Its ARN, as used in tag operations and IAM policies; makes no request."""
        return self._connection.arn(f"/apis/{self.api_id}/stages/{self.stage_name}")

    @property
    def api(self) -> apigw2.ApiRef:
        """A reference to the API; makes no request."""
        return refer(self, apigw2.ApiRef)

    @property
    def url(self) -> str:
        """The URL of the stage, as returned by `api.url(stage)`; makes no request."""
        return links.url_of_stage(self.api, self)

    @property
    def callback_url(self) -> str:
        """The URL for `@connections` of a WebSocket API; makes no request.

        A boto3 client for `apigatewaymanagementapi` needs it as `endpoint_url`. `connections`
        creates such a client.
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
        """Fetch the stage.

        Raises:
            NotFoundError: The stage or the API does not exist.
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
        """Change the fields that are given; the others keep their values.

        See `ApiRef.create_stage` for the parameters. Maps are merged by key: a key that is left
        out keeps its value.

        Returns:
            A snapshot with the new state.

        Raises:
            BadRequestError: A value is invalid, or `deployment_id` is given for a stage with
                `auto_deploy`.
            ConflictError: Another change is in progress.
            NotFoundError: The stage, the API, the deployment or a route does not exist.
        """
        ...

    @operation("DeleteStage")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the stage, but not its deployment.

        Args:
            missing_ok: Whether to return `False` if the stage does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            ConflictError: A custom domain name is mapped to it.
            NotFoundError: The stage or the API does not exist, and `missing_ok` is false.
        """
        ...

    @operation("DeleteAccessLogSettings")
    def delete_access_log_settings(self) -> None:
        """Switch access logs off.

        Raises:
            NotFoundError: The stage or the API does not exist.
        """
        ...

    @operation("DeleteRouteSettings", path=("route_key",))
    def delete_route_settings(self, route_key: str) -> None:
        """Delete the settings of one route, which then has the stage's default settings.

        Args:
            route_key: The route's key, such as `GET /pets`.

        Raises:
            NotFoundError: The stage or the API does not exist, or the route has no settings.
        """
        ...

    @operation("ResetAuthorizersCache")
    def reset_authorizers_cache(self) -> None:
        """Delete the cached responses of Lambda authorizers, so that they are called again.

        HTTP APIs only.

        Raises:
            NotFoundError: The stage or the API does not exist.
        """
        ...

    @checked
    def deploy(
        self,
        *,
        description: str | None = None,
        timeout: float = 300,
        poll: float = 1,
        sleep: Callable[[float], None] | None = None,
    ) -> apigw2.Stage:
        """Deploy the current state of the API: create a deployment, wait for it, and serve it.

        The stage must exist. It serves its old deployment until the new one is `DEPLOYED`. An
        account can create a deployment once in 5 seconds.

        Args:
            description: Description of the deployment, up to 1,024 characters.
            timeout: Maximum number of seconds to wait for the deployment.
            poll: Seconds between requests.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Returns:
            The stage, which serves the new deployment.

        Raises:
            BadRequestError: The API has no routes.
            FailedStateError: The deployment failed.
            NotFoundError: The stage or the API does not exist.
            PreflightError: The stage has `auto_deploy` on.
            WaitTimeoutError: The deployment was not `DEPLOYED` in time.

        Example:
            >>> stage = api.get_stage("prod")
            >>> stage.deploy(description="release 1.4")
            >>> stage.rollback() # to the deployment of this older snapshot
        """
        return deploy.deploy(self, description=description, timeout=timeout, poll=poll, sleep=sleep)

    @checked
    def rollback(self, to: apigw2.DeploymentRef | str | None = None) -> apigw2.Stage:
        """Serve the previous deployment again.

        The service keeps no history of the deployments of a stage. A snapshot from before the last
        deployment goes back to its own `deployment_id`. Otherwise the previous deployment is the
        one created before the current one, if the API has a single stage; with several stages,
        there must be exactly one earlier deployment. Nothing is deleted.

        Args:
            to: The deployment, or its id.

        Returns:
            A snapshot with the new state.

        Raises:
            MultipleMatchesError: The previous deployment is ambiguous; choose one with `to`.
            NotFoundError: The stage, the API or the deployment does not exist.
            PreflightError: There is no earlier deployment, or the stage has `auto_deploy` on.
        """
        return deploy.rollback(self, to)

    @checked
    def promote(self, *, from_: apigw2.StageRef | str) -> apigw2.Stage:
        """Serve the deployment that another stage of the API serves.

        Args:
            from_: The other stage, or its name.

        Returns:
            A snapshot with the new state.

        Raises:
            BadRequestError: The stage has `auto_deploy` on.
            NotFoundError: The stage or the API does not exist.
            PreflightError: The other stage serves no deployment, or belongs to another API.

        Example:
            >>> api.stage("prod").promote(from_="staging")
        """
        return deploy.promote(self, from_)

    @checked
    def update_route_settings(
        self,
        route_key: str,
        *,
        data_trace_enabled: bool | None = None,
        detailed_metrics_enabled: bool | None = None,
        logging_level: LoggingLevel | None = None,
        throttling_burst_limit: int | None = None,
        throttling_rate_limit: float | None = None,
    ) -> apigw2.Stage:
        """Change some settings of one route; its other settings stay.

        The service replaces the settings of a route as a whole, so this fetches the stage first,
        and sends all settings of the route. Makes two requests.

        Args:
            route_key: The route's key, such as `GET /pets`.
            data_trace_enabled: Whether full requests and responses are logged. WebSocket APIs only.
            detailed_metrics_enabled: Whether CloudWatch has metrics for the route.
            logging_level: Which requests are logged. WebSocket APIs only.
            throttling_burst_limit: Maximum burst of requests.
            throttling_rate_limit: Steady-state request rate per second.

        Returns:
            A snapshot with the new state.

        Raises:
            BadRequestError: A value is invalid, or not supported for the protocol.
            NotFoundError: The route, the stage or the API does not exist.

        Example:
            >>> stage = stage.update_route_settings("GET /pets", throttling_rate_limit=20)
        """
        changed = {
            "data_trace_enabled": data_trace_enabled,
            "detailed_metrics_enabled": detailed_metrics_enabled,
            "logging_level": logging_level,
            "throttling_burst_limit": throttling_burst_limit,
            "throttling_rate_limit": throttling_rate_limit,
        }
        given: dict[str, Any] = {name: each for name, each in changed.items() if each is not None}
        # Checked here as well, so that nothing is sent for a wrong value.
        only: Any = {"route_settings": {route_key: RouteSettings(**given)}}
        cast("Any", self.update).operation.convert(self, (), only)
        settings = self.get().route_settings.get(route_key, RouteSettings())
        return self.update(route_settings={route_key: attrs.evolve(settings, **given)})

    @checked
    def unset_route_settings(
        self,
        route_key: str,
        *names: Literal[
            "data_trace_enabled",
            "detailed_metrics_enabled",
            "logging_level",
            "throttling_burst_limit",
            "throttling_rate_limit",
        ],
    ) -> apigw2.Stage:
        """Clear some settings of one route; its other settings stay.

        An update keeps omitted settings, so this deletes all settings of the route and sets the
        others again. For a moment, the default settings of the stage apply. Makes up to three
        requests.

        Args:
            route_key: The route's key, such as `GET /pets`.
            names: Names of the settings to clear.

        Returns:
            A snapshot with the new state.

        Raises:
            TypeError: The setting does not exist.
            NotFoundError: The stage or the API does not exist.

        Example:
            >>> stage = stage.unset_route_settings("GET /pets", "throttling_rate_limit")
        """
        known = [name for name in field_names(RouteSettings) if name != "extra"]
        for name in names:
            if name not in known:
                possible = ", ".join(known)
                wrong = f"names: no setting {shown(name)}; use one of {possible}"
                msg = f"Stage.unset_route_settings(): {wrong}"
                raise TypeError(msg)
        stage = self.get()
        settings = stage.route_settings.get(route_key, RouteSettings())
        cleared: dict[str, Any] = dict.fromkeys(names)
        left = attrs.evolve(settings, **cleared)
        if left == settings:
            return stage
        with contextlib.suppress(apigw2.NotFoundError):  # already deleted
            self.delete_route_settings(route_key)
        if left == RouteSettings():
            return self.get()
        return self.update(route_settings={route_key: left})

    @checked
    def wait_until_deployed(
        self,
        *,
        newer_than: apigw2.DeploymentRef | apigw2.Stage | str | None = None,
        timeout: float = 300,
        poll: float = 1,
        on_poll: Callable[[apigw2.Stage], object] | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> apigw2.Stage:
        """Wait until the stage serves a deployment that is `DEPLOYED`, and return the stage.

        A stage with auto-deploy creates a deployment some time after each change. To wait for the
        deployment that contains a change, name the one that the stage served before, or make the
        change in `with stage.settled():`.

        Without `newer_than`, a failure of the last automatic deployment is raised at once. With it,
        a failure that this snapshot already reports is ignored.

        Args:
            newer_than: The deployment that the stage served before the change, or its id; or the
                stage as it was before the change, whose failure is ignored then.
            timeout: Maximum number of seconds to wait; finite, so that every wait ends.
            poll: Seconds between polls, each of which makes up to two requests.
            on_poll: Called with each snapshot, to show progress.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Raises:
            FailedStateError: The deployment is `FAILED`, the stage reports a failed deployment, or
                nothing will deploy the stage because `auto_deploy` is off.
            WaitTimeoutError: Timed out.
        """
        known: apigw2.Stage | None = None
        if isinstance(newer_than, apigw2.Stage):
            old, known = newer_than.deployment_id, newer_than
        elif newer_than is None:
            old = None
        else:
            old = as_id(newer_than, apigw2.DeploymentRef)
            known = self if isinstance(self, apigw2.Stage) else None
        return self._wait_until_deployed(
            old, known, timeout=timeout, poll=poll, on_poll=on_poll, sleep=sleep
        )

    @checked
    @contextlib.contextmanager
    def settled(
        self,
        *,
        timeout: float = 300,
        poll: float = 1,
        on_poll: Callable[[apigw2.Stage], object] | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> Generator[None, None, None]:
        """Make changes in a `with` block, and wait until the stage serves them.

        Remembers the deployment that the stage serves when the block starts. When the block ends
        without an exception, waits until the stage serves a newer one.

        Args:
            timeout: Maximum number of seconds to wait; finite, so that every wait ends.
            poll: Seconds between polls, each of which makes up to two requests.
            on_poll: Called with each snapshot, to show progress.
            sleep: Function used to sleep, given seconds. Default: the gateway's `Retries.sleep`.

        Raises:
            FailedStateError: The newer deployment failed, or nothing will deploy the stage because
                `auto_deploy` is off.
            WaitTimeoutError: Timed out.
            NotFoundError: The stage or the API does not exist.

        Example:
            >>> with stage.settled():
            ...     route = api.create_route("GET /cats", target=backend)
        """
        check_waiting(timeout, poll)
        before = self.get()
        yield
        self._wait_until_deployed(
            before.deployment_id, before, timeout=timeout, poll=poll, on_poll=on_poll, sleep=sleep
        )

    def _wait_until_deployed(
        self,
        old: str | None,
        known: apigw2.Stage | None,
        *,
        timeout: float,
        poll: float,
        on_poll: Callable[[apigw2.Stage], object] | None,
        sleep: Callable[[float], None] | None,
    ) -> apigw2.Stage:
        """Wait for a deployment other than `old`; `known` may have reported an older failure."""
        what = f"stage {self.stage_name!r}"

        def fetch() -> Observation[apigw2.Stage]:
            stage = self.get()
            if stage.deployment_id is not None and stage.deployment_id != old:
                deployment = self.api.deployment(stage.deployment_id).get()
                return Observation(
                    stage,
                    deployment.deployment_status,
                    deployment.deployment_status_message,
                    subject=f"deployment {deployment.deployment_id!r}",
                )
            has = "no deployment" if old is None else f"no deployment newer than {old!r}"
            if not stage.auto_deploy:
                msg = f"{what} cannot be deployed: it has {has} and auto_deploy is off"
                raise apigw2.FailedStateError(msg, stage)
            message = stage.last_deployment_status_message
            if message is not None and "fail" in message.lower() and not _is_older(stage, known):
                return Observation(stage, "FAILED", message, subject="its last deployment")
            return Observation(stage, None, f"it has {has} yet")

        return wait(
            fetch,
            what=what,
            goal="deployed",
            until="DEPLOYED",
            failed=("FAILED",),
            timeout=timeout,
            poll=poll,
            on_poll=on_poll,
            sleep=sleep or self._connection.sleep,
        )


def _is_older(stage: apigw2.Stage, known: apigw2.Stage | None) -> bool:
    """Whether a failure that a stage reports is one that an older snapshot has reported."""
    return (
        known is not None
        and known.last_deployment_status_message == stage.last_deployment_status_message
        and known.last_updated_date == stage.last_updated_date
    )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Stage(StageRef, Snapshot):
    """A stage as the service last returned it.

    Attributes:
        api_id: Id of the API.
        stage_name: Name of the stage.
        access_log_settings: Destination and format of the access logs.
        api_gateway_managed: Whether a quick create made the stage; some fields cannot be changed.
        auto_deploy: Whether each change of the API is deployed automatically.
        client_certificate_id: Certificate that is shown to backends. WebSocket APIs only.
        created_date: Time of creation.
        default_route_settings: Settings of the routes that have none in `route_settings`.
        deployment_id: The deployment that it serves.
        description: Description.
        last_deployment_status_message: The result of the last automatic deployment.
        last_updated_date: Time of the last change.
        route_settings: Settings of single routes, by route key.
        stage_variables: Values for `${stageVariables.name}` in integrations.
        tags: Tags.
        extra: Fields that this version of the library does not know.

    Example:
        >>> stage = api.get_stage("prod")
        >>> stage.deployment_id, stage.auto_deploy
        ('d7e8f9', False)
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
        """Clear fields. An update keeps omitted fields, and the service has no null.

        Sends as few requests as possible, and none for a field that is not set.

        The description and the default route settings of a stage cannot be cleared. Throttling of
        0 rejects every request, and -1 is invalid: only a new stage is without limits. To clear
        single settings of a route, use `unset_route_settings`.

        Args:
            names: Names of the fields to clear.

        Returns:
            A snapshot with the new state.

        Raises:
            PreflightError: The service cannot clear one of the fields.
            TypeError: A field does not exist, or cannot be cleared.
            NotFoundError: The stage no longer exists.

        Example:
            >>> stage = stage.unset("access_log_settings")
        """
        return unset(self, names, clearing.STAGE)
