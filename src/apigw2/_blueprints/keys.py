"""Keys of the objects in a plan, which stand for their ids: an object may not exist yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apigw2._blueprints.normalize import kind_of, normal
from apigw2._blueprints.specs import AuthorizerSpec, IntegrationSpec, key_of

if TYPE_CHECKING:
    from apigw2._blueprints.specs import Spec

PlanKey = tuple[str, object]
"""The kind of an object, and what identifies it within an API."""

REPLACEMENT: Final = " (replacement)"
"""Suffix of the name of an authorizer until the authorizer that it replaces is deleted."""


def plan_key(spec: Spec, protocol: str) -> PlanKey:
    """The key of a route, integration, authorizer, model or stage.

    Args:
        spec: Its spec.
        protocol: The API's protocol. Integrations are identified by what they mean for it.
    """
    if isinstance(spec, IntegrationSpec):
        return ("integration", normal(spec, protocol))
    return (kind_of(spec), key_of(spec))


def authorizer_key(spec: AuthorizerSpec | None) -> PlanKey | None:
    """The key of a route's authorizer, if it has one."""
    return None if spec is None else ("authorizer", spec.name)


def response_key(parent: PlanKey, spec: Spec) -> PlanKey:
    """The key of a response of a route or integration."""
    return ("response", (parent, key_of(spec)))
