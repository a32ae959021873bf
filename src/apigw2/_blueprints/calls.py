"""The calls of a plan, as values: what is sent is known before anything is sent."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any, Final

import attrs

import apigw2
from apigw2._blueprints.digests import description_of, digest_in
from apigw2._blueprints.keys import PlanKey, response_key
from apigw2._blueprints.normalize import kind_of, sent
from apigw2._objects.names import boto_name
from apigw2._objects.references import connection_of, identity_of
from apigw2.errors import NotFoundError, ResourceInUseError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apigw2._blueprints.read import Existing
    from apigw2._blueprints.specs import Spec

# The service may report an authorizer as in use for a while after its routes are deleted.
_RELEASE_TIMEOUT: Final = 300.0  # seconds
_RELEASE_POLL: Final = 5.0  # seconds

PENDING: Final = "pending"
"""Stands for the id of an object that does not exist yet, when preflight checks a call."""


@attrs.define
class Context:
    """What is known while a plan is applied.

    Attributes:
        gateway: The gateway.
        api: The API, once it exists.
        ids: Ids of objects, by key.
        created: Ids of the integrations that were created.
    """

    gateway: apigw2.ApiGatewayV2
    api: apigw2.Api | None
    ids: dict[PlanKey, str]
    created: list[str] = attrs.field(factory=list[str])

    @property
    def existing_api(self) -> apigw2.Api:
        """The API. It is created before everything else."""
        assert self.api is not None  # noqa: S101  # the first level creates it
        return self.api


def _references(
    target: PlanKey | None, authorizer: PlanKey | None, ids: Mapping[PlanKey, str]
) -> dict[str, str]:
    """The arguments that refer to a route's integration and authorizer."""
    arguments: dict[str, str] = {}
    if target is not None:
        arguments["target"] = f"integrations/{ids.get(target, PENDING)}"
    if authorizer is not None:
        arguments["authorizer_id"] = ids.get(authorizer, PENDING)
    return arguments


@attrs.frozen
class Create:
    """Create an object.

    Attributes:
        spec: Its desired state.
        key: The key under which its id is stored.
        target: Key of a route's integration.
        authorizer: Key of a route's authorizer.
        parent: Key of the route or integration that a response belongs to.
        first_name: Name of an authorizer until the one that it replaces is deleted.
    """

    spec: Any
    key: PlanKey
    target: PlanKey | None = None
    authorizer: PlanKey | None = None
    parent: PlanKey | None = None
    first_name: str = ""

    def parameters(self, protocol: str, ids: Mapping[PlanKey, str]) -> dict[str, Any]:
        """The arguments of the create method."""
        arguments = {
            **sent(self.spec, protocol),
            **_references(self.target, self.authorizer, ids),
        }
        return {**arguments, "name": self.first_name} if self.first_name else arguments

    @property
    def kind(self) -> str:
        """The kind of the object; `create_` and the kind is the name of the method."""
        return kind_of(self.spec)

    @property
    def operation(self) -> str:
        """AWS's name of the operation."""
        return "Create" + boto_name(self.kind)

    def run(self, context: Context) -> apigw2.Snapshot:
        """Create the object, and store its id."""
        if self.kind == "api":
            protocol = self.spec.protocol_type
            context.api = context.gateway.create_api(**self.parameters(protocol, context.ids))
            return context.api
        api = context.existing_api
        owner: Any = api
        if self.parent is not None:
            owner = getattr(api, self.parent[0])(context.ids[self.parent])
        arguments = self.parameters(api.protocol_type, context.ids)
        created: Any = getattr(owner, f"create_{self.kind}")(**arguments)
        snapshot: apigw2.Snapshot = created
        context.ids[self.key] = getattr(created, identity_of(type(snapshot))[-1])
        if self.kind == "integration":
            context.created.append(created.integration_id)
        return snapshot


def create_response(spec: Spec, parent: PlanKey) -> Create:
    """The call that creates a response of a route or integration."""
    return Create(spec, response_key(parent, spec), parent=parent)


