"""The calls of a plan, as values: what is sent is worked out before anything is sent."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any

import attrs

import apigw2
from apigw2._blueprints.normalize import kind_of, sent
from apigw2._objects.names import boto_name
from apigw2._objects.references import connection_of, identity_of
from apigw2.errors import NotFoundError, ResourceInUseError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apigw2._blueprints.read import Existing

Slot = tuple[str, object]
"""What stands for the id of a thing that may not exist yet: its kind, and what identifies it."""

_PATIENCE = 300.0  # seconds for which an authorizer may look used after its routes are gone
_PAUSE = 5.0


@attrs.define
class Context:
    """What is known while a plan is carried out.

    Attributes:
        gateway: The gateway.
        api: The API, once it exists.
        ids: The ids of things, by slot.
        created: The ids of integrations that were created.
    """

    gateway: apigw2.ApiGatewayV2
    api: apigw2.Api | None
    ids: dict[Slot, str]
    created: list[str] = attrs.field(factory=list[str])

    @property
    def existing_api(self) -> apigw2.Api:
        """The API; it is created before everything else."""
        assert self.api is not None  # noqa: S101  # the first level creates it
        return self.api


@attrs.frozen
class Create:
    """Create a thing.

    Attributes:
        spec: What it should be.
        slot: Under which its id is remembered.
        target: The slot of a route's integration.
        authorizer: The slot of a route's authorizer.
        parent: The slot of the route or integration that a response belongs to.
        renamed: The name that it has at first, where it replaces another one of its name.
    """

    spec: Any
    slot: Slot
    target: Slot | None = None
    authorizer: Slot | None = None
    parent: Slot | None = None
    renamed: str = ""

    def parameters(self, protocol: str, ids: Mapping[Slot, str]) -> dict[str, Any]:
        """The arguments of the create method."""
        arguments = sent(self.spec, protocol)
        if self.target is not None:
            arguments["target"] = f"integrations/{ids.get(self.target, 'pending')}"
        if self.authorizer is not None:
            arguments["authorizer_id"] = ids.get(self.authorizer, "pending")
        if self.renamed:
            arguments["name"] = self.renamed
        return arguments

    @property
    def operation(self) -> str:
        """AWS's name of the operation."""
        return "Create" + boto_name(kind_of(self.spec))

    def run(self, context: Context) -> apigw2.Snapshot:
        """Create it, and remember its id."""
        kind = kind_of(self.spec)
        if kind == "api":
            protocol = self.spec.protocol_type
            context.api = context.gateway.create_api(**self.parameters(protocol, context.ids))
            return context.api
        api = context.existing_api
        owner: Any = api
        if self.parent is not None:
            owner = getattr(api, self.parent[0])(context.ids[self.parent])
        arguments = self.parameters(api.protocol_type, context.ids)
        made: Any = getattr(owner, f"create_{kind}")(**arguments)
        snapshot: apigw2.Snapshot = made
        context.ids[self.slot] = getattr(made, identity_of(type(snapshot))[-1])
        if kind == "integration":
            context.created.append(made.integration_id)
        return snapshot


