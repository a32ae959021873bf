"""Reads the current state of an API: its parts as specs, with their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

import apigw2
from apigw2._blueprints.blueprint import Blueprint
from apigw2._blueprints.normalize import normal, without_defaults
from apigw2._blueprints.specs import (
    AuthorizerSpec,
    IntegrationResponseSpec,
    IntegrationSpec,
    ModelSpec,
    RouteResponseSpec,
    RouteSpec,
    Spec,
    StageSpec,
    key_of,
)
from apigw2._objects.values import ABSENT_TUPLE, field_names
from apigw2._service.arns import invoked_function

if TYPE_CHECKING:
    from apigw2._objects.snapshots import Snapshot

S = TypeVar("S", bound=Spec)


@attrs.frozen(kw_only=True)
class Existing:
    """An existing object.

    Attributes:
        kind: Its kind, such as `route`.
        ident: Its id, or a stage's name.
        spec: Its current state.
        source: Its snapshot; `None` for an object of a blueprint that was not read.
        managed: Whether API Gateway manages it.
        target: Id of a route's integration.
        authorizer: Id of a route's authorizer.
        responses: Responses of a route or integration, by key.
    """

    kind: str
    ident: str
    spec: Any
    source: Any = attrs.field(default=None, eq=False)
    managed: bool = False
    target: str | None = None
    authorizer: str | None = None
    responses: Mapping[str, Existing] = attrs.field(factory=dict[str, "Existing"])

    @property
    def key(self) -> str:
        """The natural key."""
        return key_of(self.spec)


@attrs.frozen(kw_only=True)
class State:
    """The current state of an API.

    Attributes:
        own: The API's own fields, without parts.
        api: Its snapshot; `None` for a blueprint that was not read.
        routes: Its routes.
        integrations: Its integrations.
        authorizers: Its authorizers.
        models: Its models.
        stages: Its stages.
        served: Descriptions of the deployments that stages serve, by deployment id.
    """

    own: Blueprint
    api: apigw2.Api | None
    routes: tuple[Existing, ...] = ()
    integrations: tuple[Existing, ...] = ()
    authorizers: tuple[Existing, ...] = ()
    models: tuple[Existing, ...] = ()
    stages: tuple[Existing, ...] = ()
    served: Mapping[str, str] = attrs.field(factory=dict[str, str])

    @property
    def existing_api(self) -> Existing:
        """The API itself as an existing object."""
        ident = "" if self.api is None else self.api.api_id
        return Existing(kind="api", ident=ident, spec=self.own, source=self.api)

    def blueprint(self) -> Blueprint:
        """The API as a blueprint."""
        used = {route.target for route in self.routes}
        asked = {route.authorizer for route in self.routes}
        return attrs.evolve(
            self.own,
            routes=tuple(route.spec for route in self.routes),
            integrations=tuple(i.spec for i in self.integrations if i.ident not in used),
            authorizers=tuple(a.spec for a in self.authorizers if a.ident not in asked),
            models=tuple(model.spec for model in self.models),
            stages=tuple(stage.spec for stage in self.stages),
        )


def without_parts(blueprint: Blueprint) -> Blueprint:
    """The API's own fields."""
    return attrs.evolve(blueprint, routes=(), integrations=(), authorizers=(), models=(), stages=())


