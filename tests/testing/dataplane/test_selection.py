"""Selection of values from JSON bodies."""

from __future__ import annotations

import json

import pytest

from apigw2.testing._dataplane._selection import select

BIG = json.dumps({"first": {"a b": [1, {"c": "found"}]}, "filler": "x" * 200_000, "last": "lost"})


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("a", '{"a": "text"}', "text"),
        ("a", '{"a": null}', None),
        ("a", '{"a": {"b": [1, true]}}', '{"b": [1, true]}'),
        ("a.b.c", '{"a": {"b": {"c": 1.5}}}', "1.5"),
        ("a[1]", '{"a": [1, 2]}', "2"),
        ("[1].a", '[{}, {"a": 7}]', "7"),
        ("['a b']", '{"a b": 1}', "1"),
        ('["a b"].c', '{"a b": {"c": 1}}', "1"),
        ("a[*].b", '{"a": [{"b": 1}, {"b": 2}]}', "[1, 2]"),
        ("a..b", '{"a": {"b": 1}}', None),
        ("a[?(@.b)]", '{"a": [{"b": 1}]}', None),
        ("a[0]", '{"a": {}}', None),
        ("a.b", '{"a": [1]}', None),
        ("a[5]", '{"a": [1]}', None),
        ("a", "not JSON", None),
        ("a", '{"a": NaN}', None),
        ("a", '{"a": ' + "[" * 100_000, None),
        ("a", '{"a": ' + "[" * 5_000 + "]" * 5_000 + "}", None),
        ("first['a b'][1].c", BIG, "found"),
        ("first['a b'][0]", " " * 10 + BIG, "1"),
        ("filler", BIG, None),
        ("last", BIG, None),
        ("[0]", "[1, " + "2," * 100_000 + "3]", "1"),
        ("a", "x" * 200_000, None),
        ("a", "[" * 200_000, None),
        ("a", '{"a": 1 "b"' + " " * 200_000, "1"),
    ],
    ids=[
        "text", "null", "object", "names", "index", "index-first", "quoted", "double", "all",
        "descent", "filter", "index-of-object", "name-of-list", "beyond", "no-json", "nan", "cut",
        "deep", "big-first", "big-index", "big-cut", "big-last", "big-list", "big-no-json",
        "big-deep", "big-broken",
    ],
)  # fmt: skip
def test_a_value_can_be_selected_from_the_body(path: str, body: str, expected: str | None) -> None:
    """Developer guide, "Transform API requests": no descent or filters, only the first 100 KB."""
    assert select(body.encode(), path) == expected


def test_the_empty_path_selects_the_whole_body() -> None:
    assert select(BIG.encode(), "") == BIG
    assert select(b"\xff", "") == "\ufffd"
