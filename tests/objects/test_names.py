"""Names in Python, in boto3 and on the wire."""

from __future__ import annotations

import pytest

from apigw2._objects.names import boto_name, lower_first, upper_first, wire_name

NAMES = {
    "api_id": ("ApiId", "apiId"),
    "name": ("Name", "name"),
    "route_response_selection_expression": (
        "RouteResponseSelectionExpression",
        "routeResponseSelectionExpression",
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_names_convert_both_ways(name: str) -> None:
    boto, wire = NAMES[name]
    assert boto_name(name) == boto
    assert wire_name(name) == wire
    assert upper_first(wire) == boto
    assert lower_first(boto) == wire


def test_the_empty_name_stays_empty() -> None:
    assert lower_first("") == upper_first("") == boto_name("") == ""
