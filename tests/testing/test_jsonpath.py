"""JSONPath expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apigw2.testing._jsonpath import select

if TYPE_CHECKING:
    from tests.support.local_gateway import JSON

VALUE = {"a": {"b": [1, {"c": 2}, 3]}, "x y": 4, "l": [{"n": 1}, {"n": 2}, {}]}


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("$", VALUE),
        ("", VALUE),
        ("$.a.b[0]", 1),
        ("a.b[1].c", 2),
        ("a.b.2", 3),
        ("$.a.b[-1]", 3),
        ("$['x y']", 4),
        ('$["a"]["b"][0]', 1),
        ("$.l[*].n", [1, 2]),
        ("$.a.*", [[1, {"c": 2}, 3]]),
        ("$..n", [1, 2]),
        ("$..c", [2]),
        ("$.a.b[3]", None),
        ("$.a.b.9", None),
        ("$.a.b.c", None),
        ("$.a[0]", None),
        ("$.nothing.more", None),
        ("$['x y'][*]", []),
        ("$.a[?(@.b)]", None),
    ],
)
def test_a_path_selects_a_part_of_a_value(path: str, part: JSON) -> None:
    assert select(VALUE, path) == part