def read(
    api: apigw2.ApiRef,
    *,
    known: apigw2.Api | None = None,
    served: bool = False,
    specs: Sequence[Spec] | None = None,
) -> State:
    """Read an API and its parts.

    An HTTP API takes five requests, or more if a list has several pages. A WebSocket API takes one
    more, and one for each route and each integration.

    Args:
        api: The API.
        known: Its snapshot, if it was just read.
        served: Whether to read the deployments that stages without automatic deployment serve.
        specs: The specs that the state is read for. Unless one is for a stage, which serves the
            whole API, stages and the responses of other routes are not read.
    """
    is_whole = specs is None or any(isinstance(spec, StageSpec) for spec in specs)
    keys = () if specs is None else {key_of(spec) for spec in specs if isinstance(spec, RouteSpec)}
    snapshot, routes, integrations, authorizers, stages = apigw2.gather(
        api.get if known is None else lambda: known,
        api.get_routes(),
        api.get_integrations(),
        api.get_authorizers(),
        api.get_stages() if is_whole else tuple[apigw2.Stage, ...],
    )
    models: Sequence[apigw2.Model] = ()
    of_routes: Sequence[Sequence[Snapshot]] = [()] * len(routes)
    of_integrations: Sequence[Sequence[Snapshot]] = [()] * len(integrations)
    if snapshot.protocol_type == "WEBSOCKET":
        models = apigw2.gather(api.get_models())[0]
        of_routes = apigw2.gather(
            *(
                route.get_route_responses()
                if is_whole or route.route_key in keys
                else tuple[apigw2.RouteResponse, ...]
                for route in routes
            )
        )
        of_integrations = apigw2.gather(*(i.get_integration_responses() for i in integrations))
    serving = [
        stage.deployment_id
        for stage in stages
        if served and stage.deployment_id and not stage.auto_deploy
    ]
    deployments = apigw2.gather(*(api.deployment(ident).get_or_none for ident in {*serving}))
    return state_of(
        snapshot,
        routes=routes,
        integrations=integrations,
        authorizers=authorizers,
        models=models,
        stages=stages,
        route_responses=of_routes,
        integration_responses=of_integrations,
        deployments=[deployment for deployment in deployments if deployment is not None],
    )


def state_of(
    api: apigw2.Api,
    *,
    routes: Sequence[apigw2.Route],
    integrations: Sequence[apigw2.Integration],
    authorizers: Sequence[apigw2.Authorizer],
    models: Sequence[apigw2.Model],
    stages: Sequence[apigw2.Stage],
    route_responses: Sequence[Sequence[Any]],
    integration_responses: Sequence[Sequence[Any]],
    deployments: Sequence[apigw2.Deployment],
) -> State:
    """Make a state from snapshots. Responses are in the order of their routes or integrations."""
    protocol = api.protocol_type
    backends = [
        _integration(each, protocol, responses)
        for each, responses in zip(integrations, integration_responses, strict=True)
    ]
    guards = [
        Existing(
            kind="authorizer",
            ident=each.authorizer_id,
            source=each,
            spec=_spec(
                AuthorizerSpec,
                each,
                protocol,
                authorizer_type=each.authorizer_type or "",
                authorizer_uri=each.authorizer_uri and invoked_function(each.authorizer_uri),
            ),
        )
        for each in authorizers
    ]
    by_id = {existing.ident: existing for existing in (*backends, *guards)}
    return State(
        own=_spec(Blueprint, api, protocol, tags=_own_tags(api.tags)),
        api=api,
        routes=tuple(
            _route(each, protocol, responses, by_id)
            for each, responses in zip(routes, route_responses, strict=True)
        ),
        integrations=tuple(backends),
        authorizers=tuple(guards),
        models=tuple(
            Existing(
                kind="model",
                ident=each.model_id,
                source=each,
                spec=_spec(ModelSpec, each, protocol, schema=each.schema or ""),
            )
            for each in models
        ),
        stages=tuple(
            Existing(
                kind="stage",
                ident=each.stage_name,
                source=each,
                managed=bool(each.api_gateway_managed),
                spec=_spec(StageSpec, each, protocol, tags=_own_tags(each.tags)),
            )
            for each in stages
        ),
        served={each.deployment_id: each.description or "" for each in deployments},
    )


def _spec(cls: type[S], snapshot: Snapshot, protocol: str, **own: object) -> S:
    """Make a spec from the fields of a snapshot; `own` overrides some of them."""
    fields = {name: getattr(snapshot, name) for name in field_names(cls) if hasattr(snapshot, name)}
    make: Any = cls
    made: S = make(**{**fields, **own})
    return without_defaults(made, protocol)


