"""Specs have the parameters of the matching create operation, with its names and types."""

from __future__ import annotations

import typing
from typing import Any, Final

import attrs
import pytest

import apigw2
from apigw2._objects.values import field_names
from tests.model import checks
from tests.support import walk

# The operation, and the members that a spec has in another form.
SPECS: Final[dict[type[Any], tuple[str, dict[str, str]]]] = {
    apigw2.AuthorizerSpec: ("CreateAuthorizer", {}),
    # A quick create makes a route, an integration and a stage; a blueprint has specs for them.
    apigw2.Blueprint: ("CreateApi", {"CredentialsArn": "", "RouteKey": "", "Target": ""}),
    apigw2.IntegrationResponseSpec: ("CreateIntegrationResponse", {}),
    apigw2.IntegrationSpec: ("CreateIntegration", {}),
    apigw2.ModelSpec: ("CreateModel", {}),
    apigw2.RouteResponseSpec: ("CreateRouteResponse", {}),
    # A spec refers to other specs, not to ids.
    apigw2.RouteSpec: ("CreateRoute", {"AuthorizerId": "authorizer", "Target": "target"}),
    # A plan deploys.
    apigw2.StageSpec: ("CreateStage", {"DeploymentId": ""}),
}
# Fields with other specs, which have their own operations.
PARTS: Final = {"authorizers", "extra", "integrations", "models", "responses", "routes", "stages"}


@pytest.mark.parametrize("cls", SPECS, ids=lambda cls: cls.__name__)
def test_a_spec_has_the_parameters_of_its_create_operation(cls: type[Any]) -> None:
    operation, special = SPECS[cls]
    parents = walk.located(operation, "uri")
    members = {m: s for m, s in walk.inputs(operation).items() if m not in parents}
    wanted = {special.get(member, walk.snake(member)) for member in members} - {""}
    assert {*field_names(cls)} - PARTS == wanted
    hints = typing.get_type_hints(cls)
    checks.agree(
        message
        for member, shape in members.items()
        if member not in special
        for annotation in walk.plain(hints[walk.snake(member)])[:1]
        for message in checks.misfits(annotation, shape, f"{cls.__name__}.{member}", sent=False)
    )


@pytest.mark.parametrize("cls", SPECS, ids=lambda cls: cls.__name__)
def test_only_the_natural_key_of_a_spec_is_positional(cls: type[Any]) -> None:
    own = [field for field in attrs.fields(cls) if field.name != "extra"]
    assert [field.kw_only for field in own] == [False] + [True] * (len(own) - 1)