@attrs.frozen
class Change:
    """Change a thing.

    Attributes:
        existing: The thing.
        sends: Parameters, by Python's names.
        clears: Parameters that clear, in boto3's form.
        before: Methods to call first, each with its arguments.
        target: The slot of a route's new integration.
        authorizer: The slot of a route's new authorizer.
        tags: Tags to set.
        untag: Keys of tags to remove.
    """

    existing: Existing
    sends: Mapping[str, Any]
    clears: Mapping[str, Any]
    before: tuple[tuple[str, tuple[str, ...]], ...] = ()
    target: Slot | None = None
    authorizer: Slot | None = None
    tags: Mapping[str, str] = attrs.field(factory=dict[str, str])
    untag: tuple[str, ...] = ()

    @property
    def operation(self) -> str:
        """AWS's name of the operation."""
        return "Update" + boto_name(self.existing.kind)

    def request(self, ids: Mapping[Slot, str]) -> dict[str, Any]:
        """The request of the update, in boto3's form; only ids if there is nothing to update."""
        source: Any = self.existing.source
        arguments = dict(self.sends)
        if self.target is not None:
            arguments["target"] = f"integrations/{ids.get(self.target, 'pending')}"
        if self.authorizer is not None:
            arguments["authorizer_id"] = ids.get(self.authorizer, "pending")
        request: dict[str, Any] = source.update.operation.convert(source, (), arguments)
        for member, value in self.clears.items():
            cleared: Any = value
            request[member] = {**request[member], **cleared} if member in request else cleared
        return request

    def run(self, context: Context) -> None:
        """Make the calls."""
        source: Any = context.gateway.attach(self.existing.source)
        for method, arguments in self.before:
            with contextlib.suppress(NotFoundError):  # it is gone, which is what was wanted
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
    """Give an authorizer that replaced another one its name.

    Attributes:
        slot: The authorizer.
        name: The name.
    """

    slot: Slot
    name: str

    def run(self, context: Context) -> None:
        """Rename it."""
        context.existing_api.authorizer(context.ids[self.slot]).update(name=self.name)


@attrs.frozen
class Delete:
    """Delete a thing.

    Attributes:
        existing: The thing.
    """

    existing: Existing

    def run(self, context: Context) -> None:
        """Delete it; wait a while where the service still takes an authorizer for used."""
        source: Any = context.gateway.attach(self.existing.source)
        connection = connection_of(context.gateway)
        start, slept = time.monotonic(), 0.0
        while not self._try(source, last=max(time.monotonic() - start, slept) >= _PATIENCE):
            connection.sleep(_PAUSE)
            slept += _PAUSE

    def _try(self, source: Any, *, last: bool) -> bool:  # a reference
        """Delete it; whether that succeeded."""
        try:
            source.delete(missing_ok=True)
        except ResourceInUseError:
            if last or self.existing.kind != "authorizer":
                raise
            return False
        return True


@attrs.frozen
class Clear:
    """Remove a stage's settings for a route, before the route goes.

    Attributes:
        existing: The stage.
        route_key: The route's key.
    """

    existing: Existing
    route_key: str

    def run(self, context: Context) -> None:
        """Remove them, if they are there."""
        source: Any = context.gateway.attach(self.existing.source)
        with contextlib.suppress(NotFoundError):
            source.delete_route_settings(self.route_key)


@attrs.frozen
class Deploy:
    """Deploy to stages.

    Attributes:
        stages: Their names.
        digest: The digest of what is deployed.
    """

    stages: tuple[str, ...]
    digest: str

    def run(self, context: Context) -> None:
        """Deploy, wait, and let the stages serve it.

        A deployment that has this digest already is used: an earlier attempt made it, and ended
        before the stages served it.
        """
        from apigw2._blueprints.deploying import description_of, digest_in  # noqa: PLC0415  # imports calls

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
class Await:
    """Wait until a stage with automatic deployment serves what was changed.

    Attributes:
        stage: Its name.
        served: The deployment that it served before.
    """

    stage: str
    served: str | None

    def run(self, context: Context) -> None:
        """Wait."""
        context.existing_api.stage(self.stage).wait_until_deployed(newer_than=self.served)


AnyCall = Create | Change | Rename | Delete | Clear | Deploy | Await


@attrs.frozen(kw_only=True)
class Step:
    """Calls that are made one after the other.

    Attributes:
        level: No step starts before those of the lower levels have ended.
        change: Index of the change that it is a part of.
        call: The call.
    """

    level: int
    change: int
    call: AnyCall


def each_level(steps: tuple[Step, ...]) -> list[tuple[Step, ...]]:
    """The steps by level, in order."""
    levels = sorted({step.level for step in steps})
    return [tuple(step for step in steps if step.level == level) for level in levels]
