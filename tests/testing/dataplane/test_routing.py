"""Requests select the most specific route."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apigw2.testing._dataplane._routing import PathNode, Router
from tests.support.local_gateway import always
from tests.testing.dataplane.support import deployed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import JSON, Client


ROUTES = (
    "GET /pets/dog/1",
    "GET /pets/dog/{id}",
    "GET /pets/{proxy+}",
    "ANY /{proxy+}",
    "ANY /cats",
    "PUT /cats",
    "GET /{a}/exact",
)


@pytest.mark.parametrize(
    ("method", "path", "key", "parameters"),
    [
        ("GET", "/pets/dog/1", "GET /pets/dog/1", None),
        ("GET", "/pets/dog/2", "GET /pets/dog/{id}", {"id": "2"}),
        ("GET", "/pets/cat/1", "GET /pets/{proxy+}", {"proxy": "cat/1"}),
        ("POST", "/test/5", "ANY /{proxy+}", {"proxy": "test/5"}),
        ("PUT", "/cats", "PUT /cats", None),
        ("DELETE", "/cats", "ANY /cats", None),
        ("GET", "/pets/exact", "GET /{a}/exact", {"a": "pets"}),
        ("GET", "/pets/dog/a%20b", "GET /pets/dog/{id}", {"id": "a b"}),
        ("GET", "/pets/dog/", "GET /pets/{proxy+}", {"proxy": "dog/"}),
        ("GET", "/", "ANY /{proxy+}", {"proxy": ""}),
        ("GET", "/pets/", "GET /pets/{proxy+}", {"proxy": ""}),
        ("GET", "/pets/dog/a%2Fb", "GET /pets/dog/{id}", {"id": "a/b"}),
        ("GET", "/p%65ts/dog/1", "GET /pets/dog/1", None),
    ],
)
def test_the_most_specific_route_is_selected(
    *,
    local: LocalGateway,
    client: Client,
    method: str,
    path: str,
    key: str,
    parameters: dict[str, str] | None,
) -> None:
    local.add_function("pets", lambda event, _: event)
    deployed(client, {key: {} for key in (*ROUTES, "$default")})

    event = local.invoke(method, path).json()

    assert event["routeKey"] == key
    assert event.get("pathParameters") == parameters


def test_a_request_that_matches_no_route_is_not_found(local: LocalGateway, client: Client) -> None:
    deployed(client, {"GET /pets": {}})

    answer = local.invoke("POST", "/pets")

    assert (answer.status, answer.json()) == (404, {"message": "Not Found"})
    assert "POST /pets" in answer.reason
    assert answer.headers["apigw-requestid"]


def keys_like(paths: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    methods = st.sampled_from(["GET", "POST", "ANY"])
    return st.lists(st.builds("{} {}".format, methods, paths), unique=True)


SEGMENTS = st.sampled_from(["a", "b", "{x}", ""])


def template(segments: list[str], last: list[str]) -> str:
    return "/" + "/".join([*segments, *last])


TEMPLATES = st.builds(template, st.lists(SEGMENTS, max_size=3), st.sampled_from([[], ["{rest+}"]]))
PATHS = st.lists(st.sampled_from(["a", "b", "c", ""]), min_size=1, max_size=4)


def rank(key: str, method: str, path: str) -> tuple[bool, list[int], bool] | None:
    """Rank a match independently of the router; the most specific match has the lowest rank."""
    wanted, _, template = key.partition(" ")
    kinds = [
        2 if part.endswith("+}") else 1 if part.startswith("{") else 0
        for part in template.split("/")[1:]
    ]
    expression = re.sub(r"\{[^{}+]+\}", "([^/]+)", re.sub(r"\{[^{}]+\+\}", "(.*)", template))
    if wanted not in {method, "ANY"} or not re.fullmatch(expression, path):
        return None
    return 2 in kinds, kinds, wanted == "ANY"


@given(keys_like(TEMPLATES), PATHS)
@example(["GET /{x}/b", "ANY /a/{x}", "POST /a/b"], ["a", "b"])
@example(["GET /a/{rest+}", "ANY /{x}/b", "POST /a/b"], ["a", "b"])
def test_no_other_route_is_more_specific(keys: list[str], segments: list[str]) -> None:
    path = "/" + "/".join(segments)
    ranks = {key: rank(key, "GET", path) for key in keys}
    matches = {key: order for key, order in ranks.items() if order is not None}

    found = Router({"RouteKey": key} for key in keys).select("GET", path)

    if found is None:
        assert matches == {}
    else:
        assert matches[found[0]["RouteKey"]] == min(matches.values())


def test_routing_visits_as_many_nodes_with_three_thousand_routes_as_with_ten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visited: list[object] = []
    branches = PathNode.branches

    def counted(node: PathNode, segment: str) -> Iterator[tuple[PathNode, bool]]:
        visited.append(node)
        return branches(node, segment)

    monkeypatch.setattr(PathNode, "branches", counted)

    def steps(count: int) -> int:
        router = Router({"RouteKey": f"GET /v{number}/pets/{{id}}/toys"} for number in range(count))
        visited.clear()
        assert router.select("GET", "/v7/pets/1/toys") is not None
        return len(visited)

    assert steps(10) == steps(3_000) == 4


def test_a_deployments_routes_are_compiled_once(
    local: LocalGateway, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Router] = []
    compiled = Router.__init__

    def counted(router: Router, routes: Iterable[JSON]) -> None:
        made.append(router)
        compiled(router, routes)

    monkeypatch.setattr(Router, "__init__", counted)
    local.add_function("pets", always("ok"))
    deployed(client, {"GET /pets": {}})

    for _ in range(3):
        assert local.invoke("GET", "/pets").text == "ok"

    assert len(made) == 1
