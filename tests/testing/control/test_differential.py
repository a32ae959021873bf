"""Comparison with the tests of MiniStack for operations; each difference has a source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from apigw2.testing._json import is_list, is_object
from tests.testing.control.expectations import EXPECTATIONS, Expectation

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import JSON, Client

DEVIATIONS = Path(__file__).parents[3] / "docs" / "explanation" / "data-plane.md"


def call(client: Client, method: str, params: dict[str, JSON], known: dict[str, str]) -> JSON:
    """Call a method, and return its response or the code of its error.

    Args:
        client: The client.
        method: The method.
        params: Its parameters, which can contain references such as `{RouteId}`.
        known: The values that earlier calls returned, which are also used for required parameters;
            the members of the response are added.
    """
    operation = client.meta.method_to_api_mapping[method]
    required = client.meta.service_model.operation_model(operation).input_shape.required_members
    given = {name: known[name] for name in required if name in known} | {
        name: value.format(**known) if isinstance(value, str) else value
        for name, value in params.items()
    }
    try:
        response: JSON = getattr(client, method)(**given)
    except ClientError as error:
        failure: JSON = error.response
        return failure["Error"]["Code"]
    names = {name for name in response if name.endswith("Id") or name == "StageName"}
    known |= {name: response[name] for name in names if name not in known or name != "ApiId"}
    return response


def matches(found: JSON, expected: JSON) -> bool:
    """Whether a response matches an expectation."""
    if isinstance(expected, type):
        return isinstance(found, expected)
    if is_object(expected):
        return all(matches(found.get(name), value) for name, value in expected.items())
    if is_list(expected):
        return len(found) == len(expected) and all(map(matches, found, expected))
    return bool(found == expected)


@pytest.mark.parametrize("expected", EXPECTATIONS)
def test_the_last_call_has_the_expected_result(local: LocalGateway, expected: Expectation) -> None:
    client: Client = local.client(config=Config(parameter_validation=False))
    known: dict[str, str] = {}
    found = call(client, "create_api", {"Name": "pets", "ProtocolType": "HTTP"}, known)
    for method, params in expected.calls:
        found = call(client, method, params, known)

    assert matches(found, expected.ours or expected.result), found
    assert (expected.ours is None) is (expected.why == "")


def test_resources_of_another_region_are_not_found(local: LocalGateway) -> None:
    """MiniStack's `test_apigw_apis_are_region_isolated` and
    `test_apigw_control_plane_child_crud_is_region_isolated`."""
    east, west = (local.client(region_name=name) for name in ("us-east-1", "us-west-2"))
    known: dict[str, str] = {}
    call(east, "create_api", {"Name": "pets", "ProtocolType": "HTTP"}, known)
    children = ("create_authorizer", "create_deployment", "create_integration", "create_route")
    made = {
        method: params
        for each in EXPECTATIONS
        for method, params in each.calls
        if method in children and not each.why
    }
    for method, params in sorted(made.items(), reverse=True):  # routes before their integration
        call(east, method, params, known)

    for noun in ("authorizer", "deployment", "integration", "route"):
        assert isinstance(call(east, f"get_{noun}", {}, known), dict)
        for verb in ("get", "delete", "update"):
            assert call(west, f"{verb}_{noun}", {}, known) == "NotFoundException"
        assert call(west, f"get_{noun}s", {}, known) == "NotFoundException"
    assert call(west, "get_apis", {}, known)["Items"] == []


def test_the_documentation_lists_each_difference() -> None:
    page = DEVIATIONS.read_text(encoding="utf-8")
    tests = [test for each in EXPECTATIONS if each.why for test in each.tests.split()]
    named = [test for test in tests if f"`test_{test}`" in page]

    # One row names three of the many tests without PayloadFormatVersion, "and others".
    assert set(tests) - set(named) == {"apigwv2_named_stage_still_requires_prefix"}
