"""The parts of an API: fetching, ordering and describing them."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Final, TypeVar

import attrs

import apigw2
from apigw2._pictures.progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from apigw2._objects.display import Printer

T = TypeVar("T")

_LONG_AGO: Final = datetime.min.replace(tzinfo=timezone.utc)


class Picture(str):
    """Multi-line text, which IPython prints without quotes and escapes."""

    __slots__ = ()

    def _repr_pretty_(self, p: Printer, cycle: bool) -> None:  # noqa: ARG002, FBT001 - signature of IPython
        p.text(str(self))


@attrs.frozen
class RouteGraph:
    """The routes of an API, and its integrations and authorizers by id, in a stable order."""

    routes: tuple[apigw2.Route, ...]
    integrations: Mapping[str, apigw2.Integration]
    authorizers: Mapping[str, apigw2.Authorizer]

    @classmethod
    def of(
        cls,
        routes: tuple[apigw2.Route, ...],
        integrations: tuple[apigw2.Integration, ...],
        authorizers: tuple[apigw2.Authorizer, ...],
    ) -> RouteGraph:
        """Sort the objects, which the service lists in any order."""
        return cls(
            tuple(sorted(routes, key=_path_first)),
            {i.integration_id: i for i in sorted(integrations, key=_backend_first)},
            {a.authorizer_id: a for a in sorted(authorizers, key=_name_first)},
        )


@attrs.frozen
class Publication:
    """The stages of an API, and its deployments by id, newest first."""

    stages: tuple[apigw2.Stage, ...]
    deployments: Mapping[str, apigw2.Deployment]

    @classmethod
    def of(
        cls, stages: tuple[apigw2.Stage, ...], deployments: tuple[apigw2.Deployment, ...]
    ) -> Publication:
        """Sort the objects, which the service lists in any order."""
        newest_first = sorted(deployments, key=_age, reverse=True)
        return cls(
            tuple(sorted(stages, key=lambda stage: stage.stage_name)),
            {deployment.deployment_id: deployment for deployment in newest_first},
        )


def fetch_route_graph(api: apigw2.ApiRef) -> RouteGraph:
    """Fetch the lists for a diagram concurrently."""
    with progress(f"API {api.api_id}") as count:
        return RouteGraph.of(
            *apigw2.gather(
                _counted(api.get_routes(), count),
                _counted(api.get_integrations(), count),
                _counted(api.get_authorizers(), count),
            )
        )


def fetch_all(api: apigw2.ApiRef) -> tuple[RouteGraph, Publication]:
    """Fetch the lists for a tree concurrently."""
    with progress(f"API {api.api_id}") as count:
        routes, integrations, authorizers, stages, deployments = apigw2.gather(
            _counted(api.get_routes(), count),
            _counted(api.get_integrations(), count),
            _counted(api.get_authorizers(), count),
            _counted(api.get_stages(), count),
            _counted(api.get_deployments(), count),
        )
    return RouteGraph.of(routes, integrations, authorizers), Publication.of(stages, deployments)


def _counted(
    listing: apigw2.Listing[T], count: Callable[[int], None]
) -> Callable[[], tuple[T, ...]]:
    def fetch() -> tuple[T, ...]:
        found: list[T] = []
        for page in listing.pages():
            count(len(page))
            found += page
        return tuple(found)

    return fetch


def _path_first(route: apigw2.Route) -> tuple[str, str]:
    """Sort key that groups methods by path; keys without a path, such as `$default`, come first."""
    method, _, path = route.route_key.rpartition(" ")
    return (path, method) if method else ("", path)


def _backend_first(integration: apigw2.Integration) -> tuple[str, str]:
    return backend(integration), integration.integration_id


def _name_first(authorizer: apigw2.Authorizer) -> tuple[str, str]:
    return authorizer.name, authorizer.authorizer_id


def _age(deployment: apigw2.Deployment) -> tuple[datetime, str]:
    return deployment.created_date or _LONG_AGO, deployment.deployment_id


def target_id(route: apigw2.Route) -> str | None:
    """The id in the route's target, which is `integrations/{id}`."""
    return (route.target or "").removeprefix("integrations/") or None


def backend(integration: apigw2.Integration) -> str:
    """Describe the backend of an integration briefly, without secrets in its URL."""
    uri = integration.integration_uri or ""
    if function := re.search(r":function:([^/]+)", uri):
        return f"Lambda {function[1]}"
    # URLs may contain credentials in the user information and in the query.
    uri = re.sub(r"(?<=://)[^/?#]*@|[?#].*", "", uri)
    called = integration.integration_subtype or uri
    words = [integration.integration_type, called and integration.integration_method, called]
    if integration.connection_id is not None:
        words.append(f"via VPC link {integration.connection_id}")
    return " ".join(filter(None, words))


def has_authorizer(route: apigw2.Route, graph: RouteGraph) -> bool:
    """Whether the authorizer of a route exists, or the route has none."""
    return route.authorizer_id is None or route.authorizer_id in graph.authorizers


def authorization(route: apigw2.Route, graph: RouteGraph) -> str:
    """Describe the authorization of a route: `NONE`, `JWT customers read:pets`, ..."""
    words: list[str] = [route.authorization_type or "NONE"]
    if not has_authorizer(route, graph):
        words.append(f"with missing authorizer {route.authorizer_id}")
    elif route.authorizer_id is not None:
        words.append(graph.authorizers[route.authorizer_id].name)
    words += route.authorization_scopes
    if route.api_key_required:
        words.append("API key")
    return " ".join(words)