@attrs.frozen
class Update:
    """Update an object.

    Attributes:
        existing: The object.
        parameters: Arguments of the update, by Python's names.
        clears: Members of the request that clear a field, in boto3's form.
        before: Methods to call first, each with its arguments.
        target: Key of a route's new integration.
        authorizer: Key of a route's new authorizer.
        tags: Tags to set.
        untag: Keys of tags to remove.
    """

    existing: Existing
    parameters: Mapping[str, Any]
    clears: Mapping[str, Any]
    before: tuple[tuple[str, tuple[str, ...]], ...] = ()
    target: PlanKey | None = None
    authorizer: PlanKey | None = None
    tags: Mapping[str, str] = attrs.field(factory=dict[str, str])
    untag: tuple[str, ...] = ()

    @property
    def operation(self) -> str:
        """AWS's name of the operation."""
        return "Update" + boto_name(self.existing.kind)

    def request(self, ids: Mapping[PlanKey, str]) -> dict[str, Any]:
        """The request of the update in boto3's form. It has only ids if no field is updated."""
        source: Any = self.existing.source
        arguments = {**self.parameters, **_references(self.target, self.authorizer, ids)}
        request: dict[str, Any] = source.update.operation.convert(source, (), arguments)
        for member, value in self.clears.items():
            cleared: Any = value
            request[member] = {**request[member], **cleared} if member in request else cleared
        return request

    def run(self, context: Context) -> None:
        """Make the calls."""
        source: Any = context.gateway.attach(self.existing.source)
        for method, arguments in self.before:
            with contextlib.suppress(NotFoundError):  # it is gone already
                getattr(source, method)(*arguments)
        request = self.request(context.ids)
        if len(request) > len(source.update.operation.convert(source, (), {})):
            source.update.operation.run(source, request)
        if self.untag:
            context.gateway.untag_resource(source.arn, list(self.untag))
        if self.tags:
            context.gateway.tag_resource(source.arn, dict(self.tags))


@attrs.frozen
class Rename:
    """Rename an authorizer to the name of the authorizer that it replaced.

    Attributes:
        key: The authorizer.
        name: The name.
    """

    key: PlanKey
    name: str

    def run(self, context: Context) -> None:
        """Rename it."""
        context.existing_api.authorizer(context.ids[self.key]).update(name=self.name)


@attrs.frozen
class Delete:
    """Delete an object.

    Attributes:
        existing: The object.
    """

    existing: Existing

    def run(self, context: Context) -> None:
        """Delete it. While the service reports an authorizer as in use, wait and try again."""
        source: Any = context.gateway.attach(self.existing.source)
        connection = connection_of(context.gateway)
        start, slept = time.monotonic(), 0.0
        while not self._try(source, last=max(time.monotonic() - start, slept) >= _RELEASE_TIMEOUT):
            connection.sleep(_RELEASE_POLL)
            slept += _RELEASE_POLL

    def _try(self, source: Any, *, last: bool) -> bool:  # a reference
        """Delete it, and return whether that succeeded."""
        try:
            source.delete(missing_ok=True)
        except ResourceInUseError:
            if last or self.existing.kind != "authorizer":
                raise
            return False
        return True


@attrs.frozen
class DeleteRouteSettings:
    """Delete a stage's settings for a route, before the route is deleted.

    Attributes:
        existing: The stage.
        route_key: The route's key.
    """

    existing: Existing
    route_key: str

    def run(self, context: Context) -> None:
        """Delete them if they exist."""
        source: Any = context.gateway.attach(self.existing.source)
        with contextlib.suppress(NotFoundError):
            source.delete_route_settings(self.route_key)


@attrs.frozen
class Deploy:
    """Deploy to stages.

    Attributes:
        stages: Their names.
        digest: Digest of the API's state that is deployed.
    """

    stages: tuple[str, ...]
    digest: str

    def run(self, context: Context) -> None:
        """Deploy, wait, and move the stages to the deployment.

        An existing deployment with this digest is used: an earlier attempt failed after it was
        created.
        """
        api = context.existing_api
        found = [
            deployment
            for deployment in api.get_deployments()
            if digest_in(deployment.description) == self.digest
            and deployment.deployment_status != "FAILED"
        ]
        deployment = (
            found[-1] if found else api.create_deployment(description=description_of(self.digest))
        )
        deployment.wait_until_deployed()
        for name in self.stages:
            api.stage(name).update(deployment_id=deployment)


@attrs.frozen
class Wait:
    """Wait until a stage with automatic deployment serves the changes.

    Attributes:
        stage: Its name.
        before: The stage before the changes; `None` if the plan creates it.
    """

    stage: str
    before: apigw2.Stage | None

    def run(self, context: Context) -> None:
        """Wait."""
        stage = context.existing_api.stage(self.stage)
        before = self.before
        if before is not None and before.last_deployment_status_message is not None:
            # The plan's own update of the stage must not make an earlier failure look newer.
            updated = stage.get().last_updated_date
            before = attrs.evolve(before, last_updated_date=updated)
        stage.wait_until_deployed(newer_than=before)


AnyCall = Create | Update | Rename | Delete | DeleteRouteSettings | Deploy | Wait


@attrs.frozen(kw_only=True)
class Step:
    """A call, and its place in the plan.

    Attributes:
        level: A `draft.Level`. A step starts after all steps of lower levels have ended.
        change: Index of the change that the call belongs to.
        call: The call.
    """

    level: int
    change: int
    call: AnyCall


def by_level(steps: tuple[Step, ...]) -> list[tuple[Step, ...]]:
    """Group steps by level, lowest first."""
    levels = sorted({step.level for step in steps})
    return [tuple(step for step in steps if step.level == level) for level in levels]