def _own_tags(tags: Mapping[str, str]) -> Mapping[str, str]:
    """Tags without those of AWS, which users cannot set."""
    return {key: value for key, value in tags.items() if not key.startswith("aws:")}


def _responses(
    kind: str, cls: type[Spec], responses: Sequence[Any], protocol: str
) -> dict[str, Existing]:
    found = (
        Existing(
            kind=kind,
            ident=getattr(each, f"{kind}_id"),
            source=each,
            spec=_spec(cls, each, protocol),
        )
        for each in responses
    )
    return {existing.key: existing for existing in found}


def _integration(snapshot: apigw2.Integration, protocol: str, responses: Sequence[Any]) -> Existing:
    found = _responses("integration_response", IntegrationResponseSpec, responses, protocol)
    uri = snapshot.integration_uri
    return Existing(
        kind="integration",
        ident=snapshot.integration_id,
        source=snapshot,
        managed=bool(snapshot.api_gateway_managed),
        responses=found,
        spec=_spec(
            IntegrationSpec,
            snapshot,
            protocol,
            integration_type=snapshot.integration_type or "",
            integration_uri=uri and invoked_function(uri),
            responses=tuple(each.spec for each in found.values()) or ABSENT_TUPLE,
        ),
    )


def _route(
    snapshot: apigw2.Route,
    protocol: str,
    responses: Sequence[Any],
    by_id: Mapping[str, Existing],
) -> Existing:
    found = _responses("route_response", RouteResponseSpec, responses, protocol)
    target = by_id.get((snapshot.target or "").removeprefix("integrations/"))
    authorizer = by_id.get(snapshot.authorizer_id or "")
    return Existing(
        kind="route",
        ident=snapshot.route_id,
        source=snapshot,
        managed=bool(snapshot.api_gateway_managed),
        target=None if target is None else target.ident,
        authorizer=None if authorizer is None else authorizer.ident,
        responses=found,
        spec=_spec(
            RouteSpec,
            snapshot,
            protocol,
            target=None if target is None else target.spec,
            authorizer=None if authorizer is None else authorizer.spec,
            responses=tuple(each.spec for each in found.values()) or ABSENT_TUPLE,
        ),
    )


def imagined(blueprint: Blueprint) -> State:
    """The state of an API that equals a blueprint, for comparisons without requests."""
    backends = {
        spec: Existing(
            kind="integration",
            ident=f"integration {number}",
            spec=spec,
            responses=_imagined_responses("integration_response", spec.responses),
        )
        for number, spec in enumerate(blueprint.all_integrations())
    }
    protocol = blueprint.protocol_type
    by_form = {normal(spec, protocol): existing for spec, existing in backends.items()}
    return State(
        own=without_parts(blueprint),
        api=None,
        routes=tuple(
            Existing(
                kind="route",
                ident=f"route {spec.route_key}",
                spec=spec,
                target=None
                if spec.target is None
                else by_form[normal(spec.target, protocol)].ident,
                authorizer=None if spec.authorizer is None else spec.authorizer.name,
                responses=_imagined_responses("route_response", spec.responses),
            )
            for spec in blueprint.routes
        ),
        integrations=tuple(backends.values()),
        authorizers=_imagined("authorizer", blueprint.all_authorizers()),
        models=_imagined("model", blueprint.models),
        stages=_imagined("stage", blueprint.stages),
    )


def _imagined(kind: str, specs: Sequence[Spec]) -> tuple[Existing, ...]:
    return tuple(Existing(kind=kind, ident=key_of(spec), spec=spec) for spec in specs)


def _imagined_responses(kind: str, specs: Sequence[Spec]) -> dict[str, Existing]:
    return {existing.key: existing for existing in _imagined(kind, specs)}
