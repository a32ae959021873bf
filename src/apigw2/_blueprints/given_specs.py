"""The specs that a caller gives to `api.plan`, `api.ensure` and `api.create`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from apigw2._arguments import check_type, describe_value
from apigw2._blueprints.specs import (
    AuthorizerSpec,
    IntegrationSpec,
    ModelSpec,
    RouteSpec,
    StageSpec,
)
from apigw2._objects.containers import holds_items

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apigw2._blueprints.blueprint import Blueprint
    from apigw2._blueprints.read import State
    from apigw2._blueprints.specs import Spec

_FIELDS: Final[dict[type[Any], str]] = {
    AuthorizerSpec: "authorizers",
    IntegrationSpec: "integrations",
    ModelSpec: "models",
    RouteSpec: "routes",
    StageSpec: "stages",
}
"""The fields of a blueprint, by the class of the specs that they contain."""


def check_specs(specs: object) -> None:
    """Reject what is not a list of specs of parts of an API.

    Raises:
        TypeError: It is not.
    """
    if not holds_items(specs):
        msg = f"specs: expected a list of specs, not {describe_value(specs)}"
        raise TypeError(msg)
    for index, spec in enumerate(specs):
        check_spec(f"specs[{index}]", spec)


def check_spec(name: str, spec: object) -> None:
    """Reject what is not a spec of a part of an API.

    Raises:
        TypeError: It is not.
    """
    names = ", ".join(sorted(cls.__name__ for cls in _FIELDS))
    check_type(name, spec, tuple(_FIELDS), f"one of {names}")


def blueprint_with(state: State, specs: Sequence[Spec]) -> Blueprint:
    """A blueprint with an API's own fields and the given parts."""
    parts = {
        field: tuple(spec for spec in specs if isinstance(spec, cls))
        for cls, field in _FIELDS.items()
    }
    own: Any = state.own
    blueprint: Blueprint = attrs.evolve(own, **parts)
    return blueprint
